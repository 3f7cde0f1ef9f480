"""The campaign: each target in turn under a coverage-guided fuzzer, one process at a time; figures add up over calls.

python -m evaluation.fuzz --executions 100000 --out results/fuzz.json [--corpus DIR] [--target times ...]

The corpus and the finds are kept in DIR (by default .fuzz, which git ignores), so that the next call goes on from there. A find is a file of
bytes for which something does not hold: mend it, and keep it under tests/fuzz/cases/TARGET, where the tests read it ever after.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.fuzz.targets import TARGETS

MOST_FINDS = 3
"""A target is left for the round once it has given so many."""
SECONDS = 30
"""An input that takes longer is a find."""
MEMORY_MB = 2000
_DONE = re.compile(r"stat::number_of_executed_units: (\d+)")
_REACHED = re.compile(r"#\d+\s.*\bcov: (\d+) ft: (\d+) corp: (\d+)")
_FIND = re.compile(r"Test unit written to (\S*/(?!slow-unit)[^\s/]+)(?!\S)")
"""A slow one is noted by the fuzzer too, but ends nothing: on a busy machine it tells of the machine."""

Body = dict[str, Any]


def shares(executions: int, names: list[str]) -> dict[str, int]:
    """How many executions each target gets of so many."""
    whole = sum(TARGETS[name].share for name in names)
    return {name: max(round(executions * TARGETS[name].share / whole), 1) for name in names}


def prepared(name: str, folder: Path) -> Path:
    """The corpus of a target with its seeds in it, and its words beside it."""
    corpus = folder / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for n, seed in enumerate(TARGETS[name].seeds()):
        (corpus / f"seed-{n}").write_bytes(seed)
    lines = ("".join(f"\\x{b:02x}" for b in word) for word in TARGETS[name].words())
    (folder / f"{name}.dict").write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return corpus


def hunt(name: str, executions: int, folder: Path) -> Body:
    """One process of the fuzzer: how much it did, what it reached, and the find that ended it."""
    corpus, target = prepared(name, folder), TARGETS[name]
    finds = folder / "finds" / name
    finds.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "evaluation.fuzz.worker", name, str(corpus), f"-runs={executions}", f"-max_len={target.longest}", f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}", "-print_final_stats=1", "-len_control=50", f"-artifact_prefix={finds}/",
        *([f"-dict={folder / name}.dict"] if (folder / f"{name}.dict").stat().st_size else []),
    ]  # fmt: skip
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = done.stdout.decode("utf-8", "replace")
    found, reached, count = _FIND.search(said), _REACHED.findall(said), _DONE.search(said)
    (folder / f"{name}.log").write_text(said[-20_000:], encoding="utf-8")
    if count is None:
        raise RuntimeError(f"the fuzzer did not run; see {folder / name}.log")
    return {
        "executions": int(count[1]),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "seconds": round(time.perf_counter() - begun, 1),
        "reached": {"branches": int(reached[-1][0]), "features": int(reached[-1][1]), "inputs_kept": int(reached[-1][2])} if reached else None,
        "find": found[1] if found else None,
        "why": _why(said) if found else None,
    }


def _why(said: str) -> str:
    """What was wrong, in a line: the exception, or that time or memory ran out."""
    for sign, words in (("ERROR: libFuzzer: timeout", f"more than {SECONDS} s"), ("ERROR: libFuzzer: out-of-memory", f"more than {MEMORY_MB} MB")):
        if sign in said:
            return words
    raised = re.findall(r"=== Uncaught Python exception: ===\s*\n([^\n]+)", said)
    return raised[-1][:200] if raised else "it died"


def added(held: Body, made: Body) -> Body:
    """The figures of a target with those of one more process."""
    finds = held.get("finds", []) + ([made["why"]] if made["find"] else [])
    return {
        "executions": held.get("executions", 0) + made["executions"],
        "cpu_seconds": round(held.get("cpu_seconds", 0) + made["cpu_seconds"], 1),
        "reached": made["reached"] or held.get("reached"),
        "finds": finds,
    }


def main() -> int:
    """Hunt, and write the figures after each target."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=100_000, help="over all targets together")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path(".fuzz"))
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="one of them alone; may be given more than once")
    chosen = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print('The fuzzer is not installed.\n  mend: pip install -e ".[fuzz]"', file=sys.stderr)
        return 2
    state = json.loads(chosen.out.read_text(encoding="utf-8")) if chosen.out.exists() else {"targets": {}}
    for name, executions in shares(chosen.executions, chosen.target or list(TARGETS)).items():
        left, finds = executions, 0
        while left > 0 and finds < MOST_FINDS:
            made = hunt(name, left, chosen.corpus)
            left -= max(made["executions"], 1)
            finds += made["find"] is not None
            state["targets"][name] = {"about": TARGETS[name].about, **added(state["targets"].get(name, {}), made)}
            _write(chosen.out, state)
            print(
                f"{name}: {made['executions']:,} in {made['cpu_seconds']} s of work" + (f"; {made['why']}: {made['find']}" if made["find"] else ""), flush=True
            )
    return 0


def _write(out: Path, state: Body) -> None:
    every = state["targets"].values()
    head = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, shared with other work, Python {platform.python_version()}",
        "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip(),
        "executions": sum(t["executions"] for t in every),
        "cpu_seconds": round(sum(t["cpu_seconds"] for t in every)),
        "finds": sum(len(t["finds"]) for t in every),
    }
    part = out.with_name(out.name + ".part")
    part.write_text(json.dumps({**head, "targets": dict(sorted(state["targets"].items()))}, indent=1) + "\n", encoding="utf-8")
    part.replace(out)


if __name__ == "__main__":
    sys.exit(main())
