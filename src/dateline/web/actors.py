"""Actors and persons of the record: names, ties with their years, what they hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from dateline.record.ledger import holders_among, told_of
from dateline.record.parties import Sides
from dateline.record.questions import Body, holder_name
from dateline.record.store import Record
from dateline.web.desk import Desk
from dateline.web.filters import next_cursor, offset_of
from dateline.web.places import holding, keys_beginning, reports_naming
from dateline.web.problems import NotThere
from dateline.whoswho import WhosWho
from dateline.whoswho_rows import Actor

_MOST_TIES = 200
_MOST_PLACES = 200


@cache
def _whos_who() -> WhosWho:
    return WhosWho.open()


def listed_actor(key: str) -> Actor | None:
    """Somebody as the who's who has it; None whom it does not know."""
    return _whos_who().get(key.removeprefix("actor:"))


def actor_rows(desk: Desk, *, starts: str | None, kind: str | None, named: bool, limit: int, cursor: str | None) -> Body:
    """Actors and persons of the record, most reported first."""
    record, offset = desk.record(), offset_of(cursor)
    rows = record.rows(
        "SELECT e.world AS world, min(e.kind) AS kind, min(e.type) AS type, min(e.country) AS country, count(DISTINCT e.report) AS reports,"
        " max(e.named) AS named FROM entity e"
        " JOIN report r ON r.n = e.report AND r.current = 1 WHERE e.kind IN :kinds GROUP BY e.world ORDER BY 5 DESC, 1",
        {"kinds": [kind] if kind in ("actor", "person") else ["actor", "person"]},
    )
    if starts:
        wanted = keys_beginning(record, starts)
        rows = [r for r in rows if r["world"] in wanted]
    rows = [r for r in rows if r["named"] or not named]
    items = [
        {
            "key": r["world"], "name": holder_name(record, r["world"]), "named": bool(r["named"]), "kind": r["kind"],
            "type": r["type"], "country": r["country"],
            "reports": r["reports"], "events": _events(record, r["world"]), "statements": _statements(record, r["world"]),
        }
        for r in rows[offset : offset + limit]
    ]  # fmt: skip
    return {"count": len(rows), "items": items, "next": next_cursor(offset, limit, len(rows))}


def _events(record: Record, key: str) -> int:
    query = (
        "SELECT count(*) AS n FROM (SELECT DISTINCT p.report, p.event FROM participant p JOIN report r ON r.n = p.report AND r.current = 1"
        " WHERE p.world = :key) AS taken"
    )
    return int(record.rows(query, {"key": key})[0]["n"])


def _statements(record: Record, key: str) -> int:
    query = "SELECT count(*) AS n FROM statement s JOIN report r ON r.n = s.report AND r.current = 1 WHERE s.speaker = :key"
    return int(record.rows(query, {"key": key})[0]["n"])


def actor_detail(desk: Desk, key: str) -> Body:
    """An actor or person.

    Raises ``NotThere`` when the record has none such.
    """
    record = desk.record()
    rows = record.rows(
        "SELECT e.name AS name, e.kind AS kind, e.type AS type, e.country AS country, e.party AS party, count(DISTINCT e.report) AS n FROM entity e"
        " JOIN report r ON r.n = e.report AND r.current = 1 WHERE e.world = :key AND e.kind IN ('actor', 'person')"
        " GROUP BY e.name, e.kind, e.type, e.country, e.party ORDER BY 6 DESC, 1",
        {"key": key},
    )
    if not rows:
        raise NotThere("the record has no such actor or person", given=key, mend="list them at /api/actors, or find names at /api/names")
    aliases: dict[str, int] = {}
    for row in rows:
        aliases[row["name"]] = aliases.get(row["name"], 0) + row["n"]
    reports = reports_naming(record, key)
    listed = listed_actor(key)
    party = Sides(record).root(rows[0]["party"])
    view = desk.view()
    return {
        "key": key, "name": holder_name(record, key), "kind": rows[0]["kind"], "type": rows[0]["type"], "country": rows[0]["country"],
        "known": listed.name if listed is not None else None, "party": {"key": party, "name": _name(record, party)} if party != key else None,
        "aliases": [{"name": n, "reports": c} for n, c in sorted(aliases.items(), key=lambda pair: (-pair[1], pair[0]))],
        "ties": ties_of(record, key), "reports": reports, "events": _events(record, key),
        "statements": _statements(record, key), "incidents": int(view.actor_keys.having([key], len(view)).sum()), "holds": _holds(record, key),
    }  # fmt: skip


