"""A reading as the JSON object that DESIGN.md promises, and back."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dateline.model import Entity, Reading, Refused, Retraction, When

_RENAMED = {"earliest": "from", "latest": "to"}
_PLAIN = frozenset({str, int, bool})
_LATER = {"Report": ("origin",), "Reading": ("passed_over",), "Figure": ("counts",)}
"""Keys that older readings do not have; they come back with the field's default."""


def to_json(value: object) -> Any:
    """The value as plain dicts, lists, strings and numbers, in the contract's keys; evidence is left out."""
    if value is None or type(value) in _PLAIN:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        names = _names(type(value))
        return {key: to_json(v) for name, key in names if (v := getattr(value, name)) is not None or name != "passed_over"}
    if isinstance(value, tuple | list):
        return [to_json(v) for v in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    """Field names of a type of the vocabulary with their JSON keys."""
    return tuple((f.name, _RENAMED.get(f.name, f.name) if kind is When else f.name) for f in fields(kind) if f.name != "evidence")


def dumps(item: Reading | Refused | Retraction) -> str:
    """One line of JSON for a reading; ``{"refused": ...}`` for an input that was set aside, ``{"retracted": ...}`` for a publisher's retraction."""
    kind = "refused" if isinstance(item, Refused) else "retracted" if isinstance(item, Retraction) else None
    body = {kind: to_json(item)} if kind else to_json(item)
    # A lone surrogate cannot be written as UTF-8; JSON's own escapes carry it.
    line = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return line if _is_utf8(line) else json.dumps(body, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _is_utf8(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def from_json(body: dict[str, Any]) -> Reading:
    """The reading that ``to_json`` made this object from (without its evidence).

    Raises ``KeyError`` or ``TypeError`` when the object does not hold the contract.
    """
    reading: Reading = _build(Reading, body)
    return reading


def entity_from_json(body: dict[str, Any]) -> Entity:
    """The entity that ``to_json`` made this object from."""
    entity: Entity = _build(Entity, body)
    return entity


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(a for a in get_args(kind) if a is not type(None))
        return _build(inner, value)
    if origin is tuple:
        inner = get_args(kind)[0]
        return tuple(_build(inner, v) for v in value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        late = _LATER.get(kind.__name__, ())
        return kind(**{name: _build(hints[name], value[key]) for name, key in _names(kind) if key in value or name not in late})
    return float(value) if kind is float else value
