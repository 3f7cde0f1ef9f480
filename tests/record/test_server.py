"""A record on a PostgreSQL server: faults by name, several writers at once, a connection lost in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from evaluation.postgresql import PASSWORD, Server

from children import CHILD
from dateline.errors import RecordError
from dateline.record.link import incidents, pending
from dateline.record.questions import search
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import captured, day

RAQQA = captured("SDF", "Raqqa", day("2017-10-17"))


def put(record: Record, n: int = 0) -> int:
    reading = captured(f"Group {n}", "Raqqa", day("2017-10-17"), says="The army")
    return record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")


def schema(server: Server, name: str) -> str:
    server.sql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
    server.sql(f"CREATE SCHEMA {name}")
    return server.address(schema=name)


def test_each_fault_of_reaching_it_is_named(server: Server) -> None:
    cases = (
        (server.address(password="wrong one"), "password is wrong"),
        (server.address("nowhere"), "no such database"),
        (server.address().replace("dateline:", "nobody_at_all:"), "password is wrong"),
        (server.address().replace(f":{server.port}/", ":1/"), "no server answers there"),
        (server.address().replace("127.0.0.1", "no-such-host.invalid"), "name is not known"),
        ("mysql://user:secret@host/db", "no record is kept in mysql"),
        ("postgresql://user:secret@host:port/db", "cannot be read"),
    )
    for address, wrong in cases:
        with pytest.raises(RecordError, match=wrong) as fault:
            Record.open(address, create=True)
        told = str(fault.value)
        assert fault.value.mend, wrong
        assert "secret" not in told, wrong
        assert PASSWORD.replace(" ", "%20") not in told, wrong


def test_database_without_a_record_and_one_of_another_program(server: Server) -> None:
    address = schema(server, "empty")
    with pytest.raises(RecordError, match="no record in this database"):
        Record.open(address)
    server.sql("CREATE TABLE empty.event (x integer)")
    with pytest.raises(RecordError, match=r"other tables of the same names \(event\)"):
        Record.open(address, create=True)


def test_newer_record_is_refused(server: Server) -> None:
    address = schema(server, "newer")
    with Record.open(address, create=True) as record:
        record.run("UPDATE dateline SET version = 99")
    with pytest.raises(RecordError, match="upgrade"):
        Record.open(address)


def test_older_server_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.record.connection._OLDEST", 990000)
    with pytest.raises(RecordError, match="older than 99"):
        Record.open(schema(server, "old"), create=True)


def test_missing_driver_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"dateline\[postgres\]"):
        Record.open("postgresql://user@localhost/db")


def test_user_who_may_not_write_is_told(server: Server) -> None:
    address = schema(server, "guarded")
    Record.open(address, create=True).close()
    server.sql("DROP ROLE IF EXISTS reader")
    server.sql(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
    server.sql("GRANT USAGE ON SCHEMA guarded TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA guarded TO reader")
    with Record.open(address.replace("dateline:", "reader:")) as record:
        assert record.rows("SELECT n FROM report") == []
        with pytest.raises(RecordError, match="may not do this"):
            put(record)


def put_and_cut(record: Record, cut: Callable[[], None]) -> None:
    with record.transaction():
        put(record, 2)
        cut()
        record.rows("SELECT n FROM report")


def test_connection_lost_in_the_middle_is_named_and_leaves_nothing_half_written(server: Server) -> None:
    address = schema(server, "lost")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dateline'"
    with Record.open(address, create=True) as record:
        put(record, 1)
        with pytest.raises(RecordError, match="connection to the database was lost"):
            put_and_cut(record, lambda: server.sql(cut))
        # The next question connects anew.
        assert len(record.rows("SELECT n FROM report")) == 1
        assert list(verify(record)) == []
        server.sql(cut)
        with pytest.raises(RecordError, match="lost"):
            put(record, 2)
        assert put(record, 2) > 0
        assert len(record.rows("SELECT n FROM report")) == 2


def test_four_writers_at_once_put_each_report_in_once(server: Server) -> None:
    address = schema(server, "crowd")
    tests = Path(__file__).parents[1]
    children = [subprocess.Popen([sys.executable, "-c", CHILD, address, str(tests)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    told = [child.communicate(timeout=300) for child in children]
    assert [child.returncode for child in children] == [0] * 4, b"\n".join(err for _, err in told).decode()
    with Record.open(address) as record:
        assert record.rows("SELECT count(*) AS n, count(DISTINCT digest) AS digests FROM report")[0] == {"n": 120, "digests": 120}
        assert pending(record) == []
        assert list(verify(record)) == []
        assert (
            record.rows("SELECT count(*) AS n FROM (SELECT 1 FROM judgement GROUP BY a_report, a_event, b_report, b_event, judge HAVING count(*) > 1) x")[0][
                "n"
            ]
            == 0
        )
        assert incidents(record)


def test_search_finds_words_far_into_a_long_report(server: Server) -> None:
    reading = captured("SDF", "Raqqa", day("2017-10-17"))
    long = reading.report.text + " wheat river bridge" * 12_000 + " Élysée checkpoint-seven."
    reading = replace(reading, report=replace(reading.report, text=long))
    with Record.open(schema(server, "long"), create=True) as record:
        record.add(reading, key="k", digest=digest_of(reading.report), source_name="t", reader="test")
        assert [[n for n, _, _ in search(record, words)] for words in ("elysee", "Raqqa CHECKPOINT-SEVEN", "seven-checkpoint", "harbour")] == [[1], [1], [], []]
