"""When a report was published, as far as metadata or the report's own words state it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from dateline.intake.dates import DateFound, find_dates, read_date
from dateline.model import Published, Section, Span

_LABEL = re.compile(r"(?i)\b(?:published|posted|updated|issued|released|date|dated|first published|last updated|created|press release|for immediate release)\b")


def published_of(text: str, sections: Sequence[Section], stated: Sequence[str] = (), *, head: Sequence[DateFound] = (), today: date | None = None) -> Published:
    """The publication date of a report: the first readable of the metadata values, else what its head states, else unknown.

    ``head`` holds days that lines of the head state beside those of datelines.
    Values that contradict each other by more than a day, or lie after ``today`` (the present day unless given), are told in the note.
    """
    read = [iso for iso in map(read_date, stated) if iso is not None]
    words = _in_text(text, sections, head)
    notes: list[str] = []
    if read:
        notes.extend(f"metadata also gives {other}" for other in dict.fromkeys(read[1:]) if _apart(read[0], other) > 1)
        if words is not None and words.iso is not None and _apart(read[0], words.iso) > 1:
            notes.append(f"the text states {words.iso[:10]}")
        found = Published(read[0], "metadata", (), None)
    elif words is not None and words.iso is not None:
        found = Published(words.iso, "stated", (Span.of(text, words.start, words.end),), None)
    else:
        return Published(note=f"the metadata value {stated[0]!r} is no date that could be read" if stated else None)
    if date.fromisoformat((found.date or "")[:10]) > (today or datetime.now(tz=UTC).date()) + timedelta(days=1):
        notes.append("the date lies in the future")
    return Published(found.date, found.basis, found.spans, "; ".join(notes) or None)


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)


def _in_text(text: str, sections: Sequence[Section], head: Sequence[DateFound]) -> DateFound | None:
    """The full date of a date line, byline or dateline before the body, or of a labelled line ("Published ...") anywhere."""
    labelled: list[DateFound] = []
    plain: list[DateFound] = []
    for i, section in enumerate(sections):
        if section.kind not in ("dateline", "byline", "boilerplate"):
            continue
        dates = [d for d in find_dates(text, section.start, section.end) if d.iso is not None]
        if not dates:
            continue
        if section.kind != "boilerplate" and _before_body(sections, i):
            plain.append(dates[0])
        words = text[section.start : section.end]
        if _LABEL.match(words) and (section.kind != "boilerplate" or i <= 6):
            labelled.append(dates[0])
    return next(iter(plain or head or labelled), None)


def _before_body(sections: Sequence[Section], i: int) -> bool:
    return sum(s.kind == "paragraph" for s in sections[:i]) <= 1
