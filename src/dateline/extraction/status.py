"""Whether an event took place: read from auxiliaries, negation, conditionals, and the words that govern its trigger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.extraction.reality import in_untrue_report, untrue_claim
from dateline.extraction.status_general import in_general, practised
from dateline.extraction.triggers import classes
from dateline.extraction.voice import case_of
from dateline.language.document import Document, Token
from dateline.lexicon import load

ORDER = ("denied", "hypothetical", "demanded", "planned", "possible", "ended", "ongoing")
"""Where several words bear on an event, the first of these wins."""

_MODALS = {
    **dict.fromkeys(("will", "shall", "'ll", "’ll", "wo"), "planned"),
    **dict.fromkeys(("may", "might", "could", "can", "ca"), "possible"),
    **dict.fromkeys(("should", "must", "ought"), "demanded"),
    "would": "hypothetical",
}
_NEGATIVES = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "barely"})
_RULE = frozenset({"rule", "rules", "ruled", "ruling"})
_IF = frozenset({"if", "unless", "whether", "lest", "should"})
_FACTUAL_MARKS = frozenset({"after", "as", "when", "while", "since", "because", "although", "though", "once", "until", "where"})
_PERHAPS = frozenset({"possibly", "perhaps", "maybe", "allegedly", "reportedly", "apparently", "presumably", "probably", "potentially", "supposedly"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an event, whether it is negated, and the words that say so."""

    status: str
    negated: bool
    rule: str


@cache
def governors() -> dict[tuple[str, str], str]:
    """The effect of a governing word on its complement, by lemma and part of speech."""
    rows: dict[tuple[str, str], str] = {}
    for row in load("status_governors.tsv", columns=("name", "lemma", "pos", "effect", "example", "finds"), key=("name",)):
        for lemma in row["lemma"].split("|"):
            rows.setdefault((lemma, row["pos"]), row["effect"])
    return rows


def standing(document: Document, token: int, *, durative: bool, settled: bool) -> Standing:
    """The status of the event that a token names.

    ``durative`` events (fighting, a siege) can be under way; what is ``settled`` (a truce, an accord) has come about once it is agreed.
    """
    found: dict[str, str] = {}
    negated = ruled_out = False
    for effect, word in _effects(document, document.tokens[token], durative=durative, settled=settled):
        if effect == "negated":
            negated = not negated
            found.setdefault("negated", word)
            ruled_out = ruled_out or word.lower() in _RULE
        elif effect not in ("speech", "occurred"):
            found.setdefault(effect, word)
    if ruled_out and not negated:
        found["possible"] = "not ruled out"
    order = list(found)
    if "ended" in order and any(asked in order[order.index("ended") :] for asked in ("demanded", "planned")):
        found = {effect: word for effect, word in found.items() if effect not in ("demanded", "planned", "ended")}  # its end is asked for: it goes on
        found.setdefault("ongoing" if durative else "occurred", "end")
    status = next((s for s in ORDER if s in found), "occurred")
    words = [f"{effect}:{word}" for effect, word in found.items()]
    return Standing(status, negated, " ".join(words))


def _effects(document: Document, token: Token, *, durative: bool, settled: bool) -> Iterator[tuple[str, str]]:
    """What bears on the event, from the trigger outwards."""
    here, nominal = token, token.upos not in ("VERB", "AUX")
    yield from _own(document, here, nominal=nominal)
    if durative:
        yield from _under_way(document, here, nominal=nominal)
    for _ in range(8):
        step = _step(document, here, token, settled=settled)
        if step is None:
            break
        yield from step[0]
        if not step[1]:
            break
        here = document.tokens[here.head]
    if in_untrue_report(document, token):
        yield "denied", "report"
    if word := practised(document, token):
        yield "hypothetical", word
    if document.text[: document.sentence_of(token.i).end].rstrip("\"'”’ \n").endswith("?") and not _in_relative(document, token):
        yield "hypothetical", "?"


