"""The ledger: who held a place on a day, since when, until when, and according to whom; claimed and confirmed kept apart.

Two clocks run: ``when`` a hold was true in the world, and (``as_known_on``) when it was known, by the day of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.errors import UsageError
from dateline.model import When
from dateline.record.accounts import Finding, Parties, account_of, answers, claimed, weigh
from dateline.record.candidates import Key
from dateline.record.compare import FAMILIES
from dateline.record.denials import denied_elsewhere, know_answered
from dateline.record.holders import besieger_of, has_name, holder_of, of_a_state
from dateline.record.holds import Change, Holding
from dateline.record.occasion import shift
from dateline.record.parties import Sides, sides_of
from dateline.record.questions import PLACES, Item, Question, chain_of, holder_name, load_items, worlds_of
from dateline.record.rows import fold
from dateline.record.sheets import sheets
from dateline.record.states import is_demonym, is_force, is_office
from dateline.record.still import held_still
from dateline.record.store import Record

_BEGINS = ("captured", "recaptured", "held", "handed_over")
_UNREAL = ("planned", "demanded", "hypothetical")


BEFORE = 14
"""Who is said to have lost a place is taken to have held it for so many days before, not longer: since when is not said."""


def places_named(record: Record, place: str) -> list[str]:
    """The keys of the places of this name that the ledger knows something of; all of the name where it knows of none."""
    worlds = worlds_of(record, place, kinds=PLACES)
    known = {r["place"] for r in record.rows("SELECT DISTINCT place FROM control WHERE place IN :worlds", {"worlds": worlds})}
    return [w for w in worlds if w in known] or worlds


def history(record: Record, place: str, *, according_to: str | None = None, as_known_on: str | None = None) -> list[Change]:
    """All accounts of who came to hold or lost the place, oldest first; undated ones last."""
    with held_still(record):
        changes = [c for world in places_named(record, place) for c in _changes(record, world, according_to=according_to, as_known_on=as_known_on)]
    return sorted(changes, key=_order)


def takings_of(record: Record, place: str) -> int:
    """How many events tell that the place was taken or lost, also those that do not say by whom, of which the ledger holds nothing."""
    query = "SELECT count(*) AS n FROM event e JOIN report r ON r.n = e.report AND r.current = 1 WHERE e.place IN :worlds AND e.type IN :types"
    return int(record.rows(query, {"worlds": worlds_of(record, place, kinds=PLACES), "types": sorted(FAMILIES["territory"])})[0]["n"])


def _order(change: Change) -> tuple[str, str, str, int, str]:
    return change.place, change.earliest or change.latest or "9999", change.latest or "9999", change.report, change.id


def _changes(record: Record, world: str, *, according_to: str | None, as_known_on: str | None) -> list[Change]:
    rows = record.rows("SELECT report, id FROM control WHERE place = :world ORDER BY report, length(id), id", {"world": world})
    return _changes_of(record, world, [(r["report"], r["id"]) for r in rows], according_to=according_to, as_known_on=as_known_on)


def _changes_of(record: Record, world: str, keys: list[Key], *, according_to: str | None, as_known_on: str | None) -> list[Change]:
    items = load_items(record, keys, Question(known_by=as_known_on))
    sides = sides_of(record)
    made = _named([_change(record, item, world, sides, as_known_on) for item in items], items)
    if according_to is None:
        return made
    roots = {sides.root(k) for k in _keys(record, according_to)}
    return [c for c in made if c.chain.includes(according_to) or (c.account.party is not None and sides.root(c.account.party) in roots)]


def _named(changes: list[Change], items: list[Item]) -> list[Change]:
    """The changes, those with a nameless holder given the only named one of the same report, where both came to hold the place on the same days.

    Rebels are no state's: a state's army that is said to hold the place is not who "rebels" are.
    """
    nameless = {(i.report, i.id) for i in items if not has_name(i, i.body["holder"])}
    states = {(i.report, i.id): of_a_state(i) for i in items}
    made = []
    for change in changes:
        if change.change in _BEGINS and change.holder is not None and (change.report, change.id) in nameless:
            beside = [c for c in changes if c.report == change.report and c.change in _BEGINS and (c.report, c.id) not in nameless and c.holder is not None]
            alike = [c for c in beside if states[c.report, c.id] == states[change.report, change.id]]
            holders = {c.holder: c.holder_name for c in alike if c.first <= change.last and change.first <= c.last}
            if not holders:  # "Rebels" in a headline, of which the report then says "Tuareg rebels"
                holders = {c.holder: c.holder_name for c in changes if c.report == change.report and states[c.report, c.id] == states[change.report, change.id]
                           and c.change in _BEGINS and c.holder is not None and _words(change) < _words(c)}  # fmt: skip
            if len(holders) == 1:
                ((holder, name),) = holders.items()
                change = replace(change, holder=holder, holder_name=name)
        made.append(change)
    return made


def _words(change: Change) -> set[str]:
    return set(fold(change.holder_name or "").split())


def _keys(record: Record, name: str) -> list[str]:
    try:
        return worlds_of(record, name, kinds=("actor", "person"))
    except UsageError:
        return []  # an outlet is no entity of the record


def _change(record: Record, item: Item, world: str, sides: Sides, known_on: str | None) -> Change:
    body = item.body
    when = body["when"] or {"from": None, "to": None, "precision": "unknown"}
    start, end, precision = when["from"], when["to"], when["precision"]
    if end is None and item.published is not None and (start is None or (body["change"] != "held" and start[:10] <= item.published[:10])):
        end, precision = item.published[:10], "day"  # what a report tells of had come about when it was published
    holder, previous = holder_of(item, body["holder"], sides), holder_of(item, body["previous_holder"], sides)
    names = [_called(item, body[role], side, sides) for role, side in (("holder", holder), ("previous_holder", previous))]
    names[0] = besieger_of(item) if body["change"] == "besieged" and names[0] is None else names[0]
    names[1] = "somebody" if previous is None and body["previous_holder"] is not None else names[1]  # "we withdrew": told, but not named
    pointed = tuple(answers(record, [item], beside=False))
    elsewhere = [account_of(record, i) for i in load_items(record, denied_elsewhere(record, item, world), Question(known_by=known_on))]
    near = [a for a in answers(record, [item], pointed=False) if a not in pointed]
    beside = (*near, *(a for a in elsewhere if a.stance == "denies"), *claimed(record, [item]))
    account = account_of(record, item)
    change, status = body["change"], body["status"]
    if status == "denied" and holder is not None and account.party is not None and sides.root(account.party) == holder:
        # Who says that he does not hold a place owns that it is lost.
        change, status, account = "lost", "occurred", replace(account, stance="asserts")
    return Change(
        item.report, item.id, world, item.name(body["place"]) or world, holder, names[0], previous, names[1],
        change, status, start, end, precision, chain_of(item), body["span"]["text"], item.around(),
        account, pointed, beside,
    )  # fmt: skip


def _called(item: Item, entity: str | None, side: str | None, sides: Sides) -> str | None:
    """The name of a holder in the report's own words, or, where the words mean another than they name, that of whom they mean."""
    if side is None or entity is None:
        return None
    meant = side != sides.root(item.sheet.cast[entity][1])
    return (sides.name_of(side) if meant else None) or item.name(entity)


