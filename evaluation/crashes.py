"""Kill those who write a record at random moments, on both stores, and look whether anything is half-written or lost.

python -m evaluation.crashes --out results/crashes.json [--kills 200]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from dateline import batch
from dateline.errors import DatelineError
from dateline.model import Reading
from dateline.record import corrections, releases
from dateline.record.corrections import Correction
from dateline.record.link import incidents, pending
from dateline.record.rows import rows_of
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from dateline.settings import Settings
from evaluation import postgresql as server
from evaluation.made import news

REPORTS = 60
REVIEWS = 40
RELEASES = 30

Say = Callable[[str], None]
Work = Callable[[str, Say], None]


def ingest(name: str, say: Say) -> None:
    """``read --into`` with made readings, so that most of the time is spent in the record; each report is acknowledged once it is in and joined."""
    readings = list(news(REPORTS))
    batch.given = lambda _: (batch.Given(str(n), r.report) for n, r in enumerate(readings))  # type: ignore[assignment]
    batch.read_many = lambda reports, _settings, *, jobs, world=None: ((g.name, readings[int(g.name)]) for g in reports)  # type: ignore[assignment]
    with Record.open(name, create=True) as record:
        say("begun")
        batch.ingest([], record, Settings(), tell=lambda p: say(str(p.added + p.known)))


def review(name: str, say: Say) -> None:
    """A person's judgements, one after the other; those that the record has are passed over."""
    with Record.open(name) as record:
        say("begun")
        held = {entry.line.why for entry in corrections.entries(record, who="reviewer")}
        events = [(row["report"], row["id"]) for row in record.rows("SELECT report, id FROM event ORDER BY report, id")]
        chance = random.Random(7)
        for n in range(REVIEWS):
            a, b = chance.sample(events, 2)
            verdict = chance.choice(("same", "different"))
            if f"review {n}" not in held:
                corrections.add(record, Correction(verdict, a[0], a[1], other=f"{b[0]}/{b[1]}", who="reviewer", why=f"review {n}"))
            say(str(n + 1))


def release(name: str, say: Say) -> None:
    """Corrections, and after every fourth of them a release; what the record has already is passed over."""
    with Record.open(name) as record:
        say("begun")
        told = len(corrections.entries(record)) + len(releases.all_of(record))
        # A server gives no number twice: those of reports that a kill undid are missing.
        numbers = [row["n"] for row in record.rows("SELECT n FROM report ORDER BY n LIMIT 7")]
        for n in range(told, RELEASES):
            if n % 5 == 4:
                releases.release(record, f"release {n}", who="reviewer")
            else:
                told_again = Correction("change", numbers[n % 7], "f1", "number", str(100 + n), who="reviewer", why=f"look {n}")
                corrections.add(record, told_again)
            say(str(n + 1))


