"""What goes into a record stays whole; the same report is one report; versions stand side by side."""

import os
import socket
import sqlite3
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from dateline.errors import RecordError
from dateline.model import Reading, Refused
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, captured, day


def put(record: Record, reading: Reading, *, key: str | None = None) -> int:
    return record.add(reading, key=key or reading.report.text, digest=digest_of(reading.report), source_name="test.txt", reader="test")


def put_many(record: Record) -> None:
    for n in range(1000):
        put(record, captured(f"Group {n} of the north", "Palmyra", day("2015-05-20"), says="The army"))


@pytest.fixture
def record(store: Store):
    with Record.open(store("r"), create=True) as opened:
        yield opened


def test_same_report_twice_is_one_report(record: Record) -> None:
    reading = captured("SDF", "Raqqa", day("2017-10-17"))
    assert put(record, reading) == put(record, reading)
    assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 1


def test_changed_report_is_a_new_version(record: Record) -> None:
    put(record, captured("SDF", "Raqqa", day("2017-10-17"), killed=3), key="a")
    put(record, captured("SDF", "Raqqa", day("2017-10-17"), killed=4), key="a")
    assert [(r["version"], r["current"]) for r in record.rows("SELECT version, current FROM report ORDER BY n")] == [(1, 0), (2, 1)]


def test_verify_finds_nothing_in_a_whole_record_and_names_a_changed_word(record: Record) -> None:
    put(record, captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=7))
    assert list(verify(record)) == []
    record.run("UPDATE item SET body = replace(body, 'took', 'lost') WHERE word = 'events'")
    assert any("do not say 'lost'" in fault for fault in verify(record))


def test_what_fails_in_the_middle_leaves_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.record.store.aliases_of", lambda _: [(None, "no name")])
    with pytest.raises(RecordError):
        put(record, captured("SDF", "Raqqa", day("2017-10-17")))
    assert record.rows("SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM item) + (SELECT count(*) FROM words) AS n")[0]["n"] == 0


def test_refusals_are_kept_once(record: Record) -> None:
    for _ in range(2):
        record.refuse(Refused("x.txt", "it is empty", "give a text"))
    assert record.rows("SELECT count(*) AS n FROM refusal")[0]["n"] == 1


def test_missing_record_is_named_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="--into"):
        Record.open(tmp_path / "none.db")


@pytest.mark.parametrize("name", ["", " ", ":memory:", "file:record.db", "file:x?mode=memory", "sqlite://", "sqlite:///:memory:"])
def test_a_name_under_which_nothing_would_be_kept_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for create in (True, False):
        with pytest.raises(RecordError, match="no file, so nothing would be kept|no such record"):
            Record.open(name, create=create)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_ordinary_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket"))
        for path, words in ((tmp_path / "pipe", "a pipe"), (tmp_path / "socket", "a socket"), (Path("/dev/null"), "a device"), (tmp_path, "a folder")):
            for create in (True, False):
                with pytest.raises(RecordError, match=f"it is {words}, not a record"):
                    Record.open(path, create=create)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(RecordError, match="no record"):
        Record.open(path)


def test_text_file_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, just words " * 40)
    with pytest.raises(RecordError, match="no database"):
        Record.open(path)


def test_newer_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record.open(path, create=True) as record:
        record.run("PRAGMA user_version = 99")
    with pytest.raises(RecordError, match="upgrade"):
        Record.open(path)


def test_full_disk_is_named_and_leaves_what_was_finished(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "r.db", create=True)
    put(record, captured("SDF", "Raqqa", day("2017-10-17")))
    pages = record.rows("PRAGMA page_count")[0]["page_count"]
    record.run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RecordError, match="the disk is full"):
        put_many(record)
    assert list(verify(record)) == []
    record.close()


def test_what_is_written_beside_a_file_is_put_into_it_while_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, beside = tmp_path / "record.db", tmp_path / "record.db-wal"
    monkeypatch.setattr("dateline.record.connection._LONG", 1_000_000)
    ended = threading.Event()

    def readers() -> None:
        """Two who read in turn, each beginning before the other ends: SQLite by itself would never begin anew."""
        with Record.open(path) as one, Record.open(path) as other, ExitStack() as held:
            while not ended.is_set():
                for record in (one, other):
                    before, held_now = held.pop_all(), record.connection.snapshot()
                    held.enter_context(held_now)
                    record.rows("SELECT count(*) AS n FROM report")
                    before.close()
                    time.sleep(0.005)

    longest = 0
    with Record.open(path, create=True) as writer:
        thread = threading.Thread(target=readers)
        thread.start()
        try:
            for n in range(300):
                put(writer, captured(f"Group {n} of the north", "Palmyra", day("2015-05-20"), says="The army"))
                longest = max(longest, beside.stat().st_size)
        finally:
            ended.set()
            thread.join()
        assert writer.rows("PRAGMA busy_timeout")[0]["timeout"] == 30_000
        assert writer.rows("SELECT count(*) AS n FROM report")[0]["n"] == 300
    assert longest < 6_000_000, longest
