"""The corrected view of a reading: the machine's values with the log of corrections laid over them, oldest first.

A pure function of the reading and the log: whatever readings came between, the same log over the same reading gives the same view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from dateline.contract import entity_from_json, to_json
from dateline.record.anchors import (
    ADDED,
    LETTERS,
    Anchor,
    Body,
    Fit,
    Parts,
    Quote,
    anchor_from_json,
    digest_of_text,
    fit,
    quote_from_json,
    relocate,
    word_of,
)
from dateline.record.field_values import field_value, set_field
from dateline.record.references import drop, ids_in, references_of, repoint, spans_in
from dateline.resolution.events import codes_of

JUDGEMENTS = ("same", "different", "unsure")
VERBS = ("accept", "change", "reject", "add", "merge", "split", "note", "undo", *JUDGEMENTS)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it is kept."""

    n: int
    verb: str
    key: str
    """Of the report: the same for all its versions."""
    report: int
    """The version that was seen."""
    item: str | None
    field: str | None
    was: Any
    value: Any
    anchors: Body
    """Of the value itself (``item``), of all that the new value names (``refs``, by id), and of its words (``quotes``, by offsets)."""
    words: str | None
    who: str
    at: str
    why: str
    target: int | None = None
    """The line that an undo takes back; of an entity that was added to be named, the line that names it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a line on a reading."""

    n: int
    fits: bool
    how: str = ""
    reason: str = ""
    item: str | None = None
    """The id in this reading of the value that it concerns."""
    machine: Body = field(default_factory=dict)
    """By field the machine's value that the line's value stands in the place of, where they differ."""


@dataclass(frozen=True, slots=True)
class View:
    """A reading as persons corrected it."""

    report: Body
    parts: Parts
    effects: dict[int, Effect]


def undone(lines: Iterable[Line]) -> dict[int, int]:
    """By number of a line that does not count the number of the undo that took it back."""
    taken: dict[int, int] = {}
    for line in sorted((x for x in lines if x.verb == "undo"), key=lambda x: -x.n):
        # Later undos are settled first: an undo that was itself taken back takes nothing back.
        if line.n not in taken and line.target is not None:
            taken[line.target] = line.n
    return taken


def standing(lines: Iterable[Line]) -> list[Line]:
    """The lines that count, oldest first; the undos themselves left out."""
    listed = sorted(lines, key=lambda x: x.n)
    taken = undone(listed)
    return [x for x in listed if x.verb != "undo" and x.n not in taken]


def corrected(report: Body, parts: Parts, lines: Iterable[Line]) -> View:
    """The view of a reading (its report and its parts as JSON) that the standing lines of the log give. What is given is not changed.

    Who accepts or changes what another rejected brings it back with all that named it: the log is laid again without that rejection.
    """
    lines = list(lines)
    overruled: set[int] = set()
    while True:
        state = _State(deepcopy(report), deepcopy(parts), overruled)
        effects = {line.n: state.lay(line) for line in standing(lines)}
        if not state.brought_back:
            break
        overruled |= state.brought_back
    for n in state.forgotten(lines):
        effects[n] = Effect(n, fits=True, how="settled")
    state.code_again()
    for word, items in state.parts.items():
        items.sort(key=lambda b: int(b["id"][1:]))
        state.parts[word] = items
    return View(state.report, state.parts, effects)


class _Lost(Exception):
    """A line does not fit; the message says why."""


class _Out(_Lost):
    """A value names one that was rejected."""


