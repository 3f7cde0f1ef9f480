"""The record's own words as tables: a table a word, typed and documented columns (``data/words.tsv``), a report at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from dateline.export.delimited import Column, Value
from dateline.export.job import Job
from dateline.lexicon import load
from dateline.record.happenings import Happening
from dateline.record.names import display_name
from dateline.record.questions import Item, Question, chain_of, load_items
from dateline.record.store import Record

Body = dict[str, Any]
Row = dict[str, Value]

_COLUMNS = ("table", "column", "type", "hxl", "meaning")


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """The columns of each table."""
    found: dict[str, tuple[Column, ...]] = {}
    for r in load("words.tsv", columns=_COLUMNS, key=("table", "column")):
        found[r["table"]] = (*found.get(r["table"], ()), Column(r["column"], r["type"], r["hxl"]))
    return found


@cache
def meanings() -> dict[tuple[str, str], str]:
    """What each column holds."""
    return {(r["table"], r["column"]): r["meaning"] for r in load("words.tsv", columns=_COLUMNS, key=("table", "column"))}


def rows_of(job: Job) -> Iterator[tuple[str, Row]]:
    """Every row with its table: first the incidents and their accounts, then the reports with all that was read from them."""
    for happening in job.happenings():
        yield "incidents", _incident(happening, job.options.release)
        for account in happening.picture.finding.accounts:
            yield (
                "accounts",
                {
                    "incident": happening.id, "report": account.report, "id": account.id, "chain": str(account.chain), "voice": account.voice_name,
                    "stance": account.stance, "interested": account.interested, "published": account.published, "words": account.words,
                },
            )  # fmt: skip
    for number in job.reports():
        yield from _report(job.record, number)
    if job.selected.selection.everything:
        yield from _judgements(job.record)


def _incident(happening: Happening, release: str | None) -> Row:
    picture, spot = happening.picture, happening.spot
    killed = next((t for t in picture.figures if t.measure == "killed"), None)
    numbers = (killed.lowest.number, killed.latest.number, killed.highest.number) if killed else (None, None, None)
    return {
        "incident": happening.id, "type": picture.type, "status": picture.finding.status, "reason": picture.finding.reason,
        "independent": picture.finding.independent, "reports": picture.reports, "background": picture.background, **_when(picture.when),
        "place": spot.name if spot else picture.where or None, "place_key": spot.key if spot else None, "place_relation": spot.relation if spot else None,
        "country": spot.country if spot else None, "lat": spot.lat if spot else None, "lon": spot.lon if spot else None,
        "radius_km": spot.radius_km if spot else None, "doers": _list(s.name for s in happening.doers), "others": _list(s.name for s in happening.others),
        **{k: None if n is None else int(n) for k, n in zip(("killed_low", "killed_latest", "killed_high"), numbers, strict=True)}, "release": release,
    }  # fmt: skip


def _when(when: Body | None) -> Row:
    when = when or {"from": None, "to": None, "precision": None, "approximate": None}
    return {k: when[k] for k in ("from", "to", "precision", "approximate")}


def _list(values: Any) -> str | None:
    return "; ".join(str(v).replace(";", ",") for v in values) or None


def _span(span: Body | None) -> Row:
    return {"words": span["text"] if span else None, "start": span["start"] if span else None, "end": span["end"] if span else None}


def _judgements(record: Record) -> Iterator[tuple[str, Row]]:
    last = 0
    while rows := record.rows("SELECT * FROM judgement WHERE n > :last ORDER BY n LIMIT 1000", {"last": last}):
        for r in rows:
            yield (
                "judgements",
                {
                    "n": r["n"], "a": f"{r['a_report']}/{r['a_event']}", "b": f"{r['b_report']}/{r['b_event']}", "verdict": r["verdict"],
                    "score": r["score"], "reason": r["reason"], "judge": r["judge"], "at": r["at"],
                },
            )  # fmt: skip
        last = rows[-1]["n"]


class _Keys:
    """What the entities of a report are across reports, and which incident its events are joined to."""

    def __init__(self, record: Record, number: int) -> None:
        rows = record.rows("SELECT id, world, party FROM entity WHERE report = :n", {"n": number})
        self.world = {r["id"]: r["world"] for r in rows}
        self.party = {r["id"]: r["party"] for r in rows}
        members = record.rows("SELECT event, incident FROM member WHERE report = :n", {"n": number})
        self.incident = {r["event"]: r["incident"] for r in members}


def _report(record: Record, number: int) -> Iterator[tuple[str, Row]]:
    head = record.rows("SELECT * FROM report WHERE n = :n", {"n": number})[0]
    body = json.loads(head["body"])
    yield (
        "reports",
        {
            "report": number, "id": body["id"], **{k: head[k] for k in ("source", "agency", "url", "title", "language", "published")},
            "published_basis": body["published"]["basis"], **{k: head[k] for k in ("read_at", "reader", "digest")}, "text": body["text"],
        },
    )  # fmt: skip
    keys = _Keys(record, number)
    rows = record.rows("SELECT id FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": number})
    for item in load_items(record, [(number, r["id"]) for r in rows], Question()):
        for table, row in _ROWS[item.word](item, keys):
            yield table, {"report": number, **row}


Rows = list[tuple[str, Row]]


def _entity(item: Item, keys: _Keys) -> Rows:
    b = item.body
    row: Row = {
        "id": item.id, "key": keys.world.get(item.id), "party": keys.party.get(item.id), **{k: b[k] for k in ("kind", "type", "name", "known_as", "country")},
        **{k: b[k] for k in ("lat", "lon", "geonames_id")}, "mentions": len(b["mentions"]), "aliases": _list(b["aliases"]),
    }  # fmt: skip
    return [("entities", row), *(("mentions", {"entity": item.id, "form": m["form"], **_span(m)}) for m in b["mentions"])]


def _name(item: Item, entity: str | None) -> str | None:
    return display_name(item.entities[entity]) if entity is not None and entity in item.entities else None


def _place(item: Item, keys: _Keys) -> Row:
    where = item.body.get("where")
    if where is None:
        return dict.fromkeys(("place", "place_key", "place_relation", "country", "lat", "lon", "radius_km"))
    entity = item.entities.get(where["entity"] or "")
    return {
        "place": _name(item, where["entity"]), "place_key": keys.world.get(where["entity"] or ""), "place_relation": where["relation"],
        "country": entity["country"] if entity else None, **{k: where[k] for k in ("lat", "lon", "radius_km")},
    }  # fmt: skip


def _told(item: Item) -> Row:
    return {"according_to": _list(item.body["according_to"]), "chain": str(chain_of(item)), "confidence": item.body.get("confidence")}


def _statement(item: Item, _: _Keys) -> Rows:
    b = item.body
    content = [c for c in b["content"] if c]
    whole = {"text": " … ".join(c["text"] for c in content), "start": content[0]["start"], "end": content[-1]["end"]} if content else None
    row: Row = {
        "id": item.id, "speaker": b["speaker"], "speaker_name": _name(item, b["speaker"]), "cue": b["cue"]["text"] if b["cue"] else None,
        **{k: b[k] for k in ("mode", "act", "addressee", "medium", "language", "within")}, **_when(b["when"]), **_span(whole),
    }  # fmt: skip
    return [("statements", row)]


def _event(item: Item, keys: _Keys) -> Rows:
    b, codes = item.body, item.body["codes"]
    row: Row = {
        "id": item.id, "incident": keys.incident.get(item.id) or f"incident:{item.handle}", **{k: b[k] for k in ("type", "status", "negated")},
        "trigger": b["trigger"]["text"], "trigger_start": b["trigger"]["start"], "trigger_end": b["trigger"]["end"], **_when(b["when"]),
        **_place(item, keys), **_told(item), "figures": _list(b["figures"]), "plover": codes["plover"], "cameo": codes["cameo"],
        "acled_event_type": codes["acled"]["event_type"], "acled_sub_event_type": codes["acled"]["sub_event_type"], "ucdp": codes["ucdp"],
        **_span(b["sentence"]),
    }  # fmt: skip
    parts: Rows = [
        (
            "participants",
            {"event": item.id, "role": p["role"], "entity": p["entity"], "name": _name(item, p["entity"]), "key": keys.world.get(p["entity"] or ""),
             **_span(p["span"])},
        )
        for p in b["participants"]
    ]  # fmt: skip
    return [("events", row), *parts]


def _figure(item: Item, keys: _Keys) -> Rows:
    b = item.body
    row: Row = {
        "id": item.id, **{k: b[k] for k in ("measure", "low", "best", "high")}, "about": b["approximate"], "counts": b.get("counts"),
        **{k: b[k] for k in ("share", "unit", "of", "who", "event")}, **_when(b["when"]), **_place(item, keys), **_told(item), **_span(b["span"]),
    }  # fmt: skip
    return [("figures", row)]


def _control(item: Item, keys: _Keys) -> Rows:
    b = item.body
    place = item.entities.get(b["place"] or "")
    row: Row = {
        "id": item.id, "holder": _name(item, b["holder"]), "holder_key": keys.world.get(b["holder"] or ""),
        "previous_holder": _name(item, b["previous_holder"]), "previous_holder_key": keys.world.get(b["previous_holder"] or ""),
        "change": b["change"], "status": b["status"], **_when(b["when"]), "place": _name(item, b["place"]), "place_key": keys.world.get(b["place"] or ""),
        **{k: place[k] if place else None for k in ("country", "lat", "lon")}, **_told(item), **_span(b["span"]),
    }  # fmt: skip
    return [("control", row)]


def _relation(item: Item, keys: _Keys) -> Rows:
    b = item.body
    row: Row = {
        "id": item.id, "type": b["type"], "source": _name(item, b["source"]), "source_key": keys.world.get(b["source"]),
        "target": _name(item, b["target"]), "target_key": keys.world.get(b["target"]), **_when(b["when"]), **_told(item), **_span(b["span"]),
    }  # fmt: skip
    row.pop("confidence")
    return [("relations", row)]


def _time(item: Item, _: _Keys) -> Rows:
    when = item.body["when"]
    return [("times", {"id": item.id, "basis": when["basis"], **_when(when), **_span(when["span"])})]


def _image(item: Item, _: _Keys) -> Rows:
    b = item.body
    return [("images", {"id": item.id, **{k: b[k] for k in ("kind", "person", "agency")}, **_when(b["taken"]), **_span(b["shows"])})]


_ROWS = {
    "entities": _entity, "statements": _statement, "events": _event, "figures": _figure, "control": _control, "relations": _relation, "times": _time,
    "images": _image,
}  # fmt: skip
