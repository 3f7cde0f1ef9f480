"""Reprints: reports that share their words, whole or in part, found by their fingerprints as they come in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.record.sheets import sheets
from dateline.record.store import Record
from dateline.record.winnow import chosen, runs

NEAREST = 8
"""Reports with one and the same fingerprint that are looked at, the first that came: more are copies of these, or share a stock phrase."""

_AT_ONCE = 40
"""Fingerprints that are looked up in one question."""

_NONE = -1
"""The fingerprint of no text."""

_BEARERS = " UNION ALL ".join(
    "SELECT * FROM (SELECT f.report FROM fingerprint f JOIN report r ON r.n = f.report AND r.current = 1"
    f" WHERE f.hash = :m{i} AND f.report != :n ORDER BY f.report LIMIT {NEAREST}) AS x{i}"
    for i in range(_AT_ONCE)
)

SHORT = 30
"""A text of fewer runs of words has so few fingerprints that one shared is enough to look closer."""

WHOLE, PART = 0.8, 0.15
"""From which share of its words on a report is a whole or a partial copy of another."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that share words, with the share of each that stands in the other too."""

    a: int
    b: int
    share_of_a: float
    share_of_b: float

    @property
    def whole(self) -> bool:
        """Whether one of them is, but for a little, the other or a part of it."""
        return max(self.share_of_a, self.share_of_b) >= WHOLE


def find_copies(record: Record, number: int) -> int:
    """Look for reports that share words with this one and keep the pairs; gives how many. Call inside a transaction."""
    body = _story(record, number)
    hashes = runs(body)
    own = frozenset(hashes)
    shared = Counter(_sharing(record, number, chosen(hashes)))
    found = 0
    for other, count in sorted(shared.items()):
        if count >= 2 or len(own) < SHORT:
            found += _keep(record, number, own, other)
    return found


def _sharing(record: Record, number: int, marks: list[int]) -> Iterator[int]:
    """The reports that bear each of these fingerprints, the nearest of each: what thousands share is not gone through."""
    for at in range(0, len(marks), _AT_ONCE):
        asked = marks[at : at + _AT_ONCE]
        # Always as many, so that the database need not lay out the question anew for each report.
        asked += [_NONE] * (_AT_ONCE - len(asked))
        yield from (row["report"] for row in record.rows(_BEARERS, {"n": number, **{f"m{i}": mark for i, mark in enumerate(asked)}}))


def _keep(record: Record, number: int, own: frozenset[int], other: int) -> int:
    shares = shares_of(own, frozenset(runs(_story(record, other))))
    if shares is None:
        return 0
    a, b = sorted((number, other))
    ours, theirs = shares
    values = {"a": a, "b": b, "in_a": ours if a == number else theirs, "in_b": theirs if a == number else ours}
    record.run("INSERT INTO copy (a, b, share_of_a, share_of_b) VALUES (:a, :b, :in_a, :in_b) ON CONFLICT DO NOTHING", values)
    return 1


def shares_of(own: frozenset[int], theirs: frozenset[int]) -> tuple[float, float] | None:
    """The share of each text's runs of words that stands in the other too; None where they share too little to be copies."""
    common = len(own & theirs)
    if not own or not theirs or common / min(len(own), len(theirs)) < PART:
        return None
    return round(common / len(own), 3), round(common / len(theirs), 3)


def _story(record: Record, number: int) -> str:
    return story_in(json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"]))


def story_in(report: dict[str, Any]) -> str:
    """The words of a report (as JSON) that are the story, as ``winnow.body_of`` gives them."""
    text: str = report["text"]
    return "\n".join(text[s["start"] : s["end"]] for s in report["sections"] if s["kind"] == "paragraph") or text


def copies_of(record: Record, numbers: Iterable[int]) -> list[Copy]:
    """The pairs of copies that these reports are in."""
    found = {(row["a"], row["b"]): row for sheet in sheets(record, numbers).values() for row in sheet.copies}
    return [Copy(row["a"], row["b"], row["share_of_a"], row["share_of_b"]) for _, row in sorted(found.items())]
