"""Who: the who's who and the entities of a report; all texts are ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.intake import report_of
from dateline.model import Entity
from dateline.pipeline import read_report
from dateline.resolution.scene import EntityTable
from dateline.whoswho import WhosWho, check_actors

HEADER = "key\tname\taliases\ttype\tcountries\tparents\tpatrons\tallies\tenemies\tfrom\tto\tclass\tsource\n"


def naming(table: EntityTable, words: str) -> Entity:
    found = [e for e in table.entities if any(m.text.lower() == words.lower() for m in e.mentions)]
    assert found, f"no entity is called {words!r}: {[(e.name, [m.text for m in e.mentions]) for e in table.entities]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "published", "words", "key"),
    [
        ("The RSF shelled a market in Omdurman, Sudan, residents said.", "2023-11-02", "RSF", "rsf"),
        ("IDF troops shot at two men near Tyre in Lebanon.", "2018-03-05", "IDF", "IL.mil"),
        ("Syrian fighters of the SDF entered Tabqa in Syria.", "2017-05-10", "SDF", "sdf"),
        ("The Kenyan army said its soldiers had crossed into Somalia.", "2011-10-16", "The Kenyan army", "KE.mil"),
        ("Taliban fighters attacked a checkpoint near Kunduz.", "2015-09-28", "Taliban fighters", "taliban"),
        ("Isis claimed the bombing in Baghdad, Iraq.", "2016-07-03", "Isis", "islamic_state"),
        ("Saddam's forces retreated from Basra, in southern Iraq.", "2003-04-06", "Saddam's forces", "IQ.mil"),
        ("Honduran soldiers met aides of the Costa Rican envoy in Costa Rica, near San Jose. The army denied it.", "1990-07-01", "The army", "HN.mil"),
        (
            "Combined Joint Task Force - Operation Inherent Resolve sent trucks.",
            "2016-07-01",
            "Combined Joint Task Force - Operation Inherent Resolve",
            "cjtf_oir",
        ),
        ("The Assad regime shelled Homs in Syria. Russian forces were near. Envoys urged the regime to stop.", "2015-10-07", "the regime", "SY.gov"),
        ("The Federal Government of Iraq and envoys met in Baghdad, Iraq.", "2014-12-02", "Federal Government of Iraq", "IQ.gov"),
        ("Democrats said on Tuesday that the vote in Washington, in the United States, would wait.", "2016-10-07", "Democrats", "democrats_us"),
        ("Ethiopian police arrested the leader of the party in Ethiopia.", "2020-07-01", "Ethiopian police", "ET.pol"),
    ],
)
def test_known_as(entities_of: Callable[..., EntityTable], text: str, published: str, words: str, key: str) -> None:
    assert naming(entities_of(text, published=published), words).known_as == key


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("The SDF held its annual charity run in Oslo, Norway.", "2017-05-10", "SDF"),
        ("Saudi-backed Yemeni forces advanced near Marib in Yemen.", "2016-01-10", "Saudi-backed Yemeni forces"),
        ("Rebel Sudanese forces shelled Kadugli in Sudan.", "2012-10-08", "Rebel Sudanese forces"),
    ],
)
def test_left_open(entities_of: Callable[..., EntityTable], text: str, published: str, words: str) -> None:
    assert naming(entities_of(text, published=published), words).known_as is None


def test_states_act_and_places_lie(entities_of: Callable[..., EntityTable]) -> None:
    table = entities_of("Turkey said its jets had struck a camp. The camp lies in Turkey, near the border.", published="2019-10-10")
    assert {e.kind for e in table.entities if e.country == "TR" and e.type in ("state", "country")} == {"actor", "place"}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The regime and its backers, notably Russia, bombed the town of Homs in Syria.", "Russia", "actor"),
        ("Russia has a responsibility to press the government of Syria.", "Russia", "actor"),
        ("Nations that have struck targets include Australia, Belgium and Canada.", "Canada", "actor"),
        ("Its stops include Australia, Belgium and Canada.", "Canada", "place"),
        ("Russia has three harbours on the sea near Syria.", "Russia", "place"),
    ],
)
def test_states_among_those_who_act(entities_of: Callable[..., EntityTable], text: str, words: str, kind: str) -> None:
    assert naming(entities_of(text, published="2016-10-07"), words).kind == kind


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Members of the police department fired at students in Santiago.", "Members of the police department", "police"),
        ("Drug traffickers bombed a newspaper in Bogota.", "Drug traffickers", "armed_group"),
        ("The high command of the armed forces denied it.", "The high command of the armed forces", "military"),
        ("Civic leaders demanded the video.", "Civic leaders", "civilians"),
    ],
)
def test_nouns_tell_the_type(entities_of: Callable[..., EntityTable], text: str, words: str, kind: str) -> None:
    assert naming(entities_of(text, published="1990-10-07"), words).type == kind


def test_every_mention_is_in_the_text(entities_of: Callable[..., EntityTable]) -> None:
    text = "Colombia's army said on Monday that ELN guerrillas had freed five miners. “We thank them,” said Gen. Luis Rojas."
    for entity in entities_of(text).entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
        assert entity.mentions


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("a\tA\t\tmilitia\tXX\t\t\t\t\t\t\t\tme\n", "no country"),
        ("a\tA\t\tmilitia\tSY\tnobody\t\t\t\t\t\t\tme\n", "no key"),
        ("a\tA\t\tmilitia\tSY\tb\t\t\t\t\t\t\tme\nb\tB\t\tmilitia\tSY\ta\t\t\t\t\t\t\tme\n", "circle"),
        ("a\tA\t\tmilitia\tSY\t\t\t\t\t2015\t2011\t\tme\n", "before it begins"),
        ("a\tA\t\tmilitia\tSY\t\t\t\t\t\t\t\tme\na\tB\t\tmilitia\tSY\t\t\t\t\t\t\t\tme\n", "stands here"),
        ("a\tA\tB|B\tmilitia\tSY\t\t\t\t\t\t\t\tme\n", "twice"),
        ("a\tA\t\tarmy\tSY\t\t\t\t\t\t\t\tme\n", "no type"),
        ("a\tA\t\tmilitia\tSY\t\t\t\tIR@2019-2014\t\t\t\tme\n", "backwards"),
        ("a\tA\t\tmilitia\tSY\t\t\t\t\t\t\t\t\n", "where it is from"),
    ],
)
def test_a_users_file_is_refused(tmp_path: Path, rows: str, wrong: str) -> None:
    file = tmp_path / "actors.tsv"
    file.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(LexiconError, match=wrong):
        check_actors(file)


def test_a_users_file_adds_and_overrides(tmp_path: Path) -> None:
    file = tmp_path / "actors.tsv"
    file.write_text(HEADER + "river_guard\tRiver Guard\tRG\tmilitia\tNG\t\t\t\tboko_haram@2020-\t2020\t\t\tour field notes\n", encoding="utf-8")
    whos_who = WhosWho.open(file)
    assert [a.key for a in whos_who.candidates("the River Guard")] == ["river_guard"]
    assert whos_who.get("boko_haram") is not None


def test_years_and_countries_choose() -> None:
    whos_who = WhosWho.open()
    choose = whos_who.choose
    assert (a := choose("PDF", countries={"MM": 2}, year=2022)) is not None
    assert a.key == "pdf_myanmar"
    assert (b := choose("PDF", countries={"PA": 3}, year=1989)) is not None
    assert b.key == "panama_defense_forces"
    assert choose("Republican Guard", countries={}, year=2012) is None
    assert (c := choose("Republican Guard", countries={"SY": 4}, year=2012)) is not None
    assert c.key == "republican_guard_sy"


def test_the_lexicon_is_wide() -> None:
    whos_who = WhosWho.open()
    assert len([k for k in whos_who.actors if "." not in k and k not in whos_who.states]) >= 1200
    assert len(whos_who.states) >= 195


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The envoy for the Middle East Anna Kovac arrived.", "Middle East", "place"),
        ("Four army members were hurt.", "Four army members", "actor"),
        ("A Roadside IED hit a convoy. The regime blamed rebels.", "Roadside IED", "weapon"),
        ("Anna Jo Green leads a team. Green said it was ready.", "Green", "person"),
    ],
)
def test_kinds(entities_of: Callable[..., EntityTable], text: str, words: str, kind: str) -> None:
    assert naming(entities_of(text), words).kind == kind


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("Four army members were hurt.", "Four army members", "military"),
        ("All parties must let aid into the town.", "All parties", "other"),
        ("The 9th Expeditionary Wing sent its jets.", "9th Expeditionary Wing", "military"),
    ],
)
def test_types_by_words(entities_of: Callable[..., EntityTable], text: str, words: str, type_: str) -> None:
    assert naming(entities_of(text), words).type == type_


def test_a_place_is_called_as_the_report_calls_it(entities_of: Callable[..., EntityTable]) -> None:
    place = naming(entities_of("Fighters left Raqqa in Syria. Raqqa was quiet."), "Raqqa")
    assert place.name == "Raqqa"
    assert any("Raqqah" in alias for alias in place.aliases)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("British Defence Secretary Ann Okell met officers in Kuwait on Monday.", "Ann Okell", "GB"),
        ("Turkey's President Kemal Aydin spoke in Ankara.", "Kemal Aydin", "TR"),
        ("U.S. special envoy John Harrow flew to Damascus.", "John Harrow", "US"),
        ("The former Serbian prime minister Goran Petrov was arrested.", "Goran Petrov", "RS"),
        ("An envoy to Syria, Lars Holm, left Geneva.", "Lars Holm", None),
        ("Russian-backed commander Omar Sayed fled.", "Omar Sayed", None),
        ("Police in Kenya, where John Mwangi lives, arrested two men.", "John Mwangi", None),
    ],
)
def test_whose_officer_a_person_is(entities_of: Callable[..., EntityTable], text: str, words: str, country: str | None) -> None:
    assert naming(entities_of(text), words).country == country


@pytest.mark.parametrize(
    "text",
    [
        "The army killed five fighters in Marib on Monday. Turkish officials said they were worried. France condemned the raid.",
        "The army said it had killed 58 Ukrainian soldiers in a day.",
        "The army killed three Turkish soldiers in Idlib.",
        "The army killed five people in Goma. A French aid group treated the wounded. The French government was worried.",
    ],
)
def test_an_unnamed_army_is_not_an_onlookers(entities_of: Callable[..., EntityTable], text: str) -> None:
    assert naming(entities_of(text, published="2022-11-28"), "The army").known_as is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Syrian troops entered Homs on Monday. The army said it had seized Palmyra.", "SY.mil"),
        ("The army retook Homs and Palmyra. Officials of the Syrian government were there.", "SY.mil"),
        ("The army shelled a village near Bamako. French troops watched. Two French soldiers were wounded in Gao.", "ML.mil"),
        ("The army retook Homs, Aleppo and Palmyra. French officials were there.", "SY.mil"),
    ],
)
def test_an_unnamed_army_is_the_lands_where_that_is_clear(entities_of: Callable[..., EntityTable], text: str, key: str) -> None:
    assert naming(entities_of(text, published="2016-11-28"), "The army").known_as == key


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        (
            "The Syrian Observatory for Human Rights said 12 died in Idlib. The Britain-based monitor said jets hit a market.",
            "The Britain-based monitor",
            "sohr",
        ),
        ("Twelve died in Idlib. The Britain-based monitor said jets hit a market.", "The Britain-based monitor", None),
        ("Amnesty International said 12 died. Taliban fighters fled. The London-based group said jets hit a market.", "The London-based group", None),
    ],
)
def test_who_sits_somewhere_is_who_was_introduced(entities_of: Callable[..., EntityTable], text: str, words: str, key: str | None) -> None:
    assert naming(entities_of(text, published="2022-11-28"), words).known_as == key


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Three soldiers were wounded, Russia's state-run Tass news agency reported.", "TASS"),
        ("Four died, Iran's semi-official Fars news agency said.", "Fars News Agency"),
        ("Four died, Iran's state news agency said.", "Iran's state news agency"),
        ("The group's website said four died.", "The group"),
        ("Foreign Office Minister, Tobias Ellwood, said the raid was a crime.", "Tobias Ellwood"),
    ],
)
def test_an_agency_speaks_not_its_country(world, text: str, speaker: str) -> None:
    reading = read_report(report_of(text, published="2022-11-28", language="en"), world)
    names = {e.id: e.name for e in reading.entities}
    assert [names.get(s.speaker or "") for s in reading.statements] == [speaker]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Three Russian soldiers were wounded near Homs. “They lay mines and booby traps,” one source said.", None),
        ("Gunmen stormed the village on Monday. “They killed my son,” a resident said.", "Gunmen"),
    ],
)
def test_whom_a_speaker_calls_they(world, text: str, agent: str | None) -> None:
    reading = read_report(report_of(text, published="2022-11-28", language="en"), world)
    names = {e.id: e.name for e in reading.entities}
    assert [names.get(p.entity or "") for p in reading.events[-1].participants if p.role == "agent"] == [agent]
