"""Control, figures and relations of whole readings: holders, days, who says so, and no row twice."""

from __future__ import annotations

import pytest

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
