"""The parts of answers that are made from the record's items: chains, points, days, accounts, figures."""

from __future__ import annotations

from typing import Any

from dateline.contract import entity_from_json
from dateline.export.text import bounds_words
from dateline.model import When
from dateline.record.accounts import Account
from dateline.record.questions import Body, Chain, Item, chain_of, statements_of
from dateline.record.rows import world_key


def key_of(item: Item, entity: str | None) -> str | None:
    """What an entity of an item's report is across reports."""
    return world_key(entity_from_json(item.entities[entity])) if entity is not None and entity in item.entities else None


def named(item: Item, entity: str | None) -> Body | None:
    """An entity by key and name."""
    return {"key": key_of(item, entity), "name": item.name(entity)} if entity is not None and entity in item.entities else None


def chain_shape(chain: Chain, handles: tuple[str, ...] = ()) -> Body:
    """A source chain with its links."""
    told = [*handles, *([None] * (len(chain.speakers) - len(handles)))]
    speakers = [{"key": k, "name": n, "statement": s} for n, k, s in zip(chain.speakers, chain.worlds, told, strict=True)]
    return {"outlet": chain.outlet, "agency": chain.agency, "speakers": speakers, "text": str(chain)}


def chain_with_words(item: Item) -> Body:
    """The source chain of an item, each speaker with the handle of the statement."""
    handles = tuple(f"{item.report}/{s['id']}" for s in statements_of(item))
    return chain_shape(chain_of(item), handles)


def point(item: Item, where: Body | None) -> Body | None:
    """The point that an item is put at, with its words."""
    if where is None:
        return None
    entity = item.entities.get(where["entity"]) if where["entity"] is not None else None
    words = where["span"]["text"] if where["span"] else ""
    return {
        "key": key_of(item, where["entity"]), "name": item.name(where["entity"]) or words, "relation": where["relation"],
        "country": entity["country"] if entity else None, "lat": where["lat"], "lon": where["lon"], "radius_km": where["radius_km"], "span": where["span"],
    }  # fmt: skip


def names_in(item: Item) -> dict[str, str]:
    """What the item points to, each by the name that people know it by: entities, statements by who makes them, figures by their number."""
    text = repr(item.body)
    found = {e: item.name(e) or "" for e in item.entities if f"'{e}'" in text}
    for statement in item.body.get("according_to", []):
        if statement in item.statements:
            found[statement] = item.name(item.statements[statement]["speaker"]) or "somebody"
    told = item.body.get("figures", [])
    return found | {f["id"]: f"{f['measure'].replace('_', ' ')} {bounds_words(f)}" for f in item.sheet.of_word("figures") if f["id"] in told}


def days(when: When | None) -> Body | None:
    """A ``When`` of the ledger as JSON."""
    if when is None:
        return None
    return {"from": when.earliest, "to": when.latest, "precision": when.precision, "approximate": when.approximate, "basis": None, "span": None}


def account(given: Account) -> Body:
    """What one source chain says."""
    return {
        "id": given.handle, "report": given.report, "chain": chain_shape(given.chain), "stance": given.stance, "voice": given.voice,
        "voice_name": given.voice_name, "echo": given.echo, "interested": given.interested, "published": given.published, "words": given.words,
    }  # fmt: skip


def figure(item: Item, *, title: str | None, part: bool = False, incident: str | None = None, by: Account | None = None) -> Body:
    """A figure with its bounds, words and chain."""
    body = item.body
    kept = {k: body[k] for k in ("measure", "low", "best", "high", "approximate", "share", "unit", "of", "when", "span", "confidence")}
    return {
        **kept, "counts": body.get("counts"), "id": item.handle, "report": item.report, "words": bounds_words(body), "part": part,
        "where": point(item, body["where"]), "chain": chain_with_words(item), "published": item.published, "title": title,
        "voice_name": by.voice_name if by else None, "interested": by.interested if by else None, "incident": incident,
    }  # fmt: skip


def participants(item: Item) -> list[Body]:
    """Who takes part in an event, in its report's words."""
    return [
        {"role": p["role"], "entity": p["entity"], "key": key_of(item, p["entity"]), "name": item.name(p["entity"]) or p["span"]["text"], "span": p["span"]}
        for p in item.body["participants"]
    ]


def spans_of(value: Any) -> list[Body]:
    """All spans inside a value, in order of the text, each once."""
    found: dict[tuple[int, int], Body] = {}
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            if {"start", "end", "text"} <= set(one):
                found[one["start"], one["end"]] = {k: one[k] for k in ("start", "end", "text")}
            todo += list(one.values())
        elif isinstance(one, list):
            todo += one
    return [found[k] for k in sorted(found)]
