"""The pieces that a run is cut into, each read by one task: some files, or a stretch of a large one; always cut alike for the same inputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dateline.intake.archives import suffix_of
from dateline.intake.formats import READERS, detect, read_source
from dateline.intake.grids import parquet_rows
from dateline.intake.plain import MARKS
from dateline.intake.raw import Found, Options, Source
from dateline.intake.sources import find_files, read_file
from dateline.model import Refused
from dateline.scale.storage import Storage, is_address

_LEAST, _MOST, _TIMES = 1 << 15, 1 << 23, 64
"""A piece holds a 64th of the input, but no less than 32 KiB and no more than 8 MiB where it can be cut so."""

_ASKED = 32
"""Questions to a store at once."""

_FILES = 500
"""The most files in one piece."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A file, or a stretch of one: bytes ``start`` to ``end`` of JSON Lines, or groups of rows of Parquet."""

    name: str
    size: int
    start: int = 0
    end: int | None = None
    groups: tuple[int, ...] | None = None
    before: int = 0
    """Lines or rows of the file that come before the stretch."""

    @property
    def weight(self) -> int:
        """Bytes to read."""
        return (self.end if self.end is not None else self.size) - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """What one task reads: slices, and refusals of paths that lead nowhere, in order."""

    number: int
    slices: tuple[Slice | Refused, ...]


def cut(paths: Iterable[str], options: Options) -> list[Piece]:
    """The pieces of these inputs, in order; the same whatever machine or number of processors will read them."""
    found = list(_listed(paths, options))
    size = min(max(sum(s.weight for s in found if isinstance(s, Slice)) // _TIMES, _LEAST), _MOST)
    pieces: list[Piece] = []
    waiting: list[Slice | Refused] = []
    weight = 0
    for one in (part for whole in found for part in _parts(whole, size, options)):
        own = one.weight if isinstance(one, Slice) else 0
        if waiting and (weight + own > size or len(waiting) >= _FILES):
            pieces.append(Piece(len(pieces), tuple(waiting)))
            waiting, weight = [], 0
        waiting.append(one)
        weight += own
    return [*pieces, Piece(len(pieces), tuple(waiting))] if waiting else pieces


def digest_of(pieces: Sequence[Piece]) -> str:
    """By what a run knows its inputs again: names, sizes and cuts."""
    made = [[asdict(s) for s in p.slices] for p in pieces]
    return hashlib.sha256(json.dumps(made, ensure_ascii=True).encode()).hexdigest()


def _listed(paths: Iterable[str], options: Options) -> Iterator[Slice | Refused]:
    named = list(paths)
    addresses = [path for path in named if is_address(path)]
    # A store answers slowly, but many questions at once.
    with ThreadPoolExecutor(_ASKED) as pool:
        sizes = dict(zip(addresses, pool.map(lambda path: Storage.of(path).size(path), addresses), strict=True))
    for path in named:
        if is_address(path):
            yield Slice(path, sizes[path])
            continue
        for one in find_files([path], options=options):
            yield one if isinstance(one, Refused) else Slice(str(one), one.stat().st_size)


def _parts(one: Slice | Refused, size: int, options: Options) -> Iterator[Slice | Refused]:
    """A file that is larger than a piece in stretches, where its format can be cut."""
    if isinstance(one, Refused) or one.size <= size:
        yield one
        return
    with Storage.of(one.name).read(one.name) as stream:
        head = stream.read(65536)
        form = detect(head, suffix_of(one.name), options.form) if head.strip() else ""
        stream.seek(0)
        if form == "jsonl" and not any(head.startswith(mark) for mark, _ in MARKS):
            yield from _stretches(one, stream, size)
        elif form == "parquet":
            yield from _groups(one, stream, size, options)
        else:
            yield one


def _stretches(one: Slice, stream: Any, size: int) -> Iterator[Slice]:
    """Stretches of whole lines, about so many bytes each."""
    start = at = lines = before = 0
    while block := stream.read(1 << 20):
        while (at + len(block)) - start > size and (line_end := block.find(b"\n", max(0, start + size - at))) >= 0:
            end = at + line_end + 1
            lines += block.count(b"\n", 0, line_end + 1)
            yield Slice(one.name, one.size, start, end, None, before)
            start, before, block, at = end, lines, block[line_end + 1 :], end
        lines += block.count(b"\n")
        at += len(block)
    if start < one.size:
        yield Slice(one.name, one.size, start, one.size, None, before)


def _groups(one: Slice, stream: Any, size: int, options: Options) -> Iterator[Slice]:
    """Groups of rows, together about so many bytes; a file that cannot be opened so is left whole, for its reader to say why."""
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        metadata = parquet.ParquetFile(stream).metadata
    except (pyarrow.ArrowException, OSError, ValueError):
        yield one
        return
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    if len(groups) < 2 or any(g.total_byte_size > options.limits.memory_bytes for g in groups):
        yield one
        return
    taken: list[int] = []
    weight = start = before = rows = 0
    for i, group in enumerate(groups):
        taken.append(i)
        # The sizes stand for the stretch of the file, so that small groups share a piece.
        weight += max(1, one.size * group.num_rows // max(1, metadata.num_rows))
        rows += group.num_rows
        if weight >= size or i == len(groups) - 1:
            yield Slice(one.name, one.size, start, min(one.size, start + weight), tuple(taken), before)
            start, before, taken, weight = start + weight, rows, [], 0


def found_in(one: Slice, options: Options) -> Iterator[Found]:
    """What a slice holds, under the names that ``dateline read`` gives it."""
    if one.end is None and not is_address(one.name):
        yield from read_file(Path(one.name), options)
        return
    try:
        with Storage.of(one.name).read(one.name) as stream:
            source = Source(one.name, stream, read_source, options, suffix=suffix_of(one.name), before=one.before)
            if one.groups is not None:
                yield from parquet_rows(stream, _as(source, "parquet"), groups=list(one.groups))
            elif one.end is not None:
                stream.seek(one.start)
                yield from READERS["jsonl"](_as(source, "jsonl", _Until(stream, one.end - one.start)))
            else:
                yield from read_source(source)
    except OSError as fault:
        yield Refused(one.name, f"it cannot be read: {fault.strerror or fault}", "check the address and the rights on it")


def _as(source: Source, form: str, stream: Any = None) -> Source:
    return replace(source, form=form, stream=source.stream if stream is None else stream)


class _Until:
    """A stream that ends after so many bytes."""

    def __init__(self, stream: Any, left: int) -> None:
        self._stream = stream
        self._left = left

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, all where negative."""
        return self._took(self._stream.read(self._left if size < 0 else min(size, self._left)))

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line, at most ``size``."""
        return self._took(self._stream.readline(self._left if size < 0 else min(size, self._left)))

    def _took(self, data: bytes) -> bytes:
        self._left -= len(data)
        return data
