"""The voice of a verb, seen through participles, headlines and what the parser misread; the preposition of a noun."""

from __future__ import annotations

from dateline.language.document import Document, Token


def is_passive(document: Document, token: Token) -> bool:
    """Whether a verb is passive, also as a reduced relative or a bare participle coordinated with a passive."""
    children = document.children(token.i)
    if _active_after_all(document, token):
        return False
    if any(t.deprel in ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") for t in children):
        return True
    if token.xpos == "VBN" and any(t.deprel == "obj" and t.i > token.i and case_of(document, t) == "by" for t in children):
        return True
    participle = token.xpos == "VBN" or ("VerbForm=Part" in token.feats and "Tense=Past" in token.feats)
    if not participle or any(t.deprel == "aux" and t.lemma.lower() == "have" for t in children):
        return False
    base = token.deprel.split(":")[0]
    if base == "conj" and not any(t.deprel.startswith(("nsubj", "aux")) for t in children):
        head = document.tokens[token.head]
        return head.upos != "VERB" or is_passive(document, head)
    if any(t.deprel == "aux" for t in children):
        return False
    return token.deprel in ("acl", "advcl", "xcomp") or (base in ("root", "ccomp", "parataxis") and bare_passive(document, token.i))


_GIVES = frozenset(
    "give award grant pay offer deny hand teach send tell ask refuse promise show owe guarantee allow allot assign serve sell lend issue".split()
)
"""Verbs whose passive may keep an object ("officers given medals")."""

_STRETCHES = frozenset(
    "block mile kilometre kilometer metre meter yard minute hour day week month year time "
    "monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)


def _active_after_all(document: Document, token: Token) -> bool:
    """Whether a verb called passive has no auxiliary and an object behind it: "the police, called to the scene, soon arrested two men"."""
    children = document.children(token.i)
    if token.lemma.lower() in _GIVES or any(t.deprel in ("aux:pass", "cop", "obl:agent", "csubj:pass") for t in children):
        return False
    objects = [t for t in children if t.deprel == "obj" and t.i > token.i and case_of(document, t) is None and t.upos in ("NOUN", "PROPN", "PRON")]
    behind = any(t.lemma.lower().removesuffix("s") not in _STRETCHES for t in objects)
    return behind and any(t.deprel == "nsubj:pass" and t.i < token.i for t in children)


def bare_passive(document: Document, i: int) -> bool:
    """A headline's participle without auxiliary ("Ten killed in raid")."""
    bare = not document.children(i, "aux", "cop") and document.tokens[i].xpos == "VBN" and not document.children(i, "obj")
    return bare and not any(t.i > i and t.upos in ("NOUN", "PROPN") and case_of(document, t) is None for t in document.children(i, "obl"))


def case_of(document: Document, token: Token) -> str | None:
    """The first preposition of a noun, or None."""
    return next((t.lemma.lower() for t in document.children(token.i, "case") if t.text not in ("'s", "’s", "'", "’")), None)
