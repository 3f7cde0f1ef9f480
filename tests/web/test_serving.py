"""What ``dateline serve`` listens to: this machine only, until there are accounts and encryption."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import cli, serving
from dateline.errors import DatelineError
from dateline.web.accounts import Accounts
from web_served import fill


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    fill(tmp_path / "record.db")
    return tmp_path / "record.db"


@pytest.fixture
def listened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Where the server would have listened, and what it would have been told."""
    seen: list[tuple[str, Any]] = []
    monkeypatch.setattr(serving, "_run", lambda app, host, port, certificate, key, **more: seen.append((host, {"certificate": certificate, **more})))
    return seen


def serve(record: Path, *words: str) -> str:
    """What it said of its refusal, with the mend; "" where it served."""
    try:
        CliRunner().invoke(cli, ["serve", str(record), "--no-open", *words], standalone_mode=False, catch_exceptions=False)
    except DatelineError as fault:
        return f"{fault.wrong}; {fault.mend}"
    return ""


def certificate(folder: Path) -> list[str]:
    made, key = folder / "c.pem", folder / "c.key"
    for path in (made, key):
        path.write_text("as if")
    return ["--certificate", str(made), "--key", str(key)]


def with_accounts(record: Path) -> None:
    made = Accounts.open(f"{record}.accounts", create=True)
    made.add("Olga", "owner", "a long enough word")
    made.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_answered_without_accounts(host: str, record: Path, listened: list[tuple[str, Any]]) -> None:
    assert serve(record, "--host", host) == ""
    assert [where for where, _ in listened] == [host]


def test_by_default_it_listens_to_this_machine(record: Path, listened: list[tuple[str, Any]]) -> None:
    assert serve(record) == ""
    assert listened[0][0] == "127.0.0.1"


OUTSIDE = ("0.0.0.0", "::", "192.168.1.4", "10.0.0.1", "record.example.org", "127.0.0.1.example.org", "localhost.example.org", "")


@pytest.mark.parametrize("host", OUTSIDE)
def test_other_machines_are_not_answered_without_accounts(host: str, record: Path, listened: list[tuple[str, Any]], tmp_path: Path) -> None:
    for words in ([], certificate(tmp_path), ["--behind-proxy"]):
        assert "without accounts" in serve(record, "--host", host, *words), (host, words)
    Accounts.open(f"{record}.accounts", create=True).close()
    assert "without accounts" in serve(record, "--host", host, *certificate(tmp_path)), "a file of accounts in which nobody is"
    assert listened == []


@pytest.mark.parametrize("host", OUTSIDE)
def test_other_machines_are_not_answered_without_encryption(host: str, record: Path, listened: list[tuple[str, Any]], tmp_path: Path) -> None:
    with_accounts(record)
    assert "in the clear" in serve(record, "--host", host)
    assert "go together" in serve(record, "--host", host, *certificate(tmp_path)[:2])
    assert listened == []
    assert serve(record, "--host", host, *certificate(tmp_path)) == ""
    assert serve(record, "--host", host, "--behind-proxy") == ""
    assert [where for where, _ in listened] == [host, host]


def test_behind_a_proxy_accounts_are_needed_on_this_machine_too(record: Path, listened: list[tuple[str, Any]]) -> None:
    """The proxy's clients come from elsewhere, though the proxy stands here."""
    assert "without accounts" in serve(record, "--behind-proxy")
    assert listened == []


def test_the_accounts_of_a_team_are_kept_at_the_command_line_alone(record: Path) -> None:
    from dateline.web.app import description

    assert [path for path in description()["paths"] if "account" in path or "people" in path] == []
