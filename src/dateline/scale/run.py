"""A whole run: cut the inputs, read the pieces, join the events; each step is kept when it is done, and a rerun begins after the last."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dateline.errors import InputError, UsageError
from dateline.intake.raw import Options
from dateline.model import Refused
from dateline.scale import arrivals, joining, nearby, reprints
from dateline.scale.child import ORDINARY, Way
from dateline.scale.pieces import Piece, cut, digest_of
from dateline.scale.reading import FAULT, Target, reading_of
from dateline.scale.session import check, session
from dateline.scale.storage import Storage, for_spark
from dateline.settings import Settings
from dateline.version import VERSION

LAYOUT = 1
"""Version of the folders and columns that a run leaves."""
TABLES = ("reports", "reprints", "judgements", "incidents")
"""What is left beside the readings."""


@dataclass(frozen=True)
class Plan:
    """What is asked of a run."""

    paths: Sequence[str]
    out: str
    master: str | None = None
    settings: Settings = Settings()
    options: Options = Options()
    conf: Mapping[str, str] = field(default_factory=dict)
    incidents: bool = True
    rows: int = 1000
    """Reports in a part file: no more than so many are read again where a machine is lost."""
    seconds: float = 300.0
    memory: int = 4 << 30
    process: str = ORDINARY
    progress: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run came to: numbers of readings, refusals and retractions; of reports, reprints and incidents where they were asked for."""

    readings: int = 0
    refused: int = 0
    retracted: int = 0
    reports: int | None = None
    reprints: int | None = None
    incidents: int | None = None
    kept: int = 0
    """Pieces that an earlier run had read."""


def run(plan: Plan, tell: Callable[[str], None]) -> Outcome:
    """Read and join; ``tell`` is called with what is being done.

    Raises ``UsageError`` for what is missing or cannot be, ``InputError`` where Spark gives up.
    """
    check(plan.master)
    pieces = cut(plan.paths, plan.options)
    if not pieces:
        raise UsageError("there is nothing to read", given="PATHS", mend="name files, folders or globs, or a --list of them that is not empty")
    nowhere = [s for p in pieces for s in p.slices if isinstance(s, Refused)]
    if len(nowhere) == sum(len(p.slices) for p in pieces):
        raise UsageError(nowhere[0].reason, given=nowhere[0].input, mend=nowhere[0].mend)
    storage = Storage.of(plan.out)
    _settle(storage, plan, pieces)
    rest = _unread(storage, plan, pieces)
    with session(plan.master, plan.conf, progress=plan.progress) as spark:
        tell(f"reading {len(rest)} of {len(pieces)} pieces" if len(rest) < len(pieces) else f"reading {len(pieces)} pieces")
        _read(spark, plan, rest)
        for name in storage.listed(f"{plan.out}/readings"):
            if name.startswith("."):
                storage.remove(f"{plan.out}/readings/{name}")
        outcome = replace(_counted(_readings(spark, plan)), kept=len(pieces) - len(rest))
        return _joined(spark, storage, plan, outcome, tell) if plan.incidents else outcome


def _settle(storage: Storage, plan: Plan, pieces: list[Piece]) -> None:
    """Say what the folder holds, or hold it against what it says.

    Raises ``UsageError`` where it holds something else than the same run.
    """
    said = {
        "dateline": VERSION, "layout": LAYOUT, "inputs": digest_of(pieces), "pieces": len(pieces), "rows": plan.rows,
        "format": plan.options.form, "columns": dict(plan.options.columns), "settings": asdict(plan.settings),
    }  # fmt: skip
    name = f"{plan.out}/run.json"
    mend = "give another --out, or remove the folder"
    if not storage.there(name)[0]:
        if storage.listed(plan.out):
            raise UsageError("the folder is there and holds no run of dateline spark", given=f"--out {plan.out}", mend=mend)
        storage.make(f"{plan.out}/readings")
        storage.write(name, (json.dumps(said, indent=1) + "\n").encode())
        return
    with storage.read(name) as stream:
        held = json.loads(stream.read())
    differing = sorted(key for key in said if held.get(key) != said[key])
    if differing:
        names = ", ".join(differing)
        raise UsageError(f"the folder holds another run (of other {names})", given=f"--out {plan.out}", mend=mend)


