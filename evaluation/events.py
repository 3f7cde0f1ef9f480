"""Events of a reading in the forms of the event scorers; types are mapped by ``events.tsv``.

CASE 2021 and PLOVER want one event a text: the heaviest in the table, the earlier of equals. MUC-4 wants role fillers of incidents.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from dateline import lexicon
from dateline.export.countries import country_of
from evaluation.alignment import Alignment
from evaluation.entities import words_of

Body = dict[str, Any]

_ACTS = {
    **{"demand": "DEMAND", "urge": "DEMAND", "threaten": "THREATEN", "warn": "THREATEN"},
    **{"promise": "AGREE", "refuse": "REJECT", "deny": "REJECT", "praise": "SUPPORT"},
}
"""PLOVER categories of acts of statements, for a text in which there is no event."""
CUT = re.compile(r"(?<=\w)(?: (?:of|in|from|who|that|with|at|for|on) |,| ?[(\[])")
_PRONOUNS = frozenset(("they he she it them him her who we i you this that those these one others some").split())
_CLAUSE = re.compile(r" (?:who|that|which|in|at|from|with|on) |,| ?[(\[]")
_PARTITIVE = re.compile(r"(?:\w+ )*(?:groups?|members?|dozens|hundreds|number|units?|squads?|bands?|columns?|bursts?|kg|offices?) of ", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|its|their|his|her)\s+", re.IGNORECASE)


@cache
def table(scheme: str) -> dict[str, tuple[str, float]]:
    """The labels of a corpus's scheme by our event types, each with its weight."""
    text = (Path(__file__).parent / "events.tsv").read_text(encoding="utf-8")
    rows = lexicon.parse(text, name="events.tsv", columns=("scheme", "type", "label", "weight"), key=("scheme", "type"))
    return {row["type"]: (row["label"], float(row["weight"])) for row in rows if row["scheme"] == scheme}


def predict_case2021(reading: Body, record: Body) -> Body:
    """The one label of a snippet."""
    best = ("OTHER", 0.0)
    length = max(len(reading["report"]["text"]), 1)
    for event in reading["events"]:
        label, weight = table("case2021").get(event["type"], ("OTHER", 0.0))
        if event["type"] in ("territory_captured", "territory_recaptured"):
            label = _captured(event, label)
        unreal = event["negated"] or event["status"] not in ("occurred", "ongoing", "ended")
        score = weight - 0.8 * event["trigger"]["start"] / length - (2.5 if unreal else 0.0)
        best = max(best, (label, score), key=lambda x: x[1])
    return {"label": best[0]}


def _captured(event: Body, label: str) -> str:
    sub = event["codes"]["acled"]["sub_event_type"]
    agents = any(p["role"] == "agent" and p["entity"] for p in event["participants"])
    if not agents:
        return label
    return "GOV_REGAINS_TERIT" if sub == "Government regains territory" else "NON_STATE_ACTOR_OVERTAKES_TER"


def predict_plover(reading: Body, record: Body) -> Body:
    """The one event category of a sentence, with its parties' countries and its place."""
    best: tuple[float, Body | None, str | None] = (0.0, None, None)
    length = max(len(reading["report"]["text"]), 1)
    for event in reading["events"]:
        label, weight = table("plover").get(event["type"], (None, 0.0))
        if label is None:
            continue
        if event["status"] == "planned" and label not in ("THREATEN", "DEMAND", "REJECT", "DISAPPROVE"):
            label, weight = "AGREE", weight - 0.7
        if event["status"] == "demanded" and label != "THREATEN":
            label, weight = "DEMAND", weight - 0.7
        if event["negated"] and label in ("AGREE", "CONSULT", "COOPERATE", "AID", "CONCEDE", "SUPPORT"):
            label, weight = "REJECT", weight - 0.2
        score = weight - 2.0 * event["trigger"]["start"] / length
        if score > best[0]:
            best = (score, event, label)
    if best[1] is None:
        acts = [_ACTS[s["act"]] for s in reading["statements"] if s["act"] in _ACTS]
        return {"event": acts[0] if acts else None, "source": [], "target": []}
    where = best[1]["where"]
    place = next((e["name"] for e in reading["entities"] if where is not None and e["id"] == where["entity"]), None)
    return {"event": best[2], **_parties(reading, best[1]), "spans": _spans(reading, record, best[1]), "event_loc": {"name": place} if place else None}


def _parties(reading: Body, event: Body) -> Body:
    """The codes of those who take part: of the actor itself, else of the first party that is named within its words."""
    known = {e["id"]: e for e in reading["entities"]}
    sides: Body = {"source": [], "target": []}
    for p in _taking_part(reading, event):
        within = [e for e in reading["entities"] if any(p["span"]["start"] <= m["start"] and m["end"] <= p["span"]["end"] for m in e["mentions"])]
        codes = [code for e in (known.get(p["entity"] or ""), *within) if e is not None and (code := _plover_code(e)) is not None]
        if codes:
            sides["source" if p["role"] == "agent" else "target"].append({"code": codes[0]})
    return sides


def _is_somebody(reading: Body, participant: Body) -> bool:
    """Whether a participant is an actor, a person or a place, or people whom no entity stands for."""
    kind = next((e["kind"] for e in reading["entities"] if e["id"] == participant["entity"]), None)
    return kind in ("actor", "person", "place") or (kind is None and participant["role"] in ("agent", "victim"))


