"""Mend a report's characters once, before its text is frozen: mojibake, entities, controls, white space, quotes.

Nothing that a reader sees is lost: letters and digits of well-formed text stay as they are and where they are.
Most repairs keep the length of the text; ``Alignment`` maps offsets back for those that do not.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from dateline.model import Repair

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# U+200C and U+200D join letters and emoji, U+200E, U+200F and U+202A to U+2069 order them: they belong to the text.
_UNSEEN = re.compile("[\u200b\ufeff\u2060\u00ad]")
# Amid Latin letters they join nothing and would only part a word from what it is.
_JOINERS = re.compile("(?<![^\x00-\u024f\u2010-\u201f])[\u200c\u200d]+(?![^\x00-\u024f\u2010-\u201f])")
# Between two digits they only part a number that is shown as one.
_IN_NUMBER = re.compile("(?<=[0-9])[\u200c-\u200f\u202a-\u202e\u2066-\u2069]+(?=[0-9])")
_TEX_QUOTED = re.compile(r"``(?=[^\s`])([^`]{0,2000}?[^\s`])''")
_TEX_OPEN = re.compile(r"(?<![`\w])``(?=[^\s`])")
_TWO_SINGLE = re.compile(r"(?<!')''(?!')")
_DOUBLE = re.compile('["\u201c\u201d\u201e]')
# Left over where a byte of a quote or dash was lost on the way: UTF-8 read as Windows-1252, last byte gone.
_HALF_QUOTE = re.compile("\u00e2\u20ac(?:\u009d|\u2122|\u0153|\u009c|\u201d|\u201c|\u02dc|\u00a6|\u2019)?")
_MENDED_HALF = {
    "\u00e2\u20ac\u0153": "\u201c",
    "\u00e2\u20ac\u009c": "\u201c",
    "\u00e2\u20ac\u009d": "\u201d",
    "\u00e2\u20ac\u2122": "\u2019",
    "\u00e2\u20ac\u02dc": "\u2018",
    "\u00e2\u20ac\u00a6": "\u2026",
    "\u00e2\u20ac\u201d": "\u2014",
    "\u00e2\u20ac\u201c": "\u2013",
    "\u00e2\u20ac\u2019": "\u2019",
    "\u00e2\u20ac": "\u201d",
}
_MOJIBAKE_SIGN = re.compile("[\u0080-\u009f\u00c2-\u00f4\u0102\u0103\u0192\u2018-\u201e\u2020-\u2026\u2030\u2039\u203a\u20ac\u2122\u0412-\u0420\u0452\u221a]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is frozen, and what was mended in it."""

    text: str
    repairs: tuple[Repair, ...]


def clean(text: str) -> Cleaned:
    """The text with its damage mended, and how often each kind of damage was found."""
    counts: Counter[str] = Counter()
    for step in (_entities, _surrogates, _line_ends, _mojibake, _controls, _white_space, _quotes):
        text = step(text, counts)
    return Cleaned(text, tuple(Repair(kind, count) for kind, count in sorted(counts.items())))


def _replaced(pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], text: str, kind: str, counts: Counter[str]) -> str:
    text, found = pattern.subn(by, text)
    if found:
        counts[kind] += found
    return text


def _entities(text: str, counts: Counter[str]) -> str:
    # Twice, since pages that were escaped twice hold "&amp;quot;".
    for _ in range(2):
        if "&" not in text:
            break
        found = [m for m in _ENTITY.finditer(text) if html.unescape(m.group()) != m.group()]
        if not found:
            break
        counts["entities"] += len(found)
        text = _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    return text


