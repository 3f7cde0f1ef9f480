"""Figures of one incident side by side: lowest, highest, latest, by source; updates told from conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.record.accounts import Account, account_of
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.store import Record


@dataclass(frozen=True, slots=True)
class Toll:
    """One account's figure of an incident."""

    account: Account
    body: Body

    @property
    def number(self) -> float | None:
        """The figure by which it is compared: the best, else the lower, else the upper bound."""
        body = self.body
        found: float | None = next((body[k] for k in ("best", "low", "high") if body[k] is not None), None)
        return found


@dataclass(frozen=True, slots=True)
class Tally:
    """All figures of one measure of an incident."""

    measure: str
    tolls: tuple[Toll, ...]
    """Of each account its largest: the whole toll, not a part of it; oldest report first."""
    parts: tuple[Toll, ...]
    """The smaller figures of the same accounts: parts of the whole, or of some of those hit."""
    kind: str
    """one, same (all agree), update (a source's later figure takes the place of its own) or conflict (sources differ)."""
    reason: str

    @property
    def lowest(self) -> Toll:
        """The lowest figure."""
        return min(self.tolls, key=lambda t: t.number or 0.0)

    @property
    def highest(self) -> Toll:
        """The highest figure."""
        return max(self.tolls, key=lambda t: t.number or 0.0)

    @property
    def latest(self) -> Toll:
        """The figure of the report published last; of several the highest."""
        return max(self.tolls, key=lambda t: (t.account.published or "", t.number or 0.0, -t.account.report))


def tallies(record: Record, events: Iterable[Item]) -> list[Tally]:
    """The figures of these events by measure."""
    keys = [(event.report, figure) for event in events for figure in event.sheet.figures.get(event.id, [])]
    by_measure: dict[str, list[Toll]] = {}
    for item in load_items(record, keys, Question()):
        toll = Toll(account_of(record, item), item.body)
        if toll.number is not None:
            by_measure.setdefault(item.body["measure"], []).append(toll)
    return [_tally(measure, tolls) for measure, tolls in sorted(by_measure.items())]


def _tally(measure: str, tolls: list[Toll]) -> Tally:
    whole: dict[tuple[int, str], Toll] = {}
    for toll in tolls:
        key = (toll.account.report, toll.account.voice)
        if key not in whole or (toll.number or 0.0) > (whole[key].number or 0.0):
            whole[key] = toll
    chosen = sorted(whole.values(), key=lambda t: (t.account.published or "", t.account.report, t.account.id))
    rest = tuple(t for t in tolls if t not in chosen)
    return Tally(measure, tuple(chosen), rest, *_kind(chosen))


def _kind(tolls: list[Toll]) -> tuple[str, str]:
    if len(tolls) == 1:
        return "one", "one account counts them"
    if len({(t.number, t.body["low"], t.body["high"]) for t in tolls}) == 1:
        return "same", "all accounts give the same figure"
    newest: dict[str, Toll] = {}
    for toll in tolls:
        newest[toll.account.voice] = toll
    if len({t.number for t in newest.values()}) == 1:
        return "update", "a source's later figure takes the place of its earlier one"
    days = {(t.account.published or "")[:10] for t in newest.values()}
    rising = [t.number or 0.0 for t in sorted(newest.values(), key=lambda t: t.account.published or "")]
    if len(days) == len(newest) and rising == sorted(rising) and "" not in days:
        return "update", "later reports count more"
    return "conflict", "sources differ"
