"""Where sentences end: what the model says, and what the writing makes plain."""

from __future__ import annotations

from functools import cache

import numpy as np

from dateline.language.model import Array
from dateline.language.pieces import LINE, NOTHING
from dateline.language.windows import Words
from dateline.lexicon import load

_STOPS = frozenset(".!?")
_OPENING = frozenset("“„«")
_EITHER = '"'


def bounds_of(scores: Array, words: Words, base: int) -> list[tuple[int, int]]:
    """First word and end of each sentence of a window that begins at word ``base``; ``scores`` say of each word whether a sentence ends with it."""
    last = base + len(scores)
    said = {base + int(n) for n in np.flatnonzero(scores[:, 1] > scores[:, 0])}
    ends = {i for i in said if not _runs_on(words, i, last) and not _is_title(words, i, last)} | _before_speech(words, base, last)
    limits = [0, *(i + 1 - base for i in sorted(ends | {last - 1}))]
    return list(zip(limits, limits[1:], strict=False))


def _runs_on(words: Words, n: int, last: int) -> bool:
    """Whether the text plainly goes on after a word: on the same line, without a stop, with a word in small letters."""
    if n + 1 >= last or not words.texts[n][-1:].isalnum() or not words.texts[n + 1][:1].islower():
        return False
    return words.gaps[n + 1] != LINE


def _is_title(words: Words, n: int, last: int) -> bool:
    """Whether a stop is that of a title before a name (“Del.”, “Lt.”), on the same line."""
    if n + 1 >= last or not words.texts[n + 1][:1].isupper() or words.gaps[n + 1] == LINE:
        return False
    word = words.texts[n]
    if word == "." and n > 0 and words.gaps[n] == NOTHING:
        word = words.texts[n - 1] + word
    return word in _short_titles()


@cache
def _short_titles() -> frozenset[str]:
    """The titles that are written with a stop; of several words the last."""
    titles = (row["title"].split()[-1] for row in load("titles.tsv", columns=("title", "sector", "gender"), key=("title",)))
    return frozenset(title for title in titles if title.endswith("."))


def _before_speech(words: Words, base: int, last: int) -> set[int]:
    """The stops after which a quotation is opened with a capital: there a sentence ends, whatever was quoted before."""
    found, open_ = set(), False
    for i in range(base, last):
        word = words.texts[i]
        begins = word in _OPENING or (word == _EITHER and not open_)
        if begins and i > base and i + 1 < last and words.texts[i - 1] in _STOPS and words.gaps[i] != NOTHING and words.texts[i + 1][:1].isupper():
            found.add(i - 1)
        if word == _EITHER:
            open_ = not open_
    return found
