"""What the ledger is made of: an account of a change of hands, and somebody's hold of a place on a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from dateline.model import When
from dateline.record.accounts import Account
from dateline.record.questions import Chain


@dataclass(frozen=True, slots=True)
class Change:
    """One account of a change of hands or of a hold, with its words."""

    report: int
    id: str
    place: str
    place_name: str
    holder: str | None
    """Key of the party that holds: the state for its army, the group for its fighters."""
    holder_name: str | None
    previous: str | None
    previous_name: str | None
    change: str
    status: str
    earliest: str | None
    latest: str | None
    precision: str
    chain: Chain
    words: str
    sentence: str
    account: Account
    denials: tuple[Account, ...] = ()
    """Denials in the same report of the statement that this rests on."""
    beside: tuple[Account, ...] = ()
    """Denials of the same happening beside it, in the report or in another, and the claim that a denial answers.

    They make it contested, and do not keep the former holder's hold alive.
    """

    @property
    def first(self) -> str:
        """The first day on which it may have come about."""
        return (self.earliest or self.latest or "")[:10]

    @property
    def last(self) -> str:
        """The day by which it had come about; a hold stated without a day of beginning counts from the day it is stated of."""
        if self.change == "held" and self.earliest is not None:
            return _end_of(self.earliest[:10], self.precision)
        return (self.latest or self.earliest or "")[:10]


def _end_of(day: str, precision: str) -> str:
    """The last day of the month or year that a day stands for."""
    if precision in ("year", "decade"):
        return f"{day[:4]}-12-31"
    if precision in ("month", "season"):
        return f"{day[:7]}-{monthrange(int(day[:4]), int(day[5:7]))[1]}"
    return day


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's hold of a place on the day asked for."""

    place: str
    place_name: str
    holder: str
    holder_name: str
    since: When
    """When the hold began: not before ``earliest``, not after ``latest``."""
    until: When | None
    """When it ended, where the record knows of an end."""
    standing: str
    """reported, confirmed, claimed, contested, possible or denied."""
    reason: str
    """Why, in words."""
    independent: int
    accounts: tuple[Change, ...]
    against: tuple[Account, ...] = ()
    """Who denies it, or says otherwise."""
