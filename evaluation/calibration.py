"""``python -m evaluation.calibration --data DIR --out FILE.json``: how often what is said at a confidence is right, on values judged by hand.

``values_judged.tsv`` names events, figures and holds of places read from gold texts by id and offsets, and whether a reader
found their type and status (measure and number, change and status) to be what the words tell. What is no longer read is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline import lexicon
from dateline.pipeline import World
from evaluation.harness import Body, read_record, records

Key = tuple[str, ...]
Pair = tuple[float, bool]
"""The confidence that a value was said at, and whether it was right."""
_KEY = ("id", "kind", "type", "start", "end", "status")
_BINS = 5
_FILES = (
    *("re3d/dev.jsonl", "events_wikievents/dev.jsonl", "gum_news/dev.jsonl", "case2021_task2/dev.jsonl", "muc4/dev.jsonl"),
    *("geo_geovirus/dev.jsonl", "ner_gmb/dev.jsonl", "ner_gmb/train.jsonl", "cameo_ner/train.jsonl"),
)


def main() -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.calibration", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    verdicts = _judged()
    pairs: dict[str, list[Pair]] = {"event": [], "figure": [], "control": []}
    world = World.open()
    wanted = {key[0] for key in verdicts}
    for record in (r for name in _FILES for r in records(options.data / name) if r["id"] in wanted):
        for key, said in _values(record["id"], read_record(record, world)):
            if key in verdicts:
                pairs[key[1]].append((said, verdicts[key]))
    figures: dict[str, Any] = {kind: _figures(found) for kind, found in pairs.items()}
    figures["all"] = _figures([pair for found in pairs.values() for pair in found])
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


def _judged() -> Mapping[Key, bool]:
    path = Path(__file__).parent / "values_judged.tsv"
    rows = lexicon.parse(path.read_text(encoding="utf-8"), name=path.name, columns=(*_KEY, "verdict", "round"), key=_KEY)
    return {tuple(row[c] for c in _KEY): row["verdict"] == "right" for row in rows}


def _values(report: str, body: Body) -> Iterator[tuple[Key, float]]:
    """The keys under which the values of a reading are judged, with their confidences."""
    for event in body["events"]:
        span = event["trigger"]
        yield (report, "event", event["type"], str(span["start"]), str(span["end"]), event["status"]), event["confidence"]
    for figure in body["figures"]:
        yield (report, "figure", figure["measure"], str(figure["span"]["start"]), str(figure["span"]["end"]), ""), figure["confidence"]
    for hold in body["control"]:
        span = hold["span"]
        yield (report, "control", hold["change"], str(span["start"]), str(span["end"]), hold["status"]), hold["confidence"]


def _figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    right = sum(verdict for _, verdict in pairs)
    return {"judged": len(pairs), "right": right, "expected_calibration_error": round(expected_error(pairs), 3), "bins": _bins(pairs)}


def expected_error(pairs: Sequence[Pair]) -> float:
    """Over bins of equal size, how far the mean confidence lies from the share that is right, weighted by the bins' sizes."""
    return math.fsum(abs(row["said"] - row["right"]) * row["values"] for row in _bins(pairs)) / max(len(pairs), 1)


def _bins(pairs: Sequence[Pair]) -> list[dict[str, float]]:
    ordered = sorted(pairs, key=lambda pair: pair[0])  # equals stay in the order of their reports
    size = math.ceil(len(ordered) / _BINS) or 1
    chunks = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    return [{"said": _mean([p for p, _ in c]), "right": _mean([float(r) for _, r in c]), "values": len(c)} for c in chunks]


def _mean(numbers: Sequence[float]) -> float:
    return round(math.fsum(numbers) / len(numbers), 3)


if __name__ == "__main__":
    sys.exit(main())
