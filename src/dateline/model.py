"""The words of Dateline as frozen types; they cross every stage and import nothing of ours.

Field names are DESIGN.md's JSON keys, but for ``When.earliest`` and ``When.latest``, which are printed as ``from`` and ``to``.
Offsets are Unicode code points into ``Report.text``, start inclusive, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA_VERSION = "1.2.0"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``start`` to ``end`` (exclusive) of a report, with their text."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: headline, dateline, byline, paragraph, caption, credit, contributors or boilerplate."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Repair:
    """How many times one kind of damage was mended before the text was frozen."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published: an ISO 8601 date or date-time, or None, and how that is known."""

    date: str | None = None
    basis: str = "unknown"
    """metadata, stated, inferred or unknown."""
    spans: tuple[Span, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report came from: the form it was in, the address and time it was fetched, the digest of its bytes, its archive record."""

    format: str
    """The reader that read it: text, html, json, warc, mail ..."""
    address: str | None = None
    """The web address that it was fetched from; ``Report.url`` is the one that the report gives as its own."""
    fetched: str | None = None
    """When it was fetched (ISO 8601), as the archive says or as the watch saw it."""
    digest: str | None = None
    """``sha256:`` and the digest of the report's bytes as they came."""
    archive_record: str | None = None
    """Id of the record of a web archive (``WARC-Record-ID``)."""
    item: str | None = None
    """What all versions of the publisher's item share: the guid of NewsML-G2, the uri of ninjs, the id of a feed's entry or mail."""
    version: str | None = None
    """The publisher's number of the version."""
    revised: str | None = None
    """When the publisher made this version (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text with its parts; the text never changes once this exists."""

    id: str
    text: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    language: str | None = None
    published: Published = Published()
    sections: tuple[Section, ...] = ()
    repairs: tuple[Repair, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days or moments, both ends inclusive; None is an open or unknown end."""

    earliest: str | None
    latest: str | None
    precision: str = "unknown"
    """minute, hour, day, week, month, season, year, decade or unknown."""
    approximate: bool = False
    basis: str = "stated"
    """stated, relative, inferred or report (the publication day stands in)."""
    span: Span | None = None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.earliest[:10] > self.latest[:10]:
            raise ValueError(f"an interval cannot end before it begins: {self.earliest} to {self.latest}")


@dataclass(frozen=True, slots=True)
class Where:
    """The point meant: a place entity, how the words relate to it, coordinates in degrees and a radius in kilometres."""

    entity: str | None
    relation: str = "at"
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an entity; ``form`` is name, noun or pronoun."""

    start: int
    end: int
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions refer to: ``kind`` is actor, person, place, weapon or other; ``type`` as in DESIGN.md."""

    id: str
    kind: str
    type: str
    name: str
    known_as: str | None = None
    """Key in the who's-who lexicon."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    mentions: tuple[Mention, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something."""

    id: str
    speaker: str | None
    speaker_span: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: str
    """direct, indirect or mixed."""
    act: str
    addressee: str | None = None
    medium: str | None = None
    language: str | None = None
    """ISO 639-1 code of the language it was made in, where the report says so."""
    when: When | None = None
    within: str | None = None
    section: int | None = None
    """Index into ``Report.sections``."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in an event: role, entity and the words."""

    role: str
    entity: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class AcledCode:
    """ACLED event and sub-event type."""

    event_type: str | None
    sub_event_type: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """An event type in the field's ontologies; None where they have no such type."""

    plover: str | None
    cameo: str | None
    acled: AcledCode
    ucdp: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something done or happening."""

    id: str
    type: str
    trigger: Span
    participants: tuple[Participant, ...]
    where: Where | None
    when: When | None
    status: str
    """occurred, ongoing, ended, denied, possible, planned, demanded or hypothetical."""
    negated: bool
    according_to: tuple[str, ...]
    figures: tuple[str, ...]
    sentence: Span
    codes: Codes
    confidence: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts people, things or harm, with its bounds."""

    id: str
    measure: str
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    share: float | None
    unit: str | None
    of: str | None
    who: str | None
    where: Where | None
    when: When | None
    according_to: tuple[str, ...]
    span: Span
    event: str | None
    confidence: float
    counts: str | None = None
    """How it counts: flow (what happened in the time of its event or date), stock (how many there are at one moment), total (all so far), or open."""


@dataclass(frozen=True, slots=True)
class Control:
    """A place comes into, stays in or leaves somebody's hands."""

    id: str
    place: str | None
    holder: str | None
    previous_holder: str | None
    change: str
    when: When | None
    status: str
    according_to: tuple[str, ...]
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting tie between two entities."""

    id: str
    type: str
    source: str
    target: str
    when: When | None
    according_to: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression of the report."""

    id: str
    when: When


@dataclass(frozen=True, slots=True)
class Image:
    """A photograph or video still that the report shows."""

    id: str
    kind: str
    person: str | None
    agency: str | None
    taken: When | None
    shows: Span | None
    where: Where | None
    section: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a value is as it is: the rule, lexicon row or model head, its score, and the words."""

    field: str
    """Name of the field of the thing that this explains, e.g. ``type``, ``when``, ``status``."""
    rule: str
    """E.g. ``triggers:shelling``, ``model:names``, ``when:weekday_before``."""
    detail: str
    """The reason in words a reader understands."""
    score: float | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Why nothing was read from a report: what passed it over, the weight of the signs in it, the weight that it would have needed, and the signs."""

    by: str
    score: float
    needed: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one report."""

    report: Report
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    control: tuple[Control, ...] = ()
    relations: tuple[Relation, ...] = ()
    times: tuple[Time, ...] = ()
    images: tuple[Image, ...] = ()
    passed_over: PassedOver | None = None
    """Set where the gate let nothing be read; printed only then."""
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """By id of the thing explained; kept in the record and shown by ``dateline explain``, not part of the printed contract."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that was set aside: its name, the reason and the mend."""

    input: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """A publisher's notice that an item no longer stands: which, how (canceled, withheld, deleted), when, and what the notice says."""

    input: str
    item: str
    status: str
    origin: Origin
    note: str | None = None
