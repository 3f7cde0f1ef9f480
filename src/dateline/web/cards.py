"""One card an incident: what lists, maps and time lines show of it, and by which keys it is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from dateline.export.text import bounds_words
from dateline.record.agency import house_key
from dateline.record.link import Incident, incidents
from dateline.record.names import display_name
from dateline.record.parties import held_still
from dateline.record.picture import Picture, picture_from
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.store import Record
from dateline.record.tolls import Tally

_MOST_ACTORS = 6


@dataclass(frozen=True, slots=True)
class Card:
    """An incident as lists show it (``row``), with the keys by which it is found."""

    row: Body
    actors: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    """Key and name of each outlet and agency that tells of it."""
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """An incident with the signature of all that its card rests on; while that stays the same, so does the card."""

    incident: Incident
    signature: str


def signed_incidents(record: Record) -> list[Signed]:
    """All incidents with their signatures, from a few questions to the whole record."""
    standing = standing_of_reports(record)
    return [Signed(i, _signature(i, standing)) for i in incidents(record)]


def standing_of_reports(record: Record) -> Callable[[int], object]:
    """For a report what besides its own words its events rest on: the ties that reports tell of its parties, and what people corrected."""
    ties: dict[int, int] = {}
    told: dict[str, int] = {}
    for row in record.rows("SELECT source, type, target FROM tie ORDER BY source, type, target"):
        told[row["source"]] = hash_of(told.get(row["source"], 0), row["type"], row["target"])
    for row in record.rows("SELECT DISTINCT e.report AS report, e.party AS party FROM entity e JOIN tie t ON t.source = e.party ORDER BY 1, 2"):
        ties[row["report"]] = hash_of(ties.get(row["report"], 0), row["party"], told[row["party"]])
    corrected = corrected_reports(record)
    return lambda report: (ties.get(report), corrected.get(report))


def hash_of(*parts: object) -> int:
    """A number by which the same parts are known again, in any process."""
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "big")


def corrected_reports(record: Record) -> dict[int, int]:
    """For each report that a person has said something of, the number of the latest line of the log."""
    query = "SELECT r.n AS report, max(c.n) AS n FROM correction c JOIN report r ON r.key = c.key OR r.key = c.other_key GROUP BY r.n"
    return {row["report"]: row["n"] for row in record.rows(query)}


def reviewed_values(record: Record) -> frozenset[tuple[int, str]]:
    """Report and id of each value that a person has accepted, changed or rejected."""
    rows = record.rows(
        "SELECT DISTINCT x.report AS report, x.item AS item FROM effect x JOIN correction c ON c.n = x.n AND c.verb IN ('accept', 'change', 'reject')"
        " WHERE x.item IS NOT NULL AND x.fits = 1"
    )
    return frozenset((row["report"], row["item"]) for row in rows)


def _signature(incident: Incident, standing: Callable[[int], object]) -> str:
    reports = sorted({report for report, _ in incident.events})
    return f"{hash_of(incident.id, incident.events, [standing(r) for r in reports]):016x}"


def card_of(record: Record, incident: Incident, reviewed: frozenset[tuple[int, str]]) -> Card:
    """The card of an incident; ``reviewed`` are the values that a person has judged."""
    items = load_items(record, incident.events, Question())
    return card_with(record, incident, reviewed, items, picture_from(record, incident, items))


def card_with(record: Record, incident: Incident, reviewed: frozenset[tuple[int, str]], items: Sequence[Item], picture: Picture) -> Card:
    """The card of an incident whose picture is made already."""
    actors = _actors(record, items)
    places = _places(record, items)
    row = {
        "id": incident.id, "type": picture.type, "when": picture.when, "where": where_of(items, places), "status": picture.finding.status,
        "reason": picture.finding.reason, "event_status": _event_status(items), "independent": picture.finding.independent, "reports": picture.reports,
        "confidence": max((i.body["confidence"] for i in items), default=0.0), "killed": _killed(picture),
        "actors": [{"key": key, "name": name} for key, name in actors[:_MOST_ACTORS]], "background": picture.background,
        "reviewed": not reviewed.isdisjoint(incident.events),
        "words": items[0].body["sentence"]["text"] if items else "",
    }  # fmt: skip
    countries = {f"country:{c}" for i in items if (c := _country(i)) is not None}
    sources = dict.fromkeys((house_key(name), name) for i in items for name in (i.source, i.agency) if name)
    return Card(
        row, tuple(key for key, _ in actors), tuple(sorted({*places.values(), *countries})), tuple(sources), tuple(dict.fromkeys(i.report for i in items))
    )


def _country(item: Item) -> str | None:
    where = item.body["where"]
    entity = item.entities.get(where["entity"]) if where is not None and where["entity"] is not None else None
    return entity["country"] if entity is not None else None


def _event_status(items: Sequence[Item]) -> str:
    counts = Counter("denied" if i.body["negated"] else i.body["status"] for i in items)
    return max(sorted(counts), key=lambda s: counts[s]) if counts else "possible"


def _actors(record: Record, items: Sequence[Item]) -> list[tuple[str, str]]:
    """Keys and names of those who take part, most named first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for item in items:
        rows = record.rows(
            "SELECT DISTINCT p.world AS world, p.party AS party, e.name AS name FROM participant p JOIN entity e ON e.report = p.report AND e.world = p.world"
            " WHERE p.report = :report AND p.event = :event AND e.kind IN ('actor', 'person') ORDER BY 1, 3",
            {"report": item.report, "event": item.id},
        )
        for row in rows:
            for key in dict.fromkeys((row["world"], row["party"])):
                counts[key] += 1 if key == row["world"] else 0
            names.setdefault(row["world"], row["name"])
    ordered = sorted(counts, key=lambda k: (-counts[k], k))
    named = [(k, names[k]) for k in ordered if k in names]
    return named + [(k, k) for k in ordered if k not in names]


