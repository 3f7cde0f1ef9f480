"""The whole picture of an incident: what, when and where, each account of it, what they amount to, and its figures side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dateline.record.accounts import Account, Finding, Parties, account_of, answers, claimed, claims, weigh
from dateline.record.link import Incident
from dateline.record.names import display_name
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.store import Record
from dateline.record.tolls import Tally, tallies

_VAGUE = ("armed_clash", "killing", "wounding", "destruction", "offensive_launched")
"""Types that give way to a more telling one of the same incident."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An incident as the record has it."""

    id: str
    type: str
    when: Body | None
    where: str
    reports: int
    finding: Finding
    figures: tuple[Tally, ...]
    background: bool
    """Whether it is told only in reports that were published long after it."""


def picture_of(record: Record, incident: Incident) -> Picture:
    """The picture of an incident."""
    return picture_from(record, incident, load_items(record, incident.events, Question()))


def picture_from(record: Record, incident: Incident, items: list[Item]) -> Picture:
    """The picture of an incident whose events are read already."""
    accounts: dict[str, Account] = {}
    for account in (*(account_of(record, i) for i in items), *answers(record, items), *claims(record, items), *claimed(record, items)):
        accounts.setdefault(account.handle, account)
    when = _when(items)
    parties = _parties(items, when)
    types = Counter(i.body["type"] for i in items)
    kind = max(sorted(types), key=lambda t: (t not in _VAGUE, types[t]))
    return Picture(
        incident.id, kind, when, _where(items), len({n for n, _ in incident.events}), weigh(record, accounts.values(), parties),
        tuple(tallies(record, items)), _long_ago(items, when),
    )  # fmt: skip


def _when(items: list[Item]) -> Body | None:
    """The day as the account that knows it best has it: the shortest interval, and of equals the one most accounts give."""
    whens = [i.body["when"] for i in items if i.body["when"] and i.body["when"]["from"] and i.body["when"]["to"]]
    if not whens:
        found: Body | None = next((i.body["when"] for i in items if i.body["when"]), None)
        return found
    days = Counter((w["from"][:10], w["to"][:10]) for w in whens)
    rough = {"minute": 0, "hour": 0, "day": 0, "week": 1, "month": 2, "season": 3, "year": 4, "decade": 5}
    best: Body = min(whens, key=lambda w: (rough.get(w["precision"], 6), w["approximate"], -days[w["from"][:10], w["to"][:10]], w["from"]))
    return best


def _where(items: list[Item]) -> str:
    """The name of the place that most accounts give."""
    names: Counter[str] = Counter()
    for item in items:
        where = item.body["where"]
        if where is not None and where["entity"] in item.entities:
            names[display_name(item.entities[where["entity"]])] += 1
    return max(sorted(names), key=lambda n: names[n]) if names else ""


def _parties(items: list[Item], when: Body | None) -> Parties:
    doers: list[str] = []
    others: list[str] = []
    for item in items:
        cast = item.sheet.cast
        parts = {(part["role"], *cast[part["entity"]][:3]) for part in item.body["participants"] if part["entity"] in cast}
        for role, world, party, named in sorted(parts):
            # "Rebels" who did it and "rebels" who say so are one; of those whom it was done to only names tell that.
            if (named or party != world or role in ("agent", "supporter")) and not party.startswith(("geonames:", "place:", "country:", "weapon:", "other:")):
                (doers if role in ("agent", "supporter") else others).append(party)
    year = int(when["from"][:4]) if when and when["from"] else None
    return Parties(tuple(dict.fromkeys(doers)), tuple(dict.fromkeys(p for p in others if p not in doers)), year)


def _long_ago(items: list[Item], when: Body | None) -> bool:
    if when is None or when["to"] is None:
        return False
    year, month = int(when["to"][:4]), int(when["to"][5:7] or 1)
    published = [i.published for i in items if i.published]
    return bool(published) and all((int(p[:4]) - year) * 12 + int(p[5:7]) - month >= 2 for p in published)
