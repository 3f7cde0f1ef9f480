"""Tables for people in a terminal, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

_ROOM = 12
"""A column of words narrower than this is hard to read; where a table would need such, each row is printed as lines."""


def print_json(value: object) -> None:
    """The value as JSON on standard output."""
    print(json.dumps(value, ensure_ascii=not _writes_utf8(), indent=1))


def _writes_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal, or a few lines a row where it is too narrow; tab-separated lines when the output is no terminal.

    No cell is read as markup.
    """
    console = Console()
    if not console.is_terminal:
        print("\t".join(columns))
        for row in rows:
            print("\t".join(_one_line(cell) for cell in row))
        return
    if not rows:
        console.print("nothing found")
        return
    if _needs(columns, rows) > console.width:
        _print_stacked(console, columns, rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_one_line(cell)) for cell in row))
    console.print(table)


def _needs(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The width below which the table cannot be read: short cells whole, long ones in lines of some words."""
    widest = [max([len(c), *(len(_one_line(row[i])) for row in rows)]) for i, c in enumerate(columns)]
    return sum(min(w, max(_ROOM, w // 3)) + 1 for w in widest)


def _print_stacked(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        first = next((cell for cell in row if cell), "")
        console.print(Text(_one_line(first), style="bold"))
        for column, cell in zip(columns, row, strict=True):
            if cell and cell is not first:
                console.print(Text(f"  {column}: {_one_line(cell)}"))


def print_paragraphs(heading: str, lines: Sequence[tuple[int, str]]) -> None:
    """A heading, then lines each set in by so many steps; the same in a terminal and in a file. Long lines fold at the terminal's width."""
    console = Console()
    if heading:
        console.print(Text(_one_line(heading), style="bold"), soft_wrap=not console.is_terminal)
    for depth, line in lines:
        indent = "  " * depth
        if not console.is_terminal:
            print(indent + _one_line(line))
            continue
        for i, part in enumerate(Text(_one_line(line)).wrap(console, max(20, console.width - len(indent) - 2))):
            console.print(Text(indent + ("" if i == 0 else "  ") + part.plain))


def _one_line(cell: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())
