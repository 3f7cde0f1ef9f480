"""A cheap look at a text before it is read: whether anything in it could be conflict, control or harm. It lets through when in doubt."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.model import PassedOver

COLUMNS = ("name", "words", "weight", "example")
NEEDED = 1.0
"""A text is read when the weights of different signs that stand near one another in one of its sentences come to this."""
NEAR = 12
"""Words within which signs are taken to speak of one thing."""
_SHOWN = 8
"""Signs that a text's verdict names."""
_WORD = re.compile(r"[^\W\d_]+|\d+(?:,\d{3})*")
_LONG = 2500
"""Letters from which a text is long: some four hundred words."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MANY = "hundreds"
"""What a number of three digits and more stands for, unless it may be a year."""
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that speaks of conflict, control or harm: how much it weighs, and the row that it stands in."""

    row: str
    weight: float


@cache
def signs() -> dict[str, Sign]:
    """The signs by every form of their words."""
    found: dict[str, Sign] = {}
    for row in load("gate.tsv", columns=COLUMNS, key=("name",)):
        for word in row["words"].split("|"):
            for form in _forms(word):
                found.setdefault(form, Sign(row["name"], float(row["weight"])))
    return found


def _forms(word: str) -> Iterator[str]:
    """A word with the endings of English verbs and nouns; a form that is no word does no harm."""
    yield word
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers"):
        yield word + ending
    if word.endswith("e"):
        yield word[:-1] + "ing"
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
    if word[-1] not in "aeiouwxy":
        yield from (word + word[-1] + "ing", word + word[-1] + "ed")


def passed_over(text: str) -> PassedOver | None:
    """What a text lacks to be read; None where it is to be read.

    It is read where near words of one sentence hold enough; in a long text words that each say little must do so in two sentences,
    each of which then counts for half.
    """
    met: dict[str, None] = {}
    best = [0.0] * (2 if len(text) >= _LONG else 1)
    for sentence in _SENTENCE.split(text.lower()):
        held, strong, words = _held(_WORD.findall(sentence))
        met.update(dict.fromkeys(words))
        best = sorted((*best, min(held, NEEDED)), reverse=True)[: len(best)]
        if strong or sum(best) / len(best) >= NEEDED:
            return None
    return PassedOver("gate", sum(best) / len(best), NEEDED, tuple(list(met)[:_SHOWN]))


def _held(words: list[str]) -> tuple[float, bool, list[str]]:
    """What the near signs of a sentence come to, whether one of them is enough by itself, and all of them."""
    near: deque[tuple[int, Sign]] = deque()
    score, met = 0.0, list[str]()
    for at, word, sign in _met(words):
        met.append(word)
        near.append((at, sign))
        while at - near[0][0] > NEAR:
            near.popleft()
        score = max(score, sum({one.row: one.weight for _, one in near}.values()))
        if sign.weight >= NEEDED:
            return score, True, met
    return score, False, met


def _met(words: list[str]) -> Iterator[tuple[int, str, Sign]]:
    """The signs among the words of a sentence, each with its place; of two words that are one sign neither counts by itself."""
    known = signs()
    taken = -1
    for at, word in enumerate(words):
        both = f"{word} {words[at + 1]}" if at + 1 < len(words) else word
        if at == taken:
            continue
        if both in known:
            taken = at + 1
            word = both
        sign = known.get(_MANY if len(word) > 2 and word[0].isdigit() and not _YEAR.fullmatch(word) else word)
        if sign is not None and sign.weight:
            yield at, word, sign
