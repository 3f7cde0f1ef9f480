"""Find the expressions of place: names with the words that move the point, what lies in what, and nouns that refer to a place named elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.findings import MentionFound, PlaceFound
from dateline.extraction.places_coordinates import characters, find_points
from dateline.extraction.places_lexicon import is_abbreviation
from dateline.extraction.places_names import NameFound, names_of_places
from dateline.extraction.triggers import classes
from dateline.language.document import Document, Token
from dateline.lexicon import Rule, load, rules

RELATION_COLUMNS = ("name", "relation", "pattern", "example", "finds")
_NUMBERS = (1, 1, *range(1, 11), 15, 20, 30, 40, 50)
_WORDS = dict(zip("a an one two three four five six seven eight nine ten fifteen twenty thirty forty fifty".split(), _NUMBERS, strict=True))
_MILE = 1.609344
_POINT = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|central)"
_PARTED = re.compile(rf"(?:{_POINT}|upper|lower|rural|downtown|mid)(?:ern)?[ -]$", re.IGNORECASE)
_KIND_AFTER = re.compile(
    r"^ (?:province|governorate|region|oblast|state|county|district|prefecture|department|city|town|village|neighbou?rhood|suburb|airport|"
    r"air ?base|military base|airfield|border crossing|border|countryside|camp|refugee camp|area|dam|river|valley|mountains?|island|peninsula|"
    r"enclave|pocket|crossing)\b"
)
_FOUGHT_FOR = re.compile(r"\b(?:battle|fight|struggle|war|offensive|contest|push)s? for (?:the )?$", re.IGNORECASE)
"""What is fought for is where the fight is, not where somebody goes."""
_HOLDER = re.compile(rf"^(?:,| \(|,? in(?: the)?| of)(?: (?:the )?{_POINT}(?:ern)?(?: part of)?)? ?(?:the )?$")
_HOLDER_OF_KIND = re.compile(r"^,? (?:in|near) the [A-Z]\w+ (?:capital|city|town|village|port)(?: of)? $")
"""What joins a place to the town that it lies in, told with its country: "in the Haitian capital"."""
_HELD = re.compile(
    r"^(?:['’]s (?:(?!(?:of|in|on|from|at|by|for|to|the|and)\b)[a-z][a-z-]* ){0,3}(?:capital|city|town|village|port|province|region|district|governorate|"
    r"suburb|neighbou?rhood|quarter|enclave|settlement|hamlet|island|county|camp)| (?:suburb|neighbou?rhood|quarter|town|village|settlement|hamlet|camp))"
    r" of (?:the )?$"
)
"""What joins a place to one that lies in it: "Mosul's western suburb of Badush", "the Homs village of Taldou"."""
_HELD_BESIDE = re.compile(
    r"^ (?:province|governorate|region|oblast|state|county|district|prefecture|department|city|town|village|neighbou?rhood|suburb|airport|air ?base|valley|"
    r"island|peninsula)\b"
)
"""What follows a place after its holder's possessive: "Balochistan's Kech district"."""
_POINTERS = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "both"})
_REACH = 90


def find_places(document: Document, mentions: Sequence[MentionFound]) -> tuple[PlaceFound, ...]:
    """The expressions of place in text order; a word that only joins two ("between") points to the second."""
    points = list(_points(document))
    named = [_expression(document, name) for name in names_of_places(document, mentions) if not _common(document, name)]
    taken = characters(points)
    named = [place for place in named if taken.isdisjoint(range(place.name_start, place.name_end))]
    nominal = _nominals(document, named)
    places = sorted([*named, *nominal, *points], key=lambda place: (place.name_start, place.name_end))
    return tuple(_linked(document, places))


def _points(document: Document) -> Iterator[PlaceFound]:
    """The points that the text writes out in degrees."""
    for found in find_points(document.text):
        token = document.token_at(found.start)
        if token is not None:
            point = (found.lat, found.lon, found.radius_km)
            yield PlaceFound(found.start, found.end, found.start, found.end, token.i, rule="places:coordinates", point=point)


def _common(document: Document, name: NameFound) -> bool:
    """Whether what was taken for a name is a common noun for a kind of place ("air base" in a headline)."""
    words = document.tokens[name.first : name.last]
    return all(t.text.islower() for t in words) and document.tokens[document.head_of(name.first, name.last).i].lemma.lower() in place_nouns()


