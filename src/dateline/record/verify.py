"""Check a record: every span still says what it said, every reference leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.errors import RecordError
from dateline.record.store import Record


def verify(record: Record) -> Iterator[str]:
    """A sentence for each fault of the record; nothing when it is whole."""
    try:
        yield from _faults(record)
    except RecordError as fault:
        yield f"the rest cannot be checked: {fault.wrong}; {fault.mend}"


def _faults(record: Record) -> Iterator[str]:
    for row in record.rows("PRAGMA integrity_check") if record.connection.sqlite else ():
        if row["integrity_check"] != "ok":
            yield f"the file is damaged: {row['integrity_check']}"
    for report in record.rows("SELECT n, body FROM report ORDER BY n"):
        body = json.loads(report["body"])
        yield from (f"report {report['n']}: {fault}" for fault in _span_faults(body, body["text"]))
        items = {r["id"]: json.loads(r["body"]) for r in record.rows("SELECT id, body FROM item WHERE report = :n", {"n": report["n"]})}
        for name, item in items.items():
            yield from (f"{report['n']}/{name}: {fault}" for fault in _span_faults(item, body["text"]))
            yield from (f"{report['n']}/{name}: names {to}, which is not there" for to in _references(item) if to not in items)
        for row in record.rows("SELECT id, body FROM machine WHERE report = :n AND body IS NOT NULL", {"n": report["n"]}):
            faults = _span_faults(json.loads(row["body"]), body["text"])
            yield from (f"{report['n']}/{row['id']}, as the machine read it: {fault}" for fault in faults)


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
