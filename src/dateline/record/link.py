"""Join events into incidents by judgements; nothing is merged, and a later judgement undoes an earlier one.

Every event is compared only with those that lie near it in place, days and type. Judgements of ``same`` make the ties; within each set of tied events
the strongest ties join first, and no tie joins two groups whose days or places exclude each other. Neither step depends on the order of the reports.
"""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.record.candidates import HAPPENED, Key, all_of, candidates, events_near, key_values, listed
from dateline.record.compare import Candidate, judge
from dateline.record.copies import copies_of, find_copies
from dateline.record.groups import Group, Tie, grouped
from dateline.record.near import NO_INCIDENT
from dateline.record.occasion import fold_words
from dateline.record.retold import Told, retold
from dateline.record.store import Record, now
from dateline.record.winnow import alike, shared_words, telling_words

JUDGE = "rule:compare-2"
"""Judge named in judgements made by ``compare``."""

COPY_JUDGE = "rule:copies-1"
"""Judge named in judgements that rest on two reports sharing the words."""

RETOLD_JUDGE = "rule:retold-1"
"""Judge named in judgements between two events of one report that tell of one happening."""

RETOLD = 0.7
"""Score of such a judgement: stronger ties of other reports join first."""

Body = dict[str, Any]

LARGE = 48
"""Sets of tied events larger than this are not grouped anew for each new event: it joins the incident that it is tied to most."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world with the events that tell of it, each as (report number, event id)."""

    id: str
    events: tuple[Key, ...]


def pending(record: Record) -> list[int]:
    """The reports whose events are not yet joined to the others, because they are new or a run was cut short."""
    return [row["n"] for row in record.rows("SELECT n FROM report WHERE linked = 0 ORDER BY n")]


def link(record: Record, reports: Iterable[int]) -> int:
    """Find the copies of these reports, judge their events against all near them, and join; gives the judgements made. One transaction a report."""
    made = 0
    for number in reports:
        with record.transaction():
            if record.rows("SELECT linked FROM report WHERE n = :n", {"n": number})[0]["linked"]:
                continue
            made += _link_one(record, number)
            record.run("UPDATE report SET linked = 1 WHERE n = :n", {"n": number})
    return made


def _link_one(record: Record, number: int) -> int:
    if not record.rows("SELECT 1 AS held FROM report WHERE n = :n AND current = 1", {"n": number}):
        part(record, number)
        return 0
    find_copies(record, number)
    made = 0
    fresh = candidates(record, "e.report = :n", {"n": number})
    for one in fresh:
        for other in events_near(record, one):
            if one.report != other.report or one.rank < other.rank:
                made += _write(record, one.key, other.key, *judge(one, other, lambda a, b: _wording(record, a, b)), by=JUDGE)
    made += _judge_retold(record, number, fresh)
    # After the comparison: of two judgements of rules the later counts, and shared words weigh more than likeness.
    made += _judge_copies(record, number)
    regroup(record, {one.key for one in fresh})
    return made


def part(record: Record, number: int) -> None:
    """Take the events of a report, also those that are not read any more, out of their incidents, and make these anew without them."""
    left = _companions(record, {(number, r["event"]) for r in record.rows("SELECT event FROM member WHERE report = :n", {"n": number})})
    record.run("DELETE FROM member WHERE report = :n", {"n": number})
    regroup(record, {k for k in left if k[0] != number})


def _wording(record: Record, a: Candidate, b: Candidate) -> float:
    first, second = (_sentence(record, c.key) for c in (a, b))
    return shared_words(first, second)


def _sentence(record: Record, key: Key) -> str:
    rows = record.rows("SELECT body FROM item WHERE report = :report AND id = :event", key_values(key))
    text: str = json.loads(rows[0]["body"])["sentence"]["text"]
    return text


def _write(record: Record, a: Key, b: Key, verdict: str, score: float, reason: str, *, by: str) -> int:
    if verdict == "different":  # that two events have nothing in common is not kept of every pair
        return 0
    a, b = sorted((a, b))
    record.run(
        "INSERT INTO judgement (a_report, a_event, b_report, b_event, verdict, score, reason, judge, at)"
        " VALUES (:a_report, :a_event, :b_report, :b_event, :verdict, :score, :reason, :judge, :at)",
        {
            "a_report": a[0],
            "a_event": a[1],
            "b_report": b[0],
            "b_event": b[1],
            "verdict": verdict,
            "score": score,
            "reason": reason,
            "judge": by,
            "at": now(),
        },  # fmt: skip
    )
    return 1


