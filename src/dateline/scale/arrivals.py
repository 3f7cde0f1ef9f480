"""Which reports a record would hold, under which numbers, and from when to when each counts as the newest of its versions.

Time is the order of the inputs: ``at`` is the place of an input in the whole run.
"""

from __future__ import annotations

from typing import Any

from dateline.record.origins import Edition, newest

_PIECE = 40
"""Bits of ``at`` that are left to the place of an input in its piece."""

VALID = "n long, since long, until long, steady boolean"
_IDENTITY = ("input", "address", "fetched", "bytes", "version", "revised")
"""By these a report that is met again is known to be the same copy of it."""
_NOTICE = ("reason", "version", "revised", "bytes")
"""By these a retraction is known to have come already."""


def placed(readings: Any) -> Any:
    """The readings with their place in the run."""
    from pyspark.sql import functions as F

    return readings.withColumn("at", F.shiftleft(F.col("piece").cast("long"), _PIECE) + F.col("place"))


def numbered(readings: Any) -> Any:
    """A row for each report of its own (texts that are met again count once): its number as in a record, and where it stands."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    first = readings.where("kind = 'reading'").groupBy("digest").agg(F.min("at").alias("at"))
    found = first.withColumn("piece", F.shiftright("at", _PIECE).cast("int"))
    counts = sorted((row["piece"], row["count"]) for row in found.groupBy("piece").count().collect())
    starts, start = [], 0
    for piece, count in counts:
        starts.append((piece, start))
        start += count
    before = F.broadcast(readings.sparkSession.createDataFrame(starts, "piece int, before long"))
    order = Window.partitionBy("piece").orderBy("at")
    return found.join(before, "piece").select((F.col("before") + F.row_number().over(order)).alias("n"), "at", "digest")


def valid(readings: Any, reports: Any) -> Any:
    """For each report the stretches of the run in which it counts: mostly one, from where it stands to the end (``steady``)."""
    from pyspark.sql import functions as F

    # A text that is met again under another address or name is a copy of the report that was there first.
    met = readings.where("kind = 'reading'").drop("key").join(reports.select("n", "digest", "key"), "digest").select("key", "at", "n", "reason", *_IDENTITY)
    notices = readings.where("kind = 'retracted'").select("key", "at", F.lit(None).cast("long").alias("n"), "reason", *_IDENTITY)
    arrivals = met.unionByName(notices)
    counts = arrivals.groupBy("key").agg(F.count("*").alias("times"), F.min("n").alias("only"), F.min("at").alias("first"))
    alone = counts.where("times = 1 AND only IS NOT NULL")
    steady = alone.select(F.col("only").alias("n"), F.col("first").alias("since"), F.lit(None).cast("long").alias("until"), F.expr("true").alias("steady"))
    several = arrivals.join(counts.where("times > 1").select("key"), "key")
    return steady.unionByName(several.groupBy("key").applyInArrow(_stretches, VALID))


def _stretches(table: Any) -> Any:
    """The stretches of the versions of one report, as a record settles them when one version, copy or retraction comes after the other."""
    import pyarrow as pa

    editions: list[Edition] = []
    known: set[tuple[Any, ...]] = set()
    current: int | None = None
    since: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    for met in sorted(table.to_pylist(), key=lambda row: row["at"]):
        number, at = met["n"], met["at"]
        identity = (number, *(met[c] or "" for c in (_IDENTITY if number is not None else _NOTICE)))
        if identity in known:
            continue
        known.add(identity)
        editions.append(Edition(number, met["version"], met["revised"], (at, int(number is None), number or 0)))
        chosen = newest(editions)
        now = chosen.report if chosen is not None else None
        if now != current:
            if current is not None:
                rows.append({"n": current, "since": since.pop(current), "until": at, "steady": False})
            if now is not None:
                since[now] = at
            current = now
    rows += [{"n": n, "since": start, "until": None, "steady": False} for n, start in since.items()]
    return pa.Table.from_pylist(rows, schema=pa.schema([("n", pa.int64()), ("since", pa.int64()), ("until", pa.int64()), ("steady", pa.bool_())]))
