"""Events of the world: place, time, codes, who says so, and the reasons."""

import pytest

from dateline.intake import report_of
from dateline.pipeline import World, read_report


@pytest.fixture(scope="module")
def world() -> World:
    return World.open()


def read(world, text, **given):
    return read_report(report_of(text, language="en", **given), world)


def event(reading, kind):
    return next(e for e in reading.events if e.type == kind)


def test_every_event_has_ids_codes_and_its_sentence(world) -> None:
    reading = read(world, "Rebels shelled the town of Azaz on 3 May 2016. Two nurses were killed.")
    assert [e.id for e in reading.events] == [f"v{i}" for i in range(1, len(reading.events) + 1)]
    for found in reading.events:
        assert reading.report.text[found.trigger.start : found.trigger.end] == found.trigger.text
        assert found.trigger.text in found.sentence.text
        assert 0 < found.confidence <= 1
        assert found.id in reading.evidence


def test_codes_of_shelling(world) -> None:
    codes = event(read(world, "Rebels shelled the town of Azaz on 3 May 2016."), "shelling").codes
    assert (codes.plover, codes.cameo, codes.acled.event_type, codes.ucdp) == ("ASSAULT", "194", "Explosions/Remote violence", "1")


def test_time_and_place_of_its_own(world) -> None:
    found = event(read(world, "Rebels shelled the town of Azaz on 3 May 2016."), "shelling")
    assert found.when is not None
    assert found.when.earliest == "2016-05-03"
    assert found.where is not None
    assert found.where.span is not None
    assert "Azaz" in found.where.span.text


def test_the_only_place_of_a_sentence_is_lent(world) -> None:
    found = event(read(world, "In Azaz, a doctor said, soldiers kidnapped two nurses on 3 May 2016."), "abduction")
    assert found.where is not None
    assert found.where.span is not None
    assert "Azaz" in found.where.span.text


def test_what_is_denied_is_denied(world) -> None:
    reading = read(world, "The army denied that it had shelled the village of Azaz.")
    assert event(reading, "shelling").status == "denied"


def test_who_says_so(world) -> None:
    reading = read(world, "The mayor said that rebels had shelled the town of Azaz.")
    assert len(event(reading, "shelling").according_to) == 1
    assert event(read(world, "Rebels shelled the town of Azaz."), "shelling").according_to == ()


def test_a_headline_without_a_time_takes_the_day_of_publication(world) -> None:
    text = "Rebels seize the town of Azaz\n\nRebels seized the town of Azaz on Monday, residents said."
    reading = read(world, text, title="Rebels seize the town of Azaz", published="2016-05-03")
    first = reading.events[0]
    if first.trigger.text == "seize" and first.when is not None:
        assert first.when.basis == "report"
        assert first.when.approximate


def test_news_in_the_perfect_is_of_the_day_it_was_told(world) -> None:
    found = event(read(world, "The army said on 3 May 2016 that rebels had taken control of the town of Azaz."), "territory_captured")
    assert found.when is not None
    assert (found.when.earliest, found.when.approximate, found.when.basis) == ("2016-05-03", True, "inferred")


def test_nobody_does_to_them_what_he_does(world) -> None:
    for found in read(world, "Gunmen opened fire at two policemen, killing them on the spot.").events:
        agents = {p.entity for p in found.participants if p.role == "agent" and p.entity}
        assert not agents & {p.entity for p in found.participants if p.role in ("victim", "target")}


def test_what_is_fought_for_is_where_the_fight_is(world) -> None:
    found = event(read(world, "The battle for Aleppo has killed thousands of soldiers."), "armed_clash")
    assert found.where is not None
    assert "Aleppo" in found.where.span.text


def test_who_congratulates_is_the_one_whose_statement_it_is(world) -> None:
    reading = read(world, "The alliance issued a statement on 3 May 2016 that congratulated the army on its victory in Azaz.")
    found = event(reading, "congratulation")
    assert {p.role for p in found.participants} == {"agent", "target"}
    assert found.when is not None
    assert found.when.earliest == "2016-05-03"


def test_whose_embassy_it_is_does_not_say_where(world) -> None:
    found = event(read(world, "The minister condemned the bombings of the U.S. embassies in Kenya."), "bombing")
    assert found.where is not None
    assert "Kenya" in found.where.span.text


def test_a_country_that_a_town_is_told_to_lie_in_is_not_the_scene(world) -> None:
    reading = read(world, "Thousands of people fled the town of Sake in eastern Congo on Wednesday as M23 rebels fired shells from the hills.")
    names = {e.id: e.name for e in reading.entities}
    for found in reading.events:
        assert found.where is not None
        assert names[found.where.entity or ""] == "Sake"


def test_a_country_that_acts_lends_no_place(world) -> None:
    for found in read(world, "The United Kingdom remains steadfast in its support for the fight against the militants.").events:
        assert found.type != "armed_clash" or found.where is None


