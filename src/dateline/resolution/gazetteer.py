"""The gazetteer: which places in the world bear a name, from the built index, the lexicons of countries, regions and features, and users' files."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from dateline.lexicon import data_file, load
from dateline.resolution.gazetteer_index import TYPES, Index, Row
from dateline.resolution.gazetteer_names import key, loose, number, plain

COUNTRY_COLUMNS = ("country", "name", "aliases", "lat", "lon")
REGION_COLUMNS = ("country", "code", "name", "kind", "aliases", "lat", "lon", "radius_km")
PLACE_COLUMNS = ("name", "aliases", "type", "country", "lat", "lon", "radius_km")
DEMONYM_COLUMNS = ("demonym", "country", "use")
WIDER_COLUMNS = ("demonym", "place", "use")
SETTLED = frozenset({"city", "town", "village", "neighbourhood"})
_GREAT, _SAME = 40.0, 15.0
_RADIUS = {"city": 12.0, "town": 6.0, "village": 3.0, "neighbourhood": 3.0, "facility": 3.0, "admin": 30.0, "region": 100.0}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the world, a candidate for what a name means."""

    key: str
    """``geonames:172955``, ``country:SY``, ``region:SY.04`` or ``place:bekaa valley``."""
    name: str
    type: str
    countries: tuple[str, ...]
    """ISO codes; several where it lies across borders, none where it belongs to many."""
    admin1: str
    lat: float
    lon: float
    radius_km: float
    population: int
    geonames_id: int | None = None
    main: bool = True
    """Whether the name looked up is its main name rather than an alternate one."""
    aliases: tuple[str, ...] = ()

    @property
    def country(self) -> str | None:
        """The ISO code of the country it lies in, where it is one."""
        return self.countries[0] if len(self.countries) == 1 else None

    def km_to(self, other: Place) -> float:
        """Distance in kilometres between the two centres."""
        return km(self.lat, self.lon, other.lat, other.lon)


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


