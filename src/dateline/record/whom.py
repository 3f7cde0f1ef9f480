"""Whom or which place a person means by a name: an entity of the report, else an actor of the who's who or a place of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from dateline.errors import UsageError
from dateline.record.anchors import Body, Parts
from dateline.record.rows import fold
from dateline.resolution.gazetteer import Gazetteer, Place
from dateline.settings import Settings
from dateline.whoswho import WhosWho
from dateline.whoswho_rows import Actor

_ID = re.compile(r"e\d+")
_MOST = 6
"""So many of several that a name may mean are listed."""


@dataclass(frozen=True)
class World:
    """The tables of actors and places, opened when first asked."""

    settings: Settings = Settings()

    @cached_property
    def whos_who(self) -> WhosWho:
        """The who's who, with the user's own rows."""
        return WhosWho.open(self.settings.actors)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, with the user's own places."""
        gazetteer = Gazetteer.open()
        return gazetteer.with_user_places(self.settings.places) if self.settings.places else gazetteer


def entity_meant(name: str, report: Body, parts: Parts, world: World, *, kinds: Sequence[str] = ()) -> str | Body:
    """The id of the report's entity that is meant; where the report has none, a new entity's body (without an id).

    Raises ``UsageError`` where nobody is known by the name, or several are, with those that it may be.
    """
    here = [e for e in parts["entities"] if not kinds or e["kind"] in kinds]
    if _ID.fullmatch(name):
        return _by_id(name, parts, kinds)
    found = [e for e in here if fold(name) in _names(e) or name in (f"actor:{e['known_as']}", e["known_as"], f"geonames:{e['geonames_id']}")]
    if len(found) == 1:
        return str(found[0]["id"])
    if found:
        listed = ", ".join(f"{e['id']} ({e['name']}, {e['type']})" for e in found[:_MOST])
        raise UsageError("the report has several of this name", given=name, mend=f"give the id of one of: {listed}")
    if kinds != ("place",) and (actor := _actor_meant(name, report, world)) is not None:
        return new_actor(actor, name, report)
    if (not kinds or "place" in kinds) and (place := place_meant(name, parts, world, needed=kinds == ("place",))) is not None:
        return new_place(place, name, report)
    if other := [e for e in parts["entities"] if fold(name) in _names(e)]:
        kind = other[0]["kind"]
        wrong = f"in this report it is a {kind} ({other[0]['id']}), and here goes {' or '.join(kinds)}"
        raise UsageError(wrong, given=name, mend=f"give another name, or correct what it is: dateline correct REPORT/{other[0]['id']} kind {kinds[0]}")
    near = [match for match, _, _ in process.extract(name, [e["name"] for e in here], scorer=fuzz.WRatio, limit=_MOST, score_cutoff=60)]
    like = f"names like it in the report: {', '.join(near)}; or " if near else ""
    raise UsageError("nobody and nothing of this name is known", given=name, mend=f"{like}add it first with: dateline add REPORT entity '{name}' --type TYPE")


def _by_id(name: str, parts: Parts, kinds: Sequence[str]) -> str:
    entity = next((e for e in parts["entities"] if e["id"] == name), None)
    if entity is None:
        raise UsageError("the report has no such entity", given=name, mend="see them with: dateline show REPORT")
    if kinds and entity["kind"] not in kinds:
        raise UsageError(f"this is a {entity['kind']} ({entity['name']})", given=name, mend=f"give one of the kinds: {', '.join(kinds)}")
    return name


def _names(entity: Body) -> set[str]:
    return {fold(n) for n in (entity["name"], *entity["aliases"], *(m["text"] for m in entity["mentions"] if m["form"] == "name"))}


def _actor_meant(name: str, report: Body, world: World) -> Actor | None:
    """The actor of this key or name that there was when the report was published."""
    if (by_key := world.whos_who.get(name.removeprefix("actor:"))) is not None:
        return by_key
    published = report["published"]["date"]
    found = [a for a in world.whos_who.candidates(name) if a.alive(int(published[:4]) if published else None, slack=1)]
    found = [a for a in found if "." not in a.key] or found
    if len(found) > 1:
        listed = ", ".join(f"actor:{a.key} ({a.name})" for a in found[:_MOST])
        raise UsageError("several actors bear this name", given=name, mend=f"give one of: {listed}")
    return found[0] if found else None


def place_meant(name: str, parts: Parts, world: World, *, needed: bool) -> Place | None:
    """The place of the gazetteer that a name or ``geonames:ID`` means; of several the only one in a country that the report names.

    Raises ``UsageError`` where it stays open, or, if one is ``needed``, where there is none.
    """
    if name.startswith(("geonames:", "place:geonames:")) and (number := name.rpartition(":")[2]).isdigit():
        place = world.gazetteer.by_id(int(number))
        if place is None:
            raise UsageError("the gazetteer has no place of this id", given=name, mend="look it up at geonames.org")
        return place
    found = list(world.gazetteer.named(name))
    if not found:
        if needed:
            mend = "give geonames:ID, or add the place first with: dateline add REPORT place NAME --at LAT,LON"
            raise UsageError("the gazetteer has no place of this name", given=name, mend=mend)
        return None
    countries = {e["country"] for e in parts["entities"] if e["country"]}
    fitting = [p for p in found if set(p.countries) & countries] or found
    if len(fitting) == 1 or (fitting[0].type == "country" and len([p for p in fitting if p.type == "country"]) == 1):
        return fitting[0]
    if not needed:
        return None
    listed = "; ".join(f"{p.key} ({p.name}, {p.type}, {'/'.join(p.countries) or '-'}, {p.population} inhabitants)" for p in fitting[:_MOST])
    raise UsageError("several places bear this name", given=name, mend=f"give one of: {listed}")


def new_place(place: Place, name: str, report: Body) -> Body:
    """An entity for a place of the gazetteer."""
    shown = place.name if name.startswith(("geonames:", "place:")) else name
    return entity_body("place", place.type, shown, report, country=place.country, lat=place.lat, lon=place.lon, geonames_id=place.geonames_id)


def new_actor(actor: Actor, name: str, report: Body) -> Body:
    """An entity for an actor of the who's who."""
    shown = actor.name if name.removeprefix("actor:") == actor.key else name
    country = actor.countries[0] if len(actor.countries) == 1 else None
    return entity_body("actor", type_of(actor), shown, report, known_as=actor.key, country=country)


def type_of(actor: Actor) -> str:
    """The type of an actor in the words of a reading."""
    return "government" if actor.type == "office" else actor.type


def entity_body(kind: str, type_: str, name: str, report: Body, **known: object) -> Body:
    """An entity without an id; it stands on the words of the report that are its name, where there are any."""
    mentions = [
        {"start": m.start(), "end": m.end(), "text": m.group(), "form": "name"} for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", report["text"])
    ]
    plain: Body = {"known_as": None, "country": None, "lat": None, "lon": None, "geonames_id": None}
    return {"kind": kind, "type": type_, "name": name, "mentions": mentions, "aliases": [], **plain, **known}
