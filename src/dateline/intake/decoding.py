"""Turn the bytes of a report into text: byte order marks, UTF-8, the charset that a page declares, else the likeliest encoding."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from dateline.intake.languages import script_of, word_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})",
    re.IGNORECASE,
)
_MAGIC = (
    (b"%PDF", "a PDF file", "take the text out of it first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a zip archive or office document", "unpack it, or save the document as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it with gunzip"),
    (b"BZh", "a bzip2 archive", "unpack it with bunzip2"),
    (b"\xfd7zXZ", "an xz archive", "unpack it with unxz"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "a PNG image", "give the report's text"),
    (b"\xff\xd8\xff", "a JPEG image", "give the report's text"),
    (b"GIF8", "a GIF image", "give the report's text"),
    (b"RIFF", "a sound, video or WebP file", "give the report's text"),
    (b"SQLite format 3", "an SQLite database", "give the reports, not the record"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
    (b"\x7fELF", "a program", "give the report's text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
)
# Bytes 0x80 to 0x9F that Windows-1252 uses for quotes, dashes, the euro and the ellipsis; Latin texts use few others there.
_TYPOGRAPHY = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99")
# Browsers read these names as their supersets, and so do those who write them.
_SUPERSETS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "tis-620": "cp874",
}  # fmt: skip
_ENOUGH = 200_000
# The commoner first: it wins where two read a text alike.
_CANDIDATES = (
    "cp1252", "cp1251", "cp1250", "cp1256", "cp1254", "koi8-u", "koi8-r", "iso-8859-2", "cp1253", "cp1255", "cp1257", "cp1258", "iso-8859-15", "iso-8859-5",
    "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-13", "iso-8859-16", "iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-14", "cp866",
    "mac-cyrillic", "mac-roman", "mac-latin2", "mac-greek", "mac-turkish", "cp850", "cp852", "cp437", "cp855", "cp857", "cp864", "cp874", "ptcp154", "kz1048",
)  # fmt: skip
# What stands amid the words of no text: signs between letters, capitals after small letters, control characters, lone half-width kana.
_STRANGE = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’ʼ‘\-–—./,:;!?\"”“)(&@*…\u0300-\u036f\u064b-\u065f](?=[^\W\d_])|(?<=[a-zà-ÿа-я])[À-ÞА-Я](?=[^\W\d_])|[\x80-\x9f\uff61-\uff9f\u2500-\u25ffþðÞÐ]"
    r"|[A-Za-z](?=[\u0370-\u06ff])|[\u0370-\u06ff](?=[A-Za-z])|(?<=[\u0400-\u04ff])[¤§¦¬¶]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read by, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are no text, and the mend."""

    reason: str
    mend: str


def decode(data: bytes, *, page: bool = False, charset: str | None = None) -> Decoded | Undecodable:
    """The text that bytes hold, without loss; ``page`` lets a charset declared in HTML or XML count.

    ``charset`` is what a server or mail says of the bytes; it counts before the page's own word, after what the bytes themselves tell.

    What is no text at all (an archive, an image, a program) is told as such.
    """
    for magic, kind, mend in _MAGIC:
        if data.startswith(magic):
            return Undecodable(f"it is {kind}, not a text", mend)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding) or Undecodable(f"it is marked as {encoding} but breaks off or is damaged", "save it again as UTF-8")
    named = charset.strip().strip("\"'").lower() if charset else None
    if named and re.fullmatch(r"utf-?(?:16|32)(?:-?[lb]e)?", named) and (told := _strictly(data, named)):
        return told
    wide = _wide(data) or (_wide_by_letters(data) if _binary(data) else None)
    if wide is not None:
        return _strictly(data, wide, guessed=True) or Undecodable("it is binary, not a text", "give a text file")
    shifted = _strictly(data, "iso2022_jp_2", guessed=True) if b"\x1b$" in data[:_ENOUGH] else None
    if shifted is not None:
        return shifted
    if _binary(data):
        return Undecodable("it is binary, not a text", "give a text file, a page or JSON Lines")
    told = _strictly(data, _SUPERSETS.get(named, named)) if named else None
    return _strictly(data, "utf-8") or told or (_declared(data) if page else None) or _guess(data)


