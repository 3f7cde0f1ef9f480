"""Fingerprints of texts, by which shared words are found without comparing every text with every other.

Fingerprints are chosen by winnowing (Schleimer, Wilkerson and Aiken 2003): of every ``_WINDOW`` neighbouring runs of ``_RUN`` words the one with the
lowest hash is kept, so that any stretch of at least ``_RUN + _WINDOW - 1`` words that two reports share is found, and the index stays small.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np

from dateline.lexicon import load
from dateline.model import Report

_RUN, _WINDOW = 6, 12

_WORD = re.compile(r"[^\W_]+")


def runs(text: str) -> list[int]:
    """Hashes of all runs of words of a text, in order; 63 bits, so that SQLite takes them as integers."""
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        return []
    hashed = np.array([_hash(word) for word in words], dtype=np.uint64)
    mixed = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for at, factor in enumerate(_FACTORS):
        mixed += hashed[at : at + len(mixed)] * factor
    # Shuffled as splitmix64 ends, so that which is lowest does not depend on the words themselves.
    for shift, odd in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(odd)
    found: list[int] = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1)).tolist()
    return found


@lru_cache(maxsize=1 << 15)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


_FACTORS = tuple(np.uint64(pow(0x9E3779B97F4A7C15, n, 1 << 64)) for n in range(1, _RUN + 1))
"""Odd numbers, one for each place in a run."""


def fingerprints(text: str) -> list[int]:
    """The chosen hashes of a text."""
    return chosen(runs(text))


def chosen(hashes: list[int]) -> list[int]:
    """Of the hashes of a text's runs those that are kept."""
    if not hashes:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(np.array(hashes, dtype=np.int64), min(_WINDOW, len(hashes)))
    found: list[int] = np.unique(windows.min(axis=1)).tolist()
    return found


def body_of(report: Report) -> str:
    """The words of a report that are the story: without headline, dateline, bylines, captions and boilerplate."""
    parts = [report.text[s.start : s.end] for s in report.sections if s.kind == "paragraph"]
    return "\n".join(parts) or report.text


def alike(first: str, second: str) -> bool:
    """Whether two sentences are, word for word, nearly the same: at least four fifths of the pairs of words of the shorter."""
    a, b = _pairs(first), _pairs(second)
    return bool(a) and bool(b) and len(a & b) >= 0.8 * min(len(a), len(b)) and min(len(a), len(b)) >= 0.5 * max(len(a), len(b))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], strict=False))


def telling_words(text: str) -> frozenset[str]:
    """The words of a sentence that say what it is about, without their endings: those of four letters and more, and numbers."""
    return frozenset(w[:6] for w in _WORD.findall(text.casefold()) if (len(w) > 3 and w not in _empty()) or w.isdigit())


def story_words(text: str) -> list[str]:
    """The words of a whole text by which its story is told from others: all but the commonest, without their endings, as often as they stand in it."""
    return [w[:7] for w in _WORD.findall(text.casefold()) if (len(w) > 2 and w not in _empty()) or w.isdigit()]


@cache
def _empty() -> frozenset[str]:
    return frozenset(w for row in load("function_words.tsv", columns=("language", "words"), key=("language",)) for w in row["words"].split())


def shared_words(a: str, b: str) -> float:
    """The share of its telling words that the shorter of two sentences has in common with the other, 0 where it has fewer than four."""
    one, other = telling_words(a), telling_words(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least >= 4 else 0.0
