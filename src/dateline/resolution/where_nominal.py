"""Nouns that refer to a place of the report: "the city", "the besieged town", "the country", "the capital", "there"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.extraction.attachment import speech
from dateline.extraction.findings import PlaceFound
from dateline.language.document import Document
from dateline.lexicon import load
from dateline.resolution.gazetteer import Gazetteer, Place
from dateline.resolution.scene import PlaceResolved

_KIND_NAMES = {
    "airport": r"airport", "airfield": r"airfield|airport|air base", "airbase": r"air ?base", "base": r"base|camp|barracks", "dam": r"dam\b",
    "bridge": r"bridge", "prison": r"prison|jail", "hospital": r"hospital|medical", "camp": r"camp", "crossing": r"crossing", "port": r"port\b",
    "river": r"river", "lake": r"lake", "island": r"island|isle", "valley": r"valley", "peninsula": r"peninsula", "border": r"border",
}  # fmt: skip
_SENTENCES = 6
"""Sentences back to which a noun may reach where the report names one fitting place only."""
_NEAR = 2
"""Sentences back to which a noun may reach where the report names several."""
_LOOSE = frozenset({"area", "enclave", "pocket", "territory", "stronghold", "region"})
"""Nouns that say little of the kind of place, and so reach no further than the sentence before."""
_OFFICES = frozenset(
    (
        "governor mayor spokesman spokeswoman spokesperson analyst expert official minister ambassador professor director bishop archbishop "
        "activist opposition lawyer doctor resident correspondent reporter journalist lawmaker consul embassy university institute office bureau "
        "researcher fellow court diplomat chief head council centre center observatory headquarters tank adviser source"
    ).split()
)
"""Nouns whose "of Homs" or "in London" says where somebody sits, not what the report speaks of."""
_THERE = frozenset({"city", "town", "village", "neighbourhood", "region", "admin", "country", "area", "facility"})


def antecedents(document: Document, places: Sequence[PlaceFound], resolved: Sequence[PlaceResolved | None], gazetteer: Gazetteer) -> dict[int, int | Place]:
    """For each nominal place that the report makes clear: the index of the expression that it refers to, or the capital that it is."""
    found: dict[int, int | Place] = {}
    for i, place in enumerate(places):
        if not place.nominal:
            continue
        noun = document.tokens[place.head].lemma.lower()
        before = [n for n in range(i) if not places[n].nominal and not places[n].adjectival and resolved[n] is not None]
        meant = _capital(document, i, places, resolved, gazetteer) if noun == "capital" else _nearest(document, place, noun, before, places, resolved)
        if meant is not None:
            found[i] = meant
    return found


def _nearest(
    document: Document, place: PlaceFound, noun: str, before: list[int], places: Sequence[PlaceFound], resolved: Sequence[PlaceResolved | None]
) -> int | None:
    """The last named place of a fitting type; none where the nearest sentence that has one has two that fit equally well."""
    here = document.tokens[place.head].sentence
    fitting = [n for n in before if _fits(noun, resolved[n], document.text[places[n].start : places[n].end])]
    fitting = [n for n in fitting if here - document.tokens[places[n].head].sentence <= (_SENTENCES if noun != "country" else 40)]
    fitting = [n for n in fitting if not _seat_of_somebody(document, places[n]) and not _speaks(document, places[n]) and not _origin(document, places[n])]
    if not fitting:
        return None
    gap = here - document.tokens[places[fitting[-1]].head].sentence
    if gap > (1 if noun in _LOOSE else _NEAR) and noun != "country" and (noun in _LOOSE or len({h.key for n in fitting if (h := resolved[n]) is not None}) > 1):
        return None
    last = document.tokens[places[fitting[-1]].head].sentence
    same = [n for n in fitting if document.tokens[places[n].head].sentence == last]
    keys = {held.key for n in same if (held := resolved[n]) is not None}
    return same[-1] if len(keys) == 1 else _weightiest(same, fitting, places, resolved)


def _seat_of_somebody(document: Document, place: PlaceFound) -> bool:
    """Whether a name only says where somebody sits or speaks: "the governor of Homs", "an analyst in London", "the London-based group"."""
    head = document.tokens[place.head]
    governor = document.tokens[head.head]
    if document.text[place.name_end : place.name_end + 6].lower() in ("-based", "–based"):
        return True
    if governor.lemma.lower() == "base" and governor.upos == "VERB":
        return True
    return governor.i != head.i and head.deprel.split(":")[0] in ("nmod", "compound") and governor.lemma.lower() in _OFFICES


def _speaks(document: Document, place: PlaceFound) -> bool:
    """Whether a name stands for a government that says something: "two days after Moscow claimed to have taken the town"."""
    head = document.tokens[place.head]
    return head.deprel == "nsubj" and document.tokens[head.head].lemma.lower() in speech()


def _origin(document: Document, place: PlaceFound) -> bool:
    """Whether a name only says where a thing comes from: "the shirts of clubs from Istanbul"."""
    head = document.tokens[place.head]
    return place.relation == "from" and head.deprel == "nmod" and document.tokens[head.head].upos == "NOUN"


def _weightiest(same: list[int], fitting: list[int], places: Sequence[PlaceFound], resolved: Sequence[PlaceResolved | None]) -> int | None:
    """Of several in one sentence the one that the report has named most often so far, where one stands out."""
    times: dict[str, int] = {}
    for n in fitting:
        held = resolved[n]
        if held is not None:
            times[held.key] = times.get(held.key, 0) + (2 if places[n].relation in ("at", "in") else 1)
    ranked = sorted({held.key for n in same if (held := resolved[n]) is not None}, key=lambda key: -times[key])
    if len(ranked) > 1 and times[ranked[0]] < 2 * times[ranked[1]]:
        return None
    return next((n for n in reversed(same) if (held := resolved[n]) is not None and held.key == ranked[0]), None)


def _fits(noun: str, held: PlaceResolved | None, words: str) -> bool:
    if held is None:
        return False
    if noun == "there":
        return held.type in _THERE
    if noun in _KIND_NAMES:
        return re.search(_KIND_NAMES[noun], words, re.IGNORECASE) is not None or (noun == "port" and held.type in ("city", "town"))
    if held.lat is None and re.search(rf"\b{noun} of ", words):
        return True
    types = next((row["types"].split() for row in load("place_nouns.tsv", columns=("noun", "types"), key=("noun",)) if row["noun"] == noun), [])
    return held.type in types


_CLAIMED = re.compile(
    r"(?:\b(?:its|their|his|former|de facto|self[- ]\w+|so[- ]called|alleged|declared|proclaimed|caliphate)|[’']s|s[’'])\W+(?:[\w-]+\W+){0,2}$", re.IGNORECASE
)
"""Words before "capital" that make it the seat of somebody other than a state ("its self-declared capital")."""
_NAMED = re.compile(r"[\s,'\"“”‘’]*(?:of\s+)?")
"""What may stand between "capital" and the name of it."""


def _claimed(document: Document, place: PlaceFound) -> bool:
    head = document.tokens[place.head]
    return _CLAIMED.search(document.text, max(document.sentence_of(place.head).start, head.start - 60), head.start) is not None


def _follower(document: Document, i: int, places: Sequence[PlaceFound], resolved: Sequence[PlaceResolved | None]) -> int | None:
    """The name right behind "capital" that says which town it is."""
    end = document.tokens[places[i].head].end
    for n in range(i + 1, min(i + 3, len(places))):
        held = resolved[n]
        if places[n].name_start >= end and not places[n].adjectival and not places[n].nominal and held is not None and held.type != "country":
            return n if _NAMED.fullmatch(document.text, end, places[n].name_start) else None
    return None


def _capital(document: Document, i: int, places: Sequence[PlaceFound], resolved: Sequence[PlaceResolved | None], gazetteer: Gazetteer) -> int | Place | None:
    """ "The capital" is that of the country last named, in the same words ("the Syrian capital") or before; a name right behind it names it."""
    follower = _follower(document, i, places, resolved)
    if follower is not None:
        return follower
    if _claimed(document, places[i]):
        return None
    country = next((held.country for n in range(i - 1, -1, -1) if (held := resolved[n]) is not None and held.country and held.type == "country"), None)
    after = places[i + 1] if i + 1 < len(places) else None
    if after is not None and after.adjectival and after.name_start >= places[i].start and after.name_end <= places[i].end and resolved[i + 1] is not None:
        held = resolved[i + 1]
        country = held.country if held is not None else country
    return gazetteer.capital(country) if country else None
