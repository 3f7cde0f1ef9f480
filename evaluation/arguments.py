"""Events with their arguments in the forms of WikiEvents (heads of noun phrases) and RAMS (noun phrases); types are mapped by ``events.tsv``.

RAMS marks one event a text: its texts are windows of five lines, at a document's edge fewer, around the line that holds the event. So one
event of that line is predicted, not every event of the window. RAMS's own task gives the event's trigger and asks for its arguments alone:
that is measured beside it, with the event that is read at the trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evaluation.alignment import Alignment
from evaluation.events import CUT, table

Body = dict[str, Any]

_DEATH = re.compile(r"\b(?:killed|kills|killing|died|dies|dead|deaths?|slain|murdered|assassinated|massacred|executed|shot dead)\b", re.IGNORECASE)
_INJURY = re.compile(r"\b(?:wounded|wounding|injured|injuring|injures|hurt|maimed|injuries)\b", re.IGNORECASE)


def predict_wikievents(reading: Body, record: Body) -> Body:
    """Conflict and life events with their arguments; death and injury told with an attack are events of their own there, and have its victims."""
    align = Alignment(reading["report"]["text"], record["text"])
    made: list[Body] = []
    for event in reading["events"]:
        label = table("wikievents").get(event["type"], (None, 0.0))[0]
        if label is None:
            continue
        if harm := _harm_of(event["trigger"]["text"]):
            made.append(_wiki(event, harm, event["trigger"], _hurt(event, harm, reading), reading, align))
            made.extend(other for other in _harm(event, reading, align) if other["type"] != harm)  # "killed two and wounded nine": one happening, two there
            continue
        harms = list(_harm(event, reading, align))
        made.append(_wiki(event, label, event["trigger"], [] if harms else _victims(event), reading, align))
        made.extend(harms)
    return {"events": made}


def _harm_of(word: str) -> str | None:
    """The type of a trigger that itself is a death or an injury."""
    return "Life.Die.Unspecified" if _DEATH.search(word) else "Life.Injure.Unspecified" if _INJURY.search(word) else None


def _harm(event: Body, reading: Body, align: Alignment) -> Iterator[Body]:
    """The death and the injury that the sentence of an attack with victims tells."""
    for pattern, label in ((_DEATH, "Life.Die.Unspecified"), (_INJURY, "Life.Injure.Unspecified")):
        found = pattern.search(event["sentence"]["text"])
        if found and (hurt := _hurt(event, label, reading)):
            start = event["sentence"]["start"] + found.start()
            yield _wiki(event, label, {"start": start, "end": start + len(found.group())}, hurt, reading, align)


def _victims(event: Body) -> list[Body]:
    return [p for p in event["participants"] if p["role"] == "victim"]


def _hurt(event: Body, label: str, reading: Body) -> list[Body]:
    """The victims that a figure of the dead or injured counts, with those that no figure counts."""
    wanted, other = ("killed", "injured") if label.startswith("Life.Die") else ("injured", "killed")
    counted = {measure: [f["span"] for f in reading["figures"] if f["event"] == event["id"] and f["measure"] == measure] for measure in (wanted, other)}
    return [p for p in _victims(event) if _within(p, counted[wanted]) or not _within(p, counted[other])]


def _within(participant: Body, spans: list[Body]) -> bool:
    return any(participant["span"]["start"] < s["end"] and s["start"] < participant["span"]["end"] for s in spans)


def _wiki(event: Body, label: str, trigger: Body, victims: list[Body], reading: Body, align: Alignment) -> Body:
    life = label.startswith("Life")
    doer = "Killer" if label.startswith("Life.Die") else "Injurer" if life else "Attacker"
    roles = {"agent": doer, "target": "Victim" if life else "Target"}
    if label.startswith("Conflict.Demonstrate"):
        roles = {"agent": "Demonstrator", "target": "Target"}
    names = _names(reading)
    roles["instrument"] = "ExplosiveDevice" if "Detonate" in label else "Instrument"
    told = [p for p in event["participants"] if p["role"] in roles and not (life and p["role"] == "target" and victims)]
    spans = [(roles[p["role"]], head(p["span"], names)) for p in told] + [("Victim" if life else "Target", head(p["span"], names)) for p in victims]
    if event["where"] and event["where"]["span"]:
        spans.append(("Place", head(event["where"]["span"], names)))
    return _made(label, trigger, spans, align)


def _made(label: str, trigger: Body, spans: list[tuple[str, tuple[int, int]]], align: Alignment) -> Body:
    """An event of the scorer's form, its offsets those of the gold text."""
    arguments = [dict(zip(("role", "start", "end"), (role, *align.span(start, end)), strict=True)) for role, (start, end) in dict.fromkeys(spans)]
    start, end = align.span(trigger["start"], trigger["end"])
    return {"type": label, "trigger": {"start": start, "end": end}, "arguments": arguments}


