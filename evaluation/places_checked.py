"""``python -m evaluation.places_checked --out results/places.json``: where the 144 named places of re3d dev (Syria and Iraq) lie, checked by hand.

``places_checked.tsv`` names each mention by the gold file, record and offsets that it stands at, and says where it lies and within what
distance an answer is right; without a point where no map has it. Beside ours stands the baseline: the most populous place of that name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.pipeline import World
from dateline.resolution.gazetteer import Gazetteer, km
from evaluation.actors import DEV
from evaluation.alignment import Alignment
from evaluation.harness import Body, read_record, records_named, rows_of

HERE = Path(__file__).parent
VERDICTS = ("right", "coarser", "open", "wrong")


@dataclass(frozen=True)
class Checked:
    """A mention of a place and where it lies; ``lat`` is None where no map has it."""

    file: str
    id: str
    start: int
    end: int
    country: str
    lat: float | None
    lon: float | None
    within_km: float


def checked(path: Path = HERE / "places_checked.tsv") -> list[Checked]:
    """The rows of the list."""
    return [_row(r) for r in rows_of(path)]


def _row(r: dict[str, str]) -> Checked:
    point = (float(r["lat"]), float(r["lon"])) if r["lat"] else (None, None)
    return Checked(r["file"], r["id"], int(r["start"]), int(r["end"]), r["country"], *point, float(r["within_km"] or 0))


def at(reading: Body, start: int, end: int, align: Alignment) -> Body | None:
    """The place whose mention lies in these characters, the widest where there are several."""
    best: tuple[int, Body] | None = None
    for entity in reading["entities"]:
        for mention in entity["mentions"] if entity["kind"] == "place" else ():
            first, last = align.span(mention["start"], mention["end"])
            shared = min(last, end) - max(first, start)
            if shared > 0 and (best is None or shared > best[0]):
                best = (shared, entity)
    return best[1] if best else None


def verdict(row: Checked, place: Body | None) -> str:
    """``right``; ``coarser``, the country alone and that rightly; ``open``, nothing said; ``wrong``, a point or country where it does not lie."""
    if place is None or (place["lat"] is None and place["country"] is None):
        return "open"
    if place["lat"] is None:
        return "coarser" if not row.country or place["country"] in row.country.split() else "wrong"
    if row.lat is None or row.lon is None:
        return "wrong"
    return "right" if km(place["lat"], place["lon"], row.lat, row.lon) <= row.within_km else "wrong"


def most_populous(text: str, gazetteer: Gazetteer) -> Body | None:
    """The baseline: the most populous place that bears the name."""
    best = max(gazetteer.named(text), key=lambda place: place.population, default=None)
    return {"lat": best.lat, "lon": best.lon, "country": best.country} if best is not None else None


def main() -> int:
    """Read the texts, compare, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.places_checked", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results/places.json"))
    parser.add_argument("--data", type=Path, default=DEV)
    parser.add_argument("--show", action="store_true", help="list what is not right")
    options = parser.parse_args()
    rows = checked()
    gold = records_named(options.data, {(r.file, r.id) for r in rows})
    world = World.open()
    readings = {key: read_record(record, world) for key, record in gold.items()}
    ours: Counter[str] = Counter()
    baseline: Counter[str] = Counter()
    for row in rows:
        record, reading = gold[row.file, row.id], readings[row.file, row.id]
        place = at(reading, row.start, row.end, Alignment(reading["report"]["text"], record["text"]))
        found = verdict(row, place)
        ours[found] += 1
        name = record["text"][row.start : row.end]
        baseline[verdict(row, most_populous(name, world.gazetteer))] += 1
        if options.show and found != "right":
            print(f"{found}\t{name}\t{place and (place['name'], place['country'], place['lat'], place['lon'])}", file=sys.stderr)
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "places": len(rows),
        "percent": {v: round(100 * ours[v] / len(rows), 1) for v in VERDICTS},
        "right_or_honestly_coarser": round(100 * (len(rows) - ours["wrong"]) / len(rows), 1),
        "baseline_most_populous_percent": {v: round(100 * baseline[v] / len(rows), 1) for v in VERDICTS},
    }
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
