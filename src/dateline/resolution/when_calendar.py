"""Intervals of the calendar: days, weeks, months, quarters, seasons, years, decades, and what "early" or "late" leaves of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_COARSENESS = {"minute": 0, "hour": 1, "day": 2, "week": 3, "month": 4, "season": 5, "year": 6, "decade": 7, "unknown": 8}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``first`` to ``last``, both included; None is an open end. ``hours`` are the clock times within them, as ISO writes them."""

    first: date | None
    last: date | None
    precision: str
    approximate: bool = False
    hours: tuple[str, str] | None = None
    zone: str = ""

    def shift_days(self, days: int) -> Interval:
        """The same interval so many days later."""
        return replace(self, first=_moved(self.first, days), last=_moved(self.last, days))


def _moved(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days)


def coarseness(precision: str) -> int:
    """Rank of a precision, 0 for the finest."""
    return _COARSENESS[precision]


def make_day(year: int, month: int, day: int) -> Interval | None:
    """One day, or None where the calendar has no such day."""
    if not (1 <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return of_day(date(year, month, day))


def of_day(day: date) -> Interval:
    """The interval of one day."""
    return Interval(day, day, "day")


def make_month(year: int, month: int) -> Interval:
    """A month of a year."""
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def make_year(year: int) -> Interval:
    """A year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def of_week(day: date) -> Interval:
    """The ISO week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(day.weekday())
    return Interval(monday, monday + timedelta(6), "week")


def of_weekend(day: date) -> Interval:
    """Saturday and Sunday of the ISO week that a day lies in."""
    monday = day - timedelta(day.weekday())
    return Interval(monday + timedelta(5), monday + timedelta(6), "day")


def make_quarter(year: int, quarter: int) -> Interval:
    """A quarter of a year, numbered from 1."""
    first = make_month(year, 3 * quarter - 2)
    return Interval(first.first, make_month(year, 3 * quarter).last, "season")


def make_half(year: int, half: int) -> Interval:
    """A half of a year, 1 or 2."""
    return Interval(make_month(year, 6 * half - 5).first, make_month(year, 6 * half).last, "season")


def make_season(year: int, season: str) -> Interval:
    """A season of the northern year by the calendar's months; winter is the one that begins in the year."""
    month = SEASONS[season]
    end = make_month(year + (month == 12), (month + 1) % 12 + 1)
    return Interval(date(year, month, 1), end.last, "season", approximate=True)


def make_decade(year: int) -> Interval:
    """The ten years that begin with this one."""
    return Interval(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def make_century(number: int) -> Interval:
    """The century of that number: the 20th is 1901 to 2000, as news has it 1900 to 1999."""
    return Interval(date(max(1, 100 * number - 100), 1, 1), date(100 * number - 1, 12, 31), "unknown")


def add_months(day: date, months: int) -> date:
    """The day so many months later, or the last of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_around(day: date, unit: str, shift: int = 0) -> Interval | None:
    """The calendar unit that lies ``shift`` units from the one that holds the day ("last month": -1)."""
    if unit == "day":
        return of_day(day + timedelta(shift))
    if unit in ("week", "fortnight"):
        return of_week(day + timedelta(7 * shift))
    if unit == "weekend":
        return of_weekend(day + timedelta(7 * shift))
    if unit == "month":
        moved = add_months(day.replace(day=1), shift)
        return make_month(moved.year, moved.month)
    if unit == "quarter":
        moved = add_months(day.replace(day=1), 3 * shift)
        return make_quarter(moved.year, (moved.month + 2) // 3)
    if unit == "year":
        return make_year(day.year + shift)
    if unit == "decade":
        return make_decade((day.year // 10 + shift) * 10)
    return make_century(day.year // 100 + 1 + shift) if unit == "century" else None


def moved_by(day: date, number: float, unit: str) -> date | None:
    """The day so many units later (earlier, for a negative number); None where that leaves the calendar."""
    per = {"second": 0.0, "minute": 0.0, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "weekend": 7.0}
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
    if unit in per:
        return _safe_days(day, number * per[unit])
    whole = number * months.get(unit, 0)
    if abs(whole) > MAXYEAR * 12:
        return None
    target = day.year * 12 + day.month - 1 + int(whole)
    if not 12 <= target < MAXYEAR * 12:
        return None
    return _safe_days(add_months(day, int(whole)), (whole - int(whole)) * 30)


def _safe_days(day: date, days: float) -> date | None:
    if abs(days) > 700_000 or not 1 <= day.toordinal() + int(days) <= date.max.toordinal():
        return None
    return day + timedelta(int(days))


def narrowed(interval: Interval, edge: str) -> Interval:
    """The early (start), late (end) or middle (mid) third of an interval; a single day stays whole."""
    if interval.first is None or interval.last is None or interval.precision in ("day", "hour", "minute"):
        return replace(interval, approximate=True) if interval.precision != "day" else interval
    if interval.precision in ("year", "decade", "season"):
        return _third_by_months(interval.first, interval.last, edge, interval)
    length = (interval.last - interval.first).days + 1
    third = max(1, round(length / 3))
    if edge == "start":
        return replace(interval, last=interval.first + timedelta(third - 1), approximate=True)
    if edge == "end":
        return replace(interval, first=interval.last - timedelta(third - 1), approximate=True)
    return replace(interval, first=interval.first + timedelta(third), last=interval.last - timedelta(third), approximate=True) if length >= 3 else interval


def _third_by_months(first: date, last: date, edge: str, interval: Interval) -> Interval:
    """The third in whole months of a season or year, in whole years of a decade (the early 1980s: 1980 to 1983)."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    third = 48 if interval.precision == "decade" and months == 120 else max(1, months // 3)
    begins = {"start": 0, "mid": 36 if third == 48 else third, "end": months - third}[edge]
    start = add_months(first, begins)
    return replace(interval, first=start, last=add_months(start, third) - timedelta(1), approximate=True)
