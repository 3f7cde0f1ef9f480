"""The frame of a word that may name an event: its slots, with those that a light verb, an impact verb or a relative clause lends a noun."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extraction.antecedents import antecedent
from dateline.extraction.participants import Slots, noun_slots, spread, verb_slots
from dateline.extraction.triggers import Clause, Trigger, classes, light_verbs
from dateline.extraction.triggers_senses import Senses
from dateline.extraction.voice import case_of, is_passive
from dateline.language.document import Document, Token

_SIDES = frozenset({"ARMED", "POLICE", "police", "gunman", "gunmen"})
_PARTICLES = frozenset({"back", "over", "up", "down", "out", "off", "away"})
_SHARED = ("on", "against", "at", "with", "between", "by", "in", "near", "over", "for", "to", "into", "from", "across", "toward", "towards")


@dataclass(slots=True)
class Frame:
    """A candidate trigger with its slots."""

    token: Token
    slots: Slots
    pos: str
    """verb, noun or adj."""
    light: int | None = None
    """The light verb that carries a noun."""


def frame_of(document: Document, token: Token) -> Frame | None:
    """The frame of a token that can name an event, or None."""
    if token.upos == "VERB":
        slots = verb_slots(document, token)
        for clause in document.children(token.i, "advcl", "xcomp", "acl"):
            if clause.text.lower() == "using":
                slots.merge(_renamed(verb_slots(document, clause)), "with")
        if token.deprel == "amod":
            slots.add("obj" if token.xpos == "VBN" or "Tense=Past" in token.feats else "subj", token.head)
        return Frame(token, slots, "verb")
    if token.upos in ("NOUN", "PROPN"):
        frame = Frame(token, noun_slots(document, token), "noun")
        _from_governor(document, frame)
        _from_clauses(document, frame)
        _from_purpose(document, frame)
        return frame
    if token.upos == "ADJ":
        slots = noun_slots(document, token)
        if token.deprel == "amod":
            slots.add("obj", token.head)
        said_of = token.head if token.deprel == "xcomp" else token.i  # "thirty are feared dead"
        for subject in document.children(said_of, "nsubj", "nsubj:pass"):
            slots.add("obj", antecedent(document, subject.i))
        return Frame(token, slots, "adj")
    return None


def _renamed(slots: Slots) -> Slots:
    """What somebody uses is what they do it with."""
    return Slots({"with": slots.get("obj")})


def carrier(document: Document, token: Token) -> tuple[Token, str, str] | None:
    """The light verb that carries an event noun, the slot in which the noun stands, and the role of the verb's subject."""
    top = token
    while _part_of(document, top):
        top = document.tokens[top.head]
    verb = document.tokens[top.head]
    if verb.i == top.i or verb.upos != "VERB":
        return None
    base = top.deprel.split(":")[0]
    slot = "obj" if base == "obj" or top.deprel == "nsubj:pass" else case_of(document, top) if base == "obl" else None
    return next(((verb, row.slot, row.role) for row in light_verbs().get(verb.lemma.lower(), ()) if row.slot == slot), None)


def _part_of(document: Document, token: Token) -> bool:
    """Whether a noun is coordinated with another or counted by it ("a series of attacks"), so that the verb's object is the other."""
    head = document.tokens[token.head]
    if head.i == token.i or head.upos not in ("NOUN", "PROPN", "NUM"):
        return False
    if token.deprel == "conj":
        return True
    return token.deprel == "nmod" and case_of(document, token) == "of" and head.lemma.lower() in classes()["SPAN"] | classes()["COUNTED"]


def _from_governor(document: Document, frame: Frame) -> None:
    token = frame.token
    carried = carrier(document, token)
    if carried:
        verb, _, role = carried
        frame.light = verb.i
        slots = verb_slots(document, verb)
        for filler in slots.get("subj"):
            if filler != token.i and role:
                frame.slots.add("by" if role == "agent" else "obj", filler)
        for clause in (c for site in (verb.i, token.i) for c in document.children(site, "advcl", "xcomp", "acl") if c.text.lower() == "using"):
            frame.slots.merge(_renamed(verb_slots(document, clause)), "with")
            frame.slots.merge(verb_slots(document, clause), "against", "on", "at")
        frame.slots.merge(slots, *(s for s in _SHARED if s not in ("by",)), *(("obj",) if carried[1] == "with" else ()))
        frame.slots.rows = {name: [t for t in row if t != token.i] for name, row in frame.slots.rows.items()}
        return
    verb = document.tokens[token.head]
    if token.deprel == "nsubj" and verb.upos == "VERB" and verb.lemma.lower() in classes()["IMPACT"] and not is_passive(document, verb):
        for filler in verb_slots(document, verb).get("obj"):
            frame.slots.add("obj", filler)


