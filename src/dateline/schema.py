"""The JSON Schema of a reading, built from the vocabulary's closed lists (``dateline schema``)."""

from __future__ import annotations

from typing import Any

from dateline import vocabulary as v
from dateline.lexicon import text_of
from dateline.model import SCHEMA_VERSION

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_MAYBE_NUMBER: Schema = {"type": ["number", "null"]}
_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_SCORE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_ISO: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"}
_LATITUDE: Schema = {"type": ["number", "null"], "minimum": -90, "maximum": 90}
_LONGITUDE: Schema = {"type": ["number", "null"], "minimum": -180, "maximum": 180}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(values: tuple[str, ...]) -> Schema:
    return {"enum": list(values)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(name: str) -> Schema:
    return {"anyOf": [_ref(name), {"type": "null"}]}


def _id(letter: str) -> Schema:
    return {"type": "string", "pattern": f"^{letter}[0-9]+$"}


def _maybe_id(letter: str) -> Schema:
    return {"type": ["string", "null"], "pattern": f"^{letter}[0-9]+$"}


def reading_schema() -> Schema:
    """The JSON Schema (draft 2020-12) that every printed reading holds."""
    body = _object(
        report=_ref("report"),
        **{name: _list(_ref(one)) for name, one in _LISTS},
    )
    # Printed only where the gate let nothing be read.
    body["properties"]["passed_over"] = _object(by=_TEXT, score={"type": "number"}, needed={"type": "number"}, signs=_list(_TEXT))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dateline:reading:{SCHEMA_VERSION}",
        "title": "A reading: all that Dateline read from one report",
        "version": SCHEMA_VERSION,
        **body,
        "$defs": _definitions(),
    }


_LISTS = (
    ("entities", "entity"),
    ("statements", "statement"),
    ("events", "event"),
    ("figures", "figure"),
    ("control", "control"),
    ("relations", "relation"),
    ("times", "time"),
    ("images", "image"),
)


