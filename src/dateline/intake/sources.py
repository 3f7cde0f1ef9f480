"""Find the reports in files, folders, globs and standard input: one raw input, refusal or retraction each, in order.

A report that cannot be read stays in its place as a ``Refused``; the rest goes on. Memory is bounded by the largest report.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import UsageError
from dateline.intake.archives import suffix_of
from dateline.intake.formats import SUFFIXES, detect, read_source, reader_named
from dateline.intake.originals import MARK
from dateline.intake.raw import MAX_REPORT_BYTES, ByteStream, Found, Options, RawInput, Source
from dateline.model import Refused

__all__ = ["MAX_REPORT_BYTES", "SUFFIXES", "Options", "RawInput", "find_files", "find_inputs", "read_file"]

STANDARD_INPUT = Path("-")

_RECORD = b"DTLN"
"""What stands at byte 68 of a record: the application id of its database."""


def find_inputs(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, options: Options | None = None) -> Iterator[Found]:
    """The raw inputs that files, folders (sorted, with all below them), globs and ``-`` hold, a refusal in the place of each that cannot be read.

    Raises ``UsageError`` for a format that there is no reader of.
    """
    chosen = options or Options()
    if chosen.form is not None:
        reader_named(chosen.form)
    return _all(paths, stdin, chosen)


def _standard() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("standard input is closed", given="-", mend="give paths, or open it: dateline read ... < FILE")
    return sys.stdin.buffer


def _all(paths: Iterable[str | Path], stdin: BinaryIO | None, options: Options) -> Iterator[Found]:
    for one in find_files(paths, options=options):
        if one == STANDARD_INPUT:
            yield from _stream(stdin or _standard(), "standard input", "", options)
        elif isinstance(one, Refused):
            yield one
        else:
            yield from read_file(one, options)


def read_file(path: Path, options: Options) -> Iterator[Found]:
    """What a file holds; one refusal where it cannot be opened."""
    try:
        yield from _file(path, options)
    except (OSError, ValueError) as fault:
        yield _unreadable(str(path), fault)


def _unreadable(name: str, fault: OSError | ValueError) -> Refused:
    return Refused(name, f"it cannot be read: {getattr(fault, 'strerror', None) or fault}", "check the path and its permissions")


def find_files(paths: Iterable[str | Path], *, options: Options) -> Iterator[Path | Refused]:
    """The files that paths, folders (sorted, with all below them) and globs name, a refusal in the place of each that names none; ``-`` as it is."""
    for path in paths:
        if str(path) == str(STANDARD_INPUT):
            yield STANDARD_INPUT
        else:
            yield from _path(str(path), options)


def _path(name: str, options: Options) -> Iterator[Path | Refused]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path, options)
        elif path.exists():
            yield path
        elif glob.has_magic(name):
            yield from _glob(name, options)
        else:
            yield Refused(name, "there is no such file or folder", "check the path; quote it if it holds spaces")
    except (OSError, ValueError) as fault:
        yield _unreadable(name, fault)


def _glob(name: str, options: Options) -> Iterator[Path | Refused]:
    found = sorted(glob.glob(name, recursive=True))
    if not found:
        yield Refused(name, "no file matches the pattern", "check the pattern")
    for match in found:
        if Path(match).is_file() or "**" not in name:
            yield from _path(match, options)


def _folder(folder: Path, options: Options) -> Iterator[Path | Refused]:
    count = 0
    for path in below(folder, passed=options.passed):
        count += 1
        if isinstance(path, Refused) or options.form is not None or path.suffix.lower() in SUFFIXES or _is_told(path):
            yield path
        else:
            wrong = f"files with the suffix {path.suffix or '(none)'} are not read from folders"
            yield Refused(str(path), wrong, f"use one of {', '.join(SUFFIXES)}, or name the file itself")
    if not count:
        yield Refused(str(folder), "the folder holds no files", "check the path")


def below(folder: Path, *, passed: Callable[[str], object] | None = None) -> Iterator[Path | Refused]:
    """The files below a folder, sorted by path; hidden ones, links to folders and Dateline's own files (which ``passed`` hears of) are passed over.

    A folder that cannot be looked into is refused in its place, and the rest goes on.
    """
    try:
        if (folder / MARK).exists():
            return
        inside = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as fault:
        yield Refused(str(folder), f"the folder cannot be read: {fault.strerror or fault}", "check the folder and its permissions")
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if is_own(path):
            if passed is not None:
                passed(str(path))
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from below(path, passed=passed)
        else:
            yield path


def is_own(path: Path) -> bool:
    """Whether a file is a record of Dateline's, or what its database keeps beside it, or the settings."""
    if path.name == "dateline.toml":
        return True
    for ending in ("-wal", "-shm", "-journal"):
        if path.name.endswith(ending):
            return (beside := path.with_name(path.name.removesuffix(ending))).is_file() and is_own(beside)
    head = _head(path, 72)
    return head.startswith(b"SQLite format 3") and head[68:72] == _RECORD


def _head(path: Path, size: int) -> bytes:
    try:
        # A named pipe must not be opened: nobody may ever write into it.
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError:
        return b""


def _is_told(path: Path) -> bool:
    """Whether the content of a file of another name tells its format beyond doubt."""
    return detect(_head(path, 4096)) not in ("text", "json", "jsonl", "csv", "html")


def _file(path: Path, options: Options) -> Iterator[Found]:
    if not path.is_file():
        yield Refused(str(path), "it is no regular file", "give a file, a folder, or - for standard input")
        return
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), suffix_of(path.name), options)
    except OSError as fault:
        yield Refused(str(path), f"it cannot be read: {fault.strerror or fault}", "check the file and its permissions")


def _stream(stream: ByteStream, name: str, suffix: str, options: Options) -> Iterator[Found]:
    yield from read_source(Source(name, stream, read_source, options, suffix=suffix))
