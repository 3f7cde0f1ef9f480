"""The log of corrections in a record: questions answer by it, the machine's value stays beside, new readings keep it, undo takes it back."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from dateline.errors import UsageError
from dateline.model import Reading
from dateline.record import corrections, review, views
from dateline.record.corrections import Correction
from dateline.record.ledger import holders_on
from dateline.record.link import incidents, link, pending
from dateline.record.questions import Question, ask, load_items
from dateline.record.still import held_still
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, captured, day

WHO = "A. Reader"


def put(record: Record, reading: Reading, *, key: str | None = None) -> int:
    number = record.add(reading, key=key or reading.report.text, digest=digest_of(reading.report), source_name="test.txt", reader="test")
    link(record, pending(record))
    return number


@pytest.fixture
def record(store: Store):
    with Record.open(store("r"), create=True) as opened:
        put(opened, captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9), key="a")
        put(opened, captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", published="2017-10-19", killed=12), key="b")
        yield opened


def say(record: Record, verb: str, item: str | None, field: str | None = None, value: Any = None, *, report: int = 1, who: str = WHO, **more: Any) -> int:
    return corrections.add(record, Correction(verb, report, item, field, value, who=who, **more))


def event(record: Record, handle: str = "1/v1") -> dict[str, Any]:
    return next(i.body for i in ask(record, "event", Question()) if i.handle == handle)


def everything(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """All that questions are answered from."""
    tables = ("item", "entity", "statement", "event", "participant", "figure", "control", "tie", "member", "machine")
    return {t: sorted((tuple(r.values()) for r in record.rows(f"SELECT * FROM {t}")), key=str) for t in tables}


def test_questions_answer_with_the_corrected_value_and_the_machines_stays_beside(record: Record) -> None:
    n = say(record, "change", "v1", "status", "denied", why="the army says so")
    assert event(record)["status"] == "denied"
    assert [i.handle for i in ask(record, "event", Question(status="denied"))] == ["1/v1"]
    assert (corrections.machine(record, 1, "v1") or {})["status"] == "occurred"
    (entry,) = corrections.of_item(record, 1, "v1")
    assert (entry.line.n, entry.line.was, entry.line.value, entry.line.who, entry.fits, entry.now) == (n, "occurred", "denied", WHO, True, "1/v1")
    with views.machine_view(record) as then:
        assert event(then)["status"] == "occurred"
    assert list(verify(record)) == []


def test_a_machines_value_that_was_altered_is_found(record: Record) -> None:
    say(record, "change", "v1", "status", "denied")
    record.run("UPDATE machine SET body = replace(body, 'took', 'lost')")
    assert any("as the machine read it" in fault for fault in verify(record))


def test_undo_brings_back_the_very_record_and_undo_of_undo_the_correction(record: Record) -> None:
    before = everything(record)
    n = say(record, "change", "c1", "holder", "Syrian Democratic Forces")
    held = everything(record)
    assert held != before
    back = corrections.undo(record, n, who=WHO)
    assert everything(record) == before
    corrections.undo(record, back, who=WHO)
    assert everything(record) == held
    assert [(e.line.verb, e.undone_by) for e in corrections.entries(record)] == [
        ("add", None), ("change", None), ("undo", 4), ("undo", None)
    ]  # fmt: skip


def test_a_corrected_holder_reaches_the_ledger(record: Record) -> None:
    for number in (1, 2):
        say(record, "change", "c1", "holder", "actor:SY", report=number)
    assert [h.holder for h in holders_on(record, "Raqqa", "2017-10-18")] == ["actor:SY"]
    say(record, "reject", "c1", report=1)
    say(record, "reject", "c1", report=2)
    assert holders_on(record, "Raqqa", "2017-10-18") == []


def test_a_corrected_place_parts_an_incident_and_an_undo_joins_it(record: Record) -> None:
    assert {len(i.events) for i in incidents(record)} == {2}
    n = say(record, "change", "v1", "where", "geonames:163808")
    assert sorted(len(i.events) for i in incidents(record)) == [1, 1]
    corrections.undo(record, n, who=WHO)
    assert {len(i.events) for i in incidents(record)} == {2}


def test_persons_judgements_outrank_rules_and_can_be_undone(record: Record) -> None:
    n = say(record, "different", "v1", other="2/v1")
    assert sorted(len(i.events) for i in incidents(record)) == [1, 1]
    m = say(record, "same", "v1", other="2/v1", who="B. Reader")
    assert [len(i.events) for i in incidents(record)] == [2]
    corrections.undo(record, m, who=WHO)
    assert sorted(len(i.events) for i in incidents(record)) == [1, 1]
    corrections.undo(record, n, who=WHO)
    assert [len(i.events) for i in incidents(record)] == [2]


def test_a_judgement_outlives_a_new_version_of_a_report(record: Record) -> None:
    say(record, "different", "v1", other="2/v1")
    newer = captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9)
    put(record, replace(newer, report=replace(newer.report, title="Updated")), key="a")
    assert sorted(i.events for i in incidents(record)) == [((2, "v1"),), ((3, "v1"),)]
    assert [e.now for e in corrections.entries(record)] == ["3/v1"]


def test_a_new_version_keeps_what_fits_and_names_what_does_not(record: Record) -> None:
    say(record, "change", "v1", "status", "denied")
    say(record, "reject", "f1")
    put(record, captured("SDF", "Palmyra", day("2017-10-17"), says="The army"), key="a")
    fits = [(e.fits, e.reason != "") for e in corrections.entries(record)]
    assert fits[0] == (False, True)
    newer = captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9)
    put(record, replace(newer, report=replace(newer.report, title="Updated")), key="a")
    assert [e.fits for e in corrections.entries(record)] == [True, True]
    assert event(record, "4/v1")["status"] == "denied"
    assert list(verify(record)) == []


@pytest.mark.parametrize(
    ("verb", "item", "field", "value", "mend"),
    [
        ("change", "v1", "type", "air_strik", "air_strike"),
        ("change", "v1", "status", "gone", "give one of"),
        ("change", "v1", "confidence", "0.9", "correct what it follows from"),
        ("change", "v1", "colour", "red", "give one of"),
        ("change", "v1", "when", "2017-02-30", "2017-10-17"),
        ("change", "v1", "when", "2017-10-18..2017-10-01", "earlier day first"),
        ("change", "v1", "where", "e1", "place"),
        ("change", "c1", "holder", "Nobody At All", "dateline add"),
        ("change", "f1", "best", "99", "number"),
        ("change", "f1", "number", "many", "at least 13"),
        ("change", "v1", "status", "occurred", "dateline accept"),
        ("change", "v9", "status", "denied", "dateline show 1"),
        ("reject", "v1", "status", None, "dateline correct"),
        ("add", None, "event", {"type": "shelling"}, "--words"),
        ("merge", "v1", None, None, "begins with v"),
        ("note", "v1", None, "", "write what"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_mend_and_nothing_changes(record: Record, verb: str, item: str, field: str, value: Any, mend: str) -> None:
    before = everything(record)
    with pytest.raises(UsageError) as fault:
        say(record, verb, item, field, value, **({"other": "1/e1"} if verb == "merge" else {}))
    assert mend in f"{fault.value} {fault.value.mend}"
    assert everything(record) == before
    assert corrections.entries(record) == []


def test_unsigned_says_nothing(record: Record) -> None:
    with pytest.raises(UsageError, match="signed"):
        say(record, "accept", "v1", who=" ")


@pytest.mark.parametrize(
    ("item", "field", "value", "expected"),
    [
        ("f1", "number", "at least 13", {"low": 13, "best": None, "high": None}),
        ("f1", "number", "5-7", {"low": 5, "best": None, "high": 7}),
        ("f1", "number", "more than 5 million", {"low": 5000001}),
        ("f1", "measure", "injured", {"measure": "injured"}),
        ("v1", "when", "2017-10", {"when.from": "2017-10-01", "when.to": "2017-10-31", "when.precision": "month"}),
        ("v1", "when", "unknown", {"when": None}),
        ("v1", "where", "near Raqqa", {"where.relation": "near", "where.entity": "e9"}),
        ("v1", "target", "e2", {"participants.1.role": "target"}),
        ("v1", "negated", "yes", {"negated": True}),
        ("v1", "according_to", "outlet", {"according_to": []}),
        ("c1", "previous_holder", "ISIS", {"previous_holder": "e100001"}),
        ("e1", "known_as", "SDF", {"known_as": "sdf", "type": "coalition"}),
        ("e9", "place", "geonames:163808", {"geonames_id": 163808}),
        ("s1", "act", "deny", {"act": "deny"}),
    ],
)  # fmt: skip
def test_values_are_given_as_people_type_them(record: Record, item: str, field: str, value: str, expected: dict[str, Any]) -> None:
    say(record, "change", item, field, value)
    body: Any = {b["id"]: b for items in corrections.parts_of(record, 1).values() for b in items}[item]
    for path, wanted in expected.items():
        held = body
        for key in path.split("."):
            held = held[int(key)] if isinstance(held, list) else held[key]
        assert held == wanted, path
    assert list(verify(record)) == []


def test_what_the_report_says_too_is_added_with_its_words(record: Record) -> None:
    n = say(record, "add", None, "figure", {"measure": "injured", "number": "3", "event": "v1"}, words="took Raqqa")
    figures = {i.handle: i.body for i in ask(record, "figure", Question())}
    assert figures[f"1/f{100000 + n}"]["span"]["text"] == "took Raqqa"
    assert event(record)["figures"] == ["f1", f"f{100000 + n}"]
    assert corrections.machine(record, 1, f"f{100000 + n}") is None


def test_the_day_of_a_report_can_be_corrected(record: Record) -> None:
    say(record, "change", None, "published", "2017-10-20")
    assert record.rows("SELECT published FROM report WHERE n = 1")[0]["published"] == "2017-10-20"
    with views.machine_view(record) as then:
        assert then.rows("SELECT published FROM report WHERE n = 1")[0]["published"] == "2017-10-18"


def test_two_readers_agree_or_differ_and_both_words_are_kept(record: Record) -> None:
    say(record, "accept", "v1", "status", who="A")
    say(record, "change", "v1", "status", "denied", who="B")
    say(record, "accept", "f1", "measure", who="A")
    say(record, "accept", "f1", "measure", who="B")
    found = review.agreement(record, "A", "B")
    assert (found.both, found.alike, found.share) == (2, 1, 0.5)
    assert [(c.handle, c.field, [who for who, _, _ in c.said]) for c in review.conflicts(record)] == [("1/v1", "status", ["A", "B"])]
    assert event(record)["status"] == "denied"
    assert review.progress(record).by_person == {"A": 2, "B": 2}


@pytest.mark.parametrize(
    ("said", "open_fields"),
    [
        ([("A", "accept", "status", None), ("B", "change", "status", "denied"), ("C", "accept", "status", None)], []),
        ([("A", "accept", "status", None), ("B", "change", "status", "denied"), ("C", "change", "status", "planned")], []),
        ([("A", "accept", "status", None), ("B", "change", "status", "denied"), ("C", "reject", None, None)], []),
        ([("A", "accept", "status", None), ("B", "change", "status", "denied"), ("C", "change", "type", "arrest")], ["status"]),
        ([("A", "accept", "status", None), ("B", "change", "status", "denied"), ("B", "change", "status", "planned")], ["status"]),
        ([("C", "accept", "status", None), ("A", "accept", "status", None), ("B", "change", "status", "denied")], ["status"]),
        ([("A", "accept", None, None), ("B", "reject", None, None), ("C", "reject", None, None)], []),
        ([("A", "accept", None, None), ("B", "reject", None, None), ("C", "accept", None, None)], []),
        ([("A", "accept", None, None), ("C", "accept", None, None), ("B", "reject", None, None)], ["*"]),
    ],
)
def test_what_a_third_person_decided_is_no_conflict_any_more(record: Record, said: list[tuple[str, str, Any, Any]], open_fields: list[str]) -> None:
    numbers = [say(record, verb, "v1", field, value, who=who) for who, verb, field, value in said]
    assert [c.field for c in review.conflicts(record)] == open_fields
    if not open_fields:
        corrections.undo(record, numbers[-1], who="C")
        assert review.conflicts(record) != []


def test_an_event_that_the_first_reader_rejected_weighs_for_the_second_what_it_weighed_for_her(record: Record) -> None:
    weighed = next(w for w in review.queue(record, limit=100) if w.handle == "1/v1")
    assert "9 dead; told by 2 reports" in weighed.reason
    say(record, "reject", "v1", who="A")
    again = next(w for w in review.queue(record, reader="B", limit=100) if w.handle == "1/v1")
    assert (again.reason, again.weight, again.priority, again.second) == (weighed.reason, weighed.weight, weighed.priority, True)
    figure = next(w for w in review.queue(record, limit=100) if w.word == "figures" and w.handle.startswith("2/"))
    say(record, "reject", figure.handle.partition("/")[2], report=2, who="A")
    assert figure.reason in [w.reason for w in review.queue(record, reader="B", limit=100) if w.handle == figure.handle]


def test_the_queue_leaves_out_what_was_judged_but_for_a_second_reader(record: Record) -> None:
    first = review.queue(record)[0]
    corrections.add(record, Correction("accept", int(first.handle.split("/")[0]), first.handle.split("/")[1], who="A"))
    assert first.handle not in {w.handle for w in review.queue(record)}
    assert first.handle in {w.handle for w in review.queue(record, reader="B")}
    everyone = [w.handle for w in review.queue(record, limit=100)]
    assert [w.handle for w in review.queue(record, after=everyone[0], limit=100)] == everyone[1:]


def judge(record: Record, verb: str, handle: str, who: str, *rest: Any) -> int:
    """A line by a second reader, who sees what the machine read and nothing of what others said."""
    report, _, item = handle.partition("/")
    return corrections.add(record, Correction(verb, int(report), item, *rest, who=who, as_read=True))


def test_what_one_reader_rejected_waits_for_the_second_as_the_machine_read_it(record: Record) -> None:
    before = review.queue(record, limit=100)
    say(record, "reject", "v1", who="A")
    say(record, "change", "c1", "change", "held", who="A")
    waiting = {w.handle: w for w in review.queue(record, reader="B", limit=100)}
    assert set(waiting) == {w.handle for w in before}
    assert [h for h, w in waiting.items() if w.second] == [h for h in waiting if h in ("1/v1", "1/c1")]
    assert (waiting["1/c1"].kind, waiting["1/v1"].kind) == ("captured", "territory_captured")
    assert {w.handle for w in review.queue(record, reader="A", limit=100)} == {w.handle for w in before} - {"1/v1", "1/c1"}
    assert [review.waiting(record, reader=who) for who in (None, "A", "B")] == [len(before) - 2, len(before) - 2, len(before)]
    judge(record, "reject", "1/v1", "B")
    assert "1/v1" not in {w.handle for w in review.queue(record, reader="B", limit=100)}
    assert review.progress(record).by_person == {"A": 2, "B": 1}


def test_one_reader_alone_has_the_queue_of_all(record: Record) -> None:
    for verb, item in (("accept", "v1"), ("reject", "f1"), ("reject", "c1")):
        say(record, verb, item, who="A")
        assert review.queue(record, limit=100) == review.queue(record, limit=100, reader="A") == review.queue(record, limit=100, reader=" a ")


def test_a_second_reader_brings_back_what_the_first_rejected_with_all_that_named_it(record: Record) -> None:
    before = everything(record)
    first = say(record, "reject", "f1", who="A")
    rejected = everything(record)
    assert event(record)["figures"] == []
    judge(record, "accept", "1/f1", "B")
    assert event(record)["figures"] == ["f1"]
    assert {t: rows for t, rows in everything(record).items() if t != "machine"} == {t: rows for t, rows in before.items() if t != "machine"}
    assert [(e.line.verb, e.line.who, e.effect.how if e.effect else "", e.now) for e in corrections.entries(record)] == [
        ("reject", "A", "overruled", "1/f1"), ("accept", "B", "exact", "1/f1")
    ]  # fmt: skip
    third = say(record, "reject", "f1", who="C")
    assert everything(record) == rejected
    corrections.undo(record, third, who="C")
    corrections.undo(record, 2, who="B")
    assert everything(record) == rejected
    corrections.undo(record, first, who="A")
    assert everything(record) == before
    assert list(verify(record)) == []


def test_who_did_not_see_a_change_judges_the_machines_value(record: Record) -> None:
    say(record, "change", "v1", "status", "denied", who="A")
    judge(record, "change", "1/v1", "B", "status", "denied")
    assert review.conflicts(record) == []
    judge(record, "accept", "1/v1", "C")
    assert event(record)["status"] == "occurred"
    assert [(c.field, [value for _, value, _ in c.said]) for c in review.conflicts(record)] == [("status", ["denied", "denied", "occurred"])]
    with pytest.raises(UsageError, match="it has this value already"):
        say(record, "change", "v1", "status", "occurred", who="D")


def test_a_rejected_value_outlives_its_report_and_can_still_be_judged(record: Record) -> None:
    """A new version of the report: both readers' words find the value by its words."""
    say(record, "reject", "v1", who="A")
    older = captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9)
    number = put(record, replace(older, report=replace(older.report, title="Updated")), key="a")
    assert f"{number}/v1" in {w.handle for w in review.queue(record, reader="B", limit=100)}
    judge(record, "accept", f"{number}/v1", "B")
    assert f"{number}/v1" in {i.handle for i in ask(record, "event", Question())}
    assert (found := review.agreement(record, "A", "B")).both == 1
    assert found.alike == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "alike", "kappa"),
    [
        ([("accept", "v1")], [("accept", "v1")], (1, 1), None),
        ([("reject", "v1")], [("reject", "v1")], (1, 1), None),
        ([("reject", "v1")], [("accept", "v1")], (1, 0), 0.0),
        ([("reject", "v1")], [("change", "v1", "status", "denied")], (1, 0), 0.0),
        ([("change", "v1", "status", "denied")], [("change", "v1", "status", "denied")], (1, 1), None),
        ([("change", "v1", "status", "denied")], [("change", "v1", "status", "possible")], (1, 0), None),
        ([("change", "v1", "status", "denied"), ("reject", "v1")], [("reject", "v1")], (1, 1), None),
        ([("reject", "v1"), ("accept", "v1")], [("accept", "v1")], (1, 1), None),
        ([("accept", "v1"), ("reject", "f1")], [("accept", "v1"), ("reject", "f1")], (2, 2), 1.0),
        ([("accept", "v1"), ("reject", "f1")], [("reject", "v1"), ("accept", "f1")], (2, 0), -1.0),
        ([("reject", "f1"), ("accept", "v1")], [("accept", "f1"), ("accept", "v1")], (2, 1), 0.0),
        ([("reject", "v1"), ("accept", "f1")], [("accept", "v1"), ("accept", "f1")], (2, 1), 0.0),
        ([("accept", "v1")], [("accept", "f1")], (0, 0), None),
        ([("note", "v1", None, "hm")], [("accept", "v1")], (0, 0), None),
    ],
)  # fmt: skip
def test_agreement_is_counted_by_value(record: Record, ours: list[Any], theirs: list[Any], alike: tuple[int, int], kappa: float | None) -> None:
    for who, said in (("A", ours), ("B", theirs)):
        for verb, item, *rest in said:
            # The first of them sees what she herself has left.
            corrections.add(record, Correction(verb, 1, item, *rest, who=who, as_read=who == "B"))
    found = review.agreement(record, "A", "B")
    assert ((found.both, found.alike), found.kappa) == (alike, kappa)
    assert found == review.agreement(record, "B", "A")
    assert bool(review.conflicts(record)) is (found.alike < found.both)


