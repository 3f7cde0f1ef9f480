"""Speed of the served record: a record of made reports with 50,000 incidents, and how long each kind of request takes over a real connection.

python -m evaluation.server --make big.db [--incidents 50000]     makes the record and stops
python -m evaluation.server --out results/server.json [--record big.db] [--incidents 50000] [--requests 200]
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import platform
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn

from dateline.model import Entity, Reading
from dateline.record.link import incidents, link, pending
from dateline.record.store import Record, digest_of
from dateline.web.app import Serving, make_app
from evaluation.made import GROUPS, Story, happening, moment, town

_TOLD = 10
"""Happenings that a made report tells of."""
_TOWNS = 3000
_DAYS = 3650


def made_readings(count: int, *, seed: int = 1) -> Iterator[Reading]:
    """Readings that tell of so many happenings, every fifth report told again by another outlet."""
    chance = random.Random(seed)
    for number in range(count // _TOLD):
        story = Story(head=f"A look back at week {number}. ")
        days = [chance.randrange(_DAYS) for _ in range(_TOLD)]
        for n, day in enumerate(days):
            story.tell(happening(chance, place=_town(chance.randrange(_TOWNS)), day=day, speaker=f"Group monitor {n}"))
            story.say(" ")
        published = moment(max(days) + 1).earliest
        for outlet in (number % 40, (number + 7) % 40) if number % 5 == 0 else (number % 40,):
            yield story.reading(name=f"r{number}-{outlet}", source=f"Outlet {outlet}", published=published, title=f"Week {number}")


def _town(number: int) -> Entity:
    """One of the towns, laid over half the world."""
    lat, lon = round(-30 + (number % 60) * 1.5 + (number % 7) * 0.11, 4), round(-15 + (number // 60) * 1.4 + (number % 11) * 0.07, 4)
    return replace(town(number), lat=lat, lon=lon)


def make_record(path: Path, count: int) -> None:
    """The record with so many incidents."""
    with Record.open(path, create=True) as record:
        with record.transaction():
            for n, reading in enumerate(made_readings(count)):
                record.add(reading, key=f"r{n}", digest=digest_of(reading.report), source_name=f"r{n}.txt", reader="made")
        link(record, pending(record))


def asked() -> dict[str, list[str]]:
    """The kinds of requests, each with several of its kind."""
    chance = random.Random(2)
    days = [moment(chance.randrange(_DAYS)).earliest for _ in range(40)]
    towns = [900_000_000 + chance.randrange(_TOWNS) for _ in range(40)]
    return {
        "meta": ["/api/meta"],
        "points": ["/api/incidents/points"],
        "first page": ["/api/incidents?limit=50"],
        "by place": [f"/api/incidents?place=geonames:{t}" for t in towns],
        "by days, type, sources": [f"/api/incidents?since={d}&type=air_strike&least_independent=1&order=reports" for d in days],
        "by frame": [f"/api/incidents?bbox={w},0,{w + 20},30" for w in range(-15, 25)],
        "by words": [f"/api/incidents/matches?words={_town(t - 900_000_000).name.replace(' ', '%20')}" for t in towns],
        "by actor": [f"/api/incidents/matches?actor={g.replace(' ', '%20')}" for g in GROUPS],
        "time line": [f"/api/incidents/histogram?since={d}" for d in days],
        "counts": [f"/api/incidents/counts?since={d}" for d in days],
        "one incident": [f"/api/incidents/{n}/v{n % 9 + 1}" for n in range(1, 41)],
        "ledger of all days": ["/api/ledger/changes"],
        "place": [f"/api/places/geonames:{t}" for t in towns],
        "actor": [f"/api/actors/actor:{g.lower().replace(' ', '%20')}" for g in GROUPS],
        "report": [f"/api/reports/{n}" for n in range(1, 41)],
        "explain": [f"/api/explain/{n}/v1" for n in range(1, 41)],
        "figures": [f"/api/figures?measure=killed&since={d}&limit=50" for d in days],
        "statements": [f"/api/statements?source=Outlet%20{n}&limit=50" for n in range(40)],
        "search": [f"/api/search?words={_town(t - 900_000_000).name.replace(' ', '%20')}" for t in towns],
        "names": [f"/api/names?starts=Town%20{chr(64 + n % 26)}" for n in range(1, 41)],
        "towns": [f"/api/towns?bbox={w},20,{w + 12},40&zoom=6" for w in range(-10, 30)],
    }


def measure(port: int, requests: int) -> dict[str, dict[str, float | int]]:
    """Median and 99th of a hundred of each kind of request, one after another, in milliseconds, and the bytes that travel."""
    results: dict[str, dict[str, float | int]] = {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    for name, paths in asked().items():
        times, size, wrong = list[float](), 0, 0
        for n in range(requests + 1):
            begun = time.perf_counter()
            connection.request("GET", paths[n % len(paths)], headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            raw = answer.read()
            if n:  # the first is asked to warm up
                times.append((time.perf_counter() - begun) * 1000)
            size = max(size, len(raw))
            if answer.status != 200:
                wrong += 1
                body = gzip.decompress(raw) if answer.headers.get("content-encoding") == "gzip" else raw
                print(name, paths[n % len(paths)], answer.status, body[:200], file=sys.stderr)
        times.sort()
        results[name] = {
            "median_ms": round(times[len(times) // 2], 1), "p99_ms": round(times[int(len(times) * 0.99)], 1), "bytes": size, "not_200": wrong,
        }  # fmt: skip
        print(name, results[name], file=sys.stderr)
    return results


def serve(path: Path, cache: Path) -> tuple[uvicorn.Server, int, threading.Thread]:
    """The record served at a free port by a thread of its own."""
    config = uvicorn.Config(make_app(Serving(str(path), cache=cache, rate=1e9, burst=10**9)), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    return server, server.servers[0].sockets[0].getsockname()[1], thread


def whole(port: int) -> float:
    """Seconds until the overview of all incidents is ready."""
    begun = time.perf_counter()
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        connection.request("GET", "/api/meta")
        building = json.loads(connection.getresponse().read()).get("building", {"ready": 0, "of": 1})
        if building["ready"] == building["of"] > 0:
            connection.request("GET", "/api/ledger/changes")
            connection.getresponse().read()
            return time.perf_counter() - begun
        time.sleep(0.5)


def main() -> None:
    """Make the record, or measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.make is not None:
        make_record(given.make, given.incidents)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if given.record is None:
            make_record(path, given.incidents)
        results = measured(path, Path(folder), given.requests)
    if given.out is not None:
        given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


def measured(path: Path, folder: Path, requests: int) -> dict[str, Any]:
    """All figures of one record."""
    with Record.open(path) as record:
        size = {"incidents": len(incidents(record)), "reports": record.rows("SELECT count(*) AS n FROM report")[0]["n"], "bytes": path.stat().st_size}
    server, port, thread = serve(path, folder / "cache")
    first = whole(port)
    requests_ = measure(port, requests)
    server.should_exit = True
    thread.join()
    server, port, thread = serve(path, folder / "cache")
    again = whole(port)
    server.should_exit = True
    thread.join()
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_at_end": round(os.getloadavg()[0], 1), "record": size, "overview_first_s": round(first, 1), "overview_again_s": round(again, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "requests": requests_,
    }  # fmt: skip


if __name__ == "__main__":
    main()
