"""When and where an event is looked for among others: the days it may have happened on, and the square of the map it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from dateline.model import Entity, When, Where

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


def block_of(where: Where | None, entity: Entity | None, world: str | None) -> str | None:
    """The block of the map in which an event is compared with others: a square, a named place, or a whole country; None where nothing is said."""
    if where is None or entity is None:
        return None
    if entity.type in ("country", "region", "admin", "area"):
        return f"area:{world}" if entity.geonames_id is not None or entity.type == "country" else f"area:{entity.country}" if entity.country else None
    lat, lon = (where.lat, where.lon) if where.lat is not None else (entity.lat, entity.lon)
    if lat is not None and lon is not None:
        return square(floor(lat / CELL), floor(lon / CELL))
    if any(m.form == "name" for m in entity.mentions):
        return world
    return f"area:{entity.country}" if entity.country else None


def square(row: int, column: int) -> str:
    """The block of a square of the map."""
    return f"square:{row}:{column}"


def around(block: str) -> list[str]:
    """A block with those that touch it."""
    if not block.startswith("square:"):
        return [block]
    row, column = (int(n) for n in block.split(":")[1:])
    return [square(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