def _name(record: Record, key: str) -> str:
    name = holder_name(record, key)
    if name != key:
        return name
    listed = listed_actor(key)
    return listed.name if listed is not None else key.partition(":")[2] or key


def ties_of(record: Record, key: str, *, reports: Sequence[int] | None = None) -> list[Body]:
    """The ties that the who's who gives somebody, and those that reports tell of; given ``reports``, that these do."""
    return _listed_ties(record, key) + _told_ties(record, key, reports)


def _listed_ties(record: Record, key: str) -> list[Body]:
    """The ties that the who's who gives somebody, with their years."""
    actor = listed_actor(key)
    if actor is None:
        return []
    kinds = (("part_of", actor.parents, "to"), ("backs", actor.patrons, "from"), ("ally_of", actor.allies, "to"), ("fights", actor.enemies, "to"))
    return [
        {
            "type": kind, "other": {"key": f"actor:{t.key}", "name": _name(record, f"actor:{t.key}")}, "direction": direction,
            "since": str(t.since) if t.since is not None else None, "until": str(t.until) if t.until is not None else None, "basis": "who's who",
            "id": None, "words": None,
        }
        for kind, ties, direction in kinds
        for t in ties
    ]  # fmt: skip


def _told_ties(record: Record, key: str, reports: Sequence[int] | None) -> list[Body]:
    """The ties that reports tell of, each with its words."""
    among = "" if reports is None else " AND t.report IN :reports"
    rows = record.rows(
        "SELECT t.report AS report, t.id AS id, t.type AS type, t.source AS source, t.target AS target, i.body AS body FROM tie t"
        " JOIN report r ON r.n = t.report AND r.current = 1 JOIN item i ON i.report = t.report AND i.id = t.id"
        f" WHERE (t.source = :key OR t.target = :key) AND t.source <> t.target{among} ORDER BY t.report, length(t.id), t.id LIMIT :most",
        {"key": key, "most": _MOST_TIES, **({} if reports is None else {"reports": list(reports)})},
    )
    found = []
    for row in rows:
        other, direction = (row["target"], "to") if row["source"] == key else (row["source"], "from")
        body = json.loads(row["body"])
        when = body["when"] or {"from": None, "to": None}
        found.append(
            {
                "type": row["type"], "other": {"key": other, "name": _name(record, other)}, "direction": direction, "since": when["from"],
                "until": when["to"], "basis": "report", "id": f"{row['report']}/{row['id']}", "words": body["span"]["text"],
            }
        )  # fmt: skip
    return found


def _holds(record: Record, key: str) -> list[Body]:
    """The places that somebody holds, as the ledger has it on the last day that it tells of."""
    ends = record.rows("SELECT max(coalesce(c.latest, c.earliest)) AS day, max(r.published) AS told FROM control c JOIN report r ON r.n = c.report")
    day = max((ends[0]["day"] or "")[:10], (ends[0]["told"] or "")[:10])
    if not day:
        return []
    root = Sides(record).root(key)
    rows = record.rows(
        "SELECT DISTINCT c.place AS place FROM control c JOIN entity e ON e.report = c.report AND e.world = c.holder"
        " WHERE c.place IS NOT NULL AND (c.holder = :key OR e.party = :key OR e.party = :root) ORDER BY 1 LIMIT :most",
        {"key": key, "root": root, "most": _MOST_PLACES},
    )
    held = [h for r in rows for h in holders_among(record, told_of(record, r["place"]), day) if h.holder in (key, root) and h.standing != "denied"]
    return [holding(record, h) for h in held]
