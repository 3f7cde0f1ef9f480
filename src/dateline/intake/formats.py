"""Which format a source is in, by its content first and its name second; and the one list of readers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from dateline.errors import UsageError
from dateline.intake.archives import is_packed, read_packed, read_tar, read_zip
from dateline.intake.documents import read_docx, read_odt, read_pdf, read_rtf
from dateline.intake.feeds import read_feed
from dateline.intake.grids import looks_like_grid, read_csv, read_parquet, seekable
from dateline.intake.mail import read_mail, read_mailbox
from dateline.intake.newsml import read_newsml
from dateline.intake.plain import MARKS, read_html, read_json, read_lines, read_text
from dateline.intake.raw import Found, Joined, Source
from dateline.intake.webarchive import read_wacz, read_warc
from dateline.model import Refused

READERS: dict[str, Callable[[Source], Iterator[Found]]] = {
    "text": read_text,
    "html": read_html,
    "json": read_json,
    "jsonl": read_lines,
    "csv": read_csv,
    "parquet": read_parquet,
    "feed": read_feed,
    "newsml": read_newsml,
    "warc": read_warc,
    "wacz": read_wacz,
    "mail": read_mail,
    "mbox": read_mailbox,
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "zip": read_zip,
    "tar": read_tar,
    "packed": read_packed,
}
"""A reader is a function from an opened source to what is found in it."""

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text", ".asc": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet",
    ".rss": "feed", ".atom": "feed", ".xml": "xml", ".nitf": "newsml",
    ".warc": "warc", ".wacz": "wacz", ".eml": "mail", ".mbox": "mbox", ".mbx": "mbox",
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".rtf": "rtf",
    ".zip": "zip", ".tar": "tar", ".gz": "packed", ".tgz": "packed", ".bz2": "packed", ".xz": "packed",
}  # fmt: skip
"""The formats that the suffixes of names tell."""

_PAGE = re.compile(
    r"^\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"(?:<!doctype\s+html|<html|<head|<body|<article|<meta|<title|<div|<p[ >])",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(
    r"^\s*(?:<\?[^>]*>\s*|<!--.{0,5000}?-->\s*|<!DOCTYPE[^>\[]*(?:\[.{0,20000}?\]\s*)?>\s*)*<(?:[\w.-]+:)?([\w.-]+)[\s/>]", re.DOTALL | re.IGNORECASE
)
_ROOTS = {
    "rss": "feed", "feed": "feed", "RDF": "feed", "newsItem": "newsml", "newsMessage": "newsml", "packageItem": "newsml", "knowledgeItem": "newsml",
    "conceptItem": "newsml", "nitf": "newsml", "html": "html",
}  # fmt: skip
_HEADER = re.compile(r"(?:[!-9;-~]+:[ \t]?[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MAIL_SIGNS = ("received", "message-id", "mime-version", "return-path", "delivered-to", "x-mailer", "content-transfer-encoding")
_MBOX = re.compile(rb"From \S+.{0,60}\d{4}\s*\r?\n[!-9;-~]+:")
_OFFICE = {"word/": "docx", "xl/": "an Excel workbook", "ppt/": "a PowerPoint presentation"}


def reader_named(name: str) -> Callable[[Source], Iterator[Found]]:
    """The reader of a format.

    Raises ``UsageError`` that names the formats there are.
    """
    if name not in READERS:
        raise UsageError("there is no such format to read", given=name, mend=f"give one of: {', '.join(READERS)}")
    return READERS[name]


def read_source(source: Source) -> Iterator[Found]:
    """What is found in a source, by the reader of its format."""
    head = source.stream.read(65536)
    if not head.strip(b" \t\r\n\f\v"):
        yield source.refused("it is empty", "give a file with a report in it")
        return
    source = replace(source, stream=Joined(head, source.stream))
    form = detect(head, source.suffix, source.options.form)
    if form == "zip":
        with seekable(source) as file:
            told = _packed_as(file, source)
            file.seek(0)
            if isinstance(told, Refused):
                yield told
            else:
                yield from READERS[told](replace(source, stream=file, form=told))
        return
    yield from reader_named(form)(replace(source, form=form))


def _packed_as(file: IO[bytes], source: Source) -> str | Refused:
    """What a zip archive is: an office document, a WACZ package, or files packed together."""
    try:
        names = zipfile.ZipFile(file).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return SUFFIXES.get(source.suffix, "zip") if SUFFIXES.get(source.suffix) in ("docx", "odt", "wacz") else "zip"
    if "[Content_Types].xml" in names:
        kind = next((k for start, k in _OFFICE.items() if any(n.startswith(start) for n in names)), "an office document of an unknown kind")
        return kind if kind == "docx" else source.refused(f"it is {kind}, which is not read", "save its table as CSV, or its text as DOCX or plain text")
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    return "wacz" if "datapackage.json" in names and any(n.startswith("archive/") for n in names) else "zip"


def detect(head: bytes, suffix: str = "", wanted: str | None = None) -> str:
    """The format of a source that begins with ``head``, by what it holds, then by its name's suffix.

    ``wanted`` is the user's word; what it is packed in is unpacked first.
    """
    if wanted is not None and not (is_packed(head) and wanted not in ("packed", "warc", "tar")):
        return "packed" if wanted == "tar" and is_packed(head) else wanted
    named = SUFFIXES.get(suffix, "")
    sure = _by_bytes(head)
    if sure is not None:
        return sure
    text = _decoded(head)
    root = _ROOT.match(text)
    if root and (form := _ROOTS.get(root[1]) or _ROOTS.get(root[1].lower())):
        return form
    if named in ("mail", "mbox") or _is_mail(text):
        return "mail" if named != "mbox" else "mbox"
    json = _json(text)
    if json is not None and named in ("", "json", "jsonl"):
        return "jsonl" if named == "jsonl" else json
    if named in ("csv", "jsonl", "html", "warc") or (named == "text" and not _PAGE.match(text)):
        return named
    if _PAGE.match(text):
        return "html"
    if not named and looks_like_grid(text):
        return "csv"
    # A name promises what the content does not bear out: its reader says what is wrong with it.
    return named if named in ("json", "pdf", "parquet", "docx", "odt", "wacz", "feed", "newsml") else "newsml" if named == "xml" else "text"


def _by_bytes(head: bytes) -> str | None:
    """The format that the first bytes tell beyond doubt."""
    if head.startswith(b"\x1f\x8b") or is_packed(head):
        return "warc" if _is_packed_warc(head) else "packed"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in head[:1024] and not head[:1].isalpha():
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    marks = ((b"PAR1", "parquet"), (b"WARC/", "warc"), (b"{\\rtf", "rtf"))
    return next((form for mark, form in marks if head.startswith(mark)), "mbox" if _MBOX.match(head) else None)


def _is_packed_warc(head: bytes) -> bool:
    import zlib

    if not head.startswith(b"\x1f\x8b"):
        return False
    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _decoded(head: bytes) -> str:
    encoding = next((e for mark, e in MARKS if head.startswith(mark)), "utf-16-le" if head[1:2] == b"\0" else "utf-8")
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _json(text: str) -> str | None:
    if text.startswith("{"):
        first = text.split("\n", 1)[0].rstrip()
        return "jsonl" if first.endswith("}") or (len(text) > 60_000 and "\n" not in text) else "json"
    return "json" if re.match(r"\[\s*(?:\{|\])", text) else None


def _is_mail(text: str) -> bool:
    """Whether a text begins as a message does: lines of a head, one of them such as only mail programs write."""
    match = _HEADER.match(text)
    if match is None:
        return False
    keys = {line.split(":", 1)[0].lower() for line in match.group().splitlines() if ":" in line and not line[:1].isspace()}
    return "from" in keys and any(sign in keys for sign in _MAIL_SIGNS)
