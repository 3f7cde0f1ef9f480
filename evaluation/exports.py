"""Peak memory and rate of each export on a made record, each in a process of its own.

python -m evaluation.exports --out results/exports.json [--incidents 100000] [--formats acled,geojson] [--record made.db]

The figures are written after each format, so that a run cut short keeps what it measured; formats measured already at this size are passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from dateline.export.formats import FORMATS
from dateline.export.job import Options
from dateline.model import Reading
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record, digest_of
from dateline.record.tables import METADATA
from evaluation.made import Story, happening, town


def reading_of(number: int, chance: random.Random) -> Reading:
    """A made report of one event: 300 towns, 5,000 days, figures, some captures."""
    story = Story()
    story.tell(happening(chance, place=town(chance.randrange(300)), day=chance.randrange(5000)))
    story.say(f" Report {number}.")
    return story.reading(name=f"r{number}", source=f"Outlet {number % 40}", published=story.day, title=story.text[:40])


_MADE = 40_000
"""So many reports are made one by one; a larger record is filled up with copies of them, each set a century earlier."""


def make(path: Path, count: int) -> None:
    """Make a record of so many incidents, one report each; nothing is joined, so that the number is known."""
    chance = random.Random(1)
    with Record.open(path, create=True) as record:
        record.run("PRAGMA synchronous = OFF")
        for n in range(min(count, _MADE)):
            reading = reading_of(n, chance)
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="made")
        fill_up(record, count, made=min(count, _MADE))


def fill_up(record: Record, count: int, *, made: int) -> None:
    """Copy the first ``made`` reports, each set of copies a century before the last, until there are so many."""
    tables = [t for t in METADATA.sorted_tables if t.name in ("report", "item", "entity", "statement", "event", "participant", "figure", "control")]
    with record.transaction():
        for copy in range(1, -(-count // made)):
            for table in tables:
                column = "n" if table.name == "report" else "report"
                values = ", ".join(_earlier(c.name, column, copy, by=copy * made) for c in table.columns)
                names = ", ".join(c.name for c in table.columns)
                upto = min(made, count - copy * made)
                record.run(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} WHERE {column} <= {upto}")


def _earlier(name: str, number: str, copy: int, *, by: int) -> str:
    """What stands in a column of a copy."""
    if name == number:
        return f"{name} + {by}"
    if name in ("key", "digest"):
        return f"{name} || ' {copy}'"
    if name == "body":
        return f"replace(body, '\"20', '\"{20 - copy}')"
    return f"'{20 - copy}' || substr({name}, 3)" if name in ("published", "earliest", "latest", "first", "last") else name


def measure(path: Path, name: str) -> dict[str, object]:
    """One export: rows, seconds by the clock and of the processor, and the peak memory of this process before and after."""
    from dateline.export.formats import export

    with tempfile.TemporaryDirectory(dir=path.parent) as folder, Record.open(path) as record:
        before = _peak()
        start, used = time.perf_counter(), time.process_time()
        selected = Selected(record, Selection())
        done = export(record, name, Path(folder) / "out", selected, Options())
        seconds, used = time.perf_counter() - start, time.process_time() - used
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
        return {
            "incidents": len(selected), "rows": done.rows, "seconds": round(seconds, 1), "processor_seconds": round(used, 1),
            "processor_seconds_per_1000": round(1000 * used / max(1, len(selected)), 2),
            "peak_memory_mb": _peak(), "memory_before_mb": before, "bytes_written": size,
        }  # fmt: skip


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure the formats one after another and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--out", default="results/exports.json")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--record", help="keep the made record here, or use the one that is here")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(Path(chosen.record), chosen.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(chosen.record or Path(folder) / "made.db")
        if not path.exists():
            make(path, chosen.incidents)
        for name in chosen.formats.split(","):
            _keep(Path(chosen.out), name, path, chosen.incidents)


def _keep(out: Path, name: str, path: Path, count: int) -> None:
    kept = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"runs": []}
    if any(r["format"] == name and r["incidents"] == count for r in kept["runs"]):
        return
    command = [sys.executable, "-m", "evaluation.exports", "--record", str(path), "--one", name]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (loaded by other work), Python {platform.python_version()}"
    kept["runs"].append({"format": name, "date": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": machine, **found})
    out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(kept["runs"][-1]), flush=True)


if __name__ == "__main__":
    main()