def holders_on(record: Record, place: str, day: str, *, according_to: str | None = None, as_known_on: str | None = None) -> list[Holding]:
    """Who held the place on ``day`` (ISO date), as the accounts have it; several where they differ.

    A hold lasts until an account of a later change says that another came to hold the place, or that the holder lost it.
    """
    found: list[Holding] = []
    with held_still(record):
        for world in places_named(record, place):
            found += _holders(record, _changes(record, world, according_to=according_to, as_known_on=as_known_on), day)
    return sorted(found, key=lambda h: (h.place, _ORDER.index(h.standing), h.since.earliest or "", h.holder_name))


def holders_everywhere(record: Record, day: str, *, as_known_on: str | None = None) -> list[Holding]:
    """Who held each place of the ledger on ``day``, by the place's name."""
    found: list[Holding] = []
    with held_still(record):
        know_answered(record)
        for places in _places_together(record):
            sheets(record, sorted({report for keys in places.values() for report, _ in keys}))
            for world, keys in places.items():
                found += _holders(record, _changes_of(record, world, keys, according_to=None, as_known_on=as_known_on), day)
    return sorted(found, key=lambda h: (h.place_name, h.place, _ORDER.index(h.standing), h.since.earliest or "", h.holder_name))


def _places_together(record: Record) -> Iterator[dict[str, list[Key]]]:
    """The places of the ledger with the values that tell of each, so many at a time as can be read together."""
    rows = record.rows("SELECT place, report, id FROM control WHERE place IS NOT NULL ORDER BY place, report, length(id), id")
    places: dict[str, list[Key]] = {}
    told = 0
    for world, listed in groupby(rows, key=lambda r: r["place"]):
        keys = [(r["report"], r["id"]) for r in listed]
        if places and told + len(keys) > _TOGETHER:
            yield places
            places, told = {}, 0
        places[world] = keys
        told += len(keys)
    if places:
        yield places