def event_types() -> tuple[str, ...]:
    """The types of events: the rows of the ontology lexicon."""
    text = text_of("ontology.tsv")
    rows = [line.split("\t")[0] for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(rows[1:])


def _definitions() -> dict[str, Schema]:
    return {**_shared(), **_said(), **_done()}


def _shared() -> dict[str, Schema]:
    offset: Schema = {"type": "integer", "minimum": 0}
    return {
        "span": _object(start=offset, end=offset, text=_TEXT),
        "when": {
            **_object(
                **{"from": _ISO, "to": _ISO},
                precision=_one_of(v.PRECISIONS),
                approximate=_FLAG,
                basis=_one_of(v.WHEN_BASES),
                span=_maybe("span"),
            ),
        },
        "where": _object(
            entity=_maybe_id("e"),
            relation=_TEXT,
            lat=_LATITUDE,
            lon=_LONGITUDE,
            radius_km={"type": ["number", "null"], "minimum": 0},
            span=_maybe("span"),
        ),
        "report": _object(
            id=_TEXT,
            text=_TEXT,
            source=_MAYBE_TEXT,
            url=_MAYBE_TEXT,
            title=_MAYBE_TEXT,
            authors=_list(_TEXT),
            contributors=_list(_TEXT),
            language=_MAYBE_TEXT,
            published=_object(date=_ISO, basis=_one_of(v.PUBLISHED_BASES), spans=_list(_ref("span")), note=_MAYBE_TEXT),
            sections=_list(_object(kind=_one_of(v.SECTION_KINDS), start=offset, end=offset)),
            repairs=_list(_object(kind=_TEXT, count={"type": "integer", "minimum": 1})),
            origin=_maybe("origin"),
        ),
        "origin": _object(
            format=_TEXT,
            address=_MAYBE_TEXT,
            fetched=_ISO,
            digest={"type": ["string", "null"], "pattern": "^sha256:[0-9a-f]{64}$"},
            archive_record=_MAYBE_TEXT,
            item=_MAYBE_TEXT,
            version=_MAYBE_TEXT,
            revised=_ISO,
        ),
        "entity": _object(
            id=_id("e"),
            kind=_one_of(v.ENTITY_KINDS),
            type=_one_of(tuple(sorted({*v.ACTOR_TYPES, *v.PLACE_TYPES, "person", "weapon", "other"}))),
            name=_TEXT,
            known_as=_MAYBE_TEXT,
            country={"type": ["string", "null"], "pattern": "^[A-Z]{2}$"},
            mentions=_list(_object(start=offset, end=offset, text=_TEXT, form=_one_of(v.MENTION_FORMS))),
            lat=_LATITUDE,
            lon=_LONGITUDE,
            geonames_id=_MAYBE_COUNT,
            aliases=_list(_TEXT),
        ),
        "time": _object(id=_id("t"), when=_ref("when")),
    }


def _said() -> dict[str, Schema]:
    return {
        "statement": _object(
            id=_id("s"),
            speaker=_maybe_id("e"),
            speaker_span=_maybe("span"),
            cue=_maybe("span"),
            content=_list(_ref("span")),
            mode=_one_of(v.MODES),
            act=_one_of(v.ACTS),
            addressee=_maybe_id("e"),
            medium=_MAYBE_TEXT,
            language=_MAYBE_TEXT,
            when=_maybe("when"),
            within=_maybe_id("s"),
            section=_MAYBE_COUNT,
        ),
        "image": _object(
            id=_id("i"),
            kind=_one_of(v.IMAGE_KINDS),
            person=_MAYBE_TEXT,
            agency=_MAYBE_TEXT,
            taken=_maybe("when"),
            shows=_maybe("span"),
            where=_maybe("where"),
            section=_MAYBE_COUNT,
        ),
        "relation": _object(
            id=_id("r"),
            type=_one_of(v.RELATION_TYPES),
            source=_id("e"),
            target=_id("e"),
            when=_maybe("when"),
            according_to=_list(_id("s")),
            span=_ref("span"),
        ),
    }


def _done() -> dict[str, Schema]:
    return {
        "event": _object(
            id=_id("v"),
            type=_one_of(event_types()),
            trigger=_ref("span"),
            participants=_list(_object(role=_one_of(v.ROLES), entity=_maybe_id("e"), span=_ref("span"))),
            where=_maybe("where"),
            when=_maybe("when"),
            status=_one_of(v.STATUSES),
            negated=_FLAG,
            according_to=_list(_id("s")),
            figures=_list(_id("f")),
            sentence=_ref("span"),
            codes=_object(
                plover=_MAYBE_TEXT,
                cameo=_MAYBE_TEXT,
                acled=_object(event_type=_MAYBE_TEXT, sub_event_type=_MAYBE_TEXT),
                ucdp=_MAYBE_TEXT,
            ),
            confidence=_SCORE,
        ),
        "figure": _object(
            id=_id("f"),
            measure=_one_of(v.MEASURES),
            low=_MAYBE_NUMBER,
            best=_MAYBE_NUMBER,
            high=_MAYBE_NUMBER,
            approximate=_FLAG,
            share={"type": ["number", "null"], "minimum": 0},
            unit=_MAYBE_TEXT,
            of=_MAYBE_TEXT,
            who=_maybe_id("e"),
            where=_maybe("where"),
            when=_maybe("when"),
            according_to=_list(_id("s")),
            span=_ref("span"),
            event=_maybe_id("v"),
            confidence=_SCORE,
            counts={"enum": [*v.COUNTS, None]},
        ),
        "control": _object(
            id=_id("c"),
            place=_maybe_id("e"),
            holder=_maybe_id("e"),
            previous_holder=_maybe_id("e"),
            change=_one_of(v.CHANGES),
            when=_maybe("when"),
            status=_one_of(v.STATUSES),
            according_to=_list(_id("s")),
            span=_ref("span"),
            confidence=_SCORE,
        ),
    }
