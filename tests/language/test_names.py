import pytest

from dateline.language.names import Run, names_of
from dateline.language.windows import words_of


def labelled(text, *runs, starts=()):
    words = words_of(text, [(0, len(text))])
    return [(text[n.start : n.end], n.label) for n in names_of([Run(*run) for run in runs], words, frozenset(starts))]


@pytest.mark.parametrize(
    ("text", "run", "name"),
    [
        ("strikes on al-Qaida cells", (4, 5, "FORCE", 0.9), "al-Qaida"),
        ("strikes on anti-Qaida cells", (2, 3, "FORCE", 0.9), "anti-Qaida"),
        ("Press Secretary Peter Cook said", (0, 4, "PERSON", 0.9), "Peter Cook"),
        ("said the President", (2, 3, "PERSON", 0.9), "President"),
        ("about 32 percent of", (1, 2, "QUANTITY", 0.9), "32 percent"),
        ("about 32 per cent of", (1, 2, "QUANTITY", 0.9), "32 per cent"),
        ("about 32 people", (1, 2, "QUANTITY", 0.9), "32"),
    ],
)
def test_edges(text, run, name):
    assert labelled(text, run) == [(name, run[2])]


def test_a_day_and_its_evening_are_one_time():
    assert labelled("on Tuesday night", (1, 2, "DATE", 0.9), (2, 3, "TIME", 0.8)) == [("Tuesday night", "TIME")]
    assert labelled("on Tuesday. Night fell", (1, 2, "DATE", 0.9), (3, 4, "TIME", 0.8), starts=(3,)) == [("Tuesday", "DATE"), ("Night", "TIME")]


def test_an_unsure_label_follows_the_sure_ones_of_the_same_name():
    text = "Hamas fired. Hamas said. Hamas left."
    assert labelled(text, (0, 1, "FORCE", 0.95), (3, 4, "PLACE", 0.5), (6, 7, "FORCE", 0.9)) == [("Hamas", "FORCE")] * 3
    assert labelled(text, (0, 1, "FORCE", 0.95), (3, 4, "PLACE", 0.8))[1] == ("Hamas", "PLACE")


def test_no_name_is_made_of_signs_or_of_a_word_that_counts() -> None:
    words = words_of("Some left in U.S.-led jets - they say.", [(0, 38)])
    at = words.texts.index("-")
    runs = [Run(0, 1, "ORG", 0.5), Run(at, at + 3, "WEAPON", 0.6), Run(at + 3, at + 4, "WEAPON", 0.4)]
    assert [words.texts[n.first : n.last] for n in names_of(runs, words, frozenset({0}))] == [["jets"]]
