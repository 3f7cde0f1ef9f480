"""Counted people of whom a measure does not hold: prisoners who got away, the slain of whom a title reminds, the dead of a report called untrue."""

from __future__ import annotations

from dateline.extraction.figures_phrase import Phrase
from dateline.extraction.figures_rows import Measure
from dateline.extraction.reality import in_untrue_report
from dateline.language.document import Document, Token

_AWAY = frozenset({"escape", "flee", "abscond", "free", "release", "liberate", "pardon", "exchange", "swap"})
_LETS = frozenset({"break", "set", "let", "walk", "get"})
_OUT = frozenset({"out", "free", "go", "loose"})


def gets_away(document: Document, noun: int) -> bool:
    """Whether prisoners are told of as escaping or freed: "51 prisoners escaped", "the release of 40 detainees", "helped 12 inmates escape"."""
    token = document.tokens[noun]
    near = [*document.children(noun, "acl", "amod")]
    if token.deprel.split(":")[0] in ("nsubj", "obj", "nmod", "obl"):
        governor = document.tokens[token.head]
        near += [governor, *document.children(governor.i, "xcomp", "ccomp")]
        near += [t for t in document.children(governor.i, "conj") if not document.children(t.i, "nsubj")]
    return any(_away(document, t) for t in near)


def _away(document: Document, word: Token) -> bool:
    lemma = word.lemma.lower()
    if lemma in _LETS:
        follow = document.tokens[word.i + 1 : word.i + 2]
        return any(t.text.lower() in _OUT for t in (*follow, *document.children(word.i)))
    return lemma in _AWAY or word.text.lower() in ("escaped", "freed", "released")


def untold(document: Document, measure: Measure, phrase: Phrase) -> bool:
    """Whether those counted did it, or the words stand in a report that is called untrue ("contrary to reports that three were killed")."""
    if measure.name in HARM and _does_it(document, measure, phrase):
        return True
    return in_untrue_report(document, document.tokens[measure.governor]) or in_untrue_report(document, document.tokens[phrase.anchor])


HARM = frozenset({"killed", "injured", "missing", "detained", "abducted"})
"""Measures of harm to people."""


def _does_it(document: Document, measure: Measure, phrase: Phrase) -> bool:
    """Whether those counted are who did it: "shot dead by two gunmen", "two gunmen shot dead a teacher"."""
    token = document.tokens[phrase.anchor]
    verb = document.tokens[token.head]
    if verb.upos != "VERB":
        return False
    if token.deprel.startswith("obl") and any(c.text.lower() == "by" for c in document.children(token.i, "case")):
        return document.tokens[measure.governor].lemma.lower() in ("dead", verb.lemma.lower())
    dead = any(c.lemma.lower() == "dead" for c in document.children(verb.i, "xcomp", "advmod", "obj", "amod"))
    return token.deprel == "nsubj" and dead and any(c.lemma.lower() != "dead" for c in document.children(verb.i, "obj"))


def mentioned(document: Document, token: Token, measure: Measure) -> bool:
    """Whether a participle only tells who somebody is whom the words mention by title or name: "the widow of slain journalist Maria Lopez"."""
    participle = document.tokens[measure.governor]
    if participle.head != token.i or participle.deprel != "amod" or participle.i > token.i:
        return False
    titled = token.upos == "PROPN" or any(c.upos == "PROPN" for c in document.children(token.i, "appos", "flat"))
    bare = not document.children(token.i, "det") and token.deprel.startswith("nmod")
    return (titled or bare) and not any(c.lemma.lower() in ("a", "an", "another") for c in document.children(token.i, "det"))
