"""Expressions of place are found with the words that move the point, what they lie in, and the nouns that refer back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extraction.places import find_places, relation_rules
from dateline.language.document import Document

Analyse = Callable[[str], Document]


def test_relation_rules_prove_themselves() -> None:
    assert [fault for rule in relation_rules() if (fault := rule.prove())] == []


@pytest.mark.parametrize(
    ("text", "name", "words", "relation", "distance"),
    [
        ("The convoy was hit 45 km south of Mosul on Friday.", "Mosul", "45 km south of Mosul", "south_of", 45.0),
        ("The base lies 20 miles from Kandahar.", "Kandahar", "20 miles from Kandahar", "near", 32.19),
        ("Soldiers camped three kilometres north-east of the town of Afrin.", "Afrin", "three kilometres north-east of the town of Afrin", "northeast_of", 3.0),
        ("Clashes broke out on the outskirts of Raqqa.", "Raqqa", "on the outskirts of Raqqa", "outskirts_of", None),
        ("Troops massed near Kharkiv overnight.", "Kharkiv", "near Kharkiv", "near", None),
        ("Patrols moved along the border with Turkey.", "Turkey", "along the border with Turkey", "along", None),
        ("Militants attacked villages in northern Mali.", "Mali", "in northern Mali", "in", None),
        ("Fighting flared in the northern countryside of Aleppo.", "Aleppo", "in the northern countryside of Aleppo", "near", None),
        ("A bomb went off in Helmand province.", "Helmand", "in Helmand province", "in", None),
        ("Residents of the besieged city of Homs fled.", "Homs", "the besieged city of Homs", "at", None),
        ("They fled from Bentiu to Juba.", "Juba", "to Juba", "to", None),
    ],
)
def test_words_that_move_the_point(analyse: Analyse, text: str, name: str, words: str, relation: str, distance: float | None) -> None:
    found = {text[p.name_start : p.name_end]: p for p in find_places(analyse(text), ())}
    assert name in found
    place = found[name]
    assert (text[place.start : place.end], place.relation, place.distance_km) == (words, relation, distance)


def test_between(analyse: Analyse) -> None:
    text = "The road between Homs and Hama was cut."
    places = find_places(analyse(text), ())
    first = next(p for p in places if text[p.name_start : p.name_end] == "Homs")
    assert first.relation == "between"
    assert first.other is not None
    assert text[places[first.other].name_start : places[first.other].name_end] == "Hama"


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("A blast hit Tabqa, Syria, on Monday.", "Tabqa", "Syria"),
        ("A blast hit Tabqa in northern Syria.", "Tabqa", "Syria"),
        ("Shells fell on Homs, Hama and Idlib.", "Homs", None),
    ],
)
def test_what_lies_in_what(analyse: Analyse, text: str, inner: str, outer: str | None) -> None:
    places = find_places(analyse(text), ())
    found = next(p for p in places if text[p.name_start : p.name_end] == inner)
    holder = places[found.inside] if found.inside is not None else None
    assert (text[holder.name_start : holder.name_end] if holder else None) == outer


@pytest.mark.parametrize(
    ("text", "adjectives"),
    [
        ("Syrian troops and Russian jets struck.", ["Syrian", "Russian"]),
        ("U.S.-backed fighters advanced on Manbij.", ["U.S."]),
        ("The European delegation met Kurdish leaders.", ["European", "Kurdish"]),
    ],
)
def test_adjectives_are_told_apart(analyse: Analyse, text: str, adjectives: list[str]) -> None:
    assert [text[p.name_start : p.name_end] for p in find_places(analyse(text), ()) if p.adjectival] == adjectives


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Rebels entered Raqqa. The besieged town has been cut off.", ["The besieged town"]),
        ("Aid reached Juba. People there are starving.", ["there"]),
        ("A village was burnt down.", []),
        ("The city council met.", []),
        ("There were no deaths.", []),
    ],
)
def test_nouns_that_refer_back(analyse: Analyse, text: str, nouns: list[str]) -> None:
    assert [text[p.start : p.end] for p in find_places(analyse(text), ()) if p.nominal] == nouns


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored twice.",
        "He was born in January.",
        "The police said the same of the mobile unit.",
        "Chad Smith spoke to reporters.",
    ],
)
def test_what_is_no_place(analyse: Analyse, text: str) -> None:
    assert find_places(analyse(text), ()) == ()


def test_offsets_hold_and_order_is_the_texts(analyse: Analyse) -> None:
    text = "BEIRUT (AP) — Troops took Al-Bab, north of Aleppo, on 3 May — and Ta‘izz, Yemen’s third city, fell."
    places = find_places(analyse(text), ())
    assert places
    assert [p.name_start for p in places] == sorted(p.name_start for p in places)
    for p in places:
        assert 0 <= p.start <= p.name_start < p.name_end <= p.end <= len(text)
        assert text[p.name_start : p.name_end].strip() == text[p.name_start : p.name_end]
