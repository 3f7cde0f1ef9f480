"""What the API gives of incidents: rows, points for the map, bins for the time line, and one incident with all its accounts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.web.shapes import Account, Chain, Day, FindingStatus, Handle, Key, Measure, Named, Point, Role, Shape, Span, Stance, Status, When


class IncidentRow(Shape):
    """An incident in a list."""

    id: str = Field(description="incident:REPORT/EVENT", examples=["incident:3/v1"])
    row: int = Field(description="Its place in the columns of /api/incidents/points of the same revision.")
    type: str
    when: When | None
    where: Point | None
    status: FindingStatus
    reason: str
    event_status: Status = Field(description="What most accounts say of it: occurred, ongoing, ended, possible, denied.")
    independent: int = Field(description="Sources that speak for it and do not rest on each other.")
    reports: int
    confidence: float
    killed: str | None = Field(description="The dead, with bounds, in words.")
    actors: list[Named]
    background: bool = Field(description="Told only in reports published long after it.")
    reviewed: bool
    words: str


class Points(Shape):
    """All incidents in columns; the n-th entry of each column is one incident. Small enough for 50,000 of them."""

    revision: str
    count: int
    types: list[str] = Field(description="What the numbers in ``type`` stand for.")
    statuses: list[FindingStatus]
    event_statuses: list[Status]
    id: list[str] = Field(description="REPORT/EVENT of the incident's first event.")
    lat: list[float | None]
    lon: list[float | None]
    radius_km: list[float | None]
    first: list[int | None] = Field(description="First day on which it may have been, in days since 1970-01-01; null = open or unknown.")
    last: list[int | None] = Field(description="Last day on which it may have been.")
    type: list[int]
    status: list[int]
    event_status: list[int]
    reports: list[int]
    independent: list[int]
    confidence: list[int] = Field(description="In hundredths.")
    place: list[int | None] = Field(description="Its place among ``places`` of /api/ledger/changes, where the ledger tells of it; see ``ledger``.")
    ledger: str | None = Field(description="The revision of /api/ledger/changes that ``place`` is of.")
    reviewed: list[int] = Field(description="1 where a person has looked at it.")


class Matches(Shape):
    """The rows of /api/incidents/points (same revision) that hold a filter, ascending."""

    revision: str
    count: int
    rows: list[int]


class Bin(Shape):
    """A stretch of the time line: ``sure`` incidents lie wholly inside, ``may`` ones may lie inside as far as their days are known."""

    from_: Day = Field(alias="from")
    to: Day
    sure: int
    may: int


class Histogram(Shape):
    """The time line under a filter; each incident is counted sure in at most one bin."""

    unit: str = Field(json_schema_extra={"enum": ["day", "week", "month", "quarter", "year", "decade"]})
    bins: list[Bin]
    count: int
    undated: int = Field(description="Incidents under the filter whose days are open on both sides.")


class Tallied(Shape):
    """How many incidents under the filter have this value."""

    value: str
    name: str
    count: int


class Counts(Shape):
    """What the incidents under a filter are, counted; each list most frequent first."""

    count: int
    types: list[Tallied]
    statuses: list[Tallied]
    event_statuses: list[Tallied]
    sources: list[Tallied]
    places: list[Tallied]
    actors: list[Tallied]


class Participant(Shape):
    """Who takes part in an event, in the report's words."""

    role: Role
    entity: str | None
    key: Key | None
    name: str
    span: Span


class FigureShape(Shape):
    """A number that counts people, things or harm, with its bounds and words."""

    id: Handle
    report: int
    measure: Measure
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    share: float | None
    unit: str | None
    of: str | None
    counts: Literal["flow", "stock", "total"] | None = Field(
        default=None, description="What happened in the time of its event or date; how many there are at one moment; all so far."
    )
    words: str = Field(description="The number with its bounds, in words.")
    part: bool = Field(default=False, description="Counts a part of a larger figure of the same account.")
    when: When | None
    where: Point | None
    chain: Chain
    published: str | None
    title: str | None
    voice_name: str | None = None
    interested: str | None = None
    incident: str | None = None
    span: Span
    confidence: float


class TallyShape(Shape):
    """All figures of one measure of an incident."""

    measure: Measure
    kind: str = Field(json_schema_extra={"enum": ["one", "same", "update", "conflict"]})
    reason: str
    lowest: FigureShape
    highest: FigureShape
    latest: FigureShape
    figures: list[FigureShape]


class Telling(Shape):
    """An event of a report that tells of the incident: every value with its words and offsets, and the account that it gives."""

    id: Handle
    report: int
    title: str | None
    url: str | None
    source: str | None
    published: str | None
    type: str
    status: Status
    negated: bool
    trigger: Span
    sentence: Span
    when: When | None
    where: Point | None
    participants: list[Participant]
    figures: list[Handle]
    confidence: float
    account: Account
    reviewed: bool = False


class Side(Shape):
    """One side of a contradiction."""

    value: str
    accounts: list[Handle]


class Contradiction(Shape):
    """Accounts that cannot both be right, or differ: ``about`` says in what."""

    about: str = Field(json_schema_extra={"enum": ["whether", "when", "where", "type", "figure", "doer"]})
    words: str
    sides: list[Side]


class JudgementShape(Shape):
    """That two events are the same, different or unsure."""

    n: int
    a: Handle
    b: Handle
    verdict: str
    score: float | None
    reason: str
    judge: str
    at: str


class IncidentDetail(Shape):
    """One happening in the world with each account of it."""

    id: str
    row: int | None
    type: str
    when: When | None
    where: Point | None
    status: FindingStatus
    reason: str
    independent: int
    reports: int
    background: bool
    reviewed: bool
    confidence: float
    participants: list[Named]
    events: list[Telling]
    accounts: list[Account] = Field(description="Those of the events, and denials that answer them elsewhere in the same reports.")
    figures: list[TallyShape]
    contradictions: list[Contradiction]
    judgements: list[JudgementShape]
    stances: dict[Stance, int]