def _in_relative(document: Document, token: Token) -> bool:
    return any(t.deprel.startswith("acl") for t in (token, *document.ancestors(token.i)))


def _own(document: Document, token: Token, *, nominal: bool) -> Iterator[tuple[str, str]]:
    """Auxiliaries, negation, conjunctions and adjectives on a word itself."""
    predicate = not nominal or any(t.deprel == "cop" for t in document.children(token.i))
    for child in document.children(token.i):
        word, base = child.text.lower(), child.deprel.split(":")[0]
        if base == "aux" and predicate and word in _MODALS:
            yield _modal(document, token, word), word
        elif base == "advcl" and predicate and not nominal and (condition := conditional(document, token, child)):
            yield "hypothetical", condition
        elif (word in _NEGATIVES and base in ("advmod", "cc", "aux") and (predicate or child.i < token.i)) or (base == "det" and word in ("no", "neither")):
            yield "negated", word
        elif base == "mark" and word in _IF:
            yield "hypothetical", word
        elif base == "nsubj" and predicate and _nobody(document, child) or base in ("case", "mark") and word == "without":
            yield "negated", word
        elif base == "advmod" and word in ("allegedly", "possibly", "perhaps", "maybe", "potentially", "supposedly"):
            yield "possible", word
        elif base == "advmod" and word in ("nearly", "almost") and predicate and not nominal and child.i == token.i - 1:
            yield "negated", word
        elif base == "advmod" and word == "no" and any(t.text.lower() == "longer" for t in document.children(token.i, "advmod")):
            yield "ended", "no longer"
        elif base in ("amod", "compound") and (effect := governors().get((child.lemma.lower(), "adj")) or governors().get((word, "adj"))):
            yield effect, word
    if predicate and not nominal:
        yield from in_general(document, token)
    if predicate and not nominal and _bare_infinitive(document, token):
        yield "planned", "to"


_AHEAD = frozenset({"will", "'ll", "’ll", "would", "could", "may", "might", "can", "shall"})


def conditional(document: Document, verb: Token, clause: Token) -> str | None:
    """The word that makes what a verb tells hang on a condition named before it: "if the army advances, it will take the town".

    "Even if" makes nothing hang on it; what somebody says that he would do if another did his part is his plan.
    """
    modal = any(t.text.lower() in _AHEAD for t in document.children(verb.i, "aux"))
    mark = next((t for t in document.children(clause.i, "mark") if t.text.lower() in ("if", "unless")), None)
    even = mark is not None and mark.i > 0 and document.tokens[mark.i - 1].text.lower() in ("even", "as")
    return mark.text if mark is not None and modal and not even and clause.i < verb.i else None


def _nobody(document: Document, subject: Token) -> bool:
    """Whether a subject says that there is none ("neither side claimed victory", "no soldier was killed")."""
    if subject.lemma.lower() in ("nobody", "none", "neither", "no-one", "noone"):
        return True
    return any(t.text.lower() in ("no", "neither") for t in document.children(subject.i, "det"))


def _modal(document: Document, token: Token, word: str) -> str:
    """What a modal says; "would" under a verb of saying is a plan."""
    if word == "would" and token.deprel.split(":")[0] in ("ccomp", "conj"):
        governor = document.tokens[token.head]
        if governors().get((governor.lemma.lower(), "verb")) == "speech":
            return "planned"
    if word in ("could", "may", "might") and any(t.lemma.lower() == "be" and t.deprel == "aux" for t in document.children(token.i)):
        return "possible"
    return _MODALS[word]


def _bare_infinitive(document: Document, token: Token) -> bool:
    """A main clause in the infinitive: "Army to withdraw", "the minister is to visit"."""
    to = any(t.deprel == "mark" and t.text.lower() == "to" for t in document.children(token.i))
    return to and token.deprel.split(":")[0] in ("root", "parataxis")


