"""Lasting ties as worded; the lexicon's rows prove their own examples."""

from __future__ import annotations

import pytest

from dateline.extraction.mentions import find_mentions
from dateline.extraction.relations import find_relations
from dateline.extraction.relations_rows import COLUMNS
from dateline.extraction.times import find_times
from dateline.lexicon import load


def read(analyse, text):
    document = analyse(text)
    found = find_relations(document, find_mentions(document), find_times(document))
    return [(r.type, f"{document.tokens[r.source].text} > {document.tokens[r.target].text}") for r in found]


@pytest.mark.parametrize("row", load("relations.tsv", columns=COLUMNS), ids=lambda r: r["name"])
def test_rows_prove_their_examples(analyse, row):
    found = read(analyse, row["example"])
    assert ((row["type"], row["finds"]) in found) if row["finds"] else row["type"] not in [kind for kind, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Syrian Democratic Forces (SDF) took the town.", ("same_as", "Forces > SDF")),
        ("The army's war against the rebels goes on.", ("fights", "army > rebels")),
        ("Malian forces liberated the town, aided by strong support from France.", ("backs", "France > forces")),
        ("The rebels took the hill with air support from Russia.", ("backs", "Russia > rebels")),
        ("The attack stiffened the resolve of the coalition in its determination to defeat Boko Haram.", ("fights", "coalition > Boko")),
        ("The council meets to synchronise efforts to counter Boko Haram.", ("fights", "council > Boko")),
        ("Booker served in 2nd Battalion, 5th Special Forces Group.", ("part_of", "Battalion > Group")),
        ("Norway is working as part of the coalition.", ("part_of", "Norway > coalition")),
        ("Rebels backed by Turkey and Qatar took the hill.", ("backs", "Qatar > Rebels")),
    ],
)
def test_ties(analyse, text, expected):
    assert expected in read(analyse, text)


def test_deputies_and_one_of_several_leaders_belong(analyse):
    found = read(analyse, "Omar Hassan, a Taliban leader, was killed near Kunduz.")
    assert "leads" not in [kind for kind, _ in found]


@pytest.mark.parametrize("text", ["Turkey does not back the rebels.", "Turkey would support the rebels if asked.", "He led the team to victory."])
def test_no_ties(analyse, text):
    assert read(analyse, text) == []


def test_an_alliance_explains_the_nearer_of_two_names(analyse):
    found = read(analyse, "Weeks of fighting between Boko Haram and the Joint Task Force, an alliance of Chadian and Nigerien troops, left the town in ruins.")
    members = [words for kind, words in found if kind == "member_of"]
    assert members
    assert all(words.endswith("> Force") for words in members)
