"""The record: reports go in whole, one transaction each, and nothing that is in is ever changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from dateline.contract import from_json, to_json
from dateline.errors import RecordError
from dateline.model import Reading, Refused, Report
from dateline.record import words
from dateline.record.address import missing
from dateline.record.agency import agency_of, house_of
from dateline.record.connection import Connection, Row, Values
from dateline.record.faults import RESCUE
from dateline.record.origins import met, settle
from dateline.record.rows import aliases_of, rows_of
from dateline.record.winnow import body_of, fingerprints

_CACHE = 32_768
"""Kibibytes of a file that are held in memory."""

WORDS = ("entities", "statements", "events", "figures", "control", "relations", "times", "images")


DAMAGES = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What is raised where kept values are not those that were put in."""


class Record:
    """An opened record; use as a context manager. Reading while others write is safe."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.path = connection.name
        """What the record is called: its path, or its address without the password."""
        self._name = connection.name

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Record:
        """Open the record at ``path``, a file or the address of a PostgreSQL database; with ``create``, make it where there is none.

        Raises ``RecordError`` when there is no such record, or it is none, is damaged or of a newer version, or the server cannot be reached.
        """
        name = str(path)
        if not create and missing(name):
            raise RecordError("there is no such record", given=name, mend="make it with: dateline read PATHS --into " + name)
        connection = Connection.open(name)
        try:
            prepare(connection, create=create)
        except BaseException:
            connection.close()
            raise
        opened = cls(connection)
        opened._name = name
        return opened

    def again(self) -> Record:
        """The same record, opened once more."""
        return Record.open(self._name)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is not None and issubclass(kind, DAMAGES):
                self._name_damage(fault)
        finally:
            self.close()

    def _name_damage(self, fault: BaseException | None) -> None:
        """Where something failed on what is kept, look whether the record is damaged, and then say so.

        Raises ``RecordError``.
        """
        from dateline.record.verify import verify

        if found := next(verify(self), None):
            raise RecordError(f"the record is damaged: {found}", given=self.path, mend=RESCUE) from fault

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def holds(self, digest: str) -> bool:
        """Whether a report of this digest is in the record."""
        return bool(self.rows("SELECT 1 AS held FROM report WHERE digest = :digest", {"digest": digest}))

    def add(self, reading: Reading, *, key: str, digest: str, source_name: str, reader: str) -> int:
        """Put a reading in, whole or not at all; gives the report's number.

        A report of the same ``key`` that is there already stays, as an earlier version; one that its publisher retracted counts no longer.
        Raises ``RecordError`` (full disk, locked file).
        """
        with self.transaction(alone=False):
            self.take_turns(digest)
            self.take_turns(key)
            if held := self.rows("SELECT n FROM report WHERE digest = :digest", {"digest": digest}):
                return int(held[0]["n"])
            body = to_json(reading)
            number = self._insert_report(reading, body, key=key, digest=digest, source_name=source_name, reader=reader)
            self.run(
                "INSERT INTO item (report, id, word, body) VALUES (:report, :id, :word, :body)",
                [{"report": number, "id": part["id"], "word": word, "body": _dump(part)} for word in WORDS for part in body[word]],
            )
            _insert_made(self.connection, number, reading)
            words.add(self.connection, number, reading.report.title or "", reading.report.text)
            met(self, number, source_name, reading.report.origin, now())
            settle(self, key)
        return number

    def take_turns(self, name: str) -> None:
        """Wait, inside a transaction, until nobody else writes what goes by this name (a digest, the key of a report)."""
        self.connection.lock(int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True))

    def _insert_report(self, reading: Reading, body: Any, *, key: str, digest: str, source_name: str, reader: str) -> int:
        report = reading.report
        version = self.rows("SELECT coalesce(max(version), 0) + 1 AS v FROM report WHERE key = :key", {"key": key})[0]["v"]
        evidence = {k: [to_json(row) for row in rows] for k, rows in reading.evidence.items()}
        row = {
            "key": key, "version": version, "current": 0, "digest": digest, "input": source_name, "source": house_of(report),
            "agency": agency_of(report), "url": report.url, "title": report.title, "language": report.language, "published": report.published.date,
            "read_at": now(), "reader": reader, "body": _dump(body["report"]), "evidence": _dump(evidence),
        }  # fmt: skip
        marks = ", ".join(f":{column}" for column in row)
        return int(self.rows(f"INSERT INTO report ({', '.join(row)}) VALUES ({marks}) RETURNING n", row)[0]["n"])

    def refuse(self, refused: Refused) -> None:
        """Keep that an input was set aside, and why; the same refusal is kept once."""
        self.run(
            "INSERT INTO refusal (input, reason, mend, at) VALUES (:input, :reason, :mend, :at) ON CONFLICT DO NOTHING",
            {"input": refused.input, "reason": refused.reason, "mend": refused.mend, "at": now()},
        )

    @contextmanager
    def transaction(self, *, alone: bool = True) -> Iterator[None]:
        """All that is written inside stands, or none of it; those who ask to be ``alone`` wait for each other."""
        with self.connection.transaction(alone=alone):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All questions inside are answered from one state of the record; nothing can be written inside."""
        with self.connection.snapshot():
            yield

    def rows(self, query: str, values: Values | None = None) -> list[Row]:
        """The rows that a query gives, with named values (``WHERE n = :n``; a list stands for ``IN :names``).

        Raises ``RecordError`` when the record cannot be read.
        """
        return self.connection.rows(query, values)

    def run(self, command: str, values: Values | Sequence[Values] | None = None) -> None:
        """Carry out a command, once for each set of values where several are given.

        Raises ``RecordError`` when the record cannot be written.
        """
        self.connection.run(command, values)


