"""Users' own places: our table (TSV) and GeoNames dumps (country files, allCountries, alternateNames), checked line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dateline.errors import GazetteerError, LexiconError
from dateline.lexicon import parse
from dateline.resolution.gazetteer_build import populated
from dateline.resolution.gazetteer_index import MAGIC, TYPES, Index, Row, pack
from dateline.whole import whole

COLUMNS = ("name", "aliases", "type", "country", "lat", "lon", "radius_km")
_DUMP_CELLS = 19
_NAME_CELLS = (8, 10)
_CLASSES = {"A": "admin", "H": "water", "T": "mountain", "R": "road", "S": "facility", "L": "area", "V": "area", "U": "water"}
_CODES = {"ADM1": "region", "ADM1H": "region", "PPLX": "neighbourhood", "ISL": "area", "DSRT": "area", "VAL": "area", "PEN": "area"}


def add_places(file: str | Path, target: str | Path) -> int:
    """Read ``file`` (our table, or a GeoNames dump) and write it as an index to ``target``; return how many places it has.

    Places that ``target`` holds already stay, those with the same id or the same name and point are replaced.
    Raises ``GazetteerError`` at the first line that is wrong, and writes nothing then.
    """
    source, aim = Path(file), Path(target)
    rows = list(_rows(source))
    if aim.exists():
        old = _unpacked(Index.open(aim))
        new = {_identity(row) for row in rows}
        rows = [row for row in old if _identity(row) not in new] + rows
    with whole(aim, binary=True) as out:
        out.write(_pack(rows))
    return len(rows)


def open_user_places(path: Path, *, base: Index | None = None) -> Index:
    """A user's file as an index in memory, whichever of the accepted forms it has; ``base`` gives the places that a file of alternate names adds to."""
    if not path.is_file():
        raise GazetteerError("there is no such file", given=str(path), mend="give the path of a table of places, a GeoNames dump or an index")
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) == MAGIC:
            return Index.open(path)
    return Index(_pack(list(_rows(path, base=base))), given=str(path))


def _pack(rows: list[Row]) -> bytes:
    names = [list(row.names) for row in sorted(rows, key=lambda row: (row.id, row.name))]
    return pack(rows, tables={"source": "user", "names": names})


def _unpacked(index: Index) -> list[Row]:
    return [replace(index.row(at), names=tuple(index.tables["names"][at])) for at in range(len(index))]


def _identity(row: Row) -> tuple[object, ...]:
    return (row.id,) if row.id > 0 else (row.name, round(row.lat, 4), round(row.lon, 4))


def _rows(path: Path, *, base: Index | None = None) -> Iterator[Row]:
    if not path.is_file():
        raise GazetteerError("there is no such file", given=str(path), mend="give the path of a table of places or of a GeoNames dump")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise GazetteerError(f"byte {fault.start} is not UTF-8", given=str(path), mend="save the file as UTF-8") from fault
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    cells = first.count("\t") + 1
    if cells == _DUMP_CELLS:
        return _dump(text, path)
    if first.split("\t")[: len(COLUMNS)] == list(COLUMNS):
        return _table(text, path)
    if cells in _NAME_CELLS and first.split("\t")[0].isdigit():
        return _names(text, path, base)
    mend = f"give a GeoNames dump ({_DUMP_CELLS} columns; alternateNames 8 or 10) or a table with the header {chr(9).join(COLUMNS)!r}"
    raise GazetteerError(f"line 1 has {cells} columns and is neither a GeoNames dump nor our header", given=str(path), mend=mend)


