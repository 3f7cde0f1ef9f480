"""Dateline on a real local Spark: exactly what one machine comes to, also where an executor is killed in the middle."""

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from evaluation.made import news
from pyarrow import parquet

from dateline import batch
from dateline.cli import cli
from dateline.contract import dumps
from dateline.errors import UsageError
from dateline.intake.sources import find_inputs
from dateline.model import Origin, Reading, Refused, Retraction
from dateline.pipeline import World
from dateline.record.link import incidents
from dateline.record.origins import met_again
from dateline.record.store import Record, digest_of, now
from dateline.scale import run, session
from dateline.scale.child import MEND
from dateline.scale.rows import row_of, table_of
from dateline.settings import Settings
from factories import captured, day
from scale.poison import KILLS
from scale.test_reading import written

java = pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java on this machine (Debian: openjdk-17-jre-headless): Spark is not tested")
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
CONF = {"spark.driver.extraJavaOptions": QUICK, "spark.executor.extraJavaOptions": QUICK}
COLUMNS = ("a_report", "a_event", "b_report", "b_event", "verdict", "score", "reason", "judge")


def held_by(record: Record) -> dict[str, Any]:
    """What a record holds, as a run on Spark leaves it."""
    return {
        "reports": [(r["n"], r["digest"], r["key"], bool(r["current"])) for r in record.rows("SELECT * FROM report ORDER BY n")],
        "reprints": [(r["a"], r["b"], r["share_of_a"], r["share_of_b"]) for r in record.rows("SELECT * FROM copy ORDER BY a, b")],
        "judgements": sorted(tuple(r[c] for c in COLUMNS) for r in record.rows("SELECT * FROM judgement")),
        "incidents": {i.id: sorted(i.events) for i in incidents(record)},
    }


def left_in(out: Path) -> dict[str, Any]:
    tables = {name: parquet.read_table(out / name).to_pylist() for name in run.TABLES}
    joined: dict[str, list[tuple[int, str]]] = {}
    for row in tables["incidents"]:
        joined.setdefault(row["incident"], []).append((row["report"], row["event"]))
    return {
        "reports": [(r["n"], r["digest"], r["key"], r["current"]) for r in tables["reports"]],
        "reprints": [(r["a"], r["b"], r["share_of_a"], r["share_of_b"]) for r in tables["reprints"]],
        "judgements": sorted(tuple(r[c] for c in COLUMNS) for r in tables["judgements"]),
        "incidents": {name: sorted(events) for name, events in joined.items()},
    }


def lines_in(out: Path) -> list[str]:
    return [line for part in sorted((out / "readings").glob("part-*")) for line in parquet.read_table(part).column("json").to_pylist()]


TOWNS = ("Raqqa", "Palmyra", "Kobani", "Mosul", "Goma")


