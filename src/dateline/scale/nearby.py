"""Blocking on Spark: events near each other in place, days and type are joined, and each pair is judged, as ``record.link`` does one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any

from dateline.record.compare import Candidate, judge, may_mean
from dateline.record.link import JUDGE, RETOLD, RETOLD_JUDGE, retold_in
from dateline.record.near import MOST, NO_INCIDENT, Reach, reach_of, tells_of_happening
from dateline.record.occasion import WIDE, Days, shift
from dateline.record.winnow import shared_words
from dateline.scale.ties import TIE, tie, tie_schema
from dateline.schema import event_types

_BUCKET = 32
"""Days in a slot of the calendar: events are looked for in the slots that they may lie in, not in all of a place's years."""
_SLOTS = 12
"""Of an event that may lie in more slots the whole of the place is looked through."""

_FEATURES = (
    "n long, event string, digest string, type string, status string, place string, country string, block string, lat double, lon double, earliest string,"
    " latest string, days string, first string, last string, doers array<string>, targets array<string>, killed double, headline boolean, sentence string"
)
_REACH = ("d_from", "d_to", "d_end", "l_widest", "l_from", "l_to", "n_from", "n_to", "w_from", "w_to")
"""Days between which others are looked for, a set for each way of looking: as the slots that begin with its letter."""
EVENTS = (
    f"{_FEATURES}, counts boolean, told boolean, blocks array<string>, wanted array<string>, slots array<string>, {', '.join(f'{c} string' for c in _REACH)}"
)


def events_of(reports: Any) -> Any:
    """A row for each event of each report, with how far around it others are looked for."""
    return reports.select("n", "digest", "events").mapInArrow(_explode, EVENTS)


