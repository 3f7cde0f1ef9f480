"""The record's tables: what each holds; all but the kept ones can be made again from these.

Only what opens a record imports this module, so that reading without a record does not wait for the database's library.
A new kept table goes into ``KEPT``, and a step that makes it in older records into ``record/migrations.py``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from dateline.record.names import NAMING

VERSION = 7
"""Version of the tables; a record says which it has, and is brought to this one when it is opened."""

METADATA = MetaData()

_Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both stores compare by code point, so that answers come in the same order from each."""
_Number = BigInteger().with_variant(Integer, "sqlite")


def _words(name: str, *more: SchemaItem, key: bool = False, null: bool = False) -> Column[Any]:
    return Column(name, _Words, *more, primary_key=key, nullable=null)


def _number(name: str, *more: SchemaItem, key: bool = False, default: int | None = None) -> Column[Any]:
    return Column(name, _Number, *more, primary_key=key, nullable=False, autoincrement=False, server_default=None if default is None else text(str(default)))


def _measured(name: str, *, null: bool = True) -> Column[Any]:
    return Column(name, Double, nullable=null)


def _numbered() -> Column[Any]:
    return Column("n", _Number, Identity(), primary_key=True)


def _table(name: str, *parts: SchemaItem) -> Table:
    """A table that SQLite lays out by its key alone."""
    return Table(name, METADATA, *parts, sqlite_with_rowid=False)


REPORT = Table(
    "report",
    METADATA,
    _numbered(),
    _words("key"),  # the same for all versions of one report: its publisher's id of the item, address or path
    _number("version"),
    _number("current"),  # 1 for the newest version, 0 for older ones and for all of a retracted item
    _words("digest"),  # SHA-256 of what was given, by which a report is known again
    _words("input"),
    _words("source", null=True),
    _words("agency", null=True),
    _words("url", null=True),
    _words("title", null=True),
    _words("language", null=True),
    _words("published", null=True),
    _words("read_at"),  # when it came into the record (UTC)
    _words("reader"),  # version of Dateline that read it
    _words("body"),  # the report, as JSON
    _words("evidence"),  # reasons by id, as JSON
    _number("linked", default=0),  # 1 once its events are joined to those of the others
    UniqueConstraint("digest"),
    UniqueConstraint("key", "version"),
)
Index("report_pending", REPORT.c.linked, sqlite_where=text("linked = 0"), postgresql_where=text("linked = 0"))

ITEM = _table(  # every part of a reading as it was read, as JSON
    "item",
    _number("report", ForeignKey("report.n"), key=True),
    _words("id", key=True),
    _words("word"),  # entities, statements, events, figures, control, relations, times, images
    _words("body"),
)

JUDGEMENT = Table(  # that two events are the same, different or unsure; never changed, a later one counts
    "judgement",
    METADATA,
    _numbered(),
    _number("a_report"),
    _words("a_event"),
    _number("b_report"),
    _words("b_event"),
    _words("verdict", CheckConstraint("verdict IN ('same', 'different', 'unsure')")),
    _measured("score"),
    _words("reason"),
    _words("judge"),
    _words("at"),
    Column("correction", _Number, nullable=True),  # the line of the log that a person's judgement is
    Index("judgement_a", "a_report", "a_event"),
    Index("judgement_b", "b_report", "b_event"),
)

REFUSAL = Table("refusal", METADATA, _numbered(), _words("input"), _words("reason"), _words("mend"), _words("at"), UniqueConstraint("input", "reason"))

ORIGIN = Table(  # where a report came from: a row for each address, time and file that it was met in
    "origin",
    METADATA,
    _numbered(),
    _number("report", ForeignKey("report.n")),
    _words("input"),
    _words("format"),
    _words("address", null=True),  # the web address, and when it was fetched from there
    _words("fetched", null=True),
    _words("digest", null=True),  # of the bytes as they came; by it the original is found
    _words("archive_record", null=True),
    _words("item", null=True),
    _words("version", null=True),
    _words("revised", null=True),
    _words("at"),  # when it came into the record (UTC)
    Index("origin_report", "report"),
    Index("origin_address", "address"),
)

ORIGINAL = Table("original", METADATA, _words("digest", key=True), _number("size"), Column("packed", LargeBinary, nullable=False))  # bytes, deflated

RETRACTION = Table(  # a publisher's notice that an item no longer stands; its reports stay, and count no longer
    "retraction",
    METADATA,
    _numbered(),
    _words("item"),  # key of the reports that it takes back
    _words("status"),
    _words("note", null=True),
    _words("input"),
    _words("version", null=True),
    _words("revised", null=True),
    _words("digest", null=True),
    _number("after_origin"),  # the newest row of origin when it came in: what came later may set it aside
    _words("at"),
    Index("retraction_item", "item"),
)

VISIT = Table("visit", METADATA, _words("address", key=True), _words("state"), _words("at"))  # what the watch knows of an address or file

MACHINE = _table(  # what the machine read, of each value that is otherwise in ``item``
    "machine",
    _number("report", key=True),
    _words("id", key=True),  # empty for the report itself
    _words("word"),
    _words("body", null=True),  # nothing, where a person added it
)

