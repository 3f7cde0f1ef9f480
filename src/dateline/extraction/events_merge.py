"""One event for each happening of a sentence: effects go to their cause, light and impact verbs to the noun, repeated nouns to the first."""

from __future__ import annotations

from dateline.extraction.events_draft import VIOLENT, Draft
from dateline.extraction.status import governors
from dateline.extraction.triggers import classes
from dateline.extraction.triggers_senses import Senses

_EFFECTS = frozenset({"killing", "destruction"})
_TOGETHER = frozenset({"in", "during", "by", "from", "after", "of", "when", "as", "with", "following", "amid", "while"})
_CAUSES = VIOLENT - {"killing", "destruction", "siege"} | {"ceasefire_violation", "arrest", "organised_crime"}
_DOERS = frozenset(("ACTOR ARMED POLICE PEOPLE ORG WEAPON EXPLOSIVE NAME PRONOUN PROTESTER VEHICLE EVENTNOUN BUILDING GRENADE ARTILLERY FIRE").split())
"""What can kill by violence; a fall, a storm or a disease cannot."""
_KEPT = frozenset({"concession", "ceasefire_violation", "sanction", "restriction"})
"""Types of verbs that are no light verbs although they can be ("lifted the blockade")."""
_GENERAL = frozenset({"armed_clash", "attack_on_civilians", "bombing", "killing", "offensive_launched"})
"""Types that give way to a more particular one when both name the same happening."""


def merged(drafts: list[Draft], senses: Senses) -> list[Draft]:
    """The drafts with those that tell of the same happening joined."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.token.sentence, []).append(draft)
    kept: list[Draft] = []
    for group in by_sentence.values():
        kept.extend(_sentence(group, senses))
    return kept


def _sentence(group: list[Draft], senses: Senses) -> list[Draft]:
    for draft in group:
        if draft.type == "wounding":
            draft.type = "killing"  # one happening has its dead and its wounded; what is left with wounded only is parted again below
    carried = {d.light for d in group if d.light is not None}
    kept = {d.light for d in group if d.light is not None and any(o.token.i == d.light and o.type in _KEPT for o in group)}
    group = [d for d in group if (d.token.i not in carried or d.token.i in kept) and (d.light is None or d.light not in kept)]
    group = _raids(group)
    for step in (_impact, _effect, _effect, _repeated):
        gone: set[int] = set()
        for draft in group:
            cause = next((c for c in group if c is not draft and c.token.i not in gone and step(draft, c, senses)), None)
            if cause is not None and draft.token.i not in gone:
                _take_over(cause, draft, subject=bool({cause.token.i, cause.light} & set(_subjects(draft, senses))))
                gone.add(draft.token.i)
        group = [d for d in group if d.token.i not in gone]
    for draft in group:
        _on_civilians(draft, senses)
    group = [d for d in group if not _no_event(d, senses)]
    for draft in group:
        if draft.type == "killing" and all(senses.document.tokens[i].lemma.lower() in _WOUNDS for i in (draft.token.i, *draft.others)):
            draft.type = "wounding"
    return group


def _on_civilians(draft: Draft, senses: Senses) -> None:
    """An attack whose only victims are people who bear no arms is an attack on civilians."""
    if draft.type != "armed_clash" or draft.token.lemma.lower() not in ("attack", "assault", "raid", "shooting"):
        return
    hit = [t for t, role in draft.roles.items() if role in ("victim", "target")]
    if hit and all(draft.roles[t] == "victim" and senses.is_a(t, "PEOPLE") and not senses.is_any(t, frozenset({"ARMED", "POLICE", "PRONOUN"})) for t in hit):
        draft.type = "attack_on_civilians"


def _raids(group: list[Draft]) -> list[Draft]:
    """A raid told together with arrests or finds of weapons is part of these, not a fight."""
    police = [d for d in group if d.type in ("arrest", "weapons_seized", "organised_crime")]
    for draft in [d for d in group if police and d.type in ("armed_clash", "attack_on_civilians") and d.token.lemma.lower() == "raid"]:
        police[0].others.append(draft.token.i)
        group = [d for d in group if d is not draft]
    return group


def _impact(draft: Draft, cause: Draft, senses: Senses) -> bool:
    """A verb whose subject is the noun of an event ("the blast struck a bus")."""
    if draft.frame.pos != "verb" or cause.frame.pos != "noun" or draft.type not in VIOLENT or cause.type not in VIOLENT:
        return False
    purpose = any(t.lemma.lower() == "to" for t in senses.document.children(draft.token.i, "mark"))  # "an attack to capture the hill" need not capture it
    return not purpose and cause.token.i in _subjects(draft, senses)


def _subjects(draft: Draft, senses: Senses) -> list[int]:
    """The subjects of a draft's verb, with what they count ("a series of strikes killed")."""
    subjects = draft.frame.slots.get("subj")
    counted = [t for t in subjects if senses.is_any(t, frozenset({"SPAN", "COUNTED"}))]
    return subjects + [c.i for t in counted for c in senses.document.children(t, "nmod")]


