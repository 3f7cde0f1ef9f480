"""PLOVER records (JSON Lines) and POLECAT's file (40 tab-separated columns)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from dateline.export.actors import Actor, OwnName, own_names, sides_as_actors
from dateline.export.countries import country_of, map_name, region_of
from dateline.export.days import interval_of, why_no_interval
from dateline.export.deaths import killed
from dateline.export.delimited import cell, layout
from dateline.export.job import Job
from dateline.export.labels import label_of
from dateline.export.sources import houses
from dateline.lexicon import load
from dateline.record.happenings import Happening, Side, Spot
from dateline.version import VERSION

_RESOLUTION = {"neighbourhood": 5, "facility": 5, "city": 4, "town": 4, "village": 4, "admin": 3, "region": 2}
_NONSTATE = {"IGO": "IGO", "NGO": "NGO"}


@cache
def _ontology() -> dict[str, tuple[str, str]]:
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    return {r["id"]: (r["plover"], r["plover_mode"]) for r in load("ontology.tsv", columns=columns, key=("id",))}


@cache
def _scale() -> dict[str, tuple[int, float]]:
    return {r["plover"]: (int(r["quad"]), float(r["intensity"])) for r in load("plover_scale.tsv", columns=("plover", "quad", "intensity"), key=("plover",))}


def _coded(job: Job, happening: Happening) -> tuple[str, str, int, float] | None:
    """PLOVER's type, mode, quad class and score of an incident; None, with the reason among the losses, where it has no type."""
    kind, mode = _ontology().get(happening.picture.type, ("", ""))
    if not kind:
        job.losses.left_out(happening, "no such type", f"PLOVER has no type for a {label_of(happening.picture.type)}")
        return None
    if happening.picture.finding.status in ("denied", "open"):
        job.losses.left_out(happening, "not asserted", happening.picture.finding.reason)
        return None
    return kind, mode, *_scale()[kind]


def _dates(job: Job, happening: Happening) -> tuple[str, str | None] | None:
    interval = interval_of(happening.picture.when)
    if interval is not None:
        if interval.days > 1:
            job.losses.coarsened(happening, "interval", f"{interval.first} to {interval.last} ({interval.precision}); PLOVER does not say how near it is known")
        return interval.first.isoformat(), interval.last.isoformat() if interval.days > 1 else None
    day = next((p.published[:10] for p in happening.papers if p.published), None)
    if day is None:
        job.losses.left_out(happening, "no day", "neither the incident nor any report of it has a day")
        return None
    job.losses.coarsened(happening, "dated by its report", f"{why_no_interval(happening.picture.when)}; the day of publication, {day}, stands for it")
    return day, None


def write_plover(job: Job) -> None:
    """Write a PLOVER record a line for each incident."""
    own = own_names(job.options.actor_table)
    with job.open() as file:
        for happening in job.happenings():
            coded = _coded(job, happening)
            dates = _dates(job, happening) if coded is not None else None
            if coded is None or dates is None:
                continue
            file.write(json.dumps(_record(happening, coded, dates, own, job.options.release), ensure_ascii=True) + "\n")
            job.rows += 1


def _record(
    happening: Happening, coded: tuple[str, str, int, float], dates: tuple[str, str | None], own: dict[str, OwnName], release: str | None
) -> dict[str, Any]:
    kind, mode, quad, score = coded
    first, others = _parties(happening, own)
    item, paper = happening.items[0], happening.papers[0]
    sentence, tally = item.body["sentence"], killed(happening)
    given = {c.name: None for c in layout("plover")}
    return {
        **given, "id": str(happening.number()), "has_event": "yes", "date": dates[0], "enddate": dates[1], "actor": [_entity(a) for a in first],
        "recipient": [_entity(a) for a in others], "event": [kind], "event_loc": [_location(happening.spot)] if happening.spot else [],
        "event_text": [i.body["trigger"]["text"] for i in happening.items], "quad_code": quad, "event_scale": score, "mode": [mode] if mode else [],
        "context": [], "link": [], "text": sentence["text"],
        "text_info": {"sequence": None, "start": sentence["start"], "end": sentence["end"], "text_story": item.text},
        "cite_info": {
            "corpus": release, "citation": ", ".join(x for x in (paper.outlet, (paper.published or "")[:10], paper.title) if x), "url": paper.url,
            "title": paper.title, "language": paper.language, "publication": paper.outlet, "license": None, "copyright": None, "coder": "Dateline",
            "codebook": "PLOVER", "version": VERSION,
        },
        "size": {"dead": int(tally.latest.number or 0) if tally else None, "injured": _count(happening, "injured"), "arrested": _count(happening, "detained")},
        "coder": "Dateline", "coded_date": happening.changed[:10], "coded_time": happening.changed[11:19],
        "comment": f"{happening.picture.finding.status}: {happening.picture.finding.reason}",
    }  # fmt: skip


def _parties(happening: Happening, own: dict[str, OwnName]) -> tuple[list[Actor], list[Actor]]:
    """The two sides; persons by name too, who act for nobody that is known: whom somebody met, arrested or killed is somebody."""
    first, others = sides_as_actors(happening, own)
    known = {a.key for a in (*first, *others)}
    doers, suffering = ([_person(s) for s in sides if s.kind == "person" and s.named and s.party == s.key] for sides in (happening.doers, happening.others))
    first += [a for a in doers if a.key not in known]
    return first, others + [a for a in suffering if a.key not in known | {d.key for d in first}]