def _under_way(document: Document, token: Token, *, nominal: bool) -> Iterator[tuple[str, str]]:
    """Present progressive, "still" with the present, a participle on a noun, "under siege"."""
    children = document.children(token.i)
    if nominal:
        present = any(t.deprel == "cop" and t.xpos in ("VBZ", "VBP") for t in children)
        if present and case_of(document, token) in ("under", "at"):
            yield "ongoing", case_of(document, token) or ""
        return
    auxiliaries = {t.text.lower() for t in children if t.deprel.startswith("aux")}
    gerund = token.xpos == "VBG" or "VerbForm=Ger" in token.feats
    progressive = auxiliaries & {"is", "are", "am", "'re", "’re", "'s", "’s", "been"} and "had" not in auxiliaries
    if gerund and (progressive or (token.deprel == "acl" and not any(t.deprel in ("mark", "case") for t in children))):
        yield "ongoing", token.text
    elif any(t.text.lower() == "still" for t in children) and (token.xpos in ("VBZ", "VBP") or auxiliaries & {"is", "are"}):
        yield "ongoing", "still"


def _step(document: Document, here: Token, token: Token, *, settled: bool) -> tuple[list[tuple[str, str]], bool] | None:
    """What the governor of a word adds, and whether to go on beyond it; None at the end of the way."""
    if here.head == here.i:
        return None
    governor = document.tokens[here.head]
    base = here.deprel.split(":")[0]
    before = _infinitive_of(document, here)
    if base == "conj" and before is not None and before.i != governor.i:
        return _clause(document, here, before, "xcomp")
    if base == "conj":
        return _coordinated(document, here, governor)
    if base in ("xcomp", "ccomp", "csubj", "acl", "advcl"):
        return _clause(document, here, governor, base)
    if base in ("obj", "nsubj", "obl", "nmod", "compound", "appos", "iobj") and governor.i != here.i:
        return _noun(document, here, governor, base, settled=settled and here is token)
    return None


def _infinitive_of(document: Document, token: Token) -> Token | None:
    """The verb just before "to" and an infinitive ("will continue to help"), whatever the parser hung it on."""
    to = any(t.i == token.i - 1 and t.text.lower() == "to" for t in document.children(token.i, "mark"))
    before = document.tokens[token.i - 2] if to and token.i >= 2 else None
    return before if before is not None and before.upos == "VERB" and before.sentence == token.sentence else None


def _coordinated(document: Document, here: Token, governor: Token) -> tuple[list[tuple[str, str]], bool]:
    children = document.children(here.i)
    independent = any(t.deprel.startswith(("nsubj", "aux")) for t in children)
    if here.upos == "VERB" and governor.upos == "VERB":
        own = [] if independent else [e for e in _own(document, governor, nominal=False) if e[0] != "negated" or _before(document, governor, e[1])]
        return own, not independent or not any(t.deprel.startswith("aux") for t in children)
    return [], True


def _before(document: Document, governor: Token, word: str) -> bool:
    """Negation of the first of two coordinated verbs covers the second in "did not attack or loot", not in "did not attack but looted"."""
    coordinators = {t.lemma.lower() for c in document.children(governor.i, "conj") for t in document.children(c.i, "cc")}
    return "but" not in coordinators and word != "neither"


