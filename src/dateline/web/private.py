"""Who of a selection is a private person, and the selection with their names blacked out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon import load
from dateline.record.store import Record
from dateline.web.blackout import Blackout

_TITLE = 40
"""So many characters before a name are looked at for a title."""

_KEY = re.compile(r"(/api/(?:actors|places)/)?((?:person|place|actor|weapon|other|house|user):(?=\S)[^\n]{1,500})")
"""A key that is made of a name, alone or as the address of its page."""

_PUBLIC = ("leads", "spokesperson_of")
"""Ties by which somebody is no private person."""


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

    A name that is ``kept`` stays also where a part of it is another person's who is hidden. An address of the web that holds a name is left out.
    """
    blackout = Blackout((n for p in people for n in p.names), kept)
    keys = {p.key: f"person:hidden {n}" for n, p in enumerate(people, 1)}
    plain: set[str] = set()

    def key(given: str) -> str:
        if given not in keys and given not in plain:
            if blackout.within(given.partition(":")[2]):
                keys[given] = f"{given.partition(':')[0]}:hidden {len(keys) + 1}"
            else:
                plain.add(given)
        return keys.get(given, given)

    def text(given: str) -> str:
        if found := _KEY.fullmatch(given):
            return (found[1] or "") + key(found[2])
        shown = blackout(given)
        return "" if shown != given and given.startswith(("http://", "https://")) and not re.search(r"\s", given) else shown

    def walk(one: Any) -> Any:
        if isinstance(one, str):
            return text(one)
        if isinstance(one, list):
            return [walk(v) for v in one]
        return {(text(k) if _KEY.fullmatch(k) else k): walk(v) for k, v in one.items()} if isinstance(one, dict) else one

    return walk(value)


def _loose(name: str) -> str:
    """A pattern of a title over any white space and hyphens between its parts."""
    return r"[\s\-\u2010\u2011]+".join(re.escape(part) for part in re.split(r"[\s\-\u2010\u2011]+", name.strip()))
