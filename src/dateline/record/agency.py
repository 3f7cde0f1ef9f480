"""Whose copy a report is: the news agency that its byline or dateline names beside the outlet that printed it."""

from __future__ import annotations

import re

from dateline.intake.outlets import outlet_named
from dateline.model import Report
from dateline.record.rows import fold

_GENERIC = frozenset("agency agence news press the newspaper media network service wire group of and".split())
_BRACKETS = re.compile(r"\(([^()]{2,40})\)\s*[-–—]")


def house_of(report: Report) -> str | None:
    """The outlet that published a report; where it names none, the outlet of its byline or the body that heads the text."""
    if report.source:
        return report.source
    return next((a for a in report.authors if _is_house(a)), None)


def agency_of(report: Report) -> str | None:
    """The agency whose copy the report is, where it is another than the outlet; None for an outlet's own report."""
    outlet = house_of(report)
    for name in (*report.authors, *_in_dateline(report)):
        if not _is_house(name) and name not in _in_dateline(report):
            continue
        if outlet is None or not same_house(name, outlet):
            return _full(name)
    return None


def _in_dateline(report: Report) -> list[str]:
    """What stands in brackets before the dash: "RAQQA, Syria (AP) —"."""
    spans = [report.text[s.start : s.end + 3] for s in report.sections if s.kind == "dateline"]
    return [m.group(1).strip() for text in spans for m in _BRACKETS.finditer(text)]


def _is_house(name: str) -> bool:
    outlet = outlet_named(name)
    return outlet is not None or bool({"agency", "news", "press", "broadcasting", "media", "times", "post", "wire"} & set(fold(name).split()))


def _full(name: str) -> str:
    outlet = outlet_named(name)
    return outlet.name if outlet is not None else name


def same_house(a: str, b: str) -> bool:
    """Whether two names are of one outlet or agency: by the list of outlets, or the same words but for "Agency", "News" and the like."""
    if fold(_full(a)) == fold(_full(b)):
        return True
    first, second = _telling(a), _telling(b)
    return bool(first) and bool(second) and (first <= second or second <= first)


def house_key(name: str) -> str:
    """The key under which an outlet or agency is counted: its telling words."""
    return "house:" + (" ".join(sorted(_telling(_full(name)))) or fold(name))


def _telling(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - _GENERIC
