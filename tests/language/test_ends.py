"""Sentences end where the writing makes it plain, whatever the model says, and not after a title."""

import numpy as np
import pytest

from dateline.language.ends import bounds_of
from dateline.language.windows import words_of


def cut(text: str, said: tuple[int, ...] = ()) -> list[str]:
    """The sentences of a text of which the model says that sentences end with the words ``said``."""
    words = words_of(text, [(0, len(text))])
    scores = np.zeros((len(words.texts), 2), np.float32)
    scores[:, 0] = 1
    for n in said:
        scores[n, 1] = 2
    return [text[words.starts[a] : words.ends[b - 1]] for a, b in bounds_of(scores, words, 0)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("“We held it,” said Spc. Ada Roe of Dry Creek. “The others left.”", ["“We held it,” said Spc. Ada Roe of Dry Creek.", "“The others left.”"]),
        ('"We held it," said Ada Roe. "The others left."', ['"We held it," said Ada Roe.', '"The others left."']),
        ('He spoke of "peace." The rest left.', ['He spoke of "peace." The rest left.']),
        ("They met in Wash. “by chance”, he said.", ["They met in Wash. “by chance”, he said."]),
        ("He left. “the end” was near.", ["He left. “the end” was near."]),
    ],
)
def test_a_quotation_that_opens_after_a_stop_begins_a_sentence(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize("text", ["“No,” said Del. Ada Roe of the council.", "So said Lt. Gen. Ada Roe.", "The rebels left . the town"])
def test_a_title_or_a_word_in_small_letters_does_not_end_one(text: str) -> None:
    words = words_of(text, [(0, len(text))]).texts
    stops = tuple(n for n, word in enumerate(words) if word.endswith(".") and n < len(words) - 1)
    assert stops
    assert (len(cut(text, stops)) == 1) is ("rebels" not in text)


def test_what_the_model_says_stands() -> None:
    assert cut("He left. She came.", (2,)) == ["He left.", "She came."]
