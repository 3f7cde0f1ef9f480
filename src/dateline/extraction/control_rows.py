"""The rows of ``control.tsv`` by the word that they begin with, and what all of its rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from dateline.extraction.findings import PlaceFound
from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

COLUMNS = ("name", "change", "kind", "lemma", "example", "finds")


@dataclass(frozen=True)
class Scope:
    """A document with its places and the head tokens of those who can hold a place."""

    document: Document
    places: tuple[PlaceFound, ...]
    actors: frozenset[int]

    @cached_property
    def place_of(self) -> dict[int, int]:
        """By token, the first place that it heads or whose name it stands in."""
        found: dict[int, int] = {}
        for i, place in enumerate(self.places):
            for token in (place.head, *(t.i for t in self.document.tokens_in(place.name_start, place.name_end))):
                found.setdefault(token, i)
        return found

    def acts(self, token: int) -> bool:
        """Whether the token refers to somebody who can hold a place; a place's name may stand for its state."""
        word = self.document.tokens[token]
        return word.xpos not in ("WP", "WDT") and (token in self.actors or word.upos == "PRON")


@cache
def _table() -> dict[str, tuple[Row, ...]]:
    table: dict[str, list[Row]] = {}
    for row in load("control.tsv", columns=COLUMNS, key=("name",)):
        if row["finds"]:
            for lemma in row["lemma"].split("|"):
                table.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def rows_of(token: Token) -> tuple[Row, ...]:
    """The rows that a token may begin; participles behind a hyphen go by their form, all others by lemma."""
    by_text, by_lemma = _table().get(token.text.lower(), ()), _table().get(token.lemma.lower(), ())
    if not by_text and not by_lemma:
        return ()
    by_text = tuple(row for row in by_text if row["kind"] in ("joined", "contests"))
    by_lemma = tuple(row for row in by_lemma if row["kind"] != "joined")
    return tuple({row["name"]: row for row in (*by_text, *by_lemma)}.values())
