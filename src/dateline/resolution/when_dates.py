"""The days that a date expression means, by what its words give: a full date, a weekday, a feast, a shifted unit ("last month") and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateline.extraction.times import TimeFound
from dateline.resolution.when_calendar import (
    Interval,
    make_century,
    make_day,
    make_decade,
    make_half,
    make_month,
    make_quarter,
    make_season,
    make_year,
    narrowed,
    of_day,
    of_week,
    of_weekend,
    unit_around,
)
from dateline.resolution.when_context import Context
from dateline.resolution.when_named import named_in

Slots = Mapping[str, str]
HOURS = {
    "morning": ("06:00", "12:00"), "afternoon": ("12:00", "18:00"), "evening": ("18:00", "22:00"), "night": ("18:00", "06:00"),
    "dawn": ("04:00", "07:00"), "smallhours": ("00:00", "06:00"), "noon": ("12:00", "12:00"), "midnight": ("00:00", "00:00"), "dusk": ("17:00", "21:00"),
}  # fmt: skip


def date_of(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    """The interval of a date expression and how it was reached: stated, inferred or relative."""
    day, basis = _base(found, slots, context)
    if day is None:
        return None, basis
    if "dayshift" in slots:
        day, basis = day.shift_days(int(slots["dayshift"])), basis
    if "edge" in slots and "part" not in slots and "clock" not in slots and "hour" not in slots:
        day = narrowed(day, slots["edge"])
    return with_hours(day, slots), basis


def _base(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    for name, reader in _READERS:
        if name in slots:
            return reader(found, slots, context)
    return None, "relative"


def _iso(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    year, month, day = (int(x) for x in re.findall(r"\d+", slots["iso"])[:3])
    interval = make_day(year, month, day)
    clock = re.search(r"[T ](\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:?\d\d)?", slots["iso"])
    if interval is not None and clock is not None:
        interval = replace(interval, precision="minute", hours=(clock[1], clock[1]), zone=(clock[2] or "").replace("Z", "+00:00"))
    return interval, "stated"


def _slash(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    """Numbers with slashes or dots: the day first or the month first; both where both are days of the calendar and nothing decides."""
    a, b, c = (int(x) for x in re.findall(r"\d+", slots["slash"]))
    raw = re.findall(r"\d+", slots["slash"])
    if len(raw[0]) == 4:
        return (make_day(a, b, c) if a >= 1000 else None), "stated"
    if len(raw[0]) > 2 or len(raw[2]) == 3:
        return None, "stated"
    year = c if len(raw[2]) == 4 else c + (2000 if c < 70 else 1900)
    if year < 1000:
        return None, "stated"
    readings = [day for day in (make_day(year, b, a), make_day(year, a, b)) if day is not None]
    distinct = sorted({day.first for day in readings if day.first is not None})
    if not distinct:
        return None, "stated"
    if len(distinct) == 2 and "." in slots["slash"]:
        return make_day(year, b, a), "stated"
    if len(distinct) == 2:
        near = [d for d in distinct if context.published is not None and abs((d - context.published).days) <= 10]
        if len(near) == 1:
            return of_day(near[0]), "inferred"
        return Interval(distinct[0], distinct[1], "year", approximate=True), "stated"
    return of_day(distinct[0]), "stated"


def _month(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    month = int(slots["month"])
    year, basis = _year_of(slots, context)
    if year is None:
        return _month_without_year(found, slots, context, month)
    return _within_month(slots, year, month), basis


def _within_month(slots: Slots, year: int, month: int) -> Interval | None:
    if not 1 <= year <= 9998:
        return None
    if "nth" in slots and slots.get("unit") == "week":
        nth = int(slots["nth"])
        if nth == -1:
            last = make_month(year, month).last
            return of_week(last - timedelta(3)) if last else None
        return of_week(date(year, month, 1) + timedelta(3 + 7 * (nth - 1))) if 1 <= nth <= 5 else None
    number = slots.get("day") or slots.get("dayord")
    if number is None:
        first = make_month(year, month)
        return replace(first, last=make_month(year, int(slots["month2"])).last) if "month2" in slots and int(slots["month2"]) > month else first
    day = make_day(year, month, int(number))
    if day is None or day.first is None:
        return None
    first_day = day.first
    if "weekday" in slots and "day2" not in slots and first_day.isoweekday() != int(slots["weekday"]):
        day = replace(day, approximate=True)
    if "day2" in slots:
        end = make_day(year, month, int(slots["day2"]))
        return replace(day, last=end.last) if end is not None and end.last is not None and end.last >= first_day else None
    if slots.get("unit") == "week":
        return of_week(first_day)
    return of_weekend(first_day) if slots.get("unit") == "weekend" else day


def _year_of(slots: Slots, context: Context) -> tuple[int | None, str]:
    if "year" in slots:
        return int(slots["year"]), "stated"
    if "yearshift" in slots and context.published is not None:
        return context.published.year + int(slots["yearshift"]), "relative"
    if "yearctx" in slots and context.resolved:
        first = context.resolved[-1][1].first
        return (first.year + int(slots["yearctx"]) if first else None), "relative"
    return None, "relative"


def _month_without_year(found: TimeFound, slots: Slots, context: Context, month: int) -> tuple[Interval | None, str]:
    """The nearest such month or day: before the publication day, or after it where the clause speaks of the future."""
    published = context.published
    if "yearctx" in slots:
        return None, "relative"
    if published is None:
        return _year_told(found, slots, context, month), "inferred"
    told = _year_told(found, slots, context, month)
    if told is not None:
        return told, "inferred"
    choices = [c for y in range(published.year - 1, published.year + 2) if (c := _within_month(slots, y, month)) is not None]
    if not choices:
        choices = [c for y in range(published.year - 4, published.year + 5) if (c := _within_month(slots, y, month)) is not None]
    if "weekday" in slots:
        agreeing = [c for y in range(published.year - 6, published.year + 2) if (c := _within_month(slots, y, month)) is not None and not c.approximate]
        choices = agreeing or choices
        return _nearest(choices, published), "inferred"
    if "shift" in slots:
        return _shifted_month(choices, published, int(slots["shift"])), "relative"
    return _by_tense(choices, published, _weighed(found, context)), "inferred"


def _year_told(found: TimeFound, slots: Slots, context: Context, month: int) -> Interval | None:
    """The month or day in the year of a full date just before it, where a story told in order goes on from there."""
    last = context.stated(found, within=600)
    if last is None or last.first is None or "shift" in slots or not 0 <= month - last.first.month <= 1:
        return None
    candidate = _within_month(slots, last.first.year, month)
    if candidate is None or candidate.first is None:
        return None
    if context.published is None:
        context.carried.add(found.start)
        return candidate
    since = (context.published - candidate.first).days % 365
    if (context.published - candidate.first).days <= 330 or since < 60 or since > 300 or context.weighed_tense(found)[0] != "past":
        return None
    context.carried.add(found.start)
    return candidate


def _weighed(found: TimeFound, context: Context) -> tuple[str | None, bool]:
    """The tense of the clause and whether its own verb says it; "since" looks back, "until" ahead where the verb is silent."""
    tense, sure = context.weighed_tense(found)
    if found.role == "since" and tense is None:
        return "past", False
    if tense is None and found.role == "until":
        return "future", False
    return tense, sure


def _nearest(choices: Iterable[Interval], published: date) -> Interval | None:
    return min((c for c in choices if c.first is not None), key=lambda c: abs(((c.first or published) - published).days), default=None)


def _shifted_month(choices: Iterable[Interval], published: date, shift: int) -> Interval | None:
    rows = [c for c in choices if c.first is not None and c.last is not None]
    if shift < 0:
        return max((c for c in rows if c.last is not None and c.last < published), key=lambda c: c.first or published, default=None)
    if shift > 0:
        return min((c for c in rows if c.first is not None and c.first > published), key=lambda c: c.first or published, default=None)
    return next((c for c in rows if c.first is not None and c.first.year == published.year), None)


def _by_tense(choices: Iterable[Interval], published: date, tense: tuple[str | None, bool]) -> Interval | None:
    """The nearest past or future choice, distance weighed against the tense of the clause (its verb's own weighs most)."""
    rows = [c for c in choices if c.first is not None and c.last is not None]
    past = max((c for c in rows if c.first is not None and c.first <= published), key=lambda c: c.first or published, default=None)
    future = min((c for c in rows if c.last is not None and c.last >= published), key=lambda c: c.first or published, default=None)
    if past is None or future is None:
        return past or future
    name, sure = tense
    weight = {"past": 12.0 if sure else 4.0, "future": 0.05 if sure else 0.25}.get(name or "", 2.5)
    back = max(0, (published - (past.last or published)).days)
    ahead = max(0, ((future.first or published) - published).days)
    return past if back <= ahead * weight else future


def _weekday(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    number = int(slots["weekday"])
    if "ctxshift" in slots:
        anchor = context.anchor(found, finest="day")
        return (_weekday_from(anchor.first, number, int(slots["ctxshift"]), strict=True) if anchor and anchor.first else None), "relative"
    published = context.published
    if published is None:
        return None, "relative"
    if "weekshift" in slots:
        week = of_week(published + timedelta(7 * int(slots["weekshift"]))).first
        return (of_day(week + timedelta(number - 1)) if week else None), "relative"
    if "shift" in slots:
        shift = int(slots["shift"])
        if shift == 0:
            shift = -1 if context.tense(found) == "past" else 1
            return _weekday_from(published, number, shift, strict=False), "relative"
        return _weekday_from(published, number, shift, strict=True), "relative"
    if found.rule == "weekday_article":
        return None, "relative"
    future = context.tense(found) == "future"
    return _weekday_from(published, number, 1 if future else -1, strict=False), "relative"


def _weekday_from(day: date, number: int, direction: int, *, strict: bool) -> Interval:
    distance = (number - day.isoweekday()) % 7 if direction > 0 else (day.isoweekday() - number) % 7
    if distance == 0 and strict:
        distance = 7
    return of_day(day + timedelta(distance if direction > 0 else -distance))


def _deictic(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    if context.published is None:
        return None, "relative"
    if slots["deictic"] == "tonight":
        return replace(of_day(context.published), precision="hour", hours=HOURS["night"], approximate=True), "relative"
    return of_day(context.published + timedelta(int(slots["deictic"]))), "relative"


def _part(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    """ "Last night", "this morning", "overnight": by the publication day."""
    if context.published is None:
        return None, "relative"
    shift = int(slots.get("shift", "0"))
    if found.rule == "overnight":
        shift = 1 if context.tense(found) == "future" else -1
    return of_day(context.published + timedelta(shift)), "relative"


def _named(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    year, basis = _year_of(slots, context)
    if year is not None:
        return next(iter(named_in(slots["named"], year)), None), basis
    published = context.published
    if published is None:
        return None, "relative"
    choices = [c for y in range(published.year - 1, published.year + 2) for c in named_in(slots["named"], y)]
    if "shift" in slots:
        return _shifted_month(choices, published, int(slots["shift"])), "relative"
    return _by_tense(choices, published, _weighed(found, context)), "inferred"


def _yearly(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    """Quarters, halves and seasons."""
    year, basis = _year_of(slots, context)
    if year is None and (context.published is None or "yearctx" in slots):
        return None, "relative"
    if "quarter" not in slots and "half_" not in slots and "season" not in slots:
        return None, "relative"
    years = [year] if year is not None else range((context.published or date.max).year - 1, (context.published or date.max).year + 2)
    choices = [c for y in years if 1 <= y <= 9990 and (c := _part_of_year(slots, y)) is not None]
    if year is not None or context.published is None:
        return (choices[0] if choices else None), basis
    if "shift" in slots and int(slots["shift"]) != 0:
        return _shifted_month(choices, context.published, int(slots["shift"])), "relative"
    if "shift" in slots and "season" in slots:
        return _nearest_by_middle(choices, context.published), "relative"
    tense, sure = _weighed(found, context)
    return _by_tense(choices, context.published, (tense or "past", sure)), "inferred"


def _nearest_by_middle(choices: Iterable[Interval], published: date) -> Interval | None:
    return min((c for c in choices if c.first is not None), key=lambda c: abs(((c.first or published) + timedelta(45) - published).days), default=None)


def _part_of_year(slots: Slots, year: int) -> Interval | None:
    if "quarter" in slots:
        quarter = int(float(slots["quarter"]))
        return make_quarter(year, quarter) if 1 <= quarter <= 4 else None
    if "half_" in slots:
        return make_half(year, 2 if slots.get("half", "2") != "1" else 1)
    return make_season(year, slots["season"])


def _decade(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    return make_decade(int(slots["decade"])), "stated"


def _century(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    number = int(slots["century"])
    return (make_century(number) if 1 <= number <= 30 else None), "stated"


def _year(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    year = int(slots["year"])
    interval = make_year(year)
    if "year2" in slots or "yy" in slots:
        second = slots.get("year2", "")
        last = int(second) if len(second) == 4 else year // 100 * 100 + int(second or 0)
        return (replace(interval, last=make_year(last).last) if year < last < year + 100 else None), "stated"
    if found.rule == "year_beyond":
        return replace(interval, last=None), "stated"
    if found.rule == "year_post":
        return interval, "stated"
    return interval, "stated"


def _unit(found: TimeFound, slots: Slots, context: Context) -> tuple[Interval | None, str]:
    """ "Last month", "this week", "the weekend"."""
    if slots.get("fiscal") and "year" in slots:
        return _year(found, slots, context)
    if context.published is None:
        return None, "relative"
    shift, unit = int(slots.get("shift", slots.get("yearshift", "0"))), slots["unit"]
    if unit == "weekend":
        return _weekend(found, context, context.published, shift, stated="shift" in slots and found.rule != "the_weekend"), "relative"
    interval = unit_around(context.published, unit, shift)
    return interval, "relative"


def _weekend(found: TimeFound, context: Context, published: date, shift: int, *, stated: bool) -> Interval:
    this = of_weekend(published)
    if stated and shift:
        start = published - timedelta(published.weekday() + 2) if shift < 0 else published
        return of_weekend(start) if shift < 0 or published.weekday() < 5 else this.shift_days(7)
    ahead = context.tense(found) == "future" or (stated and context.tense(found) != "past") or published.weekday() >= 5
    return this if ahead else this.shift_days(-7)


def with_hours(day: Interval, slots: Slots) -> Interval:
    """The interval with the part of the day or the clock time that the words give."""
    clock = slots.get("clock") or slots.get("hour")
    if clock is None and "part" not in slots:
        return day
    if clock is not None:
        hour, minute = (int(x) for x in (clock.split(":") + ["0"])[:2])
        hour = _hour(hour, slots)
        if hour > 24 or minute > 59:
            return day
        if hour == 24:
            day, hour = day.shift_days(1), 0
        stamp = f"{hour:02d}:{minute:02d}"
        return replace(day, precision="minute", hours=(stamp, stamp), zone=_zone(slots))
    if slots["part"] == "midnight" and len(slots) > 1 and day.precision == "day":
        day = day.shift_days(1)
    hours = HOURS[slots["part"]]
    return replace(day, precision="hour", hours=hours, approximate=True) if day.precision == "day" else day


def _hour(hour: int, slots: Slots) -> int:
    if slots.get("meridiem") == "pm" and hour < 12:
        return hour + 12
    if slots.get("meridiem") == "am" and hour == 12:
        return 0
    return hour + 12 if slots.get("part") in ("afternoon", "evening", "night") and hour < 12 and hour > 3 else hour


def _zone(slots: Slots) -> str:
    zone = slots.get("zone", "")
    return "" if zone == "local" else zone


_READERS = (
    ("iso", _iso), ("slash", _slash), ("month", _month), ("quarter", _yearly), ("half_", _yearly), ("season", _yearly), ("named", _named),
    ("weekday", _weekday), ("deictic", _deictic), ("decade", _decade), ("century", _century), ("unit", _unit), ("year", _year), ("part", _part),
)  # fmt: skip
