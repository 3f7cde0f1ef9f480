"""GDELT 2.0's event and mention files: tab-separated, without a header, one event an incident and one mention a telling of it."""

from __future__ import annotations

import re
from functools import cache

from dateline.export.actors import Actor, nameless, own_names, sides_as_actors
from dateline.export.countries import country_of, map_name, region_of
from dateline.export.days import interval_of, why_no_interval
from dateline.export.delimited import Value, layout, tab_line
from dateline.export.job import Job
from dateline.export.sources import houses
from dateline.lexicon import load
from dateline.record.happenings import Happening, Paper, Spot
from dateline.record.questions import Item

_BREAK = re.compile(r"\n+|(?<=[.!?”\"])\s+(?=[\"“A-Z])")


@cache
def _codes() -> dict[str, str]:
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    return {r["id"]: r["cameo"] for r in load("ontology.tsv", columns=columns, key=("id",))}


@cache
def _scale() -> dict[str, float]:
    return {r["code"]: float(r["goldstein"]) for r in load("cameo_scale.tsv", columns=("code", "goldstein"), key=("code",))}


@cache
def _groups() -> dict[str, str]:
    return {r["key"]: r["code"] for r in load("gdelt_groups.tsv", columns=("key", "code"), key=("key",))}


def quad_class(code: str) -> int:
    """GDELT's class of a CAMEO code: 1 and 2 cooperation in words and deeds, 3 and 4 conflict."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def write_events(job: Job) -> None:
    """Write the incidents as a GDELT 2.0 event file."""
    columns = [c.name for c in layout("gdelt-events")]
    with job.open() as file:
        for happening in job.happenings():
            row = event_of(job, happening)
            if row is not None:
                file.write(tab_line(row[name] for name in columns))
                job.rows += 1


def write_mentions(job: Job) -> None:
    """Write each report's telling of the incidents as a GDELT 2.0 mention file."""
    columns = [c.name for c in layout("gdelt-mentions")]
    with job.open() as file:
        for happening in job.happenings():
            if _refused(job, happening):
                continue
            papers = {p.number: p for p in happening.papers}
            for item in happening.items:
                row = _mention(happening, item, papers[item.report])
                file.write(tab_line(row[name] for name in columns))
                job.rows += 1


def _refused(job: Job, happening: Happening) -> bool:
    if not _codes().get(happening.picture.type):
        job.losses.left_out(happening, "no such code", f"CAMEO has no code for {happening.picture.type.replace('_', ' ')}")
        return True
    if happening.picture.finding.status in ("denied", "open"):
        job.losses.left_out(happening, "not asserted", happening.picture.finding.reason)
        return True
    if _day(happening) is None:
        job.losses.left_out(happening, "no day", "neither the incident nor any report of it has a day")
        return True
    return False


def _day(happening: Happening) -> str | None:
    interval = interval_of(happening.picture.when)
    if interval is not None:
        return interval.middle.isoformat()
    return next((p.published[:10] for p in happening.papers if p.published), None)


def event_of(job: Job, happening: Happening) -> dict[str, Value] | None:
    """The event row of an incident; None, with the reason among the losses, where GDELT has none."""
    if _refused(job, happening):
        return None
    day, interval, picture = _day(happening) or "", interval_of(happening.picture.when), happening.picture
    if interval is None:
        job.losses.coarsened(happening, "dated by its report", f"{why_no_interval(picture.when)}; as in GDELT the day of publication, {day}, stands for it")
    elif interval.days > 1:
        job.losses.coarsened(happening, "one day for several", interval.words())
    code = _codes()[picture.type]
    first, others = sides_as_actors(happening, own_names(job.options.actor_table))
    for words in nameless((*first[:1], *others[:1])):
        job.losses.coarsened(happening, "side without a name", words)
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
    row: dict[str, Value] = {
        "GLOBALEVENTID": happening.number(), "SQLDATE": int(day.replace("-", "")), "MonthYear": int(day[:4] + day[5:7]), "Year": year,
        "FractionDate": round(year + (month * 30 + number) / 365, 4), **_actor("Actor1", first), **_actor("Actor2", others),
        "IsRootEvent": int(any(_is_lead(i) for i in happening.items)), "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2],
        "QuadClass": quad_class(code), "GoldsteinScale": _scale().get(code), "NumMentions": len(happening.items),
        "NumSources": max(1, len(houses(happening))), "NumArticles": picture.reports, "AvgTone": None,
        **_geo("Actor1Geo", None), **_geo("Actor2Geo", None), **_geo("ActionGeo", happening.spot),
        "DATEADDED": _moment(happening.changed), "SOURCEURL": _address(happening.papers[0]),
    }  # fmt: skip
    return row


