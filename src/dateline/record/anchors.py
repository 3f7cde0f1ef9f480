"""How a correction finds its value again after a new reading: by the words that the value stands on, never by its id alone.

Ids change from reading to reading, offsets when the text of a report changes. An anchor keeps the words of a value with those around them, and what kind
of thing it was. It fits one value of another reading or none: where two would do, or only something else stands there, it says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from dateline.record.references import ids_in, spans_in
from dateline.record.rows import fold

Body = dict[str, Any]
Parts = dict[str, list[Body]]

Signs = tuple[tuple[str, ...], ...]

LETTERS = {"entities": "e", "statements": "s", "events": "v", "figures": "f", "control": "c", "relations": "r", "times": "t", "images": "i"}
"""The words of a reading with the letter that the ids of each begin with."""

ADDED = 100_000
"""Ids of what persons add begin here: ``v100017`` was added by correction 17."""

_AROUND = 32
"""Characters kept before and after the sentence of an anchor."""

_LONGEST = 300
"""Of a sentence no more than so many characters on each side of the words are kept."""

_BREAK = re.compile(r"[.!?][\"”’')]*\s+|\n+")

_OVERLAP = 0.5
"""Share of the characters of both spans together that must be common for a value to be found by overlap."""

_NEEDED = {"control": 2, "relations": 2}
"""Of what distinguishes a value (what it is, of whom) so much must be alike even at the very same words."""

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " ", "\t": " ", "–": "-", "—": "-"})
"""Marks that a newer way of cleaning may write otherwise; one character each, so that offsets stay."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report with the rest of their sentence, and a little of what stands around that."""

    start: int
    end: int
    text: str
    before: str
    after: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is kept of a value to find it again."""

    word: str
    id: str
    signs: Signs
    """What distinguishes it among others at the same words: its type, and the names of those it is about."""
    quotes: tuple[Quote, ...]
    digest: str
    """Of the text that it was made on."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The value that an anchor leads to: its id and how it was found; or None and why not."""

    id: str | None
    how: str = ""
    reason: str = ""


