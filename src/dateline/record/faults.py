"""What a database says when something is wrong, as an error that names the record and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dateline.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

RESCUE = "save what can be read into a new one with: dateline rescue RECORD NEW"
_AGAIN = "run the same command again; what was finished is safe"

_SQLITE = (
    ("full", "the disk is full", f"make room and {_AGAIN}"),
    ("readonly", "the record cannot be written", "make the file and its folder writable, or copy it elsewhere"),
    ("locked", "another program is writing to the record", "wait until it has finished, then run the same command again"),
    ("unable to open", "the file cannot be opened", "check the path and the rights on its folder: who reads must be able to write beside the file"),
    ("not a database", "the file is no database", "give another path"),
    ("malformed", "the record is damaged", RESCUE),
    ("could not decode", "the record is damaged", RESCUE),
    ("disk I/O", "the disk failed or is full", f"check the disk and {_AGAIN}"),
)
"""Words of SQLite's that tell what is wrong."""

_CODES = (
    ("28P01", "the password is wrong", "give the right one in the address, in PGPASSWORD or in ~/.pgpass"),
    ("28", "the server refuses this user", "check the user's name in the address and the server's pg_hba.conf"),
    ("3D000", "the server has no such database", "make it with: createdb NAME"),
    ("42501", "the user may not do this in the database", "let the owner of the database grant it: GRANT CREATE, USAGE ON SCHEMA public TO USER"),
    ("53100", "the server's disk is full", f"make room there and {_AGAIN}"),
    ("53300", "the server has no room for another connection", "close other programs that use it, or raise its max_connections"),
    ("57P03", "the server is just starting or stopping", "wait a moment, then run the same command again"),
    ("25006", "the server takes no writes (it is read-only or a standby)", "give the address of the primary server"),
    ("40", "other writers were in the way", _AGAIN),
    ("55P03", "another program holds a lock on the record", "wait until it has finished, then run the same command again"),
)
"""States (SQLSTATE, or its class) of PostgreSQL's that tell what is wrong."""

_REACHING = (
    ("no password supplied", "the server asks for a password", "give it in PGPASSWORD, in ~/.pgpass or in the address"),
    ("password authentication failed", "the password is wrong", "give the right one in the address, in PGPASSWORD or in ~/.pgpass"),
    ('database "', "the server has no such database", "make it with: createdb NAME"),
    ('role "', "the server has no such user", "make it with: createuser NAME, or give another in the address"),
    ("pg_hba.conf", "the server refuses this user from this machine", "let its administrator allow it in pg_hba.conf"),
    ("starting up", "the server is just starting or stopping", "wait a moment, then run the same command again"),
    ("too many clients", "the server has no room for another connection", "close other programs that use it, or raise its max_connections"),
    ("resolve host", "the server's name is not known", "check the host in the address"),
    ("could not translate host", "the server's name is not known", "check the host in the address"),
    ("timeout", "the server does not answer", "check the host and port in the address, and that the server runs"),
    ("invalid sslmode", "the address asks for what the driver does not know", "look at what stands behind the ? of the address"),
    ("invalid connection option", "the address asks for what the driver does not know", "look at what stands behind the ? of the address"),
    ("invalid uri", "the address asks for what the driver does not know", "look at what stands behind the ? of the address"),
    ("refused", "no server answers there", "start PostgreSQL, or check the host and port in the address"),
    ("no such file", "no server answers there", "start PostgreSQL, or check the host and port in the address"),
)
"""Words that tell, before there is a connection and so no state, why there is none."""


@contextmanager
def naming(name: str, opened: Connection | None = None) -> Iterator[None]:
    """Turn what the database says into an error that names the record and the mend."""
    from sqlalchemy.exc import DBAPIError

    errors: tuple[type[Exception], ...] = (DBAPIError, *_driver_errors(opened))
    try:
        yield
    except errors as fault:
        told = fault.orig if isinstance(fault, DBAPIError) else fault
        lost = opened is not None and _is_lost(opened)
        if lost and opened is not None:
            opened.invalidate()
            opened.rollback()  # so that the next question connects anew
        wrong, mend = _meant(told or fault, lost=lost)
        raise RecordError(wrong, given=name, mend=mend) from fault


def roll_back(opened: Connection) -> None:
    """Undo what an open transaction has written; where the connection is lost the server does it by itself."""
    if not opened.invalidated and not _is_lost(opened):
        driver = opened.connection.driver_connection
        if driver is not None:
            driver.rollback()


def _driver_errors(opened: Connection | None) -> tuple[type[Exception], ...]:
    return (opened.dialect.loaded_dbapi.Error,) if opened is not None else ()


def _is_lost(opened: Connection) -> bool:
    """Whether a server's connection is gone; a file's never is."""
    return opened.dialect.name != "sqlite" and (opened.invalidated or bool(getattr(opened.connection.driver_connection, "closed", False)))


def _meant(told: BaseException, *, lost: bool) -> tuple[str, str]:
    sqlite = type(told).__module__.startswith("sqlite3")
    words = " ".join(str(told).split())
    if lost:
        return "the connection to the database was lost", f"check the server and the network, then {_AGAIN}"
    state = getattr(told, "sqlstate", None)
    if state is not None:
        found = next(((wrong, mend) for sign, wrong, mend in _CODES if state.startswith(sign)), None)
    else:
        found = next(((wrong, mend) for sign, wrong, mend in (_SQLITE if sqlite else _REACHING) if sign.casefold() in words.casefold()), None)
    return found or (f"the database says: {words}", "check the record with: dateline verify RECORD")
