"""What the parts of a reading name of each other: found, moved to another id, or taken out with what they named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Body = dict[str, Any]
Parts = dict[str, list[Body]]

_SINGLE = ("speaker", "addressee", "within", "entity", "who", "event", "place", "holder", "previous_holder", "source", "target")
_LISTS = ("according_to", "figures")
_NEEDED = {"relations": ("source", "target")}
"""What cannot be without what it names."""

_ID = re.compile(r"[esvfcrti]\d+")


def ids_in(value: Any) -> set[str]:
    """The ids that a value names, itself or in its keys."""
    if isinstance(value, str):
        return {value} if _ID.fullmatch(value) else set()
    if isinstance(value, dict):
        return {name for key, inner in value.items() if key not in ("text", "name", "id") for name in ids_in(inner)}
    return {name for inner in value for name in ids_in(inner)} if isinstance(value, list) else set()


def repoint(value: Any, names: Mapping[str, str]) -> Any:
    """The value with other ids in the place of those it names."""
    if not names:
        return value
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {key: inner if key in ("text", "name", "id") else repoint(inner, names) for key, inner in value.items()}
    return [repoint(inner, names) for inner in value] if isinstance(value, list) else value


def spans_in(value: Any) -> Iterator[Body]:
    """The spans anywhere inside a value."""
    if isinstance(value, dict):
        if {"start", "end"} <= set(value):
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


def references_of(parts: Parts, name: str) -> list[tuple[Body, str]]:
    """Each place, as an object and its key, at which one id stands alone (not in a list of ids)."""
    return [place for items in parts.values() for body in items for place in _places(body, name)]


def _places(value: Any, name: str) -> Iterator[tuple[Body, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _SINGLE and inner == name:
                yield value, key
            else:
                yield from _places(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner, name)


def drop(parts: Parts, name: str, *, into: str | None = None) -> None:
    """Take a value out; what named it names ``into``, or nothing; a tie that has lost one of its two ends goes with it."""
    for items in parts.values():
        items[:] = [b for b in items if b["id"] != name]
    for holder, key in references_of(parts, name):
        holder[key] = into
    for items in parts.values():
        for body in items:
            for key in _LISTS:
                if name in body.get(key, ()):
                    body[key] = list(dict.fromkeys(into if x == name else x for x in body[key] if x != name or into is not None))
    for word, keys in _NEEDED.items():
        lost = [b["id"] for b in parts.get(word, []) if any(b[k] is None or (into is not None and b["source"] == b["target"]) for k in keys)]
        for one in lost:
            drop(parts, one)
    for body in parts.get("statements", []):
        if body["within"] == body["id"]:
            body["within"] = None
