"""``python -m evaluation --data DIR --score DIR --out FILE.json [CORPUS...]``: the figures of what ships, by corpus, file and scorer."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.pipeline import World
from evaluation.corpora import ADAPTERS
from evaluation.harness import evaluate


def main() -> int:
    """Score every corpus folder that there is an adapter for; exit 2 when a folder or corpus that was named is not there."""
    options = _options()
    if missing := [str(d) for d in (options.data, options.score) if not d.is_dir()]:
        print(f"evaluation: there is no folder {', '.join(missing)}", file=sys.stderr)
        return 2
    corpora = options.corpora or sorted(d.name for d in options.data.iterdir() if d.is_dir() and d.name in ADAPTERS)
    if unknown := [c for c in corpora if c not in ADAPTERS or not (options.data / c).is_dir()]:
        print(f"evaluation: no such corpus: {', '.join(unknown)}; known: {', '.join(sorted(ADAPTERS))}", file=sys.stderr)
        return 2
    world = World.open()
    results: dict[str, Any] = {}
    for corpus in corpora:
        there = sorted((options.data / corpus).glob("*.jsonl"))
        files = [f for f in there if options.train or not f.name.startswith("train")] or there
        results[corpus] = {f.stem: evaluate(f, ADAPTERS[corpus], options.score, world, limit=options.limit) for f in files}
        print(f"{corpus}: done", file=sys.stderr)
        _write(options.out, results)
    _write(options.out, results)
    Path(f"{options.out}.about").write_text(json.dumps(_about(), indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with a folder a corpus")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--out", type=Path, required=True, help="file for the figures (JSON)")
    parser.add_argument("--limit", type=int, help="only the first so many records of each file")
    parser.add_argument("--train", action="store_true", help="score files that begin with train as well (they are anyway where a corpus has no others)")
    parser.add_argument("corpora", nargs="*", metavar="CORPUS")
    return parser.parse_args()


def _write(path: Path, results: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _about() -> dict[str, str]:
    """When, on what and with which state of the project the figures were made."""
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "commit": head.stdout.strip(),
    }


if __name__ == "__main__":
    sys.exit(main())
