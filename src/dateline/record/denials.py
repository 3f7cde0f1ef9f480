"""Denials that a report sets beside a claim about a place: "a military source denied that the jihadists had entered the city"."""

from __future__ import annotations

from dateline.record.compare import FAMILIES
from dateline.record.questions import Body, Item
from dateline.record.still import held, keep
from dateline.record.store import Record

_OF_PLACES = FAMILIES["territory"] | {"offensive_launched"}
"""What is denied of a place where its taking is."""


def denials_beside(item: Item) -> list[Body]:
    """The statements of the same report that deny the taking of the place of an event or control: same place, same doer."""
    body = item.body
    if "change" in body:
        place, doers = body["place"], {body["holder"]} - {None}
        if body["change"] not in ("captured", "recaptured", "handed_over"):
            return []
    elif body.get("type") in FAMILIES["territory"]:
        place = body["where"]["entity"] if body["where"] else None
        doers = {p["entity"] for p in body["participants"] if p["role"] == "agent"} - {None}
    else:
        return []
    parties = {entity: party for entity, (_, party, _, _, _) in item.sheet.cast.items()}
    wanted = {parties.get(d) for d in doers}
    denying = {s["id"]: s for s in item.statements.values() if s["act"] == "deny" and s["speaker"] not in doers}
    found: dict[str, Body] = {}
    for event in (body for kind, body in item.sheet.denied if kind in _OF_PLACES):
        by = [s for s in event["according_to"] if s in denying]
        same_doer = any(p["role"] == "agent" and parties.get(p["entity"], "") in wanted for p in event["participants"])
        if by and same_doer and place is not None and _same_place(event, place, item) and _same_time(event, body):
            found[by[-1]] = denying[by[-1]]
    return list(found.values())


def denied_elsewhere(record: Record, item: Item, place: str) -> list[tuple[int, str]]:
    """The events of other reports that deny the taking of a place which this control tells of: those that are one incident with it."""
    if item.body["change"] not in ("captured", "recaptured", "handed_over") or item.body["status"] == "denied":
        return []
    answered = held(record, "answered", None)
    if answered is not None and item.report not in answered:
        return []
    when = item.body["when"] or {"from": None, "to": None}
    # An undated taking is news of the report's day, and not the old one that its background tells of.
    first, last = when["from"] or when["to"] or item.published, when["to"] or item.published
    if first is None or last is None:
        return []
    rows = record.rows(
        "SELECT DISTINCT d.report, d.id FROM event o JOIN member m ON m.report = o.report AND m.event = o.id"
        " JOIN member n ON n.incident = m.incident AND n.report != o.report JOIN event d ON d.report = n.report AND d.id = n.event AND d.status = 'denied'"
        " WHERE o.report = :report AND o.place = :place AND o.type IN :types AND o.status != 'denied'"
        " AND o.first <= :last AND o.last >= :first ORDER BY d.report, d.id",
        {"report": item.report, "place": place, "types": sorted(FAMILIES["territory"]), "first": first[:10], "last": last[:10]},
    )
    return [(r["report"], r["id"]) for r in rows]


def know_answered(record: Record) -> None:
    """While the record is held still, find out once which reports tell of an incident that is denied, for who asks of many places."""
    rows = record.rows(
        "SELECT DISTINCT m.report FROM event d JOIN member x ON x.report = d.report AND x.event = d.id JOIN member m ON m.incident = x.incident"
        " WHERE d.status = 'denied'"
    )
    keep(record, "answered", None, frozenset(r["report"] for r in rows))


def _same_place(event: Body, place: str, item: Item) -> bool:
    """Whether the denied event is put at the place, or at no place by name ("the city", of which any town told of may be meant)."""
    where = event["where"]
    if where is None or where["entity"] in (None, place) or where["entity"] not in item.entities:
        return True
    at = where["span"]
    inside = [m for m in item.entities[where["entity"]]["mentions"] if at["start"] <= m["start"] and m["end"] <= at["end"]] if at else []
    return bool(inside) and all(m["form"] != "name" for m in inside)


def _same_time(event: Body, body: Body) -> bool:
    """Whether the two may be of one day; a denial without a day is of what the report tells of."""
    one, other = event["when"], body["when"]
    if not one or not other or not one["from"] or not other["from"]:
        return not one or not one["from"]
    return bool(one["from"][:10] <= (other["to"] or other["from"])[:10] and other["from"][:10] <= (one["to"] or one["from"])[:10])
