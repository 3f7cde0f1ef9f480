"""``dateline watch``: folders and feeds into a record as they change."""

from __future__ import annotations

import re
import signal
import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from dateline import batch
from dateline.cli.reading import tell_of
from dateline.errors import UsageError
from dateline.intake.raw import Options
from dateline.record.store import Record
from dateline.settings import Settings

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LEAST = 60.0
"""Seconds between two looks at a feed, at least: less is no manners."""


def _seconds(every: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", every.strip())
    if found is None:
        raise UsageError("this is no span of time", given=f"--every {every}", mend="write a number and s, m, h or d: 90s, 15m, 2h")
    return float(found[1]) * _UNITS[found[2]]


@click.command("watch")
@click.argument("targets", nargs=-1, required=True, metavar="FOLDER|URL...")
@click.option("--into", "record_path", required=True, help="The record that reports go into (made where there is none).")
@click.option("--every", default="15m", show_default=True, help="How long to wait between two looks: 90s, 15m, 2h.")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--articles", is_flag=True, help="Fetch the article behind each entry, not only what the feed says.")
@click.option("--allow-private", is_flag=True, help="Ask machines of private networks too (this machine, 10.0.0.0/8 ...).")
@click.option("--contact", help="Address at which servers' keepers can reach you; sent with each request.")
@click.option("--keep-originals", "keep", metavar="record|FOLDER", help="Keep the bytes of each report as they came, by digest, in the record or a folder.")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
def WATCH(
    targets: tuple[str, ...], *, record_path: str, every: str, once: bool, articles: bool, allow_private: bool, contact: str | None, keep: str | None,
    settings_path: str | None,
) -> int:  # fmt: skip
    """Watch folders and RSS or Atom feeds, and read what is new into a record, until Ctrl-C.

    Servers are asked politely: only for what has changed, one request at a time with waits, as their robots.txt and Retry-After say.
    """
    from dateline.watch.fetching import Fetcher, Manners
    from dateline.watch.watching import Plan, Watch, is_address

    settings = Settings.load(settings_path)
    feeds = [t for t in targets if is_address(t)]
    plan = Plan(targets, _seconds(every), articles)
    if feeds and plan.every < _LEAST and not allow_private and not once:
        raise UsageError("feeds are asked at most once a minute", given=f"--every {every}", mend="give 1m or more; most publishers expect 15m or more")
    stop = threading.Event()
    manners = Manners(private=allow_private, most=settings.intake.report_bytes, contact=contact)
    fetcher = Fetcher(manners, pause=stop.wait) if feeds else None
    _stop_on_signals(stop)
    with Record.open(record_path, create=True) as record:
        options = Options(limits=settings.intake)
        options = replace(options, keep=batch.keeper(record, keep)) if keep else options
        done = Watch(plan, record, settings, options, fetcher, stop=stop).run(once=once, tell=_tell_round, name=tell_of)
    if stop.is_set():
        print("stopped; what was read is in the record, the same command goes on")
    return 1 if once and done.refused else 0


def _tell_round(made: batch.Progress) -> None:
    taken_back = f", {made.retracted} retracted" if made.retracted else ""
    print(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {made.added} reports added, {made.refused} refused{taken_back}", flush=True)


def _stop_on_signals(stop: threading.Event) -> None:
    """The first Ctrl-C (or SIGTERM) ends the watch after the report in hand, the second at once."""

    def heard(number: int, _: Any) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, heard)
    signal.signal(signal.SIGTERM, heard)
