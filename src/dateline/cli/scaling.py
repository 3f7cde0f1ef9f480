"""``dateline spark``: many reports on a cluster, or on this machine as Spark runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline.cli.reading import columns_of
from dateline.errors import UsageError
from dateline.intake.raw import Options
from dateline.settings import Settings


@click.command("spark")
@click.argument("paths", nargs=-1)
@click.option("--out", required=True, help="The folder of the run: readings, reports, reprints, judgements and incidents as Parquet; a path or an address.")
@click.option("--list", "listing", type=click.Path(dir_okay=False), help="A file that lists inputs, one a line, such as a listing of WARC files.")
@click.option("--prefix", default="", help="What stands before each line of the list.")
@click.option("--master", help="local[2], local[*], spark://HOST:7077, yarn, k8s://...; default: what Spark is set to.")
@click.option("--conf", multiple=True, metavar="KEY=VALUE", help="A setting of Spark's (several times).")
@click.option("--from", "form", help="Read every input as this format, whatever its content and name say.")
@click.option("--column", "columns", multiple=True, metavar="KEY=NAME", help="For tables: the column of a key, e.g. text=notes (several times).")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How your own records and tables write days such as 05/03/2019.")
@click.option("--no-incidents", is_flag=True, help="Only read; do not join.")
@click.option("--rows", type=click.IntRange(1), default=1000, show_default=True, help="Reports in a file of readings; no more are lost with a machine.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=300.0, show_default=True, help="The longest that one report may take.")
@click.option("--memory", type=click.IntRange(0), default=4096, show_default=True, help="The most memory of a process that reads, in MB; 0 for no bound.")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
@click.option("--quiet", is_flag=True, help="No progress.")
def SPARK(
    paths: tuple[str, ...], *, out: str, listing: str | None, prefix: str, master: str | None, conf: tuple[str, ...], form: str | None,
    columns: tuple[str, ...], dates: str | None, no_incidents: bool, rows: int, seconds: float, memory: int, settings_path: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Read reports on Apache Spark and join their events into incidents, exactly as one machine does.

    Run again, the same command goes on where it stopped. docs/spark.md says how to run it on a cluster, and how large.
    """
    from dateline.scale.run import Plan, run

    settings = Settings.load(settings_path)
    plan = Plan(
        paths=_inputs(paths, listing, prefix), out=out.rstrip("/") or out, master=master, settings=settings,
        options=Options(form, columns_of(columns), settings.intake, dates=dates), conf=_conf(conf), incidents=not no_incidents, rows=rows,
        seconds=seconds, memory=memory << 20, progress=not quiet and sys.stderr.isatty(),
    )  # fmt: skip
    done = run(plan, lambda words: None if quiet else print(f"dateline: {words}", file=sys.stderr))
    again = f" ({done.kept} pieces were read before)" if done.kept else ""
    print(f"{out}: {done.readings} readings, {done.refused} refused" + (f", {done.retracted} retracted" if done.retracted else "") + again)
    if done.incidents is not None:
        print(f"{out}: {done.reports} reports of their own, {done.reprints} pairs of reprints, {done.incidents} incidents")
    return 1 if done.refused else 0


def _inputs(paths: tuple[str, ...], listing: str | None, prefix: str) -> list[str]:
    if "-" in paths:
        raise UsageError("many machines cannot read one standard input", given="-", mend="put it into a file, and name that")
    if listing is None:
        if prefix:
            raise UsageError("there is no list to put it before", given=f"--prefix {prefix}", mend="add --list FILE")
        if not paths:
            raise UsageError("there is nothing to read", given="PATHS", mend="name files, folders or globs, or give --list FILE")
        return list(paths)
    try:
        lines = Path(listing).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as fault:
        raise UsageError("the list is no text in UTF-8", given=f"--list {listing}", mend="write one path or address a line; unpack it first") from fault
    return [*paths, *(prefix + line.strip() for line in lines if line.strip())]


def _conf(given: tuple[str, ...]) -> dict[str, str]:
    for one in given:
        if "=" not in one:
            raise UsageError("this is no setting with its value", given=f"--conf {one}", mend="write it as KEY=VALUE, such as spark.executor.memory=4g")
    return dict(one.split("=", 1) for one in given)
