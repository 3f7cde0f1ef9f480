"""``python -m evaluation.bench --out results/bench.json``: all parts, or those named; each is written as soon as it is measured.

Ratios and medians are what to compare: seconds of a processor that other work shares say little. ``many`` (100,000 reports) takes an hour or more and is
run only when it is named; it writes as it goes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.batch import calm_collector
from dateline.language import analyse_many
from dateline.model import Report
from dateline.pipeline import World, given_to_model
from dateline.settings import Settings
from evaluation.bench import gates, rivals, scale, stages
from evaluation.bench.texts import CONFLICT, GENERAL, MIXED, ROOT, paragraphs, reports, texts

_BATCH = 32


class Bench:
    """The texts, the opened model and the file of figures."""

    def __init__(self, data: Path, out: Path, runs: int, each: int) -> None:
        self.out, self.runs = out, runs
        self.mixed_texts = texts(data, MIXED, each)
        self.general_texts = texts(data, GENERAL, 2 * each)
        self.conflict_texts = texts(data, CONFLICT, 2 * each)
        self.world = World.open(Settings(threads=1))
        calm_collector()

    def put(self, name: str, figures: Any) -> None:
        """Write a part beside the others."""
        kept = json.loads(self.out.read_text(encoding="utf-8")) if self.out.exists() else {}
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S607
        about = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "commit": commit, "load_average": round(os.getloadavg()[0], 1)}
        kept["machine"] = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        kept[name] = {**about, **figures}
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        print(name, json.dumps(figures, indent=1), flush=True)

    def stages(self) -> None:
        """The stages beside the bare encoder."""
        self.put("stages", stages.stage_figures(_batches(self.mixed_texts), self.world, runs=self.runs))

    def spacy(self) -> None:
        """The whole beside spaCy."""
        taught = analyse_many([given_to_model(r) for r in reports(self.conflict_texts)[:12]], self.world.model)
        self.put("spacy", rivals.rival_figures(_batches(self.mixed_texts), self.world, rivals.spacy_pipeline(taught), runs=self.runs))

    def gate(self) -> None:
        """The gate on and off."""
        self.put("gate", gates.gate_figures(_batches(self.general_texts), _batches(self.conflict_texts), self.world, runs=self.runs))

    def start(self) -> None:
        """What a fresh process costs."""
        self.put("start", scale.start_up(self.runs))

    def processes(self) -> None:
        """One process and two."""
        with tempfile.TemporaryDirectory() as folder:
            self.put("processes", scale.processes(self.mixed_texts * 2 + self.conflict_texts, Path(folder), self.runs))

    def long(self) -> None:
        """One long report."""
        self.put("long", scale.one_long(paragraphs(self.conflict_texts), self.world, self.runs))

    def many(self) -> None:
        """A hundred thousand reports of some 30 words."""
        rows: list[dict[str, Any]] = []
        short = [p for p in paragraphs(self.conflict_texts) if len(p.split()) <= 30]
        for row in scale.many(short, 100_000, 25):
            rows.append(row)
            if len(rows) > 3 and row["reports"] % 1000 == 0:
                first, last = (sum(r["ms_per_report"] for r in part) / len(part) for part in (rows[1:3], rows[-2:]))
                self.put("many", {**row, "ms_per_report_at_1000": round(first, 3), "last_to_first": round(last / first, 3), "mb_at_1000": rows[1]["memory_mb"]})


def _batches(given: list[str]) -> list[list[Report]]:
    made = reports(given)
    return [made[at : at + _BATCH] for at in range(0, len(made), _BATCH)]


PARTS: dict[str, Callable[[Bench], None]] = {
    part.__name__: part for part in (Bench.stages, Bench.spacy, Bench.gate, Bench.long, Bench.start, Bench.processes, Bench.many)
}


def main() -> None:
    """Measure the parts asked for."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all but many where none is named")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval" / "dev", help="folder of corpora; the example reports where there is none")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "bench.json")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--each", type=int, default=8, help="texts of each corpus")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; use {', '.join(PARTS)}")
    bench = Bench(options.data, options.out, options.runs, options.each)
    for part in options.parts or [name for name in PARTS if name != "many"]:
        PARTS[part](bench)


if __name__ == "__main__":
    main()
