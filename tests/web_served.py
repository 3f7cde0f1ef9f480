"""A small record to be served, and the application that serves it."""

from pathlib import Path

from fastapi import FastAPI

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


def app_of(path: Path, **given: object) -> FastAPI:
    settings = {"cache": path.parent / "cache", "rate": 1e6, "burst": 1_000_000, **given}
    return make_app(Serving(str(path), **settings))
