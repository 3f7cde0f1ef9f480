"""The word lists and sentence patterns of the made data, as ``words.toml`` and ``patterns.toml`` have them."""

from __future__ import annotations

import tomllib
from pathlib import Path

_HERE = Path(__file__).parent
_WORDS = tomllib.loads(_HERE.joinpath("words.toml").read_text(encoding="utf-8"))
_PATTERNS = tomllib.loads(_HERE.joinpath("patterns.toml").read_text(encoding="utf-8"))


def _entries(text: str) -> tuple[str, ...]:
    """The entries between bars."""
    return tuple(entry.strip() for entry in text.replace("\n", " ").split("|"))


GIVEN = {people: _entries(text) for people, text in _WORDS["given"].items()}
FAMILY = {people: _entries(text) for people, text in _WORDS["family"].items()}
NAMES = {kind: _entries(text) for kind, text in _WORDS["names"].items()}
SYLLABLES: dict[str, list[list[str]]] = _WORDS["syllables"]
SLOTS = {slot: _entries(text) for slot, text in _PATTERNS["slots"].items()}
SENTENCES = tuple(_PATTERNS["patterns"]["sentences"].strip().split("\n"))
QUOTES = tuple(_PATTERNS["patterns"]["quotes"].strip().split("\n"))
