"""A PostgreSQL server that is restarted or stopped while somebody reads into it, reviews or serves it: named, nothing lost, and gone on with."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from evaluation import postgresql
from starlette.testclient import TestClient

from dateline import batch
from dateline.errors import RecordError
from dateline.record import corrections
from dateline.record.corrections import Correction
from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from dateline.settings import Settings
from dateline.web.app import Serving, make_app
from factories import captured, day


@pytest.fixture(scope="module")
def own() -> Iterator[postgresql.Server]:
    """A server of this module's own, since others may not be restarted under those who use them."""
    if postgresql.programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine (Debian: apt-get install postgresql postgis): its tests do not run")
    with postgresql.running() as started:
        yield started


def readings(count: int) -> list:
    return [captured(f"Group {n}", "Raqqa", day("2017-10-17"), says="The army", killed=3.0 + n) for n in range(count)]


def address(own: postgresql.Server, name: str) -> str:
    own.sql(f"CREATE SCHEMA {name}")
    return own.address(schema=name)


def test_reading_goes_on_where_a_restart_stopped_it(own: postgresql.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    given = readings(8)
    monkeypatch.setattr(batch, "given", lambda _: (batch.Given(str(n), r.report) for n, r in enumerate(given)))
    monkeypatch.setattr(batch, "read_many", lambda reports, _settings, *, jobs, world=None: ((g.name, given[int(g.name)]) for g in reports))
    said: list[int] = []

    def tell(progress: batch.Progress) -> None:
        said.append(progress.added + progress.known)
        if said[-1] == 3 and len(said) == 3:
            own.control("restart", "-m", "immediate")

    with Record.open(address(own, "reading"), create=True) as record:
        with pytest.raises(RecordError, match="connection to the database was lost") as fault:
            batch.ingest([], record, Settings(), tell=tell)
        assert fault.value.mend
        acknowledged = said[-1]
        assert acknowledged <= record.rows("SELECT count(*) AS n FROM report")[0]["n"]
        done = batch.ingest([], record, Settings())
        assert (done.added + done.known, done.known >= acknowledged) == (8, True)
        assert record.rows("SELECT count(*) AS n, count(DISTINCT digest) AS digests FROM report")[0] == {"n": 8, "digests": 8}
        assert pending(record) == []
        assert list(verify(record)) == []


def test_no_correction_is_lost_or_doubled(own: postgresql.Server) -> None:
    with Record.open(address(own, "reviewing"), create=True) as record:
        (one,) = readings(1)
        number = record.add(one, key="k", digest=digest_of(one.report), source_name="t", reader="test")
        wanted = []
        for n in range(6):
            said = Correction("note", number, "v1", who="A. Reader", why=f"look {n}")
            if n in (2, 4):
                own.control("restart", "-m", "immediate")
                with pytest.raises(RecordError, match="lost"):
                    corrections.add(record, said)
            corrections.add(record, said)
            wanted.append(f"look {n}")
        assert [entry.line.why for entry in sorted(corrections.entries(record), key=lambda entry: entry.line.n)] == wanted
        assert list(verify(record)) == []


ASKED = ("/api/reports", "/api/incidents", "/api/reports/1", "/api/meta", "/api/search?words=Raqqa")


def until_sound(client: TestClient, path: str, *, seconds: float = 60.0) -> list[int]:
    """Statuses until the first that is 200."""
    statuses, end = [], time.monotonic() + seconds
    while not statuses or statuses[-1] != 200 and time.monotonic() < end:
        statuses.append(client.get(path).status_code)
    return statuses


def test_a_served_record_is_away_by_name_and_comes_back_by_itself(own: postgresql.Server) -> None:
    where = address(own, "serving")
    with Record.open(where, create=True) as record:
        for n, one in enumerate(readings(3)):
            record.add(one, key=str(n), digest=digest_of(one.report), source_name="t", reader="test")
        link(record, pending(record))
    with TestClient(make_app(Serving(where, rate=1e6, burst=1_000_000)), base_url="http://127.0.0.1") as client:
        client.headers["X-Dateline-CSRF"] = client.get("/api/session").json()["csrf"]
        note = {"verb": "note", "report": 1, "item": "v1", "why": "before"}
        assert client.post("/api/corrections", json=note).status_code == 201
        own.control("restart", "-m", "immediate")
        for path in ASKED:
            statuses = until_sound(client, path)
            assert statuses[-1] == 200, (path, statuses)
            assert set(statuses[:-1]) <= {503}, (path, statuses)
        own.control("stop", "-m", "immediate")
        try:
            answers = {path: client.get(path) for path in ASKED}
            assert {answers[path].status_code for path in ("/api/reports", "/api/reports/1", "/api/search?words=Raqqa")} == {503}
            for path, answer in answers.items():  # what was made ready before may still be given
                assert answer.status_code in (200, 503), (path, answer.text)
                if answer.status_code == 200:
                    continue
                assert answer.headers["retry-after"] == "2"
                assert postgresql.PASSWORD.replace(" ", "%20") not in answer.text
                assert answer.json()["mend"]
            assert client.post("/api/corrections", json={**note, "why": "while away"}).status_code == 503
        finally:
            own.control("start", "-l", str(own.folder / "log"), "-o", f"-p {own.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={own.folder}")
        assert until_sound(client, "/api/reports")[-1] == 200
        assert client.post("/api/corrections", json={**note, "why": "after"}).status_code in (201, 503)
        told = [entry["why"] for entry in client.get("/api/corrections").json()["items"]]
        assert "before" in told
        assert "while away" not in told
