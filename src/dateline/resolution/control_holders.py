"""Who can hold a place, which words of an event mean the whole of it, and which times do not date a capture."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dateline.extraction.attachment import only_locates
from dateline.extraction.control_places import one_side
from dateline.language.document import Token
from dateline.model import Event, Mention, Span, When
from dateline.resolution.scene import Scene

_CANNOT = frozenset(
    (
        "who whom which what whoever resident residents villager villagers inhabitant inhabitants local locals civilian civilians monitor monitors "
        "observer observers activist activists analyst analysts expert experts reporter reporters journalist journalists correspondent "
        "correspondents spokesman spokeswoman spokesperson spokesmen spokespersons spokespeople witness witnesses refugee refugees doctor doctors "
        "media broadcaster newspaper agency website channel diplomat diplomats voter voters candidate candidates watchdog "
        "inspector inspectors worker workers peacekeeper peacekeepers staff staffers"
    ).split()
)
"""Heads of phrases for those who tell of a place or live in it, and words that ask."""
_POLLS = re.compile(
    r"\b(?:elections?|by-elections?|voters?|ballots?|constituenc(?:y|ies)|landslide|poll(?:s|ing)|parliamentary seats?|lost seats?|won seats?)\b", re.IGNORECASE
)
_WHOLE = frozenset(
    (
        "city town township village hamlet municipality capital metropolis stronghold bastion redoubt enclave pocket province governorate region "
        "county state territory island peninsula area control possession charge hold grip rule fall capture seizure"
    ).split()
)
"""Objects of a capture that leave the place whole."""
_SETTLED = ("city", "town", "village", "neighbourhood", "facility", "border")
_WIDE = _WHOLE - frozenset({"city", "town", "township", "village", "hamlet", "municipality", "capital", "metropolis", "enclave", "pocket"})
"""Objects of a capture that leave a country, province or region whole."""


def can_hold(scene: Scene, entity: str | None) -> bool:
    """Whether an entity is somebody who can hold a place: no asker, resident, witness, spokesman or outlet, no party in an election."""
    found = scene.entity(entity)
    if found is None or found.kind not in ("actor", "person") or found.type in ("media", "company", "civilians"):
        return False
    name = re.split(r"\s+(?:of|for|from|in|at|with|by|on)\s+", found.name.lower())[0].split()
    if name and name[-1] in _CANNOT:
        return False
    return not (found.type == "party" and _POLLS.search(scene.report.text))


def only_part(scene: Scene, event: Event, place: str) -> bool:
    """Whether the object of an event is something in a place and not the place: "a base in the city", "five villages in the province"."""
    found = scene.entity(place)
    if found is None or found.type in ("facility", "border"):
        return False
    whole = _WHOLE if found.type in _SETTLED else _WIDE
    head = scene.findings.events[int(event.id[1:]) - 1].head
    for child in scene.document.children(head, "obj", "nsubj:pass"):
        held = child.lemma.lower() in ("control", "possession", "hold")
        nouns = [child, *(c for c in (*scene.document.children(child.i, "nmod"), *scene.document.children(head, "obl")) if held and _of(scene, c))]
        for noun in nouns:
            named = _holds(found.mentions, noun) or _of_itself(scene, found.mentions, noun)
            some = noun.xpos == "NNS" and noun.lemma.lower() in _WHOLE | {"part"} and noun.lemma.lower() != "control"
            if noun.upos in ("NOUN", "SYM", "NUM") and not named and (noun.lemma.lower() not in whole or some):
                return True
    return False


_KINDS = frozenset({"village", "town", "city", "settlement", "district", "neighbourhood", "neighborhood", "suburb", "hamlet", "province", "quarter"})


def listed_places(scene: Scene, event: Event) -> list[str]:
    """The places that a noun for several of their kind counts up: "the villages of Tal Rifaat and Menagh"."""
    head = scene.findings.events[int(event.id[1:]) - 1].head
    found: list[str] = []
    for noun in scene.document.children(head, "obj", "nsubj:pass"):
        if noun.xpos != "NNS" or noun.lemma.lower() not in _KINDS:
            continue
        names = [n for c in scene.document.children(noun.i, "nmod") if _of(scene, c) for n in (c, *scene.document.children(c.i, "conj"))]
        heads = {n.i for n in names}
        places = [e for p, e in zip(scene.findings.places, scene.who.place_ids, strict=True) if p.head in heads and e is not None and not p.nominal]
        found += places if len(set(places)) > 1 else []
    return found


def only_side(scene: Scene, event: Event, place: str) -> bool:
    """Whether the words of an event name one side of the place: "withdrew from eastern Aleppo"."""
    found = scene.entity(place)
    spans = [p.span for p in event.participants if p.entity == place] + ([event.where.span] if event.where is not None and event.where.span is not None else [])
    if found is None:
        return False
    return any(one_side(scene.report.text, m.start, m.end) for s in spans for m in _within(found.mentions, s))


def _of_itself(scene: Scene, mentions: Sequence[Mention], noun: Token) -> bool:
    """Whether a noun tells the kind of the place named behind it: "the Damascus suburb of Darayya"."""
    document = scene.document
    lies = any(only_locates(document, c.i) for c in document.children(noun.i, "compound"))
    return lies and any(_holds(mentions, c) for c in document.children(noun.i, "nmod") if _of(scene, c))


_LONGEST = 400
"""No mention has more characters than this."""


def _holds(mentions: Sequence[Mention], noun: Token) -> bool:
    """Whether one of the mentions, which stand in text order, holds a word."""
    first = bisect_left(mentions, noun.start - _LONGEST, key=lambda m: m.start)
    last = bisect_left(mentions, noun.end, key=lambda m: m.start)
    return any(m.start <= noun.start and noun.end <= m.end for m in mentions[first:last])


def _within(mentions: Sequence[Mention], span: Span) -> Iterator[Mention]:
    """Those of the mentions, which stand in text order, that lie in a span."""
    for mention in mentions[bisect_left(mentions, span.start, key=lambda m: m.start) :]:
        if mention.start > span.end:
            return
        if mention.end <= span.end:
            yield mention


def goes_there(scene: Scene, event: Event) -> bool:
    """Whether the place of a withdrawal is where they went, not what they left: "withdrew to the slopes of the volcano"."""
    if event.type != "withdrawal" or event.where is None or event.where.span is None:
        return False
    between = scene.report.text[event.trigger.end : event.where.span.end].lower().split()
    return bool({"to", "into", "toward", "towards"} & set(between)) and "from" not in between


def dated(scene: Scene, when: When | None) -> When | None:
    """The time of a change of hands; "since 2001" in "the first time since 2001" is not when it came about."""
    if when is None or when.span is None:
        return when
    before = scene.report.text[max(0, when.span.start - 8) : when.span.start + 6].lower()
    return None if re.search(r"\bsince\b", before) else when


def _of(scene: Scene, token: Token) -> bool:
    return any(c.lemma.lower() in ("of", "over") for c in scene.document.children(token.i, "case"))
