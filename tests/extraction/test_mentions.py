"""Mentions: names set right at the edges, noun phrases of actors, pronouns; all texts are ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extraction.mentions import find_mentions
from dateline.language.document import Document

Analyse = Callable[[str], Document]


def forms(document: Document) -> set[tuple[str, str]]:
    return {(document.text[m.start : m.end], m.form) for m in find_mentions(document)}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("President Lansana Conte met the rebels in Conakry.", ("Lansana Conte", "name")),
        ("Gen. Peter Odhiambo said the town was quiet.", ("Peter Odhiambo", "name")),
        ("Boko Haram fighters burned the market in Gwoza.", ("Boko Haram", "name")),
        ("Boko Haram fighters burned the market in Gwoza.", ("Boko Haram fighters", "noun")),
        ("The Ugandan army crossed the border.", ("The Ugandan army", "noun")),
        ("French-backed Malian troops entered Kidal on Monday.", ("French-backed Malian troops", "noun")),
        ("Dozens of gunmen stormed the police station.", ("gunmen", "noun")),
        ("The minister said he would resign.", ("he", "pronoun")),
        ("Villagers said their homes were burned by soldiers.", ("soldiers", "noun")),
        ("The FARC released three hostages.", ("FARC", "name")),
        ("Col. Peter “Duke” Harlow opened the gate.", ("Peter “Duke” Harlow", "name")),
        ("Ships of CTF 61 left the port on Monday.", ("CTF 61", "name")),
        ("The UN peacekeeping mission in Mali closed its camp.", ("The UN peacekeeping mission in Mali", "noun")),
    ],
)
def test_finds(analyse: Analyse, text: str, mention: tuple[str, str]) -> None:
    assert mention in forms(analyse(text))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The law came into force on Monday.", "force"),
        ("He guards the door and it fights on.", "guards"),
        ("It is raining in Nairobi.", "It"),
        ("They will meet on Friday.", "Friday"),
        ("Kunduz was the last major stronghold of the group.", "the last major"),
        ("The jets flew 40 combat missions over the valley.", "40 combat missions"),
        ("He was jailed for his association with the smugglers.", "his association with the smugglers"),
        ("The secretary of state left Geneva.", "state"),
        ("A mining executive was robbed in Lagos.", "A mining executive"),
        ("Market forces drove the price of bread.", "Market forces"),
        ("The storm struck several departments in the north.", "several departments in the north"),
    ],
)
def test_leaves_out(analyse: Analyse, text: str, span: str) -> None:
    assert span not in {text for text, _ in forms(analyse(text))}


def test_offsets_and_order(analyse: Analyse) -> None:
    text = "Rebels of the Lord’s Resistance Army attacked Dungu; the army said it had repelled them."
    document = analyse(text)
    found = find_mentions(document)
    assert all(document.tokens[m.first].start == m.start and document.tokens[m.last - 1].end == m.end and m.first <= m.head < m.last for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_without_capitals(analyse: Analyse) -> None:
    assert ("fmln", "name") in forms(analyse("the fmln attacked an army garrison in san miguel last night."))
    assert "car" not in {t for t, f in forms(analyse("a car was parked near the garrison last night.")) if f == "name"}
