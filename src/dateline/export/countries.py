"""Countries in the codes of the field, and the regions that places lie in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.record.happenings import Spot
from dateline.record.rows import fold
from dateline.resolution.gazetteer import Gazetteer, Place


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its codes; a code that a scheme does not have is None."""

    code: str
    name: str
    iso3: str
    numeric: int | None
    fips: str | None
    cameo: str
    gw: int | None
    cow: int | None
    acled_region: str | None
    ucdp_region: str | None


@cache
def _countries() -> dict[str, Country]:
    names = {r["country"]: r["name"] for r in load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",))}
    columns = ("country", "iso3", "numeric", "fips", "cameo", "gw", "cow", "acled_region", "ucdp_region")
    return {
        r["country"]: Country(
            r["country"], names.get(r["country"], r["country"]), r["iso3"], _whole(r["numeric"]), r["fips"] or None, r["cameo"], _whole(r["gw"]),
            _whole(r["cow"]), r["acled_region"] or None, r["ucdp_region"] or None,
        )
        for r in load("country_codes.tsv", columns=columns, key=("country",))
    }  # fmt: skip


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def country_of(code: str | None) -> Country | None:
    """The country of an ISO 3166-1 alpha-2 code."""
    return _countries().get(code) if code else None


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


@cache
def _place(geonames_id: int) -> tuple[Place | None, Place | None]:
    place = _gazetteer().by_id(geonames_id)
    return place, _gazetteer().region_around(place) if place is not None else None


def country_named(name: str) -> str | None:
    """The code of the country that a table means by a name: its name or an alias, also before or in brackets ("Myanmar (Burma)"), or its ISO code."""
    before, _, inside = name.partition("(")
    named = next((code for words in (name, before, inside.rstrip(") ")) if (code := _names().get(fold(words))) is not None), None)
    return named or next((c.code for c in _countries().values() if name in (c.code, c.iso3)), None)


@cache
def _names() -> dict[str, str]:
    rows = load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",))
    aliases = {fold(a): r["country"] for r in rows for a in r["aliases"].split("; ") if a}
    return {**aliases, **{fold(r["name"]): r["country"] for r in rows}}


def map_name(spot: Spot) -> str:
    """What the point of a place is called: the country where no more is known than that the place lies in it, and the middle of the country stands for it."""
    country = country_of(spot.country) if spot.type == "country" else None
    return country.name if country is not None else spot.name


def told_name(spot: Spot) -> str:
    """The place as people read it beside a point, with the country where the point is only the country's."""
    shown = map_name(spot)
    return spot.name if shown.casefold() == spot.name.casefold() else f"{spot.name} (somewhere in {shown})"


def region_of(spot: Spot) -> tuple[str | None, str | None]:
    """Name and GeoNames code of the first-level region that a place lies in or is; None where the gazetteer does not say."""
    if spot.geonames_id is None:
        return (spot.name, None) if spot.type in ("region", "admin") else (None, None)
    _, region = _place(spot.geonames_id)
    # A region without a row of its own is called after its greatest town: that is no name to write into a table.
    if region is None or region.name.startswith("region of "):
        return None, region.admin1 if region is not None else None
    return region.name, region.admin1
