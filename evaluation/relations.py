"""A reading's ties in the form that the scorer of re3d's relations reads: FightingAgainst, AlliesOf, InChargeOf, BelongsTo, IsSynonymOf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.alignment import Alignment

Json = Mapping[str, Any]
Row = dict[str, Any]

_TYPES = {
    "fights": "FightingAgainst",
    "backs": "AlliesOf",
    "ally_of": "AlliesOf",
    "supplies": "AlliesOf",
    "leads": "InChargeOf",
    "owns": "InChargeOf",
    "member_of": "BelongsTo",
    "part_of": "BelongsTo",
    "spokesperson_of": "BelongsTo",
    "same_as": "IsSynonymOf",
}
_VIOLENT = frozenset(
    (
        "armed_clash offensive_launched victory_declared air_strike drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon "
        "attack_on_civilians massacre execution assassination killing siege threat"
    ).split()
)
_HELPING = frozenset({"military_aid", "training", "support"})
_WON = frozenset({"captured", "recaptured"})
_HOLDS = frozenset({"captured", "recaptured", "held", "contested"})


def predict(reading: Json, record: Json) -> dict[str, Any]:
    """The scorer's prediction for one reading as JSON: relations, control, the sides of violent events, and names side by side."""
    rows = [*_relations(reading), *_control(reading), *_events(reading), *_synonyms(reading)]
    rows = [r for r in rows if not _one(reading, r)]
    unique = {(r["type"], r["head"]["start"], r["head"]["end"], r["tail"]["start"], r["tail"]["end"]): r for r in rows if r["head"] != r["tail"]}
    align = Alignment(reading["report"]["text"], record["text"])
    return {"relations": [{**r, "head": _moved(r["head"], align), "tail": _moved(r["tail"], align)} for r in unique.values()]}


def _one(reading: Json, row: Row) -> bool:
    """Whether a tie is of an entity with itself, or of a phrase with the possessive in it ("our allies" and "our")."""
    head, tail = row["head"], row["tail"]
    if row["type"] != "IsSynonymOf":
        spans = [{(m["start"], m["end"]) for m in e["mentions"]} for e in reading["entities"]]
        if any((head["start"], head["end"]) in s and (tail["start"], tail["end"]) in s for s in spans):
            return True
    words = (reading["report"]["text"][tail["start"] : tail["end"]].lower(), reading["report"]["text"][head["start"] : head["end"]].lower())
    return any(w in ("our", "their", "his", "her", "its", "my") for w in words)


def _moved(span: Json, align: Alignment) -> Row:
    start, end = align.span(span["start"], span["end"])
    return {"start": start, "end": end}


def _entities(reading: Json) -> dict[str, Json]:
    return {entity["id"]: entity for entity in reading["entities"]}


def _nearest(entity: Json, span: Json) -> Row | None:
    """The mention of an entity that lies in the span, or nearest to it."""
    mentions: Sequence[Json] = entity["mentions"]
    if not mentions:
        return None
    worded = [m for m in mentions if m["form"] != "pronoun" and _gap(m, span) < 60]
    best = min(worded or mentions, key=lambda m: (_gap(m, span), m["start"]))
    return {"start": best["start"], "end": best["end"]}


def _gap(mention: Json, span: Json) -> int:
    return int(max(0, span["start"] - mention["end"], mention["start"] - span["end"]))


def _row(kind: str, head: Row | None, tail: Row | None) -> Iterator[Row]:
    if head is not None and tail is not None:
        yield {"type": kind, "head": head, "tail": tail}


def _relations(reading: Json) -> Iterator[Row]:
    entities = _entities(reading)
    for relation in reading["relations"]:
        kind = _TYPES.get(relation["type"])
        if kind is not None:
            yield from _row(kind, _nearest(entities[relation["source"]], relation["span"]), _nearest(entities[relation["target"]], relation["span"]))


def _control(reading: Json) -> Iterator[Row]:
    entities = _entities(reading)
    for control in reading["control"]:
        if control["status"] == "occurred" and control["change"] in _HOLDS and control["holder"] and control["place"]:
            yield from _row("InChargeOf", _nearest(entities[control["holder"]], control["span"]), _nearest(entities[control["place"]], control["span"]))
        if control["status"] == "occurred" and control["change"] in _WON and control["holder"] and control["previous_holder"]:
            yield from _row("FightingAgainst", *(_nearest(entities[control[side]], control["span"]) for side in ("holder", "previous_holder")))


def _events(reading: Json) -> Iterator[Row]:
    """The agent of a violent event fights its target; of an event of help, it is its ally."""
    kinds = {entity["id"]: entity for entity in reading["entities"]}
    for event in reading["events"]:
        kind = "FightingAgainst" if event["type"] in _VIOLENT else "AlliesOf" if event["type"] in _HELPING else None
        if kind is None or event["negated"]:
            continue
        agents = [p["span"] for p in event["participants"] if p["role"] == "agent" and _acts(p, kinds)]
        tools = [p["span"] for p in event["participants"] if p["role"] == "instrument"] if kind == "FightingAgainst" else []
        for agent in agents:
            for tool in tools:
                yield from _row("InChargeOf", _ends(agent), _ends(tool))
        helped = kind == "AlliesOf"
        others = [p["span"] for p in event["participants"] if p["role"] in ("target", "victim", "beneficiary") and (not helped or _acts(p, kinds))]
        for agent in agents:
            for other in others:
                yield from _row(kind, _ends(agent), _ends(other))


def _acts(participant: Json, entities: Mapping[str, Json]) -> bool:
    """Whether a participant is somebody: an actor, a person, a country or a pronoun; a capability or an effort is not."""
    entity = entities.get(participant["entity"] or "")
    if entity is None:
        return " " not in participant["span"]["text"] and participant["span"]["text"].lower() in _PRONOUNS
    return entity["kind"] in ("actor", "person") or entity["type"] == "country"


_PRONOUNS = frozenset({"we", "us", "they", "them", "he", "she", "it", "our", "their", "i", "who"})


def _ends(span: Json) -> Row:
    return {"start": span["start"], "end": span["end"]}


def _synonyms(reading: Json) -> Iterator[Row]:
    """Mentions of one entity side by side: a name and its noun phrase, a name and its acronym."""
    text: str = reading["report"]["text"]
    for entity in reading["entities"]:
        mentions = sorted((m for m in entity["mentions"] if m["form"] != "pronoun"), key=lambda m: (m["start"], m["end"]))
        for first, second in zip(mentions, mentions[1:], strict=False):
            gap = text[first["end"] : second["start"]]
            if first["end"] <= second["start"] and len(gap) <= 25 and _joins(gap) and not any(_indefinite(text, m) for m in (first, second)):
                yield from _row("IsSynonymOf", _ends(first), _ends(second))


def _joins(gap: str) -> bool:
    """Whether the characters between two mentions set them side by side."""
    words = gap.strip().lower().removeprefix("'s ").removeprefix("’s ")
    return words in ("", ",", "(", ", the", ", a", "(the", ", an") or "known as" in words or words.startswith("(or ")


def _indefinite(text: str, mention: Json) -> bool:
    """Whether a mention only says what somebody is ("a former student"): no second name."""
    return text[mention["start"] : mention["end"]].lower().startswith(("a ", "an ", "another ", "one "))
