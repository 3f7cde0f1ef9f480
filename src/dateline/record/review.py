"""Reviewing by persons: what to look at first, how far it has come, how far two readers agree, and where they differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from math import log2, log10
from typing import Any

from dateline.lexicon import load
from dateline.record.anchors import Body, word_of
from dateline.record.corrections import entries, machine, told_by
from dateline.record.field_values import set_field
from dateline.record.references import drop
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
    second: bool = False
    """Others have judged it already; it is given as the machine read it, so that what they said sways nobody."""


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
    """Of these values, how many they leave the same: with the same fields, or not there."""
    share: float | None
    kappa: float | None
    """Cohen's kappa of their verdicts on each value (right, wrong, not there); None where chance alone would make them agree."""
    fields: dict[str, tuple[int, int]]
    """By field how many both judged, and how many alike; ``*`` is whether the value is there at all."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value on which the latest words of two or more persons differ, and on which no third has spoken since; the latest of all counts."""

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

    Values that somebody judged are left out; with ``reader``, only those that this person judged: what others changed or rejected waits for her as the
    machine read it. ``least`` leaves out those whose confidence is lower or not known.
    """
    found = [w for word in _TABLES if not words or word in words for w in _weighed(record, word, reader, least)]
    found.sort(key=lambda w: (-w.priority, w.handle))
    start = next((i + 1 for i, w in enumerate(found) if w.handle == after), 0)
    return found[start : start + limit]


def waiting(record: Record, *, words: Sequence[str] = (), reader: str | None = None, least: float = 0.0) -> int:
    """How many values wait in all."""
    count = 0
    for word in (w for w in _TABLES if not words or w in words):
        table, _ = _TABLES[word]
        unjudged = f"{table} t JOIN report r ON r.n = t.report AND r.current = 1 WHERE NOT EXISTS ({_JUDGED}) AND coalesce(t.confidence, 0) >= :least"
        count += int(record.rows(f"SELECT count(*) AS n FROM {unjudged}", {"least": least})[0]["n"])
        count += len(_seconds(record, word, reader, least)) if reader else 0
    return count


_SAID = "effect x JOIN correction c ON c.n = x.n AND c.verb IN ('accept', 'change', 'reject')"
"""The verdicts that count, on the values that they concern today."""

_JUDGED = f"SELECT 1 FROM {_SAID} WHERE x.report = t.report AND x.item = t.id"


def _weighed(record: Record, word: str, reader: str | None, least: float) -> Iterator[Waiting]:
    table, kind = _TABLES[word]
    cases = " ".join(f"WHEN '{k}' THEN {w}" for (of, k), w in weights().items() if of == word and k != "*")
    weight = f"(CASE t.{kind} {cases} ELSE {weights()[word, '*']} END)"
    rows = record.rows(
        f"SELECT t.report, t.id, t.{kind} AS kind, t.confidence, {weight} AS weight FROM {table} t JOIN report r ON r.n = t.report AND r.current = 1"
        f" WHERE NOT EXISTS ({_JUDGED}) AND coalesce(t.confidence, 0) >= :least"
        f" ORDER BY (1 - coalesce(t.confidence, {_UNSCORED})) * {weight} DESC, t.report, length(t.id), t.id LIMIT {_AHEAD}",
        {"least": least},
    )
    for row in rows:
        yield _waiting(record, word, row)
    for report, body in _seconds(record, word, reader, least) if reader else ():
        named = weights().get((word, body[kind]), weights()[word, "*"])
        yield _waiting(record, word, {"report": report, "id": body["id"], "kind": body[kind], "confidence": body["confidence"], "weight": named}, second=True)


def _seconds(record: Record, word: str, reader: str, least: float) -> list[tuple[int, Body]]:
    """What others have judged and this reader has not, as the machine read it (what a person added, as it was added); by report."""
    who = {"who": reader.strip().casefold(), "word": word}
    mine = f"SELECT 1 FROM {_SAID} AND lower(c.who) = :who WHERE x.report = o.report AND x.item = o.item"
    out = "SELECT 1 FROM effect x JOIN correction c ON c.n = x.n AND c.verb = 'reject' AND c.field IS NULL WHERE x.report = o.report AND x.item = o.item"
    rows = record.rows(
        f"SELECT o.report, coalesce(m.body, i.body) AS body FROM (SELECT DISTINCT x.report, x.item FROM {_SAID}) o"
        " JOIN report r ON r.n = o.report AND r.current = 1"
        " LEFT JOIN machine m ON m.report = o.report AND m.id = o.item LEFT JOIN item i ON i.report = o.report AND i.id = o.item"
        # What is out was rejected; what was made part of another value is judged as that.
        f" WHERE coalesce(m.word, i.word) = :word AND NOT EXISTS ({mine}) AND (i.id IS NOT NULL OR EXISTS ({out})) ORDER BY o.report, o.item",
        who,
    )
    bodies = [(int(row["report"]), json.loads(row["body"])) for row in rows if row["body"] is not None]
    return [(report, body) for report, body in bodies if (body["confidence"] or 0) >= least]


def _waiting(record: Record, word: str, row: Any, *, second: bool = False) -> Waiting:
    key = {"report": row["report"], "id": row["id"]}
    own = "event" if word == "events" else "id"
    dead = f"SELECT max(coalesce(best, low, high)) AS n FROM figure WHERE report = :report AND measure = 'killed' AND {own} = :id"
    killed = float(record.rows(dead, key)[0]["n"] or 0) if word != "control" else 0.0
    told = told_by(record, row["report"], row["id"]) if word == "events" else 1
    if second:
        # What the first reader changed or rejected weighs what it weighed for her.
        killed, told = max(killed, _killed_as_read(record, row["report"], row["id"])), max(told, _told_then(record, key))
    doubt = 1 - float(row["confidence"]) if row["confidence"] is not None else _UNSCORED
    weight = float(row["weight"]) * (1 + log10(1 + max(0.0, killed))) * (1 + log2(told) / 2)
    parts = [f"{row['kind']}, confidence {row['confidence']:.2f}" if row["confidence"] is not None else f"{row['kind']}, not scored"]
    parts += [f"{killed:g} dead"] if killed else []
    parts += [f"told by {told} reports"] if told > 1 else []
    handle = f"{row['report']}/{row['id']}"
    return Waiting(handle, word, row["kind"], row["confidence"], round(weight, 3), round(doubt * weight, 4), "; ".join(parts), second)


def _killed_as_read(record: Record, report: int, name: str) -> float:
    """The most dead of which a figure or event told as the machine read it."""
    read = machine(record, report, name) or {}
    figures = [read] if "measure" in read else [machine(record, report, figure) or {} for figure in read.get("figures", ())]
    counts = [next((n for n in (f["best"], f["low"], f["high"]) if n is not None), 0) for f in figures if f.get("measure") == "killed"]
    return float(max(counts, default=0))


def _told_then(record: Record, key: Body) -> int:
    """By how many reports an event was told when it was judged."""
    lines = record.rows(f"SELECT c.anchors FROM {_SAID} WHERE x.report = :report AND x.item = :id", key)
    return max((int(json.loads(line["anchors"]).get("told", 1)) for line in lines), default=1)


def progress(record: Record) -> Progress:
    """How many values the record has, and how many of them persons judged; what was rejected is still counted."""
    rows = record.rows(
        f"SELECT DISTINCT x.report, x.item, c.who, CASE WHEN i.id IS NULL THEN 1 ELSE 0 END AS out FROM {_SAID}"
        " JOIN report r ON r.n = x.report AND r.current = 1 LEFT JOIN item i ON i.report = x.report AND i.id = x.item"
        " WHERE x.item IS NOT NULL ORDER BY x.report, x.item, c.who"
    )
    held = record.rows("SELECT i.word, count(*) AS n FROM item i JOIN report r ON r.n = i.report AND r.current = 1 GROUP BY i.word")
    values = Counter({r["word"]: int(r["n"]) for r in held})
    values.update(word_of(name) or "" for _, name in {(r["report"], r["item"]) for r in rows if r["out"]})
    judged = Counter(word_of(name) or "" for _, name in {(r["report"], r["item"]) for r in rows})
    return Progress(dict(sorted(values.items())), dict(sorted(judged.items())), dict(Counter(r["who"] for r in rows)))


_GONE = "not there"
_THERE = "there"
_Fields = dict[str, tuple[Any, int]]
"""By field the value that a person last gave it and the line that says so; ``*`` is whether the value is there at all."""


def _claims(record: Record) -> dict[str, dict[str, _Fields]]:
    """By value what each person leaves it as."""
    claims: dict[str, dict[str, _Fields]] = {}
    for entry in entries(record):
        line = entry.line
        if line.verb in _VERDICTS and entry.undone_by is None and entry.now is not None:
            held = claims.setdefault(entry.now, {}).setdefault(line.who, {})
            if line.verb == "reject" and line.field is None:
                held.clear()
                held["*"] = (_GONE, line.n)
                continue
            # Who says anything of a field says that the value is there.
            if held.get("*", (_GONE, 0))[0] == _GONE or line.field is None:
                held["*"] = (_THERE, line.n)
            held |= {field: (value, line.n) for field, value in ({line.field: line.value} if line.field is not None else line.value).items()}
    return claims


def _left(read: Body | None, said: _Fields, gone: Iterable[str] = ()) -> Body | None:
    """The value as a person leaves it, naming none of those that are gone; None where it is not there."""
    if said["*"][0] == _GONE:
        return None
    body = deepcopy(read) if read is not None else {"participants": []}
    for field, (value, _) in said.items():
        if field != "*":
            set_field(body, field, value)
    held: dict[str, list[Body]] = {"": [{"id": "", **{k: v for k, v in body.items() if k != "id"}}]}
    for name in gone:
        drop(held, name)
    (body,) = held[""]
    return {k: v for k, v in body.items() if k != "codes"}


def agreement(record: Record, a: str, b: str) -> Agreement:
    """How far two persons agree on the values that both judged."""
    alike = 0
    verdicts: list[tuple[str, str]] = []
    fields: dict[str, tuple[int, int]] = {}
    claims = _claims(record)
    gone: dict[str, set[str]] = {}
    for handle, said in claims.items():
        if any(said[who]["*"][0] == _GONE for who in (a, b) if who in said):
            gone.setdefault(handle.partition("/")[0], set()).add(handle.partition("/")[2])
    for handle, said in claims.items():
        if a not in said or b not in said:
            continue
        report, _, item = handle.partition("/")
        read = machine(record, int(report), item)
        # What one of them rejected falls out of all that names it: that is no second difference.
        out = sorted(gone.get(report, ()))
        left = [_left(read, said[who], out) for who in (a, b)]
        alike += left[0] == left[1]
        plain = _left(read, {"*": (_THERE, 0)}, out)
        one, other = ("not there" if body is None else "right" if read is None or body == plain else "wrong" for body in left)
        verdicts.append((one, other))
        for field in said[a].keys() & said[b].keys():
            both, same = fields.get(field, (0, 0))
            fields[field] = (both + 1, same + (said[a][field][0] == said[b][field][0]))
    count = len(verdicts)
    return Agreement(count, alike, alike / count if count else None, _kappa(verdicts), dict(sorted(fields.items())))


def _kappa(pairs: list[tuple[str, str]]) -> float | None:
    if not pairs:
        return None
    seen = sum(x == y for x, y in pairs) / len(pairs)
    ours, theirs = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    chance = sum(ours[v] * theirs[v] for v in ours) / len(pairs) ** 2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def conflicts(record: Record) -> list[Conflict]:
    """The values on which persons differ and nobody has decided since."""
    found: list[Conflict] = []
    for handle, people in sorted(_claims(record).items()):
        for field in _fields(people.values()):
            told = _told(people, field)
            if _differ(told) and not _decided(people, field):
                found.append(Conflict(handle, field, tuple(told)))
    return found


def _fields(claims: Iterable[_Fields]) -> list[str]:
    return sorted({field for said in claims for field in said})


def _told(people: dict[str, _Fields], field: str) -> list[tuple[str, Any, int]]:
    """Who says what of a field, and in which line; oldest first."""
    return sorted(((who, *said[field]) for who, said in people.items() if field in said), key=lambda x: x[2])


def _differ(told: Iterable[tuple[str, Any, int]]) -> bool:
    return len({json.dumps(value, sort_keys=True) for _, value, _ in told}) > 1


def _decided(people: dict[str, _Fields], field: str) -> bool:
    """Whether a person spoke of the field after two others had differed on it; who takes the value out decides all of its fields."""
    for who, said in people.items():
        gone = said["*"][0] == _GONE
        if not gone and field not in said:
            continue
        others = {name: claims for name, claims in people.items() if name != who}
        n = said["*" if gone else field][1]
        before = [_told(others, one) for one in (_fields(others.values()) if gone else (field,))]
        if any(_differ(told) and told[-1][2] < n for told in before):
            return True
    return False
