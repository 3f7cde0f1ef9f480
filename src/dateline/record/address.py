"""Where a record is: the path of a file, or the address of a database (``postgresql://user@host/name``)."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from dateline.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


def is_address(name: str) -> bool:
    """Whether a record's name is the address of a database, not the path of a file."""
    return "://" in name


def shown(name: str) -> str:
    """The name as it may be printed: without the password that it may hold."""
    return url_of(name).render_as_string(hide_password=True).replace("postgresql+psycopg://", "postgresql://") if is_address(name) else name


def url_of(name: str) -> URL:
    """The address that the database's library wants.

    Raises ``RecordError`` when it cannot be read or names a kind of database that keeps no records.
    """
    from sqlalchemy.engine import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if not is_address(name):
        return URL.create("sqlite", database=name)
    kind, _, rest = name.partition("://")
    if kind == "sqlite":
        return URL.create("sqlite", database=rest.removeprefix("/") or rest)
    bare = f"{kind}://…@{rest.rpartition('@')[2]}" if "@" in rest else name
    if kind not in _POSTGRESQL:
        raise RecordError(f"no record is kept in {kind}", given=bare, mend="give the path of a file, or postgresql://USER@HOST/DATABASE")
    try:
        url = make_url(name).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as fault:
        raise RecordError("the address cannot be read", given=bare, mend="write it as postgresql://USER@HOST:5432/DATABASE") from fault
    return url


def is_sealed(path: str) -> bool:
    """Whether a file lies on a disk that takes no writes, and is whole by itself: nobody can be writing to it."""
    if not hasattr(os, "statvfs") or not Path(path).is_file() or Path(path + "-wal").exists():
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def sealed_url(path: str) -> URL:
    """The address by which SQLite reads such a file without the files that it else keeps beside it."""
    from sqlalchemy.engine import URL

    name = quote(str(Path(path).resolve()))
    return URL.create("sqlite", database=f"file:{name}", query={"mode": "ro", "immutable": "1", "uri": "true"})


def missing(name: str) -> bool:
    """Whether the name is of a file that is not there."""
    return url_of(name).get_backend_name() == "sqlite" and not Path(url_of(name).database or "").exists()


_OTHERS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
"""What a path may name that keeps no record."""


def check_path(path: str) -> None:
    """Refuse a path that is none, names no ordinary file, or lies in no folder: a record there would be lost, or never be one.

    Raises ``RecordError``.
    """
    if not path.strip() or path == ":memory:" or path.startswith("file:"):
        raise RecordError("this names no file, so nothing would be kept", given=path.strip() or "RECORD", mend="give the path of a file, e.g. record.db")
    with suppress(OSError, ValueError):  # not there yet, or the database says what is wrong
        mode = Path(path).stat().st_mode
        kind = next((words for holds, words in _OTHERS if holds(mode)), None)
        if kind is None and path.startswith(("/proc/", "/sys/")):
            kind = "a file of the system's own"
        if kind is not None:
            raise RecordError(f"it is {kind}, not a record", given=path, mend=f"give the path of a file, e.g. {_beside(path, kind)}")
    folder = Path(path).parent
    with suppress(PermissionError, ValueError):  # the database says it then
        try:
            there = stat.S_ISDIR(folder.stat().st_mode)
        except NotADirectoryError:
            there = False
        except FileNotFoundError as fault:
            raise RecordError("there is no such folder to keep it in", given=path, mend="make the folder first, or give another path") from fault
        if not there:
            raise RecordError("what it should lie in is a file, not a folder", given=path, mend="give a path in a folder")


def _beside(path: str, kind: str) -> Path:
    return Path(path) / "record.db" if kind == "a folder" else Path("record.db")
