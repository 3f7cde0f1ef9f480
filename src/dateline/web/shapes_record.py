"""What the API gives of the rest of the record: reports, the ledger, places, actors, figures, search, names, labels, meta."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dateline.web.shapes import Account, Chain, ChangeKind, Day, Handle, Key, Named, Point, Published, Shape, Span, Standing, Status, When, Word


class RecordCounts(Shape):
    """How much the record holds."""

    reports: int
    refused: int
    statements: int
    events: int
    figures: int
    control: int
    incidents: int
    places: int
    actors: int


class Building(Shape):
    """How far the overview of the incidents is made; lists are whole once ``ready`` equals ``of``."""

    ready: int
    of: int


class User(Shape):
    """Who asks, and what that one may do."""

    name: str
    role: str = Field(json_schema_extra={"enum": ["reader", "reviewer", "owner"]})
    csrf: str | None = Field(description="To be sent back as the header X-Dateline-CSRF with every request that changes something.")


class Meta(Shape):
    """The record, the versions, and who asks."""

    dateline: str
    schema_version: str
    api_version: str
    record: str = Field(description="Name of the record's file or database, without its folder.")
    revision: str = Field(description="Changes whenever the record does.")
    counts: RecordCounts
    first: Day | None
    last: Day | None
    building: Building
    accounts: bool = Field(description="Whether people have to sign in.")
    user: User | None
    writable: bool = Field(description="Whether corrections can be kept here.")
    tiles: str | None = Field(description="Address of a tile server or PMTiles file that the owner has set; null = only what the page brings along.")


class TypeWord(Shape):
    """An event type of the ontology."""

    id: str
    label: str
    definition: str


class Vocabulary(Shape):
    """The closed lists of the record's words."""

    event_types: list[TypeWord]
    statuses: list[str]
    finding_statuses: list[str]
    standings: list[str]
    measures: list[str]
    acts: list[str]
    roles: list[str]
    changes: list[str]
    actor_types: list[str]
    place_types: list[str]
    relation_types: list[str]
    precisions: list[str]


class ReportRow(Shape):
    """A report in a list."""

    report: int
    title: str | None
    source: str | None
    agency: str | None
    url: str | None
    published: Published
    language: str | None
    version: int
    current: bool
    read_at: str
    reader: str
    words: str | None = Field(None, description="A piece of the text around the words that were looked for.")


class Refusal(Shape):
    """An input that was set aside."""

    input: str
    reason: str
    mend: str
    at: str


class ReportDetail(Shape):
    """A report with all that was read from it. The keys inside are those of a reading (docs/reading.md)."""

    report: int
    version: int
    current: bool
    versions: list[ReportRow]
    agency: str | None
    read_at: str
    reader: str
    reading: dict[str, Any] = Field(description="The reading as `dateline read --format json` prints it; `dateline schema` describes it.")
    worlds: dict[str, Key] = Field(description="For each entity what it is across reports.")
    names: dict[str, str] = Field(description="For each entity the name by which people see it.")
    incidents: dict[str, str] = Field(description="For each event that is part of an incident, the incident.")
    chains: dict[str, Chain] = Field(description="For each event, figure and control its source chain.")
    copies: list[ReportRow] = Field(description="Reports that share its words.")


class Reason(Shape):
    """Why a field of a value is as it is."""

    field: str
    rule: str
    detail: str
    score: float | None
    span: Span | None


class Explanation(Shape):
    """A value with its chain, the sentence around it and the reason for each field."""

    id: Handle
    word: Word
    report: int
    title: str | None
    published: str | None
    body: dict[str, Any]
    names: dict[str, str] = Field(description="Names of what the value points to: entities, speakers of statements, figures.")
    spans: list[Span] = Field(description="The words of the value, for the eye to find.")
    chain: Chain
    around: str
    rejected: bool = Field(description="A person took it out: it is given as the machine read it.")
    reasons: list[Reason]


class Change(Shape):
    """One account of a change of hands or of a hold, with its words."""

    id: Handle
    report: int
    place: Named
    change: ChangeKind
    status: Status
    holder: Named | None
    previous_holder: Named | None
    when: When
    account: Account
    denials: list[Account]
    words: str
    sentence: str
    span: Span


