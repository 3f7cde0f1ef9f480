"""Places and the ledger: who holds what on a day, over all days in columns, and one place with its history."""

from __future__ import annotations

import json

from dateline.record.bands import Band, bands_among
from dateline.record.holds import Change, Holding
from dateline.record.ledger import holders_among, holders_everywhere, holders_on, told_of
from dateline.record.questions import Body
from dateline.record.rows import fold
from dateline.record.store import Record
from dateline.web import parts
from dateline.web.desk import Desk
from dateline.web.filters import next_cursor, offset_of
from dateline.web.ledger_columns import place_point
from dateline.web.problems import NotThere


def change(given: Change, item: Body) -> Body:
    """One account of a change of hands."""
    return {
        "id": f"{given.report}/{given.id}", "report": given.report, "place": {"key": given.place, "name": given.place_name}, "change": given.change,
        "status": given.status, "holder": _side(given.holder, given.holder_name), "previous_holder": _side(given.previous, given.previous_name),
        "when": {"from": given.earliest, "to": given.latest, "precision": given.precision, "approximate": False, "basis": None, "span": None},
        "account": parts.account(given.account), "denials": [parts.account(d) for d in (*given.denials, *given.beside)], "words": given.words,
        "sentence": given.sentence, "span": item["span"],
    }  # fmt: skip


def _side(key: str | None, name: str | None) -> Body | None:
    return {"key": key, "name": name or key} if key is not None else None


def with_spans(record: Record, changes: list[Change]) -> list[Body]:
    """These accounts of changes of hands, each with where its words stand."""
    found = []
    for one in changes:
        rows = record.rows("SELECT body FROM item WHERE report = :report AND id = :id", {"report": one.report, "id": one.id})
        found.append(change(one, json.loads(rows[0]["body"])))
    return found


def holding(record: Record, given: Holding) -> Body:
    """Somebody's hold of a place on a day."""
    return {
        "place": place_point(record, given.place, given.place_name), "holder": {"key": given.holder, "name": given.holder_name},
        "since": parts.days(given.since), "until": parts.days(given.until), "standing": given.standing, "reason": given.reason,
        "independent": given.independent, "accounts": with_spans(record, list(given.accounts)), "against": [parts.account(a) for a in given.against],
    }  # fmt: skip


def holdings_on(desk: Desk, day: str, *, place: str | None, according_to: str | None, known: str | None, limit: int, cursor: str | None) -> Body:
    """Who held each place, or one, on a day.

    Raises ``UsageError`` for a name that the record knows nothing of.
    """
    record, offset = desk.record(), offset_of(cursor)
    if place is None:
        found = holders_everywhere(record, day, as_known_on=known)
    elif ":" in place:
        found = [h for h in holders_everywhere(record, day, as_known_on=known) if h.place == place] if known else holders_in(record, place, day)
    else:
        found = holders_on(record, place, day, according_to=according_to, as_known_on=known)
    return {
        "count": len(found), "items": [holding(record, h) for h in found[offset : offset + limit]], "next": next_cursor(offset, limit, len(found)),
    }  # fmt: skip


def holders_in(record: Record, key: str, day: str) -> list[Holding]:
    """Who held the place of a key on a day."""
    return holders_among(record, told_of(record, key), day)


def ledger_columns(desk: Desk) -> Body:
    """The ledger of all places over all days, in columns."""
    return desk.keeper.ledger(desk.record())


def place_rows(desk: Desk, *, starts: str | None, named: bool, limit: int, cursor: str | None) -> Body:
    """Places of the record, most reported first."""
    record, offset = desk.record(), offset_of(cursor)
    rows = record.rows(
        "SELECT e.world AS world, min(e.type) AS type, count(DISTINCT e.report) AS reports, max(e.named) AS named"
        " FROM entity e JOIN report r ON r.n = e.report AND r.current = 1"
        " WHERE e.kind = 'place' GROUP BY e.world ORDER BY 3 DESC, 1"
    )
    if starts:
        wanted = keys_beginning(record, starts)
        rows = [r for r in rows if r["world"] in wanted]
    rows = [r for r in rows if r["named"] or not named]
    items = []
    for row in rows[offset : offset + limit]:
        events, control = counted(record, row["world"])
        place = place_point(record, row["world"])
        items.append({"place": place, "named": bool(row["named"]), "type": row["type"], "reports": row["reports"], "events": events, "control": control})
    return {"count": len(rows), "items": items, "next": next_cursor(offset, limit, len(rows))}


def keys_beginning(record: Record, starts: str) -> set[str]:
    """The keys of all whose name, or a word of it, begins so."""
    folded = fold(starts)
    if not folded:
        return set()
    escaped = folded.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = record.rows(
        "SELECT DISTINCT world FROM alias WHERE folded LIKE :begin ESCAPE '!' OR folded LIKE :inside ESCAPE '!'",
        {"begin": f"{escaped}%", "inside": f"% {escaped}%"},
    )
    return {r["world"] for r in rows}


def counted(record: Record, key: str) -> tuple[int, int]:
    """How many events and how many accounts of control a place has, in current reports."""
    column, value = ("country", key.removeprefix("country:")) if key.startswith("country:") else ("place", key)
    events = record.rows(
        f"SELECT count(*) AS n FROM event e JOIN report r ON r.n = e.report AND r.current = 1 WHERE e.{column} = :key OR e.place = :place",
        {"key": value, "place": key},
    )
    control = record.rows("SELECT count(*) AS n FROM control c JOIN report r ON r.n = c.report AND r.current = 1 WHERE c.place = :key", {"key": key})
    return events[0]["n"], control[0]["n"]


def reports_naming(record: Record, key: str) -> int:
    """How many current reports tell of somebody or something."""
    query = "SELECT count(DISTINCT e.report) AS n FROM entity e JOIN report r ON r.n = e.report AND r.current = 1 WHERE e.world = :key"
    return int(record.rows(query, {"key": key})[0]["n"])


def place_detail(desk: Desk, key: str) -> Body:
    """A place with its names and its ledger.

    Raises ``NotThere`` when the record has no such place.
    """
    record = desk.record()
    rows = record.rows(
        "SELECT e.type AS type, e.name AS name, count(DISTINCT e.report) AS n FROM entity e JOIN report r ON r.n = e.report AND r.current = 1"
        " WHERE e.world = :key AND e.kind = 'place' GROUP BY e.type, e.name ORDER BY 3 DESC, 2",
        {"key": key},
    )
    if not rows:
        raise NotThere("the record has no such place", given=key, mend="list places at /api/places, or find names at /api/names")
    told = sorted(told_of(record, key), key=lambda c: (c.earliest or c.latest or "9999", c.latest or "9999", c.report, c.id))
    reports = reports_naming(record, key)
    figures = record.rows("SELECT count(*) AS n FROM figure f JOIN report r ON r.n = f.report AND r.current = 1 WHERE f.place = :key", {"key": key})
    view = desk.view()
    return {
        "place": place_point(record, key), "type": rows[0]["type"], "names": list(dict.fromkeys(r["name"] for r in rows)), "reports": reports,
        "events": counted(record, key)[0], "incidents": int(view.place_keys.having([key], len(view)).sum()), "figures": figures[0]["n"],
        "bands": [band(b) for b in bands_among(record, told)], "changes": with_spans(record, told),
    }  # fmt: skip


def band(given: Band) -> Body:
    """A stretch of the ledger."""
    return {
        "from": given.first, "to": given.last, "holder": {"key": given.holder, "name": given.holder_name}, "standing": given.standing,
        "independent": given.independent, "reason": given.reason,
    }  # fmt: skip
