"""Names of private persons blacked out: as many blocks as the name has characters, so that every offset still holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon import load
from dateline.record.rows import fold
from dateline.record.store import Record

BLOCK = "█"

_TITLE = 40
"""So many characters before a name are looked at for a title."""

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
    """The persons of these reports whom the who's who does not know, who lead nothing, speak for nobody and hold no office by their title."""
    names, public = _persons(record, reports)
    return [Hidden(key, tuple(sorted(used))) for key, used in sorted(names.items()) if key not in public and used]


def public_names(record: Record, reports: Iterable[int]) -> list[str]:
    """The names of the persons of these reports who are no private ones."""
    names, public = _persons(record, reports)
    return sorted({name for key in public for name in names.get(key, ())})


def _persons(record: Record, reports: Iterable[int]) -> tuple[dict[str, set[str]], set[str]]:
    """All names used of each person of these reports, and the keys of those who are public ones."""
    names: dict[str, set[str]] = {}
    public: set[str] = set()
    for number in reports:
        ties = {r["source"] for r in _bodies(record, number, "relations") if r["type"] in _PUBLIC}
        text = json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"])["text"]
        worlds = {r["id"]: r["world"] for r in record.rows("SELECT id, world FROM entity WHERE report = :n AND kind = 'person'", {"n": number})}
        for person in _bodies(record, number, "entities"):
            key = worlds.get(person["id"])
            if key is None:
                continue
            if person["known_as"] is not None or person["id"] in ties or _holds_office(text, person):
                public.add(key)
            used = {m["text"] for m in person["mentions"] if m["form"] == "name"}
            if used:
                names.setdefault(key, set()).update(n for n in (*used, person["name"], *person["aliases"]) if n.strip())
    return names, public


@cache
def _before() -> re.Pattern[str]:
    titles = sorted((row["title"] for row in load("public_titles.tsv", columns=("title",))), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_loose, titles))})\s+$", re.IGNORECASE)


def _holds_office(text: str, person: Any) -> bool:
    """Whether a title of a public office stands right before the person's name."""
    starts = (m["start"] for m in person["mentions"] if m["form"] == "name")
    return any(_before().search(text, max(0, at - _TITLE), at) for at in starts)


def _bodies(record: Record, number: int, word: str) -> list[Any]:
    rows = record.rows("SELECT body FROM item WHERE report = :n AND word = :word ORDER BY length(id), id", {"n": number, "word": word})
    return [json.loads(r["body"]) for r in rows]


def hidden(value: Any, people: Sequence[Hidden], kept: Sequence[str] = ()) -> Any:
    """The value with these names blacked out in every text, and their keys told from each other only by a number.

    A name that is ``kept`` stays also where a part of it is another person's who is hidden.
    """
    keys = {p.key: f"person:hidden {n}" for n, p in enumerate(people, 1)}
    names = sorted({n for p in people for n in p.names}, key=lambda n: (-len(n), n))
    parts = {part for name in names for part in re.findall(r"[^\W\d_]+", name) if len(part) >= 3 and fold(part) not in _PARTICLES}
    stay = {fold(n) for n in kept if parts.intersection(re.findall(r"[^\W\d_]+", n))} - {fold(n) for n in names}
    both = sorted([*names, *(n for n in kept if fold(n) in stay)], key=lambda n: (-len(n), n))
    # Whole names in any writing; their parts only as written, so that "rose" stays a verb.
    whole = re.compile("|".join(rf"(?<!\w){_loose(n)}(?!\w)" for n in both), re.IGNORECASE)
    single = re.compile("|".join(rf"(?<!\w)(?:{re.escape(p)}|{re.escape(p.upper())})(?!\w)" for p in sorted(parts, key=lambda p: (-len(p), p))) or r"(?!)")
    lowered = {p.lower() for p in parts}

    def blocks(found: re.Match[str]) -> str:
        return "".join(BLOCK if c.isalnum() else c for c in found.group())

    def text(given: str) -> str:
        if given in keys:
            return keys[given]
        if given.startswith(("http://", "https://")) and any(part in given.lower() for part in lowered):
            return ""
        found, at = [], 0
        for name in whole.finditer(given):
            found += [single.sub(blocks, given[at : name.start()]), name.group() if fold(name.group()) in stay else blocks(name)]
            at = name.end()
        return "".join((*found, single.sub(blocks, given[at:])))

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
