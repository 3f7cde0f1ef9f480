"""A record that goes away, is replaced or damaged while it is served: named, never a fault of the server's, and served again once it is back."""

import gc
import os
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.errors import RecordError
from dateline.record.store import Record
from dateline.web.desk import Desk, at
from web_served import app_of, fill

ASKED = ("/api/reports", "/api/incidents", "/api/reports/1", "/api/meta", "/api/places", "/api/search?words=took")


def test_a_record_that_is_gone_is_named_without_its_folder_and_served_again(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    with TestClient(app_of(path), base_url="http://127.0.0.1") as client:
        assert client.get("/api/reports").json()["count"] == 5
        path.rename(tmp_path / "away.db")
        for asked in ASKED:
            answer = client.get(asked)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2"), asked
            assert str(tmp_path) not in answer.text
        (tmp_path / "away.db").rename(path)
        assert client.get("/api/reports").status_code == 200


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    with TestClient(app_of(path), base_url="http://127.0.0.1") as client:
        assert client.get("/api/reports").status_code == 200
        (tmp_path / "new.db").write_bytes(b"no database at all " * 500)
        (tmp_path / "new.db").rename(path)
        for asked in ASKED:
            answer = client.get(asked)
            assert answer.status_code == 503, asked
            assert answer.json()["mend"]


def test_a_writer_at_work_does_not_keep_readers_waiting(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "record.db"
    fill(path)
    with TestClient(app_of(path), base_url="http://127.0.0.1") as client:
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        try:
            assert [client.get(asked).status_code for asked in ASKED] == [200] * len(ASKED)
        finally:
            writer.execute("ROLLBACK")
            writer.close()


def test_what_a_thread_has_opened_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    desk = Desk(str(path))

    def held() -> int:
        return sum(os.path.realpath(f"/proc/self/fd/{fd}") == str(path.resolve()) for fd in os.listdir("/proc/self/fd"))

    before = held()
    for _ in range(12):
        thread = threading.Thread(target=lambda: desk.record().rows("SELECT count(*) AS n FROM report"))
        thread.start()
        thread.join()
        del thread
    gc.collect()
    assert held() <= before + 1


def test_a_view_that_took_long_is_followed_by_a_rest(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    fill(path)
    with TestClient(app_of(path), base_url="http://127.0.0.1") as client:
        desk = client.app.state.desk
        desk.keeper.wait(desk.record())
        made: list[float] = []
        make = desk.keeper._make

        def slowly(*given: object) -> object:
            made.append(time.monotonic())
            time.sleep(0.2)
            return make(*given)

        desk.keeper._make = slowly
        for _ in range(20):
            desk.keeper.hurry()
            time.sleep(0.05)
        gaps = [later - earlier for earlier, later in pairwise(made)]
        assert gaps
        assert min(gaps) >= 0.55


def test_an_overview_that_cannot_be_made_says_why_and_nobody_waits_for_it(tmp_path: Path) -> None:
    fill(tmp_path / "record.db")
    with Record.open(tmp_path / "record.db") as record:
        record.run("UPDATE report SET body = '{' WHERE n = 2")
    begun = time.monotonic()
    with pytest.raises(RecordError, match="the record is damaged: report 2"), at(Desk(str(tmp_path / "record.db"), cache=tmp_path / "cache")) as desk:
        desk.keeper.wait(desk.record(), seconds=60)
    assert time.monotonic() - begun < 30
