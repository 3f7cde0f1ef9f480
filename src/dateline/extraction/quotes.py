"""Pair the quotation marks of a report: curly, straight, doubled, angled and mixed ones, nested, unclosed, and running over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.model import Section

MARK = re.compile(r"''|``|\"\"(?!\")|[\"“”„«»‘’'‹›＂]")
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
DASHES = "-–—―/("
ELISIONS = re.compile(r"['‘’](?:s|re|ve|ll|d|m|t|em|til|tis|twas|cause|n|round|\d0s)\b", re.IGNORECASE)
SINGLE = "'‘’‹›"
MAXIMUM_SINGLE = 600
"""Characters within which a single mark must be closed, or it is an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks: with its marks from ``start`` to ``end``, without them in ``pieces``, one a paragraph."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    depth: int
    """0 for a quote that stands in no other."""
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """First and last character (exclusive) between the marks."""
        return self.pieces[0][0], self.pieces[-1][1]


@dataclass(slots=True)
class _Open:
    start: int
    inner: int
    single: bool
    depth: int
    pieces: list[tuple[int, int]] = field(default_factory=list)


def find_quotes(text: str, sections: Sequence[Section] = ()) -> tuple[Quote, ...]:
    """The quotes of the text in the order of their opening marks; single marks that turn out to be apostrophes are left out."""
    done: list[Quote] = []
    carried: _Open | None = None
    for start, end in paragraphs(text, sections):
        carried = _paragraph(text, start, end, carried, done)
    if carried is not None:
        done.append(_made(carried, carried.pieces[-1][1], closed=False))
    return tuple(sorted((q for q in done if q.inner[1] > q.inner[0]), key=lambda q: (q.start, -q.end)))


def paragraphs(text: str, sections: Sequence[Section] = ()) -> list[tuple[int, int]]:
    """Characters of each paragraph: the sections where they are known, and what blank lines part elsewhere."""
    if sections:
        return [(s.start, s.end) for s in sorted(sections, key=lambda s: s.start)]
    found, start = [], 0
    for gap in BLANK_LINE.finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [(s, e) for s, e in found if text[s:e].strip()]


def _paragraph(text: str, start: int, end: int, carried: _Open | None, done: list[Quote]) -> _Open | None:
    """Read the marks of one paragraph; gives back the quote that is still open at its end and may go on in the next."""
    stack: list[_Open] = []
    first = start
    while first < end and text[first].isspace():
        first += 1
    first, end = _unwrapped(text, first, end)
    if carried is not None:
        mark = MARK.match(text, first, end)
        if mark and mark.group() not in SINGLE and mark.group() != "”":
            carried.inner = mark.end()
            stack.append(carried)
            first = mark.end()
        else:
            done.append(_made(carried, carried.pieces[-1][1], closed=False))
    for mark in MARK.finditer(text, first, end):
        (_single if mark.group() in SINGLE else _double)(text, mark, start, end, stack, done)
    return _left_open(text, end, stack, done)


def _unwrapped(text: str, first: int, end: int) -> tuple[int, int]:
    """A paragraph that came out of a table with marks around it and its own marks doubled is read without the outer ones."""
    last = end
    while last > first and text[last - 1].isspace():
        last -= 1
    if last - first > 4 and text[first] == text[last - 1] == '"' and '""' in text[first + 1 : last - 1]:
        return first + 1, last - 1
    return first, end


def _left_open(text: str, end: int, stack: list[_Open], done: list[Quote]) -> _Open | None:
    doubles = [o for o in stack if not o.single]
    if not doubles:
        return None
    stop = end
    while stop > doubles[0].inner and text[stop - 1].isspace():
        stop -= 1
    for inner in doubles[1:]:
        inner.pieces.append((inner.inner, max(stop, inner.inner)))
        done.append(_made(inner, max(stop, inner.inner), closed=False))
    outer = doubles[0]
    outer.pieces.append((outer.inner, stop))
    return outer


def _made(quote: _Open, end: int, *, closed: bool) -> Quote:
    return Quote(quote.start, end, tuple(quote.pieces), quote.depth, closed)


def _close(quote: _Open, mark: re.Match[str], done: list[Quote]) -> None:
    quote.pieces.append((quote.inner, mark.start()))
    if mark.start() > quote.inner:
        done.append(_made(quote, mark.end(), closed=True))


def _sides(text: str, mark: re.Match[str], start: int, end: int) -> tuple[bool, bool]:
    """Whether the mark could open (blank or dash before it, a character after it) and could close."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    opens = (before.isspace() or before in DASHES or before in "[“\"‘'«") and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    return opens, closes


def _double(text: str, mark: re.Match[str], start: int, end: int, stack: list[_Open], done: list[Quote]) -> None:
    opens, closes = _sides(text, mark, start, end)
    place = next((n for n in range(len(stack) - 1, -1, -1) if not stack[n].single), None)
    sign = mark.group()
    if sign in ("“", "„", "«", "``"):
        opening = not (place is not None and closes and not opens)
    elif sign in ("”", "»"):
        opening = place is None and opens and not closes
    elif place is None:
        opening = opens or not closes
    else:
        opening = opens and not closes and stack[-1].single
    if opening:
        stack.append(_Open(mark.start(), mark.end(), single=False, depth=len(stack)))
    elif place is not None:
        _close(stack[place], mark, done)
        del stack[place:]


def _single(text: str, mark: re.Match[str], start: int, end: int, stack: list[_Open], done: list[Quote]) -> None:
    opens, closes = _sides(text, mark, start, end)
    sign = mark.group()
    if stack and stack[-1].single and closes and sign not in "‘‹" and not _possessive(text, mark, end, stack[-1]):
        _close(stack.pop(), mark, done)
    elif opens and not closes and sign not in "’›" and not ELISIONS.match(text, mark.start()) and not (stack and stack[-1].single):
        stack.append(_Open(mark.start(), mark.end(), single=True, depth=len(stack)))
    elif stack and stack[-1].single and mark.start() - stack[-1].start > MAXIMUM_SINGLE:
        stack.pop()


def _possessive(text: str, mark: re.Match[str], end: int, quote: _Open) -> bool:
    """A plural's apostrophe ("the rebels' guns") within a single-marked quote that is closed later in the paragraph."""
    if text[mark.start() - 1] not in "sS" or not text[mark.end() : mark.end() + 2].lstrip()[:1].isalnum() or mark.end() >= end:
        return False
    later = text[mark.end() : min(end, quote.start + MAXIMUM_SINGLE)]
    return re.search(r"[^\s]['’](?![\w])", later) is not None and text.count(mark.group(), quote.start + 1, end) % 2 == 0
