"""A field of a value by its name, also where it stands for several keys: read, and put in."""

from __future__ import annotations

from typing import Any

from dateline.record.anchors import Body

COMPOUND = {
    "number": ("low", "best", "high", "approximate", "share"),
    "place_meant": ("type", "country", "lat", "lon", "geonames_id"),
    "actor_meant": ("type", "country", "known_as"),
}
"""Fields that stand for several keys which only make sense together."""


def field_value(body: Body, name: str) -> Any:
    """The value of a field: of a compound one by key, of ``participants.agent`` those of that role."""
    if name in COMPOUND:
        return {k: body[k] for k in COMPOUND[name]}
    whole, _, role = name.partition(".")
    return [p for p in body[whole] if p["role"] == role] if role else body[whole]


def set_field(body: Body, name: str, value: Any) -> None:
    """Put a value into a field, named as in ``field_value``."""
    whole, _, role = name.partition(".")
    if name in COMPOUND:
        body.update(value)
    elif role:
        body[whole] = [*(p for p in body[whole] if p["role"] != role), *value]
    else:
        body[whole] = value
