"""When and where an event is looked for among others: the days it may have happened on, and the square of the map it lies in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor

from dateline.model import Entity, Mention, Reading, Section, When, Where

NAMED = "named:"
"""How the block of a place begins that has a name and is on no map."""

AREA = "area:"
"""How the block of a country or region begins."""

REACH = 5
"""So many squares from the middle of a region a place may lie in it."""

LATE = 5
"""An event told without a day may have come about so many days before the days on which it would be news."""

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
    if (
        when.approximate
        and when.precision == "day"
        and (when.basis == "report" or (when.basis == "inferred" and when.span is not None and first == when.latest[:10]))
    ):
        # The day on which it was told, not one that the words give it.
        return _presumed(first)
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
    lat, lon = (where.lat, where.lon) if where.lat is not None and known_spot(where, entity) else (entity.lat, entity.lon)
    if entity.type in AREAS and (entity.lat is not None or entity.type == "country"):
        return f"{AREA}{entity.country}" if entity.country else f"{AREA}{world}" if entity.geonames_id is not None else None
    if not _has_name(entity) and lat is None:
        return _square_of(setting) or (f"{AREA}{entity.country}" if entity.country else None)
    if entity.type == "area" and entity.lat is None and lat is None:
        # On no map: the same name is the same place, whether or not a report tells the country.
        return NAMED + " ".join(entity.name.casefold().split())
    if entity.type in AREAS and lat is None:
        return f"{AREA}{entity.country}" if entity.country else None
    if lat is not None and lon is not None:
        return square(floor(lat / CELL), floor(lon / CELL))
    if entity.type == "facility":
        return _square_of(setting) or world
    return world


def known_spot(where: Where, entity: Entity) -> bool:
    """Whether the point of an event is that of its place, or of the town that it lies in, and not the middle of a whole country."""
    return entity.lat is not None or where.radius_km is None or where.radius_km <= _SPOT


_SPOT = 50.0
"""A place that is on no map is known nearly enough when it lies within so many km of a point."""

AREAS = ("country", "region", "admin", "area")
"""Types of places within which other places lie."""


def _has_name(entity: Entity) -> bool:
    return any(m.form == "name" for m in entity.mentions)


def _square_of(setting: Entity | None) -> str | None:
    if setting is None or setting.lat is None or setting.lon is None:
        return None
    return square(floor(setting.lat / CELL), floor(setting.lon / CELL))


_TOWNS = ("city", "town", "village", "neighbourhood", "facility")


def setting_of(reading: Reading) -> Entity | None:
    """The town where a report plays: the only one that its headline or title names, else its first sentence, else that of its dateline."""
    towns = [e for e in reading.entities if e.type in _TOWNS and e.lat is not None]
    headlines = [s for s in reading.report.sections if s.kind == "headline"]
    inside = [e for e in towns if any(_within(m, headlines) for m in e.mentions)]
    if not headlines and reading.report.title:
        title = fold_words(reading.report.title)
        inside = [e for e in towns if any(f" {fold_words(m.text)} " in f" {title} " for m in e.mentions if m.form == "name")]
    if len(inside) == 1:
        return inside[0]
    lead = next(([s] for s in reading.report.sections if s.kind == "paragraph"), [])
    first = _first_sentence(reading, lead)
    datelines = [s for s in reading.report.sections if s.kind == "dateline"]
    inside = [e for e in towns if any(_within(m, first) for m in e.mentions)]
    if len(inside) == 1:
        return inside[0]
    inside = [e for e in towns if any(_within(m, datelines) for m in e.mentions)]
    return inside[0] if len(inside) == 1 else None


def fold_words(text: str) -> str:
    """The words of a text in lower case, one blank between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _first_sentence(reading: Reading, lead: list[Section]) -> list[Section]:
    """The part of the first paragraph that its first event's sentence covers; all of a short paragraph where no event is told in it."""
    for section in lead:
        ends = [v.sentence.end for v in reading.events if section.start <= v.sentence.start < section.end]
        return [replace(section, end=min(ends, default=section.end))]
    return []


def _within(mention: Mention, sections: list[Section]) -> bool:
    return mention.form == "name" and any(s.start <= mention.start < s.end for s in sections)


def square(row: int, column: int) -> str:
    """The block of a square of the map."""
    return f"square:{row}:{column}"


def offset(cell: tuple[int, int], lat: float, lon: float) -> tuple[int, int]:
    """How many squares north and east of a point a square lies."""
    return cell[0] - floor(lat / CELL), cell[1] - floor(lon / CELL)


def reached(lat: float, lon: float) -> list[str]:
    """The squares that lie within reach of the middle of a region."""
    row, column = floor(lat / CELL), floor(lon / CELL)
    return [square(row + i, column + j) for i in range(-REACH, REACH + 1) for j in range(-REACH, REACH + 1)]


def around(block: str) -> list[str]:
    """A block with those that touch it."""
    if not block.startswith("square:"):
        return [block]
    row, column = (int(n) for n in block.split(":")[1:])
    return [square(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
