"""Who held a place on a day, as the accounts have it."""

from dataclasses import replace

import pytest

from dateline.errors import UsageError
from dateline.intake import report_of
from dateline.model import Reading
from dateline.pipeline import World, read_report
from dateline.record.ledger import history, holders_everywhere, holders_on
from dateline.record.link import incidents, link
from dateline.record.questions import Question, ask, search
from dateline.record.store import Record, digest_of
from factories import Store, captured, day


@pytest.fixture
def record(store: Store):
    with Record.open(store("r"), create=True) as opened:
        for reading in (
            captured("ISIS", "Raqqa", day("2014-01-13"), published="2014-01-14"),
            captured("SDF", "Raqqa", day("2017-10-17"), says="SDF"),
            captured("ISIS", "Palmyra", day("2015-05-20"), published="2015-05-21"),
            captured("Army", "Palmyra", day("2016-03-27"), published="2016-03-27", change="recaptured"),
            captured("ISIS", "Palmyra", day("2016-12-11"), published="2016-12-11", says="Levant Watch"),
            captured("ISIS", "Palmyra", day("2016-12-11"), published="2016-12-11", says="Army", status="denied"),
            captured("Army", "Palmyra", day("2017-03-02"), published="2017-03-02", change="recaptured"),
        ):
            put(opened, reading)
        yield opened


def put(record: Record, reading: Reading) -> int:
    return record.add(reading, key=reading.report.text, digest=digest_of(reading.report), source_name="t", reader="test")


@pytest.mark.parametrize(
    ("place", "on", "holders"),
    [
        ("Raqqa", "2013-06-01", []),
        ("Raqqa", "2014-01-13", [("ISIS", "reported")]),
        ("Raqqa", "2016-01-01", [("ISIS", "reported")]),
        ("ar-Raqqa", "2017-10-18", [("SDF", "claimed")]),
        ("Palmyra", "2015-06-01", [("ISIS", "reported")]),
        ("Palmyra", "2016-06-01", [("Army", "reported")]),
        ("Palmyra", "2017-01-01", [("ISIS", "contested")]),
        ("Palmyra", "2018-01-01", [("Army", "reported")]),
    ],
)
def test_holder_on_a_day(record: Record, place: str, on: str, holders: list[tuple[str, str]]) -> None:
    assert [(h.holder_name, h.standing) for h in holders_on(record, place, on)] == holders


def test_a_capture_known_by_the_year_is_possible_before_its_end(record: Record) -> None:
    put(record, captured("Group", "Raqqa", day("2019-01-01", "2019-12-31", "year")))
    standings = {h.holder_name: h.standing for h in holders_on(record, "Raqqa", "2019-06-01")}
    assert standings["Group"] == "possible"


def test_the_month_of_one_account_is_the_day_of_another(record: Record) -> None:
    put(record, captured("Group", "Raqqa", day("2019-06-01", "2019-06-30", "month")))
    put(record, captured("Group", "Raqqa", day("2019-06-10"), source="The Harbour Post"))
    assert [h.holder_name for h in holders_on(record, "Raqqa", "2019-06-05")] == ["SDF"]
    assert "Group" in [h.holder_name for h in holders_on(record, "Raqqa", "2019-06-11")]


def test_rebels_are_not_the_army_that_says_it_holds_the_place(store: Store) -> None:
    """Two of one report: "rebels" who took it, and the state's army that denies it and holds it."""
    took = captured("Tuareg rebels", "Raqqa", day("2017-10-17"), says="Tuareg rebels")
    holds = captured("Army", "Raqqa", day("2017-10-17"), says="Army", change="held")
    army = replace(holds.entities[0], id="e5", type="military", mentions=())
    control = replace(holds.control[0], id="c2", holder="e5", according_to=())
    rebels = tuple(replace(e, mentions=tuple(replace(m, form="noun") for m in e.mentions)) if e.name == "Tuareg rebels" else e for e in took.entities)
    both = replace(took, entities=(*rebels, replace(army, known_as="SY.mil")), control=(*took.control, control))
    with Record.open(store("r"), create=True) as held:
        put(held, both)
        assert {h.holder_name for h in holders_on(held, "Raqqa", "2017-10-18")} >= {"Tuareg rebels"}


