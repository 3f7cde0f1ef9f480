"""What extraction leaves for resolution: spans and token indices of one document, no world knowledge.

``token``, ``head`` and the like are indices into ``Document.tokens``; ``start``/``end`` are characters of the report (end exclusive);
``first``/``last`` are token indices (last exclusive). Indices named ``times``, ``places``, ``event``, ``within`` point into the tuples of ``Findings``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extraction.times import TimeFound


@dataclass(frozen=True, slots=True)
class MentionFound:
    """A span that names or refers to somebody or something."""

    start: int
    end: int
    first: int
    last: int
    head: int
    form: str
    """name, noun or pronoun."""
    label: str
    """Label of the model's name head (PERSON, ORG, FORCE, PLACE, NORP, WEAPON ...), or ACTOR, PERSON, PLACE, WEAPON for nouns, or PRONOUN."""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place as worded: the name, and the words that move the point away from it ("45 km south of Mosul")."""

    start: int
    end: int
    """The whole expression."""
    name_start: int
    name_end: int
    """The name (or noun) alone."""
    head: int
    relation: str = "at"
    """at, in, near, between, north_of, south_of, ..., outskirts_of, from, to, on, along."""
    distance_km: float | None = None
    other: int | None = None
    """For ``between``: index of the second place."""
    inside: int | None = None
    """Index of the place that the text says it lies in ("Tabqa, Syria")."""
    adjectival: bool = False
    """A demonym or adjective ("Syrian"), which is not where an event happens."""
    nominal: bool = False
    """A noun that refers to a place named elsewhere ("the city", "the besieged town", "there")."""
    rule: str = ""
    point: tuple[float, float, float] | None = None
    """Latitude, longitude and reach in kilometres, where the text writes them out."""


@dataclass(frozen=True, slots=True)
class ArgumentFound:
    """A participant as worded: role, head token and the noun phrase's characters."""

    role: str
    token: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventFound:
    """An event as worded."""

    type: str
    head: int
    start: int
    end: int
    """Characters of the trigger."""
    arguments: tuple[ArgumentFound, ...]
    places: tuple[int, ...]
    times: tuple[int, ...]
    status: str
    negated: bool
    rule: str
    confidence: float
    status_rule: str = ""


@dataclass(frozen=True, slots=True)
class StatementFound:
    """A statement as worded."""

    speaker: int | None
    """Head token of the speaker's noun phrase; None when nobody is named."""
    speaker_start: int | None
    speaker_end: int | None
    cue: int | None
    cue_start: int | None
    cue_end: int | None
    content: tuple[tuple[int, int], ...]
    mode: str
    act: str
    addressee: int | None
    medium: str | None
    language: str | None
    times: tuple[int, ...]
    within: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A figure as worded; numbers as in DESIGN.md's table of bounds."""

    start: int
    end: int
    head: int
    measure: str
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    share: float | None
    unit: str | None
    of: str | None
    who: int | None
    """Head token of those counted or harmed."""
    places: tuple[int, ...]
    times: tuple[int, ...]
    event: int | None
    rule: str
    confidence: float
    counts: str | None = None
    """flow, stock or total; None where the words leave it open."""


@dataclass(frozen=True, slots=True)
class ControlFound:
    """Words that say who holds a place, other than an event of capture ("rebel-held Idlib", "remains under siege")."""

    start: int
    end: int
    place: int | None
    """Index into ``Findings.places``."""
    holder: int | None
    """Head token of the holder's noun phrase."""
    previous_holder: int | None
    change: str
    status: str
    times: tuple[int, ...]
    event: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RelationFound:
    """A lasting tie as worded, between the noun phrases headed by two tokens."""

    type: str
    source: int
    target: int
    start: int
    end: int
    times: tuple[int, ...]
    rule: str
    past: bool = False
    """Whether the words say that it is over ("a former ally of", "no longer backs")."""


@dataclass(frozen=True, slots=True)
class ImageFound:
    """An image as its caption and credit tell it."""

    kind: str
    person: str | None
    agency: str | None
    taken: int | None
    """Index into ``Findings.times``."""
    shows: tuple[int, int] | None
    place: int | None
    """Index into ``Findings.places``."""
    section: int
    rule: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that extraction found in one document."""

    mentions: tuple[MentionFound, ...] = ()
    times: tuple[TimeFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    statements: tuple[StatementFound, ...] = ()
    events: tuple[EventFound, ...] = ()
    figures: tuple[FigureFound, ...] = ()
    control: tuple[ControlFound, ...] = ()
    relations: tuple[RelationFound, ...] = ()
    images: tuple[ImageFound, ...] = ()
