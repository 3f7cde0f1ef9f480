"""What the later steps of resolution see: the findings of one document together with the days, points and entities they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dateline.extraction.findings import EventFound, Findings, StatementFound
from dateline.language.document import Document
from dateline.model import Entity, Report, Span, Statement, When, Where


@dataclass(frozen=True, slots=True)
class PlaceResolved:
    """One ``PlaceFound`` as the gazetteer and the report's own geography resolve it; fields are None where the text leaves them open."""

    key: str
    """The same for all mentions of one place of the report, e.g. ``geonames:172955``, ``country:SY``, ``region:...``, ``name:tal samin``."""
    name: str
    type: str
    """Type of a place as in DESIGN.md."""
    country: str | None
    lat: float | None
    lon: float | None
    """The named place's own centre."""
    radius_km: float | None
    """How far the place reaches from its centre."""
    geonames_id: int | None
    where: Where
    """The point meant, after "45 km south of" and the like; ``entity`` is still None."""
    aliases: tuple[str, ...] = ()
    region_key: str | None = None
    """Key of the place it lies in, where known."""
    rule: str = ""
    detail: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class EntityTable:
    """The entities of a report, and which token and which place expression refers to which."""

    entities: tuple[Entity, ...]
    by_token: dict[int, str]
    """Entity id of the mention that a token heads or stands in; where mentions nest, the innermost that the token heads."""
    place_ids: tuple[str | None, ...]
    """Entity id for each of ``Findings.places``."""
    evidence: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By entity id: rule and detail of how it was resolved."""

    def at(self, token: int | None) -> str | None:
        """The id of the entity that the token refers to, or None."""
        return None if token is None else self.by_token.get(token)


_BLOCK = 512
"""Characters in a block of the index of what is said where."""


@dataclass(frozen=True)
class Scene:
    """One document with its findings and what resolution has made of them so far."""

    report: Report
    document: Document
    findings: Findings
    times: tuple[When | None, ...]
    """For each of ``Findings.times``."""
    places: tuple[PlaceResolved, ...]
    """For each of ``Findings.places``."""
    who: EntityTable
    statements: tuple[Statement, ...] = ()
    """For each of ``Findings.statements``; empty until they are resolved."""

    def span(self, start: int, end: int) -> Span:
        """The span of the report's text from ``start`` to ``end``."""
        return Span.of(self.report.text, start, end)

    def when(self, times: Sequence[int]) -> When | None:
        """The day or interval that the first resolvable of these time expressions means; one without a beginning ("in recent years") gives way."""
        found = [w for t in times if (w := self.times[t]) is not None]
        return next((w for w in found if w.earliest is not None), found[0] if found else None)

    def where(self, places: Sequence[int]) -> Where | None:
        """The point that the first of these place expressions means."""
        for p in places:
            found = self.places[p].where
            return Where(self.who.place_ids[p], found.relation, found.lat, found.lon, found.radius_km, found.span)
        return None

    def according_to(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the statements within whose content these characters lie, outermost first, innermost speaker last.

        Who declines to speak of a thing is no source of it.
        """
        holders = {(size, i) for s, e, size, i in self._said.get(start // _BLOCK, ()) if s <= start and end <= e and not silent(self.findings.statements[i])}
        return tuple(self.statements[i].id for _, i in sorted(holders, reverse=True) if i < len(self.statements))

    def entity(self, id: str | None) -> Entity | None:  # noqa: A002
        """The entity with this id, or None."""
        return None if id is None else self._entities.get(id)

    def statement(self, id: str | None) -> Statement | None:  # noqa: A002
        """The statement with this id, or None."""
        return None if id is None else self._statements.get(id)

    def events_in(self, sentence: int) -> tuple[EventFound, ...]:
        """The events found whose heads stand in the sentence with this number."""
        return self._events.get(sentence, ())

    def places_in(self, sentence: int) -> tuple[int, ...]:
        """Indices of the place expressions whose heads stand in the sentence with this number."""
        return self._places.get(sentence, ())

    def cued_in(self, sentence: int) -> tuple[StatementFound, ...]:
        """The statements found whose cues stand in the sentence with this number."""
        return self._cued.get(sentence, ())

    def speakers_in(self, sentence: int) -> tuple[tuple[int, int], ...]:
        """Start and end of the words for speakers in the sentence with this number."""
        return self._speakers.get(sentence, ())

    @cached_property
    def _cued(self) -> dict[int, tuple[StatementFound, ...]]:
        found: dict[int, list[StatementFound]] = {}
        for statement in self.findings.statements:
            if statement.cue is not None:
                found.setdefault(self.document.tokens[statement.cue].sentence, []).append(statement)
        return {sentence: tuple(statements) for sentence, statements in found.items()}

    @cached_property
    def _speakers(self) -> dict[int, tuple[tuple[int, int], ...]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for statement in self.findings.statements:
            if statement.speaker_start is not None and statement.speaker_end is not None:
                for sentence in sorted({t.sentence for t in self.document.tokens_in(statement.speaker_start, statement.speaker_end)}):
                    found.setdefault(sentence, []).append((statement.speaker_start, statement.speaker_end))
        return {sentence: tuple(spans) for sentence, spans in found.items()}

    @cached_property
    def actors_by_word(self) -> dict[str, tuple[str, ...]]:
        """Ids of the actors by each of their mentions in lower case, and by the last word of its head ("fighters" of "fighters of the group")."""
        found: dict[str, dict[str, None]] = {}
        for entity in self.who.entities:
            if entity.kind == "actor":
                for mention in entity.mentions:
                    found.setdefault(mention.text.lower(), {})[entity.id] = None
                    found.setdefault(f"… {_last_word(mention.text)}", {})[entity.id] = None
        return {word: tuple(ids) for word, ids in found.items()}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.who.entities}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def _said(self) -> dict[int, list[tuple[int, int, int, int]]]:
        """By block of characters: start, end and whole length of what is said there, and the index of the statement."""
        found: dict[int, list[tuple[int, int, int, int]]] = {}
        for i, statement in enumerate(self.findings.statements):
            size = sum(e - s for s, e in statement.content)
            for s, e in statement.content:
                for block in range(s // _BLOCK, e // _BLOCK + 1):
                    found.setdefault(block, []).append((s, e, size, i))
        return found

    @cached_property
    def _events(self) -> dict[int, tuple[EventFound, ...]]:
        found: dict[int, list[EventFound]] = {}
        for event in self.findings.events:
            found.setdefault(self.document.tokens[event.head].sentence, []).append(event)
        return {sentence: tuple(events) for sentence, events in found.items()}

    @cached_property
    def _places(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for i, place in enumerate(self.findings.places):
            found.setdefault(self.document.tokens[place.head].sentence, []).append(i)
        return {sentence: tuple(places) for sentence, places in found.items()}


def silent(statement: StatementFound) -> bool:
    """Whether somebody declines to say, confirm or comment: what it is about is not his word."""
    return statement.act == "refuse" and statement.mode != "direct" and statement.rule not in _SPOKEN


_SPOKEN = frozenset({"cues:rule_out"})
"""Cues of refusal that say something of what they refuse ("ruled out that")."""


def _last_word(text: str) -> str:
    """The last word of the words before any "of", "in" or "from", in lower case."""
    words = text.lower().split()
    for stop in ("of", "in", "from", "against", "for"):
        if stop in words[1:]:
            words = words[: words.index(stop, 1)]
    return words[-1].strip(",.'’\"") if words else ""
