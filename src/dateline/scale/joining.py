"""Incidents on Spark: sets of tied events, each grouped as a record would group it.

A set of up to ``link.LARGE`` events is grouped as a whole, which does not depend on the order of the reports. A larger one is joined step by step, in a record
of its own, by the code of ``record.link`` itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from dateline.record.groups import Tie, grouped
from dateline.record.link import LARGE, incident_id, part, regroup
from dateline.record.near import NOT_HAPPENED
from dateline.record.store import Record
from dateline.scale.nearby import candidate_of

MEMBER = "n long, event string, incident string"
_EVENT = 20
"""Bits of a node's number that are left to the number of the event in its report."""

Rows = list[dict[str, Any]]


def incidents(judgements: Any, events: Any, valid: Any) -> Any:
    """The incident of each event that tells of a happening and whose report counts at the end."""
    from pyspark.sql import functions as F

    same = judgements.where("verdict = 'same'").withColumn("a", _node("a")).withColumn("b", _node("b"))
    sets = _sets(same.select("a", "b"))
    known = valid.groupBy("n").agg(F.collect_list(F.struct("since", "until")).alias("stretches"))
    nodes = events.withColumn("node", F.shiftleft("n", _EVENT) + F.expr("cast(substr(event, 2) AS long)")).join(sets, "node").join(known, "n", "left")
    tied = same.join(sets.toDF("a", "set_of"), "a")
    joined = nodes.groupBy("set").cogroup(tied.groupBy("set_of")).applyInArrow(_group, MEMBER)
    told = events.where(F.col("told") & ~F.col("status").isin(*NOT_HAPPENED)).join(valid.where("until IS NULL").select("n"), "n")
    own = F.concat(F.lit("incident:"), F.col("n"), F.lit("/"), F.col("event"))
    return told.join(joined, ["n", "event"], "left").withColumn("incident", F.coalesce("incident", own))


def _node(side: str) -> Any:
    from pyspark.sql import functions as F

    return F.shiftleft(f"{side}_report", _EVENT) + F.expr(f"cast(substr({side}_event, 2) AS long)")


def _sets(edges: Any) -> Any:
    """For each node the least node that it is tied to through any others: forests of each part of the edges, then one of all."""
    forest = edges.mapInArrow(_forest, "a long, b long")
    return forest.repartition(1).mapInArrow(_forest, "a long, b long").toDF("node", "set")


def _forest(batches: Iterator[Any]) -> Iterator[Any]:
    """Each node of the edges with the least that it hangs together with: the smallest list of edges that joins the same."""
    import pyarrow as pa

    above: dict[int, int] = {}

    def root(node: int) -> int:
        while (up := above.setdefault(node, node)) != node:
            above[node] = node = above.setdefault(up, up)
        return node

    for batch in batches:
        for a, b in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            low, high = sorted((root(a), root(b)))
            above[high] = low
    nodes = sorted(above)
    for start in range(0, len(nodes), 10_000):
        some = nodes[start : start + 10_000]
        yield pa.RecordBatch.from_pydict({"a": pa.array(some, pa.int64()), "b": pa.array([root(n) for n in some], pa.int64())})


def _group(nodes: Any, ties: Any) -> Any:
    """The members of the incidents of one set of tied events."""
    import pyarrow as pa

    events, tied = nodes.to_pylist(), sorted(ties.to_pylist(), key=_moment)
    found = _at_once(events, tied) if len(events) <= LARGE else _step_by_step(events, tied)
    rows = [{"n": n, "event": event, "incident": incident} for (n, event), incident in sorted(found.items())]
    return pa.Table.from_pylist(rows, schema=pa.schema([("n", pa.int64()), ("event", pa.string()), ("incident", pa.string())]))


def _moment(tied: dict[str, Any]) -> tuple[int, int, int]:
    return tied["at"], tied["step"], tied["phase"]


def _counts(event: dict[str, Any]) -> bool:
    return bool(event["counts"]) and any(s["until"] is None for s in event["stretches"] or ())


