"""The rules by which rows are coded: days, deaths, actors, folding; cases as tables."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from tests.factories import captured, day

import dateline
from dateline.export.acled import _people_first, event_types, rows_of
from dateline.export.actors import _is_description, sides_as_actors
from dateline.export.chronology import _heading
from dateline.export.days import acled_precision, interval_of, spoken, ucdp_precision
from dateline.export.deaths import lowest
from dateline.export.job import Options
from dateline.export.plover import _parties
from dateline.export.ties import foes, friends_of
from dateline.export.ucdp import row_of, where_precision
from dateline.record.happenings import Spot, happening_of
from dateline.record.link import incidents, link
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record, digest_of
from dateline.resolution.gazetteer import Gazetteer


def when(first: str | None, last: str | None, precision: str = "day", *, approximate: bool = False) -> dict:
    return {"from": first, "to": last, "precision": precision, "approximate": approximate}


@pytest.mark.parametrize(
    ("given", "acled", "ucdp", "middle"),
    [
        (when("2017-10-17", "2017-10-17"), 1, 1, "2017-10-17"),
        (when("2017-10-17", "2017-10-17", approximate=True), 2, 2, "2017-10-17"),
        (when("2017-10-14", "2017-10-15"), 2, 2, "2017-10-14"),
        (when("2017-10-09", "2017-10-15", "week"), 2, 3, "2017-10-12"),
        (when("2017-10-01", "2017-10-31", "month"), 3, 4, "2017-10-16"),
        (when("2017-01-01", "2017-12-31", "year"), None, 5, "2017-07-02"),
        (when("2017-06-09T18:00", "2017-06-10T06:00", "hour", approximate=True), 1, 1, "2017-06-09"),
    ],
)
def test_precision_of_days(given: dict, acled: int | None, ucdp: int, middle: str) -> None:
    interval = interval_of(given)
    assert interval is not None
    assert (acled_precision(interval), ucdp_precision(interval), interval.middle.isoformat()) == (acled, ucdp, middle)


@pytest.mark.parametrize("given", [None, when(None, None), when("2017-06-01", None), when(None, "2017-06-01")])
def test_open_intervals_have_no_day(given: dict | None) -> None:
    assert interval_of(given) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (when("2017-10-17", "2017-10-17"), "On 17 October 2017"),
        (when("2017-10-17", "2017-10-17", approximate=True), "Around 17 October 2017"),
        (when("2017-10-01", "2017-10-31", "month"), "In October 2017"),
        (when("2017-01-01", None, "year"), "Since 2017"),
        (when("2017-10-01", "2017-10-05"), "Between 1 October 2017 and 5 October 2017"),
        (None, "On an unknown day"),
    ],
)
def test_days_in_words(given: dict | None, words: str) -> None:
    assert spoken(given) == words


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "dead"),
    [
        ("13", 13, 13, 13, 13),
        ("at least 13", 13, None, None, 13),
        ("more than 300", 301, None, None, 300),
        ("Dozens", 24, None, None, 12),
        ("hundreds", 200, None, None, 100),
        ("several", 3, None, None, 3),
        ("up to 20", None, None, 20, 1),
        ("3 to 5", 3, None, 5, 3),
        ("about 30", None, 30, None, 30),
        ("several hundred of the 500", 200, None, None, 200),
    ],
)
def test_acleds_numbers(text: str, low: float | None, best: float | None, high: float | None, dead: int) -> None:
    assert lowest({"low": low, "best": best, "high": high, "of": "people", "span": {"text": text}}) == dead


@pytest.mark.parametrize(
    ("kind", "relation", "country", "precision"),
    [("city", "at", "SY", 1), ("town", "near", "SY", 2), ("admin", "in", "SY", 3), ("region", "in", "SY", 4), ("border", "at", "SY", 5),
     ("country", "in", "SY", 6), ("water", "in", None, 7)],
)  # fmt: skip
def test_where_precision(kind: str, relation: str, country: str | None, precision: int) -> None:
    assert where_precision(Spot("k", "n", kind, relation, country, 1.0, 1.0, None, None)) == precision


class Quiet:
    """Losses that are only listened to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def left_out(self, _: object, reason: str, detail: str) -> None:
        self.heard.append(("left out", reason))

    def coarsened(self, _: object, reason: str, detail: str) -> None:
        self.heard.append(("coarsened", reason))


def only(*readings, tmp_path):
    """The incidents of a record of these readings."""
    with Record.open(tmp_path / "r.db", create=True) as record:
        for n, reading in enumerate(readings):
            number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="test")
            link(record, [number])
        return [happening_of(record, i) for i in incidents(record)]


def test_a_capture_is_one_row_with_its_dead(tmp_path) -> None:
    (one,) = only(captured("Islamic State", "Palmyra", day("2015-05-20"), killed=12), tmp_path=tmp_path)
    quiet = Quiet()
    (row,) = rows_of(one, {}, Options(), quiet)
    cells = row.cells
    assert (cells["event_type"], cells["sub_event_type"]) == ("Battles", "Non-state actor overtakes territory")
    assert (cells["event_date"], cells["time_precision"], cells["fatalities"], cells["country"]) == ("2015-05-20", 1, 12, "Syria")
    assert cells["actor2"] == "Unidentified Armed Group (Syria)"
    assert ("coarsened", "one side unknown") in quiet.heard


