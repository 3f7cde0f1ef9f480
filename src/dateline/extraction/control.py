"""Words that say who holds a place, other than an event of capture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.extraction.attachment import times_of
from dateline.extraction.control_kinds import KINDS, Hold
from dateline.extraction.control_rows import Scope, rows_of
from dateline.extraction.findings import ControlFound, EventFound, MentionFound, PlaceFound
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token


def find_control(
    document: Document, mentions: Sequence[MentionFound], times: Sequence[TimeFound], places: Sequence[PlaceFound], events: Sequence[EventFound]
) -> tuple[ControlFound, ...]:
    """The words of a document that say who holds which place, in text order."""
    scope = Scope(document, tuple(places), frozenset(m.head for m in mentions if m.label not in ("PLACE", "FACILITY", "WEAPON")))
    by_head = {event.head: i for i, event in reversed(list(enumerate(events)))}
    found = [_found(scope, hold, times, by_head) for token in document.tokens for hold in _holds(scope, token)]
    return tuple(sorted(_once(found), key=lambda c: (c.start, c.end, c.change)))


def _once(found: Sequence[ControlFound]) -> Iterator[ControlFound]:
    """One find for each place, holder and change of a sentence's words, the surest."""
    seen: set[tuple[int | None, int | None, str]] = set()
    for control in sorted(found, key=lambda c: (-c.confidence, c.start, c.end)):
        key = (control.place, control.holder, control.change)
        if key not in seen:
            seen.add(key)
            yield control


def _found(scope: Scope, hold: Hold, times: Sequence[TimeFound], by_head: dict[int, int]) -> ControlFound:
    document = scope.document
    tokens = [hold.predicate, *(t for t in (hold.holder, hold.previous) if t is not None)]
    starts = [_np_start(document, t) for t in tokens]
    ends = [document.tokens[t].end for t in tokens]
    if hold.ground is not None:
        place = scope.places[hold.ground.place]
        starts.append(min(place.start, hold.ground.start))
        ends.append(max(place.end, place.name_end, hold.ground.end))
    change = (
        "contested"
        if hold.ground is not None and hold.ground.partial and hold.row["change"] in ("held", "captured", "recaptured", "handed_over", "lost")
        else hold.row["change"]
    )
    return ControlFound(
        start=min(starts), end=max(ends), place=None if hold.ground is None else hold.ground.place, holder=hold.holder, previous_holder=hold.previous,
        change=change, status=hold.status, times=times_of(document, hold.predicate, times), event=by_head.get(hold.predicate),
        rule=hold.row["name"] + (":part" if hold.ground is not None and hold.ground.partial else ""), confidence=hold.confidence,
    )  # fmt: skip


def _np_start(document: Document, token: int) -> int:
    """Where the noun phrase of a token begins, without clauses before it."""
    if document.tokens[token].upos in ("VERB", "AUX"):
        return document.tokens[token].start
    first = token
    for child in document.children(token, "det", "amod", "compound", "nmod", "flat", "nummod"):
        if child.i < token and child.deprel != "nmod":
            first = min(first, *(t.i for t in document.subtree(child.i)))
    return document.tokens[first].start


def _holds(scope: Scope, token: Token) -> Iterator[Hold]:
    for row in rows_of(token):
        found = KINDS[row["kind"]](scope, token, row)
        if found is not None and found.ground is not None:
            yield found
