"""A clock that jumps: what is said later counts later, whatever the clock says; nothing is lost and nothing waits for the old time to come again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.record import corrections, link, releases
from dateline.record.corrections import Correction
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, captured, day

MOMENTS = ("2026-05-01T12:00:00Z", "2016-05-01T12:00:00Z", "1970-01-01T00:00:03Z", "2106-02-07T06:28:16Z", "2026-05-01T12:00:01Z")
"""What the clock says at one step after the other."""


def test_corrections_and_releases_count_in_the_order_in_which_they_were_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(MOMENTS * 4)
    for module in (corrections, releases, link):
        monkeypatch.setattr(module, "now", lambda: next(clock))
    monkeypatch.setattr("dateline.record.store.now", lambda: next(clock))
    with Record.open(store("clock"), create=True) as record:
        reading = captured("SDF", "Raqqa", day("2017-10-17"))
        number = record.add(reading, key="k", digest=digest_of(reading.report), source_name="t", reader="test")
        for value in ("ongoing", "denied", "possible"):
            corrections.add(record, Correction("change", number, "v1", "status", value, who="A. Reader", why=value))
            releases.release(record, f"after {value}", who="A. Reader")
        told = corrections.entries(record)
        assert [entry.line.why for entry in sorted(told, key=lambda entry: entry.line.n)] == ["ongoing", "denied", "possible"]
        assert len({entry.line.at for entry in told}) > 1
        assert record.rows("SELECT status FROM event WHERE report = :n AND id = 'v1'", {"n": number})[0]["status"] == "possible"
        assert [one.name for one in releases.all_of(record)] == ["after ongoing", "after denied", "after possible"]
        corrections.undo(record, max(entry.line.n for entry in told), who="A. Reader", why="")
        assert record.rows("SELECT status FROM event WHERE report = :n AND id = 'v1'", {"n": number})[0]["status"] == "denied"
        assert list(verify(record)) == []


def test_a_report_met_again_at_an_earlier_time_is_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(MOMENTS)
    monkeypatch.setattr("dateline.record.store.now", lambda: next(clock))
    with Record.open(tmp_path / "r.db", create=True) as record:
        reading = captured("SDF", "Raqqa", day("2017-10-17"))
        first = record.add(reading, key="k", digest=digest_of(reading.report), source_name="t", reader="test")
        assert record.add(reading, key="k", digest=digest_of(reading.report), source_name="t", reader="test") == first
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 1
        assert list(verify(record)) == []
