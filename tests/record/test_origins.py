"""Where reports came from, and what their publishers took back: kept, counted no longer, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.errors import UsageError
from dateline.model import Origin, Reading, Retraction
from dateline.record.origins import keep_original, met_again, original, retract, retracted
from dateline.record.questions import Question, ask
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, captured, day

ITEM = "urn:newsml:example.org:20171018:1"


def version(number: str, *, holder: str = "Rebels", revised: str | None = None) -> Reading:
    reading = captured(holder, "Raqqa", day("2017-10-17"))
    return replace(reading, report=replace(reading.report, origin=Origin("newsml", item=ITEM, version=number, revised=revised)))


def put(record: Record, reading: Reading, name: str = "a.xml") -> int:
    origin = reading.report.origin
    return record.add(reading, key=(origin and origin.item) or name, digest=digest_of(reading.report), source_name=name, reader="test")


def notice(number: str | None = None, revised: str | None = None) -> Retraction:
    return Retraction("kill.xml", ITEM, "canceled", Origin("newsml", item=ITEM, version=number, revised=revised), "Withdrawn: sourcing error")


def current(record: Record) -> list[int]:
    return [r["n"] for r in record.rows("SELECT n FROM report WHERE current = 1 ORDER BY n")]


@pytest.fixture
def record(store: Store):
    with Record.open(store("r"), create=True) as opened:
        yield opened


def test_retracted_report_counts_no_longer_and_is_not_lost(record: Record) -> None:
    put(record, version("1"))
    assert len(ask(record, "event", Question())) == 1
    assert retract(record, notice("2"), "2026-01-01T00:00:00Z") == 1
    assert ask(record, "event", Question()) == []
    assert retracted(record) == {1: "canceled 2026-01-01: Withdrawn: sourcing error"}
    assert len(record.rows("SELECT * FROM item")) > 0
    assert list(verify(record)) == []
    assert retract(record, notice("2"), "2026-01-02T00:00:00Z") == 0
    assert len(record.rows("SELECT * FROM retraction")) == 1


@pytest.mark.parametrize(
    ("story", "counts"),
    [
        ([version("1"), notice("2")], []),
        ([notice("2"), version("1")], []),
        ([notice("2"), version("1"), version("3", holder="Troops")], [2]),
        ([version("1"), version("3", holder="Troops"), notice("2")], [2]),
        ([version("2", holder="Troops"), version("1")], [1]),
        ([version("10", holder="Troops"), version("9")], [1]),
        ([version("1"), notice()], []),
        ([version("1"), notice(), version("1", holder="Troops")], [2]),
        ([version("", revised="2017-10-18T10:00:00Z"), notice(revised="2017-10-18T09:00:00Z")], [1]),
    ],
)
def test_newest_edition_counts_in_whatever_order_they_come(record: Record, story: list, counts: list[int]) -> None:
    for n, one in enumerate(story):
        if isinstance(one, Retraction):
            retract(record, one, "2026-01-01T00:00:00Z")
        else:
            put(record, one, f"{n}.xml")
    assert current(record) == counts


def test_each_meeting_is_kept_once(record: Record) -> None:
    reading = captured("Rebels", "Raqqa", day("2017-10-17"))
    first = replace(reading, report=replace(reading.report, origin=Origin("warc", "https://example.org/a", "2017-10-18T10:00:00Z")))
    put(record, first)
    digest = digest_of(first.report)
    for time in ("2017-10-18T10:00:00Z", "2017-10-19T10:00:00Z", "2017-10-19T10:00:00Z"):
        met_again(record, digest, "a.xml", Origin("warc", "https://example.org/a", time), "2026-01-01T00:00:00Z")
    rows = record.rows("SELECT report, address, fetched FROM origin ORDER BY n")
    assert [tuple(r.values()) for r in rows] == [(1, "https://example.org/a", "2017-10-18T10:00:00Z"), (1, "https://example.org/a", "2017-10-19T10:00:00Z")]


def test_same_text_published_again_after_a_retraction_stands_again(record: Record) -> None:
    put(record, version("1"))
    retract(record, notice("2"), "2026-01-01T00:00:00Z")
    met_again(record, digest_of(version("3").report), "c.xml", version("3").report.origin, "2026-01-02T00:00:00Z")
    assert current(record) == [1]
    assert retracted(record) == {}


def test_originals_are_kept_once_and_come_back_exactly(record: Record) -> None:
    digest = keep_original(record, b"\x00<html>\xff")
    assert keep_original(record, b"\x00<html>\xff") == digest
    assert original(record, digest) == b"\x00<html>\xff"
    assert record.rows("SELECT count(*) AS n FROM original")[0]["n"] == 1
    with pytest.raises(UsageError, match="does not hold"):
        original(record, "sha256:00")
