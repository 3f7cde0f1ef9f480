"""Pieces through the reading process into Parquet, part after part; a part that is there is never made again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.errors import DatelineError
from dateline.scale.child import Way, packed
from dateline.scale.pieces import Piece
from dateline.scale.reader import Reader
from dateline.scale.rows import Row, table_of
from dateline.scale.storage import Storage

_READERS: dict[bytes, Reader] = {}
"""The reading process of this worker of Spark's, which outlives the piece: the model and tables are opened once."""

FAULT = "piece int, wrong string, given string, mend string"
"""What a task gives back: its piece, and what is wrong where the run cannot go on."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the parts go: the folder, and how many rows each holds at most."""

    folder: str
    rows: int


def part_name(target: Target, piece: int, part: int, *, last: bool) -> str:
    """The name of a part, in the order in which the inputs were given; the last of a piece says so."""
    return f"{target.folder}/part-{piece:07d}-{part:05d}{'-end' if last else ''}.parquet"


def read_piece(piece: Piece, way: Way, target: Target) -> None:
    """Read what is not yet read of a piece."""
    storage = Storage.of(target.folder)
    part = 0
    while True:
        there, last = storage.there(part_name(target, piece.number, part, last=False), part_name(target, piece.number, part, last=True))
        if last:
            return
        if not there:
            break
        part += 1
    rows: list[Row] = []
    for number, row in _reader(way).rows(piece, skip=part * target.rows):
        rows.append({**row, "piece": piece.number, "place": number})
        if len(rows) == target.rows:
            _write(storage, rows, part_name(target, piece.number, part, last=False))
            rows, part = [], part + 1
    _write(storage, rows, part_name(target, piece.number, part, last=True))


def _reader(way: Way) -> Reader:
    key = packed(way)
    if key not in _READERS:
        _READERS[key] = Reader(way)
    return _READERS[key]


def _write(storage: Storage, rows: list[Row], name: str) -> None:
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(table_of(rows), out, compression="zstd", row_group_size=256)
    storage.write(name, out.getvalue())


def reading_of(pieces: list[Piece], way: Way, target: Target) -> Any:
    """The function that ``mapInArrow`` calls: numbers of pieces in, what is wrong out (mostly nothing)."""

    def read(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            for number in batch.column(0).to_pylist():
                fault = _fault_in(pieces[number], way, target)
                yield pa.RecordBatch.from_pylist([{"piece": number, **fault}], schema=_fault_schema())

    return read


def _fault_in(piece: Piece, way: Way, target: Target) -> dict[str, str | None]:
    try:
        read_piece(piece, way, target)
    except DatelineError as fault:
        return {"wrong": fault.wrong, "given": fault.given, "mend": fault.mend}
    return {"wrong": None, "given": None, "mend": None}


def _fault_schema() -> Any:
    import pyarrow as pa

    return pa.schema([("piece", pa.int32()), *((name, pa.string()) for name in ("wrong", "given", "mend"))])
