"""A record that goes away, is replaced or damaged while it is served: named, never a fault of the server's, and served again once it is back."""

from pathlib import Path

from starlette.testclient import TestClient

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
