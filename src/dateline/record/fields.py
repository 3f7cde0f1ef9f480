"""Which fields of a value a person may correct, and what is typed for each as a value of the contract."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import UsageError
from dateline.record import typed
from dateline.record.anchors import Body, Parts, spans_of
from dateline.record.whom import World, entity_meant, place_meant, type_of
from dateline.schema import reading_schema
from dateline.vocabulary import ROLES, mend_of

FIXED = ("id", "confidence", "codes", "sentence", "trigger", "span", "mentions", "speaker_span", "cue", "section", "lat", "lon", "text", "sections", "repairs")
"""What no person changes by hand: the words that a value stands on, scores, and what follows from other fields."""

_KINDS: dict[str, tuple[str, ...]] = {
    "place": ("place",), "holder": ("actor", "person"), "previous_holder": ("actor", "person"), "speaker": ("actor", "person", "other"),
    "addressee": ("actor", "person", "other"), "who": ("actor", "person"),
}  # fmt: skip
"""Kinds of entity that a field takes; any, where it is not named."""

_SINGULAR = {
    "entities": "entity", "statements": "statement", "events": "event", "figures": "figure", "control": "control", "relations": "relation",
    "times": "time", "images": "image", "report": "report",
}  # fmt: skip

_WHERE = re.compile(r"(at|in|near|between|along|outside|inside|outskirts of|(?:north|south)(?:east|west)? of|(?:east|west) of)\s+(.+)")
"""In lower case only: "At Tanf" is a name."""


@dataclass(frozen=True)
class Place:
    """Where a value is given: the report, its parts as they are seen, the value that is corrected, and the tables of the world."""

    report: Body
    parts: Parts
    word: str
    body: Body
    world: World
    words: str | None = None
    """Words of the report that the person rests the new value on."""

    @property
    def at(self) -> int:
        """Where in the text the value stands."""
        spans = spans_of(self.word, self.body) if self.word != "report" else []
        return int(spans[0]["start"]) if spans else 0

    def span(self) -> Body | None:
        """The span of the person's words."""
        return typed.words_meant(self.words, self.report, near=self.at) if self.words else None


@dataclass(frozen=True, slots=True)
class Given:
    """A field with its new value, and the entity that has to be added first because the report has none such (its id stands as ``NEW`` in the value)."""

    field: str
    value: Any
    new: tuple[Body, ...] = ()


NEW = "e0"
"""Stands in a value for an entity that is to be added; several are ``e0``, ``e00`` and so on."""


def properties_of(word: str) -> dict[str, Any]:
    """The schema of each key of a word of a reading."""
    found: dict[str, Any] = reading_schema()["$defs"][_SINGULAR[word]]["properties"]
    return found


def fields_of(word: str) -> tuple[str, ...]:
    """The fields that a person may correct."""
    plain = tuple(k for k in properties_of(word) if k not in FIXED)
    if word == "events":
        return (*plain, *(f"participants.{role}" for role in ROLES))
    if word == "figures":
        return (*plain, "number")
    return (*plain, "place_meant", "actor_meant") if word == "entities" else plain


_MEANT = {"geonames_id": "place_meant", "place": "place_meant", "known_as": "actor_meant", "actor": "actor_meant"}
"""Other names of the compound fields of an entity."""


def field_named(name: str, word: str) -> str:
    """The field that is meant by what was typed: ``agent`` for the participants of that role, ``when.from`` for ``when``.

    Raises ``UsageError`` with the fields that there are.
    """
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    known = fields_of(word)
    if word == "entities" and plain in _MEANT:
        return _MEANT[plain]
    if word == "events" and plain in (*ROLES, *(f"{r}s" for r in ROLES)):
        return f"participants.{plain.removesuffix('s')}"
    if word == "events" and plain == "place":
        plain = "where"
    if plain in ("date", "day"):
        plain = "when" if word != "report" else "published"
    whole = plain.split(".")[0]
    if plain in known or (whole in known and whole in ("when", "where", "taken", "published")):
        return plain if plain in known else whole
    if plain in FIXED or whole in FIXED:
        mend = "correct what it follows from, or reject the value and add another: dateline add --help"
        raise UsageError(f"{plain} is not corrected by hand", given=name, mend=mend)
    raise UsageError(f"{_SINGULAR[word]}s have no such field", given=name, mend=mend_of(plain, tuple(known), what="field"))


