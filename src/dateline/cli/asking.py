"""The commands that ask a record: what it knows, who says so, in which words, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from dateline.cli.days import DAY, day_text
from dateline.cli.nothing import no_entities, no_items, no_reports, tell, to_fill
from dateline.cli.opening import opened, recorded, viewed
from dateline.cli.tables import print_json, print_rows
from dateline.errors import UsageError
from dateline.export.text import bounds_words, quoted, when_words
from dateline.record.around import circle_around
from dateline.record.connection import Row
from dateline.record.differences import shown
from dateline.record.marked import marked_report, sentence_around
from dateline.record.origins import retracted
from dateline.record.questions import Item, Question, ask, chain_of, entities_of, load_items, search
from dateline.record.rescue import rescue
from dateline.record.store import Record
from dateline.record.verify import verify
from dateline.vocabulary import ACTS, EVENT_TYPES, MEASURES, STATUSES, mend_of

F = TypeVar("F", bound=Callable[..., Any])


def shared(command: F) -> F:
    """Give a command the options that every question has: the record and the form of the answer."""
    command = click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")(
        command
    )
    command = recorded(viewed(command))
    return command


def _filters(command: F) -> F:
    for option in (
        click.option("--limit", type=click.IntRange(1), help="At most so many."),
        click.option("--until", type=DAY, help="Not after this day."),
        click.option("--since", type=DAY, help="Not before this day."),
        click.option("--place", help="At this place (any of its names)."),
    ):
        command = option(command)
    return command


def circled(command: F) -> F:
    """Give a question the options that ask for a circle on the map."""
    command = click.option("--within", "km", type=float, default=20.0, show_default=True, help="With --near: so many kilometres.")(command)
    return click.option("--near", help="Around this place (a name, geonames:ID, or LAT,LON).")(command)


def _known(kind: str | None, known: tuple[str, ...], *, option: str) -> str | None:
    """The value itself; refused with the nearest that there are where it is none of the known ones."""
    if kind is None or kind in known:
        return kind
    raise UsageError(f"there is no such {option}", given=kind, mend=mend_of(kind, known, what=option))


_MACHINE = "SELECT report, id, body FROM machine WHERE report IN :numbers"


def _beside(record: Record, items: list[Item]) -> dict[str, dict[str, Any]]:
    """By handle the machine's values of the fields that persons corrected; nothing for values that nobody corrected."""
    numbers = sorted({i.report for i in items})
    rows = [r for at in range(0, len(numbers), 500) for r in record.rows(_MACHINE, {"numbers": numbers[at : at + 500]})]
    found = {f"{r['report']}/{r['id']}": r["body"] for r in rows}
    read = {i.handle: json.loads(found[i.handle] or "null") for i in items if i.handle in found}
    fields = {i.handle: {k: v for k, v in read[i.handle].items() if i.body.get(k) != v} if read[i.handle] else None for i in items if i.handle in read}
    return {handle: {"machine": values} for handle, values in fields.items() if values != {}}


def _asked(record: Record, word: str, question: Question) -> list[Item]:
    items = ask(record, word, question)
    if not items:
        no_items(record, word, question)
    return items


def _print_items(items: list[Item], shape: str, columns: tuple[str, ...], row: Callable[[Item], tuple[str, ...]], beside: dict[str, dict[str, Any]]) -> int:
    if shape == "json":
        print_json([{"report": i.report, "source": i.source, "chain": str(chain_of(i)), **i.body, **beside.get(i.handle, {})} for i in items])
    else:
        print_rows(("id", *columns), [(i.handle, *row(i)) for i in items])
    return 0 if items else 1


@click.command("reports")
@shared
def REPORTS(*, path: str, shape: str) -> int:
    """List the reports of the record, and what was refused."""
    with opened(path) as record:
        rows = record.rows("SELECT n, source, published, title, version, current, input, key FROM report ORDER BY n")
        refused = record.rows("SELECT input, reason, mend FROM refusal ORDER BY n")
        taken_back = retracted(record)
        if not rows:
            tell("reports", "nothing yet" if not refused else f"no reports; {len(refused)} refused", to_fill(record))
    if shape == "json":
        listed = [{**{k: v for k, v in r.items() if k != "key"}, "retracted": taken_back.get(r["n"])} for r in rows]
        print_json(listed + [{"refused": dict(r)} for r in refused])
    else:
        newest = {r["key"]: r["n"] for r in rows if r["current"]}
        titles = [_titled(r["title"] or r["input"], taken_back.get(r["n"]), _edition(r, newest.get(r["key"]))) for r in rows]
        table = [(str(r["n"]), r["source"] or "", (r["published"] or "")[:10], title) for r, title in zip(rows, titles, strict=True)]
        print_rows(("no.", "outlet", "published", "title"), table)
        for r in refused:
            print(f"refused: {r['input']}: {r['reason']}")
    return 0 if rows else 1