def without_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs joined where they belong together, else in the place of each the sign for what is lost."""
    return _surrogates(text, Counter())


def _surrogates(text: str, counts: Counter[str]) -> str:
    text = _replaced(_PAIR, lambda m: m.group().encode("utf-16", "surrogatepass").decode("utf-16"), text, "surrogates", counts)
    return _replaced(_SURROGATE, "\ufffd", text, "surrogates", counts)


def _line_ends(text: str, counts: Counter[str]) -> str:
    return _replaced(_LINE_END, _line_end, text, "whitespace", counts)


def _line_end(match: re.Match[str]) -> str:
    # U+0085 is also the third byte of a broken ellipsis or dash; those follow a letter that ftfy needs to see.
    before = match.string[match.start() - 1 : match.start()]
    return match.group() if match.group() == "\x85" and before and ord(before) > 127 else "\n"


def _mojibake(text: str, counts: Counter[str]) -> str:
    if not _MOJIBAKE_SIGN.search(text):
        return text
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if not _MOJIBAKE_SIGN.search(line):
            continue
        mended = ftfy.fix_text_segment(line, config)
        mended, halves = _HALF_QUOTE.subn(lambda m: _MENDED_HALF[m.group()], mended)
        if mended != line:
            counts["mojibake"] += max(halves, _changes(line, mended))
            lines[i] = mended
    return "\n".join(lines)


def _changes(before: str, after: str) -> int:
    if len(before) > 20_000:
        return 1
    return max(1, sum(1 for tag, *_ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if tag != "equal")) if len(before) < 3000 else 1


def _controls(text: str, counts: Counter[str]) -> str:
    return _replaced(_CONTROL, "", text, "control", counts)


def _white_space(text: str, counts: Counter[str]) -> str:
    text = _replaced(_SPACE, " ", text, "whitespace", counts)
    text = _replaced(_UNSEEN, "", text, "whitespace", counts)
    text = _replaced(_IN_NUMBER, "", text, "whitespace", counts)
    return _replaced(_JOINERS, "", text, "whitespace", counts) if "\u200c" in text or "\u200d" in text else text


def _quotes(text: str, counts: Counter[str]) -> str:
    if "``" in text:
        text = _replaced(_TEX_QUOTED, lambda m: f"\u201c{m.group(1)}\u201d", text, "quotes", counts)
        text = _replaced(_TEX_OPEN, "\u201c", text, "quotes", counts)
    if "''" in text:
        text = _replaced(_TWO_SINGLE, '"', text, "quotes", counts)
    if '"' in text and ("\u201c" in text or "\u201d" in text):
        text = "\n".join(_matched(line, counts) for line in text.split("\n"))
    return text


def _matched(line: str, counts: Counter[str]) -> str:
    """The line with a curly quote that was closed or opened by a straight one made a pair.

    Lines whose curly quotes are in pairs already are left alone: a straight quote in them is a quote within.
    """
    if '"' not in line or line.count("\u201c") == line.count("\u201d"):
        return line
    marks = [(m.start(), m.group()) for m in _DOUBLE.finditer(line)]
    chars = list(line)
    for (at, mark), (then, following) in zip(marks, marks[1:], strict=False):
        if mark == "\u201c" and following == '"' and chars[at] == mark and _closes(line, then):
            chars[then] = "\u201d"
        elif mark == '"' and following == "\u201d" and chars[at] == mark and not _closes(line, at):
            chars[at] = "\u201c"
        else:
            continue
        counts["quotes"] += 1
    return "".join(chars)


def _closes(line: str, at: int) -> bool:
    after = line[at + 1 : at + 2]
    return at > 0 and not line[at - 1].isspace() and not after.isalnum()


class Alignment:
    """Maps offsets of a cleaned text back to the text as it was given."""

    def __init__(self, given: str, cleaned: str) -> None:
        self._given = given
        self._cleaned = cleaned

    @cached_property
    def _blocks(self) -> list[tuple[int, int, int]]:
        """Start in the cleaned text, start in the given one, and length of each run that both share."""
        if self._given == self._cleaned:
            return [(0, 0, len(self._given))]
        runs: list[tuple[int, int, int]] = []
        given_lines = self._given.replace("\r\n", "\n ").replace("\r", "\n").split("\n")
        cleaned_lines = self._cleaned.split("\n")
        if len(given_lines) != len(cleaned_lines):
            given_lines, cleaned_lines = [self._given], [self._cleaned]
        a = b = 0
        for line, mended in zip(given_lines, cleaned_lines, strict=True):
            matcher = SequenceMatcher(None, mended, line, autojunk=False)
            runs.extend((a + m.a, b + m.b, m.size) for m in matcher.get_matching_blocks() if m.size)
            a, b = a + len(mended) + 1, b + len(line) + 1
        return runs or [(0, 0, 0)]

    @cached_property
    def _starts(self) -> list[int]:
        return [run[0] for run in self._blocks]

    def given(self, offset: int) -> int:
        """The offset in the given text of the character at ``offset`` of the cleaned one, or of the last one kept before it."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0:  # what the cleaned text begins with was not in the given one as it is
            return min(offset, self._blocks[0][1])
        start, there, size = self._blocks[i]
        if offset < start + size or i + 1 == len(self._blocks):
            return min(there + offset - start, len(self._given))
        following = self._blocks[i + 1]
        return min(there + offset - start, following[1])
