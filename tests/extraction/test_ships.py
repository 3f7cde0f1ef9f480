"""Ships by name: each prefix of the lexicon finds its ship, and the same letters elsewhere find none."""

import pytest

from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.lexicon import load

ROWS = load("ship_prefixes.tsv", columns=("prefix", "label", "beside", "example", "finds"), key=("prefix",))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["prefix"])
def test_each_prefix_finds_its_ship(analyse, row) -> None:
    found = {m.text if hasattr(m, "text") else row["example"][m.start : m.end]: m.label for m in find_mentions(analyse(row["example"])) if m.form == "name"}
    assert found.get(row["finds"]) == row["label"], found


@pytest.mark.parametrize("text", ["INS agents raided the plant.", "The SS General was tried.", "He drove to Jackson, MS on Monday.", "FS spokesmen said no."])
def test_the_same_letters_elsewhere_are_no_ship(analyse, text) -> None:
    assert not any(m.label in ("WEAPON",) for m in find_mentions(analyse(text)) if m.form == "name")


def test_a_ships_hull_number_is_nobody_and_its_town_no_place(analyse) -> None:
    document = analyse("USS Springfield (SSN 761) left Toulon for the Red Sea.")
    assert [document.text[m.start : m.end] for m in find_mentions(document) if m.form == "name" and m.label in ("FORCE", "ORG", "WEAPON")] == [
        "USS Springfield"
    ]
    named = {document.text[p.start : p.end] for p in find_places(document, find_mentions(document))}
    assert "Springfield" not in named
    assert "Toulon" in named
