"""Judgements between events as rows: those that a record would write, with the moment at which it would (``at``, ``step``, ``phase``)."""

from __future__ import annotations

from functools import cache
from typing import Any

TIE = "a_report long, a_event string, b_report long, b_event string, at long, step long, phase int, verdict string, score double, reason string, judge string"
"""``step`` is the report that was being joined; ``phase`` 0 comparison, 1 what one report tells twice, 2 copies: the later counts."""


@cache
def tie_schema() -> Any:
    """The same for Arrow."""
    import pyarrow as pa

    kinds = {"long": pa.int64(), "string": pa.string(), "int": pa.int32(), "double": pa.float64()}
    return pa.schema([(name, kinds[kind]) for name, kind in (column.split() for column in TIE.split(", "))])


def tie(a: tuple[int, str], b: tuple[int, str], judged: tuple[str, float, str], *, at: int, step: int, phase: int, judge: str) -> dict[str, Any]:
    """A row for a judgement (verdict, score, reason) between two events."""
    (a_report, a_event), (b_report, b_event) = sorted((a, b))
    verdict, score, reason = judged
    return {
        "a_report": a_report, "a_event": a_event, "b_report": b_report, "b_event": b_event, "at": at, "step": step, "phase": phase,
        "verdict": verdict, "score": score, "reason": reason, "judge": judge,
    }  # fmt: skip
