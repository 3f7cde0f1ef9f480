"""Records of every earlier version, as those versions wrote them, open, are brought up and answer; nothing that was kept is lost."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from evaluation.crashes import shape

from dateline.contract import from_json
from dateline.errors import RecordError
from dateline.record import corrections, releases
from dateline.record.differences import differences
from dateline.record.ledger import holders_on
from dateline.record.link import link, pending
from dateline.record.listing import Asked, pictures
from dateline.record.migrations import STEPS
from dateline.record.questions import Question, ask, search
from dateline.record.store import Record, digest_of
from dateline.record.tables import METADATA, VERSION
from dateline.record.verify import verify
from factories import Store, captured, day

VERSIONS = Path(__file__).parent / "versions"
"""Records of three reports, written by the program of each version and kept as SQL."""


def of_version(version: int, path: Path) -> Path:
    with sqlite3.connect(path) as made:
        made.executescript((VERSIONS / f"{version}.sql").read_text(encoding="utf-8"))
    made.close()
    return path


def test_every_earlier_version_has_its_record() -> None:
    assert sorted(int(p.stem) for p in VERSIONS.glob("*.sql")) == list(range(1, VERSION)) == sorted(STEPS)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_record_of_an_earlier_version_is_brought_up_and_answers(version: int, tmp_path: Path) -> None:
    path = of_version(version, tmp_path / "old.db")
    with Record.open(path) as record:
        assert record.rows("PRAGMA user_version")[0]["user_version"] == VERSION
        link(record, pending(record))
        assert list(verify(record)) == []
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 3
        assert record.rows("SELECT input FROM refusal") == [{"input": "x.txt"}]
        assert [h.holder_name for h in holders_on(record, "Palmyra", "2016-04-01")] == ["army"]
        assert [n for n, _, _ in search(record, "coalition")] == [2]
        assert len(ask(record, "event", Question(place="Raqqa"))) == 2
        killed = [t.highest.number for p in pictures(record, Asked()) for t in p.figures]
        assert max(k for k in killed if k) == 12
        if version > 1:  # persons could not judge before
            assert record.rows("SELECT judge FROM judgement WHERE judge LIKE 'person:%'") == [{"judge": "person:ana"}]
            (entry,) = corrections.entries(record, who="ana")
            assert (entry.line.verb, entry.line.why, entry.undone_by, entry.now, entry.line.value) == ("same", "the same day", None, "1/v1", "2/v1")
            assert entry.line.at == record.rows("SELECT at FROM judgement WHERE judge LIKE 'person:%'")[0]["at"]
            assert frozenset({1, 2}) in {frozenset(n for n, _ in i) for i in _incidents(record)}
        reading = captured("SDF", "Raqqa", day("2017-10-18"))
        assert record.add(reading, key="new", digest=digest_of(reading.report), source_name="t", reader="test") == 4


def _incidents(record: Record) -> list[list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row in record.rows("SELECT incident, report, event FROM member ORDER BY report"):
        found.setdefault(row["incident"], []).append((row["report"], row["event"]))
    return list(found.values())


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_record_brought_up_has_the_tables_of_a_new_one(version: int, tmp_path: Path) -> None:
    Record.open(of_version(version, tmp_path / "old.db")).close()
    Record.open(tmp_path / "new.db", create=True).close()
    assert _laid_out(tmp_path / "old.db") == _laid_out(tmp_path / "new.db")


def _laid_out(path: Path) -> dict[str, object]:
    with sqlite3.connect(path) as held:
        indexes = {row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'")}
        columns = {table: {row[1] for row in held.execute(f"PRAGMA table_info({table})")} for table in METADATA.tables}
    held.close()
    return {"indexes": indexes, **columns}


@pytest.mark.parametrize("version", range(2, VERSION))
def test_a_judgement_that_stood_beside_the_log_can_be_undone_and_outlives_a_new_reading(version: int, tmp_path: Path) -> None:
    with Record.open(of_version(version, tmp_path / "old.db")) as record:
        link(record, pending(record))
        (entry,) = corrections.entries(record, who="ana")
        old = record.rows("SELECT key, body FROM report WHERE n = 2")[0]
        reading = from_json({"report": json.loads(old["body"]), **corrections.parts_of(record, 2)})
        assert record.add(reading, key=old["key"], digest="another", source_name="t", reader="newer") == 4
        link(record, pending(record))
        assert frozenset({1, 4}) in {frozenset(n for n, _ in i) for i in _incidents(record)}
        assert [(row["a_report"], row["b_report"]) for row in record.rows("SELECT * FROM judgement WHERE judge LIKE 'person:%'")] == [(1, 4)]
        releases.release(record, "before", who="ana")
        line = corrections.undo(record, entry.line.n, who="bo", why="two different days")
        corrections.add(record, corrections.Correction("different", 1, "v1", other="4/v1", who="bo"))
        assert frozenset({1, 4}) not in {frozenset(n for n, _ in i) for i in _incidents(record)}
        told = [d.why for d in differences(record, "before", "now") if d.kind == "parted"]
        assert any(f"judgement {line} (undo) by bo" in why for why in told), told
        assert list(verify(record)) == []


def test_an_upgrade_that_is_cut_short_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = of_version(2, tmp_path / "old.db")
    monkeypatch.setattr("dateline.record.migrations._bodies", lambda _: (_ for _ in ()).throw(RecordError("the disk is full", given="r", mend="")))
    with pytest.raises(RecordError, match="disk is full"):
        Record.open(path)
    monkeypatch.undo()
    with sqlite3.connect(path) as held:
        assert held.execute("PRAGMA user_version").fetchone() == (2,)
        assert held.execute("SELECT count(*) FROM fingerprint").fetchone()[0] > 0
    with Record.open(path) as record:
        assert list(verify(record)) == []


def test_records_on_a_server_are_brought_up_too(store: Store) -> None:
    readings = [captured("SDF", "Raqqa", day("2017-10-17"), killed=n, source=f"Outlet {n}") for n in range(3)]
    with Record.open(store("old"), create=True) as record:
        for n, reading in enumerate(readings):
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
        link(record, pending(record))
        before = shape(record)
        # As version 4 left it: without the log, and without what came since.
        for table in ("machine", "correction", "effect", "release"):
            record.run(f"DROP TABLE {table}")
        for index in ("statement_act", "event_type", "event_day", "figure_place"):
            record.run(f"DROP INDEX {index}")
        record.run("ALTER TABLE judgement DROP COLUMN correction")
        record.run("PRAGMA user_version = 4" if record.connection.sqlite else "UPDATE dateline SET version = 4")
    with Record.open(store("old")) as record:
        assert shape(record) == before
        assert list(verify(record)) == []
        assert len(record.rows("SELECT hash FROM fingerprint")) > 0
        assert record.rows("SELECT n FROM correction") == []
