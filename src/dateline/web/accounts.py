"""Accounts of a team, in a file of their own beside the record: names, roles, hashed passwords and tokens, sessions, and the log of what was done.

The file never travels with the record, and holds nothing by which one could sign in: passwords are kept by argon2, tokens and sessions by SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import RecordError, UsageError

ROLES = ("reader", "reviewer", "owner")
"""A reader looks, a reviewer also corrects, an owner also keeps accounts (at the command line)."""

LEAST_PASSWORD = 10
_AT_ONCE = threading.BoundedSemaphore(4)
"""Passwords that are checked at the same time: each takes 64 MB of memory by design."""
_LASTS, _IDLE = timedelta(days=7), timedelta(hours=12)
_TABLES = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS token (
  id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE, name TEXT NOT NULL, role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL, ends_at TEXT NOT NULL, used_at TEXT);
CREATE TABLE IF NOT EXISTS session (
  hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE, csrf TEXT NOT NULL,
  made_at TEXT NOT NULL, seen_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS audit (n INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, source TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is signed in."""

    name: str
    role: str
    csrf: str | None


@cache
def _hasher() -> Any:
    try:
        from argon2 import PasswordHasher
    except ImportError as fault:
        raise UsageError("accounts need argon2", given="accounts", mend='install it with: pip install "dateline[serve]"') from fault
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that no password has: to check it takes as long as to check a real one."""
    hashed: str = _hasher().hash(secrets.token_hex(16))
    return hashed


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts:
    """The accounts in one file; safe to use from several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Accounts:
        """Open the accounts in a file; with ``create``, make it where there is none.

        Raises ``UsageError`` when there is no such file, ``RecordError`` when it is none of ours.
        """
        file = Path(path)
        if not create and not file.exists():
            raise UsageError("there are no accounts here", given=str(file), mend="make the first with: dateline accounts add NAME --role owner")
        try:
            if not file.exists():
                os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)
        except (sqlite3.Error, OSError) as fault:
            raise RecordError(f"the accounts cannot be opened: {fault}", given=str(file), mend="give another path with --accounts") from fault
        return cls(file, connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as fault:
                raise RecordError(f"the accounts cannot be read or written: {fault}", given=self.path.name, mend="check the file and the disk") from fault

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._asked() as connection:
            return connection.execute(query, values).fetchall()

    def people(self) -> list[dict[str, str]]:
        """Name, role and day of each account."""
        return [dict(r) for r in self._rows("SELECT name, role, made_at FROM account ORDER BY name")]

    def add(self, name: str, role: str, password: str, *, moment: datetime | None = None) -> None:
        """Make an account, or give it another role and password; whoever was signed in by it is signed out.

        Raises ``UsageError`` for a name, role or password that cannot be.
        """
        if role not in ROLES:
            raise UsageError("there is no such role", given=role, mend=f"give one of: {', '.join(ROLES)}")
        if not 1 <= len(name) <= 100 or not name.isprintable() or name != name.strip():
            raise UsageError("this cannot be a name", given=repr(name), mend="give 1 to 100 letters without spaces at the ends")
        if len(password) < LEAST_PASSWORD or len(password) > 1000:
            raise UsageError("the password is too short or too long", given=name, mend=f"give {LEAST_PASSWORD} to 1000 characters; a few words are good")
        hashed, at = _hasher().hash(password), _stamp(moment or datetime.now(UTC))
        with self._asked() as connection:
            connection.execute(
                "INSERT INTO account VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password",
                (name, role, hashed, at),
            )
            connection.execute("DELETE FROM session WHERE account = ?", (name,))

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens.

        Raises ``UsageError`` when there is none such.
        """
        with self._asked() as connection:
            if connection.execute("DELETE FROM account WHERE name = ?", (name,)).rowcount == 0:
                raise UsageError("there is no such account", given=name, mend="list them with: dateline accounts list")

    def checked(self, name: str, password: str) -> str | None:
        """The role of an account whose password this is; None otherwise, after as long a time."""
        from argon2.exceptions import InvalidHashError, VerificationError

        rows = self._rows("SELECT role, password FROM account WHERE name = ?", name)
        if not _AT_ONCE.acquire(timeout=2.0):
            raise RecordError("too many are signing in at once", given="session", mend="try again in some seconds")
        try:
            _hasher().verify(rows[0]["password"] if rows else _nobody(), password)
        except (VerificationError, InvalidHashError):
            return None
        finally:
            _AT_ONCE.release()
        return str(rows[0]["role"]) if rows else None

    def begin(self, name: str, *, moment: datetime | None = None) -> tuple[str, str]:
        """Begin a session; gives its secret and what is to be sent back with changes."""
        secret, csrf, at = secrets.token_urlsafe(32), secrets.token_urlsafe(24), _stamp(moment or datetime.now(UTC))
        with self._asked() as connection:
            connection.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", (_hash(secret), name, csrf, at, at))
        return secret, csrf

    def session(self, secret: str, *, moment: datetime | None = None) -> Known | None:
        """Who is signed in by this secret; None when the session has ended."""
        now = moment or datetime.now(UTC)
        rows = self._rows(
            "SELECT a.name, a.role, s.csrf, s.made_at, s.seen_at FROM session s JOIN account a ON a.name = s.account WHERE s.hash = ?", _hash(secret)
        )
        if not rows:
            return None
        row = rows[0]
        ahead = _stamp(now + timedelta(days=1))  # a clock that was put back must not make a session last for years
        if row["made_at"] < _stamp(now - _LASTS) or row["seen_at"] < _stamp(now - _IDLE) or row["seen_at"] > ahead:
            self.end(secret)
            return None
        if row["seen_at"] < _stamp(now - timedelta(minutes=5)):
            with self._asked() as connection:
                connection.execute("UPDATE session SET seen_at = ? WHERE hash = ?", (_stamp(now), _hash(secret)))
        return Known(row["name"], row["role"], row["csrf"])

    def end(self, secret: str) -> None:
        """End a session."""
        with self._asked() as connection:
            connection.execute("DELETE FROM session WHERE hash = ?", (_hash(secret),))

    def make_token(self, account: str, name: str, role: str, days: int, *, moment: datetime | None = None) -> dict[str, Any]:
        """Make a token; its secret is in the answer and nowhere else.

        Raises ``UsageError`` when there is no such account, or the role is above the account's.
        """
        rows = self._rows("SELECT role FROM account WHERE name = ?", account)
        if not rows:
            raise UsageError("there is no such account", given=account, mend="list them with: dateline accounts list")
        if role not in ROLES or ROLES.index(role) > ROLES.index(rows[0]["role"]):
            raise UsageError("a token cannot do more than its account", given=role, mend=f"give {rows[0]['role']} or less")
        now = moment or datetime.now(UTC)
        secret = "dl_" + secrets.token_urlsafe(32)
        made = {"id": secrets.token_hex(8), "name": name, "role": role, "made_at": _stamp(now), "ends_at": _stamp(now + timedelta(days=days)), "used_at": None}
        with self._asked() as connection:
            connection.execute(
                "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", (made["id"], account, name, role, _hash(secret), made["made_at"], made["ends_at"])
            )
        return {**made, "secret": secret}

    def tokens(self, account: str) -> list[dict[str, Any]]:
        """The tokens of an account, without their secrets."""
        return [dict(r) for r in self._rows("SELECT id, name, role, made_at, ends_at, used_at FROM token WHERE account = ? ORDER BY made_at, id", account)]

    def end_token(self, account: str, name: str) -> bool:
        """End a token of an account; False when it has none such."""
        with self._asked() as connection:
            return connection.execute("DELETE FROM token WHERE account = ? AND id = ?", (account, name)).rowcount > 0

    def bearer(self, secret: str, *, moment: datetime | None = None) -> Known | None:
        """Who asks by this token; None when it is none, or has ended. Its role is the lower of its own and its account's."""
        now = _stamp(moment or datetime.now(UTC))
        rows = self._rows(
            "SELECT t.id, a.name, t.role, a.role AS most, t.ends_at, t.used_at FROM token t JOIN account a ON a.name = t.account WHERE t.hash = ?",
            _hash(secret),
        )
        if not rows or rows[0]["ends_at"] <= now:
            return None
        row = rows[0]
        if (row["used_at"] or "")[:13] != now[:13]:
            with self._asked() as connection:
                connection.execute("UPDATE token SET used_at = ? WHERE id = ?", (now, row["id"]))
        return Known(row["name"], min(row["role"], row["most"], key=ROLES.index), None)

    def note(self, who: str, what: str, about: str, source: str) -> None:
        """Write a line of the log of what was done."""
        with self._asked() as connection:
            connection.execute("INSERT INTO audit (at, who, what, about, source) VALUES (?, ?, ?, ?, ?)", (_stamp(datetime.now(UTC)), who, what, about, source))

    def log(self, *, most: int = 100) -> list[dict[str, Any]]:
        """The last lines of the log, newest first."""
        return [dict(r) for r in self._rows("SELECT n, at, who, what, about, source FROM audit ORDER BY n DESC LIMIT ?", most)]
