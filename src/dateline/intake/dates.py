"""Calendar dates as the heads of reports and their metadata write them, read into ISO 8601; nothing relative, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)\b"
_CLOCK = (
    r"(?:\s*[,|·–-]?\s*(?:at\s+)?(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?)\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
    r"\s*(?P<zone>\(?(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?|[ECMP][SD]?T|BST|CES?T|EES?T|MSK|PKT|WAT|EAT|HKT|JST|SGT|A[EW][SD]T|Z)?(?!\w))?"
)
_LONG = re.compile(
    rf"(?:{WEEKDAY},?\s+)?(?:{_MONTH}\s+{_DAY}(?:\s*,?\s+{_YEAR})?|{_DAY.replace('<day>', '<day2>')}\s+(?:of\s+)?{_MONTH.replace('<month>', '<month2>')}"
    rf"(?:\s*,?\s+{_YEAR.replace('<year>', '<year2>')})?){_CLOCK}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?!\d)"
)
_SLASHED = re.compile(r"(?<![\d/])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/])")
_ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "PKT": 5, "WAT": 1, "EAT": 3, "HKT": 8, "JST": 9, "SGT": 8, "AEST": 10, "AEDT": 11, "AWST": 8,
}  # fmt: skip
_AMERICAN = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A calendar date in a text; ``iso`` is a date or date-time, None where no year is written."""

    start: int
    end: int
    iso: str | None
    month: int
    day: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> tuple[DateFound, ...]:
    """The calendar dates between two offsets, in order; those that no calendar has ("31 June") are left out."""
    stop = len(text) if end is None else end
    found = [*_long(text, start, stop), *_numeric(text, start, stop), *_slashed(text, start, stop)]
    return tuple(sorted(found, key=lambda f: f.start))


def _long(text: str, start: int, end: int) -> Iterator[DateFound]:
    for m in _LONG.finditer(text, start, end):
        month = _MONTHS[(m["month"] or m["month2"]).lower().rstrip(".")]
        day = int(m["day"] or m["day2"])
        year = m["year"] or m["year2"]
        if year is None:
            if day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
                yield DateFound(m.start(), _without_clock(m), None, month, day)
            continue
        iso = _iso(int(year), month, day, m["hour"], m["minute"], m["half"], m["zone"])
        if iso is not None:
            yield DateFound(m.start(), m.end(), iso, month, day)


def _without_clock(m: re.Match[str]) -> int:
    return max(m.end(name) for name in ("month", "day", "month2", "day2"))


def _numeric(text: str, start: int, end: int) -> Iterator[DateFound]:
    for m in _NUMERIC.finditer(text, start, end):
        iso = _iso(int(m["year"]), int(m["month"]), int(m["day"]), m["hour"], m["minute"], None, m["zone"])
        if iso is not None:
            yield DateFound(m.start(), m.end(), iso, int(m["month"]), int(m["day"]))


def _slashed(text: str, start: int, end: int) -> Iterator[DateFound]:
    """``20/10/2017`` and ``20.10.2017``; with a slash only where the day cannot be a month, or is the same number."""
    for m in _SLASHED.finditer(text, start, end):
        first, second = int(m["first"]), int(m["second"])
        if m["mark"] == "." or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            day, month = second, first
        else:
            continue
        iso = _iso(int(m["year"]), month, day, None, None, None, None)
        if iso is not None:
            yield DateFound(m.start(), m.end(), iso, month, day)


def _iso(year: int, month: int, day: int, hour: str | None, minute: str | None, half: str | None, zone: str | None) -> str | None:
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return when.isoformat()  # the day stands where no clock has the time
    h = int(hour)
    if half:
        if not 1 <= h <= 12:
            return when.isoformat()
        h = h % 12 + (12 if half[0] in "Pp" else 0)
    return f"{when.isoformat()}T{h:02d}:{minute}:00{_offset(zone, when)}"


def _offset(zone: str | None, when: date) -> str:
    if not zone:
        return ""
    name = zone.strip("() ").upper().replace(" ", "")
    numeric = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", name)
    if numeric and (int(numeric[2]) > 14 or int(numeric[3] or 0) > 59):
        return ""  # no zone of the world lies so far off
    if numeric:
        return f"{numeric[1]}{int(numeric[2]):02d}:{numeric[3] or '00'}"
    if name in _AMERICAN:
        hours = _AMERICAN[name] + _summer(when)
    elif name in _ZONES:
        hours = _ZONES[name]
    else:
        return ""
    return f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00"


def _summer(when: date) -> int:
    """1 while North American clocks are on summer time (from 2007: second Sunday of March to first of November), else 0."""
    begin = _sunday(when.year, 3, 2) if when.year >= 2007 else _sunday(when.year, 4, 1)
    end = _sunday(when.year, 11, 1) if when.year >= 2007 else _sunday(when.year, 11, 1) - timedelta(days=7)
    return int(begin <= when < end)


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


def in_either_order(words: str) -> tuple[str, str] | None:
    """The days that a value such as ``05/03/2019`` may be, the day first and the month first; None where it is no such value."""
    m = _SLASHED.match(words.strip())
    if m is None or m["mark"] == "." or not (1 <= int(m["first"]) <= 12 and 1 <= int(m["second"]) <= 12) or m["first"] == m["second"]:
        return None
    a, b, year = int(m["first"]), int(m["second"]), int(m["year"])
    return date(year, b, a).isoformat(), date(year, a, b).isoformat()


def read_date(words: str) -> str | None:
    """The ISO date or date-time that a metadata value states (ISO 8601, RFC 2822, ``20171020``, or in words), or None."""
    words = words.strip()
    compact = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d)?(Z)?)?", words)
    if compact:
        return _iso(int(compact[1]), int(compact[2]), int(compact[3]), compact[4], compact[5], None, compact[6])
    found = _NUMERIC.match(words)
    if found:
        return _exact(words) or next((f.iso for f in find_dates(words)), None)
    if re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d", words):
        try:
            return parsedate_to_datetime(words).isoformat()
        except (ValueError, TypeError, IndexError):
            return None
    return next((f.iso for f in find_dates(words) if f.iso), None)


def _exact(words: str) -> str | None:
    """The value as it stands where it is ISO 8601 already, without fractions of a second."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        try:
            return date.fromisoformat(words).isoformat()
        except ValueError:
            return None
    try:
        return datetime.fromisoformat(words).replace(microsecond=0).isoformat()
    except ValueError:
        return None
