"""What the API gives and takes where people are at work: sessions, tokens, corrections, the review queue, sharing."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from dateline.web.shapes import Chain, Handle, Key, Shape, Span, Word

VERBS = ("accept", "change", "reject", "add", "merge", "split", "note", "same", "different", "unsure")

Verb = Annotated[str, Field(json_schema_extra={"enum": [*VERBS, "undo"]})]


class SignIn(Shape):
    """A name and a password."""

    name: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=1000)


class NewToken(Shape):
    """What a token is to be called, what it may do, and for how many days."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
    role: str = Field("reader", pattern="^(reader|reviewer|owner)$")
    days: int = Field(90, ge=1, le=366)


class Token(Shape):
    """A token as it is listed: never its secret."""

    id: str
    name: str
    role: str
    made_at: str
    ends_at: str
    used_at: str | None


class MadeToken(Token):
    """A token just made; ``secret`` is shown this once and kept only as a hash."""

    secret: str


class NewCorrection(Shape):
    """What a person says of a value (docs/corrections.md)."""

    verb: str = Field(json_schema_extra={"enum": list(VERBS)}, max_length=20)
    report: int = Field(ge=1, le=2**31)
    item: str | None = Field(None, pattern=r"^[a-z]{1,3}[0-9]{1,9}$", description="Id of the value in its report; null = the report itself.")
    field: str | None = Field(None, max_length=60)
    value: Any = Field(None, description="The field's value as docs/reading.md has it; an entity by id or name, a day as 2017-10-17 or 2017-10-01..2017-10-17.")
    other: Handle | None = Field(None, max_length=40, description="The second value of merge, same, different and unsure.")
    words: str | None = Field(None, max_length=2000, description="Words of the report on which the new value rests.")
    why: str = Field("", max_length=4000)
    as_read: bool = Field(default=False, description="Said of the value as the machine read it, whatever others have said since: by a second reader.")
    after: int | None = Field(None, ge=0, description="Number of the last line of the log on this value that was seen; a newer one is answered with 409.")


class Why(Shape):
    """Why a line of the log is to count no longer."""

    why: str = Field("", max_length=4000)


class Entry(Shape):
    """A line of the log of corrections."""

    n: int
    verb: Verb
    id: Handle | None = Field(description="The value that it concerns today; null where it no longer fits one.")
    report: int
    item: str | None
    field: str | None
    was: Any = Field(description="The value as that person saw it.")
    value: Any
    words: str | None
    who: str
    at: str
    why: str
    target: int | None = Field(description="The line that an undo is of.")
    undone_by: int | None
    fits: bool | None = Field(description="Whether it fits the current reading; null where that does not arise.")
    reason: str | None = Field(description="Why it does not fit.")


class ItemHistory(Shape):
    """All that people have said of a value, beside what the machine read."""

    id: Handle
    word: Word | None
    machine: dict[str, Any] | None = Field(description="The value as the machine read it; null where a person added it.")
    now: dict[str, Any] | None = Field(description="The value as the record answers with it; null where it was rejected.")
    entries: list[Entry]


class QueueItem(Shape):
    """A value that waits for a person, the most doubtful and weighty first."""

    id: Handle
    report: int
    word: Word
    title: str | None
    source: str | None
    published: str | None
    doubt: float
    weight: float
    why: str
    second: bool = Field(description="Others have judged it: it is given as the machine read it, and without what they said.")
    body: dict[str, Any]
    names: dict[str, str] = Field(description="Names of what the value points to: entities, speakers of statements, figures.")
    chain: Chain
    around: str
    spans: list[Span] = Field(description="The words of the value, for the eye to find.")
    entries: list[Entry]


class Queue(Shape):
    """The next values that wait; ``count`` is of all that wait under the filter."""

    count: int
    items: list[QueueItem]
    next: str | None


class Share(Shape):
    """How many of how many."""

    name: str
    judged: int
    of: int


class Progress(Shape):
    """How far the review is."""

    judged: int
    of: int
    words: list[Share]
    people: list[Share]


class Agreement(Shape):
    """Of the values that both judged: how many they leave alike, and Cohen's kappa of their verdicts (right, wrong, not there)."""

    a: str
    b: str
    both: int
    alike: int
    share: float | None
    kappa: float | None


class Conflict(Shape):
    """A value on which the latest words of two persons differ."""

    id: Handle
    field: str | None
    entries: list[Entry]


class Dossier(Shape):
    """A selection of the record as one JSON object: what the one-file page holds in place of a server.

    ``answers`` are the bodies that the API would give, by path and query as the page asks for them.
    """

    made_at: str
    dateline: str
    title: str
    note: str | None
    rounded_to: float | None = Field(description="Degrees to which coordinates are rounded.")
    private_persons_hidden: bool
    people_hidden: int
    count: int
    keys: list[Key]
    answers: dict[str, Any]
