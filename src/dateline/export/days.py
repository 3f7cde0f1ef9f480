"""The day of an incident as the field's data sets write it: how near it is known, and the one day that stands for an interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.record.happenings import Happening
from dateline.record.questions import Body


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and last day on which an incident may have happened, and how it is known."""

    first: date
    last: date
    precision: str
    approximate: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle; of an even number of days the earlier."""
        return self.first + timedelta((self.days - 1) // 2)

    @property
    def is_week(self) -> bool:
        """Whether it is a calendar week, and not some days."""
        return self.precision == "week" or self.days == 7 and self.first.weekday() in (0, 6)

    def words(self) -> str:
        """How it is known, and the day that stands for it."""
        if self.days == 1:
            return f"known to be about {self.first}"
        return f"known to lie from {self.first} to {self.last}; the middle day, {self.middle}, stands for it"

    @property
    def to_the_day(self) -> bool:
        """Whether both ends are days that a report gives."""
        return self.precision in ("day", "hour", "minute") and not self.approximate


def interval_of(when: Body | None) -> Interval | None:
    """The days of a ``When`` whose two ends are known; None where one is open or nothing is said."""
    if when is None or not when["from"] or not when["to"]:
        return None
    first, last = date.fromisoformat(when["from"][:10]), date.fromisoformat(when["to"][:10])
    # A night is one happening over two days: the day on which it began stands for it.
    if (last - first).days == 1 and when["precision"] in ("hour", "minute") and when["from"][11:13] >= "18" and when["to"][11:13] <= "06":
        last = first
    return Interval(first, last, when["precision"], bool(when["approximate"]))


def why_no_interval(when: Body | None) -> str:
    """Why there are no days, in words."""
    if when is None or not (when["from"] or when["to"]):
        return "no report says when it happened"
    return f"only its {'beginning' if when['from'] else 'end'} is known ({(when['from'] or when['to'])[:10]})"


def why_undated(happening: Happening) -> str:
    """Why an incident has no days: nothing is said, or what is said needs a day of publication that no report of it has."""
    when = happening.picture.when
    if any(p.published for p in happening.papers) or when is not None and (when["from"] or when["to"]):
        return why_no_interval(when)
    said = f"“{when['span']['text']}” is no day" if when is not None and when["span"] else "no report says when it happened"
    return f"{said}, and no report of it has a day of publication from which to count"


def ucdp_precision(interval: Interval) -> int:
    """UCDP's date_prec: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 a year or longer."""
    if interval.days == 1:
        return 2 if interval.approximate and interval.precision not in ("hour", "minute") else 1
    if interval.is_week:
        return 3
    if interval.days <= 6:
        return 2
    return 4 if interval.days <= 31 else 5


def acled_precision(interval: Interval) -> int | None:
    """ACLED's time_precision: 1 the day, 2 some days or a week, 3 a month; None where it is vaguer than a month."""
    if interval.days == 1:
        return 2 if interval.approximate and interval.precision not in ("hour", "minute") else 1
    if interval.days <= 7:
        return 2
    return 3 if interval.days <= 31 else None


def acled_day(interval: Interval) -> date:
    """The day that stands for an interval: the middle one."""
    return interval.middle


def spoken(when: Body | None) -> str:
    """A ``When`` as the lead of a sentence: "On 17 October 2017", "In March 2016", "Between 1 and 5 May 2015"."""
    interval = interval_of(when)
    if interval is None:
        start, end = (when["from"], when["to"]) if when else (None, None)
        rough = when["precision"] if when else ""
        return f"Since {_open(start, rough)}" if start else f"By {_open(end, rough)}" if end else "On an unknown day"
    if interval.precision in ("year", "decade") and interval.first.year == interval.last.year:
        return f"In {interval.first.year}"
    if interval.precision in ("month", "season") and (interval.first.year, interval.first.month) == (interval.last.year, interval.last.month):
        return f"In {interval.first:%B %Y}"
    if interval.days == 1:
        return f"{'Around' if interval.approximate and interval.precision == 'day' else 'On'} {_day(interval.first)}"
    return f"Between {_day(interval.first)} and {_day(interval.last)}"


def _open(moment: str, precision: str) -> str:
    day = date.fromisoformat(moment[:10])
    return str(day.year) if precision in ("year", "decade") else f"{day:%B %Y}" if precision in ("month", "season") else _day(day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
