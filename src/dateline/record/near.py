"""Which events tell of a happening, and how far around one others are looked for: the blocks of the map, the types, and the days."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.record.compare import LASTING, Candidate, may_mean
from dateline.record.occasion import AREA, LATE, WIDE, around, reached, shift

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
    before: tuple[str, str] | None = None
    """For what is told without a day: others of known or presumed days that end from the first of these to the second, some days before it was told."""
    after: tuple[str, str] | None = None
    """Others that are told without a day, and so perhaps late: their presumed days begin from the first of these to the second."""
    lasting: tuple[str, str] | None = None
    """First and last day, where others of days known only roughly may be meant: those begin no later than the last and end no earlier than the first."""


def tells_of_happening(kind: str, status: str) -> bool:
    """Whether an event of this type and status is one of an incident."""
    return kind not in NO_INCIDENT and status not in NOT_HAPPENED


def reach_of(one: Candidate) -> Reach | None:
    """How far around an event others are looked for; None for one without a place or a day."""
    if one.block is None or one.days.kind == "none":
        return None
    blocks, types = tuple(_blocks(one, one.block)), tuple(sorted(may_mean(one.type)))
    if one.days.kind == "open":
        return Reach(blocks, types, since=one.days.first)
    last = one.days.last or ""
    first = one.days.first or "0001-01-01"
    early = first <= "0001-03"
    earliest, end = (first, first) if early else (shift(first, -WIDE - 1), shift(first, -1))
    news = one.days.kind == "presumed" and not early
    late = one.days.kind in ("dated", "presumed") and not early
    before = (shift(first, -LATE), shift(first, -2)) if news else None
    after = (shift(last, 2), shift(last, LATE)) if late else None
    return Reach(blocks, types, None, earliest, shift(last, 1), end, before, after, (first, last) if one.type in LASTING else None)


def _blocks(one: Candidate, block: str) -> list[str]:
    """The blocks in which an event is looked for: its own with those that touch it, and its country's; that of a region with the squares near its middle."""
    if not one.loose:
        return around(block) + ([f"{AREA}{one.country}"] if one.country and block.startswith("square:") else [])
    nation = one.place is not None and one.place.startswith("country:")
    return [block] + ([] if nation or one.lat is None or one.lon is None else reached(one.lat, one.lon))
