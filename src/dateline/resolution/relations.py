"""Relations between entities: from words that state a tie, from the map (what lies in what), and from fighting that lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.extraction.findings import EventFound, RelationFound
from dateline.model import Entity, Evidence, Relation, When
from dateline.resolution.parties import party_at
from dateline.resolution.scene import Scene

_SYMMETRIC = frozenset({"ally_of", "fights", "same_as"})
_PARTY = frozenset({"actor", "person"})
_KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "backs": (_PARTY, _PARTY),
    "ally_of": (_PARTY, _PARTY),
    "fights": (frozenset({"actor"}), frozenset({"actor"})),
    "member_of": (_PARTY, frozenset({"actor"})),
    "part_of": (frozenset({"actor", "place"}), frozenset({"actor", "place"})),
    "leads": (_PARTY, frozenset({"actor", "place"})),
    "spokesperson_of": (_PARTY, frozenset({"actor"})),
    "owns": (_PARTY, frozenset({"actor", "place", "weapon", "other"})),
    "supplies": (_PARTY, _PARTY),
    "capital_of": (frozenset({"place"}), frozenset({"place", "actor"})),
    "located_in": (frozenset({"place"}), frozenset({"place"})),
}
"""Kinds of entity that the source and the target of each type may be."""
_SIZES = {
    "facility": 1, "road": 1, "border": 1, "mountain": 1, "water": 1, "neighbourhood": 2, "village": 3, "area": 3,
    "town": 4, "city": 5, "admin": 6, "country": 7, "region": 8,
}  # fmt: skip
"""How large the kinds of place are, so that one may lie in another."""
_BYSTANDERS = frozenset({"civilians", "media", "igo"})
_VIOLENT = frozenset({"armed_clash", "offensive_launched"})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A relation before its id is given, with the reason for it."""

    relation: Relation
    rule: str
    detail: str


def resolve_relations(scene: Scene) -> tuple[Relation, ...]:
    """The relations of a report, ids ``r1``.. in text order, each pair of entities once for each type and source."""
    return tuple(draft.relation for draft in _drafts(scene))


