"""Clauses that tell of no happening in particular: what befalls anybody, what usually happens, what somebody is told to do."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language.document import Document, Token

_HABITUAL = frozenset({"usually", "typically", "generally", "commonly", "normally"})
_PRESENT = frozenset({"VBP", "VBZ", "VB"})


def in_general(document: Document, verb: Token) -> Iterator[tuple[str, str]]:
    """The status that such a clause gives its verb: "people are usually murdered by", "you get shot", "One, defeat the group"."""
    children = document.children(verb.i)
    auxiliaries = [t for t in children if t.deprel.split(":")[0] == "aux"]
    for child in children:
        if (
            child.deprel.split(":")[0] == "advmod"
            and child.text.lower() in _HABITUAL
            or child.deprel.split(":")[0] == "nsubj"
            and child.text.lower() in ("you", "one")
            and child.upos == "PRON"
            and _present(verb, auxiliaries)
        ):
            yield "hypothetical", child.text
    if _told(document, verb, auxiliaries):
        yield "demanded", verb.text


_PRACTICE = frozenset({"training", "exercise", "drill", "rehearsal", "course"})
_HOLDS = frozenset({"include", "involve", "cover", "feature"})


def practised(document: Document, event: Token) -> str | None:
    """The word that says an event is only practised: "their training includes reacting to attacks", "trained to respond to attacks"."""
    here = event
    while here.head != here.i and here.deprel.split(":")[0] in ("xcomp", "obj", "obl", "conj", "nmod"):
        here = document.tokens[here.head]
        if here.lemma.lower() in _HOLDS and here.upos == "VERB":
            return next((t.text for s in document.children(here.i, "nsubj") for t in document.subtree(s.i) if t.lemma.lower() in _PRACTICE), None)
        if here.lemma.lower() in ("train", "drill") and here.upos == "VERB" and event.upos == "NOUN":
            return here.text if any(t.deprel == "xcomp" and t.i < event.i for t in document.children(here.i)) else None
    return None


def _present(verb: Token, auxiliaries: list[Token]) -> bool:
    finite = auxiliaries[0] if auxiliaries else verb
    return finite.xpos in _PRESENT


def _told(document: Document, verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether a main clause is an imperative; headlines name who acts."""
    bare = verb.xpos == "VB" and verb.deprel.split(":")[0] in ("root", "parataxis", "ccomp") and not auxiliaries
    before = [t for t in document.children(verb.i) if t.i < verb.i and t.upos != "NUM"]
    return bare and not any(t.deprel.split(":")[0] in ("nsubj", "csubj", "mark", "expl") or t.upos in ("NOUN", "PROPN") for t in before)
