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


def _present(verb: Token, auxiliaries: list[Token]) -> bool:
    finite = auxiliaries[0] if auxiliaries else verb
    return finite.xpos in _PRESENT


def _told(document: Document, verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether a main clause is an imperative; headlines name who acts."""
    bare = verb.xpos == "VB" and verb.deprel.split(":")[0] in ("root", "parataxis", "ccomp") and not auxiliaries
    before = [t for t in document.children(verb.i) if t.i < verb.i and t.upos != "NUM"]
    return bare and not any(t.deprel.split(":")[0] in ("nsubj", "csubj", "mark", "expl") or t.upos in ("NOUN", "PROPN") for t in before)
