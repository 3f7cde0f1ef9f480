"""Numbers as written, in digits and words: the smallest pieces of a figure, read from the characters alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.lexicon import load

_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")
_GROUPS = re.compile(r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)")
_SUFFIX = frozenset({"k", "m", "mn", "mln", "bn", "bln", "b", "tn"})
"""Abbreviated scales; these may stand right behind the digits."""
_OPENERS = frozenset({"a", "an"})


class Piece(NamedTuple):
    """A run of digits, a word or a sign, with its characters in the text."""

    text: str
    start: int
    end: int
    word: str
    """The piece in lower case."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number: pieces up to ``stop``, what it is worth, and how it was written."""

    stop: int
    amount: float
    kind: str
    """digits, words, some or many (the least that a vague word can mean), share, or percent."""
    unsure: bool = False
    """Whether a point may part thousands or decimals ("5.000")."""
    scale: float = 1.0
    """The scale word it ends in, which a range shares ("3 to 5 million")."""


@cache
def _words() -> dict[str, tuple[str, float]]:
    rows = load("number_words.tsv", columns=("word", "kind", "value"), key=("word",))
    return {row["word"]: (row["kind"], float(row["value"])) for row in rows}


@cache
def _scales() -> frozenset[str]:
    """The words that multiply the digits before them."""
    return frozenset(w for w, (kind, _) in _words().items() if kind in ("scale", "hundred", "dozen")) - {"k", "m", "b"}


def pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of ``text`` from ``start`` to ``end``, digits grouped by spaces or commas as one."""
    found: list[Piece] = []
    at = start
    while at < end:
        match = _GROUPS.match(text, at, end) if text[at].isdigit() else None
        if match is None or (at > start and (text[at - 1].isalnum() or text[at - 1] in ".,")):
            match = _PIECE.match(text, at, end)
        if match is None:
            at += 1
            continue
        found.append(Piece(match.group(), match.start(), match.end(), match.group().lower()))
        at = match.end()
    return tuple(found)


def value_at(row: Sequence[Piece], i: int) -> Value | None:
    """The number that begins at piece ``i``, or None."""
    if i >= len(row):
        return None
    if row[i].text[0].isdigit():
        return _digits(row, i)
    if row[i].word not in _words() and row[i].word not in _OPENERS:
        return None
    return _half_of_scale(row, i) or _fraction(row, i) or _cardinal(row, i) or _vague(row, i)


def _touches(row: Sequence[Piece], i: int, j: int) -> bool:
    return 0 <= i < len(row) and 0 <= j < len(row) and row[i].end == row[j].start


def _kind(row: Sequence[Piece], i: int) -> tuple[str, float]:
    return _words().get(row[i].word, ("", 0.0)) if i < len(row) else ("", 0.0)


def _literal(text: str) -> tuple[float, bool] | None:
    """What digits are worth and whether that is unsure; None for dates, scores and other strings of digits."""
    if re.fullmatch(r"\d+", text):
        return float(text), False
    if re.fullmatch(r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+", text):
        return float(re.sub(r"\D", "", text)), False
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", text):
        return float(text.replace(",", "")), False
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", text):
        return float(text.replace(".", "")), text.count(".") == 1
    if re.fullmatch(r"\d+[.,]\d{1,2}", text):
        return float(text.replace(",", ".")), False
    return (float(text), False) if re.fullmatch(r"\d+\.\d+", text) else None


def _digits(row: Sequence[Piece], i: int) -> Value | None:
    read = _literal(row[i].text)
    if read is None or _attached_before(row, i):
        return None
    amount, unsure = read
    j = i + 1
    if j < len(row) and row[j].text == "%":
        return Value(j + 1, amount / 100, "percent")
    if _touches(row, i, j) and row[j].text[0].isalpha():
        return _scaled(row, i, j, amount, _SUFFIX)
    if _attached_after(row, i):
        return None
    scaled = _scaled(row, i, j, amount, _scales())
    if scaled is not None:
        return scaled
    percent = _percent(row, j)
    return Value(percent, amount / 100, "percent") if percent else Value(j, amount, "digits", unsure)


def _scaled(row: Sequence[Piece], i: int, j: int, amount: float, allowed: frozenset[str]) -> Value | None:
    if j >= len(row) or row[j].word not in allowed or _attached_after(row, j):
        return None
    literal = row[i].text
    base = float(literal) if re.fullmatch(r"\d+\.\d+", literal) else amount
    factor = _words()[row[j].word][1]
    return Value(j + 1, round(base * factor, 4), "digits", scale=factor)


def _attached_before(row: Sequence[Piece], i: int) -> bool:
    """Whether the digits are the tail of a model number, a decimal or a reference (F-16, #5, 3:1, 9/11)."""
    if i == 0 or not _touches(row, i - 1, i):
        return False
    before = row[i - 1].text
    if before in "-–/":
        return i > 1 and _touches(row, i - 2, i - 1) and not (before != "/" and (row[i - 2].text[-1].isdigit() or row[i - 2].text == "%"))
    return before[-1].isalnum() or before in "#:.,'’№_@"


def _attached_after(row: Sequence[Piece], i: int) -> bool:
    """Whether the number opens a compound or another kind of number (24-year-old, 12:30, 9/11, two-storey)."""
    if not _touches(row, i, i + 1):
        return False
    after = row[i + 1].text
    if after[0].isalnum():
        return True
    follows = _touches(row, i + 1, i + 2)
    if after in ":/":
        return follows and row[i + 2].text[0].isdigit()
    if after == "-" and follows and row[i + 2].text[0].isalpha():
        return row[i + 2].word not in ("odd", "plus", "some", "strong", "ish") and not _kind(row, i + 2)[0]
    return False


def _percent(row: Sequence[Piece], j: int) -> int | None:
    """Where a word for percent that begins at piece ``j`` ends, or None."""
    if j < len(row) and row[j].word in ("percent", "pct", "pc"):
        return j + 1
    if j + 1 < len(row) and row[j].word == "per" and row[j + 1].word == "cent":
        return j + 2
    return None


def _half_of_scale(row: Sequence[Piece], i: int) -> Value | None:
    """ "half a million", "half a dozen", "a half-million", "a quarter of a million"."""
    j = i + 1 if row[i].word in _OPENERS else i
    kind, parts = _kind(row, j)
    if kind != "fraction" or row[j].word not in ("half", "quarter"):
        return None
    k = j + 1
    while k < len(row) and (row[k].word in ("a", "an", "of") or (row[k].text == "-" and _touches(row, k - 1, k))):
        k += 1
    scale, factor = _kind(row, k)
    if scale not in ("scale", "dozen", "hundred") or row[k].word in _SUFFIX or k - j > 4 or _attached_after(row, k):
        return None
    return Value(k + 1, factor / parts, "words")


def _fraction(row: Sequence[Piece], i: int) -> Value | None:
    """ "half", "two-thirds", "a quarter", "one fifth", where a whole follows ("of", "the", "its")."""
    j, count = i, 1.0
    kind, amount = _kind(row, i)
    if kind == "unit" and amount:
        j, count = i + 1, amount
        if j < len(row) and row[j].text == "-":
            j += 1
    elif row[i].word in _OPENERS:
        j = i + 1
    part, parts = _kind(row, j)
    if part != "fraction" or count >= parts or _attached_after(row, j) or not _whole_follows(row, j + 1, bare=j == i, plural=count > 1):
        return None
    return Value(j + 1, round(count / parts, 6), "share")


def _whole_follows(row: Sequence[Piece], k: int, *, bare: bool, plural: bool) -> bool:
    if k >= len(row):
        return plural
    word = row[k].word
    if word == "of":
        return not (k + 1 < len(row) and row[k + 1].word in ("whom", "which", "them") and not bare) or plural
    return plural or (bare and word in ("the", "its", "their", "his", "her", "our", "all", "a") and row[k - 1].word == "half")


def _cardinal(row: Sequence[Piece], i: int) -> Value | None:
    """A cardinal in words: "thirty-one", "two hundred and six", "a hundred thousand", "two dozen"."""
    j, total, group, seen, last, scale = i, 0.0, 0.0, False, i, 1.0
    if row[i].word in _OPENERS:
        if _kind(row, i + 1)[0] not in ("hundred", "scale", "dozen") or row[i + 1].word in _SUFFIX:
            return None
        j, group = i + 1, 1.0
    while j < len(row):
        kind, amount = _kind(row, j)
        if kind in ("unit", "ten"):
            if seen and (group % 10 or (kind == "ten" and group % 100)):
                break
            group += amount
        elif kind == "hundred" and (seen or group):
            group *= 100
        elif kind in ("scale", "dozen") and (seen or group) and row[j].word not in _SUFFIX:
            total, group, scale = total + (group or 1.0) * amount, 0.0, amount
        elif seen and _joins(row, j, last):
            j += 1
            continue
        else:
            break
        seen, last, j = True, j, j + 1
    if not seen or _attached_after(row, last) or (i and _touches(row, i - 1, i) and row[i - 1].text == "-"):
        return None
    percent = _percent(row, last + 1)
    amount = total + group
    return Value(percent, amount / 100, "percent") if percent else Value(last + 1, amount, "words", scale=scale)


def _joins(row: Sequence[Piece], j: int, last: int) -> bool:
    """Whether the hyphen or "and" at ``j`` ties two words of one cardinal."""
    after, amount = _kind(row, j + 1)
    before, worth = _kind(row, last)
    if row[j].text == "-":
        return (before == "ten" and after == "unit" and 0 < amount < 10) or after in ("hundred", "scale", "dozen")
    return row[j].word == "and" and j == last + 1 and before in ("hundred", "scale") and after in ("unit", "ten")


def _vague(row: Sequence[Piece], i: int) -> Value | None:
    """ "several", "a few", "dozens", "tens of thousands", "several hundred"."""
    j = i + 1 if row[i].word in _OPENERS else i
    kind, least = _kind(row, j)
    if kind == "some" and ((j > i) == (row[j].word != "several")) or (kind == "some" and row[j].word == "few" and j > i):
        k = j + 1 + (row[j].word == "couple" and j + 1 < len(row) and row[j + 1].word == "of")
        scale, factor = _kind(row, k)
        if scale in ("hundred", "dozen", "scale") and row[k].word not in _SUFFIX and not _attached_after(row, k):
            return Value(k + 1, least * factor, "some", scale=factor)
        if row[j].word in ("number", "pair", "couple", "handful") and not (j + 1 < len(row) and row[j + 1].word == "of"):
            return None
        return Value(j + 1, least, "some")
    if kind == "many" and j == i and not _attached_after(row, i):
        return _many(row, i, least)
    return None


def _many(row: Sequence[Piece], i: int, least: float) -> Value | None:
    if i + 2 < len(row) and row[i + 1].word == "of":
        kind, inner = _kind(row, i + 2)
        if kind == "many" and inner > 100:
            return Value(i + 3, inner / 2 * {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}.get(row[i].word, 2), "many")
    return None if row[i].word == "tens" else Value(i + 1, least, "many")