def by_words(words: str, kind: str) -> Reading:
    """Somebody without a name of its own holds Raqqa, in these words."""
    reading = captured(words, "Raqqa", day("2018-03-01"), source="River Radio", change="held")
    return replace(reading, entities=tuple(replace(e, type=kind) if e.name == words else e for e in reading.entities))


@pytest.mark.parametrize(("words", "of_the_state"), [("The junta", True), ("The ruling junta's forces", True), ("Regime forces", True), ("The council", False)])
def test_the_government_of_the_place_is_meant_by_many_words(store: Store, words: str, *, of_the_state: bool) -> None:
    with Record.open(store("r"), create=True) as held:
        put(held, by_words(words, "government"))
        assert [h.holder == "actor:SY" for h in holders_on(held, "Raqqa", "2018-03-02")] == [of_the_state]


def test_who_besieges_is_named(store: Store) -> None:
    besieged = captured("Jihadists", "Raqqa", day("2018-03-01"), change="besieged", event_type="siege")
    (control,), (event,) = besieged.control, besieged.events
    with Record.open(store("r"), create=True) as held:
        put(held, replace(besieged, control=(replace(control, holder=None, span=event.trigger),)))
        (change,) = history(held, "Raqqa")
        assert (change.holder, change.holder_name) == (None, "Jihadists")


@pytest.mark.parametrize("together", [1, 400])
def test_all_places_at_once_are_answered_as_one_by_one(record: Record, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr("dateline.record.ledger._TOGETHER", together)
    link(record, range(1, 8))
    for on in ("2012-01-01", "2016-05-01", "2016-12-20", "2017-10-18"):
        alone = {(h.place, h.holder, h.standing, h.reason) for place in ("Palmyra", "Raqqa") for h in holders_on(record, place, on)}
        assert {(h.place, h.holder, h.standing, h.reason) for h in holders_everywhere(record, on)} == alone


def test_what_was_known_on_a_day(record: Record) -> None:
    assert [h.holder_name for h in holders_on(record, "Raqqa", "2017-10-18", as_known_on="2017-10-01")] == ["ISIS"]


def test_according_to_one_speaker(record: Record) -> None:
    assert [c.holder_name for c in history(record, "Palmyra", according_to="Levant Watch")] == ["ISIS"]


def test_unknown_place_is_named_with_names_like_it(record: Record) -> None:
    with pytest.raises(UsageError, match="palmyra"):
        holders_on(record, "Palmira", "2016-01-01")


def test_two_reports_of_one_capture_are_one_incident_and_stay_two_accounts(record: Record) -> None:
    first = put(record, captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", killed=5))
    link(record, [first])
    joined = [i for i in incidents(record) if len(i.events) == 2]
    assert len(joined) == 1
    assert {n for n, _ in joined[0].events} == {2, first}


def test_captures_of_different_years_stay_apart(record: Record) -> None:
    link(record, range(1, 8))
    for incident in incidents(record):
        assert not {1, 2} <= {n for n, _ in incident.events}


def test_questions_by_place_actor_and_days(record: Record) -> None:
    items = ask(record, "event", Question(place="Palmyra", actor="ISIS", since="2016-01-01", until="2016-12-31"))
    assert [i.body["when"]["from"] for i in items] == ["2016-12-11", "2016-12-11"]


def test_search_finds_words(record: Record) -> None:
    assert {n for n, _, _ in search(record, "Palmyra Levant")} == {5}


def test_that_an_unnamed_side_lost_it_does_not_end_the_winners_hold(record: Record, world: World) -> None:
    text = (
        "The Syrian army recaptured the town of Maarat al-Numan, Syria, on Thursday, state media said. "
        "“We withdrew from the town last night,” Abu Yusuf, a rebel commander, said by phone."
    )
    put(record, read_report(report_of(text, published="2019-03-08", language="en"), world))
    assert [h.holder_name for h in holders_on(record, "Maarat al-Numan", "2019-03-10")] == ["Syrian armed forces"]
