"""How the reports of a record name somebody or something: each way once, however many reports there are."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.record.names import NAMING
from dateline.record.still import remembered
from dateline.record.store import Record

_NEXT = f"SELECT min({NAMING}) FROM entity WHERE world = :world AND {NAMING} > w.told"

_WAYS = (  # from each to the next of the index: thousands of like ones between them are not gone through
    f"WITH RECURSIVE way(told) AS (SELECT min({NAMING}) FROM entity WHERE world = :world"
    f" UNION ALL SELECT ({_NEXT}) FROM way w WHERE w.told IS NOT NULL) SELECT told FROM way WHERE told IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that is used of somebody, with what it is said to be."""

    type: str
    country: str | None
    named: bool
    name: str


def namings(record: Record, world: str) -> list[Naming]:
    """All ways in which the record's reports name it."""
    return [_naming(row["told"]) for row in record.rows(_WAYS, {"world": world})]


def _naming(told: str) -> Naming:
    kind, country, named, name = told.split("|", 3)
    return Naming(kind, country or None, named == "1", name)


def holder_name(record: Record, world: str) -> str:
    """The name most used in the record for an entity."""
    return remembered(record, "name", world, lambda: _most_used(record, world))


def _most_used(record: Record, world: str) -> str:
    counts: dict[str, int] = {}
    for row in record.rows(f"SELECT {NAMING} AS told, count(*) AS n FROM entity WHERE world = :world GROUP BY {NAMING}", {"world": world}):
        name = _naming(row["told"]).name
        counts[name] = counts.get(name, 0) + row["n"]
    return min(counts, key=lambda n: (-counts[n], -len(n), n)) if counts else world
