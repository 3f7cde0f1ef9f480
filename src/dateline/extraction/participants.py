"""Who stands where around a predicate: its dependents by slot, seen through passives, relatives, control and coordination.

Slots are ``subj`` (who does it), ``obj`` (to whom or what), ``iobj``, ``poss``, ``compound``, ``amod``, ``prt``, ``adv``, and one slot
for each preposition (``of``, ``on``, ``against`` ...). Fillers are token indices, in text order.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from dateline.aliases import fold
from dateline.extraction.antecedents import RELATIVE, antecedent
from dateline.extraction.findings import ArgumentFound
from dateline.extraction.mentions_names import titles
from dateline.extraction.voice import bare_passive, case_of, is_passive
from dateline.language.document import Document, Labelled, Token

_HARMS = frozenset({"kill", "wound", "injure", "maim", "destroy", "damage"})
_DEPTH = 6
_OUTSIDE = frozenset(
    {"case", "cc", "conj", "punct", "acl", "appos", "parataxis", "mark", "advcl", "cop", "nsubj", "aux", "advmod", "orphan", "dep", "list", "obl"}
)
"""Relations of what hangs on a noun but is no part of the participant's words."""


@dataclass(slots=True)
class Slots:
    """The dependents of one predicate by slot."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, slot: str, token: int) -> None:
        """Put a token into a slot, once."""
        row = self.rows.setdefault(slot, [])
        if token not in row:
            row.append(token)

    def get(self, slot: str) -> list[int]:
        """The fillers of a slot."""
        return self.rows.get(slot, [])

    def merge(self, other: Slots, *names: str) -> None:
        """Take over the fillers of these slots of another predicate."""
        for name in names:
            for token in other.get(name):
                self.add(name, token)


def verb_slots(document: Document, token: Token) -> Slots:
    """The slots of a verb."""
    slots = Slots()
    passive = is_passive(document, token)
    for child in document.children(token.i):
        slot = _verb_slot(document, child, passive=passive)
        if slot:
            for filler in spread(document, antecedent(document, child.i)):
                slots.add(slot, filler)
    if slots.get("iobj") and not slots.get("obj"):
        slots.rows["obj"] = slots.rows.pop("iobj")
    _from_above(document, token, slots, passive=passive)
    _adjacent(document, token, slots)
    if not slots.get("subj") and not slots.get("obj"):
        _stranded(document, token, slots)
    return slots


def _adjacent(document: Document, token: Token, slots: Slots) -> None:
    """The noun of the preposition that follows a word at once belongs to it, wherever the parser hung it ("victory over the rebels")."""
    if token.i + 1 >= len(document.tokens):
        return
    preposition = document.tokens[token.i + 1]
    noun = document.tokens[preposition.head]
    if preposition.deprel != "case" or preposition.upos != "ADP" or noun.i <= preposition.i or preposition.sentence != token.sentence:
        return
    if noun.text.lower() in ("least", "most"):
        return  # "killing at least nine"
    if noun.i not in {t for row in slots.rows.values() for t in row}:
        for filler in spread(document, noun.i):
            slots.add(preposition.lemma.lower(), filler)
    if preposition.lemma.lower() == "between" and len(slots.get("between")) == 1:
        _other_side(document, noun, slots)


def _other_side(document: Document, noun: Token, slots: Slots) -> None:
    """The second party of "between X and Y" where the parser did not join the two."""
    last = document.sentence_of(noun.i).last
    joined = next((i for i in range(noun.i + 1, min(noun.i + 5, last)) if document.tokens[i].lemma.lower() == "and"), None)
    if joined is not None:
        head = document.tokens[joined].head
        if head > joined and document.tokens[head].upos in ("NOUN", "PROPN"):
            slots.add("between", head)


def _stranded(document: Document, token: Token, slots: Slots) -> None:
    """A noun before a verb without subject that hangs on it without a preposition is its subject."""
    for child in document.children(token.i, "obl", "nmod", "dislocated"):
        if child.i < token.i and child.deprel in ("obl", "nmod", "dislocated") and child.upos in ("NOUN", "PROPN") and case_of(document, child) is None:
            slots.add("subj", child.i)


def noun_slots(document: Document, token: Token) -> Slots:
    """The slots of an event noun: possessor, compounds, adjectives and prepositional phrases."""
    slots = Slots()
    for child in document.children(token.i):
        base = child.deprel.split(":")[0]
        if child.deprel == "nmod:poss":
            slot: str | None = "poss"
        elif base in ("nmod", "obl"):
            slot = None if _absolute(document, child) else case_of(document, child)
        elif base in ("compound", "amod", "nsubj"):
            slot = base
        elif base in ("flat", "nummod"):
            slot = "compound"
        else:
            slot = None
        if slot:
            for filler in spread(document, antecedent(document, child.i)):
                slots.add(slot, filler)
    _adjacent(document, token, slots)
    _by_after_of(document, token, slots)
    _compound_side(document, slots)
    return slots


def _absolute(document: Document, child: Token) -> bool:
    """Whether "with" opens a clause of its own after a comma ("fighting, with whole villages in ruin")."""
    case = next(iter(document.children(child.i, "case")), None)
    return case is not None and case.lemma.lower() == "with" and case.i > 0 and document.tokens[case.i - 1].text == ","


def _by_after_of(document: Document, token: Token, slots: Slots) -> None:
    """Who does it stands behind "by" right after the phrase with "of", wherever the parser hung it ("the recapture of the port by troops")."""
    if slots.get("by") or not slots.get("of"):
        return
    last = max(phrase(document, i)[1] for i in slots.get("of"))
    if last + 1 >= len(document.tokens):
        return
    preposition = document.tokens[last + 1]
    noun = document.tokens[preposition.head]
    if preposition.lemma.lower() == "by" and preposition.deprel == "case" and preposition.sentence == token.sentence and noun.i > preposition.i:
        for filler in spread(document, noun.i):
            slots.add("by", filler)


def _compound_side(document: Document, slots: Slots) -> None:
    """The first party of "between X and Y" where the parser made it a modifier of the second."""
    if len(slots.get("between")) != 1:
        return
    for child in document.children(slots.get("between")[0], "compound", "nmod"):
        if child.upos in ("NOUN", "PROPN") and child.i + 1 < len(document.tokens) and document.tokens[child.i + 1].lemma.lower() == "and":
            slots.add("between", child.i)


def _verb_slot(document: Document, child: Token, *, passive: bool) -> str | None:
    match child.deprel:
        case "nsubj":
            return "obj" if passive and bare_passive(document, child.head) else "subj"
        case "csubj":
            return "subj"
        case "nsubj:pass":
            return "obj" if passive else "subj"
        case "nsubj:outer":
            return None
        case "obj" if child.i > child.head and case_of(document, child) == "by":
            return "subj" if document.tokens[child.head].xpos == "VBN" else "by"  # "was struck and killed by a shell", however it was hung
        case "obj" | "iobj" | "xcomp" | "ccomp":
            return child.deprel
        case "compound:prt":
            return "prt"
        case "advmod":
            return "adv"
        case "obl:agent":
            return "subj"
        case _:
            pass
    if child.deprel.split(":")[0] == "obl":
        if _absolute(document, child):
            return None
        case = case_of(document, child)
        if case is None and child.deprel == "obl" and child.i > child.head and child.upos in ("NOUN", "PROPN") and not document.children(child.head, "obj"):
            return "obj"
        return "subj" if case == "by" and passive and child.deprel == "obl" and child.upos in ("NOUN", "PROPN", "PRON") else case
    return None


def spread(document: Document, i: int) -> list[int]:
    """A noun and all that is coordinated with it, each its own participant."""
    found = [i]
    for t in document.children(i, "conj"):
        if t.upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"):
            found.extend(spread(document, t.i))
    return found


def _from_above(document: Document, token: Token, slots: Slots, *, passive: bool) -> None:
    """Fill the missing subject or object of a verb from what governs it."""
    base = token.deprel.split(":")[0]
    head = token.head
    if base == "acl" and document.tokens[head].upos in ("NOUN", "PROPN", "PRON", "NUM"):
        _from_noun(document, token, slots, passive=passive)
        return
    missing = "obj" if passive else "subj"
    caused = (
        base == "advcl" and is_passive(document, document.tokens[head]) and any(t.lemma.lower() == "by" for t in document.children(token.i, "mark", "case"))
    )
    if not slots.get(missing) and (blamed := _blamed(document, token)):
        for filler in blamed:
            slots.add(missing, filler)
    elif not slots.get(missing) and base in ("conj", "xcomp", "advcl") and not caused:
        for filler in subject_above(document, token):
            slots.add(missing, filler)
    if base == "conj" and not slots.get("obj") and not passive and document.tokens[head].upos == "VERB":
        _share_object(document, token, slots)


_BLAMES = frozenset({"accuse", "blame", "suspect", "convict", "charge", "condemn", "criticise", "criticize", "thank", "praise"})


def _blamed(document: Document, token: Token) -> list[int]:
    """Who is said to have done what "accused them of" or "blamed them for" names: the one accused, not the accuser."""
    verb = document.tokens[token.head]
    if verb.lemma.lower() not in _BLAMES or verb.i == token.i or not any(t.lemma.lower() in ("of", "for") for t in document.children(token.i, "mark", "case")):
        return []
    slot = "nsubj:pass" if is_passive(document, verb) else "obj"
    return [each for t in document.children(verb.i, slot) for each in spread(document, t.i)]


def _share_object(document: Document, token: Token, slots: Slots) -> None:
    """The object of the last of several coordinated verbs is also the object of the ones before ("attacked and burned the village").

    What a relative pronoun before the first stands for is the object of all ("the town, which rebels captured and the army retook").
    """
    first = document.tokens[token.head]
    if is_passive(document, first):
        return
    if first.deprel == "acl:relcl" and document.children(token.i, "nsubj"):
        for pronoun in [t for t in document.children(first.i, "obj") if t.i < first.i]:
            slots.add("obj", antecedent(document, pronoun.i))
    for filler in [t for t in document.children(first.i, "obj") if t.i > token.i]:
        for each in spread(document, filler.i):
            slots.add("obj", each)


def _from_noun(document: Document, token: Token, slots: Slots, *, passive: bool) -> None:
    """The noun that a relative or reduced clause hangs on is its missing participant."""
    noun = token.head
    if token.deprel == "acl:relcl":
        open_slot = ("obj" if passive else "subj") if not slots.get("obj" if passive else "subj") else ("obj" if not slots.get("obj") and not passive else None)
        explicit = any(t.lemma.lower() in RELATIVE for t in document.children(token.i, "nsubj", "obj", "obl"))
        if open_slot and not explicit:
            slots.add(open_slot, noun)
        return
    infinitive = any(t.lemma.lower() == "to" for t in document.children(token.i, "mark"))
    if infinitive:
        owners = [t.i for t in document.children(noun, "nmod") if t.deprel == "nmod:poss"]  # "their efforts to retake the town"
        for filler in owners or subject_above(document, document.tokens[noun]):
            slots.add("subj", filler)
    elif passive:
        if not slots.get("obj"):
            slots.add("obj", noun)
    elif _harm_after_comma(document, token) and (doers := _doers(document, token)):
        for filler in doers:
            slots.add("subj", filler)
    elif token.xpos == "VBG" or "VerbForm=Ger" in token.feats or "VerbForm=Part" in token.feats:
        slots.add("subj", noun)


def subject_above(document: Document, token: Token, *, depth: int = 0) -> list[int]:
    """The subject that a clause without its own takes from its governor: by control, coordination or participle."""
    if depth > _DEPTH or token.head == token.i:
        return []
    head = document.tokens[token.head]
    if token.deprel == "xcomp":
        objects = document.children(head.i, "obj", "iobj")
        if objects and head.lemma.lower() not in ("promise", "threaten", "vow", "pledge"):
            return spread(document, objects[0].i)
    if depth == 0 and _harm_after_comma(document, token):
        return _doers(document, token)
    own = [f for t in document.children(head.i, "nsubj", "csubj") if t.deprel != "nsubj:outer" for f in spread(document, antecedent(document, t.i))]
    if own:
        return own
    if head.deprel == "acl" and head.upos == "VERB":
        return spread(document, head.head) if not any(t.lemma == "to" for t in document.children(head.i, "mark")) else []
    if head.deprel == "acl:relcl":
        return spread(document, head.head)
    return subject_above(document, head, depth=depth + 1)


def _harm_after_comma(document: Document, token: Token) -> bool:
    """Whether a participle behind a comma tells the harm that the main clause did ("ambushed a convoy of lorries, killing nine")."""
    lead = token.i and document.tokens[token.i - 1].text == ","
    return bool(lead) and token.xpos == "VBG" and token.lemma.lower() in _HARMS and token.deprel in ("acl", "advcl")


def _doers(document: Document, token: Token) -> list[int]:
    """Who does what the nearest clause above tells that is no reduced relative: its subject, or the agent of a passive."""
    for above in document.ancestors(token.i):
        if above.upos != "VERB" or above.deprel == "acl":
            continue
        subjects = list(document.children(above.i, "nsubj"))
        if is_passive(document, above):
            subjects = [t for t in document.children(above.i, "obl") if t.deprel == "obl:agent" or case_of(document, t) == "by"]
        return [f for t in subjects for f in spread(document, antecedent(document, t.i))]
    return []


def argument(document: Document, role: str, token: int) -> ArgumentFound:
    """The participant headed by a token, with the characters of its noun phrase."""
    first, last = phrase(document, token)
    return ArgumentFound(role, _titled(document, token, last), document.tokens[first].start, document.tokens[last].end)


def _titled(document: Document, token: int, last: int) -> int:
    """The name of the person whose title with "of" the tree takes for the head of the phrase ("Secretary of State John Kerry"), else the head itself."""
    if document.tokens[token].upos != "PROPN" or token + 3 > last or document.tokens[token + 1].text != "of":
        return token
    named = [n for n in document.names_at(last) if n.label == "PERSON" and token + 2 < n.first and n.last == last + 1]
    title = " ".join(t.text for t in document.tokens[token : named[0].first]) if named else ""
    return document.head_of(named[0].first, named[0].last).i if fold(title) in titles() else token


def phrase(document: Document, token: int) -> tuple[int, int]:
    """First and last token (inclusive) of the noun phrase that a token heads, without clauses, appositions and what is coordinated."""
    inside = {token}
    for child in document.children(token):
        if child.deprel.split(":")[0] in _OUTSIDE and not (child.deprel == "advmod" and child.i < token):
            continue
        if child.deprel == "nmod" and case_of(document, child) not in ("of", None):
            continue
        inside.update(t.i for t in document.subtree(child.i))
    inside.update(hyphen for i in list(inside) for hyphen in _hyphen_before(document, i))
    inside.update(_name_around(document, token))
    first = last = token
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _hyphen_before(document: Document, i: int) -> tuple[int, ...]:
    """The hyphen that ties a word to the one before it ("al-Shabab fighters")."""
    return (i - 1,) if i and document.tokens[i - 1].xpos == "HYPH" and document.tokens[i - 1].end == document.tokens[i].start else ()


def _first(name: Labelled) -> int:
    return name.first


def _name_around(document: Document, token: int) -> set[int]:
    """The words of the name in which a token stands, with those that a hyphen ties to it."""
    inside = {token}
    k = bisect_right(document.names, token, key=_first) - 1
    if k >= 0 and token < document.names[k].last:
        inside.update(range(document.names[k].first, document.names[k].last))
    last = max(inside)
    while last + 2 < len(document.tokens) and document.tokens[last + 1].xpos == "HYPH" and document.tokens[last + 2].start == document.tokens[last + 1].end:
        inside.update((last + 1, last + 2))
        last += 2
    return inside
