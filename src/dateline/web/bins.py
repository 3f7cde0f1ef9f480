"""The time line in bins: how many surely lie in each stretch of days, and how many may."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

_MAX = date.max.toordinal()


def _week(day: date) -> date:
    return date.fromordinal(max(1, day.toordinal() - day.weekday()))


def _month(months: int) -> Callable[[date], date]:
    return lambda day: day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _year(years: int) -> Callable[[date], date]:
    return lambda day: date(max(1, day.year // years * years), 1, 1)


_UNITS: tuple[tuple[str, Callable[[date], date], float], ...] = (
    ("day", lambda day: day, 1), ("week", _week, 7), ("month", _month(1), 30.4), ("quarter", _month(3), 91.3), ("year", _year(1), 365.2),
    ("decade", _year(10), 3652.4),
)  # fmt: skip
"""Name, the first day of the bin that a day lies in, and about how many days a bin has."""


def _next(start: date, unit: str) -> date:
    """The first day of the bin after the one that begins on ``start``."""
    if unit in ("day", "week"):
        # The first week of the calendar is cut where the calendar begins.
        return date.fromordinal(min(_MAX, start.toordinal() + (1 if unit == "day" else 7 - start.weekday())))
    if unit in ("month", "quarter"):
        for _ in range(1 if unit == "month" else 3):
            start = date.fromordinal(min(_MAX, start.toordinal() + monthrange(start.year, start.month)[1]))
        return start
    step = 1 if unit == "year" else 10
    return date(start.year // step * step + step, 1, 1) if start.year // step * step + step <= 9999 else date.max


def _edges(low: date, high: date, unit: str, begin: Callable[[date], date]) -> list[date]:
    edges = [begin(low)]
    while edges[-1] <= high and edges[-1] < date.max:
        edges.append(_next(edges[-1], unit))
    return edges


def histogram(first: Days, last: Days, *, most: int, unknown: int, epoch: int) -> dict[str, Any]:
    """Bins of the smallest unit of which at most ``most`` are needed (decades where none is large enough)."""
    dated = (first != unknown) | (last != unknown)
    low, high = first[dated], last[dated]
    low, high = np.where(low == unknown, high, low) + epoch, np.where(high == unknown, low, high) + epoch
    body: dict[str, Any] = {"unit": "day", "bins": [], "count": len(first), "undated": int(len(first) - len(low))}
    if not len(low):
        return body
    start, end = date.fromordinal(int(low.min())), date.fromordinal(int(high.max()))
    span = end.toordinal() - start.toordinal() + 1
    unit, begin, _ = next((u for u in _UNITS if span / u[2] + 1 <= most), _UNITS[-1])
    edges = _edges(start, end, unit, begin)
    numbers = np.array([e.toordinal() for e in edges], np.int64)
    size = len(edges) - 1
    open_ = (first[dated] == unknown) | (last[dated] == unknown)
    a = np.clip(np.searchsorted(numbers, low, "right") - 1, 0, size - 1)
    b = np.clip(np.searchsorted(numbers, high, "right") - 1, 0, size - 1)
    sure = np.bincount(a[(a == b) & ~open_], minlength=size)
    unsure = (a != b) | open_
    steps = np.bincount(a[unsure], minlength=size + 1) - np.bincount(b[unsure] + 1, minlength=size + 1)
    may = np.cumsum(steps)[:size]
    bins = [
        {"from": e.isoformat(), "to": (f - timedelta(days=1) if f < date.max else f).isoformat(), "sure": int(sure[n]), "may": int(may[n])}
        for n, (e, f) in enumerate(pairwise(edges))
    ]
    return {**body, "unit": unit, "bins": bins}
