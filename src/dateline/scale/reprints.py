"""Reprints on Spark: the pairs of reports that ``record.copies`` finds when they come one after the other, and the ties between what they tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.record.copies import NEAREST, SHORT, shares_of, story_in
from dateline.record.link import COPY_JUDGE, copied
from dateline.record.winnow import runs
from dateline.scale.ties import TIE, tie, tie_schema

PAIR = "n long, at long, other long"
SHARES = "a long, b long, share_of_a double, share_of_b double"


def suspects(reports: Any, valid: Any) -> Any:
    """For each report, when it is joined, the reports that share fingerprints with it.

    Of the reports with one fingerprint the first few that count then are looked at, as in a record; that bounds what a stock phrase costs.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    marked = reports.select("n", "runs", F.explode("marks").alias("hash")).join(valid, "n")
    order = Window.partitionBy("hash").orderBy("n")
    first = marked.where("steady").withColumn("place", F.row_number().over(order)).where(F.col("place") <= NEAREST + 1).drop("place")
    others = first.unionByName(marked.where("NOT steady"))
    others = others.select(F.col("n").alias("other"), "hash", F.col("since").alias("from"), F.col("until").alias("to"))
    here = marked.select("n", "runs", "hash", F.col("since").alias("at"))
    met = here.join(others, "hash").where("n != other AND `from` <= at AND (`to` IS NULL OR `to` > at)")
    nearest = Window.partitionBy("n", "at", "hash").orderBy("other")
    met = met.withColumn("place", F.row_number().over(nearest)).where(F.col("place") <= NEAREST)
    counted = met.groupBy("n", "at", "other").agg(F.count("*").alias("shared"), F.first("runs").alias("runs"))
    return counted.where((F.col("shared") >= 2) | (F.col("runs") < SHORT)).select("n", "at", "other")


def copies(suspected: Any, bodies: Any) -> Any:
    """The pairs that share enough of their words, with the share of each (``bodies``: number and reading of each report)."""
    from pyspark.sql import functions as F

    pairs = suspected.select(F.least("n", "other").alias("a"), F.greatest("n", "other").alias("b")).distinct()
    told = pairs.join(bodies.select(F.col("n").alias("a"), F.col("json").alias("first")), "a")
    told = told.join(bodies.select(F.col("n").alias("b"), F.col("json").alias("second")), "b")
    return told.select("a", "b", "first", "second").mapInArrow(_compare, SHARES)


def _compare(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    schema = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("share_of_a", pa.float64()), ("share_of_b", pa.float64())])
    for batch in batches:
        rows = []
        for pair in batch.to_pylist():
            shares = shares_of(_runs(pair["first"]), _runs(pair["second"]))
            if shares is not None:
                rows.append({"a": pair["a"], "b": pair["b"], "share_of_a": shares[0], "share_of_b": shares[1]})
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _runs(line: str) -> frozenset[int]:
    return frozenset(runs(story_in(json.loads(line)["report"])))


def ties(found: Any, suspected: Any, valid: Any, events: Any) -> Any:
    """The judgements between events that two copies tell in the same words, one set for each time that one of the two is joined after they were found."""
    from pyspark.sql import functions as F

    ways = found.select(F.col("a").alias("n"), F.col("b").alias("other")).unionByName(found.select(F.col("b").alias("n"), F.col("a").alias("other")))
    pair = [F.least("n", "other").alias("a"), F.greatest("n", "other").alias("b")]
    began = suspected.select(*pair, F.struct("at", "n").alias("moment")).groupBy("a", "b").agg(F.min("moment").alias("began"))
    steps = ways.join(valid.select("n", F.col("since").alias("at")), "n")
    counting = valid.select(F.col("n").alias("other"), F.col("since").alias("from"), F.col("until").alias("to"))
    steps = steps.join(counting, "other").where("`from` <= at AND (`to` IS NULL OR `to` > at)")
    steps = steps.select("n", "other", "at", *pair).join(began, ["a", "b"]).where(F.struct("at", "n") >= F.col("began"))
    told = events.where("told").groupBy("n").agg(F.collect_list(F.struct("event", "type", "sentence")).alias("events"))
    both = steps.join(told, "n").join(told.select(F.col("n").alias("other"), F.col("events").alias("others")), "other")
    return both.select("n", "other", "at", "events", "others").mapInArrow(_judge, TIE)


def _judge(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = []
        for step in batch.to_pylist():
            ours, theirs = (_told(step[n], step[e]) for n, e in (("n", "events"), ("other", "others")))
            for a, b, why in copied(ours, theirs):
                rows.append(tie(a, b, ("same", 1.0, why), at=step["at"], step=step["n"], phase=2, judge=COPY_JUDGE))
        yield pa.RecordBatch.from_pylist(rows, schema=tie_schema())


def _told(number: int, events: list[dict[str, Any]]) -> list[tuple[tuple[int, str], str, str]]:
    ordered = sorted(events, key=lambda e: (len(e["event"]), e["event"]))
    return [((number, e["event"]), e["type"], e["sentence"]) for e in ordered]