def _names(reading: Body) -> list[tuple[int, int]]:
    return [(m["start"], m["end"]) for e in reading["entities"] for m in e["mentions"] if m["form"] == "name"]


def head(span: Body, names: list[tuple[int, int]]) -> tuple[int, int]:
    """The head of a noun phrase, told by its form alone: the last word before a preposition, a comma or a bracket, or the name that ends there."""
    words = CUT.split(span["text"])[0]
    last = re.search(r"[\w'’.-]+\W*$", words)
    start = span["start"] + (last.start() if last else 0)
    end = span["start"] + len(words.rstrip())
    named = [a for a, b in names if b == end and span["start"] <= a < start]
    return min(named, default=start), end


_RAMS_ROLES = {
    "Life.Die": {"agent": "killer", "victim": "victim", "target": "victim", "instrument": "instrument"},
    "Life.Injure": {"agent": "injurer", "victim": "victim", "target": "victim", "instrument": "instrument"},
    "Conflict.Attack": {"agent": "attacker", "victim": "target", "target": "target", "instrument": "instrument"},
    "Conflict.Demonstrate": {"agent": "demonstrator", "target": "target", "victim": "target", "instrument": "instrument"},
    "Conflict.Yield": {"agent": "surrenderer", "beneficiary": "recipient", "target": "recipient"},
    "Conflict.Yield.Retreat": {"agent": "retreater", "target": "origin", "where": "destination"},
}


def predict_rams(reading: Body, record: Body) -> Body:
    """The event of the window's middle line, with its arguments as noun phrases; of several the one that most is told of."""
    align = Alignment(reading["report"]["text"], record["text"])
    lines = _middle(record["text"])
    found: list[tuple[tuple[int, int], Body]] = []
    for event in reading["events"]:
        start, _ = align.span(event["trigger"]["start"], event["trigger"]["end"])
        label = table("rams").get(event["type"], (None, 0.0))[0]
        if label is not None and any(a <= start < b for a, b in lines):
            spans = list(_rams_arguments(event, _RAMS_ROLES[_harm_of_rams(event, label)]))
            found.append(((len(spans), -start), _made(_harm_of_rams(event, label), event["trigger"], spans, align)))
    return {"events": [max(found, key=lambda row: row[0])[1]] if found else []}


def rams_trigger(record: Body) -> Body:
    """The place of the one event that a window asks about, without its type."""
    span = record["events"][0]["trigger"]
    return {"asked": (span["start"], span["end"])}


def predict_rams_at_trigger(reading: Body, record: Body) -> Body:
    """The event that is read at the trigger that is given, with its arguments."""
    align = Alignment(reading["report"]["text"], record["text"])
    first, last = record["asked"]
    for event in reading["events"]:
        start, end = align.span(event["trigger"]["start"], event["trigger"]["end"])
        label = table("rams").get(event["type"], (None, 0.0))[0]
        if label is not None and start < last and first < end:
            kind = _harm_of_rams(event, label)
            return {"events": [_made(kind, event["trigger"], list(_rams_arguments(event, _RAMS_ROLES[kind])), align)]}
    return {"events": []}


def _harm_of_rams(event: Body, label: str) -> str:
    harm = _harm_of(event["trigger"]["text"]) if label.startswith(("Conflict.Attack", "Life")) else None
    return harm.removesuffix(".Unspecified") if harm else label


def _rams_arguments(event: Body, roles: dict[str, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """An event's participants and its place under RAMS's names; a town or building that is struck is both target and place."""
    for p in event["participants"]:
        if p["role"] in roles:
            yield roles[p["role"]], (p["span"]["start"], p["span"]["end"])
    if event["where"] and event["where"]["span"]:
        yield roles.get("where", "place"), (event["where"]["span"]["start"], event["where"]["span"]["end"])


def _middle(text: str) -> list[tuple[int, int]]:
    """The lines of a window that can hold its event: the third of five; at a document's edge the first or last but its two neighbours."""
    ends = [m.start() for m in re.finditer(r"\n|$", text)]
    lines = list(zip([0, *(e + 1 for e in ends[:-1])], ends, strict=True))
    wanted = {5: (2,), 4: (1, 2), 3: (0, 2)}.get(len(lines), range(len(lines)))
    return [lines[i] for i in wanted]
