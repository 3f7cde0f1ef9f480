"""The rows of ``measures.tsv`` and what they give: a measure with the row and the token that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.lexicon import Row, load

COLUMNS = ("name", "measure", "kind", "lemma", "role", "needs", "example", "finds")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, the row that gave it, and the token that the figure hangs on."""

    name: str
    rule: str
    governor: int
    confidence: float


@cache
def rows_of(kind: str) -> dict[str, tuple[Row, ...]]:
    """The rows of one kind, by lemma."""
    table: dict[str, list[Row]] = {}
    for row in load("measures.tsv", columns=COLUMNS):
        if row["kind"] == kind and row["finds"]:
            for lemma in row["lemma"].split("|"):
                table.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


@cache
def rows_by_name() -> dict[str, str]:
    """The measure of each row, by the row's name."""
    return {row["name"]: row["measure"] for row in load("measures.tsv", columns=COLUMNS)}
