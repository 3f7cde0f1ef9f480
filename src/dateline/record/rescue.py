"""Copy a record into a new one: all that can be read of a damaged file, or a whole record from a file to a server and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

from dateline.errors import RecordError, UsageError
from dateline.record import words
from dateline.record.connection import Row
from dateline.record.link import link, pending
from dateline.record.store import DAMAGES, Record, fill_again
from dateline.record.verify import report_faults

_GAP = 200
"""After so many numbers in a row under which nothing can be read the end of a damaged table is taken to be reached."""


def rescue(source: Record, target: Record) -> Iterator[str]:
    """Copy what can be read of ``source`` into the empty record ``target``; yields a sentence for each thing that cannot.

    A report goes over whole or not at all. What is made from the reports (incidents, the index of words) is made anew; people's judgements go over.

    Raises ``UsageError`` when the target holds reports already.
    """
    from dateline.record.tables import KEPT

    if target.rows("SELECT n FROM report LIMIT 1"):
        raise UsageError("the new record holds reports already", given=target.path, mend="give a record that is not there yet")
    # Parts of a report go with it; what persons say of it stays, whatever becomes of the report.
    of_reports = [t.name for t in KEPT if "report" in t.columns and (t.columns["report"].primary_key or t.columns["report"].foreign_keys)]
    saved: set[int] = set()
    for number in _numbers(source, "report"):
        try:
            rows = {"report": source.rows("SELECT * FROM report WHERE n = :n", {"n": number})}
            rows |= {table: source.rows(f"SELECT * FROM {table} WHERE report = :n", {"n": number}) for table in of_reports}
        except RecordError as fault:
            yield f"report {number} is lost: {fault.wrong}"
            continue
        if not rows["report"]:
            continue
        if lost := _put_report(target, number, rows):
            yield f"report {number} is lost: {lost}"
        else:
            saved.add(number)
    for table in KEPT:
        if table.name != "report" and table.name not in of_reports:
            yield from _copy_table(source, target, table.name, saved)
    _count_on(target)
    link(target, pending(target))


def _numbers(source: Record, table: str) -> Iterator[int]:
    """The numbers of a table's rows; of a damaged one all that may be."""
    try:
        yield from [row["n"] for row in source.rows(f"SELECT n FROM {table} ORDER BY n")]
    except RecordError:
        missed = 0
        for number in count(1):
            try:
                missed = 0 if source.rows(f"SELECT n FROM {table} WHERE n = :n", {"n": number}) else missed + 1
            except RecordError:
                missed += 1
            yield number
            if missed > _GAP:
                return


def _put_report(target: Record, number: int, rows: dict[str, list[Row]]) -> str | None:
    """Put a report in with all its parts, or nothing of it; gives the reason where what is kept of it is damaged.

    Raises ``RecordError`` where the target cannot be written.
    """
    try:
        body = json.loads(rows["report"][0]["body"])
        with target.transaction():
            for table, found in rows.items():
                _put(target, table, found)
            fill_again(target.connection, number, body)
            words.add(target.connection, number, str(body["title"] or ""), str(body["text"]))
            if fault := next(report_faults(target, number), None):
                raise ValueError(fault)
    except DAMAGES:
        return "its words are damaged"
    except RecordError as fault:
        if not _is_refused(fault):
            raise
        return "its values are damaged"
    return None


def _is_refused(fault: RecordError) -> bool:
    """Whether the new record took no such value; else it is the new record itself that has a fault."""
    return any(sign in type(fault.__cause__).__name__ for sign in ("IntegrityError", "DataError", "InterfaceError", "ProgrammingError"))


def _put(target: Record, table: str, rows: list[Row]) -> None:
    if rows:
        columns = list(rows[0])
        target.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{c}' for c in columns)})", rows)


def _copy_table(source: Record, target: Record, table: str, saved: set[int]) -> Iterator[str]:
    """Copy a table that belongs to no single report; of judgements those of people, on reports that were saved."""
    from dateline.record.tables import METADATA

    numbered = "n" in METADATA.tables[table].columns
    try:
        rows = source.rows(f"SELECT * FROM {table}" + (" ORDER BY n" if numbered else ""))
    except RecordError as fault:
        if not numbered:
            yield f"{table} is lost: {fault.wrong}"
            return
        rows = []
        yield f"{table} is damaged, some of it is lost: {fault.wrong}"
        for number in _numbers(source, table):
            try:
                rows += source.rows(f"SELECT * FROM {table} WHERE n = :n", {"n": number})
            except RecordError:
                yield f"{table} {number} is lost"
    if table == "judgement":
        rows = [row for row in rows if not str(row["judge"]).startswith("rule:") and {row["a_report"], row["b_report"]} <= saved]
    try:
        with target.transaction():
            _put(target, table, rows)
    except RecordError as fault:
        if not _is_refused(fault):
            raise
        yield from _one_by_one(target, table, rows)


def _one_by_one(target: Record, table: str, rows: list[Row]) -> Iterator[str]:
    for row in rows:
        try:
            with target.transaction():
                _put(target, table, [row])
        except RecordError as fault:
            if not _is_refused(fault):
                raise
            yield f"{table} {row.get('n', '')} is lost: its values are damaged".replace("  ", " ")


def _count_on(target: Record) -> None:
    """Let a server number new rows after those that came with their numbers."""
    from dateline.record.tables import KEPT

    if target.connection.sqlite:
        return
    for table in KEPT:
        if "n" in table.columns:
            target.rows(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'n'), coalesce(max(n), 0) + 1, false) FROM {table.name}")