def _person(side: Side) -> Actor:
    """A person of whom no more is known than the name."""
    return Actor(side.name, side.name, 0, "person", None, None, "UNK", organised=False, identified=True, key=side.key)


def _count(happening: Happening, measure: str) -> int | None:
    tally = next((t for t in happening.picture.figures if t.measure == measure), None)
    return int(tally.latest.number or 0) if tally else None


def _code(actor: Actor) -> str | None:
    country = country_of(actor.country)
    return country.iso3 if country is not None else _NONSTATE.get(actor.cameo or "")


def _entity(actor: Actor) -> dict[str, Any]:
    return {
        "code": _code(actor), "sector": actor.plover, "entity_text": actor.worded or actor.plain, "identifier_id": None, "identifier_text": None,
        "religion": None, "ethnicity": None, "office": None, "gender": None, "age": None,
    }  # fmt: skip


def _location(spot: Spot) -> dict[str, Any]:
    country, (region, _) = country_of(spot.country), region_of(spot)
    settled = spot.type in ("city", "town", "village")
    return {
        "extracted_place": spot.name, "resolved_place": map_name(spot) if spot.lat is not None else None, "geonameid": spot.geonames_id, "lat": spot.lat,
        "lon": spot.lon, "city": spot.name if settled else None, "district": None, "province": region, "country": country.name if country else None,
        "country_code": country.iso3 if country else None, "feature_class": None, "feature_code": None, "resolution": _RESOLUTION.get(spot.type, 1),
    }  # fmt: skip


def write_polecat(job: Job) -> None:
    """Write POLECAT's tab-separated file; what is missing is the word None, as there."""
    own, columns = own_names(job.options.actor_table), [c.name for c in layout("polecat")]
    version = {"Version": f"Dateline {VERSION}" + (f", release {job.options.release}" if job.options.release else "")}
    with job.open() as file:
        file.write("\t".join(columns) + "\n")
        for happening in job.happenings():
            coded = _coded(job, happening)
            dates = _dates(job, happening) if coded is not None else None
            if coded is None or dates is None:
                continue
            row = {**_row(happening, coded, dates, own), **version}
            file.write("\t".join(_cell(row.get(name)) for name in columns) + "\n")
            job.rows += 1


def _cell(value: Any) -> str:
    return "None" if value in (None, "") else " ".join(cell(value, "text").split())


def _row(happening: Happening, coded: tuple[str, str, int, float], dates: tuple[str, str | None], own: dict[str, OwnName]) -> dict[str, Any]:
    kind, mode, quad, score = coded
    first, others = _parties(happening, own)
    spot, paper = happening.spot, happening.papers[0]
    place = _location(spot) if spot else {}
    entities = [e for i in happening.items for e in i.entities.values()]
    return {
        "Event ID": str(happening.number()), "Event Date": dates[0], "Event Type": kind, "Event Mode": mode, "Intensity": score, "Quad Code": quad,
        **_party("Actor", first), **_party("Recipient", others), "Placename": place.get("resolved_place"), "City": place.get("city"), "District": None,
        "Province": place.get("province"), "Country": place.get("country_code"), "Latitude": place.get("lat"), "Longitude": place.get("lon"),
        "GeoNames ID": place.get("geonameid"), "Raw Placename": place.get("extracted_place"), "Feature Type": spot.type if spot else None,
        "Source": "; ".join(houses(happening)), "Publication Date": (paper.published or "")[:10],
        "Story People": _story(entities, "person"), "Story Organizations": _story(entities, "actor"), "Story Locations": _story(entities, "place"),
        "Language": paper.language,
    }  # fmt: skip


def _story(entities: list[dict[str, Any]], kind: str) -> str | None:
    names = dict.fromkeys(e["name"] for e in entities if e["kind"] == kind and any(m["form"] == "name" for m in e["mentions"]))
    return "; ".join(n.replace(";", ",") for n in names) or None


def _party(role: str, actors: list[Actor]) -> dict[str, Any]:
    """The columns of an actor or recipient: all of a side in lists, the first as the primary."""
    names = "; ".join(dict.fromkeys(a.plain for a in actors))
    countries = list(dict.fromkeys(code for a in actors if (code := _code(a))))
    cows = list(dict.fromkeys(str(c.cow) for a in actors if (c := country_of(a.country)) is not None and c.cow is not None))
    sectors = list(dict.fromkeys(a.plover for a in actors if a.plover))
    return {
        f"{role} Name": names, f"{role} Country": "; ".join(countries), f"{role} COW": "; ".join(cows),
        f"Primary {role} Sector": sectors[0] if sectors else None, f"{role} Sectors": "; ".join(sectors), f"{role} Title": None,
        f"{role} Name Raw": "; ".join(dict.fromkeys((a.worded or a.plain).replace(";", ",") for a in actors)), f"Wikipedia {role} ID": None,
    }  # fmt: skip
