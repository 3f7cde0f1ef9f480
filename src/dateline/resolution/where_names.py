"""What to look up for a name as worded: the name itself, and the name without the words that tell its kind or a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.resolution.gazetteer import Gazetteer, Place

PLACE_WORD_COLUMNS = ("word", "type", "side")
LEVELS = frozenset({"region", "admin", "city", "town", "village"})
_PARTS = re.compile(
    r"^(?:the )?(?:(?:north|south|east|west|central|mid|upper|lower|greater|inner|outer|downtown|rural|coastal|metropolitan|modern|mainland|"
    r"occupied|rebel-held|old)(?:ern|east|west|eastern|western)?[- ])+(?=\w)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"(?:north|south|east|west|centre|center|coast|side|bank|end|point|shore|interior|mainland)(?:ern)?", re.IGNORECASE)
"""What is no name by itself: the North West is no part of a town called West."""
_OF = re.compile(
    r"^(?:the )?(city|town|village|province|state|governorate|district|county|region|republic|kingdom|port|municipality|island|isle)s? of (?=\w)",
    re.IGNORECASE,
)
_COMMON = re.compile(r"(?<=\w)(?: [a-z]+)+$")
"""Words that belong to the noun behind a name, not to the name: "Moscow concert hall"."""
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Query:
    """A form to look up: its text, the type that the words around it demand, and whether it only lies near the place it names."""

    text: str
    type: str | None = None
    word: str = ""
    """The word that tells the type."""
    whole: bool = False
    """Only a place of some size bears this name as a whole: else it is a part of another ("Western US")."""
    part: bool = False
    """The name is a part of, or something in or by, the place looked up ("northern Mali", "Donetsk airport")."""


@cache
def kind_words(side: str) -> dict[str, str]:
    """The words that tell a place's kind from one side of its name, with the kind."""
    return {row["word"]: row["type"] for row in load("place_words.tsv", columns=PLACE_WORD_COLUMNS, key=("word", "side")) if row["side"] == side}


def queries(name: str, *, following: str = "", preceding: str = "") -> tuple[Query, ...]:
    """The forms of ``name`` to look up, best first; ``following`` and ``preceding`` are the words beside it that may tell its kind."""
    text = _POSSESSIVE.sub("", " ".join(name.split())).strip(" ,.;:") if not _initials(name) else name.strip()
    text = text[4:] if text[:4].lower() == "the " else text
    after = kind_words("after").get(following.lower())
    before = kind_words("after" if preceding.endswith(" of") else "before").get(preceding.lower().removesuffix(" of"))
    word = following.lower() if after in LEVELS else preceding.lower() if before in LEVELS else ""
    made = [Query(text, after if after in LEVELS else before if before in LEVELS else None, word)]
    if after is not None and after not in LEVELS:
        made.insert(0, Query(f"{text} {following}", after, following.lower()))
    words = text.split()
    if found := _OF.match(text):
        made.append(Query(text[found.end() :], kind_words("after").get(found.group(1).lower()), found.group(1).lower()))
    if len(words) > 1 and (kind := kind_words("after").get(words[-1].lower())):
        core = " ".join(words[:-1])
        made.append(Query(core, kind, words[-1].lower(), part=kind not in LEVELS))
        if kind not in LEVELS and (proper := _COMMON.sub("", core)) != core:
            made.append(Query(proper, kind, words[-1].lower(), part=True))
    elif len(words) > 1 and kind_words("before").get(words[0].lower()) in LEVELS:
        made.append(Query(" ".join(words[1:]), kind_words("before")[words[0].lower()], words[0].lower()))
    if (found := _PARTS.match(text)) and not _QUARTER.fullmatch(text[found.end() :]):
        made.append(Query(text[found.end() :], part=True))
        made[0] = Query(text, made[0].type, made[0].word, whole=True)
    return tuple(dict.fromkeys(made))


def _initials(name: str) -> bool:
    return bool(re.fullmatch(r"(?:\w\.\s?)+|\w{1,5}\.", name.strip()))


def candidates(query: Query, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a query may mean, of the type that it demands where there are such."""
    found = gazetteer.named(query.text)
    if query.whole:
        found = tuple(place for place in found if place.geonames_id is None or place.type == "country" or (place.main and place.population > 30_000))
    if query.type == "region":
        regions = [place for place in found if place.type in ("region", "area", "admin")]
        if not regions and not any(place.type == "country" for place in found):
            towns = [place for place in found if place.main and (query.word != "region" or gazetteer.has_regions_called("region", place.country))]
            regions = [region for town in towns if (region := gazetteer.region_named_after(town)) is not None]
        return tuple(regions) or found
    if query.type == "admin":
        return counties_of(query, gazetteer) or tuple(place for place in found if place.type == "admin") or found
    if any(place.type == "country" for place in found):
        return found
    if query.type in ("city", "town", "village"):
        return tuple(place for place in found if place.type in ("city", "town", "village", "neighbourhood")) or found
    return found


_COUNTY = ("county", "parish", "borough")


def counties_of(query: Query, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The states of the United States with a county of the query's name, where its words call it one."""
    return next((found for word in _COUNTY if query.word == word and (found := gazetteer.counties(f"{query.text} {word}"))), ())
