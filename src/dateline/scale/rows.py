"""A reading as a row of Parquet: typed columns by which it is found and joined, and the reading itself as JSON."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.batch import Read
from dateline.contract import dumps
from dateline.model import Origin, Reading, Refused, Retraction
from dateline.record.agency import agency_of, house_of
from dateline.record.rows import Cells, rows_of
from dateline.record.store import digest_of, key_of
from dateline.record.winnow import body_of, fingerprints, runs

Row = dict[str, Any]

_SIDES = ("agent", "supporter", "target", "victim")
_PLACES = ("geonames:", "place:", "country:")


def row_of(name: str, item: Read) -> Row:
    """The row of what came of one input, without its place in the run."""
    if isinstance(item, Refused):
        return {"kind": "refused", "input": item.input, "reason": item.reason, "mend": item.mend, "json": dumps(item)}
    if isinstance(item, Retraction):
        told = {"input": item.input, "key": item.item, "reason": item.status, "mend": item.note}
        return {"kind": "retracted", **told, **_origin(item.origin), "json": dumps(item)}
    report = item.report
    return {
        "kind": "reading", "input": name, "id": report.id, "digest": digest_of(report), "key": key_of(report, name), **_origin(report.origin),
        "source": house_of(report), "agency": agency_of(report), "url": report.url, "title": report.title, "language": report.language,
        "published": report.published.date, "characters": len(report.text), "statements": len(item.statements), "figures": len(item.figures),
        "control": len(item.control), "events": _events(item), "runs": len(set(runs(body_of(report)))), "marks": fingerprints(body_of(report)),
        "json": dumps(item),
    }  # fmt: skip


def _origin(origin: Origin | None) -> Row:
    o = origin or Origin("unknown")
    return {"format": o.format, "address": o.address, "fetched": o.fetched, "bytes": o.digest, "version": o.version, "revised": o.revised}


def _events(reading: Reading) -> list[Row]:
    rows = rows_of(reading)
    sides, killed = _sides(rows["participant"]), _killed(rows["figure"])
    return [_event(row, event, sides, killed) for row, event in zip(rows["event"], reading.events, strict=True)]


def _event(cells: Cells, event: Any, sides: dict[Any, tuple[list[str], list[str]]], killed: dict[Any, float]) -> Row:
    kept = dict(zip(_EVENT, cells, strict=True))
    doers, targets = sides.get(event.id, ([], []))
    return {
        **kept, "negated": bool(kept["negated"]), "headline": bool(kept["headline"]), "doers": doers, "targets": targets, "killed": killed.get(event.id),
        "trigger": event.trigger.text, "start": event.trigger.start, "sentence": event.sentence.text, "sentence_start": event.sentence.start,
    }  # fmt: skip


_EVENT = "id type status place country lat lon earliest latest confidence negated headline block days first last".split()


def _sides(participants: list[Cells]) -> dict[Any, tuple[list[str], list[str]]]:
    """For each event who does it and to whom, as ``record.link`` finds them in the record's tables."""
    kept: dict[tuple[object, ...], tuple[str, object]] = {}
    for event, role, world, party, named in participants:
        kept.setdefault((event, role, world), (str(party), named))
    found: dict[Any, tuple[set[str], set[str]]] = {}
    for (event, role, world), (party, named) in kept.items():
        if (named or party != world) and role in _SIDES and not party.startswith(_PLACES):
            found.setdefault(event, (set(), set()))[role not in ("agent", "supporter")].add(party)
    return {event: (sorted(doers), sorted(others - doers)) for event, (doers, others) in found.items()}


def _killed(figures: list[Cells]) -> dict[Any, float]:
    found: dict[Any, float] = {}
    for _, measure, low, best, high, _, _, _, _, event, _ in figures:
        number = next((n for n in (best, low, high) if n is not None), None)
        if measure == "killed" and event is not None and isinstance(number, int | float):
            found[event] = max(found.get(event, float(number)), float(number))
    return found


@cache
def schema() -> Any:
    """The columns of the readings, as docs/spark.md lists them."""
    import pyarrow as pa

    words, whole = pa.string(), pa.int32()
    texts = ("kind", "input", "reason", "mend", "id", "digest", "key", "format", "address", "fetched", "bytes", "version", "revised")
    about = ("source", "agency", "url", "title", "language", "published")
    event = [
        *((c, words) for c in ("id", "type", "status", "place", "country")), ("lat", pa.float64()), ("lon", pa.float64()), ("earliest", words),
        ("latest", words), ("confidence", pa.float64()), ("negated", pa.bool_()), ("headline", pa.bool_()),
        *((c, words) for c in ("block", "days", "first", "last")), ("doers", pa.list_(words)), ("targets", pa.list_(words)), ("killed", pa.float64()),
        ("trigger", words), ("start", whole), ("sentence", words), ("sentence_start", whole),
    ]  # fmt: skip
    return pa.schema(
        [("piece", whole), ("place", pa.int64()), *((c, words) for c in (*texts, *about)),
         *((c, whole) for c in ("characters", "statements", "figures", "control")),
         ("events", pa.list_(pa.struct(event))), ("runs", whole), ("marks", pa.list_(pa.int64())), ("json", words)]
    )  # fmt: skip


def table_of(rows: list[Row]) -> Any:
    """The rows as an Arrow table; a lone surrogate, which no table can hold, becomes a question mark (the JSON keeps it)."""
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(rows, schema=schema())
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_writable(row) for row in rows], schema=schema())


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {k: _writable(v) for k, v in value.items()}
    return [_writable(v) for v in value] if isinstance(value, list) else value