def _titled(title: str, taken_back: str | None, edition: str) -> str:
    marks = [f"retracted: {taken_back}"] if taken_back else [edition] if edition else []
    return "".join(f"[{mark}] " for mark in marks) + title


def _edition(report: Row, newest: int | None) -> str:
    """Which version of a report it is, where there are several."""
    if report["n"] == newest:
        return f"version {report['version']}" if report["version"] > 1 else ""
    return f"version {report['version']}, now {newest}" if newest is not None else ""


def _types(record: Record) -> tuple[str, ...]:
    """The event types of every version, and those that the record holds besides."""
    return tuple(dict.fromkeys((*EVENT_TYPES, *(r["type"] for r in record.rows("SELECT DISTINCT type FROM event ORDER BY type")))))


@click.command("events")
@_filters
@circled
@click.option("--type", "kind", help="Only this type.")
@click.option("--actor", help="With this actor taking part.")
@click.option("--status", help="Only this status (occurred, denied, planned ...).")
@shared
def EVENTS(
    *,
    path: str,
    shape: str,
    kind: str | None,
    actor: str | None,
    status: str | None,
    place: str | None,
    since: Any,
    until: Any,
    limit: int | None,
    near: str | None,
    km: float,
) -> int:
    """List events with their source chains."""
    with opened(path) as record:
        question = Question(
            near=circle_around(record, near, km) if near is not None else None,
            place=place,
            actor=actor,
            kind=_known(kind, _types(record), option="type"),
            status=_known(status, STATUSES, option="status"),
            since=day_text(since),
            until=day_text(until),
            limit=limit,
        )
        items = _asked(record, "event", question)
        beside = _beside(record, items) if shape == "json" else {}
    return _print_items(items, shape, ("when", "type", "status", "who", "where", "who says so"), _event_row, beside)


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
@shared
def STATEMENTS(*, path: str, shape: str, speaker: str | None, kind: str | None, place: str | None, since: Any, until: Any, limit: int | None) -> int:
    """List statements: who said what, how and when."""
    if place is not None:
        raise UsageError("statements have no place", given="--place", mend="ask for events at the place: dateline events --place " + place)
    with opened(path) as record:
        items = _asked(
            record, "statement", Question(speaker=speaker, kind=_known(kind, ACTS, option="act"), since=day_text(since), until=day_text(until), limit=limit)
        )
        beside = _beside(record, items) if shape == "json" else {}
    return _print_items(items, shape, ("speaker", "act", "mode", "when", "words", "outlet"), _statement_row, beside)


def _statement_row(item: Item) -> tuple[str, ...]:
    body = item.body
    speaker = item.name(body["speaker"]) or (body["speaker_span"]["text"] if body["speaker_span"] else "somebody")
    words = quoted(" … ".join(c["text"] for c in body["content"]), width=160)
    return speaker, body["act"], body["mode"], when_words(body["when"]), words, item.source or ""


@click.command("figures")
@_filters
@circled
@click.option("--measure", "kind", help="Only this measure (killed, displaced, in_need ...).")
@shared
def FIGURES(*, path: str, shape: str, kind: str | None, place: str | None, since: Any, until: Any, limit: int | None, near: str | None, km: float) -> int:
    """List figures with bounds, place, day and who says so."""
    with opened(path) as record:
        circle = circle_around(record, near, km) if near is not None else None
        measure = _known(kind, MEASURES, option="measure")
        items = _asked(record, "figure", Question(place=place, kind=measure, since=day_text(since), until=day_text(until), limit=limit, near=circle))
        beside = _beside(record, items) if shape == "json" else {}
    return _print_items(items, shape, ("measure", "number", "of whom", "where", "when", "who says so"), _figure_row, beside)


def _figure_row(item: Item) -> tuple[str, ...]:
    body = item.body
    so_far = " so far" if body.get("counts") == "total" else ""
    return body["measure"], bounds_words(body) + so_far, body["of"] or body["unit"] or "", _place(item), when_words(body["when"]), str(chain_of(item))


