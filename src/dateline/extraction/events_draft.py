"""A draft of an event: the trigger, the row of the lexicon that it fits, and its participants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.extraction.events_frames import Frame, fillers, frame_of, holds
from dateline.extraction.stems import stems
from dateline.extraction.triggers import Trigger, triggers
from dateline.extraction.triggers_senses import Senses
from dateline.language.document import Token

VIOLENT = frozenset(
    (
        "armed_clash air_strike drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon attack_on_civilians massacre "
        "assassination execution torture killing wounding sexual_violence abduction force_against_protesters mob_violence violent_demonstration "
        "protest_met_with_intervention offensive_launched destruction siege territory_captured territory_recaptured disaster_natural disaster_man_made"
    ).split()
)
_WEAPONS = frozenset({"WEAPON", "EXPLOSIVE", "ROCKET", "GRENADE", "CHEMICAL"})
_SIDES = frozenset({"NORP", "FORCE", "ARMED", "STATE"})
_ACTORS = frozenset(("ACTOR ARMED POLICE PEOPLE ORG NAME PROTESTER VEHICLE AIRCRAFT PRONOUN NORP PLACENAME DISASTER CRIME WEAKARMED").split())
_DETONATORS = frozenset({"ARMED", "POLICE", "PEOPLE", "PRONOUN", "FORCE", "PERSONNAME"})
_CREWED = frozenset({"AIRCRAFT", "DRONE", "ARMED", "FORCE", "NORP", "STATE"})
_NOT_IN_NAMES = frozenset({"PERSON", "ORG", "PLACE", "FACILITY", "FORCE", "NORP"})
_PARTICIPIAL = frozenset({"siege", "displacement", "destruction", "territory_captured", "territory_recaptured", "abduction", "arrest"})
"""Types that a participle before a noun tells of ("the besieged town", "captured fighters")."""
_BY_STATES = frozenset({"offensive_launched", "offensive_ended", "air_strike", "drone_strike", "missile_attack", "shelling", "withdrawal", "deployment"})
"""Types that a country named as possessor does ("Russia's invasion"), while "Raqqa's fall" befalls the place."""


_TAKEN = frozenset({"territory_captured", "territory_recaptured", "victory_declared"})
_CONTESTS = frozenset("beat crush destroy defeat rout thrash hammer edge massacre demolish humble stun down overpower batter annihilate slaughter".split())
_PRESSES = frozenset("attack siege besiege bombard bombardment storm assault onslaught raid blitz batter".split())
_GRAVE = frozenset("police kill wound wounded dead die death gun knife stab blast explode hooligan hooligans attacker".split())
_SCORE = re.compile(r"(?<![\w.,-])\d{1,3}[-–]\d{1,3}(?![\w-])")
_LOCATIVE = frozenset({"in", "at", "near", "from", "around", "outside", "inside", "across"})


@dataclass(slots=True)
class Draft:
    """An event in the making."""

    token: Token
    row: Trigger
    type: str
    frame: Frame
    roles: dict[int, str] = field(default_factory=dict)
    """Role by token of the participant."""
    light: int | None = None
    others: list[int] = field(default_factory=list)
    """Other words that tell of the same happening and were merged into this draft."""


def draft_of(token: Token, senses: Senses, apart: frozenset[int]) -> Draft | None:
    """The event that a token names, or None; tokens in ``apart`` (time expressions) take no part."""
    rows = _rows(token)
    if not rows and token.xpos != "VBG":
        return None  # the rows decide, and only a gerund may have others
    if token.i in apart or _inside_name(token, senses):
        return None
    frame = frame_of(senses.document, token)
    if frame is None:
        return None
    if (token.deprel == "amod" and token.xpos == "VBG") or (token.deprel in ("compound", "amod") and senses.is_a(token.head, "HARDWARE")):
        return None
    row = next((r for r in rows if holds(frame, r, senses)), None)
    if row is None and _gerund(token, senses):
        row = next((r for r in triggers().get((token.text.lower(), "noun"), ()) if holds(frame, r, senses)), None)
    if row is not None and row.type in VIOLENT | _TAKEN and _in_a_match(token, frame, senses):
        return None
    if row is None or row.type == "none" or (token.upos == "VERB" and token.deprel == "amod" and row.type not in _PARTICIPIAL):
        return None
    draft = Draft(token, row, row.type, frame, light=frame.light)
    slots: dict[int, str] = {}
    for slot, role in row.roles:
        for filler in fillers(senses.document, frame, slot):
            given = "agent" if slot == "poss" and frame.slots.get("of") and row.type in _TAKEN else role  # "the army's liberation of the port"
            chosen = _role(filler, slot, given, row, senses) if filler not in apart and filler != token.i else None
            if chosen and filler not in draft.roles:
                draft.roles[filler] = chosen
                slots[filler] = slot
    _scenes(draft, slots, senses)
    if draft.type in VIOLENT and "agent" not in draft.roles.values():
        _owners(draft, senses)
    return draft


def _scored(token: Token, senses: Senses) -> bool:
    """Whether the verb of a contest has a score behind it that counts nothing ("beat them 20-17 in the final", not "killed 20-30 fighters")."""
    document = senses.document
    sentence = document.sentence_of(token.i)
    for score in _SCORE.finditer(document.text, document.tokens[token.i].end, sentence.end):
        after = next((t for t in document.tokens[token.i + 1 : sentence.last] if t.start >= score.end()), None)
        if after is None or after.upos in ("ADP", "PUNCT", "PROPN", "CCONJ", "SCONJ", "ADV"):
            return True
    return False


def _in_a_match(token: Token, frame: Frame, senses: Senses) -> bool:
    """Whether a word of violence tells of a match: a contest with its score, or one that the sentence and its neighbours speak of, and of no war at all."""
    lemma = token.lemma.lower()
    if lemma in _CONTESTS and _scored(token, senses):
        return True
    return lemma in _CONTESTS | _PRESSES and not _hurts(frame, senses) and _sporting(token, senses)


def _hurts(frame: Frame, senses: Senses) -> bool:
    """Whether what is hit is no name of a side, no pronoun and no part of the field: persons, and buildings, are attacked in earnest."""
    hit = frame.slots.get("obj") + frame.slots.get("of") + frame.slots.get("on")
    nouns = [t for t in hit if senses.document.tokens[t].upos not in ("PROPN", "PRON") and not senses.is_a(t, "SPORT")]
    return any(senses.is_any(t, frozenset({"PEOPLE", "ARMED", "POLICE", "BUILDING", "VEHICLE", "PLACEWORD"})) for t in nouns)


def _sporting(token: Token, senses: Senses) -> bool:
    """Whether the sentence and its neighbours speak of matches, leagues and strikers, and of no war, police or death."""
    sentences = senses.document.sentences[max(0, token.sentence - 1) : token.sentence + 2]
    near = [t for sentence in sentences for t in senses.document.tokens[sentence.first : sentence.last] if t.i != token.i]
    words = {t.lemma.lower() for t in near if t.upos == "NOUN" and senses.is_a(t.i, "SPORT")}
    grave = any(senses.is_martial(t) and t.lemma.lower() not in _PRESSES | _CONTESTS or t.lemma.lower() in _GRAVE for t in near)
    return len(words) >= 2 and not grave


def _scenes(draft: Draft, slots: dict[int, str], senses: Senses) -> None:
    """A place that says where or from where somebody else was hit is no second target ("seized the arms from the depot in Homs")."""
    struck = [t for t, role in draft.roles.items() if role in ("target", "victim", "beneficiary")]
    scenes = [t for t in struck if slots.get(t) in _LOCATIVE and senses.is_any(t, frozenset({"PLACENAME", "PLACEWORD", "BUILDING"}))]
    if len(scenes) < len(struck):
        for token in scenes:
            del draft.roles[token]


def _owners(draft: Draft, senses: Senses) -> None:
    """Whose weapon or aircraft it was ("Turkish jets struck") is who did it."""
    for weapon in [t for t, role in draft.roles.items() if role == "instrument" and t in draft.frame.slots.get("subj")]:
        owners = [token for token in senses.document.subtree(weapon) if token.i != weapon and _owns(token, weapon, senses)]
        named = {token.i for token in owners if token.upos in ("ADJ", "PROPN") and token.text[:1].isupper()}
        for token in owners:
            # "Syrian government jets": the nationality tells whose government it is.
            if token.i in named or token.i - 1 not in named:
                draft.roles.setdefault(token.i, "agent")


def _owns(token: Token, weapon: int, senses: Senses) -> bool:
    """Whether a word before a weapon names a side: "Turkish", the "Syrian" of "Russian and Syrian regime jets"."""
    document = senses.document
    head = document.tokens[token.head]
    if token.deprel == "conj":
        return token.i < weapon and senses.is_any(token.i, _SIDES) and head.i < weapon and _owns(head, weapon, senses)
    near = head.i == weapon or head.head == weapon
    return near and senses.is_any(token.i, _SIDES) and token.deprel.split(":")[0] in ("amod", "compound", "nmod")


def _rows(token: Token) -> tuple[Trigger, ...]:
    lexicon = triggers()
    lemma, text = token.lemma.lower(), token.text.lower()
    if token.upos == "VERB":
        found = next((rows for form in (lemma, *stems(lemma), *stems(text)) if (rows := lexicon.get((form, "verb")))), ())
        return found or lexicon.get((text, "adj"), ())
    if token.upos in ("NOUN", "PROPN"):
        singular = text.removesuffix("s") if len(text) > 4 else text
        return lexicon.get((lemma, "noun"), ()) or lexicon.get((text, "noun"), ()) or lexicon.get((singular, "noun"), ())
    if token.upos == "ADJ":
        return lexicon.get((text, "adj"), ()) or lexicon.get((lemma, "adj"), ())
    return ()


def _gerund(token: Token, senses: Senses) -> bool:
    """Whether an -ing form stands as a noun although the parser calls it a verb ("weeks of fighting between")."""
    children = senses.document.children(token.i)
    verbal = any(t.deprel.split(":")[0] in ("obj", "aux", "nsubj") for t in children)
    return token.xpos == "VBG" and not verbal and token.deprel not in ("amod", "compound", "root")


def _inside_name(token: Token, senses: Senses) -> bool:
    """Whether a capitalised noun is part of somebody's or some place's name."""
    first = token.i == senses.document.sentence_of(token.i).first
    return token.upos == "PROPN" and not first and senses.named(token.i, _NOT_IN_NAMES)


_NOBODY = frozenset({"occasion", "time", "instance", "basis", "scale", "front"})
"""Nouns behind "on", "at" or "in" that say how or how often."""


def _role(token: int, slot: str, role: str, row: Trigger, senses: Senses) -> str | None:
    """The role that a filler takes, or None when it can take none."""
    violent = row.type in VIOLENT
    if senses.document.tokens[token].lemma.lower() in ("who", "which", "that", "what", "there"):
        return None
    if senses.is_any(token, _NOBODY) and slot not in ("subj", "obj"):
        return None  # "on three occasions"
    word = senses.document.tokens[token]
    if violent and word.upos == "PRON" and word.lemma.lower().endswith(("self", "selves")) and senses.document.tokens[token - 1].upos in ("NOUN", "PROPN"):
        return None  # "hit the compound itself"
    shots = word.lemma.lower() in ("fire", "gunfire")
    if violent and senses.is_a(token, "EVENTNOUN") and not shots and not senses.is_a(token, "WEAPON") and not senses.is_a(token, "ROCKET"):
        return None
    weapon = (shots or senses.is_any(token, _WEAPONS)) and not senses.is_any(token, frozenset({"ARMED", "HARM"}))
    if slot == "mod":
        return _modifier(token, role, weapon=weapon and violent, row_agentive=row.type in _BY_STATES, senses=senses)
    if slot == "compound":
        return "target" if role == "hit" and senses.is_a(token, "STRUCKPLACE") else None
    if role == "instrument" and slot == "subj" and not weapon and senses.is_any(token, _DETONATORS):
        return "agent"  # "they detonated the bomb"
    if role == "instrument" and slot == "with":
        return "instrument" if weapon or senses.is_a(token, "VEHICLE") else None
    if role == "agent" and weapon and violent:
        return "instrument"
    theirs = slot == "poss" and senses.document.tokens[token].text.lower() == "their"
    if role == "agent" and violent and not theirs and not _can_act(token, senses):
        return None
    if role == "agent" and row.type == "bombing" and senses.is_a(token, "VEHICLE") and not senses.is_any(token, _CREWED):
        return None  # the bus that set off a mine was hit by it
    if role == "agent" and violent and not theirs and slot in ("of", "poss") and not senses.is_any(token, frozenset({"ACTOR", "HARM", "ORG"})):
        return None
    if role == "instrument" and slot == "obj" and row.type in ("aid_delivered", "military_aid") and senses.is_any(token, _SIDES | {"PEOPLE", "ORG"}):
        return "beneficiary"
    if role in ("hit", "victim") and violent and senses.is_a(token, "ANIMAL"):
        return None  # "killed nine people and 200 cattle"
    if role == "hit" and senses.is_any(token, frozenset({"life", "casualty"})):
        return "victim"
    if role == "hit":
        if weapon and slot in ("of", "obj") and row.type != "destruction":
            return "instrument" if row.pos == "noun" and slot == "of" else "target"
        return "victim" if senses.is_a(token, "PEOPLE") and not senses.is_any(token, frozenset({"ARMED", "POLICE"})) else "target"
    return role


def _can_act(token: int, senses: Senses) -> bool:
    """Whether a word can name somebody who does violence: an actor, a person, a crowd, a force of nature, never an attitude or a word."""
    if senses.labels(token) or senses.is_any(token, _ACTORS):
        return True
    word = senses.document.tokens[token].text.lower().removesuffix("s")
    return word.endswith(("er", "or", "ist", "man", "men", "ian", "eer", "gang", "squad"))


def _modifier(token: int, role: str, *, weapon: bool, row_agentive: bool, senses: Senses) -> str | None:
    """What a noun or adjective before an event noun is: its actor, its instrument, or nothing."""
    if weapon:
        return "instrument"
    document = senses.document
    if role == "agent":
        if senses.is_a(token, "PLACENAME") and not senses.is_a(token, "NORP") and not document.tokens[token].text.replace(".", "").isupper():
            return "agent" if document.tokens[token].deprel == "nmod:poss" and row_agentive else None
        if document.tokens[token].deprel == "nmod:poss":
            return "agent" if senses.is_any(token, frozenset({"ACTOR", "HARM", "ORG", "PROTESTER"})) else None
        return "agent" if senses.is_any(token, frozenset({"FORCE", "NORP", "ARMED", "POLICE", "ORG", "STATE"})) and not senses.is_a(token, "MODIFIER") else None
    return role if senses.is_any(token, frozenset({"HARM", "PEOPLE", "PLACE", "WEAPON", "CAPTIVE", "NORP"})) else None
