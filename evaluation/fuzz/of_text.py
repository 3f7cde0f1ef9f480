"""What must hold of bytes read as text, of mended text, and of a report and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from dateline.errors import InputError
from dateline.intake import report_of
from dateline.intake.clean import Alignment, clean
from dateline.intake.dates import find_dates, read_date
from dateline.intake.decoding import Decoded, decode
from dateline.intake.languages import language_of
from dateline.model import Report
from evaluation.fuzz.target import Check, told

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp1251", "iso-8859-1", "iso-8859-9", "koi8-r", "gb2312", "gb18030", "big5", "shift_jis", "euc-kr",
    "iso-2022-jp", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined", "rot13", "hex", "mbcs", "ascii", "x-user-defined", "a\0b", "é",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Any text, lone surrogates with it, that bytes stand for."""
    if data[:1] == b"\xff":
        return data[1:].decode("utf-16-le", "surrogatepass") if len(data) % 2 else data[1:].decode("utf-8", "surrogateescape")
    return data.decode("utf-8", "surrogateescape")


def decoding() -> Check:
    """A text without loss, or the reason why there is none."""

    def check(data: bytes) -> None:
        how, body = data[:1], data[1:]
        named = how and how[0] % 2 == 1
        charset = ENCODINGS[how[0] // 2 % len(ENCODINGS)] if named else None
        found = decode(body, page=bool(how) and how[0] % 3 == 0, charset=charset)
        if isinstance(found, Decoded):
            assert isinstance(found.text, str)
            if found.encoding == "utf-8" and not body.startswith(b"\xef\xbb\xbf"):
                assert found.text.encode("utf-8") == body, "UTF-8 was read with loss"
            if found.encoding in ("cp1252", "cp1251", "koi8-r", "iso-8859-2"):
                assert found.text.encode(found.encoding) == body, f"{found.encoding} was read with loss"
        else:
            assert found.reason
            assert found.mend

    return check


_PLAIN = re.compile("[&\x00-\x08\x0b-\x1f\x7f-\xad\xc2-\xf4\u0102\u0103\u0192\u0412-\u0420\u0452\u2018-\u203a\u20ac\u2122\u221a`\ud800-\udfff]")
_LEFT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\r\u00a0\u2028\u2029\u200b\ufeff]")


def mending() -> Check:
    """A text that UTF-8 can carry, without signs that nobody sees, and with every letter and digit of sound text."""

    def check(data: bytes) -> None:
        text = text_of(data)
        cleaned = clean(text)
        cleaned.text.encode("utf-8")
        left = _LEFT.search(cleaned.text)
        assert left is None or "&" in cleaned.text or any(r.kind == "mojibake" for r in cleaned.repairs), f"{left!r} is left"
        assert all(r.count > 0 for r in cleaned.repairs)
        if not _PLAIN.search(text):
            assert [c for c in cleaned.text if c.isalnum()] == [c for c in text if c.isalnum()], "letters were lost"
        assert clean(text) == cleaned, "not the same again"

    return check


def mapping() -> Check:
    """Offsets of the mended text lead back into the given one, in order, to the same letters where lines were not changed."""

    def check(data: bytes) -> None:
        text = text_of(data)
        cleaned = clean(text).text
        back = Alignment(text, cleaned)
        places = [back.given(i) for i in range(len(cleaned) + 1)]
        assert places == sorted(places), "places out of order"
        assert all(0 <= p <= len(text) for p in places), "a place outside the text"
        if cleaned == text:
            assert places == list(range(len(text) + 1))
        for start, there, size in back._blocks:
            same = text[there : there + size].replace("\r", "\n")
            assert not same or cleaned[start : start + size] == same or "\n" in same, "a run of other letters"

    return check


def parts() -> Check:
    """Parts in order that cover all that is written, a known language or none, and dates that a calendar has."""

    def check(data: bytes) -> None:
        choice = data[:1]
        try:
            report = report_of(text_of(data[1:]), title="Town falls" if choice == b"t" else None, published="2017-10-18" if choice == b"p" else None)
        except InputError as fault:
            told(fault)
            return
        sound(report)

    return check


def sound(report: Report) -> None:
    """What holds of every report, whatever it was read from."""
    report.text.encode("utf-8")
    at = 0
    for section in report.sections:
        assert at <= section.start < section.end <= len(report.text), "parts overlap or are empty"
        assert not report.text[at : section.start].strip(), "words outside all parts"
        at = section.end
    assert not report.text[at:].strip(), "words behind the last part"
    assert report.language is None or len(report.language) <= 35
    if report.published.basis == "stated" and report.published.date:
        datetime.fromisoformat(report.published.date)
    for span in report.published.spans:
        assert report.text[span.start : span.end] == span.text


def languages() -> Check:
    """A code of two letters, ``und`` for a language that is none of those told, or nothing; the same again."""

    def check(data: bytes) -> None:
        text = text_of(data)
        found = language_of(text)
        assert found in (None, "und") or (len(found or "") == 2 and str(found).isalpha())
        assert found == language_of(text)

    return check


def dates() -> Check:
    """Dates that a calendar has, at places that the text has."""

    def check(data: bytes) -> None:
        text = text_of(data)
        for found in find_dates(text):
            assert 0 <= found.start < found.end <= len(text)
            assert found.iso is None or datetime.fromisoformat(found.iso)
        stated = read_date(text)
        assert stated is None or datetime.fromisoformat(stated)

    return check


_TEXTS = (
    "It didnâ€™t — he said ‘no’ &amp; “yes\" at 5\u00a0km", "قالت القوات إنها سيطرت على المدينة", "ירושלים 1999", "``We won,'' he said.\r\nnext",
    "👨\u200d👩\u200d👧 e\u0301",
    "Rebels took the town of Busra on Wednesday, 18 October 2017, a monitor said. At least 13 people were killed.", "Сили оборони повідомили",
    "don\x92t \x93hi\x94",
)  # fmt: skip
_SIGNS = (
    "&amp;",
    "&#x1F600;",
    "\u201c",
    "\u201d",
    "``",
    "''",
    '"',
    "â€œ",
    "â€™",
    "\u200b",
    "\u202e",
    "\u00ad",
    "\r\n",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u0301",
    "Ã©",
)


def texts() -> Iterator[bytes]:
    """Texts in several scripts, whole and damaged."""
    yield from (text.encode() for text in _TEXTS)
    yield from (b"\xff" + text.encode("utf-16-le") for text in _TEXTS)


def bytes_of_texts() -> Iterator[bytes]:
    """The same in several encodings, each behind a byte that says how it is to be read."""
    for n, text in enumerate(_TEXTS):
        for encoding in ("utf-8", "utf-16", "utf-16-le", "cp1252", "cp1251", "koi8-r", "iso2022_jp", "gb18030", "utf-7"):
            yield bytes((n,)) + text.encode(encoding, "replace")


PARTS = ("Photo:", "By ", "(Reuters) -", "BEIRUT, Oct. 20", "Reporting by", "Share this", "Read more:", "—", "\n\n")
CHECKS = {"decoding": decoding, "mending": mending, "mapping": mapping, "parts": parts, "languages": languages}
SEEDS = {name: bytes_of_texts if name == "decoding" else texts for name in CHECKS}
WORDS = {name: lambda name=name: ENCODINGS if name == "decoding" else (*_SIGNS, *PARTS) if name == "parts" else _SIGNS for name in CHECKS}
