"""Short runs that differ in one thing each, over several seeds: ``python -m training.compare --words 500000 --out results/model_choices.json``.

Every run sees the same number of words, so that a busy machine is as kind to each; what is compared is the difference, not the height.
"""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import subprocess
import sys
from pathlib import Path

from dateline.language.model import Model
from training.evaluate import all_figures

CHOICES: dict[str, list[str]] = {
    "as shipped": [],
    "without GUM": ["--without", "gum"],
    "without made sentences": ["--without", "handmade"],
}
"""What is left out of the data in each run."""


def figures(choice: str, seed: int, options: argparse.Namespace) -> dict[str, float]:
    """The flat figures of one short run."""
    folder = Path(options.work) / f"{choice.replace(' ', '_')}_{seed}"
    if not folder.joinpath("figures.json").exists():
        learn = [sys.executable, "-m", "training.learn", "--words", str(options.words), "--seed", str(seed), "--batch", "1800", "--rate", "3e-4"]
        learn += ["--times", '{"handmade": 0.35}', "--threads", str(options.threads), "--out", str(folder), *CHOICES[choice]]
        subprocess.run(learn, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        subprocess.run([sys.executable, "-m", "training.export", str(folder), "--out", str(folder / "model")], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        found = all_figures(Model.open(folder / "model", threads=options.threads))
        folder.joinpath("figures.json").write_text(json.dumps(found), encoding="utf-8")
        folder.joinpath("weights.pt").unlink()
    found = json.loads(folder.joinpath("figures.json").read_text(encoding="utf-8"))
    flat: dict[str, float] = {}
    for name, value in found.items():
        flat.update({f"{name} · {k}": v for k, v in value.items()} if isinstance(value, dict) else {name: value})
    return flat


def main() -> None:
    """Train, measure, write after each choice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=500_000)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", default="training/work/choices")
    parser.add_argument("--out", default="results/model_choices.json")
    options = parser.parse_args()
    result: dict[str, object] = {"date": datetime.date.today().isoformat(), "words_each": options.words, "seeds": options.seeds}
    found: dict[str, list[dict[str, float]]] = {}
    for seed in range(1, options.seeds + 1):
        for choice in CHOICES:
            found.setdefault(choice, []).append(figures(choice, seed, options))
            result["choices"] = {
                name: {key: {"mean": round(statistics.mean(r[key] for r in runs if key in r), 2), "by_seed": [r.get(key) for r in runs]} for key in runs[0]}
                for name, runs in found.items()
            }
            Path(options.out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
