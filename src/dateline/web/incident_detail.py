"""One incident with all its accounts side by side, its figures by source, and what contradicts what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.export.text import bounds_words, when_words
from dateline.record.accounts import Account
from dateline.record.link import Incident, incident_id
from dateline.record.near import tells_of_happening
from dateline.record.parties import held_still
from dateline.record.picture import picture_from
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.store import Record
from dateline.record.tolls import Tally, Toll
from dateline.web import parts
from dateline.web.cards import card_with, reviewed_values, tally_words
from dateline.web.desk import Desk
from dateline.web.problems import NotThere


def incident_detail(desk: Desk, report: int, event: str) -> Body:
    """The incident that an event of a report belongs to.

    Raises ``NotThere`` when there is none.
    """
    record = desk.record()
    incident = incident_with(record, report, event)
    view = desk.view()
    return detail_of(record, incident, row=view.row_of.get(incident.id))


def incident_with(record: Record, report: int, event: str) -> Incident:
    """The incident of an event, with all its events in current reports.

    Raises ``NotThere`` when the record has no such event, or a newer version of the report has taken its place.
    """
    given = f"{report}/{event}"
    rows = record.rows(
        "SELECT r.current AS current, e.type AS type, e.status AS status, m.incident AS incident FROM event e JOIN report r ON r.n = e.report"
        " LEFT JOIN member m ON m.report = e.report AND m.event = e.id WHERE e.report = :report AND e.id = :event",
        {"report": report, "event": event},
    )
    if not rows:
        raise NotThere("the record has no such event", given=given, mend="list incidents at /api/incidents")
    if not rows[0]["current"]:
        raise NotThere("a newer version of this report has taken its place", given=given, mend="list the versions at /api/reports/" + str(report))
    name = rows[0]["incident"]
    if name is None and not tells_of_happening(rows[0]["type"], rows[0]["status"]):
        raise NotThere("this event is said, planned or demanded, and no incident", given=given, mend=f"see why at /api/explain/{given}")
    if name is None:
        return Incident(incident_id((report, event)), ((report, event),))
    members = record.rows(
        "SELECT m.report AS report, m.event AS event FROM member m JOIN report r ON r.n = m.report AND r.current = 1 WHERE m.incident = :name"
        " ORDER BY m.report, length(m.event), m.event",
        {"name": name},
    )
    return Incident(name, tuple((m["report"], m["event"]) for m in members))


def incidents_of(record: Record, events: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """For each of these events (report, id) the id of the incident that it belongs to; without those that are only said, planned or demanded."""
    wanted = set(events)
    rows = record.rows(
        "SELECT e.report AS report, e.id AS id, e.type AS type, e.status AS status, m.incident AS incident"
        " FROM event e LEFT JOIN member m ON m.report = e.report AND m.event = e.id WHERE e.report IN :reports"
        " ORDER BY e.report, length(e.id), e.id",
        {"reports": sorted({report for report, _ in wanted})},
    )
    found: dict[tuple[int, str], str] = {}
    for row in rows:
        key = row["report"], row["id"]
        if key in wanted and (row["incident"] or tells_of_happening(row["type"], row["status"])):
            found[key] = row["incident"] or incident_id(key)
    return found


def detail_of(record: Record, incident: Incident, *, row: int | None) -> Body:
    """An incident as /api/incidents/REPORT/EVENT gives it, all from one state of the record."""
    with held_still(record):
        return _detail(record, incident, row)


def _detail(record: Record, incident: Incident, row: int | None) -> Body:
    items = load_items(record, incident.events, Question())
    picture = picture_from(record, incident, items)
    reviewed = reviewed_values(record)
    card = card_with(record, incident, reviewed, items, picture)
    accounts = {a.handle: a for a in picture.finding.accounts}
    heads = heads_of(record, {i.report for i in items} | {a.report for a in accounts.values()})
    tellings = [_telling(i, accounts[i.handle], heads, reviewed) for i in items if i.handle in accounts]
    stances = {s: sum(a.stance == s for a in accounts.values()) for s in ("asserts", "denies", "leaves open")}
    figures = [_tally(record, t, heads, incident.id) for t in picture.figures]
    return {
        **{k: card.row[k] for k in ("id", "type", "when", "where", "status", "reason", "independent", "reports", "background", "reviewed", "confidence")},
        "row": row, "participants": card.row["actors"], "events": tellings, "accounts": [parts.account(a) for a in accounts.values()],
        "figures": figures, "contradictions": list(_contradictions(picture.finding.accounts, items, picture.figures)),
        "judgements": judgements(record, incident), "stances": stances,
    }  # fmt: skip


def heads_of(record: Record, reports: Iterable[int]) -> dict[int, Body]:
    """Title, address and source of reports by number."""
    found: dict[int, Body] = {}
    for number in sorted(set(reports)):
        rows = record.rows("SELECT title, url, source, published FROM report WHERE n = :n", {"n": number})
        if rows:
            found[number] = {k: rows[0][k] for k in ("title", "url", "source", "published")}
    return found


def _telling(item: Item, by: Account, heads: dict[int, Body], reviewed: frozenset[tuple[int, str]]) -> Body:
    body = item.body
    kept = {k: body[k] for k in ("type", "status", "negated", "trigger", "sentence", "when", "confidence")}
    return {
        **kept, **heads[item.report], "id": item.handle, "report": item.report, "where": parts.point(item, body["where"]),
        "participants": parts.participants(item), "figures": [f"{item.report}/{f}" for f in body["figures"]],
        "account": {**parts.account(by), "chain": parts.chain_with_words(item)}, "reviewed": (item.report, item.id) in reviewed,
    }  # fmt: skip


def _tally(record: Record, tally: Tally, heads: dict[int, Body], incident: str) -> Body:
    def shape(toll: Toll) -> Body:
        item = load_items(record, [(toll.account.report, toll.account.id)], Question())[0]
        return parts.figure(item, title=heads_title(heads, record, item.report), part=toll in tally.parts, incident=incident, by=toll.account)

    shaped = {t.account.handle: shape(t) for t in (*tally.tolls, *tally.parts)}
    low, high, last = (shaped[t.account.handle] for t in (tally.lowest, tally.highest, tally.latest))
    return {
        "measure": tally.measure, "kind": tally.kind, "reason": tally.reason, "lowest": low, "highest": high, "latest": last, "figures": list(shaped.values()),
    }  # fmt: skip


def heads_title(heads: dict[int, Body], record: Record, report: int) -> str | None:
    """The title of a report."""
    if report not in heads:
        heads |= heads_of(record, [report])
    title: str | None = heads[report]["title"]
    return title


def _contradictions(accounts: Sequence[Account], items: Sequence[Item], figures: Sequence[Tally]) -> Iterable[Body]:
    """What the accounts differ in: whether it happened, when, where, by whose hand, and in figures."""
    yes, no = ([a.handle for a in accounts if a.stance == s] for s in ("asserts", "denies"))
    if yes and no:
        names = ", ".join(dict.fromkeys(a.voice_name for a in accounts if a.stance == "denies"))
        yield {"about": "whether", "words": f"denied by {names}", "sides": [{"value": "asserts", "accounts": yes}, {"value": "denies", "accounts": no}]}
    yield from _apart("when", _by_days(items), "the days exclude each other")
    yield from _apart("where", _by_place(items), "put at different places")
    yield from _apart("doer", _by_doer(items), "different doers are named")
    for tally in figures:
        if tally.kind == "conflict":
            sides: dict[str, list[str]] = {}
            for toll in tally.tolls:
                sides.setdefault(_number(toll), []).append(toll.account.handle)
            words = f"{tally.measure.replace('_', ' ')}: {tally_words(tally)}"
            yield {"about": "figure", "words": words, "sides": [{"value": v, "accounts": h} for v, h in sides.items()]}


def _number(toll: Toll) -> str:
    return bounds_words(toll.body)


def _apart(about: str, sides: dict[str, list[str]], words: str) -> Iterable[Body]:
    if len(sides) > 1:
        yield {"about": about, "words": words, "sides": [{"value": value, "accounts": handles} for value, handles in sides.items()]}


def _by_days(items: Sequence[Item]) -> dict[str, list[str]]:
    """The accounts by their days, where two accounts that give the day exactly give days that do not meet."""
    sides: dict[str, list[str]] = {}
    ends: list[tuple[str, str]] = []
    for item in items:
        when = item.body["when"]
        if when and when["from"] and when["to"] and when["precision"] in ("day", "hour", "minute") and not when["approximate"]:
            sides.setdefault(when_words(when)[:10], []).append(item.handle)
            ends.append((when["from"][:10], when["to"][:10]))
    apart = any(a[1] < b[0] for a in ends for b in ends)
    return sides if apart else {}


def _by_place(items: Sequence[Item]) -> dict[str, list[str]]:
    """The accounts by their place, where two name towns of the same rank that are not the same."""
    sides: dict[str, list[str]] = {}
    for item in items:
        where = item.body["where"]
        entity = item.entities.get(where["entity"]) if where and where["entity"] else None
        if entity is not None and where["relation"] in ("at", "in") and entity["type"] in ("city", "town", "village"):
            sides.setdefault(parts.key_of(item, where["entity"]) or "", []).append(item.handle)
    names = {parts.key_of(i, i.body["where"]["entity"]): i.name(i.body["where"]["entity"]) for i in items if i.body["where"]}
    return {names.get(key) or key: handles for key, handles in sides.items()}


def _by_doer(items: Sequence[Item]) -> dict[str, list[str]]:
    """The accounts by whom they name as doer, where no two share a name for it."""
    doers = {i.handle: {parts.key_of(i, p["entity"]) for p in i.body["participants"] if p["role"] == "agent" and p["entity"] in i.entities} for i in items}
    known = {handle: keys - {None} for handle, keys in doers.items() if keys - {None}}
    if len(known) < 2 or any(a & b for h, a in known.items() for g, b in known.items() if h < g):
        return {}
    sides: dict[str, list[str]] = {}
    for item in items:
        if item.handle in known:
            names = [item.name(p["entity"]) or "" for p in item.body["participants"] if p["role"] == "agent"]
            sides.setdefault(", ".join(dict.fromkeys(names)), []).append(item.handle)
    return sides


def judgements(record: Record, incident: Incident) -> list[dict[str, Any]]:
    """Why these events are taken for one: the judgements between them, latest first."""
    keys = set(incident.events)
    found: dict[int, Any] = {}
    for report, event in incident.events[:200]:
        for row in record.rows(
            "SELECT n, a_report, a_event, b_report, b_event, verdict, score, reason, judge, at FROM judgement"
            " WHERE (a_report = :report AND a_event = :event) OR (b_report = :report AND b_event = :event) ORDER BY n",
            {"report": report, "event": event},
        ):
            if (row["a_report"], row["a_event"]) in keys and (row["b_report"], row["b_event"]) in keys:
                found[row["n"]] = row
    return [
        {
            "n": r["n"], "a": f"{r['a_report']}/{r['a_event']}", "b": f"{r['b_report']}/{r['b_event']}", "verdict": r["verdict"], "score": r["score"],
            "reason": r["reason"], "judge": r["judge"], "at": r["at"],
        }
        for r in sorted(found.values(), key=lambda r: -int(r["n"]))
    ]  # fmt: skip
