"""Whose voice an account is: the party or person that speaks, the state whose organ speaks, the agency or organisation that publishes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.record.agency import house_key
from dateline.record.parties import sides_of
from dateline.record.questions import Body, Item
from dateline.record.rows import fold
from dateline.record.states import bears_witness, has_rank, is_office, merely_office, principal_of, state_named
from dateline.record.store import Record

_DENIES = ("deny", "refuse")
_STATE = re.compile(r"actor:[A-Z]{2}")
_ATTACKS = frozenset(
    (
        "armed_clash offensive_launched air_strike drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon attack_on_civilians "
        "massacre assassination execution killing wounding abduction destruction"
    ).split()
)
"""What somebody claims responsibility for."""


@dataclass(frozen=True, slots=True)
class Voice:
    """By what a source is counted, its name, and the key of the party that speaks, where somebody is quoted."""

    key: str
    name: str
    party: str | None
    office: bool = False
    """Whether it is an organ of a state."""
    witness: bool = False
    """Whether it is an organisation that publishes what it found itself."""
    band: bool = False
    """Whether an armed group speaks, or somebody for one."""


def is_state(key: str) -> bool:
    """Whether a voice or party is a state."""
    return _STATE.fullmatch(key) is not None


def last_statement(item: Item) -> Body | None:
    """The innermost statement that an item lies within."""
    given = item.body.get("according_to") or []
    return item.statements.get(given[-1]) if given else None


def denier_of(item: Item) -> str | None:
    """Who denies, of a denied thing: not the one whose claim it was."""
    if item.body.get("status") != "denied":
        return None
    denials = [s for s in item.body.get("according_to", []) if s in item.statements and item.statements[s]["act"] in _DENIES]
    speaker: str | None = item.statements[denials[0]]["speaker"] if denials else None
    return speaker


def claim_in(item: Item) -> str | None:
    """Who claims an event in the sentence that tells of it ("the group claimed the attack"), where nobody is quoted for it."""
    sentence = item.body.get("sentence")
    if sentence is None:
        return None
    for statement in item.statements.values():
        cue = statement["cue"]
        inside = cue is not None and sentence["start"] <= cue["start"] < sentence["end"]
        if inside and statement["act"] == "claim_responsibility" and statement["speaker"] in item.entities:
            speaker: str = statement["speaker"]
            return speaker
    return None


def claims_for(item: Item) -> Iterator[Body]:
    """The claims of responsibility in its report that go back to this event: those behind it, with no other attack nearer."""
    if item.body.get("type") not in _ATTACKS:
        return
    events: list[Body] = item.sheet.once("attacks", lambda: _attacks(item))
    for claim in events:
        if claim["type"] == "responsibility_claimed" and claim["trigger"]["start"] > item.body["trigger"]["start"]:
            before = [e for e in events if e["type"] != "responsibility_claimed" and e["trigger"]["start"] < claim["trigger"]["start"]]
            if before and before[-1]["id"] == item.id:
                yield claim


def _attacks(item: Item) -> list[Body]:
    """The attacks that the report tells of and the claims of responsibility for them, in the order of the text."""
    told = item.sheet.of_word("events")
    wanted = [b for b in told if b["type"] == "responsibility_claimed" or (b["type"] in _ATTACKS and b["status"] in ("occurred", "ongoing", "ended"))]
    return sorted(wanted, key=lambda b: (b["trigger"]["start"], b["id"]))


def in_headline(item: Item) -> bool:
    """Whether an event is told in the headline."""
    if item.word != "events":
        return False
    headlines: list[Body] = item.sheet.once("headlines", lambda: _headlines(item))
    return any(s["start"] <= item.body["trigger"]["start"] < s["end"] for s in headlines)


def _headlines(item: Item) -> list[Body]:
    return [s for s in json.loads(item.sheet.head["body"])["sections"] if s["kind"] == "headline"]


_JOINS = re.compile(r",? and (?:by )?|, (?=(?:an?|the|two|three) )")


def together(item: Item, statement: Body) -> list[str]:
    """The entities that speak together with the first speaker ("officials and residents", "a military source and a diplomat")."""
    span = statement["speaker_span"]
    if span is None:
        return []
    starts = [span["start"] + m.end() for m in _JOINS.finditer(span["text"])]
    found: list[str] = []
    for start in starts:
        for name, entity in item.entities.items():
            at = [m for m in entity["mentions"] if start <= m["start"] <= start + 12 and m["end"] <= span["end"]]
            if at and entity["kind"] in ("actor", "person") and name != statement["speaker"] and name not in found:
                found.append(name)
                break
    return found


def voice_of(record: Record, item: Item, speaker: str | None, *, told: bool) -> Voice:
    """The voice of a speaker; without one that of the agency or outlet."""
    # The same for all that a speaker says of one place in a report.
    voice: Voice = item.sheet.once(("voice", speaker, told, _place_of(item)), lambda: _voice(record, item, speaker, told=told))
    return voice


def _place_of(item: Item) -> str | None:
    place: str | None = item.body.get("place") or (item.body.get("where") or {}).get("entity")
    return place


def _voice(record: Record, item: Item, speaker: str | None, *, told: bool) -> Voice:
    house = item.agency or item.source
    if speaker is None or speaker not in item.entities:
        own = _publisher(record, item, house)
        # Somebody who is not named cannot be told from whoever publishes it.
        return Voice(own.key, "somebody", None, office=own.office) if told and not own.witness else own
    party, named, name = _party_of(item, speaker)
    body = item.entities[speaker]
    # An officer of whom no party is told is one of the state's: who speaks for rebels is told to be theirs.
    office = _in_office(item, speaker, name, body) or (party == item.sheet.cast[speaker][0] and _is_officer(item, body))
    state = sides_of(record).root(party)
    if not is_state(state):
        state = principal_of(name, body["type"], body["country"]) or state
    if is_state(state):
        return Voice(state, name, state, office)
    # "Officials" and "the governor" are of the state in which the report plays; whose side they are on is not said by that.
    guessed = body["kind"] == "person" or not named or merely_office(name)
    if office and guessed:
        # In what an organ of a state publishes "the General Staff" is its own, wherever it tells of.
        publisher = _publisher(record, item, house)
        home = publisher.key if publisher.witness and is_state(publisher.key) else _home(item)
        if home is not None:
            return Voice(home, name, party, office)
    band = any(world == party and kind in _BANDS for world, _, _, _, kind in item.sheet.cast.values())
    if named:
        return Voice(party, name, party, office, band=band)
    # "Officials" of one agency are not those of another; its unnamed organisations of one type may well be one.
    unnamed = body["type"] if body["type"] in ("ngo", "igo") else fold(name)
    return Voice(f"{_house(house, item.report)}:{unnamed}", name, party, office, band=band)


_BANDS = ("armed_group", "militia")


def _publisher(record: Record, item: Item, house: str | None) -> Voice:
    """The voice of a report that quotes nobody: its agency or outlet, or the party or state whose organ publishes it."""
    if house is None:
        return Voice(_house(None, item.report), "an unnamed outlet", None)
    if is_office(house, "other") and "news" not in fold(house).split():
        code = state_named(house)
        if state := f"actor:{code}" if code else _home(item):
            return Voice(state, house, None, office=True, witness=True)
    same = (e for e, body in item.entities.items() if body["type"] in _PUBLISH and fold(body["name"]) == fold(house))
    if (entity := next(same, None)) is not None:
        party, _, _ = _party_of(item, entity)
        return Voice(sides_of(record).root(party), house, None, witness=True)
    return Voice(_house(house, item.report), house, None, witness=bears_witness(house))


_PUBLISH = ("state", "government", "military", "police", "armed_group", "militia", "coalition", "igo", "ngo", "party")
"""Types of actors that publish on their own behalf."""


def _in_office(item: Item, speaker: str, name: str, body: Body) -> bool:
    """Whether a speaker holds an office of a state, by name, type, or as the report calls them ("governor Pavlo Kyrylenko")."""
    if is_office(name, body["type"]):
        return True
    called = (item.text[max(0, m["start"] - _TITLE) : m["end"]] for m in body["mentions"] if m["form"] != "pronoun")
    return body["kind"] == "person" and any(is_office(_last_words(words), "person") for words in called)


def _is_officer(item: Item, body: Body) -> bool:
    """Whether a rank stands before a person's name."""
    before = (item.text[max(0, m["start"] - _TITLE) : m["start"]] for m in body["mentions"] if m["form"] == "name")
    return body["kind"] == "person" and any(has_rank(_last_words(words)) for words in before)


_TITLE = 20
"""A title stands within so many characters before a name."""


def _last_words(words: str) -> str:
    """The words behind the last mark that ends a clause."""
    return re.split(r"[.,;:()\n]", words)[-1]


def _home(item: Item) -> str | None:
    """The state in which an item plays: that of its place, else the one in which most of what its report names lies."""
    place = _place_of(item)
    country = item.entities[place]["country"] if place is not None and place in item.entities else None
    country = country or item.sheet.once("home", lambda: _country_of(item))
    return f"actor:{country}" if country else None


def _country_of(item: Item) -> str | None:
    told: Counter[str] = Counter()
    for body in item.entities.values():
        if body["kind"] == "place" and body["country"]:
            told[body["country"]] += len(body["mentions"])
    most = told.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > told.total() else None


def _house(house: str | None, report: int) -> str:
    return house_key(house) if house else f"report:{report}"


def _party_of(item: Item, entity: str) -> tuple[str, bool, str]:
    """The key of an entity's party, whether that has a name, and the entity's name."""
    _, party, named, name, _ = item.sheet.cast[entity]
    return party, named or any(world == party and has_name for world, _, has_name, _, _ in item.sheet.cast.values()), name
