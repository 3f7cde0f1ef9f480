"""What the machine read, beside what the record answers with: a report's parts as they are now and as they were read."""

from __future__ import annotations

import json
from dataclasses import replace

from dateline.record.anchors import LETTERS, Body, Parts, word_of
from dateline.record.proposed import Seen
from dateline.record.references import ids_in
from dateline.record.store import Record


def parts_of(record: Record, number: int) -> Parts:
    """The parts of a report as the record has them now."""
    parts: Parts = {word: [] for word in LETTERS}
    for row in record.rows("SELECT word, body FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number}):
        parts[row["word"]].append(json.loads(row["body"]))
    return parts


def read_by_machine(record: Record, number: int) -> tuple[Body, Parts]:
    """A report and its parts as the machine read them."""
    kept = {r["id"]: r for r in record.rows("SELECT id, word, body FROM machine WHERE report = :n", {"n": number})}
    report = kept.pop("", None)
    body = report["body"] if report is not None else record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"]
    items = {r["id"]: r for r in record.rows("SELECT id, word, body FROM item WHERE report = :n", {"n": number})}
    parts: Parts = {word: [] for word in LETTERS}
    for name, row in sorted({**items, **kept}.items(), key=lambda pair: (pair[1]["word"], len(pair[0]), pair[0])):
        if row["body"] is not None:
            parts[row["word"]].append(json.loads(kept.get(name, row)["body"]))
    return json.loads(body), parts


def machine(record: Record, report: int, item: str) -> Body | None:
    """A value as the machine read it; None where a person added it, or there is none."""
    kept = record.rows("SELECT body FROM machine WHERE report = :n AND id = :id", {"n": report, "id": item})
    rows = kept or record.rows("SELECT body FROM item WHERE report = :n AND id = :id", {"n": report, "id": item})
    return json.loads(rows[0]["body"]) if rows and rows[0]["body"] is not None else None


def with_read(record: Record, seen: Seen, item: str, *, anew: bool) -> Seen:
    """The report with a value, and what it names, as the machine read it: where the record has them no more, or with ``anew`` in any case."""
    held = {b["id"] for items in seen.parts.values() for b in items}
    if item in held and not anew:
        return seen
    read = {b["id"]: b for items in read_by_machine(record, seen.number)[1].values() for b in items}
    wanted: Parts = {word: [] for word in LETTERS}
    todo, met = [item], {item}
    while todo:
        name = todo.pop()
        if name in read and (name == item or name not in held):
            wanted[word_of(name) or ""].append(read[name])
            new = ids_in({k: v for k, v in read[name].items() if k != "id"}) - met
            met |= new
            todo += sorted(new)
    taken = {b["id"] for items in wanted.values() for b in items}
    return replace(seen, parts={word: [*(b for b in items if b["id"] not in taken), *wanted[word]] for word, items in seen.parts.items()})
