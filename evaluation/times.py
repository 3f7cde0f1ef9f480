"""A reading's times in the form that the scorer of time expressions reads: TIMEX3 types and values.

The value follows TimeML: ``2017-10-20``, ``2017-W42``, ``2017-Q4``, ``2017-SU``, ``199`` for a decade, ``P2W`` for a duration, ``PAST_REF``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from dateline.extraction.times import TimeFound, find_times
from dateline.language.document import Document, Sentence, Token
from dateline.resolution.when_calendar import make_season
from evaluation.alignment import Alignment
from evaluation.harness import Body

_LETTERS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E"}
_CLOCK_UNITS = frozenset(("second", "minute", "hour"))
_PARTS = {
    "morning": "TMO", "smallhours": "TMO", "dawn": "TMO", "noon": "T12:00", "afternoon": "TAF", "dusk": "TEV", "evening": "TEV", "night": "TNI",
    "midnight": "T24:00",
}  # fmt: skip
_SEASON = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}

_UNMARKED = frozenset(("previously", "formerly", "so far", "shortly", "annual", "annually", "quarterly", "yearly", "most recently", "presently"))

Timex = dict[str, Any]


_ANNOTATED_LINES = 6
"""MEANTIME's annotators marked times in the title, the date and the first four sentences, one to a line."""


def predict_timexes(reading: Body, record: Body) -> Body:
    """A reading's times as TIMEX3, with what has no days of its own (durations, sets, "now") read again from its text."""
    return {"timexes": _rows(reading, record, intervals=False)}


def predict_timexes_gum(reading: Body, record: Body) -> Body:
    """The same for GUM, whose annotators mark dates only and write weeks and seasons as intervals of days."""
    return {"timexes": _rows(reading, record, intervals=True)}


def predict_timexes_meantime(reading: Body, record: Body) -> Body:
    """The same for MEANTIME, within the lines that were annotated and without the line that dates the article."""
    text = record["text"]
    ends = [i for i, character in enumerate(text) if character == "\n"]
    limit = ends[_ANNOTATED_LINES - 1] if len(ends) >= _ANNOTATED_LINES else len(text)
    rows = _rows(reading, record, intervals=False)
    return {"timexes": [row for row in rows if row["start"] < limit and not _fills_second_line(row, text)]}


def predict_publication_day(reading: Body, record: Body) -> Body:
    """The trivial baseline: every weekday, month and deictic that the grammar finds means the publication day."""
    day = (record.get("dct") or "")[:10]
    return {"timexes": [row | {"value": day, "type": "DATE"} for row in _rows(reading, record, intervals=False)]}


def predict_dateparser(reading: Body, record: Body) -> Body:
    """What the library dateparser makes of the expressions that our grammar finds, read from the publication day and towards the past."""
    day = _iso(record.get("dct"))
    settings = {"PREFER_DATES_FROM": "past", **({"RELATIVE_BASE": day} if day is not None else {})}
    rows = []
    for row in _rows(reading, record, intervals=False):
        found = _dateparser().parse(row["text"], languages=["en"], settings=settings)
        if found is not None:
            rows.append(row | {"value": f"{found:%Y-%m-%d}", "type": "DATE"})
    return {"timexes": rows}


@cache
def _dateparser() -> Any:
    import dateparser

    return dateparser


def _iso(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words[:10]) if words and re.match(r"\d{4}-\d{2}-\d{2}", words) else None


def _fills_second_line(row: Timex, text: str) -> bool:
    before, after = text[: row["start"]], text[row["end"] :]
    return before.count("\n") == 1 and before.endswith("\n") and (not after or after.startswith("\n"))


def _rows(reading: Body, record: Body, *, intervals: bool) -> list[Timex]:
    text = reading["report"]["text"]
    align = Alignment(text, record["text"])
    by_span = {(row["when"]["span"]["start"], row["when"]["span"]["end"]): row["when"] for row in reading["times"] if row["when"]["span"]}
    silent = ("duration", "set", "rate", "age", "ref", "nth")
    found = [t for t in find_times(plain_document(text)) if (t.start, t.end) in by_span or t.kind in silent]
    rows = timexes(found, [by_span.get((t.start, t.end)) for t in found], text, intervals=intervals)
    for row in rows:
        row["start"], row["end"] = align.span(row["start"], row["end"])
    return rows


