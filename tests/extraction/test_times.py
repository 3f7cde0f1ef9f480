"""Time expressions: what is found, where it ends, how it bears on its clause, and what is no time."""

import re
from collections.abc import Callable

import pytest

from dateline.extraction.times import TimeFound, find_times, rows_of_grammar
from dateline.language.document import Document, Sentence, Token

Analyse = Callable[[str], Document]


def spans(document: Document) -> list[str]:
    return [document.text[t.start : t.end] for t in find_times(document)]


def bare(text: str) -> Document:
    """A document without trees: the grammar of time stands on words alone."""
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text)]
    tokens = tuple(Token(i, start, end, word, word.lower(), "X", "X", "", i, "root", 0) for i, (start, end, word) in enumerate(words))
    return Document(text, tokens, (Sentence(0, 0, len(tokens), 0, len(text), 0),))


@pytest.mark.parametrize("row", [r for r in rows_of_grammar() if r["kind"] not in ("macro", "never")], ids=lambda r: r["name"])
def test_rule_finds_its_example(row: dict[str, str]) -> None:
    found = {(row["example"][t.start : t.end], t.rule) for t in find_times(bare(row["example"]))}
    assert (row["finds"], row["name"]) in found


@pytest.mark.parametrize("row", [r for r in rows_of_grammar() if r["kind"] == "never"], ids=lambda r: r["name"])
def test_what_must_not_be_found(row: dict[str, str]) -> None:
    assert find_times(bare(row["example"])) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels took the village on 3 March 2015 and lost it on Sunday.", ["3 March 2015", "Sunday"]),
        ("The convoy left at 6:30 a.m. local time on Thursday, officials said.", ["6:30 a.m. local time on Thursday"]),
        ("Shelling has gone on since June, with few pauses in the past 48 hours.", ["June", "the past 48 hours"]),
        ("The siege, now in its third year, began in late 2012.", ["now", "its third year", "late 2012"]),
        ("He was held from May 4 to June 10, 2009.", ["May 4", "June 10, 2009"]),
        ("The truce holds until midnight Friday.", ["midnight Friday"]),
        ("Fighting broke out two days after the vote.", ["two days after"]),
        ("Militants fled the night before.", ["the night before"]),
        ("About 2,000 people fled in 2014.", ["2014"]),
        ("Talks resume early next week in Geneva.", ["early next week"]),
        ("In the spring of 2003 and again last autumn they came.", ["the spring of 2003", "last autumn"]),
        ("The bridge fell in mid-November.", ["mid-November"]),
        ("Strikes hit the port overnight.", ["overnight"]),
        ("It was the deadliest attack since the 1990s.", ["the 1990s"]),
        ("She spoke during Ramadan and before Eid al-Fitr.", ["Ramadan", "Eid al-Fitr"]),
        ("The army shells the valley every day.", ["every day"]),
        ("On 20/10/2017 and 2017-10-21 they met.", ["20/10/2017", "2017-10-21"]),
        ("A year and a half later the town was empty.", ["A year and a half later"]),
    ],
)
def test_expressions(analyse: Analyse, text: str, expected: list[str]) -> None:
    assert spans(analyse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A second explosion hit the market.",
        "They may attack the base again.",
        "May Chidiac spoke to reporters.",
        "Fighters of the 17 November Group fired rockets.",
        "The Sun newspaper printed the names.",
        "The fall of Mosul shocked the capital.",
        "Troops march on the capital.",
        "The shells struck in 30 places.",
        "They fired T-72 and 2S19 guns and a BM-21.",
        "Three quarters of the town lies in ruins.",
        "Some 1,950 soldiers and 2000 troops arrived.",
        "The Financial Times reported it.",
        "The team won 3-2 and 21-19.",
    ],
)
def test_not_times(analyse: Analyse, text: str) -> None:
    assert spans(analyse(text)) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("They have held the town since 2014.", {"2014": "since"}),
        ("They held the town until Friday.", {"Friday": "until"}),
        ("They fought for three weeks.", {"three weeks": "duration"}),
        ("A 24-year-old man died on Monday.", {"A 24-year-old": "age", "Monday": "at"}),
        ("They patrol the road every night.", {"every night": "set"}),
        ("He was held from Monday to Friday.", {"Monday": "since", "Friday": "until"}),
        ("Between 2003 and 2011 many died.", {"2003": "since", "2011": "until"}),
    ],
)
def test_roles(analyse: Analyse, text: str, roles: dict[str, str]) -> None:
    document = analyse(text)
    assert {document.text[t.start : t.end]: t.role for t in find_times(document)} == roles


def test_ends_of_a_range_know_each_other(analyse: Analyse) -> None:
    times = find_times(analyse("The offensive ran from March to June 2014."))
    assert [t.pair for t in times] == [1, 0]


@pytest.mark.parametrize(
    ("text", "side", "base"),
    [
        ("This Oct. 19, 2017 photo shows ruins two days after commanders said that the battle was over.", "anchor", 0),
        ("The raid came two days after the attack of Oct. 17, 2017.", "governor", 1),
        ("The raid came two days after the vote.", "governor", None),
    ],
)
def test_what_an_offset_dates(analyse: Analyse, text: str, side: str, base: int | None) -> None:
    offset = next(t for t in find_times(analyse(text)) if t.kind == "offset")
    assert (offset.side, offset.base) == (side, base)


def test_offsets_are_true_and_in_order(analyse: Analyse) -> None:
    text = "Émigrés fled “in March” — 5 p.m.\tTuesday, the 3rd of May 2011.\n\nLast week’s raid, on Sunday night, was the third in two months."
    times = find_times(analyse(text))
    assert [(t.start, t.end) for t in times] == sorted((t.start, t.end) for t in times)
    assert all(a.end <= b.start for a, b in zip(times, times[1:], strict=False))
    assert all(text[t.start : t.end].strip() == text[t.start : t.end] for t in times)


def test_long_text_takes_time_in_proportion() -> None:
    text = "On Friday, Oct. 20, 2017, about 40 people fled the city two days after the raid of last week. " * 2500
    found: tuple[TimeFound, ...] = find_times(bare(text))
    assert len(found) == 3 * 2500
