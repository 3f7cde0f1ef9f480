"""Places in the form of ``score_geo``: what the steps for places find, what a reading shows of it, and a baseline.

The corpora count as toponyms what a reading keeps apart: adjectives ("Russian"), names inside names ("Illinois State Police") and countries that
act ("Slovenia refused"), which a reading shows as actors. ``predict_toponyms`` therefore asks the steps for places themselves;
``predict_places_of_reading`` scores what a reading shows as places.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.extraction.findings import Findings, PlaceFound
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.intake import report_of
from dateline.language.document import Document
from dateline.model import Report
from dateline.pipeline import World, document_of
from dateline.resolution.scene import PlaceResolved
from dateline.resolution.where import resolve_places
from evaluation.alignment import Alignment
from evaluation.harness import Body


def predict_places_of_reading(reading: Body, record: Body) -> Body:
    """The named places that a reading shows, each with its own centre."""
    align = Alignment(reading["report"]["text"], record["text"])
    rows = [
        _toponym(align, mention["start"], mention["end"], entity["lat"], entity["lon"], entity["geonames_id"])
        for entity in reading["entities"]
        if entity["kind"] == "place"
        for mention in entity["mentions"]
        if mention["form"] == "name"
    ]
    return {"toponyms": rows}


def predict_toponyms(reading: Body, record: Body) -> Body:
    """All names of places that the steps for places find, with the centre of the place, or of what it lies in where that is all that is known."""
    report, document, findings, resolved = _places(record)
    align = Alignment(report.text, record["text"])
    rows = []
    for found, place in _named(findings.places, resolved):
        lat, lon = (place.lat, place.lon) if place.lat is not None else (place.where.lat, place.where.lon)
        rows.append(_toponym(align, found.name_start, found.name_end, lat, lon, place.geonames_id))
    return {"toponyms": rows}


def predict_most_populous(reading: Body, record: Body) -> Body:
    """The baseline: the same names, each the most populous place that bears it."""
    report, document, findings, resolved = _places(record)
    align = Alignment(report.text, record["text"])
    rows = []
    for found, _ in _named(findings.places, resolved):
        places = _world().gazetteer.named(report.text[found.name_start : found.name_end])
        best = max(places, key=lambda place: place.population, default=None)
        point = (best.lat, best.lon, best.geonames_id) if best is not None else (None, None, None)
        rows.append(_toponym(align, found.name_start, found.name_end, *point))
    return {"toponyms": rows}


def _named(places: tuple[PlaceFound, ...], resolved: tuple[PlaceResolved, ...]) -> Iterator[tuple[PlaceFound, PlaceResolved]]:
    return ((found, place) for found, place in zip(places, resolved, strict=True) if not found.nominal)


def _toponym(align: Alignment, start: int, end: int, lat: float | None, lon: float | None, geonames_id: int | None) -> Body:
    first, last = align.span(start, end)
    return {"start": first, "end": last, "lat": lat, "lon": lon, "geonames_id": geonames_id}


@cache
def _world() -> World:
    return World.open()


def _places(record: Body) -> tuple[Report, Document, Findings, tuple[PlaceResolved, ...]]:
    """The places of a record's text, without the steps that come after them."""
    report = report_of(record["text"], title=record.get("title"), url=record.get("url"), language="en", id=record["id"])
    document = document_of(report, _world().model)
    findings = Findings(places=find_places(document, find_mentions(document)))
    return report, document, findings, resolve_places(report, document, findings, _world().gazetteer)
