"""Cut a text into blocks: lines, or hard-wrapped lines joined, that belong together as one paragraph, title or caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BULLET = re.compile(r"(?:[•‣▪●◦∙·*►➤–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)|[•●▪]")
_STOP = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_RUN = re.compile(r"(?<=[.!?\"”')]) {3,}(?=\S)")
# A paragraph break lost when the text was taken out of its page: "the police said.Officials", "he said.“We".
_GLUED = re.compile(
    r"(?<=[a-z]{2}[.!?])[\"”’]?(?=[\"“‘]?[A-Z][a-z])|(?<=[a-z]{2}[.!?][\"”])(?=[\"“][A-Z])"
    r"|(?<=\w\))(?=[A-Z][a-z])|(?<=\S)(?=[Ii]mage (?:copyright|caption|source)|[Mm]edia caption)"
)
_MARKED_HEAD = re.compile(r"={2,4}\s?[^=\n]{1,80}?\s?={2,4}")
_ADDRESS = re.compile(r"(?:https?:|www\.|(?<=\w)@)\S{0,300}|\b\w+\.(?:Com|Net|Org|Js|Io)\b")
_NARROWEST, _WIDEST = 45, 120


@dataclass(frozen=True, slots=True)
class Block:
    """Characters ``start`` to ``end`` that belong together; ``gap`` counts the blank lines before (0 = next line, -1 = same line)."""

    start: int
    end: int
    gap: int
    lines: int = 1
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    gap: int
    indent: int


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; together they cover all characters that are not white space."""
    lines = list(_lines(text))
    wide = _width(text, lines)
    joined = _unwrapped(text, lines, wide) if wide else _by_line(text, lines)
    return tuple(part for block in joined for part in _divided(text, block))


def _lines(text: str) -> Iterator[_Line]:
    at, blank = 0, 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            start = at + len(raw) - len(raw.lstrip())
            yield _Line(start, start + len(body), blank, start - at)
            blank = 0
        else:
            blank += 1
        at += len(raw) + 1


def _width(text: str, lines: list[_Line]) -> int:
    """The column at which the text's lines are broken, 0 where they are not."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.gap == 0 and not _is_bullet(text, b)]
    if len(pairs) < 2:
        return 0
    lengths = sorted(b.end - b.start for b in lines)
    wide = lengths[-1]
    if not _NARROWEST <= wide <= _WIDEST:
        return 0
    full = sum(1 for a, b in pairs if _overflows(text, a, b, wide))
    running = sum(1 for a, _ in pairs if not _STOP.search(text[a.start : a.end]))
    return wide if full >= 0.75 * len(pairs) and running >= 0.5 * len(pairs) else 0


def _overflows(text: str, line: _Line, following: _Line, wide: int) -> bool:
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(word) > wide - 4


def _is_bullet(text: str, line: _Line) -> bool:
    return bool(BULLET.match(text, line.start, line.end))


def _unwrapped(text: str, lines: list[_Line], wide: int) -> Iterator[Block]:
    start: _Line | None = None
    last: _Line | None = None
    count = 0
    for line in lines:
        if start is not None and last is not None and _begins(text, last, line, wide, first=count == 1 and last is lines[0]):
            yield Block(start.start, last.end, start.gap, count, _is_bullet(text, start))
            start, count = None, 0
        start = start or line
        last = line
        count += 1
    if start is not None and last is not None:
        yield Block(start.start, last.end, start.gap, count, _is_bullet(text, start))


def _begins(text: str, last: _Line, line: _Line, wide: int, *, first: bool) -> bool:
    if line.gap or _is_bullet(text, line):
        return True
    if line.indent > last.indent and text[line.start].isupper() and line.indent >= 2:
        return True
    if _overflows(text, last, line, wide):
        return False
    return bool(_STOP.search(text[last.start : last.end])) or (first and text[line.start].isupper())


def _by_line(text: str, lines: list[_Line]) -> Iterator[Block]:
    held: Block | None = None
    for line in lines:
        bullet = _is_bullet(text, line)
        if held is not None and _goes_on(text, held, line) and not bullet:
            held = Block(held.start, line.end, held.gap, held.lines + 1, held.bullet)
            continue
        if held is not None:
            yield held
        held = Block(line.start, line.end, line.gap, 1, bullet)
    if held is not None:
        yield held


def _goes_on(text: str, held: Block, line: _Line) -> bool:
    """A line broken in the middle of its sentence: long, without a stop, the next one going on in lower case."""
    return line.gap == 0 and held.end - held.start >= 60 and text[line.start].islower() and not _STOP.search(text[held.start : held.end])


def _divided(text: str, block: Block) -> Iterator[Block]:
    if block.lines > 1:
        yield block
        return
    cuts = [(m.start(), m.end()) for m in _RUN.finditer(text, block.start, block.end)]
    addresses = [(m.start(), m.end()) for m in _ADDRESS.finditer(text, block.start, block.end)]
    for match in _GLUED.finditer(text, block.start, block.end):
        at = match.end()
        if block.start < at < block.end and not any(s <= at < e for s, e in addresses):
            cuts.append((at, at))
    for match in _MARKED_HEAD.finditer(text, block.start, block.end):
        cuts.extend(((match.start(), match.start()), (match.end(), match.end())))
    start, gap, bullet = block.start, block.gap, block.bullet
    for cut, resume in sorted(cuts):
        if cut <= start or resume >= block.end:
            continue
        if text[start:cut].strip():
            yield Block(start, start + len(text[start:cut].rstrip()), gap, 1, bullet)
            gap, bullet = -1, False
        start = resume + len(text[resume : block.end]) - len(text[resume : block.end].lstrip())
    yield Block(start, block.end, gap, 1, bullet)
