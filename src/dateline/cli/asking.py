"""The commands that ask a record: what it knows, who says so, in which words, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from dateline.cli.tables import print_json, print_rows
from dateline.contract import to_json
from dateline.errors import UsageError
from dateline.export.text import bounds_words, quoted, when_words
from dateline.record.ledger import Change, Holding, history, holders_on
from dateline.record.link import Incident, figures_of, incidents
from dateline.record.marked import marked_report, sentence_around
from dateline.record.questions import Item, Question, ask, chain_of, load_items, search, worlds_of
from dateline.record.store import Record
from dateline.record.verify import verify

F = TypeVar("F", bound=Callable[..., Any])

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _shared(command: F) -> F:
    """The options that every question has."""
    command = click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")(
        command
    )
    command = click.option("--record", "path", envvar="DATELINE_RECORD", default="record.db", show_default=True, help="The record to ask.")(command)
    return command


def _filters(command: F) -> F:
    for option in (
        click.option("--limit", type=click.IntRange(1), help="At most so many."),
        click.option("--until", type=_DAY, help="Not after this day."),
        click.option("--since", type=_DAY, help="Not before this day."),
        click.option("--place", help="At this place (any of its names)."),
    ):
        command = option(command)
    return command


def _day(value: Any) -> str | None:
    return value.strftime("%Y-%m-%d") if value is not None else None


def _print_items(items: list[Item], shape: str, columns: tuple[str, ...], row: Callable[[Item], tuple[str, ...]]) -> int:
    if shape == "json":
        print_json([{"report": i.report, "source": i.source, "chain": str(chain_of(i)), **i.body} for i in items])
    else:
        print_rows(("id", *columns), [(i.handle, *row(i)) for i in items])
    return 0 if items else 1


@click.command("reports")
@_shared
def REPORTS(*, path: str, shape: str) -> int:
    """List the reports of the record, and what was refused."""
    with Record.open(path) as record:
        rows = record.rows("SELECT n, source, published, title, version, current, input FROM report ORDER BY n")
        refused = record.rows("SELECT input, reason, mend FROM refusal ORDER BY n")
    if shape == "json":
        print_json([dict(r) for r in rows] + [{"refused": dict(r)} for r in refused])
    else:
        print_rows(
            ("no.", "outlet", "published", "title"), [(str(r["n"]), r["source"] or "", (r["published"] or "")[:10], r["title"] or r["input"]) for r in rows]
        )
        for r in refused:
            print(f"refused: {r['input']}: {r['reason']}")
    return 0 if rows else 1


@click.command("events")
@_filters
@click.option("--type", "kind", help="Only this type.")
@click.option("--actor", help="With this actor taking part.")
@click.option("--status", help="Only this status (occurred, denied, planned ...).")
@_shared
def EVENTS(
    *, path: str, shape: str, kind: str | None, actor: str | None, status: str | None, place: str | None, since: Any, until: Any, limit: int | None
) -> int:
    """List events with their source chains."""
    with Record.open(path) as record:
        question = Question(place=place, actor=actor, kind=kind, status=status, since=_day(since), until=_day(until), limit=limit)
        items = ask(record, "event", question)
    return _print_items(items, shape, ("when", "type", "status", "who", "where", "who says so"), _event_row)


def _event_row(item: Item) -> tuple[str, ...]:
    body = item.body
    who = "; ".join(f"{p['role']}: {item.name(p['entity']) or p['span']['text']}" for p in body["participants"])
    return when_words(body["when"]), body["type"], ("not " if body["negated"] else "") + body["status"], who, _place(item), str(chain_of(item))


def _place(item: Item) -> str:
    where = item.body.get("where")
    if where is None or where["entity"] is None:
        return ""
    relation = "" if where["relation"] in ("at", "in") else where["relation"].replace("_", " ") + " "
    return relation + (item.name(where["entity"]) or "")


@click.command("statements")
@_filters
@click.option("--speaker", help="Made by this speaker.")
@click.option("--act", "kind", help="Only this act (declare, deny, accuse ...).")
@_shared
def STATEMENTS(*, path: str, shape: str, speaker: str | None, kind: str | None, place: str | None, since: Any, until: Any, limit: int | None) -> int:
    """List statements: who said what, how and when."""
    if place is not None:
        raise UsageError("statements have no place", given="--place", mend="ask for events at the place: dateline events --place " + place)
    with Record.open(path) as record:
        items = ask(record, "statement", Question(speaker=speaker, kind=kind, since=_day(since), until=_day(until), limit=limit))
    return _print_items(items, shape, ("speaker", "act", "mode", "when", "words", "outlet"), _statement_row)


def _statement_row(item: Item) -> tuple[str, ...]:
    body = item.body
    speaker = item.name(body["speaker"]) or (body["speaker_span"]["text"] if body["speaker_span"] else "somebody")
    words = quoted(" … ".join(c["text"] for c in body["content"]), width=160)
    return speaker, body["act"], body["mode"], when_words(body["when"]), words, item.source or ""


@click.command("figures")
@_filters
@click.option("--measure", "kind", help="Only this measure (killed, displaced, in_need ...).")
@_shared
def FIGURES(*, path: str, shape: str, kind: str | None, place: str | None, since: Any, until: Any, limit: int | None) -> int:
    """List figures with bounds, place, day and who says so."""
    with Record.open(path) as record:
        items = ask(record, "figure", Question(place=place, kind=kind, since=_day(since), until=_day(until), limit=limit))
    return _print_items(items, shape, ("measure", "number", "of whom", "where", "when", "who says so"), _figure_row)


def _figure_row(item: Item) -> tuple[str, ...]:
    body = item.body
    return body["measure"], bounds_words(body), body["of"] or body["unit"] or "", _place(item), when_words(body["when"]), str(chain_of(item))


@click.command("entities")
@click.option("--kind", type=click.Choice(["actor", "person", "place", "weapon", "other"]), help="Only this kind.")
@_shared
def ENTITIES(*, path: str, shape: str, kind: str | None) -> int:
    """List who and what the record knows, most reported first."""
    query = (
        "SELECT world, kind, type, country, count(DISTINCT report) AS reports, group_concat(DISTINCT name) AS names FROM entity"
        " WHERE ? IS NULL OR kind = ? GROUP BY world ORDER BY reports DESC, world"
    )
    with Record.open(path) as record:
        rows = record.rows(query, (kind, kind))
    if shape == "json":
        print_json([{**dict(r), "names": r["names"].split(",")} for r in rows])
    else:
        print_rows(("key", "kind", "type", "country", "reports", "names"),
                   [(r["world"], r["kind"], r["type"], r["country"] or "", str(r["reports"]), r["names"]) for r in rows])  # fmt: skip
    return 0 if rows else 1


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@_shared
def SEARCH(words: tuple[str, ...], *, path: str, shape: str, limit: int) -> int:
    """Find the reports that hold all WORDS."""
    with Record.open(path) as record:
        found = search(record, " ".join(words), limit=limit)
    if shape == "json":
        print_json([{"report": n, "title": title, "text": text} for n, title, text in found])
    else:
        print_rows(("no.", "title", "words"), [(str(n), title, text) for n, title, text in found])
    return 0 if found else 1


@click.command("incidents")
@click.option("--place", help="At this place.")
@click.option("--least-reports", type=click.IntRange(1), default=1, show_default=True, help="Told by at least so many reports.")
@_shared
def INCIDENTS(*, path: str, shape: str, place: str | None, least_reports: int) -> int:
    """List incidents: the events of many reports that are judged to be one happening, each with its accounts."""
    with Record.open(path) as record:
        worlds = set(worlds_of(record, place)) if place else None
        rows = [_incident(record, i) for i in incidents(record) if len({n for n, _ in i.events}) >= least_reports]
        rows = [r for r in rows if worlds is None or worlds & r["places"]]
    for r in rows:
        r["places"] = sorted(r["places"])
    rows.sort(key=lambda r: (r["when"]["from"] or "9999" if r["when"] else "9999", r["id"]))
    if shape == "json":
        print_json(rows)
    else:
        print_rows(("id", "when", "type", "where", "killed", "reports", "who says so"), [
            (r["id"], when_words(r["when"]), r["type"], r["where"], r["killed"], str(r["reports"]), "; ".join(r["chains"])) for r in rows
        ])  # fmt: skip
    return 0 if rows else 1


def _incident(record: Record, incident: Incident) -> dict[str, Any]:
    items = load_items(record, incident.events, Question())
    types = [i.body["type"] for i in items]
    whens = [i.body["when"] for i in items if i.body["when"] and i.body["when"]["from"]]
    figures = [f for f in figures_of(record, incident) if f["measure"] == "killed"]
    world = record.rows("SELECT DISTINCT place FROM event WHERE place IS NOT NULL AND " + _any_of(incident))
    return {
        "id": incident.id,
        "type": max(sorted(set(types)), key=types.count),
        "when": min(whens, key=lambda w: (len(w["precision"]), w["from"])) if whens else None,
        "where": next((p for i in items if (p := _place(i))), ""),
        "places": {r["place"] for r in world},
        "killed": ", ".join(sorted({bounds_words(f) for f in figures})),
        "reports": len({n for n, _ in incident.events}),
        "chains": sorted({str(chain_of(i)) for i in items}),
        "accounts": [{"id": i.handle, "chain": str(chain_of(i)), "status": i.body["status"], "words": i.body["sentence"]["text"]} for i in items],
        "figures": figures,
    }


def _any_of(incident: Incident) -> str:
    return "(" + " OR ".join(f"(report = {n} AND id = '{v}')" for n, v in incident.events if v.isalnum()) + ")"


@click.command("control")
@click.argument("place")
@click.option("--on", "day", type=_DAY, help="Who held it on this day; without it, its whole history.")
@click.option("--according-to", "speaker", help="Only by the word of this speaker or outlet.")
@click.option("--as-known-on", "known", type=_DAY, help="Only from reports published by this day.")
@_shared
def CONTROL(place: str, *, day: Any, speaker: str | None, known: Any, path: str, shape: str) -> int:
    """Say who held PLACE on a day, since when, and according to whom."""
    with Record.open(path) as record:
        if day is None:
            changes = history(record, place, according_to=speaker, as_known_on=_day(known))
            if shape == "json":
                print_json([{**_bare(c), "chain": str(c.chain)} for c in changes])
            else:
                print_rows(("id", "when", "change", "holder", "from", "status", "who says so", "words"), [_change_row(c) for c in changes])
            return 0 if changes else 1
        holdings = holders_on(record, place, _day(day) or "", according_to=speaker, as_known_on=_day(known))
    if shape == "json":
        print_json([_holding_body(h) for h in holdings])
    elif not holdings:
        print(f"the record does not say who held {place} on {_day(day)}")
    else:
        print_rows(("holder", "standing", "since", "who says so", "words"), [row for h in holdings for row in _holding_rows(h)])
    return 0 if holdings else 1


def _bare(change: Change) -> dict[str, Any]:
    body: dict[str, Any] = to_json(change)
    del body["chain"]
    return body


def _change_when(c: Change) -> str:
    return when_words({"from": c.earliest, "to": c.latest, "precision": c.precision, "approximate": False})


def _change_row(c: Change) -> tuple[str, ...]:
    return f"{c.report}/{c.id}", _change_when(c), c.change, c.holder_name or "?", c.previous_name or "", c.status, str(c.chain), quoted(c.words)


def _holding_rows(h: Holding) -> list[tuple[str, ...]]:
    since = when_words(to_json(h.since))
    first = h.accounts[0]
    rows: list[tuple[str, ...]] = [(h.holder_name, h.standing, since, str(first.chain), f"{first.report}/{first.id} {quoted(first.words)}")]
    return rows + [("", "", "", str(c.chain), f"{c.report}/{c.id} {quoted(c.words)}") for c in h.accounts[1:]]


def _holding_body(h: Holding) -> dict[str, Any]:
    accounts = [{**_bare(c), "chain": str(c.chain)} for c in h.accounts]
    return {"holder": h.holder, "holder_name": h.holder_name, "since": to_json(h.since), "standing": h.standing, "accounts": accounts}


def _handle(handle: str) -> tuple[int, str | None]:
    number, _, item = handle.removeprefix("incident:").partition("/")
    if not number.isdigit():
        raise UsageError("this is no id", given=handle, mend="give a report's number (12) or an item's id (12/v3), as the lists print them")
    return int(number), item or None


@click.command("show")
@click.argument("handle", metavar="ID")
@_shared
def SHOW(handle: str, *, path: str, shape: str) -> int:
    """Show a report (ID 12) or one thing of it (ID 12/v3): the words, with the spans marked."""
    number, item = _handle(handle)
    with Record.open(path) as record:
        if item is None:
            text, body = marked_report(record, number)
            if shape == "json":
                print_json(body)
            else:
                print(text)
            return 0
        found = _one(record, number, item, handle)
    if shape == "json":
        print_json(found.body)
    else:
        print(sentence_around(found))
    return 0


def _one(record: Record, number: int, item: str, handle: str) -> Item:
    if not record.rows("SELECT 1 FROM item WHERE report = ? AND id = ?", (number, item)):
        raise UsageError("the record has no such id", given=handle, mend="list ids with: dateline events, statements, figures or control")
    items = load_items(record, [(number, item)], Question())
    if not items:
        raise UsageError("a newer version of this report has taken its place", given=handle, mend="list the reports with: dateline reports")
    return items[0]


@click.command("explain")
@click.argument("handle", metavar="ID")
@_shared
def EXPLAIN(handle: str, *, path: str, shape: str) -> int:
    """Say why a value is as it is: the rule, lexicon row or model score behind each field of ID (12/v3)."""
    number, item = _handle(handle)
    if item is None:
        raise UsageError("a report has no single reason", given=handle, mend=f"give the id of one of its parts, e.g. {handle}/v1")
    with Record.open(path) as record:
        found = _one(record, number, item, handle)
        reasons = json.loads(record.rows("SELECT evidence FROM report WHERE n = ?", (number,))[0]["evidence"]).get(item, [])
    if shape == "json":
        print_json(reasons)
    else:
        print(sentence_around(found))
        print_rows(("field", "rule", "score", "reason", "words"), [_reason_row(r) for r in reasons])
    return 0 if reasons else 1


def _reason_row(reason: dict[str, Any]) -> tuple[str, ...]:
    score = "" if reason["score"] is None else f"{reason['score']:.2f}"
    return reason["field"], reason["rule"], score, reason["detail"], quoted(reason["span"]["text"]) if reason["span"] else ""


@click.command("verify")
@click.argument("path", type=click.Path(dir_okay=False))
def VERIFY(path: str) -> int:
    """Check that every span of the record PATH still says what it said, and every reference leads somewhere."""
    with Record.open(path) as record:
        faults = list(verify(record))
        count = record.rows("SELECT count(*) AS n FROM item")[0]["n"]
    for fault in faults:
        print(fault)
    print(f"{path}: {count} items checked, {len(faults)} faults")
    return 1 if faults else 0