def timexes(times: Sequence[TimeFound], whens: Sequence[Mapping[str, Any] | None], text: str, *, intervals: bool = False) -> list[Timex]:
    """TIMEX3 rows for time expressions and what they were resolved to (``When`` as JSON, or None)."""
    rows: list[Timex] = []
    for time, when in zip(times, whens, strict=True):
        if not _marked(time, text) or (intervals and not _marked_in_gum(time)):
            continue
        kind, value = _timex(time, when, intervals=intervals)
        if time.rule == "the_day" and text[time.end :].lstrip().startswith(("ended", "ending")):
            kind, value = "DURATION", _duration({"unit": time.slot("unit") or "day", "num": "1"})
        rows.append({"rule": time.rule, "start": time.start, "end": time.end, "text": text[time.start : time.end], "type": kind, "value": value})
    return rows


def _marked(time: TimeFound, text: str) -> bool:
    """Whether TimeML's annotators mark such an expression: no ages of persons, no "previously", "so far", "annual"."""
    return time.kind != "age" and text[time.start : time.end].lower() not in _UNMARKED


def _marked_in_gum(time: TimeFound) -> bool:
    """GUM marks dates only: no durations, sets, vague times, clock times or offsets of hours."""
    return time.kind not in ("duration", "set", "ref", "clock", "part") and time.slot("unit") not in _CLOCK_UNITS


def _timex(time: TimeFound, when: Mapping[str, Any] | None, *, intervals: bool) -> tuple[str, str]:
    slots = dict(time.slots)
    if time.kind == "ref":
        return "DATE", {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}[slots.get("ref", "present")]
    if time.kind == "span" and time.rule in ("recent_units", "span_bare") and slots.get("unit") in ("year", "day", "decade"):
        return "DATE", "PAST_REF" if time.rule == "recent_units" or slots.get("shift") == "-1" else "FUTURE_REF"
    if time.rule == "last_unit" and slots["unit"] in ("week", "month", "year") and when and when["to"]:
        last = date.fromisoformat(when["to"])
        return "DATE", _calendar(time, slots, dict(when) | {"precision": slots["unit"]}, last, last, intervals=False)
    if time.kind in ("duration", "age", "span") or (time.rule == "unit_later" and time.anchor is not None):
        return "DURATION", _duration(slots)
    if time.kind in ("set", "rate"):
        return "SET", _set(slots)
    if time.kind == "nth":
        return "DURATION", _duration({"unit": slots.get("unit", "day"), "num": "1"})
    value = _point(time, slots, when, intervals=intervals)
    return "TIME" if "T" in value and value[:1].isdigit() else "DATE", value


def _duration(slots: Mapping[str, str]) -> str:
    unit = slots.get("unit", "x")
    number = slots.get("num", "1")
    if unit == "fortnight" and number != "X":
        number = str(2 * float(number)).removesuffix(".0")
    prefix = "PT" if unit in _CLOCK_UNITS else "P"
    letter = _LETTERS.get(unit, "X")
    if unit == "decade" and number != "X":
        number, letter = f"{float(number) * 10:g}", "Y"
    if unit == "century":
        number, letter = ("X", "C") if number == "X" else (f"{float(number) * 100:g}", "Y")
    if unit == "quarter" and number != "X":
        number, letter = f"{float(number) * 3:g}", "M"
    if number != "X" and slots.get("half"):
        number = str(float(number) + 0.5)
    if "." in number:
        return _with_half(float(number), unit, prefix, letter)
    return f"{prefix}{number}{letter}"


def _with_half(number: float, unit: str, prefix: str, letter: str) -> str:
    whole = int(number)
    below = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}.get(unit)
    if below is None or number - whole != 0.5:
        return f"{prefix}{number:g}{letter}"
    return f"{prefix}{whole or ''}{letter if whole else ''}{below}"


