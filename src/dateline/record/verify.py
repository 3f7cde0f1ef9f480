"""Check a record: every value is one, every span still says what it said, every reference leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.contract import from_json
from dateline.errors import RecordError
from dateline.record.connection import Row
from dateline.record.store import DAMAGES, WORDS, Record


def verify(record: Record) -> Iterator[str]:
    """A sentence for each fault of the record; nothing when it is whole."""
    try:
        yield from _faults(record)
    except RecordError as fault:
        yield f"the rest cannot be checked: {fault.wrong}; {fault.mend}"


def _faults(record: Record) -> Iterator[str]:
    for row in record.rows("PRAGMA integrity_check") if record.connection.sqlite else ():
        if row["integrity_check"] != "ok":
            yield f"the file is damaged: {' '.join(str(row['integrity_check']).split())[:300]}"
    for number in [r["n"] for r in record.rows("SELECT n FROM report ORDER BY n")]:
        try:
            yield from report_faults(record, number)
        except RecordError as fault:
            if not fault.wrong.startswith("the record is damaged"):
                raise
            yield f"report {number}: {fault.wrong}"
        except DAMAGES as fault:
            yield f"report {number}: what is kept of it is damaged ({type(fault).__name__}: {str(fault)[:100]})"


def report_faults(record: Record, number: int) -> Iterator[str]:
    """What is wrong with a report and its values.

    Raises one of ``DAMAGES`` where they cannot be looked at.
    """
    report = record.rows("SELECT n, body FROM report WHERE n = :n", {"n": number})[0]
    body = json.loads(report["body"])
    from_json({"report": body, **dict.fromkeys(WORDS, [])})
    yield from (f"report {number}: {fault}" for fault in _span_faults(body, body["text"]))
    items = {r["id"]: _item(r) for r in record.rows("SELECT id, word, body FROM item WHERE report = :n", {"n": number})}
    for name, item in items.items():
        yield from (f"{number}/{name}: {fault}" for fault in _span_faults(item, body["text"]))
        yield from (f"{number}/{name}: names {to}, which is not there" for to in _references(item) if to not in items)
    for row in record.rows("SELECT id, body FROM machine WHERE report = :n AND body IS NOT NULL", {"n": number}):
        faults = _span_faults(json.loads(row["body"]), body["text"])
        yield from (f"{number}/{row['id']}, as the machine read it: {fault}" for fault in faults)


def _item(row: Row) -> Any:
    """A value as it is kept, once it is clear that it is one of its word."""
    try:
        WORDS.index(row["word"])
        body = json.loads(row["body"])
        from_json({"report": None, **dict.fromkeys(WORDS, []), row["word"]: [body]})
    except DAMAGES as fault:
        raise ValueError(f"{row['id']}: {fault}") from fault
    return body


def _span_faults(value: Any, text: str) -> Iterator[str]:
    """What is wrong with the spans anywhere inside a value."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value) and text[value["start"] : value["end"]] != value["text"]:
            yield f"characters {value['start']} to {value['end']} do not say {value['text']!r}"
        for inner in value.values():
            yield from _span_faults(inner, text)
    elif isinstance(value, list):
        for inner in value:
            yield from _span_faults(inner, text)


_POINTERS = ("speaker", "addressee", "within", "entity", "who", "event", "place", "holder", "previous_holder", "source", "target")


def _references(item: Any) -> Iterator[str]:
    """The ids of other parts that an item names."""
    for key in _POINTERS:
        if isinstance(item.get(key), str):
            yield item[key]
    yield from item.get("according_to", ())
    for holder in (item.get("where"), *item.get("participants", ())):
        if isinstance(holder, dict) and holder.get("entity"):
            yield holder["entity"]
    yield from (f for f in item.get("figures", ()))
