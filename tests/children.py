"""Programs that tests start beside themselves."""

CHILD = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], str(Path(sys.argv[2]).parent)]
from factories import captured, day
from dateline import batch
from dateline.record.store import Record
from dateline.settings import Settings

PLACES = ("Raqqa", "Palmyra")
readings = [captured(f"Group {n % 7}", PLACES[n % 2], day(f"2017-{1 + n % 12:02}-{1 + n % 28:02}"), killed=n, says="The army", source=f"Outlet {n % 5}")
            for n in range(120)]
batch.given = lambda inputs: (batch.Given(str(n), r.report) for n, r in enumerate(readings))
batch.read_many = lambda reports, settings, jobs, world=None: ((g.name, readings[int(g.name)]) for g in reports)
with Record.open(sys.argv[1], create=True) as record:
    print("open", flush=True)
    print(batch.ingest([], record, Settings()), flush=True)
"""
"""``read --into`` with readings that need no model, so that most of the time is spent in the record."""
