"""Killed at any moment of reviewing and releasing, a record has lost nothing that was acknowledged and holds nothing by halves."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from dateline.record import corrections, releases
from dateline.record.corrected import JUDGEMENTS, corrected
from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import captured, day

CHILD = """
import sys, itertools
from dateline.record import corrections, releases
from dateline.record.corrections import Correction
from dateline.record.store import Record

with Record.open(sys.argv[1]) as record:
    print("open", flush=True)
    for i in itertools.count(len(corrections.entries(record))):
        last = len(corrections.entries(record))
        step = i % 5
        if step == 0:
            n = corrections.add(record, Correction("change", 1, "f1", "number", str(i + 20), who="A"))
        elif step == 1:
            n = corrections.add(record, Correction("different", 1, "v1", other="2/v1", who="A"))
        elif step == 2:
            n = corrections.undo(record, last, who="A")
        elif step == 3:
            n = corrections.add(record, Correction("accept", 2, "v1", who="A"))
        else:
            releases.release(record, f"r{last}x{len(releases.all_of(record))}", who="A")
            n = corrections.add(record, Correction("note", 1, "v1", value=f"note {i}", who="A"))
        print(n, flush=True)
"""


def test_killed_while_reviewing_and_releasing(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record.open(path, create=True) as record:
        for n, source in enumerate(("Northline Agency", "The Harbour Post")):
            reading = captured("SDF", "Raqqa", day("2017-10-17"), source=source, killed=9 + n)
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
        link(record, pending(record))
    moments = random.Random(20171017)
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(moments.uniform(0.05, 0.4))
        child.send_signal(signal.SIGKILL)
        acknowledged = [int(line) for line in child.stdout.read().splitlines() if line.strip().isdigit()]
        assert child.wait() == -signal.SIGKILL
        with Record.open(path) as record:
            log = corrections.entries(record)
            assert [e.line.n for e in log] == list(range(1, len(log) + 1))
            assert len(log) >= max(acknowledged, default=0), "what was acknowledged is lost"
            assert list(verify(record)) == []
            assert pending(record) == []
            for number in (1, 2):
                lines = [e.line for e in log if e.line.key == str(number - 1) and e.line.verb not in JUDGEMENTS]
                assert corrected(*corrections.read_by_machine(record, number), lines).parts == corrections.parts_of(record, number)
            assert all(releases.is_whole(record, r) for r in releases.all_of(record))
