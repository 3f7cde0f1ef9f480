"""The ledger: who held a place on a day, since when, and according to whom."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import When
from dateline.record.questions import Chain, Question, chain_of, holder_name, load_items, worlds_of
from dateline.record.rows import fold
from dateline.record.store import Record

_BEGINS = ("captured", "recaptured", "held", "handed_over")


@dataclass(frozen=True, slots=True)
class Change:
    """One account of a change of hands or of a hold, with its words."""

    report: int
    id: str
    place: str
    place_name: str
    holder: str | None
    holder_name: str | None
    previous_name: str | None
    change: str
    status: str
    earliest: str | None
    latest: str | None
    precision: str
    chain: Chain
    words: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's hold of a place on the day asked for."""

    holder: str
    holder_name: str
    since: When
    """When the hold began: not before ``earliest``, not after ``latest``."""
    standing: str
    """claimed (only the holder or an ally of its words says so), reported (an outlet or another says so), possible (it may have begun later) or denied."""
    accounts: tuple[Change, ...]


def history(record: Record, place: str, *, according_to: str | None = None, as_known_on: str | None = None) -> list[Change]:
    """All accounts of who came to hold or lost the place, oldest first; undated ones last."""
    worlds = worlds_of(record, place, kinds=("geonames", "country", "place"))
    changes = [c for world in worlds for c in _changes(record, world, as_known_on=as_known_on)]
    if according_to is not None:
        changes = [c for c in changes if c.chain.includes(according_to)]
    return sorted(changes, key=lambda c: (c.earliest or "9999", c.latest or "9999", c.report, c.id))


def _changes(record: Record, world: str, *, as_known_on: str | None) -> list[Change]:
    question = Question(known_by=as_known_on)
    rows = record.rows("SELECT report, id, place, holder, previous FROM control WHERE place = ? ORDER BY report, id", (world,))
    found: list[Change] = []
    for item in load_items(record, [(r["report"], r["id"]) for r in rows], question):
        row = next(r for r in rows if (r["report"], r["id"]) == (item.report, item.id))
        when = item.body["when"] or {"from": None, "to": None, "precision": "unknown"}
        found.append(
            Change(
                item.report, item.id, world, item.name(item.body["place"]) or world, row["holder"], item.name(item.body["holder"]),
                item.name(item.body["previous_holder"]), item.body["change"], item.body["status"], when["from"], when["to"], when["precision"],
                chain_of(item), item.body["span"]["text"],
            )
        )  # fmt: skip
    return found


def holders_on(record: Record, place: str, day: str, *, according_to: str | None = None, as_known_on: str | None = None) -> list[Holding]:
    """Who held the place on ``day`` (ISO date), as the accounts have it; several where they differ.

    A hold lasts until an account of a later change says that another came to hold the place, or that the holder lost it.
    """
    dated = [c for c in history(record, place, according_to=according_to, as_known_on=as_known_on) if c.earliest is not None or c.latest is not None]
    begun = [c for c in dated if c.change in _BEGINS and c.holder is not None and _start(c) <= day]
    by_holder: dict[str, list[Change]] = {}
    for change in begun:
        by_holder.setdefault(change.holder or "", []).append(change)
    holdings = [h for holder, rows in by_holder.items() if (h := _holding(record, holder, rows, dated, day)) is not None]
    return sorted(holdings, key=lambda h: (_ORDER.index(h.standing), h.since.earliest or "", h.holder_name))


_ORDER = ("reported", "claimed", "possible", "denied")


def _start(change: Change) -> str:
    return (change.earliest or change.latest or "")[:10]


def _end(change: Change) -> str:
    """The day by which the change had come about; a hold stated without a day of beginning counts from the day it is stated of."""
    return (change.latest or change.earliest or "")[:10] if change.change != "held" else _start(change)


def _holding(record: Record, holder: str, rows: list[Change], dated: list[Change], day: str) -> Holding | None:
    last = max(rows, key=_end)
    if any(_ends(other, holder, last, day) for other in dated):
        return None
    accounts = tuple(r for r in rows if _start(r) >= _period_start(rows, dated, holder))
    first = min(accounts, key=lambda c: (_end(c), _start(c)))
    since = When(first.earliest, first.latest if first.change != "held" else first.earliest, first.precision)
    return Holding(holder, holder_name(record, holder), since, _standing(accounts, day), accounts)


def _ends(other: Change, holder: str, last: Change, day: str) -> bool:
    """Whether ``other`` says that the hold was over by ``day``."""
    if other.status == "denied" or _end(other) > day or _end(other) < _end(last):
        return False
    if other.change == "lost":
        return other.holder == holder or (other.previous_name is not None and fold(other.previous_name) == fold(last.holder_name or ""))
    return other.change in _BEGINS and other.holder not in (None, holder) and _end(other) > _end(last)


def _period_start(rows: list[Change], dated: list[Change], holder: str) -> str:
    """The day after which the present hold began: the last change to another holder before the holder's last account."""
    last = max(_end(r) for r in rows)
    others = [_end(c) for c in dated if c.change in _BEGINS and c.holder not in (None, holder) and c.status != "denied" and _end(c) < last]
    return max(others, default="")


def _standing(accounts: tuple[Change, ...], day: str) -> str:
    if all(a.status == "denied" for a in accounts):
        return "denied"
    told = [a for a in accounts if a.status not in ("denied", "possible", "planned", "demanded", "hypothetical")]
    if not told or all(_end(a) > day for a in told):
        return "possible"
    return "claimed" if all(a.chain.ends_with(a.holder) for a in told) else "reported"
