"""Whose organ somebody is: the state behind an office, a ministry, a force or a leader, as far as the name tells."""

from __future__ import annotations

import re
from functools import cache

from dateline.lexicon import load
from dateline.record.rows import fold

_ORGANS = ("state", "government", "military", "police", "office")

_CAPABLE = (*_ORGANS, "armed_group", "militia", "coalition", "party", "country")


@cache
def _words(use: str) -> re.Pattern[str]:
    """What finds the words of a use in a folded name."""
    rows = load("state_words.tsv", columns=("word", "use", "example"), key=("word", "use"))
    listed = sorted((r["word"] for r in rows if r["use"] == use), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in listed)})\b")


@cache
def _names() -> dict[str, str | None]:
    """Folded names, demonyms and seats of states with their country; None where a name is used of two."""
    found: dict[str, str | None] = {}

    def add(name: str, code: str) -> None:
        key = fold(name)
        if key:
            found[key] = code if found.get(key, code) == code else None

    for row in load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",)):
        for name in (row["name"], *row["aliases"].split("; ")):
            add(name, row["country"])
    for row in load("demonyms.tsv", columns=("demonym", "country", "use"), key=("demonym",)):
        add(row["demonym"], row["country"])
    return found


@cache
def _leaders() -> dict[str, str]:
    return {fold(r["name"]): r["key"] for r in load("leaders.tsv", columns=("name", "key", "from", "to"))}


def state_named(name: str) -> str | None:
    """The code of the only state that a name holds the name or demonym of."""
    words = fold(re.sub(r"[’']s?\b", "", name)).split()
    codes: set[str] = set()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            code = _names().get(" ".join(words[start : start + size]))
            if code is not None:
                codes.add(code)
    return codes.pop() if len(codes) == 1 else None


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(fold(r["demonym"]) for r in load("demonyms.tsv", columns=("demonym", "country", "use"), key=("demonym",)))


def is_demonym(name: str) -> bool:
    """Whether a name is no more than the adjective of a country ("Russian")."""
    return fold(name) in _demonyms()


def is_office(name: str, kind: str) -> bool:
    """Whether somebody speaks or acts for a state, whichever it is."""
    folded = fold(name)
    return not _words("against").search(folded) and (kind in _ORGANS or (kind in ("person", "other", "media") and _words("office").search(folded) is not None))


def has_rank(words: str) -> bool:
    """Whether words before a name, or with it, are a rank of armed forces ("General Luis Ruiz")."""
    return _words("rank").search(fold(words)) is not None


def is_force(name: str) -> bool:
    """Whether a name is of a body ("army", "ministry"), not of one who holds an office."""
    return _words("force").search(fold(name)) is not None


def merely_office(name: str) -> bool:
    """Whether a name says no more than which office it is ("the General Staff of the Armies"), so that it is that of the place told of."""
    rest = _words("office").sub(" ", fold(name)).split()
    return all(word in ("of", "the", "and", "a", "an", "regional", "local", "provincial", "national", "armies", "spokesman") for word in rest)


def principal_of(name: str, kind: str, country: str | None) -> str | None:
    """The key of the state, or of whom else a leader leads, that somebody of this name and type is an organ of."""
    if kind == "person" and (leader := _leader(name)) is not None:
        return leader
    if not is_office(name, kind):
        return None
    words = fold(name)
    several = " and " in f" {words} " and state_named(name) is None
    code = state_named(name) or (None if several else country)
    return f"actor:{code}" if code else None


def _leader(name: str) -> str | None:
    words = fold(name).split()
    for start in range(len(words)):
        if (key := _leaders().get(" ".join(words[start:]))) is not None:
            return f"actor:{key}"
    return None


def may_hold(name: str, kind: str) -> bool:
    """Whether somebody of this type and name can hold a place: a state, a force, an armed group, and no voice or onlooker."""
    return kind in _CAPABLE and _words("no_holder").search(fold(name)) is None


def bears_witness(outlet: str) -> bool:
    """Whether a publisher is an organisation that tells of what it found itself, and no news outlet."""
    return _words("witness").search(fold(outlet)) is not None
