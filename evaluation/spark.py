"""Reading on Spark's ``local[2]`` beside two plain processes on the same reports, and how fast events are joined.

python -m evaluation.spark --out results/spark.json [--reports 1200] [--rounds 3] [--joined 10000] [TEXTS.jsonl]

Both sides do the whole command from its start. ``ratio`` is that of whole runs; ``ratio_without_start`` that of what more reports take more, which leaves out
what each pays once (Spark's machine in Java above all). The two take turns, so that what else the machine does falls on both.
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
import threading
import time
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
    parser.add_argument("texts", nargs="?", type=Path, help="JSON Lines with texts; the example reports, numbered, where none is given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = _compared(Path(folder), options.texts, options.reports, options.rounds)
        if options.joined:
            figures["join"] = _join(Path(folder), options.joined)
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


def _compared(folder: Path, texts: Path | None, count: int, rounds: int) -> dict[str, object]:
    rows = _texts(texts, count)
    few = max(1, count // 10)
    large, small = folder / "large.jsonl", folder / "small.jsonl"
    large.write_text("".join(rows), encoding="utf-8")
    small.write_text("".join(rows[:few]), encoding="utf-8")
    sides: dict[str, list[tuple[float, float]]] = {"plain": [], "spark": []}
    peak: dict[str, int] = {}
    for _ in range(rounds):
        sides["plain"].append((_plain(small, folder), _plain(large, folder)))
        sides["spark"].append((_spark(small, folder, {}), _spark(large, folder, peak)))
    whole = {side: statistics.median(t for _, t in times) for side, times in sides.items()}
    more = {side: statistics.median(large - small for small, large in times) for side, times in sides.items()}
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip(),
        "reports": len(rows),
        "words": sum(len(json.loads(row)["text"].split()) for row in rows),
        "rounds": rounds,
        "seconds": {side: [[round(s, 1), round(t, 1)] for s, t in times] for side, times in sides.items()},
        "reports_per_s": {side: round(len(rows) / seconds, 2) for side, seconds in whole.items()},
        "reports_per_s_without_start": {side: round((len(rows) - few) / seconds, 2) for side, seconds in more.items()},
        "ratio": round(whole["plain"] / whole["spark"], 3),
        "ratio_without_start": round(more["plain"] / more["spark"], 3),
        "same_bytes": _same(folder),
        "memory_mb": {what: round(size / 1024) for what, size in sorted(peak.items())},
    }


def _texts(texts: Path | None, count: int) -> list[str]:
    """Lines of JSON: texts of a file, or the example reports over and over, each with a number that makes it its own."""
    if texts is not None:
        return [line + "\n" for line in texts.read_text(encoding="utf-8").splitlines() if line.strip()][:count]
    found = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").rglob("*.txt"))]
    return [json.dumps({"text": f"{found[n % len(found)]}\n\nFile {n}."}) + "\n" for n in range(count)]


def _plain(path: Path, folder: Path) -> float:
    return _timed([sys.executable, "-m", "dateline", "read", str(path), "--format", "json", "--jobs", "2", "--quiet", "-o", str(folder / "plain.jsonl")])


def _spark(path: Path, folder: Path, peak: dict[str, int]) -> float:
    shutil.rmtree(folder / "spark", ignore_errors=True)
    command = [sys.executable, "-m", "dateline", "spark", str(path), "--out", str(folder / "spark"), "--master", "local[2]", "--no-incidents", "--quiet"]
    return _timed(command, peak)


def _timed(command: list[str], peak: dict[str, int] | None = None) -> float:
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if peak is not None:
        threading.Thread(target=_watch, args=(process, peak), daemon=True).start()
    if process.wait():
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - began


def _watch(process: subprocess.Popen[bytes], peak: dict[str, int]) -> None:
    """Keep the most memory (kB) that a process of each kind below this one takes."""
    while process.poll() is None:
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (found := _kind(entry)) is not None:
                peak[found[0]] = max(peak.get(found[0], 0), found[1])
        time.sleep(1)


def _kind(entry: Path) -> tuple[str, int] | None:
    kinds = {
        "dateline.scale.child": "reading process",
        "pyspark/daemon.py": "Spark's Python worker",
        "pyspark.daemon": "Spark's Python worker",
        "SparkSubmit": "Java",
    }
    try:
        command = (entry / "cmdline").read_text()
        size = next((int(line.split()[1]) for line in (entry / "status").read_text().splitlines() if line.startswith("VmRSS")), 0)
    except OSError:
        return None
    return next(((kind, size) for sign, kind in kinds.items() if sign in command), None)


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
