"""A user's own coded file, in ACLED's or UCDP's layout: told by its header, read row by row; a row that cannot be read is named and set aside."""

from __future__ import annotations

import calendar
import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.export.acled import sub_events

_NEEDED = {"acled": ("event_date", "event_type", "sub_event_type", "country"), "ucdp": ("date_start", "date_end", "type_of_violence", "country")}
_USED = frozenset((
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "country", "location", "latitude", "longitude",
    "geo_precision", "fatalities", "timestamp", "id", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "date_start", "date_end",
    "best", "low", "high",
))  # fmt: skip
"""The columns that are read."""

_MISSING = frozenset(("na", "n/a", "nan", "null", "none", "#n/a"))
"""What programs write into a cell that has nothing."""

_DAYS = (
    "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%d-%b-%y", "%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y",
)  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+")
_TOLD = re.compile(r"(?i)\s*sep=([,;\t])[^\n\r]*")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d\d:?\d\d)?$")
_KM = {"acled": {1: 5.0, 2: 25.0, 3: 100.0}, "ucdp": {1: 5.0, 2: 25.0, 3: 50.0, 4: 100.0, 5: 150.0, 7: 150.0}}
"""How far from the given point the place may lie, by the layout's precision."""

_WIDEST = 400
"""An interval longer than this (in days) is known too roughly to be compared."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An event as a person coded it."""

    line: int
    id: str
    first: date
    last: date
    """The days on which it may have happened, as wide as the row's own precision says."""
    place: str
    country: str
    lat: float | None
    lon: float | None
    km: float | None
    """How far off the point the place may be; None where only the country is known."""
    type: str
    """ACLED's event type, or UCDP's type of violence."""
    sub_type: str
    actors: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    notes: str
    stamp: int = 0
    """When ACLED last changed the row, as it counts time; 0 where nobody says."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read, and why."""

    line: int
    why: str


@dataclass(frozen=True)
class CodedFile:
    """What a user's file holds."""

    layout: str
    rows: tuple[Coded, ...]
    unread: tuple[Unread, ...]
    remark: str = ""
    """What was taken for granted in reading it: an encoding, an order of day and month."""


