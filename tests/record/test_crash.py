"""Killed at any moment, a run leaves nothing half-written, and the same command completes it; readers work beside a writer."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from dateline.record.link import incidents, pending
from dateline.record.store import Record
from dateline.record.verify import verify

CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from factories import captured, day
from dateline import batch
from dateline.record.store import Record
from dateline.settings import Settings

PLACES = ("Raqqa", "Palmyra")
readings = [captured(f"Group {n % 7}", PLACES[n % 2], day(f"2017-{1 + n % 12:02}-{1 + n % 28:02}"), killed=n, says="The army", source=f"Outlet {n % 5}")
            for n in range(120)]
batch.given = lambda inputs: (batch.Given(str(n), r.report) for n, r in enumerate(readings))
batch.read_many = lambda reports, settings, jobs: ((g.name, readings[int(g.name)]) for g in reports)
with Record.open(sys.argv[1], create=True) as record:
    print("open", flush=True)
    print(batch.ingest([], record, Settings()), flush=True)
"""
"""``read --into`` with readings that need no model, so that most of the time is spent in the record."""


def start(path: Path) -> subprocess.Popen[bytes]:
    tests = Path(__file__).parents[1]
    return subprocess.Popen([sys.executable, "-c", CHILD, str(path), str(tests)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_killed_at_random_moments_and_completed(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    moments = random.Random(20171017)
    last = 0
    for _ in range(10):
        child = start(path)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        with Record.open(path) as record:
            count = record.rows("SELECT count(*) AS n FROM report")[0]["n"]
            assert count >= last, "what was acknowledged is lost"
            last = count
            assert list(verify(record)) == []
    child = start(path)
    _, err = child.communicate(timeout=120)
    assert child.returncode == 0, err.decode()
    with Record.open(path) as record:
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 120
        assert pending(record) == []
        assert list(verify(record)) == []
        killed = {frozenset(i.events) for i in incidents(record)}
    whole = tmp_path / "whole.db"
    assert start(whole).wait(timeout=120) == 0
    with Record.open(whole) as record:
        assert {frozenset(i.events) for i in incidents(record)} == killed


def test_readers_and_two_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    children = [start(path), start(path)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    seen = 0
    while any(child.poll() is None for child in children):
        with Record.open(path) as record:
            found = len(incidents(record))
            assert record.rows("PRAGMA quick_check")[0]["quick_check"] == "ok"
        seen = max(seen, found)
        time.sleep(0.02)
    assert [child.returncode for child in children] == [0, 0], [c.stderr.read().decode() for c in children if c.stderr]
    with Record.open(path) as record:
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 120
        assert pending(record) == []
        assert list(verify(record)) == []