def _expression(document: Document, name: NameFound) -> PlaceFound:
    tokens = document.tokens
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    if document.text[end : end + 1] == "." and is_abbreviation(document.text[start : end + 1]):
        end += 1
    head = document.head_of(name.first, name.last).i
    # "Russia-backed", "London-based": a modifier of something else.
    modifier = re.match(r"[-‑–][a-z]", document.text[end : end + 2]) is not None or _whose(document, head, document.text[start:end])
    found = PlaceFound(start, end, start, end, head, adjectival=name.adjectival or modifier, rule=name.rule)
    if name.adjectival:
        return found
    if kind := _KIND_AFTER.match(document.text[end : end + 30]):
        found = replace(found, end=end + kind.end())
    return _moved(document, found)


_GROUND = frozenset(
    (
        "border frontier city capital town village province region state county district territory airport airspace mainland island islands soil coast "
        "side north south east west countryside highway river desert interior hinterland airfield port crossing area enclave prison street"
    ).split()
)
"""Nouns that, with a country before them, still say where."""


def _whose(document: Document, head: int, name: str) -> bool:
    """Whether a country before a noun says whose something is, not where it is ("U.S. embassies", but "the Syria conflict", "Iraq border")."""
    token = document.tokens[head]
    noun = document.tokens[token.head]
    if token.deprel not in ("compound", "amod") or noun.i <= head or noun.upos != "NOUN" or name not in _countries():
        return False
    lemma = noun.lemma.lower()
    return lemma not in classes()["EVENTNOUN"] and lemma not in _GROUND


@cache
def _countries() -> frozenset[str]:
    rows = load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",))
    return frozenset(name for row in rows for name in (row["name"], *row["aliases"].split("; ")))


@dataclass(frozen=True, slots=True)
class _Move:
    start: int
    relation: str
    distance_km: float | None
    rule: str


def _moved(document: Document, found: PlaceFound) -> PlaceFound:
    """The expression with the words before the name that move the point: "45 km south of", "the outskirts of", "northern"."""
    sentence = document.sentence_of(found.head)
    floor = max(sentence.start, found.name_start - _REACH)
    before = document.text[floor : found.name_start]
    start = found.start
    if parted := _PARTED.search(before):
        start = floor + parted.start()
        before = before[: parted.start()]
    move = _read(before.rstrip(), floor)
    if move is None or (move.relation == "to" and _FOUGHT_FOR.search(before)):
        return replace(found, start=start)
    return replace(found, start=move.start, relation=move.relation, distance_km=move.distance_km, rule=f"{found.rule} {move.rule}")


@cache
def relation_rules() -> tuple[Rule, ...]:
    """The rules for the words before a name, in the order in which they are tried."""
    return rules(load("place_relations.tsv", columns=RELATION_COLUMNS, key=("name",)), name="place_relations.tsv")


def _read(before: str, floor: int) -> _Move | None:
    for rule in relation_rules():
        found = rule.pattern.search(before)
        if found is None:
            continue
        groups = found.groupdict()
        relation = rule.row["relation"]
        if relation == "direction":
            relation = groups["direction"].lower().replace("-", "") + "_of"
        return _Move(floor + found.start(), relation, _kilometres(groups.get("distance"), groups.get("unit")), f"place_relations:{rule.name}")
    return None


def _kilometres(number: str | None, unit: str | None) -> float | None:
    if number is None or unit is None:
        return None
    value = float(_WORDS[number.lower()]) if number.lower() in _WORDS else _figure(number)
    if value is None:
        return None
    return round(value * (_MILE if unit.lower().startswith("mi") else 1.0), 2)


def _figure(number: str) -> float | None:
    bare = number.rstrip(".,")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", bare):
        return float(bare.replace(",", ""))
    return float(bare) if re.fullmatch(r"\d+(?:\.\d+)?", bare) else None


def _linked(document: Document, places: list[PlaceFound]) -> Iterator[PlaceFound]:
    """The places with ``inside`` and ``other``: "Tabqa, Syria", "Tabqa in northern Syria", "between Homs and Hama"."""
    text = document.text
    relations: list[str] = []
    held = False
    for i, place in enumerate(places):
        if held:
            place = replace(place, inside=i - 1)
        held = False
        following = places[i + 1] if i + 1 < len(places) else None
        if i and place.relation == "at" and _listed(text, places[i - 1], place):
            place = replace(place, relation=relations[i - 1])
        relations.append(place.relation)
        if following is None or following.nominal or place.nominal or place.rule == "places:demonym" or place.point or following.point:
            yield place
            continue
        gap = text[place.name_end : following.name_start]
        held = not following.adjectival and _lies_in(text, following, gap)
        if held:
            yield place
            continue
        beyond = places[i + 2] if i + 2 < len(places) else None
        lies_beyond = following.adjectival and beyond is not None and not (beyond.adjectival or beyond.nominal)
        if lies_beyond and beyond is not None and _HOLDER_OF_KIND.match(text[place.name_end : beyond.name_start]):
            yield replace(place, inside=i + 2)
            continue
        if place.relation == "between" and place.rule.endswith("between") and gap.strip() in ("and", "and the", "and the town of", "and the city of"):
            yield replace(place, other=i + 1, end=following.end)
        elif _holds(text, place, following, gap) and not _begins_anew(document, place, following):
            yield replace(place, inside=i + 1)
        else:
            yield place


