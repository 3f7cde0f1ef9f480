"""``dateline compare``: a record beside the user's own coded file."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from dateline.cli.exporting import progress_bar, selecting, selection_of
from dateline.cli.tables import print_rows
from dateline.errors import UsageError
from dateline.export.actors import own_names
from dateline.export.coded_files import CodedFile, read_coded
from dateline.export.comparison import Finding, compare
from dateline.export.delimited import guarded
from dateline.record.selection import Selected
from dateline.record.store import Record
from dateline.whole import whole

COLUMNS = ("verdict", "here", "there", "day", "place", "type", "score", "why", "differences")


@click.command("compare")
@click.argument("record_path", metavar="RECORD", type=click.Path())
@click.argument("coded", metavar="FILE", type=click.Path(path_type=Path))
@selecting
@click.option("--days", type=click.IntRange(0, 31), default=2, show_default=True, help="So many days apart at most, beyond what both say of their precision.")
@click.option("--km", "around_km", type=click.FloatRange(0, 500), default=30.0, show_default=True, help="So many kilometres, likewise.")
@click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="How your file writes days such as 05/03/2019, where its other days do not tell."
)
@click.option("--only", type=click.Choice(["matched", "differing", "within", "here", "there", "not-compared"]), help="Only these lines.")
@click.option("--actor-table", type=click.Path(path_type=Path), help="Your own names of actors: a table with the columns actor, name, inter.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the lines to a .csv or .json file.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def COMPARE(
    *, record_path: str, coded: Path, days: int, around_km: float, dates: str | None, only: str | None, actor_table: Path | None, output: Path | None,
    shape: str, quiet: bool, **given: Any,
) -> int:  # fmt: skip
    """Compare the incidents of RECORD with your own coded FILE, in ACLED's or UCDP's layout (told by its header).

    Says what both have and in which fields they differ, what only the record has, and what only your file has, each with the reason.
    """
    if output is not None and output.suffix.lower() not in (".csv", ".json"):
        raise UsageError("the file's ending tells the form", given=str(output), mend="give a name that ends in .csv or .json")
    file = read_coded(coded, dates=dates)
    with Record.open(record_path) as record:
        selected = Selected(record, selection_of(record, given))
        with progress_bar(len(selected), quiet=quiet) as step:
            findings = compare(selected, file, days=days, around_km=around_km, own=own_names(actor_table), step=step)
    shown = [f for f in findings if _wanted(f, only)]
    if output is not None:
        _write(output, shown)
    elif shape == "json":
        print(json.dumps([_body(f) for f in shown], ensure_ascii=False, indent=1))
    else:
        print_rows(COLUMNS, [_row(f) for f in shown])
    _say(file, findings)
    return 0 if any(f.verdict == "matched" for f in findings) else 1


def _wanted(finding: Finding, only: str | None) -> bool:
    if only == "differing":
        return bool(finding.differences)
    return only is None or finding.verdict == {"here": "only here", "there": "only there", "not-compared": "not compared"}.get(only, only)


def _say(file: CodedFile, findings: Iterable[Finding]) -> None:
    counts = Counter(f.verdict for f in findings)
    differing = sum(1 for f in findings if f.differences)
    words = ", ".join(f"{counts[v]} {v}" for v in ("matched", "within", "only here", "only there", "not compared"))
    print(f"{file.layout.upper()} layout, {len(file.rows)} rows: {words}; of the matched, {differing} differ in a field", file=sys.stderr)
    if file.remark:
        print(f"  {file.remark}", file=sys.stderr)
    for unread in file.unread[:20]:
        print(f"  line {unread.line} was set aside: {unread.why}", file=sys.stderr)
    if len(file.unread) > 20:
        print(f"  and {len(file.unread) - 20} more lines were set aside", file=sys.stderr)


def _row(f: Finding) -> tuple[str, ...]:
    first, last = (f.theirs.first, f.theirs.last) if f.theirs else (f.ours.first, f.ours.last) if f.ours else (None, None)
    day = "" if first is None else str(first) if first == last else f"{first} to {last}"
    place = f.theirs.place if f.theirs else f.ours.place if f.ours else ""
    kind = (f.theirs.sub_type or f.theirs.type) if f.theirs else (f.ours.sub_type or f.ours.type) if f.ours else ""
    score = "" if f.score is None else f"{f.score:.2f}"
    differences = "; ".join(f"{d.field}: here {d.ours}, there {d.theirs}" for d in f.differences)
    return f.verdict, f.incident or "", f.theirs.id if f.theirs else "", day, place, kind, score, f.reason, differences


def _body(f: Finding) -> dict[str, Any]:
    row = dict(zip(COLUMNS, _row(f), strict=True))
    return {**row, "score": f.score, "line": f.theirs.line if f.theirs else None,
            "differences": [{"field": d.field, "here": d.ours, "there": d.theirs} for d in f.differences]}  # fmt: skip


def _write(path: Path, findings: list[Finding]) -> None:
    with whole(path) as file:
        if path.suffix.lower() == ".json":
            json.dump([_body(f) for f in findings], file, ensure_ascii=False, indent=1)
        else:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(COLUMNS)
            lines.writerows([guarded(c) for c in _row(f)] for f in findings)
