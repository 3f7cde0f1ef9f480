"""Whose word a thing is: claims and their denials, refusals to speak, tags at the end, interviews; who is never told as saying it."""

import pytest

from dateline.intake import report_of
from dateline.model import Reading
from dateline.pipeline import World, read_report


@pytest.fixture(scope="module")
def world() -> World:
    return World.open()


def read(world: World, text: str) -> Reading:
    reading = read_report(report_of(text, language="en", published="2022-12-01"), world)
    assert isinstance(reading, Reading)
    return reading


def told(reading: Reading) -> list[tuple[str | None, str]]:
    """The words for the speaker and the act of each statement."""
    return [(s.speaker_span.text if s.speaker_span else None, s.act) for s in reading.statements]


def sources(reading: Reading, kind: str) -> list[str | None]:
    """The words for those by whom the first event of this type is told, outermost first."""
    event = next(e for e in reading.events if e.type == kind)
    spans = {s.id: s.speaker_span for s in reading.statements}
    return [span.text if (span := spans[s]) is not None else None for s in event.according_to]


def status(reading: Reading, kind: str) -> str:
    return next(e.status for e in reading.events if e.type == kind)


DENIED = [
    ("The army denied the rebels' claims that it had shelled the market.", "shelling", ["The army", "the rebels"]),
    ("Ukraine rejected Russian claims that its forces had captured Soledar.", "territory_captured", ["Ukraine", "Russian"]),
    ("Moscow denied accusations by Kyiv that its troops had executed prisoners.", "execution", ["Moscow", "Kyiv"]),
    ("The army denied a report by Reuters that its jets had bombed the market.", "air_strike", ["The army", "Reuters"]),
    ("Claims by the rebels that they had taken the base were rejected by the army.", "territory_captured", ["the army", "the rebels"]),
    ("The army disputed the rebels' claim to have captured Goma.", "territory_captured", ["The army", "the rebels"]),
    ("The ministry dismissed reports that 30 soldiers were killed in Bakhmut.", "killing", ["The ministry", None]),
    ("The governor dismissed as false reports that militants had seized the airport.", "territory_captured", ["The governor", None]),
    ("The Taliban rejected the accusation that they had attacked the school.", "attack_on_civilians", ["The Taliban", None]),
]


@pytest.mark.parametrize(("text", "kind", "speakers"), DENIED, ids=[row[0][:45] for row in DENIED])
def test_a_denied_claim_is_his_who_claims_it(world: World, text: str, kind: str, speakers: list[str | None]) -> None:
    reading = read(world, text)
    assert (status(reading, kind), sources(reading, kind)) == ("denied", speakers)
    assert told(reading)[0][1] == "deny" or told(reading)[1][1] == "deny"
    assert next(s for s in reading.statements if s.act != "deny").within is not None


def test_a_claim_ends_before_the_clause_that_answers_it(world: World) -> None:
    reading = read(world, "The army said it killed 40 fighters, a claim the rebels denied.")
    assert [[c.text for c in s.content] for s in reading.statements] == [["it killed 40 fighters"], ["a claim"]]
    assert [s.within for s in reading.statements] == [None, None]
    reading = read(world, "The rebels claimed to have captured Goma, which the army denied.")
    assert reading.statements[0].content[0].text == "to have captured Goma"


@pytest.mark.parametrize("text", ["The rebels rejected the offer of a truce.", "The council rejected the demand of the general."])
def test_what_is_no_claim_is_not_denied(world: World, text: str) -> None:
    assert "deny" not in [act for _, act in told(read(world, text))]


REFUSED = [
    ("The ministry could neither confirm nor deny that its troops had entered Goma.", "offensive_launched", [], "possible"),
    ("Officials would not confirm that the army had shelled the school.", "shelling", [], "possible"),
    ("The Pentagon declined to comment on reports that a drone had struck a wedding in Bayda.", "drone_strike", [None], "occurred"),
    ("The Israeli military declined to comment on the strike, which killed nine people in Damascus.", "air_strike", [], "occurred"),
    ("Reuters could not verify the claim that Russian forces had taken Bakhmut.", "territory_captured", [None], "occurred"),
    ("The army has not confirmed the rebels' claim that the airport had been shelled.", "shelling", ["the rebels"], "occurred"),
    ("Neither Ankara nor Damascus has commented on reports that their troops clashed near Afrin.", "armed_clash", [None], "occurred"),
    ("The general is rumoured to have fled to Dubai, which the palace would not confirm.", "displacement", [None], "possible"),
    ("There was no comment from the army on the report that 15 troops had been captured.", "arrest", [None], "occurred"),
]


@pytest.mark.parametrize(("text", "kind", "speakers", "standing"), REFUSED, ids=[row[0][:45] for row in REFUSED])
def test_who_declines_to_speak_is_no_source(world: World, text: str, kind: str, speakers: list[str | None], standing: str) -> None:
    reading = read(world, text)
    assert (sources(reading, kind), status(reading, kind)) == (speakers, standing)
    assert "refuse" in [act for _, act in told(reading)]


