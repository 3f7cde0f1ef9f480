"""Expressions of place are found with the words that move the point, what they lie in, and the nouns that refer back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places, relation_rules
from dateline.extraction.places_coordinates import find_points
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
        ("In Aleppo, Russia bombed three hospitals.", "Aleppo", None),
        ("From Gaza, Israel withdrew in 2005.", "Gaza", None),
        ("In Aleppo, Syria, three hospitals were bombed.", "Aleppo", "Syria"),
        ("Troops entered Mosul's western suburb of Badush on Friday.", "Badush", "Mosul"),
        ("Shells hit the Homs village of Taldou.", "Taldou", "Homs"),
        ("Turkey's capture of the town of Afrin was hailed.", "Afrin", None),
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


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The depot lies at 36°20′N 43°08′E.", [(36.3333, 43.1333)]),
        ("The wreck was found at 12°02'30\"S, 77°02'00\"W off the coast.", [(-12.0417, -77.0333)]),
        ("Troops struck a depot at 36.335 N, 43.119 E on Sunday.", [(36.335, 43.119)]),
        ("The video was geolocated to 48.5123, 37.9987 by a monitor.", [(48.5123, 37.9987)]),
        ("An air strike hit the grain store at coordinates 35.335, 40.119 on Friday.", [(35.335, 40.119)]),
        ("The index moved from 12.345, 13.456 to a new low.", []),
        ("The two rates were 12.3456%, 13.4567% at the close.", []),
        ("They paid $12.3456, 13.4567 of it in cash.", []),
        ("The point 96.1234, 36.9876 is none of the globe.", []),
        ("Version 1.2.3456, 7.8901 was released.", []),
    ],
)
def test_points_that_a_text_writes_out(text: str, points: list[tuple[float, float]]) -> None:
    found = find_points(text)
    assert [(round(p.lat, 4), round(p.lon, 4)) for p in found] == points
    assert all(text[p.start].isdigit() and p.end <= len(text) for p in found)


def test_a_point_is_one_place_and_no_name(analyse: Analyse) -> None:
    document = analyse("The village lies at 33°47′N 44°30′E near the river. Troops shelled it on Sunday.")
    places = [place for place in find_places(document, find_mentions(document)) if place.point is not None]
    assert [document.text[p.name_start : p.name_end] for p in places] == ["33°47′N 44°30′E"]
    names = [m for m in find_mentions(document) if m.form == "name" and "N" in document.text[m.start : m.end]]
    assert [document.text[m.start : m.end] for m in names] == ["33°47′N 44°30′E"]


def test_a_word_in_small_letters_is_no_name(analyse):
    document = analyse("Five people were killed when a man attacked the Christmas market in Strasbourg last December.")
    found = find_places(document, find_mentions(document))
    assert "market" not in [document.text[p.name_start : p.name_end] for p in found if not p.nominal]
