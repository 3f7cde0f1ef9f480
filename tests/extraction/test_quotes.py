"""Quotation marks are paired whatever their shape, depth and paragraph."""

import time

import pytest

from dateline.extraction.quotes import find_quotes
from dateline.model import Section

CASES = [
    ("“We will fight,” he said. “We won’t stop.”", ["We will fight,", "We won’t stop."]),
    ('He called it "a disgrace," and "wrong".', ["a disgrace,", "wrong"]),
    ("“A ‘great day’ for us,” she said.", ["A ‘great day’ for us,", "great day"]),
    ("\"He told me 'go away,' and I did,\" she said.", ["He told me 'go away,' and I did,", "go away,"]),
    ("'We saw tanks,' said Ali. The rebels' guns were 'silent' in the '90s.", ["We saw tanks,", "silent"]),
    ("'The rebels' guns are ours,' he said.", ["The rebels' guns are ours,"]),
    ('“Mixed close" he said', ["Mixed close"]),
    ('"Mixed the other way” he said', ["Mixed the other way"]),
    ("``Old style,'' he said; ''wire style,'' too.", ["Old style,", "wire style,"]),
    ("He said: «Да», then „Nein“ and ”wrong open”.", ["Да", "Nein", "wrong open"]),
    ('5\'10" tall and "yes"', ["yes"]),
    ('the former "capital"—"yes"', ["capital", "yes"]),
    ('("Yes," he said)', ["Yes,"]),
    ("The army didn't say whether it'd go; the soldiers' tents weren't there.", []),
    ("No marks at all.", []),
    ('""', []),
]


@pytest.mark.parametrize(("text", "inner"), CASES)
def test_pairs(text: str, inner: list[str]) -> None:
    assert [text[slice(*q.inner)] for q in find_quotes(text)] == inner


@pytest.mark.parametrize("mark", ["“{}”", '"{}"', "«{}»"])
def test_a_quote_runs_over_paragraphs_that_open_it_again(mark: str) -> None:
    opening = mark[0]
    text = f"He said:\n\n{opening}One.\n\n{opening}Two.\n\n{mark.format('Three.')} Then he left."
    quotes = find_quotes(text)
    assert len(quotes) == 1
    assert [text[s:e] for s, e in quotes[0].pieces] == ["One.", "Two.", "Three."]
    assert quotes[0].closed


def test_an_unclosed_quote_ends_with_its_paragraph() -> None:
    text = "He said “we go on.\n\nThe next paragraph is the paper's. “Yes,” she said."
    assert [(text[slice(*q.inner)], q.closed) for q in find_quotes(text)] == [("we go on.", False), ("Yes,", True)]


def test_sections_part_paragraphs_where_lines_are_wrapped() -> None:
    text = "“One line\nand another,” he said.\n“New” section"
    sections = (Section("paragraph", 0, 31), Section("paragraph", 32, len(text)))
    assert [text[slice(*q.inner)] for q in find_quotes(text, sections)] == ["One line\nand another,", "New"]


def test_depth_tells_what_stands_in_a_quote() -> None:
    assert [q.depth for q in find_quotes("“They said ‘no’ and ‘never’,” he said. “Yes.”")] == [0, 1, 1, 0]


@pytest.mark.parametrize("unit", ["“Yes,” he said. ", "'a ' b ", '" ', "‘", "“a "])
def test_time_is_linear(unit: str) -> None:
    begun = time.perf_counter()
    find_quotes(unit * 10_000)
    assert time.perf_counter() - begun < 3.0