def test_who_is_asked_does_not_ask(world: World) -> None:
    reading = read(world, "Asked about reports that rebels had seized the airport, the governor had no comment.")
    assert told(reading) == [(None, "report"), ("the governor", "refuse")]


TAGS = [
    ("Rebels shelled the airport on Monday, Ahmed Karim, a spokesman for the Syrian army, said.", "Ahmed Karim, a spokesman for the Syrian army"),
    ("Shells hit a market in Donetsk, Denis Orlov, the mayor of the city, said on Telegram.", "Denis Orlov, the mayor of the city"),
    ("The attack killed nine, said a statement from the interior ministry.", "a statement from the interior ministry"),
    ("The aid group that runs it said the hospital had been shelled.", "The aid group that runs it"),
    ("A bomb killed four soldiers in Balochistan's Kech district, the military's media wing said.", "the military's media wing"),
]


@pytest.mark.parametrize(("text", "speaker"), TAGS, ids=[row[1][:30] for row in TAGS])
def test_who_stands_before_or_behind_said(world: World, text: str, speaker: str) -> None:
    reading = read(world, text)
    assert told(reading) == [(speaker, "say")]
    assert all(p.span.text != speaker and "Karim" not in p.span.text for e in reading.events for p in e.participants)


def test_who_tells_of_a_deed_did_not_do_it(world: World) -> None:
    reading = read(world, '"They burned everything," Fatima, a mother of four from El Geneina, told the BBC.')
    assert [p.span.text for e in reading.events for p in e.participants if p.role == "agent"] == ["They"]


INTERVIEW = """Q: Did your troops shell the hospital in Kunduz?

A: No. The Taliban fired from the next street.

They always do.

Q: How many men have you lost?

A: Forty soldiers were killed in May.

The war began in 2014.
"""


def test_in_an_interview_who_answers_says_it(world: World) -> None:
    reading = read(world, INTERVIEW)
    assert [(s.speaker_span.text, len(s.content)) for s in reading.statements if s.speaker_span] == [("Q", 1), ("A", 2), ("Q", 1), ("A", 1)]
    assert status(reading, "shelling") == "hypothetical"
    assert sources(reading, "killing") == ["A"]
    assert all("2014" not in c.text for s in reading.statements for c in s.content)


def test_turns_have_the_names_of_those_who_speak(world: World) -> None:
    text = (
        "BBC: Has the army used chlorine?\n\nAhmed Karim: Yes. It dropped chlorine on Sarmin.\n\nBBC: Did the rebels execute prisoners?\n\nAhmed Karim: No.\n"
    )
    assert [who for who, _ in told(read(world, "We spoke to Ahmed Karim in Gaziantep.\n\n" + text))] == ["BBC", "Ahmed Karim", "BBC", "Ahmed Karim"]


@pytest.mark.parametrize(
    "text",
    [
        "Situation report\n\nLocation: Goma\n\nKilled: 12\n\nLocation: Sake\n\nKilled: 4\n",
        "Time: 9 a.m.\n\nPlace: Goma\n\nDetails: Rebels shelled the airport, killing nine.\n",
    ],
)
def test_the_labels_of_a_form_say_nothing(world: World, text: str) -> None:
    assert told(read(world, text)) == []


def test_what_one_is_asked_to_confirm_is_not_confirmed(world: World) -> None:
    assert "confirm" not in [act for _, act in told(read(world, "Can you confirm that Russian troops crossed the border?"))]


def test_the_office_of_a_body_speaks_for_it(world: World) -> None:
    reading = read(world, "A bomb killed four soldiers in Balochistan's Kech district, the military's media wing said.")
    names = {e.id: e.name for e in reading.entities}
    assert [names[s.speaker] for s in reading.statements if s.speaker] == ["Pakistan Army"]


SAID_BY = [
    ("Government forces backed by Russian jets advanced on Maarat al-Numan on Thursday, activists said.", "activists", "Government forces"),
    ("Al-Qaida-linked militants attacked the town of Bourem overnight, residents and a security source said.", "residents", "Al-Qaida-linked militants"),
    ("Clashes between two militias left 55 dead and 146 wounded, the emergency services said on Wednesday.", "the emergency services", "Clashes"),
    ("Gunmen killed a mayor, police and soldiers said.", "police", "Gunmen"),
    ("The attack killed nine, the army and local officials said on Friday.", "the army", "The attack"),
]


@pytest.mark.parametrize(("text", "speaker", "begins"), SAID_BY, ids=[row[1] for row in SAID_BY])
def test_what_is_said_is_whole_and_who_says_it_took_no_part(world: World, text: str, speaker: str, begins: str) -> None:
    reading = read(world, text)
    names = {e.id: e.name for e in reading.entities}
    (statement,) = reading.statements
    assert names[statement.speaker] == speaker
    assert statement.content[0].text.startswith(begins)
    assert speaker not in [p.span.text for e in reading.events for p in e.participants]
    assert all(e.according_to == (statement.id,) for e in reading.events if e.type != "denial")
