"""Resolve the expressions of place: which place of the world each name means, which named place each noun refers to, and the point meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dateline.extraction.findings import Findings, PlaceFound
from dateline.language.document import Document
from dateline.model import Evidence, Report, Where
from dateline.resolution.gazetteer import SETTLED, Gazetteer, Place
from dateline.resolution.gazetteer_names import plain
from dateline.resolution.scene import PlaceResolved, Scene
from dateline.resolution.where_groups import Group, Option, groups_of
from dateline.resolution.where_home import home_of
from dateline.resolution.where_move import moved
from dateline.resolution.where_names import kind_words
from dateline.resolution.where_nominal import antecedents
from dateline.resolution.where_weigh import Choice, lies_in, together, weigh

_SURE = 0.4
"""Share of belief below which a name is given its country or region only: a wrong town is worse than a country."""
_COUNTRY_SURE = 0.7
_HOLDER_SURE = 0.6
_AROUND = 60.0


@dataclass(frozen=True)
class _Found:
    """What one name was found to be, before the words around it move the point."""

    place: PlaceResolved
    near: bool = False


def resolve_places(report: Report, document: Document, findings: Findings, gazetteer: Gazetteer) -> tuple[PlaceResolved, ...]:
    """What each of ``findings.places`` means, in their order."""
    places = findings.places
    groups = groups_of(document.text, places, gazetteer)
    home = home_of(report, gazetteer)
    resolved: list[PlaceResolved | None] = [None] * len(places)
    for part in together(groups):
        choices = weigh(part, gazetteer, home=home)
        for group, choice in zip(part, choices, strict=True):
            base = _named(group, choice, part, choices, gazetteer)
            for i in group.members:
                resolved[i] = base
    for i, found in enumerate(places):
        resolved[i] = _written(document, found) if found.point is not None else resolved[i]
    for i, meant in antecedents(document, places, resolved, gazetteer).items():
        base = resolved[meant] if isinstance(meant, int) else _from_place(meant, "where:capital", "the capital of the country that the report speaks of", 0.9)
        if base is not None:
            resolved[i] = replace(base, rule="where:coreference", detail=f"refers to {base.name}")
    whole = [known if known is not None else _unknown(document, place) for known, place in zip(resolved, places, strict=True)]
    return tuple(_pointed(document.text, i, places, whole) for i in range(len(places)))


def _pointed(text: str, i: int, places: Sequence[PlaceFound], whole: Sequence[PlaceResolved]) -> PlaceResolved:
    """The place with the point that the words around its name mean."""
    found, base = places[i], whole[i]
    second = whole[found.other] if found.other is not None else None
    other = (second.where.lat, second.where.lon) if second is not None and second.where.lat is not None and second.where.lon is not None else None
    return replace(base, where=moved(text, found, base.where.lat, base.where.lon, base.where.radius_km, other=other))


def _from_place(place: Place, rule: str, detail: str, score: float | None, *, region: str | None = None) -> PlaceResolved:
    return PlaceResolved(
        key=place.key, name=place.name, type=place.type, country=place.country, lat=place.lat, lon=place.lon, radius_km=place.radius_km,
        geonames_id=place.geonames_id, where=Where(None, "at", place.lat, place.lon, place.radius_km), aliases=place.aliases, region_key=region,
        rule=rule, detail=detail, score=score,
    )  # fmt: skip


def _unknown(document: Document, found: PlaceFound) -> PlaceResolved:
    """An expression that the report and the gazetteer leave open."""
    name = document.text[found.name_start : found.name_end]
    key = f"name:{plain(name)}" if not found.nominal else f"noun:{found.name_start}"
    kind = "area" if found.nominal else _kind_by_words(name)
    return PlaceResolved(key, name, kind, None, None, None, None, None, Where(None), rule="where:unknown", detail="no such place is known", score=0.0)


def _written(document: Document, found: PlaceFound) -> PlaceResolved | None:
    """A point that the text writes out in degrees; which country it lies in is not said."""
    if found.point is None:
        return None
    lat, lon, radius = found.point
    return PlaceResolved(
        key=f"point:{lat:.3f}:{lon:.3f}", name=document.text[found.name_start : found.name_end], type="area", country=None, lat=lat, lon=lon,
        radius_km=radius, geonames_id=None, where=Where(None, "at", lat, lon, radius), rule="where:written", detail="the text writes the point out", score=1.0,
    )  # fmt: skip


def _kind_by_words(name: str) -> str:
    words = name.lower().split()
    return kind_words("after").get(words[-1]) or kind_words("before").get(words[0]) or "area"


def _named(group: Group, choice: Choice, groups: Sequence[Group], choices: Sequence[Choice], gazetteer: Gazetteer) -> PlaceResolved | None:
    option = choice.option
    if option is None:
        return _shortened(group, groups, choices) or _placed_by_context(group, groups, choices, gazetteer)
    place = option.place
    if _elsewhere(group, place, groups, choices):
        return _placed_by_context(group, groups, choices, gazetteer)
    others = "; ".join(f"{other.name} ({'/'.join(other.countries)})" for other in choice.others[:4])
    detail = choice.reason + (f"; not {others}" if others else "")
    if choice.share < _SURE:
        return _coarser(group, choice, detail, gazetteer)
    around = gazetteer.region_around(place) if place.type in SETTLED else None
    holder = around.key if around is not None else f"country:{place.country}" if place.country and place.type != "country" else None
    if option.query.type == "admin" and place.key.startswith("region:") and " " in group.name:
        return _county(group, place, groups, choices, detail)
    if option.query.part and _stray(group, option, groups, choices):
        return _placed_by_context(group, groups, choices, gazetteer)
    if option.query.part and re.sub(r"^the ", "", plain(group.name)) != plain(option.query.text) and not _is_part_word(group.name, option.query.text):
        made = _from_place(place, "where:beside", f"{group.name} is taken to lie in or by {place.name}; {detail}", choice.share, region=place.key)
        kind = _kind_by_words(group.name)
        return replace(made, key=f"name:{plain(group.name)}", name=group.name, type=kind, geonames_id=None, aliases=())
    return _from_place(place, "where:weighed", detail, round(choice.share, 3), region=holder)


def _elsewhere(group: Group, place: Place, groups: Sequence[Group], choices: Sequence[Choice]) -> bool:
    """Whether the text says that the name lies in a place in which no reading of it lies."""
    held = choices[group.container] if group.container is not None else None
    if held is None or held.option is None or held.share < _HOLDER_SURE or place.type not in SETTLED:
        return False
    holder = held.option.place
    if holder.type in SETTLED:
        return place.country != holder.country and place.km_to(holder) > 2 * _AROUND
    if holder.type != "country" and not holder.key.startswith("region:"):
        return False
    return not lies_in(place, holder) and place.key != holder.key and groups[group.container or 0].name != group.name


def _shortened(group: Group, groups: Sequence[Group], choices: Sequence[Choice]) -> PlaceResolved | None:
    """Capital letters that are the initials of one country or region which the report names in full."""
    letters = group.name.replace(".", "").strip()
    if not (2 <= len(letters) <= 4 and letters.isupper()):
        return None
    full = {
        choice.option.place.key: choice.option.place
        for other, choice in zip(groups, choices, strict=True)
        if choice.option is not None and choice.share >= _HOLDER_SURE and _initials(other.name) == letters
    }
    if len(full) != 1:
        return None
    place = next(iter(full.values()))
    return _from_place(place, "where:initials", f"the initials of {place.name}, which the report names", 0.8, region=f"country:{place.country}")


def _initials(name: str) -> str:
    words = [word for word in re.split(r"[ -]", name) if word[:1].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _stray(group: Group, option: Option, groups: Sequence[Group], choices: Sequence[Choice]) -> bool:
    """Whether something is called after a place that the report says nothing of: Delmar Street does not lie in Delmar."""
    if option.query.type in (None, "area") or option.place.type == "country":
        return False
    sure = [(other, choice.option.place) for other, choice in zip(groups, choices, strict=True) if choice.option is not None and choice.share >= 0.6]
    others = [place for other, place in sure if other is not group]
    if option.query.type in ("road", "neighbourhood"):
        return not any(other.key == option.place.key for other in others)
    return not any(other.key == option.place.key or (other.type in SETTLED and other.km_to(option.place) < 150) for other in others)


def _is_part_word(name: str, core: str) -> bool:
    """Whether what stands before the core only tells a part of it ("northern Mali")."""
    rest = plain(name).removesuffix(plain(core)).strip()
    return bool(re.fullmatch(r"(?:(?:the|north\w*|south\w*|eastern|western|east|west|central|upper|lower|greater|rural|downtown) ?)+", rest))


def _coarser(group: Group, choice: Choice, detail: str, gazetteer: Gazetteer) -> PlaceResolved | None:
    """The country that holds most readings of the name, with the readings told; None where there is none."""
    code, share = max(choice.countries.items(), key=lambda item: item[1], default=("", 0.0))
    country = gazetteer.country(code)
    if country is None or share < _COUNTRY_SURE or choice.option is None:
        return None
    made = _from_place(country, "where:coarser", f"which {group.name} is meant stays open; {detail}", round(share, 3), region=country.key)
    key, kind = f"name:{plain(group.name)}:{code}", choice.option.place.type
    return replace(made, key=key, name=group.name, type=kind, lat=None, lon=None, radius_km=None, geonames_id=None, aliases=())


def _county(group: Group, state: Place, groups: Sequence[Group], choices: Sequence[Choice], detail: str) -> PlaceResolved:
    """A county of the United States: its state is known, its point is that of the report's towns in that state, where there are such."""
    towns = _neighbours_of(group, groups, choices, lambda place: lies_in(place, state))
    made = _from_place(state, "where:county", f"a county of {state.name}; {detail}", 0.8, region=state.key)
    made = replace(made, key=f"name:{plain(group.name)}:{state.key}", name=group.name, type="admin", lat=None, lon=None, radius_km=None, aliases=())
    return _around(made, towns) if towns else made