class Gazetteer:
    """All places that the program knows; opened once, read only."""

    def __init__(self, index: Index, added: tuple[Index, ...] = ()) -> None:
        self._index = index
        self._added = added

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer over the package's index, or over the index ``path``.

        Raises ``GazetteerError`` where it is missing or damaged.
        """
        return cls(Index.open(path or Path(str(data_file("gazetteer.bin")))))

    def with_user_places(self, path: str | Path) -> Gazetteer:
        """This gazetteer and the places of a user's file: a table (TSV), a GeoNames dump, or an index written by ``add_places``.

        Raises ``GazetteerError``, naming line and mend.
        """
        from dateline.resolution.gazetteer_user import open_user_places

        return Gazetteer(self._index, (*self._added, open_user_places(Path(path), base=self._index)))

    def __len__(self) -> int:
        return len(self._index) + sum(map(len, self._added))

    def verify(self) -> None:
        """Raise ``GazetteerError`` where the index is damaged."""
        for index in (self._index, *self._added):
            index.verify()

    def named(self, name: str) -> tuple[Place, ...]:
        """The places that bear this name in some spelling: countries, regions and features first, then towns, most populous first."""
        form = key(name)
        if not form:
            return ()
        own = list(self._lexicon.get(form, ()))
        hashed = number(form)
        for index in (*self._added, self._index):
            for at, main in index.exact(hashed):
                own = _joined(own, _place(index.row(at), main=main))
        return tuple(own)

    def resembling(self, name: str) -> tuple[Place, ...]:
        """Places whose name may be another transliteration of this one."""
        form = loose(name)
        if form is None:
            return ()
        hashed = number(form)
        found = [_place(index.row(at), main=False) for index in (*self._added, self._index) for at in index.loosely(hashed)]
        return (*self._loose_lexicon.get(form, ()), *found)

    def country(self, code: str) -> Place | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    def region(self, country: str, code: str) -> Place | None:
        """The first-level region with this GeoNames code; one without a name in the lexicon is called after its greatest town."""
        whole = f"{country}.{code}"
        if whole in self._regions:
            return self._regions[whole]
        extent = self._extents.get(whole)
        seat = self.by_id(int(extent[3])) if extent is not None and code else None
        if extent is None or seat is None:
            return None
        return Place(f"region:{whole}", f"region of {seat.name}", "region", (country,), code, extent[0], extent[1], extent[2], 0)

    def region_around(self, town: Place) -> Place | None:
        """The first-level region that a town lies in."""
        code = town.country
        return self.region(code, town.admin1) if code else None

    def region_named_after(self, town: Place) -> Place | None:
        """The region whose greatest town this is, for "Homs province"."""
        region = self.region_around(town)
        seat = self._extents.get(f"{town.country}.{town.admin1}")
        return region if region is not None and seat is not None and seat[3] == town.geonames_id else None

    def has_regions_called(self, word: str, country: str | None) -> bool:
        """Whether a country's first-level divisions go by this word; where the lexicon does not name them, any word may be meant."""
        kinds = self._region_kinds.get(country or "", set())
        return not kinds or word in kinds or (word == "region" and "oblast" in kinds)

    def counties(self, name: str) -> tuple[Place, ...]:
        """The states of the United States that have a county (or parish, borough) of this full name."""
        states = self._index.tables["counties"].get(name.casefold().removeprefix("the "), [])
        return tuple(region for state in states if (region := self.region("US", state)) is not None)

    def demonym(self, word: str) -> str | None:
        """The country whose people or adjective this word is."""
        return self._demonyms.get(word)

    def people_of(self, word: str) -> Place | None:
        """The place whose people or adjective this word is: a region or continent first ("Chechen", "European"), else a country."""
        wider = self._wider_demonyms.get(word)
        if wider is not None:
            return next(iter(self.named(wider)), None)
        code = self.demonym(word)
        return self.country(code) if code else None

    def capital(self, code: str) -> Place | None:
        """The capital of a country."""
        name = self._facts.get(code, {}).get("capital")
        found = [place for place in self.named(name) if place.country == code and place.type in SETTLED] if name else []
        return max(found, key=lambda place: place.population, default=None)

    def capital_name(self, code: str) -> str:
        """The name of a country's capital, or nothing."""
        return str(self._facts.get(code, {}).get("capital") or "")

    def neighbours(self, code: str) -> frozenset[str]:
        """The countries that border on a country."""
        return frozenset(self._facts.get(code, {}).get("neighbours", ()))

    def by_id(self, geonames_id: int) -> Place | None:
        """The place with this GeoNames id."""
        for index in (*self._added, self._index):
            at = index.by_id(geonames_id)
            if at is not None:
                return _place(index.row(at), main=True)
        return None

    def settled(self) -> tuple[Any, Any, Any, Any]:
        """Of all cities, towns and villages the place in the index, latitude, longitude and people, most populous first."""
        a = self._index.array
        rows = np.flatnonzero(np.isin(a["type"], [TYPES.index(t) for t in SETTLED - {"neighbourhood"}]))
        rows = rows[np.argsort(-a["population"][rows].astype(np.int64), kind="stable")]
        return rows, a["lat"][rows] / 1e5, a["lon"][rows] / 1e5, a["population"][rows].astype(np.int64)

    def settled_at(self, at: int) -> Place:
        """The place at a place in the index, as ``settled`` gives it."""
        return _place(self._index.row(at), main=True)

    @cached_property
    def _facts(self) -> dict[str, dict[str, Any]]:
        facts: dict[str, dict[str, Any]] = self._index.tables["country_facts"]
        return facts

    @cached_property
    def _countries(self) -> dict[str, Place]:
        return {row["country"]: self._country(row) for row in load("countries.tsv", columns=COUNTRY_COLUMNS, key=("country",))}

    def _country(self, row: dict[str, str]) -> Place:
        facts = self._facts.get(row["country"], {})
        radius = max(5.0, math.sqrt(facts.get("area", 100_000) / math.pi))
        return Place(
            f"country:{row['country']}", row["name"], "country", (row["country"],), "", float(row["lat"]), float(row["lon"]), round(radius),
            int(facts.get("population", 0)), facts.get("id"), aliases=_listed(row["aliases"]),
        )  # fmt: skip

    @cached_property
    def _regions(self) -> dict[str, Place]:
        rows = load("regions.tsv", columns=REGION_COLUMNS, key=("country", "code"))
        extents = self._extents
        return {code: _region(code, extents[code], row) for row in rows if (code := f"{row['country']}.{row['code']}") in extents}

    @cached_property
    def _region_kinds(self) -> dict[str, set[str]]:
        words: dict[str, set[str]] = defaultdict(set)
        for row in load("regions.tsv", columns=REGION_COLUMNS, key=("country", "code")):
            words[row["country"]].add(row["kind"])
        return dict(words)

    @cached_property
    def _extents(self) -> dict[str, list[float]]:
        extents: dict[str, list[float]] = self._index.tables["admin1"]
        return extents

    @cached_property
    def _features(self) -> tuple[Place, ...]:
        return tuple(self._feature(row) for row in load("places.tsv", columns=PLACE_COLUMNS, key=("name", "country")))

    def _feature(self, row: dict[str, str]) -> Place:
        """A row of our lexicon; a town of it that the index has too is that town, under all its names."""
        own = Place(
            f"place:{plain(row['name'])}", row["name"], row["type"], tuple(row["country"].split()), "", float(row["lat"]), float(row["lon"]),
            float(row["radius_km"]), 0, aliases=_listed(row["aliases"]),
        )  # fmt: skip
        if own.type not in SETTLED or own.type == "neighbourhood":
            return own
        for name in (own.name, *own.aliases):
            for at, _ in self._index.exact(number(key(name))):
                found = _place(self._index.row(at), main=True)
                if found.countries[:1] == own.countries[:1] and own.km_to(found) < _SAME:
                    kind = own.type if found.population == 0 else found.type
                    return replace(found, name=own.name, type=kind, radius_km=own.radius_km, aliases=own.aliases)
        return own

    @cached_property
    def _lexicon(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in (*self._countries.values(), *self._regions.values(), *self._features):
            for form in dict.fromkeys(key(name) for name in (place.name, *place.aliases)):
                found[form].append(place)
        return dict(found)

    @cached_property
    def _loose_lexicon(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for form, places in self._lexicon.items():
            skeleton = loose(form)
            if skeleton is not None:
                found[skeleton].extend(place for place in places if place not in found[skeleton])
        return dict(found)

    @cached_property
    def _wider_demonyms(self) -> dict[str, str]:
        return {row["demonym"]: row["place"] for row in load("demonyms_places.tsv", columns=WIDER_COLUMNS, key=("demonym",))}

    @cached_property
    def _demonyms(self) -> dict[str, str]:
        return {row["demonym"]: row["country"] for row in load("demonyms.tsv", columns=DEMONYM_COLUMNS, key=("demonym",))}


def _region(code: str, extent: list[float], row: dict[str, str]) -> Place:
    """A region of the lexicon; where its row gives no centre, that of its towns."""
    lat, lon, radius = (float(row["lat"]), float(row["lon"]), float(row["radius_km"])) if row["lat"] else extent[:3]
    aliases = (*_listed(row["aliases"]), f"{row['name']} {row['kind']}")
    return Place(f"region:{code}", row["name"], "region", (row["country"],), row["code"], lat, lon, radius, 0, aliases=aliases)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def _place(row: Row, *, main: bool) -> Place:
    radius = row.radius_km or _reach(row)
    countries = (row.country,) if row.country else ()
    made = f"geonames:{row.id}" if row.id > 0 else f"user:{plain(row.name)}:{row.lat:.3f}:{row.lon:.3f}"
    return Place(made, row.name, row.type, countries, row.admin1, row.lat, row.lon, radius, row.population, row.id if row.id > 0 else None, main)


def _reach(row: Row) -> float:
    if row.type == "city":
        return min(_GREAT, round(2.0 + 0.012 * math.sqrt(row.population), 1))
    return _RADIUS.get(row.type, 10.0)


def _joined(own: list[Place], found: Place) -> list[Place]:
    """``own`` and ``found``, unless that is among them already."""
    return own if any(place.key == found.key for place in own) else [*own, found]


def nearest(place: Place, others: Iterable[Place]) -> float | None:
    """Distance in kilometres to the nearest of ``others``."""
    return min((place.km_to(other) for other in others), default=None)
