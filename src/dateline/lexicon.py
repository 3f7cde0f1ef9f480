"""Load the lexicons in ``dateline/data``: one strict reader for tab-separated tables.

A table has one header line, then one row a line; lines that begin with ``#`` are comments. The reader refuses unknown or missing
columns, twins of the key, stray white space and rows of the wrong length, naming file, line and mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline import installed
from dateline.errors import LexiconError

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern row: its name, compiled pattern, the remaining columns, and the example that proves it."""

    name: str
    pattern: re.Pattern[str]
    row: Row

    def prove(self) -> str | None:
        """None when the pattern finds in its example what the row says; else what is wrong, in a sentence.

        An empty ``finds`` column means that the pattern must not match its example.
        """
        example, finds = self.row["example"], self.row["finds"]
        found = self.pattern.search(example)
        if not finds:
            return None if found is None else f"rule {self.name} must not match {example!r} but finds {found.group()!r}"
        if found is None:
            return f"rule {self.name} does not find its own example {example!r}"
        return None if found.group() == finds else f"rule {self.name} finds {found.group()!r} in {example!r}, not {finds!r}"


def data_file(name: str) -> Path:
    """The file ``name`` of the package's data folder."""
    return installed.folder() / name


def text_of(name: str) -> str:
    """The text of the package's lexicon ``name``, as it was installed.

    Raises ``LexiconError`` where the file is missing or damaged.
    """
    path = data_file(name)
    mend = "install dateline anew; words of your own belong in files that dateline.toml names"
    try:
        content = path.read_bytes()
    except FileNotFoundError as fault:
        raise LexiconError("the file is missing", given=str(path), mend=mend) from fault
    if not installed.is_whole(name, content, installed.folder()):
        raise LexiconError("the file is damaged or was changed: its digest is not the one that was installed", given=str(path), mend=mend)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise LexiconError(f"the file is damaged: byte {fault.start} is not UTF-8", given=str(path), mend=mend) from fault


@cache
def load(name: str, *, columns: tuple[str, ...], key: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """The rows of the package's lexicon ``name`` (e.g. ``cues.tsv``), checked.

    ``columns`` are the columns that it must have, in order; ``key`` names those whose values together may occur once only.
    """
    return tuple(parse(text_of(name), name=name, columns=columns, key=key))


def parse(text: str, *, name: str, columns: Sequence[str], key: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a lexicon's text, checked as ``load`` does; ``name`` is used in errors.

    Raises ``LexiconError`` at the first row that breaks a rule.
    """
    seen: dict[tuple[str, ...], int] = {}
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = _header(cells, name=name, number=number, columns=columns)
            continue
        row = _row(header, cells, name=name, number=number)
        if key:
            value = tuple(row[k] for k in key)
            if value in seen:
                raise LexiconError(f"{' / '.join(value)} stands here and in line {seen[value]}", given=f"{name}:{number}", mend="delete one of the two rows")
            seen[value] = number
        yield row
    if header is None:
        raise LexiconError("the file has no header line", given=name, mend=f"begin it with the line {chr(9).join(columns)!r}")


def _header(cells: list[str], *, name: str, number: int, columns: Sequence[str]) -> list[str]:
    if cells != list(columns):
        wrong = f"the columns are {', '.join(cells)}, not {', '.join(columns)}"
        raise LexiconError(wrong, given=f"{name}:{number}", mend="use exactly these columns in this order, separated by tabs")
    return cells


def _row(header: list[str], cells: list[str], *, name: str, number: int) -> Row:
    if len(cells) < len(header):
        cells = cells + [""] * (len(header) - len(cells))
    if len(cells) > len(header):
        raise LexiconError(f"the row has {len(cells)} cells, the header {len(header)}", given=f"{name}:{number}", mend="take out the extra tabs")
    for column, cell in zip(header, cells, strict=True):
        if cell != cell.strip() or "  " in cell:
            raise LexiconError(f"stray white space in column {column}: {cell!r}", given=f"{name}:{number}", mend="take out the extra spaces")
    return dict(zip(header, cells, strict=True))


def rules(rows: Sequence[Row], *, name: str, flags: int = re.IGNORECASE) -> tuple[Rule, ...]:
    """The rows as compiled rules; they need the columns ``name, pattern, example, finds``.

    Raises ``LexiconError`` for a pattern that does not compile. Examples are run by ``Rule.prove`` (in the tests, and for users' own files).
    """
    made: list[Rule] = []
    for row in rows:
        try:
            pattern = re.compile(row["pattern"], flags)
        except re.error as fault:
            raise LexiconError(f"the pattern of {row['name']} does not compile: {fault}", given=name, mend="correct the regular expression") from fault
        made.append(Rule(row["name"], pattern, row))
    return tuple(made)
