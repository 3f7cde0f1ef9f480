"""Names of private persons blacked out: as many blocks as the name has characters, so that every offset still holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.record.rows import fold
from dateline.record.store import Record

BLOCK = "█"

_PUBLIC = ("leads", "spokesperson_of")
"""Ties by which somebody is no private person."""

_PARTICLES = frozenset("abu abd bin ibn the von van der den del los las der dos mac ali al el".split())
"""Parts of names that stand in many names: alone they name nobody."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A private person: key across reports, and the names that are used of the person."""

    key: str
    names: tuple[str, ...]


def private_names(record: Record, reports: Iterable[int]) -> list[Hidden]:
    """The persons of these reports whom the who's who does not know, who lead nothing and speak for nobody, with all names used of them."""
    names: dict[str, set[str]] = {}
    public: set[str] = set()
    for number in reports:
        ties = {r["source"] for r in _bodies(record, number, "relations") if r["type"] in _PUBLIC}
        worlds = {r["id"]: r["world"] for r in record.rows("SELECT id, world FROM entity WHERE report = :n AND kind = 'person'", {"n": number})}
        for person in _bodies(record, number, "entities"):
            key = worlds.get(person["id"])
            if key is None:
                continue
            if person["known_as"] is not None or person["id"] in ties:
                public.add(key)
            used = {m["text"] for m in person["mentions"] if m["form"] == "name"}
            if used or person["type"] == "person":
                names.setdefault(key, set()).update(used, [person["name"]] if used else [], person["aliases"] if used else [])
    return [Hidden(key, tuple(sorted(n for n in used if n.strip()))) for key, used in sorted(names.items()) if key not in public and used]


def _bodies(record: Record, number: int, word: str) -> list[Any]:
    rows = record.rows("SELECT body FROM item WHERE report = :n AND word = :word ORDER BY length(id), id", {"n": number, "word": word})
    return [json.loads(r["body"]) for r in rows]


def hidden(value: Any, people: Sequence[Hidden]) -> Any:
    """The value with these names blacked out in every text, and their keys told from each other only by a number."""
    keys = {p.key: f"person:hidden {n}" for n, p in enumerate(people, 1)}
    names = sorted({n for p in people for n in p.names}, key=lambda n: (-len(n), n))
    parts = {part for name in names for part in re.findall(r"[^\W\d_]+", name) if len(part) >= 3 and fold(part) not in _PARTICLES}
    # Whole names in any writing; their parts only as written, so that "rose" stays a verb.
    whole = re.compile("|".join(rf"(?<!\w){_loose(n)}(?!\w)" for n in names), re.IGNORECASE)
    single = re.compile("|".join(rf"(?<!\w)(?:{re.escape(p)}|{re.escape(p.upper())})(?!\w)" for p in sorted(parts, key=lambda p: (-len(p), p))) or r"(?!)")
    lowered = {p.lower() for p in parts}

    def blocks(found: re.Match[str]) -> str:
        return "".join(BLOCK if c.isalnum() else c for c in found.group())

    def text(given: str) -> str:
        if given in keys:
            return keys[given]
        if given.startswith(("http://", "https://")) and any(part in given.lower() for part in lowered):
            return ""
        return single.sub(blocks, whole.sub(blocks, given))

    def path(given: str) -> str:
        for key, other in keys.items():
            if given == f"/api/actors/{key}":
                return f"/api/actors/{other}"
        return keys.get(given, given)

    def walk(one: Any) -> Any:
        if isinstance(one, str):
            return text(one)
        if isinstance(one, list):
            return [walk(v) for v in one]
        return {path(k): walk(v) for k, v in one.items()} if isinstance(one, dict) else one

    return walk(value)


def _loose(name: str) -> str:
    """A pattern of a name over any white space and hyphens between its parts."""
    return r"[\s\-\u2010\u2011]+".join(re.escape(part) for part in re.split(r"[\s\-\u2010\u2011]+", name.strip()))
