"""What the watch remembers of each address and file, in the record, so that it goes on where it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from dateline.record.store import Record, now


@dataclass(frozen=True, slots=True)
class Visit:
    """The last look at an address or file."""

    etag: str | None = None
    modified: str | None = None
    """What the server said of the version we have, to be asked again only for a newer one."""
    seen: str | None = None
    """Of a file its size and time of change, of an article the digest of the entry that led to it."""
    not_before: float = 0.0
    """The moment (seconds since 1970) before which it is not asked again."""
    failures: int = 0
    """How many times in a row it could not be fetched."""


def visit_of(record: Record, address: str) -> Visit:
    """The last visit to an address or file; a blank one where there was none."""
    rows = record.rows("SELECT state FROM visit WHERE address = :address", {"address": address})
    return Visit(**json.loads(rows[0]["state"])) if rows else Visit()


def keep_visit(record: Record, address: str, visit: Visit) -> None:
    """Remember a visit in place of the one before."""
    with record.transaction():
        record.run("DELETE FROM visit WHERE address = :address", {"address": address})
        values = {"address": address, "state": json.dumps(asdict(visit)), "at": now()}
        record.run("INSERT INTO visit (address, state, at) VALUES (:address, :state, :at)", values)


def holds_entry(record: Record, address: str, digest: str | None) -> bool:
    """Whether the record has these very bytes from this address."""
    query = "SELECT 1 AS held FROM origin WHERE address = :address AND digest = :digest"
    return bool(record.rows(query, {"address": address, "digest": digest or ""}))
