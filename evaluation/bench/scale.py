"""Start-up, memory, two processes, many reports, and one long report: how cost grows."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.batch import MOST_REPORTS, Given, calm_collector, make_many
from dateline.contract import dumps
from dateline.intake import report_of
from dateline.model import Reading, Refused, Retraction
from dateline.pipeline import World, read_batch
from dateline.settings import Settings
from evaluation.bench.texts import made, reports


def start_up(runs: int) -> dict[str, float]:
    """Processor seconds of an import and of a first reading in a fresh process, less those of an empty one."""

    def once(code: str) -> float:
        _, cpu, _ = _child([sys.executable, "-c", code])
        return cpu

    empty = statistics.median(once("pass") for _ in range(runs))
    first = "import dateline; dateline.read('Rebels seized the town of Busra on Friday, the army said.')"
    return {
        "import_cpu_s": round(statistics.median(once("import dateline") for _ in range(runs)) - empty, 3),
        "first_reading_cpu_s": round(statistics.median(once(first) for _ in range(runs)) - empty, 3),
    }


def _child(command: list[str]) -> tuple[float, float, float]:
    """Seconds by the clock, processor seconds and most memory (MB) of a command; those of its own children count where it waits for them."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def processes(texts: Sequence[str], folder: Path, runs: int) -> dict[str, Any]:
    """The same reports through one process and through two, in turn: seconds by the clock and of the processor, memory, bytes."""
    given, empty, one = folder / "given.jsonl", folder / "empty.jsonl", folder / "one.toml"
    one.write_text("threads = 1\n", encoding="utf-8")
    given.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    # As many parts as there are processes, so that each opens its model and tables and the start of all is taken off.
    empty.write_text((json.dumps({"text": "The town is quiet."}) + "\n") * 2 * MOST_REPORTS, encoding="utf-8")
    rows = []
    for _ in range(runs):
        row = {}
        for jobs in (1, 2):
            command = [sys.executable, "-m", "dateline", "read", "--quiet", "--format", "json", "--jobs", str(jobs), "-o", str(folder / f"{jobs}.json")]
            command += ["--settings", str(one)]
            row[jobs] = _child([*command, str(given)])
            row[-jobs] = _child([*command, str(empty)])
        rows.append(row)
    clock = [(row[1][0] - row[-1][0]) / (row[2][0] - row[-2][0]) for row in rows]
    cost = [(row[1][1] - row[-1][1]) / (row[2][1] - row[-2][1]) for row in rows]
    return {
        "reports": len(texts),
        "words": sum(len(t.split()) for t in texts),
        "same_bytes": (folder / "1.json").read_bytes() == (folder / "2.json").read_bytes(),
        "second_process_by_the_clock": round(statistics.median(clock), 2),
        "second_process_by_processor_time": round(2 * statistics.median(cost), 2),
        "words_per_s_by_the_clock_1": round(statistics.median(sum(len(t.split()) for t in texts) / row[1][0] for row in rows)),
        "load_average": round(os.getloadavg()[0], 1),
        "memory_of_one_process_mb": round(max(row[1][2] for row in rows)),
        "memory_of_the_largest_of_two_mb": round(max(row[2][2] for row in rows)),
    }


def one_long(paragraphs: list[str], world: World, runs: int) -> dict[str, Any]:
    """A report of 20,000 words against twenty of 1,000 that hold the same, in turn."""
    short = reports(list(made(paragraphs, 20, 1000)))
    long = reports(["\n\n".join(r.text for r in short)])
    read_batch(short[:1], world)
    rows = []
    for _ in range(runs):
        row = []
        for batch in (short, long):
            begun = time.process_time()
            read_batch(batch, world)
            row.append(time.process_time() - begun)
        rows.append(row[1] / row[0])
    return {"words": sum(len(r.text.split()) for r in short), "long_to_short": round(statistics.median(rows), 3)}


def _line(item: Reading | Refused | Retraction) -> int:
    return len(dumps(item))


def many(paragraphs: list[str], count: int, size: int, *, every: int = 500) -> Iterator[dict[str, Any]]:
    """Cost and memory as so many made reports go through one process: a row for each ``every`` of them."""
    calm_collector()
    given = (Given(str(n), report_of(text, published="2016-05-20")) for n, text in enumerate(made(paragraphs, count, size)))
    lines = make_many(given, Settings(threads=1), _line)
    done = 0
    while True:
        begun = time.process_time()
        taken = sum(1 for _ in islice(lines, every))
        if not taken:
            return
        done += taken
        rss = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
        yield {"reports": done, "ms_per_report": round(1000 * (time.process_time() - begun) / taken, 3), "memory_mb": round(rss), "garbage": len(gc.garbage)}
