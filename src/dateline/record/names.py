"""By what name people see an entity: the words that the reports use of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

Body = dict[str, Any]

NAMING = "(type || '|' || coalesce(country, '') || '|' || CASE WHEN named = 1 THEN '1' ELSE '0' END || '|' || name)"
"""What an entity is said to be and how it is named, in one: by its index each way of naming somebody is found once (``record/naming.py``)."""


def display_name(entity: Body) -> str:
    """The name that the report itself uses most of an entity, else the name that it was given."""
    counts = Counter(_plain(m["text"]) for m in entity["mentions"] if m["form"] == "name")
    spoken = {name: n for name, n in counts.items() if not name.isupper() or len(name) <= 5}
    if not spoken:
        return _plain(entity["name"])
    # "Islamic State" rather than "IS", where both are used: the fuller name says more to who reads a table.
    best = max(spoken, key=lambda n: (len(n) > 4, spoken[n], len(n), n))
    return best if entity["kind"] == "place" or len(best) >= 2 else _plain(entity["name"])


def _plain(name: str) -> str:
    """A name in one line, without the possessive and a leading article."""
    words = " ".join(name.split())
    for ending in ("'s", "’s"):
        words = words.removesuffix(ending)
    return words.removeprefix("the ").removeprefix("The ") or name


def is_named(entity: Body) -> bool:
    """Whether a name, not only a description, is used of the entity, so that it is one and the same in other reports too."""
    return entity["known_as"] is not None or entity["geonames_id"] is not None or any(m["form"] == "name" for m in entity["mentions"])
