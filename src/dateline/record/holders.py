"""Who holds a place, as far as the words for the holder tell: a party, the state behind an office or a force, or nobody who can hold one."""

from __future__ import annotations

import re

from dateline.record.parties import Sides
from dateline.record.questions import Item
from dateline.record.states import is_office, may_hold, merely_office
from dateline.record.voices import is_state, last_statement

_ORGANS = ("state", "government", "military", "police")
_OWN = re.compile(r"(?:his|her|its|their|our|my) ", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"(?:the |its |their )?(?:(?:ruling|military|transitional|interim) )?(?:government|junta|regime)(?:[’']s)?(?: (?:forces|troops|soldiers|army))?",
    re.IGNORECASE,
)


def holder_of(item: Item, entity: str | None, sides: Sides) -> str | None:
    """The key of the party that an entity holds a place for; None where it can hold none."""
    if entity is None or entity not in item.sheet.cast:
        return None
    world, party, named, name, kind = item.sheet.cast[entity]
    root = sides.root(party)
    if kind in _ORGANS and (meant := _meant(item, entity, sides, root)) is not None:
        return meant
    if may_hold(name, kind):
        if root != world and not sides.alive(root, _year_of(item)):
            return world  # "Tuareg rebels", who took a later name since
        office = kind in _ORGANS and not is_state(root) and merely_office(name)
        return (_home_state(item, sides) or root) if office else root
    if kind in ("person", "other") and is_office(name, kind):
        # An official of a group holds for the group; only one of whom nothing is said holds for the state of the place.
        return root if root != world else _home_state(item, sides)
    return None


def _year_of(item: Item) -> int | None:
    when = item.body.get("when") or {}
    day = when.get("to") or when.get("from")
    return int(day[:4]) if day else None


def besieger_of(item: Item) -> str | None:
    """The name of who besieges a place, by the event that the same words tell of; None where nobody is named."""
    start, end = item.body["span"]["start"], item.body["span"]["end"]
    for event in item.sheet.of_word("events"):
        if event["type"] == "siege" and event["trigger"]["start"] < end and start < event["trigger"]["end"]:
            return next((item.name(p["entity"]) for p in event["participants"] if p["role"] == "agent" and p["entity"]), None)
    return None


def has_name(item: Item, entity: str | None) -> bool:
    """Whether a holder is known by a name of its own, or by that of whom it acts for."""
    if entity is None or entity not in item.sheet.cast:
        return False
    _, party, named, _, _ = item.sheet.cast[entity]
    return named or any(world == party and has for world, _, has, _, _ in item.sheet.cast.values())


def of_a_state(item: Item) -> bool:
    """Whether the holder is an organ of a state by its type: an army, a government, police."""
    entity = item.body["holder"]
    return entity in item.sheet.cast and item.sheet.cast[entity][4] in _ORGANS


def _meant(item: Item, entity: str, sides: Sides, root: str) -> str | None:
    """Whose forces are meant by the words nearest to the change: the speaker's ("its troops"), or the government's of the place ("government forces")."""
    words = _words_beside(item, entity)
    told = last_statement(item)
    if _OWN.match(words) and not is_state(root) and told is not None and told["speaker"] in item.sheet.cast:
        speaker = sides.root(item.sheet.cast[told["speaker"]][1])
        return speaker if is_state(speaker) else None
    if _GOVERNMENT.fullmatch(words):
        place = item.body["place"]
        country = item.entities[place]["country"] if place in item.entities else None
        return f"actor:{country}" if country else None
    return None


def _words_beside(item: Item, entity: str) -> str:
    """The mention of an entity that stands nearest to the words of the change."""
    start = item.body["span"]["start"]
    near = min(item.entities[entity]["mentions"], key=lambda m: (abs(m["start"] - start), m["start"]), default=None)
    return near["text"] if near is not None else ""


def _home_state(item: Item, sides: Sides) -> str | None:
    """The state that "the prime minister" is of: that of the place, where the report tells of its organs too."""
    country = item.entities[item.body["place"]]["country"] if item.body["place"] in item.entities else None
    organs = (party for _, party, _, _, kind in item.sheet.cast.values() if kind in _ORGANS)
    state = f"actor:{country}"
    return state if country and any(sides.root(party) == state for party in organs) else None
