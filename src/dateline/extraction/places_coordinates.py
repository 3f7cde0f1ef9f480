"""Points of the map that a report writes out: ``36°20′N 43°08′E``, ``36.335 N, 43.119 E``, ``coordinates 36.3350, 43.1189``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.extraction.findings import MentionFound, PlaceFound

_MINUTES = r"(\d{1,2}(?:\.\d+)?)\s?['′’]\s?(?:(\d{1,2}(?:\.\d+)?)\s?(?:[\"″”]|'')\s?)?"
_SEXAGESIMAL = re.compile(rf"(?<![\d.])(\d{{1,2}})\s?°\s?{_MINUTES}([NS])[\s,;/]{{1,3}}(\d{{1,3}})\s?°\s?{_MINUTES}([EW])\b")
_LETTERED = re.compile(r"(?<![\d.])(\d{1,2}\.\d+)\s?°?\s?([NS])[\s,;/]{1,3}(\d{1,3}\.\d+)\s?°?\s?([EW])\b")
_BARE = re.compile(r"(?<![\d.$€£-])(-?\d{1,2}\.\d{3,8})\s?°?\s?[,;]\s?(-?\d{1,3}\.\d{3,8})(?![\d%]|\.\d)")
_TOLD = re.compile(r"\b(?:co-?ordinates?|geolocat\w+|geo-?location|location|lat(?:itude)?|GPS)\b[^.]{0,40}$", re.IGNORECASE)
_SURE_DIGITS = 4
"""Two bare numbers of so many decimals are a point even where no word says so."""


@dataclass(frozen=True, slots=True)
class PointFound:
    """A point as written: its characters, degrees north and east, and how far off it may be by the digits given, in kilometres."""

    start: int
    end: int
    lat: float
    lon: float
    radius_km: float


def find_points(text: str) -> tuple[PointFound, ...]:
    """The points that ``text`` writes out, in order; numbers that are no point of the globe are left out."""
    found = sorted((*_sexagesimal(text), *_lettered(text), *_bare(text)), key=lambda p: (p.start, -p.end))
    kept: list[PointFound] = []
    for point in found:
        if abs(point.lat) <= 90 and abs(point.lon) <= 180 and (not kept or kept[-1].end <= point.start):
            kept.append(point)
    return tuple(kept)


def characters(points: Iterable[PointFound | PlaceFound | MentionFound]) -> frozenset[int]:
    """The characters of a text that points take up; what touches one of them is no name."""
    return frozenset(i for point in points for i in range(point.start, point.end))


def _sexagesimal(text: str) -> Iterator[PointFound]:
    for m in _SEXAGESIMAL.finditer(text):
        lat, lon = _degrees(*m.group(1, 2, 3, 4)), _degrees(*m.group(5, 6, 7, 8))
        yield PointFound(m.start(), m.end(), lat, lon, 0.1 if m.group(3) else 2.0)


def _degrees(whole: str, minutes: str, seconds: str | None, side: str) -> float:
    value = int(whole) + float(minutes) / 60 + float(seconds or 0) / 3600
    return round(-value if side in "SW" else value, 6)


def _lettered(text: str) -> Iterator[PointFound]:
    for m in _LETTERED.finditer(text):
        lat, lon = (float(m.group(n)) * (-1 if m.group(n + 1) in "SW" else 1) for n in (1, 3))
        yield PointFound(m.start(), m.end(), lat, lon, _reach(m.group(1), m.group(3)))


def _bare(text: str) -> Iterator[PointFound]:
    for m in _BARE.finditer(text):
        digits = min(len(m.group(n).partition(".")[2]) for n in (1, 2))
        if digits >= _SURE_DIGITS or _TOLD.search(text[max(0, m.start() - 60) : m.start()]):
            yield PointFound(m.start(), m.end(), float(m.group(1)), float(m.group(2)), _reach(m.group(1), m.group(2)))


def _reach(*numbers: str) -> float:
    """Kilometres that the last digit given stands for, at least 50 metres."""
    digits = min(len(number.partition(".")[2]) for number in numbers)
    return max(0.05, round(111.2 * 10.0**-digits, 2))
