"""Towns of the gazetteer for the map's labels: the largest in a frame, as many as a zoom has room for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.resolution.gazetteer import Gazetteer
from dateline.web.desk import Desk
from dateline.web.selection import Frame

_LEAST = ((3.5, 1_000_000), (4.5, 500_000), (5.5, 150_000), (6.5, 50_000), (7.5, 15_000), (8.5, 5_000), (9.5, 1_000))
"""Below a zoom, only towns of at least so many people."""


@dataclass(frozen=True)
class Towns:
    """All settled places of the gazetteer, largest first, in columns."""

    at: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    people: NDArray[np.int64]


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


@cache
def _towns() -> Towns:
    return Towns(*_gazetteer().settled())


def labels(desk: Desk, frame: Frame, *, zoom: float, limit: int) -> dict[str, Any]:
    """The largest towns in a frame, largest first."""
    towns = _towns()
    least = next((people for above, people in _LEAST if zoom < above), 0)
    inside = (towns.people >= least) & (towns.lat >= frame.south) & (towns.lat <= frame.north)
    across = np.zeros(len(towns.at), np.bool_)
    for west, east in frame.spans():
        across |= (towns.lon >= west) & (towns.lon <= east)
    rows = np.flatnonzero(inside & across)
    places = [_gazetteer().settled_at(int(towns.at[n])) for n in rows[:limit]]
    items = [
        {
            "name": p.name, "lat": p.lat, "lon": p.lon, "population": p.population, "country": p.country, "type": p.type, "geonames_id": p.geonames_id,
        }
        for p in places
    ]  # fmt: skip
    return {"count": len(rows), "items": items}