def _taking_part(reading: Body, event: Body) -> list[Body]:
    """The participants; the speaker where nobody else does it; the receiving end of what is agreed, promised, planned or asked for, else the place.

    PLOVER makes one event of "agreed to send aid to Mali"; a reading keeps the agreement and the aid apart. Its sources and targets are actors, not the
    arms that are sent or the ban that is lifted.
    """
    own = [p for p in event["participants"] if _is_somebody(reading, p)]
    if not any(p["role"] == "agent" for p in own):
        own += [
            {"role": "agent", "entity": s["speaker"], "span": s["speaker_span"]}
            for s in reading["statements"]
            if s["id"] in event["according_to"][-1:] and s["speaker_span"] is not None
        ]
    if any(p["role"] not in ("agent", "instrument") for p in own):
        return own
    held = [
        p
        for e in reading["events"]
        if e is not event
        and e["sentence"] == event["sentence"]
        and e["trigger"]["start"] > event["trigger"]["start"]
        and e["status"] in ("planned", "demanded")
        for p in e["participants"]
        if p["role"] not in ("agent", "instrument")
    ]
    where = event["where"]
    if not held and where is not None and where["span"] is not None and where["entity"] is not None:
        held = [{"role": "target", "entity": where["entity"], "span": where["span"]}]
    return [*own, *held]


def _plover_code(entity: Body) -> str | None:
    country = country_of(entity["country"])
    return country.iso3 if country is not None else {"igo": "IGO", "ngo": "NGO"}.get(entity["type"])


def _spans(reading: Body, record: Body, event: Body) -> list[Body]:
    align = Alignment(reading["report"]["text"], record["text"])
    found = []
    for p in _taking_part(reading, event):
        start, end = align.span(*words_of(reading, p))
        found.append({"start": start, "end": end, "type": "SRC" if p["role"] == "agent" else "TAR"})
    return found


def predict_muc(reading: Body, record: Body) -> Body:
    """The role fillers of the incidents of a text; fights between two armies are no incidents there, and victims are given by name only."""
    roles: dict[str, dict[str, str]] = {"PerpInd": {}, "PerpOrg": {}, "Target": {}, "Victim": {}, "Weapon": {}}
    kinds = {e["id"]: e for e in reading["entities"]}
    types: set[str] = set()
    for event in reading["events"]:
        label = table("muc").get(event["type"], (None, 0.0))[0]
        parties = [(p, kinds.get(p["entity"] or "")) for p in event["participants"]]
        if event["type"] == "responsibility_claimed":
            _fill(roles, [("PerpOrg", e["name"]) for p, e in parties if p["role"] == "agent" and e is not None])
        if label is None or event["negated"] or event["status"] in ("hypothetical", "demanded", "possible") or _of_armies(event, parties):
            continue
        types.add(label)
        for p, entity in parties:
            _fill(roles, [(_muc_role(p, entity), _muc_words(p, entity))])
            if p["role"] == "agent":
                _fill(roles, [("PerpOrg", name) for name in _named_within(p["span"], reading["entities"])])
    return {"roles": {role: [[words] for words in found.values()] for role, found in roles.items()}, "incident_types": sorted(types)}


def _fill(roles: dict[str, dict[str, str]], found: list[tuple[str | None, str]]) -> None:
    for role, words in found:
        if role and words and words.lower() not in _PRONOUNS:
            roles[role].setdefault(words.lower(), words)


def _muc_words(participant: Body, entity: Body | None) -> str:
    """A filler's words: a person's name without titles, else the noun phrase up to its first clause, with what a group consists of."""
    if entity is not None and entity["kind"] == "person" and participant["role"] in ("victim", "target"):
        return str(entity["name"])
    words = _ARTICLE.sub("", participant["span"]["text"]).removeprefix("least ")
    return _CLAUSE.split(words)[0] if _PARTITIVE.match(words) else CUT.split(words)[0]


def _named_within(span: Body, entities: list[Body]) -> list[str]:
    """Names of organisations that stand inside a noun phrase ("members of ...")."""
    return [
        m["text"]
        for e in entities
        if e["kind"] == "actor" and e["type"] in ("armed_group", "militia", "party", "other")
        for m in e["mentions"]
        if m["form"] == "name" and span["start"] < m["start"] and m["end"] <= span["end"]
    ]


def _of_armies(event: Body, parties: list[tuple[Body, Body | None]]) -> bool:
    """Whether an event is an act of a state's forces, or of fighters against fighters."""
    forces = ("military", "police", "state", "government", "coalition")
    if any(p["role"] == "agent" and e is not None and e["type"] in forces for p, e in parties):
        return event["type"] in ("armed_clash", "shelling", "missile_attack")
    hit = [e for p, e in parties if p["role"] in ("target", "victim")]
    armed = (*forces, "armed_group", "militia")
    return event["type"] == "armed_clash" and (not hit or all(e is not None and e["type"] in armed for e in hit))


def _muc_role(participant: Body, entity: Body | None) -> str | None:
    named = entity is not None and any(m["form"] == "name" for m in entity["mentions"])
    kind = entity["kind"] if entity is not None else None
    match participant["role"]:
        case "agent":
            return ("PerpOrg" if named else "PerpInd") if kind in ("actor", None) else "PerpInd" if kind == "person" else None
        case "victim" | "target" if kind == "person":
            return "Victim" if named else None
        case "target" if entity is None or (kind == "place" and entity["type"] in ("facility", "neighbourhood", "area")) or kind == "other":
            return "Target"
        case "instrument":
            return "Weapon"
        case _:
            return None
