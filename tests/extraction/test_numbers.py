"""Numbers with bounds, ranges and shares, read from characters alone."""

from __future__ import annotations

import re

import pytest

from dateline.extraction.numbers import bound_rules, find_numbers
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Sentence, Token


def flat(text: str) -> Document:
    """A document of one sentence whose tokens hang in a chain."""
    tokens = tuple(
        Token(k, m.start(), m.end(), m.group(), m.group().lower(), "X", "X", "", max(k - 1, 0), "dep" if k else "root", 0)
        for k, m in enumerate(re.finditer(r"\w+(?:[.,]\d+)*|[^\w\s]", text))
    )
    return Document(text, tokens, (Sentence(0, 0, len(tokens), 0, len(text), 0),))


@pytest.mark.parametrize("rule", [r for side in bound_rules() for r in side], ids=lambda r: r.name)
def test_bound_rows_prove_their_examples(rule):
    assert rule.prove() is None


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "approximate"),
    [
        ("5,000", 5000, 5000, 5000, False),
        ("1 000", 1000, 1000, 1000, False),
        ("1.2m", 1200000, 1200000, 1200000, False),
        ("thirty-one", 31, 31, 31, False),
        ("two dozen", 24, 24, 24, False),
        ("a dozen", 12, 12, 12, False),
        ("half a million", 500000, 500000, 500000, False),
        ("half a dozen", 6, 6, 6, False),
        ("one hundred and six", 106, 106, 106, False),
        ("two hundred thousand", 200000, 200000, 200000, False),
        ("more than 5 million", 5000001, None, None, False),
        ("more than a dozen", 13, None, None, False),
        ("at least 13", 13, None, None, False),
        ("no fewer than 13", 13, None, None, False),
        ("up to 40", None, None, 40, False),
        ("as many as 40", None, None, 40, False),
        ("no more than 5", None, None, 5, False),
        ("fewer than 10", None, None, 9, False),
        ("nearly 30,000", None, 30000, None, True),
        ("some 30,000", None, 30000, None, True),
        ("an estimated 300", None, 300, None, True),
        ("at least some 30", 30, None, None, True),
        ("a total of 45", 45, 45, 45, False),
        ("3,000 to 5,000", 3000, None, 5000, False),
        ("between 10 and 20", 10, None, 20, False),
        ("20-30", 20, None, 30, False),
        ("3 to 5 million", 3000000, None, 5000000, False),
        ("two or three", 2, None, 3, False),
        ("several", 3, None, None, False),
        ("dozens", 24, None, None, False),
        ("scores", 40, None, None, False),
        ("hundreds", 200, None, None, False),
        ("thousands", 2000, None, None, False),
        ("tens of thousands", 20000, None, None, False),
        ("several hundred", 300, None, None, False),
        ("200 or more", 200, None, None, False),
        ("500+", 500, None, None, False),
    ],
)
def test_counts(text, low, best, high, approximate):
    document = flat(f"It hit {text} people there.")
    (number,) = find_numbers(document, ())
    assert document.text[number.start : number.end] == text
    assert (number.low, number.best, number.high, number.approximate, number.share) == (low, best, high, approximate, None)


@pytest.mark.parametrize(
    ("text", "share", "low", "high"),
    [
        ("half of the people", 0.5, None, None),
        ("two-thirds of the city", 0.666667, None, None),
        ("a quarter of all homes", 0.25, None, None),
        ("one in five Syrians", 0.2, None, None),
        ("90 percent of them", 0.9, None, None),
        ("15 to 20 percent of them", None, 15, 20),
        ("more than half of them", 0.5, 50, None),
        ("up to 30% of them", 0.3, None, 30),
    ],
)
def test_shares(text, share, low, high):
    (number,) = find_numbers(flat(f"It hit {text} there."), ())
    assert (number.share, number.low, number.high) == (share, low, high)


@pytest.mark.parametrize(("text", "amount", "currency"), [("$5m", 5e6, "USD"), ("£1.1bn", 1.1e9, "GBP"), ("€20 million", 2e7, "EUR"), ("US$2bn", 2e9, "USD")])
def test_money(text, amount, currency):
    (number,) = find_numbers(flat(f"It gave {text} in aid."), ())
    assert (number.best, number.currency) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "an F-16 jet",
        "a T-72 tank",
        "a 24-year-old man",
        "at 12:30",
        "the 9/11 attacks",
        "flight MH17",
        "a two-storey house",
        "on the 13th",
        "in the 1980s",
        "a five-day siege",
        "won 3-1",
        "a third man",
    ],
)
def test_no_counts(text):
    assert find_numbers(flat(f"It was {text} there."), ()) == ()


def test_numbers_in_dates_count_nothing():
    document = flat("In May 2017 13 people died.")
    time = TimeFound(3, 11, 1, 3, 1, "month")
    assert [n.best for n in find_numbers(document, (time,))] == [13]


def test_the_old_number_of_a_rise_is_marked():
    old, new = find_numbers(flat("The toll rose from 12 to 15."), ())
    assert (old.superseded, new.superseded, new.best) == (True, False, 15)


@pytest.mark.parametrize("digits", ["9" * 400, "9" * 5000, "9" * 17, "9" * 15 + " million billion"])
def test_a_row_of_digits_is_no_number(digits):
    assert find_numbers(flat(f"It killed {digits} soldiers there."), ()) == ()
