"""Names as the language model gives them, by the coarse kinds that name corpora share; a reading keeps only those that it has a word for."""

from __future__ import annotations

from functools import cache

from dateline.errors import InputError
from dateline.intake import report_of
from dateline.pipeline import World, document_of
from evaluation.alignment import Alignment
from evaluation.harness import Body

_KINDS = {"PERSON": "PER", "ORG": "ORG", "FORCE": "ORG", "PLACE": "LOC", "FACILITY": "LOC"}


@cache
def _world() -> World:
    return World.open()


def predict_names(_: Body, record: Body) -> Body:
    """Persons, organisations and places of the name head."""
    try:
        report = report_of(record["text"], language="en", id=record["id"])
    except InputError:
        return {"entities": []}
    align = Alignment(report.text, record["text"])
    rows = []
    for name in document_of(report, _world().model).names:
        if name.label in _KINDS:
            start, end = align.span(name.start, name.end)
            rows.append({"start": start, "end": end, "type": _KINDS[name.label]})
    return {"entities": rows}
