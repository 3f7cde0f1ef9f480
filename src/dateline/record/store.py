"""The record as one SQLite file: reports go in whole, one transaction each, and nothing that is in is ever changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from dateline.contract import from_json, to_json
from dateline.errors import RecordError
from dateline.model import Reading, Refused, Report
from dateline.record.agency import agency_of, house_of
from dateline.record.origins import met, settle
from dateline.record.rows import aliases_of, rows_of
from dateline.record.tables import APPLICATION_ID, KEPT, MADE, MADE_NAMES, UPGRADES, VERSION
from dateline.record.winnow import body_of, fingerprints

_WORDS = ("entities", "statements", "events", "figures", "control", "relations", "times", "images")


class Record:
    """An opened record; use as a context manager. Reading while another process writes is safe (write-ahead log)."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Record:
        """Open the record at ``path``; with ``create``, make it where there is none.

        Raises ``RecordError`` when there is no such file, or it is no record, is damaged or of a newer version.
        """
        name = str(path)
        if not create and not Path(path).exists():
            raise RecordError("there is no such record", given=name, mend="make it with: dateline read PATHS --into " + name)
        with _named(name):
            connection = sqlite3.connect(name, timeout=30, isolation_level=None)
            connection.row_factory = sqlite3.Row
            _check(connection, name)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        return cls(connection, name)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def holds(self, digest: str) -> bool:
        """Whether a report of this digest is in the record."""
        return self.connection.execute("SELECT 1 FROM report WHERE digest = ?", (digest,)).fetchone() is not None

    def add(self, reading: Reading, *, key: str, digest: str, source_name: str, reader: str) -> int:
        """Put a reading in, whole or not at all; gives the report's number.

        A report of the same ``key`` that is there already stays, as an earlier version; one that its publisher retracted counts no longer.
        Raises ``RecordError`` (full disk, locked file).
        """
        with _named(self.path), self.transaction():
            if (row := self.connection.execute("SELECT n FROM report WHERE digest = ?", (digest,)).fetchone()) is not None:
                return int(row["n"])
            version = int(self.rows("SELECT ifnull(max(version), 0) + 1 AS v FROM report WHERE key = ?", (key,))[0]["v"])
            body = to_json(reading)
            number = self._insert_report(reading, body, key=key, version=version, digest=digest, source_name=source_name, reader=reader)
            self.connection.executemany(
                "INSERT INTO item (report, id, word, body) VALUES (?, ?, ?, ?)",
                [(number, part["id"], word, _dump(part)) for word in _WORDS for part in body[word]],
            )
            _insert_made(self.connection, number, reading)
            self.connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, reading.report.title or "", reading.report.text))
            met(self, number, source_name, reading.report.origin, now())
            settle(self, key)
        return number

    def _insert_report(self, reading: Reading, body: Any, *, key: str, version: int, digest: str, source_name: str, reader: str) -> int:
        report = reading.report
        evidence = {k: [to_json(row) for row in rows] for k, rows in reading.evidence.items()}
        cursor = self.connection.execute(
            "INSERT INTO report (key, version, current, digest, input, source, agency, url, title, language, published, read_at, reader, body, evidence)"
            " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, version, digest, source_name, house_of(report), agency_of(report), report.url, report.title, report.language, report.published.date,
                now(), reader, _dump(body["report"]), _dump(evidence),
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def refuse(self, refused: Refused) -> None:
        """Keep that an input was set aside, and why; the same refusal is kept once."""
        with _named(self.path):
            self.connection.execute(
                "INSERT OR IGNORE INTO refusal (input, reason, mend, at) VALUES (?, ?, ?, ?)", (refused.input, refused.reason, refused.mend, now())
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside stands, or none of it."""
        with _whole(self.connection):
            yield

    def rows(self, query: str, values: tuple[object, ...] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """The rows that a query gives.

        Raises ``RecordError`` when the file cannot be read.
        """
        with _named(self.path):
            return self.connection.execute(query, values).fetchall()


def digest_of(report: Report) -> str:
    """SHA-256 over what was given of a report: text, title, source, address and date; by it the same report is known again.

    Items that their publishers number are told apart, so that one of them may be taken back.
    """
    given = [report.text, report.title, report.source, report.url, report.published.date if report.published.basis == "metadata" else None]
    if report.origin is not None and report.origin.item is not None:
        given.append(report.origin.item)
    return hashlib.sha256(json.dumps(given, ensure_ascii=True).encode()).hexdigest()


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _insert_made(connection: sqlite3.Connection, number: int, reading: Reading) -> None:
    """Fill the made tables from a reading."""
    for table, rows in rows_of(reading).items():
        for row in rows:
            marks = ", ".join("?" * (len(row) + 1))
            connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", (number, *row))
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases_of(reading))
    connection.executemany("INSERT OR IGNORE INTO fingerprint VALUES (?, ?)", [(h, number) for h in fingerprints(body_of(reading.report))])


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside stands, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # After a full disk SQLite has rolled back by itself already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Carry out each command of a script within the transaction that is open."""
    for command in script.split(";\n"):
        if command.strip():
            connection.execute(command)


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an older record to the tables of this version, whole or not at all."""
    with _whole(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:  # another process has brought it up meanwhile
            return
        for step in range(version, VERSION):
            for command in UPGRADES[step]:
                connection.execute(command)
        for name in MADE_NAMES:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        _run(connection, MADE)
        for row in connection.execute("SELECT n, body FROM report ORDER BY n").fetchall():
            _fill_again(connection, row["n"], json.loads(row["body"]))
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _fill_again(connection: sqlite3.Connection, number: int, report: Any) -> None:
    parts: dict[str, list[Any]] = {word: [] for word in _WORDS}
    for item in connection.execute("SELECT word, body FROM item WHERE report = ?", (number,)):
        parts[item["word"]].append(json.loads(item["body"]))
    reading = from_json({"report": report, **parts})
    _insert_made(connection, number, reading)
    connection.execute("UPDATE report SET source = ?, agency = ?, linked = 0 WHERE n = ?", (house_of(reading.report), agency_of(reading.report), number))


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file; where another process has made them meanwhile, leave them."""
    with _whole(connection):
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            _run(connection, KEPT + MADE)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection, name: str) -> None:
    """Make the tables in an empty file; refuse one that is no record or newer than we are."""
    connection.execute("BEGIN")  # one look at all three, while another process may be making the file
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("COMMIT")
    if empty and mark in (0, APPLICATION_ID):
        _make(connection)
    elif mark != APPLICATION_ID:
        raise RecordError("the file is a database, but no record of Dateline's", given=name, mend="give another path")
    elif version > VERSION:
        raise RecordError(f"the record is of version {version}, this Dateline knows {VERSION}", given=name, mend="upgrade Dateline")
    elif version < VERSION:
        _upgrade(connection)


_MENDS = (
    ("full", "the disk is full", "make room and run the same command again; what was finished is safe"),
    ("readonly", "the record cannot be written", "make the file and its folder writable, or copy it elsewhere"),
    ("locked", "another program is writing to the record", "wait until it has finished, then run the same command again"),
    ("unable to open", "the file cannot be opened", "check the path and the rights on its folder"),
    ("not a database", "the file is no database", "give another path"),
    ("malformed", "the record is damaged", "copy it, then save what can be saved with: sqlite3 FILE .recover"),
    ("disk I/O", "the disk failed or is full", "check the disk and run the same command again; what was finished is safe"),
)


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Turn what SQLite says into an error that names the record and the mend."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as fault:
        for sign, wrong, mend in _MENDS:
            if sign in str(fault):
                raise RecordError(wrong, given=path, mend=mend) from fault
        raise RecordError(f"the database says: {fault}", given=path, mend="check the file with: dateline verify FILE") from fault
