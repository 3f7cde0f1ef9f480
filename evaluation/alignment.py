"""Carry offsets of a reading's text, which intake may have mended, back to the text that was given."""

from __future__ import annotations

from difflib import SequenceMatcher


class Alignment:
    """A map from the characters of ``read`` to those of ``given``."""

    def __init__(self, read: str, given: str) -> None:
        self.given = given
        self._shift: list[int] | None = None if read == given else _table(read, given)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``start`` to ``end`` of the read text stand in the given one."""
        if self._shift is None:
            return start, end
        return self._shift[start], self._shift[end - 1] + 1 if end > start else self._shift[start]


def _table(read: str, given: str) -> list[int]:
    """For each character of ``read`` (and its end) the nearest character of ``given``."""
    table = [0] * (len(read) + 1)
    for _, a0, a1, b0, b1 in SequenceMatcher(None, read, given, autojunk=False).get_opcodes():
        for k in range(a0, a1):
            table[k] = min(b0 + (k - a0), max(b0, b1 - 1)) if b1 > b0 else b0
    table[len(read)] = len(given)
    return table