def _actor(prefix: str, actors: list[Actor]) -> dict[str, Value]:
    """The ten columns of an actor: the first of its side, the further ones' roles as second and third type."""
    names = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
    cells: dict[str, Value] = dict.fromkeys((prefix + n for n in names), None)
    if not actors:
        return cells
    actor = actors[0]
    country = country_of(actor.country)
    state = country.cameo if country is not None else None
    group = _groups().get(actor.key.removeprefix("actor:"))
    role = actor.cameo
    cells[prefix + "Code"] = f"{state or ''}{role or ''}{group or ''}" or None
    cells[prefix + "Name"] = actor.plain.upper()
    cells[prefix + "CountryCode"], cells[prefix + "KnownGroupCode"], cells[prefix + "Type1Code"] = state, group, role
    further = [a.cameo for a in actors[1:] if a.cameo and a.cameo != role]
    for name, code in zip(("Type2Code", "Type3Code"), dict.fromkeys(further), strict=False):
        cells[prefix + name] = code
    return cells


def _geo(prefix: str, spot: Spot | None) -> dict[str, Value]:
    names = ("_Type", "_FullName", "_CountryCode", "_ADM1Code", "_ADM2Code", "_Lat", "_Long", "_FeatureID")
    cells: dict[str, Value] = dict.fromkeys((prefix + n for n in names), None)
    if spot is None or spot.lat is None and spot.country is None:
        return cells
    country, (region, code) = country_of(spot.country), region_of(spot)
    fips = country.fips if country is not None else None
    name = map_name(spot)
    parts = [name, region if region != name else None, country.name if country is not None and country.name != name else None]
    cells.update({
        prefix + "_Type": geo_type(spot), prefix + "_FullName": ", ".join(p for p in parts if p), prefix + "_CountryCode": fips,
        prefix + "_ADM1Code": f"{fips}{code}" if fips and code else fips, prefix + "_Lat": spot.lat, prefix + "_Long": spot.lon,
    })  # fmt: skip
    return cells


def geo_type(spot: Spot) -> int:
    """GDELT's Geo_Type: 1 country, 2 and 5 first-level region (of the United States, elsewhere), 3 and 4 city (likewise)."""
    if spot.type in ("city", "town", "village", "neighbourhood", "facility", "admin"):
        return 3 if spot.country == "US" else 4
    if spot.type == "region":
        return 2 if spot.country == "US" else 5
    return 1


def _is_lead(item: Item) -> bool:
    """Whether the event stands in the headline or the first paragraph: the first two lines of text, or three with a byline."""
    lines = [m.start() for m in re.finditer(r"[^\n]+", item.text)]
    start: int = item.body["sentence"]["start"]
    return len(lines) < 3 or start < lines[2]


def _moment(iso: str | None) -> int | None:
    digits = re.sub(r"\D", "", iso or "")
    return int((digits + "000000")[:14]) if len(digits) >= 8 else None


def _address(paper: Paper) -> str:
    return paper.url or ", ".join(p for p in (paper.outlet, (paper.published or "")[:10], paper.name) if p)


def _mention(happening: Happening, item: Item, paper: Paper) -> dict[str, Value]:
    spans = {role: [p["span"]["start"] for p in item.body["participants"] if p["role"] in roles] for role, roles in
             (("doer", ("agent", "supporter")), ("other", ("target", "victim")))}  # fmt: skip
    start: int = item.body["trigger"]["start"]
    return {
        "GLOBALEVENTID": happening.number(), "EventTimeDate": _moment(happening.changed), "MentionTimeDate": _moment(paper.published or paper.read_at),
        "MentionType": 1 if paper.url else 2, "MentionSourceName": paper.outlet or "unnamed outlet", "MentionIdentifier": _address(paper),
        "SentenceID": 1 + sum(1 for m in _BREAK.finditer(item.text, 0, start) if m.end() <= start),
        "Actor1CharOffset": min(spans["doer"], default=-1), "Actor2CharOffset": min(spans["other"], default=-1), "ActionCharOffset": start, "InRawText": 1,
        "Confidence": min(100, max(10, round(item.body["confidence"] * 10) * 10)), "MentionDocLen": len(item.text), "MentionDocTone": None,
        "MentionDocTranslationInfo": None, "Extras": None,
    }  # fmt: skip
