"""Whether a harm that a verb names has come about: not under "could", "plan to" or "if", and not denied."""

from __future__ import annotations

from dateline.language.document import Document, Token

_MODAL = frozenset({"would", "could", "may", "might", "can", "shall", "will", "must", "should", "'ll", "wo", "ca", "’ll"})
_INTENT = frozenset(
    (
        "plan threaten try want intend vow attempt seek order prepare aim hope ask wish plot promise refuse avoid fail conspire urge call need pledge "
        "risk prevent stop"
    ).split()
)
_FACTIVE = frozenset(
    (
        "manage continue go help begin start force keep say report believe know happen appear seem claim allege think estimate presume fear cause "
        "lead compel oblige"
    ).split()
)


def unreal(document: Document, verb: Token) -> str | None:
    """no where the words say that it has not happened, maybe where they leave it open, None where it is told as having happened."""
    children = document.children(verb.i)
    if any(c.deprel in ("advmod", "aux") and c.lemma.lower() in ("not", "n't", "never", "n’t") for c in children):
        return "no"
    marks = {c.lemma.lower() for c in children if c.deprel == "mark"}
    if marks & {"if", "unless", "whether", "lest"}:
        return "no"
    auxiliaries = [c for c in children if c.deprel.split(":")[0] == "aux"]
    if any(c.text.lower() in _MODAL for c in auxiliaries):
        past = any(c.lemma.lower() == "have" for c in auxiliaries) and not any(c.text.lower() in ("would", "will", "should") for c in auxiliaries)
        return "maybe" if past else "no"
    return _under(document, verb, marks)


def _under(document: Document, verb: Token, marks: set[str]) -> str | None:
    """What the governing verb makes of an infinitive or gerund."""
    if verb.head == verb.i:
        return None
    governor = document.tokens[verb.head]
    base = verb.deprel.split(":")[0]
    infinitive = "to" in marks
    perfect = any(c.lemma.lower() == "have" for c in document.children(verb.i, "aux"))
    if base in ("xcomp", "ccomp", "advcl", "acl") and governor.lemma.lower() in _INTENT and base != "advcl":
        return "no"
    if base == "xcomp":
        return unreal(document, governor) if not infinitive or perfect or governor.lemma.lower() in _FACTIVE else "maybe"
    if base in ("advcl", "acl") and infinitive and not perfect:
        return "no"
    if base == "advcl" and not marks and verb.xpos == "VBG":
        return unreal(document, governor)
    if base == "conj" and governor.upos == "VERB" and not document.children(verb.i, "aux", "nsubj"):
        return unreal(document, governor)
    return None
