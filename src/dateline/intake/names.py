"""People's names as bylines, credits and contributors lines write them: shapes only, no list of names."""

from __future__ import annotations

import re

from dateline.intake.outlets import outlet_named

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĠĢĪĮİĶĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢȚŤŪŮŰŲŸŹŻŽȘƏ"
_WORD = rf"(?:[{_UPPER}]\.(?:[{_UPPER}]\.)*|(?:[Aa]l-|[Ee]l-|[Aa]n-|[Aa]s-|[Aa]r-|[Aa]sh-|[Aa]z-|[Dd]['’]|O['’]|Mc|Mac|[Dd]e)?[{_UPPER}][\w'’\-]*\w)"
_LINK = r"(?:al|el|bin|bint|ibn|abu|van|von|der|den|de|del|da|dos|di|du|la|le|ter|ten|y|e|zu|af)"
# Two to five words, particles between; the last is a word, so that "Ali and" or "Ali in" never passes.
PERSON = rf"{_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_WORD}){{1,4}}"
ONE_NAME = rf"{_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_WORD}){{0,4}}"
PERSON_ONLY = re.compile(PERSON)
_SPLIT = re.compile(r"\s*(?:,\s*and\s+|,\s*|;\s*|\s+and\s+|\s*&\s*|\s+with\s+)\s*")
_NOT_PEOPLE = re.compile(
    r"\b(?:News|Press|Agenc(?:y|ies)|Staff|Writers?|Editors?|Reporters?|Correspondents?|Desk|Team|Services?|Wires?|Bureau|Affairs|Online|Media|Ministry|Office|Post|Times|"
    r"Daily|Network|Today|Monitor|Center|Centre|University|Council|Foundation|Street|January|February|March|April|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Images|Photo|Photos|Government|Department|Command|Force|Forces|Army|Committee)\b"
)


def is_person(words: str) -> bool:
    """Whether the words have the shape of one person's full name and name no outlet or office."""
    words = words.strip()
    if not PERSON_ONLY.fullmatch(words) or _NOT_PEOPLE.search(words):
        return False
    return outlet_named(words) is None


def people(words: str) -> tuple[str, ...]:
    """The people named in a list such as "By Lena Masri, Tom Bo and Ana de Sá", in order, each once."""
    found: list[str] = []
    for part in _SPLIT.split(words):
        part = re.sub(r"^(?:and|with|&|[Bb]y|BY)\s+", "", part.strip())
        name = _cased(part.strip(" .;:,()[]|—–-"))
        if is_person(name) and name not in found:
            found.append(name)
    return tuple(found)


def _cased(name: str) -> str:
    """A name set in capitals ("JOHN SMITH") as it is written elsewhere."""
    words = name.split()
    if len(words) < 2 or not all(w.isupper() and len(w.strip(".")) > 1 or re.fullmatch(r"[A-Z]\.?", w) for w in words):
        return name
    return " ".join(re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), w) for w in words)
