"""``dateline origins``: where the reports of a record came from, and their bytes as they came."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline.cli.asking import shared
from dateline.cli.tables import print_json, print_rows
from dateline.errors import UsageError
from dateline.record.origins import original
from dateline.record.store import Record
from dateline.whole import whole


@click.command("origins")
@click.argument("report", type=int, required=False)
@click.option("--original", "raw", is_flag=True, help="Write the report's bytes as they came, where they were kept, to standard output or -o.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the original to this file.")
@shared
def ORIGINS(report: int | None, *, raw: bool, output: str | None, path: str, shape: str) -> int:
    """List where each report, or REPORT, came from: input, address and time of fetching, digest, archive record, item and version; and what was retracted."""
    with Record.open(path) as record:
        if raw:
            return _write(record, report, output)
        where, values = ("WHERE report = :report", {"report": report}) if report is not None else ("", {})
        rows = [dict(r) for r in record.rows(f"SELECT * FROM origin {where} ORDER BY report, n", values)]
        notices = [dict(r) for r in record.rows("SELECT item, status, note, input, version, revised, at FROM retraction ORDER BY n")] if report is None else []
    if shape == "json":
        print_json([{k: v for k, v in r.items() if k != "n"} for r in rows] + [{"retraction": n} for n in notices])
        return 0 if rows or notices else 1
    print_rows(
        ("no.", "form", "address", "fetched", "input"), [(str(r["report"]), r["format"], r["address"] or "", r["fetched"] or "", r["input"]) for r in rows]
    )
    for n in notices:
        print(f"retracted: {n['item']} ({n['status']}, {(n['revised'] or n['at'])[:10]}){': ' + n['note'] if n['note'] else ''}")
    return 0 if rows or notices else 1


def _write(record: Record, report: int | None, output: str | None) -> int:
    rows = record.rows("SELECT digest FROM origin WHERE report = :report AND digest IS NOT NULL ORDER BY n", {"report": report}) if report is not None else []
    if not rows:
        raise UsageError("there is no original of it", given=str(report or "--original"), mend="give the number of a report; list them with: dateline reports")
    data = original(record, rows[0]["digest"])
    if output is not None:
        with whole(Path(output), binary=True) as file:
            file.write(data)
    else:
        sys.stdout.buffer.write(data)
    return 0
