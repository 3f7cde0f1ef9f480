"""``dateline release``, ``releases`` and ``diff``: what the record says is frozen under a name, and two such are compared."""

from __future__ import annotations

from collections.abc import Mapping

import click

from dateline.cli.opening import recorded, signature
from dateline.cli.tables import print_json, print_rows
from dateline.record import releases
from dateline.record.differences import body_of_difference, differences, shown
from dateline.record.store import Record

_SHAPE = click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")


@click.command("release")
@click.argument("name")
@click.option("--note", default="", help="What it is for.")
@click.option("--by", "who", envvar="DATELINE_REVIEWER", help="Your name [else DATELINE_REVIEWER, or reviewer in dateline.toml].")
@recorded
def RELEASE(name: str, *, note: str, who: str | None, path: str) -> int:
    """Freeze what the record says now under NAME; every question can later be asked of it with --release NAME."""
    with Record.open(path) as record:
        made = releases.release(record, name, who=signature(who), note=note)
    print(f"release {made.name}: {made.reports} reports, {made.values} values, SHA-256 {made.digest}")
    return 0


@click.command("releases")
@click.option("--verify", "check", is_flag=True, help="Prove for each that the record still answers for it by the very values that were frozen.")
@_SHAPE
@recorded
def RELEASES(*, check: bool, shape: str, path: str) -> int:
    """List the releases of the record."""
    with Record.open(path) as record:
        found = releases.all_of(record)
        whole = {r.name: releases.is_whole(record, r) for r in found} if check else {}
    if shape == "json":
        print_json([{"name": r.name, "at": r.at, "who": r.who, "note": r.note, "reader": r.reader, "digest": r.digest, "reports": r.reports,
                     "values": r.values, "whole": whole.get(r.name)} for r in found])  # fmt: skip
    else:
        states = {True: "as frozen", False: "ALTERED", None: ""}
        rows = [(r.name, r.at[:16].replace("T", " "), r.who, str(r.reports), str(r.values), r.digest[:12], states[whole.get(r.name)], r.note) for r in found]
        print_rows(("name", "when", "who", "reports", "values", "SHA-256", "state", "note"), rows)
    return 0 if found and all(whole.values()) else 1


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B", default="now")
@_SHAPE
@recorded
def DIFF(a: str, b: str, *, shape: str, path: str) -> int:
    """Say what release B (or now) says otherwise than release A, and why: a new report, a newer version, a newer Dateline, a person."""
    with Record.open(path) as record:
        found = differences(record, a, b)
    if shape == "json":
        print_json([body_of_difference(d) for d in found])
    else:
        rows = [(d.kind.replace("_", " "), d.handle, d.field or "", _shown(d.before, d.names), _shown(d.after, d.names), d.why) for d in found]
        print_rows(("what", "id", "field", f"in {a}", f"in {b}", "why"), rows)
    return 0


def _shown(value: object, names: Mapping[str, str]) -> str:
    return "" if value is None else shown(value, names, width=60)
