"""``dateline accounts``: who of a team may ask a served record, and as what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.cli.serving import accounts_path
from dateline.cli.tables import print_json, print_rows
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.web.accounts import Accounts

F = TypeVar("F", bound=Callable[..., Any])
_ROLES = click.Choice(["reader", "reviewer", "owner"])


def _at(command: F) -> F:
    command = click.option("--accounts", "file", help="File of the accounts.  [default: RECORD.accounts]")(command)
    return click.option("--record", "path", envvar="DATELINE_RECORD", default="record.db", show_default=True, help="The record that they are for.")(command)


def _open(path: str, file: str | None, *, create: bool = False) -> Accounts:
    from dateline.web.accounts import Accounts

    found = accounts_path(path, file)
    if found is None:
        raise UsageError("a database on a server has no file beside it", given="--record", mend="name the file of the accounts with --accounts FILE")
    if create and file is None and not Path(path).exists():
        raise UsageError("there is no such record", given=path, mend="name it with --record, or the file of the accounts with --accounts")
    return Accounts.open(found, create=create)


@click.group("accounts")
def ACCOUNTS() -> None:
    """Keep the accounts of a team: readers look, reviewers correct, owners keep accounts."""


@ACCOUNTS.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, default="reader", show_default=True, help="What the account may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, for scripts.")
@_at
def add(name: str, *, role: str, password_stdin: bool, path: str, file: str | None) -> int:
    """Make an account NAME, or give it another role and password."""
    typed = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    password = typed if typed is not None else click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    accounts = _open(path, file, create=True)
    accounts.add(name, role, password)
    accounts.note("command line", "account added", f"{name} {role}", "")
    print(f"{name} may sign in as {role}; accounts are in {accounts.path}")
    return 0


@ACCOUNTS.command("list")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
@_at
def listed(*, shape: str, path: str, file: str | None) -> int:
    """List the accounts."""
    people = _open(path, file).people()
    if shape == "json":
        print_json(people)
    else:
        print_rows(("name", "role", "since"), [(p["name"], p["role"], p["made_at"][:10]) for p in people])
    return 0 if people else 1


@ACCOUNTS.command("remove")
@click.argument("name")
@_at
def remove(name: str, *, path: str, file: str | None) -> int:
    """Remove the account NAME with its sessions and tokens; what it has signed stays."""
    accounts = _open(path, file)
    accounts.remove(name)
    accounts.note("command line", "account removed", name, "")
    print(f"{name} can sign in no more")
    return 0


@ACCOUNTS.command("token")
@click.argument("name")
@click.option("--role", type=_ROLES, default="reader", show_default=True, help="What the token may do; no more than its account.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="For so many days.")
@click.option("--for", "what", default="token", show_default=True, help="What it is for, to know it again.")
@click.option("--end", "ended", help="End the token of this id instead of making one.")
@_at
def token(name: str, *, role: str, days: int, what: str, ended: str | None, path: str, file: str | None) -> int:
    """Make a token by which a program asks as NAME; it is printed this once. Without one, see: dateline accounts tokens NAME."""
    accounts = _open(path, file)
    if ended is not None:
        if not accounts.end_token(name, ended):
            raise UsageError("there is no such token", given=ended, mend=f"list them with: dateline accounts tokens {name}")
        accounts.note("command line", "token ended", f"{name} {ended}", "")
        print(f"the token {ended} is worth nothing any more")
        return 0
    made = accounts.make_token(name, what, role, days)
    accounts.note("command line", "token made", f"{name} {made['id']} {role}", "")
    print(made["secret"])
    print(f"id {made['id']}, {role}, until {made['ends_at'][:10]}; send it as: Authorization: Bearer TOKEN", file=sys.stderr)
    return 0


@ACCOUNTS.command("tokens")
@click.argument("name")
@_at
def tokens(name: str, *, path: str, file: str | None) -> int:
    """List the tokens of NAME, without their secrets."""
    found = _open(path, file).tokens(name)
    print_rows(("id", "for", "role", "until", "last used"), [(t["id"], t["name"], t["role"], t["ends_at"][:10], (t["used_at"] or "")[:16]) for t in found])
    return 0 if found else 1


@ACCOUNTS.command("log")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many lines.")
@_at
def log(*, limit: int, path: str, file: str | None) -> int:
    """Show who signed in, failed to, made tokens and changed things; newest first."""
    lines = _open(path, file).log(most=limit)
    print_rows(("when", "who", "what", "about", "from"), [(x["at"], x["who"], x["what"], x["about"], x["source"]) for x in lines])
    return 0 if lines else 1