def _placed_by_context(group: Group, groups: Sequence[Group], choices: Sequence[Choice], gazetteer: Gazetteer) -> PlaceResolved | None:
    """A name that no gazetteer has: where its container lies, or the town that the report names beside it; else nothing."""
    holder = choices[group.container].option if group.container is not None else None
    name, key, kind = group.name, f"name:{plain(group.name)}", _kind_by_words(group.name)
    blank = PlaceResolved(key, name, kind, None, None, None, None, None, Where(None), rule="where:beside", detail="", score=0.5)
    if holder is not None:
        place = holder.place
        where = Where(None, "at", place.lat, place.lon, place.radius_km)
        detail = f"not in the gazetteer; the report says that it lies in {place.name}"
        return replace(blank, country=place.country, region_key=place.key, where=where, detail=detail)
    if kind == "area" and not group.located:
        return _in_the_country(blank, groups, choices, gazetteer)
    towns = _neighbours_of(group, groups, choices, lambda place: place.type in SETTLED)
    if not towns or max(town.km_to(towns[0]) for town in towns) > 2 * _AROUND:
        return _in_the_country(blank, groups, choices, gazetteer)
    return _around(replace(blank, country=towns[0].country), towns)


def _in_the_country(blank: PlaceResolved, groups: Sequence[Group], choices: Sequence[Choice], gazetteer: Gazetteer) -> PlaceResolved | None:
    """A name that no gazetteer has, in the country in which nearly all that the report surely names lies; None where there is no such country."""
    told: Counter[str] = Counter()
    for other, choice in zip(groups, choices, strict=True):
        if choice.option is not None and choice.share >= 0.6 and choice.option.place.country is not None:
            told[choice.option.place.country] += len(other.members) * (1 if other.adjectival else 2)
    code, weight = next(iter(told.most_common(1)), ("", 0))
    country = gazetteer.country(code)
    if country is None or weight < _COUNTRY_SURE * told.total() or weight < 6:
        return None
    where = Where(None, "at", country.lat, country.lon, country.radius_km)
    detail = f"not in the gazetteer; nearly all that the report names lies in {country.name}"
    return replace(blank, country=code, region_key=country.key, where=where, rule="where:coarser", detail=detail, score=0.3)


