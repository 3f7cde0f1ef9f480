"""The status of MUC-4's incidents, as its templates give it; the shared scorers have no measure of it.

Two questions to each incident of the key that has an event of its kind in the reading: was it accomplished, attempted or threatened; and, where the
key names who did it and how surely, is that reported, claimed or admitted, suspected (accused, possible) or denied. Optional incidents are left out.
Of several events of a kind the one that shares most words with the key's names is asked. Incidents that are not read at all are counted apart.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from evaluation.events import table

Body = dict[str, Any]

_WORD = re.compile(r"\w{3,}")
_KEYS = ("hum_tgt_name", "hum_tgt_description", "phys_tgt", "perp_ind", "perp_org")
_REAL = ("occurred", "ongoing", "ended", "denied")
_TRIED = re.compile(r"\b(?:attempt\w*|tr(?:y|ied|ies|ying) to|fail\w* to|foil\w*|thwart\w*|frustrat\w*|unsuccessful\w*|defus\w*|deactivat\w*)\b", re.IGNORECASE)
_SURENESS = {"reported": "reported", "claimed": "claimed", "suspected": "suspected", "possible": "suspected", "denied": "denied"}


def measure(rows: Sequence[Body], readings: Sequence[Body]) -> Body:
    """The figures of a file: the gold records and their readings, in the same order."""
    told: Counter[tuple[str, str, str]] = Counter()
    for record, reading in zip(rows, readings, strict=True):
        told.update(verdicts(record, reading))
    return summary(told)


def verdicts(record: Body, reading: Body) -> list[tuple[str, str, str]]:
    """Question, what the key says and what the reading says, for each incident of a document's key."""
    rows: list[tuple[str, str, str]] = []
    for template in record["templates"]:
        if template.get("optional"):
            continue
        event = _event_of(template, reading)
        rows.append(("stage", template["stage"].lower(), "unread" if event is None else stage(event)))
        if wanted := _sureness_wanted(template):
            rows.append(("source", wanted, "unread" if event is None else sureness(event, reading)))
    return rows


def _event_of(template: Body, reading: Body) -> Body | None:
    """The event of the template's kind that shares most words with its names; the first of equals."""
    kinds = {"ATTACK": ("ATTACK", "BOMBING"), "BOMBING": ("BOMBING", "ATTACK")}.get(template["type"], (template["type"],))
    names = set(_WORD.findall(json.dumps([template.get(k) for k in _KEYS]).lower()))
    threat = template["stage"] == "THREATENED"
    labels = table("muc")
    found = [e for e in reading["events"] if labels.get(e["type"], (None, 0.0))[0] in kinds or (e["type"] == "threat" and threat)]
    if not found:
        return None

    def fit(event: Body) -> tuple[int, bool]:
        said = " ".join(p["span"]["text"] for p in event["participants"])
        return len(names & set(_WORD.findall(f"{said} {event['sentence']['text']}".lower()))), not event["negated"]

    return max(found, key=fit)


def stage(event: Body) -> str:
    """Accomplished, attempted or threatened, as the event's status and type have it."""
    near = event["sentence"]["text"][max(0, event["trigger"]["start"] - event["sentence"]["start"] - 40) :][: 40 + len(event["trigger"]["text"]) + 25]
    if event["type"] == "threat" or event["status"] == "demanded":
        return "threatened"
    if _TRIED.search(near) and (event["negated"] or event["status"] not in _REAL):
        return "attempted"
    return "accomplished" if event["status"] in _REAL or event["status"] == "possible" else "threatened"


def sureness(event: Body, reading: Body) -> str:
    """How surely it is said who did it: by the acts of the statements that the event rests on, and by claims and accusations elsewhere in the report."""
    statements = {s["id"]: s for s in reading["statements"]}
    acts = {statements[i]["act"] for i in event["according_to"]}
    claimed = any(e["type"] == "responsibility_claimed" and not e["negated"] for e in reading["events"])
    if event["status"] == "denied" or "deny" in acts:
        return "denied"
    if claimed or acts & {"claim_responsibility", "admit"}:
        return "claimed"
    accused = any(s["act"] in ("accuse", "blame") for s in statements.values()) or any(e["type"] == "accusation" for e in reading["events"])
    if accused or event["status"] == "possible":
        return "suspected"
    return "reported"


def _sureness_wanted(template: Body) -> str:
    """The classes that the key allows, joined by bars; empty where it names nobody."""
    words = " ".join(template["perp_confidence"]).split(":")[0].lower()
    return "|".join(sorted({_SURENESS[w] for w in _SURENESS if w in words}))


def summary(told: Counter[tuple[str, str, str]]) -> dict[str, Any]:
    """Shares right of what is read, for each question and both together, beside always giving the commonest answer."""
    figures: dict[str, Any] = {}
    for question in ("stage", "source"):
        rows = {(wanted, got): n for (q, wanted, got), n in told.items() if q == question}
        known = {pair: n for pair, n in rows.items() if pair[1] != "unread"}
        common = max((sum(n for (w, _), n in known.items() if answer in w.split("|")) for answer in {g for _, g in known}), default=0)
        figures[question] = {
            "incidents": sum(rows.values()),
            "read": sum(known.values()),
            "right": sum(n for (wanted, got), n in known.items() if got in wanted.split("|")),
            "right_by_the_commonest_answer": common,
            "confusions": {f"{wanted} read as {got}": n for (wanted, got), n in sorted(rows.items()) if got not in wanted.split("|")},
        }
    right, read, incidents = (sum(figures[q][key] for q in ("stage", "source")) for key in ("right", "read", "incidents"))
    return {**figures, "right_of_read": right / max(read, 1), "right_of_all": right / max(incidents, 1)}
