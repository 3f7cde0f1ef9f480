"""Where reports came from, what their publishers took back, and their original bytes; nothing of it is ever lost."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.model import Origin, Retraction

if TYPE_CHECKING:
    from dateline.record.store import Record


@dataclass(frozen=True, slots=True)
class Edition:
    """One time that a version of an item, or the retraction of it, came in."""

    report: int | None
    """None for a retraction."""
    version: str | None
    revised: str | None
    order: tuple[int, int, int]
    """The order in which they came."""


def met(record: Record, number: int, name: str, origin: Origin | None, at: str) -> None:
    """Keep that a report was met in the input ``name``; the same input, address, time and bytes are kept once. Runs inside a transaction."""
    o = origin or Origin("unknown")
    if _is_known(record, number, name, o):
        return
    record.run(
        "INSERT INTO origin (report, input, format, address, fetched, digest, archive_record, item, version, revised, at)"
        " VALUES (:report, :input, :format, :address, :fetched, :digest, :archive_record, :item, :version, :revised, :at)",
        {
            "report": number,
            "input": name,
            "format": o.format,
            "address": o.address,
            "fetched": o.fetched,
            "digest": o.digest,
            "archive_record": o.archive_record,
            "item": o.item,
            "version": o.version,
            "revised": o.revised,
            "at": at,
        },  # fmt: skip
    )


def _is_known(record: Record, number: int, name: str, o: Origin) -> bool:
    given = {"input": name, "address": o.address, "fetched": o.fetched, "digest": o.digest, "version": o.version, "revised": o.revised}
    same = " AND ".join(f"coalesce({c}, '') = :{c}" for c in given)
    values = {"report": number, **{c: v or "" for c, v in given.items()}}
    return bool(record.rows(f"SELECT 1 AS held FROM origin WHERE report = :report AND {same}", values))


def met_again(record: Record, digest: str, name: str, origin: Origin | None, at: str) -> None:
    """Keep that a report that the record holds was met once more, perhaps elsewhere or at another time; it may stand again by this."""
    # What was read anew bears the digest with "~" and a number behind it: where the report is met again, the newest reading stands.
    rows = record.rows("SELECT n, key FROM report WHERE digest BETWEEN :digest AND :last ORDER BY n", {"digest": digest, "last": digest + "~~"})
    if all(_is_known(record, row["n"], name, origin or Origin("unknown")) for row in rows):
        return
    with record.transaction():
        for row in rows:
            record.take_turns(row["key"])
            met(record, row["n"], name, origin, at)
            settle(record, row["key"])


def retract(record: Record, notice: Retraction, at: str) -> int:
    """Keep a publisher's retraction; the reports of the item count no longer, whether they are in already or come later. Gives how many ceased to count.

    A version that the publisher made after the retraction stands again.
    """
    o = notice.origin
    given = {"item": notice.item, "status": notice.status, "version": o.version, "revised": o.revised, "digest": o.digest}
    with record.transaction():
        record.take_turns(notice.item)
        known = " AND ".join(f"coalesce({c}, '') = :{c}" for c in given)
        if record.rows(f"SELECT 1 AS held FROM retraction WHERE {known}", {c: v or "" for c, v in given.items()}):
            return 0
        newest = record.rows("SELECT coalesce(max(n), 0) AS n FROM origin")[0]["n"]
        record.run(
            "INSERT INTO retraction (item, status, note, input, version, revised, digest, after_origin, at)"
            " VALUES (:item, :status, :note, :input, :version, :revised, :digest, :after, :at)",
            {**given, "note": notice.note, "input": notice.input, "after": newest, "at": at},
        )
        return settle(record, notice.item)


def settle(record: Record, key: str) -> int:
    """Make the newest version of a report current, or none where a retraction is newer; gives how many ceased to count. Runs inside a transaction."""
    reports = record.rows("SELECT n, current FROM report WHERE key = :key ORDER BY n", {"key": key})
    if not reports:
        return 0
    chosen = newest([*_editions(record, key), *_notices(record, key)])
    current = chosen.report if chosen is not None else None
    for row in reports:
        if bool(row["current"]) != (row["n"] == current):
            # The events of a report that ceased to count leave their incidents; those of one that counts again are joined anew.
            record.run("UPDATE report SET current = :current, linked = 0 WHERE n = :n", {"current": int(row["n"] == current), "n": row["n"]})
    if current is not None and any(bool(row["current"]) != (row["n"] == current) for row in reports):
        from dateline.record.corrections import carry

        carry(record, key)  # what persons said of another version holds of this one too, where it fits
    return sum(bool(row["current"]) and row["n"] != current for row in reports)


def _editions(record: Record, key: str) -> list[Edition]:
    query = "SELECT r.n AS report, o.n, o.version, o.revised FROM report r LEFT JOIN origin o ON o.report = r.n WHERE r.key = :key ORDER BY r.n, o.n"
    return [Edition(r["report"], r["version"], r["revised"], (r["n"] or 0, 0, r["report"])) for r in record.rows(query, {"key": key})]


def _notices(record: Record, key: str) -> list[Edition]:
    rows = record.rows("SELECT n, version, revised, after_origin FROM retraction WHERE item = :key ORDER BY n", {"key": key})
    return [Edition(None, r["version"], r["revised"], (r["after_origin"], 1, r["n"])) for r in rows]


def newest(editions: list[Edition]) -> Edition | None:
    """The one that counts: the last that came, unless its publisher made another after it; None of none."""
    chosen: Edition | None = None
    for one in sorted(editions, key=lambda e: e.order):
        if chosen is None or not _older(one, chosen):
            chosen = one
    return chosen


def _older(one: Edition, other: Edition) -> bool:
    """Whether the publisher made ``one`` before ``other``, though it came later; unknown is no."""
    if one.version and other.version and one.version.isdigit() and other.version.isdigit() and one.version != other.version:
        return int(one.version) < int(other.version)
    return bool(one.revised and other.revised and one.revised < other.revised)


def keep_original(record: Record, content: bytes) -> str:
    """Keep the bytes of a report as they came, once; gives their digest."""
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    with record.transaction():
        if not record.rows("SELECT 1 AS held FROM original WHERE digest = :digest", {"digest": digest}):
            values = {"digest": digest, "size": len(content), "packed": zlib.compress(content, 6)}
            record.run("INSERT INTO original (digest, size, packed) VALUES (:digest, :size, :packed)", values)
    return digest


def original(record: Record, digest: str) -> bytes:
    """The bytes of this digest as they came.

    Raises ``UsageError`` when the record does not hold them.
    """
    rows = record.rows("SELECT packed FROM original WHERE digest = :digest", {"digest": digest})
    if not rows:
        mend = "read the input again with --keep-originals record, or look into the folder that was given with it"
        raise UsageError("the record does not hold the original", given=digest, mend=mend)
    return zlib.decompress(rows[0]["packed"])


def retracted(record: Record) -> dict[int, str]:
    """The reports that are retracted, with how and when, for people."""
    rows = record.rows(
        "SELECT r.n, t.status, t.note, coalesce(t.revised, t.at) AS day FROM report r JOIN retraction t ON t.item = r.key"
        " WHERE NOT EXISTS (SELECT 1 FROM report x WHERE x.key = r.key AND x.current = 1) ORDER BY r.n, t.n"
    )
    return {r["n"]: f"{r['status']} {r['day'][:10]}" + (f": {r['note']}" if r["note"] else "") for r in rows}