def explain_relations(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """By relation id: the row, place or fighting that it came from."""
    return {d.relation.id: (Evidence("type", d.rule, d.detail, None, d.relation.span),) for d in _drafts(scene)}


def _drafts(scene: Scene) -> list[_Draft]:
    drafts = sorted([*_from_words(scene), *_from_fighting(scene)], key=lambda d: (d.relation.span.start, d.relation.span.end, d.relation.type))
    kept: dict[tuple[str, str, str, tuple[str, ...]], _Draft] = {}
    for draft in (*drafts, *_from_map(scene)):
        relation = draft.relation
        pair = tuple(sorted((relation.source, relation.target))) if relation.type in _SYMMETRIC else (relation.source, relation.target)
        key = (relation.type, pair[0], pair[1], relation.according_to if relation.type not in ("located_in", "capital_of") else ())
        kept.setdefault(key, draft)
    ordered = sorted(kept.values(), key=lambda d: (d.relation.span.start, d.relation.span.end, d.relation.type, d.relation.source, d.relation.target))
    return [replace(d, relation=replace(d.relation, id=f"r{n}")) for n, d in enumerate(ordered, 1)]


def _from_words(scene: Scene) -> Iterator[_Draft]:
    entities = {e.id: e for e in scene.who.entities}
    for found in scene.findings.relations:
        source, target = party_at(scene, found.source), party_at(scene, found.target)
        if source is None or target is None or source == target:
            continue
        if found.type == "part_of" and entities[source].kind == "person":
            found = replace(found, type="member_of")
        if found.past and not found.times and scene.report.published.date is None:
            continue  # it is over, and there is no day by which it was
        if not _may(found.type, entities[source], entities[target]) or _alike(found, entities[source], entities[target]):
            continue
        yield _Draft(_relation(scene, found, source, target), f"relations:{found.rule}", f"the words say {found.type.replace('_', ' ')} (row {found.rule})")


_BY_STATES = frozenset({"backs", "ally_of", "fights", "member_of", "supplies"})
"""Ties that countries have as states, also where the words leave the country a place."""


def _may(kind: str, source: Entity, target: Entity) -> bool:
    if kind == "same_as":
        return source.kind == target.kind
    sources, targets = _KINDS[kind]
    if kind in _BY_STATES:
        sources = sources | ({"place"} if source.type == "country" else set())
        targets = targets | ({"place"} if target.type == "country" and kind != "member_of" else set())
    if kind in ("backs", "fights", "supplies", "ally_of") and target.type in _BYSTANDERS:
        return False
    if kind in ("leads", "member_of", "spokesperson_of") and target.type in ("ethnic_group", "civilians", "religious_group"):
        return False
    return source.kind in sources and target.kind in targets


def _alike(found: RelationFound, source: Entity, target: Entity) -> bool:
    """Whether the two are a state and the country of its name, which are no pair."""
    if found.type == "leads" and source.kind == "actor" and target.kind == "place":
        return source.country == target.country
    return source.name == target.name and found.type != "same_as"


def _relation(scene: Scene, found: RelationFound, source: str, target: str) -> Relation:
    return Relation(
        id="", type=found.type, source=source, target=target, when=_when(scene, found),
        according_to=scene.according_to(found.start, found.end), span=scene.span(found.start, found.end),
    )  # fmt: skip


def _when(scene: Scene, found: RelationFound) -> When | None:
    """Its time; a tie that the words call former was over by the day of the report at the latest."""
    when = scene.when(found.times)
    if not found.past:
        return when
    if when is not None:
        return replace(when, earliest=None, latest=when.latest or when.earliest)  # "no longer backs it since 2012"
    day = (scene.report.published.date or "")[:10]
    return When(None, day, "unknown", approximate=True, basis="report")


def _from_fighting(scene: Scene) -> Iterator[_Draft]:
    """Two sides whose fighting is told as going on, or more than once, fight each other."""
    entities = {e.id: e for e in scene.who.entities}
    pairs: list[tuple[EventFound, str, str]] = []
    for event in scene.findings.events:
        if event.type not in _VIOLENT or event.negated or event.status not in ("occurred", "ongoing", "ended"):
            continue
        agents = [e for a in event.arguments if a.role == "agent" and (e := scene.who.at(a.token)) is not None and entities[e].kind == "actor"]
        targets = [e for a in event.arguments if a.role == "target" and (e := scene.who.at(a.token)) is not None and entities[e].kind == "actor"]
        pairs.extend((event, a, b) for a in agents for b in targets if a != b)
    counts = Counter(frozenset((a, b)) for _, a, b in pairs)
    for event, a, b in pairs:
        if event.status == "ongoing" or counts[frozenset((a, b))] > 1:
            relation = Relation("", "fights", a, b, scene.when(event.times), scene.according_to(event.start, event.end), scene.span(event.start, event.end))
            yield _Draft(relation, "relations:lasting_fight", "the report tells of fighting between the two that goes on or that happened more than once")


def _from_map(scene: Scene) -> Iterator[_Draft]:
    """What the report's places lie in, where it names both: by its own words ("Tabqa, Syria") or by the gazetteer."""
    by_key: dict[str, str] = {}
    for i, place in enumerate(scene.places):
        entity = scene.who.place_ids[i]
        if entity is not None:
            by_key.setdefault(place.key, entity)
    seen: set[tuple[str, str]] = set()
    for i, found in enumerate(scene.findings.places):
        source = scene.who.place_ids[i]
        if source is None or found.adjectival:
            continue
        inside = None if found.inside is None else scene.who.place_ids[found.inside]
        stated = inside is not None
        target = inside or _region(scene, i, by_key)
        if target is None or target == source or (source, target) in seen or not _larger(scene, target, source):
            continue
        seen.add((source, target))
        span = scene.span(found.start, max(found.end, scene.findings.places[found.inside].end if found.inside is not None else found.end))
        detail = "the report itself says that the one lies in the other" if stated else "the gazetteer places the one in the other, and the report names both"
        yield _Draft(Relation("", "located_in", source, target, None, (), span), "relations:inside" if stated else "relations:gazetteer", detail)


def _larger(scene: Scene, outer: str, inner: str) -> bool:
    """Whether the one is of a kind that the other can lie in; of a list "Iraq, Jordan" neither lies in the other."""
    wide, narrow = scene.entity(outer), scene.entity(inner)
    return wide is not None and narrow is not None and _SIZES.get(wide.type, 0) > _SIZES.get(narrow.type, 1)


def _region(scene: Scene, i: int, by_key: dict[str, str]) -> str | None:
    """The entity of the nearest region or the country that the gazetteer puts a place in, where the report names it."""
    place = scene.places[i]
    if place.region_key is not None and place.region_key in by_key:
        return by_key[place.region_key]
    return None if place.country is None or place.type == "country" else by_key.get(f"country:{place.country}")
