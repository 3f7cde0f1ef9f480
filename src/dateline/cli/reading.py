"""``dateline read`` and ``dateline schema``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import glob
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dateline import batch
from dateline.cli.output import is_file, line_of, unfinished, writer
from dateline.contract import dumps, to_json
from dateline.errors import UsageError
from dateline.export.page import page_lines
from dateline.export.text import lines_of
from dateline.intake.grids import COLUMN_KEYS
from dateline.intake.originals import keep_in_folder
from dateline.intake.raw import Options
from dateline.intake.sources import find_inputs
from dateline.model import Reading, Refused, Retraction
from dateline.record.store import Record
from dateline.schema import reading_schema
from dateline.settings import Settings
from dateline.version import VERSION


@click.command("read")
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "shape", type=click.Choice(["text", "json", "html", "parquet"]), default="text", show_default=True, help="What to print.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, not to standard output.")
@click.option("--into", "record_path", help="Put the readings into this record, a file or postgresql://USER@HOST/DATABASE (made where there is none).")
@click.option("--from", "form", help="Read every input as this format, whatever its content and name say.")
@click.option("--column", "columns", multiple=True, metavar="KEY=NAME", help="For tables: the column of a key, e.g. text=notes (several times).")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How your own records and tables write days such as 05/03/2019.")
@click.option("--keep-originals", "keep", metavar="record|FOLDER", help="Keep the bytes of each report as they came, by digest, in the record or a folder.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
@click.option("--gate/--no-gate", default=None, help="Pass reports over unread that hold no sign of conflict, control or harm (the settings' gate; else not).")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def READ(
    paths: tuple[str, ...], *, shape: str, output: str | None, record_path: str | None, form: str | None, columns: tuple[str, ...], dates: str | None,
    keep: str | None, jobs: int, settings_path: str | None, gate: bool | None, quiet: bool,
) -> int:  # fmt: skip
    """Read reports from files, folders, globs or standard input (-): text, pages, JSON, tables, feeds, mail, web archives, PDF, documents, archives.

    Prints one reading for each report, in order; -o FILE with --format json or parquet goes on where a stopped run of the same command ended.
    With --into, puts them into a record and prints only what came of it;
    reports that the record holds already are passed over, so a run that was stopped is completed by the same command.
    """
    settings = Settings.load(settings_path)
    if gate is not None:
        settings = replace(settings, gate=gate)
    batch.calm_collector()
    options = Options(form, columns_of(columns), settings.intake, dates=dates)
    _spare(paths, output)
    if record_path is not None:
        return _into_record(paths, options, record_path, settings, keep=keep, jobs=jobs, quiet=quiet)
    if keep == "record":
        raise UsageError("there is no record to keep the originals in", given="--keep-originals record", mend="add --into RECORD, or give a folder")
    if keep:
        options = replace(options, keep=keep_in_folder(keep))
    if shape == "parquet" and not is_file(output):
        raise UsageError("Parquet is written to a file", given="--format parquet", mend="add -o FILE.parquet")
    if output is not None and shape in ("json", "parquet") and is_file(output):
        return _to_file(paths, options, output, settings, shape=shape, jobs=jobs, quiet=quiet)
    inputs = find_inputs(paths, options=options)
    with writer(output) as out:
        counter = _Refusals()
        items = counter.watch(item for _, item in batch.read_many(batch.given(inputs), settings, jobs=jobs))
        for line in _printed(items, shape):
            out.write(line + "\n")
    return 1 if counter.count else 0


def _spare(paths: tuple[str, ...], output: str | None) -> None:
    """Raises ``UsageError`` where the output is one of the inputs: the readings would take the place of what was read."""
    if output is None or not Path(output).is_file():
        return
    target = Path(output).resolve()
    for path in (Path(one) for given in paths if given != "-" for one in ([given] if Path(given).exists() else glob(given, recursive=True))):
        within = path.is_dir() and target.is_relative_to(path.resolve()) and not any(p.startswith(".") for p in target.relative_to(path.resolve()).parts)
        if within or (path.is_file() and path.resolve() == target):
            raise UsageError("the output is one of the inputs, which it would replace", given=f"-o {output}", mend="give another file, outside of what is read")


def columns_of(given: tuple[str, ...]) -> dict[str, str]:
    """The columns that ``--column KEY=NAME`` names.

    Raises ``UsageError`` where one names no key.
    """
    for one in given:
        if "=" not in one or one.split("=", 1)[0] not in COLUMN_KEYS:
            raise UsageError("this names no key and column", given=f"--column {one}", mend=f"write KEY=NAME, the key one of: {', '.join(COLUMN_KEYS)}")
    return dict(one.split("=", 1) for one in given)


class _Refusals:
    """Tells of each refused input on standard error as it passes, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, items: Iterable[batch.Read]) -> Iterator[batch.Read]:
        """The items themselves."""
        for item in items:
            self.tell(item)
            yield item

    def tell(self, item: object) -> None:
        """Tell of the item where it was refused or retracted."""
        self.count += isinstance(item, Refused)
        tell_of(item)


