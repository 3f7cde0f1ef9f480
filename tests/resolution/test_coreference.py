"""Coreference: what refers to the same, and what must stay apart; all texts are ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.resolution.scene import EntityTable


@pytest.fixture
def together(entities_of: Callable[..., EntityTable]) -> Callable[[str, str, str], bool]:
    def call(text: str, one: str, two: str) -> bool:
        table = entities_of(text, published="2016-05-04")
        holders = [{m.text.lower() for m in e.mentions} for e in table.entities]
        assert any(one.lower() in h for h in holders), holders
        return any(one.lower() in h and two.lower() in h for h in holders)

    return call


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Maria Gonzalez joined the talks in Bogota. Gonzalez said they went well.", "Maria Gonzalez", "Gonzalez"),
        ("The Popular Front for Renewal (PFR) took Birao. The PFR said the town was calm.", "Popular Front for Renewal", "PFR"),
        ("Boko Haram raided Dalori. The terrorist group burned homes.", "Boko Haram", "The terrorist group"),
        ("Al-Shabaab took Marka on Friday. The militants left on Sunday.", "Al-Shabaab", "The militants"),
        ("Human Rights Watch said on Monday that it had seen the video.", "Human Rights Watch", "it"),
        ("Gen. Ali Hassan told reporters: “We are ready and I will not leave.”", "Ali Hassan", "I"),
        ("The Kachin Independence Army, an armed group, shelled the base.", "Kachin Independence Army", "an armed group"),
        ("Iran-backed militiamen fired rockets at Eilat. Hezbollah said it was behind them.", "Iran-backed militiamen", "Hezbollah"),
        ("Hundreds cheered in Gwoza. Ahmed Bello, commander of the garrison, smiled.", "Ahmed Bello", "commander of the garrison"),
        ("The Sudanese army shelled Kadugli. Hours later the army denied it.", "The Sudanese army", "the army"),
        ("The National Bridge Safety Board closed the road. NBSB said it was unsafe.", "National Bridge Safety Board", "NBSB"),
        ("The Kenyan Transport Department apologised. The Transport Department said the line was safe.", "Kenyan Transport Department", "Transport Department"),
        ("The hall was full, said the army spokesman, Peter Otieno.", "Peter Otieno", "the army spokesman"),
        ("Boko Haram raided Dalori. The barbaric group burned homes.", "Boko Haram", "The barbaric group"),
        ("Anna Kovac, spokeswoman for the Red Cross, said: “We have lost contact with two trucks.”", "Red Cross", "We"),
        ("The Sahel Renewal Front group denied it in Gao.", "Sahel Renewal Front", "The Sahel Renewal Front group"),
        ("Judge David Novak said he believes it. “I would think so,” he said.", "David Novak", "I"),
        ("Clinton, who had plenty of stories, spoke. “I come from here,” she told reporters.", "Clinton", "I"),
        ("professor david kent is missing. kent was kidnapped on 13 february in medellin.", "david kent", "kent"),
        ("Relatives of four young men say that soldiers shot them.", "four young men", "them"),
        ("The army held Kidal until May 2014, when rebels seized it.", "Kidal", "it"),
        ("Troops left Aden, the Marib Rights Network monitor said.", "Marib Rights Network", "the Marib Rights Network monitor"),
    ],
)
def test_joined(together: Callable[[str, str, str], bool], text: str, one: str, two: str) -> None:
    assert together(text, one, two)


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Turkish-backed rebels fought the Syrian Democratic Forces near Manbij in Syria.", "Turkish-backed rebels", "Syrian Democratic Forces"),
        ("Iraqi troops fought Islamic State near Mosul. The terror group fled.", "Iraqi troops", "The terror group"),
        ("Ahmed Ali met Omar Ali in Aden. Ali spoke first.", "Ahmed Ali", "Omar Ali"),
        ("The Sudanese army fought the South Sudanese army at Heglig.", "The Sudanese army", "the South Sudanese army"),
        ("Anna Kovac met Peter Novak. She thanked him.", "Peter Novak", "She"),
        ("The police said the protesters had left. Two police officers were hurt.", "The police", "Two police officers"),
        ("Hamas and Fatah signed the deal in Cairo. The group had refused before.", "Hamas", "Fatah"),
        ("Soldiers of the 3rd Battalion, 14th Infantry Regiment, arrived in Kabul.", "3rd Battalion", "14th Infantry Regiment"),
        ("The Security Council condemned the bombing of the French embassies in Kenya.", "Security Council", "the French embassies in Kenya"),
        ("The National Guard paraded in Caracas. “They tried to kill me,” said Peter Novak.", "National Guard", "They"),
        ("Danfil Works burned near Homs. The regime blamed rebels.", "Danfil Works", "The regime"),
        ("Anna Kovac said: “Peter Novak blamed me for the loss.”", "Peter Novak", "me"),
        ("Anna Kovac, a doctor from Aden, said: “We have no water.”", "Anna Kovac", "We"),
        ("In Raqqa, the SDF and the coalition killed 20 fighters.", "SDF", "the coalition"),
        ("Boko Haram fought the militants near Dalori.", "Boko Haram", "the militants"),
        ("Human Rights Watch said the mosque was full when it was hit by a rocket.", "Human Rights Watch", "it"),
        ("Barbara Sykes spoke. “I am certain the governor is going to give way,” she said.", "the governor", "I"),
        ("A Sahel Renewal Front group met the mayor of Gao.", "Sahel Renewal Front", "A Sahel Renewal Front group"),
    ],
)
def test_kept_apart(together: Callable[[str, str, str], bool], text: str, one: str, two: str) -> None:
    assert not together(text, one, two)


def test_the_town_that_somebody_is_based_in_is_that_town(entities_of: Callable[..., EntityTable]) -> None:
    table = entities_of("The London-based group spoke. Two Aleppo-born men were shot in Idlib.", published="2016-05-04")
    assert {e.name: e.country for e in table.entities if e.kind == "place"} == {"London": "GB", "Aleppo": "SY", "Idlib": "SY"}
