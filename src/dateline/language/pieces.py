"""Turns words into what the encoder reads: word pieces, and for each piece how its word is written and what stood before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

MOST_PIECES = 12
"""A word of more pieces than this (an address, a line of dashes) keeps its first and last ones."""
SHAPES = 8
"""How a word is written: padding, lower, Title, UPPER, one capital, mIxed, digits, other."""
GAPS = 4
"""What stands before a piece: nothing, a space, a line break, or its own word."""
FORMS = SHAPES * GAPS
NOTHING, SPACE, LINE, INSIDE = range(GAPS)


@lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """How ``word`` is written, 1 to 7; the encoder's own vocabulary knows no capitals."""
    if any(c.isdigit() for c in word):
        return 6
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 7
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1
    if upper == len(letters):
        return 3 if upper > 1 else 4
    return 2 if upper == 1 and letters[0].isupper() else 5


@dataclass(frozen=True, slots=True)
class Encoded:
    """The pieces of one window: ids, forms (shape and gap together), and the first and last piece of each word."""

    ids: tuple[int, ...]
    forms: tuple[int, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


class Pieces:
    """The word-piece vocabulary of one model."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._open, self._close, self._unknown = (self._id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def _id(self, name: str) -> int:
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise ValueError(f"the vocabulary has no {name}")
        return int(found)

    def has(self, word: str) -> bool:
        """Whether ``word`` is one piece of the vocabulary."""
        return self._tokenizer.token_to_id(word) is not None

    def learn(self, words: Iterable[str]) -> None:
        """Cut each new word into pieces and remember them."""
        given = list(dict.fromkeys(words))
        new = [word for word in given if word not in self._known]
        if len(self._known) + len(new) > 500_000:
            self._known.clear()
            new = given
        if not new:
            return
        # A lone surrogate, which some broken decoders leave, cannot be written as UTF-8 and so not be looked up.
        safe = [word.encode("utf-8", "replace").decode("utf-8") for word in new]
        for word, found in zip(new, self._tokenizer.encode_batch_fast(safe, add_special_tokens=False), strict=True):
            ids = tuple(found.ids) or (self._unknown,)
            if len(ids) > MOST_PIECES:
                ids = ids[: MOST_PIECES - 4] + ids[-4:]
            self._known[word] = ids

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of the pieces of ``word``, one at least."""
        ids = self._known.get(word)
        if ids is None:
            self.learn((word,))
            ids = self._known[word]
        return ids

    def encode(self, words: Sequence[str], gaps: Sequence[int]) -> Encoded:
        """The pieces of a window of words between the marks that open and close it."""
        ids, forms = [self._open], [0]
        firsts: list[int] = []
        lasts: list[int] = []
        for word, gap in zip(words, gaps, strict=True):
            form = shape(word) * GAPS
            pieces = self.of(word)
            firsts.append(len(ids))
            ids.extend(pieces)
            forms.append(form + gap)
            forms.extend([form + INSIDE] * (len(pieces) - 1))
            lasts.append(len(ids) - 1)
        ids.append(self._close)
        forms.append(0)
        return Encoded(tuple(ids), tuple(forms), tuple(firsts), tuple(lasts))