def _effect(draft: Draft, cause: Draft, senses: Senses) -> bool:
    """Death, injury and damage told together with what caused them."""
    if draft.type not in _EFFECTS or cause.type not in _CAUSES:
        return False
    tokens = senses.document.tokens
    here, there = draft.token, cause.token
    if here.deprel in ("xcomp", "ccomp") and governors().get((tokens[here.head].lemma.lower(), "verb")) == "possible":
        return False  # those "feared killed in the raid" are not its known victims
    tops = {there.i, cause.light if cause.light is not None else there.i}
    if tops & set(_subjects(draft, senses)):
        return True
    if any((tokens[o].head == here.i and tokens[o].deprel == "conj") or (here.head == o and here.deprel == "conj") for o in cause.others):
        return True
    if here.head in tops and here.deprel.split(":")[0] in ("advcl", "acl", "conj", "xcomp", "parataxis"):
        return (here.deprel != "conj" or _same_side(draft, cause)) and not (here.deprel.startswith("advcl") and _by_others(draft, cause))
    if here.deprel == "conj" and tokens[here.head].deprel.split(":")[0] in ("advcl", "acl") and tokens[here.head].head in tops:
        return True
    top = tokens[cause.light] if cause.light is not None else there
    if top.deprel.startswith("nsubj") and tokens[top.head].deprel == "advcl" and tokens[top.head].lemma.lower() in classes()["IMPACT"] | classes()["HAPPEN"]:
        top = tokens[top.head]
    chain = 0
    while top.head != here.i and top.head != top.i and chain < 3 and top.deprel.split(":")[0] in ("nmod", "conj", "compound", "appos", "obl"):
        top, chain = tokens[top.head], chain + 1
    if top.head != here.i or top.i == here.i:
        return False
    base = top.deprel.split(":")[0]
    if base == "advcl" and _by_others(draft, cause):
        return False
    marks = {t.lemma.lower() for t in senses.document.children(top.i, "case", "mark", "advmod")}
    return base in ("obl", "nmod", "advcl") and bool(marks & _TOGETHER) or top.deprel == "obl:agent"


def _same_side(draft: Draft, cause: Draft) -> bool:
    mine = {t for t, r in draft.roles.items() if r == "agent"}
    theirs = {t for t, r in cause.roles.items() if r in ("agent", "instrument")}
    return not mine or bool(mine & theirs) or (not any(r == "agent" for r in cause.roles.values()) and _one_harm(draft, cause))


def _by_others(draft: Draft, cause: Draft) -> bool:
    """Whether each of two clauses names who acts, and none of them is named in both: "the army killed nine when the rebels attacked"."""
    mine, theirs = ({t for t, r in d.roles.items() if r == "agent" and t in d.frame.slots.get("subj")} for d in (draft, cause))
    return bool(mine) and bool(theirs) and not mine & theirs


def _repeated(draft: Draft, cause: Draft, senses: Senses) -> bool:
    """Nouns that name one happening twice: coordinated, in apposition, or one modifying the other."""
    own = draft.token.deprel.startswith("acl") and draft.token.head in cause.frame.slots.get("obj") and draft.type == cause.type
    if own and draft.frame.pos == cause.frame.pos == "verb" and draft.type == "aid_delivered":
        return True  # "fund efforts that help the displaced"
    if draft.token.head != cause.token.i and draft.token.head != cause.light:
        return False
    base = draft.token.deprel.split(":")[0]
    if draft.frame.pos == "verb" and draft.type == cause.type and draft.type in VIOLENT:
        return base in ("advcl", "acl", "xcomp") or (base == "conj" and (_one_harm(draft, cause) or _one_blow(draft, cause, senses)))
    if draft.frame.pos == "verb" and draft.type == cause.type and cause.frame.pos == "verb":
        return base == "xcomp"
    if draft.frame.pos != "noun" or cause.frame.pos != "noun":
        return False
    if base == "compound":
        return True
    if base == "conj" and any(t.lemma.lower() in _OTHERS for t in senses.document.children(draft.token.i, "amod", "det")):
        return False  # "the attack in the port and other recent attacks"
    if draft.type == cause.type:
        return base in ("conj", "appos") or (base == "nmod" and not draft.roles)
    return base == "appos" and cause.type in _GENERAL and draft.type in VIOLENT


_OTHERS = frozenset({"other", "another", "second", "third", "separate", "further", "previous", "earlier"})