@click.command("entities")
@click.option("--kind", type=click.Choice(["actor", "person", "place", "weapon", "other"]), help="Only this kind.")
@shared
def ENTITIES(*, path: str, shape: str, kind: str | None) -> int:
    """List who and what the record knows, most reported first."""
    with opened(path) as record:
        found = entities_of(record, kind=kind)
        if not found:
            no_entities(record)
    if shape == "json":
        print_json(found)
    else:
        print_rows(
            ("key", "kind", "type", "country", "reports", "names"),
            [(e["world"], e["kind"], e["type"], e["country"] or "", str(e["reports"]), ", ".join(e["names"])) for e in found],
        )
    return 0 if found else 1


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@shared
def SEARCH(words: tuple[str, ...], *, path: str, shape: str, limit: int) -> int:
    """Find the reports that hold all WORDS."""
    with opened(path) as record:
        found = search(record, " ".join(words), limit=limit)
        if not found:
            no_reports(record, words)
    if shape == "json":
        print_json([{"report": n, "title": title, "text": text} for n, title, text in found])
    else:
        print_rows(("no.", "title", "words"), [(str(n), title, text) for n, title, text in found])
    return 0 if found else 1


def _handle(handle: str) -> tuple[int, str | None]:
    number, _, item = handle.removeprefix("incident:").partition("/")
    if not number.isdigit():
        raise UsageError("this is no id", given=handle, mend="give a report's number (12) or an item's id (12/v3), as the lists print them")
    return int(number), item or None


@click.command("show")
@click.argument("handle", metavar="ID")
@shared
def SHOW(handle: str, *, path: str, shape: str) -> int:
    """Show a report (ID 12) or one thing of it (ID 12/v3): the words, with the spans marked."""
    number, item = _handle(handle)
    with opened(path) as record:
        if item is None:
            text, body = marked_report(record, number)
            if shape == "json":
                print_json(body)
            else:
                print(text)
            return 0
        found = _one(record, number, item, handle)
        beside = _beside(record, [found]).get(handle, {})
    if shape == "json":
        print_json({**found.body, **beside})
        return 0
    print(sentence_around(found))
    if beside:
        fields = beside["machine"]
        print("  the machine read: " + ("; ".join(f"{k} {shown(v, _names(found))}" for k, v in fields.items()) if fields else "nothing; a person added it"))
        print(f"  who corrected it: dateline history {handle}")
    return 0


def _names(item: Item) -> dict[str, str]:
    return {e: item.name(e) or e for e in item.entities}


def _one(record: Record, number: int, item: str, handle: str) -> Item:
    if not record.rows("SELECT 1 AS held FROM item WHERE report = :report AND id = :id", {"report": number, "id": item}):
        raise UsageError("the record has no such id", given=handle, mend="list ids with: dateline events, statements, figures or control")
    items = load_items(record, [(number, item)], Question())
    if not items:
        raise UsageError("a newer version of this report has taken its place", given=handle, mend="list the reports with: dateline reports")
    return items[0]


@click.command("explain")
@click.argument("handle", metavar="ID")
@shared
def EXPLAIN(handle: str, *, path: str, shape: str) -> int:
    """Say why a value is as it is: the rule, lexicon row or model score behind each field of ID (12/v3)."""
    number, item = _handle(handle)
    if item is None:
        raise UsageError("a report has no single reason", given=handle, mend=f"give the id of one of its parts, e.g. {handle}/v1")
    with opened(path) as record:
        found = _one(record, number, item, handle)
        reasons = json.loads(record.rows("SELECT evidence FROM report WHERE n = :n", {"n": number})[0]["evidence"]).get(item, [])
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
@click.argument("path", metavar="RECORD")
def VERIFY(path: str) -> int:
    """Check that every span of RECORD still says what it said, and every reference leads somewhere."""
    with Record.open(path) as record:
        faults = 0
        for fault in verify(record):
            print(fault)
            faults += 1
        count = record.rows("SELECT count(*) AS n FROM item")[0]["n"]
        name = record.path
    print(f"{name}: {count} items checked, {faults} faults")
    return 1 if faults else 0


@click.command("rescue")
@click.argument("path", metavar="RECORD")
@click.argument("into", metavar="NEW")
def RESCUE(path: str, into: str) -> int:
    """Copy RECORD into NEW: what can be read of a damaged file, or a whole record from a file to a server and back.

    NEW must not hold a record yet. Each report goes over whole or not at all; what cannot be read is named.
    """
    lost = 0
    with Record.open(path) as source, Record.open(into, create=True) as target:
        for loss in rescue(source, target):
            print(loss)
            lost += 1
        count = target.rows("SELECT count(*) AS n FROM report")[0]["n"]
        print(f"{target.path}: {count} reports copied, {lost} losses")
    return 1 if lost else 0
