"""What lies within so many kilometres of a place, in a file, on a server, and on one that has PostGIS: the same answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from evaluation.made import Happening, Story, moment, town
from evaluation.postgresql import Server
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.record.around import circle_around
from dateline.record.circle import EARTH_KM, Circle, distance, has_postgis
from dateline.record.link import link, pending
from dateline.record.listing import Asked, pictures
from dateline.record.questions import Question, ask
from dateline.record.store import Record, digest_of

PLACES = {
    "Northtown": (35.95, 39.01), "Nearby": (36.05, 39.10), "Farfield": (36.95, 39.01), "Fiji West": (-17.0, 179.9), "Fiji East": (-17.0, -179.9),
    "Pole Station": (89.9, 10.0), "Other Side": (89.95, -170.0), "Twin": (10.0, 10.0),
}  # fmt: skip


def told_at(name: str, lat: float, lon: float, number: int, *, geonames: int | None) -> Story:
    story = Story()
    place = replace(town(number), name=name, lat=lat, lon=lon, geonames_id=geonames)
    story.tell(Happening(doer="River Front", place=place, when=moment(number), number=3 + number, change="captured"))
    return story


def fill(record: Record) -> None:
    stories = [told_at(name, lat, lon, n, geonames=900_000_000 + n) for n, (name, (lat, lon)) in enumerate(PLACES.items())]
    stories.append(told_at("Twin", 40.0, 40.0, 9, geonames=900_000_099))
    for n, story in enumerate(stories):
        reading = story.reading(name=str(n), source="Outlet", published=story.day)
        record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=f"{n}.txt", reader="test")
    link(record, pending(record))


@pytest.fixture(scope="module")
def on_globe(server: Server) -> str:
    """A database of its own with PostGIS."""
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        pytest.skip("PostGIS is not installed on this machine (Debian: apt-get install postgresql-postgis): its tests do not run")
    server.sql("CREATE DATABASE globe")
    server.sql("CREATE EXTENSION postgis", database="globe")
    return server.address("globe")


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "postgis"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    if request.param == "sqlite":
        name = str(tmp_path_factory.mktemp("circle") / "r.db")
    elif request.param == "postgis":
        name = request.getfixturevalue("on_globe")
    else:
        server: Server = request.getfixturevalue("server")
        server.sql("CREATE SCHEMA flat")
        name = server.address(schema="flat")
    with Record.open(name, create=True) as opened:
        assert has_postgis(opened.connection) == (request.param == "postgis")
        fill(opened)
        yield opened


@pytest.mark.parametrize(
    ("where", "km", "places"),
    [
        ("Northtown", 20, ["Northtown", "Nearby"]),
        ("Northtown", 5, ["Northtown"]),
        ("Northtown", 120, ["Northtown", "Nearby", "Farfield"]),
        ("35.95,39.01", 20, ["Northtown", "Nearby"]),
        ("geonames:900000000", 20, ["Northtown", "Nearby"]),
        ("Fiji West", 30, ["Fiji West", "Fiji East"]),
        ("Fiji East", 30, ["Fiji West", "Fiji East"]),
        ("Pole Station", 30, ["Pole Station", "Other Side"]),
        ("0,0", 1, []),
    ],
)
def test_what_is_near_a_place(record: Record, where: str, km: float, places: list[str]) -> None:
    circle = circle_around(record, where, km)
    for word in ("event", "figure", "control"):
        found = ask(record, word, Question(near=circle))
        entity = [i.body["place"] if word == "control" else i.body["where"]["entity"] for i in found]
        assert [i.name(e) for i, e in zip(found, entity, strict=True)] == places, word
    assert [p.where for p in pictures(record, Asked(circle=circle))] == places
    assert len(ask(record, "event", Question(near=circle, limit=1))) == min(1, len(places))


def test_a_name_of_several_places_is_answered_with_their_points(record: Record) -> None:
    with pytest.raises(UsageError, match="several places") as fault:
        circle_around(record, "Twin", 20)
    assert "40,40" in fault.value.mend


@pytest.mark.parametrize(("where", "km", "wrong"), [("95,10", 20, "no such point"), ("Northtown", 0, "distance"), ("Northtown", math.inf, "distance"),
                                                     ("Qqxxville", 20, "knows a place of this name")])  # fmt: skip
def test_what_cannot_be_is_named(record: Record, where: str, km: float, wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        circle_around(record, where, km)


def test_a_server_with_postgis_finds_by_its_index(on_globe: str) -> None:
    with Record.open(on_globe, create=True) as record:
        if not record.rows("SELECT n FROM report LIMIT 1"):
            fill(record)
        test, values = Circle(35.95, 39.01, 20).test(record.connection, "e")
        record.run("SET enable_seqscan = off")
        plan = "\n".join(row["QUERY PLAN"] for row in record.rows(f"EXPLAIN SELECT e.id FROM event e WHERE {test}", values))
        assert "event_spot" in plan


def test_the_command_asks_for_a_circle(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with Record.open(path, create=True) as record:
        fill(record)
    done = CliRunner().invoke(cli, ["events", "--near", "Northtown", "--within", "20", "--record", path], standalone_mode=False)
    assert "Northtown" in done.output
    assert "Nearby" in done.output
    assert "Farfield" not in done.output
    done = CliRunner().invoke(cli, ["incidents", "--near", "Northtown", "--limit", "1", "--record", path], standalone_mode=False)
    assert done.output.count("incident:") == 1


points = st.tuples(st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False))


@settings(max_examples=200, deadline=None)
@given(centre=points, other=points, km=st.floats(0.1, 19_000))
def test_the_frame_around_a_circle_holds_all_of_it(centre: tuple[float, float], other: tuple[float, float], km: float) -> None:
    circle = Circle(*centre, km)
    south, north, stretches = circle.spans()
    framed = south <= other[0] <= north and any(west <= other[1] <= east for west, east in stretches)
    assert framed or not circle.holds(*other)
    assert circle.holds(*other) == (distance(*centre, *other) <= km)
    assert distance(*centre, *other) <= math.pi * EARTH_KM + 1e-6
