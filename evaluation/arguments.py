"""Events with their arguments in the forms of WikiEvents (heads of noun phrases) and RAMS (noun phrases); types are mapped by ``events.tsv``.

RAMS marks one event a text: its texts are windows of five lines, at a document's edge fewer, around the line that holds the event. So one
event of that line is predicted, not every event of the window.
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
    """Conflict and life events with their arguments."""
    align = Alignment(reading["report"]["text"], record["text"])
    made: list[Body] = []
    for event in reading["events"]:
        label = table("wikievents").get(event["type"], (None, 0.0))[0]
        if label is None:
            continue
        if harm := _harm_of(event["trigger"]["text"]):
            made.append(_wiki(event, harm, event["trigger"], align))
            continue
        made.append(_wiki(event, label, event["trigger"], align))
        made.extend(_harm(event, align))
    return {"events": made}


def _harm_of(word: str) -> str | None:
    """The type of a trigger that itself is a death or an injury."""
    return "Life.Die.Unspecified" if _DEATH.search(word) else "Life.Injure.Unspecified" if _INJURY.search(word) else None


def _harm(event: Body, align: Alignment) -> Iterator[Body]:
    """Death and injury told with an attack are events of their own in WikiEvents."""
    victims = [p for p in event["participants"] if p["role"] == "victim"]
    for pattern, label in ((_DEATH, "Life.Die.Unspecified"), (_INJURY, "Life.Injure.Unspecified")):
        found = pattern.search(event["sentence"]["text"])
        if found and victims:
            start = event["sentence"]["start"] + found.start()
            yield _wiki(event, label, {"start": start, "end": start + len(found.group())}, align)


def _wiki(event: Body, label: str, trigger: Body, align: Alignment) -> Body:
    life = label.startswith("Life")
    doer = "Killer" if label.startswith("Life.Die") else "Injurer" if life else "Attacker"
    names = {"agent": doer, "victim": "Victim" if life else "Target", "target": "Target"}
    if label.startswith("Conflict.Demonstrate"):
        names = {"agent": "Demonstrator", "target": "Target", "victim": "Target"}
    names["instrument"] = "ExplosiveDevice" if "Detonate" in label else "Instrument"
    spans = [(names[p["role"]], head(p["span"])) for p in event["participants"] if p["role"] in names]
    if event["where"] and event["where"]["span"]:
        spans.append(("Place", head(event["where"]["span"])))
    return _made(label, trigger, spans, align)


def _made(label: str, trigger: Body, spans: list[tuple[str, tuple[int, int]]], align: Alignment) -> Body:
    """An event of the scorer's form, its offsets those of the gold text."""
    arguments = [dict(zip(("role", "start", "end"), (role, *align.span(start, end)), strict=True)) for role, (start, end) in dict.fromkeys(spans)]
    start, end = align.span(trigger["start"], trigger["end"])
    return {"type": label, "trigger": {"start": start, "end": end}, "arguments": arguments}


def head(span: Body) -> tuple[int, int]:
    """The head noun of a noun phrase, told by its form alone: the last word before a preposition, a comma or a bracket."""
    words = CUT.split(span["text"])[0]
    last = re.search(r"[\w'’.-]+\W*$", words)
    start = span["start"] + (last.start() if last else 0)
    return start, span["start"] + len(words.rstrip())


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
