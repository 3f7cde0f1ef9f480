"""Time expressions to intervals of days and moments, by the publication date and the dates that the text itself gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateline.extraction.findings import Findings
from dateline.extraction.times import TimeFound
from dateline.language.document import Document
from dateline.model import Evidence, Report, Span, When
from dateline.resolution.scene import Scene
from dateline.resolution.when_calendar import Interval, moved_by, of_day, unit_around
from dateline.resolution.when_context import Context
from dateline.resolution.when_dates import Slots, date_of, with_hours

_FINE = {"second": "minute", "minute": "minute", "hour": "hour", "day": "day", "week": "week", "fortnight": "week", "weekend": "day", "month": "month"}
_GRAIN = _FINE | {"quarter": "season", "year": "year", "decade": "decade"}

_DAYS = frozenset(("iso", "month", "day", "dayord", "year", "weekday", "deictic", "shift", "named"))

Resolved = tuple[Interval | None, str]


def resolve_times(report: Report, document: Document, findings: Findings) -> tuple[When | None, ...]:
    """For each time expression the interval it means; open ends where the text leaves them, None for durations, ages and sets."""
    intervals = _intervals(report, document, findings.times)
    return tuple(_when(found, interval, basis, document.text) for found, (interval, basis) in zip(findings.times, intervals, strict=True))


def explain_times(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """For each time expression, by id (t1, t2 ...), the rule that read it and what it leaned on."""
    reasons: dict[str, tuple[Evidence, ...]] = {}
    published = scene.report.published
    for i, (found, when) in enumerate(zip(scene.findings.times, scene.times, strict=True), 1):
        if when is None:
            continue
        leaned = f"counted from the publication date {published.date}" if when.basis != "stated" and published.date else "as the words say it"
        if when.earliest is None and when.latest is None:
            leaned = "nothing in the text or its date says which days these are"
        reasons[f"t{i}"] = (Evidence("when", f"times:{found.rule}", leaned, None, scene.span(found.start, found.end)),)
    return reasons


def published_day(report: Report) -> date | None:
    """The day of publication, or None where it is unknown, no date, or no year in which reports are published."""
    try:
        day = date.fromisoformat((report.published.date or "")[:10])
    except ValueError:
        return None
    return day if 1600 <= day.year <= 2400 else None


def _intervals(report: Report, document: Document, times: tuple[TimeFound, ...]) -> list[Resolved]:
    context = Context(document, published_day(report))
    found: list[Resolved] = []
    for i, time in enumerate(times):
        interval, basis = _resolve(i, times, context)
        if interval is not None:
            context.note(time, interval)
        found.append((interval, basis))
    return _ranges(times, found)


def _resolve(index: int, times: tuple[TimeFound, ...], context: Context) -> Resolved:
    found = times[index]
    reader = _KINDS.get(found.kind)
    if reader is None:
        return None, "relative"
    slots = dict(found.slots)
    if found.kind == "offset" and found.side != "anchor" and (beside := _beside(index, times, context.document.text)) is not None:
        return _resolve(beside, times, context)[0], "relative"
    if found.base is not None:
        return _counted_from(_resolve(found.base, times, context)[0], found, slots), "relative"
    if found.pair is not None and found.pair > index:
        slots = _shared(slots, dict(times[found.pair].slots))
        if found.kind in ("part", "clock") and times[found.pair].kind == "date":
            reader = date_of
    return reader(found, slots, context)


def _beside(index: int, times: tuple[TimeFound, ...], text: str) -> int | None:
    """The date that stands right beside an offset and says the same: "on Monday, three months later", "five years later, in 1970"."""
    found = times[index]
    if index and times[index - 1].kind == "date" and text[times[index - 1].end : found.start] == ", ":
        return index - 1
    if index + 1 < len(times) and times[index + 1].kind == "date" and re.fullmatch(r",? (?:on |in )", text[found.end : times[index + 1].start]):
        return index + 1
    return None


def _shared(slots: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """The first end of a range takes the year and month that only the second end names ("from March to June 2014")."""
    shared = dict(slots)
    for name in ("year", "yearshift", "yearctx"):
        if name in other and not {"year", "yearshift", "yearctx"} & set(slots) and {"month", "season", "quarter"} & set(slots):
            shared[name] = other[name]
    if not _DAYS & set(slots):
        shared |= {name: value for name, value in other.items() if name in _DAYS}
    if "meridiem" in other and "meridiem" not in slots and {"clock", "hour"} & set(slots):
        shared["meridiem"] = other["meridiem"]
    return shared


def _ranges(times: tuple[TimeFound, ...], found: list[Resolved]) -> list[Resolved]:
    """Both ends of a range get its whole interval where the ends are in order."""
    made = list(found)
    for i, time in enumerate(times):
        if time.pair is None or time.pair < i:
            continue
        (left, basis), (right, _) = found[i], found[time.pair]
        if left is not None and right is not None and times[time.pair].slot("weekday") and left.first and right.first and right.first < left.first:
            right = right.shift_days(7 * (1 + (left.first - right.first).days // 7))
            made[time.pair] = (right, basis)
        if left is None or right is None or left.first is None or right.last is None or left.first > right.last:
            continue
        hours = (left.hours[0], right.hours[1]) if left.hours and right.hours else None
        precision = max(left.precision, right.precision, key=_rank)
        whole = Interval(left.first, right.last, precision, left.approximate or right.approximate, hours, right.zone)
        made[i] = (whole, basis)
    return made


def _rank(precision: str) -> int:
    return ("minute", "hour", "day", "week", "month", "season", "year", "decade", "unknown").index(precision)


def _when(found: TimeFound, interval: Interval | None, basis: str, text: str) -> When | None:
    span = Span.of(text, found.start, found.end)
    if found.role in ("duration", "set", "age") or found.kind == "ref":
        return None
    if interval is None:
        return When(None, None, "unknown", span=span, basis="stated" if basis == "stated" else "relative")
    if found.pair is None or found.role == "at":
        interval = _opened(found, interval)
    earliest, latest = _stamps(interval)
    return When(earliest, latest, interval.precision, interval.approximate, basis, span)


def _opened(found: TimeFound, interval: Interval) -> Interval:
    """ "Since June" has no end, "until Friday" no beginning."""
    if found.role == "since":
        return replace(interval, last=None)
    return replace(interval, first=None) if found.role == "until" else interval


def _stamps(interval: Interval) -> tuple[str | None, str | None]:
    first, last = interval.first, interval.last
    if interval.hours is None:
        return (first.isoformat() if first else None), (last.isoformat() if last else None)
    start, end = interval.hours
    if last is not None and first == last and end < start:
        last = last + timedelta(1)
    zone = interval.zone
    return (f"{first.isoformat()}T{start}{zone}" if first else None), (f"{last.isoformat()}T{end}{zone}" if last else None)


def _number(slots: Slots) -> float | None:
    """How many units; None where the text gives no number ("weeks ago")."""
    text = slots.get("num", "1")
    return None if text == "X" else float(text) + (0.5 if "half" in slots else 0)


def _ago(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    if context.published is None:
        return None, "relative"
    if slots["unit"] == "year" and _number(slots) == 1:
        quarter = context.anchor(found, finest="season", within=400)
        if quarter is not None and quarter.first is not None and quarter.precision == "season" and not quarter.approximate:
            return unit_around(quarter.first, "quarter", -4), "relative"
    return _counted(context.published, slots), "relative"


def _counted(start: date, slots: Slots) -> Interval | None:
    """So many units before or after a day: the unit that holds the day reached; open where no number is given."""
    sign, unit, number = int(slots["sign"]), slots["unit"], _number(slots)
    if number is None and unit in ("second", "minute", "hour"):
        return replace(of_day(start), approximate=True)
    if number is None:
        return Interval(None, start, "unknown", approximate=True) if sign < 0 else Interval(start, None, "unknown", approximate=True)
    reached = moved_by(start, sign * number, unit)
    if reached is None:
        return None
    if unit in ("second", "minute", "hour", "day"):
        return of_day(reached)
    around = unit_around(reached, "year" if unit == "decade" else unit)
    if unit == "week" and around is not None:
        around = Interval(reached, reached, "week", approximate=True)
        return replace(around, first=reached - timedelta(3), last=reached + timedelta(3))
    return replace(around, approximate=True) if around is not None else None


def _span(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    """ "The past 24 hours", "the next two years": from the publication day back or on."""
    sign = int(slots.get("sign") or slots.get("shift") or slots.get("ctxshift") or 0)
    start = context.published
    if "ctxshift" in slots:
        anchor = context.anchor(found, finest="day")
        start = anchor.first if anchor is not None else None
    if start is None or sign == 0:
        return None, "relative"
    number = _number(slots)
    if number is None:
        return (Interval(None, start, "unknown", approximate=True) if sign < 0 else Interval(start, None, "unknown", approximate=True)), "relative"
    reached = moved_by(start, sign * number, slots["unit"])
    if reached is None:
        return None, "relative"
    return Interval(min(start, reached), max(start, reached), _GRAIN.get(slots["unit"], "unknown"), approximate=True), "relative"


def _context(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    """ "The following day", "that year": from the last such date in the text."""
    shift = int(slots["ctxshift"])
    unit = slots.get("unit", "day")
    whole = found.rule == "the_day" and unit in ("week", "month", "quarter", "year")
    anchor = context.anchor(found, finest=_GRAIN.get(unit, "day") if unit != "weekend" else "week", within=150 if whole and unit != "quarter" else 900)
    if anchor is None and whole and context.published is not None:
        return unit_around(context.published, unit, -1 if unit == "quarter" else 0), "relative"
    if anchor is None or anchor.first is None:
        return None, "relative"
    interval = unit_around(anchor.first, unit, shift)
    return (with_hours(interval, slots) if interval is not None else None), "relative"


def _offset(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    """ "Two days later", "a year earlier", "two days after X": from the last date of the text that is fine enough."""
    if found.anchor is not None:
        return None, "relative"
    anchor = context.anchor(found, finest=_GRAIN.get(slots["unit"], "day") if slots["unit"] not in ("hour", "minute") else "day", within=400)
    if anchor is None and slots["unit"] == "year" and slots["sign"] == "-1" and found.anchor is None and _number(slots) and context.published is not None:
        return unit_around(context.published, "year", -int(_number(slots) or 0)), "relative"
    if anchor is None or anchor.first is None:
        return None, "relative"
    return _counted_from(anchor, found, slots), "relative"


def _counted_from(anchor: Interval | None, found: TimeFound, slots: Slots) -> Interval | None:
    """So many units from a date; the other way where the date is the clause's own and what is sought is the event named after "after"."""
    if anchor is None or anchor.first is None:
        return None
    sign = -int(slots["sign"]) if found.side == "anchor" else int(slots["sign"])
    if anchor.precision == "season" and slots["unit"] == "year" and not anchor.approximate and _number(slots):
        return unit_around(anchor.first, "quarter", int(sign * 4 * (_number(slots) or 0)))
    if anchor.precision == "month" and slots["unit"] in ("year", "month"):
        reached = moved_by(anchor.first, sign * (_number(slots) or 0), slots["unit"])
        return unit_around(reached, "month") if reached is not None and _number(slots) else None
    return _counted(anchor.first, dict(slots) | {"sign": str(sign)})


def _nth(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    """ "In its seventh year": begun between seven and six years ago."""
    number = int(float(slots["nth"]))
    if context.published is None or found.rule != "nth_unit" or number > 400 or "unit" not in slots:
        return None, "relative"
    start = moved_by(context.published, -number, slots["unit"])
    return (Interval(start, context.published, _GRAIN.get(slots["unit"], "unknown"), approximate=True) if start else None), "relative"


def _clock(found: TimeFound, slots: Slots, context: Context) -> Resolved:
    """A clock time alone: on the day last named in the text close by, else on the publication day."""
    anchor = context.anchor(found, finest="day", within=300, same_line=True)
    day = of_day(anchor.first) if anchor is not None and anchor.first is not None else None
    if day is None and context.published is not None:
        day = of_day(context.published)
        context.guessed.add(found.start)
    return (with_hours(day, slots) if day is not None else None), "relative"


_KINDS: dict[str, Callable[[TimeFound, Slots, Context], Resolved]] = {
    "date": date_of, "ago": _ago, "span": _span, "context": _context, "offset": _offset, "nth": _nth, "clock": _clock, "part": _clock,
}  # fmt: skip
