"""A release answers for ever as on the day it was frozen; a difference names what changed and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.errors import UsageError
from dateline.record import corrections, releases, views
from dateline.record.corrections import Correction
from dateline.record.differences import differences
from dateline.record.ledger import holders_on
from dateline.record.link import incidents, link, pending
from dateline.record.questions import Question, ask
from dateline.record.store import Record, digest_of
from factories import Store, captured, day

WHO = "A. Reader"


def put(record: Record, reading, *, key: str) -> int:
    number = record.add(reading, key=key, digest=digest_of(reading.report), source_name="t", reader="test")
    link(record, pending(record))
    return number


@pytest.fixture
def record(store: Store):
    with Record.open(store("r"), create=True) as opened:
        put(opened, captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9), key="a")
        put(opened, captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", published="2017-10-19", killed=12), key="b")
        yield opened


def answers(record: Record) -> list[object]:
    """What many questions give."""
    return [
        [[(i.handle, i.body) for i in ask(record, word, Question())] for word in ("event", "statement", "figure", "control", "entity")],
        [ask(record, "event", Question(place="Raqqa", status="occurred")) != []],
        holders_on(record, "Raqqa", "2017-10-18"),
        incidents(record),
    ]


def change_everything(record: Record) -> None:
    corrections.add(record, Correction("change", 1, "v1", "status", "denied", who=WHO, why="the army denies it"))
    corrections.add(record, Correction("reject", 2, "f1", who=WHO))
    corrections.add(record, Correction("different", 1, "v1", other="2/v1", who=WHO))
    newer = captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", published="2017-10-19", killed=12)
    put(record, replace(newer, report=replace(newer.report, title="Updated")), key="b")
    put(record, captured("ISIS", "Palmyra", day("2015-05-20")), key="c")


def test_a_release_answers_as_on_the_day_it_was_frozen(record: Record) -> None:
    before = answers(record)
    one = releases.release(record, "first", who=WHO, note="for the report")
    change_everything(record)
    assert answers(record) != before
    with views.at(record, "first") as then:
        assert answers(then) == before
    assert releases.is_whole(record, one)
    assert [(r.name, r.who, r.note, r.reports) for r in releases.all_of(record)] == [("first", WHO, "for the report", 2)]


def test_a_release_of_a_corrected_record_keeps_the_corrections(record: Record) -> None:
    change_everything(record)
    before = answers(record)
    releases.release(record, "second", who=WHO)
    for entry in reversed(corrections.entries(record)):
        corrections.undo(record, entry.line.n, who=WHO)
    assert answers(record) != before
    with views.at(record, "second") as then:
        assert answers(then) == before


def test_a_difference_names_what_changed_and_why(record: Record) -> None:
    releases.release(record, "first", who=WHO)
    change_everything(record)
    found = {(d.kind, d.handle, d.field): d for d in differences(record, "first", "now")}
    status = found["changed", "1/v1", "status"]
    assert (status.before, status.after) == ("occurred", "denied")
    assert "correction 1 (change) by A. Reader" in status.why
    assert "the army denies it" in status.why
    assert "correction 2 (reject)" in found["gone", "2/f1", None].why
    assert "a new report" in found["report_added", "4", None].why
    assert "newer version" in found["changed", "3", "title"].why
    assert differences(record, "first", "first") == []
    back = {(d.kind, d.handle) for d in differences(record, "now", "first")}
    assert ("report_gone", "4") in back


def test_a_judgement_that_parts_an_incident_is_named(record: Record) -> None:
    releases.release(record, "first", who=WHO)
    corrections.add(record, Correction("different", 1, "v1", other="2/v1", who=WHO))
    (parted,) = differences(record, "first", "now")
    assert (parted.kind, parted.before) == ("parted", ["1/v1", "2/v1"])
    assert "judgement 1 (different) by A. Reader" in parted.why


@pytest.mark.parametrize(
    ("name", "who", "wrong"), [("first", WHO, "is a release"), ("now", WHO, "cannot be the name"), ("", WHO, "cannot be the name"), ("x", "", "signed")]
)
def test_a_wrong_release_is_named(record: Record, name: str, who: str, wrong: str) -> None:
    releases.release(record, "first", who=WHO)
    with pytest.raises(UsageError, match=wrong):
        releases.release(record, name, who=who)


def test_an_unknown_release_is_named_with_those_there_are(record: Record) -> None:
    releases.release(record, "first", who=WHO)
    with pytest.raises(UsageError) as fault:
        differences(record, "frist", "now")
    assert "first" in fault.value.mend


def test_a_value_that_was_altered_behind_the_records_back_is_found(record: Record) -> None:
    one = releases.release(record, "first", who=WHO)
    record.run("UPDATE item SET body = replace(body, 'occurred', 'planned') WHERE id = 'v1'")
    assert not releases.is_whole(record, one)
