"""The tables of a record: made in an empty database, and those of an older version brought to this one.

Steps, not a migration library: what is made from the readings is dropped and made again, so a step has only the kept tables to change,
in SQL that both databases understand. To change a kept table: alter it in ``record/tables.py``, raise ``VERSION``, add the step here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.errors import RecordError
from dateline.record import words
from dateline.record.circle import INDEX, has_postgis
from dateline.record.connection import LOCK, Connection, Row
from dateline.record.names import NAMING
from dateline.record.tables import KEPT, MADE, METADATA, VERSION
from dateline.record.unlogged import into_log


@dataclass(frozen=True, slots=True)
class Step:
    """What brings the tables of one version to those of the next."""

    commands: tuple[str, ...] = ()
    """SQL that both databases understand."""
    tables: tuple[str, ...] = ()
    """Kept tables that are made, as ``record/tables.py`` has them, where they are not there."""
    columns: tuple[str, ...] = ()
    """Columns of kept tables ("report.agency") that are put in where they are not there."""
    afresh: bool = False
    """Whether the made tables are dropped and made again, after which all events are joined anew."""
    marks: bool = False
    """Whether the fingerprints of all texts are taken anew."""
    judged: bool = False
    """Whether judgements of persons that stand beside the log of corrections become lines of it."""


STEPS: dict[int, Step] = {
    1: Step(
        ("CREATE INDEX report_pending ON report (linked) WHERE linked = 0", "DELETE FROM judgement WHERE judge LIKE 'rule:%'"),
        columns=("report.agency", "report.linked"),
        afresh=True,
    ),
    2: Step(tables=("origin", "original", "retraction", "visit")),
    3: Step(("CREATE INDEX IF NOT EXISTS entity_point ON entity (lat, lon)", "CREATE INDEX IF NOT EXISTS event_point ON event (lat, lon)")),
    4: Step(tables=("machine", "correction", "effect", "release"), columns=("judgement.correction", "figure.confidence", "control.confidence")),
    5: Step(
        (
            "DROP INDEX IF EXISTS entity_world",
            f"CREATE INDEX entity_world ON entity (world, {NAMING})",
            "CREATE INDEX IF NOT EXISTS statement_act ON statement (act, earliest)",
            "CREATE INDEX IF NOT EXISTS event_type ON event (type, earliest)",
            "CREATE INDEX IF NOT EXISTS event_day ON event (earliest)",
            "DROP INDEX IF EXISTS figure_measure",
            "CREATE INDEX figure_measure ON figure (measure, earliest)",
            "CREATE INDEX IF NOT EXISTS figure_place ON figure (place, measure)",
            "DELETE FROM fingerprint",
        ),
        marks=True,
    ),
    6: Step(judged=True),
}
"""By the version that each starts from; up to version 3 all records are SQLite files."""

Fill = Callable[[Connection, int, Any], None]
"""Fills the made tables again for a report: its number and its body."""


def prepare(connection: Connection, *, create: bool, fill: Fill, mark: Fill) -> None:
    """Make the tables in an empty database, bring those of an older version up, or leave them.

    Raises ``RecordError`` when the database is no record, or one of a newer version.
    """
    version = _look(connection)
    if version == VERSION:
        return
    if version == 0 and not create:
        raise RecordError("there is no record in this database", given=connection.name, mend=f"make it with: dateline read PATHS --into {connection.name}")
    if version > VERSION:
        raise RecordError(f"the record is of version {version}, this Dateline knows {VERSION}", given=connection.name, mend="upgrade Dateline")
    with connection.transaction():
        version = _look(connection)  # another process may have made or upgraded it meanwhile
        if version == 0:
            connection.make(KEPT + MADE)
            words.make(connection)
        elif version < VERSION:
            _upgrade(connection, version, fill, mark)
        if has_postgis(connection):
            connection.run(INDEX)
        _mark(connection)


def _look(connection: Connection) -> int:
    """The version of the record's tables; 0 for an empty database.

    Raises ``RecordError`` when the tables are another program's.
    """
    if not connection.sqlite:
        return _look_on_server(connection)
    held = connection.rows(
        "SELECT (SELECT count(*) FROM sqlite_master) AS tables, (SELECT application_id FROM pragma_application_id) AS mark,"
        " (SELECT user_version FROM pragma_user_version) AS version"
    )[0]
    if held["tables"] == 0 and held["mark"] in (0, LOCK):
        return 0
    if held["mark"] != LOCK:
        raise RecordError("the file is a database, but no record of Dateline's", given=connection.name, mend="give another path")
    return int(held["version"])


def _look_on_server(connection: Connection) -> int:
    if (version := _marked(connection)) is not None:
        return version
    query = "SELECT name FROM unnest(string_to_array(:names, ',')) AS name WHERE to_regclass(name) IS NOT NULL"
    if not connection.rows(query, {"names": ",".join([*METADATA.tables, "words"])}):
        return 0
    with connection.transaction():  # whoever is just making them has finished once this begins
        if (version := _marked(connection)) is not None:
            return version
        others = connection.rows(query, {"names": ",".join(sorted([*METADATA.tables, "words"]))})
    listed = ", ".join(row["name"] for row in others)
    raise RecordError(f"the database holds other tables of the same names ({listed})", given=connection.name, mend="give a database of its own")


def _marked(connection: Connection) -> int | None:
    """The version that a record on a server is marked with; None where there is no mark."""
    if connection.rows("SELECT to_regclass('dateline') AS held")[0]["held"] is None:
        return None
    return int(connection.rows("SELECT version FROM dateline")[0]["version"])


def _mark(connection: Connection) -> None:
    if connection.sqlite:
        connection.run(f"PRAGMA application_id = {LOCK}")
        connection.run(f"PRAGMA user_version = {VERSION}")
        return
    connection.run("CREATE TABLE IF NOT EXISTS dateline (version integer NOT NULL)")
    connection.run("DELETE FROM dateline")
    connection.run("INSERT INTO dateline (version) VALUES (:version)", {"version": VERSION})


def _upgrade(connection: Connection, version: int, fill: Fill, mark: Fill) -> None:
    afresh = any(STEPS[step].afresh for step in range(version, VERSION))
    if afresh:
        connection.drop(MADE)
        connection.make(MADE)
    for step in (STEPS[number] for number in range(version, VERSION)):
        connection.make([METADATA.tables[name] for name in step.tables])
        for column in step.columns:
            table, _, name = column.partition(".")
            connection.widen(METADATA.tables[table].columns[name])
        for command in step.commands:
            connection.run(command)
    marks = any(STEPS[step].marks for step in range(version, VERSION))
    for row in _bodies(connection) if afresh or marks else ():
        (fill if afresh else mark)(connection, row["n"], json.loads(row["body"]))
    if any(STEPS[step].judged for step in range(version, VERSION)):
        into_log(connection)


def _bodies(connection: Connection) -> Iterator[Row]:
    """The number and body of each report, some at a time."""
    last = 0
    while rows := connection.rows("SELECT n, body FROM report WHERE n > :last ORDER BY n LIMIT 200", {"last": last}):
        yield from rows
        last = rows[-1]["n"]
