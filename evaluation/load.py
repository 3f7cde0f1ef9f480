"""``python -m evaluation.load --store sqlite --minutes 10``: 200 readers and 5 reviewers at once while reports come in, over loopback.

Each reader asks, looks for some seconds and asks again; each reviewer judges a value every second or so; a process of its own adds reports all
the while. Told are errors, latencies, the server's memory over time, and whether every review that was acknowledged is in the log afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from evaluation import postgresql
from evaluation.server import asked, made_readings

PASSWORD = "a long enough word"
_KINDS = (
    "first page",
    "by place",
    "by frame",
    "by days, type, sources",
    "one incident",
    "place",
    "report",
    "figures",
    "statements",
    "search",
    "counts",
    "time line",
)


@dataclass
class Tally:
    """What was asked and how it was answered."""

    ms: list[float] = field(default_factory=list)
    by_kind: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: list[int] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    memory_mb: list[float] = field(default_factory=list)

    def took(self, kind: str, seconds: float) -> None:
        """Note a good answer."""
        self.ms.append(seconds * 1000)
        self.by_kind.setdefault(kind, []).append(seconds * 1000)


def serve(record: str, accounts: str, port: int, cache: str) -> None:
    """Serve the record at a port until it is ended."""
    import uvicorn

    from dateline.web.accounts import Accounts
    from dateline.web.app import SERVER, Serving, make_app

    serving = Serving(record, accounts=Accounts.open(Path(accounts)), cache=Path(cache), rate=1e9, burst=10**9)
    uvicorn.run(make_app(serving), host="127.0.0.1", port=port, log_level="error", **SERVER)


def ingest(record: str, counted: str) -> None:
    """Add reports one after another until ended, and keep count in a file."""
    with Record.open(record) as store:
        for n, reading in enumerate(made_readings(10_000_000, seed=77), 1):
            store.add(reading, key=f"in{n}", digest=digest_of(reading.report), source_name=f"in{n}.txt", reader="made")
            link(store, pending(store))
            Path(counted).write_text(str(n), encoding="utf-8")


def fill(record: str, incidents: int) -> None:
    """A record of so many incidents."""
    with Record.open(record, create=True) as store:
        with store.transaction():
            for n, reading in enumerate(made_readings(incidents)):
                store.add(reading, key=f"r{n}", digest=digest_of(reading.report), source_name=f"r{n}.txt", reader="made")
        link(store, pending(store))


async def reader(client: httpx.AsyncClient, token: str, tally: Tally, chance: random.Random, *, end: float, pause: float) -> None:
    """Ask, look, ask again."""
    paths = asked()
    await asyncio.sleep(chance.uniform(0, pause * 2))
    while time.monotonic() < end:
        kind = chance.choice(_KINDS)
        await _ask(client, "GET", chance.choice(paths[kind]), token, tally, kind)
        await asyncio.sleep(chance.expovariate(1 / pause))


async def reviewer(client: httpx.AsyncClient, token: str, tally: Tally, chance: random.Random, *, end: float, reports: int) -> None:
    """Judge one value after another; what is acknowledged has a number in the log."""
    while time.monotonic() < end:
        report, verb = chance.randint(1, reports), chance.choice(("accept", "reject", "note"))
        body = {"verb": verb, "report": report, "item": f"v{chance.randint(1, 5)}", "why": "as the words say"}
        answer = await _ask(client, "POST", "/api/corrections", token, tally, "review", json_body=body)
        if answer is not None and answer.status_code == 201:
            tally.acknowledged.append(answer.json()["n"])
        await asyncio.sleep(chance.expovariate(1.0))


async def _ask(client: httpx.AsyncClient, method: str, path: str, token: str, tally: Tally, kind: str, *, json_body: Any = None) -> httpx.Response | None:
    begun = time.monotonic()
    try:
        answer = await client.request(method, path, headers={"Authorization": f"Bearer {token}"}, json=json_body)
    except httpx.HTTPError as fault:
        tally.errors[f"{kind}: {type(fault).__name__}"] += 1
        return None
    if answer.status_code >= 500 or answer.status_code == 429:
        tally.errors[f"{kind}: {answer.status_code}"] += 1
    elif answer.status_code >= 400 and answer.status_code not in (404, 409):
        tally.errors[f"{kind}: {answer.status_code} {answer.text[:80]}"] += 1
    else:
        tally.took(kind, time.monotonic() - begun)
    return answer


async def crowd(port: int, tokens: dict[str, str], tally: Tally, pid: int, given: argparse.Namespace, reports: int) -> None:
    """All readers and reviewers for the time that is given."""
    end = time.monotonic() + given.minutes * 60
    limits = httpx.Limits(max_connections=given.readers + given.reviewers + 10)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, limits=limits) as client:
        people = [reader(client, tokens["Rita"], tally, random.Random(n), end=end, pause=given.pause) for n in range(given.readers)]
        people += [reviewer(client, tokens["Vera"], tally, random.Random(9000 + n), end=end, reports=reports) for n in range(given.reviewers)]
        await asyncio.gather(*people, _watch(pid, tally, end))


async def _watch(pid: int, tally: Tally, end: float) -> None:
    while time.monotonic() < end:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        tally.memory_mb.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
        await asyncio.sleep(5)


@contextmanager
def store_of(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty record of the kind asked for."""
    if kind == "sqlite":
        yield str(folder / "record.db")
        return
    with postgresql.running(durable=True) as server:
        server.sql("CREATE DATABASE load")
        yield server.address("load")