def _clause(document: Document, here: Token, governor: Token, base: str) -> tuple[list[tuple[str, str]], bool] | None:
    marks = {t.text.lower() for t in document.children(here.i, "mark")}
    marks |= {w for t in document.children(here.i, "advmod") if (w := t.text.lower()) in ("when", "where", "while")}
    infinitive = "to" in marks
    pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(governor.upos)
    effect = governors().get((governor.lemma.lower(), pos)) if pos else None
    if here.upos in ("NOUN", "PROPN") and pos == "verb":
        effect = _effect(document, governor, here)
    if here.deprel == "acl:relcl":
        return None
    if governor.lemma.lower() == "rule":
        excluded = governor.i + 1 < len(document.tokens) and document.tokens[governor.i + 1].text.lower() == "out"
        return [("negated", governor.text), *_own(document, governor, nominal=False)] if excluded else [("speech", governor.text)], excluded
    perfect = any(t.lemma.lower() == "have" and t.deprel == "aux" for t in document.children(here.i))
    if base == "advcl":
        if any(_charged(governor.lemma.lower(), mark) for mark in marks):
            return [("possible", governor.text)], False
        if marks & {"for", "against", "of", "about", "on", "toward", "towards"} and effect in ("demanded", "planned", "possible", "denied"):
            return [(effect, governor.text), *_own(document, governor, nominal=False)], True  # "called for using force"
        if infinitive and effect == "demanded":
            return [(effect, governor.text), *_own(document, governor, nominal=False)], True  # "pressed the armies to agree"
        if infinitive:
            if effect != "occurred" or governor.lemma.lower() not in ("use", "go", "return"):
                return [("planned", "to")], False
            return list(_own(document, governor, nominal=False)), True  # who plans to use guns to attack plans the attack
        if marks & (_FACTUAL_MARKS | _IF | {"before", "without"}):
            return None
        return list(_own(document, governor, nominal=governor.upos != "VERB")), True
    if base == "acl" and infinitive and perfect:
        return ([("denied", report)] if (report := untrue_claim(document, governor)) else []), False  # "the claim to have taken the town"
    if base == "acl":
        if infinitive or marks & {"of", "for"}:
            return [(effect or ("planned" if infinitive else "occurred"), governor.text)], effect in ("planned", "possible", "negated")
        return None
    if effect is None and infinitive and base == "xcomp" and not perfect:
        effect = "planned"
    if governor.lemma.lower() == "have" and infinitive and governor.xpos in ("VBP", "VBZ", "VB"):
        effect = "demanded"  # "we have to stop the violence"; who "had to withdraw" did
    if governor.lemma.lower() == "go" and infinitive:
        effect = "planned" if governor.xpos == "VBG" else "occurred"
    if effect == "planned" and perfect:
        effect = None
    added = [(effect, governor.text)] if effect else []
    if effect == "denied" and any(t.text.lower() in _NEGATIVES for t in document.children(governor.i)):
        return [("possible", governor.text)], False  # who does not deny it leaves it open
    if base == "ccomp" and governor.lemma.lower() in _VOUCHING and _withheld(document, governor):
        return [("possible", governor.text)], False
    if governor.upos in ("VERB", "ADJ", "NOUN"):
        reported = effect == "speech" and base == "ccomp"
        above = [] if reported else list(_own(document, governor, nominal=governor.upos != "VERB"))
        above = [(e, w) for e, w in above if not (e == "negated" and effect == "denied")]
        return [*added, *above], not reported or governor.deprel.split(":")[0] in ("ccomp", "xcomp")
    return added, False


_VOUCHING = frozenset({"confirm", "verify", "say", "tell", "know", "disclose", "reveal", "establish", "corroborate", "ascertain"})
_SILENT = frozenset({"refuse", "decline", "unable", "impossible", "hesitate", "fail"})


def _withheld(document: Document, verb: Token) -> bool:
    """Whether somebody does not vouch for what the verb governs ("could not confirm that", "declined to say whether")."""
    if any(t.text.lower() in _NEGATIVES for t in document.children(verb.i)):
        return True
    return verb.deprel == "xcomp" and document.tokens[verb.head].lemma.lower() in _SILENT