def _unread(storage: Storage, plan: Plan, pieces: list[Piece]) -> list[Piece]:
    done = {name.split("-")[1] for name in storage.listed(f"{plan.out}/readings") if name.startswith("part-") and name.endswith("-end.parquet")}
    return [p for p in pieces if f"{p.number:07d}" not in done]


def _read(spark: Any, plan: Plan, rest: list[Piece]) -> None:
    if not rest:
        return
    way = Way(replace(plan.settings, threads=1), plan.options, str(Path.cwd()), plan.memory, plan.seconds, plan.process)
    target = Target(_absolute(plan.out) + "/readings", plan.rows)
    numbers = spark.range(0, len(rest), 1, len(rest))
    faults = numbers.mapInArrow(reading_of(rest, way, target), FAULT).where("wrong IS NOT NULL").orderBy("piece").collect()
    if faults:
        raise InputError(faults[0]["wrong"], given=faults[0]["given"], mend=faults[0]["mend"])


def _absolute(name: str) -> str:
    return name if "://" in name else str(Path(name).absolute())


def _readings(spark: Any, plan: Plan) -> Any:
    return spark.read.parquet(f"{for_spark(plan.out)}/readings")


def _counted(readings: Any) -> Outcome:
    counts = {row["kind"]: row["count"] for row in readings.groupBy("kind").count().collect()}
    return Outcome(counts.get("reading", 0), counts.get("refused", 0), counts.get("retracted", 0))


@dataclass(frozen=True)
class _Tables:
    """Tables that are made once: a rerun finds those that are there."""

    spark: Any
    storage: Storage
    out: str

    def table(self, name: str, make: Callable[[], Any]) -> Any:
        """The table of this name, made where it is not there whole."""
        folder = f"{self.out}/{name}"
        if not self.storage.there(f"{folder}/_SUCCESS")[0]:
            make().write.mode("overwrite").parquet(for_spark(folder))
        return self.spark.read.parquet(for_spark(folder))


def _joined(spark: Any, storage: Storage, plan: Plan, outcome: Outcome, tell: Callable[[str], None]) -> Outcome:
    if not all(storage.there(*(f"{plan.out}/{name}/_SUCCESS" for name in TABLES))):
        tell("joining: reports, reprints, judgements, incidents")
        _join(_Tables(spark, storage, plan.out), arrivals.placed(_readings(spark, plan)))
    storage.remove(f"{plan.out}/work")
    reports, reprinted, _, joined = (spark.read.parquet(for_spark(f"{plan.out}/{name}")) for name in TABLES)
    return replace(outcome, reports=reports.count(), reprints=reprinted.count(), incidents=joined.select("incident").distinct().count())


def _join(tables: _Tables, readings: Any) -> None:
    """The steps of a record, each as one join over all reports."""
    from pyspark.sql import functions as F

    numbers = tables.table("work/numbers", lambda: arrivals.numbered(readings))
    reports = tables.table("work/reports", lambda: numbers.drop("digest").join(readings.drop("json"), "at"))
    valid = tables.table("work/valid", lambda: arrivals.valid(readings, reports))
    events = tables.table("work/events", lambda: nearby.events_of(reports))
    suspects = tables.table("work/suspects", lambda: reprints.suspects(reports, valid))
    bodies = numbers.join(readings.select("at", "json"), "at").select("n", "json")
    copies = tables.table("reprints", lambda: reprints.copies(suspects, bodies).orderBy("a", "b"))
    judgements = tables.table(
        "judgements",
        lambda: (
            nearby.judged(nearby.near(events, valid), events)
            .unionByName(nearby.told_again(reports, bodies, valid))
            .unionByName(reprints.ties(copies, suspects, valid, events))
            .orderBy("at", "step", "phase", "a_report", F.length("a_event"), "a_event", "b_report", F.length("b_event"), "b_event")
        ),
    )
    counting = valid.where("until IS NULL").select("n", F.expr("true").alias("held"))
    about = ("n", "digest", "key", "input", "piece", "place", "source", "agency", "url", "title", "language", "published")
    tables.table("reports", lambda: reports.join(counting, "n", "left").select(*about, F.col("held").isNotNull().alias("current")).orderBy("n"))
    cells = ("incident", F.col("n").alias("report"), "event", "type", "status", "place", "country", "earliest", "latest")
    tables.table("incidents", lambda: joining.incidents(judgements, events, valid).orderBy("n", F.length("event"), "event").select(*cells))
