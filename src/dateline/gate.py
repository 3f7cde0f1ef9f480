"""A cheap look at a text before it is read: whether anything in it could be conflict, control or harm. It lets through when in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.model import PassedOver

COLUMNS = ("name", "words", "weight", "example")
NEEDED = 1.0
"""A text is read when the weights of the different signs in one of its sentences come to this."""
_SHOWN = 8
"""Signs that a text's verdict names."""
_WORD = re.compile(r"[^\W\d_]+")
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
    """What a text lacks to be read; None where it is to be read: where one sentence holds enough."""
    known = signs()
    met: dict[str, None] = {}
    score = 0.0
    for sentence in _SENTENCE.split(text.lower()):
        rows: dict[str, float] = {}
        for word in _WORD.findall(sentence):
            sign = known.get(word)
            if sign is not None:
                rows[sign.row] = sign.weight
                met[word] = None
        score = max(score, sum(rows.values()))
        if score >= NEEDED:
            return None
    return PassedOver("gate", score, NEEDED, tuple(list(met)[:_SHOWN]))
