"""Trees set right where numbers stand: "wounded 20" after "killed 13 people", which the parser may hang on the people."""

from __future__ import annotations

from dataclasses import replace

from dateline.language.document import Document, Token

_BOUNDS = frozenset("at least most up to more than over about some nearly almost around another a further an additional as many fewer less".split())


def mended(document: Document) -> Document:
    """The document, each number right behind a verb its object where the tree hangs it on a word before that verb."""
    moved = {number.i: verb for number in document.tokens if (verb := _verb_before(document, number)) is not None}
    if not moved:
        return document
    tokens = tuple(replace(t, head=moved[t.i].i, deprel="obj") if t.i in moved else t for t in document.tokens)
    return replace(document, tokens=tokens)


def _verb_before(document: Document, number: Token) -> Token | None:
    if number.upos != "NUM" or number.head >= number.i or document.tokens[number.head].sentence != number.sentence:
        return None
    at = number.i - 1
    while at > number.head and document.tokens[at].text.lower() in _BOUNDS:
        at -= 1
    verb = document.tokens[at]
    if at <= number.head or verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN", "VBG", "VBZ", "VBP"):
        return None
    return verb