def _one_harm(draft: Draft, cause: Draft) -> bool:
    """Whether two coordinated verbs tell what befell the same victims ("was shot and killed")."""
    mine, theirs = ({t for t, r in d.roles.items() if r in ("victim", "target")} for d in (draft, cause))
    return draft.token.lemma.lower() in ("kill", "wound", "injure", "murder") and bool(mine) and mine == theirs


_WOUNDS = frozenset({"wound", "injure", "maim", "hurt"})


def _one_blow(draft: Draft, cause: Draft, senses: Senses) -> bool:
    """Whether the dead and the wounded of coordinated verbs are those of one happening ("killed nine and wounded 12")."""
    if draft.type != "killing" or len({d.token.lemma.lower() in _WOUNDS for d in (draft, cause)}) < 2:
        return False
    mine, theirs = ({t for t, r in d.roles.items() if r in ("agent", "instrument")} for d in (draft, cause))
    elsewhere = any(senses.is_a(t.i, "PLACE") for t in senses.document.children(draft.token.i, "obl"))
    return not elsewhere and (mine == theirs or not mine)


def _take_over(cause: Draft, draft: Draft, *, subject: bool) -> None:
    """Give the participants of a draft to the one that it was merged into; ``subject``: the cause is itself the draft's subject."""
    agents = subject or any(role == "agent" for role in cause.roles.values())
    for token, role in draft.roles.items():
        if token == cause.token.i or token in cause.roles or (role == "agent" and agents and (subject or draft.type in _EFFECTS)):
            continue
        cause.roles[token] = role
    if cause.type in _GENERAL and draft.type not in _GENERAL | _EFFECTS and draft.type in VIOLENT:
        cause.type = draft.type
    if cause.type == "protest_met_with_intervention" and draft.type == "killing" and draft.token.lemma.lower() in ("kill", "killing", "shoot"):
        cause.type = "force_against_protesters"
    cause.others.append(draft.token.i)


def _by_nature(draft: Draft, senses: Senses) -> bool:
    """Whether the sentence tells of an illness or a disaster and of nobody who fights."""
    sentence = senses.document.sentence_of(draft.token.i)
    tokens = senses.document.tokens[sentence.first : sentence.last]
    natural = any(senses.is_any(t.i, frozenset({"ILLNESS", "CALAMITY"})) for t in tokens)
    return natural and not any(senses.is_martial(t) or senses.is_any(t.i, frozenset({"ARMED", "POLICE", "WEAPON"})) for t in tokens)


_SHOT = frozenset("enemy hostile sniper friendly covering return automatic live heavy intense gun machine-gun small-arms anti-aircraft naval".split())

_BURNING = frozenset("forest bush wild house factory kitchen apartment warehouse hotel grass brush coal camp".split())


def _gunfire(senses: Senses, token: int) -> bool:
    """Whether "fire" is that of weapons: "Israeli fire", "army fire", "sniper fire"."""
    if senses.document.tokens[token].lemma.lower() != "fire":
        return False
    whose = frozenset({"ARMED", "POLICE", "NORP", "WEAPON", "ARTILLERY"})
    before = senses.document.children(token, "amod", "compound")
    if any(c.lemma.lower() in _BURNING for c in before):
        return False
    return any(c.lemma.lower() in _SHOT or senses.is_any(c.i, whose) for c in before)


def _no_event(draft: Draft, senses: Senses) -> bool:
    """Settle the type of a killing, and whether there is one."""
    harmed = draft.token.lemma.lower() in ("kill", "injure", "wound", "die", "hurt")
    if harmed and any(senses.is_any(t, frozenset({"MISHAP", "CALAMITY", "ILLNESS"})) for s in ("in", "by", "from", "subj") for t in draft.frame.slots.get(s)):
        return True
    if draft.type != "killing":
        return False
    agents = [t for t, r in draft.roles.items() if r == "agent"]
    victims = [t for t, r in draft.roles.items() if r == "victim"]
    if _by_nature(draft, senses):
        return True
    doers = draft.frame.slots.get("subj")
    if doers and not any(senses.is_any(t, _DOERS) for t in doers):
        return True
    mishaps = frozenset({"DISASTER", "ACCIDENT", "DISEASE"})
    if any(senses.is_any(t, mishaps) and not _gunfire(senses, t) for t in draft.frame.slots.get("subj")) or draft.row.name.startswith("killing_die"):
        return True
    if not victims and draft.frame.pos == "verb":
        return True
    armed = [t for t in victims if senses.is_any(t, frozenset({"ARMED", "POLICE"}))]
    if agents and armed:
        draft.type = "armed_clash"
    elif agents and victims and any(senses.is_any(t, frozenset({"ACTOR", "ARMED", "POLICE", "PEOPLE"})) for t in agents):
        draft.type = "attack_on_civilians"
    return False
