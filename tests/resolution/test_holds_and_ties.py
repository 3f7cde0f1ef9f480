"""Control, figures and relations of whole readings: holders, days, who says so, and no row twice."""

from __future__ import annotations

import pytest

from dateline.intake import report_of
from dateline.model import Published, Reading, Report, Section
from dateline.pipeline import World, read_report


@pytest.fixture(scope="module")
def world() -> World:
    return World.open()


def reading(world: World, text: str, published: str = "2021-04-02") -> Reading:
    dated = Published(published, "metadata")
    return read_report(Report(id="r", text=text, language="en", published=dated, sections=(Section("paragraph", 0, len(text)),)), world)


def holds(found: Reading) -> list[tuple[str, str | None, str | None]]:
    names = {e.id: e.name for e in found.entities}
    return [(c.change, names.get(c.place or ""), c.status) for c in found.control]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army recaptured Aleppo from the rebels on Monday.", ("recaptured", "Aleppo", "occurred")),
        ("The army does not control Aleppo.", ("held", "Aleppo", "denied")),
        ("Aleppo has been besieged by the army since 2012.", ("besieged", "Aleppo", "occurred")),
    ],
)
def test_changes(world, text, expected):
    assert expected in holds(reading(world, text))


def test_an_event_and_its_words_are_one_row(world):
    found = reading(world, "The army took full control of Aleppo on Monday.")
    assert len(found.control) == 1
    assert found.control[0].when is not None
    assert (found.control[0].when.earliest, found.control[0].when.latest) == ("2021-03-29", "2021-03-29")


def test_a_hold_without_a_day_is_of_the_day_of_publication(world):
    (row,) = reading(world, "The rebels control the city of Aleppo.").control
    assert row.when is not None
    assert (row.when.earliest, row.when.basis) == ("2021-04-02", "report")


def test_claims_keep_their_speaker(world):
    found = reading(world, "The army said it controls the city of Aleppo.")
    assert found.control[0].according_to != ()


def test_every_row_has_a_reason_and_true_offsets(world):
    found = reading(world, "Rebels backed by Turkey seized Aleppo on Monday, killing 13 soldiers and wounding at least 20.")
    rows = (*found.control, *found.figures, *found.relations)
    assert {"c1", "f1", "f2", "r1"} <= {row.id for row in rows}
    for row in rows:
        assert found.evidence[row.id]
        assert found.report.text[row.span.start : row.span.end] == row.span.text


def test_figures_hang_on_their_event(world):
    found = reading(world, "Shelling in Aleppo killed 13 people on Monday.")
    (figure,) = found.figures
    assert (figure.measure, figure.best, figure.event is not None, figure.where is not None) == ("killed", 13.0, True, True)


def test_a_country_lies_in_no_country(world):
    found = reading(world, "Ministers of Iraq, Jordan and Lebanon met in Amman.")
    types = {e.id: e.type for e in found.entities}
    assert not [r for r in found.relations if r.type == "located_in" and types[r.source] == "country"]


@pytest.mark.parametrize("text", ["The bank holds its shares in Aleppo.", "The rebels held talks in Aleppo on Monday."])
def test_no_hold(world, text):
    assert reading(world, text).control == ()


@pytest.mark.parametrize(
    "text",
    [
        "Who controls Aleppo?",
        "Villagers control the town of Aleppo.",
        "A spokesman for the rebels captured Aleppo.",
        "Rebels seized a police station in the city of Aleppo.",
        "The militants captured 3 km of the city of Aleppo on Monday.",
        "The Conservatives recaptured Leeds in the election on Thursday, as voters turned away from Labour.",
    ],
)
def test_no_hold_of_the_whole_place(world, text):
    assert not reading(world, text).control


def test_the_first_time_since_does_not_date_a_capture(world):
    found = reading(world, "For the first time since 2009 the rebels have captured the city of Aleppo.")
    assert all(c.when is None or (c.when.earliest or "2021") >= "2010" for c in found.control)
    taken = reading(world, "The army has taken full control of Aleppo from Islamic State.").control
    names = {e.id: e.name for e in reading(world, "The army has taken full control of Aleppo from Islamic State.").entities}
    assert [names.get(c.previous_holder or "") for c in taken] == ["Islamic State"]


CHANGES_OF_HANDS = [
    ("ISIS captured Palmyra in May 2015. The army took it back in March 2016.", [("Palmyra", "Islamic State"), ("Palmyra", "The army")]),
    ("Government troops took Wau on 3 May and lost it again to the rebels on 5 May.", [("Wau", "Government troops"), ("Wau", "the rebels")]),
    (
        "Raqqa fell to ISIS in January 2014; the SDF wrested it from the group in October 2017.",
        [("Raqqa", "Islamic State"), ("Raqqa", "Syrian Democratic Forces")],
    ),
    ("The village of Klishchiivka has changed hands several times since May.", [("Klishchiivka", None)]),
    ("The army lost contact with the unit and took it back to base.", []),
    ("He bought a car in Palmyra in 2012. His brother took it back a year later.", []),
    ("The house in Goma changed hands twice in May.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CHANGES_OF_HANDS, ids=[row[0][:40] for row in CHANGES_OF_HANDS])
def test_a_place_changes_hands_again(world: World, text: str, wanted: list[tuple[str, str | None]]) -> None:
    found = reading(world, text)
    names = {e.id: e.name for e in found.entities}
    assert [(names[c.place], names.get(c.holder or "")) for c in found.control] == wanted


PAST = [
    ("Hekmatyar, a former ally of the Taliban, met Karzai.", ("ally_of", "2021-04-02")),
    ("Iran no longer backs Hamas.", ("backs", "2021-04-02")),
    ("The militia used to side with the government.", ("ally_of", "2021-04-02")),
    ("Turkey had backed the group until 2015.", ("backs", "2015-12-31")),
    ("The group split from the FDLR in 2016.", ("part_of", "2016-12-31")),
    ("General Manaf Tlass defected from the Syrian army in July 2012.", ("member_of", "2012-07-31")),
    ("Iran backs Hezbollah.", ("backs", None)),
    ("Russia, an ally of Syria, sent jets.", ("ally_of", None)),
]


@pytest.mark.parametrize(("text", "wanted"), PAST, ids=[row[0][:40] for row in PAST])
def test_a_tie_of_the_past_is_over(world: World, text: str, wanted: tuple[str, str | None]) -> None:
    found = reading(world, text)
    assert [(r.type, r.when.latest if r.when else None) for r in found.relations if r.type != "located_in"] == [wanted]


def test_without_a_day_a_tie_of_the_past_is_not_told(world: World) -> None:
    found = read_report(report_of("Hekmatyar, a former ally of the Taliban, met Karzai.", language="en"), world)
    assert not [r for r in found.relations if r.type == "ally_of"]