def digest_of_text(text: str) -> str:
    """By what a text is known to be unchanged."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_added(name: str) -> bool:
    """Whether the id is of something that a person added."""
    return name[1:].isdigit() and int(name[1:]) >= ADDED


def word_of(name: str) -> str | None:
    """The word of a reading that an id belongs to, by its letter."""
    return next((word for word, letter in LETTERS.items() if name[:1] == letter and name[1:].isdigit()), None)


def quote_of(text: str, start: int, end: int) -> Quote:
    """The words of a span with those around them."""
    window = max(0, start - _LONGEST)
    first = max((m.end() for m in _BREAK.finditer(text, window, start)), default=window)
    last = next((m.start() + 1 for m in _BREAK.finditer(text, max(start, end - 1), end + _LONGEST)), min(len(text), end + _LONGEST))
    last = max(last, end)
    left, right = text[max(0, first - _AROUND) : first], text[last : last + _AROUND]
    return Quote(start, end, text[start:end], text[first:start], text[end:last], left, right)


def spans_of(word: str, body: Body) -> list[Body]:
    """The spans that a value stands on."""
    if word == "entities":
        return list(body["mentions"])
    if word == "statements":
        found = [body["cue"] or body["speaker_span"], *body["content"]]
        return [s for s in found if s][:1]
    if word == "images":
        found = [body["shows"], (body["taken"] or {}).get("span"), (body["where"] or {}).get("span")]
        return [s for s in found if s][:1]
    if word == "times":
        return [body["when"]["span"]] if body["when"]["span"] else []
    span = body["trigger"] if word == "events" else body["span"]
    return [span] if span else []


def signs_of(word: str, body: Body, entities: Mapping[str, Body]) -> Signs:
    """What distinguishes a value among others at the same words: labels, each with names of which one in common is enough."""

    def named(label: str, name: str | None) -> tuple[str, ...]:
        return (label, *_names(entities[name])) if name is not None and name in entities else (label,)

    if word == "events":
        return (("type", body["type"]), *((p["role"], p["span"]["text"]) for p in body["participants"]))
    if word == "figures":
        return (("type", body["measure"]), ("number", f"{body['low']} {body['best']} {body['high']}"))
    if word == "control":
        return (("type", body["change"]), named("place", body["place"]), named("holder", body["holder"]))
    if word == "relations":
        return (("type", body["type"]), named("source", body["source"]), named("target", body["target"]))
    if word == "statements":
        return (("type", body["act"]), named("speaker", body["speaker"]))
    if word == "entities":
        return (("type", body["kind"]), ("name", *_names(body)))
    return (("type", body["kind"]), ("person", body["person"] or ""), ("agency", body["agency"] or "")) if word == "images" else (("type", word),)


def _names(entity: Body) -> tuple[str, ...]:
    names = {entity["name"], entity["known_as"] or "", *(m["text"] for m in entity["mentions"] if m["form"] == "name")}
    return tuple(sorted({fold(n) for n in names if n}))


def anchor_of(word: str, body: Body, parts: Parts, text: str) -> Anchor:
    """The anchor of a value of a reading."""
    entities = {e["id"]: e for e in parts["entities"]}
    quotes = tuple(quote_of(text, s["start"], s["end"]) for s in spans_of(word, body))
    return Anchor(word, body["id"], signs_of(word, body, entities), quotes, digest_of_text(text))


def anchors_for(word: str | None, name: str | None, value: Any, parts: Parts, text: str) -> Body:
    """All anchors of a line of the log as JSON: of the value it is about, of what its new value names, and of the words in that."""
    bodies = {b["id"]: (kind, b) for kind, items in parts.items() for b in items}
    named = {n: bodies[n] for n in sorted(ids_in(value)) if n in bodies}
    return {
        "item": asdict(anchor_of(word, bodies[name][1], parts, text)) if word is not None and name is not None else None,
        "refs": {n: asdict(anchor_of(kind, body, parts, text)) for n, (kind, body) in named.items()},
        "quotes": {f"{s['start']}-{s['end']}": asdict(quote_of(text, s["start"], s["end"])) for s in spans_in(value)},
        "digest": digest_of_text(text),
    }


def anchor_from_json(body: Body) -> Anchor:
    """The anchor of a JSON object."""
    quotes = tuple(Quote(**q) for q in body["quotes"])
    return Anchor(body["word"], body["id"], tuple(tuple(s) for s in body["signs"]), quotes, body["digest"])


def quote_from_json(body: Body) -> Quote:
    """The quote of a JSON object."""
    return Quote(**body)


def relocate(quote: Quote, text: str) -> tuple[int, int] | None:
    """Where the quoted words stand in a changed text, in the same sentence word for word; None where they do not, or where more than one place would do."""
    plain = text.translate(_PLAIN)
    words, before, after, left, right = (part.translate(_PLAIN) for part in (quote.text, quote.before, quote.after, quote.left, quote.right))
    # Of a sentence that is said more than once the one with the same neighbours is meant.
    for outer, further in (("", ""), (left, right), (left, ""), ("", right)):
        places = _places(plain, outer + before + words + after + further)
        if len(places) == 1 and words:
            start = places[0] + len(outer) + len(before)
            return start, start + len(words)
    return None


def _places(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 2:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def fit(anchor: Anchor, parts: Parts, text: str, digest: str, *, merged: Mapping[str, str] | None = None) -> Fit:
    """The one value of a reading that the anchor means; of those in ``merged`` (by id) it means the value that each became part of."""
    merged = merged or {}
    there = parts.get(anchor.word, [])
    if is_added(anchor.id):
        held = any(b["id"] == anchor.id for b in there)
        added = int(anchor.id[1:]) - ADDED
        return Fit(merged.get(anchor.id, anchor.id), "exact") if held else Fit(None, reason=f"what correction {added} added is not there any more")
    same_text = anchor.digest == digest
    spans = _spans_now(anchor, text, same_text=same_text)
    if spans is None:
        return Fit(None, reason=f"the words {_shown(anchor)} do not stand in the report any more, or stand there more than once")
    how = "exact" if same_text else "moved"
    if not anchor.quotes:
        return _fit_without_words(anchor, there, merged)
    if anchor.word == "entities":
        found = _fit_entity(anchor, spans, there, how)
        return replace(found, id=merged.get(found.id, found.id)) if found.id is not None else found
    return _fit_span(anchor, spans[0], parts, how, merged)


def _spans_now(anchor: Anchor, text: str, *, same_text: bool) -> list[tuple[int, int]] | None:
    if same_text:
        return [(q.start, q.end) for q in anchor.quotes]
    found = [relocate(q, text) for q in anchor.quotes]
    if anchor.word == "entities":
        kept = [f for f in found if f is not None]
        return kept if kept or not found else None
    return None if None in found else [f for f in found if f is not None]


def _shown(anchor: Anchor) -> str:
    return f"“{anchor.quotes[0].text}”" if anchor.quotes else "of the value"


def _fit_entity(anchor: Anchor, spans: list[tuple[int, int]], there: list[Body], how: str) -> Fit:
    """The entity that has more than half of the mentions."""
    wanted = set(spans)
    shares = {b["id"]: len(wanted & {(m["start"], m["end"]) for m in b["mentions"]}) for b in there}
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is None or not wanted or shares[best] == 0:
        return Fit(None, reason=f"no entity is read at {_shown(anchor)} any more")
    if 2 * shares[best] <= len(wanted):
        return Fit(None, reason=f"the mentions of {_shown(anchor)} are now divided among several entities")
    return Fit(best, how if shares[best] == len(wanted) else "overlap")


def _fit_without_words(anchor: Anchor, there: list[Body], merged: Mapping[str, str]) -> Fit:
    """What stands on no words (a photograph of which only the agency is named) is found by what it is."""
    found = _become([b["id"] for b in there if not spans_of(anchor.word, b) and signs_of(anchor.word, b, {}) == anchor.signs], merged)
    return Fit(found[0], "exact") if len(found) == 1 else Fit(None, reason="nothing like it is read any more" if not found else "several like it are read now")


def _become(names: list[str], merged: Mapping[str, str]) -> list[str]:
    """The values that these are now, each once."""
    return list(dict.fromkeys(merged.get(n, n) for n in names))


def _fit_span(anchor: Anchor, span: tuple[int, int], parts: Parts, how: str, merged: Mapping[str, str]) -> Fit:
    entities = {e["id"]: e for e in parts["entities"]}
    need = _NEEDED.get(anchor.word, 0)
    scored: list[tuple[float, Signs, str]] = []
    for body in parts.get(anchor.word, []):
        signs = signs_of(anchor.word, body, entities)
        scored += [(_share(span, (other["start"], other["end"])), signs, body["id"]) for other in spans_of(anchor.word, body)]
    exact = [(_alike(anchor.signs, signs), name) for share, signs, name in scored if share == 1.0]
    if exact:
        best = max(alike for alike, _ in exact)
        found = _become([name for alike, name in exact if alike == best], merged)
        if best < need:
            return Fit(None, reason=f"something else is read at {_shown(anchor)} now")
        return Fit(found[0], how) if len(found) == 1 else Fit(None, reason=f"several values are read at {_shown(anchor)} now")
    kind = anchor.signs[0]
    near = _become([name for share, signs, name in scored if share >= _OVERLAP and signs[0] == kind and _alike(anchor.signs, signs) >= need], merged)
    if len(near) == 1:
        return Fit(near[0], "overlap")
    return Fit(None, reason=f"nothing of the kind is read at {_shown(anchor)} any more" if not near else f"several values are read at {_shown(anchor)} now")


def _alike(ours: Signs, theirs: Signs) -> int:
    """How many signs agree."""
    left = list(theirs)
    count = 0
    for label, *names in ours:
        match = next((t for t in left if t[0] == label and (set(names) & set(t[1:]) or (not names and not t[1:]))), None)
        if match is not None:
            left.remove(match)
            count += 1
    return count


def _share(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Common characters of two spans over all characters of both."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0
