"""From a place and the words before its name to the point meant: "45 km south of", "near", "between", "the northern countryside of"."""

from __future__ import annotations

import math
import re

from dateline.extraction.findings import PlaceFound
from dateline.model import Span, Where

_ANGLES = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}
_PART = re.compile(r"\b(north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?\b(?! of\b)", re.IGNORECASE)
_COARSE = 1.5


def moved(text: str, found: PlaceFound, lat: float | None, lon: float | None, radius: float | None, *, other: tuple[float, float] | None = None) -> Where:
    """The point meant by an expression whose name lies at ``lat``, ``lon`` and reaches ``radius`` kilometres; ``other`` is the second place of "between"."""
    span = Span.of(text, found.start, found.end)
    relation = found.relation
    if lat is None or lon is None or radius is None:
        return Where(None, relation, None, None, None, span)
    if relation == "between":
        if other is None:
            return Where(None, "near", lat, lon, round(radius + 25, 1), span)
        half = _apart(lat, lon, *other) / 2
        return Where(None, relation, round((lat + other[0]) / 2, 5), round((lon + other[1]) / 2, 5), round(half + 5, 1), span)
    direction = relation.removesuffix("_of") if relation.endswith("_of") and relation != "outskirts_of" else None
    if direction in _ANGLES:
        return _directed(found, relation, direction, lat, lon, radius, span)
    if found.distance_km is not None:
        return Where(None, relation, lat, lon, round(found.distance_km + radius, 1), span)
    if relation == "near":
        return Where(None, relation, lat, lon, round(radius + min(25.0, 10 + radius), 1), span)
    if relation in ("outskirts_of", "along"):
        return Where(None, relation, lat, lon, round(radius * _COARSE + 3, 1), span)
    if part := _PART.search(text[found.start : found.name_start]):
        return _parted(part.group(1).lower().replace("-", ""), relation, lat, lon, radius, span)
    return Where(None, relation, lat, lon, round(radius, 1), span)


def _directed(found: PlaceFound, relation: str, direction: str, lat: float, lon: float, radius: float, span: Span) -> Where:
    if found.distance_km is None:
        north, east = _step(lat, lon, _ANGLES[direction], radius + 10)
        return Where(None, relation, north, east, round(radius + 15, 1), span)
    north, east = _step(lat, lon, _ANGLES[direction], found.distance_km)
    return Where(None, relation, north, east, round(min(radius, 15.0) + 0.25 * found.distance_km, 1), span)


def _parted(direction: str, relation: str, lat: float, lon: float, radius: float, span: Span) -> Where:
    """Halfway from the centre to the edge that the words name, with half the reach."""
    north, east = _step(lat, lon, _ANGLES[direction], radius / 2)
    return Where(None, relation, north, east, round(radius * 0.6, 1), span)


def _step(lat: float, lon: float, angle: float, distance: float) -> tuple[float, float]:
    """The point ``distance`` kilometres away at ``angle`` degrees from north."""
    a, d = math.radians(angle), distance / 6371.0
    phi, lam = math.radians(lat), math.radians(lon)
    north = math.asin(math.sin(phi) * math.cos(d) + math.cos(phi) * math.sin(d) * math.cos(a))
    east = lam + math.atan2(math.sin(a) * math.sin(d) * math.cos(phi), math.cos(d) - math.sin(phi) * math.sin(north))
    return round(math.degrees(north), 5), round((math.degrees(east) + 540) % 360 - 180, 5)


def _apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    dy = (lat - other_lat) * 111.2
    dx = (lon - other_lon) * 111.2 * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(dx, dy)
