"""Who holds what, from events and words: what lies in a place is not the place."""

from __future__ import annotations

import pytest

from dateline.intake import report_of
from dateline.pipeline import read_report


def control(world, text):
    reading = read_report(report_of(text, published="2022-11-20", language="en"), world)
    names = {e.id: e.name for e in reading.entities}
    return [(c.change, names.get(c.place)) for c in reading.control]


@pytest.mark.parametrize(
    "text",
    [
        "Government forces captured five villages in the country's northwest on Wednesday.",
        "The army recaptured 8 villages from the rebels in southern Aleppo.",
        "Security forces surrounded a house in Jeddah and exchanged fire with the men.",
        "The guerrillas withdrew to the slopes of the San Salvador volcano.",
        "The army ended the siege of Kobane.",
        "The army broke the siege of Kobane on Monday.",
        "Syrian forces have recovered control of two villages in northwestern Syria.",
        "Aid is short in Houthi-controlled areas of Yemen.",
        "The militants lost their last stronghold in Libya, the army said.",
        "The army captured western Mosul on Monday.",
        "Troops withdrew from eastern Aleppo.",
        "The old man was driven from Geneva to Bern.",
        "He was driven from Aleppo to Hama, the army said.",
        "Ukrainian forces took the hamlet again.",
        "The town, which rebels captured in May and the army retook in June, lies in Idlib.",
        "Talks in Busra were held by the army.",
        "If the army advances, it will capture Saraqib.",
    ],
)
def test_what_lies_in_a_place_is_not_the_place(world, text):
    assert control(world, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Sirte, the last ISIS stronghold in Libya.", [("held", "Sirte")]),
        ("Shells fell on the besieged Damascus suburb of Darayya.", [("besieged", "Darayya")]),
        ("Rebels captured the Damascus suburb of Darayya on Monday.", [("captured", "Darayya")]),
        ("The town of Busra is now held by the army.", [("held", "Busra")]),
        ("Maarat, which rebels captured in May and the army retook in June, lies on the highway.", [("captured", "Maarat"), ("recaptured", "Maarat")]),
        ("Shells fell on eastern Aleppo, which is under rebel control.", [("contested", "Aleppo")]),
        ("Troops drove the militants from Tikrit to Hawija.", [("captured", "Tikrit")]),
        ("The rebels took control of several areas in Akinima.", [("contested", "Akinima")]),
        ("Troops captured the town of Busra.", [("captured", "Busra")]),
        ("The army retook the province of Kunduz.", [("recaptured", "Kunduz")]),
        ("Rebels besieged Kobane.", [("besieged", "Kobane")]),
        ("The rebels withdrew from Kobane.", [("lost", "Kobane")]),
    ],
)
def test_a_place_that_changes_hands(world, text, expected):
    assert control(world, text) == expected


def test_a_territory_has_no_government_of_its_own_in_the_whos_who(world):
    reading = read_report(report_of("The government said police had arrested ten protesters in Hong Kong.", language="en"), world)
    assert [e.name for e in reading.entities if e.type == "government"] == ["The government"]


@pytest.mark.parametrize(
    ("text", "lost_by"),
    [
        ("Syrian opposition forces liberated the town of Dabiq from ISIL control.", "Islamic State"),
        ("The army freed Tikrit from the grip of the militants.", "the militants"),
        ("Iraqi forces have liberated Fallujah from Islamic State's control.", "Islamic State"),
        ("The army took Tikrit from the west.", None),
    ],
)
def test_whoever_held_a_place_has_lost_it(world, text, lost_by):
    reading = read_report(report_of(text, published="2016-11-20", language="en"), world)
    names = {e.id: e.name for e in reading.entities}
    assert [names.get(c.previous_holder) for c in reading.control] == [lost_by]


def test_what_is_told_as_news_is_not_what_is_recalled(world):
    text = "Syrian army retakes Palmyra for a second time\n\nISIS captured Palmyra in May 2015. Government forces won it back in March 2016, only to lose it again."
    reading = read_report(report_of(text, published="2017-03-02", language="en"), world)
    taken = [c.when.earliest[:7] for c in reading.control if c.change == "recaptured" and c.when is not None]
    assert sorted(taken) == ["2016-03", "2017-03"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Turkish-backed factions took the villages of Tell Rifaat and Menagh from Kurdish forces.", ["Tell Rifaat", "Menagh"]),
        ("Government troops recaptured Khan Sheikhoun and Morek from rebels on Friday.", ["Khan Sheikhoun", "Morek"]),
        ("The rebels withdrew from Harasta and Douma.", ["Harasta", "Douma"]),
        ("The army took the town of Azaz in Aleppo province.", ["Azaz"]),
        ("Rebels captured the villages of Idlib.", []),
        ("Rebels captured five villages in Idlib province.", []),
    ],
)
def test_each_place_that_was_taken_has_its_row(world, text: str, places: list[str]) -> None:
    assert [place for _, place in control(world, text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Houthi rebels have controlled Yemen's capital, Sanaa, since 2014.", ["Sanaa"]),
        ("Rebels hold Libya's second city, Benghazi.", ["Benghazi"]),
        ("Rebels hold Syria's Idlib province.", ["Idlib"]),
        ("Rebels hold the city of Idlib in northwestern Syria.", ["Idlib"]),
        ("Hayat Tahrir al-Sham controls Idlib.", ["Idlib"]),
        ("Ahrar al-Sham, which controls Ariha, denied it.", ["Ariha"]),
        ("Rebels hold a base in the city of Idlib.", []),
        ("The government holds elections in the city of Raqqa.", []),
    ],
)
def test_what_is_held_is_the_place_named(world, text: str, places: list[str]) -> None:
    assert [place for _, place in control(world, text)] == places


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Shells fell on rebel-held Idlib.", "rebel"),
        ("Idlib, a rebel-held city, is quiet.", "rebel"),
        ("The rebels fled. Shells fell on rebel-held Idlib.", "The rebels"),
        ("Shells hit the airport near Daraa, a government-held city.", "government"),
    ],
)
def test_a_hold_told_by_two_joined_words(world, text, holder):
    reading = read_report(report_of(text, published="2016-11-20", language="en"), world)
    names = {e.id: e.name for e in reading.entities}
    assert [(c.change, names.get(c.holder)) for c in reading.control] == [("held", holder)]