def given(place: Place, name: str, value: Any) -> Given:
    """The field and its new value in the words of the contract, from what was typed or given.

    Raises ``UsageError`` with the mend where it cannot be.
    """
    field = field_named(name, place.word)
    if isinstance(value, str) and value[:1] in "{[" and value.strip():
        value = _json(value)
    if isinstance(value, dict | list) or (value is None) or isinstance(value, bool | int | float):
        return _as_given(place, field, value)
    return _typed(place, field, str(value))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise UsageError(f"this is no JSON: {fault}", given=text, mend="correct it, or give the value in plain words") from fault


def _as_given(place: Place, field: str, value: Any) -> Given:
    """A value in JSON: as it is, but for what is shorter to give as a name."""
    if field == "published" and isinstance(value, dict):
        return Given(field, value)
    if field in ("place_meant", "actor_meant") and not isinstance(value, dict):
        return _typed(place, field, str(value))
    if isinstance(value, dict) and isinstance(value.get("entity"), str) and field == "where":
        whom, new = _entity(place, value["entity"], ("place",), NEW)
        return Given(field, {**value, "entity": whom}, new)
    return Given(field, value)


def _typed(place: Place, field: str, text: str) -> Given:
    maker = _MAKERS.get(field)
    if maker is not None:
        return maker(place, field, text)
    if field.startswith("participants."):
        return _participants(place, field, text)
    schema = properties_of(place.word)[field]
    if "enum" in schema:
        return Given(field, typed.choice_typed(text, tuple(schema["enum"]), field=field))
    kinds = schema.get("type")
    if kinds == "boolean":
        return Given(field, typed.flag_typed(text))
    if isinstance(kinds, list) and ("number" in kinds or "integer" in kinds):
        return Given(field, _one_number(text))
    if str(schema.get("pattern", "")).startswith("^e"):
        return _entity_field(place, field, text)
    if kinds == "array":
        return Given(field, [part.strip() for part in text.split(";") if part.strip() and part.strip().casefold() not in typed.UNKNOWN])
    return Given(field, typed.text_typed(text))


def _one_number(text: str) -> float | None:
    if text.strip().casefold() in typed.UNKNOWN:
        return None
    found = typed.number_typed(text)
    number = found["best"] if found["best"] is not None else found["share"]
    if number is None:
        raise UsageError("this is more than one number", given=text, mend="correct the field number instead, which takes bounds")
    return float(number) if isinstance(number, float) and not number.is_integer() else int(number)


def _entity(place: Place, name: str, kinds: Sequence[str], new: str) -> tuple[str, tuple[Body, ...]]:
    found = entity_meant(name, place.report, place.parts, place.world, kinds=kinds)
    return (found, ()) if isinstance(found, str) else (new, (found,))


def _entity_field(place: Place, field: str, text: str) -> Given:
    if text.strip().casefold() in typed.UNKNOWN:
        return Given(field, None)
    return Given(field, *_entity(place, text.strip(), _KINDS.get(field, ()), NEW))


def _when(place: Place, field: str, text: str) -> Given:
    old = place.body.get(field) or {}
    return Given(field, typed.when_typed(text, span=place.span() or old.get("span")))


def _where(place: Place, field: str, text: str) -> Given:
    if text.strip().casefold() in typed.UNKNOWN:
        return Given(field, None)
    found = _WHERE.fullmatch(text.strip())
    relation, name = (found.group(1).casefold().replace(" ", "_"), found.group(2)) if found else ("at", text.strip())
    whom, new = _entity(place, name, ("place",), NEW)
    entity = new[0] if new else next(e for e in place.parts["entities"] if e["id"] == whom)
    here = relation in ("at", "in")
    old = place.body.get(field) or {}
    point = {"lat": entity["lat"] if here else None, "lon": entity["lon"] if here else None, "radius_km": None}
    return Given(field, {"entity": whom, "relation": relation, **point, "span": place.span() or _nearest(entity, place) or old.get("span")}, new)


def _nearest(entity: Body, place: Place) -> Body | None:
    mentions = sorted(entity["mentions"], key=lambda m: (abs(m["start"] - place.at), m["start"]))
    return {k: mentions[0][k] for k in ("start", "end", "text")} if mentions else None