def _judge_retold(record: Record, number: int, events: list[Candidate]) -> int:
    """Events of one report that it tells of more than once are one."""
    bodies = {r["id"]: json.loads(r["body"]) for r in record.rows("SELECT id, body FROM item WHERE report = :n AND word = 'events'", {"n": number})}
    made = 0
    tops = {r["id"] for r in record.rows("SELECT id FROM event WHERE report = :n AND headline = 1", {"n": number})}
    report = json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"])
    for earlier, later, why in retold_in(report, events, bodies, tops):
        made += _write(record, earlier.key, later.key, "same", RETOLD, why, by=RETOLD_JUDGE)
    return made


def retold_in(report: Body, events: Iterable[Candidate], bodies: Mapping[str, Body], tops: Container[str]) -> list[tuple[Candidate, Candidate, str]]:
    """The events that a report (as JSON) tells of once more, each with the earlier and why; ``bodies`` are theirs as JSON, ``tops`` those of the headline."""
    starts = [s["start"] for s in report["sections"]]
    return retold([_told_of(e, bodies[e.event], starts, headline=e.event in tops) for e in events])


def _told_of(event: Candidate, body: Body, starts: list[int], *, headline: bool) -> Told:
    trigger, sentence = body["trigger"], body["sentence"]
    things = [p for p in body["participants"] if p["role"] in ("target", "victim", "instrument", "beneficiary")]
    hit = frozenset(p["entity"] for p in things if p["entity"])
    pointed = [w for p in things if (w := fold_words(p["span"]["text"]).split())[:1] in (["the"], ["this"], ["that"], ["these"], ["those"])]
    known = frozenset(word for words in pointed if len(words) == 2 for word in telling_words(words[1]))
    before = max(0, trigger["start"] - sentence["start"])
    return Told(
        event, trigger["start"], sentence["text"], before, trigger["text"], headline, bisect(starts, trigger["start"]), hit, known,
        body["status"] == "denied",
    )  # fmt: skip


def _judge_copies(record: Record, number: int) -> int:
    """Events that two reports tell in the same words are one."""
    made = 0
    for copy in copies_of(record, [number]):
        for a, b, why in copied(_told(record, number), _told(record, copy.b if copy.a == number else copy.a)):
            made += _write(record, a, b, "same", 1.0, why, by=COPY_JUDGE)
    return made


def copied(ours: Sequence[tuple[Key, str, str]], theirs: Sequence[tuple[Key, str, str]]) -> Iterator[tuple[Key, Key, str]]:
    """Each event with the first of the other report that is of its type and told in the same words (key, type and sentence of each are given)."""
    for key, kind, words in ours:
        found = next((other for other, other_kind, other_words in theirs if kind == other_kind and alike(words, other_words)), None)
        if found is not None:
            yield key, found, "the same words: one report copies the other or both an agency"


def _told(record: Record, number: int) -> list[tuple[Key, str, str]]:
    rows = record.rows(
        f"SELECT e.id, e.type, i.body FROM event e JOIN item i ON i.report = e.report AND i.id = e.id"
        f" WHERE e.report = :n AND e.type NOT IN {listed(NO_INCIDENT)} ORDER BY length(e.id), e.id",
        {"n": number},
    )
    return [((number, row["id"]), row["type"], json.loads(row["body"])["sentence"]["text"]) for row in rows]


def _neighbours(record: Record, keys: set[Key]) -> set[Key]:
    """The events that are, through any number of judgements of ``same``, tied to these; empty where they are too many to group anew."""
    reached, todo = set(keys), sorted(keys)
    most = max(LARGE, 2 * len(keys))
    while todo:
        if len(reached) > most:
            return set()
        for pair, verdict, _, _ in _judgements(record, todo.pop()):
            if verdict == "same":
                fresh = set(pair) - reached
                reached |= fresh
                todo += fresh
    return reached


def _judgements(record: Record, key: Key) -> list[tuple[tuple[Key, Key], str, float, str]]:
    """For each other event that was judged with this one the judgement that counts: the latest of a person, else the latest."""
    latest: dict[tuple[Key, Key], tuple[str, float, str]] = {}
    rows = record.rows(
        "SELECT * FROM judgement WHERE a_report = :report AND a_event = :event"
        " UNION SELECT * FROM judgement WHERE b_report = :report AND b_event = :event ORDER BY n",
        key_values(key),
    )
    for row in rows:
        pair = (row["a_report"], row["a_event"]), (row["b_report"], row["b_event"])
        by_hand = pair in latest and latest[pair][2].startswith("person:")
        if not by_hand or row["judge"].startswith("person:"):
            latest[pair] = (row["verdict"], row["score"] or 0.0, row["judge"])
    return [(pair, *judged) for pair, judged in latest.items()]


