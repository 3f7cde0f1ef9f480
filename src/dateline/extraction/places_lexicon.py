"""What the lexicons know of names of places, without knowing where any of them lies."""

from __future__ import annotations

import re
from functools import cache

from dateline.lexicon import load

PLACE_COLUMNS = ("name", "aliases", "type", "country", "lat", "lon", "radius_km")


@cache
def demonyms() -> dict[str, str]:
    """Words for the people of a country and their adjectives, with the use: adjective, people or both."""
    countries = load("demonyms.tsv", columns=("demonym", "country", "use"), key=("demonym",))
    wider = load("demonyms_places.tsv", columns=("demonym", "place", "use"), key=("demonym",))
    return {row["demonym"]: row["use"] for row in (*countries, *wider)}


@cache
def known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of the place lexicons as words, by first word, longest first."""
    names: set[str] = set()
    for row in load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",)):
        names.update((row["name"], *row["aliases"].split("; ")))
    for row in load("regions.tsv", columns=("country", "code", "name", "kind", "aliases", "lat", "lon", "radius_km"), key=("country", "code")):
        names.update((row["name"], *row["aliases"].split("; ")))
    for row in load("places.tsv", columns=PLACE_COLUMNS, key=("name", "country")):
        names.update((row["name"], *row["aliases"].split("; ")))
    names.update(row["name"] for row in load("city_names.tsv", columns=("name",), key=("name",)))
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names - {""}:
        words = _words(name)
        found.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(rows, key=lambda row: (-len(row), row))) for word, rows in found.items()}


def is_abbreviation(text: str) -> bool:
    """Whether a word with its point is a name of the place lexicons ("Ga.", "Ont.")."""
    return any(words == (text,) or "".join(words) == text for words in known().get(text, ()) + known().get(text[:-1], ()))


@cache
def with_article() -> frozenset[str]:
    """Names that mean a place only behind "the": the Gulf, the Capitol."""
    names = [name for row in load("places.tsv", columns=PLACE_COLUMNS, key=("name", "country")) for name in (row["name"], *row["aliases"].split("; "))]
    bare = {name for name in names if not name.startswith("the ")}
    return frozenset(name[4:] for name in names if name.startswith("the ") and name[4:] not in bare)


@cache
def refusals(when: str) -> frozenset[str]:
    """Names that are refused always, or unless the model labels them as places."""
    rows = load("place_not_names.tsv", columns=("name", "refuse"), key=("name",))
    return frozenset(row["name"] for row in rows if row["refuse"] == when)


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    return frozenset(row["title"] for row in load("titles.tsv", columns=("title", "sector", "gender")))


@cache
def kinds(side: str) -> dict[str, str]:
    """The words that tell a place's kind from one side of its name, with the kind."""
    rows = load("place_words.tsv", columns=("word", "type", "side"), key=("word", "side"))
    return {row["word"]: row["type"] for row in rows if row["side"] == side}


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+(?:[.'’]\w+)*\.?|[^\w\s]", text.removeprefix("the ").removeprefix("The ")))
