"""A day on the command line."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from dateline.errors import UsageError


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A day as people type it: 2017-10-18."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; raises ``UsageError`` for what is none."""
        if isinstance(value, date):
            return value
        given = f"{param.opts[0]} {value}" if param is not None else str(value)
        found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", str(value).strip())
        if found is None:
            raise UsageError("this is no day", given=given, mend=_A_DAY)
        try:
            return date(*map(int, found.groups()))
        except ValueError as fault:
            raise UsageError(f"there is no such day: {fault}", given=given, mend=_A_DAY) from fault


_A_DAY = "give a day such as 2016-03-27"
DAY = _Day()


def day_text(value: Any) -> str | None:
    """A day of the command line as an ISO date."""
    return value.isoformat() if value is not None else None
