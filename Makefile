# make run    installs Dateline into .venv, reads the example reports and prints what the record now knows
# make test   installs what the tests need, then runs all of them
# make check  what a change must pass: style, types, tests
# make page   builds the page of `dateline serve` (needs Node 20.19 or newer; make test does it where there is one)
# make fuzz   hunts with a coverage-guided fuzzer for inputs that break what reads them (EXECUTIONS=200000; adds to results/fuzz.json)
# make bench  measures speed, memory and scale beside the bare encoder and a spaCy pipeline (writes results/bench.json)
# make evaluate  scores what ships against the gold data in ../shared (writes results/evaluation.json)

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= ../shared/eval/dev
SCORE ?= ../shared/eval/score

STATIC := src/dateline/web/static/index.html
PAGE := $(shell find page -path page/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: lock licences audit fuzz browser test-page page page-if-node gdal postgresql java run test check evaluate bench clean

run: $(VENV)/.run
	rm -rf out && mkdir -p out
	$(BIN)/dateline read examples --into out/record.db
	$(BIN)/dateline read examples --format html -o out/reports.html --quiet
	$(BIN)/dateline reports --record out/record.db
	@echo; echo "Who held Raqqa on 18 October 2017, and according to whom?"
	$(BIN)/dateline control Raqqa --on 2017-10-18 --record out/record.db
	@echo; echo "What happened, told by more than one report:"
	$(BIN)/dateline incidents --least-reports 2 --record out/record.db
	@echo; echo "The dead, as counted by whom:"
	$(BIN)/dateline figures --measure killed --record out/record.db
	@echo; echo "The reports with their marks, the time line and the ledger: out/reports.html"

# A process for each core, at most four; the tests of a file stay together.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile

test: $(VENV)/.test gdal postgresql java browser page-if-node
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-page: $(VENV)/.test browser page-if-node
	$(BIN)/python -m pytest tests/page

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests evaluation training
	$(BIN)/mypy
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

# GDAL reads the maps in the tests; where it cannot be installed the test says so and is passed over.
gdal:
	@command -v ogr2ogr >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get install -y -qq gdal-bin >/dev/null 2>&1; } \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq gdal-bin >/dev/null 2>&1; } \
	  || echo "GDAL's ogr2ogr is not installed (Debian: gdal-bin); GeoJSON and KML are not read by it"

# The tests start a PostgreSQL server of their own; where there is none and none can be installed they say so and are passed over.
PGSERVER = { command -v pg_ctl || ls /usr/lib/postgresql/*/bin/pg_ctl; } >/dev/null 2>&1
POSTGIS = ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1
postgresql:
	@{ $(PGSERVER) && $(POSTGIS); } || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get install -y -qq postgresql postgresql-postgis || { apt-get update -qq && apt-get install -y -qq postgresql postgresql-postgis; }; } >/dev/null 2>&1; } \
	  || echo "There is no PostgreSQL server with PostGIS (Debian: postgresql postgresql-postgis); the tests of records on it will be passed over"

# Spark, which the tests run on this machine, needs Java 17 or newer; where there is none the tests say so and are passed over.
JAVA17 = openjdk-17-jre-headless
java:
	@command -v java >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get install -y -qq $(JAVA17) || { apt-get update -qq && apt-get install -y -qq $(JAVA17) || apt-get install -y -qq default-jre-headless; }; } >/dev/null 2>&1; } \
	  || echo "There is no Java (Debian: $(JAVA17)); the tests of Spark will be passed over"

page: $(STATIC)

$(STATIC): $(PAGE)
	@command -v npm >/dev/null || { echo "The page is built by npm, which is not installed; Node 20.19 or newer brings it"; exit 1; }
	cd page && npm ci --silent && npm run --silent build
	@touch $@

page-if-node:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory page || echo "The page could not be built; its tests will be passed over"; \
	  else echo "npm is not installed; the page is not built and its tests will be passed over"; fi

# The page is tested in a real Chromium.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get install -y -qq chromium || { apt-get update -qq && apt-get install -y -qq chromium; }; } >/dev/null 2>&1; } \
	  || echo "Chromium is not installed (Debian: chromium); the tests of the page will be passed over"

evaluate: $(VENV)/.test
	$(BIN)/python -m evaluation --data $(DATA) --score $(SCORE) --out results/evaluation.json

EXECUTIONS ?= 200000

fuzz: $(VENV)/.test
	$(BIN)/python -m pip install -q -e ".[dev,fuzz]"
	$(BIN)/python -m evaluation.fuzz --executions $(EXECUTIONS) --out results/fuzz.json

bench: $(VENV)/.bench
	$(BIN)/python -m evaluation.bench --data $(DATA)

# lock      pins every dependency with its digest (pip-tools); licences lists what each is under; audit asks the advisories of PyPI and npm, and says what could not be asked
LOCK := $(BIN)/pip-compile -q --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --generate-hashes --no-header --no-annotate
lock: $(VENV)/.test
	$(BIN)/pip install -q pip-tools
	$(LOCK) -o locks/run.txt pyproject.toml
	$(LOCK) --extra serve --extra intake --extra watch --extra formats --extra postgres -o locks/extras.txt pyproject.toml

licences: $(VENV)/.test
	$(BIN)/python -m evaluation.supply licences

audit: $(VENV)/.test
	$(BIN)/pip install -q pip-audit || echo "pip-audit cannot be installed: Python's packages will not be asked about"
	$(BIN)/python -m evaluation.audit

clean:
	rm -rf $(VENV) out build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q -e ".[dev]"
	touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install -q -e ".[bench]"
	touch $@
