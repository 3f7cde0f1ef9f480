"""Reviewing by persons: what to look at first, how far it has come, how far two readers agree, and where they differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2, log10
from typing import Any

from dateline.lexicon import load
from dateline.record.anchors import word_of
from dateline.record.corrections import Entry, entries
from dateline.record.store import Record

_AHEAD = 2000
"""So many values, by doubt times weight of their type alone, are weighed closely."""

_UNSCORED = 0.5
"""Doubt of a value of which no score is known."""

_VERDICTS = ("accept", "change", "reject")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A value to be reviewed."""

    handle: str
    word: str
    kind: str
    confidence: float | None
    weight: float
    priority: float
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reviewing has come: values and judged values by word, and judged values by person."""

    values: dict[str, int]
    judged: dict[str, int]
    by_person: dict[str, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on the values that both judged."""

    both: int
    alike: int
    """Of these, on how many they leave the same value."""
    share: float | None
    kappa: float | None
    """Cohen's kappa of their verdicts (right, wrong, not there); None where chance alone would make them agree."""
    fields: dict[str, tuple[int, int]]
    """By field how many both judged, and how many alike."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value on which the latest words of two or more persons differ; the latest of all counts."""

    handle: str
    field: str
    said: tuple[tuple[str, Any, int], ...]
    """Who, the value, and the line of the log; oldest first."""


@cache
def weights() -> dict[tuple[str, str], float]:
    """The weight of each word and kind."""
    return {(row["word"], row["kind"]): float(row["weight"]) for row in load("review.tsv", columns=("word", "kind", "weight"), key=("word", "kind"))}


_TABLES = {"events": ("event", "type"), "figures": ("figure", "measure"), "control": ("control", "change")}


def queue(
    record: Record, *, limit: int = 20, after: str | None = None, words: Sequence[str] = (), reader: str | None = None, least: float = 0.0
) -> list[Waiting]:
    """The values that most need a look: what is in doubt and matters much first. ``after`` is the last handle that was seen.

    Values that somebody judged are left out; with ``reader``, only those that this person judged, so that a second one may judge them too.
    ``least`` leaves out those whose confidence is lower or not known.
    """
    found = [w for word in _TABLES if not words or word in words for w in _weighed(record, word, reader, least)]
    found.sort(key=lambda w: (-w.priority, w.handle))
    start = next((i + 1 for i, w in enumerate(found) if w.handle == after), 0)
    return found[start : start + limit]


def _weighed(record: Record, word: str, reader: str | None, least: float) -> Iterator[Waiting]:
    table, kind = _TABLES[word]
    cases = " ".join(f"WHEN '{k}' THEN {w}" for (of, k), w in weights().items() if of == word and k != "*")
    weight = f"(CASE t.{kind} {cases} ELSE {weights()[word, '*']} END)"
    by = " AND lower(c.who) = :who" if reader else ""
    verbs = ", ".join(f"'{v}'" for v in _VERDICTS)
    judged = f"SELECT 1 FROM effect x JOIN correction c ON c.n = x.n AND c.verb IN ({verbs}){by} WHERE x.report = t.report AND x.item = t.id"
    rows = record.rows(
        f"SELECT t.report, t.id, t.{kind} AS kind, t.confidence, {weight} AS weight FROM {table} t JOIN report r ON r.n = t.report AND r.current = 1"
        f" WHERE NOT EXISTS ({judged}) AND coalesce(t.confidence, 0) >= :least"
        f" ORDER BY (1 - coalesce(t.confidence, {_UNSCORED})) * {weight} DESC, t.report, length(t.id), t.id LIMIT {_AHEAD}",
        {"least": least, **({"who": reader.strip().casefold()} if reader else {})},
    )
    for row in rows:
        yield _waiting(record, word, row)