def _from_clauses(document: Document, frame: Frame) -> None:
    """What relative and reduced clauses on a noun say of its parties ("a raid carried out by", "an attack that killed")."""
    for clause in document.children(frame.token.i, "acl"):
        lemma = clause.lemma.lower()
        slots = verb_slots(document, clause)
        passive = is_passive(document, clause)
        if passive and (lemma == "claim" or any(row.slot == "obj" for row in light_verbs().get(lemma, ()))):
            for filler in slots.get("subj"):
                if filler != frame.token.i:
                    frame.slots.add("by", filler)
        elif lemma in classes()["IMPACT"] and not passive:
            for filler in slots.get("obj"):
                frame.slots.add("obj", filler)
        elif lemma in ("target", "aim", "direct") and passive:
            for filler in [*slots.get("at"), *slots.get("against")]:
                frame.slots.add("obj", filler)


def _from_purpose(document: Document, frame: Frame) -> None:
    """Against whom an operation is, where the infinitive behind it says so ("operations to oust the militants")."""
    hosts = [frame.token.i, *([frame.light] if frame.light is not None else [])]
    for clause in [c for host in hosts for c in document.children(host, "acl", "xcomp", "advcl")]:
        to = next((t for t in document.children(clause.i, "mark") if t.lemma.lower() == "to"), None)
        if to is not None and to.i > frame.token.i and clause.lemma.lower() in classes()["OUST"]:
            for filler in verb_slots(document, clause).get("obj"):
                frame.slots.add("against", filler)


def _in_setting(frame: Frame, row: Trigger, senses: Senses) -> bool:
    """Whether the text around a word is about armed conflict, or is not, as the row asks."""
    if not (row.context or row.elsewhere):
        return True
    return senses.in_context(frame.token.i) == row.context


def holds(frame: Frame, row: Trigger, senses: Senses) -> bool:
    """Whether a row of the lexicon holds for a frame."""
    return all(_clause(frame, clause, senses) for clause in row.needs) and _in_setting(frame, row, senses)


def _clause(frame: Frame, clause: Clause, senses: Senses) -> bool:
    return any(_slot(frame, slot, clause.wanted, senses) for slot in clause.slots) is clause.holds


def _slot(frame: Frame, slot: str, wanted: frozenset[str], senses: Senses) -> bool:
    document = senses.document
    match slot:
        case "prt":
            return not wanted.isdisjoint(particles(document, frame.token))
        case "gov":
            return frame.token.head != frame.token.i and senses.is_any(frame.token.head, wanted)
        case "sent":
            sentence = document.sentence_of(frame.token.i)
            own = frozenset(frame.slots.get("subj")) if frame.pos == "verb" else frozenset()
            others = wanted - _SIDES  # the sense of a verb must not depend on which side acts
            here = (t for t in range(sentence.first, sentence.last) if t != frame.token.i)
            return any(senses.is_any(t, others if t in own else wanted) for t in here)
        case _:
            return any(senses.is_any(t, wanted) for t in fillers(document, frame, slot))


def fillers(document: Document, frame: Frame, slot: str) -> list[int]:
    """The tokens in a slot; ``mod``, ``any`` and paths with a dot are put together from others."""
    if "." in slot:
        outer, inner = slot.split(".", 1)
        names = ("compound", "amod", "poss") if inner == "mod" else (inner,)
        return [t for o in fillers(document, frame, outer) for name in names for t in noun_slots(document, document.tokens[o]).get(name)]
    match slot:
        case "mod":
            return [t for name in ("compound", "amod", "poss") for t in frame.slots.get(name)]
        case "any":
            return [t for row in frame.slots.rows.values() for t in row]
        case "kid":
            return [t.i for t in document.children(frame.token.i)]
        case _:
            return frame.slots.get(slot)


def particles(document: Document, token: Token) -> set[str]:
    """Particles and adverbs of a verb, and the prepositions of its obliques."""
    found = {t.lemma.lower() for t in document.children(token.i, "compound", "advmod", "case", "advcl", "obl") if t.upos in ("ADP", "ADV", "PART")}
    found.update(t.text.lower() for t in document.children(token.i, "compound", "advmod"))
    found.update(t.text.lower() for t in document.children(token.i, "xcomp", "dep") if t.i == token.i + 1 and t.text.lower() in _PARTICLES)
    for oblique in document.children(token.i, "obl", "nmod"):
        found.update(t.lemma.lower() for t in document.children(oblique.i, "case"))
    return found


def spread_all(document: Document, tokens: list[int]) -> list[int]:
    """These tokens with all that is coordinated with them, each once, in order."""
    return list(dict.fromkeys(each for t in tokens for each in spread(document, t)))
