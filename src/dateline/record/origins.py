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
class _Edition:
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
    values = (name, o.format, o.address, o.fetched, o.digest, o.archive_record, o.item, o.version, o.revised)
    record.connection.execute(
        "INSERT INTO origin (report, input, format, address, fetched, digest, archive_record, item, version, revised, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *values, at),
    )


def _is_known(record: Record, number: int, name: str, o: Origin) -> bool:
    same = " AND ".join(f"ifnull({c}, '') = ?" for c in ("input", "address", "fetched", "digest", "version", "revised"))
    given = tuple(v or "" for v in (name, o.address, o.fetched, o.digest, o.version, o.revised))
    return bool(record.rows(f"SELECT 1 FROM origin WHERE report = ? AND {same}", (number, *given)))


def met_again(record: Record, digest: str, name: str, origin: Origin | None, at: str) -> None:
    """Keep that a report that the record holds was met once more, perhaps elsewhere or at another time; it may stand again by this."""
    rows = record.rows("SELECT n, key FROM report WHERE digest = ?", (digest,))
    if all(_is_known(record, row["n"], name, origin or Origin("unknown")) for row in rows):
        return
    with record.transaction():
        for row in rows:
            met(record, row["n"], name, origin, at)
            settle(record, row["key"])


def retract(record: Record, notice: Retraction, at: str) -> int:
    """Keep a publisher's retraction; the reports of the item count no longer, whether they are in already or come later. Gives how many ceased to count.

    A version that the publisher made after the retraction stands again.
    """
    o = notice.origin
    with record.transaction():
        known = "SELECT 1 FROM retraction WHERE item = ? AND status = ? AND ifnull(version, '') = ? AND ifnull(revised, '') = ? AND ifnull(digest, '') = ?"
        if record.rows(known, (notice.item, notice.status, o.version or "", o.revised or "", o.digest or "")):
            return 0
        newest = record.rows("SELECT ifnull(max(n), 0) AS n FROM origin")[0]["n"]
        record.connection.execute(
            "INSERT INTO retraction (item, status, note, input, version, revised, digest, after_origin, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (notice.item, notice.status, notice.note, notice.input, o.version, o.revised, o.digest, newest, at),
        )
        return settle(record, notice.item)


def settle(record: Record, key: str) -> int:
    """Make the newest version of a report current, or none where a retraction is newer; gives how many ceased to count. Runs inside a transaction."""
    reports = record.rows("SELECT n, current FROM report WHERE key = ? ORDER BY n", (key,))
    if not reports:
        return 0
    chosen = _newest([*_editions(record, key), *_notices(record, key)])
    current = chosen.report if chosen is not None else None
    for row in reports:
        if bool(row["current"]) != (row["n"] == current):
            # The events of a report that ceased to count leave their incidents; those of one that counts again are joined anew.
            record.connection.execute("UPDATE report SET current = ?, linked = 0 WHERE n = ?", (int(row["n"] == current), row["n"]))
    return sum(bool(row["current"]) and row["n"] != current for row in reports)


def _editions(record: Record, key: str) -> list[_Edition]:
    query = "SELECT r.n AS report, o.n, o.version, o.revised FROM report r LEFT JOIN origin o ON o.report = r.n WHERE r.key = ? ORDER BY o.n, r.n"
    return [_Edition(r["report"], r["version"], r["revised"], (r["n"] or 0, 0, r["report"])) for r in record.rows(query, (key,))]


def _notices(record: Record, key: str) -> list[_Edition]:
    rows = record.rows("SELECT n, version, revised, after_origin FROM retraction WHERE item = ? ORDER BY n", (key,))
    return [_Edition(None, r["version"], r["revised"], (r["after_origin"], 1, r["n"])) for r in rows]


def _newest(editions: list[_Edition]) -> _Edition | None:
    newest: _Edition | None = None
    for one in sorted(editions, key=lambda e: e.order):
        if newest is None or not _older(one, newest):
            newest = one
    return newest


def _older(one: _Edition, other: _Edition) -> bool:
    """Whether the publisher made ``one`` before ``other``, though it came later; unknown is no."""
    if one.version and other.version and one.version.isdigit() and other.version.isdigit() and one.version != other.version:
        return int(one.version) < int(other.version)
    return bool(one.revised and other.revised and one.revised < other.revised)


def keep_original(record: Record, content: bytes) -> str:
    """Keep the bytes of a report as they came, once; gives their digest."""
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    with record.transaction():
        if not record.rows("SELECT 1 FROM original WHERE digest = ?", (digest,)):
            packed = zlib.compress(content, 6)
            record.connection.execute("INSERT INTO original (digest, size, packed) VALUES (?, ?, ?)", (digest, len(content), packed))
    return digest


def original(record: Record, digest: str) -> bytes:
    """The bytes of this digest as they came.

    Raises ``UsageError`` when the record does not hold them.
    """
    rows = record.rows("SELECT packed FROM original WHERE digest = ?", (digest,))
    if not rows:
        mend = "read the input again with --keep-originals record, or look into the folder that was given with it"
        raise UsageError("the record does not hold the original", given=digest, mend=mend)
    return zlib.decompress(rows[0]["packed"])


def retracted(record: Record) -> dict[int, str]:
    """The reports that are retracted, with how and when, for people."""
    rows = record.rows(
        "SELECT r.n, t.status, t.note, ifnull(t.revised, t.at) AS day FROM report r JOIN retraction t ON t.item = r.key"
        " WHERE NOT EXISTS (SELECT 1 FROM report x WHERE x.key = r.key AND x.current = 1) ORDER BY r.n, t.n"
    )
    return {r["n"]: f"{r['status']} {r['day'][:10]}" + (f": {r['note']}" if r["note"] else "") for r in rows}
