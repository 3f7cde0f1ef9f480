"""The rows of ``relations.tsv`` by the word that they begin with, and what all of their rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

COLUMNS = ("name", "type", "kind", "lemma", "direction", "prepositions", "example", "finds")


@dataclass(frozen=True, slots=True)
class Ties:
    """A document with the head tokens of its mentions."""

    document: Document
    heads: frozenset[int]
    persons: frozenset[int]

    def refers(self, token: int) -> bool:
        """Whether the token refers to somebody or something that can be tied."""
        return token in self.heads


@dataclass(frozen=True, slots=True)
class Tie:
    """One find: the row, the source, the target, and the word that ties them."""

    row: Row
    source: int
    target: int
    word: int


@cache
def _table() -> dict[str, tuple[Row, ...]]:
    table: dict[str, list[Row]] = {}
    for row in load("relations.tsv", columns=COLUMNS):
        if row["finds"]:
            for lemma in row["lemma"].split("|"):
                table.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def rows_of(token: Token) -> tuple[Row, ...]:
    """The rows that a token may begin: by its form behind a hyphen, by its lemma elsewhere."""
    text, lemma = token.text.lower(), token.lemma.lower()
    by_text = [r for r in _table().get(text, ()) if r["kind"] == "joined"]
    by_lemma = [r for r in _table().get(lemma, ()) if r["kind"] != "joined"]
    return (*by_text, *by_lemma)


def tie(row: Row, first: int, second: int, word: int) -> Tie | None:
    """The tie of the two parties in the row's direction; None when they are the same token."""
    if first == second:
        return None
    return Tie(row, first, second, word) if row["direction"] == "forward" else Tie(row, second, first, word)


def case_of(document: Document, token: Token) -> set[str]:
    """Lemmas of the prepositions of a noun; the empty set for none."""
    return {c.lemma.lower() for c in document.children(token.i, "case")}
