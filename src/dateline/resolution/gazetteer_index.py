"""The file that the gazetteer is read from: arrays of places and of hashed names, memory-mapped.

Layout: 8 bytes ``DLGAZ002``, 4 bytes length of the header, 4 bytes its checksum (0 in files of older versions), the header (JSON: tables, arrays
with their place in the file, their checksum), the arrays, each beginning at a multiple of 64 bytes. The same places give the same bytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import GazetteerError
from dateline.resolution.gazetteer_names import key, loose, number

MAGIC = b"DLGAZ002"
TYPES = ("country", "region", "admin", "city", "town", "village", "neighbourhood", "facility", "water", "mountain", "road", "border", "area")
_MAIN = np.uint32(1 << 31)
_BUILD = "python -m dateline.resolution.gazetteer_build"
# Scripts that news in English transliterates in several ways; only their names get loose keys.
_TRANSLITERATED = frozenset(
    "AE AF AM AZ BG BH BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KH KM KW KZ "
    "LA LB LK LY MA MD ME MK MM MN MR NP OM PK PS QA RS RU SA SD SO SS SY TJ TM TN UA UZ XK YE TD ML NE".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """A place on its way into an index."""

    id: int
    name: str
    type: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    radius_km: float = 0.0
    """0 = by type and population."""
    names: tuple[str, ...] = ()


def pack(rows: Sequence[Row], *, tables: dict[str, Any]) -> bytes:
    """The bytes of an index of ``rows``; ``tables`` is JSON that travels in its header."""
    rows = sorted(rows, key=lambda row: (row.id, row.name))
    countries = sorted({row.country for row in rows})
    admins = sorted({f"{row.country}.{row.admin1}" for row in rows})
    country_at = {name: i for i, name in enumerate(countries)}
    admin_at = {name: i for i, name in enumerate(admins)}
    names = [row.name.encode() for row in rows]
    arrays = {
        "id": np.array([row.id for row in rows], np.int64),
        "lat": np.array([round(row.lat * 1e5) for row in rows], np.int32),
        "lon": np.array([round(row.lon * 1e5) for row in rows], np.int32),
        "population": np.array([row.population for row in rows], np.uint32),
        "country": np.array([country_at[row.country] for row in rows], np.uint8 if len(countries) < 256 else np.uint16),
        "admin": np.array([admin_at[f"{row.country}.{row.admin1}"] for row in rows], np.uint16),
        "type": np.array([TYPES.index(row.type) for row in rows], np.uint8),
        "radius": np.array([row.radius_km for row in rows], np.float32 if any(row.radius_km for row in rows) else np.float16),
        "name_at": np.cumsum([0] + [len(name) for name in names], dtype=np.uint32),
        "name": np.frombuffer(b"".join(names), np.uint8),
        **_keys(rows),
    }
    return _file({**tables, "countries": countries, "admins": admins, "places": len(rows)}, arrays)


def _keys(rows: Sequence[Row]) -> dict[str, Any]:
    exact: set[tuple[int, int, int, int]] = set()
    near: set[tuple[int, int, int]] = set()
    for i, row in enumerate(rows):
        main = {key(row.name)}
        others = {key(name) for name in row.names} - main
        for form in main | others:
            if form:
                exact.add((number(form), -row.population, i, int(form in main)))
        if row.country in _TRANSLITERATED:
            near.update((number(form), -row.population, i) for form in {loose(name) for name in (row.name, *row.names)} if form)
    listed = sorted(exact)
    nearly = sorted(near)
    return {
        "key": np.array([row[0] for row in listed], np.uint64),
        "key_place": np.array([row[2] | (row[3] << 31) for row in listed], np.uint32),
        "loose": np.array([row[0] for row in nearly], np.uint64),
        "loose_place": np.array([row[2] for row in nearly], np.uint32),
    }


def _file(tables: dict[str, Any], arrays: dict[str, Any]) -> bytes:
    described = {}
    body = bytearray()
    for name, array in sorted(arrays.items()):
        body.extend(b"\0" * (-len(body) % 64))
        described[name] = [array.dtype.newbyteorder("<").str, len(body), len(array)]
        body.extend(array.astype(array.dtype.newbyteorder("<")).tobytes())
    header = json.dumps({**tables, "arrays": described, "size": len(body), "crc": zlib.crc32(body)}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    head = header.encode()
    head += b" " * (-(len(head) + 16) % 64)
    return MAGIC + len(head).to_bytes(4, "little") + zlib.crc32(head).to_bytes(4, "little") + head + bytes(body)


class Index:
    """One index, opened: arrays over the file and the header's tables."""

    def __init__(self, raw: Any, *, given: str) -> None:
        if len(raw) < 16 or bytes(raw[:8]) != MAGIC:
            raise GazetteerError("this is no gazetteer index, or one of another version", given=given, mend=f"build it anew with {_BUILD}")
        length, told = int.from_bytes(bytes(raw[8:12]), "little"), int.from_bytes(bytes(raw[12:16]), "little")
        header = bytes(raw[16 : 16 + length])
        if told and zlib.crc32(header) != told:
            raise GazetteerError("the header of the index is damaged: its checksum differs", given=given, mend=f"build it anew with {_BUILD}")
        try:
            self.tables: dict[str, Any] = json.loads(header)
            size, described = self.tables["size"], self.tables["arrays"]
        except (ValueError, KeyError, TypeError) as fault:
            raise GazetteerError("the header of the index is damaged", given=given, mend=f"build it anew with {_BUILD}") from fault
        self._body = raw[16 + length :]
        if len(self._body) != size:
            raise GazetteerError(f"the index has {len(self._body)} bytes where it should have {size}", given=given, mend=f"build it anew with {_BUILD}")
        self.given = given
        self.array: dict[str, Any] = {}
        for name, (kind, at, count) in described.items():
            dtype = np.dtype(kind)
            self.array[name] = np.frombuffer(self._body, dtype, count, at) if count else np.zeros(0, dtype)

    @classmethod
    def open(cls, path: Path) -> Index:
        """The index in the file ``path``, memory-mapped; every byte of it is checked first, which takes some milliseconds.

        Raises ``GazetteerError`` where it is missing or damaged.
        """
        if not path.is_file():
            raise GazetteerError("the gazetteer index is missing", given=str(path), mend=f"build it with {_BUILD}")
        if path.stat().st_size < 16:
            raise GazetteerError("the index is empty", given=str(path), mend=f"build it anew with {_BUILD}")
        opened = cls(np.memmap(path, np.uint8, "r"), given=str(path))
        opened.verify()
        return opened

    def verify(self) -> None:
        """Raise ``GazetteerError`` where a byte of the arrays has changed since they were written."""
        if zlib.crc32(memoryview(self._body)) != self.tables["crc"]:
            raise GazetteerError("the index is damaged: its checksum differs", given=self.given, mend=f"build it anew with {_BUILD}")

    def __len__(self) -> int:
        return int(self.tables["places"])

    def exact(self, hashed: int) -> tuple[tuple[int, bool], ...]:
        """The places that bear the name with this number, most populous first, and whether it is their main name."""
        found = _run(self.array["key"], self.array["key_place"], hashed)
        return tuple((int(at & ~_MAIN), bool(at & _MAIN)) for at in found)

    def loosely(self, hashed: int) -> tuple[int, ...]:
        """The places one of whose names has the skeleton with this number, most populous first."""
        return tuple(int(at) for at in _run(self.array["loose"], self.array["loose_place"], hashed))

    def by_id(self, geonames_id: int) -> int | None:
        """The place with this GeoNames id."""
        ids = self.array["id"]
        at = int(np.searchsorted(ids, geonames_id))
        return at if at < len(ids) and int(ids[at]) == geonames_id else None

    def row(self, at: int) -> Row:
        """The place at ``at``, without its alternate names."""
        a = self.array
        start, end = int(a["name_at"][at]), int(a["name_at"][at + 1])
        return Row(
            id=int(a["id"][at]),
            name=bytes(a["name"][start:end]).decode(),
            type=TYPES[int(a["type"][at])],
            country=self.tables["countries"][int(a["country"][at])],
            admin1=self.tables["admins"][int(a["admin"][at])].partition(".")[2],
            lat=int(a["lat"][at]) / 1e5,
            lon=int(a["lon"][at]) / 1e5,
            population=int(a["population"][at]),
            radius_km=float(a["radius"][at]),
        )


def _run(keys: Any, owners: Any, hashed: int) -> Iterable[Any]:
    value = np.uint64(hashed)
    start = int(np.searchsorted(keys, value, "left"))
    end = start
    while end < len(keys) and keys[end] == value:
        end += 1
    found: Iterable[Any] = owners[start:end]
    return found
