"""A record beside a person's coded file: what both have, what only one has, where they differ, and why a pair is taken for one."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rapidfuzz import fuzz

from dateline.export.acled import event_types
from dateline.export.actors import OwnName, sides_as_actors
from dateline.export.coded_files import Coded, CodedFile
from dateline.export.countries import country_named, country_of
from dateline.export.days import Interval, interval_of, why_undated
from dateline.export.deaths import fatalities, killed, ucdp_deaths
from dateline.export.ucdp import is_violence, violence_of
from dateline.record.happenings import Happening
from dateline.record.rows import fold
from dateline.record.selection import Selected
from dateline.resolution.gazetteer import km
from dateline.whoswho import WhosWho

_LEAST = 0.5
"""A pair that scores less is not taken for one."""

_WITHIN = 0.8
"""An incident that scores so much with a row of another is taken for a part of that row."""

_KIN = ({"Battles", "Explosions/Remote violence"}, {"Explosions/Remote violence", "Violence against civilians"}, {"Protests", "Riots"})
"""Types of ACLED that two coders may give to one event."""


@dataclass(frozen=True, slots=True)
class Ours:
    """An incident as it is compared."""

    id: str
    first: date
    last: date
    approximate: bool
    lasts: bool
    """Whether it went on over days that are known, so that a row may stand for each."""
    place: str
    country: str
    lat: float | None
    lon: float | None
    km: float
    type: str
    sub_type: str
    names: tuple[str, ...]
    dead: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a pair differs."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the comparison."""

    verdict: str
    """matched, within (part of a row that another incident is matched with), only here, only there or not compared."""
    ours: Ours | None
    theirs: Coded | None
    incident: str | None
    score: float | None
    reason: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    ours: int
    theirs: int
    reason: str


def compare(
    selected: Selected, file: CodedFile, *, days: int = 2, around_km: float = 30.0, own: dict[str, OwnName] | None = None,
    step: Callable[[], None] = lambda: None,
) -> list[Finding]:  # fmt: skip
    """The lines of the comparison, by day: pairs are sought within so many days and kilometres beyond what both say of their precision."""
    by_day = _by_day(file.rows)
    ours: list[Ours] = []
    findings: list[Finding] = []
    pairs: list[_Pair] = []
    for happening in selected:
        step()
        made = _ours(happening, file.layout, own or {})
        if isinstance(made, str):
            findings.append(Finding("not compared", None, None, happening.id, None, made))
            continue
        ours.append(made)
        for index in sorted(_near(made, by_day, days)):
            pair = _judge(made, file.rows[index], len(ours) - 1, index, days, around_km, file.layout)
            if pair is not None:
                pairs.append(pair)
    kept = _matched(pairs, ours)
    summed: dict[int, int] = {}
    for p in kept:
        summed[p.ours] = summed.get(p.ours, 0) + (file.rows[p.theirs].best or 0)
    findings += [_match(ours[p.ours], file.rows[p.theirs], p, file.layout, summed[p.ours]) for p in kept]
    here, there = {p.ours for p in kept}, {p.theirs for p in kept}
    best_here, best_there = _best(pairs, lambda p: p.ours), _best(pairs, lambda p: p.theirs)
    findings += [_left_here(o, best_here.get(i), file) for i, o in enumerate(ours) if i not in here]
    published = _published(selected)
    findings += [
        Finding("only there", None, row, None, None, _why_there(row, best_there.get(i), published)) for i, row in enumerate(file.rows) if i not in there
    ]
    return sorted(findings, key=_order)


def _best(pairs: list[_Pair], side: Callable[[_Pair], int]) -> dict[int, _Pair]:
    found: dict[int, _Pair] = {}
    for pair in pairs:
        if side(pair) not in found or pair.score > found[side(pair)].score:
            found[side(pair)] = pair
    return found


def _order(finding: Finding) -> tuple[date, str, str]:
    day = finding.theirs.first if finding.theirs else finding.ours.first if finding.ours else date.max
    return day, finding.verdict, (finding.incident or "") + (finding.theirs.id if finding.theirs else "")


def _by_day(rows: tuple[Coded, ...]) -> dict[date, list[int]]:
    found: dict[date, list[int]] = {}
    for index, row in enumerate(rows):
        for n in range((row.last - row.first).days + 1):
            found.setdefault(row.first + timedelta(n), []).append(index)
    return found


