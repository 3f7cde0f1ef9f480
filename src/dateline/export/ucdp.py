"""UCDP GED's layout: 49 columns, a row for each incident with an organised side and at least one death at a known place and time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor

from dateline.export.actors import Actor, OwnName, nameless, own_names, sides_as_actors
from dateline.export.countries import Country, country_of, map_name, region_of
from dateline.export.days import Interval, interval_of, ucdp_precision, why_undated
from dateline.export.deaths import Deaths, ucdp_deaths
from dateline.export.delimited import Table, Value, layout
from dateline.export.job import Job, Options
from dateline.export.losses import Losses
from dateline.export.sources import houses, joined, speakers
from dateline.lexicon import load
from dateline.record.happenings import Happening, Spot

_NEAR = ("at", "in", "on", "inside", "within", "from", "to", "centre")


@dataclass(frozen=True, slots=True)
class Dyad:
    """The two sides as UCDP has them: in state-based violence a government first, in one-sided violence the perpetrator."""

    violence: int
    a: Actor
    b: Actor | None
    turned: bool
    """Whether side A is the one to whom it was done."""

    @property
    def names(self) -> tuple[str, str]:
        """The names of both sides; all organs of a state are its government."""
        return _name(self.a), "Civilians" if self.violence == 3 or self.b is None else _name(self.b)


@cache
def _violence() -> dict[str, str]:
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    return {r["id"]: r["ucdp"] for r in load("ontology.tsv", columns=columns, key=("id",))}


def write_ucdp(job: Job) -> None:
    """Write the incidents as a CSV in UCDP GED's layout."""
    own = own_names(job.options.actor_table)
    with job.open() as file:
        table = Table(file, layout("ucdp"), hxl=job.options.hxl)
        for happening in job.happenings():
            row = row_of(happening, own, job.options, job.losses)
            if row is not None:
                table.write(row)
                job.rows += 1


def row_of(happening: Happening, own: dict[str, OwnName], options: Options, losses: Losses) -> dict[str, Value] | None:
    """The row of an incident; None, with the reason among the losses, where UCDP would have none."""
    spot, interval = happening.spot, interval_of(happening.picture.when)
    dyad = _dyad(happening, own)
    refusal = _refusal(happening, interval, dyad)
    deaths = ucdp_deaths(happening, one_sided=dyad is not None and dyad.violence == 3) if refusal is None else None
    if refusal is None and deaths is None and not options.without_deaths:
        refusal = ("no death", "no report counts a death; UCDP has rows only for events with one at least")
    if refusal is not None:
        losses.left_out(happening, *refusal)
        return None
    assert spot is not None
    assert interval is not None
    assert dyad is not None
    precision = ucdp_precision(interval)
    if precision > 1:
        losses.coarsened(happening, f"date_prec {precision}", f"known from {interval.first} to {interval.last}")
    for words in nameless(a for a in (dyad.a, dyad.b) if a is not None):
        losses.coarsened(happening, "side without a name", words)
    country = country_of(spot.country)
    assert country is not None
    where = where_precision(spot)
    clear = precision == 1 and where <= 2 and happening.picture.finding.status not in ("contested", "claimed") and deaths is not None
    clear = clear and all(a is None or a.identified for a in (dyad.a, dyad.b))
    return {
        **_identity(happening, dyad, deaths, interval, options.release), **_sources(happening), **_place(spot, country, where), **_numbers(dyad, deaths),
        "event_clarity": 1 if clear else 2, "date_prec": precision,
        "date_start": f"{interval.first} 00:00:00.000", "date_end": f"{interval.last} 00:00:00.000",
    }  # fmt: skip


def _refusal(happening: Happening, interval: Interval | None, dyad: Dyad | None) -> tuple[str, str] | None:
    spot, finding = happening.spot, happening.picture.finding
    if not is_violence(happening.picture.type):
        return "no violence", f"{happening.picture.type.replace('_', ' ')} is no use of armed force"
    if finding.status in ("denied", "open"):
        return "not asserted", finding.reason
    if interval is None:
        return "no day", why_undated(happening)
    if spot is None:
        return "no place", "no report says where it happened"
    if spot.lat is None or spot.lon is None:
        return "not on the map", f"“{spot.name}” has no coordinates"
    if country_of(spot.country) is None:
        return "no country", f"the country of “{spot.name}” is not known"
    if dyad is None:
        return "no organised actor", "no report names an organised side, and UCDP has no row without one"
    return None


