"""What two releases (or a release and now) say differently, and why: a new report, a newer version of one, a newer Dateline, a person, a judgement."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.record.anchors import Body, Parts, anchor_of, digest_of_text, fit
from dateline.record.corrected import JUDGEMENTS
from dateline.record.corrections import Entry, entries
from dateline.record.names import display_name
from dateline.record.releases import Key, State, found, parts_at, reading_at, state_of, touched_now
from dateline.record.store import Record

_QUIET = ("id", "confidence", "codes", "mentions", "section")
"""Keys whose change alone is no change of what is said: ids, scores, and what follows from other fields."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two states say differently."""

    kind: str
    """report_added, report_gone, added, gone, changed, joined or parted."""
    handle: str
    """Of the value (of the later state, where it is there), of a report or of an incident."""
    word: str
    field: str | None
    before: Any
    after: Any
    why: str
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Of the entities that the two values name."""


def differences(record: Record, a: str, b: str) -> list[Difference]:
    """What ``b`` says otherwise than ``a`` (names of releases, or ``now``), with the reason of each, by report.

    Raises ``UsageError`` for a name that no release has.
    """
    with record.transaction(alone=False):
        before, after = _state(record, a), _state(record, b)
        log = entries(record)
        return [*_reports(record, before, after, log), *_incidents(record, before, after, log)]


def _state(record: Record, name: str) -> State:
    return state_of(record) if name.casefold() == "now" else found(record, name).state


def _reports(record: Record, before: State, after: State, log: list[Entry]) -> Iterator[Difference]:
    last = max(before.last_report, after.last_report)
    both = {n for n in touched_now(record, before) | set(after.corrected) if n <= last}
    changed = before.gone ^ after.gone | set(range(min(before.last_report, after.last_report) + 1, last + 1)) | both
    keys: dict[str, dict[str, int]] = {}
    query = "SELECT n, key, title, digest, reader FROM report WHERE n IN :ns"
    rows = {int(r["n"]): r for part in _parts(sorted(changed)) for r in record.rows(query, {"ns": part})}
    for number, row in sorted(rows.items()):
        for name, state in (("before", before), ("after", after)):
            if number <= state.last_report and number not in state.gone:
                keys.setdefault(row["key"], {})[name] = number
    for key, held in sorted(keys.items(), key=lambda pair: min(pair[1].values())):
        ours = [e for e in log if e.line.key == key]
        old, new = held.get("before"), held.get("after")
        if old is None:
            yield _whole(record, held["after"], after, rows, came=True)
        elif new is None:
            yield _whole(record, old, before, rows, came=False)
        else:
            reason = "" if old == new else _newer(rows[old], rows[new])
            yield from _values(_Side(record, old, before), _Side(record, new, after), _Why(reason, ours, before.last_correction, after.last_correction))


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), 500):
        yield numbers[at : at + 500]


def _newer(old: Any, new: Any) -> str:
    if new["digest"].partition("~")[0] == old["digest"].partition("~")[0]:
        return f"read anew by Dateline {new['reader']}"
    return "a newer version of the report" if new["n"] > old["n"] else "an older version of the report counts again"


def _whole(record: Record, number: int, state: State, rows: Any, *, came: bool) -> Difference:
    parts = parts_at(record, number, state)
    counts = {word: len(items) for word, items in parts.items() if items}
    why = "a new report" if came else "the report counts no longer: its publisher took it back, or it belongs to another now"
    kind = "report_added" if came else "report_gone"
    return Difference(kind, str(number), "report", None, None if came else counts, counts if came else None, f"{why}: {rows[number]['title'] or 'untitled'}")


class _Side:
    """A report in one of the two states."""

    def __init__(self, record: Record, number: int, state: State) -> None:
        self.number = number
        self.report, self.parts = reading_at(record, number, state)
        self.text: str = self.report["text"]
        self.names = {e["id"]: display_name(e) for e in self.parts["entities"]}


class _Why:
    """Why a value differs: the lines of the log that came or were undone between the two states, else what became of the report."""

    def __init__(self, reason: str, log: list[Entry], first: int, last: int) -> None:
        self.reason = reason
        self._log = [e for e in log if min(first, last) < e.line.n <= max(first, last)]
        self._all = {e.line.n: e for e in log}

    def of(self, name: str, field: str | None) -> str:
        """The reason for a field of a value."""
        told = [self._told(e) for e in self._log if self._means(e, name, field)]
        return "; ".join([*told, *([self.reason] if self.reason and not told else [])]) or "follows from another correction of the report"

    def _means(self, entry: Entry, name: str, field: str | None) -> bool:
        line = entry.line
        if line.verb == "undo":
            target = self._all.get(line.target or 0)
            return target is not None and self._means(target, name, field)
        held = entry.effect.item if entry.effect is not None and entry.effect.item else line.item
        added = int(name[1:]) - 100_000 == line.n if name[1:].isdigit() else False
        if line.verb in (*JUDGEMENTS, "note") or (name not in (held, line.item, line.value if line.verb == "merge" else None) and not added):
            return False
        return field is None or line.field is None or line.field.split(".")[0] == field or line.field in ("number", "place_meant", "actor_meant")

    def _told(self, entry: Entry) -> str:
        line = entry.line
        why = f": {line.why}" if line.why else ""
        return f"correction {line.n} ({line.verb}) by {line.who}, {line.at[:10]}{why}"


def _values(old: _Side, new: _Side, why: _Why) -> Iterator[Difference]:
    """The values that a report has otherwise in the two states, paired by the words they stand on."""
    partner = _partners(old, new)
    for key in ("title", "source", "url", "published", "authors"):
        if old.report[key] != new.report[key]:
            yield Difference("changed", str(new.number), "report", key, old.report[key], new.report[key], why.reason or why.of("", key))
    back = {v: k for k, v in partner.items()}
    for word, items in old.parts.items():
        for body in items:
            if body["id"] not in partner:
                yield Difference("gone", f"{old.number}/{body['id']}", word, None, body, None, why.of(body["id"], None))
    for word, items in new.parts.items():
        before = {b["id"]: b for b in old.parts[word]}
        for body in items:
            if body["id"] not in back:
                yield Difference("added", f"{new.number}/{body['id']}", word, None, None, body, why.of(body["id"], None))
                continue
            was = before[back[body["id"]]]
            for key in body:
                if key not in _QUIET and _comparable(was.get(key), partner) != _comparable(body[key], {}):
                    names = {**old.names, **new.names}
                    yield Difference("changed", f"{new.number}/{body['id']}", word, key, was.get(key), body[key], why.of(body["id"], key), names)


def _partners(old: _Side, new: _Side) -> dict[str, str]:
    """By id of a value of the older side that of the newer side that stands for it."""
    if old.number == new.number:
        here = {b["id"] for items in new.parts.values() for b in items}
        return {b["id"]: b["id"] for items in old.parts.values() for b in items if b["id"] in here}
    digest = digest_of_text(new.text)
    found_: dict[str, str] = {}
    for word, items in old.parts.items():
        for body in items:
            name = fit(anchor_of(word, body, old.parts, old.text), new.parts, new.text, digest).id
            if name is not None and name not in found_.values():
                found_[body["id"]] = name
    return found_


def _comparable(value: Any, names: dict[str, str]) -> Any:
    """A value by which two readings are compared: ids as the newer has them, words without their offsets."""
    if isinstance(value, dict):
        return {k: _comparable(v, names) for k, v in value.items() if k not in ("start", "end")}
    if isinstance(value, list):
        return [_comparable(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value


def _incidents(record: Record, before: State, after: State, log: list[Entry]) -> Iterator[Difference]:
    """Events that both states have and that one of the two joins."""
    first, last = sorted((before.last_correction, after.last_correction))
    judged = [e for e in log if e.line.verb in (*JUDGEMENTS, "undo") and first < e.line.n <= last]
    for kind, ours, theirs, state in (("joined", after, before, before), ("parted", before, after, after)):
        other = {key: name for name, events in theirs.incidents.items() for key in events}
        for name, events in sorted(ours.incidents.items()):
            shared = [k for k in events if k[0] <= state.last_report and k[0] not in state.gone and k[0] not in ours.gone]
            groups = {other.get(k, f"incident:{k[0]}/{k[1]}") for k in shared}
            if len(groups) > 1:
                handles = [f"{n}/{v}" for n, v in shared]
                yield Difference(
                    kind, name, "incident", None, None if kind == "joined" else handles, handles if kind == "joined" else None, _judged(shared, judged)
                )


def _judged(events: Iterable[Key], judged: list[Entry]) -> str:
    handles = {f"{n}/{v}" for n, v in events}
    by_number = {e.line.n: e for e in judged}
    told = []
    for entry in judged:
        line = by_number[entry.line.target].line if entry.line.target in by_number else entry.line
        if {f"{line.report}/{line.item}", entry.now, str(line.value)} & handles:
            told.append(f"judgement {entry.line.n} ({entry.line.verb}) by {entry.line.who}, {entry.line.at[:10]}")
    return "; ".join(told) or "the rules judge so now, by new reports or corrected values"


def body_of_difference(one: Difference) -> Body:
    """A difference as JSON."""
    return {"kind": one.kind, "id": one.handle, "word": one.word, "field": one.field, "before": one.before, "after": one.after, "why": one.why}


def shown(value: Any, names: Mapping[str, str] | None = None, *, width: int = 80) -> str:
    """A value in a few words; ids by the names that are given."""
    text = " ".join(_words(value, names or {}).split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _words(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == []:
        return "nothing" if value == [] else "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_words(v, names) for v in value)
    if not isinstance(value, dict):
        return f"{names[value]} ({value})" if value in names else str(value)
    if "from" in value and "to" in value:
        return ("about " if value.get("approximate") else "") + (" to ".join(dict.fromkeys(v or "open" for v in (value["from"], value["to"]))))
    if "mentions" in value:
        return f"{value.get('name', '')} ({value['type']})" if "type" in value else ", ".join(m["text"] for m in value["mentions"])
    if "role" in value:
        return f"{value['role']}: {_words(value['entity'], names) if value['entity'] else value['span']['text']}"
    if "relation" in value and "entity" in value:
        return f"{value['relation'].replace('_', ' ')} {_words(value['entity'], names)}"
    if "trigger" in value or "span" in value:
        span = value.get("trigger") or value["span"]
        kind = next((value[k] for k in ("type", "measure", "change") if k in value), "")
        return f"{kind} “{span['text']}”" if span else json.dumps(value, ensure_ascii=False)
    if "text" in value and "start" in value:
        return f"“{value['text']}”"
    return ", ".join(f"{k} {_words(v, names)}" for k, v in value.items() if v is not None)


__all__ = ["Difference", "Parts", "body_of_difference", "differences", "shown"]