def measured(record: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """The figures of one run on a record."""
    fill(record, given.incidents)
    with Record.open(record) as store:
        reports = int(store.rows("SELECT count(*) AS n FROM report")[0]["n"])
    tokens, accounts = _accounts(folder), str(folder / "team.accounts")
    port, counted = given.port, folder / "counted"
    program = [sys.executable, "-m", "evaluation.load"]
    server = subprocess.Popen([*program, "--serve", record, accounts, str(port), str(folder / "cache")])  # noqa: S603
    try:
        _until_ready(port, tokens["Rita"])
        adding = None if given.still else subprocess.Popen([*program, "--ingest", record, str(counted)])  # noqa: S603
        tally = Tally()
        begun = time.monotonic()
        asyncio.run(crowd(port, tokens, tally, server.pid, given, reports))
        took = time.monotonic() - begun
        if adding is not None:
            adding.terminate()
            adding.wait(timeout=60)
    finally:
        server.terminate()
        server.wait(timeout=60)
    with Record.open(record) as store:
        kept = {row["n"] for row in store.rows("SELECT n FROM correction")}
    return _figures(tally, took, kept, int(counted.read_text(encoding="utf-8")) if counted.exists() else 0)


def _accounts(folder: Path) -> dict[str, str]:
    from dateline.web.accounts import Accounts

    accounts = Accounts.open(folder / "team.accounts", create=True)
    tokens = {}
    for name, role in (("Rita", "reader"), ("Vera", "reviewer")):
        accounts.add(name, role, PASSWORD)
        made = accounts.make_token(name, "load", role, 1)
        tokens[name] = made["secret"]
    accounts.close()
    return tokens


def _until_ready(port: int, token: str) -> None:
    for _ in range(1200):
        try:
            answer = httpx.get(f"http://127.0.0.1:{port}/api/meta", headers={"Authorization": f"Bearer {token}"}, timeout=5)
            building = answer.json().get("building", {"ready": 1, "of": 1})
            if answer.status_code == 200 and building["ready"] == building["of"]:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise TimeoutError("the server was not ready after ten minutes")


def _share(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 1) if values else 0.0


def _figures(tally: Tally, took: float, kept: set[int], added: int) -> dict[str, Any]:
    tenth = max(1, len(tally.memory_mb) // 10)
    return {
        "seconds": round(took),
        "requests": len(tally.ms),
        "requests_per_s": round(len(tally.ms) / took, 1),
        "errors": dict(tally.errors),
        "median_ms": _share(tally.ms, 0.5),
        "p95_ms": _share(tally.ms, 0.95),
        "p99_ms": _share(tally.ms, 0.99),
        "p99_ms_by_kind": {kind: _share(values, 0.99) for kind, values in sorted(tally.by_kind.items())},
        "reviews_acknowledged": len(tally.acknowledged),
        "reviews_lost": len(set(tally.acknowledged) - kept),
        "reports_added_meanwhile": added,
        "server_mb_by_tenth": [round(sum(tally.memory_mb[n * tenth : (n + 1) * tenth]) / tenth) for n in range(10)],
        "server_mb_peak": round(max(tally.memory_mb, default=0.0), 1),
    }


def main() -> int:
    """Serve, add, or measure and write; exit 1 where something went wrong or was lost."""
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
        return 0
    if sys.argv[1:2] == ["--ingest"]:
        ingest(sys.argv[2], sys.argv[3])
        return 0
    parser = argparse.ArgumentParser(prog="python -m evaluation.load", description=__doc__)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds for which a reader looks at an answer, on average")
    parser.add_argument("--still", action="store_true", help="no reports come in: what memory then grows by is not the record's")
    parser.add_argument("--incidents", type=int, default=5000)
    parser.add_argument("--port", type=int, default=8911)
    parser.add_argument("--out", type=Path, default=Path("results/load.json"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, store_of(given.store, Path(folder)) as record:
        figures = measured(record, Path(folder), given)
    whole = json.loads(given.out.read_text(encoding="utf-8")) if given.out.exists() else {}
    name = given.store + (", no reports coming in" if given.still else "")
    whole[name] = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_end": round(os.getloadavg()[0], 1),
        "readers": given.readers,
        "reviewers": given.reviewers,
        "pause_s": given.pause,
        "incidents_at_start": given.incidents,
        **figures,
    }
    given.out.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(whole[name], indent=1))
    return 1 if figures["errors"] or figures["reviews_lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
