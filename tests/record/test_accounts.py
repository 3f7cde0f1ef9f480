"""Independent sources are counted on speakers and agencies, not outlets; a side's own word is a claim; denials stand beside."""

from dataclasses import replace

import pytest

from dateline.model import Participant, Reading, Report, Section
from dateline.record.agency import agency_of, same_house
from dateline.record.ledger import holders_on
from dateline.record.link import incidents, link
from dateline.record.picture import Picture, picture_of
from dateline.record.store import Record, digest_of
from factories import Store, captured, day, report

WHEN = day("2017-10-17")


def account(source: str, *, says: str | None = None, status: str = "occurred", holder: str = "SDF") -> Reading:
    return captured(holder, "Raqqa", WHEN, source=source, says=says, status=status, published="2017-10-18")


def picture(store: Store, readings: list[Reading]) -> Picture:
    with Record.open(store("r"), create=True) as record:
        for n, reading in enumerate(readings):
            number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
            link(record, [number])
        (one,) = [i for i in incidents(record) if len(i.events) == len(readings)]
        return picture_of(record, one)


@pytest.mark.parametrize(
    ("readings", "independent", "status"),
    [
        ([account("Outlet A")], 1, "uncontested"),
        ([account("Outlet A"), account("Outlet B")], 2, "uncontested"),
        ([account("Outlet A", says="Levant Watch"), account("Outlet B", says="Levant Watch")], 1, "uncontested"),
        ([account("Outlet A", says="Levant Watch"), account("Outlet B", says="Meridian Relief")], 2, "uncontested"),
        ([account("Outlet A", says="SDF"), account("Outlet B", says="SDF")], 1, "claimed"),
        ([account("Outlet A", says="SDF"), account("Outlet B")], 2, "confirmed independently"),
        ([account("Outlet A", says="SDF"), account("Outlet B", says="ISIS", status="denied")], 1, "contested"),
        ([account("Outlet A", says="ISIS", status="denied")], 0, "denied"),
    ],
)
def test_what_the_accounts_amount_to(store: Store, readings: list[Reading], independent: int, status: str) -> None:
    finding = picture(store, readings).finding
    assert (finding.independent, finding.status) == (independent, status), finding.reason
    assert finding.reason


def told_by(key: str, name: str, *, doer: str, victim: str, year: int) -> Reading:
    """Somebody of the who's who says that a doer took a place from another; all three are known there."""
    reading = captured(doer, "Raqqa", day(f"{year}-10-17"), source=f"Outlet {name}", says=name, published=f"{year}-10-18")
    known = {doer: doer, name: key}
    entities = tuple(replace(e, known_as=known.get(e.name)) for e in reading.entities)
    loser = replace(entities[0], id="e8", name=victim, known_as=victim, mentions=())
    (event,) = reading.events
    event = replace(event, participants=(*event.participants, Participant("target", "e8", event.trigger)))
    return replace(reading, entities=(*entities, loser), events=(event,))


@pytest.mark.parametrize(
    ("speakers", "doer", "victim", "year", "status"),
    [
        (["US"], "sdf", "isis", 2017, "claimed"),  # who backs the doer
        (["sdf", "US"], "sdf", "isis", 2017, "claimed"),
        (["SY", "RU"], "SY", "isis", 2017, "claimed"),
        (["SY", "RU"], "SY", "isis", 2012, "confirmed independently"),  # before Russia fought beside it
        (["SY", "isis"], "SY", "isis", 2017, "confirmed by the other side"),
        (["RU", "isis"], "SY", "isis", 2017, "confirmed by the other side"),
        (["SY", "TR"], "SY", "sna", 2019, "claimed"),  # an ally of the other side has a stake, too
        (["TR", "GR"], "TR", "GR", 1974, "confirmed by the other side"),  # in one pact, and yet two sides
        (["TR", "US"], "TR", "sdf", 2019, "claimed"),  # an ally of both
        (["SY", "un"], "SY", "isis", 2017, "confirmed independently"),
    ],
)
def test_an_ally_of_a_side_is_no_disinterested_source(store: Store, speakers: list[str], doer: str, victim: str, year: int, status: str) -> None:
    finding = picture(store, [told_by(key, f"Speaker {key}" if key != doer else doer, doer=doer, victim=victim, year=year) for key in speakers]).finding
    assert finding.status == status, finding.reason


