"""Read tables with named columns, a report a row: CSV, TSV and Parquet."""

from __future__ import annotations

import codecs
import csv
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any, cast

from dateline.errors import UsageError
from dateline.intake.raw import ByteStream, Found, Joined, RawInput, Source
from dateline.intake.records import narrowed, record
from dateline.model import Refused

COLUMN_KEYS = ("text", "id", "title", "source", "url", "published", "language")
_ALIASES = {
    "text": ("text", "body", "content", "article", "story", "full_text", "fulltext", "article_text", "body_text", "main_text", "report_text"),
    "id": ("id", "report_id", "doc_id", "article_id"),
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "publication", "source_name"),
    "url": ("url", "link", "address", "uri"),
    "published": ("published", "date", "pubdate", "pub_date", "published_at", "publication_date", "date_published", "publish_date", "datetime"),
    "language": ("language", "lang"),
}
"""Names of columns that say what they hold, in small letters, the surest first."""
_DELIMITERS = (",", "\t", ";", "|")
_TOLD = re.compile(r"(?i)sep=([,;|\t])[\s,;|]*")
_MEND = "name the column of the text: --column text=NAME"


def columns_of(header: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The column of each key of a report, by the user's word or by its name.

    Raises ``UsageError`` where a column that the user named is not there.
    """
    found: dict[str, str] = {}
    folded = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in reversed(header)}
    for key in COLUMN_KEYS:
        if key in given:
            if given[key] not in header:
                raise UsageError(f"there is no column {given[key]!r}", given="--column", mend=f"name one of: {', '.join(map(repr, header))[:500]}")
            found[key] = given[key]
        elif (alias := next((a for a in _ALIASES[key] if a in folded), None)) is not None and folded[alias] not in given.values():
            found[key] = folded[alias]
    return found


def looks_like_grid(head: str) -> bool:
    """Whether a text begins with a line of column names, one of which is of a text."""
    line = head.lstrip("\ufeff").split("\n", 1)[0].replace("\r", " ").strip()
    cells = next(csv.reader([line], delimiter=_delimiter(line)), []) if len(line) < 2000 else []
    names = [c.strip().lower().replace(" ", "_") for c in cells]
    return len(names) >= 2 and any(n in _ALIASES["text"] for n in names) and all(len(n) <= 40 and len(n.split("_")) <= 5 for n in names)


def _delimiter(line: str) -> str:
    counts = {mark: line.count(mark) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def read_csv(source: Source) -> Iterator[Found]:
    """A report for each row of a table in CSV or TSV; ``name:row`` counts rows after the header."""
    limit = source.options.limits.report_bytes
    csv.field_size_limit(limit)
    lines = _Lines(source.stream, source.charset, limit)
    header = lines.header()
    delimiter = lines.told or _delimiter(header)
    reader = csv.reader(lines, delimiter=delimiter, strict=False)
    names = [c.strip() for c in next(csv.reader([header], delimiter=delimiter), [])]
    refused = _no_text(names, source)
    if refused is not None:
        yield refused
        return
    columns = columns_of(names, source.options.columns)
    number = 0
    while True:
        number += 1
        before = reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            # The field that is too long ends here; a quote that never closes has swallowed the rows after it.
            wrong = f"the row cannot be read ({fault}); perhaps a quotation mark in it is never closed"
            yield Refused(f"{source.name}:{number}", wrong, "close the quotation mark; rows that it swallowed are named after it")
            reader = csv.reader(lines, delimiter=delimiter, strict=False)
            continue
        if cells is None:
            if number == 1:
                yield source.refused("the table has a line of names and no rows", "write a row a line; line ends must be those of Unix or Windows")
            return
        if len(names) == 1:  # Nothing parts the cells of a table of one column; the commas are those of its texts.
            cells = [delimiter.join(cells)]
        if lines.too_long:
            lines.too_long = False
            yield Refused(f"{source.name}:{number}", f"the row is larger than {limit:,} bytes", "split it into reports")
        elif (told := _misshapen(cells, names, reader.line_num - before, ended=lines.ended)) is not None:
            yield Refused(f"{source.name}:{number}", *told)
        elif any(c.strip() for c in cells):
            yield _row(dict(zip(names, cells, strict=False)), columns, number, source)


def _misshapen(cells: Sequence[str], names: Sequence[str], lines: int, *, ended: bool) -> tuple[str, str] | None:
    """What is wrong with a row that is not of the shape of its table, and the mend; None where it is."""
    if ended:  # The table ended amid the row: only a quotation mark that is still open makes the reader go on to there.
        swallowed = f"; the {lines - 1:,} lines after it are swallowed" if lines > 1 else ""
        return f"a quotation mark in the row is never closed{swallowed}", "close the quotation mark; the table may have been cut off"
    if any(c.strip() for c in cells[len(names) :]):
        return f"the row has {len(cells)} cells, the line of names {len(names)}", "put quotation marks around a text that holds the table's delimiter"
    return None


def _no_text(names: Sequence[str], source: Source) -> Refused | None:
    try:
        columns = columns_of(names, source.options.columns)
    except UsageError as fault:
        return source.refused(fault.wrong, fault.mend)
    for name in columns.values():
        if names.count(name) > 1:
            return source.refused(f"it has {names.count(name)} columns named {name!r}", "give each column a name of its own")
    if "text" in columns:
        return None
    return source.refused(f"none of its columns is one of text; it has {', '.join(map(repr, names))[:300]}", _MEND)


def _row(cells: Mapping[str, Any], columns: Mapping[str, str], number: int, source: Source) -> Found:
    value = {key: str(given) for key, name in columns.items() if (given := cells.get(name)) is not None and str(given).strip()}
    where = f"{source.name}:{number}"
    if "text" not in value:
        return Refused(where, f"the row has nothing under {columns['text']!r}", "leave the row out, or give its text")
    found = record(value, where, dates=source.options.dates)
    data = json.dumps(cells, ensure_ascii=True, separators=(",", ":"), default=str).encode()
    return replace(found, origin=source.traced(data)) if isinstance(found, RawInput) else found


class _Lines:
    """The lines of a table as text; one that is too long is cut, and told of."""

    def __init__(self, stream: ByteStream, charset: str | None, limit: int) -> None:
        head = stream.read(65536)
        encoding = _encoding(head, charset)
        wide = encoding.startswith(("utf-16", "utf-32"))
        self._stream: ByteStream = narrowed(Joined(head, stream), encoding) if wide else Joined(head, stream)
        self._limit = limit
        self._decoder = codecs.getincrementaldecoder("utf-8" if wide else encoding)("replace")
        self.too_long = False
        self.ended = False
        self.told: str | None = None

    def header(self) -> str:
        """The first line that is not empty, nor the one in which spreadsheets name the delimiter (``sep=;``), which is kept as ``told``."""
        for line in self:
            bare = line.lstrip("\ufeff").strip("\r\n")
            if (named := _TOLD.fullmatch(bare)) is not None:
                self.told = named[1]
            elif bare.strip():
                return bare.replace("\r", " ")
        return ""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) > self._limit and not line.endswith(b"\n"):
            self.too_long = True
            while (rest := self._stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            return "\n"
        return self._decoder.decode(line).replace("\0", "")


def _encoding(head: bytes, charset: str | None) -> str:
    from dateline.intake.decoding import Decoded, decode

    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # The piece may end amid a character; whole lines are what the guess is made from.
    found = decode(head[: head.rfind(b"\n") + 1] or head, charset=charset)
    return found.encoding if isinstance(found, Decoded) else "utf-8"


def read_parquet(source: Source) -> Iterator[Found]:
    """A report for each row of a Parquet file, read a batch at a time."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        yield source.refused("reading Parquet needs pyarrow", 'pip install "dateline[formats]"')
        return
    with seekable(source) as file:
        yield from parquet_rows(file, source)


def parquet_rows(file: Any, source: Source, *, groups: Sequence[int] | None = None) -> Iterator[Found]:
    """A report for each row of these groups of an opened Parquet file, of all where none are given; ``source.before`` rows come before them."""
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
        refused = _no_text(names, source) or _too_large(table, source)
        if refused is not None:
            yield refused
            return
        columns = columns_of(names, source.options.columns)
        number = source.before
        for batch in table.iter_batches(batch_size=64, columns=list(dict.fromkeys(columns.values())), row_groups=groups):
            for cells in batch.to_pylist():
                number += 1
                yield _row(cells, columns, number, source)
    except (pyarrow.ArrowException, OSError, ValueError) as fault:
        yield source.refused(f"it is no Parquet that can be read to the end: {str(fault).splitlines()[0][:200]}", "write it again; it may have been cut off")


def _too_large(table: Any, source: Source) -> Refused | None:
    """The refusal of a file one group of whose rows would unpack beyond the bound."""
    limit = source.options.limits.memory_bytes
    groups = range(table.metadata.num_row_groups)
    if any(table.metadata.row_group(i).total_byte_size > limit for i in groups):
        return source.refused(f"a group of its rows unpacks to more than {limit:,} bytes", "write it with smaller row groups")
    return None


def seekable(source: Source) -> IO[bytes]:
    """The source as a file on the disk, gone when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    while piece := source.stream.read(1 << 20):
        file.write(piece)
    file.seek(0)
    return cast(IO[bytes], file)