_TOGETHER = 400
"""Accounts of the control of places that are read together."""


def told_of(record: Record, world: str) -> list[Change]:
    """All accounts of the control of one place, by its key."""
    return _changes(record, world, according_to=None, as_known_on=None)


def holders_among(record: Record, changes: list[Change], day: str) -> list[Holding]:
    """Who held the place on ``day`` by these accounts, the surest first."""
    return sorted(_holders(record, changes, day), key=lambda h: (_ORDER.index(h.standing), h.since.earliest or "", h.holder_name))


_ORDER = ("confirmed", "reported", "claimed", "contested", "possible", "denied")


def _holders(record: Record, changes: list[Change], day: str) -> list[Holding]:
    dated = [c for c in changes if c.first and c.status not in _UNREAL]
    by_holder: dict[str, list[Change]] = {}
    for change in dated:
        if change.change in _BEGINS and change.holder is not None and change.first <= day and not _later_by_others(record, change, dated, day):
            by_holder.setdefault(change.holder, []).append(change)
    periods = [p for holder, rows in by_holder.items() if (p := _period(record, holder, rows, dated, day)) is not None]
    holdings = [_holding(record, p, dated, day) for p in periods]
    holdings += _implied(record, dated, day, {h.holder for h in holdings})
    return _set_against(record, holdings)


def _later_by_others(record: Record, change: Change, dated: list[Change], day: str) -> bool:
    """Whether another account gives the day of the same taking, "in June" of this one being 10 June there, and that day had not come yet."""
    takings = [c for c in dated if c.change in _BEGINS and c.change != "held" and c.status != "denied" and c.holder is not None]
    finer = [c for c in takings if change.first <= c.first and c.last <= change.last and (c.first, c.last) != (change.first, change.last)]
    own = [c.first for c in finer if not _another(record, c, change.holder or "")]
    return change.change != "held" and bool(own) and min(own) > day


@dataclass(frozen=True, slots=True)
class _Period:
    """The hold of one party that has not ended by the day: the accounts that say it began, and those of its end that are in doubt."""

    holder: str
    rows: tuple[Change, ...]
    doubtful: tuple[Change, ...]


