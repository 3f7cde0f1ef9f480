"""The record's tables: what each holds, and how an older record is brought up to date."""

from __future__ import annotations

VERSION = 1
"""Version of the tables; ``PRAGMA user_version`` of a record says which it has."""

APPLICATION_ID = 0x44544C4E
"""``PRAGMA application_id`` of a record ("DTLN"), by which a file is known to be one."""

TABLES = """
CREATE TABLE report (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL,               -- the same for all versions of one report: its id, address or path
  version INTEGER NOT NULL,
  current INTEGER NOT NULL,        -- 1 for the newest version
  digest TEXT NOT NULL UNIQUE,     -- SHA-256 of what was given, by which a report is known again
  input TEXT NOT NULL,
  source TEXT, url TEXT, title TEXT, language TEXT,
  published TEXT,
  read_at TEXT NOT NULL,           -- when it came into the record (UTC)
  reader TEXT NOT NULL,            -- version of Dateline that read it
  body TEXT NOT NULL,              -- the report, as JSON
  evidence TEXT NOT NULL,          -- reasons by id, as JSON
  UNIQUE (key, version)
);
CREATE TABLE item (                -- every part of a reading as it was read, as JSON
  report INTEGER NOT NULL REFERENCES report (n),
  id TEXT NOT NULL,
  word TEXT NOT NULL,              -- entities, statements, events, figures, control, relations, times, images
  body TEXT NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE TABLE entity (
  report INTEGER NOT NULL, id TEXT NOT NULL,
  world TEXT NOT NULL,             -- what it is across reports: actor:KEY, geonames:ID, country:XX, kind:folded name
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
  lat REAL, lon REAL, earliest TEXT, latest TEXT, confidence REAL NOT NULL,
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX event_place ON event (place, earliest);
CREATE INDEX event_country ON event (country, earliest);
CREATE TABLE participant (
  report INTEGER NOT NULL, event TEXT NOT NULL, role TEXT NOT NULL, world TEXT NOT NULL,
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
