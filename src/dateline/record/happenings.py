"""An incident with all that the exporters need of it: its picture, its place on the map, who takes part, who held the place, and the reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.record.link import Incident
from dateline.record.names import display_name
from dateline.record.picture import Picture, picture_from
from dateline.record.questions import Item, Question, load_items
from dateline.record.sheets import Sheet, sheets
from dateline.record.store import Record
from dateline.resolution.gazetteer import Gazetteer

DOERS = ("agent", "supporter")
"""Roles of those who do it; all others are those whom it is done to or who stand beside."""

_ROUGH = {"neighbourhood": 0, "facility": 0, "village": 1, "town": 1, "city": 1, "water": 2, "mountain": 2, "road": 2, "border": 2, "area": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of an incident, as the accounts that know it best have it."""

    key: str
    name: str
    type: str
    relation: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who takes part in an incident: who, in which role, and for whom."""

    role: str
    key: str
    """What it is across reports; ``party`` is whom it acts for."""
    party: str
    name: str
    kind: str
    type: str
    country: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A report in which an incident is told."""

    number: int
    outlet: str | None
    agency: str | None
    title: str | None
    url: str | None
    published: str | None
    read_at: str
    language: str | None
    input: str

    @property
    def name(self) -> str:
        """Its title, else the last part of what it was read from: where that lay is nobody's business."""
        return self.title or re.split(r"[/\\]", self.input.rstrip("/\\"))[-1] or self.input


@dataclass(frozen=True, slots=True)
class Holder:
    """What a report that tells the incident says of who came to hold the place, and from whom."""

    change: str
    holder: Side | None
    previous: Side | None


@dataclass(frozen=True)
class Happening:
    """An incident as a row of the exporters."""

    picture: Picture
    items: tuple[Item, ...]
    spot: Spot | None
    sides: tuple[Side, ...]
    holders: tuple[Holder, ...]
    papers: tuple[Paper, ...]

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.picture.id

    @property
    def doers(self) -> tuple[Side, ...]:
        """Who does it: agents first, then their supporters."""
        return tuple(sorted((s for s in self.sides if s.role in DOERS), key=lambda s: DOERS.index(s.role)))

    @property
    def others(self) -> tuple[Side, ...]:
        """Whom it is done to."""
        return tuple(s for s in self.sides if s.role in ("target", "victim"))

    @property
    def suffering(self) -> tuple[Side, ...]:
        """Whom it is done to, without places and without those who do it: one whom a report has on both sides is told of once."""
        acting = {s.party for s in self.doers}
        return tuple(s for s in self.others if s.kind != "place" and s.party not in acting)

    @property
    def first_day(self) -> str:
        """The first day that any report gives it, by which the incidents are in order."""
        whens = [i.body["when"] for i in self.items if i.body["when"]]
        return min(((w["from"] or w["to"] or "9999")[:10] for w in whens), default="9999")

    @property
    def changed(self) -> str:
        """When the record last learned of it (UTC)."""
        return max(p.read_at for p in self.papers)

    def number(self) -> int:
        """A number of its own that stays: that of its first report and event, put together."""
        report, _, event = self.id.removeprefix("incident:").partition("/")
        digits = "".join(c for c in event if c.isdigit())
        return int(report) * 1000 + int(digits or 0)


def happening_of(record: Record, incident: Incident) -> Happening | None:
    """The incident with all that the exporters need; None where none of its reports is current."""
    items = load_items(record, incident.events, Question())
    if not items:
        return None
    papers = _papers({i.report: i.sheet for i in items})
    return Happening(picture_from(record, incident, items), tuple(items), _spot(items), _sides(items), _holders(items), papers)


def _spot(items: Iterable[Item]) -> Spot | None:
    """The place most accounts give; one on the map goes before one that is not, a finer one before a rougher."""
    spots: Counter[Spot] = Counter()
    for item in items:
        where = item.body["where"]
        if where is None or where["entity"] not in item.entities:
            continue
        entity = item.entities[where["entity"]]
        lat, lon = (where["lat"], where["lon"]) if where["lat"] is not None else (entity["lat"], entity["lon"])
        key = f"geonames:{entity['geonames_id']}" if entity["geonames_id"] is not None else f"place:{entity['country'] or ''}:{entity['name'].casefold()}"
        # Coordinates of 0, 0 stand for none.
        if (lat, lon) == (0, 0):
            lat = lon = None
        kind = "country" if _stands_for_country(entity["country"], lat, lon) else entity["type"]
        spots[Spot(key, display_name(entity), kind, where["relation"], entity["country"], lat, lon, where["radius_km"], entity["geonames_id"])] += 1
    if not spots:
        return None
    return min(spots, key=lambda s: (s.lat is None, s.country is None, _ROUGH.get(s.type, 4), -spots[s], s.key, s.relation, s.radius_km or 0.0))


def _stands_for_country(country: str | None, lat: float | None, lon: float | None) -> bool:
    """Whether a point is the middle of the country: a place that no gazetteer has is known only to lie in it."""
    held = _gazetteer().country(country) if country is not None and lat is not None else None
    return held is not None and (lat, lon) == (held.lat, held.lon)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _sides(items: Iterable[Item]) -> tuple[Side, ...]:
    """Who takes part by all accounts; one who is named in several is given once, as most name it."""
    found: dict[tuple[str, str], Counter[Side]] = {}
    for item in items:
        for part in item.body["participants"]:
            if part["entity"] in item.entities:
                side = _side(item, part["entity"], part["role"])
                found.setdefault((part["role"], side.party), Counter())[side] += 1
    return tuple(max(sorted(c, key=lambda s: (not s.named, s.name, s.type)), key=lambda s: c[s]) for _, c in found.items())


def _side(item: Item, entity: str, role: str) -> Side:
    cast = item.sheet.cast
    key, party = cast[entity][:2]
    # Where a report has the party itself too ("a spokesman for the army"), it is the party that takes part.
    acting = next((e for e, (world, *_) in cast.items() if world == party), entity)
    body = item.entities[acting]
    return Side(role, key, party, display_name(body), body["kind"], body["type"], body["country"], cast[acting][2])


def _papers(sheets: Mapping[int, Sheet]) -> tuple[Paper, ...]:
    found = []
    for _, sheet in sorted(sheets.items()):
        row = sheet.head
        found.append(
            Paper(
                row["n"], row["source"], row["agency"], row["title"], _link(row["url"]), row["published"], row["read_at"], row["language"], row["input"],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.published or "9999", p.number)))


def _link(url: str | None) -> str | None:
    """The address of a report where a browser may be led to it; others ("javascript:...") stay in the record only."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def read_ahead(record: Record, incidents: Iterable[Incident]) -> None:
    """Ask for what the happenings of these incidents need in a few questions; while the record is held still, each then finds it."""
    sheets(record, (number for incident in incidents for number, _ in incident.events))


def _holders(items: Iterable[Item]) -> tuple[Holder, ...]:
    """The changes of hands that stand in the sentences of the events, at the same place."""
    found: dict[Holder, None] = {}
    for item in items:
        where, sentence = item.body["where"], item.body["sentence"]
        if where is None or where["entity"] is None:
            continue
        for body in item.sheet.of_word("control"):
            inside = sentence["start"] <= body["span"]["start"] < sentence["end"]
            if inside and body["place"] == where["entity"] and body["status"] == "occurred":
                held, left = (_side(item, e, "holder") if (e := body[k]) in item.entities else None for k in ("holder", "previous_holder"))
                found[Holder(body["change"], held, left)] = None
    return tuple(found)