def _period(record: Record, holder: str, rows: list[Change], dated: list[Change], day: str) -> _Period | None:
    standing = [r for r in rows if r.status != "denied"]
    last = max((r.last for r in standing), default=max(r.last for r in rows))
    ends = [c for c in dated if _ends(record, c, holder, last) and c.last <= day]
    # Who retakes a place later had lost it, whatever was denied at the time.
    retaken = any(c.change == "recaptured" and c.holder == holder and c.status != "denied" and ends and c.first > min(e.last for e in ends) for c in dated)
    sure = ends if retaken else [c for c in ends if not _doubted(record, c, dated)]
    if sure:
        return None
    begun = max(_sure_end(record, holder, dated, last), default="")
    return _Period(holder, tuple(r for r in rows if r.last > begun or r.first >= begun), tuple(ends))


def _sure_end(record: Record, holder: str, dated: list[Change], last: str) -> list[str]:
    """The days on which others came to hold the place before the holder's last account."""
    return [c.last for c in dated if c.change in _BEGINS and _another(record, c, holder) and c.status != "denied" and c.last < last]


def _another(record: Record, change: Change, holder: str) -> bool:
    return change.holder is not None and change.holder != holder and not sides_of(record).same(change.holder, holder)


def _ends(record: Record, other: Change, holder: str, last: str) -> bool:
    """Whether ``other`` says that a hold that was last told of on the day ``last`` was over."""
    if other.status in ("denied", "possible") or other.last < last:
        return False
    if other.change == "lost":
        return holder in (other.holder, other.previous) or (other.holder is None and other.previous is other.previous_name is None and other.last > last)
    if other.change in _BEGINS and _another(record, other, holder):
        return other.last > last or other.previous == holder
    return False


def _doubted(record: Record, change: Change, dated: list[Change]) -> bool:
    """Whether a change is denied, or told by one side only with another's word against it."""
    alike = [c for c in dated if c.holder == change.holder and c.change in _BEGINS and c.first <= change.last and c.last >= change.first]
    accounts = [c.account for c in alike] + [d for c in alike for d in c.denials]
    denied = any(a.stance == "denies" for a in accounts)
    return denied and _finding(record, [replace(c, beside=()) for c in alike or [change]]).status in ("contested", "denied")


def _by_loser(record: Record, change: Change, holder: str) -> bool:
    """Whether somebody else than the holder says that he lost the place or left it himself."""
    sides, party = sides_of(record), change.account.party
    return party is not None and party != holder and any(sides.same(party, p) for p in (change.holder, change.previous) if p is not None and p != holder)


def _finding(record: Record, rows: Iterable[Change], admitted: Iterable[Change] = ()) -> Finding:
    listed = list(rows)
    doers = tuple(dict.fromkeys(c.holder for c in listed if c.holder is not None))
    others = tuple(dict.fromkeys(c.previous for c in listed if c.previous is not None and c.previous not in doers))
    year = next((int(c.last[:4]) for c in listed if c.last), None)
    others = tuple(dict.fromkeys((*others, *(p for c in admitted for p in (c.holder, c.previous) if p is not None and p not in doers))))
    accounts = {a.handle: a for c in listed for a in (c.account, *c.denials, *c.beside)} | {c.account.handle: c.account for c in admitted}
    return weigh(record, accounts.values(), Parties(doers, others, year))


def _holding(record: Record, period: _Period, dated: list[Change], day: str) -> Holding:
    rows = period.rows
    told = [r for r in rows if r.status != "denied"] or list(rows)
    first = min(told, key=lambda c: (c.last, c.first))
    since = When(first.earliest, first.latest if first.change != "held" else first.last, first.precision)
    admitted = [c for c in dated if c.change == "lost" and c.status == "occurred" and first.first <= c.first <= day and _by_loser(record, c, period.holder)]
    finding = _finding(record, rows, admitted)
    standing, reason = _standing(finding, told, day, first)
    if period.doubtful and standing != "denied":
        standing, reason = "contested", reason + "; that it lost the place is said and denied"
    troubled = [c for c in dated if c.change in ("contested", "besieged") and first.last <= c.first <= day and c.status != "denied"]
    if troubled and standing in ("reported", "confirmed", "claimed") and max(c.last for c in troubled) > max(r.last for r in told):
        standing, reason = "contested", f"{reason}; the place is said to have been fought over"
    against = tuple(a for a in finding.accounts if a.stance == "denies") + tuple(c.account for c in period.doubtful)
    until = _until(record, dated, period.holder, rows, day)
    name = _name(record, period.holder, told)
    return Holding(first.place, first.place_name, period.holder, name, since, until, standing, reason, finding.independent, rows, against)


