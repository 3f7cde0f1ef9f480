"""The ledger of all places over all days in columns, made beside the requests and kept between runs."""

from __future__ import annotations

import json
import re
from typing import Any

from dateline.record.bands import Band, bands_of
from dateline.record.parties import held_still, sides_of
from dateline.record.questions import Body, holder_name
from dateline.record.store import Record
from dateline.web.cards import hash_of, standing_of_reports
from dateline.web.shapes import STANDINGS
from dateline.web.shelf import Shelf
from dateline.web.view import OPEN, day_number

_STATE = re.compile("actor:[A-Z]{2}")


def make_ledger(record: Record, shelf: Shelf, state: tuple[object, ...]) -> dict[str, Any]:
    """The ledger in columns; the bands of places of which nothing new is told are taken from the shelf."""
    told: dict[str, list[tuple[int, str]]] = {}
    rows = record.rows(
        "SELECT c.place AS place, c.report AS report, c.id AS id FROM control c JOIN report r ON r.n = c.report AND r.current = 1"
        " WHERE c.place IS NOT NULL ORDER BY 1, 2, 3"
    )
    for row in rows:
        told.setdefault(row["place"], []).append((row["report"], row["id"]))
    standing = standing_of_reports(record)
    kept = shelf.bodies("bands")
    names: dict[str, str] = {place: f"{hash_of('bands', place, keys, [standing(n) for n, _ in keys]):016x}" for place, keys in told.items()}
    fresh: dict[str, str] = {}
    found: list[tuple[Body, list[Band]]] = []
    with held_still(record):
        for place, name in names.items():
            if name in kept:
                point, bands = json.loads(kept[name])
                found.append((point, [Band(*b) for b in bands]))
                continue
            point, made = place_point(record, place), bands_of(record, place)
            found.append((point, made))
            fresh[name] = json.dumps([point, [_plain(b) for b in made]])
    shelf.keep_bodies("bands", fresh)
    shelf.drop("bands", set(kept) - set(names.values()))
    return named_columns(record, [p for p, _ in found], [b for _, b in found], f"{hash_of(sorted(names.values()), state):016x}")


def named_columns(record: Record, places: list[Body], bands: list[list[Band]], revision: str) -> dict[str, Any]:
    """The bands of these places in columns, each holder under one name."""
    columns = columns_of(places, bands, revision)
    return {**columns, "holders": [holder_of(record, h["key"], h["name"]) for h in columns["holders"]]}


def holder_of(record: Record, key: str, name: str) -> Body:
    """A holder under the name that holds for all its places: the who's who's, else the one that reports use."""
    known = sides_of(record).name_of(key)
    if known is not None:
        return {"key": key, "name": f"{known} (state)" if _STATE.fullmatch(key) else known, "known": True}
    rows = record.rows("SELECT max(named) AS named FROM entity WHERE world = :key OR party = :key", {"key": key})
    return {"key": key, "name": name, "known": bool(rows and rows[0]["named"])}


def _plain(band: Band) -> list[object]:
    return [band.first, band.last, band.holder, band.holder_name, band.standing, band.independent, band.reason]


def place_point(record: Record, key: str, name: str | None = None) -> Body:
    """A place by its key with the point that the record has of it."""
    rows = record.rows(
        "SELECT lat, lon, country, count(*) AS n FROM entity WHERE world = :key GROUP BY lat, lon, country ORDER BY lat IS NULL, n DESC, lat, lon LIMIT 1",
        {"key": key},
    )
    known = rows[0] if rows else {"lat": None, "lon": None, "country": None}
    return {
        "key": key, "name": name or holder_name(record, key), "relation": None, "country": known["country"], "lat": known["lat"], "lon": known["lon"],
        "radius_km": None, "span": None,
    }  # fmt: skip


def columns_of(places: list[Body], bands: list[list[Band]], revision: str) -> dict[str, Any]:
    """The bands of these places in columns."""
    holders: dict[str, int] = {}
    names: list[Body] = []
    body: dict[str, Any] = {"revision": revision, "count": sum(map(len, bands)), "places": places, "holders": names, "standings": list(STANDINGS)}
    columns: dict[str, list[int | None]] = {k: [] for k in ("place", "holder", "standing", "first", "last")}
    for at, listed in enumerate(bands):
        for band in listed:
            if band.holder not in holders:
                holders[band.holder] = len(names)
                names.append({"key": band.holder, "name": band.holder_name, "known": True})
            row = (at, holders[band.holder], STANDINGS.index(band.standing), _day(band.first), _day(band.last))
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    return {**body, **columns}


def _day(moment: str | None) -> int | None:
    number = day_number(moment)
    return None if number == OPEN else number
