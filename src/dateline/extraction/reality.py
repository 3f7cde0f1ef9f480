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
    if any(c.deprel in ("advmod", "aux") and c.lemma.lower() in ("not", "n't", "never", "n’t", "almost", "nearly") for c in children):
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
        return unreal(document, _told(document, governor))
    if base == "conj" and governor.upos == "VERB" and not document.children(verb.i, "aux", "nsubj"):
        return unreal(document, governor)
    return None


def _told(document: Document, verb: Token) -> Token:
    """The verb whose outcome a gerund tells: past an infinitive of purpose, what was done for it ("fired to disperse them, killing one")."""
    purpose = verb.deprel == "advcl" and any(c.lemma.lower() == "to" for c in document.children(verb.i, "mark"))
    return document.tokens[verb.head] if purpose else verb


_UNDONE = frozenset({"attempted", "foiled", "thwarted", "botched", "averted", "abortive"})
_ATTEMPTS = frozenset({"attempt", "plot", "conspiracy"})


def undone(document: Document, noun: Token) -> bool:
    """Whether the deed that a noun names was tried and no more: "attempted murder", "a plot for the murder"."""
    if any(c.text.lower() in _UNDONE for c in document.children(noun.i, "amod", "compound")):
        return True
    governor = document.tokens[noun.head]
    return noun.deprel.split(":")[0] in ("nmod", "obj") and governor.lemma.lower() in _ATTEMPTS


_REPORTS = frozenset(
    {"report", "claim", "rumor", "rumour", "allegation", "assertion", "suggestion", "statement", "accusation", "charge", "speculation", "insinuation"}
)


def in_untrue_report(document: Document, token: Token) -> bool:
    """Whether a word stands in what a report says that is called untrue: "contrary to reports that", "denied reports that", "despite claims that"."""
    for inner in (token, *document.ancestors(token.i)):
        noun = document.tokens[inner.head]
        if inner.deprel == "ccomp" and noun.upos == "VERB":
            noun = next((c for c in document.children(noun.i, "obj") if c.lemma.lower() in _REPORTS and c.i < inner.i), noun)
        told = inner.deprel in ("acl", "ccomp") and any(c.text.lower() == "that" for c in document.children(inner.i, "mark"))
        if told and noun.lemma.lower() in _REPORTS and noun.upos == "NOUN" and _untrue(document, noun):
            return True
    return False


def _untrue(document: Document, report: Token) -> bool:
    case = {c.lemma.lower(): c.i for c in document.children(report.i, "case")}
    if "contrary" in case or ("to" in case and document.tokens[case["to"] - 1].text.lower() == "contrary"):
        return True
    if "despite" in case:
        return report.lemma.lower() not in ("report", "statement")
    return untrue_claim(document, report) is not None


def untrue_claim(document: Document, report: Token) -> str | None:
    """The verb that calls a claim untrue: its object, the subject of its passive, or what it dismisses "as false"."""
    governor = document.tokens[report.head]
    if report.upos != "NOUN" or report.lemma.lower() not in _REPORTS or governor.lemma.lower() not in _DENYING or unreal(document, governor) is not None:
        return None
    called = any(c.lemma.lower() in _FALSE for c in document.children(report.i, "amod")) and any(c.lemma == "as" for c in document.children(report.i, "case"))
    return governor.text if report.deprel in ("obj", "nsubj:pass") or called else None


_FALSE = frozenset("false untrue baseless unfounded groundless fake fabricated incorrect inaccurate".split())


_SAID_TO_BE = frozenset({"claim", "say", "report", "announce", "declare", "confirm", "tell", "state", "believe", "insist", "assert", "add", "note"})
_WISHED = frozenset({"demand", "urge", "call", "ask", "order", "insist", "require", "request"})
_DENYING = frozenset({"deny", "dispute", "refute", "reject", "dismiss"})


_OF_MODAL = {"will": "planned", "'ll": "planned", "’ll": "planned", "wo": "planned", "shall": "planned", "must": "demanded", "should": "demanded"}


def reality(document: Document, verb: Token) -> str:
    """Status of what a predicate says: occurred, denied, planned, possible, demanded or hypothetical."""
    children = document.children(verb.i)
    if any(c.lemma.lower() in ("not", "n't", "never", "n’t") and c.deprel.split(":")[0] in ("advmod", "aux") for c in children):
        return "denied"
    marks = {c.lemma.lower() for c in children if c.deprel == "mark"}
    if marks & {"if", "unless", "whether"}:
        return "hypothetical"
    modal = next((c.text.lower() for c in children if c.deprel.split(":")[0] == "aux" and c.text.lower() in _MODAL), None)
    if modal is not None:
        return _OF_MODAL.get(modal, "possible")
    return _governed(document, verb, marks)


def _governed(document: Document, verb: Token, marks: set[str]) -> str:
    if verb.head == verb.i:
        return "occurred"
    governor = document.tokens[verb.head]
    base, lemma = verb.deprel.split(":")[0], governor.lemma.lower()
    if base in ("ccomp", "xcomp", "acl") and lemma in _DENYING:
        return "denied"
    if "to" in marks and not any(c.lemma.lower() == "have" for c in document.children(verb.i, "aux")):
        if lemma in _WISHED:
            return "demanded"
        if lemma in ("manage", "continue", "help", "begin", "start", "go", "use") and base == "xcomp":
            return reality(document, governor)
        if lemma == "use" and base in ("xcomp", "advcl") and not document.children(governor.i, "obj", "aux:pass"):
            return reality(document, governor)  # "used to side with"
        return "planned" if base in ("xcomp", "advcl", "acl", "ccomp") and lemma not in _SAID_TO_BE else "occurred"
    if base in ("xcomp",) or (base == "conj" and governor.upos == "VERB" and not document.children(verb.i, "aux", "nsubj")):
        return reality(document, governor) if lemma not in _SAID_TO_BE else "occurred"
    if base == "advcl" and verb.xpos == "VBG" and not marks:
        return reality(document, _told(document, governor))
    return "occurred"
