"""A small record that is served, and clients that ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from dateline.web.app import Serving, make_app
from factories import captured, day


def fill(path: Path) -> None:
    """A record of one place that changes hands twice, once denied, and a second place."""
    told = (
        captured("Northern Front", "Raqqa", day("2014-01-12"), killed=40.0, source="Northline Agency", published="2014-01-13"),
        captured("Northern Front", "Raqqa", day("2014-01-12"), killed=55.0, source="Coastal Broadcasting", published="2014-01-14"),
        captured("River Alliance", "Raqqa", day("2017-10-17"), says="River Alliance", published="2017-10-18"),
        captured("Northern Front", "Palmyra", day("2015-05-20", "2015-05-21"), says="Levant Watch", published="2015-05-22"),
        captured("River Alliance", "Palmyra", day("2016-03-27"), status="denied", says="Northern Front", published="2016-03-28"),
    )
    with Record.open(path, create=True) as record:
        for n, reading in enumerate(told):
            record.add(reading, key=f"r{n}", digest=digest_of(reading.report), source_name=f"r{n}.txt", reader="0.1.0")
        link(record, pending(record))


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "record.db"
    fill(path)
    return path


def app_of(path: Path, **given: object) -> FastAPI:
    settings = {"cache": path.parent / "cache", "rate": 1e6, "burst": 1_000_000, **given}
    return make_app(Serving(str(path), **settings))


@pytest.fixture(scope="session")
def client(record_file: Path) -> Iterator[TestClient]:
    with TestClient(app_of(record_file), base_url="http://127.0.0.1") as made:
        desk = made.app.state.desk
        desk.keeper.wait(desk.record())
        yield made