class _State:
    """The view as it grows, line by line."""

    def __init__(self, report: Body, parts: Parts, overruled: Iterable[int] = ()) -> None:
        self.report = report
        self.overruled = frozenset(overruled)
        """Rejections that somebody overruled later."""
        self.rejected: dict[str, int] = {}
        """By id of a value that was rejected the line that did so; the value itself stands in ``gone``."""
        self.brought_back: set[int] = set()
        """Rejections of values that a later line accepts or changes."""
        self.parts: Parts = {word: parts.get(word, []) for word in LETTERS}
        self.text: str = report["text"]
        self.digest = digest_of_text(self.text)
        self.touched: set[str] = set()
        """Events whose codes may have become others."""
        self.parted: dict[str, str] = {}
        """By the id that a split would have given the entity that has the parted mentions, where the reading had them apart already."""
        self.merged: dict[str, str] = {}
        """By id of a value that was made part of another that other. Ids are of this reading: those of the log may mean other values here."""
        self.gone: Parts = {word: [] for word in LETTERS}
        """The merged and rejected values as they stood: a line that names one is known by its words, and means it or what it became part of."""

    def lay(self, line: Line) -> Effect:
        """Lay one line over the view; one that does not fit leaves it as it is."""
        try:
            return self._lay(line)
        except _Lost as why:  # raised before anything of the line is laid
            return Effect(line.n, fits=False, reason=str(why))

    def _lay(self, line: Line) -> Effect:
        if line.verb == "add":
            return self._add(line)
        if line.item is None:
            return self._of_report(line)
        found = self.find(anchor_from_json(line.anchors["item"]))
        if found.id in self.rejected:
            return self._of_rejected(line, found)
        if found.id is None:
            # What nobody reads any more need not be rejected.
            if line.verb == "reject" and line.field is None:
                return Effect(line.n, fits=True, how="settled", reason=found.reason)
            raise _Lost(found.reason)
        if line.verb in ("accept", "change", "reject") and (line.field is not None or line.verb == "accept"):
            return self._set(line, found)
        if line.verb == "reject" and line.n in self.overruled:
            return Effect(line.n, fits=True, how="overruled", item=found.id)
        if line.verb == "reject":
            self.gone[word_of(found.id) or ""].append(deepcopy(self.body(found.id)))
            self.rejected[found.id] = line.n
            drop(self.parts, found.id)
        elif line.verb == "merge":
            self._merge(line, found.id)
        elif line.verb == "split":
            self._split(line, found.id)
        return Effect(line.n, fits=True, how=found.how, item=found.id)

    def _of_rejected(self, line: Line, found: Fit) -> Effect:
        """A line on a value that was rejected before it: to say so again or to note something fits, to accept or change it brings it back."""
        assert found.id is not None
        if line.verb in ("accept", "change") or (line.verb == "reject" and line.field is not None):
            self.brought_back.add(self.rejected[found.id])
        elif line.verb not in ("reject", "note"):
            raise _Lost(f"it was rejected, by {self.rejected[found.id]}")
        return Effect(line.n, fits=True, how="settled", item=found.id)

    def find(self, anchor: Anchor) -> Fit:
        """The value that an anchor means: of the view, or one that was rejected."""
        if anchor.id in self.parted:
            found = Fit(self._became(self.parted[anchor.id]), "settled")
        elif self.merged or self.rejected:
            beside = {word: [*items, *self.gone[word]] for word, items in self.parts.items()}
            found = fit(anchor, beside, self.text, self.digest, merged={n: self._became(n) for n in self.merged})
        else:
            beside, found = self.parts, fit(anchor, self.parts, self.text, self.digest)
        if found.id in self.rejected:  # who names it brings it back; who names what became part of it does not
            taken_out = fit(anchor, beside, self.text, self.digest).id in self.merged
        else:
            taken_out = found.id is not None and all(b["id"] != found.id for b in self.parts[word_of(found.id) or ""])
        return Fit(None, reason="what it became part of was taken out") if taken_out else found

    def _became(self, name: str) -> str:
        """The value that this one is part of now."""
        while name in self.merged:
            name = self.merged[name]
        return name

    def body(self, name: str) -> Body:
        """The value of the view with this id."""
        return next(b for b in self.parts[word_of(name) or ""] if b["id"] == name)

    def _of_report(self, line: Line) -> Effect:
        if line.field is None or line.verb == "note":
            return Effect(line.n, fits=True, how="exact")
        machine = {} if self.report[line.field] == line.value else {line.field: self.report[line.field]}
        self.report[line.field] = self.here(line.value, line)
        return Effect(line.n, fits=True, how="exact", machine=machine)

    def _set(self, line: Line, found: Fit) -> Effect:
        """Put the person's values in the place of the machine's; of an accepted whole every field whose value can still be said."""
        assert found.id is not None
        body = self.body(found.id)
        values = {line.field: line.value} if line.field is not None else dict(line.value)
        machine: Body = {}
        lost: list[str] = []
        for name, value in values.items():
            try:
                here = self.here(value, line)
            except _Out:
                if line.field is not None:
                    raise
                continue  # who accepts the whole does not gainsay that: the field stays as the rejection left it
            except _Lost as why:
                if line.field is not None:
                    raise
                lost.append(f"{name}: {why}")
                continue
            old = field_value(body, name)
            if old != here:
                machine[name] = old
                set_field(body, name, here)
                self._follow(body, name, old, here)
        return Effect(line.n, fits=not lost, how=found.how, reason="; ".join(lost), item=found.id, machine=machine)

    def _follow(self, body: Body, name: str, old: Any, new: Any) -> None:
        """Keep in step what hangs on a field: the codes of an event, and both ends of the tie between event and figure."""
        if body["id"][0] == "v" and name.split(".")[0] in ("type", "participants", "where"):
            self.touched.add(body["id"])
        if body["id"][0] == "f" and name == "event":
            self._tie(body["id"], new)
        if body["id"][0] == "e" and name == "place_meant":
            self._move(body, old)
        if body["id"][0] == "v" and name == "figures":
            for figure in {*(old or ()), *new}:
                self._tie(figure, body["id"] if figure in new else None)

    def _move(self, place: Body, old: Body) -> None:
        """Let what lies at a place that is another now lie there; how far it is from it nobody said."""
        for items in self.parts.values():
            for body in items:
                where = body.get("where")
                if where is not None and where["entity"] == place["id"]:
                    here = where["relation"] in ("at", "in") and (where["lat"], where["lon"]) in ((old["lat"], old["lon"]), (None, None))
                    where.update({"lat": place["lat"] if here else None, "lon": place["lon"] if here else None, "radius_km": None})
                    self.touched |= {body["id"]} if body["id"][0] == "v" else set()

    def _tie(self, figure: str, event: str | None) -> None:
        """Let a figure belong to this event and to no other."""
        for body in self.parts["events"]:
            kept = [f for f in body["figures"] if f != figure]
            if body["id"] == event and figure in body["figures"]:
                kept = body["figures"]
            body["figures"] = [*kept, figure] if body["id"] == event and figure not in kept else kept
        for body in self.parts["figures"]:
            if body["id"] == figure:
                body["event"] = event

    def forgotten(self, lines: Iterable[Line]) -> list[int]:
        """Take out the entities that were added only to be named by lines that count no more, where nothing else names them; gives their lines."""
        taken = undone(lines)
        added = [x for x in standing(lines) if x.verb == "add" and x.target in taken]
        found = [x.n for x in added if not references_of(self.parts, f"e{ADDED + x.n}")]
        for n in found:
            drop(self.parts, f"e{ADDED + n}")
        return found

    def code_again(self) -> None:
        """Give the events that were touched the codes of the field's ontologies that their type and participants now have."""
        entities = {e["id"]: entity_from_json(e) for e in self.parts["entities"]} if self.touched else {}
        for body in self.parts["events"]:
            if body["id"] in self.touched:
                sides = [(p["role"], entities[p["entity"]]) for p in body["participants"] if p["entity"] in entities]
                place = entities.get((body["where"] or {}).get("entity") or "")
                agents = [e for role, e in sides if role == "agent"]
                others = [e for role, e in sides if role in ("target", "victim")]
                body["codes"] = to_json(codes_of(body["type"], agents, others, home=place.country if place else None))

    def here(self, value: Any, line: Line) -> Any:
        """A value of the log in the ids and offsets of this reading."""
        names: dict[str, str] = {}
        for name, anchor in line.anchors.get("refs", {}).items():
            if name not in ids_in(value):
                continue
            found = self.find(anchor_from_json(anchor))
            if found.id is None:
                raise _Lost(f"it names a value that is not read any more: {found.reason}")
            if found.id in self.rejected:
                raise _Out(f"it names a value that was rejected, by {self.rejected[found.id]}")
            names[name] = found.id
        return self._moved(repoint(value, names), {k: quote_from_json(q) for k, q in line.anchors.get("quotes", {}).items()}, line)

    def _moved(self, value: Any, quotes: Mapping[str, Quote], line: Line) -> Any:
        if line.anchors.get("digest") in (None, self.digest):
            return value
        value = deepcopy(value)
        for span in spans_in(value):
            quote = quotes.get(f"{span['start']}-{span['end']}")
            place = relocate(quote, self.text) if quote is not None else None
            if place is None:
                raise _Lost(f"the words “{span.get('text', '')}” of the new value do not stand in the report any more, or stand there more than once")
            span["start"], span["end"] = place
            if "text" in span:
                span["text"] = self.text[place[0] : place[1]]
        return value

    def _add(self, line: Line) -> Effect:
        word = line.field or ""
        name = f"{LETTERS[word]}{ADDED + line.n}"
        body = self.here(line.value, line)
        self.parts[word].append({**body, "id": name})
        if word == "events":
            self.touched.add(name)
        if word == "figures" and body["event"] is not None:
            self._follow(self.body(name), "event", None, body["event"])
        return Effect(line.n, fits=True, how="exact", item=name)

    def _merge(self, line: Line, first: str) -> None:
        """Make of two values one: the first keeps its fields, all that named the second names the first."""
        found = self.find(anchor_from_json(line.anchors["refs"][line.value]))
        if found.id is None or found.id in self.rejected:
            raise _Lost(f"the second of the two is not read any more: {found.reason or 'it was rejected'}")
        second = found.id
        if second == first:
            return
        ours, theirs = self.body(first), self.body(second)
        self.gone[word_of(second) or ""].append(deepcopy(theirs))
        for name in ("mentions", "aliases", "figures"):
            if name in ours:
                ours[name] = _united(ours[name], theirs[name])
        drop(self.parts, second, into=first)
        self.merged[second] = first

    def _split(self, line: Line, name: str) -> None:
        """Part some mentions of an entity from it; of any other value make a second one, which then stands for itself."""
        new = f"{name[0]}{ADDED + line.n}"
        body = self.body(name)
        if word_of(name) != "entities":
            self.parts[word_of(name) or ""].append({**deepcopy(body), **self.here(line.value or {}, line), "id": new})
            if new[0] == "v":
                self.touched.add(new)
                copy = self.body(new)
                copy["figures"] = self.here((line.value or {}).get("figures", []), line)
                self._follow(copy, "figures", [], copy["figures"])
            return
        wanted = {(m["start"], m["end"]) for m in self.here(line.value["mentions"], line)}
        parted = [m for m in body["mentions"] if (m["start"], m["end"]) in wanted]
        if not parted:
            # The reading has them apart already: later lines that name the new entity mean the one that has them.
            holder = next((e["id"] for e in self.parts["entities"] if wanted & {(m["start"], m["end"]) for m in e["mentions"]}), None)
            if holder is None:
                raise _Lost("the mentions that were parted are not read any more")
            self.parted[new] = holder
            return
        body["mentions"] = [m for m in body["mentions"] if m not in parted]
        plain: Body = {"known_as": None, "country": None, "lat": None, "lon": None, "geonames_id": None, "aliases": []}
        self.parts["entities"].append({**body, **plain, **{k: v for k, v in line.value.items() if k != "mentions"}, "mentions": parted, "id": new})
        for place, key in references_of(self.parts, name):
            span = place.get("speaker_span") if key == "speaker" else place.get("span")
            if span and _covers(span, parted) and not _covers(span, body["mentions"]):
                place[key] = new


def _covers(span: Body, mentions: list[Body]) -> bool:
    return any(m["start"] < span["end"] and span["start"] < m["end"] for m in mentions)


def _united(ours: list[Any], theirs: list[Any]) -> list[Any]:
    rest = [x for x in theirs if x not in ours]
    both = [*ours, *rest]
    return sorted(both, key=lambda m: (m["start"], m["end"])) if both and isinstance(both[0], dict) else both
