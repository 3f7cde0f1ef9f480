"""Whether a corrected reading can be: it holds the contract, its bounds are in order, and what it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.record.anchors import Body, Parts, word_of
from dateline.record.references import ids_in, spans_in
from dateline.schema import reading_schema

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_DEFINED = {
    "entities": "entity", "statements": "statement", "events": "event", "figures": "figure", "control": "control", "relations": "relation",
    "times": "time", "images": "image",
}  # fmt: skip

_KINDS = {"place": ("place",), "holder": ("actor", "person", "other"), "previous_holder": ("actor", "person", "other")}


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    schema = reading_schema()
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"})


def faults_of(report: Body, parts: Parts, before: Parts) -> list[str]:
    """What is wrong, in words, with those parts of a view that are not as they were before."""
    known = {b["id"]: b for items in before.values() for b in items}
    entities = {e["id"]: e for e in parts["entities"]}
    ids = {b["id"] for items in parts.values() for b in items}
    found: list[str] = []
    for word, items in parts.items():
        for body in items:
            if known.get(body["id"]) != body:
                found += [f"{body['id']}: {fault}" for fault in _faults(word, body, report["text"], ids, entities)]
    return found


def report_faults(report: Body) -> list[str]:
    """What is wrong with the facts of a report."""
    return [*_against_schema("report", report), *_inexact(report, report["text"])]


def _faults(word: str, body: Body, text: str, ids: set[str], entities: dict[str, Body]) -> Iterator[str]:
    yield from _against_schema(_DEFINED[word], body)
    yield from _inexact(body, text)
    yield from (f"it names {name}, which is not there" for name in sorted(ids_in(_named(body)) - ids) if word_of(name))
    for key, kinds in _KINDS.items():
        held = entities.get(body.get(key) or "")
        if word == "control" and held is not None and held["kind"] not in kinds:
            yield f"{key}: {held['name']} is a {held['kind']}, not {' or '.join(kinds)}"
    where = body.get("where")
    held = entities.get((where or {}).get("entity") or "")
    if held is not None and held["kind"] != "place":
        yield f"where: {held['name']} is a {held['kind']}, not a place"
    if word == "figures":
        yield from _disordered(body)
    for key in ("when", "taken"):
        when = body.get(key)
        if when and when.get("from") and when.get("to") and when["from"][:10] > when["to"][:10]:
            yield f"{key}: it would end before it begins"
    if word == "relations" and body["source"] == body["target"]:
        yield "source and target are the same"
    if word == "statements" and body["within"] == body["id"]:
        yield "a statement cannot stand within itself"


def _named(body: Body) -> Any:
    """A value without its free text, of which some could look like an id."""
    free = ("name", "unit", "of", "medium", "language", "person", "agency", "aliases", "known_as", "country", "codes", "type")
    return {k: v for k, v in body.items() if k not in free}


def _against_schema(name: str, body: Body) -> Iterator[str]:
    for fault in _validator(name).iter_errors(body):
        path = fault.json_path.removeprefix("$").lstrip(".") or "the value"
        yield f"{path}: {_plain(fault)}"


def _plain(fault: Any) -> str:
    if fault.validator == "enum":
        listed = ", ".join(str(v) for v in fault.validator_value[:40])
        return f"{fault.instance!r} is none of: {listed}"
    if fault.validator in ("minimum", "maximum"):
        return f"{fault.instance} lies outside of what can be ({fault.validator} {fault.validator_value})"
    if fault.validator == "pattern":
        return f"{fault.instance!r} is not written as it must be ({fault.validator_value})"
    return re.sub(r"\s+", " ", str(fault.message))[:200]


def _inexact(body: Body, text: str) -> Iterator[str]:
    for span in spans_in(body):
        start, end = span["start"], span["end"]
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
            yield f"the span {start} to {end} is empty or outside of the text"
        elif span.get("text", text[start:end]) != text[start:end]:
            yield f"characters {start} to {end} do not say {span['text']!r}"


def _disordered(figure: Body) -> Iterator[str]:
    bounds = [n for n in (figure["low"], figure["best"], figure["high"]) if isinstance(n, int | float)]
    if any(n < 0 for n in bounds):
        yield "a count cannot be below zero"
    if bounds != sorted(bounds):
        yield f"low, best and high must not fall: {', '.join(str(b) for b in bounds)}; correct the field number to set all three"
    if not bounds and figure["share"] is None:
        yield "a figure needs a number: correct the field number, or reject the figure"
