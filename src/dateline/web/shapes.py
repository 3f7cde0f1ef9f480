"""What the API gives and takes, in DESIGN.md's words: the parts that all answers are made of."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from dateline import vocabulary as words

T = TypeVar("T")


class Shape(BaseModel):
    """A JSON object with these keys, all present, and no others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, ser_json_inf_nan="null")


def _one_of(values: tuple[str, ...]) -> Any:
    """A text that is one of these words."""
    return Field(json_schema_extra={"enum": list(values)})


FINDINGS = ("uncontested", "claimed", "contested", "denied", "confirmed by the other side", "confirmed independently", "open")
STANCES = ("asserts", "denies", "leaves open")
STATUSES = words.STATUSES
STANDINGS = ("confirmed", "reported", "claimed", "contested", "possible", "denied")
WORDS = ("entities", "statements", "events", "figures", "control", "relations", "times", "images")

FindingStatus = Annotated[str, _one_of(FINDINGS)]
Stance = Annotated[str, _one_of(STANCES)]
Standing = Annotated[str, _one_of(STANDINGS)]
Word = Annotated[str, _one_of(WORDS)]
Status = Annotated[str, _one_of(words.STATUSES)]
Precision = Annotated[str, _one_of(words.PRECISIONS)]
Measure = Annotated[str, _one_of(words.MEASURES)]
Role = Annotated[str, _one_of(words.ROLES)]
ChangeKind = Annotated[str, _one_of(words.CHANGES)]
Handle = Annotated[str, Field(description="Id of a value in the record: REPORT/ID, as 12/v3.", examples=["12/v3"])]
Key = Annotated[str, Field(description="What an entity is across reports: actor:KEY, geonames:ID, country:XX or KIND:NAME.", examples=["actor:SYR.SDF"])]
Day = Annotated[str, Field(description="ISO 8601 date.", examples=["2017-10-17"])]


class Span(Shape):
    """Characters of a report: Unicode code points, start inclusive, end exclusive; ``text[start:end]`` equals the text."""

    start: int
    end: int
    text: str


class When(Shape):
    """An interval of days or moments, both ends inclusive; null = open or unknown on that side."""

    from_: str | None = Field(alias="from")
    to: str | None
    precision: Precision
    approximate: bool = False
    basis: str | None = None
    span: Span | None = None


class Point(Shape):
    """A place of the record with its coordinates in degrees."""

    key: Key | None = None
    name: str
    relation: str | None = Field(None, description="at, in, near, between, north_of ...")
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    span: Span | None = None


class Named(Shape):
    """Somebody or something of the record, by key and by the name most used."""

    key: Key | None
    name: str


class Speaker(Shape):
    """One link of a source chain; ``statement`` is the handle of what was said."""

    key: Key | None
    name: str
    statement: Handle | None = None


class Chain(Shape):
    """Who says so: outlet first, then the agency whose copy it prints, innermost speaker last."""

    outlet: str | None
    agency: str | None
    speakers: list[Speaker]
    text: str = Field(description="The chain in one line, as the command line prints it.")


class Published(Shape):
    """When a report was published and how that is known."""

    date: str | None
    basis: str | None = None


class Account(Shape):
    """What one source chain says of a happening."""

    id: Handle
    report: int
    chain: Chain
    stance: Stance
    voice: str = Field(description="By what the source is counted.")
    voice_name: str
    echo: bool = Field(description="Only repeats a speaker of the same report; no second witness.")
    interested: str | None = Field(description="Why the speaker is no disinterested source; null where nothing is known against it.")
    published: str | None
    words: str


class Page(Shape, Generic[T]):
    """One page of a list: ``count`` is of the whole list under the filter, ``next`` the cursor of the page after this one."""

    count: int
    items: list[T]
    next: str | None = None


class Problem(Shape):
    """RFC 9457 problem: what is wrong, the input that it is wrong in, and what to do."""

    type: str = Field(description="urn:dateline:problem:NAME", examples=["urn:dateline:problem:not-found"])
    title: str
    status: int
    wrong: str
    given: str
    mend: str
