"""Feasts and holidays reckoned for a year: fixed days, Easter, the Islamic, Hebrew and Chinese calendars.

Feasts that hang on the sighting of the moon are reckoned by the tabular calendar and come back as approximate.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from math import radians, sin

from dateline.lexicon import load
from dateline.resolution.when_calendar import Interval


@cache
def _reckonings() -> dict[str, str]:
    return {row["name"]: row["reckoning"] for row in load("named_times.tsv", columns=("name", "reckoning", "note"), key=("name",))}


@cache
def named_in(name: str, year: int) -> tuple[Interval, ...]:
    """The days of a named time that begin in a year; two where an Islamic feast falls twice in it."""
    kind, *rest = _reckonings()[name].split()
    if not 1583 <= year <= 2200:
        return ()
    if kind in ("fixed", "around"):
        month, day = (int(x) for x in rest[0].split("-"))
        start = date(year, month, day)
        return (Interval(start, start, "day"),) if kind == "fixed" else (Interval(start - timedelta(1), start, "day", approximate=True),)
    if kind == "hebrew":
        start = _hebrew(rest[0], year)
        return (_run(start, int(rest[1])),)
    numbers = [int(x) for x in rest]
    if kind == "nth":
        return (_run(_nth_weekday(year, *numbers[:3]) + timedelta(numbers[3] if len(numbers) > 3 else 0), 1),)
    if kind == "islamic":
        return tuple(_run(day, numbers[2], approximate=True) for day in _islamic(year, numbers[0], numbers[1]))
    start = {"easter": _easter, "orthodox": _orthodox_easter, "lunar": _lunar_new_year, "diwali": _diwali}[kind](year)
    return (_run(start + timedelta(numbers[0]), numbers[1] if len(numbers) > 1 else 1, approximate=kind in ("lunar", "diwali")),)


def _run(start: date, days: int, *, approximate: bool = False) -> Interval:
    precision = "day" if days == 1 else "week" if days < 20 else "month"
    return Interval(start, start + timedelta(days - 1), precision, approximate=approximate)


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    if n < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def _easter(year: int) -> date:
    """Gauss's rule in the form of Butcher, for the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """The Julian rule, moved to the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


def _islamic(year: int, month: int, day: int) -> list[date]:
    """The Gregorian days within a year on which a day of the tabular Islamic calendar falls."""
    found = []
    middle = int((year - 621.57) * 1.030684)
    for hijri in range(middle - 1, middle + 3):
        ordinal = day + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30 + 227014
        fallen = date.fromordinal(ordinal)
        if fallen.year == year:
            found.append(fallen)
    return found


def _hebrew(feast: str, year: int) -> date:
    """A Hebrew feast by its distance from Passover or from the new year that follows it."""
    new_year = _rosh_hashanah(year)
    passover = new_year - timedelta(163)
    if feast == "hanukkah":
        length = (_rosh_hashanah(year + 1) - new_year).days
        return new_year + timedelta(84 if length in (355, 385) else 83)
    return {
        "passover": passover,
        "purim": passover - timedelta(30),
        "new_year": new_year,
        "atonement": new_year + timedelta(9),
        "sukkot": new_year + timedelta(14),
        "simchat": new_year + timedelta(21),
    }[feast]


def _rosh_hashanah(year: int) -> date:
    """The first of Tishri that falls in a Gregorian year, by the molad and the four postponements."""
    hebrew = year + 3761
    months = (235 * hebrew - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    if (3 * (day + 1)) % 7 < 3:
        day += 1
    before, after = _elapsed(hebrew - 1), _elapsed(hebrew + 1)
    now = _elapsed(hebrew)
    correction = 2 if after - now == 356 else 1 if now - before == 382 else 0
    return date.fromordinal(now + correction - 1373427)


def _elapsed(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if (3 * (day + 1)) % 7 < 3 else day


def _new_moon(year: float) -> float:
    """Julian day of the new moon nearest to a moment, in universal time, true to within an hour."""
    k = round((year - 2000.0) * 12.3685)
    t = k / 1236.85
    sun, moon, node = radians(2.5534 + 29.1053567 * k), radians(201.5643 + 385.81693528 * k), radians(160.7108 + 390.67050284 * k)
    mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    waves = -0.4072 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node) + 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun)
    return mean + waves


def _moon_between(start: date, end: date, zone: float) -> date:
    """The day of the new moon between two days, the later one where there are two."""
    year = start.year + (start.timetuple().tm_yday + 14) / 365.25
    for shift in (2, 1, 0, -1):
        moment = _new_moon(year + shift / 12.3685) + 0.5 + zone / 24
        day = date.fromordinal(int(moment) - 1721425)
        if start <= day <= end:
            return day
    return start


def _lunar_new_year(year: int) -> date:
    return _moon_between(date(year, 1, 21), date(year, 2, 20), 8)


def _diwali(year: int) -> date:
    return _moon_between(date(year, 10, 16), date(year, 11, 14), -12.5)  # the evening before the new moon in India
