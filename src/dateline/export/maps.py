"""Incidents on maps: GeoJSON (RFC 7946), KML, and the files of a timemap."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dateline.export.countries import told_name
from dateline.export.days import interval_of
from dateline.export.deaths import killed
from dateline.export.job import Job
from dateline.export.labels import label_of
from dateline.export.sources import chains, houses, joined, notes, telling
from dateline.export.text import when_words
from dateline.record.happenings import Happening, Paper, Spot

_CENTROIDS = ("country", "region", "admin", "area", "border", "road", "mountain", "water")
_PRECISION = {"country": "country", "region": "region", "admin": "district", "neighbourhood": "site", "facility": "site"}


def _point(spot: Spot | None) -> list[float] | None:
    if spot is None or spot.lat is None or spot.lon is None:
        return None
    return [round(spot.lon, 7), round(spot.lat, 7)]


def properties(happening: Happening, release: str | None = None) -> dict[str, Any]:
    """What a feature says of an incident, flat."""
    picture, spot = happening.picture, happening.spot
    tally, when, account = killed(happening), picture.when or {}, telling(happening)
    return {
        "incident": happening.id, "type": picture.type, "status": picture.finding.status, "reason": picture.finding.reason,
        "from": when.get("from"), "to": when.get("to"), "time_precision": when.get("precision"), "when": when_words(picture.when),
        "place": spot.name if spot else picture.where or None, "country": spot.country if spot else None,
        "place_precision": (_PRECISION.get(spot.type, "town" if spot.type not in _CENTROIDS else "area") if spot else None),
        "place_relation": spot.relation if spot else None, "radius_m": round(spot.radius_km * 1000) if spot and spot.radius_km else None,
        "is_centroid": spot.type in _CENTROIDS if spot else None,
        "doers": joined(s.name for s in happening.doers) or None, "others": joined(s.name for s in happening.suffering) or None,
        "killed_low": int(tally.lowest.number or 0) if tally else None, "killed_high": int(tally.highest.number or 0) if tally else None,
        "reports": picture.reports, "independent": picture.finding.independent, "sources": joined(houses(happening)) or None,
        "according_to": joined(chains(happening)) or None, "words": account.words if account else None,
        "urls": joined(p.url for p in happening.papers) or None, "release": release,
    }  # fmt: skip


def write_geojson(job: Job) -> None:
    """Write a FeatureCollection; what is on no map is a feature without a geometry."""
    with job.open() as file:
        file.write('{"type":"FeatureCollection","features":[')
        for happening in job.happenings():
            point = _point(happening.spot)
            if point is None:
                job.losses.coarsened(happening, "not on the map", "it has no coordinates: its feature has no geometry")
            feature = {
                "type": "Feature", "id": happening.id, "geometry": None if point is None else {"type": "Point", "coordinates": point},
                "properties": properties(happening, job.options.release),
            }  # fmt: skip
            file.write(("," if job.rows else "") + "\n" + json.dumps(feature, ensure_ascii=False))
            job.rows += 1
        file.write("\n]}\n")


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def _xml(text: object) -> str:
    return escape(_ILLEGAL.sub(" ", str(text)))


def write_kml(job: Job) -> None:
    """Write a KML document: a placemark an incident, with its span of time, its words and its data."""
    with job.open() as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Dateline</name>\n')
        for happening in job.happenings():
            point = _point(happening.spot)
            if point is None:
                job.losses.left_out(happening, "not on the map", "it has no coordinates")
                continue
            file.write(_placemark(happening, point, job.options.release))
            job.rows += 1
        file.write("</Document></kml>\n")


def _placemark(happening: Happening, point: list[float], release: str | None) -> str:
    given = properties(happening, release)
    data = "".join(f"<Data name={quoteattr(k)}><value>{_xml(v)}</value></Data>" for k, v in given.items() if v is not None)
    begin, end = (f"<{tag}>{given[key][:10]}</{tag}>" if given[key] else "" for tag, key in (("begin", "from"), ("end", "to")))
    span = f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
    name = f"{label_of(given['type'])}, {told_name(happening.spot) if happening.spot else given['place']}"
    return (
        f"<Placemark id={quoteattr(re.sub(r'[^A-Za-z0-9_.-]', '_', happening.id))}><name>{_xml(name)}</name><description>{_xml(notes(happening))}</description>"
        f"{span}<ExtendedData>{data}</ExtendedData><Point><coordinates>{point[0]},{point[1]}</coordinates></Point></Placemark>\n"
    )


def write_timemap(job: Job) -> None:
    """Write the three files that a timemap reads: events, sources and associations; every value a string."""
    seen: set[int] = set()
    types: dict[str, None] = {}
    with (job.path / "events.json").open("w", encoding="utf-8") as events, (job.path / "sources.json").open("w", encoding="utf-8") as sources:
        events.write("[")
        sources.write("{")
        for happening in job.happenings():
            interval, point = interval_of(happening.picture.when), _point(happening.spot)
            if interval is None and point is None:
                job.losses.left_out(happening, "neither day nor place", "a timemap needs a date or a latitude")
                continue
            events.write(("," if job.rows else "") + "\n" + json.dumps(_timemap(happening, point), ensure_ascii=False))
            job.rows += 1
            types[happening.picture.type] = None
            for paper in happening.papers:
                if paper.number not in seen:
                    sources.write(("," if seen else "") + f'\n"{paper.number}": ' + json.dumps(_timemap_source(paper), ensure_ascii=False))
                    seen.add(paper.number)
        events.write("\n]\n")
        sources.write("\n}\n")
    made = [{"id": t, "title": label_of(t), "desc": "", "mode": "FILTER", "filter_paths": ["type", t]} for t in sorted(types)]
    (job.path / "associations.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _timemap(happening: Happening, point: list[float] | None) -> dict[str, Any]:
    picture, spot, interval = happening.picture, happening.spot, interval_of(happening.picture.when)
    return {
        "id": str(happening.number()), "civId": happening.id, "description": notes(happening), "date": interval.first.isoformat() if interval else "",
        "time": "", "time_precision": (picture.when or {}).get("precision") or "", "time_display": when_words(picture.when),
        "location": told_name(spot) if spot else picture.where, "latitude": str(point[1]) if point else "", "longitude": str(point[0]) if point else "",
        "type": picture.type, "category": picture.finding.status, "category_full": f"{picture.finding.status}: {picture.finding.reason}",
        "associations": [picture.type], "sources": [str(p.number) for p in happening.papers], "comments": "",
    }  # fmt: skip


def _timemap_source(paper: Paper) -> dict[str, Any]:
    return {
        "id": str(paper.number), "title": paper.name, "thumbnail": "", "paths": [paper.url or ""], "type": "Article", "affil_s": [],
        "url": paper.url or "", "description": paper.outlet or "", "parent": "", "author": paper.agency or "", "date": (paper.published or "")[:10],
        "notes": "",
    }  # fmt: skip