def _noun(document: Document, here: Token, governor: Token, base: str, *, settled: bool) -> tuple[list[tuple[str, str]], bool] | None:
    lemma = governor.lemma.lower()
    definite = any(t.text.lower() in _DEFINITE for t in document.children(here.i, "det", "nmod")) or here.upos == "PROPN"
    if governor.upos in ("NOUN", "PROPN"):
        return _under_noun(document, governor, base, definite=definite)
    if governor.upos not in ("VERB", "ADJ", "AUX"):
        return None
    effect = _effect(document, governor, here)
    if settled and effect in ("planned", "speech"):
        effect = "occurred"
    case = case_of(document, here)
    guarded = lemma in classes()["GUARD"] and (case in ("against", "from") or base == "obj")
    if guarded:
        return [("hypothetical" if lemma not in ("prevent", "avert") else "negated", governor.text)], False
    happens = lemma in classes()["HAPPEN"]
    if base in ("obj", "iobj") or here.deprel == "nsubj:pass":
        added = [(effect, governor.text)] if effect and effect != "hypothetical" else []
        if effect == "speech":
            unmade = lemma in ("claim", "declare", "proclaim", "announce")  # who does not declare a truce has not made one
            return [*added, *(e for e in _own(document, governor, nominal=False) if unmade and e[0] == "negated")], False
        whole = not definite or effect in ("occurred", "ongoing", "ended", "planned") or lemma in classes()["CARRY"]
        return [*added, *(_own(document, governor, nominal=False) if whole else [])], whole
    if base == "nsubj" and (governor.upos == "ADJ" or _ahead(document, governor)):
        return ([("planned", governor.text)] if _ahead(document, governor) else [(effect, governor.text)] if effect == "demanded" else []), False
    if base == "nsubj":
        moves = any(t.i > governor.i for t in document.children(governor.i, "obj", "ccomp", "xcomp"))  # "ended three years of rule" ends the rule
        added = [(effect, governor.text)] if effect in ("ongoing", "ended") and not moves else []
        return [*added, *(_own(document, governor, nominal=False) if happens or not definite else [])], happens
    if base == "obl":
        if _charged(lemma, case):
            return [("possible", governor.text)], False
        if settled and effect == "occurred" and case in ("on", "to", "with"):  # "urged them to agree to a truce" demands the truce
            return list(_own(document, governor, nominal=False)), True
        if effect in ("demanded", "planned", "possible", "denied", "ongoing") and case in ("for", "on", "with", "about", "of", "to", "in", "as"):
            return [(effect, governor.text), *_own(document, governor, nominal=False)], True
        return ([] if definite or effect == "speech" else [e for e in _own(document, governor, nominal=False) if e[0] != "negated"]), False
    return None


def _off(document: Document, verb: Token) -> bool:
    return any(t.text.lower() == "off" for t in document.children(verb.i, "compound:prt"))


def _effect(document: Document, governor: Token, here: Token) -> str | None:
    """The effect of a governing verb on a noun beneath it; who calls something names it, who calls for it demands it."""
    lemma = governor.lemma.lower()
    if lemma == "set" and here.deprel in ("obj", "nsubj:pass") and _off(document, governor):
        return "occurred"
    if lemma == "call" and here.deprel in ("obj", "xcomp", "conj"):
        return "speech"
    return governors().get((lemma, "adj" if governor.upos == "ADJ" else "verb"))


def _charged(lemma: str, case: str | None) -> bool:
    """Whether a court's charge names the deed, which is yet to be proven ("charged with assault")."""
    return (lemma, case) in {("charge", "with"), ("indict", "for"), ("indict", "on"), ("arraign", "for"), ("arraign", "on")}


def _ahead(document: Document, governor: Token) -> bool:
    """Whether a verb says of its subject that it is still to come ("a fight lies ahead", "an offensive looms")."""
    lemma = governor.lemma.lower()
    return lemma in ("loom", "impend") or (
        lemma in ("lie", "be", "remain") and any(t.lemma.lower() == "ahead" for t in document.children(governor.i, "advmod"))
    )


def _under_noun(document: Document, governor: Token, base: str, *, definite: bool) -> tuple[list[tuple[str, str]], bool]:
    """What a noun says of the event noun that hangs on it ("plans for an attack", "a wave of attacks")."""
    lemma = governor.lemma.lower()
    effect = governors().get((lemma, "noun"))
    through = lemma in classes()["COUNTED"] or lemma in classes()["SPAN"]
    if effect and (effect != "hypothetical" or (base == "nmod" and not definite)):
        return [(effect, governor.text)], True
    if not through or base == "compound":
        return [], through
    return [e for e in _own(document, governor, nominal=True) if e[0] in ("planned", "possible", "negated")], True
