"""Speed of the record without the model: ingest of made readings, whether it stays flat, and how long questions take.

python -m evaluation.record_speed --out results/record.json [--reports 2000]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dateline.model import (
    AcledCode,
    Codes,
    Control,
    Entity,
    Event,
    Figure,
    Mention,
    Participant,
    Published,
    Reading,
    Report,
    Section,
    Span,
    Statement,
    When,
    Where,
)
from dateline.record.ledger import holders_on
from dateline.record.link import incidents, link
from dateline.record.picture import picture_of
from dateline.record.questions import Question, ask, search
from dateline.record.store import Record, digest_of

_GROUPS = tuple(f"{word} {kind}" for word in ("Northern", "River", "Valley", "Hill", "Coastal") for kind in ("Front", "Brigade", "Army"))
_TYPES = ("territory_captured", "armed_clash", "air_strike", "shelling", "bombing")
_ASKED = 200
"""How often each question is put."""

_WORDS = "market bridge road school river hill convoy water night field gate tower camp wall bread wheat train depot square clinic harbour".split()


def made_readings(count: int, *, seed: int = 1) -> Iterator[Reading]:
    """So many readings of made reports: 300 towns, 1,000 days, some copies, three reports a happening on average."""
    chance = random.Random(seed)
    happenings = [(chance.randrange(300), chance.randrange(1000), chance.choice(_TYPES), chance.choice(_GROUPS)) for _ in range(max(1, count // 3))]
    return (_reading(n, *chance.choice(happenings), chance) for n in range(count))


def _reading(number: int, town: int, day: int, kind: str, group: str, chance: random.Random) -> Reading:
    when = (date(2015, 1, 1) + timedelta(days=day)).isoformat()
    place = f"Town {chr(65 + town % 26)}{town}"
    dead = chance.randrange(1, 40)
    lead = f"{group} took {place} on {when}, killing {dead}, The monitor said."
    filling = " ".join(" ".join(chance.choice(_WORDS) for _ in range(12)) + "." for _ in range(25))
    text = f"{lead} {filling} Report {number}."
    report = Report(
        id=f"r{number}", text=text, source=f"Outlet {number % 40}", title=lead[:40], language="en", published=Published(when, "metadata"),
        sections=(Section("paragraph", 0, len(text)),),
    )  # fmt: skip

    def span(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    def named(entity: str, kind_: str, type_: str, name: str, **more: object) -> Entity:
        at = span(name)
        return Entity(entity, kind_, type_, name, mentions=(Mention(at.start, at.end, name, "name"),), **more)  # type: ignore[arg-type]

    moment = When(when, when, "day")
    lat, lon = 30 + (town % 20) * 0.5, 35 + (town // 20) * 0.5
    entities = (
        named("e1", "actor", "armed_group", group),
        named("e2", "place", "town", place, country="SY", lat=lat, lon=lon, geonames_id=900000 + town),
        named("e3", "actor", "ngo", "The monitor"),
    )
    statement = Statement("s1", "e3", span("The monitor"), span("said"), (span(lead.split(", The")[0]),), "indirect", "say")
    where = Where("e2", "at", lat, lon, 5.0, span(place))
    event = Event(
        "v1", kind, span("took"), (Participant("agent", "e1", span(group)),), where, moment, "occurred", negated=False,
        according_to=("s1",), figures=("f1",), sentence=Span.of(text, 0, len(lead)), codes=Codes(None, None, AcledCode(None, None), None), confidence=0.8,
    )  # fmt: skip
    figure = Figure(
        "f1", "killed", dead, dead, dead, approximate=False, share=None, unit="people", of=None, who=None, where=where, when=moment,
        according_to=("s1",), span=span(str(dead)), event="v1", confidence=0.8,
    )  # fmt: skip
    control = (Control("c1", "e2", "e1", None, "captured", moment, "occurred", ("s1",), span("took"), 0.8),) if kind == "territory_captured" else ()
    return Reading(report=report, entities=entities, statements=(statement,), events=(event,), figures=(figure,), control=control)


def measure(count: int, folder: Path) -> dict[str, object]:
    """The figures for so many reports, put into a record in this folder. Ingest is told in processor time, which other work on the machine does not change."""
    began = time.perf_counter()
    with Record.open(folder / "r.db", create=True) as record:
        times: list[float] = []
        for n, reading in enumerate(made_readings(count)):
            start = time.process_time()
            number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="speed")
            link(record, [number])
            times.append(time.process_time() - start)
        tenth = max(1, count // 10)
        tenths = [sum(times[i * tenth : (i + 1) * tenth]) / tenth for i in range(10)]
        elapsed = time.perf_counter() - began
        size = sum(p.stat().st_size for p in folder.iterdir())
        memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        joined = len(incidents(record))
        return {
            "reports": count,
            "reports_a_second": round(count / elapsed, 1),
            "ms_per_report": round(1000 * sum(times) / count, 2),
            "ms_per_report_by_tenth": [round(1000 * t, 2) for t in tenths],
            "last_to_first_tenth": round(tenths[-1] / tenths[0], 3),
            "peak_memory_mb_of_ingest": memory,
            "bytes_per_report": size // count,
            "incidents": joined,
            "questions_ms": {name: _timed(question) for name, question in _questions(record).items()},
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def _questions(record: Record) -> dict[str, Callable[[int], object]]:
    places = [r["name"] for r in record.rows("SELECT DISTINCT e.name FROM entity e JOIN control c ON c.place = e.world ORDER BY e.name")]

    def of_place(n: int) -> object:
        place = places[n % len(places)]
        worlds = [r["world"] for r in record.rows("SELECT DISTINCT world FROM entity WHERE name = :name", {"name": place})]
        return [picture_of(record, i) for i in incidents(record, places=worlds)]

    return {
        "control": lambda n: holders_on(record, places[n % len(places)], "2016-06-01"),
        "events": lambda n: ask(record, "event", Question(place=places[n % len(places)], limit=50)),
        "figures": lambda n: ask(record, "figure", Question(place=places[n % len(places)], kind="killed", limit=50)),
        "search": lambda n: search(record, f"{_WORDS[n % len(_WORDS)]} {_WORDS[(n * 7) % len(_WORDS)]}", limit=20),
        "incidents_of_a_place": of_place,
    }


def _timed(question: Callable[[int], object]) -> dict[str, float]:
    times, busy = [], []
    for n in range(_ASKED):
        start, before = time.perf_counter(), time.process_time()
        question(n)
        times.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - before))
    times.sort()
    busy.sort()
    middle, late = _ASKED // 2, _ASKED * 99 // 100
    return {
        "median": round(times[middle], 2), "p99": round(times[late], 2),
        "processor_median": round(busy[middle], 2), "processor_p99": round(busy[late], 2),
    }  # fmt: skip


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--out", required=True)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="an empty folder in which the record stays; else it is thrown away")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        figures = measure(chosen.reports, chosen.keep or Path(passing))
    result = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        **figures,
    }
    Path(chosen.out).parent.mkdir(parents=True, exist_ok=True)
    Path(chosen.out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
