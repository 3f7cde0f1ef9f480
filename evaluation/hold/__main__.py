"""Does Dateline hold?

python -m evaluation.hold --out results/hold.json [--only scripts|shapes|faults] [--kills 60] [--size 10000] [--great 600000]

Each part adds its own figures to the file and leaves the others as they are. Seconds are of work, not of the clock; the ratio of two
lengths is what tells.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.hold import faults, scripts, shapes

PARTS = ("scripts", "shapes", "faults")


def main() -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.hold", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--size", type=int, default=10_000, help="characters of each shape at its shorter length; the longer is four times as long")
    parser.add_argument("--great", type=int, default=620_000, help="characters of the one great sentence, and a hundredth of it quotes; 0 leaves both out")
    chosen = parser.parse_args()
    for part in chosen.only or PARTS:
        if part == "scripts":
            _put(chosen.out, part, scripts.figures())
        elif part == "shapes":
            _put(chosen.out, part, shapes.figures(chosen.size, 4, great=chosen.great, keep=lambda body: _put(chosen.out, "shapes", body)))
        else:
            _put(chosen.out, part, faults.figures(kills=chosen.kills))
        print(f"{part}: measured", file=sys.stderr)
    return 0


def _put(out: Path, part: str, figures: dict[str, Any]) -> None:
    held = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    head = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, shared with other work, Python {platform.python_version()}",
        "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip(),
    }
    out.write_text(json.dumps({**held, **head, part: figures}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
