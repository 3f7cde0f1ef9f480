"""Killed at any moment, a run leaves nothing half-written, and the same command completes it; readers work beside a writer."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from evaluation.crashes import shape

from children import CHILD
from dateline.record.link import incidents, pending
from dateline.record.store import Record
from dateline.record.verify import verify
from factories import Store


def start(path: str) -> subprocess.Popen[bytes]:
    tests = Path(__file__).parents[1]
    return subprocess.Popen([sys.executable, "-c", CHILD, str(path), str(tests)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_killed_at_random_moments_and_completed(store: Store) -> None:
    path = store("r")
    moments = random.Random(20171017)
    last = 0
    for _ in range(6):
        child = start(path)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        with Record.open(path, create=True) as record:
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
        killed = shape(record)
    whole = store("whole")
    assert start(whole).wait(timeout=120) == 0
    with Record.open(whole) as record:
        assert shape(record) == killed


def test_readers_and_two_writers_at_once(store: Store) -> None:
    path = store("r")
    children = [start(path), start(path)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    seen = 0
    while any(child.poll() is None for child in children):
        with Record.open(path) as record:
            found = len(incidents(record))
        seen = max(seen, found)
        time.sleep(0.02)
    assert [child.returncode for child in children] == [0, 0], [c.stderr.read().decode() for c in children if c.stderr]
    with Record.open(path) as record:
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 120
        assert pending(record) == []
        assert list(verify(record)) == []
