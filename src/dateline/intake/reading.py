"""Make a report of a raw input: clean its text, find its parts, its outlet, its people and its date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.intake.byline import read_byline, read_contributors
from dateline.intake.clean import clean, without_surrogates
from dateline.intake.heads import find_dateline
from dateline.intake.imprint import read_imprint
from dateline.intake.languages import language_of
from dateline.intake.outlets import outlet_at, outlet_named
from dateline.intake.published import published_of
from dateline.intake.raw import Options, RawInput
from dateline.intake.sections import find_sections
from dateline.intake.sources import find_inputs
from dateline.model import Refused, Repair, Report, Retraction, Section


def reports(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, options: Options | None = None) -> Iterator[Report | Refused | Retraction]:
    """One ``Report``, ``Refused`` or ``Retraction`` for each report found in files, folders, globs and ``-`` (standard input), in order."""
    for raw in find_inputs(paths, stdin=stdin, options=options):
        if isinstance(raw, Refused | Retraction):
            yield raw
            continue
        try:
            yield read(raw)
        except InputError as fault:
            yield Refused(fault.given, fault.wrong, fault.mend)


def report_of(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
    language: str | None = None,
    id: str | None = None,  # noqa: A002
) -> Report:
    """The report that a text in hand is, with what is known of it from elsewhere.

    Raises ``InputError`` where the text is empty.
    """
    return read(RawInput("text", text, id=id, title=title, source=source, url=url, published=published, language=language))


def read(raw: RawInput) -> Report:
    """The report that a raw input holds; its text is mended and then never changes.

    Raises ``InputError`` where there is no text in it.
    """
    raw = _writable(raw)
    cleaned = clean(raw.content)
    if not any(c.isalnum() for c in cleaned.text):
        raise InputError("there is no text in it", given=raw.name, mend="give a text with at least one word")
    if cleaned.text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        raise InputError("it is encrypted (PGP)", given=raw.name, mend="decrypt it first, then give its text")
    title = clean(raw.title).text.strip() if raw.title else None
    captions = frozenset(" ".join(clean(c).text.split()) for c in raw.captions)
    credit_lines = frozenset(" ".join(clean(c).text.split()) for c in raw.credits)
    headings = frozenset(" ".join(clean(h).text.split()) for h in raw.headings)
    found = find_sections(cleaned.text, title=title, captions=captions, credit_lines=credit_lines, headings=headings)
    imprint = read_imprint(cleaned.text, found)
    sections = imprint.sections
    authors, contributors, told = _people(cleaned.text, sections)
    repairs = _added(raw.repairs, cleaned.repairs)
    return Report(
        id=raw.id or _digest(raw.source, cleaned.text),
        text=cleaned.text,
        source=_source(raw, told) or imprint.issuer,
        url=raw.url,
        title=title or _title(cleaned.text, sections),
        authors=tuple(dict.fromkeys((*raw.authors, *authors))),
        contributors=contributors,
        language=raw.language or language_of(cleaned.text),
        published=published_of(cleaned.text, sections, [*([raw.published] if raw.published else []), *raw.dates], head=imprint.dates),
        sections=sections,
        repairs=repairs,
        origin=raw.origin,
    )


def _writable(raw: RawInput) -> RawInput:
    """What is told of the report without lone surrogates, which nothing can write."""
    given = {f.name: getattr(raw, f.name) for f in fields(raw) if f.name not in ("content", "repairs", "origin")}
    mended: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, str) and not value.isascii():
            mended[name] = without_surrogates(value)
        elif isinstance(value, tuple) and not all(v.isascii() for v in value):
            mended[name] = tuple(without_surrogates(v) for v in value)
    if raw.origin is not None:
        told = {f.name: getattr(raw.origin, f.name) for f in fields(raw.origin)}
        mended["origin"] = replace(raw.origin, **{k: without_surrogates(v) for k, v in told.items() if isinstance(v, str)})
    return replace(raw, **mended) if mended else raw


def _digest(source: str | None, text: str) -> str:
    return hashlib.sha256(f"{source or ''}\0{text}".encode()).hexdigest()[:16]


def _added(*groups: Sequence[Repair]) -> tuple[Repair, ...]:
    counts: dict[str, int] = {}
    for repair in (r for group in groups for r in group):
        counts[repair.kind] = counts.get(repair.kind, 0) + repair.count
    return tuple(Repair(kind, count) for kind, count in sorted(counts.items()))


def _title(text: str, sections: Sequence[Section]) -> str | None:
    for section in sections:
        if section.kind == "headline":
            return " ".join(text[section.start : section.end].split())
        if section.kind == "paragraph":
            return None
    return None


def _people(text: str, sections: Sequence[Section]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Authors, contributors, and the outlets that byline, dateline and contributors line name, the surest first."""
    authors: list[str] = []
    contributors: list[str] = []
    outlets: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for section in sections:
        words = text[section.start : section.end]
        if section.kind == "byline":
            byline = read_byline(words)
            if byline is not None:
                authors.extend(byline.people)
                outlets[1].extend(byline.outlets)
        elif section.kind == "contributors":
            line = read_contributors(words)
            contributors.extend(line.people)
            outlets[2].extend(line.outlets[:1])
        elif section.kind == "dateline":
            head = find_dateline(text, section.start, section.end, first=True)
            if head is not None and head.agency:
                outlet = outlet_named(head.agency)
                outlets[0].append(outlet.name if outlet else head.agency)
    told = tuple(dict.fromkeys((*outlets[0], *outlets[1], *outlets[2])))
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(contributors)), told


def _source(raw: RawInput, told: Sequence[str]) -> str | None:
    if raw.source and (name := " ".join(clean(raw.source).text.split())):
        return name
    by_address = outlet_at(raw.url) if raw.url else None
    if by_address is not None:
        return by_address.name
    return told[0] if told else None
