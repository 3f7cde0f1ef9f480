"""ACLED's layout: 31 columns, a row for each pair of actors, place and day, by ACLED's rules of precision and rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from dateline.export.acled_fold import folded
from dateline.export.actors import CROWDS, Actor, OwnName, civilians, nameless, own_names, sides_as_actors, unidentified_forces, unidentified_group
from dateline.export.countries import Country, country_of, region_of
from dateline.export.days import Interval, acled_precision, interval_of, why_undated
from dateline.export.deaths import fatalities
from dateline.export.delimited import Table, Value, layout
from dateline.export.job import Job, Options
from dateline.export.labels import label_of
from dateline.export.losses import Losses
from dateline.export.sources import houses, joined, notes, scale_of, speakers
from dateline.lexicon import load
from dateline.record.happenings import Happening, Spot

_AT = ("at", "in", "from", "to", "on", "inside", "within", "across", "along", "through", "around", "centre")
"""Relations by which the place itself is meant; all others lie beside it."""

_TERRITORY = ("Government regains territory", "Non-state actor overtakes territory")
_TARGETED = "Civilians targeted"
_ALWAYS_CIVILIANS = ("Violence against civilians",)


@dataclass(frozen=True, slots=True)
class SubEvent:
    """A sub-event type of ACLED with its event and disorder type, its rank in the hierarchy, and whether it is written a row a day."""

    name: str
    event_type: str
    disorder: str
    rank: int
    split: bool


@dataclass(frozen=True)
class Coded:
    """A row before it is written: what decides whether two rows are one, and the cells."""

    happening: Happening
    day: date
    place: str
    sub: SubEvent
    actors: frozenset[str]
    """Keys of the two main actors that are identified."""
    exact: bool
    """Whether day and place are known exactly."""
    cells: dict[str, Value]


@cache
def sub_events() -> dict[str, SubEvent]:
    """The sub-event types by name."""
    rows = load("acled_sub_events.tsv", columns=("sub_event_type", "event_type", "disorder_type", "split"), key=("sub_event_type",))
    return {r["sub_event_type"]: SubEvent(r["sub_event_type"], r["event_type"], r["disorder_type"], i, bool(r["split"])) for i, r in enumerate(rows)}


@cache
def _ontology() -> dict[str, str]:
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    return {r["id"]: r["acled_sub"] for r in load("ontology.tsv", columns=columns, key=("id",))}


@cache
def _inter() -> dict[int, str]:
    return {int(r["inter"]): r["label"] for r in load("acled_inter.tsv", columns=("inter", "label"), key=("inter",))}


def interaction(first: int, second: int, *, numeric: bool) -> Value:
    """ACLED's joint code of two actor types, the lower number first; 0 for the second means that there is one side only."""
    low, high = sorted((first, second)) if second else (first, 0)
    if numeric:
        return low * 10 + high
    return f"{_inter()[low]}-{_inter()[high]}" if second else f"{_inter()[low]} only"


def write_acled(job: Job) -> None:
    """Write the incidents as a CSV in ACLED's layout."""
    own = own_names(job.options.actor_table)
    with job.open() as file:
        table = Table(file, layout("acled"), hxl=job.options.hxl)
        for row in folded(_coded(job, own), job.losses):
            table.write(row.cells)
            job.rows += 1


def _coded(job: Job, own: dict[str, OwnName]) -> Iterator[Coded | date]:
    """The rows as they are coded, and before those of each incident the first day on which rows may still come."""
    for happening in job.happenings():
        if (first := happening.first_day) < "9999":
            yield date.fromisoformat(first)
        yield from rows_of(happening, own, job.options, job.losses)


def rows_of(happening: Happening, own: dict[str, OwnName], options: Options, losses: Losses) -> list[Coded]:
    """The rows of an incident; none, with the reason among the losses, where ACLED would have none."""
    picture, spot = happening.picture, happening.spot
    interval = interval_of(picture.when)
    refusal = _refusal(happening, interval)
    if refusal is not None:
        losses.left_out(happening, *refusal)
        return []
    assert interval is not None
    assert spot is not None
    country, precision = country_of(spot.country), acled_precision(interval)
    assert country is not None
    assert precision is not None
    first, others = sides_as_actors(happening, own)
    sub, *rough = _sub_event(happening, first, others)
    sides, why = _sides(happening, sub, first, _people_first(others, spot.country))
    if sides is None:
        losses.left_out(happening, "no actors", why)
        return []
    if why:
        rough.append(("one side unknown", why))
    rough += [("side without a name", words) for words in nameless(a for side in sides for a in side)]
    if not houses(happening):
        rough.append(("source unknown", f"no report names its outlet: {_source(happening)} stands in the source column"))
    dead, lower = fatalities(happening)
    if lower is not None:
        rough.append(("fatalities", lower))
    if precision > 1 and not _lasts(sub, interval, dead):
        rough.append((f"time_precision {precision}", interval.words()))
    for reason, detail in rough:
        losses.coarsened(happening, reason, detail)
    cells = _cells(happening, sub, sides, country, spot, options)
    return [_row(happening, sub, sides, spot, cells, day) for day in _days(interval, precision, sub, dead)]


