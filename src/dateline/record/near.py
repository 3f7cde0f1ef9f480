"""Which events tell of a happening, and how far around one others are looked for: the blocks of the map, the types, and the days."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.record.compare import LASTING, Candidate, may_mean
from dateline.record.occasion import WIDE, around, shift

MOST = 24
"""With so many events near it at most an event is compared: those that come first by the digest of their report, whatever order they came in."""

NO_INCIDENT = tuple("accusation denial threat demand promise condemnation praise congratulation rejection responsibility_claimed concession".split())
"""Types that are themselves acts of speech: they are accounts, not happenings to be joined."""

NOT_HAPPENED = ("planned", "demanded", "hypothetical")


@dataclass(frozen=True, slots=True)
class Reach:
    """What an event is compared with: events in one of the blocks, of one of the types, on days that fit."""

    blocks: tuple[str, ...]
    types: tuple[str, ...]
    since: str | None = None
    """For what goes on since a day: others that go on since the same day, and none else."""
    earliest: str = ""
    """Others of known or presumed days begin from here to ``latest``, and end no earlier than ``end``."""
    latest: str = ""
    end: str = ""
    lasting: tuple[str, str] | None = None
    """First and last day, where others of days known only roughly may be meant: those begin no later than the last and end no earlier than the first."""


def tells_of_happening(kind: str, status: str) -> bool:
    """Whether an event of this type and status is one of an incident."""
    return kind not in NO_INCIDENT and status not in NOT_HAPPENED


def reach_of(one: Candidate) -> Reach | None:
    """How far around an event others are looked for; None for one without a place or a day."""
    if one.block is None or one.days.kind == "none":
        return None
    blocks, types = tuple(around(one.block)), tuple(sorted(may_mean(one.type)))
    if one.days.kind == "open":
        return Reach(blocks, types, since=one.days.first)
    last = one.days.last or ""
    first = one.days.first or "0001-01-01"
    early = first <= "0001-03"
    earliest, end = (first, first) if early else (shift(first, -WIDE - 1), shift(first, -1))
    return Reach(blocks, types, None, earliest, shift(last, 1), end, (first, last) if one.type in LASTING else None)
