"""What SQLite, which counts nothing of its tables, goes through to answer: what is asked for each report must not grow with the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation.made import news

from dateline.record.connection import Connection
from dateline.record.link import link
from dateline.record.store import Record, digest_of


def test_nothing_that_is_asked_for_each_report_goes_through_a_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    rows = Connection.rows

    def watched(self: Connection, query: str, values: Any = None) -> Any:
        asked.setdefault(query, values)
        return rows(self, query, values)

    with Record.open(tmp_path / "r.db", create=True) as record:
        monkeypatch.setattr(Connection, "rows", watched)
        for n, reading in enumerate(news(40)):
            link(record, [record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="test")])
        monkeypatch.undo()
        plans = {query: [r["detail"] for r in record.rows(f"EXPLAIN QUERY PLAN {query}", values)] for query, values in asked.items()}
    near = [plan for query, plan in plans.items() if "e.block IN" in query]
    assert near
    assert all("event_block" in " ".join(plan) for plan in near)
    dead = [plan for query, plan in plans.items() if "= 'killed'" in query]
    assert dead
    assert all("figure_measure" not in " ".join(plan) for plan in dead)
    scans = {query: plan for query, plan in plans.items() if any(step.startswith("SCAN") and step.split()[1] in ("r", "e", "event", "item") for step in plan)}
    assert scans == {}