CORRECTION = Table(  # the log of what persons say of values; never changed, an undo is a line of its own
    "correction",
    METADATA,
    _number("n", key=True),
    _words("verb"),
    _words("key"),  # of the report, in all its versions
    _words("other_key", null=True),  # of the report of the second event of a judgement
    _number("report"),  # the version that was seen
    _words("item", null=True),
    _words("field", null=True),
    _words("was"),  # the value as seen, the new one, and the anchors of both, as JSON
    _words("value"),
    _words("anchors"),
    _words("words", null=True),
    _words("who"),
    _words("at"),
    _words("why"),
    Column("target", _Number, nullable=True),  # the line that an undo takes back
    Index("correction_key", "key"),
    Index("correction_other", "other_key"),
)

EFFECT = Table(  # what has become of each line that counts, on the version of its report that counts
    "effect",
    METADATA,
    _number("n", key=True),
    Column("report", _Number, nullable=True),
    _words("item", null=True),
    _number("fits"),
    _words("how"),
    _words("reason"),
    _words("machine"),  # the machine's values in whose place it stands, as JSON
    Index("effect_item", "report", "item"),
)

RELEASE = Table(  # what the record said when it was frozen under a name
    "release",
    METADATA,
    _number("n", key=True),
    _words("name"),
    _words("at"),
    _words("who"),
    _words("note"),
    _words("reader"),
    _words("digest"),  # SHA-256 of all values and incidents
    _number("reports"),
    _number("vals"),
    _words("state"),  # how far the record had come and what persons had corrected, packed
    UniqueConstraint("name"),
)

KEPT = (REPORT, ITEM, JUDGEMENT, REFUSAL, ORIGIN, ORIGINAL, RETRACTION, VISIT, MACHINE, CORRECTION, EFFECT, RELEASE)
"""What came from outside: reports and their readings, refusals, judgements, origins and what was taken back.

The index of words is made beside them (``record/words.py``)."""

ENTITY = _table(
    "entity",
    _number("report", key=True),
    _words("id", key=True),
    _words("world"),  # what it is across reports: actor:KEY, geonames:ID, country:XX, kind:folded name
    _words("party"),  # key of whom it acts for: itself, or whom it is a member or the voice of
    _number("named"),  # 1 where a name is used of it, so that it is the same in other reports
    _words("kind"),
    _words("type"),
    _words("name"),
    _words("country", null=True),
    _measured("lat"),
    _measured("lon"),
    Index("entity_world", "world", text(NAMING)),
    Index("entity_point", "lat", "lon"),
)
ALIAS = _table("alias", _words("folded", key=True), _words("world", key=True))
STATEMENT = _table(
    "statement",
    _number("report", key=True),
    _words("id", key=True),
    _words("speaker", null=True),
    _words("act"),
    _words("earliest", null=True),
    _words("latest", null=True),
    Index("statement_speaker", "speaker"),
    Index("statement_act", "act", "earliest"),
)
EVENT = _table(
    "event",
    _number("report", key=True),
    _words("id", key=True),
    _words("type"),
    _words("status"),
    _words("place", null=True),
    _words("country", null=True),
    _measured("lat"),
    _measured("lon"),
    _words("earliest", null=True),
    _words("latest", null=True),
    _measured("confidence", null=False),
    _number("negated"),
    _number("headline"),
    _words("block", null=True),  # where and when it is looked for among others: block, days, first, last
    _words("days"),
    _words("first", null=True),
    _words("last", null=True),
    Index("event_block", "block", "days", "first"),
    Index("event_place", "place", "earliest"),
    Index("event_country", "country", "earliest"),
    Index("event_point", "lat", "lon"),
    Index("event_type", "type", "earliest"),
    Index("event_day", "earliest"),
)
PARTICIPANT = _table(
    "participant",
    _number("report", key=True),
    _words("event", key=True),
    _words("role", key=True),
    _words("world", key=True),
    _words("party"),
    _number("named"),
    Index("participant_world", "world"),
)
FIGURE = _table(
    "figure",
    _number("report", key=True),
    _words("id", key=True),
    _words("measure"),
    _measured("low"),
    _measured("best"),
    _measured("high"),
    _measured("share"),
    _words("place", null=True),
    _words("earliest", null=True),
    _words("latest", null=True),
    _words("event", null=True),
    _measured("confidence"),
    Index("figure_measure", "measure", "earliest"),
    Index("figure_place", "place", "measure"),
)
CONTROL = _table(
    "control",
    _number("report", key=True),
    _words("id", key=True),
    _words("place", null=True),
    _words("holder", null=True),
    _words("previous", null=True),
    _words("change"),
    _words("status"),
    _words("earliest", null=True),
    _words("latest", null=True),
    _measured("confidence"),
    Index("control_place", "place", "earliest"),
    Index("control_holder", "holder"),
)
TIE = _table(
    "tie",
    _number("report", key=True),
    _words("id", key=True),
    _words("type"),
    _words("source"),
    _words("target"),
    Index("tie_source", "source", "type", "target"),
)
FINGERPRINT = _table("fingerprint", _number("hash", key=True), _number("report", key=True))
COPY = _table(  # two reports that share words, and the share of each that stands in the other
    "copy",
    _number("a", key=True),
    _number("b", key=True),
    _measured("share_of_a", null=False),
    _measured("share_of_b", null=False),
    Index("copy_b", "b"),
)
MEMBER = _table(  # the incident of each event that is joined to others, as the judgements give it
    "member",
    _number("report", key=True),
    _words("event", key=True),
    _words("incident"),
    Index("member_incident", "incident"),
)

MADE = (ENTITY, ALIAS, STATEMENT, EVENT, PARTICIPANT, FIGURE, CONTROL, TIE, FINGERPRINT, COPY, MEMBER)
"""What is made from the readings, and made again when a newer version lays its tables out otherwise."""
