"""Peak memory and rate of each export on a made record, each in a process of its own.

python -m evaluation.exports --out results/exports.json [--incidents 100000] [--formats acled,geojson] [--record made.db]

The figures are written after each format, so that a run cut short keeps what it measured; formats measured already at this size are passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dateline.export.formats import FORMATS
from dateline.export.job import Options
from dateline.model import (
    AcledCode,
    Codes,
    Control,
    Entity,
    Event,
    Figure,
    Mention,
    Participant,
    Published,
    Reading,
    Report,
    Section,
    Span,
    Statement,
    When,
    Where,
)
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record, digest_of
from dateline.record.tables import METADATA

_GROUPS = tuple(f"{word} {kind}" for word in ("Northern", "River", "Valley", "Hill", "Coastal") for kind in ("Front", "Brigade", "Army"))
_TYPES = ("territory_captured", "armed_clash", "air_strike", "shelling", "bombing", "attack_on_civilians", "peaceful_protest", "displacement", "meeting")


def reading_of(number: int, chance: random.Random) -> Reading:
    """A made report of one event: 300 towns, 5,000 days, some figures, some captures."""
    town, kind = chance.randrange(300), chance.choice(_TYPES)
    group, other = chance.sample(_GROUPS, 2)
    day = (date(2011, 1, 1) + timedelta(days=chance.randrange(5000))).isoformat()
    place, dead = f"Town {chr(65 + town % 26)}{town}", chance.randrange(1, 40)
    text = f"{group} fought {other} at {place} on {day}, and {dead} died, The monitor said. Report {number}."

    def span(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    def named(entity: str, kind_: str, type_: str, name: str, **more: object) -> Entity:
        at = span(name)
        return Entity(entity, kind_, type_, name, mentions=(Mention(at.start, at.end, name, "name"),), **more)  # type: ignore[arg-type]

    moment = When(day, day, "day")
    lat, lon = 30 + (town % 20) * 0.5, 35 + (town // 20) * 0.5
    parts = (Participant("agent", "e1", span(group)), Participant("target", "e4", span(other)))
    event = Event(
        "v1", kind, span("fought"), parts, Where("e2", "at", lat, lon, 5.0, span(place)), moment, "occurred", negated=False, according_to=("s1",),
        figures=("f1",), sentence=Span.of(text, 0, text.index(" Report")), codes=Codes(None, None, AcledCode(None, None), None), confidence=0.8,
    )  # fmt: skip
    figure = Figure(
        "f1", "displaced" if kind == "displacement" else "killed", dead, dead, dead, approximate=False, share=None, unit="people", of=None, who=None,
        where=Where("e2", "at", lat, lon, 5.0, span(place)), when=moment, according_to=("s1",), span=span(str(dead)), event="v1", confidence=0.8,
    )  # fmt: skip
    control = (Control("c1", "e2", "e1", "e4", "captured", moment, "occurred", ("s1",), span("fought"), 0.8),) if kind == "territory_captured" else ()
    return Reading(
        report=Report(id=f"r{number}", text=text, source=f"Outlet {number % 40}", title=text[:40], language="en", published=Published(day, "metadata"),
                      sections=(Section("paragraph", 0, len(text)),)),
        entities=(
            named("e1", "actor", "armed_group", group), named("e2", "place", "town", place, country="SY", lat=lat, lon=lon, geonames_id=900000 + town),
            named("e3", "actor", "ngo", "The monitor"), named("e4", "actor", "armed_group", other),
        ),
        statements=(Statement("s1", "e3", span("The monitor"), span("said"), (Span.of(text, 0, text.index(", The")),), "indirect", "say"),),
        events=(event,), figures=(figure,), control=control,
    )  # fmt: skip


_MADE = 40_000
"""So many reports are made one by one; a larger record is filled up with copies of them, each set a century earlier."""


def make(path: Path, count: int) -> None:
    """Make a record of so many incidents, one report each; nothing is joined, so that the number is known."""
    chance = random.Random(1)
    with Record.open(path, create=True) as record:
        record.run("PRAGMA synchronous = OFF")
        for n in range(min(count, _MADE)):
            reading = reading_of(n, chance)
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="made")
        fill_up(record, count, made=min(count, _MADE))


def fill_up(record: Record, count: int, *, made: int) -> None:
    """Copy the first ``made`` reports, each set of copies a century before the last, until there are so many."""
    tables = [t for t in METADATA.sorted_tables if t.name in ("report", "item", "entity", "statement", "event", "participant", "figure", "control")]
    with record.transaction():
        for copy in range(1, -(-count // made)):
            for table in tables:
                column = "n" if table.name == "report" else "report"
                values = ", ".join(_earlier(c.name, column, copy, by=copy * made) for c in table.columns)
                names = ", ".join(c.name for c in table.columns)
                upto = min(made, count - copy * made)
                record.run(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} WHERE {column} <= {upto}")


def _earlier(name: str, number: str, copy: int, *, by: int) -> str:
    """What stands in a column of a copy."""
    if name == number:
        return f"{name} + {by}"
    if name in ("key", "digest"):
        return f"{name} || ' {copy}'"
    if name == "body":
        return f"replace(body, '\"20', '\"{20 - copy}')"
    return f"'{20 - copy}' || substr({name}, 3)" if name in ("published", "earliest", "latest", "first", "last") else name


def measure(path: Path, name: str) -> dict[str, object]:
    """One export: rows, seconds by the clock and of the processor, and the peak memory of this process before and after."""
    from dateline.export.formats import export

    with tempfile.TemporaryDirectory(dir=path.parent) as folder, Record.open(path) as record:
        before = _peak()
        start, used = time.perf_counter(), time.process_time()
        selected = Selected(record, Selection())
        done = export(record, name, Path(folder) / "out", selected, Options())
        seconds, used = time.perf_counter() - start, time.process_time() - used
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
        return {
            "incidents": len(selected), "rows": done.rows, "seconds": round(seconds, 1), "processor_seconds": round(used, 1),
            "processor_seconds_per_1000": round(1000 * used / max(1, len(selected)), 2),
            "peak_memory_mb": _peak(), "memory_before_mb": before, "bytes_written": size,
        }  # fmt: skip


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure the formats one after another and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--out", default="results/exports.json")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--record", help="keep the made record here, or use the one that is here")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(Path(chosen.record), chosen.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(chosen.record or Path(folder) / "made.db")
        if not path.exists():
            make(path, chosen.incidents)
        for name in chosen.formats.split(","):
            _keep(Path(chosen.out), name, path, chosen.incidents)


def _keep(out: Path, name: str, path: Path, count: int) -> None:
    kept = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"runs": []}
    if any(r["format"] == name and r["incidents"] == count for r in kept["runs"]):
        return
    command = [sys.executable, "-m", "evaluation.exports", "--record", str(path), "--one", name]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (loaded by other work), Python {platform.python_version()}"
    kept["runs"].append({"format": name, "date": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": machine, **found})
    out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(kept["runs"][-1]), flush=True)


if __name__ == "__main__":
    main()
