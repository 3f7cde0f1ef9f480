"""The record's tables: what each holds; all but the reports, items, refusals and judgements can be made again from these."""

from __future__ import annotations

VERSION = 3
"""Version of the tables; ``PRAGMA user_version`` of a record says which it has."""

APPLICATION_ID = 0x44544C4E
"""``PRAGMA application_id`` of a record ("DTLN"), by which a file is known to be one."""

ORIGINS = """
CREATE TABLE origin (              -- where a report came from: a row for each address, time and file that it was met in
  n INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES report (n),
  input TEXT NOT NULL, format TEXT NOT NULL,
  address TEXT, fetched TEXT,      -- the web address and when it was fetched from there
  digest TEXT,                     -- of the bytes as they came; by it the original is found
  archive_record TEXT, item TEXT, version TEXT, revised TEXT,
  at TEXT NOT NULL                 -- when it came into the record (UTC)
);
CREATE INDEX origin_report ON origin (report);
CREATE INDEX origin_address ON origin (address);
CREATE TABLE original (            -- bytes as they came, deflated
  digest TEXT PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL
);
CREATE TABLE retraction (          -- a publisher's notice that an item no longer stands; its reports stay, and count no longer
  n INTEGER PRIMARY KEY,
  item TEXT NOT NULL,              -- key of the reports that it takes back
  status TEXT NOT NULL, note TEXT, input TEXT NOT NULL, version TEXT, revised TEXT, digest TEXT,
  after_origin INTEGER NOT NULL,   -- the newest row of origin when it came in: what came later may set it aside
  at TEXT NOT NULL
);
CREATE INDEX retraction_item ON retraction (item);
CREATE TABLE visit (               -- what the watch knows of an address or file
  address TEXT PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL
);
"""
"""Where reports came from, what was taken back, and what is watched."""

KEPT = (
    """
CREATE TABLE report (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL,               -- the same for all versions of one report: its publisher's id of the item, address or path
  version INTEGER NOT NULL,
  current INTEGER NOT NULL,        -- 1 for the newest version, 0 for older ones and for all of a retracted item
  digest TEXT NOT NULL UNIQUE,     -- SHA-256 of what was given, by which a report is known again
  input TEXT NOT NULL,
  source TEXT, agency TEXT, url TEXT, title TEXT, language TEXT,
  published TEXT,
  read_at TEXT NOT NULL,           -- when it came into the record (UTC)
  reader TEXT NOT NULL,            -- version of Dateline that read it
  body TEXT NOT NULL,              -- the report, as JSON
  evidence TEXT NOT NULL,          -- reasons by id, as JSON
  linked INTEGER NOT NULL DEFAULT 0,  -- 1 once its events are joined to those of the others
  UNIQUE (key, version)
);
CREATE INDEX report_pending ON report (linked) WHERE linked = 0;
CREATE TABLE item (                -- every part of a reading as it was read, as JSON
  report INTEGER NOT NULL REFERENCES report (n),
  id TEXT NOT NULL,
  word TEXT NOT NULL,              -- entities, statements, events, figures, control, relations, times, images
  body TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE judgement (           -- that two events are the same, different or unsure; never changed, a later one counts
  n INTEGER PRIMARY KEY,
  a_report INTEGER NOT NULL, a_event TEXT NOT NULL, b_report INTEGER NOT NULL, b_event TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  score REAL, reason TEXT NOT NULL, judge TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX judgement_a ON judgement (a_report, a_event);
CREATE INDEX judgement_b ON judgement (b_report, b_event);
CREATE TABLE refusal (
  n INTEGER PRIMARY KEY, input TEXT NOT NULL, reason TEXT NOT NULL, mend TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (input, reason)
);
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize="unicode61 remove_diacritics 2");
"""
    + ORIGINS
)
"""What came from outside: reports and their readings, refusals, judgements; and the index of words."""

MADE = """
CREATE TABLE entity (
  report INTEGER NOT NULL, id TEXT NOT NULL,
  world TEXT NOT NULL,             -- what it is across reports: actor:KEY, geonames:ID, country:XX, kind:folded name
  party TEXT NOT NULL,             -- key of whom it acts for: itself, or whom it is a member or the voice of
  named INTEGER NOT NULL,          -- 1 where a name is used of it, so that it is the same in other reports
  kind TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, country TEXT, lat REAL, lon REAL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX entity_world ON entity (world);
CREATE TABLE alias (folded TEXT NOT NULL, world TEXT NOT NULL, PRIMARY KEY (folded, world)) WITHOUT ROWID;
CREATE TABLE statement (
  report INTEGER NOT NULL, id TEXT NOT NULL, speaker TEXT, act TEXT NOT NULL, earliest TEXT, latest TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX statement_speaker ON statement (speaker);
CREATE TABLE event (
  report INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, place TEXT, country TEXT,
  lat REAL, lon REAL, earliest TEXT, latest TEXT, confidence REAL NOT NULL, negated INTEGER NOT NULL, headline INTEGER NOT NULL,
  block TEXT, days TEXT NOT NULL, first TEXT, last TEXT,  -- where and when it is looked for among others
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX event_block ON event (block, days, first);
CREATE INDEX event_place ON event (place, earliest);
CREATE INDEX event_country ON event (country, earliest);
CREATE TABLE participant (
  report INTEGER NOT NULL, event TEXT NOT NULL, role TEXT NOT NULL, world TEXT NOT NULL, party TEXT NOT NULL, named INTEGER NOT NULL,
  PRIMARY KEY (report, event, role, world)
) WITHOUT ROWID;
CREATE INDEX participant_world ON participant (world);
CREATE TABLE figure (
  report INTEGER NOT NULL, id TEXT NOT NULL, measure TEXT NOT NULL, low REAL, best REAL, high REAL, share REAL,
  place TEXT, earliest TEXT, latest TEXT, event TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX figure_measure ON figure (measure, place);
CREATE TABLE control (
  report INTEGER NOT NULL, id TEXT NOT NULL, place TEXT, holder TEXT, previous TEXT, change TEXT NOT NULL, status TEXT NOT NULL,
  earliest TEXT, latest TEXT,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX control_place ON control (place, earliest);
CREATE INDEX control_holder ON control (holder);
CREATE TABLE tie (
  report INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX tie_source ON tie (source, type, target);
CREATE TABLE fingerprint (hash INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (hash, report)) WITHOUT ROWID;
CREATE TABLE copy (                -- two reports that share words, and the share of each that stands in the other
  a INTEGER NOT NULL, b INTEGER NOT NULL, share_of_a REAL NOT NULL, share_of_b REAL NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX copy_b ON copy (b);
CREATE TABLE member (              -- the incident of each event that is joined to others, as the judgements give it
  report INTEGER NOT NULL, event TEXT NOT NULL, incident TEXT NOT NULL, PRIMARY KEY (report, event)
) WITHOUT ROWID;
CREATE INDEX member_incident ON member (incident);
"""
"""What is made from the readings, and made again when a newer version lays its tables out otherwise."""

MADE_NAMES = (
    "entity", "alias", "statement", "event", "participant", "figure", "control", "tie", "fingerprint", "copy", "member",
)  # fmt: skip

UPGRADES = {
    1: (
        "ALTER TABLE report ADD COLUMN agency TEXT",
        "ALTER TABLE report ADD COLUMN linked INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX report_pending ON report (linked) WHERE linked = 0",
        "DELETE FROM judgement WHERE judge LIKE 'rule:%'",
    ),
    2: tuple(command for command in ORIGINS.split(";\n") if command.strip()),
}
"""What brings the kept tables of a version to those of the next; the made ones are dropped and made again."""
