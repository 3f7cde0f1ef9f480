"""Read plain text, pages, JSON and JSON Lines."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from dateline.intake.decoding import Decoded, Undecodable, decode
from dateline.intake.html import read_page
from dateline.intake.raw import Found, Joined, RawInput, Source
from dateline.intake.records import find_in_array, find_records
from dateline.model import Origin, Refused, Repair

MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(source: Source) -> Iterator[Found]:
    """One report: the whole of a plain text."""
    data = source.whole(source.options.limits.report_bytes)
    if isinstance(data, Refused):
        yield data
        return
    decoded = _decoded(data, source, page=False)
    if isinstance(decoded, Refused):
        yield decoded
    elif not decoded.text.strip():
        yield source.refused("it is empty", "give a file with a report in it")
    else:
        origin = source.traced(data)
        yield RawInput(source.name, decoded.text, url=origin.address, repairs=_repairs(decoded), origin=origin)


def read_html(source: Source) -> Iterator[Found]:
    """One report: the article of a page."""
    data = source.whole(source.options.limits.report_bytes)
    if isinstance(data, Refused):
        yield data
        return
    decoded = _decoded(data, source, page=True)
    found = decoded if isinstance(decoded, Refused) else read_page(decoded.text, source.name, _repairs(decoded))
    if isinstance(found, RawInput):
        origin = source.traced(data)
        found = replace(found, origin=origin, url=_own_address(found.url, origin))
    yield found


def _own_address(told: str | None, origin: Origin) -> str | None:
    """The address that a page gives as its own, where it was fetched from the same site; else the one that it was fetched from.

    A page that names an address elsewhere must not pass for a newer version of what is there.
    """
    if origin.address is None:
        return told
    return told if told and _site(told) == _site(origin.address) else origin.address


def _site(address: str) -> str:
    from courlan import extract_domain

    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return address
    return str(extract_domain(address) or host)


def read_lines(source: Source) -> Iterator[Found]:
    """A report for each line of JSON Lines."""
    head = source.stream.read(4)
    encoding = next((e for mark, e in MARKS if head.startswith(mark)), "utf-8")
    yield from find_records(replace(source, stream=Joined(head, source.stream)), encoding=encoding)


def read_json(source: Source) -> Iterator[Found]:
    """The reports of a JSON array, or the one of a JSON object."""
    data = source.whole(source.options.limits.file_bytes)
    if isinstance(data, Refused):
        yield data
        return
    decoded = _decoded(data, source, page=False)
    if isinstance(decoded, Refused):
        yield decoded
        return
    found = find_in_array(decoded.text, source)
    # A ``.json`` file that is no JSON as a whole may be JSON Lines with a broken first line.
    yield from found if found is not None else find_records(replace(source, stream=io.BytesIO(data)))


def _decoded(data: bytes, source: Source, *, page: bool) -> Decoded | Refused:
    decoded = decode(data, page=page, charset=source.charset)
    return source.refused(decoded.reason, decoded.mend) if isinstance(decoded, Undecodable) else decoded


def _repairs(decoded: Decoded) -> tuple[Repair, ...]:
    return (Repair("encoding", 1),) if decoded.guessed else ()
