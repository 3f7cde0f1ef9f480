"""Readings as one Parquet file: a row an input, with the columns by which a reading is found beside the reading itself as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.export.word_tables import missing

_NUMBERS = ("characters", "statements", "events", "figures", "control")
COLUMNS = ("kind", "input", "reason", "mend", "id", "title", "source", "url", "language", "published", *_NUMBERS, "json")
_ROWS = 512
"""Rows that are held at once."""


def arrow() -> tuple[Any, Any]:
    """What writes Parquet.

    Raises ``UsageError`` where it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as fault:
        raise missing("parquet", "pyarrow") from fault
    return pyarrow, pyarrow.parquet


def write_parquet(lines: Path, path: Path) -> None:
    """Write the readings of a file of JSON Lines as Parquet, a few at a time."""
    pa, pq = arrow()
    schema = pa.schema([(name, pa.int32() if name in _NUMBERS else pa.string()) for name in COLUMNS])
    with lines.open(encoding="utf-8") as given, pq.ParquetWriter(path, schema, compression="zstd") as out:
        rows: list[dict[str, Any]] = []
        for row in _rows(given):
            rows.append(row)
            if len(rows) == _ROWS:
                out.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows = []
        if rows:
            out.write_table(pa.Table.from_pylist(rows, schema=schema))


def _rows(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        row = row_of(json.loads(line))
        yield {name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value for name, value in row.items()} | {"json": line[:-1]}


def row_of(body: dict[str, Any]) -> dict[str, Any]:
    """The columns of one line."""
    if "refused" in body:
        return {"kind": "refused", **{name: body["refused"][name] for name in ("input", "reason", "mend")}}
    if "retracted" in body:
        notice = body["retracted"]
        return {"kind": "retracted", "input": notice["input"], "id": notice["item"], "reason": notice["status"]}
    report = body["report"]
    return {
        "kind": "reading",
        **{name: report[name] for name in ("id", "title", "source", "url", "language")},
        "published": report["published"]["date"],
        "characters": len(report["text"]),
        **{name: len(body[name]) for name in ("statements", "events", "figures", "control")},
    }
