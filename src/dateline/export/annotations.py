"""What was read, as W3C Web Annotations: each span with its position and its quote, pinned to the text that the positions count in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from dateline.export.job import Job
from dateline.record.questions import Item, Question, chain_of, load_items

Body = dict[str, Any]

_AROUND = 32
"""So many characters before and after the quote are given."""

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"dateline": "urn:dateline:", "textDigest": "dateline:textDigest", "field": "dateline:field", "chain": "dateline:chain"},
]

_FIELDS = {
    "entities": ("mentions",),
    "statements": ("speaker_span", "cue", "content"),
    "events": ("trigger", "sentence"),
    "figures": ("span",),
    "control": ("span",),
    "relations": ("span",),
    "times": ("when",),
    "images": ("shows",),
}
"""The fields of each word that hold its words."""


def write_annotations(job: Job) -> None:
    """Write an AnnotationPage: an annotation for each span of each thing that was read."""
    with job.open() as file:
        file.write('{"@context":' + json.dumps(_CONTEXT) + ',"id":"urn:dateline:annotations","type":"AnnotationPage","items":[')
        for number in job.reports():
            for annotation in _of_report(job, number):
                file.write(("," if job.rows else "") + "\n" + json.dumps(annotation, ensure_ascii=not _is_utf8(annotation)))
                job.rows += 1
        file.write("\n]}\n")


def _is_utf8(value: Body) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in json.dumps(value, ensure_ascii=False))


def _of_report(job: Job, number: int) -> Iterator[Body]:
    head = job.record.rows("SELECT url, digest, published, read_at FROM report WHERE n = :n", {"n": number})[0]
    rows = job.record.rows("SELECT id FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number})
    digest = ""
    for item in load_items(job.record, [(number, r["id"]) for r in rows], Question()):
        digest = digest or hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()
        source = {
            "source": head["url"] or f"urn:dateline:report:{head['digest']}", "textDigest": f"sha256:{digest}",
            "state": {"type": "TimeState", "sourceDate": _utc(head["published"], head["read_at"])},
        }  # fmt: skip
        for field, place, span in _spans(item):
            yield {
                "id": f"urn:dateline:{head['digest'][:16]}:{item.id}:{field}:{place}", "type": "Annotation", "motivation": "identifying",
                "created": head["read_at"],
                "body": {"type": "TextualBody", "purpose": "identifying", "value": _label(item), "id": f"urn:dateline:{head['digest'][:16]}:{item.id}",
                         "field": field, "chain": str(chain_of(item)) if "according_to" in item.body else None},
                "target": {**source, "selector": selectors(item.text, span["start"], span["end"])},
            }  # fmt: skip


def selectors(text: str, start: int, end: int) -> list[Body]:
    """A position selector (code points) and a quote selector for the characters of a text: alternatives, either finds them."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": before, "suffix": after},
    ]


def _spans(item: Item) -> Iterator[tuple[str, int, Body]]:
    for field in _FIELDS[item.word]:
        value = item.body[field]["span"] if field == "when" else item.body[field]
        for n, span in enumerate(value if isinstance(value, list) else [value] if value else []):
            yield field, n, span
    for n, part in enumerate(item.body.get("participants", [])):
        yield f"participant {part['role']}", n, part["span"]


def _label(item: Item) -> str:
    body = item.body
    kind = body.get("type") or body.get("measure") or body.get("act") or body.get("change") or body.get("kind") or ""
    name = body.get("name") or body.get("status") or ""
    return " ".join(p for p in (item.word, kind, name) if p)


def _utc(published: str | None, read_at: str) -> str:
    """The moment of the version that was read, in UTC."""
    if not published:
        return read_at
    return f"{published[:10]}T00:00:00Z" if len(published) <= 10 else published if published.endswith("Z") else f"{published[:10]}T00:00:00Z"
