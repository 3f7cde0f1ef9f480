"""The ways in which words say who holds a place, one function for each kind of row in ``control.tsv``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.extraction.control_places import Ground, ground_of, is_place_noun
from dateline.extraction.control_rows import Scope
from dateline.extraction.reality import reality
from dateline.language.document import Document, Token
from dateline.lexicon import Row

_SIDES = frozenset("rebel government regime opposition militant insurgent army militia guerrilla separatist jihadist coalition".split())
"""Nouns that say whose hold it is when they stand before another noun."""
_PASSENGERS = frozenset("i me you he him she her we us".split())


@dataclass(frozen=True, slots=True)
class Hold:
    """One find before its times are attached: who holds which ground, by which row and predicate."""

    row: Row
    predicate: int
    ground: Ground | None
    holder: int | None
    previous: int | None
    status: str
    confidence: float


def _subject(scope: Scope, verb: Token) -> tuple[int | None, int | None]:
    """Who does and who or what undergoes a verb, as tokens."""
    document = scope.document
    agent = patient = None
    for child in document.children(verb.i, "nsubj", "obj", "obl"):
        base = child.deprel.split(":")[0]
        if child.deprel == "nsubj:pass" or base == "obj":
            patient = child.i
        elif base == "nsubj" or child.deprel == "obl:agent":
            agent = child.i
    if agent is None and patient is None or (agent is None and patient is not None and patient > verb.i):
        agent = _bare(document, verb)
    return _inherited(scope, verb, agent), patient


def _bare(document: Document, verb: Token) -> int | None:
    """A name without preposition before the verb, which is its subject whatever the tree calls it."""
    found = [c for c in document.children(verb.i, "obl", "nmod", "dislocated") if c.i < verb.i and c.upos == "PROPN" and not _case(document, c)]
    if found and ":" not in found[-1].deprel:
        return found[-1].i
    if document.children(verb.i, "nsubj"):
        return None
    # The subject of a participle between commas before the verb ("Raqqa, nestled on the bank, fell") is the verb's.
    inner = [s for c in document.children(verb.i, "advcl") if c.i < verb.i for s in document.children(c.i, "nsubj") if s.i < c.i]
    return inner[0].i if inner else None


def _inherited(scope: Scope, verb: Token, agent: int | None) -> int | None:
    """The subject of a verb that shares it: of the first of a pair, of the verb that governs an infinitive, the noun of a relative clause."""
    document = scope.document
    if agent is not None:
        return document.tokens[verb.head].i if document.tokens[agent].xpos in ("WDT", "WP") and verb.deprel == "acl:relcl" else agent
    if document.children(verb.i, "nsubj:pass") or verb.head == verb.i:
        return None
    governor = document.tokens[verb.head]
    base = verb.deprel.split(":")[0]
    if base in ("conj", "xcomp", "advcl") and governor.upos == "VERB" and not (base == "advcl" and verb.xpos == "VBN"):
        return _subject(scope, governor)[0]
    if base == "acl" and verb.xpos == "VBG":
        return governor.i
    return None


def _joined(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "rebel-held Idlib", with the hyphen as a token of its own or not."""
    document = scope.document
    if token.i < 2 or document.tokens[token.i - 1].text not in "-–‑" or document.tokens[token.i - 1].end != token.start:
        return None
    holder = document.tokens[token.i - 2]
    noun = document.tokens[token.head] if token.deprel.split(":")[0] in ("amod", "acl", "compound") else token
    if any(t.lemma.lower() in _PAST for t in document.children(noun.i) if t.i < token.i):
        return None
    ground = ground_of(scope, noun.i) or _next_place(scope, token)
    if ground is None or scope.places[ground.place].nominal:
        ground = _said_of(scope, noun) or ground
    besieged = row["change"] == "besieged"
    return Hold(row, token.i, ground, None if besieged else holder.i, None, "occurred", 0.85)


_PAST = frozenset({"former", "formerly", "once", "erstwhile", "ex", "previously", "not", "never", "no"})


