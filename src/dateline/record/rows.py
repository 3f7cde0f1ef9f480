"""The columns by which a reading is found again: one tuple a row, the report's number left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.contract import to_json
from dateline.model import Entity, Event, Reading, Relation, When, Where
from dateline.record.names import display_name, is_named
from dateline.record.occasion import block_of, days_of, known_spot, setting_of

Cells = tuple[object, ...]

_ARTICLES = ("the ", "al-", "ar-", "as-", "ash-", "ad-", "an-", "at-", "az-", "el-")


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> str:
    """A name as it is compared: lower case, without accents, apostrophes, hyphens and leading articles."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    kept = (c if c.isalnum() else " " if c in " -/\u2010\u2011\u2013" else "" for c in plain)
    return " ".join("".join(kept).split())


def world_key(entity: Entity) -> str:
    """What an entity is across reports: the who's-who key, the country, the GeoNames id, or its kind and folded name."""
    if entity.kind == "place":
        if entity.type == "country" and entity.country:
            return f"country:{entity.country}"
        if entity.geonames_id is not None:
            return f"geonames:{entity.geonames_id}"
        return f"place:{entity.country or ''}:{fold(entity.name)}"
    if entity.known_as:
        return f"actor:{entity.known_as}"
    return f"{entity.kind}:{fold(entity.name)}"


_STANDS_FOR = ("spokesperson_of", "member_of", "part_of", "leads", "same_as")
"""Ties by which the source speaks and acts for the target."""


def rows_of(reading: Reading) -> dict[str, list[Cells]]:
    """The rows of a reading by table."""
    world = {e.id: world_key(e) for e in reading.entities}
    party = parties_of(reading)

    def place(where: Where | None) -> str | None:
        return world.get(where.entity) if where is not None and where.entity is not None else None

    setting = setting_of(reading)
    named = {e.id: int(is_named(to_json(e))) for e in reading.entities}
    return {
        "entity": [(e.id, world[e.id], party[e.id], named[e.id], e.kind, e.type, display_name(to_json(e)), e.country, e.lat, e.lon) for e in reading.entities],
        "statement": [(s.id, world.get(s.speaker or ""), s.act, *_days(s.when)) for s in reading.statements],
        "event": [_event_row(v, reading, world, setting) for v in reading.events],
        "participant": [(v.id, p.role, world[p.entity], party[p.entity], named[p.entity]) for v in reading.events for p in v.participants if p.entity],
        "figure": [(f.id, f.measure, f.low, f.best, f.high, f.share, place(f.where), *_days(f.when), f.event, f.confidence) for f in reading.figures],
        "control": [
            (c.id, world.get(c.place or ""), world.get(c.holder or ""), world.get(c.previous_holder or ""), c.change, c.status, *_days(c.when), c.confidence)
            for c in reading.control
        ],
        "tie": [(r.id, r.type, party[r.source], party[r.target]) for r in reading.relations if r.source in party and r.target in party],
    }


def _event_row(event: Event, reading: Reading, world: Mapping[str, str], setting: Entity | None) -> Cells:
    where = event.where
    entity = next((e for e in reading.entities if where is not None and e.id == where.entity), None)
    published = reading.report.published.date
    days = days_of(event.when, published[:10] if published else None)
    key = world.get(entity.id) if entity is not None else None
    block = block_of(where, entity, key, setting=setting)
    spot = where if where is not None and entity is not None and known_spot(where, entity) else None
    headline = any(s.kind == "headline" and s.start <= event.trigger.start < s.end for s in reading.report.sections)
    return (
        event.id, event.type, event.status, key, entity.country if entity else None, spot.lat if spot else None, spot.lon if spot else None,
        *_days(event.when), event.confidence, int(event.negated), int(headline), block,
        days.kind, days.first, days.last,
    )  # fmt: skip


def parties_of(reading: Reading) -> dict[str, str]:
    """For each entity of a reading the key of the party that it acts for: itself, or whom it is a member, part, leader or voice of."""
    worlds = {e.id: world_key(e) for e in reading.entities}
    known = {e.id for e in reading.entities if e.known_as}
    kinds = {e.id: e.kind for e in reading.entities}
    ties: dict[str, list[Relation]] = {}
    for tie in reading.relations:
        if tie.type in _STANDS_FOR and kinds.get(tie.target) == "actor" and tie.source != tie.target:
            ties.setdefault(tie.source, []).append(tie)
    return {e: worlds[_party(e, ties, known)] for e in worlds}


def _party(entity: str, ties: Mapping[str, list[Relation]], known: set[str]) -> str:
    seen = {entity}
    at = entity
    while at not in known:
        onward = [t.target for t in sorted(ties.get(at, []), key=lambda t: (_STANDS_FOR.index(t.type), t.id)) if t.target not in seen]
        if not onward:
            return at
        at = onward[0]
        seen.add(at)
    return at


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
