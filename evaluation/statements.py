"""Statements of a reading in the form of ``score_attribution``: source, cue and content of each attribution.

The corpus (PolNeAR) knows no attribution within another: of a chain only the outermost statement is given.
It marks a quotation that goes on after "he said." as more content of the same attribution: a statement without a cue is added to its speaker's last one.
It marks what people think, want and fear beside what they say. A reading has no statements of that; ``predict_with_beliefs`` gives both, and
``spoken`` leaves the attitudes (``attitudes.tsv``) out of the key, so that speech and writing are measured apart.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from dateline import lexicon
from dateline.extraction.findings import StatementFound
from dateline.extraction.mentions import find_mentions
from dateline.extraction.statements import find_beliefs
from dateline.extraction.times import find_times
from dateline.intake import report_of
from dateline.pipeline import World, document_of
from evaluation.alignment import Alignment

Body = dict[str, Any]
_ADVERB = re.compile(r" \w+ly\b(?! (?:and|or|as)\b)")
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
            "cue": [_with_tail(align, statement["cue"], MEDIUM, _ADVERB)] if statement["cue"] else [],
            "content": content,
        }
        made.append(attribution)
        last[key] = attribution
    return {"attributions": made}


def predict_with_beliefs(reading: Body, record: Body) -> Body:
    """The attributions of one reading together with what people are said to think, want or fear, of one within another the outer only."""
    believed = _beliefs(reading["report"]["text"])
    spoken = [s for s in reading["statements"] if s["within"] is not None or s["cue"] is None or not _inside(s["cue"], believed)]
    believed = [b for b in believed if not _inside(b["cue"], reading["statements"])]
    both = sorted([*spoken, *believed], key=lambda s: (s["cue"] or s["content"][0])["start"])
    return predict({**reading, "statements": both}, record)


def _inside(cue: Body, statements: list[Body]) -> bool:
    """Whether a cue stands in the words of a statement."""
    return any(piece["start"] <= cue["start"] < piece["end"] for s in statements for piece in s["content"])


@cache
def _world() -> World:
    return World.open()


def _beliefs(text: str) -> list[Body]:
    report = report_of(text, language="en")
    if report.text != text:
        return []
    document = document_of(report, _world().model)
    found = find_beliefs(document, report.sections, find_mentions(document, whos_who=_world().whos_who), find_times(document))
    return [_as_statement(text, belief) for belief in found if belief.within is None and belief.cue_start is not None]


def _as_statement(text: str, found: StatementFound) -> Body:
    def span(start: int | None, end: int | None) -> Body | None:
        return None if start is None or end is None else {"start": start, "end": end, "text": text[start:end]}

    cue, speaker = span(found.cue_start, found.cue_end), span(found.speaker_start, found.speaker_end)
    return {"within": None, "cue": cue, "speaker_span": speaker, "content": [span(*piece) for piece in found.content]}


def spoken(record: Body) -> Body:
    """A gold record without the attributions whose cue tells an attitude and no speech or writing."""
    return {**record, "attributions": [a for a in record["attributions"] if not _attitude(" ".join(c["text"].lower() for c in a.get("cue") or []))]}


def _attitude(cue: str) -> bool:
    rows = _attitudes()
    return bool(rows["attitude"].search(cue)) and not rows["speech"].search(cue)


@cache
def _attitudes() -> dict[str, re.Pattern[str]]:
    text = (Path(__file__).parent / "attitudes.tsv").read_text(encoding="utf-8")
    rows = list(lexicon.parse(text, name="attitudes.tsv", columns=("pattern", "kind"), key=("pattern",)))
    return {kind: re.compile(r"\b(?:" + "|".join(r["pattern"] for r in rows if r["kind"] == kind) + r")\b") for kind in ("attitude", "speech")}


def _with_tail(align: Alignment, span: Body, *tails: re.Pattern[str]) -> Body:
    """The span with what the corpus counts to it: a possessive's "'s", or the comma that closes an apposition, to the source.

    To the cue it counts "in a statement" and the adverb behind it ("said quietly").
    """
    moved = _moved(align, span)
    found = next((hit for tail in tails if (hit := tail.match(align.given, moved["end"]))), None)
    return {"start": moved["start"], "end": found.end()} if found else moved


def _moved(align: Alignment, span: Body) -> Body:
    start, end = align.span(span["start"], span["end"])
    return {"start": start, "end": end}
