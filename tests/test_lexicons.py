"""Every lexicon file loads, and every rule in one runs its own example."""

import re
from pathlib import Path

import pytest

from dateline import lexicon, vocabulary
from dateline.errors import LexiconError

DATA = Path(lexicon.__file__).parent / "data"
TABLES = sorted(DATA.glob("*.tsv"))


PROVED_BY_THEIR_READERS = {"times.tsv", "figure_counting.tsv", "contributors.tsv", "credits.tsv", "imprints.tsv"}
"""Tables whose patterns use names of word lists; the tests of the modules that expand them run the examples."""


def rows_of(path: Path) -> list[lexicon.Row]:
    text = path.read_text(encoding="utf-8")
    header = next(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return list(lexicon.parse(text, name=path.name, columns=header.split("\t")))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_table_is_well_formed(path: Path) -> None:
    rows = rows_of(path)
    assert rows
    assert len({tuple(r.values()) for r in rows}) == len(rows), "a row stands twice"


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_pattern_rows_prove_themselves(path: Path) -> None:
    rows = rows_of(path)
    faults = []
    if path.name not in PROVED_BY_THEIR_READERS and {"name", "pattern", "example", "finds"} <= set(rows[0]):
        for rule in lexicon.rules(rows, name=path.name):
            try:
                fault = rule.prove()
            except re.error as error:
                fault = str(error)
            if fault:
                faults.append(fault)
    assert faults == []


def test_ontology_and_vocabulary_agree() -> None:
    ids = [row["id"] for row in rows_of(DATA / "ontology.tsv")]
    assert set(vocabulary.EVENT_TYPES) <= set(ids)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a\tb\nx\ty\tz\n", "cells"),
        ("a\tc\nx\ty\n", "columns"),
        ("a\tb\nx \ty\n", "white space"),
        ("a\tb\nx\ty\nx\tz\n", "stands here and in line 2"),
        ("# only a comment\n", "no header"),
    ],
)
def test_faults_are_named(text: str, wrong: str) -> None:
    with pytest.raises(LexiconError, match=wrong):
        list(lexicon.parse(text, name="t.tsv", columns=("a", "b"), key=("a",)))


def test_every_data_file_has_its_source_named() -> None:
    page = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    unnamed = [p.name for p in sorted(DATA.iterdir()) if p.is_file() and p.name != "SOURCES.md" and f"`{p.name}`" not in page]
    assert unnamed == []
