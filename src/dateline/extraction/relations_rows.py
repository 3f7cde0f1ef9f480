"""The rows of ``relations.tsv`` by the word that they begin with, and what all of their rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

COLUMNS = ("name", "type", "kind", "lemma", "direction", "prepositions", "example", "finds")


_SKIPPED = frozenset({"the", "a", "an", "so", "-", "called", '"', "“", "'"})


@dataclass(frozen=True, slots=True)
class Ties:
    """A document with the head tokens of its mentions."""

    document: Document
    heads: frozenset[int]
    persons: frozenset[int]
    starts: dict[int, int]
    """Head of the longest mention that begins at a token."""
    lasts: dict[int, int]
    """Head of the mention that ends with a token."""

    def refers(self, token: int) -> bool:
        """Whether the token refers to somebody or something that can be tied."""
        return self.party(token) is not None

    def party(self, token: int) -> int | None:
        """The head of the mention that the token stands for: itself, the name that hangs on a rank or number ("Col. John Thomas", "CTF 50")."""
        if token in self.heads:
            return token
        for child in self.document.children(token, "flat", "compound"):
            if child.deprel.startswith("flat") or self.document.tokens[token].upos == "NUM":
                found = self.party(child.i)
                if found is not None:
                    return found
        return self.lasts.get(token)

    def behind(self, token: int) -> int | None:
        """The head of the mention that begins right behind a token, after an article or "so-called"."""
        at = token + 1
        while at < len(self.document.tokens) and at < token + 5 and self.document.tokens[at].text.lower() in _SKIPPED:
            if at in self.starts:
                break
            at += 1
        if at >= len(self.document.tokens) or self.document.tokens[at].sentence != self.document.tokens[token].sentence:
            return None
        return self.starts.get(at)

    def named(self, token: int) -> bool:
        """Whether the token stands for a person's name."""
        return self.party(token) in self.persons


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
    by_text, by_lemma = _table().get(token.text.lower(), ()), _table().get(token.lemma.lower(), ())
    if not by_text and not by_lemma:
        return ()
    return (*(r for r in by_text if r["kind"] == "joined"), *(r for r in by_lemma if r["kind"] != "joined"))


def tie(row: Row, first: int, second: int, word: int) -> Tie | None:
    """The tie of the two parties in the row's direction; None when they are the same token."""
    if first == second:
        return None
    return Tie(row, first, second, word) if row["direction"] == "forward" else Tie(row, second, first, word)


def case_of(document: Document, token: Token) -> set[str]:
    """Lemmas of the prepositions of a noun; the empty set for none."""
    return {c.lemma.lower() for c in document.children(token.i, "case")}
