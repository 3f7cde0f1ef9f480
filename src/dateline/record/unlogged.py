"""Judgements of persons that an earlier Dateline kept beside the log of corrections: each becomes a line of it, as its person would have written it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dateline.record.anchors import LETTERS, Body, Parts, anchor_of, anchors_for
from dateline.record.connection import Connection, Row

_PERSON = "person:"


def into_log(connection: Connection) -> None:
    """Give every judgement of a person that is no line of the log its line, oldest first; one on an event that is not there stays as it is."""
    last = int(connection.rows("SELECT coalesce(max(n), 0) AS n FROM correction")[0]["n"])
    # As often as two events were judged, the latest counts: so it does in the log.
    for row in connection.rows("SELECT * FROM judgement WHERE judge LIKE 'person:%' AND correction IS NULL ORDER BY n"):
        first, second = (_seen(connection, row[f"{side}_report"], row[f"{side}_event"]) for side in ("a", "b"))
        if first is not None and second is not None:
            last += 1
            _write(connection, last, row, first, second)


def _seen(connection: Connection, number: int, event: str) -> tuple[Row, Parts] | None:
    """The report of an event with the parts that it has; None where the event is not there."""
    reports = connection.rows("SELECT n, key, current, body FROM report WHERE n = :n", {"n": number})
    parts: Parts = {word: [] for word in LETTERS}
    for row in connection.rows("SELECT word, body FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number}):
        parts[row["word"]].append(json.loads(row["body"]))
    return (reports[0], parts) if reports and any(b["id"] == event for b in parts["events"]) else None


def _write(connection: Connection, n: int, row: Row, first: tuple[Row, Parts], second: tuple[Row, Parts]) -> None:
    (report, parts), (other, other_parts) = first, second
    event = next(b for b in other_parts["events"] if b["id"] == row["b_event"])
    anchor = asdict(anchor_of("events", event, other_parts, _text(other)))
    anchors: Body = anchors_for("events", row["a_event"], None, parts, _text(report))
    anchors |= {"names": {}, "other": {"key": other["key"], "report": other["n"], "anchor": anchor}}
    line = {
        "n": n, "verb": row["verdict"], "key": report["key"], "other_key": other["key"], "report": report["n"], "item": row["a_event"], "was": "null",
        "value": json.dumps(f"{other['n']}/{row['b_event']}"), "anchors": json.dumps(anchors), "who": row["judge"].removeprefix(_PERSON), "at": row["at"],
        "why": row["reason"],
    }  # fmt: skip
    connection.run(
        "INSERT INTO correction (n, verb, key, other_key, report, item, was, value, anchors, who, at, why)"
        " VALUES (:n, :verb, :key, :other_key, :report, :item, :was, :value, :anchors, :who, :at, :why)",
        line,
    )
    connection.run("UPDATE judgement SET correction = :line WHERE n = :n", {"line": n, "n": row["n"]})
    if report["current"] and other["current"]:
        connection.run(
            "INSERT INTO effect (n, report, item, fits, how, reason, machine) VALUES (:n, :report, :item, 1, 'exact', '', '{}')",
            {"n": n, "report": report["n"], "item": row["a_event"]},
        )


def _text(report: Row) -> str:
    body: Any = json.loads(report["body"])
    return str(body["text"])
