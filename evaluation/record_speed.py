"""Speed of the record without the model: ingest of made readings, whether it stays flat, and how long questions take.

python -m evaluation.record_speed --out results/record.json [--reports 2000]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

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
from dateline.record.ledger import holders_on
from dateline.record.link import incidents, link
from dateline.record.picture import picture_of
from dateline.record.questions import Question, ask, search
from dateline.record.store import Record, digest_of

_GROUPS = tuple(f"{word} {kind}" for word in ("Northern", "River", "Valley", "Hill", "Coastal") for kind in ("Front", "Brigade", "Army"))
_TYPES = ("territory_captured", "armed_clash", "air_strike", "shelling", "bombing")
_WORDS = "market bridge road school river hill convoy water night field gate tower camp wall bread wheat train depot square clinic harbour".split()


def made_readings(count: int, *, seed: int = 1) -> list[Reading]:
    """So many readings of made reports: 300 towns, 1,000 days, some copies, three reports a happening on average."""
    chance = random.Random(seed)
    happenings = [(chance.randrange(300), chance.randrange(1000), chance.choice(_TYPES), chance.choice(_GROUPS)) for _ in range(max(1, count // 3))]
    return [_reading(n, *chance.choice(happenings), chance) for n in range(count)]


def _reading(number: int, town: int, day: int, kind: str, group: str, chance: random.Random) -> Reading:
    when = (date(2015, 1, 1) + timedelta(days=day)).isoformat()
    place = f"Town {chr(65 + town % 26)}{town}"
    dead = chance.randrange(1, 40)
    lead = f"{group} took {place} on {when}, killing {dead}, The monitor said."
    filling = " ".join(" ".join(chance.choice(_WORDS) for _ in range(12)) + "." for _ in range(25))
    text = f"{lead} {filling} Report {number}."
    report = Report(
        id=f"r{number}", text=text, source=f"Outlet {number % 40}", title=lead[:40], language="en", published=Published(when, "metadata"),
        sections=(Section("paragraph", 0, len(text)),),
    )  # fmt: skip

    def span(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    def named(entity: str, kind_: str, type_: str, name: str, **more: object) -> Entity:
        at = span(name)
        return Entity(entity, kind_, type_, name, mentions=(Mention(at.start, at.end, name, "name"),), **more)  # type: ignore[arg-type]

    moment = When(when, when, "day")
    lat, lon = 30 + (town % 20) * 0.5, 35 + (town // 20) * 0.5
    entities = (
        named("e1", "actor", "armed_group", group),
        named("e2", "place", "town", place, country="SY", lat=lat, lon=lon, geonames_id=900000 + town),
        named("e3", "actor", "ngo", "The monitor"),
    )
    statement = Statement("s1", "e3", span("The monitor"), span("said"), (span(lead.split(", The")[0]),), "indirect", "say")
    event = Event(
        "v1", kind, span("took"), (Participant("agent", "e1", span(group)),), Where("e2", "at", lat, lon, 5.0, span(place)), moment, "occurred", negated=False,
        according_to=("s1",), figures=("f1",), sentence=Span.of(text, 0, len(lead)), codes=Codes(None, None, AcledCode(None, None), None), confidence=0.8,
    )  # fmt: skip
    figure = Figure(
        "f1", "killed", dead, dead, dead, approximate=False, share=None, unit="people", of=None, who=None, where=None, when=moment,
        according_to=("s1",), span=span(str(dead)), event="v1", confidence=0.8,
    )  # fmt: skip
    control = (Control("c1", "e2", "e1", None, "captured", moment, "occurred", ("s1",), span("took"), 0.8),) if kind == "territory_captured" else ()
    return Reading(report=report, entities=entities, statements=(statement,), events=(event,), figures=(figure,), control=control)


def measure(count: int) -> dict[str, object]:
    """The figures for so many reports."""
    readings = made_readings(count)
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "r.db", create=True) as record:
        times: list[float] = []
        for n, reading in enumerate(readings):
            start = time.perf_counter()
            number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="speed")
            link(record, [number])
            times.append(time.perf_counter() - start)
        tenth = max(1, count // 10)
        first, last = sum(times[tenth : 2 * tenth]) / tenth, sum(times[-tenth:]) / tenth
        size = sum(p.stat().st_size for p in Path(folder).iterdir())
        joined = incidents(record)
        return {
            "reports": count,
            "ms_per_report": round(1000 * sum(times) / count, 2),
            "ms_per_report_second_tenth": round(1000 * first, 2),
            "ms_per_report_last_tenth": round(1000 * last, 2),
            "last_to_second_tenth": round(last / first, 3),
            "bytes_per_report": size // count,
            "incidents": len(joined),
            "questions_ms": {name: _timed(question) for name, question in _questions(record).items()},
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def _questions(record: Record) -> dict[str, Callable[[int], object]]:
    places = [r["name"] for r in record.rows("SELECT DISTINCT e.name FROM entity e JOIN control c ON c.place = e.world ORDER BY e.name")]

    def of_place(n: int) -> object:
        place = places[n % len(places)]
        worlds = [r["world"] for r in record.rows("SELECT DISTINCT world FROM entity WHERE name = :name", {"name": place})]
        return [picture_of(record, i) for i in incidents(record, places=worlds)]

    return {
        "control": lambda n: holders_on(record, places[n % len(places)], "2016-06-01"),
        "events": lambda n: ask(record, "event", Question(place=places[n % len(places)], limit=50)),
        "figures": lambda n: ask(record, "figure", Question(place=places[n % len(places)], kind="killed", limit=50)),
        "search": lambda n: search(record, f"{_WORDS[n % len(_WORDS)]} {_WORDS[(n * 7) % len(_WORDS)]}", limit=20),
        "incidents_of_a_place": of_place,
    }


def _timed(question: Callable[[int], object]) -> dict[str, float]:
    times = []
    for n in range(50):
        start = time.perf_counter()
        question(n)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    return {"median": round(times[25], 2), "p98": round(times[48], 2)}


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--out", required=True)
    parser.add_argument("--reports", type=int, default=2000)
    chosen = parser.parse_args()
    result = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        **measure(chosen.reports),
    }
    Path(chosen.out).parent.mkdir(parents=True, exist_ok=True)
    Path(chosen.out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