def _lies_in(text: str, following: PlaceFound, gap: str) -> bool:
    """Whether the words between two places, or around the second, say that the second lies in the first."""
    if gap in ("'s ", "’s "):
        return _HELD_BESIDE.match(text[following.name_end :]) is not None
    return _HELD.match(gap) is not None


def _begins_anew(document: Document, place: PlaceFound, following: PlaceFound) -> bool:
    """Whether the second place is the subject of what happens in the first: "In Aleppo, Russia bombed hospitals"."""
    one, two = document.tokens[place.head], document.tokens[following.head]
    return two.deprel.startswith("nsubj") and not one.deprel.startswith("nsubj") and two.head > two.i and one.head == two.head


def _listed(text: str, before: PlaceFound, place: PlaceFound) -> bool:
    """Whether a place goes on a list whose first member bears the preposition for all: "in Homs, Hama and Idlib"."""
    joined = re.fullmatch(r",|,? (?:and|or)|, as well as", text[before.end : place.start].rstrip()) is not None
    return joined and not (before.nominal or before.adjectival or place.nominal or place.adjectival)


def _holds(text: str, place: PlaceFound, following: PlaceFound, gap: str) -> bool:
    kind = _KIND_AFTER.match(gap)
    bare = gap[kind.end() :] if kind else gap
    if following.adjectival and not bare.startswith((",", " (")):
        return False
    if not _HOLDER.match(bare):
        return False
    # "Homs, Hama and Idlib" is a list, not a container: a holder is followed by a comma, a bracket or the end of the phrase.
    if bare == ", ":
        after = text[following.name_end : following.name_end + 8]
        before = text[max(0, place.start - 2) : place.start]
        return not re.match(r"^,? (?:and|or|&) |^, [A-Z]", after) or (before != ", " and bool(re.match(r"^, (?!and |or )", after)))
    return True


@cache
def place_nouns() -> dict[str, tuple[str, ...]]:
    """Nouns that may refer to a place, with the types of place that they may mean."""
    return {row["noun"]: tuple(row["types"].split()) for row in load("place_nouns.tsv", columns=("noun", "types"), key=("noun",))}


def _nominals(document: Document, named: Sequence[PlaceFound]) -> Iterator[PlaceFound]:
    taken = {offset for place in named for offset in range(place.start, place.end)}
    for token in document.tokens:
        if token.start in taken:
            continue
        if token.text.lower() == "there" and token.upos == "ADV" and token.deprel != "expl":
            yield PlaceFound(token.start, token.end, token.start, token.end, token.i, nominal=True, rule="places:there")
        elif token.upos == "NOUN" and token.lemma.lower() in place_nouns() and "Number=Plur" not in token.feats and _refers(document, token):
            first = _left(document, token)
            yield _moved_noun(document, PlaceFound(first.start, token.end, first.start, token.end, token.i, nominal=True, rule="places:noun"))


def _refers(document: Document, noun: Token) -> bool:
    """Whether a noun for a kind of place points back: definite, and told apart by nothing that follows."""
    if noun.deprel in ("compound", "flat", "nmod:desc"):
        return False
    children = document.children(noun.i)
    if not any(t.deprel.startswith(("det", "nmod:poss")) and t.text.lower() in _POINTERS for t in children):
        return False
    if any(t.deprel in ("compound", "flat", "appos", "nmod:desc") and t.upos == "PROPN" for t in children):
        return False
    return not any(t.i > noun.i and t.deprel in ("nmod", "acl:relcl", "acl", "appos") for t in children)


def _left(document: Document, noun: Token) -> Token:
    before = [t.i for t in document.children(noun.i) if t.i < noun.i and t.deprel.startswith(("det", "amod", "nmod:poss", "compound"))]
    return document.tokens[min([noun.i, *before])]


def _moved_noun(document: Document, found: PlaceFound) -> PlaceFound:
    floor = max(document.sentence_of(found.head).start, found.name_start - _REACH)
    move = _read(document.text[floor : found.name_start].rstrip(), floor)
    if move is None:
        return found
    return replace(found, start=move.start, relation=move.relation, distance_km=move.distance_km, rule=f"{found.rule} {move.rule}")
