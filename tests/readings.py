"""What holds of every reading, whatever the text: the schema, exact spans, references that lead somewhere, bounds in order."""

import json
from collections.abc import Iterator

import jsonschema

from dateline.contract import dumps
from dateline.model import Reading
from dateline.schema import reading_schema

_VALIDATOR = jsonschema.Draft202012Validator(reading_schema())
_WORDS = ("entities", "statements", "events", "figures", "control", "relations", "times", "images")
_REFERENCES = {"speaker", "addressee", "within", "entity", "source", "target", "place", "holder", "previous_holder", "who", "event", "according_to", "figures"}


def faults(reading: Reading) -> list[str]:
    """Everything that is wrong with a reading, in words; none where it holds the contract."""
    body = json.loads(dumps(reading).encode("utf-8"))
    report, parts = body["report"], {word: body[word] for word in _WORDS}
    ids = [part["id"] for rows in parts.values() for part in rows]
    return [
        *(f"{fault.json_path}: {fault.message[:200]}" for fault in _VALIDATOR.iter_errors(body)),
        *(f"the id {name} is given twice" for name in sorted({i for i in ids if ids.count(i) > 1})),
        *_inexact(body, report["text"]),
        *_dangling(parts, frozenset(ids)),
        *_disordered(parts["figures"]),
        *_circles({statement["id"]: statement["within"] for statement in parts["statements"]}),
        *(f"reasons are given for {name}, which is not there" for name in sorted(set(reading.evidence) - set(ids))),
    ]


def _inexact(value: object, text: str) -> Iterator[str]:
    if isinstance(value, dict):
        if {"start", "end"} <= set(value):
            start, end = value["start"], value["end"]
            if not 0 <= start < end <= len(text):
                yield f"an empty span or one outside the text: {value}"
            elif value.get("text", text[start:end]) != text[start:end]:
                yield f"the text has other words there: {value}"
        for inner in value.values():
            yield from _inexact(inner, text)
    elif isinstance(value, list):
        for inner in value:
            yield from _inexact(inner, text)


def _dangling(value: object, ids: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _REFERENCES:
                named = inner if isinstance(inner, list) else [inner]
                yield from (f"{key} leads to {name}, which is not there" for name in named if isinstance(name, str) and name not in ids)
            yield from _dangling(inner, ids)
    elif isinstance(value, list):
        for inner in value:
            yield from _dangling(inner, ids)


def _disordered(figures: list[dict]) -> Iterator[str]:
    for figure in figures:
        bounds = [n for n in (figure["low"], figure["best"], figure["high"]) if n is not None]
        if bounds != sorted(bounds):
            yield f"bounds out of order: {bounds} of {figure['span']['text']}"


def _circles(within: dict[str, str | None]) -> Iterator[str]:
    for start in within:
        seen, here = {start}, within[start]
        while here is not None and here not in seen:
            seen.add(here)
            here = within.get(here)
        if here is not None:
            yield f"the statement {start} stands within itself"