def _table(text: str, path: Path) -> Iterator[Row]:
    try:
        for n, row in enumerate(parse(text, name=str(path), columns=COLUMNS, key=("name", "lat", "lon")), 1):
            given = f"{path}: row {n} ({row['name']})"
            if row["type"] not in TYPES:
                raise GazetteerError(f"there is no type {row['type']!r}", given=given, mend=f"use one of {', '.join(TYPES)}")
            if not row["name"]:
                raise GazetteerError("the name is empty", given=given, mend="write a name or delete the row")
            lat, lon = _point(row["lat"], row["lon"], given)
            radius = _number(row["radius_km"] or "0", "radius_km", given)
            if not 0 <= radius <= 5000:
                raise GazetteerError(f"the radius {radius:g} is out of range", given=given, mend="give kilometres from 0 to 5000, or nothing")
            names = tuple(name.strip() for name in row["aliases"].split(";") if name.strip())
            yield Row(0, row["name"], row["type"], _code(row["country"], given), "", lat, lon, 0, radius, names)
    except LexiconError as fault:
        raise GazetteerError(fault.wrong, given=fault.given, mend=fault.mend) from fault


def _dump(text: str, path: Path) -> Iterator[Row]:
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        given = f"{path}:{n}"
        cells = line.split("\t")
        if len(cells) != _DUMP_CELLS:
            raise GazetteerError(f"the line has {len(cells)} columns, not {_DUMP_CELLS}", given=given, mend="get the file anew: it is cut short or was edited")
        if not cells[0].isdigit() or not cells[1]:
            raise GazetteerError("the id is no number or the name is empty", given=given, mend="correct the line or delete it")
        lat, lon = _point(cells[4], cells[5], given)
        population = int(cells[14]) if cells[14].isdigit() else 0
        names = tuple(dict.fromkeys(name for name in (cells[2], *cells[3].split(",")) if name and name != cells[1]))
        yield Row(int(cells[0]), cells[1], _kind(cells[6], cells[7], population), _code(cells[8], given), cells[10], lat, lon, population, 0.0, names)


def _names(text: str, path: Path, base: Index | None) -> Iterator[Row]:
    """The places of ``base`` that a file of alternate names speaks of, with these names added."""
    index = base if base is not None else Index.open(_package_index())
    added: dict[int, list[str]] = defaultdict(list)
    for n, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t")
        if len(cells) not in _NAME_CELLS or not cells[1].isdigit():
            raise GazetteerError(f"the line has {len(cells)} columns or no GeoNames id", given=f"{path}:{n}", mend="get the file alternateNamesV2.txt anew")
        if cells[2] not in ("link", "wkdt", "post", "iata", "icao", "faac", "unlc") and cells[3]:
            added[int(cells[1])].append(cells[3])
    for geonames_id, names in sorted(added.items()):
        at = index.by_id(geonames_id)
        if at is not None:
            yield replace(index.row(at), names=tuple(dict.fromkeys(names)))


def _package_index() -> Path:
    from dateline.resolution.gazetteer_build import DEFAULT

    return DEFAULT


def _kind(feature_class: str, feature_code: str, population: int) -> str:
    if feature_code.startswith("PCL"):
        return "country"
    if feature_code in _CODES:
        return _CODES[feature_code]
    return populated(population) if feature_class == "P" else _CLASSES.get(feature_class, "area")


def _code(country: str, given: str) -> str:
    code = country.strip().upper()
    if code and not (len(code) == 2 and code.isalpha()):
        raise GazetteerError(f"{country!r} is no country code", given=given, mend="write the two letters of ISO 3166-1, e.g. SY, or nothing")
    return code


def _number(cell: str, column: str, given: str) -> float:
    try:
        return float(cell)
    except ValueError as fault:
        raise GazetteerError(f"{column} {cell!r} is no number", given=given, mend="write degrees or kilometres with a decimal point, e.g. 35.95") from fault


def _point(lat: str, lon: str, given: str) -> tuple[float, float]:
    north, east = _number(lat, "lat", given), _number(lon, "lon", given)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        swapped = " (latitude and longitude look swapped)" if -90 <= east <= 90 and -180 <= north <= 180 else ""
        mend = "latitude lies between -90 and 90, longitude between -180 and 180"
        raise GazetteerError(f"the coordinates {lat}, {lon} are out of range{swapped}", given=given, mend=mend)
    return north, east
