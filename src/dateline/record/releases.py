"""Releases: what the record says, frozen under a name, so that it can be cited and asked again whatever comes later.

Reports and their readings never change, so a release keeps how far the record had come, which reports counted, the values that persons had corrected
and the incidents; and a digest of all values, by which a later look can prove that it answers the same.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.record.anchors import Body, Parts, word_of
from dateline.record.corrections import parts_of, read_by_machine
from dateline.record.store import Record, now
from dateline.version import VERSION

if TYPE_CHECKING:
    from dateline.record.connection import Row

Key = tuple[int, str]

_NAME = re.compile(r"[\w][\w .:+-]{0,79}")
_PART = 200
"""Reports whose values are read at once while the digest is made."""


@dataclass(frozen=True, slots=True)
class State:
    """What a record says at one point: enough to say it again."""

    last_report: int
    last_correction: int
    last_judgement: int
    gone: frozenset[int]
    """Reports that do not count: older versions, and what publishers took back."""
    corrected: dict[int, dict[str, Body | None]]
    """Of each report that persons corrected, the values that are otherwise than the machine's; None for one that is out; "" for the report itself."""
    incidents: dict[str, list[Key]]
    """The incidents of more than one event."""


@dataclass(frozen=True, slots=True)
class Release:
    """A state under a name."""

    name: str
    at: str
    who: str
    note: str
    reader: str
    """Version of Dateline that froze it."""
    digest: str
    reports: int
    values: int
    state: State


def release(record: Record, name: str, *, who: str, note: str = "") -> Release:
    """Freeze what the record says now under a name, whole or not at all.

    Raises ``UsageError`` for a name that is taken or cannot be.
    """
    plain = " ".join(name.split())
    if not _NAME.fullmatch(plain) or plain.casefold() in ("now", "machine"):
        raise UsageError("this cannot be the name of a release", given=name, mend="give letters, digits, spaces and . : + - (and not 'now'), e.g. 2026-03")
    if not who.strip():
        raise UsageError("a release is signed", given=name, mend="give your name: --by NAME, DATELINE_REVIEWER, or reviewer in dateline.toml")
    with record.transaction():
        if record.rows("SELECT 1 AS held FROM release WHERE name = :name", {"name": plain}):
            raise UsageError("there is a release of this name", given=plain, mend="give another name; a release is never changed. See: dateline releases")
        state = state_of(record)
        reports, values, digest = digest_of_state(record, state)
        row = {
            "name": plain, "at": now(), "who": who.strip(), "note": note.strip(), "reader": VERSION, "digest": digest, "reports": reports, "vals": values,
            "state": _packed(state),
        }  # fmt: skip
        columns = ", ".join(row)
        marks = ", ".join(f":{c}" for c in row)
        last = record.rows("SELECT coalesce(max(n), 0) AS n FROM release")[0]["n"]
        record.run(f"INSERT INTO release (n, {columns}) VALUES (:n, {marks})", {"n": last + 1, **row})
    return found(record, plain)


def all_of(record: Record) -> list[Release]:
    """The releases, oldest first."""
    return [_release(r) for r in record.rows("SELECT * FROM release ORDER BY n")]


def found(record: Record, name: str) -> Release:
    """The release of this name.

    Raises ``UsageError`` where there is none, with those that there are.
    """
    rows = record.rows("SELECT * FROM release WHERE name = :name", {"name": " ".join(name.split())})
    if not rows:
        names = [r["name"] for r in record.rows("SELECT name FROM release ORDER BY n DESC")]
        listed = f"give one of: {', '.join(names[:12])}, or now" if names else "there is none yet; freeze one with: dateline release NAME"
        raise UsageError("the record has no release of this name", given=name, mend=listed)
    return _release(rows[0])


def state_of(record: Record) -> State:
    """What the record says now."""
    newest = {t: int(record.rows(f"SELECT coalesce(max(n), 0) AS n FROM {t}")[0]["n"]) for t in ("report", "correction", "judgement")}
    gone = frozenset(int(r["n"]) for r in record.rows("SELECT n FROM report WHERE current = 0"))
    groups: dict[str, list[Key]] = {}
    query = (
        "SELECT m.report, m.event, m.incident FROM member m JOIN report r ON r.n = m.report AND r.current = 1"
        " WHERE m.incident IN (SELECT incident FROM member GROUP BY incident HAVING count(*) > 1) ORDER BY m.report, length(m.event), m.event"
    )
    for row in record.rows(query):
        groups.setdefault(row["incident"], []).append((int(row["report"]), row["event"]))
    return State(newest["report"], newest["correction"], newest["judgement"], gone, _corrected(record), groups)


