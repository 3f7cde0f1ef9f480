"""Ties between names side by side: acronyms in brackets, other names, ranks of a service, capitals and places in places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dateline.extraction.findings import MentionFound
from dateline.extraction.relations_rows import Tie, Ties
from dateline.lexicon import Row

_ALIAS = re.compile(
    r"\s*[(\[]\s*(?:(?:also|formerly|previously|better|otherwise)\s+(?:known|called)\s+(?:as\s+)?"
    r"|or\s+|aka\s+|a\.k\.a\.\s+|formerly\s+|known as\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEXT = re.compile(r",?\s+(?:also|formerly|previously|better|otherwise)\s+(?:known|called)\s+(?:as\s+)?(?:the\s+)?$|,?\s+(?:aka|a\.k\.a\.)\s+$", re.IGNORECASE)
_CLOSING = frozenset({",", ".", ";", ":", ")", "”", '"', ""})
"""What follows the second of two phrases for one person, set off by commas."""
_NO_SEAT = frozenset({"facto", "declared", "self-declared", "proclaimed", "self-proclaimed", "former", "provincial", "regional", "state", "cultural"})


def _row(name: str, kind: str) -> Row:
    return {"name": name, "type": kind, "kind": "alias", "direction": "forward", "finds": ""}


def aliases(ties: Ties, mentions: Sequence[MentionFound]) -> Iterator[Tie]:
    """ "the Syrian Democratic Forces (SDF)", "ISIS (also known as Daesh)": the later name is another of the earlier one."""
    text = ties.document.text
    named = [m for m in mentions if m.form in ("name", "noun")]
    names = {m.start: m for m in mentions if m.form == "name"}
    order = sorted(names)
    for first in named:
        for start in order[bisect_right(order, first.end) : bisect_right(order, first.end + 40)]:
            second, gap = names[start], text[first.end : start]
            if second.label == "PLACE" and first.label != "PLACE":
                continue
            if _NEXT.fullmatch(gap) or (_ALIAS.fullmatch(gap) and text[second.end : second.end + 1] in (")", "]") and _another_name(first, second, text, gap)):
                yield Tie(_row("alias:beside", "same_as"), first.head, second.head, second.head)


def _another_name(first: MentionFound, second: MentionFound, text: str, gap: str) -> bool:
    """Whether a name in brackets is an acronym of the name before it, or is said to be another name."""
    if gap.strip(" (["):
        return True
    short = [c for c in text[second.start : second.end] if c.isalpha()]
    if not (2 <= len(short) <= 10) or sum(c.isupper() for c in short) < 2:
        return False
    words = re.findall(r"\w+", text[first.start : first.end])
    if text[first.start : first.end].isupper() and "".join(short).isupper() and "".join(w[0] for w in words) != "".join(short):
        return False  # a dateline: "UNITED NATIONS (AP)"
    return first.label == second.label or short[0].lower() in {w[0].lower() for w in words}


def apposed(ties: Ties, mentions: Sequence[MentionFound]) -> Iterator[Tie]:
    """ "the task force's commanding general, Lt. Gen. Stephen Townsend": a person's name beside the noun phrase for the same person."""
    document, text = ties.document, ties.document.text
    nouns = {m.end: m for m in mentions if m.form == "noun" and m.label == "PERSON"}
    first_nouns = {m.start: m for m in mentions if m.form == "noun" and m.label == "PERSON"}
    for name in mentions:
        if name.form != "name" or name.label != "PERSON":
            continue
        before = re.search(r"(,?\s+(?:(?:[A-Z][a-z]{1,4}\.|HE|H\.E\.|Dr|Mr|Sir)\s+)*)$", text[max(0, name.start - 40) : name.start])
        noun = nouns.get(name.start - len(before.group(1))) if before else None
        apart = before is not None and before.group(1).startswith(",")
        if apart and text[name.end : name.end + 1] not in _CLOSING:
            noun = None
        if noun is not None and (apart or noun.head == noun.last - 1) and document.tokens[noun.head].sentence == document.tokens[name.head].sentence:
            yield Tie(_row("alias:apposed", "same_as"), noun.head, name.head, name.head)
        follows = re.match(r",\s+", text[name.end : name.end + 5])
        noun = first_nouns.get(name.end + follows.end()) if follows else None
        if noun is not None and text[noun.end : noun.end + 1] in _CLOSING:
            yield Tie(_row("alias:apposed", "same_as"), name.head, noun.head, noun.head)


def homes(ties: Ties) -> Iterator[Tie]:
    """ "Damascus, the capital of Syria", "the Syrian capital, Damascus"."""
    document = ties.document
    for token in document.tokens:
        if token.lemma.lower() != "capital" or any(t.text.lower() in _NO_SEAT for t in document.tokens[max(0, token.i - 3) : token.i]):
            continue
        whole = next((c.i for c in document.children(token.i, "nmod", "amod", "compound") if ties.refers(c.i)), None)
        near = (*document.children(token.i, "appos", "flat", "nsubj"), *document.children(token.i, "nmod"))
        beside = [c.i for c in near if ties.refers(c.i) and c.i != whole]
        city = token.head if token.deprel == "appos" else next(iter(beside), None)
        if whole is not None and city is not None and whole != city and ties.refers(city):
            yield Tie(_row("capital", "capital_of"), city, whole, token.i)
