"""The names of places of one report, those of one sense together, with the candidates for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from dateline.extraction.findings import PlaceFound
from dateline.resolution.gazetteer import SETTLED, Gazetteer, Place
from dateline.resolution.gazetteer_names import key, plain
from dateline.resolution.where_names import LEVELS, Query, candidates, kind_words, queries

_MOST = 60
_ALIKE = 0.7


@dataclass(frozen=True)
class Option:
    """One place that a name may mean."""

    place: Place
    query: Query
    loose: bool = False
    """Found only by the consonants of the name."""
    outright: bool = True
    """The name alone means it (a country, a demonym): no other reading is weighed."""


@dataclass(frozen=True)
class Group:
    """The mentions of one name in one sense."""

    name: str
    members: tuple[int, ...]
    """Indices into ``Findings.places``."""
    options: tuple[Option, ...]
    starts: tuple[int, ...]
    """Characters where the mentions begin."""
    container: int | None = None
    """Index of the group that the text says it lies in."""
    adjectival: bool = False
    located: bool = False
    """The model takes it for a place where the text puts something: "in", "near", "from"."""
    fellows: tuple[int, ...] = ()
    """Indices of the groups that are listed with it: "Oregon, Nevada and Utah"."""


def groups_of(text: str, places: Sequence[PlaceFound], gazetteer: Gazetteer) -> list[Group]:
    """The names among ``places`` as groups, in order of first mention; nominal places are left out."""
    listed: dict[tuple[str, str, str], list[int]] = {}
    shown: dict[int, tuple[str, str, str]] = {}
    for i, found in enumerate(places):
        if found.nominal or found.point is not None:
            continue
        name = text[found.name_start : found.name_end]
        label = (_sense(name), _beside(text, found)[1] if _beside(text, found)[1] in _SPLITTING else "", _container_form(text, places, found))
        listed.setdefault(label, []).append(i)
        shown[i] = label
    listed = _joined(listed)
    order = {i: n for n, members in enumerate(listed.values()) for i in members}
    fellows = _fellows(text, places, order)
    return [replace(_group(text, places, members, order, gazetteer), fellows=fellows.get(n, ())) for n, members in enumerate(listed.values())]


_BETWEEN = re.compile(r"(?:, ?|,? (?:and|or) |, (?:and|or) )(?:the |in )?")


def _fellows(text: str, places: Sequence[PlaceFound], order: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """For each group those that stand in one list with it; a comma alone joins two names only where a third follows ("Paris, Texas")."""
    named = sorted(order, key=lambda i: places[i].name_start)
    runs: list[list[int]] = [[]]
    told = [False]
    for i, following in pairwise(named):
        runs[-1].append(i)
        gap = text[places[i].name_end : places[following].name_start]
        if places[i].inside == following or not _BETWEEN.fullmatch(gap):
            runs.append([])
            told.append(False)
        elif re.search(r"\b(?:and|or)\b", gap):
            told[-1] = True
    runs[-1].extend(named[-1:])
    found: dict[int, set[int]] = {}
    for run, spoken in zip(runs, told, strict=True):
        if len(run) > 2 or (len(run) == 2 and spoken):
            listed = {order[i] for i in run}
            for n in listed:
                found.setdefault(n, set()).update(listed)
    return {n: tuple(sorted(others - {n})) for n, others in found.items() if len(others) > 1}


_SPLITTING = frozenset("province governorate region state oblast county parish district".split())


def _sense(name: str) -> str:
    short = name.strip()
    return short if len(short) <= 4 and short.isupper() else key(short)


def _container_form(text: str, places: Sequence[PlaceFound], found: PlaceFound) -> str:
    if found.inside is None:
        return ""
    holder = places[found.inside]
    return key(text[holder.name_start : holder.name_end])


def _joined(listed: dict[tuple[str, str, str], list[int]]) -> dict[tuple[str, str, str], list[int]]:
    """Mentions without a container join those of the same name that have one, where all of these have the same."""
    holders: dict[tuple[str, str], set[str]] = {}
    for form, kind, holder in listed:
        if holder:
            holders.setdefault((form, kind), set()).add(holder)
    made: dict[tuple[str, str, str], list[int]] = {}
    for (form, kind, holder), members in listed.items():
        known = holders.get((form, kind), set())
        label = (form, kind, next(iter(known)) if not holder and len(known) == 1 else holder)
        made.setdefault(label, []).extend(members)
    return {label: sorted(members) for label, members in sorted(made.items(), key=lambda item: min(item[1]))}


_LISTED = re.compile(r"^(?:, [A-Z][\w' -]{1,20}){0,6},? and [A-Z][\w' -]{1,20} (counties|provinces|districts|governorates|regions|states)\b")


_KIND_OF = re.compile(r"\b(\w+) of $")


def _beside(text: str, found: PlaceFound) -> tuple[str, str]:
    """The word before the name and the word after it, where no mark stands between; "Clarke, Oconee and Barrow counties" gives each its county."""
    after = text[found.name_end : found.name_end + 160]
    before = text[max(0, found.name_start - 30) : found.name_start]
    following = after[1:31].split(None, 1)[:1] if after[:1] == " " else []
    preceding = before.removesuffix(" of ").split()[-1:] if before[-1:] == " " else []
    if listed := _LISTED.match(after):
        following = [listed.group(1).replace("ies", "y").removesuffix("s")]
    elif re.match(r" \w+ of ", after):
        following = []
    ahead = preceding[0] if preceding and preceding[0].islower() else ""
    if ahead == "of" and (kind := _KIND_OF.search(before)):
        ahead = f"{kind.group(1)} of"
    return ahead, (following[0] if following else "").strip(",.;:()'\"").lower()


def _group(text: str, places: Sequence[PlaceFound], members: list[int], order: dict[int, int], gazetteer: Gazetteer) -> Group:
    first = places[members[0]]
    name = text[first.name_start : first.name_end]
    inside = next((places[i].inside for i in members if places[i].inside is not None), None)
    container = order.get(inside) if inside is not None else None
    adjectival = all(places[i].adjectival for i in members)
    preceding, following = next((b for i in members if _tells_kind(b := _beside(text, places[i]))), _beside(text, first))
    return Group(
        name,
        tuple(members),
        _options(name, preceding, following, gazetteer),
        tuple(places[i].name_start for i in members),
        container if container != order.get(members[0]) else None,
        adjectival,
        any(places[i].rule.startswith("model") and places[i].relation != "at" for i in members),
    )


def _tells_kind(beside: tuple[str, str]) -> bool:
    """Whether the words beside a name say that it is a province, a town and so on."""
    before, after = beside
    named = kind_words("after" if before.endswith(" of") else "before").get(before.removesuffix(" of"))
    return named in LEVELS or kind_words("after").get(after) in LEVELS


def _options(name: str, preceding: str, following: str, gazetteer: Gazetteer) -> tuple[Option, ...]:
    people = gazetteer.people_of(name.strip())
    if people is not None:
        return (Option(people, Query(name)),)
    for query in queries(name, preceding=preceding, following=following):
        found = [place for place in candidates(query, gazetteer) if _plausible(query.text, place)]
        if any(place.type == "country" for place in found):
            found = [place for place in found if place.main]
        if found:
            return tuple(Option(place, query, outright=place.type == "country") for place in found[:_MOST])
    query = Query(name)
    alike = [place for place in gazetteer.resembling(name)[:_MOST] if place.type in SETTLED and _alike(name, place)]
    return tuple(Option(replace(place, main=False), query, loose=True, outright=False) for place in alike)


def _alike(name: str, place: Place) -> bool:
    """Whether two names with the same consonants are near enough in their vowels too."""
    return any(Levenshtein.normalized_similarity(key(name), key(other)) >= _ALIKE for other in (place.name, *place.aliases))


def _plausible(name: str, place: Place) -> bool:
    """Capital letters and very short names mean countries and regions, not villages that happen to be spelt so."""
    if place.key.startswith(("country", "region", "place")):
        bare = name.replace(".", "")
        return len(bare) > 3 or any(other.replace(".", "") == bare for other in (place.name, *place.aliases))
    return len(plain(name)) > 3 or (place.main and not name.isupper() and place.population > 2000)