def _refusal(happening: Happening, interval: Interval | None) -> tuple[str, str] | None:
    """Why ACLED has no row for an incident; None where it may have one."""
    picture, spot = happening.picture, happening.spot
    if not _ontology().get(picture.type):
        return "no such type", f"ACLED has no type for a {label_of(picture.type)}"
    if picture.finding.status in ("denied", "open"):
        return "not asserted", picture.finding.reason
    if _in_disaster(happening):
        return "no violence", "those who died are told of together with a disaster, and nobody is said to have killed them"
    if interval is None:
        return "no day", why_undated(happening)
    if acled_precision(interval) is None:
        return "vaguer than a month", f"known only to {interval.first} to {interval.last}"
    if spot is None:
        return "no place", "no report says where it happened"
    if spot.type == "country":
        held = country_of(spot.country)
        return "country only", f"“{spot.name}” is known only to be in {held.name if held else 'a country'}"
    if spot.lat is None or spot.lon is None:
        return "not on the map", f"“{spot.name}” has no coordinates"
    if country_of(spot.country) is None:
        return "no country", f"the country of “{spot.name}” is not known"
    return None


_DISASTERS = ("disaster_natural", "disaster_man_made")


def _in_disaster(happening: Happening) -> bool:
    """Whether a killing by nobody is told in the sentences of a disaster ("a storm caused a crane to fall, killing 107")."""
    if happening.picture.type != "killing" or happening.doers:
        return False
    spans = [(i, i.body["sentence"]) for i in happening.items if i.body["sentence"]]
    return any(v["type"] in _DISASTERS and v["sentence"] and v["sentence"]["start"] == s["start"] for i, s in spans for v in i.sheet.of_word("events"))


def _sub_event(happening: Happening, first: list[Actor], others: list[Actor]) -> tuple[SubEvent, *tuple[tuple[str, str], ...]]:
    """The sub-event type, with the reason where it says less than the record."""
    name, clash = _ontology()[happening.picture.type], sub_events()["Armed clash"]
    fighters = [a for a in others if a.armed and a.kind in ("military", "police", "group")]
    if name == "Attack" and fighters and not any(a.inter == 7 or a.kind == "government" for a in others):
        return clash, ("fighters attacked", f"those who are hit are {fighters[0].worded or fighters[0].name} and no civilians; to ACLED it is a clash")
    if name not in _TERRITORY:
        return (sub_events()[name],)
    if happening.picture.finding.status == "contested":
        return clash, ("contested capture", f"{happening.picture.finding.reason}; without an agreed change of hands ACLED has a clash")
    if not first:
        return clash, ("captor unknown", "no report says who took the place; ACLED's types of territory need it, so it is a clash")
    return (sub_events()[_TERRITORY[0] if first[0].of_state and first[0].inter == 1 else _TERRITORY[1]],)


Sides = tuple[list[Actor], list[Actor]]


def event_types(happening: Happening) -> tuple[str, str]:
    """ACLED's event and sub-event type of an incident; both empty where it has none."""
    if not _ontology().get(happening.picture.type):
        return "", ""
    sub = _sub_event(happening, *sides_as_actors(happening, {}))[0]
    return sub.event_type, sub.name


def _sides(happening: Happening, sub: SubEvent, first: list[Actor], others: list[Actor]) -> tuple[Sides | None, str]:
    """The two sides as ACLED must have them, and what is missing of them; None where too little is known."""
    country = happening.spot.country if happening.spot else None
    nobody = unidentified_group(country)
    if sub.event_type == "Battles":
        one, two = [a for a in first if a.armed], [a for a in others if a.armed]
        if not any(a.identified for a in (*one, *two)):
            return None, "no report names either side of the fight"
        missing = "" if one and two else f"ACLED needs two sides: {nobody.name} stands for the other"
        return (one or [nobody], two or [nobody]), missing
    if sub.event_type == "Violence against civilians":
        return (first or [nobody], [a for a in others if a.inter == 7] or [civilians(country)]), ""
    if sub.event_type in ("Protests", "Riots"):
        # The crowd stands first, also where it is the one that is hit.
        crowd, force = (first, others) if any(a.kind == "crowd" for a in first) else (others, first)
        return (sorted(crowd, key=lambda a: a.kind != "crowd"), force), ""
    if sub.event_type == "Explosions/Remote violence":
        nobody = unidentified_forces() if sub.name == "Air/drone strike" else nobody
        return (first or [nobody], others), "" if first else f"no report says who did it: {nobody.name} stands for them"
    if not first and not others:
        return None, "no report names who did it"
    return (first or others, others if first else []), ""


