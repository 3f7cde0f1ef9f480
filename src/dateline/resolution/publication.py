"""The day a report was published, inferred from the inside where neither its metadata nor its head says it.

Two things must come together: a full date that the report itself is close to (a fresh picture's caption, its dateline, an embedded post, the
opening sentences), and words of its opening that are only said of the last days ("on Friday", "today"). A date alone proves nothing:
histories and background are full of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.extraction.findings import Findings
from dateline.extraction.times import TimeFound
from dateline.language.document import Document
from dateline.model import Published, Report, Span
from dateline.resolution.when_calendar import make_day
from dateline.resolution.when_context import Context

_OPENING = 1500
"""Characters of running text, captions left out, in which a fresh report says on which day."""
_JUST_BEFORE = 2
"""Days by which a past weekday may lie before the day of the latest caption; one day is a picture of the day after, more leaves the day open."""
_FILE_PICTURE = re.compile(r"\b(?:file|archive|undated|stock|handout of)\b", re.IGNORECASE)
_PICTURE = re.compile(r"\b(?:photo(?:graph)?|picture|image|frame ?grab|screen ?grab|screenshot|still|video|footage|handout)\b", re.IGNORECASE)
_POST = re.compile(r"\(@\w{1,20}\)\s*$")
_AGENCY_AFTER = re.compile(r"^\s*(?:,\s*\d{4}\s*)?(?:\([A-Z][\w./ -]{1,25}\)|[\u2014\u2013]|-{1,2}\s|_\s)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A full date near which the report was made, its expression and what makes it near."""

    day: date
    time: TimeFound
    kind: str
    """line, dateline, caption, post or opening."""


def infer_published(report: Report, document: Document, findings: Findings) -> Published:
    """The report's publication date as given, else as its captions, dateline, posts and weekdays let it be inferred, else unknown."""
    if report.published.date is not None or not findings.times:
        return report.published
    context = Context(document, None)
    opening = _opening_end(report, document)
    anchor = _anchor(report, document, findings.times, context, opening)
    if anchor is None:
        return report.published
    if anchor.kind == "line":
        return _published(report, anchor, None, anchor.day, "a date that stands in a line of its own at the head")
    if anchor.kind == "dateline":
        return _published(report, anchor, None, anchor.day, f"the dateline's day, in the year {anchor.day.year} that other dates of the text give")
    fresh = _fresh(report, findings.times, context, opening)
    if fresh is None:
        return report.published
    slots = dict(fresh.slots)
    if "deictic" in slots:
        if anchor.kind != "opening":
            return report.published
        return _published(report, anchor, fresh, anchor.day, "the opening's full date, which the text calls today")
    if anchor.kind == "opening":
        return _published(report, anchor, fresh, anchor.day, "the full date in the opening, which tells of the last days by the names of weekdays")
    ahead = (int(slots["weekday"]) - anchor.day.isoweekday()) % 7
    if anchor.kind == "caption" and 7 - ahead <= _JUST_BEFORE:
        if 7 - ahead > 1:
            return report.published
        shown = f"the day of the latest caption, {anchor.day.isoformat()}, a little after {report.text[fresh.start : fresh.end]}"
        return _published(report, anchor, fresh, anchor.day, shown)
    day = anchor.day + timedelta(ahead)
    what = {"caption": "latest caption date", "post": "latest embedded post"}[anchor.kind]
    return _published(report, anchor, fresh, day, f"the first {report.text[fresh.start : fresh.end]} on or after the {what}, {anchor.day.isoformat()}")


def _published(report: Report, anchor: Anchor, fresh: TimeFound | None, day: date, note: str) -> Published:
    spans = [Span.of(report.text, t.start, t.end) for t in (anchor.time, fresh) if t is not None]
    return Published(day.isoformat(), "inferred", tuple(sorted(set(spans))), note)


def _opening_end(report: Report, document: Document) -> int:
    """Where the opening ends: after so many characters of headline and paragraphs."""
    left = _OPENING
    for section in report.sections:
        if section.kind in ("caption", "credit", "boilerplate"):
            continue
        left -= section.end - section.start
        if left <= 0:
            return section.end
    return len(report.text) if report.sections else min(len(report.text), _OPENING)


def _section_at(report: Report, time: TimeFound) -> str:
    return next((s.kind for s in report.sections if s.start <= time.start < s.end), "paragraph")


