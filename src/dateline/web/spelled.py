"""A text as its letters are read, whatever way they are written, with the way back to where each stands.

Accents fall away, composed or not; letters of other kinds that look the same, wide and bold ones, and those written as codes of an address, of a page
or of a mail are the plain letter. Case stays, because it tells words apart that are run together.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SOFT = "\u00ad"
"""Stands for every sign that is not seen: it parts no word."""

_CODES = re.compile(r"(?:%(?:25)*[0-9A-Fa-f]{2})+|(?:=[0-9A-F]{2}){2,}|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|\\u[0-9A-Fa-f]{4}")
_STRANGE = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f`]|{_CODES.pattern}")
_BYTE = re.compile(r"(?:%(?:25)*|=)([0-9A-Fa-f]{2})")

_PLAIN = {
    **dict(zip("đĐłŁøØðÐħĦŧŦıĸ", "dDlLoOdDhHtTik", strict=True)),
    **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ə": "e", "Ə": "E"},
    **dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсух", "ABESIJKMHOPCTYXaesijopcyx", strict=True)),  # Cyrillic
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),  # Greek
    **dict.fromkeys("’‘ʼʻʿʾˈ´`＇ʹ′", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u2043\ufe63\uff0d", "-"),
    "＿": "_", "＠": "@", "．": ".", "ـ": "",
}  # fmt: skip

_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ñ": "nh", "ğ": "gh", "š": "sh", "č": "ch", "ž": "zh", "ć": "c"}
"""What is written where a letter's mark cannot be."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The plain text; each of its characters stands at ``starts`` to ``ends`` of the text that it was made of (None: at its own place)."""

    plain: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the given text a stretch of the plain one stands, its marks with it."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def spelled(text: str) -> Spelled:
    """The text in plain letters."""
    if text.isascii() and not _STRANGE.search(text):
        return Spelled(text)
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in _characters(text):
        letters = _letters(char)
        if not letters and ends:
            ends[-1] = end  # a mark belongs to the letter before it
        for letter in letters:
            plain.append(letter)
            starts.append(start)
            ends.append(end)
    return Spelled("".join(plain), starts, ends)


def other_spelling(name: str) -> str:
    """The name with two letters for each that has a mark, as where marks cannot be written (``Müller``: ``Mueller``)."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(_TWO_LETTERS.get(c) or (_TWO_LETTERS[c.lower()].capitalize() if c.lower() in _TWO_LETTERS else c) for c in composed)


@cache
def _letters(char: str) -> str:
    """What a character is read as: plain letters, a soft sign, itself; nothing for a mark."""
    if char in _PLAIN:
        return _PLAIN[char]
    kind = unicodedata.category(char)
    if kind in ("Cf", "Cs", "Co", "Cn") or (kind == "Cc" and not char.isspace()):
        return SOFT
    parts = unicodedata.normalize("NFKD", char)
    return "".join(_PLAIN.get(c, c) for c in parts if not unicodedata.category(c).startswith("M"))


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character with where it stands; one that is written as a code is one character."""
    at = 0
    for found in _CODES.finditer(text):
        yield from ((text[n], n, n + 1) for n in range(at, found.start()))
        yield from _decoded(found)
        at = found.end()
    yield from ((text[n], n, n + 1) for n in range(at, len(text)))


def _decoded(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    code, start = found.group(), found.start()
    if code[0] == "\\":
        yield chr(int(code[2:], 16)), start, found.end()
    elif code[0] == "&":
        yield from ((c, start, found.end()) for c in html.unescape(code)[:2])
    else:
        units = [(int(u.group(1), 16), start + u.start(), start + u.end()) for u in _BYTE.finditer(code)]
        at = 0
        while at < len(units):
            size = _size(units[at][0])
            part = units[at : at + size]
            yield bytes(u[0] for u in part).decode("utf-8", errors="replace")[:1], part[0][1], part[-1][2]
            at += size


def _size(lead: int) -> int:
    """So many bytes make the character that begins with this one."""
    return 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
