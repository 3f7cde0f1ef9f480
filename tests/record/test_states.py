"""Offices, ministries and leaders count as the state whose they are; onlookers hold no place; a headline is no second witness."""

from dataclasses import replace
from typing import Any

import pytest

from dateline.errors import UsageError
from dateline.model import Entity, Reading, Span, Statement
from dateline.record.accounts import Parties, account_of, weigh
from dateline.record.ledger import holders_on
from dateline.record.questions import Question, load_items, worlds_of
from dateline.record.states import may_hold, principal_of
from dateline.record.store import Record, digest_of
from factories import Store, captured, day

WHEN = day("2017-10-17")


def put(record: Record, reading: Reading, number: int) -> int:
    return record.add(reading, key=str(number), digest=digest_of(reading.report), source_name="t", reader="test")


@pytest.mark.parametrize(
    ("name", "kind", "country", "state"),
    [
        ("Peru's prime minister", "person", None, "actor:PE"),
        ("Prime Minister", "person", "PE", "actor:PE"),
        ("Prime Minister", "person", None, None),
        ("Norwegian Defence Ministry", "government", None, "actor:NO"),
        ("Chadian and Malian armies", "military", "TD", None),
        ("A Chadian rebel commander", "person", "TD", None),
        ("a Danish teacher", "person", "DK", None),
        ("Vladimir Putin", "person", None, "actor:RU"),
        ("Danish Relief", "ngo", "DK", None),
    ],
)
def test_whose_organ_somebody_is(name: str, kind: str, country: str | None, state: str | None) -> None:
    assert principal_of(name, kind, country) == state


@pytest.mark.parametrize(
    ("name", "kind", "holds"),
    [("Who", "other", False), ("residents", "civilians", False), ("a monitoring group", "ngo", False), ("Army spokesman", "military", False),
     ("Northern Front", "armed_group", True), ("Ninth Brigade", "military", True)],
)  # fmt: skip
def test_who_can_hold_a_place(name: str, kind: str, *, holds: bool) -> None:
    assert may_hold(name, kind) is holds


def typed(reading: Reading, **changes: str) -> Reading:
    """The reading with its doer of another type."""
    return replace(reading, entities=(replace(reading.entities[0], **changes), *reading.entities[1:]))


def test_two_organs_of_one_state_are_one_holder(store: Store) -> None:
    with Record.open(store("r"), create=True) as record:
        for n, holder in enumerate(("Russian army", "Russian Defence Ministry")):
            put(record, typed(captured(holder, "Palmyra", WHEN, says="Levant Watch"), type="military"), n)
        made = [(h.holder, h.standing, h.independent) for h in holders_on(record, "Palmyra", "2017-10-18")]
    assert made == [("actor:RU", "reported", 1)]


def test_an_onlooker_is_not_shown_as_holder(store: Store) -> None:
    with Record.open(store("r"), create=True) as record:
        put(record, typed(captured("Who", "Palmyra", WHEN), type="other"), 0)
        assert holders_on(record, "Palmyra", "2017-10-18") == []


def with_second_event(reading: Reading, **changes: Any) -> Reading:
    return replace(reading, events=(*reading.events, replace(reading.events[0], id="v2", **changes)))


def test_a_headline_is_no_second_witness_of_its_own_report(store: Store) -> None:
    reading = with_second_event(captured("SDF", "Raqqa", WHEN, says="SDF"), according_to=())
    with Record.open(store("r"), create=True) as record:
        number = put(record, reading, 0)
        items = load_items(record, [(number, "v1"), (number, "v2")], Question())
        finding = weigh(record, [account_of(record, i) for i in items], Parties(("actor:sdf",)))
    assert (finding.status, finding.independent) == ("claimed", 1)


def test_a_denial_beside_the_claim_reaches_the_ledger(store: Store) -> None:
    reading = captured("ISIS", "Palmyra", WHEN)
    text = reading.report.text
    denial = Statement("s2", "e3", None, Span.of(text, 0, 4), (Span.of(text, 0, 9),), "indirect", "deny")
    speaker = Entity("e3", "person", "person", "a military source")
    reading = with_second_event(reading, type="offensive_launched", status="denied", when=None, according_to=("s2",))
    reading = replace(reading, statements=(denial,), entities=(*reading.entities, speaker))
    with Record.open(store("r"), create=True) as record:
        put(record, reading, 0)
        (held,) = holders_on(record, "Palmyra", "2017-10-18")
    assert (held.standing, [a.voice_name for a in held.against]) == ("contested", ["a military source"])


def test_a_name_that_only_the_whos_who_knows_finds_its_bearer(store: Store) -> None:
    reading = captured("Islamic State", "Raqqa", WHEN)
    entities = (replace(reading.entities[0], known_as="islamic_state"), *reading.entities[1:])
    with Record.open(store("r"), create=True) as record:
        put(record, replace(reading, entities=entities), 0)
        assert worlds_of(record, "ISIS") == ["actor:islamic_state"]
        with pytest.raises(UsageError) as fault:
            worlds_of(record, "Raqa")
        assert fault.value.mend.startswith("names like it: raqqa")
