"""``python -m evaluation.table``: the readable table of results, ``results/README.md``, from the JSON files that the commands wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dateline import lexicon

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "results"
_FURTHER = (
    ("ordinary.json", "Ordinary texts and neutrality"),
    ("speed.json", "Speed and memory"),
    ("bench.json", "Speed beside the bare encoder, spaCy and itself"),
    ("record.json", "The record"),
    ("examples.json", "Incidents of the example reports"),
    ("model.json", "The language model"),
)
_COLUMNS = ("what", "corpus", "file", "scorer", "path", "floor", "goal")


def main() -> int:
    """Write the table; exit 1 when a figure is missing."""
    scores = _json("evaluation.json")
    rows = list(lexicon.parse((Path(__file__).parent / "targets.tsv").read_text(encoding="utf-8"), name="targets.tsv", columns=_COLUMNS))
    lines = [*_head(), "| what | corpus | ours | floor | goal |", "|---|---|--:|--:|--:|"]
    missing = 0
    for row in rows:
        value = _at(scores, row)
        missing += value is None
        shown = "not measured" if value is None else f"{100 * value:.1f}"
        lines.append(f"| {row['what']} | {row['corpus']} ({row['file']}) | {shown} | {row['floor']} | {row['goal']} |")
    for name, title in _FURTHER:
        if (RESULTS / name).exists():
            lines += ["", f"## {title}", "", f"From `results/{name}`.", "", *_flat(_json(name))]
    notes = RESULTS / "notes.md"
    if notes.exists():
        lines += ["", notes.read_text(encoding="utf-8").rstrip()]
    (RESULTS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if missing else 0


def _head() -> list[str]:
    about = _json("evaluation.json.about")
    return [
        "# Results",
        "",
        f"Figures on the development parts of gold data made by others, as measured on {about['date']} ({about['machine']}, commit {about['commit']}).",
        "`make evaluate` makes them again, `python -m evaluation.table` this page. Percent.",
        "Where a row has a floor or goal, it is the one set before the work.",
        "",
    ]


def _json(name: str) -> Any:
    return json.loads((RESULTS / name).read_text(encoding="utf-8"))


def _at(scores: Any, row: lexicon.Row) -> float | None:
    """The figure that a row of the targets names, or None."""
    value = scores
    for key in (row["corpus"], row["file"], row["scorer"], *row["path"].split(".")):
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    if isinstance(value, dict) and value.get("gold"):
        return float(value["right"]) / float(value["gold"])
    return float(value) if isinstance(value, int | float) else None


def _flat(value: Any, prefix: str = "") -> list[str]:
    """A JSON object as a list of its plain figures, a line each; lists and tables inside are left to the file."""
    lines = []
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict):
            lines += _flat(inner, f"{name} · ")
        elif not isinstance(inner, list):
            lines.append(f"- {name.replace('_', ' ')}: {inner}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