_STANDINGS = {"uncontested": "reported", "claimed": "claimed", "contested": "contested", "denied": "denied", "open": "possible"}


def _standing(finding: Finding, told: list[Change], day: str, first: Change) -> tuple[str, str]:
    if finding.status != "denied" and all(r.last > day for r in told):
        return "possible", f"it began between {first.first} and {first.last}, which may be after {day}"
    return _STANDINGS.get(finding.status, "confirmed"), finding.reason


def _name(record: Record, holder: str, rows: Iterable[Change]) -> str:
    """The name that the record's reports use most of a holder; a unit's own name only where nothing better is there."""
    name = holder_name(record, holder)
    if name != holder:
        # "Russian" of Russian troops names no holder.
        return (sides_of(record).name_of(holder) if is_demonym(name) else None) or name
    used = [r.holder_name for r in rows if r.holder_name]
    # "The Commander-in-Chief" names no holder: the state does.
    offices = [n for n in used if is_office(n, "person") and not is_force(n)]
    listed = sides_of(record).name_of(holder) if used == offices else None
    return listed or next((n for n in used if n not in offices), holder)


def _until(record: Record, dated: list[Change], holder: str, rows: tuple[Change, ...], day: str) -> When | None:
    last = max(r.last for r in rows)
    ends = [c for c in dated if c.last > day and _ends(record, c, holder, last)]
    if not ends:
        return None
    end = min(ends, key=lambda c: (c.last, c.first))
    return When(end.earliest, end.latest, end.precision)


def _implied(record: Record, dated: list[Change], day: str, known: set[str]) -> list[Holding]:
    """Who is named as losing the place later and is not said to have come after the day: held it, for all the record knows."""
    begins = {(c.holder, c.first) for c in dated if c.change in _BEGINS}
    held_by_others = [c for c in dated if c.change in _BEGINS and c.last <= day]
    found: list[Holding] = []
    for change in sorted(dated, key=lambda c: (c.first, c.last, c.report, c.id)):
        previous = change.previous
        soon = day < change.first <= shift(day, BEFORE) and change.status != "denied"
        if previous is None or previous in known or any(h == previous and first <= change.last for h, first in begins) or not soon or held_by_others:
            continue
        known.add(previous)
        finding = _finding(record, [change])
        name = holder_name(record, previous)
        name = name if name != previous else change.previous_name or previous
        reason = "it is named as losing the place later; since when it held it is not said"
        until = When(change.earliest, change.latest, change.precision)
        found.append(Holding(change.place, change.place_name, previous, name, When(None, None), until, "possible", reason, finding.independent, (change,)))
    return found


def _set_against(record: Record, holdings: list[Holding]) -> list[Holding]:
    """Two that are no allies cannot both hold a place: each is contested by the other's account."""
    sides = sides_of(record)
    made: list[Holding] = []
    for one in holdings:
        rivals = [h for h in holdings if h.holder != one.holder and h.standing not in ("possible", "denied") and not sides.same(h.holder, one.holder)]
        if rivals and one.standing in ("reported", "confirmed", "claimed"):
            names = " and ".join(dict.fromkeys(r.holder_name for r in rivals))
            one = replace(one, standing="contested", reason=f"{one.reason}; others say that {names} held it")
        made.append(one)
    return made
