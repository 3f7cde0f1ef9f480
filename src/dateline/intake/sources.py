"""Find the reports in files, folders, globs and standard input: one raw input or refusal each, in order.

A report that cannot be read stays in its place as a ``Refused``; the rest goes on. Memory is bounded by the largest report.
"""

from __future__ import annotations

import codecs
import glob
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.intake.decoding import Undecodable, decode
from dateline.intake.html import read_page
from dateline.intake.raw import MAX_REPORT_BYTES, ByteStream, RawInput
from dateline.intake.records import MAX_ARRAY_BYTES, find_in_array, find_records
from dateline.model import Refused, Repair

__all__ = ["MAX_REPORT_BYTES", "SUFFIXES", "RawInput", "find_inputs"]

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text", ".asc": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "lines", ".ndjson": "lines", ".jsonlines": "lines", ".json": "json",
}  # fmt: skip
"""The formats that files in a folder are read as; a file that is named itself may have any suffix."""

_PAGE = re.compile(
    r"^\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html|<head|<body|<article|<meta|<title|<div|<p[ >])",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def find_inputs(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[RawInput | Refused]:
    """The raw inputs that files, folders (sorted, with all below them), globs and ``-`` hold, a refusal in the place of each that cannot be read."""
    for path in paths:
        if str(path) == "-":
            yield from _stream(stdin or sys.stdin.buffer, "standard input", "")
        else:
            yield from _path(str(path))


def _path(name: str) -> Iterator[RawInput | Refused]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        elif glob.has_magic(name):
            yield from _glob(name)
        else:
            yield Refused(name, "there is no such file or folder", "check the path; quote it if it holds spaces")
    except (OSError, ValueError) as fault:
        yield Refused(name, f"it cannot be read: {getattr(fault, 'strerror', None) or fault}", "check the path and its permissions")


def _glob(name: str) -> Iterator[RawInput | Refused]:
    found = sorted(glob.glob(name, recursive=True))
    if not found:
        yield Refused(name, "no file matches the pattern", "check the pattern")
    for match in found:
        if Path(match).is_file() or "**" not in name:
            yield from _path(match)


def _folder(folder: Path) -> Iterator[RawInput | Refused]:
    count = 0
    for path in _below(folder):
        count += 1
        if path.suffix.lower() in SUFFIXES:
            yield from _file(path)
        else:
            wrong = f"files with the suffix {path.suffix or '(none)'} are not read from folders"
            yield Refused(str(path), wrong, f"use one of {', '.join(SUFFIXES)}, or name the file itself")
    if not count:
        yield Refused(str(folder), "the folder holds no files", "check the path")


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, sorted by path; hidden ones and links to folders are passed over."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _below(path)
        else:
            yield path


def _file(path: Path) -> Iterator[RawInput | Refused]:
    if not path.is_file():
        yield Refused(str(path), "it is no regular file", "give a file, a folder, or - for standard input")
        return
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), SUFFIXES.get(path.suffix.lower(), ""))
    except OSError as fault:
        yield Refused(str(path), f"it cannot be read: {fault.strerror or fault}", "check the file and its permissions")


def _stream(stream: ByteStream, name: str, form: str) -> Iterator[RawInput | Refused]:
    head = stream.read(65536)
    if not head.strip():
        yield Refused(name, "it is empty", "give a file with a report in it")
        return
    whole = _Joined(head, stream)
    form = form if form in ("html", "text", "lines") else _form(head)
    if form == "lines":
        encoding = next((e for mark, e in _MARKS if head.startswith(mark)), "utf-8")
        yield from find_records(whole, name, encoding=encoding)
        return
    limit = MAX_ARRAY_BYTES if form == "json" else MAX_REPORT_BYTES
    data = whole.read(limit + 1)
    if len(data) > limit:
        yield Refused(name, f"it is larger than {limit:,} bytes", "split it into its reports, one a file or one a line of JSON Lines")
        return
    yield from _whole(data, name, form)


class _Joined:
    """A stream of which the beginning has been read already."""

    def __init__(self, head: bytes, rest: ByteStream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        taken, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        if size < 0:
            return taken + self._rest.read(-1)
        return taken + self._rest.read(size - len(taken)) if len(taken) < size else taken

    def readline(self, size: int = -1, /) -> bytes:
        if not self._head:
            return self._rest.readline(size)
        cut = self._head.find(b"\n") + 1 or len(self._head)
        cut = min(cut, size) if size >= 0 else cut
        taken, self._head = self._head[:cut], self._head[cut:]
        if taken.endswith(b"\n") or self._head or len(taken) == size:
            return taken
        return taken + self._rest.readline(size - len(taken) if size >= 0 else -1)


def _form(head: bytes) -> str:
    """What a stream holds, told by how it begins: lines (of JSON), json, html or text."""
    text = head.decode(next((e for mark, e in _MARKS if head.startswith(mark)), "utf-16-le" if head[1:2] == b"\0" else "utf-8"), "replace")
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        first = text.split("\n", 1)[0].rstrip()
        return "lines" if first.endswith("}") or len(text) > 60_000 and "\n" not in text else "json"
    if text.startswith("[") and re.match(r"\[\s*(?:\{|\])", text):
        return "json"
    return "html" if _PAGE.match(text) else "text"


def _whole(data: bytes, name: str, form: str) -> Iterator[RawInput | Refused]:
    decoded = decode(data, page=form == "html")
    if isinstance(decoded, Undecodable):
        yield Refused(name, decoded.reason, decoded.mend)
        return
    repairs = (Repair("encoding", 1),) if decoded.guessed else ()
    if form == "json":
        found = find_in_array(decoded.text, name)
        if found is not None:
            yield from found
            return
        yield from _broken_json(data, name)
    elif form == "html":
        yield read_page(decoded.text, name, repairs)
    elif not decoded.text.strip():
        yield Refused(name, "it is empty", "give a file with a report in it")
    else:
        yield RawInput(name, decoded.text, repairs=repairs)


def _broken_json(data: bytes, name: str) -> Iterator[RawInput | Refused]:
    """A ``.json`` file that is no JSON as a whole may be JSON Lines with a broken first line."""
    yield from find_records(io.BytesIO(data), name)