def _full_day(time: TimeFound) -> date | None:
    """The day of an expression that names day, month and year."""
    slots = dict(time.slots)
    number = slots.get("day") or slots.get("dayord")
    if time.kind != "date" or not {"month", "year"} <= set(slots) or number is None or set(slots) & {"day2", "unit", "nth"}:
        return None
    made = make_day(int(slots["year"]), int(slots["month"]), int(number))
    return made.first if made is not None else None


def _anchor(report: Report, document: Document, times: Iterable[TimeFound], context: Context, opening: int) -> Anchor | None:
    """The latest full date that the report is close to; None when a later full date lies behind the report and so denies it."""
    rows = list(times)
    days = [(day, t) for t in rows if (day := _full_day(t)) is not None]
    behind = [day for day, t in days if t.role == "at" and context.weighed_tense(t)[0] != "future"]
    latest = max(behind, default=None)
    dateline = _dateline(report, rows, [day for day, _ in days])
    if dateline is not None:
        return dateline if latest is None or latest <= dateline.day else None
    line = next((Anchor(day, t, "line") for day, t in days if t.start < 400 and _alone(report.text, t)), None)
    if line is not None:
        return line
    near = [Anchor(day, t, kind) for day, t in days if (kind := _nearness(report, t, opening)) is not None]
    anchor = max(near, key=lambda a: (a.day, a.kind == "caption"), default=None)
    if anchor is None or (latest is not None and latest > anchor.day):
        return None
    return anchor


def _alone(text: str, time: TimeFound) -> bool:
    """Whether an expression fills its line."""
    start, end = text.rfind("\n", 0, time.start) + 1, text.find("\n", time.end)
    return text[start : time.start].strip() == "" and text[time.end : end if end >= 0 else len(text)].strip(" .") == ""


def _nearness(report: Report, time: TimeFound, opening: int) -> str | None:
    """What makes a full date near to the report: a fresh picture, an embedded post, or the opening; None otherwise."""
    text = report.text
    line_start = text.rfind("\n", 0, time.start) + 1
    line_end = text.find("\n", time.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if _POST.search(text[line_start : time.start]):
        return "post"
    if _section_at(report, time) == "caption" or re.match(r"(?i)\s*(?:this|in this)\b", text[max(line_start, time.start - 9) : time.start] or "-"):
        around = text[max(0, time.start - 40) : time.end + 60]
        pictured = _section_at(report, time) == "caption" or _PICTURE.search(text[time.end : time.end + 40])
        return "caption" if pictured and not _FILE_PICTURE.search(around) and len(line) < 900 else None
    if time.end <= opening // 2 and "weekday" in dict(time.slots):
        return "opening"
    return None


def _dateline(report: Report, times: Iterable[TimeFound], days: list[date]) -> Anchor | None:
    """The day of the dateline ("BEIRUT, Oct. 20 (AP) -"); its year is stated or that of a full date within four months of it."""
    for time in times:
        slots = dict(time.slots)
        number = slots.get("day") or slots.get("dayord")
        if time.start > 400 or "month" not in slots or number is None or "year" in slots and _full_day(time) is None:
            continue
        line = report.text[report.text.rfind("\n", 0, time.start) + 1 : time.start]
        if not (line.split(",")[0].isupper() and len(line) < 60 and _AGENCY_AFTER.match(report.text[time.end : time.end + 40])):
            continue
        stated = _full_day(time)
        if stated is not None:
            return Anchor(stated, time, "dateline")
        choices = {make_day(year, int(slots["month"]), int(number)) for d in days for year in (d.year, d.year + 1)}
        fitting = [c.first for c in choices if c is not None and c.first is not None and any(-30 <= (c.first - d).days <= 120 for d in days)]
        return Anchor(fitting[0], time, "dateline") if len(set(fitting)) == 1 else None
    return None


def _fresh(report: Report, times: Iterable[TimeFound], context: Context, opening: int) -> TimeFound | None:
    """The first weekday of the opening that lies behind it ("said on Friday"), or "today"; never one of a caption."""
    today: TimeFound | None = None
    for time in times:
        slots = dict(time.slots)
        if time.start >= opening or time.role != "at" or _section_at(report, time) in ("caption", "credit", "boilerplate"):
            continue
        if "weekday" in slots and time.kind == "date" and not set(slots) & {"month", "shift", "ctxshift", "weekshift", "dayshift"}:
            if context.weighed_tense(time)[0] == "past":
                return time
        elif slots.get("deictic") == "0" and today is None:
            today = time
    return today
