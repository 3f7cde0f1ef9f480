"""Join events of many reports into incidents by judgements; nothing is merged, and a later judgement undoes an earlier one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.record.compare import Candidate, family, judge
from dateline.record.store import Record, now

JUDGE = "rule:compare-1"
"""Judge named in judgements made by ``compare``."""

_NO_INCIDENT = ("accusation", "denial", "threat", "demand", "promise", "condemnation", "praise", "congratulation")
"""Types that are themselves acts of speech: they are accounts, not happenings to be joined."""

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world with the events that tell of it, each as (report number, event id)."""

    id: str
    events: tuple[Key, ...]


def link(record: Record, reports: Iterable[int]) -> int:
    """Judge the events of these reports against those of all others near them in place, days and type; gives the judgements made."""
    made = 0
    for number in reports:
        fresh = [c for c in _candidates(record, "e.report = ?", (number,)) if c.type not in _NO_INCIDENT]
        with record.transaction():
            for one in fresh:
                for other in _around(record, one):
                    made += _write(record, one, other)
    return made


def _around(record: Record, one: Candidate) -> list[Candidate]:
    """Events of other reports in the same place or country within a few days (all days where one has none), of the same family."""
    if one.place is None and one.country is None:
        return []
    where, values = ("e.place = ?", one.place) if one.place is not None else ("e.country = ? AND e.place IS NULL", one.country)
    query, given = f"e.report < ? AND {where}", [one.report, values]
    if one.earliest is not None:
        start = date.fromisoformat(one.earliest[:10])
        end = date.fromisoformat(one.latest[:10]) if one.latest else start
        query += " AND (e.earliest IS NULL OR (e.earliest <= ? AND ifnull(e.latest, e.earliest) >= ?))"
        given += [(end + timedelta(days=1)).isoformat() + "T99", (start - timedelta(days=1)).isoformat()]
    return [c for c in _candidates(record, query, tuple(given)) if family(c.type) == family(one.type)]


def _candidates(record: Record, where: str, values: tuple[object, ...]) -> list[Candidate]:
    rows = record.rows(
        f"SELECT e.* FROM event e JOIN report r ON r.n = e.report AND r.current = 1 WHERE {where} AND e.status NOT IN ('planned', 'demanded', 'hypothetical')"
        " ORDER BY e.report, e.id",
        values,
    )
    return [
        Candidate(
            row["report"], row["id"], row["type"], row["place"], row["country"], row["lat"], row["lon"], row["earliest"], row["latest"],
            _actors(record, row["report"], row["id"]), _killed(record, row["report"], row["id"]),
        )
        for row in rows
    ]  # fmt: skip


def _actors(record: Record, report: int, event: str) -> frozenset[str]:
    rows = record.rows("SELECT world FROM participant WHERE report = ? AND event = ? AND role != 'instrument'", (report, event))
    return frozenset(row["world"] for row in rows)


def _killed(record: Record, report: int, event: str) -> float | None:
    rows = record.rows("SELECT ifnull(best, low) AS n FROM figure WHERE report = ? AND event = ? AND measure = 'killed'", (report, event))
    return max((row["n"] for row in rows if row["n"] is not None), default=None)


def _write(record: Record, a: Candidate, b: Candidate) -> int:
    verdict, score, reason = judge(a, b)
    if verdict == "different":
        return 0
    record.connection.execute(
        "INSERT INTO judgement (a_report, a_event, b_report, b_event, verdict, score, reason, judge, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (a.report, a.event, b.report, b.event, verdict, score, reason, JUDGE, now()),
    )
    return 1


def incidents(record: Record) -> list[Incident]:
    """The incidents that the latest judgements give: sets of events tied by ``same``, and each other event by itself."""
    keys = [
        (row["report"], row["id"])
        for row in record.rows("SELECT e.report, e.id, e.type FROM event e JOIN report r ON r.n = e.report AND r.current = 1 ORDER BY e.report, e.id")
        if row["type"] not in _NO_INCIDENT
    ]
    parent = {k: k for k in keys}

    def root(k: Key) -> Key:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for a, b in _ties(record):
        if a in parent and b in parent:
            first, second = sorted((root(a), root(b)))
            parent[second] = first
    groups: dict[Key, list[Key]] = defaultdict(list)
    for k in keys:
        groups[root(k)].append(k)
    return [Incident(f"incident:{n}/{v}", tuple(rows)) for (n, v), rows in groups.items()]


def _ties(record: Record) -> list[tuple[Key, Key]]:
    """Pairs whose latest judgement is ``same``."""
    latest: dict[tuple[Key, Key], str] = {}
    for row in record.rows("SELECT * FROM judgement ORDER BY n"):
        a, b = (row["a_report"], row["a_event"]), (row["b_report"], row["b_event"])
        latest[min(a, b), max(a, b)] = row["verdict"]
    return [pair for pair, verdict in latest.items() if verdict == "same"]


def figures_of(record: Record, incident: Incident) -> list[dict[str, object]]:
    """The figures of an incident's events, side by side, each with its report."""
    found: list[dict[str, object]] = []
    for report, event in incident.events:
        rows = record.rows(
            "SELECT i.report, i.body FROM figure f JOIN item i ON i.report = f.report AND i.id = f.id WHERE f.report = ? AND f.event = ?", (report, event)
        )
        found += [{"report": row["report"], **json.loads(row["body"])} for row in rows]
    return found
