"""Which place each name of a report means: all names weighed together by containment, nearness, the countries named, and population last."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from dateline.lexicon import load
from dateline.resolution.gazetteer import SETTLED, Gazetteer, Place
from dateline.resolution.gazetteer_names import plain
from dateline.resolution.where_groups import Group, Option

_Floats = NDArray[np.float64]
_HEAT = (2.0, 1.5, 1.2, 1.0, 1.0)
_PRIOR = {"country": 9.0, "region": 5.0, "feature": 3.6, "size": 0.5, "capital": 2.5}
"""What a candidate is worth for what it is; ``size`` is for each e-fold of population."""
_DECAY = (1.0, 0.7, 0.5, 0.35, 0.25, 0.2)
_NEARBY = (1.7, 1.4, 1.0, 0.5)
"""What a place within 30, 80, 160 and 320 kilometres is worth."""
_NEAR, _COUNTRY, _REGION = 2.2, 3.5, 1.6
_GAPS = (1.0, 0.8, 0.6)
_TRUST = 0.5
"""Power of a candidate's share of belief by which it speaks for others; below 1 so that names which are all ambiguous can still settle each other."""
_SMALL, _SEVERAL, _TOLD, _SURELY = 100_000, 4, 0.03, 0.9
_MOST = 1600
_TOGETHER = 400
"""So many names are weighed together, each with each; a text that names more places is weighed part by part in its order, lest a long list cost its square."""
_HELD, _BARELY = 7.0, 2.0
_FELLOW = 3.0
"""What it is worth to be of one kind with all that stand in one list with it: states among states, countries among countries."""
_STRANGE = 0.12
"""A country with a smaller share in what the report names is not spoken of."""
_QUARTER = re.compile(r"(?:the )?(?:(?:north|south)[- ]?(?:east|west)?|east|west|centr(?:al|e))(?:ern)?(?: region| province| state)?", re.IGNORECASE)
_WIDE, _WIDE_KM = 7.0, 400.0
"""What a sea, a continent or a part of one is worth: "the Middle East" is no quarter of Baltimore."""
_BY_NAME, _BY_OTHER_NAME, _BY_UNLIKE_NAME = 0.5, -0.5, -2.0
_UNLIKE = 0.5
_KNOWN = 1.0
"""What it is worth to be the town that the world's news means by a name, not one of its namesakes."""


@dataclass(frozen=True)
class Choice:
    """What a name was found to mean: the best option, the share of belief in it and its near neighbours, the others in order, and each country's share."""

    option: Option | None
    share: float
    others: tuple[Place, ...]
    countries: Mapping[str, float]
    reason: str


