"""Cuts a report into windows that the encoder reads at once, and puts windows of like length into batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.language.pieces import LINE, NOTHING, SPACE, Encoded, Pieces
from dateline.language.words import cut

AIM = 128
"""A window is closed where a sentence is likely to end once it would grow beyond so many pieces."""
MOST = 384
"""No window has more pieces than this: a longer run without a likely end is cut at a comma, or anywhere."""
BATCH = 1024
"""Pieces in a batch, padding counted."""
ROOM = 16
"""The room for the words of a window is a multiple of this."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``first`` to ``last`` (exclusive) of a report, as pieces."""

    first: int
    last: int
    section: int
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a report: offsets, texts, what stands before each, and the section of each."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    gaps: list[int]
    sections: list[int]


def words_of(text: str, sections: Sequence[tuple[int, int]]) -> Words:
    """Cut the sections of ``text`` into words; a blank line ends a section for this purpose."""
    found = Words([], [], [], [], [])
    for number, (start, end) in enumerate(sections):
        before = start
        for n, (a, b) in enumerate(cut(text, start, end)):
            between = text[before:a]
            gap = SPACE if n == 0 else LINE if "\n" in between or "\r" in between else SPACE if between else NOTHING
            found.starts.append(a)
            found.ends.append(b)
            found.texts.append(text[a:b])
            found.gaps.append(gap)
            found.sections.append(number)
            before = b
    return found


_CLOSERS = frozenset("\"'”’)]}»''")


def _likely_end(words: Words, last: int) -> bool:
    """Whether a sentence is likely to end before word ``last``."""
    if words.gaps[last] == LINE:
        return True
    if words.gaps[last] == NOTHING:
        return False
    n = last - 1
    while n > 0 and words.texts[n] in _CLOSERS:
        n -= 1
    final = words.texts[n]
    head = words.texts[last][:1]
    return final[-1:] in ".!?…。؟" and (len(final) == 1 or final[:1] in ".!?…") and (head.isupper() or head.isdigit() or head in "\"'“‘([«-–—•*")


_READ_AS = {"IS": "ISIS", "WHO": "UNICEF"}
"""Acronyms that are plain words to an encoder without capitals, and names of the same kind that are not."""
_STRESSED = frozenset("it that this there here he she what who which where how so".split())
"""After these, capitals stress a plain word ("that IS the point")."""


def _as_read(texts: list[str]) -> list[str]:
    """The words as the encoder is given them: an acronym in a text of small letters is told from the plain word that it is written like."""
    if _READ_AS.keys().isdisjoint(texts):
        return texts
    read = list(texts)
    for n, word in enumerate(texts):
        beside = [t for t in (*texts[max(0, n - 1) : n], *texts[n + 1 : n + 2]) if t.isalpha()]
        stressed = n > 0 and texts[n - 1].lower() in _STRESSED
        if word in _READ_AS and not stressed and not any(len(t) > 1 and t.isupper() for t in beside) and any(t.islower() for t in texts[max(0, n - 2) : n + 3]):
            read[n] = _READ_AS[word]
    return read


def windows_of(text: str, words: Words, pieces: Pieces) -> list[Window]:
    """Windows in order; each word is in one, none holds words of two sections or across a blank line."""
    texts = _as_read(words.texts)
    sizes = [len(pieces.of(word)) for word in texts]
    out: list[Window] = []

    def close(first: int, last: int) -> None:
        gaps = [SPACE, *words.gaps[first + 1 : last]]
        out.append(Window(first, last, words.sections[first], pieces.encode(texts[first:last], gaps)))

    first, size, likely = 0, 0, 0
    for n in range(len(words.texts)):
        if n > first and (words.sections[n] != words.sections[n - 1] or text.count("\n", words.ends[n - 1], words.starts[n]) > 1):
            close(first, n)
            first, size, likely = n, 0, n
        elif n > first and _likely_end(words, n):
            likely = n
        if size + sizes[n] > AIM and likely > first:
            close(first, likely)
            size -= sum(sizes[first:likely])
            first = likely
        elif size + sizes[n] > MOST - 2:
            at = _breath(words, first, n)
            close(first, at)
            size -= sum(sizes[first:at])
            first = likely = at
        size += sizes[n]
    if first < len(words.texts):
        close(first, len(words.texts))
    return out


def _breath(words: Words, first: int, last: int) -> int:
    """The best place to cut an overlong run: after a semicolon or comma in its second half, else at its end."""
    for marks in (";:", ",–—"):
        for n in range(last - 1, (first + last) // 2, -1):
            if words.texts[n] in marks:
                return n + 1
    return last


def width(window: Window) -> int:
    """The words that a window is given room for: its own, rounded up, so that the room is the same whatever windows stand beside it.

    The order in which a product of matrices is summed depends on their shape; with it the last bits of the scores would.
    """
    return -(-(window.last - window.first) // ROOM) * ROOM


def batches_of(windows: Sequence[Window]) -> list[list[int]]:
    """Indices of windows with the same room for words and of like length, up to ``BATCH`` pieces together."""
    sizes = [(width(window), len(window.encoded)) for window in windows]
    out: list[list[int]] = []
    for n in sorted(range(len(windows)), key=lambda n: (*sizes[n], n)):
        room, size = sizes[n]
        if out and sizes[out[-1][0]][0] == room and (len(out[-1]) + 1) * size <= BATCH and size * 4 <= 5 * sizes[out[-1][0]][1]:
            out[-1].append(n)
        else:
            out.append([n])
    return out
