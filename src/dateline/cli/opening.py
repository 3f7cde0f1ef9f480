"""Which record a command asks, and as of when: now, at a release, or as the machine read it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from dateline.errors import UsageError
from dateline.record.store import Record
from dateline.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

_META = "dateline.view"


def recorded(command: F) -> F:
    """Give a command the option that says which record."""
    return click.option(
        "--record",
        "path",
        envvar="DATELINE_RECORD",
        default="record.db",
        show_default=True,
        help="The record to ask: a file, or postgresql://USER@HOST/DATABASE.",
    )(command)


def uncorrected(command: F) -> F:
    """Give a question the option that leaves out what persons corrected."""
    told = "Answer as the machine read it, without what persons corrected."
    return click.option("--machine", is_flag=True, expose_value=False, callback=_keep, help=told)(command)


def viewed(command: F) -> F:
    """Give a question the options that say as of when it is asked."""
    command = uncorrected(command)
    return click.option("--release", metavar="NAME", expose_value=False, callback=_keep, help="Answer as the record did when this release was frozen.")(command)


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> object:
    context.meta.setdefault(_META, {})[parameter.name] = value
    return value


def signed(command: F) -> F:
    """Give a command the options of who says it and why."""
    command = click.option("--why", default="", help="The reason, for those who look later.")(command)
    return click.option("--by", "who", envvar="DATELINE_REVIEWER", help="Your name [else DATELINE_REVIEWER, or reviewer in dateline.toml].")(command)


def signature(who: str | None) -> str:
    """The name by which a correction is signed; never the login of the machine.

    Raises ``UsageError`` where none is given.
    """
    name = (who or Settings.load().reviewer or "").strip()
    if not name:
        mend = "give your name with --by NAME, set DATELINE_REVIEWER, or write reviewer = 'NAME' into dateline.toml"
        raise UsageError("a correction is signed", given="--by", mend=mend)
    return name


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Record]:
    """The record as the command's options want to see it."""
    asked = click.get_current_context().meta.get(_META, {})
    with Record.open(str(path)) as record:
        if asked.get("release") and asked.get("machine"):
            raise UsageError("a release and the machine's values are two different views", given="--release, --machine", mend="give one of the two")
        if not asked.get("release") and not asked.get("machine"):
            yield record
            return
        from dateline.record import views

        with views.at(record, asked["release"]) if asked.get("release") else views.machine_view(record) as then:
            yield then