def prepare(connection: Connection, *, create: bool) -> None:
    """Make or upgrade the tables of an opened database, and set it to lose nothing that was acknowledged."""
    from dateline.record import migrations

    migrations.prepare(connection, create=create, fill=fill_again, mark=mark_again)
    if connection.sqlite and not connection.sealed:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"cache_size = -{_CACHE}"):
            connection.run(f"PRAGMA {setting}")


def digest_of(report: Report) -> str:
    """SHA-256 over what was given of a report: text, title, source, address and date; by it the same report is known again.

    Items that their publishers number are told apart, so that one of them may be taken back.
    """
    given = [report.text, report.title, report.source, report.url, report.published.date if report.published.basis == "metadata" else None]
    if report.origin is not None and report.origin.item is not None:
        given.append(report.origin.item)
    return hashlib.sha256(json.dumps(given, ensure_ascii=True).encode()).hexdigest()


def key_of(report: Report, name: str) -> str:
    """What all versions of a report share: its publisher's id of the item, its address, or the name of its input."""
    return (report.origin.item if report.origin is not None else None) or report.url or name


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _insert_made(connection: Connection, number: int, reading: Reading) -> None:
    """Fill the made tables from a reading."""
    from dateline.record.tables import METADATA

    for table, rows in rows_of(reading).items():
        columns = METADATA.tables[table].columns.keys()
        _put(connection, table, columns, [(number, *row) for row in rows])
    _put(connection, "alias", ("folded", "world"), aliases_of(reading))
    _put(connection, "fingerprint", ("hash", "report"), [(mark, number) for mark in fingerprints(body_of(reading.report))])


def _put(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    marks = ", ".join(f":{c}" for c in columns)
    values = [dict(zip(columns, row, strict=True)) for row in rows]
    connection.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING", values)


def mark_again(connection: Connection, number: int, report: Any) -> None:
    """Put in a report's fingerprints, where the table of them is empty."""
    text, sections = report["text"], report["sections"]
    body = "\n".join(text[s["start"] : s["end"]] for s in sections if s["kind"] == "paragraph") or text
    _put(connection, "fingerprint", ("hash", "report"), [(mark, number) for mark in fingerprints(body)])


def fill_again(connection: Connection, number: int, report: Any) -> None:
    """Fill the made tables again for a report, from its values as they are kept; its events are then joined anew."""
    parts: dict[str, list[Any]] = {word: [] for word in WORDS}
    for item in connection.rows("SELECT word, body FROM item WHERE report = :n", {"n": number}):
        parts[item["word"]].append(json.loads(item["body"]))
    reading = from_json({"report": report, **parts})
    _insert_made(connection, number, reading)
    houses = {"n": number, "source": house_of(reading.report), "agency": agency_of(reading.report)}
    connection.run("UPDATE report SET source = :source, agency = :agency, linked = 0 WHERE n = :n", houses)
