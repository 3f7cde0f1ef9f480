"""The columns by which a reading is found again: one tuple a row, the report's number left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dateline.model import Entity, Reading, When, Where

Cells = tuple[object, ...]

_ARTICLES = ("the ", "al-", "ar-", "as-", "ash-", "ad-", "an-", "at-", "az-", "el-")


def fold(name: str) -> str:
    """A name as it is compared: lower case, without accents, apostrophes, hyphens and leading articles."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    kept = (c if c.isalnum() else " " if c in " -/\u2010\u2011\u2013" else "" for c in plain)
    return " ".join("".join(kept).split())


def world_key(entity: Entity) -> str:
    """What an entity is across reports: the who's-who key, the GeoNames id, the country, or its kind and folded name."""
    if entity.kind == "place":
        if entity.geonames_id is not None:
            return f"geonames:{entity.geonames_id}"
        if entity.type == "country" and entity.country:
            return f"country:{entity.country}"
        return f"place:{entity.country or ''}:{fold(entity.name)}"
    if entity.known_as:
        return f"actor:{entity.known_as}"
    return f"{entity.kind}:{fold(entity.name)}"


def rows_of(reading: Reading) -> dict[str, list[Cells]]:
    """The rows of a reading by table."""
    world = {e.id: world_key(e) for e in reading.entities}
    country = {e.id: e.country for e in reading.entities}

    def place(where: Where | None) -> str | None:
        return world.get(where.entity) if where is not None and where.entity is not None else None

    return {
        "entity": [(e.id, world[e.id], e.kind, e.type, e.name, e.country, e.lat, e.lon) for e in reading.entities],
        "statement": [(s.id, world.get(s.speaker or ""), s.act, *_days(s.when)) for s in reading.statements],
        "event": [
            (
                v.id, v.type, v.status, place(v.where), country.get(v.where.entity or "") if v.where else None,
                v.where.lat if v.where else None, v.where.lon if v.where else None, *_days(v.when), v.confidence,
            )
            for v in reading.events
        ],
        "participant": [(v.id, p.role, world[p.entity]) for v in reading.events for p in v.participants if p.entity],
        "figure": [
            (f.id, f.measure, f.low, f.best, f.high, f.share, place(f.where), *_days(f.when), f.event) for f in reading.figures
        ],
        "control": [
            (c.id, world.get(c.place or ""), world.get(c.holder or ""), world.get(c.previous_holder or ""), c.change, c.status, *_days(c.when))
            for c in reading.control
        ],
    }  # fmt: skip


def aliases_of(reading: Reading) -> list[tuple[str, str]]:
    """Folded names with what they name across reports."""
    return sorted(set(_aliases(reading)))


def _aliases(reading: Reading) -> Iterator[tuple[str, str]]:
    for entity in reading.entities:
        key = world_key(entity)
        names = {entity.name, *entity.aliases, *(m.text for m in entity.mentions if m.form == "name")}
        if entity.known_as:
            names.add(entity.known_as.replace("_", " "))
        for name in names:
            if folded := fold(name):
                yield folded, key


def _days(when: When | None) -> tuple[str | None, str | None]:
    return (when.earliest, when.latest) if when is not None else (None, None)