def _at_once(events: Rows, tied: Rows) -> dict[tuple[int, str], str]:
    held = {(e["n"], e["event"]): candidate_of(e) for e in events if _counts(e)}
    latest = {}
    for t in tied:
        a, b = (t["a_report"], t["a_event"]), (t["b_report"], t["b_event"])
        if a in held and b in held:
            latest[a, b] = Tie(held[a], held[b], t["verdict"], t["score"], t["judge"])
    groups = [sorted(c.key for c in g.members) for g in grouped(list(held.values()), list(latest.values()))]
    return {key: incident_id(keys[0]) for keys in groups for key in keys}


def _step_by_step(events: Rows, tied: Rows) -> dict[tuple[int, str], str]:
    """The incidents that a record comes to in which these reports are joined one after the other."""
    steps = {k: list(rows) for k, rows in groupby(tied, key=lambda t: (t["at"], t["step"]))}
    moments = [(s["since"], e["n"], True) for e in events for s in e["stretches"] or ()]
    moments += [(s["until"], e["n"], False) for e in events for s in e["stretches"] or () if s["until"] is not None]
    fresh: dict[int, set[tuple[int, str]]] = {}
    for e in events:
        if e["counts"]:
            fresh.setdefault(e["n"], set()).add((e["n"], e["event"]))
    with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/set.db", create=True) as record, record.transaction():
        _fill(record, events)
        for at, together in groupby(sorted(set(moments)), key=lambda m: m[0]):
            turns = list(together)
            for _, n, counts in turns:
                record.run("UPDATE report SET current = :current WHERE n = :n", {"current": int(counts), "n": n})
            for _, n, counts in turns:
                if not counts:
                    part(record, n)
                    continue
                record.run(_TIE, steps.get((at, n), []))
                regroup(record, fresh.get(n, set()))
        members = record.rows("SELECT m.report, m.event, m.incident FROM member m JOIN report r ON r.n = m.report AND r.current = 1")
    return {(row["report"], row["event"]): row["incident"] for row in members}


_TIE = (
    "INSERT INTO judgement (a_report, a_event, b_report, b_event, verdict, score, reason, judge, at)"
    " VALUES (:a_report, :a_event, :b_report, :b_event, :verdict, :score, '', :judge, '')"
)


def _fill(record: Record, events: Rows) -> None:
    """Put what grouping looks at into a record: of the reports no more than their digests, of the events what ``link`` asks for."""
    reports = {e["n"]: e["digest"] for e in events}
    record.run(
        "INSERT INTO report (n, key, version, current, digest, input, read_at, reader, body, evidence)"
        " VALUES (:n, :digest, 1, 0, :digest, '', '', '', '{}', '{}')",
        [{"n": n, "digest": digest} for n, digest in sorted(reports.items())],
    )
    record.run(
        "INSERT INTO event (report, id, type, status, place, country, lat, lon, earliest, latest, confidence, negated, headline, block, days, first, last)"
        " VALUES (:n, :event, :type, :status, :place, :country, :lat, :lon, NULL, NULL, 0, :negated, 0, :block, :days, :first, :last)",
        [{**{k: e[k] for k in _KEPT}, "negated": int(not e["counts"])} for e in events],
    )
    for role, side in (("agent", "doers"), ("target", "targets")):
        record.run(
            "INSERT INTO participant (report, event, role, world, party, named) VALUES (:n, :event, :role, :party, :party, 1)",
            [{"n": e["n"], "event": e["event"], "role": role, "party": party} for e in events for party in e[side]],
        )
    record.run(
        "INSERT INTO figure (report, id, measure, best, event, confidence) VALUES (:n, 'f' || :event, 'killed', :killed, :event, 0)",
        [{"n": e["n"], "event": e["event"], "killed": e["killed"]} for e in events if e["killed"] is not None],
    )


_KEPT = ("n", "event", "type", "status", "place", "country", "lat", "lon", "block", "days", "first", "last")
