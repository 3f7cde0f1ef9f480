"""Reports read again: the same stays one version, what is read otherwise is a new one, and corrections go along or are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dateline import rereading
from dateline.errors import UsageError
from dateline.model import Reading
from dateline.record import corrections, releases
from dateline.record.corrections import Correction
from dateline.record.differences import differences
from dateline.record.link import link, pending
from dateline.record.origins import met_again
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from dateline.settings import Settings
from factories import Store, captured, day

READ = captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9)


@pytest.fixture
def record(store: Store) -> Iterator[Record]:
    with Record.open(store("r"), create=True) as opened:
        opened.add(READ, key="a", digest=digest_of(READ.report), source_name="a.txt", reader="0.0.1")
        link(opened, pending(opened))
        corrections.add(opened, Correction("change", 1, "v1", "status", "denied", who="A"))
        corrections.add(opened, Correction("change", 1, "f1", "measure", "injured", who="A"))
        releases.release(opened, "before", who="A")
        yield opened


def again(record: Record, monkeypatch: pytest.MonkeyPatch, reading: Reading, **more: Any) -> rereading.Reread:
    """Read again as if Dateline now read this."""
    monkeypatch.setattr(rereading, "read_many", lambda reports, settings, **_: ((g.name, replace(reading, report=g.report)) for g in reports))
    return rereading.read_again(record, Settings(), **more)


def test_what_is_read_the_same_stays_one_version(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    assert again(record, monkeypatch, READ) == rereading.Reread((), 1, 0)
    assert again(record, monkeypatch, READ) == rereading.Reread(), "this version has read it now"
    assert [e.fits for e in corrections.entries(record)] == [True, True]


def test_corrections_go_along_where_they_fit_and_are_named_where_not(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    event = replace(READ.events[0], id="v7", type="withdrawal", figures=())
    otherwise = replace(READ, events=(event,), figures=(), control=tuple(replace(c, event=None) if hasattr(c, "event") else c for c in READ.control))
    assert again(record, monkeypatch, otherwise).changed == (2,)
    first, second = corrections.entries(record)
    assert (first.fits, first.now) == (True, "2/v7")
    assert second.fits is False
    assert "took" in second.reason
    assert next(b for b in corrections.parts_of(record, 2)["events"])["status"] == "denied"
    why = {d.why for d in differences(record, "before", "now") if d.field == "type"}
    assert any("read anew by Dateline" in w for w in why)
    assert list(verify(record)) == []
    # Met again elsewhere, the report stays as it was read last.
    met_again(record, digest_of(READ.report), "b.txt", None, "2026-01-01T00:00:00Z")
    assert [r["n"] for r in record.rows("SELECT n FROM report WHERE current = 1")] == [2]
    assert again(record, monkeypatch, READ, everything=True).changed == (3,)
    assert [e.fits for e in corrections.entries(record)] == [True, True]


def test_a_number_that_no_report_has_is_named(record: Record) -> None:
    with pytest.raises(UsageError, match="no report"):
        rereading.read_again(record, Settings(), numbers=[9])
