"""When and where an event is looked for among others: the days it may have happened on, and the square of the map it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from dateline.model import Entity, Mention, Reading, Section, When, Where

NAMED = "named:"
"""How the block of a place begins that has a name and is on no map."""

CELL = 0.25
"""Size of a square in degrees; events in neighbouring squares are compared."""

WIDE = 31
"""Events whose days are known no nearer than this (in days) are looked for apart."""

_FRESH = 2
"""An event without a day is taken for news: not more than so many days older than the report."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an event may have happened on; ``kind`` is dated, wide, open (since a day), presumed (no day is said) or none."""

    kind: str
    first: str | None = None
    last: str | None = None


def days_of(when: When | None, published: str | None) -> Days:
    """The days of an event in a report published on that day."""
    if when is None or (when.earliest is None and when.latest is None):
        return _presumed(published)
    if when.earliest is None:
        end = (when.latest or "")[:10]
        return Days("wide", None, end) if published is None or end < _shift(published, -WIDE) else _presumed(published)
    first = when.earliest[:10]
    if when.latest is None:
        return Days("open", first, None)
    last = when.latest[:10]
    return Days("wide" if width(first, last) > WIDE else "dated", first, last)


def _presumed(published: str | None) -> Days:
    if published is None:
        return Days("none")
    return Days("presumed", _shift(published, -_FRESH), published[:10])


def _shift(day: str, by: int) -> str:
    moved = date.fromisoformat(day[:10]).toordinal() + by
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def width(first: str, last: str) -> int:
    """Days between two ISO dates."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days


def shift(day: str, by: int) -> str:
    """The ISO date so many days later."""
    return (date.fromisoformat(day[:10]) + timedelta(days=by)).isoformat()


def block_of(where: Where | None, entity: Entity | None, world: str | None, *, setting: Entity | None = None) -> str | None:
    """The block of the map in which an event is compared with others: a square, a named place, or a whole country; None where nothing is said.

    An event at no place, or at one that has no name ("the town"), is looked for where its report plays: at ``setting``.
    """
    if where is None or entity is None:
        return _square_of(setting)
    if entity.type == "area" and entity.lat is None and _has_name(entity):
        # On no map: the same name is the same place, whether or not a report tells the country.
        return NAMED + " ".join(entity.name.casefold().split())
    if entity.type in ("country", "region", "admin", "area"):
        return f"area:{world}" if entity.geonames_id is not None or entity.type == "country" else f"area:{entity.country}" if entity.country else None
    lat, lon = (where.lat, where.lon) if where.lat is not None else (entity.lat, entity.lon)
    if lat is not None and lon is not None:
        return square(floor(lat / CELL), floor(lon / CELL))
    if _has_name(entity):
        return world
    return _square_of(setting) or (f"area:{entity.country}" if entity.country else None)


def _has_name(entity: Entity) -> bool:
    return any(m.form == "name" for m in entity.mentions)


def _square_of(setting: Entity | None) -> str | None:
    if setting is None or setting.lat is None or setting.lon is None:
        return None
    return square(floor(setting.lat / CELL), floor(setting.lon / CELL))


_TOWNS = ("city", "town", "village", "neighbourhood", "facility")


def setting_of(reading: Reading) -> Entity | None:
    """The town where a report plays: the only one that its headline names, else that of its dateline."""
    for kind in ("headline", "dateline"):
        parts = [s for s in reading.report.sections if s.kind == kind]
        towns = [e for e in reading.entities if e.type in _TOWNS and e.lat is not None and any(_within(m, parts) for m in e.mentions)]
        if len(towns) == 1:
            return towns[0]
    return None


def _within(mention: Mention, sections: list[Section]) -> bool:
    return mention.form == "name" and any(s.start <= mention.start < s.end for s in sections)


def square(row: int, column: int) -> str:
    """The block of a square of the map."""
    return f"square:{row}:{column}"


def around(block: str) -> list[str]:
    """A block with those that touch it."""
    if not block.startswith("square:"):
        return [block]
    row, column = (int(n) for n in block.split(":")[1:])
    return [square(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
