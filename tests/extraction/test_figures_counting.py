"""How figures count: in a time, at one moment, or all so far; each row of the lexicon proves its example."""

import pytest

from dateline.extraction.figures_counting import COUNTING_COLUMNS
from dateline.intake import report_of
from dateline.lexicon import load
from dateline.pipeline import read_report

ROWS = load("figure_counting.tsv", columns=COUNTING_COLUMNS, key=("name",))


def counts(world, text):
    return {(f.measure, f.span.text): f.counts for f in read_report(report_of(text, published="2017-10-20", language="en"), world).figures}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_row_proves_its_example(world, row) -> None:
    found = {words: told for (_, words), told in counts(world, row["example"]).items()}
    assert {told for words, told in found.items() if row["finds"] in words} == {row["counts"]}, found


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("A bomb killed nine people on Tuesday.", "killed", "flow"),
        ("Nine people were killed on Tuesday, the third such attack since May.", "killed", "flow"),
        ("Some 200,000 people were displaced by the fighting last week.", "displaced", "flow"),
        ("Some 200,000 people are displaced in the province.", "displaced", "stock"),
        ("More than 6 million have been displaced since 2011.", "displaced", "total"),
        ("Five million people are in need of aid.", "in_need", "stock"),
        ("Jordan hosts 650,000 Syrian refugees.", "refugees", "stock"),
        ("About 3,000 refugees crossed the border on Monday.", "refugees", "flow"),
        ("The army sent 400 troops to the town.", "forces", "flow"),
        ("Around 400 troops remain in the town.", "forces", "stock"),
        ("Nine people are missing.", "missing", "stock"),
    ],
)
def test_how_a_figure_counts(world, text, measure, expected) -> None:
    assert {told for (named, _), told in counts(world, text).items() if named == measure} == {expected}


def test_a_sum_of_money_is_left_open(world) -> None:
    assert set(counts(world, "The donors pledged 20 million dollars in aid.").values()) <= {None}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A journalist was shot dead by two gunmen in Kabul on Monday.", ["A journalist"]),
        ("Two gunmen shot dead a journalist.", ["a journalist"]),
        ("Two gunmen were shot dead by police.", ["Two gunmen"]),
        ("Forty soldiers died fighting the rebels.", ["Forty soldiers"]),
        ("A blast left nine people dead.", ["nine people"]),
    ],
)
def test_who_kills_is_not_counted_among_the_killed(world, text, killed) -> None:
    assert [words for (measure, words) in counts(world, text) if measure == "killed"] == killed
