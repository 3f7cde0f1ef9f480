"""What a person types as a value, in the words of the contract: days, numbers with bounds, yes and no, words of the report."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime
from typing import Any

from dateline.errors import UsageError
from dateline.record.anchors import Body
from dateline.vocabulary import mend_of

UNKNOWN = ("null", "none", "unknown", "-", "")
"""What people type for "not known"."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?))?)?)?")
_ABOUT = re.compile(r"^(?:about|around|some|circa|ca\.?|c\.|nearly|almost|~)\s*", re.I)
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)(?:\s*(hundred|thousand|million|billion|k|m|bn))?"
_SCALES = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000}
_BOUNDS = (
    ("above", re.compile(rf"(?:more than|over|above|>)\s*{_NUMBER}", re.I)),
    ("below", re.compile(rf"(?:less than|fewer than|under|below|<)\s*{_NUMBER}", re.I)),
    ("least", re.compile(rf"(?:at least|no fewer than|>=|≥)\s*{_NUMBER}|{_NUMBER}\s*(?:\+|or more)", re.I)),
    ("most", re.compile(rf"(?:up to|at most|no more than|<=|≤)\s*{_NUMBER}|{_NUMBER}\s*or (?:less|fewer)", re.I)),
    ("between", re.compile(rf"(?:between\s+)?{_NUMBER}\s*(?:-|–|\.\.|to|and)\s*{_NUMBER}", re.I)),
    ("share", re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I)),
    ("exact", re.compile(_NUMBER, re.I)),
)


def when_typed(text: str, *, span: Body | None) -> Body | None:
    """The days that a person typed: ``2017``, ``2017-10``, ``2017-10-17``, ``2017-10-17T12:30``, ``2017-10-01..2017-10-17``, ``..2017-10-17``, ``about 2017``.

    Raises ``UsageError`` for what is no day.
    """
    given, text = text, text.strip()
    if text.casefold() in UNKNOWN:
        return None
    approximate = _ABOUT.match(text) is not None
    first, dots, last = _ABOUT.sub("", text).partition("..")
    begins, precision = _moment(first, given) if first.strip() else ((None, None), "unknown")
    ends, end_precision = _moment(last, given) if last.strip() else ((None, None), precision)
    start, end = begins[0], (ends[1] if dots else begins[1])
    if start is not None and end is not None and start[:10] > end[:10]:
        raise UsageError("it would end before it begins", given=given, mend="write the earlier day first: 2017-10-01..2017-10-17")
    basis = "stated" if span is not None else "inferred"
    return {
        "from": start, "to": end, "precision": precision if precision != "unknown" else end_precision, "approximate": approximate, "basis": basis, "span": span,
    }  # fmt: skip


def _moment(text: str, given: str) -> tuple[tuple[str, str], str]:
    """First and last day of a date as typed, and its precision."""
    found = _DAY.fullmatch(text.strip())
    mend = "write it as 2017, 2017-10, 2017-10-17, 2017-10-17T12:30 or 2017-10-01..2017-10-17"
    if found is None:
        raise UsageError("this is no date", given=given, mend=mend)
    year, month, day, clock = found.groups()
    try:
        start = datetime(int(year), int(month or 1), int(day or 1)).date()
        if clock:
            datetime.fromisoformat(f"{start.isoformat()}T{clock}")
    except ValueError as fault:
        raise UsageError(f"there is no such day: {fault}", given=given, mend=mend) from fault
    if clock:
        return (f"{start.isoformat()}T{clock}",) * 2, "minute"
    if day:
        return (start.isoformat(),) * 2, "day"
    if month:
        return (start.isoformat(), start.replace(day=monthrange(start.year, start.month)[1]).isoformat()), "month"
    return (start.isoformat(), start.replace(month=12, day=31).isoformat()), "year"


def number_typed(text: str) -> Body:
    """The bounds of a figure as typed: ``12``, ``5-7``, ``at least 13``, ``more than 5 million``, ``up to 40``, ``about 300``, ``60 %``.

    Raises ``UsageError`` for what is no number.
    """
    about = _ABOUT.match(text.strip())
    plain = _ABOUT.sub("", text.strip())
    bounds: Body = {"low": None, "best": None, "high": None, "approximate": about is not None, "share": None}
    kind, numbers = next(((k, _numbers(m)) for k, p in _BOUNDS if (m := p.fullmatch(plain))), ("", []))
    if not kind:
        raise UsageError("this is no number", given=text, mend="write it as 12, 5-7, 'at least 13', 'more than 100', 'up to 40', 'about 300' or '60 %'")
    if kind == "share":
        return {**bounds, "share": numbers[0] / 100}
    if kind == "between":
        if numbers[0] > numbers[1]:
            raise UsageError("the first is the greater", given=text, mend="write the lower number first")
        return {**bounds, "low": numbers[0], "high": numbers[1]}
    one = numbers[0]
    if kind in ("above", "least"):
        return {**bounds, "low": one + 1 if kind == "above" else one}
    if kind in ("below", "most"):
        return {**bounds, "high": one - 1 if kind == "below" else one}
    return {**bounds, "best": one} if about else {**bounds, "low": one, "best": one, "high": one}


def _numbers(found: re.Match[str]) -> list[float]:
    groups = found.groups()
    if len(groups) == 1:
        return [float(groups[0])]
    pairs = [(n, s) for n, s in zip(groups[::2], groups[1::2], strict=True) if n]
    scale = next((s for _, s in reversed(pairs) if s), None)  # "3 to 5 million" are millions both
    values = [float(n.replace(",", "")) * _SCALES.get((s or scale or "").casefold(), 1) for n, s in pairs]
    return [int(v) if v.is_integer() else v for v in values]


def flag_typed(text: str) -> bool:
    """Yes or no.

    Raises ``UsageError`` for anything else.
    """
    if text.casefold() in ("yes", "true", "y", "1"):
        return True
    if text.casefold() in ("no", "false", "n", "0"):
        return False
    raise UsageError("this is neither yes nor no", given=text, mend="write yes or no")


def choice_typed(text: str, known: tuple[str, ...], *, field: str) -> str:
    """One of a closed list; spaces may stand for underscores.

    Raises ``UsageError`` with the nearest ones.
    """
    plain = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if plain in known:
        return plain
    raise UsageError(f"there is no such {field}", given=text, mend=mend_of(plain, known, what=field))


def words_meant(words: str, report: Body, *, near: int) -> Body:
    """The span of these words in the report; of several places the one nearest to the value.

    Raises ``UsageError`` where the report does not say them.
    """
    text: str = report["text"]
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words.split()))
    found = list(pattern.finditer(text)) or list(re.compile(pattern.pattern, re.I).finditer(text)) if words.strip() else []
    if not found:
        raise UsageError("the report does not say these words", given=words, mend="copy them from the report as they stand: dateline show REPORT")
    best = min(found, key=lambda m: (abs(m.start() - near), m.start()))
    return {"start": best.start(), "end": best.end(), "text": best.group()}


def text_typed(value: Any) -> str | None:
    """Free text, or None for what people type for "not known"."""
    plain = " ".join(str(value).split())
    return None if plain.casefold() in UNKNOWN else plain
