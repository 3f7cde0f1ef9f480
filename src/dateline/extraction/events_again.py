"""Bare mentions of what was told before, parties that two words of a sentence share, verbs left out: the last looks at the events of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.extraction.events_draft import VIOLENT
from dateline.extraction.findings import ArgumentFound, EventFound, PlaceFound, StatementFound
from dateline.extraction.participants import argument
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token

_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_BARE = frozenset(
    (
        "attack assault violence fighting conflict war battle fight clash explosion blast bombing raid strike incident shooting killing massacre operation "
        "offensive campaign bloodshed shelling bombardment hostility siege ambush airstrike"
    ).split()
)
"""Nouns that, with an article alone, point back to what was told before."""


def without_echoes(document: Document, events: Sequence[EventFound]) -> list[EventFound]:
    """The events, in text order, without those that only point back to an earlier one ("the attack") and add nothing to it."""
    kept: list[EventFound] = []
    told = False
    for event in events:
        if told and _echo(document, event):
            continue
        kept.append(event)
        told = told or event.type in VIOLENT
    return kept


def with_types_told(document: Document, events: Sequence[EventFound]) -> list[EventFound]:
    """The events; "the attack" without parties, of which an earlier sentence told what kind it was, is of that kind."""
    made: list[EventFound] = []
    for event in events:
        word = document.tokens[event.head]
        bare = event.type == "armed_clash" and word.upos == "NOUN" and not event.arguments and event.status in ("occurred", "ongoing", "ended")
        if bare and word.xpos == "NN" and _points(document, word):
            before = [e for e in made if document.tokens[e.head].lemma == word.lemma and document.tokens[e.head].upos == "NOUN" and e.type in VIOLENT]
            if len({e.type for e in before}) == 1 and document.tokens[before[-1].head].sentence < word.sentence:
                event = replace(event, type=before[-1].type, rule=f"{event.rule}:told_before")
        made.append(event)
    return made


def _points(document: Document, noun: Token) -> bool:
    return any(t.text.lower() in _POINTING for t in document.children(noun.i, "det"))


def _echo(document: Document, event: EventFound) -> bool:
    token = document.tokens[event.head]
    empty = not event.arguments and not event.times and not event.places and not event.negated
    if event.type not in VIOLENT or not empty or event.status not in ("occurred", "ongoing", "ended") or token.upos != "NOUN":
        return False
    return _points(document, token) and token.lemma.lower() in _BARE


def with_speakers(document: Document, events: Sequence[EventFound], statements: Sequence[StatementFound], acts: frozenset[str]) -> list[EventFound]:
    """The events; one that is itself the act of a statement (praise, a threat) and has no agent or day gets those of the statement."""
    by_cue = {s.cue: s for s in statements if s.cue is not None}
    made = []
    for event in events:
        statement = by_cue.get(event.head) if event.type in acts else None
        if statement is not None:
            speaker = statement.speaker
            if speaker is not None and all(a.role != "agent" and a.token != speaker for a in event.arguments):
                event = replace(event, arguments=(argument(document, "agent", speaker), *event.arguments))
            event = replace(event, times=event.times or statement.times)
        made.append(event)
    return made


def without_tellers(events: Sequence[EventFound], statements: Sequence[StatementFound]) -> list[EventFound]:
    """The events without those who only tell of them, named behind what they say ("They burned it all, Jan, a farmer, told the paper")."""
    behind = [(s.content[-1], s.speaker_start, s.speaker_end or 0) for s in statements if s.speaker_start is not None and s.content]
    behind = [row for row in behind if row[0][1] <= row[1]]
    made = []
    for event in events:
        tellers = [(start, end) for (first, last), start, end in behind if first <= event.start and event.end <= last]
        kept = tuple(a for a in event.arguments if not any(start <= a.start and a.end <= end for start, end in tellers))
        made.append(event if len(kept) == len(event.arguments) else replace(event, arguments=kept))
    return made


def with_elided(document: Document, events: Sequence[EventFound], times: Sequence[TimeFound], places: Sequence[PlaceFound]) -> list[EventFound]:
    """The events, and those whose verb is left out: "captured Izium on 10 September and Lyman on 1 October" tells of two captures."""
    made = list(events)
    behind = _Behind(document, times)
    for event in events:
        verb = document.tokens[event.head]
        target = next((a for a in event.arguments if a.role in ("target", "victim") and a.token > verb.i), None)
        if verb.upos != "VERB" or target is None or not event.times:
            continue
        first = document.tokens[target.token]
        hung = [target.token, *(c.i for c in document.children(verb.i, "obl"))] if behind(first) else []
        for other in (c for i in (verb.i, *hung) for c in document.children(i, "conj")):
            own = behind(other)
            if not _like(document, other, target) or not own or any(a.token == other.i for a in event.arguments):
                continue
            kept = tuple(a for a in event.arguments if a.role in ("agent", "instrument") and a.token < other.i)
            where = tuple(i for i, place in enumerate(places) if place.head == other.i)
            made.append(replace(event, arguments=(*kept, argument(document, target.role, other.i)), times=own, places=where, rule=f"{event.rule}:elided"))
            at = made.index(event)
            made[at] = replace(event, times=tuple(i for i in event.times if i not in own), places=tuple(i for i in event.places if i not in where))
    return made


def _like(document: Document, other: Token, target: ArgumentFound) -> bool:
    """Whether a word after "and" stands where the target of the verb before it stands: a noun or name of the same kind."""
    first = document.tokens[target.token]
    return other.upos == first.upos and other.upos in ("PROPN", "NOUN") and other.i > first.i and any(c.i < other.i for c in document.children(other.i, "cc"))


_JOINTS = ("", "on", "in", "at", "the", "on the", "in the", "at the", "the next", ",")
_REACH = 40
"""So many characters at most, blanks for the most part, stand between a word and the time behind it."""


class _Behind:
    """The times, by index, that stand right behind a word."""

    def __init__(self, document: Document, times: Sequence[TimeFound]) -> None:
        self._text = document.text
        self._begins = sorted((time.start, i) for i, time in enumerate(times))

    def __call__(self, word: Token) -> tuple[int, ...]:
        near = self._begins[bisect_left(self._begins, (word.end, 0)) : bisect_left(self._begins, (word.end + _REACH, 0))]
        return tuple(sorted(i for start, i in near if self._text[word.end : start].strip().lower() in _JOINTS))
