"""Rows like IDMC's Internal Displacement Updates: one for each figure of people displaced within a country, by whom it was said first."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dateline.export.countries import Country, country_of
from dateline.export.days import interval_of
from dateline.export.deaths import lowest, vague_word
from dateline.export.delimited import Table, Value, layout
from dateline.export.job import Job
from dateline.export.text import when_words
from dateline.record.questions import Body, Item, Question, chain_of, load_items

_CROSSING = ("refugees",)
_HOUSEHOLDS = ("families", "family", "households", "household", "homes", "houses")
"""Units of which each is of more people than one."""
_NATURAL = ("disaster_natural",)
_VIOLENT = ("armed_clash offensive_launched territory_captured territory_recaptured air_strike drone_strike shelling missile_attack bombing siege killing"
            " wounding attack_on_civilians massacre suicide_bombing").split()  # fmt: skip


def write_idmc(job: Job) -> None:
    """Write the figures of displacement as a CSV in the order of IDMC's columns on HDX."""
    told: dict[tuple[object, ...], str] = {}
    with job.open() as file:
        table = Table(file, layout("idmc"), hxl=job.options.hxl)
        for number in job.reports():
            for item in _figures(job, number):
                row = _row(job, item, told)
                if row is not None:
                    table.write(row)
                    job.rows += 1


def _figures(job: Job, number: int) -> Iterator[Item]:
    rows = job.record.rows("SELECT id, measure FROM figure WHERE report = :n ORDER BY length(id), id", {"n": number})
    for row in rows:
        if row["measure"] in _CROSSING:
            job.losses.note(f"{number}/{row['id']}", "left out", "refugees", "people who left the country are no internal displacement")
    yield from load_items(job.record, [(number, r["id"]) for r in rows if r["measure"] == "displaced"], Question())


def _row(job: Job, item: Item, told: dict[tuple[object, ...], str]) -> dict[str, Value] | None:
    body, name = item.body, item.handle
    number = next((body[k] for k in ("best", "low", "high") if body[k] is not None), None)
    if number is None:
        job.losses.note(name, "left out", "no number", f"“{body['span']['text']}” is a share or no number")
        return None
    place = _place(job, item)
    country = country_of(place["country"]) if place else None
    if place is None or country is None:
        job.losses.note(name, "left out", "no country", f"no report says where “{body['span']['text']}” were displaced")
        return None
    homes = body["unit"] in _HOUSEHOLDS
    if homes and body["best"] is None and body["low"] is None:
        job.losses.note(name, "left out", "households", f"“{body['span']['text']}” counts {body['unit']}, and says only how many at most")
        return None
    chain = chain_of(item)
    key = (number, country.code, (chain.worlds or (None,))[-1] or chain.agency or chain.outlet, (body["when"] or {}).get("from"))
    if key in told:
        job.losses.note(name, "folded", "told again", f"the same figure of the same source as {told[key]}")
        return None
    told[key] = name
    if homes:
        job.losses.note(name, "coarsened", "households", f"“{body['span']['text']}” counts {body['unit']}; the row says that there are more people than that")
    return {**_figure(body), **({"qualifier": "more than"} if homes else {}), **_where(place, country), **_days(job, item), **_about(job, item)}


def _place(job: Job, item: Item) -> Body | None:
    """The place of the figure, else of its event, else the only country that the report's places lie in."""
    found = [item.body["where"]]
    if item.body["event"]:
        rows = job.record.rows("SELECT body FROM item WHERE report = :n AND id = :i", {"n": item.report, "i": item.body["event"]})
        found += [json.loads(r["body"])["where"] for r in rows]
    for where in found:
        if where is not None and where["entity"] in item.entities and item.entities[where["entity"]]["country"]:
            entity = item.entities[where["entity"]]
            if where["relation"] == "to":
                job.losses.note(item.handle, "coarsened", "destination", f"“{where['span']['text']}” is where they went; no report says from where")
            lat, lon = (where["lat"], where["lon"]) if where["lat"] is not None else (entity["lat"], entity["lon"])
            return {
                "name": item.name(where["entity"]),
                "country": entity["country"],
                "lat": lat,
                "lon": lon,
            }
    countries = {e["country"] for e in item.entities.values() if e["kind"] == "place" and e["country"]}
    if len(countries) == 1:
        job.losses.note(item.handle, "coarsened", "country of the report", "the figure has no place; the only country that the report names stands for it")
        return {"name": None, "country": countries.pop(), "lat": None, "lon": None}
    return None


def _figure(body: Body) -> dict[str, Value]:
    """The number with its qualifier: "more than 300,000" is 300000 and "more than"."""
    low, best, high = body["low"], body["best"], body["high"]
    if best is not None:
        return {"qualifier": "approximately" if body["approximate"] else "total", "figure": int(best)}
    if low is not None:
        number = lowest(body) if vague_word(body) is None else int(low)
        return {"qualifier": "between" if high is not None else "more than" if number < low else "at least", "figure": number}
    return {"qualifier": "up to", "figure": int(high)}


def _where(place: Body, country: Country) -> dict[str, Value]:
    lat, lon = place["lat"], place["lon"]
    return {
        "country": country.name, "iso3": country.iso3, "latitude": lat, "longitude": lon, "centroid": f"[{lat}, {lon}]" if lat is not None else None,
    }  # fmt: skip


def _days(job: Job, item: Item) -> dict[str, Value]:
    when = item.body["when"]
    interval = interval_of(when)
    published = (item.published or "")[:10] or None
    if interval is not None:
        first, last = interval.first.isoformat(), interval.last.isoformat()
    elif when is not None and when["from"]:
        first, last = when["from"][:10], published or when["from"][:10]
        job.losses.note(item.handle, "coarsened", "open end", f"{when_words(when)}; the day of publication ends it")
    else:
        first = last = published or ""
        job.losses.note(item.handle, "coarsened", "dated by its report", "no day is told; the day of publication stands for it")
    moment = {k: f"{d}T00:00:00" if d else None for k, d in (("displacement_start_date", first), ("displacement_end_date", last))}
    return {"displacement_date": moment["displacement_end_date"], **moment, "year": int(last[:4]) if last else None}


def _about(job: Job, item: Item) -> dict[str, Value]:
    types = {r["type"] for r in job.record.rows("SELECT DISTINCT type FROM event WHERE report = :n", {"n": item.report})}
    kind = "Disaster" if types & set(_NATURAL) and not types & set(_VIOLENT) else "Conflict" if types & set(_VIOLENT) else "Other"
    row = job.record.rows("SELECT url, read_at FROM report WHERE n = :n", {"n": item.report})[0]
    digits = "".join(c for c in item.id if c.isdigit())
    return {
        "id": item.report * 1000 + int(digits or 0), "displacement_type": kind, "event_name": None, "event_start_date": None, "event_end_date": None,
        "category": None, "subcategory": None, "type": None, "subtype": None, "old_id": None, "created_at": row["read_at"],
        "description": f"{item.around().removeprefix('•').strip()} ({chain_of(item)})", "link": row["url"], "combined_type": kind,
    }  # fmt: skip