def read_coded(path: Path, *, dates: str | None = None) -> CodedFile:
    """The rows of a file in ACLED's or UCDP's layout; ``dates`` says whether ``05/03/2019`` is ``day-first`` or ``month-first`` where the file does not.

    Raises ``InputError`` where there is no such file, it is no table, or its header is of neither layout.
    """
    if not path.exists():
        raise InputError("there is no such file", given=str(path), mend="give the path of your own table (CSV) in ACLED's or UCDP's layout")
    text, encoding = _text(path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    csv.field_size_limit(10_000_000)
    try:
        named = (cells for cells in lines if any(c.strip() for c in cells) and not (cells[0].strip().casefold().startswith("sep=") and not any(cells[1:])))
        header = [re.sub(r"[ -]+", "_", name.strip().casefold()) for name in next(named, [])]
        layout = _layout(header, path)
        rows = list(_numbered(lines))
        order = dates or _order(rows, header)
        found = _newest(list(_read(rows, header, layout, order)))
    except csv.Error as fault:
        raise InputError(f"line {lines.line_num}: {fault}", given=str(path), mend="save it as CSV anew; a quotation mark may be left open") from fault
    if not found:
        raise InputError("the table has a line of names and no rows", given=str(path), mend="give the table with its rows")
    remark = f"read as {encoding}, for it is not UTF-8" if encoding != "utf-8" else ""
    return CodedFile(layout, tuple(r for r in found if isinstance(r, Coded)), tuple(r for r in found if isinstance(r, Unread)), remark)


def _numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with the line on which each begins."""
    while True:
        begin = lines.line_num + 1
        cells = next(lines, None)
        if cells is None:
            return
        yield begin, cells


def _text(path: Path) -> tuple[str, str]:
    """The text of the file and its encoding: UTF-8, UTF-16 where it says so, else Windows-1252, which spreadsheets write."""
    data = path.read_bytes()
    if not data.strip():
        raise InputError("the file is empty", given=str(path), mend="give a CSV with the column names of ACLED or UCDP in its first line")
    if data.startswith(b"SQLite format 3"):
        raise InputError("this is a record, not a table", given=str(path), mend="name the record first, then your file: dateline compare RECORD FILE")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError("the file is a workbook or archive, not a table", given=str(path), mend="save its sheet as CSV, and give that")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, encoding = data.decode("utf-16", "replace"), "UTF-16"
    else:
        try:
            text, encoding = data.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = data.decode("windows-1252", "replace"), "Windows-1252"
    if "\0" in text:
        raise InputError("the file holds null characters: it is no table", given=str(path), mend="give a CSV file in UTF-8, or in UTF-16 with its mark")
    if text.lstrip()[:1] in ("{", "["):
        raise InputError("the file is JSON, not a table", given=str(path), mend="give it as CSV; ACLED's and UCDP's own downloads are")
    return text, encoding


def _order(rows: Iterable[tuple[int, list[str]]], header: list[str]) -> str | None:
    """Which of day and month stands first in the slashed days of the file, where one of them can be read in one way only."""
    columns = [i for i, name in enumerate(header) if name in ("event_date", "date_start", "date_end")]
    found = set()
    for _, cells in rows:
        for m in (_SLASHED.match(cells[i].strip()) for i in columns if i < len(cells)):
            if m is not None and (int(m[1]) > 12) != (int(m[2]) > 12):
                found.add("day-first" if int(m[1]) > 12 else "month-first")
    return found.pop() if len(found) == 1 else None


def _delimiter(text: str) -> str:
    if (told := _TOLD.match(text)) is not None:
        return told[1]
    head = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _layout(header: list[str], path: Path) -> str:
    for name in header:
        if name in _USED and header.count(name) > 1:
            raise InputError(f"it has {header.count(name)} columns named {name!r}", given=str(path), mend="give each column a name of its own")
    for name, needed in _NEEDED.items():
        if all(column in header for column in needed):
            return name
    near = {name: [c for c in needed if c not in header] for name, needed in _NEEDED.items()}
    name = min(near, key=lambda n: len(near[n]))
    wrong = "the header is neither ACLED's nor UCDP's" + (f"; nearest is {name}, without {', '.join(near[name])}" if len(near[name]) < 4 else "")
    mend = "; or ".join(f"{name.upper()}'s {', '.join(needed)}" for name, needed in _NEEDED.items())
    raise InputError(wrong, given=str(path), mend=f"name the columns in the first line as one of the two does, at least {mend}")


def _read(rows: list[tuple[int, list[str]]], header: list[str], layout: str, order: str | None) -> Iterator[Coded | Unread]:
    seen: dict[tuple[str, ...], int] = {}
    begins = [n for n, _ in rows]
    for (number, cells), following in zip_longest(rows, begins[1:]):
        if not any(c.strip() for c in cells) or cells[0].startswith("#"):  # a row of hashtags stands under the header of HXL tables
            continue
        if len(cells) < len(header) or any(c.strip() for c in cells[len(header) :]):
            goes_on = following is None or following > number + 1
            open_mark = "; a quotation mark in it may be left open" if goes_on and any("\n" in c or "\r" in c for c in cells) else ""
            open_mark += f", which took the lines up to {following - 1} with it" if open_mark and following else ""
            yield Unread(number, f"it has {len(cells)} cells, the header {len(header)}{open_mark}")
            continue
        if (first := seen.setdefault(tuple(cells), number)) != number:
            yield Unread(number, f"it is the same as line {first}")
            continue
        row = {name: "" if (bare := value.strip()).casefold() in _MISSING else bare for name, value in zip(header, cells, strict=False)}
        try:
            yield _acled(row, number, order) if layout == "acled" else _ucdp(row, number, order)
        except ValueError as fault:
            yield Unread(number, str(fault))


def _newest(found: list[Coded | Unread]) -> list[Coded | Unread]:
    """Of rows that bear one id the version that ACLED's timestamp says is the latest, else the last; the others are set aside."""
    counts: dict[str, Coded] = {}
    for row in found:
        if isinstance(row, Coded) and row.stamp >= (counts[row.id].stamp if row.id in counts else 0):
            counts[row.id] = row
    return [
        row if isinstance(row, Unread) or (kept := counts[row.id]) is row
        else Unread(row.line, f"its id {row.id} stands again in line {kept.line}, which counts: the later version, or else the last")
        for row in found
    ]  # fmt: skip


def _day(given: str, order: str | None) -> date:
    text = _ORDINAL.sub("", _CLOCK.sub("", given))
    if (m := _SLASHED.fullmatch(text)) is not None:
        return _slashed(given, int(m[1]), int(m[2]), m[3], order)
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        return _slashed(given, int(text[6:]), int(text[4:6]), text[:4], "day-first")
    if _SERIAL.fullmatch(text):
        raise ValueError(f"{given!r} is a day as a spreadsheet numbers it; format the column as dates (2025-05-16) and save the table again")
    raise ValueError(f"{given!r} is no day; write it as 2025-05-16 or 16 May 2025")


def _slashed(given: str, first: int, second: int, year: str, order: str | None) -> date:
    """A day written with slashes or stops, in the order that holds for the file."""
    day_first = first > 12 or second <= 12 and (order == "day-first" or first == second)
    if not day_first and first <= 12 and second <= 12 and order is None:
        raise ValueError(f"{given!r} may be two days; say which with --dates day-first or --dates month-first")
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), second if day_first else first, first if day_first else second)
    except ValueError as fault:
        raise ValueError(f"{given!r} is no day") from fault