def by_a_group(name: str, source: str, *, named: bool, kind: str = "armed_group") -> Reading:
    """Somebody says that the Northern Front took the town: the group by its name, "rebels", or a monitor."""
    reading = captured("The Northern Front", "Raqqa", WHEN, source=source, says=name, published="2017-10-18")
    form = "name" if named else "noun"
    entities = tuple(replace(e, type=kind, mentions=tuple(replace(m, form=form) for m in e.mentions)) if e.name == name else e for e in reading.entities)
    return replace(reading, entities=entities)


@pytest.mark.parametrize(
    ("readings", "independent"),
    [
        ([by_a_group("An ethnic armed group", "Outlet A", named=False), by_a_group("The Northern Front", "Outlet B", named=True)], 1),
        ([by_a_group("Rebels", "Outlet A", named=False), by_a_group("Levant Watch", "Outlet B", named=True, kind="ngo")], 2),
    ],
)
def test_an_armed_group_without_a_name_is_the_only_one_that_says_the_same_by_its_name(store: Store, readings: list[Reading], independent: int) -> None:
    assert picture(store, readings).finding.independent == independent


def by_an_officer(name: str, source: str) -> Reading:
    """Somebody of whom the report says no more than this name takes the floor."""
    reading = captured("The Northern Front", "Raqqa", WHEN, source=source, says=name, published="2017-10-18")
    given = name.split()[-1]
    person = next(e for e in reading.entities if e.name == name)
    mentions = tuple(replace(m, start=m.end - len(given), text=given, form="name") for m in person.mentions)
    entities = tuple(replace(e, kind="person", type="person", name=given, mentions=mentions) if e is person else e for e in reading.entities)
    return replace(reading, entities=entities)


@pytest.mark.parametrize(("name", "independent"), [("General Ruiz", 1), ("Doctor Ruiz", 2)])
def test_an_officer_of_whom_no_party_is_told_speaks_for_the_state(store: Store, name: str, independent: int) -> None:
    assert picture(store, [by_an_officer(name, "Outlet A"), by_an_officer("Colonel Levi", "Outlet B")]).finding.independent == independent


def test_a_reprint_of_agency_copy_is_one_source(store: Store) -> None:
    own = account("Northline Agency")
    body = own.report
    text = "RAQQA, Syria (Northline) — " + body.text
    dateline = len("RAQQA, Syria (Northline) —")
    printed = Report(
        id="copy", text=text, source="The Harbour Post", title="Copy", published=body.published,
        sections=(Section("dateline", 0, dateline), Section("paragraph", dateline + 1, len(text))),
    )  # fmt: skip
    assert agency_of(printed) == "Northline"
    with Record.open(store("r"), create=True) as record:
        record.add(Reading(report=printed), key="copy", digest=digest_of(printed), source_name="t", reader="test")
        assert record.rows("SELECT source, agency FROM report")[0]["agency"] == "Northline"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Northline", "Northline Agency", True),
        ("AP", "Associated Press", True),
        ("The Harbour Post", "Harbour Post", True),
        ("Reuters", "Associated Press", False),
        ("Coastal Broadcasting", "Northline Agency", False),
    ],
)
def test_names_of_one_house(a: str, b: str, *, same: bool) -> None:
    assert same_house(a, b) is same


def test_an_outlets_own_report_has_no_agency() -> None:
    assert agency_of(report("Troops took the town.", source="Northline Agency")) is None


def test_two_holders_by_different_accounts_are_both_contested(store: Store) -> None:
    with Record.open(store("r"), create=True) as record:
        for n, holder in enumerate(("SDF", "ISIS")):
            reading = captured(holder, "Raqqa", WHEN, says="Levant Watch" if holder == "SDF" else "Meridian Relief")
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
        assert {(h.holder_name, h.standing) for h in holders_on(record, "Raqqa", "2017-10-18")} == {("SDF", "contested"), ("ISIS", "contested")}
