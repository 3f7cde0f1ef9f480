"""Reports as JSON Lines, a JSON array or one JSON object, read record by record in bounded memory."""

from __future__ import annotations

import codecs
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dateline.intake.dates import in_either_order, read_date
from dateline.intake.ninjs import is_ninjs, read_item
from dateline.intake.raw import ByteStream, Found, RawInput, Source
from dateline.model import Refused

_TEXTS = ("id", "title", "source", "url", "published", "language")
_SHAPE = 'write one object a line, with at least {"text": "..."}'


def find_records(source: Source, *, encoding: str = "utf-8") -> Iterator[Found]:
    """One raw input or refusal for each record of a stream of JSON Lines; records are ``name:line``."""
    limit = source.options.limits.report_bytes
    for number, line in _lines(source.stream, encoding, limit):
        where = f"{source.name}:{number + source.before}"
        if line is None:
            yield Refused(where, f"the record is larger than {limit:,} bytes", "split it into reports, or raise report_bytes under [intake] in dateline.toml")
            continue
        stripped = line.strip()
        if stripped:
            yield _line_read(stripped, where, encoding, source)


def _lines(stream: ByteStream, encoding: str, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is too long, the rest of which is passed over in pieces."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    source = narrowed(stream, encoding) if wide else stream
    number = 0
    while line := source.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := source.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def narrowed(stream: ByteStream, encoding: str) -> ByteStream:
    """A UTF-16 or UTF-32 stream as UTF-8, piece by piece, in a file that is gone when closed."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the lines are read
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while piece := stream.read(1 << 20):
        target.write(decoder.decode(piece).encode("utf-8", "surrogatepass"))
    target.write(decoder.decode(b"", final=True).encode("utf-8", "surrogatepass"))
    target.seek(0)
    return target


def _line_read(line: bytes, where: str, encoding: str, source: Source) -> Found:
    try:
        text = line.decode("utf-8-sig" if where.endswith(":1") or encoding.startswith("utf") else encoding)
    except UnicodeDecodeError as fault:
        return Refused(where, f"the record is not UTF-8 (byte {fault.start + 1} of the line)", "save the file as UTF-8")
    value = parsed(text, where)
    return value if isinstance(value, Refused) else _made(value, where, line, source)


def _made(value: object, where: str, data: bytes, source: Source) -> Found:
    """What one JSON value holds: an item of ninjs, or a report in our own keys."""
    if is_ninjs(value):
        return read_item(value, where, replace(source, form="ninjs"), data)
    found = record(value, where, dates=source.options.dates)
    return replace(found, origin=source.traced(data)) if isinstance(found, RawInput) else found


def parsed(text: str, where: str) -> object | Refused:
    """The JSON value of a text, or why it is none."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as fault:
        return Refused(where, f"the record is not JSON: {fault.msg} at character {fault.pos + 1}", f"correct it; {_SHAPE}")
    except (RecursionError, ValueError):
        return Refused(where, "the record is not JSON that can be read: it is nested too deeply or holds a number too long", _SHAPE)
    return value


def record(value: object, where: str, *, dates: str | None = None) -> RawInput | Refused:
    """The raw input that one JSON object holds; unknown keys are passed over, known ones of a wrong type refused."""
    if not isinstance(value, dict):
        return Refused(where, f"the record is {_kind(value)}, not an object", _SHAPE)
    if "text" not in value:
        return Refused(where, 'the record has no key "text"', 'put the report\'s text under the key "text"')
    text = value["text"]
    if not isinstance(text, str):
        return Refused(where, f'"text" is {_kind(text)}, not a string', 'put the report\'s text under the key "text"')
    if not text.strip():
        return Refused(where, '"text" is empty', "leave the record out, or give its text")
    fields: dict[str, str] = {}
    for key in _TEXTS:
        given = value.get(key)
        if key == "id" and isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if given is not None and not isinstance(given, str):
            return Refused(where, f'"{key}" is {_kind(given)}, not a string', f'give "{key}" as a string, or leave it out')
        if given and given.strip():
            fields[key] = given.strip()
    if fields.get("published", "").casefold() in _NOTHING:
        fields.pop("published", None)
    if "published" in fields and (day := _day(fields["published"], where, dates)) is not None:
        if isinstance(day, Refused):
            return day
        fields["published"] = day
    if len(fields.get("language", "en")) > 12:
        return Refused(where, '"language" is no language code', 'give "language" as a code such as "en", or leave it out')
    return RawInput(
        where,
        text,
        id=fields.get("id"),
        title=fields.get("title"),
        source=fields.get("source"),
        url=fields.get("url"),
        published=fields.get("published"),
        language=fields.get("language"),
    )


_NOTHING = ("", "-", "n/a", "na", "nan", "nat", "none", "null", "unknown", "undated")
"""How tables write that a day is not known."""


def _day(words: str, where: str, dates: str | None) -> str | Refused | None:
    """The day that a slashed value means in the order that the user named; the refusal of one that is no day, or one of two; None where it can stand."""
    either = in_either_order(words)
    if either is not None and dates is not None:
        return either[0 if dates == "day-first" else 1]
    if either is not None:
        first, second = (date.fromisoformat(d) for d in either)
        wrong = f'"published" is {words!r}, which may be {first.day} {first:%B} or {second.day} {second:%B}'
        return Refused(where, wrong, 'say which with --dates day-first or --dates month-first, or give "published" as an ISO date such as "2017-10-20"')
    if read_date(words) is None:
        return Refused(where, f'"published" is {words!r}, which is no date', 'give "published" as an ISO date such as "2017-10-20", or leave it out')
    return None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), "something else")


def find_in_array(data: str, source: Source) -> Iterator[Found] | None:
    """The records of a text that is one JSON array (``name:1`` is its first) or one object; None where it is neither."""
    value = parsed(data, source.name)
    if isinstance(value, list):
        return (_made(item, f"{source.name}:{i}", _bytes_of(item), source) for i, item in enumerate(value, 1))
    if isinstance(value, dict):
        return iter((_made(value, source.name, data.encode("utf-8", "surrogatepass"), source),))
    return None


def _bytes_of(item: object) -> bytes:
    return json.dumps(item, ensure_ascii=True, separators=(",", ":")).encode()
