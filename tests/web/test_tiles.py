"""What the setting of tiles may be, and the file given out in stretches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.errors import UsageError
from dateline.web.app import Serving, make_app
from dateline.web.tiles import tiles_from

BODY = b"PMTiles\x03" + bytes(range(256)) * 20


@pytest.fixture
def tile_file(tmp_path: Path) -> Path:
    path = tmp_path / "map.pmtiles"
    path.write_bytes(BODY)
    return path


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}.png?key=1", "http://127.0.0.1:8080"),
        ("https://tiles.example/world.pmtiles", "https://tiles.example"),
    ],
)
def test_an_address_is_asked_by_the_browser(given: str, origin: str) -> None:
    tiles = tiles_from(given)
    assert tiles is not None
    assert (tiles.address, tiles.origin, tiles.file) == (given, origin, None)


@pytest.mark.parametrize("given", ["https://tiles.example/", "https://a;script-src *;b/{z}/{x}/{y}", "ftp://a/{z}/{x}/{y}", "nowhere.pmtiles", "", __file__])
def test_what_is_no_map_is_named_with_its_mend(given: str) -> None:
    with pytest.raises(UsageError) as fault:
        tiles_from(given)
    assert fault.value.given == given
    assert ".pmtiles" in fault.value.mend


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-6", 206, 0, 6),
        ("bytes=5000-", 206, 5000, len(BODY) - 1),
        (None, 206, 0, len(BODY) - 1),
        ("bytes=-5", 206, 0, len(BODY) - 1),
        ("bytes=9999-10000", 416, 0, 0),
        ("bytes=9-3", 416, 0, 0),
    ],
)
def test_the_file_is_given_in_stretches(tile_file: Path, record_file: Path, asked: str | None, status: int, first: int, last: int) -> None:
    with client_of(record_file, str(tile_file)) as client:
        assert client.get("/api/meta").json()["tiles"] == "/api/tiles"
        answer = client.get("/api/tiles", headers={"Range": asked} if asked else {})
    assert answer.status_code == status
    if status == 206:
        assert answer.content == BODY[first : last + 1]
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(BODY)}"
        assert "content-encoding" not in answer.headers or answer.headers["content-encoding"] == "identity"


def test_without_a_file_there_is_none(record_file: Path) -> None:
    with client_of(record_file, None) as client:
        answer = client.get("/api/tiles")
    assert answer.status_code == 404
    assert "--tiles" in answer.json()["mend"]


def client_of(record: Path, tiles: str | None) -> Any:
    return TestClient(make_app(Serving(str(record), tiles=tiles)), base_url="http://127.0.0.1")
