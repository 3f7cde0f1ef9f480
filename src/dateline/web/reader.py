"""A report with all that was read from it, and the reasons for a value."""

from __future__ import annotations

import json

from dateline.errors import UsageError
from dateline.record.anchors import word_of
from dateline.record.beside import machine
from dateline.record.copies import copies_of
from dateline.record.names import display_name
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.sheets import sheets
from dateline.record.still import held_still
from dateline.record.store import Record
from dateline.web import parts
from dateline.web.desk import Desk
from dateline.web.incident_detail import incidents_of
from dateline.web.problems import NotThere
from dateline.web.shapes import WORDS

ROW = "n, title, source, agency, url, published, language, version, current, read_at, reader, input"
"""The columns of a report that its row in a list is made from."""


def row_of(found: Body, *, words: str | None = None) -> Body:
    """A report in a list."""
    return {
        "report": found["n"], "title": found["title"] or found["input"], "source": found["source"], "agency": found["agency"], "url": found["url"],
        "published": {"date": found["published"], "basis": None}, "language": found["language"], "version": found["version"],
        "current": bool(found["current"]), "read_at": found["read_at"], "reader": found["reader"], "words": words,
    }  # fmt: skip


def report_detail(desk: Desk, number: int) -> Body:
    """A report with its reading.

    Raises ``NotThere`` when the record has no report of this number.
    """
    record = desk.record()
    with held_still(record):
        return _detail(record, number)


def _detail(record: Record, number: int) -> Body:
    rows = record.rows(f"SELECT {ROW}, key, body FROM report WHERE n = :n", {"n": number})
    if not rows:
        raise NotThere("the record has no report of this number", given=str(number), mend="list the reports at /api/reports")
    found: Body = dict(rows[0])
    reading: Body = {"report": json.loads(found["body"]), **{word: [] for word in WORDS}}
    for row in record.rows("SELECT word, body FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number}):
        reading[row["word"]].append(json.loads(row["body"]))
    worlds = {r["id"]: r["world"] for r in record.rows("SELECT id, world FROM entity WHERE report = :n", {"n": number})}
    versions = record.rows(f"SELECT {ROW} FROM report WHERE key = :key ORDER BY version", {"key": found["key"]})
    row = row_of(found)
    return {
        "report": number, "version": row["version"], "current": row["current"], "versions": [row_of(dict(v)) for v in versions], "agency": row["agency"],
        "read_at": row["read_at"], "reader": row["reader"], "reading": reading, "worlds": worlds,
        "names": {e["id"]: display_name(e) for e in reading["entities"]}, "incidents": _incidents(record, number, reading),
        "chains": _chains(record, number, reading), "copies": _copies(record, number),
    }  # fmt: skip


def _incidents(record: Record, number: int, reading: Body) -> Body:
    return {event: incident for (_, event), incident in incidents_of(record, ((number, v["id"]) for v in reading["events"])).items()}


def _chains(record: Record, number: int, reading: Body) -> Body:
    keys = [(number, i["id"]) for word in ("events", "figures", "control") for i in reading[word]]
    return {item.id: parts.chain_with_words(item) for item in load_items(record, keys, Question())}


def _copies(record: Record, number: int) -> list[Body]:
    others = sorted({c.b if c.a == number else c.a for c in copies_of(record, [number])})
    if not others:
        return []
    rows = {r["n"]: r for n in others for r in record.rows(f"SELECT {ROW} FROM report WHERE n = :n", {"n": n})}
    return [row_of(dict(rows[n])) for n in others if n in rows]


def one_item(record: Record, number: int, item: str) -> Item:
    """One value of a report; one that a person took out as the machine had read it, so that a third can judge it still.

    Raises ``NotThere`` when the record has none such, or a newer version of the report has taken its place.
    """
    handle = f"{number}/{item}"
    if not is_there(record, number, item):
        read, sheet = machine(record, number, item), sheets(record, [number]).get(number)
        if read is None or sheet is None:
            raise NotThere("the record has no such value", given=handle, mend="the values of a report are in /api/reports/" + str(number))
        return Item(number, item, word_of(item) or "", read, sheet)
    items = load_items(record, [(number, item)], Question())
    if not items:
        raise NotThere("a newer version of this report has taken its place", given=handle, mend="list its versions at /api/reports/" + str(number))
    return items[0]


def is_there(record: Record, number: int, item: str) -> bool:
    """Whether the record answers with this value."""
    return bool(record.rows("SELECT id FROM item WHERE report = :n AND id = :id", {"n": number, "id": item}))


def explanation(desk: Desk, number: int, item: str) -> Body:
    """A value with the reason for each of its fields."""
    record = desk.record()
    found = one_item(record, number, item)
    head = record.rows("SELECT title, published, evidence FROM report WHERE n = :n", {"n": number})[0]
    try:
        reasons = json.loads(head["evidence"]).get(item, [])
    except ValueError as fault:
        raise UsageError("the reasons kept with this report cannot be read", given=f"{number}/{item}", mend="check the record with: dateline verify") from fault
    return {
        "id": found.handle, "word": found.word, "report": number, "title": head["title"], "published": head["published"], "body": found.body,
        "names": parts.names_in(found), "spans": parts.spans_of(found.body), "chain": parts.chain_with_words(found), "around": found.around(),
        "rejected": not is_there(record, number, item),
        "reasons": [{k: r[k] for k in ("field", "rule", "detail", "score", "span")} for r in reasons],
    }  # fmt: skip