def test_a_fight_of_days_is_a_row_a_day_with_the_rest_on_the_first(tmp_path) -> None:
    fight = captured("Islamic State", "Palmyra", day("2015-05-20", "2015-05-22"), killed=11, event_type="armed_clash")
    (one,) = only(fight, tmp_path=tmp_path)
    rows = rows_of(one, {}, Options(), Quiet())
    assert [(r.cells["event_date"], r.cells["fatalities"]) for r in rows] == [("2015-05-20", 5), ("2015-05-21", 3), ("2015-05-22", 3)]
    assert len({r.cells["event_id_cnty"] for r in rows}) == 3


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (captured("Islamic State", "Palmyra", day("2015-01-01", "2015-12-31", "year")), "vaguer than a month"),
        (captured("Islamic State", "Palmyra", day("2015-05-20", None)), "no day"),
        (captured("Islamic State", "Palmyra", day("2015-05-20"), status="denied"), "not asserted"),
        (captured("Islamic State", "Palmyra", day("2015-05-20"), event_type="meeting"), "no such type"),
    ],
)
def test_what_acled_refuses(reading, reason: str, tmp_path) -> None:
    (one,) = only(reading, tmp_path=tmp_path)
    quiet = Quiet()
    assert rows_of(one, {}, Options(), quiet) == []
    assert quiet.heard == [("left out", reason)]


def test_ucdp_wants_a_death_and_two_sides(tmp_path) -> None:
    (one,) = only(captured("Islamic State", "Palmyra", day("2015-05-20"), killed=12), tmp_path=tmp_path)
    quiet = Quiet()
    assert row_of(one, {}, Options(), quiet) is None
    assert quiet.heard == [("left out", "no organised actor")]


@pytest.mark.parametrize(
    ("beside", "agent", "heard"),
    [("disaster_natural", False, True), ("disaster_man_made", False, True), ("disaster_natural", True, False), ("meeting", False, False)],
)
def test_the_dead_of_a_disaster_are_nobodys_victims(beside: str, tmp_path, *, agent: bool, heard: bool) -> None:
    reading = captured("Islamic State", "Palmyra", day("2015-05-20"), event_type="killing", killed=12)
    (told,) = reading.events
    other = replace(told, id="v2", type=beside, participants=(), figures=())
    whole = replace(reading, events=(replace(told, participants=told.participants if agent else ()), other))
    killing = next(i for i in only(whole, tmp_path=tmp_path) if i.picture.type == "killing")
    quiet = Quiet()
    rows = rows_of(killing, {}, Options(), quiet)
    assert (rows == [], ("left out", "no violence") in quiet.heard) == (heard, heard)


def test_persons_by_name_are_sides_in_plover_and_words_are_no_name(tmp_path) -> None:
    text = "Jan. 14, 2016 (Northline Agency) — Gunmen killed the journalist Samira Qaddour in Palmyra on Wednesday.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with Record.open(tmp_path / "p.db", create=True) as record:
        dateline.read_into(record, [tmp_path / "a.txt"])
        one = next(h for i in incidents(record) if (h := happening_of(record, i)) is not None and "Gunmen killed" in h.items[0].body["sentence"]["text"])
    _, suffering = _parties(one, {})
    assert [(a.name, a.plover) for a in suffering] == [("Samira Qaddour", "UNK")]
    assert [_is_description(n) for n in ("security", "Kurdish fighters", "Islamic State", "حماس")] == [True, True, False, False]


def test_an_incident_of_a_year_stands_under_the_year(tmp_path) -> None:
    year = captured("Islamic State", "Palmyra", day("2015-01-01", "2015-12-31", "year"))
    month = captured("SDF", "Raqqa", day("2015-05-01", "2015-05-31", "month"))
    assert [_heading(one) for one in only(year, month, tmp_path=tmp_path)] == ["2015", "May 2015"]


def test_own_names_take_the_place_of_ours(tmp_path) -> None:
    from dateline.export.actors import OwnName

    (one,) = only(captured("Islamic State", "Palmyra", day("2015-05-20")), tmp_path=tmp_path)
    first, _ = sides_as_actors(one, {"islamic state": OwnName("IS", 4)})
    assert (first[0].name, first[0].inter) == ("IS", 4)
    assert event_types(one) == ("Battles", "Non-state actor overtakes territory")


