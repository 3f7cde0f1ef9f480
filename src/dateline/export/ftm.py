"""FollowTheMoney entities: an Event an incident, with the actors who are involved and the reports as documents, for OpenAleph and its kin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from dateline.export.days import interval_of
from dateline.export.job import Job
from dateline.export.labels import label_of
from dateline.export.sources import chains, houses, notes
from dateline.record.happenings import Happening, Paper, Side

Entity = dict[str, Any]

_SCHEMATA = {"person": "Person", "company": "Company", "state": "PublicBody", "government": "PublicBody", "police": "PublicBody", "military": "PublicBody"}
_NOBODY = ("civilians", "ethnic_group", "religious_group", "weapon")


def write_ftm(job: Job) -> None:
    """Write the entities as JSON Lines, each once."""
    seen: set[str] = set()
    with job.open() as file:
        for happening in job.happenings():
            involved = [s for s in happening.sides if s.named and s.kind in ("actor", "person") and s.type not in _NOBODY]
            for entity in (*map(_actor, involved), *map(_article, happening.papers), _event(happening, involved, job.options.release)):
                if entity["id"] not in seen:
                    file.write(json.dumps(entity, ensure_ascii=True, sort_keys=True) + "\n")
                    seen.add(entity["id"])
                    job.rows += 1
            for side in happening.sides:
                if side not in involved and side.kind in ("actor", "person"):
                    job.losses.coarsened(happening, "nameless side", f"“{side.name}” has no name of its own and is no entity; the summary has the words")


def _id(*parts: str) -> str:
    return "dl-" + hashlib.sha1("|".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _plain(values: Mapping[str, Sequence[str | None]]) -> dict[str, list[str]]:
    return {k: found for k, vs in values.items() if (found := list(dict.fromkeys(_clean(v) for v in vs if v)))}


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _actor(side: Side) -> Entity:
    country = side.country.lower() if side.country else None
    return {
        "id": _id("actor", side.party), "schema": _SCHEMATA.get(side.kind if side.kind == "person" else side.type, "Organization"),
        "properties": _plain({"name": [side.name], "country": [country]}),
    }  # fmt: skip


def _article(paper: Paper) -> Entity:
    return {
        "id": _id("report", str(paper.number), paper.input), "schema": "Article",
        "properties": _plain({
            "title": [paper.name], "sourceUrl": [paper.url], "publisher": [paper.outlet], "publishedAt": [(paper.published or "")[:10] or None],
            "retrievedAt": [paper.read_at[:19]],
        }),
    }  # fmt: skip


def _event(happening: Happening, involved: list[Side], release: str | None) -> Entity:
    picture, spot = happening.picture, happening.spot
    when, interval = picture.when or {"from": None, "to": None, "precision": "unknown"}, interval_of(picture.when)
    width = {"year": 4, "decade": 4, "month": 7, "season": 7}.get(when["precision"], 10)
    first, last = ((when[k] or "")[:width] or None for k in ("from", "to"))
    doers = [_id("actor", s.party) for s in involved if s in happening.doers]
    others = [_id("actor", s.party) for s in involved if s in happening.suffering]
    place = spot.name if spot else picture.where
    return {
        "id": _id("incident", happening.id), "schema": "Event",
        "properties": _plain({
            "name": [f"{label_of(picture.type).capitalize()}{f', {place}' if place else ''}"], "summary": [notes(happening)],
            "description": chains(happening), "date": [first if interval is not None and first == last else None],
            "startDate": [first if first != last else None], "endDate": [last if first != last else None], "location": [place],
            "country": [spot.country.lower() if spot and spot.country else None], "organizer": [*doers], "involved": [*others],
            "sourceUrl": [p.url for p in happening.papers], "publisher": houses(happening),
            "recordId": [f"{release}:{happening.id}" if release else happening.id],
            "retrievedAt": [happening.changed[:19]], "proof": [_id("report", str(p.number), p.input) for p in happening.papers],
        }),
    }  # fmt: skip
