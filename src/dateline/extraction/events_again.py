"""Bare mentions of what was told before, and parties that two words of a sentence share: the last looks at the events of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extraction.events_draft import VIOLENT
from dateline.extraction.findings import EventFound, StatementFound
from dateline.extraction.participants import argument
from dateline.language.document import Document

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


def _echo(document: Document, event: EventFound) -> bool:
    token = document.tokens[event.head]
    empty = not event.arguments and not event.times and not event.places and not event.negated
    if event.type not in VIOLENT or not empty or event.status not in ("occurred", "ongoing", "ended") or token.upos != "NOUN":
        return False
    pointing = any(t.text.lower() in _POINTING for t in document.children(event.head, "det"))
    return pointing and token.lemma.lower() in _BARE


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
