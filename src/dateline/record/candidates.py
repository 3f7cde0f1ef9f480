"""The events of a record as they are compared, and those of them that lie near an event in place, days and type."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.record.compare import Candidate
from dateline.record.connection import Row, Values
from dateline.record.near import MOST, NO_INCIDENT, NOT_HAPPENED, reach_of
from dateline.record.occasion import WIDE, Days, shift
from dateline.record.store import Record

Key = tuple[int, str]


def events_near(record: Record, one: Candidate) -> list[Candidate]:
    """Events near this one in place, days and type; in its own report only where one of the two stands in the headline."""
    reach = reach_of(one)
    if reach is None:
        return []
    # What is to be found by block, and figures by report, must not be found by type: SQLite, which counts nothing, would go through all of a type.
    place = "e.block IN :blocks AND coalesce(e.type, '') IN :types AND (e.report != :report OR e.headline + :headline = 1)"
    given = {"blocks": reach.blocks, "types": reach.types, "report": one.report, "headline": _headline(record, one)}
    if reach.since is not None:
        return candidates(record, f"{place} AND e.days = 'open' AND e.first = :first", {**given, "first": reach.since})
    days = {"from": reach.earliest, "to": reach.latest, "end": reach.end}
    found = candidates(record, f"{place} AND e.days IN ('dated', 'presumed') AND e.first BETWEEN :from AND :to AND e.last >= :end", {**given, **days})
    if reach.lasting is not None:
        wide = "e.days = 'wide' AND (e.first IS NULL OR e.first <= :last) AND e.last >= :first"
        found += candidates(record, f"{place} AND {wide}", {**given, "first": reach.lasting[0], "last": reach.lasting[1]})
    if reach.before is not None:
        late = "e.days IN ('dated', 'presumed') AND e.first >= :widest AND e.last BETWEEN :from AND :to"
        since, until = reach.before
        found += candidates(record, f"{place} AND {late}", {**given, "widest": shift(since, -WIDE), "from": since, "to": until})
    if reach.after is not None:
        news = "e.days = 'presumed' AND e.first BETWEEN :from AND :to"
        found += candidates(record, f"{place} AND {news}", {**given, "from": reach.after[0], "to": reach.after[1]})
    return sorted({c.key: c for c in found if c.key != one.key}.values(), key=lambda c: c.rank)[: 2 * MOST]


def _headline(record: Record, one: Candidate) -> int:
    return int(record.rows(f"SELECT e.headline FROM event e WHERE {THIS_EVENT}", key_values(one.key))[0]["headline"])


THIS_EVENT = "e.report = :report AND e.id = :event"


def key_values(key: Key) -> dict[str, object]:
    """Values that find one event."""
    return {"report": key[0], "event": key[1]}


def listed(words: Iterable[str]) -> str:
    """Words of our own as SQL takes them in a list."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


HAPPENED = f"e.type NOT IN {listed(NO_INCIDENT)} AND e.status NOT IN {listed(NOT_HAPPENED)}"


def candidates(record: Record, where: str, values: Values) -> list[Candidate]:
    """The happenings of current reports for which the condition holds, as they are compared."""
    most = f" LIMIT {MOST + 1}" if where.startswith("e.block") else ""
    rows = record.rows(
        f"SELECT e.*, r.digest FROM event e JOIN report r ON r.n = e.report AND r.current = 1 WHERE {where} AND {HAPPENED} AND e.negated = 0"
        f" ORDER BY r.digest, length(e.id), e.id{most}",
        values,
    )
    keys = [(row["report"], row["id"]) for row in rows]
    parties, killed = _parties(record, keys), _killed(record, keys)
    return [_candidate(row, *parties.get(key, (frozenset(), frozenset())), killed.get(key)) for key, row in zip(keys, rows, strict=True)]


def _candidate(row: Row, doers: frozenset[str], targets: frozenset[str], killed: float | None) -> Candidate:
    days = Days(row["days"], row["first"], row["last"])
    return Candidate(
        row["report"], row["id"], row["digest"], row["type"], row["place"], row["block"], row["lat"], row["lon"], days, doers, targets, killed, row["country"],
    )  # fmt: skip


def all_of(keys: Iterable[Key]) -> dict[str, object]:
    """Values that find these events at once, and perhaps others of the same reports."""
    return {"reports": sorted({report for report, _ in keys}), "events": sorted({event for _, event in keys})}


def _parties(record: Record, keys: list[Key]) -> dict[Key, tuple[frozenset[str], frozenset[str]]]:
    """Who does each event and whom it is done to, as far as they are known by name."""
    if not keys:
        return {}
    rows = record.rows(
        "SELECT report, event, role, party FROM participant WHERE report IN :reports AND event IN :events AND (named = 1 OR party != world)"
        " AND role IN ('agent', 'supporter', 'target', 'victim') AND party NOT LIKE 'geonames:%' AND party NOT LIKE 'place:%' AND party NOT LIKE 'country:%'",
        all_of(keys),
    )
    sides: dict[Key, tuple[set[str], set[str]]] = {}
    for row in rows:
        sides.setdefault((row["report"], row["event"]), (set(), set()))[row["role"] not in ("agent", "supporter")].add(row["party"])
    return {key: (frozenset(doers), frozenset(others - doers)) for key, (doers, others) in sides.items()}


def _killed(record: Record, keys: list[Key]) -> dict[Key, float]:
    """The highest number of dead that each event's figures give."""
    if not keys:
        return {}
    rows = record.rows(
        "SELECT report, event, max(coalesce(best, low, high)) AS n FROM figure"
        " WHERE report IN :reports AND event IN :events AND coalesce(measure, '') = 'killed' GROUP BY report, event",
        all_of(keys),
    )
    return {(row["report"], row["event"]): row["n"] for row in rows if row["n"] is not None}