def _participants(place: Place, field: str, text: str) -> Given:
    role = field.partition(".")[2]
    names = [n.strip() for n in text.split(";") if n.strip() and n.strip().casefold() not in typed.UNKNOWN]
    made: list[Body] = []
    added: list[Body] = []
    for name in names:
        whom, new = _entity(place, name, (), "e" + "0" * (len(added) + 1))
        added += new
        entity = new[0] if new else next(e for e in place.parts["entities"] if e["id"] == whom)
        made.append({"role": role, "entity": whom, "span": place.span() or _nearest(entity, place) or place.body["trigger"]})
    return Given(field, made, tuple(added))


def _ids(place: Place, field: str, text: str) -> Given:
    """Ids of statements or figures; a speaker's name stands for the statement of his that is nearest."""
    if text.strip().casefold() in (*typed.UNKNOWN, "outlet", "the outlet"):
        return Given(field, [])
    word = "statements" if field == "according_to" else "figures"
    known = {b["id"]: b for b in place.parts[word]}
    made: list[str] = []
    for name in (n.strip() for n in re.split(r"[;,]", text)):
        if name not in known and word == "statements":
            whom, new = _entity(place, name, (), NEW)
            theirs = [b for b in known.values() if b["speaker"] == whom and not new]
            if not theirs:
                raise UsageError("the report has no statement of this speaker", given=name, mend="add it first with: dateline add REPORT statement --help")
            name = min(theirs, key=lambda b: abs((spans_of(word, b) or [{"start": 0}])[0]["start"] - place.at))["id"]
        if name not in known:
            raise UsageError(f"the report has no such {_SINGULAR[word]}", given=name, mend=f"give one of: {', '.join(known) or 'none is there'}")
        made.append(name)
    return Given(field, made)


def _content(place: Place, field: str, text: str) -> Given:
    return Given(field, [typed.words_meant(part, place.report, near=place.at) for part in text.split(" ... ")])


def _words(place: Place, field: str, text: str) -> Given:
    return Given(field, None if text.strip().casefold() in typed.UNKNOWN else typed.words_meant(text, place.report, near=place.at))


def _published(place: Place, field: str, text: str) -> Given:
    if text.strip().casefold() in typed.UNKNOWN:
        return Given(field, {"date": None, "basis": "unknown", "spans": [], "note": "corrected by hand"})
    when = typed.when_typed(text, span=None)
    if when is None or when["from"] != when["to"]:
        raise UsageError("a report is published on one day", given=text, mend="write it as 2017-10-20")
    span = place.span()
    return Given(field, {"date": when["from"], "basis": "stated" if span else "metadata", "spans": [span] if span else [], "note": "corrected by hand"})


def _place_meant(place: Place, field: str, text: str) -> Given:
    if text.strip().casefold() in typed.UNKNOWN:
        return Given(field, {"type": place.body["type"], "country": None, "lat": None, "lon": None, "geonames_id": None})
    name = f"geonames:{text.strip()}" if text.strip().isdigit() else text.strip()
    found = place_meant(name, place.parts, place.world, needed=True)
    assert found is not None
    return Given(field, {"type": found.type, "country": found.country, "lat": found.lat, "lon": found.lon, "geonames_id": found.geonames_id})


def _actor_meant(place: Place, field: str, text: str) -> Given:
    key = text.strip().removeprefix("actor:")
    if key.casefold() in typed.UNKNOWN:
        return Given(field, {"type": place.body["type"], "country": place.body["country"], "known_as": None})
    actor = place.world.whos_who.get(key)
    if actor is None:
        found = place.world.whos_who.candidates(key)
        if len(found) != 1:
            listed = ", ".join(f"{a.key} ({a.name})" for a in found[:6]) or "none of that name: add a row with dateline actors add"
            raise UsageError("the who's who has no one actor of this key", given=text, mend=f"give one of: {listed}")
        actor = found[0]
    return Given(field, {"type": type_of(actor), "country": actor.countries[0] if len(actor.countries) == 1 else None, "known_as": actor.key})


def _number(place: Place, field: str, text: str) -> Given:
    return Given(field, typed.number_typed(text))


_MAKERS: dict[str, Callable[[Place, str, str], Given]] = {
    "when": _when, "taken": _when, "where": _where, "number": _number, "according_to": _ids, "figures": _ids, "content": _content, "shows": _words,
    "published": _published, "place_meant": _place_meant, "actor_meant": _actor_meant,
}  # fmt: skip