def _neighbours_of(group: Group, groups: Sequence[Group], choices: Sequence[Choice], wanted: Callable[[Place], bool]) -> list[Place]:
    """The places of the wanted sort that the report surely names, those nearest in the text first."""
    ranked = []
    for other, choice in zip(groups, choices, strict=True):
        if other is group or choice.option is None or choice.share < 0.6 or other.adjectival or choice.option.place.type not in SETTLED:
            continue
        if wanted(choice.option.place):
            gap = min(abs(a - b) for a in group.starts for b in other.starts)
            ranked.append((gap, choice.option.place.key, choice.option.place))
    return [place for _, _, place in sorted(ranked, key=lambda row: row[:2])][:5]


def _around(made: PlaceResolved, towns: Sequence[Place]) -> PlaceResolved:
    """``made`` at the town nearest in the text, with a reach that owns to the doubt."""
    where = Where(None, "at", towns[0].lat, towns[0].lon, _AROUND)
    return replace(made, where=where, detail=f"{made.detail}; placed by {towns[0].name}, which the report names beside it".lstrip("; "))


def explain_places(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """By entity id, why each mention of a place was resolved as it was."""
    reasons: dict[str, list[Evidence]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for found, place, entity in zip(scene.findings.places, scene.places, scene.who.place_ids, strict=True):
        if entity is None or seen[entity, place.rule]:
            continue
        seen[entity, place.rule] += 1
        span = scene.span(found.start, found.end)
        reasons.setdefault(entity, []).append(Evidence("place", place.rule, f"{place.detail}; found by {found.rule}", place.score, span))
    return {entity: tuple(rows) for entity, rows in reasons.items()}
