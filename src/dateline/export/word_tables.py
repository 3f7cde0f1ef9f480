"""The tables of our own words as CSV, Parquet and an Excel workbook."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from dateline.errors import UsageError
from dateline.export.delimited import Table
from dateline.export.job import Job
from dateline.export.packages import settle
from dateline.export.words import Row, meanings, rows_of, tables

_CSVW = {"text": "string", "integer": "integer", "number": "double", "boolean": "boolean"}
_ROWS, _GROUP, _CHARACTERS = 500, 20_000, 4_000_000
"""So many rows of a table are held as such, so many make a row group of Parquet, and so many characters or bytes end either before."""

_CELL, _LINES = 32767, 1048576
"""What a cell and a sheet of Excel hold."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_csv(job: Job) -> None:
    """Write a folder of CSV files, a table a word, with their columns described (CSV on the Web)."""
    with ExitStack() as stack:
        made = {}
        for name, columns in tables().items():
            file = stack.enter_context((job.path / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            made[name] = Table(file, columns, hxl=job.options.hxl)
        for name, row in rows_of(job):
            made[name].write(row)
            job.rows += 1
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:description": "A text cell that begins with = + - @ ' or a tab has an apostrophe before it; take it off to have the cell back.",
        "tables": [
            {
                "url": f"{name}.csv",
                "tableSchema": {
                    "columns": [{"name": c.name, "titles": c.name, "datatype": _CSVW[c.type], "dc:description": meanings()[name, c.name]} for c in columns]
                },
            }
            for name, columns in tables().items()
        ],
    }
    (job.path / "csv-metadata.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_parquet(job: Job) -> None:
    """Write a folder of Parquet files, a table a word; each column carries its meaning."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as fault:
        raise missing("parquet", "pyarrow") from fault
    kinds = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    release = {"release": job.options.release} if job.options.release else None
    with ExitStack() as stack:
        files = {}
        for name, columns in tables().items():
            fields = [pa.field(c.name, kinds[c.type], metadata={"meaning": meanings()[name, c.name]}) for c in columns]
            schema = pa.schema(fields, metadata=release)
            files[name] = _RowGroups(stack.enter_context(pq.ParquetWriter(job.path / f"{name}.parquet", schema)), schema)
        for name, row in rows_of(job):
            files[name].add(_typed(name, row))
            job.rows += 1
        for file in files.values():
            file.write()


class _RowGroups:
    """A Parquet file in the making: rows become columns a few hundred at a time, and columns a row group when they are large enough."""

    def __init__(self, file: Any, schema: Any) -> None:
        self._file = file
        self._schema = schema
        self._rows: list[Row] = []
        self._characters = 0
        self._parts: list[Any] = []

    def add(self, row: Row) -> None:
        """Take a row; what is held is written where it has grown large."""
        self._rows.append(row)
        self._characters += sum(len(v) for v in row.values() if isinstance(v, str))
        if len(self._rows) >= _ROWS or self._characters >= _CHARACTERS:
            self._turn()
            if sum(p.num_rows for p in self._parts) >= _GROUP or sum(p.nbytes for p in self._parts) >= _CHARACTERS:
                self.write()

    def _turn(self) -> None:
        import pyarrow as pa

        self._parts.append(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        self._characters = 0

    def write(self) -> None:
        """Write what is held as a row group."""
        import pyarrow as pa

        if self._rows:
            self._turn()
        if self._parts:
            self._file.write_table(pa.concat_tables(self._parts).combine_chunks())
            self._parts.clear()


def _typed(name: str, row: Row) -> Row:
    """The row with numbers of the type of their column."""
    kinds = {c.name: c.type for c in tables()[name]}
    return {k: float(v) if v is not None and kinds[k] == "number" else v for k, v in row.items()}


def write_xlsx(job: Job) -> None:
    """Write an Excel workbook with a sheet a word, and one that says what each column holds; texts stay texts, never formulas."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ImportError as fault:
        raise missing("xlsx", "openpyxl") from fault
    book = Workbook(write_only=True)
    try:
        _fill(book, job, WriteOnlyCell)
        _save(book, job)
    except OSError:
        # Sheets that are left open complain when they are thrown away.
        for sheet in book.worksheets:
            with suppress(OSError, SyntaxError, ValueError):
                sheet.close()
        raise
    settle(job.path, job.record.rows("SELECT max(read_at) AS moment FROM report")[0]["moment"] or "1980-01-01T00:00:00Z")


def _save(book: Any, job: Job) -> None:
    """As the library saves, but for an archive that is closed where the disk is full."""
    from openpyxl.writer.excel import ExcelWriter

    archive = zipfile.ZipFile(job.path, "w", zipfile.ZIP_DEFLATED)
    try:
        ExcelWriter(book, archive).save()
    except OSError:
        with suppress(OSError):
            archive.close()
        raise


def _fill(book: Any, job: Job, new_cell: Callable[..., Any]) -> None:
    """The rows of all tables, each in its sheet."""
    sheets: dict[str, Any] = {}
    about = book.create_sheet("about")
    about.append(["table", "column", "type", "meaning"])
    for (name, title), meaning in meanings().items():
        about.append([name, title, next(c.type for c in tables()[name] if c.name == title), meaning])
    counts: dict[str, int] = {}
    for name, columns in tables().items():
        sheets[name] = book.create_sheet(name)
        sheets[name].freeze_panes = "A2"
        sheets[name].append([c.name for c in columns])
        counts[name] = 1
        if job.options.hxl:
            sheets[name].append([c.hxl for c in columns])
            counts[name] = 2
    for name, row in rows_of(job):
        if counts[name] >= _LINES:
            job.losses.note(name, "left out", "sheet full", f"a sheet of Excel holds {_LINES} rows")
            continue
        cells = []
        for column in tables()[name]:
            cell = new_cell(sheets[name], None)
            value = row[column.name]
            if isinstance(value, str):
                cell.value = _fitting(job, name, column.name, row, value)
                cell.data_type = "s"
            elif value is not None:
                cell.value = value
            cells.append(cell)
        sheets[name].append(cells)
        counts[name] += 1
        job.rows += 1


def _fitting(job: Job, table: str, column: str, row: Row, text: str) -> str:
    """The text as a cell of Excel can hold it."""
    kept = _ILLEGAL.sub(" ", text)
    if len(kept) > _CELL or kept != text:
        why = f"{column} has {len(text)} characters; a cell of Excel holds {_CELL}" if len(kept) > _CELL else f"{column} has characters that Excel refuses"
        name = row.get("incident") or f"{row.get('report')}/{row.get('id') or ''}"
        job.losses.note(f"{table} {name}", "coarsened", "Excel's cells", why)
    return kept[:_CELL]


def missing(name: str, package: str) -> UsageError:
    """That a format needs a package that is not installed."""
    return UsageError(f"this format needs {package}, which is not installed", given=name, mend='pip install "dateline[formats]"')