def _set(slots: Mapping[str, str]) -> str:
    if "weekday" in slots:
        return f"XXXX-WXX-{slots['weekday']}" + (_PARTS[slots["part"]] if "part" in slots else "")
    if "month" in slots:
        return f"XXXX-{int(slots['month']):02d}"
    if "season" in slots:
        return f"XXXX-{_SEASON[slots['season']]}"
    unit = slots.get("setadverb") or slots.get("unit") or ("day" if "part" in slots else "x")
    return _duration({"unit": unit, "num": slots.get("num", "1")})


def _point(time: TimeFound, slots: Mapping[str, str], when: Mapping[str, Any] | None, *, intervals: bool) -> str:
    if when is None or (when["from"] is None and when["to"] is None):
        return _open(time, slots)
    start, end = when["from"] or when["to"], when["to"] or when["from"]
    if time.kind in ("ago", "offset") and slots.get("num") == "X":
        return _duration(slots)
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    if time.role == "until" and time.pair is not None and when["to"]:
        first = last
    if "decade" in slots:
        return slots["decade"][:3]
    if "century" in slots:
        return f"{int(slots['century']) - 1}"
    if "quarter" in slots:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if "half_" in slots:
        return f"{first.year}-H{1 if first.month < 7 else 2}"
    if "season" in slots:
        whole = make_season(_year_of_season(slots["season"], first), slots["season"])
        return f"{whole.first}/{whole.last}" if intervals else f"{_year_of_season(slots['season'], first)}-{_SEASON[slots['season']]}"
    return _calendar(time, slots, when, first, last, intervals=intervals)


def _year_of_season(season: str, first: date) -> int:
    return first.year - 1 if season == "winter" and first.month < 3 else first.year


def _calendar(time: TimeFound, slots: Mapping[str, str], when: Mapping[str, Any], first: date, last: date, *, intervals: bool) -> str:
    precision = when["precision"]
    unit = slots.get("unit")
    if intervals and (precision == "week" or unit == "weekend"):
        monday = first - timedelta(first.weekday())
        return f"{monday}/{monday + timedelta(6)}" if time.role != "at" and precision == "week" else f"{first}/{last}"
    if time.rule == "year_end":
        return last.isoformat()
    if precision == "season":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if unit == "weekend":
        return f"{first.isocalendar().year}-W{first.isocalendar().week:02d}-WE"
    if precision == "week" and "named" not in slots:
        middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
        return f"{middle.isocalendar().year}-W{middle.isocalendar().week:02d}"
    if precision == "minute":
        stamp: str = when["from"] or when["to"]
        return stamp[:16] + ("Z" if stamp.endswith("+00:00") else "")
    if intervals and precision in ("hour", "minute"):
        return first.isoformat()
    if precision == "hour" and "part" in slots:
        evening = first - timedelta(1) if slots["part"] == "midnight" and len(slots) > 1 else first
        return f"{evening}{_PARTS[slots['part']]}"
    if precision in ("year", "decade"):
        return str(first.year) if precision == "year" else f"{first.year // 10}"
    return f"{first:%Y-%m}" if precision == "month" and "named" not in slots else first.isoformat()


def _open(time: TimeFound, slots: Mapping[str, str]) -> str:
    if time.kind in ("ago", "offset"):
        return _duration(slots)
    if "weekday" in slots:
        return f"XXXX-WXX-{slots['weekday']}"
    if "month" in slots:
        day = slots.get("day") or slots.get("dayord")
        return f"XXXX-{int(slots['month']):02d}" + (f"-{int(day):02d}" if day else "")
    return "P1" + _LETTERS.get(slots.get("unit", "day"), "X") if time.kind == "context" else "XXXX-XX-XX"


def plain_document(text: str) -> Document:
    """A document of one sentence without trees, enough for the grammar of time."""
    tokens: list[Token] = []
    start = None
    for i, character in enumerate(text + " "):
        if character.isspace() and start is not None:
            n = len(tokens)
            tokens.append(Token(n, start, i, text[start:i], text[start:i].lower(), "X", "X", "", n, "root", 0))
            start = None
        elif not character.isspace() and start is None:
            start = i
    return Document(text, tuple(tokens), (Sentence(0, 0, len(tokens), 0, len(text), 0),))