def reports() -> list[dict[str, str]]:
    """Reports of ours: accounts of the same happenings, a reprint, a text met twice, two versions of one address."""
    rows = []
    for n in range(20):
        town, when = TOWNS[n % 5], date(2016, 3, 1) + timedelta(days=n // 5)
        text = f"Rebels attacked the town of {town} on {when.day} March 2016, killing {n % 5 + 3} soldiers, the army said. Residents fled to the north."
        rows.append({"text": text, "published": str(when + timedelta(days=1)), "url": f"https://example.org/{n % 19}", "source": f"Outlet {n % 4}"})
    long = " ".join(f"Shells fell on district {n} of Palmyra on 9 March 2016, killing {n} people, a monitor said." for n in range(6))
    return [*rows, {"text": long, "source": "Outlet 1"}, {"text": f"{long} Fighting goes on.", "source": "Outlet 2"}, rows[3], {"title": "no text"}]


def executors() -> list[int]:
    """The executors that this process started: Java under Java under us."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_text() if entry.name.isdigit() else ""
            if "CoarseGrainedExecutorBackend" in command and os.getpid() in _above(int(entry.name)):
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)


def _above(process: int) -> Iterator[int]:
    while process > 1:
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        yield process


def kill_one_when(out: Path, killed: list[int], over: threading.Event) -> None:
    """Kill an executor as soon as the first part is there."""
    while not over.is_set():
        if list((out / "readings").glob("part-*")) and (found := executors()):
            os.kill(found[0], signal.SIGKILL)
            killed.append(found[0])
            return
        time.sleep(0.1)


@java
def test_several_executors_one_killed_come_to_what_one_machine_does(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings byte for byte, a poisoned report refused; a rerun reads nothing again and joins all, with crowded made readings, as a record does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dateline.scale.pieces._LEAST", 900)
    written(Path("wire.jsonl"), [*reports()[:12], {"text": KILLS}])
    written(Path("more.jsonl"), reports()[12:])
    paths, out = ["wire.jsonl", "more.jsonl", "none.txt"], tmp_path / "out"
    here = str(Path(__file__).parent.parent)
    conf = {**CONF, "spark.executorEnv.PYTHONPATH": here, "spark.sql.shuffle.partitions": "2"}
    plan = run.Plan(paths, str(out), "local-cluster[2,1,1024]", conf=conf, rows=2, process="scale.poison:process", incidents=False)
    killed: list[int] = []
    over = threading.Event()
    watch = threading.Thread(target=kill_one_when, args=(out, killed, over), daemon=True)
    watch.start()
    told: list[str] = []
    done = run.run(plan, told.append)
    over.set()
    watch.join()
    assert len(killed) == 1
    assert (done.readings, done.refused) == (23, 3)

    named = list(batch.read_many(batch.given(find_inputs(paths)), Settings(threads=1), world=world))
    plain, lines = [dumps(item) for _, item in named], lines_in(out)
    assert json.loads(lines[12]) == {"refused": {"input": "wire.jsonl:13", "reason": "reading it kills the process (signal 9)", "mend": MEND}}
    assert lines[:12] + lines[13:] == plain[:12] + plain[13:]
    assert not [p for p in (out / "readings").iterdir() if p.name.startswith(".part")]

    times = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    made = crowded()
    for piece in range(0, len(made), 50):
        rows = [{**row_of(name, item), "piece": 1000 + piece, "place": n} for n, (name, item) in enumerate(made[piece : piece + 50])]
        parquet.write_table(table_of(rows), out / "readings" / f"part-{1000 + piece:07d}-00000-end.parquet")
    again = run.run(replace(plan, master="local[2]", incidents=True), told.append)
    assert again.kept > 3
    assert {p: p.stat().st_mtime_ns for p in times} == times
    with Record.open(tmp_path / "one.db", create=True) as record:
        ingest_as_given(record, [*(n for n in named if n[0] != "wire.jsonl:13"), *made])
        expected, found = held_by(record), left_in(out)
    largest = max(len(events) for events in expected["incidents"].values())
    assert (sum(not counts for *_, counts in expected["reports"]) > 2, len(expected["reprints"]) > 20, largest > 10) == (True, True, True)
    for name in run.TABLES:
        assert found[name] == expected[name], name
    assert again.incidents == len(expected["incidents"])
    with pytest.raises(UsageError, match=r"another run \(of other inputs, pieces\)"):
        run.run(replace(plan, paths=paths[:1]), told.append)


def ingest_as_given(record: Record, items: Iterable[tuple[str, batch.Read]]) -> None:
    """What ``batch.ingest`` does with one process."""
    state = batch._State(record, None)
    for name, item in items:
        if isinstance(item, Refused):
            record.refuse(item)
        elif isinstance(item, Retraction):
            state.retract(item)
        elif record.holds(digest := digest_of(item.report)):
            met_again(record, digest, name, item.report.origin, now())
            state.link()
        else:
            state.add(item, name=name, digest=digest)
    state.link()


def crowded() -> list[tuple[str, batch.Read]]:
    """Made readings that try every turn of the joins: more than 24 events near each other, sets of more than 48, versions, copies, retractions."""
    made = [(f"made:{n}", r) for n, r in enumerate(news(90, seed=7))]
    # One town, day after day: a chain of ties over all of them.
    chain = [captured(f"Group {n % 3}", "Raqqa", day(str(date(2017, 10, 1) + timedelta(days=n // 4))), killed=n % 4 + 5, source=f"Outlet {n}", published="2017-11-20") for n in range(70)]  # fmt: skip
    versions = [_version(captured("The army", "Palmyra", day("2017-10-17"), killed=k, source="Wire"), "item-1", v) for v, k in (("1", 4), ("3", 9), ("2", 6))]
    notice = Retraction("notice", "item-1", "canceled", Origin("ninjs", item="item-1", version="4", digest="sha256:0"))
    later = _version(captured("The army", "Palmyra", day("2017-10-17"), killed=12, source="Wire"), "item-1", "5")
    told = [(f"chain:{n}", r) for n, r in enumerate(chain)]
    return [*made[:40], *told[:30], ("v1", versions[0]), ("r", Refused("r", "broken", "mend it")), *made[40:60], ("v3", versions[1]), ("v2", versions[2]),
            *told[30:], ("v1 again", versions[0]), ("notice", notice), ("made:3 again", made[3][1]), *made[60:], ("v5", later), ("notice again", notice)]  # fmt: skip


def _version(reading: Reading, item: str, version: str) -> Reading:
    origin = Origin("ninjs", item=item, version=version, digest=f"sha256:{version}")
    return replace(reading, report=replace(reading.report, origin=origin))


FAULTS = [
    (["--master", "locl[2]"], "locl[2]: this names no master"),
    (["--master", "spark://localhost:1"], "no master of Spark's answers"),
    (["--conf", "memory"], "this is no setting with its value"),
    (["--prefix", "s3://x/"], "there is no list to put it before"),
    (["--list", "none.txt"], "none.txt"),
]


@java
@pytest.mark.parametrize(("given", "words"), FAULTS)
def test_wrong_use_is_named_with_its_mend(given: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Rebels left Sake.", encoding="utf-8")
    done = CliRunner().invoke(cli, ["spark", "a.txt", "--out", "out", *given])
    assert words in str(done.exception)
    assert not Path("out").exists()


def test_what_is_missing_is_named_with_its_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="there is no Java on this machine"):
        session.check("local[2]")
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    old.chmod(0o755)
    with pytest.raises(UsageError, match="this is Java 8, too old"):
        session.check("local[2]")
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    with pytest.raises(UsageError, match="Apache Spark is not installed") as fault:
        session.check(None)
    assert 'pip install "dateline[spark]"' in fault.value.mend


@java
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Rebels left Sake.", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no run"):
        run.run(run.Plan([str(tmp_path / "mine.txt")], str(tmp_path), "local[1]"), print)
    with pytest.raises(UsageError, match="nothing to read"):
        run.run(run.Plan([], str(tmp_path / "out"), "local[1]"), print)
    with pytest.raises(UsageError, match="no such file or folder"):
        run.run(run.Plan([str(tmp_path / "none"), str(tmp_path / "nor.this")], str(tmp_path / "out"), "local[1]"), print)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
