"""Find many names in a text at once: folded, with word boundaries, and with the casing that names need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

_FOLDS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "‑": " ",
    "‐": " ",
    "-": " ",
    "–": " ",
    "\u00a0": " ",
    "\n": " ",
    "ß": "s",
    "ı": "i",
    "İ": "i",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "ł": "l",
    "Ł": "l",
}


@cache
def _fold_char(char: str) -> str:
    if char in _FOLDS:
        return _FOLDS[char]
    plain = unicodedata.normalize("NFD", char)[0].lower()
    return plain if len(plain) == 1 else char


def fold_text(text: str) -> str:
    """The text in lower case, without accents, hyphens as spaces; as long as it was, so that offsets hold."""
    return text.lower().translate(_TABLE) if text.isascii() else "".join(map(_fold_char, text))


_TABLE = str.maketrans({"`": "'", "-": " ", "\n": " "})
_THE = re.compile(r"^the (?=\S)")
_POSSESSIVE = re.compile(r"'s$|(?<=s)'$")
_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]?\.?")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """A name as names are compared: folded, without leading article, possessive, or the full stops of an acronym."""
    plain = " ".join(fold_text(name).split())
    plain = _THE.sub("", plain)
    plain = _POSSESSIVE.sub("", plain)
    if _ACRONYM.fullmatch(plain):
        plain = plain.replace(".", "")
    return plain


def variants(name: str) -> Iterator[str]:
    """The folded spellings under which an alias is sought: its own, with a dash set apart by spaces, and the acronym with or without full stops."""
    plain = " ".join(fold_text(name).split())
    yield plain
    if " - " in name:
        yield fold_text(name)
    if re.fullmatch(r"(?:[a-z]\.){2,}", plain):
        yield plain.replace(".", "")


@dataclass(frozen=True, slots=True)
class Match:
    """An alias found in a text: its characters, and the keys of those that bear it."""

    start: int
    end: int
    keys: tuple[str, ...]


class AliasIndex:
    """Names and the keys of those that bear them, sought by Aho-Corasick."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._forms: dict[str, dict[str, list[str]]] = {}
        for alias, key in rows:
            for form in variants(alias):
                keys = self._forms.setdefault(form, {}).setdefault(alias, [])
                if key not in keys:
                    keys.append(key)
        self._patterns = [p for p in self._forms if len(p) > 1]
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def lookup(self, name: str) -> tuple[str, ...]:
        """The keys of those that bear this name, casing observed for acronyms."""
        bare = re.sub(r"^(?:the|The) (?=\S)", "", " ".join(name.split()))
        bare = re.sub(r"['’]s$", "", bare)
        aliases = self._forms.get(" ".join(fold_text(bare).split())) or self._forms.get(fold(bare)) or {}
        found = [k for alias, keys in aliases.items() if _cased(alias, bare, caseless=bare.islower()) for k in keys]
        return tuple(dict.fromkeys(found))

    def find(self, text: str) -> list[Match]:
        """The names that occur in the text as whole words, leftmost and longest first."""
        folded = fold_text(text)
        caseless = sum(map(str.isupper, text)) * 200 < sum(map(str.islower, text)) or text.upper() == text
        found: list[Match] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded):
            if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
                continue
            surface = text[start:end]
            keys = [k for alias, keys in self._forms[self._patterns[pattern]].items() if _cased(alias, surface, caseless=caseless) for k in keys]
            if keys:
                found.append(Match(start, end, tuple(dict.fromkeys(keys))))
        return found


# Acronyms that are also plain words: in a text without capitals they are left alone.
_WORDS = frozenset("car who us it is aim mend arm ape rush cis life cap cop fan pac plan aid act art bra core fact hope must ran star sam par".split())
_ARTICLES = frozenset("al el ar as an ad at az ash the of and e de la del los las in for i a".split())


def _cased(alias: str, surface: str, *, caseless: bool) -> bool:
    """Whether the surface is cased as this alias may be.

    Acronyms stand as they are, or from four letters on as a word ("Isis"); other names keep their capitals, or are all in capitals.
    """
    flat, bare = surface.replace(".", ""), alias.replace(".", "")
    if bare.isupper() and " " not in bare:
        if flat.isupper():
            return True
        return flat.lower() not in _WORDS and ((caseless and len(bare) > 2) or (len(bare) > 3 and flat == flat.capitalize()))
    if caseless or surface.isupper():
        return len(alias) > 3
    ours, theirs = re.split(r"[\s\-‑‐–]", alias), re.split(r"[\s\-‑‐–]", surface)
    return len(ours) == len(theirs) and all(a.lower() in _ARTICLES or not a[:1].isupper() or t[:1].isupper() for a, t in zip(ours, theirs, strict=True))
