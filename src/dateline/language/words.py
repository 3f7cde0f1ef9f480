"""Cuts text into words as the Universal Dependencies treebanks of English do, with exact offsets for any Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc"
    "\u09be-\u09cd\u0a01-\u0a51\u0b3c-\u0b57\u0bbe-\u0bcd\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f\u200c\u200d\u00ad\u2060"
)
_L = rf"(?:[^\W_][{_MARKS}]*)"
_QUOTE = "['’ʼ`]"
_DASH = "[-\u2010\u2011]"

_TITLES = (
    "Mr Mrs Ms Messrs Dr Prof Gen Lt Col Maj Capt Sgt Cpl Pvt Brig Adm Cmdr Comdr Cdr Ens Hon Rev Fr Gov Sen Sens Rep Reps Pres Supt Insp Det Atty "
    "Sec Amb St Ste Mt Ft Jr Sr Inc Ltd Co Corp Bros Dept Univ Assn Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat "
    "Ave Blvd Rd vs al approx est ca cf Calif Fla Mass Conn Pa Va Md Ariz Colo Ill Ind Kan Ky La Mich Minn Miss Mo Okla Ore Tenn Tex Wash Wis Ph.D pp vol ed"
)
_TITLE = "(?:" + "|".join(sorted((re.escape(t) for t in _TITLES.split()), key=len, reverse=True)) + ")"

_UNITS = "(?:bn|mn|m|tn|km|kg|mm|cm|mph|kph|ft|lbs?|am|pm|hrs?|mins?|sq|AM|PM|[kK]m|[ap]\\.m\\.)"
_ENDS = "(?:com|org|net|edu|gov|mil|info|io|htm|html|php|asp|doc|xls|pdf|jpg)"
_ADDRESS = "|".join(
    (
        r"(?:https?|ftp)://[^\s<>\"“”]+",
        r"www\.[^\s<>\"“”]+",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        rf"<?[\w-]+(?:\.[\w-]+)*\.{_ENDS}(?![\w.@-]*\w)(?:/[^\s<>\"“”]*)?",
    )
)
_PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<address>{_ADDRESS})",
            rf"(?P<clitic>(?<=[\w.)\]”\"%]){_QUOTE}(?:s|re|ve|ll|d|m)(?!\w))",
            r"(?P<etc>(?<!\w)etc\.(?=[,;)]|\s+[a-z(]))",
            r"(?P<money>(?:US|AU|CA|NZ|HK|A|C|R)\$)",
            r"(?P<handle>[@#](?=\w*[^\W\d])\w+)",
            r"(?P<initials>(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?)",
            rf"(?P<title>(?<![^\W_]){_TITLE}\.(?![^\W_]))",
            r"(?P<numbered>(?<![^\W_])[Nn]os?\.(?=\s*\d))",
            r"(?P<initial>(?<![^\W_])[A-Z]\.(?=\s?[A-Z]))",
            r"(?P<phone>(?<![\w])\+?\d{1,4}(?:[-.]\d{2,5}){2,}(?!\w))",
            r"(?P<date>(?<![\w])\d{1,4}[-/]\d{1,2}[-/]\d{2,4}(?!\w))",
            r"(?P<ordinal>\d+(?:,\d{3})*(?:st|nd|rd|th|s|[’']s)(?![^\W_]))",
            r"(?P<decade>[’']\d0s(?!\w))",
            r"(?P<slashed>(?<![\w/])\d{1,2}/\d{1,2}(?![\w/])|(?<![\w-])\d{3}-\d{4}(?![\w-]))",
            rf"(?P<number>\d+(?:[.,:٫٬]\d+)*(?={_UNITS}(?!\w)|[^\w]|$))",
            r"(?P<company>(?<!\w)[A-Z]{1,2}&[A-Z]{1,2}(?!\w))",
            rf"(?P<word>{_L}+(?:{_QUOTE}{_L}+)*)",
            r"(?P<dots>\.{2,}|…+)",
            r"(?P<smile>[:;=]-?[()DP](?![\w(])|\^_\^)",
            r"(?P<run>(?P<same>[-=_*~#+!?—–<>^|\\/$])(?P=same)*[!?]*)",
            r"(?P<quotes>``|''|,,)",
            rf"(?P<other>[^\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb][{_MARKS}\ufe0f]*)",
        )
    )
)
_JOINED = re.compile(rf"{_L}+(?:{_QUOTE}{_L}+)*(?:{_DASH}{_L}+(?:{_QUOTE}{_L}+)*)+")
_PREFIX = re.compile(
    r"(?:e|anti|pro|non|pre|post|co|re|mid|multi|semi|ex|neo|pan|cross|inter|intra|ultra|sub|un|de|bi|mini|micro|pseudo|quasi|vice)$", re.IGNORECASE
)
_TAIL = re.compile(rf"(?P<base>.+?)(?P<tail>n{_QUOTE}t|{_QUOTE}(?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_BARE = re.compile(r"(?:do|does|did|is|was|were|are|have|has|had|could|would|should)nt$", re.IGNORECASE)
_FUSED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "dunno": 2}


def _cut_word(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of one run of letters: contractions and possessives stand apart."""
    fused = _FUSED.get(text[start:end].lower())
    if _BARE.match(text, start, end):
        fused = end - start - 2
    if fused:
        yield start, start + fused
        yield start + fused, end
        return
    found = _TAIL.match(text, start, end)
    if found and found.start("tail") > start:
        yield from _cut_word(text, start, found.start("tail"))
        yield found.start("tail"), end
        return
    yield start, end


def _cut_joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a run joined by hyphens: apart, but for prefixes that are no words."""
    at = start
    for found in re.finditer(_DASH, text[start:end]):
        hyphen = start + found.start()
        if at < hyphen and _PREFIX.match(text, at, hyphen) and not (text[at].isupper() and hyphen - at < 3):
            continue
        if at < hyphen:
            yield from _cut_word(text, at, hyphen)
        yield hyphen, hyphen + 1
        at = hyphen + 1
    yield from _cut_word(text, at, end)


def _trim_address(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1] in ".,;:!?)]}'\"’”>":
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    return end


def cut(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Start and end of every word between ``start`` and ``end``, in order; what is between them is blank or unprintable."""
    end = len(text) if end is None else end
    words: list[tuple[int, int]] = []
    at = start
    while at < end:
        found = _PATTERN.search(text, at, end)
        if found is None:
            break
        first, last, kind = found.start(), found.end(), found.lastgroup
        if kind == "address":
            last = _trim_address(text, first, last)
            words.append((first, last))
        elif kind == "word" or kind == "number":
            joined = _JOINED.match(text, first, end)
            if joined is not None:
                last = joined.end()
                words.extend(_cut_joined(text, first, last))
            elif kind == "word":
                words.extend(_cut_word(text, first, last))
            else:
                words.append((first, last))
        else:
            words.append((first, last))
        at = last
    return words
