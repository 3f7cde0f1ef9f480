"""Names of ships ("USS Maple Ridge"): a navy's ship is a weapon, not an armed group, and the town it is called after is no place of events."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.extraction.mentions_joined import Run
from dateline.language.document import Document
from dateline.lexicon import load

_LONGEST = 4
_INSIDE = frozenset({"de", "of", "the", "al", "la", "le", "da", "von"})


@cache
def ship_prefixes() -> dict[str, tuple[str, frozenset[str]]]:
    """For what stands before a ship's name, the label of the ship and the nouns of which one must stand before it (none: it is sure alone)."""
    rows = load("ship_prefixes.tsv", columns=("prefix", "label", "beside", "example", "finds"), key=("prefix",))
    return {r["prefix"]: (r["label"], frozenset(filter(None, r["beside"].split("|")))) for r in rows}


def ships(document: Document) -> Iterator[Run]:
    """The names of ships with what stands before them, in text order."""
    tokens = document.tokens
    known = ship_prefixes()
    for token in tokens:
        label, beside = known.get(token.text, ("", frozenset()))
        if not label or (beside and not (token.i > 0 and tokens[token.i - 1].lemma.lower() in beside)):
            continue
        end = _end(document, token.i + 1)
        if end > token.i + 1:
            yield Run(token.i, end, label, 1.0, known=True)


def _end(document: Document, first: int) -> int:
    """Behind the capitalised words that begin at ``first``, small words between two of them taken in."""
    tokens, last = document.tokens, document.sentence_of(first - 1).last
    end = first
    while end < min(last, first + _LONGEST):
        word = tokens[end].text
        if word[:1].isupper():
            end += 1
        elif word in _INSIDE and end > first and end + 1 < last and tokens[end + 1].text[:1].isupper():
            end += 2
        else:
            break
    return end


def without_ships(document: Document, runs: list[Run], at_sea: list[Run]) -> list[Run]:
    """The runs that are no part of a ship's name or of the number on its hull, "(DDG 72)", behind it."""
    taken = {i for ship in at_sea for i in range(ship.first, _hull(document, ship.last))}
    return [run for run in runs if not any(i in taken for i in range(run.first, run.last))]


def _hull(document: Document, first: int) -> int:
    tokens = document.tokens
    if first + 2 >= len(tokens) or tokens[first].text != "(":
        return first
    close = next((i for i in range(first + 1, min(first + 5, len(tokens))) if tokens[i].text == ")"), first)
    inside = tokens[first + 1 : close]
    return close + 1 if inside and inside[0].text.isupper() and any(c.isdigit() for c in inside[-1].text) else first