def _ours(happening: Happening, layout: str, own: dict[str, OwnName]) -> Ours | str:
    """The incident as it is compared, or why it is not."""
    interval, spot, picture = interval_of(happening.picture.when), happening.spot, happening.picture
    first, others = sides_as_actors(happening, own)
    kind, sub = event_types(happening) if layout == "acled" else (violence_of(happening, own), "")
    if picture.finding.status in ("denied", "open"):
        return f"not asserted: {picture.finding.reason}"
    if not kind and not (layout == "ucdp" and is_violence(picture.type)):
        return f"{layout.upper()} has no type for {picture.type.replace('_', ' ')}" + (" between these sides" if layout == "ucdp" else "")
    if interval is None:
        return why_undated(happening)
    if interval.days > 366:
        return f"known only to {interval.first} to {interval.last}"
    country = country_of(spot.country) if spot else None
    if spot is None or country is None:
        return "no place with a country"
    if layout == "ucdp":
        deaths = ucdp_deaths(happening, one_sided=kind == "3")
        numbers: tuple[int | None, ...] = (deaths.best, deaths.low, deaths.high) if deaths else (None, None, None)
    else:
        dead = fatalities(happening)[0] if killed(happening) is not None else None
        numbers = (dead, dead, dead)
    reach = 400.0 if spot.type == "country" else max(spot.radius_km or 0.0, 5.0)
    return Ours(
        happening.id, interval.first, interval.last, _about(interval), interval.to_the_day and 1 < interval.days <= 31,
        spot.name, country.name, spot.lat, spot.lon, reach, kind, sub,
        tuple(a.name for a in (*first, *others)), *numbers,
    )  # fmt: skip


def _about(interval: Interval) -> bool:
    return interval.approximate and interval.precision not in ("hour", "minute")


def _near(ours: Ours, by_day: dict[date, list[int]], days: int) -> set[int]:
    slack = days + (2 if ours.approximate else 0)
    span = (ours.last - ours.first).days + 2 * slack
    return {i for n in range(span + 1) for i in by_day.get(ours.first + timedelta(n - slack), ())}


def _judge(ours: Ours, row: Coded, mine: int, theirs: int, days: int, around_km: float, layout: str) -> _Pair | None:
    """How far a pair is one, with the reasons; None where country, place or type exclude it."""
    if not _same_country(ours.country, row.country):
        return None
    place = _place(ours, row, around_km)
    kind = _kind(ours, row, layout)
    if place is None or kind is None:
        return None
    apart = max((row.first - ours.last).days, (ours.first - row.last).days, 0)
    narrow = (ours.last - ours.first).days == (row.last - row.first).days == 0
    day, day_words = (1.0, "same day") if apart == 0 and narrow else (0.7, "days overlap") if apart == 0 else (0.5 - 0.1 * apart, f"{apart} days apart")
    who = max((_alike(a, b) for a in ours.names for b in row.actors), default=0.0) / 100
    who = who if ours.names and row.actors and who > 0.6 else 0.0
    if kind[0] < 0.4 and not who:
        return None
    score = 0.3 * max(day, 0.0) + 0.3 * place[0] + 0.2 * kind[0] + 0.2 * who
    words = [day_words, place[1], kind[1], "actors alike" if who else "actors not alike"]
    return _Pair(round(score, 3), mine, theirs, "; ".join(words))


def _alike(a: str, b: str) -> float:
    """How alike two names of actors are (0 to 100); two names of one actor of the who's who ("IS", "Islamic State (Syria)") are the same."""
    one, two = _known(a), _known(b)
    # One of the two may be an abbreviation that others bear too ("ADF").
    return 100.0 if one & two and 1 in (len(one), len(two)) else fuzz.token_set_ratio(fold(a), fold(b))


@cache
def _known(name: str) -> frozenset[str]:
    return frozenset(a.key for a in _who().candidates(re.sub(r"\s*\(.*", "", name)))


@cache
def _who() -> WhosWho:
    return WhosWho.open()


def _same_country(a: str, b: str) -> bool:
    here, there = country_named(a), country_named(b)
    if here is not None and there is not None:
        return here == there
    one, two = fold(a), fold(b)
    return one == two or fuzz.token_set_ratio(one.replace(" of the ", " of "), two.replace(" of the ", " of ")) >= 95


_KINDS = re.compile(r" (town|city|village|district|province|governorate|department|area|region|neighbou?rhood)$")
"""What UCDP writes behind the name of a place: "Kunduz town"."""


def _same_place(a: str, b: str) -> bool:
    one, two = fold(a), fold(b)
    return fuzz.ratio(one, two) >= 85 or fuzz.ratio(_KINDS.sub("", one), _KINDS.sub("", two)) >= 85


def _place(ours: Ours, row: Coded, around_km: float) -> tuple[float, str] | None:
    named = _same_place(ours.place, row.place) if row.place else False
    if ours.lat is None or ours.lon is None or row.lat is None or row.lon is None or row.km is None:
        return (1.0, "same place by name") if named else (0.2, "same country; a point is missing") if row.km is None or ours.km >= 400 else None
    apart = km(ours.lat, ours.lon, row.lat, row.lon)
    if named and apart <= 100:
        return 1.0, f"same place by name, {apart:.0f} km"
    if apart > ours.km + row.km + around_km:
        return None
    return (0.9 if apart <= 10 else max(0.3, 0.8 - apart / 100)), f"{apart:.0f} km apart"


