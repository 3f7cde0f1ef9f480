"""Where a circle is that a person asks for: around a point, a place that the record knows, or one of the gazetteer."""

from __future__ import annotations

import math
import re

from dateline.errors import UsageError
from dateline.record.circle import Circle, distance
from dateline.record.questions import worlds_of
from dateline.record.store import Record
from dateline.record.whom import World, place_meant
from dateline.resolution.gazetteer import Place

_POINT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)\s*")

_APART = 25.0
"""Points of one name further apart than this (in km) are several places."""

MOST_KM = 20_000.0
"""Half around the earth: further away nothing lies."""


def circle_around(record: Record, words: str, km: float) -> Circle:
    """The circle of so many kilometres around ``35.95,39.01``, a name that the record knows, ``geonames:ID`` or a name of the gazetteer.

    Raises ``UsageError`` where there is no such place, none with a point, or several.
    """
    if not (math.isfinite(km) and 0 < km <= MOST_KM):
        raise UsageError("a distance lies between 0 and 20,000 km", given=str(km), mend="give kilometres, e.g. 20")
    if found := _POINT.fullmatch(words):
        lat, lon = float(found[1]), float(found[2])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise UsageError("there is no such point", given=words, mend="give LAT,LON in degrees, e.g. 35.95,39.01")
        return Circle(lat, lon, km)
    return _around_name(record, words, km)


def _around_name(record: Record, words: str, km: float) -> Circle:
    points = _known_points(record, words)
    if not points:
        place = place_meant(words, {"entities": []}, World(), needed=False) or _listed(words)
        return Circle(place.lat, place.lon, km)
    first = next(iter(points.values()))
    if any(distance(*first, *other) > _APART for other in points.values()):
        listed = "; ".join(f"{lat:g},{lon:g} ({world})" for world, (lat, lon) in points.items())
        raise UsageError("the record knows several places of this name", given=words, mend=f"give the point that is meant: {listed}")
    return Circle(*first, km)


def _listed(words: str) -> Place:
    """The one place of the gazetteer of this name; several or none are told."""
    world = World()
    if not list(world.gazetteer.named(words)):
        raise UsageError("neither the record nor the gazetteer knows a place of this name", given=words, mend="give its point, as 35.95,39.01, or geonames:ID")
    place = place_meant(words, {"entities": []}, world, needed=True)
    if place is None:
        raise UsageError("there is no such place", given=words, mend="give its point, as 35.95,39.01")
    return place


def _known_points(record: Record, words: str) -> dict[str, tuple[float, float]]:
    """By key the points of the record's places of this name."""
    if words.startswith("geonames:"):
        worlds = [words]
    else:
        try:
            worlds = worlds_of(record, words, kinds=("geonames", "place"))
        except UsageError:
            return {}  # the gazetteer may know it
    query = "SELECT world, lat, lon FROM entity WHERE world = :world AND lat IS NOT NULL AND lon IS NOT NULL LIMIT 1"
    rows = [row for world in worlds for row in record.rows(query, {"world": world})]
    return {row["world"]: (row["lat"], row["lon"]) for row in rows}