def _people_first(side: list[Actor], country: str | None) -> list[Actor]:
    """The side as ACLED writes it: an organisation of civilians is the associate of the civilians of the country."""
    leads = bool(side) and side[0].inter == 7 and side[0].kind != "civilians"
    return [civilians(country), *(a for a in side if a.kind != "civilians")] if leads else side


def _lasts(sub: SubEvent, interval: Interval, dead: int) -> bool:
    """Whether it is written a row a day: known to the day at both ends, over several days, and a thing that goes on or has dead for the days."""
    return sub.split and interval.to_the_day and 1 < interval.days <= 31 and (sub.event_type in ("Battles", "Protests", "Riots") or dead >= interval.days)


def _days(interval: Interval, precision: int, sub: SubEvent, dead: int) -> list[tuple[date, int, int, int]]:
    """For each row its day, its precision, its share of the dead (the remainder on the first day) and its number among the days."""
    if not _lasts(sub, interval, dead):
        return [(interval.middle, precision, dead, 0)]
    share, rest = divmod(dead, interval.days)
    known = 1 if sub.event_type in ("Battles", "Protests", "Riots") else 2
    return [(interval.first + timedelta(n), known, share + (rest if n == 0 else 0), n) for n in range(interval.days)]


def geo_precision(spot: Spot) -> int:
    """ACLED's geo_precision: 1 the place itself, 2 near it or a part of a region, 3 a larger region."""
    if spot.type in ("region", "water", "mountain", "road", "border"):
        return 3
    if spot.type == "admin" or (spot.type == "area" and (spot.radius_km or 0) <= 50):
        return 2
    if spot.type == "area":
        return 3
    return 1 if spot.relation in _AT else 2


def _cells(happening: Happening, sub: SubEvent, sides: Sides, country: Country, spot: Spot, options: Options) -> dict[str, Value]:
    first, others = sides
    second = others[0] if others else None
    targeted = sub.event_type in _ALWAYS_CIVILIANS or (second is not None and second.inter == 7 and sub.event_type in ("Explosions/Remote violence", "Riots"))
    targeted = targeted or sub.name == "Excessive force against protesters"
    number = options.numeric_inter
    size = _size(happening) if happening.picture.type in CROWDS else None
    tags = [f"crowd size={size}"] if size else []
    tags += ["sexual violence"] if happening.picture.type == "sexual_violence" else []
    tags += [f"release={options.release}"] if options.release else []
    return {
        "disorder_type": sub.disorder, "event_type": sub.event_type, "sub_event_type": sub.name,
        "actor1": first[0].name, "assoc_actor_1": joined(a.name for a in first[1:]) or None, "inter1": _label(first[0].inter, numeric=number),
        "actor2": second.name if second else None, "assoc_actor_2": joined(a.name for a in others[1:]) or None,
        "inter2": _label(second.inter, numeric=number) if second else (0 if number else None),
        "interaction": interaction(first[0].inter, second.inter if second else 0, numeric=number),
        "civilian_targeting": _TARGETED if targeted else None,
        "iso": country.numeric, "region": country.acled_region, "country": country.name,
        "admin1": region_of(spot)[0], "admin2": None, "admin3": None, "location": spot.name,
        "latitude": round(spot.lat or 0.0, 4), "longitude": round(spot.lon or 0.0, 4), "geo_precision": geo_precision(spot),
        "source": _source(happening), "source_scale": scale_of(happening),
        "notes": notes(happening) + (f" [size={size}]" if size else ""), "tags": joined(tags) or None,
        "timestamp": int(datetime.fromisoformat(happening.changed.replace("Z", "+00:00")).astimezone(UTC).timestamp()),
    }  # fmt: skip


def _source(happening: Happening) -> str:
    """The outlets; where no report names its own, those whom it cites, by ACLED's words for what cannot be named where there are none."""
    return joined(houses(happening) or speakers(happening)) or "Undisclosed Source"


def _label(inter: int, *, numeric: bool) -> Value:
    return inter if numeric else _inter()[inter]


def _size(happening: Happening) -> str:
    """How many came, in the words of a report, else "no report"."""
    tally = next((t for t in happening.picture.figures if t.measure in ("other", "affected")), None)
    return str(tally.latest.body["span"]["text"]) if tally is not None else "no report"


def _row(happening: Happening, sub: SubEvent, sides: Sides, spot: Spot, cells: dict[str, Value], day: tuple[date, int, int, int]) -> Coded:
    country = country_of(spot.country)
    when, precision, dead, number = day
    known = frozenset(a.key for side in sides for a in side[:1] if a.identified)
    own: dict[str, Value] = {
        "event_id_cnty": f"{country.iso3 if country else 'XXX'}{happening.number()}{number:02d}", "event_date": when.isoformat(), "year": when.year,
        "time_precision": precision, "fatalities": dead,
    }  # fmt: skip
    exact = precision == 1 and cells["geo_precision"] == 1
    return Coded(happening, when, spot.key, sub, known, exact, {**own, **cells})