def _dyad(happening: Happening, own: dict[str, OwnName]) -> Dyad | None:
    first, others = sides_as_actors(happening, own)
    doers = [a for a in first if a.organised and a.identified]
    against = [a for a in others if a.organised and a.identified]
    kind = _violence().get(happening.picture.type)
    if doers and not against and (kind == "3" or any(a.kind == "civilians" for a in others)):
        return Dyad(3, doers[0], None, turned=False)
    # One side must be known; of the other it is enough that it is armed.
    doers, against = doers or [a for a in first if a.armed and against], against or [a for a in others if a.armed and doers]
    if not doers or not against:
        return None
    a, b = doers[0], against[0]
    turned = b.of_state and not a.of_state
    return Dyad(1 if a.of_state or b.of_state else 2, b if turned else a, a if turned else b, turned=turned)


def is_violence(kind: str) -> bool:
    """Whether a type of event is a use of armed force, between whomever."""
    return bool(_violence().get(kind)) or kind in ("killing", "wounding")


def violence_of(happening: Happening, own: dict[str, OwnName]) -> str:
    """UCDP's type of violence of an incident; empty where it has none."""
    dyad = _dyad(happening, own) if is_violence(happening.picture.type) else None
    return str(dyad.violence) if dyad is not None else ""


def _name(actor: Actor) -> str:
    country = country_of(actor.country)
    return f"Government of {country.name}" if actor.of_state and country is not None else actor.plain


def _identity(happening: Happening, dyad: Dyad, deaths: Deaths | None, interval: Interval, release: str | None) -> dict[str, Value]:
    one, two = dyad.names
    status = "; ".join(x for x in ("Machine-read", None if deaths is not None else "no deaths", f"release {release}" if release else None) if x)
    return {
        "id": happening.number(), "relid": None, "year": interval.first.year, "active_year": None,
        "code_status": status, "type_of_violence": dyad.violence,
        "conflict_dset_id": None, "conflict_new_id": None, "conflict_name": None, "dyad_dset_id": None, "dyad_new_id": None,
        "dyad_name": f"{one} - {two}", "side_a_dset_id": None, "side_a_new_id": None, "side_a": one, "side_b_dset_id": None, "side_b_new_id": None,
        "side_b": two, "gwnoa": _state(dyad.a), "gwnob": _state(dyad.b),
    }  # fmt: skip


def _state(actor: Actor | None) -> int | None:
    country = country_of(actor.country) if actor is not None and actor.of_state else None
    return country.gw if country is not None else None


def _sources(happening: Happening) -> dict[str, Value]:
    articles = [
        '"' + ",".join(x.replace('"', "'") for x in (p.outlet or "unnamed outlet", (p.published or "undated")[:10], p.name)) + '"' for p in happening.papers
    ]
    return {
        "number_of_sources": len(happening.papers), "source_article": ";".join(articles), "source_office": joined(houses(happening)) or None,
        "source_date": joined((p.published or "")[:10] or None for p in happening.papers) or None,
        "source_headline": joined(p.title for p in happening.papers) or None, "source_original": joined(speakers(happening)) or None,
    }  # fmt: skip


def where_precision(spot: Spot) -> int:
    """UCDP's where_prec: 1 the place, 2 around it, 3 second-level region, 4 first-level region, 5 larger or linear, 6 country, 7 sea."""
    if spot.type == "country":
        return 6
    if spot.type == "region":
        return 4
    if spot.type == "admin":
        return 3
    if spot.type in ("border", "road", "mountain", "area") or spot.relation == "between":
        return 5
    if spot.type == "water":
        return 5 if spot.country else 7
    return 1 if spot.relation in _NEAR else 2


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (half a degree) that a point lies in."""
    return floor((lat + 90) * 2) * 720 + floor((lon + 180) * 2) + 1


def _place(spot: Spot, country: Country, where: int) -> dict[str, Value]:
    lat, lon = round(spot.lat or 0.0, 6), round(spot.lon or 0.0, 6)
    region, _ = region_of(spot)
    around = "" if spot.relation in _NEAR else f"{spot.relation.replace('_', ' ')} "
    within = f", within {spot.radius_km:g} km" if spot.radius_km else ""
    return {
        "where_prec": where, "where_coordinates": map_name(spot), "where_description": f"{around}{spot.name}{within}", "adm_1": region, "adm_2": None,
        "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})", "priogrid_gid": priogrid(lat, lon), "country": country.name,
        "country_id": country.gw, "region": country.ucdp_region,
    }  # fmt: skip


def _numbers(dyad: Dyad, deaths: Deaths | None) -> dict[str, Value]:
    if deaths is None:
        return dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"), 0)
    a, b = (deaths.b, deaths.a) if dyad.turned else (deaths.a, deaths.b)
    return {
        "deaths_a": a, "deaths_b": b, "deaths_civilians": deaths.civilians, "deaths_unknown": deaths.unknown, "best": deaths.best, "high": deaths.high,
        "low": deaths.low,
    }  # fmt: skip
