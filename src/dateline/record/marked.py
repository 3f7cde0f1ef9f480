"""The words of a report with their spans marked."""

from __future__ import annotations

import json
from typing import Any

from dateline.errors import UsageError
from dateline.record.questions import Item, chain_of
from dateline.record.store import Record

Body = dict[str, Any]

_MAIN = {"events": "trigger", "figures": "span", "control": "span", "relations": "span", "statements": "cue"}
"""The field of each word whose span is marked in a shown report."""


def marked_report(record: Record, number: int) -> tuple[str, Body]:
    """A report's text with what was read marked as ``[words]{id}``, and its reading as JSON.

    Raises ``UsageError`` when the record has no report of this number.
    """
    rows = record.rows("SELECT body FROM report WHERE n = :n", {"n": number})
    if not rows:
        raise UsageError("the record has no report of this number", given=str(number), mend="list the reports with: dateline reports")
    report: Body = json.loads(rows[0]["body"])
    parts: dict[str, list[Body]] = {}
    for row in record.rows("SELECT id, word, body FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number}):
        parts.setdefault(row["word"], []).append(json.loads(row["body"]))
    marks = [(item[field], item["id"]) for word, field in _MAIN.items() for item in parts.get(word, []) if item[field]]
    head = f"{report['title'] or report['id']}\n{report['source'] or 'unknown outlet'}, {report['published']['date'] or 'undated'}\n\n"
    return head + _marked(report["text"], marks), {"report": report, **parts}


def _marked(text: str, marks: list[tuple[Body, str]]) -> str:
    opens: dict[int, int] = {}
    closes: dict[int, list[str]] = {}
    for span, name in marks:
        opens[span["start"]] = opens.get(span["start"], 0) + 1
        closes.setdefault(span["end"], []).append(name)
    out: list[str] = []
    for i, character in enumerate(text):
        out += [f"]{{{name}}}" for name in closes.get(i, [])]
        out.append("[" * opens.get(i, 0))
        out.append(character if character.isprintable() or character in "\n\t" else " ")
    out += [f"]{{{name}}}" for name in closes.get(len(text), [])]
    return "".join(out)


def sentence_around(item: Item) -> str:
    """An item in lines: its source chain, then every field that has words, with the words."""
    lines = [f"{item.handle}  {item.word[:-1] if item.word.endswith('s') else item.word}", f"  who says so: {chain_of(item)}"]
    for name, value in item.body.items():
        if name in ("id", "sentence") or value in (None, [], ""):
            continue
        lines.append(f"  {name}: {_shown(value, item)}")
    if "sentence" in item.body:
        lines.append(f"  sentence: {item.body['sentence']['text']}")
    return "\n".join(lines)


def _shown(value: Any, item: Item) -> str:
    if isinstance(value, str) and value in item.entities:
        return f"{item.name(value)} ({value})"
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            return f"“{value['text']}” [{value['start']}:{value['end']}]"
        return "; ".join(f"{k} {_shown(v, item)}" for k, v in value.items() if v is not None)
    if isinstance(value, list):
        return " | ".join(_shown(v, item) for v in value)
    return str(value)