def _waiting(record: Record, word: str, row: Any) -> Waiting:
    key = {"report": row["report"], "id": row["id"]}
    own = "event" if word == "events" else "id"
    dead = f"SELECT max(coalesce(best, low, high)) AS n FROM figure WHERE report = :report AND measure = 'killed' AND {own} = :id"
    killed = float(record.rows(dead, key)[0]["n"] or 0) if word != "control" else 0.0
    told = 1
    if word == "events":
        query = "SELECT count(DISTINCT b.report) AS n FROM member a JOIN member b ON b.incident = a.incident WHERE a.report = :report AND a.event = :id"
        told = max(1, int(record.rows(query, key)[0]["n"]))
    doubt = 1 - float(row["confidence"]) if row["confidence"] is not None else _UNSCORED
    weight = float(row["weight"]) * (1 + log10(1 + max(0.0, killed))) * (1 + log2(told) / 2)
    parts = [f"{row['kind']}, confidence {row['confidence']:.2f}" if row["confidence"] is not None else f"{row['kind']}, not scored"]
    parts += [f"{killed:g} dead"] if killed else []
    parts += [f"told by {told} reports"] if told > 1 else []
    handle = f"{row['report']}/{row['id']}"
    return Waiting(handle, word, row["kind"], row["confidence"], round(weight, 3), round(doubt * weight, 4), "; ".join(parts))


def progress(record: Record) -> Progress:
    """How many values the record has, and how many of them persons judged."""
    values = record.rows("SELECT i.word, count(*) AS n FROM item i JOIN report r ON r.n = i.report AND r.current = 1 GROUP BY i.word ORDER BY i.word")
    verbs = ", ".join(f"'{v}'" for v in _VERDICTS)
    rows = record.rows(
        f"SELECT DISTINCT x.report, x.item, c.who FROM effect x JOIN correction c ON c.n = x.n AND c.verb IN ({verbs})"
        " JOIN report r ON r.n = x.report AND r.current = 1 WHERE x.item IS NOT NULL ORDER BY x.report, x.item, c.who"
    )
    words = Counter(word_of(name) or "" for _, name in {(r["report"], r["item"]) for r in rows})
    return Progress({r["word"]: int(r["n"]) for r in values}, dict(sorted(words.items())), dict(Counter(r["who"] for r in rows)))


_GONE = "not there"
_Claim = tuple[str, str, int]
"""The value as JSON (or that it is not there), the verdict, and the line that says so."""


def _claims(record: Record) -> dict[tuple[str, str], dict[str, _Claim]]:
    """By value and field what each person last said of it."""
    claims: dict[tuple[str, str], dict[str, _Claim]] = {}
    for entry in entries(record):
        line = entry.line
        if line.verb in _VERDICTS and entry.undone_by is None and entry.now is not None:
            for field, said in _said(entry):
                claims.setdefault((entry.now, field), {})[line.who] = said
    return claims


def _said(entry: Entry) -> Iterator[tuple[str, _Claim]]:
    line = entry.line
    if line.verb == "reject" and line.field is None:
        yield "*", (_GONE, "not there", line.n)
    elif line.field is not None:
        verdict = "right" if line.verb == "accept" else "wrong"
        yield line.field, (json.dumps(line.value, sort_keys=True), verdict, line.n)
    else:
        yield "*", ("there", "right", line.n)
        for field, value in line.value.items():
            yield field, (json.dumps(value, sort_keys=True), "right", line.n)


def agreement(record: Record, a: str, b: str) -> Agreement:
    """How far two persons agree on the values that both judged."""
    pairs = [(field, said[a], said[b]) for (_, field), said in _claims(record).items() if a in said and b in said]
    fields: dict[str, tuple[int, int]] = {}
    for field, one, other in pairs:
        both, alike = fields.get(field, (0, 0))
        fields[field] = (both + 1, alike + (one[0] == other[0]))
    same = sum(alike for _, alike in fields.values())
    return Agreement(len(pairs), same, same / len(pairs) if pairs else None, _kappa([(x[1], y[1]) for _, x, y in pairs]), dict(sorted(fields.items())))


def _kappa(pairs: list[tuple[str, str]]) -> float | None:
    if not pairs:
        return None
    seen = sum(x == y for x, y in pairs) / len(pairs)
    ours, theirs = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    chance = sum(ours[v] * theirs[v] for v in ours) / len(pairs) ** 2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def conflicts(record: Record) -> list[Conflict]:
    """The values on which persons differ."""
    found: list[Conflict] = []
    for (handle, field), said in sorted(_claims(record).items()):
        if len({value for value, _, _ in said.values()}) > 1:
            told = sorted(((who, value if value in (_GONE, "there") else json.loads(value), n) for who, (value, _, n) in said.items()), key=lambda x: x[2])
            found.append(Conflict(handle, field, tuple(told)))
    return found
