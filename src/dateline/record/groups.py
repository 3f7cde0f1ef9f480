"""Groups of events out of ties between pairs: the strongest tie first, and never against what excludes it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.record.compare import Candidate
from dateline.record.occasion import width

_SPAN = 3
"""Events that are known to the day lie no further apart than this (in days) within one incident."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A judgement between two events that counts."""

    a: Candidate
    b: Candidate
    verdict: str
    score: float
    judge: str

    @property
    def by_person(self) -> bool:
        """Whether a person judged."""
        return self.judge.startswith("person:")


class Group:
    """Events that are joined, with the days that they are known to lie within."""

    def __init__(self, member: Candidate) -> None:
        self.members = [member]
        self.barred: set[tuple[int, str]] = set()
        narrow = member.days.kind == "dated" and member.days.first is not None and member.days.last is not None
        narrow = narrow and width(member.days.first or "", member.days.last or "") <= _SPAN
        self.first = member.days.first if narrow else None
        self.last = member.days.last if narrow else None

    def fits(self, other: Group) -> bool:
        """Whether neither a person's judgement nor the days exclude that the two are one."""
        if any(c.key in self.barred for c in other.members):
            return False
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        apart = width(min(self.last, other.last), max(self.first, other.first))
        return apart <= 1 and width(min(self.first, other.first), max(self.last, other.last)) <= 2 * _SPAN

    def take(self, other: Group) -> None:
        """Take the events of the other group in."""
        self.members += other.members
        self.barred |= other.barred
        self.first = min((d for d in (self.first, other.first) if d is not None), default=None)
        self.last = max((d for d in (self.last, other.last) if d is not None), default=None)


def grouped(candidates: list[Candidate], ties: list[Tie]) -> list[Group]:
    """The groups that the ties give; events that stay alone are a group each. The order of what is given does not matter."""
    groups = {c.key: Group(c) for c in candidates}
    for tie in ties:
        if tie.verdict == "different" and tie.by_person:
            groups[tie.a.key].barred.add(tie.b.key)
            groups[tie.b.key].barred.add(tie.a.key)
    same = [t for t in ties if t.verdict == "same"]
    for tie in sorted(same, key=lambda t: (not t.by_person, -t.score, *sorted((t.a.rank, t.b.rank)))):
        first, second = groups[tie.a.key], groups[tie.b.key]
        if first is not second and (tie.by_person or first.fits(second)):
            first.take(second)
            for member in second.members:
                groups[member.key] = first
    unique = {id(g): g for g in groups.values()}
    return list(unique.values())