def _kind(ours: Ours, row: Coded, layout: str) -> tuple[float, str] | None:
    if layout == "ucdp":
        if not ours.type:
            return 0.4, "type of violence not known here: a side has no name"
        return (1.0, "same type of violence") if ours.type == row.type else (0.4, "other type of violence")
    if ours.type == row.type:
        return (1.0, "same sub-event type") if ours.sub_type == row.sub_type else (0.7, "same event type")
    return (0.3, "kindred event types") if any({ours.type, row.type} <= kin for kin in _KIN) else None


def _matched(pairs: list[_Pair], ours: list[Ours]) -> list[_Pair]:
    """One row for each incident, the best pair first; an incident that lasted may have a row for each of its days."""
    mine: set[int] = set()
    theirs: set[int] = set()
    kept: list[_Pair] = []
    for pair in sorted((p for p in pairs if p.score >= _LEAST), key=lambda p: (-p.score, p.ours, p.theirs)):
        if pair.theirs not in theirs and (pair.ours not in mine or ours[pair.ours].lasts):
            kept.append(pair)
            mine.add(pair.ours)
            theirs.add(pair.theirs)
    return kept


def _match(ours: Ours, row: Coded, pair: _Pair, layout: str, summed: int) -> Finding:
    """A pair with the fields in which it differs; the dead of an incident that has several rows are theirs together."""
    found = []
    if ours.last < row.first or row.last < ours.first:
        found.append(Difference("days", _span(ours.first, ours.last), _span(row.first, row.last)))
    elif (ours.first == ours.last and not ours.approximate) != (row.first == row.last):
        found.append(Difference("how near the day is known", ("about " if ours.approximate else "") + _span(ours.first, ours.last), _span(row.first, row.last)))
    if row.place and not _same_place(ours.place, row.place):
        found.append(Difference("place", ours.place, row.place))
    for name, a, b in (("type", ours.type, row.type), ("sub-event type", ours.sub_type, row.sub_type)):
        if a and a != b:
            found.append(Difference(name, a, b))
    for name in row.actors:
        if name.startswith("Unidentified"):
            continue
        if max((_alike(name, n) for n in ours.names), default=0) <= 60:
            found.append(Difference("actor", "; ".join(ours.names) or "none", name))
    if row.best is not None and (ours.dead or 0) != summed:
        found.append(Difference("fatalities" if layout == "acled" else "best", "not told" if ours.dead is None else str(ours.dead), str(row.best)))
    if layout == "ucdp" and ours.dead is not None:
        found += [Difference(n, str(a), str(b)) for n, a, b in (("low", ours.low, row.low), ("high", ours.high, row.high)) if a != b and b is not None]
    return Finding("matched", ours, row, ours.id, pair.score, pair.reason, tuple(found))


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first} to {last}"


def _left_here(ours: Ours, best: _Pair | None, file: CodedFile) -> Finding:
    """An incident that has no row of its own: part of a row that another has, or only here."""
    if best is None:
        return Finding("only here", ours, None, ours.id, None, "your file has no row near it in days, place and type")
    row = file.rows[best.theirs]
    if file.layout == "acled" and best.score >= _WITHIN and ours.type == row.type:
        return Finding("within", ours, row, ours.id, best.score, f"ACLED has one row a fight and day, and {row.id} is that of another incident: {best.reason}")
    taken = "is paired with another incident" if best.score >= _LEAST else f"is too unlike ({best.score:.2f})"
    return Finding("only here", ours, None, ours.id, None, f"the nearest row, {row.id}, {taken}: {best.reason}")


def _why_there(row: Coded, best: _Pair | None, published: list[str]) -> str:
    if best is not None:
        return f"the nearest incident is {'paired with another row' if best.score >= _LEAST else f'too unlike ({best.score:.2f})'}: {best.reason}"
    # What no report was there to tell cannot have been missed by the reader.
    at = bisect.bisect_left(published, row.first.isoformat())
    until = (row.last + timedelta(7)).isoformat()
    if at >= len(published) or published[at][:10] > until:
        return "the record has no report published from that day to a week after"
    return "the record's reports of these days tell of nothing near it in place and type"


def _published(selected: Selected) -> list[str]:
    rows = selected.record.rows("SELECT DISTINCT published FROM report WHERE current = 1 AND published IS NOT NULL ORDER BY published")
    return [r["published"] for r in rows]