def _corrected(record: Record) -> dict[int, dict[str, Body | None]]:
    held: dict[int, dict[str, Body | None]] = {}
    query = "SELECT m.report, m.id, i.body FROM machine m LEFT JOIN item i ON i.report = m.report AND i.id = m.id ORDER BY m.report, length(m.id), m.id"
    for row in record.rows(query):
        held.setdefault(int(row["report"]), {})[row["id"]] = json.loads(row["body"]) if row["body"] is not None else None
    for number, items in held.items():
        if "" in items:
            items[""] = json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"])
    return held


def digest_of_state(record: Record, state: State) -> tuple[int, int, str]:
    """How many reports and values a state has, and the SHA-256 of them all and of its incidents."""
    made = hashlib.sha256()
    values = reports = 0
    for number, report, items in readings_at(record, state):
        reports += 1
        values += len(items)
        made.update(f"{number} {report}\n".encode())
        for name, body in items:
            made.update(f"{name} {body}\n".encode())
    for events in sorted(sorted(e) for e in state.incidents.values()):
        made.update(f"{events}\n".encode())
    return reports, values, made.hexdigest()


def readings_at(record: Record, state: State) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Each report that counts in a state: its number, its facts, and its values by id, as JSON."""
    touched = touched_now(record, state)
    for first in range(1, state.last_report + 1, _PART):
        reports = record.rows("SELECT n, body FROM report WHERE n BETWEEN :first AND :last ORDER BY n", {"first": first, "last": first + _PART - 1})
        items: dict[int, list[tuple[str, str]]] = {}
        query = "SELECT report, id, body FROM item WHERE report BETWEEN :first AND :last ORDER BY report, length(id), id"
        for row in record.rows(query, {"first": first, "last": first + _PART - 1}):
            items.setdefault(int(row["report"]), []).append((row["id"], row["body"]))
        for row in reports:
            number = int(row["n"])
            if number > state.last_report or number in state.gone:
                continue
            if number in touched:
                report, parts = reading_at(record, number, state)
                listed = sorted(((b["id"], dump(b)) for bodies in parts.values() for b in bodies), key=lambda pair: (len(pair[0]), pair[0]))
                yield number, dump(report), listed
            else:
                yield number, row["body"], items.get(number, [])


def touched_now(record: Record, state: State) -> set[int]:
    """The reports whose values in the record are now, or were in the state, otherwise than the machine's."""
    return {int(r["report"]) for r in record.rows("SELECT DISTINCT report FROM machine")} | set(state.corrected)


def reading_at(record: Record, number: int, state: State) -> tuple[Body, Parts]:
    """A report and its parts as they were in a state."""
    report, parts = read_by_machine(record, number)
    held = state.corrected.get(number, {})
    for name, body in held.items():
        for word, items in parts.items():
            parts[word] = [b for b in items if b["id"] != name]
        if name and body is not None:
            parts[word_of(name) or ""].append(body)
    for items in parts.values():
        items.sort(key=lambda b: int(b["id"][1:]))
    return (held.get("") or report), parts


def machine_state(record: Record) -> State:
    """What the record would say had nobody corrected a value; what persons judged of pairs of events stays."""
    state = state_of(record)
    return State(state.last_report, 0, state.last_judgement, state.gone, {}, state.incidents)


def dump(value: object) -> str:
    """A value as it stands in the record."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _packed(state: State) -> str:
    body = {
        "reports": state.last_report, "corrections": state.last_correction, "judgements": state.last_judgement, "gone": sorted(state.gone),
        "corrected": {str(n): items for n, items in sorted(state.corrected.items())}, "incidents": state.incidents,
    }  # fmt: skip
    return base64.b64encode(zlib.compress(dump(body).encode(), 9)).decode()


def _release(row: Row) -> Release:
    body: Any = json.loads(zlib.decompress(base64.b64decode(row["state"])))
    corrected = {int(n): items for n, items in body["corrected"].items()}
    incidents = {name: [(int(n), v) for n, v in events] for name, events in body["incidents"].items()}
    state = State(body["reports"], body["corrections"], body["judgements"], frozenset(body["gone"]), corrected, incidents)
    return Release(row["name"], row["at"], row["who"], row["note"], row["reader"], row["digest"], int(row["reports"]), int(row["vals"]), state)


def is_whole(record: Record, one: Release) -> bool:
    """Whether the record still answers for a release by the very values that were frozen."""
    return digest_of_state(record, one.state)[2] == one.digest


def parts_at(record: Record, number: int, state: State) -> Parts:
    """The parts of a report in a state, without building what nobody touched anew."""
    return reading_at(record, number, state)[1] if number in touched_now(record, state) else parts_of(record, number)
