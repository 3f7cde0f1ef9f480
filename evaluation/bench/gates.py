"""What the gate spares on general news, and what it loses there and on news of conflict."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.contract import dumps
from dateline.gate import passed_over
from dateline.intake import report_of
from dateline.model import Reading, Report
from dateline.pipeline import World, read_batch

VALUES = ("entities", "statements", "events", "figures", "control", "relations", "times", "images")
ARMED = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots"})
HARM = frozenset({"killed", "injured", "missing", "abducted", "displaced", "refugees", "besieged", "captured", "forces", "strikes"})


def gate_figures(mixed: Sequence[Sequence[Report]], conflict: Sequence[Sequence[Report]], world: World, *, runs: int) -> dict[str, Any]:
    """Speed-up on mixed news (processor time, off and on in turn) and the share of values lost."""
    gated = replace(world, gate=True)
    ratios = [_ratio(mixed, world, gated) for _ in range(runs)]
    reports = [r for batch in mixed for r in batch]
    passed = [r for r in reports if passed_over(r.text) is not None]
    return {
        "mixed_reports": len(reports),
        "mixed_reports_passed_over": len(passed),
        "mixed_words_passed_over": round(sum(len(r.text.split()) for r in passed) / sum(len(r.text.split()) for r in reports), 3),
        "mixed_off_to_on": round(statistics.median(ratios), 2),
        "lost_on_mixed_news": _lost(mixed, world),
        "lost_on_conflict_news": _lost(conflict, world),
    }


def _ratio(batches: Sequence[Sequence[Report]], world: World, gated: World) -> float:
    spent = [0.0, 0.0]
    for batch in batches:
        for n, one in enumerate((world, gated)):
            begun = time.process_time()
            for reading in read_batch([report_of(r.text, published=r.published.date) for r in batch], one):
                dumps(reading)
            spent[n] += time.process_time() - begun
    return spent[0] / spent[1]


def _lost(batches: Sequence[Sequence[Report]], world: World) -> dict[str, Any]:
    """Of the values read without the gate the share that it loses: of all, of those in reports that tell of conflict, and of those that tell of it."""
    counts = {"values": [0, 0], "values_of_reports_of_conflict": [0, 0], "events_figures_control_of_conflict": [0, 0]}
    told = missed = 0
    for batch in batches:
        for reading in read_batch(list(batch), world):
            if not isinstance(reading, Reading):
                continue
            whole, ours = sum(len(getattr(reading, name)) for name in VALUES), of_conflict(reading)
            lost = passed_over(reading.report.text) is not None
            told += ours > 0
            missed += lost and ours > 0
            for name, value in zip(counts, (whole, whole if ours else 0, ours), strict=True):
                counts[name][0] += value
                counts[name][1] += value if lost else 0
    shares = {f"percent_of_{name}": round(100 * lost / max(whole, 1), 2) for name, (whole, lost) in counts.items()}
    return {"reports_of_conflict": told, "of_these_passed_over": missed, **{name: whole for name, (whole, _) in counts.items()}, **shares}


def of_conflict(reading: Reading) -> int:
    """How many values tell of conflict: fights, attacks, protests that happened or are denied, who holds what, figures of harm and of forces."""
    events = [e for e in reading.events if e.codes.acled.event_type in ARMED and e.status not in ("planned", "demanded", "hypothetical")]
    return len(events) + len([f for f in reading.figures if f.measure in HARM]) + len(reading.control)
