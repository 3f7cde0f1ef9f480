"""Delimited tables whose cells no spreadsheet runs as formulas, and that are read back exactly."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from dateline.lexicon import load

Value = str | int | float | bool | None
Cells = Mapping[str, Value]

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")  # noqa: RUF001
"""How a cell begins that a spreadsheet may run; the apostrophe itself among them, so that taking one off gives the cell back."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout: name, type (text, integer, number, date, moment, boolean or json) and HXL tag."""

    name: str
    type: str
    hxl: str = ""


@cache
def layout(name: str) -> tuple[Column, ...]:
    """The columns of a layout of the lexicon, in their order."""
    rows = load("layouts.tsv", columns=("layout", "n", "column", "type", "hxl"), key=("layout", "column"))
    return tuple(Column(r["column"], r["type"], r["hxl"]) for r in rows if r["layout"] == name)


def guarded(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.startswith(_RISKY) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") else text


def cell(value: Value, kind: str) -> str:
    """A value as it stands in a delimited table; None is the empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and kind == "integer" else repr(value)
    return guarded(value) if isinstance(value, str) and kind in ("text", "json") else str(value)


def value_of(text: str, kind: str) -> Value:
    """The value that ``cell`` was given; an empty cell is None."""
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "boolean":
        return text == "true"
    return unguarded(text)


class Table:
    """Writes rows of named cells under a header line; with ``hxl``, the row of hashtags under it."""

    def __init__(self, file: IO[str], columns: tuple[Column, ...], *, delimiter: str = ",", hxl: bool = False) -> None:
        self._columns = columns
        self._lines = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        self._lines.writerow([c.name for c in columns])
        if hxl:
            self._lines.writerow([c.hxl for c in columns])

    def write(self, row: Cells) -> None:
        """Write a row; each column must be in it."""
        self._lines.writerow([cell(row[c.name], c.type) for c in self._columns])


def rows_of(path: Path, columns: tuple[Column, ...], *, delimiter: str = ",") -> Iterator[dict[str, Value]]:
    """The rows of a table that ``Table`` wrote, each cell as it was given; an empty text comes back as None."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter=delimiter)
        next(lines)
        for line in lines:
            yield {c.name: value_of(text, c.type) for c, text in zip(columns, line, strict=True)}


def tab_line(values: Iterable[Value]) -> str:
    """A line of a table that knows no quoting (GDELT): tabs and line breaks within a cell become spaces."""
    return "\t".join(" ".join(guarded(v).split()) if isinstance(v, str) else cell(v, "number") for v in values) + "\n"