def _number(text: str, *, name: str) -> int | None:
    """A count. Raises ``ValueError`` where it is no whole number from nought up."""
    if not text:
        return None
    try:
        value = float(re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else _stopped(text))
        if value == int(value) >= 0:
            return int(value)
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"{name}: {text!r} is no number") from fault
    raise ValueError(f"{name}: {text!r} is no count")


def _grade(row: dict[str, str], name: str, most: int) -> int:
    """A code of precision, 1 where none is given. Raises ``ValueError`` where the layout has no such code."""
    found = _number(row.get(name, ""), name=name)
    if found is not None and not 1 <= found <= most:
        raise ValueError(f"{name}: {found} is none of the codes 1 to {most}")
    return found or 1


def _country(row: dict[str, str]) -> str:
    if not row["country"]:
        raise ValueError("it has no country; give its name")
    return row["country"]


def _acled_types(row: dict[str, str]) -> tuple[str, str]:
    """Event and sub-event type as ACLED spells them. Raises ``ValueError`` where it has no such event type."""
    kinds = {s.event_type.casefold(): s.event_type for s in sub_events().values()}
    kind, sub = kinds.get(row["event_type"].casefold()), row["sub_event_type"]
    if kind is None:
        raise ValueError(f"event_type: {row['event_type']!r} is none of ACLED's: {', '.join(sorted(kinds.values()))}")
    return kind, next((n for n in sub_events() if n.casefold() == sub.casefold()), sub)


def _stopped(number: str) -> str:
    """A number whose decimals stand behind a comma, as spreadsheets of many countries write it, with a stop."""
    return number.replace(",", ".") if "," in number and "." not in number else number


def _violence(row: dict[str, str]) -> str:
    """UCDP's type of violence, which a spreadsheet may have written as 1.0."""
    given = row["type_of_violence"]
    if not re.fullmatch(r"[123](?:[.,]0+)?", given):
        raise ValueError(f"type_of_violence: {given!r} is none of 1 (state-based), 2 (non-state), 3 (one-sided)")
    return given[0]


def _point(row: dict[str, str]) -> tuple[float | None, float | None]:
    lat, lon = row.get("latitude", ""), row.get("longitude", "")
    if not lat or not lon:
        return None, None
    try:
        found = float(_stopped(lat)), float(_stopped(lon))
    except ValueError as fault:
        raise ValueError(f"{lat!r}, {lon!r} are no coordinates") from fault
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise ValueError(f"{lat}, {lon} lie outside the world")
    return found


def _acled(row: dict[str, str], line: int, order: str | None) -> Coded:
    day, precision = _day(row["event_date"], order), _grade(row, "time_precision", 3)
    first, last = day, day
    if precision == 2:
        first, last = day - timedelta(3), day + timedelta(3)
    elif precision >= 3:
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    dead = _number(row.get("fatalities", ""), name="fatalities")
    where, (kind, sub) = _grade(row, "geo_precision", 3), _acled_types(row)
    actors = tuple(row.get(n, "") for n in ("actor1", "actor2") if row.get(n))
    return Coded(
        line, row.get("event_id_cnty") or row.get("event_id_no_cnty") or f"line {line}", first, last, row.get("location", ""), _country(row), *_point(row),
        _KM["acled"].get(where, 100.0), kind, sub, actors, dead, dead, dead, row.get("notes", ""),
        int(stamp) if re.fullmatch(r"[0-9]{1,15}", stamp := row.get("timestamp", "")) else 0,
    )  # fmt: skip


def _ucdp(row: dict[str, str], line: int, order: str | None) -> Coded:
    first, last = _day(row["date_start"], order), _day(row["date_end"], order)
    if last < first:
        raise ValueError(f"it ends on {last}, before it begins on {first}")
    if (last - first).days > _WIDEST:
        raise ValueError(f"{first} to {last} is too rough to be compared")
    where = _grade(row, "where_prec", 7)
    best = row.get("best") or row.get("best_est", "")
    low, high = row.get("low") or row.get("low_est", ""), row.get("high") or row.get("high_est", "")
    actors = tuple(row.get(n, "") for n in ("side_a", "side_b") if row.get(n))
    least, likely, most = _number(low, name="low"), _number(best, name="best"), _number(high, name="high")
    if (told := [c for c in (least, likely, most) if c is not None]) != sorted(told):
        raise ValueError(f"low, best and high are {', '.join(map(str, told))}: they do not rise")
    return Coded(
        line, row.get("id") or f"line {line}", first, last, row.get("where_coordinates", ""), _country(row), *_point(row),
        None if where == 6 else _KM["ucdp"].get(where, 100.0), _violence(row), "", actors, least, likely, most, row.get("source_headline", ""),
    )  # fmt: skip
