"""The database under a record, SQLite or PostgreSQL: what is asked and written, in transactions, and its faults by name.

Queries are SQL that both understand, with named values (``:name``); a list of values stands for ``IN :name``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.errors import RecordError
from dateline.record.address import check_path, is_sealed, sealed_url, shown, url_of
from dateline.record.faults import naming, roll_back

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.engine import Connection as Opened

Row = Mapping[str, Any]
Values = Mapping[str, object]

LOCK = 0x44544C4E
"""Key of the lock by which writers on PostgreSQL that must not work at once take turns; as ``application_id`` ("DTLN") it marks a file as a record."""

_PATIENCE = 30
"""Seconds that a writer waits for another's turn to end."""
_LOOK_EVERY, _LONG, _MOMENT = 20, 64 * 1024 * 1024, 2000
"""After so many transactions it is looked whether what is written beside a file has grown to so many bytes; readers are waited for so many milliseconds."""
_OLDEST = 130000
"""The oldest PostgreSQL (``server_version_num``) whose SQL and drivers are those that the tests run on."""


class Connection:
    """An opened database; every statement stands by itself unless a transaction is open."""

    def __init__(self, opened: Opened, name: str, *, sealed: bool = False) -> None:
        self._opened = opened
        self.sealed = sealed
        """Whether it is a file on a disk that takes no writes."""
        self._depth = 0
        self._commits = 0
        self.name = name
        self.sqlite = opened.dialect.name == "sqlite"

    @classmethod
    def open(cls, name: str) -> Connection:
        """Open the database of this path or address.

        Raises ``RecordError`` when it cannot be reached or opened.
        """
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        url = url_of(name)
        sqlite = url.get_backend_name() == "sqlite"
        if sqlite:
            check_path(url.database or "")
        if sealed := sqlite and is_sealed(url.database or ""):
            url = sealed_url(url.database or "")
        if not sqlite:
            _check_driver(shown(name))
        given = {"timeout": _PATIENCE, "check_same_thread": False} if sqlite else {"application_name": "dateline", "connect_timeout": 10, **url.query}
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=given)
        with naming(shown(name)):
            opened = cls(engine.connect(), shown(name), sealed=sealed)
        if not sqlite:
            opened._check_server()
        return opened

    def _check_server(self) -> None:
        held = self.rows("SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version")[0]
        if int(held["number"]) < _OLDEST:
            self.close()
            wrong = f"the server is PostgreSQL {held['version']}, older than {_OLDEST // 10000}"
            raise RecordError(wrong, given=self.name, mend="upgrade the server, or keep the record in a file")

    def close(self) -> None:
        """Let go of the database."""
        self._opened.close()

    def rows(self, query: str, values: Values | None = None) -> list[Row]:
        """The rows that a query gives, each by its columns' names.

        Raises ``RecordError`` when the database cannot be read.
        """
        with naming(self.name, self._opened):
            found = self._driver.execute(*self._native(query, values))
            columns = [column[0] for column in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found]

    def run(self, command: str, values: Values | Sequence[Values] | None = None) -> None:
        """Carry out a command, once for each set of values where several are given."""
        with naming(self.name, self._opened):
            if values is None or isinstance(values, Mapping):
                self._driver.execute(*self._native(command, values))
            elif values:
                self._driver.cursor().executemany(self._native(command, values[0])[0], values)

    @property
    def _driver(self) -> Any:
        """The driver's own connection: what is asked thousands of times goes straight to it, which takes a fifth of the time."""
        return self._opened.connection.driver_connection

    def _native(self, sql: str, values: Values | None) -> tuple[str, Values]:
        """A statement and its values as the driver wants them; nothing is ``IN`` an empty list."""
        lists = tuple((name, len(value)) for name, value in values.items() if isinstance(value, list | tuple)) if values else ()
        native = _native(sql, lists, sqlite=self.sqlite)
        if not lists or values is None:
            return native, values or {}
        given = {name: value for name, value in values.items() if not isinstance(value, list | tuple)}
        for name, value in values.items():
            if isinstance(value, list | tuple):
                given |= {f"{name}_{i}": one for i, one in enumerate(value)}
        return native, given

    def make(self, tables: Sequence[Table]) -> None:
        """Make these tables with their indexes where they are not there."""
        with naming(self.name, self._opened):
            for table in tables:
                table.create(self._opened, checkfirst=True)

    def widen(self, column: Column[Any]) -> None:
        """Put a column into its table where it is not there."""
        from sqlalchemy import inspect
        from sqlalchemy.schema import CreateColumn

        table = column.table.name
        with naming(self.name, self._opened):
            held = [one["name"] for one in inspect(self._opened).get_columns(table)]
            if column.name not in held:
                self._opened.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {CreateColumn(column).compile(dialect=self._opened.dialect)}")

    def drop(self, tables: Sequence[Table]) -> None:
        """Drop these tables where they are."""
        with naming(self.name, self._opened):
            for table in tables:
                table.drop(self._opened, checkfirst=True)

    @contextmanager
    def transaction(self, *, alone: bool = True) -> Iterator[None]:
        """All that is written inside stands, or none of it; inside another transaction it is a part of that one.

        SQLite has one writer at a time anyhow. On PostgreSQL those who ask to be ``alone`` wait for each other, the others do not.
        """
        if self._depth:
            yield
            return
        self.run("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")
        self._depth = 1
        try:
            if alone and not self.sqlite:
                self.lock(LOCK)
            yield
            self.run("COMMIT")
        except BaseException:
            roll_back(self._opened)
            raise
        finally:
            self._depth = 0
        self._commits += 1
        if self._commits % _LOOK_EVERY == 0:
            self._fold_in()

    def _fold_in(self) -> None:
        """Put what SQLite has written beside the file into the file where it has grown long.

        SQLite does so by itself only when nobody reads, which with many readers is never; the longer it grows, the slower is all reading. Readers are waited
        for a moment only: who still looks at an old state keeps it, and the next time is soon.
        """
        path = self._opened.engine.url.database
        try:
            if not self.sqlite or not path or os.stat(f"{path}-wal").st_size < _LONG:
                return
        except OSError:
            return
        with suppress(RecordError):  # what was written stands; on a full disk the next writer is told
            self.rows(f"PRAGMA busy_timeout = {_MOMENT}")
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self.rows(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All questions inside are answered from one state of the record, that of the first of them, whatever others write meanwhile.

        Nothing can be written inside; inside a transaction it is a part of that one.
        """
        if self._depth:
            yield
            return
        self.run("BEGIN" if self.sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._depth = 1
        try:
            yield
        finally:
            self._depth = 0
            roll_back(self._opened)

    def lock(self, key: int) -> None:
        """On PostgreSQL, wait until nobody else holds this lock; it is held to the end of the transaction."""
        if not self.sqlite:
            self.run("SELECT pg_advisory_xact_lock(:key)", {"key": key})


def _check_driver(name: str) -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as fault:
        raise RecordError("PostgreSQL's driver is not installed", given=name, mend='install it with: pip install "dateline[postgres]"') from fault


_NAME = re.compile(r"(?<![:\w]):(\w+)")


@lru_cache(maxsize=1024)
def _native(sql: str, lists: tuple[tuple[str, int], ...], *, sqlite: bool) -> str:
    """SQL with the driver's marks for values: those of SQLite's are ours, psycopg's are written ``%(name)s``."""
    sizes = dict(lists)

    def mark(name: str) -> str:
        return f":{name}" if sqlite else f"%({name})s"

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in sizes:
            return mark(name)
        return "(" + (", ".join(mark(f"{name}_{i}") for i in range(sizes[name])) or "NULL") + ")"

    return _NAME.sub(put, sql if sqlite else sql.replace("%", "%%"))
