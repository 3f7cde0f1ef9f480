"""``dateline read`` and ``dateline schema``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dateline import batch
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


@click.command("read")
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "shape", type=click.Choice(["text", "json", "html"]), default="text", show_default=True, help="What to print.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, not to standard output.")
@click.option("--into", "record_path", help="Put the readings into this record, a file or postgresql://USER@HOST/DATABASE (made where there is none).")
@click.option("--from", "form", help="Read every input as this format, whatever its content and name say.")
@click.option("--column", "columns", multiple=True, metavar="KEY=NAME", help="For tables: the column of a key, e.g. text=notes (several times).")
@click.option("--keep-originals", "keep", metavar="record|FOLDER", help="Keep the bytes of each report as they came, by digest, in the record or a folder.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def READ(
    paths: tuple[str, ...], *, shape: str, output: str | None, record_path: str | None, form: str | None, columns: tuple[str, ...], keep: str | None, jobs: int,
    settings_path: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Read reports from files, folders, globs or standard input (-): text, pages, JSON, tables, feeds, mail, web archives, PDF, documents, archives.

    Prints one reading for each report, in order. With --into, puts them into a record and prints only what came of it;
    reports that the record holds already are passed over, so a run that was stopped is completed by the same command.
    """
    settings = Settings.load(settings_path)
    options = Options(form, _columns(columns), settings.intake)
    if record_path is not None:
        return _into_record(paths, options, record_path, settings, keep=keep, jobs=jobs, quiet=quiet)
    if keep == "record":
        raise UsageError("there is no record to keep the originals in", given="--keep-originals record", mend="add --into RECORD, or give a folder")
    inputs = find_inputs(paths, stdin=sys.stdin.buffer, options=replace(options, keep=keep_in_folder(keep)) if keep else options)
    with _writer(output) as out:
        counter = _Refusals()
        items = counter.watch(item for _, item in batch.read_many(batch.given(inputs), settings, jobs=jobs))
        for line in _printed(items, shape):
            out.write(line + "\n")
    return 1 if counter.count else 0


def _columns(given: tuple[str, ...]) -> dict[str, str]:
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
            self.count += isinstance(item, Refused)
            tell_of(item)
            yield item


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


@contextmanager
def _writer(output: str | None) -> Iterator[TextIO]:
    """Standard output, a device, or a file that appears under its name only when it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(output).resolve()
    if target.exists() and not target.is_file():
        # A device or a pipe is written to; it must never be replaced by a file.
        with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        return
    part = target.with_name(f"{target.name}.part{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        part.replace(target)
    except OSError as fault:
        # The user knows the path that was asked for, not the part file beside it.
        fault.filename = output
        raise
    finally:
        part.unlink(missing_ok=True)


def _into_record(paths: tuple[str, ...], options: Options, path: str, settings: Settings, *, keep: str | None, jobs: int, quiet: bool) -> int:
    total = None if quiet else _how_many(paths)
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
        console=console, disable=quiet or not console.is_terminal, transient=True,
    )  # fmt: skip
    with Record.open(path, create=True) as record, bar:
        task = bar.add_task("reading", total=total, rate="")

        def tell(p: batch.Progress) -> None:
            done = p.added + p.known + p.refused
            elapsed = bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=done, rate=f"{done / elapsed:.1f} reports/s" if elapsed > 1 else "")

        kept = replace(options, keep=batch.keeper(record, keep)) if keep else options
        inputs = find_inputs(paths, stdin=sys.stdin.buffer, options=kept)
        result = batch.ingest(_told(inputs), record, settings, jobs=jobs, tell=tell)
    print(
        f"{record.path}: {result.added} reports added, {result.known} known already, {result.refused} refused"
        + (f", {result.retracted} retracted" if result.retracted else "")
    )
    return 1 if result.refused else 0


def _told(inputs: Iterable[batch.Found]) -> Iterator[batch.Found]:
    for one in inputs:
        tell_of(one)
        yield one


def _how_many(paths: tuple[str, ...]) -> int | None:
    """The number of reports where it is cheap to say: files, not what stands inside JSON Lines or standard input."""
    if "-" in paths or any(p.endswith((".jsonl", ".json", ".ndjson")) for p in paths):
        return None
    files = [f for p in paths for f in (Path(p).rglob("*") if Path(p).is_dir() else [Path(p)])]
    return None if any(f.suffix in (".jsonl", ".json", ".ndjson") for f in files) else sum(f.is_file() for f in files)


@click.command("schema")
def SCHEMA() -> None:
    """Print the JSON Schema of a reading."""
    print(json.dumps(reading_schema(), indent=2))