def started(work: Work, name: str) -> tuple[int, int]:
    """The process that does the work, and the pipe by which it tells what is finished."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        code = 1
        try:
            work(name, lambda word: None if os.write(into, f"{word}\n".encode()) else None)
            code = 0
        except DatelineError as fault:
            os.write(2, f"{fault}\n".encode())
        finally:
            os._exit(code)  # the child must never go on as its parent
    os.close(into)
    return child, out


def killed(work: Work, name: str, moment: float) -> tuple[int, bool]:
    """Start the work and kill it so many seconds after it began; gives what it had acknowledged and whether it was finished before."""
    child, out = started(work, name)
    told = b""
    while b"begun\n" not in told and (piece := os.read(out, 4096)):
        told += piece
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while piece := os.read(out, 65536):
        told += piece
    os.close(out)
    lines = [line for line in told.decode().splitlines() if line != "begun"]
    return int(lines[-1]) if lines else 0, not os.WIFSIGNALED(status)


def completed(work: Work, name: str) -> float:
    """Do the work to its end; gives the seconds that it took."""
    child, out = started(work, name)
    start = time.perf_counter()
    while os.read(out, 65536):
        pass
    os.close(out)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"a rerun of {work.__name__} did not complete")
    return time.perf_counter() - start


def half_written(record: Record) -> list[str]:
    """What of a report stands in the record in part only, by the reading that it was made from."""
    found = list(verify(record))
    whole = {digest_of(r.report): r for r in news(REPORTS)}
    for row in record.rows("SELECT n, digest FROM report ORDER BY n"):
        n, wanted = row["n"], _sizes(whole[row["digest"]])
        for table, size in wanted.items():
            held = record.rows(f"SELECT count(*) AS n FROM {table} WHERE report = :n", {"n": n})[0]["n"]
            if held != size:
                found.append(f"report {n} has {held} rows of {size} in {table}")
    astray = record.rows("SELECT m.report FROM member m LEFT JOIN report r ON r.n = m.report WHERE r.n IS NULL")
    return found + [f"an incident names report {row['report']}, which is not there" for row in astray]


def _sizes(reading: Reading) -> dict[str, int]:
    items = sum(len(getattr(reading, w)) for w in ("entities", "statements", "events", "figures", "control", "relations", "times", "images"))
    made = {table: len(rows) for table, rows in rows_of(reading).items()}
    return {"item": items, "origin": 1, **made}


def shape(record: Record) -> set[frozenset[str]]:
    """The incidents by the digests of their reports, which do not depend on the numbers that reports got."""
    digests = {row["n"]: row["digest"] for row in record.rows("SELECT n, digest FROM report")}
    return {frozenset(f"{digests[n]}/{v}" for n, v in i.events) for i in incidents(record)}


@dataclass
class Tally:
    """What came of the kills of one store."""

    kills: dict[str, int] = field(default_factory=lambda: {"ingest": 0, "review": 0, "release": 0})
    half_written: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    runs_completed: int = 0
    runs_unlike_an_unbroken_one: int = 0
    finished_before_the_kill: int = 0


def rounds(name: Callable[[], str], kills: int, *, seed: int = 20171017) -> Tally:
    """Fill and review one record after the other under fire, until so many kills have hit; every record is completed in the end."""
    tally, chance = Tally(), random.Random(seed)
    whole = name()
    spans = {work.__name__: completed(work, whole) for work in (ingest, review, release)}
    with Record.open(whole) as record:
        wanted = shape(record)
    while sum(tally.kills.values()) < kills:
        one = name()
        for work, shots in ((ingest, 8), (review, 6), (release, 6)):
            acknowledged = 0
            for _ in range(min(shots, kills - sum(tally.kills.values()))):
                told, finished = killed(work, one, chance.uniform(0.0, spans[work.__name__] / 3))
                acknowledged = max(acknowledged, told)
                tally.finished_before_the_kill += finished
                tally.kills[work.__name__] += not finished
                _look(one, work.__name__, acknowledged, tally)
            completed(work, one)
        tally.runs_completed += 1
        with Record.open(one) as record:
            tally.half_written += half_written(record)
            unlike = shape(record) != wanted or bool(pending(record)) or record.rows("SELECT count(*) AS n FROM report")[0]["n"] != REPORTS
        tally.runs_unlike_an_unbroken_one += unlike
    return tally


def _look(name: str, stage: str, acknowledged: int, tally: Tally) -> None:
    with Record.open(name, create=True) as record:
        tally.half_written += half_written(record)
        held = record.rows(f"SELECT {_ACKNOWLEDGED[stage]} AS n")[0]["n"]
        if stage == "release":
            tally.half_written += [f"the release {r.name} is not whole" for r in releases.all_of(record) if not releases.is_whole(record, r)]
        if held < acknowledged:
            tally.lost.append(f"{stage}: {acknowledged} acknowledged, {held} held")


_ACKNOWLEDGED = {
    "ingest": "(SELECT count(*) FROM report)",
    "review": "(SELECT count(*) FROM judgement WHERE judge = 'person:reviewer')",
    "release": "(SELECT count(*) FROM correction) + (SELECT count(*) FROM release)",
}
"""By stage what counts the pieces of work that the record must hold."""


def together(name: str, writers: int = 2) -> dict[str, object]:
    """Several writers given the same reports at once."""
    children = [started(ingest, name) for _ in range(writers)]
    for _, out in children:
        while os.read(out, 65536):
            pass
        os.close(out)
    codes = [os.waitpid(child, 0)[1] for child, _ in children]
    with Record.open(name) as record:
        held = record.rows("SELECT count(*) AS n FROM report")[0]["n"]
        return {"writers": writers, "failed": sum(c != 0 for c in codes), "reports": held, "of": REPORTS, "faults": len(half_written(record))}


@contextmanager
def in_files() -> Iterator[Callable[[], str]]:
    """Names of records in files of a folder that is removed afterwards."""
    folder, number = Path(tempfile.mkdtemp(prefix="dateline-crashes-")), count(1)
    try:
        yield lambda: str(folder / f"{next(number)}.db")
    finally:
        shutil.rmtree(folder)


@contextmanager
def on_a_server() -> Iterator[Callable[[], str]]:
    """Names of records on a server that is started for it and waits for its disk."""
    number = count(1)
    with server.running(durable=True) as running:

        def name() -> str:
            schema = f"crash{next(number)}"
            running.sql(f"CREATE SCHEMA {schema}")
            return running.address(schema=schema)

        yield name


def measure(stores: list[str], kills: int) -> dict[str, object]:
    """The figures of each store."""
    found: dict[str, object] = {}
    for store in stores:
        with (in_files if store == "sqlite" else on_a_server)() as name:
            tally = rounds(name, kills)
            found[store] = {**tally.__dict__, "at_once": together(name(), 2 if store == "sqlite" else 4)}
    return found


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--out", required=True)
    parser.add_argument("--kills", type=int, default=200, help="on each store")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), action="append")
    chosen = parser.parse_args()
    result = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        "what": "SIGKILL to the writing process at random moments; records of made readings",
        **measure(chosen.store or ["sqlite", "postgresql"], chosen.kills),
    }
    Path(chosen.out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