@pytest.mark.parametrize(
    ("text", "kind", "sub"),
    [
        ("Rebels captured the town of Azaz from the Syrian army.", "territory_captured", "Non-state actor overtakes territory"),
        ("Turkish troops captured the Syrian town of Azaz from rebels.", "territory_captured", None),
        ("The Syrian army recaptured the town of Azaz from rebels.", "territory_recaptured", "Government regains territory"),
    ],
)
def test_who_takes_a_town_decides_its_code(world, text: str, kind: str, sub: str | None) -> None:
    assert event(read(world, text), kind).codes.acled.sub_event_type == sub


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Russian jets bombed a market in Idlib.", "RU"),
        ("Israeli helicopters and tanks shelled positions near Rafah.", "IL"),
        ("A Turkish air strike killed nine people.", "TR"),
        ("Palestinian rockets hit Ashkelon.", None),
        ("Indian shells killed nine people in Kashmir.", None),
    ],
)
def test_a_nationality_before_what_states_have_tells_who_did_it(world, text: str, doer: str | None) -> None:
    reading = read(world, text)
    known = {e.id: e.known_as for e in reading.entities}
    agents = [known.get(p.entity) for e in reading.events for p in e.participants if p.role == "agent"]
    assert agents == [doer]


@pytest.mark.parametrize(
    ("text", "kind", "agents", "victims"),
    [
        ("Two Palestinians were killed by Israeli fire in Jenin.", "attack_on_civilians", ["IL"], 1),
        ("A farmer was wounded by army fire near Tulkarm.", "attack_on_civilians", [None], 1),
        ("A Greek forest fire killed 12 people.", "disaster_man_made", [], 1),
        ("A big fire killed 12 people in Athens.", "disaster_man_made", [], 1),
    ],
)
def test_fire_of_weapons_is_no_blaze(world, text: str, kind: str, agents: list[str | None], victims: int) -> None:
    reading = read(world, text)
    known = {e.id: e.known_as for e in reading.entities}
    (event,) = reading.events
    assert event.type == kind
    assert agents == [known.get(p.entity) for p in event.participants if p.role == "agent" and kind != "disaster_man_made"]
    assert len([p for p in event.participants if p.role == "victim"]) == victims


def test_who_arrests_is_the_noun_before_the_verb(world) -> None:
    reading = read(world, "Protesters burned offices in Dakar and police arrested 40 of them.")
    (arrest,) = (e for e in reading.events if e.type == "arrest")
    assert [p.span.text for p in arrest.participants if p.role == "agent"] == ["police"]


def test_which_killed_is_the_bombing_and_not_the_church(world) -> None:
    reading = read(world, "Sunday's bombing of a church in Jolo, which killed 20, was claimed by Abu Sayyaf.")
    (bombing,) = (e for e in reading.events if e.type in ("bombing", "killing"))
    assert (bombing.type, len(bombing.figures)) == ("bombing", 1)
    assert [p.span.text for p in bombing.participants if p.role == "agent"] == ["Abu Sayyaf"]


def test_it_was_attacked(world) -> None:
    reading = read(world, "The convoy had been on its way to Tigray when it was attacked by unidentified armed men.")
    assert [(p.role, p.span.text) for e in reading.events for p in e.participants if p.role == "agent"] == [("agent", "unidentified armed men")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rebels held Lachin until 1992, when Armenian forces captured the town.", ("1992-01-01", "1992-12-31")),
        ("Rebels held Lachin until May 1992, when Armenian forces captured the town.", ("1992-05-01", "1992-05-31")),
    ],
)
def test_what_ends_a_hold_happens_on_its_last_day(world, text: str, day: tuple[str, str]) -> None:
    when = event(read(world, text), "territory_captured").when
    assert when is not None
    assert (when.earliest, when.latest) == day


def test_the_toll_is_that_of_the_blast_told_before(world) -> None:
    reading = read(world, "Police said 12 people were killed in a blast in Kabul on 9 March 2015. They later put the toll at nine.")
    assert [(f.best, f.event) for f in reading.figures] == [(12, "v1"), (9, "v1")]
    assert reading.figures[1].when == reading.figures[0].when


@pytest.mark.parametrize(("plea", "status"), [("guilty", "occurred"), ("not guilty", "denied")])
def test_a_plea_admits_or_denies_what_it_is_about(world, plea: str, status: str) -> None:
    reading = read(world, f"The driver pleaded {plea} to charges of murdering two soldiers.")
    assert [s.act for s in reading.statements] == ["admit" if plea == "guilty" else "deny"]
    assert [(e.type, e.status) for e in reading.events] == [("legal_action", "occurred"), ("attack_on_civilians", status)]


def test_who_has_an_office_takes_part_not_the_office(world) -> None:
    reading = read(world, "Secretary of State John Kerry met Foreign Minister Sergei Lavrov in Geneva.")
    names = {e.id: e.name for e in reading.entities}
    assert [names.get(p.entity) for p in event(reading, "meeting").participants] == ["John Kerry", "Sergei Lavrov"]


def test_who_did_what_the_noun_tells_stands_behind_by(world) -> None:
    reading = read(world, "The mission condemned the killing of two of its peacekeepers by the CODECO militia near Djugu on Sunday.")
    (killing,) = (e for e in reading.events if e.trigger.text == "killing")
    assert [(p.role, p.span.text) for p in killing.participants] == [("victim", "two of its peacekeepers"), ("agent", "the CODECO militia")]


def test_neither_confirmed_nor_denied_has_its_speaker(world) -> None:
    reading = read(world, "The mayor of Goma, Omar Ali, neither confirmed nor denied the reports of a massacre.")
    names = {e.id: e.name for e in reading.entities}
    assert [(names.get(s.speaker), s.act) for s in reading.statements if s.act == "refuse"] == [("Omar Ali", "refuse")]
