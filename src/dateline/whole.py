"""Write a file whole or not at all: beside its place under another name first, then put there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def whole(path: Path, *, binary: bool = False, errors: str = "strict") -> Iterator[IO[Any]]:
    """A file to write (UTF-8 with line feeds, or bytes) that appears under its name when all is written; until then what was there stays.

    What a process that was killed left beside it is cleared away. An ``OSError`` names the path that was asked for.
    """
    clear(path)
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        with part.open("wb") if binary else part.open("w", encoding="utf-8", errors=errors, newline="") as file:
            yield file
            file.flush()
            # Else a machine that stops may keep the name and lose what it stands for.
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        if fault.errno is not None:
            fault.filename = str(path)
        raise
    finally:
        part.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Have the disk hold what was written to a file, or to the files of a folder, before it is put under its name."""
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())


def clear(path: Path) -> None:
    """Take away what processes that are no more left half written beside a file."""
    for left in path.parent.glob(f"{_literal(path.name)}.part[0-9]*"):
        number = left.name.rpartition(".part")[2]
        if number.isdigit() and not _runs(int(number)):
            left.unlink(missing_ok=True)


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _runs(number: int) -> bool:
    """Whether there is a process of this number; where it cannot be told, yes."""
    if os.name == "nt":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