def tell_of(item: object) -> None:
    """Say on standard error what was refused or retracted."""
    if isinstance(item, Refused):
        print(f"dateline: {item.input}: refused: {item.reason}\n  mend: {item.mend}", file=sys.stderr)
    elif isinstance(item, Retraction):
        print(f"dateline: {item.input}: its publisher takes back {item.item} ({item.status}){f': {item.note}' if item.note else ''}", file=sys.stderr)


def _printed(items: Iterable[batch.Read], shape: str) -> Iterator[str]:
    if shape == "html":
        yield from page_lines(item for item in items if isinstance(item, Reading))
        return
    for item in items:
        if shape == "json":
            yield dumps(item)
        elif isinstance(item, Reading):
            yield "\n".join(lines_of(to_json(item)))


def _bar(*, quiet: bool) -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
        console=console, disable=quiet or not console.is_terminal, transient=True,
    )  # fmt: skip


def _rate(done: int, elapsed: float | None) -> str:
    return f"{done / elapsed:.1f} reports/s" if elapsed is not None and elapsed > 1 else ""


def _to_file(paths: tuple[str, ...], options: Options, output: str, settings: Settings, *, shape: str, jobs: int, quiet: bool) -> int:
    """Write a line an input into a file that is there under its name when it is whole; what a stopped run left of it is not read again."""
    about = {
        "version": VERSION, "paths": list(paths), "from": options.form, "columns": options.columns, "dates": options.dates,
        "settings": repr(replace(settings, threads=0)),
    }  # fmt: skip
    refusals = _Refusals()
    with unfinished(output, about, shape=shape) as part, _bar(quiet=quiet) as bar:
        before = part.done
        if before and not quiet:
            print(f"dateline: {output}: goes on after the {before:,} readings of the run that was stopped", file=sys.stderr)
        inputs = part.rest(iter(find_inputs(paths, options=options)))
        task = bar.add_task("reading", total=None if quiet else _how_many(paths), completed=before, rate="")
        for n, (_, (told, line)) in enumerate(batch.make_many(batch.given(inputs), settings, line_of, jobs=jobs), 1):
            refusals.tell(told)
            part.write(line)
            bar.update(task, completed=before + n, rate=_rate(n, bar.tasks[0].elapsed))
        refused = refusals.count + part.refused
    return 1 if refused else 0


def _into_record(paths: tuple[str, ...], options: Options, path: str, settings: Settings, *, keep: str | None, jobs: int, quiet: bool) -> int:
    total = None if quiet else _how_many(paths)
    bar = _bar(quiet=quiet)
    own: list[str] = []
    with Record.open(path, create=True) as record, bar:
        task = bar.add_task("reading", total=total, rate="")

        def tell(p: batch.Progress) -> None:
            done = p.added + p.known + p.refused
            bar.update(task, completed=done, rate=_rate(done, bar.tasks[0].elapsed))

        kept = replace(options, keep=batch.keeper(record, keep) if keep else None, passed=own.append)
        inputs = find_inputs(paths, options=kept)
        result = batch.ingest(_told(inputs), record, settings, jobs=jobs, tell=tell)
    print(
        f"{record.path}: {result.added} reports added, {result.known} known already, {result.refused} refused"
        + (f", {result.retracted} retracted" if result.retracted else "")
        + (f"; {len(own)} of Dateline's own files passed over" if own else "")
    )
    return 1 if result.refused else 0


def _told(inputs: Iterable[batch.Found]) -> Iterator[batch.Found]:
    for one in inputs:
        tell_of(one)
        yield one


def _how_many(paths: tuple[str, ...]) -> int | None:
    """The number of reports where it is cheap to say: files, not what stands inside JSON Lines or standard input, and only where all can be looked at."""
    if "-" in paths or any(p.endswith((".jsonl", ".json", ".ndjson")) for p in paths):
        return None
    try:
        files = [f for p in paths for f in (Path(p).rglob("*") if Path(p).is_dir() else [Path(p)])]
        return None if any(f.suffix in (".jsonl", ".json", ".ndjson") for f in files) else sum(f.is_file() for f in files)
    except (OSError, ValueError):
        # What cannot be read is set aside by name when its turn comes.
        return None


@click.command("schema")
def SCHEMA() -> None:
    """Print the JSON Schema of a reading."""
    print(json.dumps(reading_schema(), indent=2))