def test_what_is_rejected_is_still_counted(record: Record) -> None:
    whole = review.progress(record).values
    for item in ("v1", "f1", "c1"):
        say(record, "reject", item)
    found = review.progress(record)
    assert found.values == whole
    assert {word: found.judged[word] for word in ("events", "figures", "control")} == {"events": 1, "figures": 1, "control": 1}


def test_whatever_comes_between_the_same_log_over_the_same_reading_gives_the_same_record(store: Store) -> None:
    chance = random.Random(17)
    older = captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9)
    newer = replace(older, report=replace(older.report, title="Updated"))
    steps: list[Any] = [("change", "v1", "status", "denied"), ("change", "v1", "type", "withdrawal"), ("reject", "f1", None, None), ("accept", "c1", None, None),
                        ("change", "c1", "holder", "e2"), ("undo", 2), ("undo", 6), ("note", "v1", None, "look again")]  # fmt: skip
    views_: list[Any] = []
    for run in range(4):
        with Record.open(store(f"r{run}"), create=True) as record:
            number = put(record, older, key="a")
            between = chance.randrange(len(steps) + 1)
            for i, step in enumerate(steps):
                if i == between:
                    number = put(record, newer, key="a")
                if step[0] == "undo":
                    corrections.undo(record, step[1], who=WHO)
                else:
                    say(record, *step, report=number)
            if between == len(steps):
                number = put(record, newer, key="a")
            views_.append((corrections.parts_of(record, number), [(e.line.verb, e.undone_by, e.fits) for e in corrections.entries(record)]))
            assert list(verify(record)) == []
    assert all(v == views_[0] for v in views_)


def test_a_record_held_still_answers_from_one_state_while_others_write(store: Store, record: Record) -> None:
    with Record.open(store("r")) as other:
        with held_still(record):
            (before,) = {i.id for i in incidents(record)}
            say(other, "reject", "v1")
            assert [i.handle for i in ask(record, "event", Question())] == ["1/v1", "2/v1"]
            assert {i.id for i in incidents(record)} == {before}
        assert [i.handle for i in ask(record, "event", Question())] == ["2/v1"]
        say(record, "note", "v1", report=2, why="written by the one that held still, afterwards")


def test_a_value_rejected_since_it_was_found_is_left_out(record: Record) -> None:
    keys = [(1, "v1"), (2, "v1")]
    say(record, "reject", "v1")
    assert [i.handle for i in load_items(record, keys, Question())] == ["2/v1"]


def test_what_fails_while_a_record_is_held_still_leaves_it_of_use(record: Record) -> None:
    with pytest.raises(UsageError), held_still(record):
        raise UsageError("something else went wrong", given="x", mend="y")
    say(record, "reject", "v1")
    assert [i.handle for i in ask(record, "event", Question())] == ["2/v1"]
