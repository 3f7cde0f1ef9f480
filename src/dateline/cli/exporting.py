"""``dateline export``: incidents of a record in the layouts that the field uses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dateline.cli.days import DAY, day_text
from dateline.cli.opening import opened, uncorrected
from dateline.errors import UsageError
from dateline.export.formats import FORMATS, export, format_named
from dateline.export.job import Options
from dateline.record.selection import STANDINGS, Selected, Selection, known
from dateline.record.still import held_still
from dateline.record.store import Record
from dateline.record.views import at
from dateline.vocabulary import EVENT_TYPES


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that select incidents."""
    for option in (
        click.option("--reviewed/--not-reviewed", "reviewed", default=None, help="Only incidents whose events persons have all judged, or only the others."),
        click.option("--least-sources", type=click.IntRange(0), default=0, help="Told by at least so many independent sources."),
        click.option("--status", "standings", multiple=True, help="Only as it stands: uncontested, claimed, contested, denied ... (repeatable)."),
        click.option("--type", "types", multiple=True, help="Only this type of incident (repeatable)."),
        click.option("--actor", "actors", multiple=True, help="With this actor taking part (repeatable)."),
        click.option("--until", type=DAY, help="Not after this day."),
        click.option("--since", type=DAY, help="Not before this day."),
        click.option("--place", "places", multiple=True, help="At this place, any of its names (repeatable)."),
    ):
        command = option(command)
    return command


def selection_of(record: Record, given: dict[str, Any]) -> Selection:
    """The selection that the options ask for."""
    held = tuple(r["type"] for r in record.rows("SELECT DISTINCT type FROM event ORDER BY type"))
    return Selection(
        places=given["places"],
        since=day_text(given["since"]),
        until=day_text(given["until"]),
        actors=given["actors"],
        types=known(given["types"], tuple(dict.fromkeys((*EVENT_TYPES, *held))), option="type"),
        standings=known(given["standings"], STANDINGS, option="status"),
        least_independent=given["least_sources"],
        reviewed=given["reviewed"],
    )


@click.command("export")
@click.argument("name", metavar="FORMAT", required=False)
@click.argument("record_path", metavar="[RECORD]", required=False, type=click.Path())
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; of a format of several tables, the folder.")
@click.option("--list", "listed", is_flag=True, help="List the formats.")
@selecting
@click.option("--release", help="What the record said when this release froze it; the rows bear its name.")
@click.option("--hxl", is_flag=True, help="A row of HXL hashtags under the header (tables).")
@click.option("--inter-num", "numeric_inter", is_flag=True, help="ACLED: types of actors by number.")
@click.option("--actor-table", type=click.Path(path_type=Path), help="Your own names and types of actors: a table with the columns actor, name, inter.")
@click.option("--without-deaths", is_flag=True, help="UCDP: rows of incidents without a death too, flagged by event_clarity 2 and code_status.")
@uncorrected
@click.option("--record", "path", envvar="DATELINE_RECORD", default="record.db", show_default=True, help="The record, where it is not given as RECORD.")
@click.option("--quiet", is_flag=True, help="No progress bar and no summary.")
def EXPORT(
    *, name: str | None, record_path: str | None, path: str, output: Path | None, listed: bool, release: str | None, hxl: bool, numeric_inter: bool,
    actor_table: Path | None, without_deaths: bool, quiet: bool, **given: Any,
) -> int:  # fmt: skip
    """Write incidents of a record in the layout FORMAT, with a loss report beside it (FILE.losses.tsv).

    What a layout cannot hold is left out or coarsened, and the loss report says of each incident which and why.
    """
    if listed or name is None:
        return _list(failed=not listed)
    chosen = format_named(name)
    target = output or Path(f"{name}{chosen.suffix}")
    options = Options(release=release, hxl=hxl, numeric_inter=numeric_inter, actor_table=actor_table, without_deaths=without_deaths)
    with opened(record_path or path) as now, as_of(now, release) as record, held_still(record):
        selected = Selected(record, selection_of(record, given))
        with progress_bar(len(selected), quiet=quiet) as step:
            done = export(record, name, target, selected, options, step=step)
    if not quiet:
        print(f"{done.path}: {done.rows} rows; what was lost: {done.losses}", file=sys.stderr)
        for line in done.summary:
            print(f"  {line}", file=sys.stderr)
    return 0 if done.rows else 1


@contextmanager
def as_of(record: Record, release: str | None) -> Iterator[Record]:
    """The record itself, or as a release froze it."""
    if release is None:
        yield record
        return
    with at(record, release) as then:
        yield then


def _list(*, failed: bool) -> int:
    if failed:
        raise UsageError("no format was given", given="export", mend=f"give one of: {', '.join(sorted(FORMATS))}; what each is: dateline export --list")
    for name, chosen in sorted(FORMATS.items()):
        print(f"{name}\t{chosen.about}")
    return 0


@contextmanager
def progress_bar(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("incidents", total=total)
        yield lambda: progress.advance(task)
