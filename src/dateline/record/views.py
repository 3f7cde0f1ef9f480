"""The record as it was at a release, or as the machine read it: the same tables under the same names, for the same questions.

Temporary views stand before the tables: they leave out what came later and put what was corrected since as it was. Nothing is written to the record.
"""

from __future__ import annotations

from typing import Any

from dateline.contract import from_json
from dateline.record.agency import agency_of, house_of
from dateline.record.releases import State, dump, found, machine_state, reading_at, touched_now
from dateline.record.rows import rows_of
from dateline.record.store import Record

_MADE = ("entity", "statement", "event", "participant", "figure", "control", "tie")


def at(record: Record, name: str) -> Record:
    """The record as the release ``name`` froze it, opened for questions; close it as any other.

    Raises ``UsageError`` where there is no such release.
    """
    return _view(record, found(record, name).state)


def machine_view(record: Record) -> Record:
    """The record as the machine read it, opened for questions."""
    return _view(record, machine_state(record))


def _view(record: Record, state: State) -> Record:
    then = record.again()
    home = "main" if then.connection.sqlite else then.rows("SELECT current_schema() AS name")[0]["name"]
    touched = sorted(n for n in touched_now(record, state) if n <= state.last_report and n not in state.gone)
    _tables(then, home)
    then.run("INSERT INTO touched_then (n) VALUES (:n)", [{"n": n} for n in touched])
    then.run("INSERT INTO gone_then (n) VALUES (:n)", [{"n": n} for n in sorted(state.gone)])
    for number in touched:
        _fill(then, number, *reading_at(record, number, state))
    members = [{"report": n, "event": v, "incident": incident} for incident, events in state.incidents.items() for n, v in events]
    then.run("INSERT INTO member_then (report, event, incident) VALUES (:report, :event, :incident)", members)
    _cover(then, home, state)
    return then


def _tables(then: Record, home: str) -> None:
    for table in ("item", *_MADE, "member", "report"):
        then.run(f"CREATE TEMPORARY TABLE {table}_then AS SELECT * FROM {home}.{table} WHERE 1 = 0")
        column = "n" if table == "report" else "report"
        then.run(f"CREATE INDEX {table}_then_report ON {table}_then ({column})" if then.connection.sqlite else f"CREATE INDEX ON {table}_then ({column})")
    for table in ("touched_then", "gone_then"):
        then.run(f"CREATE TEMPORARY TABLE {table} (n BIGINT PRIMARY KEY)")


def _fill(then: Record, number: int, report: Any, parts: Any) -> None:
    from dateline.record.tables import METADATA

    items = [{"report": number, "id": b["id"], "word": word, "body": dump(b)} for word, bodies in parts.items() for b in bodies]
    then.run("INSERT INTO item_then (report, id, word, body) VALUES (:report, :id, :word, :body)", items)
    reading = from_json({"report": report, **parts})
    for table, rows in rows_of(reading).items():
        columns = METADATA.tables[table].columns.keys()
        marks = ", ".join(f":{c}" for c in columns)
        # A role that one entity has twice in an event is one row, as in the record itself.
        values = list({tuple(str(c) for c in row[: len(METADATA.tables[table].primary_key) - 1]): row for row in reversed(rows)}.values())
        then.run(f"INSERT INTO {table}_then ({', '.join(columns)}) VALUES ({marks})", [dict(zip(columns, (number, *row), strict=True)) for row in values])
    facts = {"n": number, "body": dump(report), "title": report["title"], "url": report["url"], "published": report["published"]["date"]}
    columns = METADATA.tables["report"].columns.keys()
    then.run(f"INSERT INTO report_then ({', '.join(columns)}) SELECT {', '.join(columns)} FROM report WHERE n = :n", {"n": number})
    facts |= {"source": house_of(reading.report), "agency": agency_of(reading.report), "language": report["language"]}
    changed = ", ".join(f"{c} = :{c}" for c in facts if c != "n")
    then.run(f"UPDATE report_then SET {changed} WHERE n = :n", facts)


def _cover(then: Record, home: str, state: State) -> None:
    """Put the views before the tables."""
    from dateline.record.tables import METADATA

    for table in ("item", *_MADE):
        rest = f"SELECT * FROM {home}.{table} WHERE report <= {state.last_report} AND report NOT IN (SELECT n FROM touched_then)"
        then.run(f"CREATE TEMPORARY VIEW {table} AS {rest} UNION ALL SELECT * FROM {table}_then")
    then.run("CREATE TEMPORARY VIEW member AS SELECT * FROM member_then")
    then.run(f"CREATE TEMPORARY VIEW copy AS SELECT * FROM {home}.copy WHERE a <= {state.last_report} AND b <= {state.last_report}")
    names = METADATA.tables["report"].columns.keys()
    columns = ", ".join("CASE WHEN n IN (SELECT n FROM gone_then) THEN 0 ELSE 1 END AS current" if c == "current" else c for c in names)
    rest = f"FROM {home}.report WHERE n <= {state.last_report} AND n NOT IN (SELECT n FROM touched_then)"
    then.run(f"CREATE TEMPORARY VIEW report AS SELECT {columns} {rest} UNION ALL SELECT {columns} FROM report_then")
