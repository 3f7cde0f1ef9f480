"""The page without its server, and with tiles of the owner's: one file that asks nobody, a PMTiles file that this server gives out."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from page.conftest import SHOTS, Served, serving
from page.test_page import serious_findings

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def one_file(served: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    asked = {"title": "A selection", "note": "For the desk <b>only</b>", "round": "0.1", "hide_private_persons": "true"}
    path = tmp_path_factory.mktemp("shared") / "dateline.html"
    with urlopen(f"{served.address}api/export/page?{urlencode(asked)}") as answer:
        path.write_bytes(answer.read())
    return path.as_uri()


@pytest.mark.parametrize("view", ["#/map", "#/search", "#/reports", "#/report/1", "#/places", "#/actors", "#/figures"])
def test_the_one_file_page_shows_its_views_without_a_server(view: str, visit: Opener, one_file: str) -> None:
    page = visit(view, page_at=one_file)
    assert page.locator("h1").count() == 1
    assert page.locator("[role=alert]").count() == 0
    assert page.locator(".cover").inner_text().startswith("A selection")
    assert "coordinates rounded to 0.1°" in page.locator(".cover").inner_text()
    assert "For the desk <b>only</b>" in page.locator(".cover").inner_text()
    assert page.locator("nav a", has_text="Review").count() == 0
    if view == "#/map":
        expect(page.locator(".counts strong")).not_to_have_text("0")
        assert serious_findings(page) == []
        page.wait_for_timeout(500)
        page.screenshot(path=SHOTS / "one-file.png")


def test_the_one_file_page_holds_no_finer_point_than_was_said(one_file: str) -> None:
    with urlopen(one_file) as opened:
        text = opened.read().decode()
    dossier = json.loads(text.split('<script type="application/json" id="dossier">')[1].split("</script>")[0])
    points = dossier["answers"]["/api/incidents/points"]
    known = [value for value in (*points["lat"], *points["lon"]) if value is not None]
    assert known
    assert all(abs(value * 10 - round(value * 10)) < 1e-6 for value in known)
    assert all(radius >= 5 for radius in points["radius_km"] if radius is not None)


def test_incidents_of_the_one_file_page_open_their_words(visit: Opener, one_file: str) -> None:
    page = visit("#/search", page_at=one_file)
    page.locator(".cards a").first.click()
    page.wait_for_selector(".accounts .quote")
    page.locator(".accounts .quote").first.click()
    page.wait_for_selector(".mark.chosen, .lit")
    assert "#/report/" in page.url


def test_a_file_of_tiles_is_given_out_by_this_server_alone(visit: Opener, copied: Path, tmp_path: Path) -> None:
    tiles = tmp_path / "map.pmtiles"
    tiles.write_bytes(pmtiles(picture(256, (200, 40, 120))))
    with serving(copied, tiles=str(tiles)) as address:
        page = visit("#/map?at=20,20,1.5", page_at=address)
        asked: list[str] = []
        page.on("response", lambda answer: asked.append(f"{answer.status} {answer.url}"))
        page.reload()
        page.wait_for_selector(".maplibregl-canvas")
        for _ in range(60):
            page.wait_for_timeout(250)
            shot = page.locator(".maplibregl-canvas").screenshot()
            if drawn(shot, (200, 40, 120)):
                break
        assert drawn(shot, (200, 40, 120))
        assert page.locator(".map .notice").count() == 0
        assert any(line.startswith("206 ") and line.endswith("/api/tiles") for line in asked)


def test_a_file_of_tiles_that_is_broken_leaves_the_map_as_it_is(visit: Opener, copied: Path, tmp_path: Path) -> None:
    tiles = tmp_path / "map.pmtiles"
    tiles.write_bytes(b"PMTiles\x03" + b"\xff" * 200)
    with serving(copied, tiles=str(tiles)) as address:
        page = visit("#/map", page_at=address)
        expect(page.locator(".map .notice")).to_contain_text("drawn without them")
        assert page.locator(".counts strong").inner_text() != "0"


def pmtiles(png: bytes) -> bytes:
    """A PMTiles file (version 3) of one picture, the tile of the whole world."""
    directory = bytes([1, 0, 1]) + varint(len(png)) + varint(1)  # one entry: tile 0, run 1, its length, its offset + 1
    metadata = b"{}"
    root = 127
    at = root + len(directory)
    header = b"PMTiles\x03" + struct.pack("<11Q", root, len(directory), at, len(metadata), 0, 0, at + len(metadata), len(png), 1, 1, 1)
    header += struct.pack("<BBBBBB4iB2i", 1, 1, 1, 2, 0, 0, -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000, 0, 0, 0)
    return header + directory + metadata + png


def varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


def picture(size: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    rows = (b"\0" + bytes(colour) * size) * size

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def drawn(shot: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether a screenshot holds the colour in many of its points."""
    raw = b""
    at, width, depth = 8, 0, 3
    while at < len(shot):
        size, kind = struct.unpack(">I4s", shot[at : at + 8])
        body = shot[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, depth = struct.unpack(">I", body[:4])[0], {2: 3, 6: 4}[body[9]]
        raw += body if kind == b"IDAT" else b""
        at += size + 12
    rows = zlib.decompress(raw)
    # A row of one colour is left by every filter as the colour first and zeros after, or as the colour all along.
    return width > 0 and rows.count(bytes(colour)) + rows.count(b"\0" * 64 * depth) > 200 and bytes(colour) in rows