def _places(record: Record, items: Sequence[Item]) -> dict[tuple[int, str], str]:
    """For each event the key of its place."""
    found: dict[tuple[int, str], str] = {}
    for item in items:
        rows = record.rows("SELECT place FROM event WHERE report = :report AND id = :event", {"report": item.report, "event": item.id})
        if rows and rows[0]["place"] is not None:
            found[item.report, item.id] = rows[0]["place"]
    return found


def where_of(items: Sequence[Item], places: dict[tuple[int, str], str]) -> Body | None:
    """The point that most accounts give: of those with the name most used, the one with the smallest radius."""
    named = [(i, display_name(i.entities[w["entity"]])) for i in items if (w := i.body["where"]) is not None and w["entity"] in i.entities]
    if not named:
        return None
    counts = Counter(name for _, name in named)
    best = max(sorted(counts), key=lambda n: counts[n])
    same = [i for i, name in named if name == best]
    chosen = min(same, key=lambda i: (i.body["where"]["lat"] is None, i.body["where"]["radius_km"] or 0.0))
    where = chosen.body["where"]
    return {
        "key": places.get((chosen.report, chosen.id)), "name": best, "relation": where["relation"], "country": chosen.entities[where["entity"]]["country"],
        "lat": where["lat"], "lon": where["lon"], "radius_km": where["radius_km"], "span": None,
    }  # fmt: skip


def _killed(picture: Picture) -> str | None:
    tally = next((t for t in picture.figures if t.measure == "killed"), None)
    return tally_words(tally) if tally is not None else None


def tally_words(tally: Tally) -> str:
    """The latest figure, with the range where sources differ or a source has brought its own up to date."""
    low, high, last = bounds_words(tally.lowest.body), bounds_words(tally.highest.body), bounds_words(tally.latest.body)
    if tally.kind in ("one", "same") or low == high:
        return last
    return f"{last} (from {low} to {high}, {'updated' if tally.kind == 'update' else 'sources differ'})"


def cards_of(record: Record, wanted: Sequence[Signed]) -> Iterator[tuple[Signed, Card]]:
    """The cards of these incidents, one after another."""
    reviewed = reviewed_values(record)
    with held_still(record):
        for one in wanted:
            yield one, card_of(record, one.incident, reviewed)


def plain(card: Card) -> dict[str, Any]:
    """A card as JSON."""
    return {"row": card.row, "actors": card.actors, "places": card.places, "sources": card.sources, "reports": card.reports}


def card_from(body: dict[str, Any]) -> Card:
    """The card that ``plain`` made this object from."""
    return Card(body["row"], tuple(body["actors"]), tuple(body["places"]), tuple((k, n) for k, n in body["sources"]), tuple(body["reports"]))
