"""Read mail: single messages and mailboxes; their text is a report, and so is each attached document, page or forwarded message."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from dateline.intake.decoding import Decoded, decode
from dateline.intake.markup import Passage, headings_of, joined, passages_of
from dateline.intake.names import is_person
from dateline.intake.outlets import outlet_at, outlet_named
from dateline.intake.raw import ByteStream, Found, Joined, RawInput, Source
from dateline.model import Refused

_OFFICE = "application/vnd."
_READ = {
    "application/pdf": ".pdf", f"{_OFFICE}openxmlformats-officedocument.wordprocessingml.document": ".docx", f"{_OFFICE}oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf", "text/rtf": ".rtf", "text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml", "application/zip": ".zip",
    "application/x-zip-compressed": ".zip", "application/json": ".json", "text/csv": ".csv",
}  # fmt: skip
_LEFT = re.compile(r"image/|audio/|video/|font/|text/calendar|text/x?-?vcard|application/(?:pgp|pkcs7|x-pkcs7|ics)")
_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError)
"""What the parser of the standard library raises on mail that breaks its rules."""


def read_mail(source: Source) -> Iterator[Found]:
    """The report that a message is, then those that are attached to it."""
    data = source.whole(source.options.limits.file_bytes)
    if isinstance(data, Refused):
        yield data
        return
    yield from _message(data, source)


def read_mailbox(source: Source) -> Iterator[Found]:
    """The reports of each message of an mbox file; ``name#3`` is its third message."""
    limit = source.options.limits.file_bytes
    for number, data in enumerate(_messages(source.stream, limit), 1):
        one = replace(source, name=f"{source.name}#{number}", form="mail")
        if len(data) > limit:
            yield one.refused(f"the message is larger than {limit:,} bytes", "save its attachments as files")
        else:
            yield from _message(data, one)


def _messages(stream: ByteStream, limit: int) -> Iterator[bytes]:
    """The messages of an mbox file; one that is too large is cut just past the limit, the rest of it passed over."""
    held: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(1 << 20):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(held)
            held, size, begun, blank = [], 0, True, False
            continue
        blank = line.strip() == b""
        if size <= limit:
            held.append(line[1:] if re.match(rb">+From ", line) else line)
            size += len(line)
    if begun or held:
        yield b"".join(held)


def _message(data: bytes, source: Source) -> Iterator[Found]:
    if source.depth > source.options.limits.depth:
        yield source.refused("it lies too deep in other mails and archives", "save it as a file of its own")
        return
    try:
        mail = message_from_bytes(data, policy=policy.default)
        bodies, attached = _parts(mail)
        head = _head(mail)
    except _FAULTS as fault:
        yield source.refused(f"it is no mail that can be read ({type(fault).__name__})", "save the message again, or its text as plain text")
        return
    passages = _text(bodies)
    origin = source.traced(data, item=head.id)
    if any(c.isalnum() for p in passages for c in p.text):
        yield replace(head, name=source.name, id=None, content=joined(passages), headings=headings_of(passages), origin=replace(origin, fetched=None))
    elif mail.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        yield source.refused("the message is encrypted or sealed (S/MIME)", "open it in a mail program that has the key, and save its text")
    elif not attached:
        yield source.refused("the message has no text", "leave it out, or save what it shows as text")
    for number, part in enumerate(attached, 1):
        yield from _attached(part, number, source, head)


def _head(mail: EmailMessage) -> RawInput:
    """What the head of a message says: the subject as title, the sender as outlet, its date."""
    display, address = parseaddr(str(mail.get("From", "")))
    outlet = (outlet_named(display) if display else None) or (outlet_at(address.rpartition("@")[2]) if "@" in address else None)
    try:
        when = parsedate_to_datetime(str(mail.get("Date", ""))).isoformat()
    except (ValueError, TypeError, IndexError):
        when = None
    name = str(mail.get("Message-ID", "")).strip()
    return RawInput(
        "",
        "",
        id=f"mid:{name.strip('<>')}" if name else None,
        title=" ".join(str(mail.get("Subject", "")).split()) or None,
        source=outlet.name if outlet else display.strip() or address or None,
        published=when,
        authors=(display.strip(),) if display and is_person(display.strip()) else (),
    )


def _parts(mail: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """The parts that are the message's own text, and the attached ones that are read as reports of their own."""
    bodies: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    stack: list[tuple[EmailMessage, bool]] = [(mail, True)]
    while stack:
        part, own = stack.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            attached.append(part)
        elif part.is_multipart():
            inner = [p for p in part.iter_parts() if isinstance(p, EmailMessage)]
            if kind == "multipart/alternative":
                inner = [_best(inner)] if inner else []
            stack.extend((p, own) for p in reversed(inner))
        elif own and kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            bodies.append(part)
        elif not _LEFT.match(kind):
            attached.append(part)
    return bodies, attached


def _best(parts: list[EmailMessage]) -> EmailMessage:
    """Of the alternatives the plain one where it has words, since what it shows is what it says; else the last, richest one."""
    plain = next((p for p in parts if p.get_content_type() == "text/plain"), None)
    if plain is not None and len(_bytes(plain).split()) >= 10:
        return plain
    return parts[-1]


def _text(parts: list[EmailMessage]) -> list[Passage]:
    found: list[Passage] = []
    for part in parts:
        decoded = decode(_bytes(part), page=part.get_content_type() == "text/html", charset=part.get_content_charset())
        if not isinstance(decoded, Decoded):
            continue
        if part.get_content_type() == "text/html":
            found.extend(passages_of(decoded.text))
        else:
            found.extend(Passage("paragraph", block.strip("\n")) for block in re.split(r"\n[ \t]*\n", _flowed(decoded.text, part)) if block.strip())
    return found


def _flowed(text: str, part: EmailMessage) -> str:
    """The text with the soft line ends of ``format=flowed`` joined."""
    plain = text.replace("\r\n", "\n")
    flowed = str(part.get_param("format", "") or "").lower() == "flowed"
    return re.sub(r"(?<!\n--) \n(?!\n|>)", " ", plain) if flowed else plain


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attached(part: EmailMessage, number: int, source: Source, head: RawInput) -> Iterator[Found]:
    """The reports of an attachment; the mail's sender and date stand in where it says nothing itself."""
    kind = part.get_content_type()
    given = str(part.get_filename() or f"part{number}").replace("/", "_").replace("\\", "_")
    name = f"{source.name}!{given}"
    suffix = "." + given.rpartition(".")[2].lower() if "." in given else _READ.get(kind, "")
    if kind == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner and hasattr(inner[0], "as_bytes") else b""
        suffix = ".eml"
    else:
        data = _bytes(part)
    stream = Joined(data, io.BytesIO(b""))
    inside = replace(source, name=name, stream=stream, suffix=suffix, charset=part.get_content_charset(), depth=source.depth + 1, form="")
    for found in source.inner(inside):
        if isinstance(found, RawInput) and suffix != ".eml":
            yield replace(found, published=found.published or head.published, source=found.source or head.source)
        else:
            yield found
