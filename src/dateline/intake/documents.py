"""Read PDF, DOCX, ODT and RTF documents: their passages in reading order, headings kept, headers and page numbers left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dateline.errors import InputError
from dateline.intake.apart import Unreadable, extract_apart
from dateline.intake.dates import read_date
from dateline.intake.markup import captions_of, headings_of, joined
from dateline.intake.names import people
from dateline.intake.raw import Found, RawInput, Source
from dateline.model import Refused


def _read(source: Source, *, module: str) -> Iterator[Found]:
    data = source.whole(source.options.limits.file_bytes)
    if isinstance(data, Refused):
        yield data
        return
    try:
        passages, facts = extract_apart(module, data, source.options.limits)
    except Unreadable as fault:
        yield source.refused(fault.reason, fault.mend)
        return
    except InputError as fault:
        yield source.refused(fault.wrong, fault.mend)
        return
    if not any(c.isalnum() for p in passages for c in p.text):
        yield source.refused("it holds no text that can be read", "if its pages are pictures, run character recognition (OCR) over it first")
        return
    yield RawInput(
        source.name,
        joined(passages),
        title=facts.get("title"),
        url=source.origin.address,
        # When a file was made is no day of publication; it only bears out one that the text states.
        dates=(),
        authors=tuple(people(facts.get("author", ""))),
        headings=headings_of(passages),
        captions=captions_of(passages),
        origin=source.traced(data, revised=read_date(facts.get("modified", ""))),
    )


read_pdf = partial(_read, module="pdf")
read_docx = partial(_read, module="docx")
read_odt = partial(_read, module="odt")
read_rtf = partial(_read, module="rtf")