def test_order_and_pages_do_not_depend_on_the_order_of_reports(tmp_path) -> None:
    readings = [captured("Islamic State", p, day(f"2015-0{m}-20")) for m, p in ((5, "Palmyra"), (3, "Raqqa"), (8, "Palmyra"))]
    for name, order in (("a", readings), ("b", readings[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        only(*order, tmp_path=folder)
        with Record.open(folder / "r.db") as record:
            days = [h.first_day for h in Selected(record, Selection())]
        assert days == ["2015-03-20", "2015-05-20", "2015-08-20"]
        assert all(date.fromisoformat(d) for d in days)


def test_foes_and_friends_by_the_whos_who(tmp_path) -> None:
    (one,) = only(captured("Islamic State", "Palmyra", day("2015-05-20")), tmp_path=tmp_path)
    (group,), _ = sides_as_actors(one, {})
    army = replace(group, name="Military Forces of Syria", kind="military", country="SY", inter=1, key="military:SY")
    militia = replace(group, name="Hezbollah", key="actor:hezbollah", inter=8)
    rebels = replace(group, name="Ashen Hand", key="other:ashen hand", inter=2)
    assert foes(group, army, 2015)
    assert foes(army, group, 2015)
    assert foes(army, rebels, 2015)
    assert friends_of(army, militia, 2015)
    assert not foes(army, militia, 2015)
    assert not foes(group, replace(group, key="other:someone", inter=3), 2015)


def test_nobody_stands_beside_his_foe_and_no_civilians_beside_the_armed(example_record) -> None:
    for happening in Selected(example_record, Selection()):
        year = int(happening.first_day[:4]) if happening.first_day < "9999" else None
        first, against = sides_as_actors(happening, {})
        assert not [a.name for a in first[1:] if foes(a, first[0], year) or (first[0].armed and a.kind == "civilians")], happening.id
        assert not {a.key for a in first} & {a.key for a in against}


def test_a_place_known_only_to_be_in_its_country_has_no_row_in_acled(write) -> None:
    gazetteer = Gazetteer.open()
    with write("acled").path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        middle = gazetteer.country(next(c for c in gazetteer.named(row["country"]) if c.type == "country").countries[0])
        assert middle is not None
        assert (float(row["latitude"]), float(row["longitude"])) != (middle.lat, middle.lon), row["location"]


def test_an_organisation_is_the_associate_of_the_people(tmp_path) -> None:
    (one,) = only(captured("Islamic State", "Palmyra", day("2015-05-20")), tmp_path=tmp_path)
    (group,), _ = sides_as_actors(one, {})
    paper = replace(group, name="Harbour Post", kind="organisation", inter=7, key="other:harbour post")
    assert [a.name for a in _people_first([paper], "SY")] == ["Civilians (Syria)", "Harbour Post"]
    assert _people_first([group, paper], "SY") == [group, paper]


@pytest.mark.parametrize(
    ("sentence", "coded", "doers"),
    [
        ("Police opened fire on demonstrators in Khartoum on Monday, killing four protesters, doctors said.",
         ("Excessive force against protesters", "Protesters (Sudan)", None, "Police Forces of Sudan", None), ["Police Forces of Sudan"]),
        ("Police dispersed demonstrators in Khartoum on Tuesday with tear gas.",
         ("Protest with intervention", "Protesters (Sudan)", None, "Police Forces of Sudan", None), ["Protesters (Sudan)"]),
        ("Demonstrators clashed with police in Khartoum on Wednesday.",
         ("Violent demonstration", "Rioters (Sudan)", None, "Police Forces of Sudan", None), ["Rioters (Sudan)"]),
        ("The Russians struck Kramatorsk with a missile on Friday, killing three people.",
         ("Shelling/artillery/missile attack", "Military Forces of Russia", None, "Civilians (Ukraine)", None), ["Military Forces of Russia"]),
        ("Armed men killed ten soldiers at an army camp in Djibo on Saturday.",
         ("Armed clash", "Unidentified Armed Group (Burkina Faso)", None, "Military Forces of Burkina Faso", None), ["Unidentified Armed Group (Burkina Faso)"]),
        ("Armed men killed ten villagers in Djibo on Saturday.",
         ("Attack", "Unidentified Armed Group (Burkina Faso)", None, "Civilians (Burkina Faso)", None), ["Unidentified Armed Group (Burkina Faso)"]),
    ],
)  # fmt: skip
def test_who_does_what_to_whom_as_acled_writes_it_and_as_it_was(sentence: str, coded: tuple, doers: list[str], tmp_path) -> None:
    reading = dateline.read(sentence, published="2019-10-20")
    (one,) = [h for h in only(reading, tmp_path=tmp_path) if h.picture.type not in ("killing", "wounding")]
    (row,) = rows_of(one, {}, Options(), Quiet())
    assert tuple(row.cells[k] for k in ("sub_event_type", "actor1", "assoc_actor_1", "actor2", "assoc_actor_2")) == coded
    assert [a.name for a in sides_as_actors(one, {})[0]] == doers


def test_a_chronology_tells_each_account_once_and_no_place_as_a_victim(write) -> None:
    accounts: list[str] = []
    for line in write("chronology").path.read_text(encoding="utf-8").splitlines():
        accounts = [*accounts, line] if line.startswith("  - ") else []
        assert len(set(accounts)) == len(accounts), line
