"""What lies within so many kilometres of a point, on either store: by PostGIS where the server has it, else by a frame and the distance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dateline.record.connection import Connection

if TYPE_CHECKING:
    from dateline.record.store import Record

EARTH_KM = 6371.0087714
"""Mean radius of the earth, by which PostGIS measures on a sphere too."""

_SPOT = "geography(ST_MakePoint({lon}, {lat}))"

INDEX = "CREATE INDEX IF NOT EXISTS event_spot ON event USING gist (" + _SPOT.format(lon="lon", lat="lat") + ")"
"""Finds events by their points on a server that has PostGIS."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A point and the distance around it, in degrees and kilometres."""

    lat: float
    lon: float
    km: float

    def holds(self, lat: float | None, lon: float | None) -> bool:
        """Whether a point lies within it; what has no point does not."""
        return lat is not None and lon is not None and distance(self.lat, self.lon, lat, lon) <= self.km

    def holds_all(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of many points lie within it; what has no point (NaN) does not."""
        a, b, c, d = np.radians(self.lat), np.radians(self.lon), np.radians(lat), np.radians(lon)
        h = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
        found: NDArray[np.bool_] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, h))) <= self.km
        return found

    def spans(self) -> tuple[float, float, tuple[tuple[float, float], ...]]:
        """South and north of a frame around it, and the stretches of longitude: two across the 180th meridian, all of them at a pole."""
        high = math.degrees(self.km / EARTH_KM) + 1e-6
        south, north = self.lat - high, self.lat + high
        if south <= -90 or north >= 90:
            return max(south, -90.0), min(north, 90.0), ((-180.0, 180.0),)
        reach = math.sin(math.radians(high)) / math.cos(math.radians(self.lat))
        wide = 180.0 if reach >= 1 else math.degrees(math.asin(reach)) + 1e-6
        west, east = self.lon - wide, self.lon + wide
        if wide >= 180:
            return south, north, ((-180.0, 180.0),)
        if west < -180:
            return south, north, ((west + 360, 180.0), (-180.0, east))
        if east > 180:
            return south, north, ((west, 180.0), (-180.0, east - 360))
        return south, north, ((west, east),)

    def test(self, connection: Connection, table: str) -> tuple[str, dict[str, float]]:
        """What a row of a table with ``lat`` and ``lon`` must hold, and the values; but for PostGIS, ``holds`` is to be asked besides."""
        if has_postgis(connection):
            spot = _SPOT.format(lon=f"{table}.lon", lat=f"{table}.lat")
            centre = _SPOT.format(lon=":centre_lon", lat=":centre_lat")
            return f"ST_DWithin({spot}, {centre}, :metres, false)", {"centre_lon": self.lon, "centre_lat": self.lat, "metres": self.km * 1000}
        south, north, stretches = self.spans()
        across = " OR ".join(f"{table}.lon BETWEEN :west{n} AND :east{n}" for n in range(len(stretches)))
        values = {f"{side}{n}": edge for n, stretch in enumerate(stretches) for side, edge in zip(("west", "east"), stretch, strict=True)}
        return f"{table}.lat BETWEEN :south AND :north AND ({across})", {"south": south, "north": north, **values}


def at_places(table: str, worlds: Sequence[str]) -> tuple[str, dict[str, list[str]]]:
    """What an event must hold to lie at one of these places or in one of these countries, and the values; one test where one will do, so that an
    index gives them in the order of their days."""
    countries = [w.removeprefix("country:") for w in worlds if w.startswith("country:")]
    others = [w for w in worlds if not w.startswith("country:")]
    if countries and not others:
        # The place of what is told of a country as a whole is the country.
        return f"{table}.country IN :countries", {"countries": countries}
    if others and not countries:
        return f"{table}.place IN :worlds", {"worlds": others}
    return f"({table}.place IN :worlds OR {table}.country IN :countries)", {"worlds": list(worlds), "countries": countries}


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points along a great circle."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def has_postgis(connection: Connection) -> bool:
    """Whether the database measures on the globe itself."""
    return not connection.sqlite and connection.rows("SELECT to_regtype('geography') AS held")[0]["held"] is not None


def places_within(record: Record, circle: Circle) -> list[str]:
    """The keys of the places whose points lie within the circle."""
    south, north, stretches = circle.spans()
    across = " OR ".join(f"lon BETWEEN :west{n} AND :east{n}" for n in range(len(stretches)))
    values = {f"{side}{n}": edge for n, stretch in enumerate(stretches) for side, edge in zip(("west", "east"), stretch, strict=True)}
    rows = record.rows(
        f"SELECT DISTINCT world, lat, lon FROM entity WHERE lat BETWEEN :south AND :north AND ({across}) AND kind = 'place' ORDER BY world",
        {"south": south, "north": north, **values},
    )
    return sorted({row["world"] for row in rows if circle.holds(row["lat"], row["lon"])})
