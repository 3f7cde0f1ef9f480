"""How names of places are made comparable: one key for the same name in other spelling, one looser skeleton for other transliteration."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h",
        "&": " and ", "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ",": " ", ".": "", "_": " ",
    }
)  # fmt: skip
_DROPPED = re.compile(r"[^\w\s]")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARTICLES = frozenset("al el ar er as es ash esh at et ad ed an en az ez adh edh ath eth ul ur us the".split())
_FUSED = re.compile(r"^(?:al|el)(?=[^aeiou]{1,2}[aeiou].*[^aeiou])(?=.{5})")


def plain(name: str) -> str:
    """``name`` in lower case without diacritics, apostrophes and points; hyphens become spaces."""
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return " ".join(_DROPPED.sub("", "".join(c for c in folded if not unicodedata.combining(c))).split())


def key(name: str) -> str:
    """The form by which a name is looked up: ``plain`` with Saint, Mount and Fort written out and Arabic articles as separate words left out."""
    words = [_SHORT.get(word, word) for word in plain(name).split()]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words[:1] + [word for word in words[1:] if word not in _ARTICLES])


def loose(name: str) -> str | None:
    """The consonants of a name, those that transliterations confuse taken as one; None where too few are left to mean anything."""
    words = key(name)
    if not words.isascii():
        return None
    made = "".join(_consonants(_FUSED.sub("", word)) for word in words.split())
    return made if len(made) >= 3 else None


_CONFUSED = (
    ("sch", "sh"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("zh", "j"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("ph", "f"),
    ("ch", "sh"), ("sh", "s"), ("z", "s"), ("v", "b"), ("w", ""), ("y", ""), ("c", "k"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]+")
_TWICE = re.compile(r"(.)\1+")


def _consonants(word: str) -> str:
    for old, new in _CONFUSED:
        word = word.replace(old, new)
    if word and word[0] in "aeiou":
        return "a" + _TWICE.sub(r"\1", _VOWELS.sub("", word.rstrip("h")))
    return word[:1] + _TWICE.sub(r"\1", _VOWELS.sub("", word.rstrip("h")))[1:]


def number(text: str) -> int:
    """A 64-bit number for a key, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
