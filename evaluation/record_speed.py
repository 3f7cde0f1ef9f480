"""Speed of the record without the model: ingest of made news, whether it stays flat, and how long questions take.

python -m evaluation.record_speed --out results/record.json [--reports 100000] [--store postgresql] [--keep FOLDER] [--minutes 14]

With ``--keep`` the record stays in the folder, and a run that was cut short or stopped after ``--minutes`` is gone on with by the same command.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.model import Reading
from dateline.record.link import incidents, link
from dateline.record.store import Record, digest_of
from evaluation import postgresql
from evaluation.made import news
from evaluation.record_questions import asked, tables

_PART = 500
"""Reports whose times are kept as one."""


class Ingest:
    """Made news put into a record, part by part; what was measured of earlier parts is kept beside it."""

    def __init__(self, record: Record, notes: Path, count: int) -> None:
        self.record, self.notes, self.count = record, notes, count
        self.parts: list[dict[str, Any]] = [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []

    @property
    def done(self) -> int:
        """Reports that are in."""
        return sum(part["reports"] for part in self.parts)

    def go_on(self, seconds: float) -> bool:
        """Put in more, for so long at most; gives whether all are in. Processor time, which other work on the machine does not change, is told apart."""
        end = time.monotonic() + seconds
        made = enumerate(news(self.count, after=self.done), self.done)
        while self.done < self.count and time.monotonic() < end:
            part = list(islice(made, min(_PART, self.count - self.done)))
            busy, clock = time.process_time(), time.perf_counter()
            for n, reading in part:
                _put(self.record, n, reading)
            self._note(len(part), time.process_time() - busy, time.perf_counter() - clock)
        return self.done >= self.count

    def _note(self, reports: int, busy: float, clock: float) -> None:
        self.parts.append({"reports": reports, "processor_s": round(busy, 3), "clock_s": round(clock, 3), "peak_mb": _peak()})
        with self.notes.open("a") as kept:
            kept.write(json.dumps(self.parts[-1]) + "\n")

    def figures(self) -> dict[str, object]:
        """What was measured."""
        size = len(self.parts)
        tenths = [part for i in range(10) if (part := self.parts[i * size // 10 : (i + 1) * size // 10])]
        busy = [1000 * sum(p["processor_s"] for p in ps) / sum(p["reports"] for p in ps) for ps in tenths]
        return {
            "reports": self.done,
            "ms_per_report": round(1000 * sum(p["processor_s"] for p in self.parts) / self.done, 2),
            "ms_per_report_by_tenth": [round(t, 2) for t in busy],
            "last_to_first_tenth": round(busy[-1] / busy[0], 3),
            "reports_a_second_by_the_clock": round(self.done / sum(p["clock_s"] for p in self.parts), 1),
            "peak_memory_mb_of_ingest": max(p["peak_mb"] for p in self.parts),
        }


def _put(record: Record, n: int, reading: Reading) -> None:
    with record.transaction():
        number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="speed")
        link(record, [number])


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def size_of(record: Record, name: str) -> int:
    """The bytes that the record takes."""
    if record.connection.sqlite:
        record.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(name).stat().st_size
    return int(record.rows("SELECT pg_database_size(current_database()) AS n")[0]["n"])


def measure(name: str, notes: Path, *, count: int, seconds: float) -> dict[str, object] | None:
    """The figures for so many reports in a record of this name; None where time was too short for all of them."""
    with Record.open(name, create=True) as record:
        ingest = Ingest(record, notes, count)
        if not ingest.go_on(seconds):
            print(f"{ingest.done} of {count} reports are in; go on with the same command", file=sys.stderr)
            return None
        if not record.connection.sqlite:
            record.run("ANALYZE")
        size = size_of(record, name)
        return {
            **ingest.figures(), "bytes_per_report": size // count, "incidents": len(incidents(record)), "questions_ms": asked(record),
            "tables_s": tables(record),
            "peak_memory_mb_of_questions": _peak(),
            **({"to_a_new_record_turn_by_turn": turn_by_turn(record, count, notes.parent)} if record.connection.sqlite else {}),
        }  # fmt: skip


def turn_by_turn(record: Record, count: int, folder: Path, *, turns: int = 30, part: int = 50) -> float:
    """What a report costs after so many, to what the same report costs a new record: put into both by turns, so that other work on the machine tells little.

    In processor seconds; the first sixth, in which the new record is all but empty and nothing is warm, is not counted.
    """
    made = enumerate(news(count + turns * part, after=count), count)
    spent = {"full": 0.0, "new": 0.0}
    with tempfile.TemporaryDirectory(dir=folder) as passing, Record.open(str(Path(passing) / "new.db"), create=True) as new:
        for turn in range(turns):
            those = list(islice(made, part))
            for name, one in (("new", new), ("full", record)):
                before = time.process_time()
                for n, reading in those:
                    _put(one, n, reading)
                spent[name] += (time.process_time() - before) if turn >= turns // 6 else 0.0
    return round(spent["full"] / spent["new"], 3)


@contextmanager
def named(store: str, keep: Path | None) -> Iterator[tuple[str, Path]]:
    """The name of a record in this store, and a file for notes beside it."""
    with tempfile.TemporaryDirectory() as passing:
        folder = keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        if store == "sqlite":
            yield str(folder / "record.db"), folder / "times.jsonl"
            return
        with postgresql.running(durable=True) as server:
            yield server.address(), Path(passing) / "times.jsonl"


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--keep", type=Path, help="a folder in which the record stays; else it is thrown away")
    parser.add_argument("--minutes", type=float, default=1e6, help="put in reports for so long at most")
    chosen = parser.parse_args()
    with named(chosen.store, chosen.keep) as (name, notes):
        figures = measure(name, notes, count=chosen.reports, seconds=chosen.minutes * 60)
    if figures is None:
        sys.exit(75)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    result = json.loads(chosen.out.read_text()) if chosen.out.exists() else {}
    result[chosen.store] = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": machine, **figures}
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
