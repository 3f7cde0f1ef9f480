"""What must hold of readings that come back as JSON, and of every file that is written of them."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import tempfile
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from dateline.contract import dumps, from_json, to_json
from dateline.errors import DatelineError
from dateline.export.formats import FORMATS, export
from dateline.export.job import Options
from dateline.export.page import page_lines
from dateline.export.text import lines_of
from dateline.model import Reading
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record, digest_of
from evaluation.exports import reading_of
from evaluation.fuzz.target import Check, told

_BROKEN = (KeyError, TypeError, ValueError)
"""What ``from_json`` raises for an object that is no reading."""


def seeds() -> Iterator[bytes]:
    """Readings of one sentence."""
    chance = random.Random(3)
    for number in range(9):
        yield json.dumps(to_json(reading_of(number, chance)), ensure_ascii=False).encode()


ODD: tuple[Any, ...] = (
    "", "0", "2017-02-30", "9999-12-31", "0001-01-01", "2017-10-18T10:00:00+03:00", "yesterday", None, True, -1, 0, 1e308, 2**70, 91.5, -181.0,
    "\ud800", "\u202eabc",
    "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "]]>", "a\tb\nc\r", '"', "e1", "e99", "s1", [], {}, [[]], "killed", "captured", "occurred",
    "SY", "XX", "\0", "é" * 200,
)  # fmt: skip


def varied(data: bytes, size: int, seed: int) -> bytes:
    """The JSON value with a few of its parts changed, taken out or doubled; what is no JSON stays as it is."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return data[:size]
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        holders = list(_holders(body))
        if not holders:
            break
        holder = chance.choice(holders)
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        kind = chance.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, list) and len(holder) < 6:
            holder.append(holder[key])
        elif kind == 2 and isinstance(holder[key], str):
            at = chance.randint(0, len(holder[key]))
            holder[key] = holder[key][:at] + str(chance.choice(ODD)) + holder[key][at + chance.randint(0, 3) :]
        elif kind == 3 and isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
            holder[key] += chance.choice((-1, 1, 0.5, 1000, -1000))
        else:
            holder[key] = chance.choice(ODD)
    made = json.dumps(body, ensure_ascii=True).encode()
    return made if len(made) <= size else data[:size]


def _holders(body: Any) -> Iterator[Any]:
    if isinstance(body, dict | list) and body:
        yield body
        for inner in body.values() if isinstance(body, dict) else body:
            yield from _holders(inner)


def _reading(data: bytes) -> Reading | None:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return None
    try:
        return from_json(body)
    except _BROKEN:
        return None


def contract() -> Check:
    """A reading that comes back is written as it was read; what is none is told by the errors that are promised."""

    def check(data: bytes) -> None:
        reading = _reading(data)
        if reading is None:
            return
        line = dumps(reading)
        assert "\n" not in line
        line.encode("utf-8")
        assert dumps(from_json(json.loads(line))) == line, "not the same again"

    return check


def sensible(reading: Reading) -> bool:
    """Whether a reading holds the contract's schema and its spans lie in its text: what the record is given never does otherwise."""
    from tests.readings import faults

    try:
        return not faults(reading)
    except (TypeError, ValueError, KeyError, AttributeError):
        return False


class _Page(HTMLParser):
    """Counts what in a page would be run."""

    def __init__(self) -> None:
        super().__init__()
        self.run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.run += [tag for _ in "x" if tag in ("script", "iframe", "object", "embed", "svg", "img")]
        self.run += [
            name for name, value in attrs if name.startswith("on") or (name in ("href", "src") and (value or "").strip().lower().startswith("javascript:"))
        ]


def shown() -> Check:
    """The page and the lines of a reading: nothing in them runs, whatever stood in the report."""

    def check(data: bytes) -> None:
        reading = _reading(data)
        if reading is None or not sensible(reading):
            return
        for line in lines_of(json.loads(dumps(reading))):
            line.encode("utf-8", "surrogatepass")
        page = _Page()
        page.feed("\n".join(page_lines([reading])))
        assert not page.run, f"the page would run {page.run}"

    return check


def written() -> Check:
    """Every format of a record's export can be read back by its own kind of reader, and no cell begins as a formula does."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    empty = folder / "empty.db"
    Record.open(empty, create=True).close()
    names = list(FORMATS)

    def check(data: bytes) -> None:
        reading = _reading(data)
        if reading is None or not sensible(reading):
            return
        name = names[zlib.crc32(data) % len(names)]
        path, out = folder / "one.db", folder / "out"
        for old in folder.glob("o*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copyfile(empty, path)
        with Record.open(path) as record:
            try:
                record.add(reading, key="k", digest=digest_of(reading.report), source_name="s", reader="fuzz")
                export(record, name, out, Selected(record, Selection()), Options())
            except DatelineError as fault:
                told(fault)
                return
        _read_back(name, out)

    return check


def _read_back(name: str, out: Path) -> None:
    for path in [out] if out.is_file() else sorted(out.iterdir()):
        reader = _READERS.get(name)
        # Beside the tables stands what describes them.
        if reader is not None and path.name != "csv-metadata.json":
            reader(path)


def _table(delimiter: str) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        csv.field_size_limit(10_000_000)
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), delimiter=delimiter))
        assert len({len(row) for row in rows}) <= 1, "rows of different length"
        for cell in (c for row in rows for c in row):
            assert not cell.startswith(("=", "@", "\t", "\r")), f"a cell that a spreadsheet would run: {cell[:40]!r}"

    return read


def _json(path: Path) -> None:
    json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)


def _lines(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            json.loads(line, parse_constant=_no_constant)


def _no_constant(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def _xml(path: Path) -> None:
    ET.fromstring(path.read_bytes())


def _page(path: Path) -> None:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert not page.run, f"the page would run {page.run}"


def _plain(path: Path) -> None:
    path.read_text(encoding="utf-8")


_READERS: dict[str, Callable[[Path], None]] = {
    "acled": _table(","), "ucdp": _table(","), "idmc": _table(","), "csv": _table(","), "gdelt-events": _table("\t"), "gdelt-mentions": _table("\t"),
    "polecat": _table("\t"),
    "plover": _lines, "ftm": _lines, "geojson": _json, "annotations": _json, "timemap": _json, "kml": _xml, "chronology": _plain, "chronology-html": _page,
}  # fmt: skip

CHECKS = {"contract": contract, "shown": shown, "written": written}
SEEDS = dict.fromkeys(CHECKS, seeds)
WORDS: dict[str, Callable[[], tuple[str, ...]]] = dict.fromkeys(CHECKS, tuple)
