"""Events of many reports become one incident, the same in whatever order the reports come in."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from dateline.model import Reading
from dateline.record.compare import Candidate, judge
from dateline.record.copies import copies_of
from dateline.record.link import incidents, link, pending
from dateline.record.occasion import Days
from dateline.record.picture import picture_of
from dateline.record.retold import Told, retold
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from dateline.record.winnow import shared_words
from factories import Store, captured, day, judged

TOLLS = [
    captured("SDF", "Raqqa", day("2017-10-17"), source="Northline Agency", published="2017-10-17", killed=9, event_type="air_strike"),
    captured("SDF", "Raqqa", day("2017-10-17"), source="Northline Agency", published="2017-10-18", killed=19, event_type="air_strike"),
    captured("SDF", "Raqqa", day("2017-10-17"), source="Coastal Broadcasting", published="2017-10-19", killed=22, event_type="air_strike"),
]
STORY = [
    captured("ISIS", "Raqqa", day("2014-01-13"), published="2014-01-14"),
    captured("ISIS", "Raqqa", day("2014-01-01", "2014-01-31", "month"), published="2017-10-17", source="The Harbour Post"),
    captured("SDF", "Raqqa", day("2017-10-17"), published="2017-10-17"),
    captured("SDF", "Raqqa", day("2017-01-01", "2017-12-31", "year"), published="2019-03-01", source="Coastal Broadcasting"),
    captured("Army", "Palmyra", day("2017-10-17"), published="2017-10-17"),
]


def put(record: Record, reading: Reading) -> int:
    return record.add(reading, key=reading.report.text, digest=digest_of(reading.report), source_name="t", reader="test")


def filled(path: str | Path, readings: list[Reading]) -> Record:
    record = Record.open(path, create=True)
    for reading in readings:
        link(record, [put(record, reading)])
    return record


def shape(record: Record) -> set[frozenset[str]]:
    """The incidents by the texts of their reports, which do not depend on when they came in."""
    texts = {r["n"]: r["digest"] for r in record.rows("SELECT n, digest FROM report")}
    return {frozenset(f"{texts[n]}/{v}" for n, v in i.events) for i in incidents(record)}


@pytest.mark.parametrize("order", list(permutations(range(len(STORY))))[::7])
def test_any_order_gives_the_same_incidents(store: Store, order: tuple[int, ...]) -> None:
    with filled(store("a"), STORY) as first, filled(store("b"), [STORY[i] for i in order]) as second:
        assert shape(first) == shape(second)


def test_a_mention_years_later_joins_the_old_incident(store: Store) -> None:
    with filled(store("a"), STORY) as record:
        joined = sorted(sorted(n for n, _ in i.events) for i in incidents(record))
        assert joined == [[1, 2], [3, 4], [5]]


def test_updated_tolls_are_one_incident_with_the_figures_side_by_side(store: Store) -> None:
    with filled(store("a"), TOLLS) as record:
        (one,) = incidents(record)
        (tally,) = picture_of(record, one).figures
        assert (tally.lowest.number, tally.highest.number, tally.latest.number, tally.kind) == (9, 22, 22, "update")


def test_different_counts_of_one_day_are_a_conflict(store: Store) -> None:
    readings = [
        captured("SDF", "Raqqa", day("2017-10-17"), source=f"Outlet {n}", published="2017-10-18", killed=n, event_type="shelling", says=who)
        for n, who in ((12, "ISIS"), (30, "Levant Watch"))
    ]
    with filled(store("a"), readings) as record:
        (one,) = incidents(record)
        assert picture_of(record, one).figures[0].kind == "conflict"


def test_a_persons_judgement_parts_and_joins(store: Store) -> None:
    with filled(store("a"), STORY[:2]) as record:
        judged(record, (1, "v1"), (2, "v1"), "different", who="A. Reader")
        assert len(incidents(record)) == 2
        judged(record, (1, "v1"), (2, "v1"), "same", who="A. Reader")
        assert len(incidents(record)) == 1


@pytest.mark.parametrize(("kind", "dead", "other", "joined"), [("air_strike", 5, 7, False), ("air_strike", 7, 7, True), ("air_strike", None, None, False)])
def test_attacks_of_two_days_at_one_place_are_two_unless_their_dead_are_the_same(
    store: Store, kind: str, dead: float | None, other: float | None, *, joined: bool
) -> None:
    readings = [captured("Army", "Raqqa", day(f"2017-10-{d}"), source=f"Outlet {d}", published=f"2017-10-{d}", killed=n, event_type=kind)
                for d, n in (("17", dead), ("18", other))]  # fmt: skip
    with filled(store("a"), readings) as record:
        assert (len(incidents(record)) == 1) is joined


def test_who_leaves_and_who_comes_are_two_happenings(store: Store) -> None:
    left = captured("ISIS", "Raqqa", day("2017-10-17"), source="Outlet A", event_type="withdrawal", change="lost")
    came = captured("ISIS", "Raqqa", day("2017-10-17"), source="Outlet B")
    with filled(store("a"), [left, came]) as record:
        assert len(incidents(record)) == 2


def test_reports_that_were_not_linked_are_joined_later(store: Store) -> None:
    with Record.open(store("a"), create=True) as record:
        for reading in STORY[:2]:
            put(record, reading)
        assert pending(record) == [1, 2]
        link(record, pending(record))
        assert (pending(record), len(incidents(record))) == ([], 1)


LONG = " ".join(f"On the {n}th street of the quarter the fighters dug in behind walls number {n * 7} and waited for the night to pass." for n in range(30))


def _copied(text: str, source: str) -> Reading:
    base = captured("SDF", "Raqqa", day("2017-10-17"), source=source)
    from factories import report

    return Reading(report=report(f"{text} {base.report.text}", source=source))


def test_whole_and_partial_copies_are_found(store: Store) -> None:
    half = LONG[: len(LONG) // 2]
    other = " ".join(f"Farmers of the valley number {n} sold {n * 3} sacks of wheat at the market before the winter of that year." for n in range(30))
    texts = [(LONG, "Northline Agency"), (LONG, "The Harbour Post"), (half + " " + other, "Coastal Broadcasting"), (other[:900], "Farm Weekly")]
    with filled(store("a"), [_copied(t, s) for t, s in texts]) as record:
        found = {(c.a, c.b): c.whole for c in copies_of(record, [1, 2, 3, 4])}
        assert found == {(1, 2): True, (1, 3): False, (2, 3): False, (3, 4): True}


def test_record_of_version_1_is_brought_up_and_nothing_is_lost(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", STORY) as record:
        before = shape(record)
        for table in ("tie", "fingerprint", "copy", "member", "origin", "original", "retraction", "visit"):
            record.run(f"DROP TABLE {table}")
        record.run("DROP INDEX report_pending")
        record.run("ALTER TABLE report DROP COLUMN agency")
        record.run("ALTER TABLE report DROP COLUMN linked")
        record.run("PRAGMA user_version = 1")
    with Record.open(tmp_path / "a.db") as record:
        link(record, pending(record))
        assert shape(record) == before
        assert list(verify(record)) == []


def told(number: int, sentence: str, trigger: str, kind: str, **more: object) -> Told:
    days = Days("presumed", "2024-02-04", "2024-02-06")
    given: dict[str, object] = {"place": None, "block": None, "lat": None, "lon": None, "days": days, "killed": None, **more}
    event = Candidate(1, f"v{number}", "d", kind, doers=frozenset(), targets=frozenset(), **given)  # type: ignore[arg-type]
    return Told(event, number * 100, sentence, sentence.index(trigger), trigger)


BOMB = told(1, "A car bomb exploded near a restaurant in the town.", "exploded", "bombing", killed=12)


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "more", "same"),
    [
        ("Nobody claimed the attack.", "attack", "armed_clash", {}, True),
        ("Residents spoke of Monday's bombing.", "bombing", "bombing", {}, True),
        ("The bomb exploded when people had run to help.", "exploded", "bombing", {}, True),
        ("A second bomb exploded at the hospital.", "exploded", "bombing", {}, False),
        ("Hours later a bomb exploded on a bus.", "exploded", "bombing", {}, False),
        ("A car bomb exploded near a restaurant in the town a day after another strike killed five.", "killed", "killing", {"killed": 5.0}, False),
        ("Gunmen also raided the barracks, and the attack lasted an hour.", "attack", "armed_clash", {}, False),
        ("The bombing killed 80 people.", "bombing", "bombing", {"killed": 80.0}, False),
        ("The attack came years ago.", "attack", "armed_clash", {"days": Days("dated", "2019-01-01", "2019-01-01")}, False),
        ("The attack in another town went on.", "attack", "armed_clash", {"place": "geonames:9", "lat": 1.0, "lon": 1.0}, False),
        ("The agreement was signed.", "agreement", "agreement", {}, False),
        ("Nine people were killed, the mayor said.", "killed", "killing", {}, True),
        ("Hours later nine people were killed on a bridge.", "killed", "killing", {}, False),
        ("The rebels withdrew from the hill.", "withdrew", "withdrawal", {}, False),
    ],
)
def test_a_report_tells_of_one_event_again(sentence: str, trigger: str, kind: str, more: dict[str, object], same: object) -> None:
    assert bool(retold([BOMB, told(2, sentence, trigger, kind, **more)])) is same


BAR = told(1, "Ninth victim of Raqqa bar shooting dies.", "shooting", "attack_on_civilians", place="place:SY:raqqa bar", block="square:1:1", lat=35.9, lon=39.0)
TOWN = {"place": "geonames:1", "block": "square:1:1", "lat": 35.9, "lon": 39.0}


@pytest.mark.parametrize(("more", "same"), [(TOWN, True), ({**TOWN, "lat": 36.4}, False)])
def test_the_headline_names_a_house_by_its_town(more: dict[str, object], *, same: bool) -> None:
    body = told(2, "He was hurt when gunmen fired on a bar in Raqqa on Monday.", "fired", "armed_clash", **more)
    assert bool(retold([replace(BAR, headline=True), body])) is same


@pytest.mark.parametrize("denied", [True, False])
def test_soldiers_who_gave_up_are_not_the_fall_that_is_denied(*, denied: bool) -> None:
    fall = told(1, "The army denied that the town had been captured.", "captured", "territory_captured")
    later = told(2, "Thirty soldiers who had surrendered were taken away.", "surrendered", "surrender")
    assert bool(retold([replace(fall, denied=denied), later])) is not denied


def near_by(**more: object) -> Candidate:
    given: dict[str, object] = {"type": "abduction", "place": "geonames:1", "block": "square:10:10", "lat": 2.6, "lon": 2.6, "country": "NG"}
    given |= {"days": Days("dated", "2024-02-05", "2024-02-05"), "doers": frozenset(), "targets": frozenset(), "killed": None, **more}
    return Candidate(report=2, event="v1", digest="e", **given)  # type: ignore[arg-type]


REGION = {"place": "geonames:2", "block": "area:NG", "lat": 2.9, "lon": 2.9}
LATER = {"days": Days("presumed", "2024-02-08", "2024-02-10")}


@pytest.mark.parametrize(
    ("more", "shared", "verdict"),
    [
        (REGION, 0.5, "same"),
        (REGION, 0.0, "unsure"),
        ({**REGION, "lat": 9.0}, 0.5, "different"),
        (LATER, 0.5, "same"),
        (LATER, 0.3, "unsure"),
        ({**REGION, "killed": 23.0}, 0.0, "same"),
        ({**REGION, "killed": 20.0}, 0.0, "unsure"),
        ({**REGION, "killed": 3.0}, 0.0, "unsure"),
        ({"days": Days("dated", "2024-02-08", "2024-02-08")}, 0.5, "different"),
        ({"type": "withdrawal"}, 0.5, "different"),
    ],
)
def test_a_region_or_a_late_report_needs_words_in_common(more: dict[str, object], shared: float, verdict: str) -> None:
    here = near_by(killed=more.get("killed"))
    other = Candidate(1, "v1", "d", **{k: getattr(near_by(**more), k) for k in _FIELDS})  # type: ignore[arg-type]
    assert judge(here, other, lambda a, b: shared)[0] == verdict


_FIELDS = ("type", "place", "block", "lat", "lon", "days", "doers", "targets", "killed", "country")


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("Gunmen opened fire in a bar in Celaya and killed eight people.", "Gunmen fired on a bar in Celaya on Saturday night.", 0.25),
        ("Gunmen opened fire in a bar in Celaya and killed eight people.", "Farmers brought their wheat to the market town.", 0.0),
        ("He fled.", "He fled.", 0.0),
    ],
)
def test_words_that_two_sentences_share(a: str, b: str, share: float) -> None:
    assert (shared_words(a, b) >= share) if share else shared_words(a, b) == 0