def _strictly(data: bytes, encoding: str, *, guessed: bool = False) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, guessed)
    except (ValueError, LookupError):
        # UnicodeError of codecs that are none for text ("undefined", "idna"), and names that no codec can have ("a\0b").
        return None


def _wide(data: bytes) -> str | None:
    """The width and order of a UTF-16 or UTF-32 text without mark, told by where its zero bytes stand."""
    head = data[:4000]
    zeros = [head[i::4].count(0) for i in range(4)]
    quarter = max(len(head) // 4, 1)
    if len(head) < 8:
        return None
    # The two highest bytes of a character are nought in every script, but for few signs.
    if min(zeros[2], zeros[3]) > 0.9 * quarter and zeros[0] < 0.1 * quarter:
        return "utf-32-le"
    if min(zeros[0], zeros[1]) > 0.9 * quarter and zeros[3] < 0.1 * quarter:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 1.2 * quarter and even < 0.1 * quarter:
        return "utf-16-le"
    if even > 1.2 * quarter and odd < 0.1 * quarter:
        return "utf-16-be"
    # Other scripts: every second byte is the number of the script's block (Cyrillic 4, Hebrew 5, Arabic 6, Indic 9 to 14).
    for order, block in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        byte, count = Counter(block).most_common(1)[0]
        if 3 <= byte <= 14 and byte not in b"\t\n\r" and count > 0.6 * len(block) and 0 in head:
            return order
    return None


def _wide_by_letters(data: bytes) -> str | None:
    """The order of a UTF-16 text without mark whose letters lie all over the plane (Chinese, Korean, Ethiopic ...): the one in which they are of one script."""
    head = data[: 4000 - len(data) % 2]
    for order in ("utf-16-le", "utf-16-be"):
        found = _strictly(head, order)
        if found is None or len(found.text) < 8:
            continue
        kinds = Counter(unicodedata.category(c) for c in found.text if c not in "\t\n\r")
        unfit = sum(kinds[k] for k in ("Cn", "Co", "Cc", "Cs"))
        # Vowel signs of Indic scripts are marks, not letters.
        scripts = Counter(script_of(c) for c in found.text if unicodedata.category(c)[0] in "LM")
        scripts["Hani"] += scripts.pop("Kana", 0)
        if unfit == 0 and scripts.most_common(1)[0][1] > 0.8 * scripts.total() > 0.5 * len(found.text):
            return order
    return None


def _binary(data: bytes) -> bool:
    head = data[:20_000]
    controls = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return controls > max(0.02 * len(head), 3)


def _declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii").lower()
    return _strictly(data, _SUPERSETS.get(name, name))


def _by_words(data: bytes) -> str | None:
    """The single-byte encoding in which a text has most small words of some language and fewest signs amid its words."""
    sample = data[:20_000]
    scored: list[tuple[float, int, str]] = []
    for rank, name in enumerate(_CANDIDATES):
        found = _strictly(sample, name)
        if found is not None:
            share = word_share(found.text)
            strange = len(_STRANGE.findall(found.text)) / max(len(found.text), 1)
            scored.append((share - 5 * strange, -rank, name) if share >= 0.08 else (-1.0, -rank, name))
    best = max(scored, default=(-1.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _guess(data: bytes) -> Decoded | Undecodable:
    high = [b for b in data[:_ENOUGH] if b > 127]
    # A Latin text with a few quotes, dashes or accents: far likelier Windows-1252 than any rarer page.
    if len(high) < 0.04 * min(len(data), _ENOUGH) and (sum(b in _TYPOGRAPHY for b in high) >= 0.5 * len(high) or len(high) < 0.01 * min(len(data), _ENOUGH)):
        latin = _strictly(data, "cp1252", guessed=True)
        if latin is not None:
            return latin
    from charset_normalizer import from_bytes

    likely = _by_words(data)
    best = None if likely else from_bytes(data[:_ENOUGH]).best()
    for name in filter(None, [likely, best.encoding if best else None, "cp1252"]):
        found = _strictly(data, name, guessed=True)
        if found is not None:
            return found
    return Undecodable("its encoding cannot be told", "save it as UTF-8")
