"""``python -m evaluation.speed --out results/speed.json [TEXT.jsonl]``: start-up, one report, and words a second, as medians, beside the bare language pass.

Figures depend on the machine and on what else runs on it; the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dateline.extraction import extract
from dateline.intake import report_of
from dateline.model import Report
from dateline.pipeline import World, document_of, read_report
from dateline.resolution import resolve

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("texts", nargs="?", type=Path, help="JSON Lines with texts; the example reports where none is given")
    options = parser.parse_args()
    reports = _reports(options.texts)
    world = World.open()
    words = sum(len(r.text.split()) for r in reports)
    stages = _stages(reports, world, options.runs)
    whole = sum(stages.values())
    example = max((report_of(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "examples").rglob("*.txt"))), key=lambda r: len(r.text))
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "import_s": _process("import dateline", options.runs),
        "cold_start_to_first_reading_s": _process(f"import dateline; dateline.read({example.text!r})", options.runs),
        "one_report_warm_s": _median(lambda: read_report(example, world), options.runs),
        "one_report_words": len(example.text.split()),
        "reports": len(reports),
        "words": words,
        "words_per_s": round(words / whole),
        "share_by_stage": {name: round(seconds / whole, 3) for name, seconds in stages.items()},
        "whole_to_language_pass": round(stages["language"] / whole, 3),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


def _reports(path: Path | None) -> list[Report]:
    if path is None:
        return [report_of(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "examples").rglob("*.txt"))]
    return [report_of(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()]


def _stages(reports: list[Report], world: World, runs: int) -> dict[str, float]:
    """Seconds of each stage over all reports: the median of the runs."""
    rows: list[dict[str, float]] = []
    for _ in range(runs):
        spent = dict.fromkeys(("intake", "language", "extraction", "resolution"), 0.0)
        for report in reports:
            marks = [time.perf_counter()]
            again = report_of(report.text)
            marks.append(time.perf_counter())
            document = document_of(again, world.model)
            marks.append(time.perf_counter())
            findings = extract(document, again.sections)
            marks.append(time.perf_counter())
            resolve(again, document, findings, world.gazetteer, world.whos_who)
            marks.append(time.perf_counter())
            for name, start, end in zip(spent, marks, marks[1:], strict=False):
                spent[name] += end - start
        rows.append(spent)
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def _median(work: Callable[[], object], runs: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return round(statistics.median(once() for _ in range(runs)), 4)


def _process(code: str, runs: int) -> float:
    """Seconds that a fresh process takes for ``code``, its own start included, less the start of an empty one."""
    empty = _median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), runs)  # noqa: S603
    return round(_median(lambda: subprocess.run([sys.executable, "-c", code], check=True), runs) - empty, 3)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
