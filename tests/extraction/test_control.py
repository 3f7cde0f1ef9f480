"""Words that say who holds a place; the lexicon's rows prove their own examples."""

from __future__ import annotations

import pytest

from dateline.extraction.control import find_control
from dateline.extraction.control_rows import COLUMNS
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.extraction.times import find_times
from dateline.lexicon import load


def read(analyse, text):
    document = analyse(text)
    mentions = find_mentions(document)
    return document, find_control(document, mentions, find_times(document), find_places(document, mentions), ())


@pytest.mark.parametrize("row", load("control.tsv", columns=COLUMNS, key=("name",)), ids=lambda r: r["name"])
def test_rows_prove_their_examples(analyse, row):
    _, found = read(analyse, row["example"])
    spans = [row["example"][c.start : c.end] for c in found if c.rule.split(":")[0] == row["name"]]
    assert (row["finds"] in spans) if row["finds"] else not found


@pytest.mark.parametrize(
    ("text", "change", "holder", "previous", "status"),
    [
        ("The army controls the city of Aleppo.", "held", "army", None, "occurred"),
        ("The army does not control the city of Aleppo.", "held", "army", None, "denied"),
        ("The army will take control of Aleppo.", "captured", "army", None, "planned"),
        ("The rebels control two-thirds of the city of Aleppo.", "contested", "rebels", None, "occurred"),
        ("Aleppo fell to the rebels in 2014.", "captured", "rebels", None, "occurred"),
        ("Troops drove the militants out of Aleppo.", "captured", "Troops", "militants", "occurred"),
        ("Daquq, a Taliban-controlled town south of Kirkuk, was quiet.", "held", "Taliban", None, "occurred"),
        ("Daquq is a Taliban-controlled town.", "held", "Taliban", None, "occurred"),
    ],
)
def test_who_holds(analyse, text, change, holder, previous, status):
    document, found = read(analyse, text)
    word = lambda i: None if i is None else document.tokens[i].text  # noqa: E731
    assert (change, holder, previous, status) in [(c.change, word(c.holder), word(c.previous_holder), c.status) for c in found]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels held talks in Aleppo.",
        "Police controlled the crowd.",
        "Prices were held down by the government.",
        "Daquq was a rebel-held town.",
        "Daquq, once a rebel-held town, is quiet.",
    ],
)
def test_what_holds_no_place(analyse, text):
    assert read(analyse, text)[1] == ()
