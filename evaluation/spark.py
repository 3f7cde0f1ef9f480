"""Reading on Spark's ``local[2]`` beside two plain processes on the same reports, and how fast events are joined.

python -m evaluation.spark --out results/spark.json [--reports 1200] [--rounds 3] [--joined 10000] [TEXTS.jsonl]

Both sides do the whole command from its start. ``ratio`` is that of whole runs; ``ratio_without_start`` that of what more reports take more, which leaves out
what each pays once (Spark's machine in Java above all). The two take turns, so that what else the machine does falls on both; ``processor`` is the same in
processor seconds of all processes of each side, which other work on the machine changes least.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pyarrow import parquet

from evaluation.made import news

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.spark", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=1200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--joined", type=int, default=10_000, help="made reports whose events are joined; 0 to leave it out")
    parser.add_argument(
        "--tasks", action="store_true", help="without Spark: what one of its tasks does, in this machine's busy hours, beside one plain process"
    )
    parser.add_argument("texts", nargs="?", type=Path, help="JSON Lines with texts; the example reports, numbered, where none is given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sides = (_plain_alone, _task) if options.tasks else (_plain, _spark)
        figures = _compared(Path(folder), _texts(options.texts, options.reports), options.rounds, sides)
        if options.joined:
            figures["join"] = _join(Path(folder), options.joined)
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


@dataclass
class Cost:
    """What a command took: seconds on the clock, seconds of all its processors, and the most memory (kB) of a process of each kind."""

    seconds: float = 0.0
    processor: float = 0.0
    memory: dict[str, int] = field(default_factory=dict)


Side = Callable[[Path, Path], Cost]


def _compared(folder: Path, rows: list[str], rounds: int, run: tuple[Side, Side]) -> dict[str, object]:
    plain, other = run
    few = max(1, len(rows) // 10)
    large, small = folder / "large.jsonl", folder / "small.jsonl"
    large.write_text("".join(rows), encoding="utf-8")
    small.write_text("".join(rows[:few]), encoding="utf-8")
    sides: dict[str, list[tuple[Cost, Cost]]] = {"plain": [], "spark": []}
    for _ in range(rounds):
        sides["plain"].append((plain(small, folder), plain(large, folder)))
        sides["spark"].append((other(small, folder), other(large, folder)))
    peak: dict[str, int] = {}
    for _, cost in sides["spark"]:
        peak |= {kind: max(size, peak.get(kind, 0)) for kind, size in cost.memory.items()}
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip(),
        "what": "one task of Spark's beside one plain process" if other is _task else "local[2] beside two plain processes",
        "reports": len(rows),
        "words": sum(len(json.loads(row)["text"].split()) for row in rows),
        "rounds": rounds,
        "clock": _ratios(sides, "seconds", len(rows), few),
        "processor": _ratios(sides, "processor", len(rows), few),
        "same_bytes": _same(folder),
        "memory_mb": {what: round(size / 1024) for what, size in sorted(peak.items())},
    }


def _ratios(sides: dict[str, list[tuple[Cost, Cost]]], what: str, count: int, few: int) -> dict[str, object]:
    """Medians of whole runs, and of what more reports take more; the ratios are plain by Spark, so that 1 is as good and more is better."""
    pairs = {side: [(getattr(a, what), getattr(b, what)) for a, b in times] for side, times in sides.items()}
    whole = {side: statistics.median(b for _, b in times) for side, times in pairs.items()}
    more = {side: statistics.median(b - a for a, b in times) for side, times in pairs.items()}
    return {
        "seconds": {side: [[round(a, 1), round(b, 1)] for a, b in times] for side, times in pairs.items()},
        "reports_per_s": {side: round(count / seconds, 2) for side, seconds in whole.items()},
        "reports_per_s_without_start": {side: round((count - few) / seconds, 2) for side, seconds in more.items()},
        "ratio": round(whole["plain"] / whole["spark"], 3),
        "ratio_without_start": round(more["plain"] / more["spark"], 3),
    }


def _texts(texts: Path | None, count: int) -> list[str]:
    """Lines of JSON: texts of a file, or the example reports over and over, each with a number that makes it its own."""
    if texts is not None:
        return [line + "\n" for line in texts.read_text(encoding="utf-8").splitlines() if line.strip()][:count]
    found = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").rglob("*.txt"))]
    return [json.dumps({"text": f"{found[n % len(found)]}\n\nFile {n}."}) + "\n" for n in range(count)]


def _plain(path: Path, folder: Path) -> Cost:
    (folder / "plain.jsonl").unlink(missing_ok=True)
    return _timed([sys.executable, "-m", "dateline", "read", str(path), "--format", "json", "--jobs", "2", "--quiet", "-o", str(folder / "plain.jsonl")])


def _plain_alone(path: Path, folder: Path) -> Cost:
    (folder / "plain.jsonl").unlink(missing_ok=True)
    (folder / "one.toml").write_text("threads = 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "dateline", "read", str(path), "--format", "json", "--quiet", "--settings", str(folder / "one.toml")]
    return _timed([*command, "-o", str(folder / "plain.jsonl")])


_TASK = """
import sys
from dateline.intake.raw import Options
from dateline.scale.child import Way
from dateline.scale.pieces import cut
from dateline.scale.reading import Target, read_piece
from dateline.settings import Settings
for piece in cut([sys.argv[1]], Options()):
    read_piece(piece, Way(Settings(threads=1), Options(), "."), Target(sys.argv[2], 1000))
