"""Statements of a reading in the form of ``score_attribution``: source, cue and content of each attribution.

The corpus (PolNeAR) knows no attribution within another: of a chain only the outermost statement is given.
It marks a quotation that goes on after "he said." as more content of the same attribution: a statement without a cue is added to its speaker's last one.
"""

from __future__ import annotations

import re
from typing import Any

from evaluation.alignment import Alignment

Body = dict[str, Any]
POSSESSIVE = re.compile(r"['’]s\b")
CLOSING_COMMA = re.compile(r",(?=\s)")
MEDIUM = re.compile(r"\s(?:in|during)\s(?:an?|the|his|her|their)\s(?:\w+\s)?(?:statement|interview|speech|tweet|email|letter)\b")


def predict(reading: Body, record: Body) -> Body:
    """The attributions of one reading, with offsets into the gold record's text."""
    align = Alignment(reading["report"]["text"], record["text"])
    made: list[Body] = []
    last: dict[tuple[int, int] | None, Body] = {}
    for statement in reading["statements"]:
        if statement["within"] is not None:
            continue
        source = statement["speaker_span"]
        key = (source["start"], source["end"]) if source else None
        content = [_moved(align, piece) for piece in statement["content"]]
        if statement["cue"] is None and key is not None and key in last:
            last[key]["content"].extend(content)
            continue
        attribution = {
            "source": [_with_tail(align, source, CLOSING_COMMA if ", " in source["text"] else POSSESSIVE)] if source else [],
            "cue": [_with_tail(align, statement["cue"], MEDIUM)] if statement["cue"] else [],
            "content": content,
        }
        made.append(attribution)
        last[key] = attribution
    return {"attributions": made}


def _with_tail(align: Alignment, span: Body, tail: re.Pattern[str]) -> Body:
    """The span with what the corpus counts to it: a possessive's "'s", or the comma that closes an apposition, to the source; "in a statement" to the cue."""
    moved = _moved(align, span)
    found = tail.match(align.given, moved["end"])
    return {"start": moved["start"], "end": found.end()} if found else moved


def _moved(align: Alignment, span: Body) -> Body:
    start, end = align.span(span["start"], span["end"])
    return {"start": start, "end": end}