def regroup(record: Record, touched: set[Key]) -> None:
    """Make the incidents of these events, and of all that are tied to them, anew: each set of tied events by itself."""
    done: set[Key] = set()
    for key in sorted(touched):
        if key not in done and (tied := _neighbours(record, {key} | _companions(record, {key}))):
            _group(record, tied)
            done |= tied
        elif key not in done:
            _attach(record, key)


def _group(record: Record, keys: set[Key]) -> None:
    found = candidates(record, "e.report IN :reports AND e.id IN :events", all_of(keys))
    held = {c.key: c for c in sorted(found, key=lambda c: c.key) if c.key in keys}
    ties: dict[tuple[Key, Key], Tie] = {}
    for key in held:
        for pair, verdict, score, by in _judgements(record, key):
            if pair[0] in held and pair[1] in held:
                ties[pair] = Tie(held[pair[0]], held[pair[1]], verdict, score, by)
    record.run("DELETE FROM member WHERE report = :report AND event = :event", [key_values(k) for k in sorted(keys)])
    for group in grouped(list(held.values()), list(ties.values())):
        _keep(record, group)


def _attach(record: Record, key: Key) -> None:
    """Put the event into the incident that its strongest tie leads to."""
    same = [(score, pair[0] if pair[1] == key else pair[1]) for pair, verdict, score, _ in _judgements(record, key) if verdict == "same"]
    for _, other in sorted(same, key=lambda row: (-row[0], row[1])):
        if found := record.rows("SELECT incident FROM member WHERE report = :report AND event = :event", key_values(other)):
            _put_into(record, [key], found[0]["incident"])
            return
    _put_into(record, [key], incident_id(key))


def _companions(record: Record, keys: set[Key]) -> set[Key]:
    """Those that are now in one incident with these: a judgement undone parts them."""
    found: set[Key] = set()
    for key in keys:
        rows = record.rows(
            "SELECT b.report, b.event FROM member a JOIN member b ON b.incident = a.incident WHERE a.report = :report AND a.event = :event"
            f" ORDER BY b.report, b.event LIMIT {LARGE + 1}",
            key_values(key),
        )
        found |= {(row["report"], row["event"]) for row in rows}
    return found


def _keep(record: Record, group: Group) -> None:
    keys = sorted(c.key for c in group.members)
    _put_into(record, keys, incident_id(keys[0]))


def _put_into(record: Record, keys: Iterable[Key], incident: str) -> None:
    record.run(
        "INSERT INTO member (report, event, incident) VALUES (:report, :event, :incident)"
        " ON CONFLICT (report, event) DO UPDATE SET incident = excluded.incident",
        [{**key_values(key), "incident": incident} for key in keys],
    )


def incident_id(first: Key) -> str:
    """The id of the incident whose first event this is."""
    return f"incident:{first[0]}/{first[1]}"


def incidents(record: Record, *, places: Iterable[str] | None = None) -> list[Incident]:
    """The incidents as the judgements give them: sets of events that are joined, and each other event by itself; at these places only, where given."""
    where = "" if places is None else " AND (e.place IN :places OR e.country IN :countries)"
    rows = record.rows(
        "SELECT e.report, e.id, coalesce(m.incident, 'incident:' || e.report || '/' || e.id) AS incident"
        " FROM event e JOIN report r ON r.n = e.report AND r.current = 1 LEFT JOIN member m ON m.report = e.report AND m.event = e.id"
        f" WHERE {HAPPENED}{where} ORDER BY e.report, length(e.id), e.id",
        {} if places is None else {"places": (named := list(places)), "countries": [p.removeprefix("country:") for p in named if p.startswith("country:")]},
    )
    groups: dict[str, list[Key]] = {}
    for row in rows:
        groups.setdefault(row["incident"], []).append((row["report"], row["id"]))
    if places is not None:
        groups = {name: _members(record, name, found) for name, found in groups.items()}
    return [Incident(name, tuple(found)) for name, found in groups.items()]


def _members(record: Record, incident: str, found: list[Key]) -> list[Key]:
    """All events of an incident, also those that lie elsewhere or have no place."""
    rows = record.rows("SELECT report, event FROM member WHERE incident = :incident ORDER BY report, length(event), event", {"incident": incident})
    return [(row["report"], row["event"]) for row in rows] or found


def figures_of(record: Record, incident: Incident) -> list[dict[str, object]]:
    """The figures of an incident's events, side by side, each with its report."""
    found: list[dict[str, object]] = []
    for report, event in incident.events:
        rows = record.rows(
            "SELECT i.report, i.body FROM figure f JOIN item i ON i.report = f.report AND i.id = f.id WHERE f.report = :report AND f.event = :event"
            " ORDER BY length(f.id), f.id",
            key_values((report, event)),
        )
        found += [{"report": row["report"], **json.loads(row["body"])} for row in rows]
    return found
