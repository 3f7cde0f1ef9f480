"""The index of words: which reports hold all the words asked for, best first; the same words count as one in both databases."""

from __future__ import annotations

import re
import unicodedata

from dateline.record.connection import Connection

MOST = 2_000
"""Of more reports that hold the words the newest are put in order: how well each of a hundred thousand fits is not asked."""

_PART = 8_000
"""Words that PostgreSQL is given of a text at once: beyond some 16,000 it no longer keeps where each stands."""

_WORD = re.compile(r"\w+")


def make(connection: Connection) -> None:
    """Make the index, empty."""
    if connection.sqlite:
        connection.run("CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize=\"unicode61 remove_diacritics 2\")")
        return
    connection.run("CREATE TABLE words (report bigint NOT NULL, part integer NOT NULL, document tsvector NOT NULL, PRIMARY KEY (report, part))")
    connection.run("CREATE INDEX words_document ON words USING gin (document)")


def add(connection: Connection, number: int, title: str, text: str) -> None:
    """Put a report's words in."""
    if connection.sqlite:
        connection.run("INSERT INTO words (rowid, title, text) VALUES (:n, :title, :text)", {"n": number, "title": title, "text": text})
        return
    told = [*plain(title), *plain(text)]
    parts = [" ".join(told[at : at + _PART]) for at in range(0, max(1, len(told)), _PART)]
    connection.run(
        "INSERT INTO words (report, part, document) VALUES (:n, :part, to_tsvector('simple', :words))",
        [{"n": number, "part": part, "words": words} for part, words in enumerate(parts)],
    )


def find(connection: Connection, words: list[str], *, limit: int) -> list[int]:
    """The numbers of the current reports that hold all the words, best first; of very many the newest are looked at."""
    if connection.sqlite:
        terms = " ".join('"' + w.replace('"', '""') + '"' for w in words)
        held = "FROM words w JOIN report r ON r.n = w.rowid WHERE words MATCH :terms AND r.current = 1"
        newest = f"SELECT min(n) AS n FROM (SELECT w.rowid AS n {held} ORDER BY w.rowid DESC LIMIT {MOST}) AS x"
        first = connection.rows(newest, {"terms": terms})[0]["n"] or 0
        query = f"SELECT w.rowid AS n {held} AND w.rowid >= :first ORDER BY rank, n LIMIT :limit"
        return [row["n"] for row in connection.rows(query, {"terms": terms, "limit": limit, "first": first})]
    phrases = [" ".join(plain(word)) for word in words]
    given = {f"w{i}": phrase for i, phrase in enumerate(phrases) if phrase}
    if not given:
        return []
    asked = [f"phraseto_tsquery('simple', :{name})" for name in given]
    held = " AND ".join(f"r.n IN (SELECT report FROM words WHERE document @@ {one})" for one in asked)
    best = f"(SELECT sum(ts_rank(w.document, {' || '.join(asked)}, 1)) FROM words w WHERE w.report = r.n)"
    newest = f"SELECT r.n FROM report r WHERE r.current = 1 AND {held} ORDER BY r.n DESC LIMIT {MOST}"
    query = f"SELECT r.n FROM ({newest}) AS r ORDER BY {best} DESC, r.n LIMIT :limit"
    return [row["n"] for row in connection.rows(query, {**given, "limit": limit})]


def plain(text: str) -> list[str]:
    """The words of a text as they are compared: letters and digits, lower case, without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    return [part for word in _WORD.findall(bare) for part in word.split("_") if part]
