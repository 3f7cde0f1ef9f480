"""``dateline serve``, ``accounts`` and ``api-description``: the record over HTTP."""

from __future__ import annotations

import ipaddress
import json
import socket
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import UsageError
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.web.accounts import Accounts

_MEND = 'install it with: pip install "dateline[serve]"'


def needs_server() -> None:
    """Refuse where the libraries of the server are not installed.

    Raises ``UsageError``.
    """
    try:
        import fastapi  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as fault:
        raise UsageError(f"the server's libraries are not installed ({fault.name})", given="serve", mend=_MEND) from fault


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@click.command("serve")
@click.argument("path", metavar="RECORD")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; any but this machine's own needs accounts.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port to listen at; 0 takes a free one.")
@click.option("--open/--no-open", "show", default=True, show_default=True, help="Open the page in the browser.")
@click.option("--accounts", "accounts_file", help="File of the accounts.  [default: RECORD.accounts, where there is one]")
@click.option("--name", "names", multiple=True, help="A name by which browsers may ask for the server (record.example.org).")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="Certificate (PEM), to serve by HTTPS.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="Key of the certificate.")
@click.option("--behind-proxy", is_flag=True, help="A proxy before the server speaks HTTPS with the browsers.")
@click.option(
    "--tiles",
    help="More for the map: a PMTiles file, or the address of one or of a tile server ({z}/{x}/{y}), which the browser then asks.",
)
@click.option(
    "--by", "--as", "who", envvar="DATELINE_REVIEWER", help="Name to sign corrections with where there are no accounts [else reviewer in dateline.toml]."
)
def SERVE(
    *, path: str, host: str, port: int, show: bool, accounts_file: str | None, names: tuple[str, ...], certificate: str | None, key: str | None,
    behind_proxy: bool, who: str | None, tiles: str | None,
) -> int:  # fmt: skip
    """Serve RECORD to a browser: map, time line, reader, review. For this machine only, unless there are accounts."""
    from dateline.record.store import Record

    Record.open(path).close()
    needs_server()
    accounts = open_accounts(path, accounts_file)
    _check_reach(host, accounts, certificate, key, behind_proxy=behind_proxy)
    from dateline.web.app import Serving, make_app

    secure = certificate is not None or behind_proxy
    serving = Serving(
        path,
        accounts=accounts,
        hosts=_hosts(host, names),
        who=_signing(who, accounts=accounts is not None),
        secure=secure,
        tiles=tiles,
    )
    _run(make_app(serving, tell=_say), host, port, certificate, key, show=show, behind_proxy=behind_proxy, name=names[0] if names else None)
    return 0


def _check_reach(host: str, accounts: Accounts | None, certificate: str | None, key: str | None, *, behind_proxy: bool) -> None:
    if (certificate is None) != (key is None):
        raise UsageError("a certificate and its key go together", given="--certificate", mend="give both --certificate FILE and --key FILE")
    if is_loopback(host) and not behind_proxy:
        return
    if accounts is None or not accounts.people():
        mend = "make an account first: dateline accounts add NAME --role owner --record RECORD"
        raise UsageError("without accounts the record is served to this machine only", given=f"--host {host}", mend=mend)
    if certificate is None and not behind_proxy:
        raise UsageError(
            "passwords would travel in the clear", given=f"--host {host}", mend="give --certificate and --key, or --behind-proxy where a proxy speaks HTTPS"
        )


def _hosts(host: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *(() if host in ("0.0.0.0", "::") else (host,)))


def _signing(who: str | None, *, accounts: bool) -> str:
    """By whom corrections made in the page are signed where there are no accounts; never the login of the machine."""
    name = (who or Settings.load().reviewer or "").strip()
    if not name and not accounts:
        _say("corrections made in the page will be signed “unnamed reader”; give your name with --by NAME")
    return name or "unnamed reader"


def _run(app: Any, host: str, port: int, certificate: str | None, key: str | None, *, show: bool, behind_proxy: bool, name: str | None) -> None:
    import uvicorn

    held = _bound(host, port)
    port = held.getsockname()[1]
    scheme = "https" if certificate is not None else "http"
    shown = name or (f"[{host}]" if ":" in host else host)
    address = f"{scheme}://{shown}:{port}/"
    from dateline.web.app import SERVER

    config = uvicorn.Config(app, log_level="warning", ssl_certfile=certificate, ssl_keyfile=key, proxy_headers=behind_proxy, **SERVER)
    _say(f"serving at {address} (Ctrl-C ends it)")
    if show and is_loopback(host):
        webbrowser.open(address)
    with held:
        uvicorn.Server(config).run(sockets=[held])


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises ``UsageError`` when the address or port cannot be taken.
    """
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((bare, port))
    except OSError as fault:
        held.close()
        wrong = f"the port cannot be taken: {fault.strerror or fault}"
        raise UsageError(wrong, given=f"{host}:{port}", mend="give another with --port, or 0 for a free one") from fault
    return held


def _say(words: str) -> None:
    print(f"dateline: {words}", file=sys.stderr, flush=True)


def accounts_path(record: str, given: str | None) -> Path | None:
    """Where the accounts of a record stand; None for a record on a database server where no file is given."""
    if given is not None:
        return Path(given)
    return None if "://" in record else Path(record + ".accounts")


def open_accounts(record: str, given: str | None) -> Accounts | None:
    """The accounts of a record, where there are any.

    Raises ``UsageError`` when the file that was given is not there.
    """
    from dateline.web.accounts import Accounts

    path = accounts_path(record, given)
    if path is None or (given is None and not path.exists()):
        return None
    return Accounts.open(path)


@click.command("api-description")
def API_DESCRIPTION() -> int:
    """Print the OpenAPI description of what ``dateline serve`` answers."""
    needs_server()
    from dateline.web.app import description

    print(json.dumps(description(), indent=1))
    return 0