def _explode(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = [_event(report, event) for report in batch.to_pylist() for event in report["events"]]
        yield pa.RecordBatch.from_pylist(rows, schema=_schema(EVENTS))


def _event(report: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    row = {**event, "n": report["n"], "event": event["id"], "digest": report["digest"]}
    reach = reach_of(candidate_of(row))
    row["counts"] = tells_of_happening(event["type"], event["status"]) and not event["negated"]
    row["told"] = event["type"] not in NO_INCIDENT
    row["slots"] = _slots(event["days"], event["first"], event["last"])
    if reach is None:
        return row
    days: dict[str, str] = {"d_from": reach.earliest, "d_to": reach.latest, "d_end": reach.end}
    if reach.before is not None:
        days |= {"l_widest": shift(reach.before[0], -WIDE), "l_from": reach.before[0], "l_to": reach.before[1]}
    if reach.after is not None:
        days |= {"n_from": reach.after[0], "n_to": reach.after[1]}
    if reach.lasting is not None:
        days |= {"w_from": reach.lasting[0], "w_to": reach.lasting[1]}
    return {**row, **days, "blocks": list(reach.blocks), "wanted": _wanted(reach)}


def candidate_of(row: dict[str, Any]) -> Candidate:
    """The event as the comparison sees it."""
    return Candidate(
        row["n"], row["event"], row["digest"], row["type"], row["place"], row["block"], row["lat"], row["lon"],
        Days(row["days"], row["first"], row["last"]), frozenset(row["doers"]), frozenset(row["targets"]), row["killed"], row["country"],
    )  # fmt: skip


def _slot(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal() // _BUCKET


def _slots(kind: str, first: str | None, last: str | None) -> list[str]:
    """Where in the calendar others find an event; the first letter says how it is looked for."""
    if kind in ("dated", "presumed") and first is not None and last is not None:
        return [f"d{_slot(first)}", "d*", f"l{_slot(last)}", *([f"n{_slot(first)}"] if kind == "presumed" else [])]
    return [f"o{first}"] if kind == "open" else ["w"] if kind == "wide" else []


def _wanted(reach: Reach) -> list[str]:
    """Where in the calendar an event looks for others."""
    if reach.since is not None:
        return [f"o{reach.since}"]
    days = _between("d", reach.earliest, reach.latest)
    found = days if len(days) <= _SLOTS else ["d*"]
    for letter, stretch in (("l", reach.before), ("n", reach.after)):
        found = found + (_between(letter, *stretch) if stretch is not None else [])
    return found + (["w"] if reach.lasting is not None else [])


def _between(letter: str, first: str, last: str) -> list[str]:
    return [f"{letter}{n}" for n in range(_slot(first), _slot(last) + 1)]


def near(events: Any, valid: Any) -> Any:
    """The pairs of events that are compared: for each event, when its report is joined, those near it that count then, the first by their reports' digests."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    pairs = [(a, b) for a in event_types() for b in sorted(may_mean(a))]
    meant = F.broadcast(events.sparkSession.createDataFrame(pairs, "type string, meant string"))
    ones = events.where("counts AND blocks IS NOT NULL").select("n", "event", "type", F.col("headline").alias("top"), "blocks", "wanted", *_REACH)
    ones = ones.join(valid.select("n", F.col("since").alias("at")), "n").withColumn("block", F.explode("blocks")).withColumn("slot", F.explode("wanted"))
    others = events.where("counts AND block IS NOT NULL").select(
        F.col("n").alias("other"), F.col("event").alias("other_event"), F.col("type").alias("meant"), "digest", "headline", "first", "last", "block",
        F.explode("slots").alias("slot"),
    )  # fmt: skip
    others = others.join(valid.select(F.col("n").alias("other"), F.col("since").alias("from"), F.col("until").alias("to")), "other")
    met = ones.drop("blocks", "wanted").join(others, ["block", "slot"]).where(_FITS).join(meant, ["type", "meant"]).withColumn("way", F.substring("slot", 1, 1))
    order = ("digest", F.length("other_event"), "other_event")
    # As a record asks: so many of each way of looking, then so many of all ways together.
    each = Window.partitionBy("n", "event", "at", "way").orderBy(*order)
    met = met.withColumn("rank", F.row_number().over(each)).where(F.col("rank") <= MOST + 1)
    met = met.groupBy("n", "event", "at", "other", "other_event", "digest").agg(F.min("way").alias("way"))
    together = Window.partitionBy("n", "event", "at").orderBy(*order)
    met = met.withColumn("rank", F.row_number().over(together)).where((F.col("rank") <= 2 * MOST) | (F.col("way") == "o"))
    return met.select("n", "event", "at", "other", "other_event").where(_ONCE)


_FITS = """
(n != other OR (top AND NOT headline) OR (headline AND NOT top)) AND `from` <= at AND (`to` IS NULL OR `to` > at)
AND CASE substr(slot, 1, 1)
    WHEN 'o' THEN true
    WHEN 'w' THEN (first IS NULL OR first <= w_to) AND last >= w_from
    WHEN 'l' THEN first >= l_widest AND last BETWEEN l_from AND l_to
    WHEN 'n' THEN first BETWEEN n_from AND n_to
    ELSE first BETWEEN d_from AND d_to AND last >= d_end
END
"""
_ONCE = "n != other OR length(event) < length(other_event) OR (length(event) = length(other_event) AND event < other_event)"
"""Of a pair within one report only the way from the first to the second."""


def judged(pairs: Any, events: Any) -> Any:
    """The judgement of each pair, but for those that are different, which a record does not keep either."""
    from pyspark.sql import functions as F

    features = [column.split()[0] for column in _FEATURES.split(", ")]
    body = events.select("n", "event", F.struct(*features).alias("body"))
    both = pairs.join(body.withColumnRenamed("body", "one"), ["n", "event"])
    both = both.join(body.select(F.col("n").alias("other"), F.col("event").alias("other_event"), F.col("body").alias("two")), ["other", "other_event"])
    return both.select("at", "one", "two").mapInArrow(_judge, TIE)


def _judge(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = []
        for pair in batch.to_pylist():
            one, two = candidate_of(pair["one"]), candidate_of(pair["two"])
            # The comparison asks for the words of the two, whichever it takes first.
            verdict = judge(one, two, partial(_wording, {one.key: pair["one"]["sentence"], two.key: pair["two"]["sentence"]}))
            if verdict[0] != "different":
                rows.append(tie(one.key, two.key, verdict, at=pair["at"], step=one.report, phase=0, judge=JUDGE))
        yield pa.RecordBatch.from_pylist(rows, schema=tie_schema())


def _wording(sentences: Mapping[tuple[int, str], str], a: Candidate, b: Candidate) -> float:
    return shared_words(sentences[a.key], sentences[b.key])


def told_again(reports: Any, bodies: Any, valid: Any) -> Any:
    """The judgements that events of one report are one happening that it tells of more than once."""
    from pyspark.sql import functions as F

    steps = valid.groupBy("n").agg(F.collect_list("since").alias("steps"))
    told = reports.where(F.size("events") > 1).select("n", "digest", "events").join(steps, "n").join(bodies, "n")
    return told.select("n", "digest", "events", "steps", "json").mapInArrow(_retell, TIE)


def _retell(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = []
        for report in batch.to_pylist():
            reading = json.loads(report["json"])
            events = [e for e in (_event(report, e) for e in report["events"]) if e["counts"]]
            tops = {e["event"] for e in events if e["headline"]}
            bodies = {body["id"]: body for body in reading["events"]}
            for a, b, why in retold_in(reading["report"], map(candidate_of, events), bodies, tops):
                rows += [tie(a.key, b.key, ("same", RETOLD, why), at=at, step=report["n"], phase=1, judge=RETOLD_JUDGE) for at in report["steps"]]
        yield pa.RecordBatch.from_pylist(rows, schema=tie_schema())


@cache
def _schema(columns: str) -> Any:
    import pyarrow as pa

    kinds = {"long": pa.int64(), "string": pa.string(), "double": pa.float64(), "boolean": pa.bool_(), "array<string>": pa.list_(pa.string())}
    return pa.schema([(name, kinds[kind]) for name, kind in (column.split() for column in columns.split(", "))])