class Holding(Shape):
    """Somebody's hold of a place on a day."""

    place: Point
    holder: Named
    since: When
    until: When | None
    standing: Standing
    reason: str
    independent: int
    accounts: list[Change]
    against: list[Account]


class Band(Shape):
    """A stretch of days on which the ledger's answer for one holder stays the same; null = open on that side."""

    from_: Day | None = Field(alias="from")
    to: Day | None
    holder: Named
    standing: Standing
    independent: int
    reason: str


class Holder(Named):
    """Who holds a place in the ledger of all places, under one name wherever it does."""

    known: bool = Field(description="Whether a name tells who it is; false for such as “rebels” or “his troops”, which are others in other places.")


class LedgerChanges(Shape):
    """Who held which place when, in columns, so that a browser steps through the days without a request.

    Segment n: place ``places[place[n]]`` was held by ``holders[holder[n]]``, standing ``standings[standing[n]]``, from day ``first[n]`` to ``last[n]``
    (days since 1970-01-01, inclusive; null = open). Two segments of one place that overlap are rivals: the place is to be drawn split.
    """

    revision: str
    count: int
    places: list[Point]
    holders: list[Holder]
    standings: list[Standing]
    place: list[int]
    holder: list[int]
    standing: list[int]
    first: list[int | None]
    last: list[int | None]


class PlaceRow(Shape):
    """A place in a list."""

    place: Point
    named: bool = Field(description="Whether a report calls it by a name; else it is a word such as “the town”, which many reports may mean otherwise.")
    type: str
    reports: int
    events: int
    control: int


class PlaceDetail(Shape):
    """A place with the history of its control."""

    place: Point
    type: str
    names: list[str]
    reports: int
    events: int
    incidents: int
    figures: int
    bands: list[Band]
    changes: list[Change]


class Alias(Shape):
    """A name that reports use of somebody."""

    name: str
    reports: int


class Tie(Shape):
    """A lasting tie: from the who's who (``rule`` names the row), or told by a report (``report`` and ``id``)."""

    type: str
    other: Named
    direction: str = Field(json_schema_extra={"enum": ["to", "from"]})
    since: str | None
    until: str | None
    basis: str = Field(json_schema_extra={"enum": ["who's who", "report"]})
    id: Handle | None = None
    words: str | None = None


class ActorRow(Shape):
    """Somebody in a list."""

    key: Key
    name: str
    named: bool = Field(description="Whether a report calls it by a name; else it is a word such as “soldiers”, which many reports may mean otherwise.")
    kind: str
    type: str
    country: str | None
    reports: int
    events: int
    statements: int


class ActorDetail(Shape):
    """Somebody of the record."""

    key: Key
    name: str
    kind: str
    type: str
    country: str | None
    known: str | None = Field(description="The name in the who's who, where it knows this one.")
    party: Named | None = Field(description="Whom it acts for: the state of an army, the group of a fighter.")
    aliases: list[Alias]
    ties: list[Tie]
    reports: int
    events: int
    statements: int
    incidents: int
    holds: list[Holding] = Field(description="Places it holds or held last, as the ledger has it on the last day of the record.")


class StatementRow(Shape):
    """Somebody says something."""

    id: Handle
    report: int
    title: str | None
    source: str | None
    published: str | None
    speaker: Named | None
    act: str
    mode: str
    cue: Span | None
    content: list[Span]
    addressee: str | None
    medium: str | None
    when: When | None
    within: Handle | None


class EventRow(Shape):
    """Something done or happening, as one report tells it."""

    id: Handle
    report: int
    incident: str | None
    type: str
    status: Status
    negated: bool
    when: When | None
    where: Point | None
    who: list[dict[str, str | None]]
    chain: Chain
    confidence: float
    sentence: Span


class NameHit(Shape):
    """A name that begins as typed."""

    key: Key
    name: str
    kind: str
    type: str
    country: str | None
    reports: int
    lat: float | None
    lon: float | None


class Found(Shape):
    """What a search finds: reports that hold all words, and names like them."""

    count: int
    reports: list[ReportRow]
    names: list[NameHit]
    next: str | None


class Label(Shape):
    """A town for the map's labels."""

    name: str
    lat: float
    lon: float
    population: int
    country: str | None
    type: str
    geonames_id: int | None


class Labels(Shape):
    """The largest towns in a frame, largest first; ``count`` is of all in the frame."""

    count: int
    items: list[Label]
