"""Trees set right where numbers stand: "wounded 20" after "killed 13 people", which the parser may hang on the people.

Also "10 marines and an unknown number of soldiers", where it may hang the 10 on the unknown number.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.language.document import Document, Token

_BOUNDS = frozenset("at least most up to more than over about some nearly almost around another a further an additional as many fewer less".split())

_MANY = frozenset("scores dozens hundreds thousands several many".split())


def mended(document: Document) -> Document:
    """The document, each number hung on the verb right before it, or on the noun right after it, where the tree skips them for a word farther off."""
    moved = {number.i: (verb.i, "obj") for number in document.tokens if (verb := _verb_before(document, number)) is not None}
    moved.update({number.i: (noun.i, "nummod") for number in document.tokens if (noun := _noun_after(document, number)) is not None})
    moved = _still_trees(document, moved)
    if not moved:
        return document
    tokens = tuple(t._replace(head=moved[t.i][0], deprel=moved[t.i][1]) if t.i in moved else t for t in document.tokens)
    return replace(document, tokens=tokens)


def _still_trees(document: Document, moved: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """The moves that leave a tree: none hangs a number on what hangs on the number itself."""
    heads = [token.head for token in document.tokens]
    kept: dict[int, tuple[int, str]] = {}
    for number, (target, deprel) in moved.items():
        at = target
        while at != number and heads[at] != at:
            at = heads[at]
        if at != number:
            heads[number] = target
            kept[number] = (target, deprel)
    return kept


def _noun_after(document: Document, number: Token) -> Token | None:
    """The noun that heads the phrase that begins with the number, where the number hangs on a noun beyond it."""
    if number.upos != "NUM" or number.deprel != "nummod" or number.head <= number.i + 1:
        return None
    for token in document.tokens[number.i + 1 : number.head]:
        if token.upos in ("NOUN", "PROPN") and token.deprel in ("nsubj", "nsubj:pass", "obj"):
            return token if document.tokens[token.i + 1].upos not in ("NOUN", "PROPN") else None
        if token.upos not in ("NOUN", "PROPN", "ADJ"):
            return None
    return None


def _verb_before(document: Document, number: Token) -> Token | None:
    if (number.upos != "NUM" and number.text.lower() not in _MANY) or number.head >= number.i or document.tokens[number.head].sentence != number.sentence:
        return None
    at = number.i - 1
    while at > number.head and document.tokens[at].text.lower() in _BOUNDS:
        at -= 1
    verb = document.tokens[at]
    if at <= number.head or verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN", "VBG", "VBZ", "VBP"):
        return None
    return verb