def _said_of(scope: Scope, noun: Token) -> Ground | None:
    """The place of which a noun says what it is: "Daquq, a rebel-held town south of the river", "Daquq is a rebel-held town", not "was"."""
    document = scope.document
    if noun.upos != "NOUN":
        return None
    if noun.deprel.split(":")[0] == "appos":
        return ground_of(scope, noun.head)
    said = document.children(noun.i, "nsubj") if any(c.xpos in ("VBZ", "VBP") for c in document.children(noun.i, "cop")) else []
    return ground_of(scope, said[0].i) if said and not document.children(noun.i, "aux") else None


def _next_place(scope: Scope, token: Token) -> Ground | None:
    return ground_of(scope, token.i + 1) if token.i + 1 < len(scope.document.tokens) else None


def _verb(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "the rebels control Idlib", "Idlib is controlled by the rebels"."""
    if token.upos != "VERB":
        return None
    agent, patient = _subject(scope, token)
    if patient is None and token.deprel == "acl" and token.xpos == "VBN":
        patient = token.head
    if patient is not None and row["kind"] == "besieges" and (agent is None or scope.acts(agent)):
        return Hold(row, token.i, ground_of(scope, patient), None, None, reality(scope.document, token), 0.8)
    if agent is None or patient is None or not scope.acts(agent):
        return None
    ground = ground_of(scope, patient) or _rest(scope, token, patient)
    passive = any(c.deprel == "nsubj:pass" for c in scope.document.children(token.i))
    if token.lemma.lower() == "hold" and ground is not None and not ground.direct and not ground.partial and not passive:
        noun = scope.document.tokens[patient]  # "hold a summit in Idlib" holds no place
        if noun.xpos != "NN" or not is_place_noun(noun.lemma.lower()):
            return None
    return Hold(row, token.i, ground, agent, None, reality(scope.document, token), 0.8)


def _rest(scope: Scope, verb: Token, patient: int) -> Ground | None:
    """The place of "two-thirds of the city" where the tree hangs "of the city" on the verb."""
    behind = [c.i for c in scope.document.children(verb.i, "obl") if c.i > patient and _case(scope.document, c) == {"of"}]
    found = ground_of(scope, behind[0]) if behind else None
    return None if found is None else replace(found, partial=True)


def _takes(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "has taken full control of the city"; the place hangs on the noun or on the verb."""
    document = scope.document
    control = next((c for c in document.children(token.i, "obj", "nsubj:pass") if c.lemma.lower() in ("control", "possession", "charge", "hold")), None)
    if control is None:
        return None
    agent, _ = _subject(scope, token)
    ground = None
    for child in (*document.children(control.i, "nmod"), *document.children(token.i, "obl", "nmod", "obj")):
        if child.i != control.i and _case(document, child) & {"of", "over", "in"}:
            ground = ground or ground_of(scope, child.i)
    places = [c for c in document.children(control.i, "nmod") if _case(document, c) & {"of", "over", "in"}]
    behind = [*document.children(token.i, "obl"), *document.children(control.i, "nmod"), *(n for c in places for n in document.children(c.i, "nmod"))]
    source = next((c.i for c in behind if "from" in _case(document, c) and scope.acts(c.i)), None)
    if agent is None or not scope.acts(agent):
        return None
    lost = row["change"] == "lost"
    return Hold(row, token.i, ground, None if lost else agent, agent if lost else source, reality(document, token), 0.85)


def _under(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "Idlib is under rebel control", "under siege", "in the hands of the army"."""
    document = scope.document
    cases = _case(document, token)
    if not cases & ({"in"} if token.lemma.lower() == "hand" else {"under"}):
        return None
    holder = _owner(scope, token)
    if holder is None and row["change"] == "held":
        return None
    predicate, ground = _subject_place(scope, token)
    change = {**row, "change": "captured"} if document.tokens[predicate].lemma.lower() in ("come", "fall", "pass", "slip") else row
    status = reality(document, document.tokens[predicate])
    return Hold(change, predicate, ground, None if row["change"] == "besieged" else holder, None, status, 0.8)


def _subject_place(scope: Scope, token: Token) -> tuple[int, Ground | None]:
    """The predicate of a prepositional phrase and the place that it is said of."""
    document = scope.document
    governor = document.tokens[token.head]
    base = token.deprel.split(":")[0]
    if base in ("nmod", "acl") and governor.upos in ("NOUN", "PROPN"):
        return token.i, ground_of(scope, governor.i)
    site = governor if base in ("obl", "xcomp") else token
    for child in document.children(site.i, "nsubj", "nsubj:pass"):
        noun = document.tokens[site.head].i if child.xpos in ("WDT", "WP") else child.i
        return site.i, ground_of(scope, noun)
    if site.deprel.startswith("acl"):
        return site.i, ground_of(scope, site.head)
    return site.i, next((g for c in document.children(site.i, "obj") if (g := ground_of(scope, c.i)) is not None), None)


def _owner(scope: Scope, noun: Token) -> int | None:
    """Whose control: "rebel control", "the army's control", "the control of the army"."""
    document = scope.document
    for child in document.children(noun.i, "nmod", "compound", "amod"):
        if child.deprel.startswith("compound") and _people(child):
            return child.i
        if child.deprel == "nmod:poss" or child.deprel.startswith("compound") or (child.deprel.startswith("nmod") and "of" in _case(document, child)):
            if scope.acts(child.i):
                return child.i
        elif child.deprel == "amod" and scope.acts(child.i):
            return child.i
    before = noun.i - 1
    return before if before >= 0 and before in scope.actors and document.tokens[before].sentence == noun.sentence else None


def _people(token: Token) -> bool:
    """Whether a noun before a noun says who ("rebel control"), even where nobody is mentioned by it."""
    return token.lemma.lower() in _SIDES


def _comes(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "fell into the hands of the militants", "came under the control of the army"."""
    document = scope.document
    for child in document.children(token.i, "obl"):
        if child.lemma.lower() in ("hand", "control", "rule") and _case(document, child) & {"into", "in", "under", "to"}:
            holder = _owner(scope, child)
            subject = next(iter(document.children(token.i, "nsubj")), None)
            bare = _bare(document, token)
            place = bare if bare is not None else _shared(scope, token)
            if subject is not None:
                place = token.head if subject.xpos in ("WDT", "WP") else subject.i
            if holder is not None and place is not None and token.lemma.lower() != "be":
                return Hold(row, token.i, ground_of(scope, place), holder, None, reality(document, token), 0.85)
    return None


def _shared(scope: Scope, token: Token) -> int | None:
    return _inherited(scope, token, None)


def _seat(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "the rebel stronghold of Idlib", "ISIS's de facto capital, Raqqa"; a former seat was lost."""
    document = scope.document
    words = {t.text.lower() for t in document.tokens[max(0, token.i - 4) : token.i]} | {c.lemma.lower() for c in document.children(token.i, "amod")}
    if token.lemma.lower() in ("capital", "headquarters") and not words & {"facto", "self-declared", "self-proclaimed", "declared", "proclaimed"}:
        return None
    holder = _owner(scope, token) or next((c.i for c in document.children(token.i, "nmod") if scope.acts(c.i)), None)
    # "The stronghold in Syria" lies in Syria; it is not Syria.
    around = [c.i for c in document.children(token.i, "nmod", "appos", "flat", "nsubj", "compound") if c.i != holder and _case(document, c) <= {"of"}]
    ground = next((g for i in around if (g := ground_of(scope, i)) is not None), None)
    if ground is None and token.deprel in ("appos", "nmod", "flat", "compound"):
        ground = ground_of(scope, token.head)
    if holder is None:
        return None
    if words & {"former", "erstwhile", "once", "ex", "one-time", "onetime", "then"}:
        return Hold({**row, "change": "lost"}, token.i, ground, None, holder, "occurred", 0.55)
    return Hold(row, token.i, ground, holder, None, "occurred", 0.65)


def _rid(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "Troops cleared Tikrit of militants", "drove the militants out of Tikrit"."""
    document = scope.document
    agent, patient = _subject(scope, token)
    if patient is None:
        return None
    for child in (*document.children(token.i, "obl", "nmod"), *document.children(patient, "nmod")):
        case = _case(document, child)
        if row["name"] == "cleared" and case & {"of", "from"}:
            if scope.acts(child.i) and (ground := ground_of(scope, patient)) is not None:
                return _rid_of(scope, token, row, ground, agent, child.i)
        elif (
            row["name"] == "driven"
            and case & {"of", "from", "out"}
            and _driven_out(scope, token, patient, agent)
            and (ground := ground_of(scope, child.i)) is not None
        ):
            return _rid_of(scope, token, row, ground, agent, patient)
    return None


def _driven_out(scope: Scope, verb: Token, patient: int, agent: int | None) -> bool:
    """Whether who is driven may be an armed side; "she was driven from the airport to a hotel" is a passenger."""
    document = scope.document
    if not scope.acts(patient) or document.tokens[patient].text.lower() in _PASSENGERS:
        return False
    onward = any(_case(document, c) == {"to"} for c in document.children(verb.i, "obl", "nmod"))
    return not onward or verb.lemma.lower() != "drive" or (agent is not None and agent != patient and scope.acts(agent))


def _rid_of(scope: Scope, token: Token, row: Row, ground: Ground, agent: int | None, previous: int) -> Hold:
    holder = agent if agent is not None and scope.acts(agent) and agent != previous else None
    change = {**row, "change": "captured"} if holder is not None else row
    return Hold(change, token.i, ground, holder, previous, reality(scope.document, token), 0.75)


def _falls(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "Palmyra fell to the militants"."""
    document = scope.document
    bare = _bare(document, token)
    subject = next(iter(document.children(token.i, "nsubj")), None) or (document.tokens[bare] if bare is not None else None)
    taker = next((c for c in document.children(token.i, "obl") if _case(document, c) == {"to"} and scope.acts(c.i)), None)
    if taker is None or subject is None:
        return None
    place = token.head if subject.xpos in ("WDT", "WP") else subject.i
    return Hold(row, token.i, ground_of(scope, place), taker.i, None, reality(document, token), 0.85)


def _gives(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "the rebels handed Idlib over to the army"; verbs that mean other things need "over"."""
    document = scope.document
    if token.lemma.lower() in ("hand", "turn") and not any(c.lemma.lower() == "over" for c in document.children(token.i, "compound", "advmod", "obl")):
        return None
    agent, patient = _subject(scope, token)
    taker = next((c.i for c in document.children(token.i, "obl", "iobj") if _case(document, c) & {"to"} and scope.acts(c.i)), None)
    if patient is None or taker is None:
        return None
    return Hold(row, token.i, ground_of(scope, patient), taker, agent if agent is not None and scope.acts(agent) else None, reality(document, token), 0.8)


def _loses(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "the militants lost Tikrit" (to somebody, where said)."""
    agent, patient = _subject(scope, token)
    if agent is None or patient is None or not scope.acts(agent):
        return None
    ground = ground_of(scope, patient)
    if ground is not None and not ground.direct:
        return None
    taker = next((c.i for c in scope.document.children(token.i, "obl") if _case(scope.document, c) == {"to"} and scope.acts(c.i)), None)
    return Hold(row, token.i, ground, taker, agent, reality(scope.document, token), 0.75)


def _contests(scope: Scope, token: Token, row: Row) -> Hold | None:
    """ "Manbij remains contested", "fighting for control of Manbij"."""
    document = scope.document
    if row["name"] == "battle_for":
        governor = document.tokens[token.head]
        fights = governor.lemma.lower() in ("fight", "fighting", "battle", "struggle", "vie", "compete", "clash", "war", "contest")
        if not fights or not _case(document, token) & {"for", "over"}:
            return None
        ground = next((g for c in document.children(token.i, "nmod") if (g := ground_of(scope, c.i)) is not None), None)
        return Hold(row, governor.i, ground, None, None, "occurred", 0.75)
    if token.deprel == "amod":
        return Hold(row, token.i, ground_of(scope, token.head), None, None, "occurred", 0.7)
    if row["name"] == "changes_hands" and not any(c.lemma.lower() == "hand" for c in document.children(token.i, "obj")):
        return None
    site = document.tokens[token.head] if token.deprel == "xcomp" else token
    subject = next(iter(document.children(site.i, "nsubj", "nsubj:pass")), None)
    return None if subject is None else Hold(row, token.i, ground_of(scope, subject.i), None, None, reality(document, site), 0.75)


def _case(document: Document, token: Token) -> set[str]:
    return {c.lemma.lower() for c in document.children(token.i, "case")}


KINDS = {
    "joined": _joined,
    "holds": _verb,
    "besieges": _verb,
    "takes": _takes,
    "under": _under,
    "comes": _comes,
    "seat": _seat,
    "rid": _rid,
    "falls": _falls,
    "gives": _gives,
    "loses": _loses,
    "contests": _contests,
}
