"""What else is told hangs on what is told, not on who tells it."""

import pytest

from dateline.language.outcomes import hang_outcomes
from dateline.lexicon import load

ROWS = load("outcome_verbs.tsv", columns=("lemma", "example", "finds"), key=("lemma",))


def governor(document, word):
    token = next(t for t in document.tokens if t.text == word)
    return document.tokens[token.head].text


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["lemma"])
def test_rows_prove_themselves(analyse, row):
    document = analyse(row["example"])
    token = next(t for t in document.tokens if t.text == row["finds"])
    assert token.lemma == row["lemma"]
    assert document.tokens[token.head].text not in ("said", "reported")


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("Jets struck a market in Saada, the channel reported, killing 23 people.", "killing", "struck"),
        ("Jets struck a market in Saada on Monday, the channel said on its website, killing 23 people.", "killing", "struck"),
        ("A raid on the base killed nine soldiers, officials said, and wounded ten.", "wounded", "killed"),
        ("Gunmen stormed the hotel, police said, and took 20 hostages.", "took", "stormed"),
        ("Rebels said the army had shelled the town, killing two.", "killing", "shelled"),
    ],
)
def test_outcomes_hang_on_what_is_told(analyse, text, word, head):
    assert governor(analyse(text), word) == head


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("Jets struck the town, he said, adding that two had died.", "adding", "said"),
        ("Jets struck the town, the minister said, citing witnesses.", "citing", "said"),
        ("The minister said, leaving the hall, that jets had struck the town.", "leaving", "said"),
    ],
)
def test_what_the_speaker_does_stays_with_the_speaker(analyse, text, word, head):
    assert governor(analyse(text), word) == head


def test_nothing_moves_in_no_words():
    tokens = []
    hang_outcomes(tokens)
    assert tokens == []
