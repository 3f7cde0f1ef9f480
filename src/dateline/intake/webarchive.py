"""Read saved web archives: WARC, and WACZ, which packs WARCs with a list of pages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.intake.archives import FAULTS, shown
from dateline.intake.dates import read_date
from dateline.intake.grids import seekable
from dateline.intake.raw import ByteStream, Found, Joined, RawInput, Source
from dateline.intake.revisits import Body, Fetched

_READ = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "application/rss+xml": ".xml",
    "application/atom+xml": ".xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
"""What a record's content must be to be read; images, scripts, styles and data are passed over."""

_KEPT = ("response", "resource", "conversion")
"""The types of record that hold what was fetched; a revisit says that it was the same again."""


def _in_words(fault: Exception) -> str:
    """What a reader of archives says is wrong; a slip of the reader's own over bytes that it did not foresee is told as such."""
    said = str(fault).strip().splitlines()
    return said[0][:150] if said and not isinstance(fault, AttributeError | TypeError) else "its bytes are not laid out as a record's"


def read_warc(source: Source) -> Iterator[Found]:
    """A report for each page or document that was fetched with success, in the order of the archive; one for each fetch that found it unchanged too."""
    yield from _records(source, source.stream, None)


def _records(source: Source, stream: ByteStream, pages: set[str] | None) -> Iterator[Found]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield source.refused("reading web archives needs warcio", 'pip install "dateline[intake]"')
        return
    number, whole = 0, True
    last: Any = None
    fetched = Fetched()
    try:
        for record in ArchiveIterator(stream, no_record_parse=False, ensure_http_headers=False):
            number += 1
            last = record
            headers = record.rec_headers
            address = (headers.get_header("WARC-Target-URI") or "").strip("<>")
            if record.rec_type not in (*_KEPT, "revisit") or not address.startswith(("http://", "https://", "urn:")) or (pages and address not in pages):
                continue
            if record.rec_type == "revisit":
                yield from _again(record, address, number, source, fetched)
            elif _kind_of(record) in _READ:
                yield from _one(record, address, number, source, fetched)
        whole = last is None or not _breaks_off(last)
    except (ArchiveLoadFailed, *FAULTS, UnicodeError, AttributeError) as fault:
        wrong = f"it breaks off or is damaged after record {number}: {_in_words(fault)}"
        yield source.refused(wrong, "fetch or copy the archive again; what came before was read")
    if not whole or last is None:
        wrong = f"it breaks off in record {number}" if number else "it holds no records"
        yield source.refused(wrong, "fetch or copy the archive again; what came before was read")


def _breaks_off(record: Any) -> bool:
    """Whether a record ended before the length that its head gives, or within its head."""
    return record.rec_headers.get_header("Content-Length") is None or getattr(record.raw_stream, "limit", 0) > 0


def _kind_of(record: Any) -> str:
    http = record.http_headers
    told = (http.get_header("Content-Type") if http is not None else record.rec_headers.get_header("Content-Type")) or ""
    return str(told.split(";")[0].strip().lower())


def _charset(record: Any) -> str | None:
    http = record.http_headers
    told = (http.get_header("Content-Type") or "") if http is not None else ""
    found = [p.split("=", 1)[1] for p in told.split(";")[1:] if p.strip().lower().startswith("charset=")]
    return found[0].strip() if found else None


def _one(record: Any, address: str, number: int, source: Source, fetched: Fetched) -> Iterator[Found]:
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    if status != "200":
        return
    inside = _inside(record, address, number, source)
    if source.depth > source.options.limits.depth:
        yield inside.refused("it lies too deep in other archives", "unpack it first")
        return
    data = _content(record, source.options.limits.file_bytes)
    if _breaks_off(record):
        return
    body = Body(_kind_of(record), _charset(record), data)
    fetched.keep(record.rec_headers, address, body)
    yield from _read(inside, body, address)


def _again(record: Any, address: str, number: int, source: Source, fetched: Fetched) -> Iterator[Found]:
    """The page that a revisit found unchanged, met once more at its own address and time."""
    body = fetched.of(record.rec_headers)
    if body is not None:
        yield from _read(_inside(record, address, number, source), body, address)
    elif record.http_headers is not None and _kind_of(record) in _READ:
        wrong = "it says only that the page was unchanged; the page itself is not before it in this archive, or too far"
        yield _inside(record, address, number, source).refused(wrong, "read the archive that holds the earlier fetch as well")


def _inside(record: Any, address: str, number: int, source: Source) -> Source:
    headers = record.rec_headers
    web = address if address.startswith("http") else None
    origin = replace(source.origin, address=web, fetched=_moment(headers.get_header("WARC-Date")), archive_record=headers.get_header("WARC-Record-ID"))
    return replace(source, name=f"{source.name}#{number} {shown_address(address)}", depth=source.depth + 1, form="", origin=origin)


def _read(inside: Source, body: Body, address: str) -> Iterator[Found]:
    web = address if address.startswith("http") else None
    for found in inside.inner(replace(inside, suffix=_READ[body.kind], charset=body.charset, stream=io.BytesIO(body.data))):
        yield replace(found, url=found.url or web) if isinstance(found, RawInput) else found


def _content(record: Any, limit: int) -> bytes:
    """The record's content, unpacked as the server packed it, at most a byte more than the limit."""
    stream = record.content_stream()
    parts, size = [], 0
    while size <= limit and (piece := stream.read(65536)):
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


def _moment(told: str | None) -> str | None:
    """The time of a record (ISO 8601, sometimes with parts of a second) to the second."""
    if not told:
        return None
    plain = told.strip().partition(".")[0].rstrip("Z")
    return f"{plain}Z" if len(plain) == 19 and read_date(f"{plain}Z") else read_date(told)


def shown_address(address: str) -> str:
    """An address as messages show it."""
    return "".join(c if c.isprintable() and c != " " else "?" for c in address)[:300]


def read_wacz(source: Source) -> Iterator[Found]:
    """The pages that a WACZ package lists, from its WARCs; all that can be read where it lists none."""
    with seekable(source) as file:
        try:
            with zipfile.ZipFile(file) as package:
                pages = _pages(package)
                warcs = sorted(n for n in package.namelist() if n.startswith("archive/") and n.endswith((".warc", ".warc.gz")))
                if not warcs:
                    yield source.refused("the package holds no WARC under archive/", "save the pages again")
                for name in warcs:
                    with package.open(name) as stream:
                        head = stream.read(4)
                        yield from _records(replace(source, name=f"{source.name}!{shown(name)}", form="warc"), Joined(head, stream), pages)
        except FAULTS as fault:
            yield source.refused(f"it is no WACZ package that can be read ({fault})", "fetch or copy it again; it may have been cut off")


def _pages(package: zipfile.ZipFile) -> set[str]:
    """The addresses of the pages that a package lists."""
    found: set[str] = set()
    for name in (n for n in package.namelist() if n.startswith("pages/") and n.endswith(".jsonl")):
        with package.open(name) as stream:
            while (line := stream.readline(1 << 20)) and len(found) < 1_000_000:
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(value, dict) and isinstance(value.get("url"), str):
                    found.add(value["url"])
    return found
