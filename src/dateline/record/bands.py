"""The ledger of a place over all days: the stretches on which the answer to "who held it" stays the same."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.record.holds import Change, Holding
from dateline.record.ledger import BEFORE, holders_among, told_of
from dateline.record.occasion import shift
from dateline.record.store import Record

_FIRST, _LAST = "0001-03-01", "9999-10-01"
"""Days outside of which no stretch begins or ends: beyond them the calendar leaves no room for the days around."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of days on which one holder's hold stands the same; None where it begins before, or lasts beyond, all that is told."""

    first: str | None
    last: str | None
    holder: str
    holder_name: str
    standing: str
    independent: int
    reason: str


def ledger_places(record: Record) -> list[str]:
    """The keys of all places that a report tells the control of."""
    return [r["place"] for r in record.rows("SELECT DISTINCT place FROM control WHERE place IS NOT NULL ORDER BY place")]


def bands_of(record: Record, place: str) -> list[Band]:
    """The bands of a place, by its key, oldest first."""
    return bands_among(record, told_of(record, place))


def bands_among(record: Record, changes: list[Change]) -> list[Band]:
    """The bands that these accounts of one place make, oldest first."""
    days = _turns(changes)
    found: list[Band] = []
    running: dict[str, Band] = {}
    for n, day in enumerate(days):
        end = shift(days[n + 1], -1) if n + 1 < len(days) else None
        now: dict[str, Band] = {}
        for holding in holders_among(record, changes, day):
            before = running.pop(holding.holder, None)
            now[holding.holder] = _grown(before, holding, end) or _begun(holding, day if n else None, end)
            if before is not None and now[holding.holder].first != before.first:
                found.append(before)
        found += running.values()
        running = now
    found += running.values()
    return sorted(found, key=lambda b: (b.first or "", b.last or "9999", b.holder))


def _begun(holding: Holding, first: str | None, last: str | None) -> Band:
    return Band(first, last, holding.holder, holding.holder_name, holding.standing, holding.independent, holding.reason)


def _grown(before: Band | None, holding: Holding, last: str | None) -> Band | None:
    """The band made longer, where the hold stands as it did."""
    if before is None or (before.standing, before.independent) != (holding.standing, holding.independent):
        return None
    return Band(before.first, last, before.holder, holding.holder_name, before.standing, before.independent, holding.reason)


def _turns(changes: list[Change]) -> list[str]:
    """The days on which the answer may change: the first and last day of each account, and the first on which a loss told later speaks for the loser."""
    days: set[str] = set()
    for change in changes:
        days |= {day for day in (change.first, change.last) if _FIRST <= day <= _LAST}
        if _FIRST <= change.first <= _LAST:
            days.add(shift(change.first, -BEFORE))
    return [_FIRST, *sorted(days)] if days else []
