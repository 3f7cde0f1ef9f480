"""Which names are those of bodies that publish: told by the noun that heads the name, from ``data/office_words.tsv``."""

from __future__ import annotations

import re
from functools import cache

from dateline.intake.names import _UPPER as UPPER
from dateline.intake.outlets import outlet_named
from dateline.lexicon import load

_SMALL = frozenset("of for the and in on to at by & de del della di des du da la le les y et e i".split())
_WORD = re.compile(rf"(?:[A-Za-z]{{1,2}}['’])?[{UPPER}][\w'’.\-/]*")
_LONGEST = 12
"""Words of the longest name that is taken for a body's."""


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in load("office_words.tsv", columns=("word", "kind"), key=("word",))}


def office_kind(name: str) -> str | None:
    """``state``, ``office`` or ``medium`` where a name has the shape of a publishing body's, else None.

    The noun that heads it decides: the last word ("Meridian Relief"), or the last before "of" or "for" ("Ministry of Health").
    """
    bare = re.sub(r"\s*\([^()]{2,20}\)$", "", name.strip(" .:*"))
    bare = re.sub(r"^(?:the|The|THE)\s+", "", bare)
    words = bare.split()
    if not 2 <= len(words) <= _LONGEST or not bare[0].isupper():
        return "office" if outlet_named(bare) is not None else None
    if any(not _WORD.fullmatch(w.rstrip(",")) and w.casefold() not in _SMALL for w in words) or words[-1].casefold() in _SMALL:
        return "office" if outlet_named(bare) is not None else None
    first_small = next((i for i, w in enumerate(words) if w.casefold() in _SMALL - {"and", "&"}), len(words))
    head = [w.casefold().strip(",.") for w in words[:first_small]]
    kind = _kinds().get(" ".join(head[-2:])) or _kinds().get(head[-1]) if head else None
    # "State" heads a country's name only before "of": "State of Kuwait", not "Department of State".
    if kind == "state" and head[-1] == "state" and first_small == len(words):
        kind = None
    return kind or ("office" if outlet_named(bare) is not None else None)


def issuer_name(name: str) -> str:
    """The body by its full name where the lexicon of outlets has it, else as worded."""
    bare = " ".join(name.strip(" .:*").split())
    known = outlet_named(re.sub(r"\s*\([^()]{2,20}\)$", "", bare)) or outlet_named(bare)
    # "Ministry of Defence" is that of many states: what a ministry or army signs stays as worded.
    return known.name if known is not None and known.kind not in ("ministry", "military") else bare
