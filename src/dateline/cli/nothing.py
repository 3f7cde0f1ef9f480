"""A question that finds nothing is answered: what was asked, what the record holds instead, what to try."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import click
from click.core import ParameterSource

from dateline.record.listing import Asked, pictures
from dateline.record.questions import Question, keys_of, search
from dateline.record.store import Record

_ASIDE = ("path", "shape", "limit", "km")
"""What says where to look, how much and in which form, not what for."""

_FIELDS = {"--type": "kind", "--act": "kind", "--measure": "kind"}
"""Options that are called otherwise in a question than on the command line."""

_WORDS = {"control": ("account of control", "accounts of control")}

_ENOUGH = 100
"""So many incidents are looked at closely to say how many there are."""


def asked() -> dict[str, str]:
    """The options and arguments that the command was given to narrow its answer, as they were given."""
    context = click.get_current_context()
    given = {}
    for param in context.command.params:
        value = context.params.get(param.name or "")
        if param.name in _ASIDE or value is None or context.get_parameter_source(param.name or "") is not ParameterSource.COMMANDLINE:
            continue
        given[param.opts[0] if isinstance(param, click.Option) else ""] = str(value)
    return given


def tell(what: str, holds: str, tries: Iterable[str], *, of: str | None = None) -> None:
    """Say on standard error that nothing was found, what is there, and what to try."""
    given = " ".join(f"{option} {value}".strip() for option, value in asked().items())
    told = of if of is not None else f"for {given}" if given else ""
    lines = [f"dateline: no {what} found {told}".rstrip(), f"  the record holds: {holds}", *(f"  try: {one}" for one in tries)]
    print("\n".join(lines), file=sys.stderr, flush=True)


def no_items(record: Record, word: str, question: Question) -> None:
    """What a list of events, statements or figures without a line is answered with."""
    given = [option for option in asked() if option]
    counts = {option: len(keys_of(record, word, _left_out(question, option))) for option in given}
    tell(f"{word}s", what_is_held(record, word), [*left_out(counts), *to_fill(record)])


def no_incidents(record: Record, question: Asked) -> None:
    """What a list of incidents without a line is answered with."""
    sides: dict[str, dict[str, Any]] = {
        "--place": {"worlds": None}, "--near": {"circle": None}, "--since": {"since": None}, "--until": {"until": None},
        "--least-reports": {"least_reports": 1},
    }  # fmt: skip
    counts = {option: len(pictures(record, replace(question, limit=_ENOUGH, **sides[option]))) for option in asked() if option in sides}
    tell("incidents", what_is_held(record, "event"), [*left_out(counts), *to_fill(record)])


def no_reports(record: Record, words: tuple[str, ...]) -> None:
    """What a search without a find is answered with: how many reports hold each of the words."""
    single = list(dict.fromkeys(" ".join(words).split()))
    found = {word: len(search(record, word, limit=_ENOUGH)) for word in single}
    told = "; ".join(f"“{word}” in {_count(n, 'report', 'reports')}" for word, n in found.items())
    some = [word for word, n in found.items() if n]
    tries = [f"fewer words: dateline search {' '.join(some)}"] if some and len(some) < len(single) else []
    if len(some) == len(single) > 1:
        tries = ["fewer words: no report holds all of these"]
    tries.append("words are found whole as they are written (“attack” does not find “attacked”); names of who and what it knows: dateline entities")
    tell("reports", told or "no words to look for", to_fill(record) or tries, of=f"that hold all of: {' '.join(words)}")


def no_entities(record: Record) -> None:
    """What a list of entities without a line is answered with: how many there are of each kind."""
    kinds = record.rows("SELECT kind, count(DISTINCT world) AS n FROM entity GROUP BY kind ORDER BY kind")
    held = ", ".join(_count(row["n"], row["kind"], f"{row['kind']}s") for row in kinds)
    tell("entities", held or "none", to_fill(record))


def what_is_held(record: Record, table: str) -> str:
    """How many of a table's things the record holds, of which days, in how many reports."""
    one, more = _WORDS.get(table, (table, f"{table}s"))
    reports = record.rows("SELECT count(*) AS n FROM report WHERE current = 1")[0]["n"]
    query = (
        "SELECT count(*) AS n, min(substr(t.earliest, 1, 10)) AS first, max(substr(coalesce(t.latest, t.earliest), 1, 10)) AS last"
        f" FROM {table} t JOIN report r ON r.n = t.report WHERE r.current = 1"
    )
    row = record.rows(query)[0]
    days = f", of days from {row['first']} to {row['last']}" if row["first"] and row["last"] else ""
    return f"{_count(row['n'], one, more)}{days}, in its {_count(reports, 'report', 'reports')}" if reports else "no reports"


def to_fill(record: Record) -> list[str]:
    """How a record without reports is filled; nothing for one that has some."""
    if record.rows("SELECT 1 AS held FROM report WHERE current = 1 LIMIT 1"):
        return []
    return [f"put reports in: dateline read PATHS --into {record.path}"]


def _left_out(question: Question, option: str) -> Question:
    return replace(question, limit=None, **{_FIELDS.get(option, option.removeprefix("--")): None})


def left_out(counts: Mapping[str, int]) -> list[str]:
    """Which of the options, left out, would find something, and how much."""
    helpful = [f"leave out {option}: {_some(n)} found" for option, n in counts.items() if n]
    if not helpful and len(counts) > 1:
        return ["fewer of these options; without any single one of them nothing is found either"]
    return helpful


def _some(number: int) -> str:
    return f"{number:,} or more" if number == _ENOUGH else f"{number:,}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}" if number else f"no {more}"