"""


def _task(path: Path, folder: Path) -> Cost:
    shutil.rmtree(folder / "spark", ignore_errors=True)
    (folder / "spark" / "readings").mkdir(parents=True)
    return _timed([sys.executable, "-c", _TASK, str(path), str(folder / "spark" / "readings")])


def _spark(path: Path, folder: Path) -> Cost:
    shutil.rmtree(folder / "spark", ignore_errors=True)
    command = [sys.executable, "-m", "dateline", "spark", str(path), "--out", str(folder / "spark"), "--master", "local[2]", "--no-incidents", "--quiet"]
    return _timed(command)


def _timed(command: list[str]) -> Cost:
    cost = Cost()
    processor: dict[int, float] = {}
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        _look(process.pid, processor, cost.memory)
        time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    cost.seconds, cost.processor = time.monotonic() - began, sum(processor.values())
    return cost


_KINDS = {
    "dateline.scale.child": "reading process",
    "pyspark.daemon": "Spark's Python worker",
    "pyspark/daemon": "Spark's Python worker",
    "SparkSubmit": "Java",
}


def _look(top: int, processor: dict[int, float], memory: dict[str, int]) -> None:
    """Note the processor seconds and the memory of a process and of all below it."""
    parents: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(told[1]), (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    for process, (above, seconds) in parents.items():
        while above in parents and above != top and process != top:
            above = parents[above][0]
        if top in (process, above):
            processor[process] = seconds
            with suppress(OSError):
                command = Path(f"/proc/{process}/cmdline").read_text()
                status = Path(f"/proc/{process}/status").read_text()
                size = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
                for kind in (kind for sign, kind in _KINDS.items() if sign in command):
                    memory[kind] = max(memory.get(kind, 0), size)


def _same(folder: Path) -> bool:
    """Whether both sides read the same, byte for byte."""
    parts = sorted((folder / "spark" / "readings").glob("part-*.parquet"))
    lines = "".join(line + "\n" for part in parts for line in parquet.read_table(part).column("json").to_pylist())
    return lines == (folder / "plain.jsonl").read_text(encoding="utf-8")


def _join(folder: Path, count: int) -> dict[str, object]:
    """How long the joins of so many made reports take on ``local[2]``, the start of Spark left out."""
    from dateline.scale import arrivals, run, session
    from dateline.scale.rows import row_of, table_of
    from dateline.scale.storage import Storage

    readings = folder / "joined" / "readings"
    readings.mkdir(parents=True)
    rows = [{**row_of(f"made:{n}", reading), "piece": n // 1000, "place": n % 1000} for n, reading in enumerate(news(count))]
    for start in range(0, count, 1000):
        parquet.write_table(table_of(rows[start : start + 1000]), readings / f"part-{start // 1000:07d}-00000-end.parquet")
    with session.session("local[2]", {}, progress=False) as spark:
        spark.range(10).count()
        began = time.monotonic()
        run._join(run._Tables(spark, Storage.of(str(folder)), str(folder / "joined")), arrivals.placed(spark.read.parquet(readings.as_uri())))
        seconds = time.monotonic() - began
    found = parquet.read_table(folder / "joined" / "incidents", columns=["incident"]).column("incident").to_pylist()
    return {"reports": count, "seconds": round(seconds, 1), "reports_per_s": round(count / seconds, 1), "incidents": len(set(found))}


if __name__ == "__main__":
    sys.exit(main())