class _Board:
    """All candidates of all names as flat arrays, and how each speaks for each other."""

    def __init__(self, groups: Sequence[Group], gazetteer: Gazetteer) -> None:
        most = max(4, min(60, _MOST // max(1, len(groups))))
        self.groups = groups
        self.options = [option for group in groups for option in group.options[:most]]
        sizes = [min(len(group.options), most) for group in groups]
        self.bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        self.owner = np.repeat(np.arange(len(groups)), sizes)
        self.places = [option.place for option in self.options]
        self.prior = np.array([_prior(groups[int(g)], option, gazetteer) for g, option in zip(self.owner, self.options, strict=True)], np.float64)
        self.share: _Floats = np.zeros(len(self.options))
        self.score = self.prior.copy()
        self.speaks = self._speaking(gazetteer) if self.options else np.zeros((0, 0))
        self.closeness = _closeness(groups)
        self.kinds = _codes([_kind(place) for place in self.places])
        self.fellows = _listed(groups)
        self.told_by_list = np.array([place.type not in SETTLED for place in self.places], bool)

    def spans(self) -> list[tuple[int, int]]:
        return list(zip(self.bounds[:-1].tolist(), self.bounds[1:].tolist(), strict=True))

    def spread(self, heat: float) -> None:
        """Turn scores into shares of belief, name by name."""
        for first, last in self.spans():
            if first < last:
                powers = np.exp((self.score[first:last] - self.score[first:last].max()) / heat)
                self.share[first:last] = powers / powers.sum()

    def _speaking(self, gazetteer: Gazetteer) -> _Floats:
        """How strongly the place of the column speaks for that of the row."""
        places = self.places
        lat, lon = np.array([p.lat for p in places]), np.array([p.lon for p in places])
        country = _codes([p.countries[0] if p.countries else "" for p in places])
        admin = _codes([f"{p.countries[0]}.{p.admin1}" if p.countries and p.admin1 else "" for p in places])
        is_country = np.array([p.type == "country" for p in places])
        is_region = np.array([p.key.startswith("region:") for p in places])
        is_settled = np.array([p.type in SETTLED for p in places])
        reach = np.array([p.radius_km for p in places])
        across = _km(lat, lon)
        near = np.select([across < 30, across < 80, across < 160, across < 320], _NEARBY, 0.0)
        same_country = (country[:, None] == country[None, :]) & (country >= 0)[:, None]
        same_admin = (admin[:, None] == admin[None, :]) & (admin >= 0)[:, None]
        speaks: _Floats = np.maximum(near, 0.3 * same_country)
        feature = ~is_settled & ~is_country & ~is_region
        speaks[:, feature] = 0.7 * (across[:, feature] < reach[feature] + 60)
        speaks[:, is_region] = _REGION * same_admin[:, is_region]
        speaks[np.ix_(is_region, is_settled)] = 0.9 * same_admin[np.ix_(is_region, is_settled)]
        for column in np.flatnonzero(is_country):
            speaks[:, column] = [_by_country(place, places[column], gazetteer) for place in places]
        return speaks


def together(groups: Sequence[Group]) -> Iterator[Sequence[Group]]:
    """The groups as they are weighed together: all, or so many at a time, each then knowing those of its part alone."""
    if len(groups) <= _TOGETHER:
        yield groups
        return
    for at in range(0, len(groups), _TOGETHER):
        here = range(at, min(at + _TOGETHER, len(groups)))
        yield [
            replace(
                groups[n],
                container=groups[n].container - at if groups[n].container in here else None,  # type: ignore[operator]
                fellows=tuple(other - at for other in groups[n].fellows if other in here),
            )
            for n in here
        ]


def weigh(groups: Sequence[Group], gazetteer: Gazetteer, *, home: Mapping[str, float] | None = None) -> list[Choice]:
    """The choice for each group; ``home`` gives weights of the countries that speak from outside the text (the outlet's)."""
    board = _Board(groups, gazetteer)
    if board.options:
        for heat in _HEAT:
            board.spread(heat)
            _rescore(board, home or {})
        board.spread(1.0)
    focus = _focus(board, home or {}) if board.options else np.zeros(0)
    return [_choice(board, first, last, focus) for first, last in board.spans()]


def _rescore(board: _Board, home: Mapping[str, float]) -> None:
    told = np.zeros((len(board.options), len(board.groups)))
    weighed = board.speaks * board.share**_TRUST
    for m, (first, last) in enumerate(board.spans()):
        if first < last:
            told[:, m] = weighed[:, first:last].max(axis=1) * board.closeness[board.owner, m]
            told[first:last, m] = 0.0
    told = -np.sort(-told, axis=1)
    decay = np.array([*_DECAY, *([0.1] * told.shape[1])])[: told.shape[1]]
    focus = _focus(board, home)
    board.score = board.prior + _NEAR * (told * decay).sum(axis=1) + _COUNTRY * focus + _containment(board) + _fellowship(board) - _strange(board, focus)


def _kind(place: Place) -> str:
    """Country, region of a country, settlement or feature."""
    if place.key.startswith("region:"):
        return f"region of {place.country}"
    return "settled" if place.type in SETTLED else place.type if place.type == "country" else "feature"


def _fellowship(board: _Board) -> _Floats:
    """What a list says of its members: each may be a country, a state or a sea where the others are that."""
    totals = np.zeros((len(board.groups), int(board.kinds.max()) + 1))
    np.add.at(totals, (board.owner, board.kinds), board.share)
    gain: _Floats = _FELLOW * (board.fellows @ totals)[board.owner, board.kinds] * board.told_by_list
    return gain


def _listed(groups: Sequence[Group]) -> _Floats:
    """For each name (row) how much each of those that stand in one list with it counts."""
    made = np.zeros((len(groups), len(groups)))
    for n, group in enumerate(groups):
        if group.fellows:
            made[n, list(group.fellows)] = 1 / len(group.fellows)
    return made


def _strange(board: _Board, focus: _Floats) -> _Floats:
    """What is found by its consonants alone counts only in a country that the report speaks of."""
    loose = np.array([option.loose for option in board.options])
    made: _Floats = np.where(loose & (focus < _STRANGE), 6.0, 0.0)
    return made


def _prior(group: Group, option: Option, gazetteer: Gazetteer) -> float:
    place = option.place
    if place.type == "country":
        return _PRIOR["country"]
    if place.key.startswith("region:"):
        return _region_prior(group, option, gazetteer)
    if place.key.startswith("place:"):
        return _feature_prior(place)
    score = _PRIOR["size"] * math.log(1 + (place.population or 700) / 500)
    score += _name_prior(option)
    if option.query.type in ("city", "town", "village") and place.type == option.query.type:
        score += 0.5
    if option.loose:
        score += 4.0 * (Levenshtein.normalized_similarity(plain(group.name), plain(place.name)) - 1.0) - 1.0
    if _is_known(group, option):
        score += _KNOWN
    return score + (_PRIOR["capital"] if _is_capital(place, gazetteer) else 0.0)


def _is_known(group: Group, option: Option) -> bool:
    """Whether it is the greatest town of a name that the lexicon keeps as one which news names often."""
    if not option.place.main or plain(option.query.text) not in _known_names():
        return False
    return not any(other.place.main and other.place.type in SETTLED and other.place.population > option.place.population for other in group.options)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(plain(row["name"]) for row in load("city_names.tsv", columns=("name",), key=("name",)))


def _feature_prior(place: Place) -> float:
    if place.radius_km >= _WIDE_KM:
        return _WIDE
    return _PRIOR["feature"] if place.type != "neighbourhood" else 2.6


def _name_prior(option: Option) -> float:
    """What it says that a place bears the name first, as another spelling, or as a wholly other name that few use (Victoria for Hong Kong)."""
    if option.place.main:
        return _BY_NAME
    asked, own = plain(option.query.text), plain(option.place.name)
    alike = own.startswith(f"{asked} ") or asked.startswith(f"{own} ") or Levenshtein.normalized_similarity(asked, own) >= _UNLIKE
    return _BY_OTHER_NAME if alike else _BY_UNLIKE_NAME


def _region_prior(group: Group, option: Option, gazetteer: Gazetteer) -> float:
    if option.query.type == "region":
        return 5.0
    if option.query.type == "admin":
        return 2.0
    seat = any(other.place.type in SETTLED and other.place.admin1 == option.place.admin1 and other.place.population > 50_000 for other in group.options)
    return 1.5 if seat or any(_is_capital(other.place, gazetteer) for other in group.options) else _PRIOR["region"]


def _is_capital(place: Place, gazetteer: Gazetteer) -> bool:
    if place.country is None or place.population < 50_000:
        return False
    capital = gazetteer.capital_name(place.country)
    return bool(capital) and plain(capital) == plain(place.name)


def _focus(board: _Board, home: Mapping[str, float]) -> _Floats:
    """For each candidate, the share that its country has in what the report's other names mean."""
    codes = sorted({code for place in board.places for code in place.countries[:2]} | set(home))
    at = {code: i for i, code in enumerate(codes)}
    weight = np.zeros((len(board.groups), len(codes)))
    for share, place, owner in zip(board.share.tolist(), board.places, board.owner.tolist(), strict=True):
        group = board.groups[owner]
        factor = (0.5 if group.adjectival else 1.0) * share * (1 + math.log(max(1, len(group.members))))
        for code in place.countries[:2]:
            weight[owner, at[code]] += factor
    outside = np.array([home.get(code, 0.0) for code in codes])
    others = weight.sum(axis=0)[None, :] - weight + outside[None, :]
    shares = others / np.maximum(others.sum(axis=1, keepdims=True), 2.0)
    owned = zip(board.places, board.owner.tolist(), strict=True)
    return np.array([max((shares[owner, at[code]] for code in place.countries[:2]), default=0.0) for place, owner in owned])


def _codes(values: list[str]) -> NDArray[np.int64]:
    """Numbers for the values; -1 for the empty one."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) if value else -1 for value in values], np.int64)


def _closeness(groups: Sequence[Group]) -> _Floats:
    """How much two names say of each other, by how near their mentions stand in the text."""
    made = np.full((len(groups), len(groups)), _GAPS[2])
    for n, group in enumerate(groups):
        for m in range(n):
            gap = min((abs(a - b) for a in group.starts[:12] for b in groups[m].starts[:12]), default=10_000)
            made[n, m] = made[m, n] = _GAPS[0] if gap < 150 else _GAPS[1] if gap < 600 else _GAPS[2]
    made[:, [m for m, group in enumerate(groups) if group.adjectival]] *= 0.5
    return made


def _by_country(place: Place, country: Place, gazetteer: Gazetteer) -> float:
    code = country.countries[0]
    if code in place.countries:
        return 0.0 if place.type == "country" else 1.0
    return 0.15 if any(code in gazetteer.neighbours(own) for own in place.countries) else 0.0


def _km(lat: _Floats, lon: _Floats) -> _Floats:
    dy = (lat[:, None] - lat[None, :]) * 111.2
    turn = np.abs(lon[:, None] - lon[None, :])
    dx = np.minimum(turn, 360 - turn) * 111.2 * np.cos(np.radians((lat[:, None] + lat[None, :]) / 2))
    made: _Floats = np.hypot(dx, dy)
    return made


def _containment(board: _Board) -> _Floats:
    """What the text says outright: "Tabqa, Syria" speaks for candidates in Syria, and for the Syria that has a Tabqa."""
    gain: Any = np.zeros(len(board.options))
    spans = board.spans()
    for n, group in enumerate(board.groups):
        if group.container is None:
            continue
        inner, outer = range(*spans[n]), range(*spans[group.container])
        if not inner or not outer:
            continue
        table = np.array([[lies_in(board.places[i], board.places[o]) for o in outer] for i in inner])
        gain[inner.start : inner.stop] += _HELD * (table * board.share[outer.start : outer.stop]).sum(axis=1) - _BARELY
        wide = np.array([3.5 if board.places[o].type in ("region", "country") else 1.0 for o in outer])
        gain[outer.start : outer.stop] += wide * table.any(axis=0)
    made: _Floats = gain
    return made


def lies_in(place: Place, holder: Place) -> bool:
    """Whether a place lies in another."""
    if place.key == holder.key:
        return False
    if holder.type == "country":
        return holder.countries[0] in place.countries
    if holder.key.startswith("region:"):
        if place.admin1:
            return place.country == holder.country and place.admin1 == holder.admin1 and place.type != "country"
        return place.type not in ("country", "region") and set(holder.countries) <= set(place.countries) and place.km_to(holder) < holder.radius_km * 1.3
    return place.type != "country" and place.radius_km <= holder.radius_km and place.km_to(holder) < holder.radius_km + 40


def _far_fetched(board: _Board, at: int, focus: _Floats) -> bool:
    """Whether a small town, none of those that the lexicon keeps, or a mere "North West" lies in a country that the report says nothing of."""
    place, group = board.places[at], board.groups[board.owner[at]]
    small = place.type in SETTLED and place.key.startswith("geonames:") and place.population < _SMALL and not place.aliases
    if _QUARTER.fullmatch(group.name) and place.type != "country":
        return float(focus[at]) < _STRANGE
    told = len(board.groups) >= _SEVERAL or _a_town_is_sure(board, at)
    return small and group.container is None and told and float(focus[at]) < _TOLD


def _a_town_is_sure(board: _Board, at: int) -> bool:
    """Whether the report surely names a town or city elsewhere: enough to doubt a far namesake of something called "beach" or "park"."""
    return any(
        board.share[i] >= _SURELY and board.places[i].type in SETTLED and board.places[i].population >= _SMALL and not board.groups[board.owner[i]].adjectival
        for i in range(len(board.options))
        if board.owner[i] != board.owner[at]
    )


def _choice(board: _Board, first: int, last: int, focus: _Floats) -> Choice:
    if first == last:
        return Choice(None, 0.0, (), {}, "the gazetteer has no such name")
    order = (np.argsort(np.negative(board.score[first:last]), kind="stable") + first).tolist()
    best = board.options[order[0]]
    if best.loose and board.score[order[0]] < -2.0:
        return Choice(None, 0.0, (), {}, "the gazetteer has no such name in the countries that the report speaks of")
    if _far_fetched(board, order[0], focus):
        return Choice(None, 0.0, tuple(board.places[i] for i in order[:5]), {}, f"{best.place.name} lies far from all that the report speaks of")
    near = max(60.0, min(best.place.radius_km, 150.0))
    share = sum(float(board.share[i]) for i in order if board.places[i].km_to(best.place) <= near)
    countries: dict[str, float] = {}
    for i in order:
        country = board.places[i].country
        if country is not None:
            countries[country] = countries.get(country, 0.0) + float(board.share[i])
    reason = f"score {board.score[order[0]]:.1f}, of that {board.prior[order[0]]:.1f} for what it is, the rest for the places named with it"
    return Choice(best, min(1.0, share), tuple(board.places[i] for i in order[1:6]), countries, reason)
