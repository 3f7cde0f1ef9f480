"""Incidents in the order of their days, some at a time: of a record of any size only those that are shown are looked at closely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.record.candidates import HAPPENED, Key
from dateline.record.circle import Circle, at_places, has_postgis
from dateline.record.link import Incident
from dateline.record.picture import Picture, picture_of
from dateline.record.sheets import sheets
from dateline.record.still import held_still
from dateline.record.store import Record

_LOOKED_UP = 25
"""So many incidents are looked up at a time."""

_EVENTS_EACH, _LEAST = 4, 64
"""Events that are looked through for each incident asked for, and at least at a time."""

_ALL = 100_000
"""Events that are looked through at a time where the database has sorted them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which incidents are asked for; None leaves a side open."""

    worlds: Sequence[str] | None = None
    """Keys of places and countries."""
    circle: Circle | None = None
    since: str | None = None
    until: str | None = None
    least_reports: int = 1
    limit: int | None = None


def pictures(record: Record, asked: Asked) -> list[Picture]:
    """The incidents by the first day that an event of theirs gives; undated ones last."""
    found: list[Picture] = []
    with held_still(record):
        for some in _incidents(record, asked):
            sheets(record, sorted({n for incident in some for n, _ in incident.events}))
            for incident in some:
                picture = picture_of(record, incident)
                if within(picture, asked.since, asked.until):
                    found.append(picture)
                if len(found) == asked.limit:
                    return found
    return found


def _pieces(page: list[str], size: int) -> Iterator[list[str]]:
    return (page[at : at + size] for at in range(0, len(page), size))


def incident_with(record: Record, event: str) -> Incident | None:
    """The incident that an event (``3/v1``) is of; None where there is no such event, or it tells of no happening."""
    number, _, name = event.partition("/")
    if not number.isdigit():
        return None
    rows = record.rows(
        "SELECT e.report, e.id, coalesce(m.incident, 'incident:' || e.report || '/' || e.id) AS incident"
        " FROM event e JOIN report r ON r.n = e.report AND r.current = 1 LEFT JOIN member m ON m.report = e.report AND m.event = e.id"
        f" WHERE e.report = :report AND e.id = :event AND {HAPPENED}",
        {"report": int(number), "event": name},
    )
    if not rows:
        return None
    incident = rows[0]["incident"]
    return Incident(incident, tuple(_members(record, [incident]).get(incident) or [(rows[0]["report"], rows[0]["id"])]))


def within(picture: Picture, since: str | None, until: str | None) -> bool:
    """Whether an incident may lie within these days."""
    when = picture.when or {"from": None, "to": None}
    if since is not None and (when["to"] or when["from"] or "0000") < since:
        return False
    return until is None or (when["from"] or when["to"] or "9999")[:10] <= until


def _incidents(record: Record, asked: Asked) -> Iterator[list[Incident]]:
    """The incidents, page by page, each once."""
    seen: set[str] = set()
    for rows in _events(record, asked):
        first: dict[str, Key] = {}
        for row in rows:
            if row["incident"] not in seen:
                first.setdefault(row["incident"], (row["report"], row["id"]))
        seen |= set(first)
        for names in _pieces(list(first), _LOOKED_UP):
            members = _members(record, names)
            page = [Incident(name, tuple(members.get(name) or [first[name]])) for name in names]
            yield [i for i in page if len({n for n, _ in i.events}) >= asked.least_reports]


def _events(record: Record, asked: Asked) -> Iterator[list[Any]]:
    """The events asked for, each with the incident that it is of, by day; some at a time."""
    tests, values = _tests(record, asked)
    exact = asked.circle is None or has_postgis(record.connection)
    for half in ("e.earliest IS NOT NULL", "e.earliest IS NULL"):
        query = (
            "SELECT e.report, e.id, e.lat, e.lon, coalesce(m.incident, 'incident:' || e.report || '/' || e.id) AS incident"
            " FROM event e JOIN report r ON r.n = e.report AND r.current = 1 LEFT JOIN member m ON m.report = e.report AND m.event = e.id"
            f" WHERE {' AND '.join([half, *tests])} ORDER BY e.earliest, e.report, length(e.id), e.id"
        )
        # By the index of days the first are found at once; what is sorted by the database is taken whole.
        few = asked.worlds is not None and not all(world.startswith("country:") for world in asked.worlds)
        sorted_anyhow = few or asked.circle is not None or asked.limit is None
        size, at = _ALL if sorted_anyhow else max(_LEAST, _EVENTS_EACH * (asked.limit or 1)), 0
        while rows := record.rows(f"{query} LIMIT {size} OFFSET {at}", values):
            yield [r for r in rows if exact or asked.circle is None or asked.circle.holds(r["lat"], r["lon"])]
            if len(rows) < size:
                break
            at += size
            size *= 2


def _tests(record: Record, asked: Asked) -> tuple[list[str], dict[str, Any]]:
    tests, values = [HAPPENED], dict[str, Any]()
    if asked.worlds is not None:
        test, at = at_places("e", asked.worlds)
        tests.append(test)
        values |= at
    if asked.circle is not None:
        test, more = asked.circle.test(record.connection, "e")
        tests.append(test)
        values |= more
    if asked.since is not None:
        tests.append("coalesce(e.latest, e.earliest, '9999') >= :since")
        values["since"] = asked.since
    if asked.until is not None:
        tests.append("coalesce(e.earliest, e.latest, '0000') <= :until")
        values["until"] = asked.until + "T99"
    return tests, values


def _members(record: Record, names: list[str]) -> dict[str, list[Key]]:
    """All events of each of these incidents that tell of it, also those that lie elsewhere."""
    rows = record.rows(
        "SELECT m.incident, e.report, e.id FROM member m JOIN event e ON e.report = m.report AND e.id = m.event"
        f" JOIN report r ON r.n = e.report AND r.current = 1 WHERE m.incident IN :names AND {HAPPENED} ORDER BY e.report, length(e.id), e.id",
        {"names": names},
    )
    members: dict[str, list[Key]] = {}
    for row in rows:
        members.setdefault(row["incident"], []).append((row["report"], row["id"]))
    return members
