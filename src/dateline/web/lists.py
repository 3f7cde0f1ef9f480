"""Lists of the record's own words, a page at a time: reports, refusals, events, statements, figures, names, search."""

from __future__ import annotations

import json
from dataclasses import dataclass

from dateline.record.questions import Body, Item, Question, holder_name, load_items
from dateline.record.store import Record
from dateline.record.words import find
from dateline.web import parts
from dateline.web.desk import Desk
from dateline.web.filters import next_cursor, offset_of
from dateline.web.incident_detail import incidents_of
from dateline.web.places import keys_beginning
from dateline.web.reader import ROW, row_of

_MOST_FOUND = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; what is left out asks for nothing."""

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actor: str | None = None
    place: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None
    reports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tests:
    """The conditions of a query with their values."""

    tests: list[str]
    values: dict[str, object]

    def add(self, test: str, **values: object) -> None:
        self.tests.append(test)
        self.values.update(values)


def _page(count: int, items: list[Body], offset: int, limit: int) -> Body:
    return {"count": count, "items": items, "next": next_cursor(offset, limit, count)}


def _source(tests: _Tests, wanted: Wanted) -> None:
    if wanted.source is not None:
        tests.add("(lower(r.source) = :source OR lower(r.agency) = :source)", source=wanted.source.lower())


def reports(desk: Desk, wanted: Wanted, *, old: bool, limit: int, cursor: str | None) -> Body:
    """Reports, newest first; undated ones last."""
    record, offset = desk.record(), offset_of(cursor)
    tests = _Tests(["1 = 1" if old else "r.current = 1"], {})
    _source(tests, wanted)
    if wanted.since is not None:
        tests.add("r.published >= :since", since=wanted.since)
    if wanted.until is not None:
        tests.add("r.published < :until", until=wanted.until + "T99")
    where = " AND ".join(tests.tests)
    count = record.rows(f"SELECT count(*) AS n FROM report r WHERE {where}", tests.values)[0]["n"]
    rows = record.rows(
        f"SELECT {ROW} FROM report r WHERE {where} ORDER BY published IS NULL, published DESC, n DESC LIMIT :limit OFFSET :offset",
        {**tests.values, "limit": limit, "offset": offset},
    )
    return _page(count, [row_of(dict(r)) for r in rows], offset, limit)


def refusals(desk: Desk, *, limit: int, cursor: str | None) -> Body:
    """Inputs that were set aside, latest first."""
    record, offset = desk.record(), offset_of(cursor)
    count = record.rows("SELECT count(*) AS n FROM refusal")[0]["n"]
    rows = record.rows("SELECT input, reason, mend, at FROM refusal ORDER BY n DESC LIMIT :limit OFFSET :offset", {"limit": limit, "offset": offset})
    return _page(count, [{k: r[k] for k in ("input", "reason", "mend", "at")} for r in rows], offset, limit)


def _listed(desk: Desk, table: str, column: str, wanted: Wanted, tests: _Tests, *, limit: int, cursor: str | None) -> tuple[int, list[Item], int]:
    """How many items of a kind answer the question, those of the page, by day and report, and where the page begins."""
    record, offset = desk.record(), offset_of(cursor)
    if wanted.kinds:
        tests.add(f"t.{column} IN :kinds", kinds=list(wanted.kinds))
    if wanted.statuses:
        tests.add("t.status IN :statuses", statuses=list(wanted.statuses))
    if wanted.since is not None:
        tests.add("coalesce(t.latest, t.earliest) >= :since", since=wanted.since)
    if wanted.until is not None:
        tests.add("coalesce(t.earliest, t.latest) < :until", until=wanted.until + "T99")
    if wanted.reports:
        tests.add("t.report IN :reports", reports=list(wanted.reports))
    _source(tests, wanted)
    where = f"FROM {table} t JOIN report r ON r.n = t.report AND r.current = 1 WHERE {' AND '.join(['1 = 1', *tests.tests])}"
    count = record.rows(f"SELECT count(*) AS n {where}", tests.values)[0]["n"]
    rows = record.rows(
        f"SELECT t.report AS report, t.id AS id {where}"
        " ORDER BY t.earliest IS NULL AND t.latest IS NULL, coalesce(t.earliest, t.latest), t.report, length(t.id), t.id LIMIT :limit OFFSET :offset",
        {**tests.values, "limit": limit, "offset": offset},
    )
    return count, load_items(record, [(r["report"], r["id"]) for r in rows], Question()), offset


def _place(desk: Desk, wanted: Wanted, tests: _Tests, *, country: bool) -> None:
    if wanted.place is None:
        return
    keys = list(desk.keys(wanted.place, "place"))
    test = "t.place IN :places"
    countries = [k.removeprefix("country:") for k in keys if k.startswith("country:")]
    if country and countries:
        tests.add(f"({test} OR t.country IN :countries)", places=keys, countries=countries)
    else:
        tests.add(test, places=keys)


def events(desk: Desk, wanted: Wanted, *, limit: int, cursor: str | None) -> Body:
    """Events as each report tells them."""
    tests = _Tests([], {})
    _place(desk, wanted, tests, country=True)
    if wanted.actor is not None:
        tests.add(
            "EXISTS (SELECT 1 FROM participant p WHERE p.report = t.report AND p.event = t.id AND p.world IN :actors)",
            actors=list(desk.keys(wanted.actor, "actor")),
        )
    count, items, offset = _listed(desk, "event", "type", wanted, tests, limit=limit, cursor=cursor)
    told = incidents_of(desk.record(), ((i.report, i.id) for i in items))
    return _page(count, [_event(i, told.get((i.report, i.id))) for i in items], offset, limit)


def _event(item: Item, incident: str | None) -> Body:
    kept = {k: item.body[k] for k in ("type", "status", "negated", "when", "confidence", "sentence")}
    return {
        **kept, "id": item.handle, "report": item.report, "incident": incident,
        "where": parts.point(item, item.body["where"]), "chain": parts.chain_with_words(item),
        "who": [{"role": p["role"], "key": p["key"], "name": p["name"]} for p in parts.participants(item)],
    }  # fmt: skip


def statements(desk: Desk, wanted: Wanted, *, limit: int, cursor: str | None) -> Body:
    """Who said what."""
    tests = _Tests([], {})
    if wanted.actor is not None:
        tests.add("t.speaker IN :speakers", speakers=list(desk.keys(wanted.actor, "actor")))
    count, items, offset = _listed(desk, "statement", "act", wanted, tests, limit=limit, cursor=cursor)
    titles = _titles(desk.record(), items)
    return _page(count, [_statement(i, titles[i.report]) for i in items], offset, limit)


def _titles(record: Record, items: list[Item]) -> dict[int, str | None]:
    return {n: record.rows("SELECT title FROM report WHERE n = :n", {"n": n})[0]["title"] for n in sorted({i.report for i in items})}


def _statement(item: Item, title: str | None) -> Body:
    body = item.body
    kept = {k: body[k] for k in ("act", "mode", "cue", "content", "medium", "when")}
    speaker = parts.named(item, body["speaker"])
    if speaker is None and body["speaker_span"] is not None:
        speaker = {"key": None, "name": body["speaker_span"]["text"]}
    return {
        **kept, "id": item.handle, "report": item.report, "title": title, "source": item.source, "published": item.published, "speaker": speaker,
        "addressee": item.name(body["addressee"]), "within": f"{item.report}/{body['within']}" if body["within"] else None,
    }  # fmt: skip


def figures(desk: Desk, wanted: Wanted, *, limit: int, cursor: str | None) -> Body:
    """Figures by day, each with its bounds, its words and its source chain."""
    tests = _Tests([], {})
    _place(desk, wanted, tests, country=False)
    count, items, offset = _listed(desk, "figure", "measure", wanted, tests, limit=limit, cursor=cursor)
    record = desk.record()
    titles = _titles(record, items)
    told = incidents_of(record, ((i.report, i.body["event"]) for i in items if i.body["event"] is not None))
    return _page(count, [parts.figure(i, title=titles[i.report], incident=told.get((i.report, i.body["event"]))) for i in items], offset, limit)


def holding(record: Record, words: str) -> list[int]:
    """The numbers of the current reports that hold all the words, best first."""
    asked = [w for w in words.split() if any(c.isalnum() for c in w)]
    return find(record.connection, asked, limit=_MOST_FOUND) if asked else []


def found(desk: Desk, words: str, *, limit: int, cursor: str | None) -> Body:
    """Reports that hold all the words, best first, and the names that are like them."""
    record, offset = desk.record(), offset_of(cursor)
    numbers = holding(record, words)
    rows = []
    for number in numbers[offset : offset + limit]:
        row = record.rows(f"SELECT {ROW}, body FROM report WHERE n = :n", {"n": number})[0]
        rows.append(row_of(dict(row), words=_around(json.loads(row["body"])["text"], words.split())))
    like = names(desk, words, kinds=(), limit=8) if offset == 0 else []
    return {"count": len(numbers), "reports": rows, "names": like, "next": next_cursor(offset, limit, len(numbers))}


def _around(text: str, words: list[str]) -> str:
    folded = text.casefold()
    at = min((p for w in words if (p := folded.find(w.casefold())) >= 0), default=0)
    start = max(0, at - 80)
    return " ".join(text[start : at + 160].split())


def names(desk: Desk, starts: str, *, kinds: tuple[str, ...], limit: int) -> list[Body]:
    """Names that begin as typed, most reported first."""
    record = desk.record()
    keys = keys_beginning(record, starts)
    if not keys:
        return []
    tests = " AND kind IN :kinds" if kinds else ""
    found: list[Body] = []
    listed = sorted(keys)
    for at in range(0, len(listed), 500):
        rows = record.rows(
            "SELECT world, min(kind) AS kind, min(type) AS type, min(country) AS country, count(DISTINCT report) AS reports, min(lat) AS lat, min(lon) AS lon"
            f" FROM entity WHERE world IN :worlds{tests} GROUP BY world",
            {"worlds": listed[at : at + 500], **({"kinds": list(kinds)} if kinds else {})},
        )
        found += [{"key": r["world"], **{k: r[k] for k in ("kind", "type", "country", "reports", "lat", "lon")}} for r in rows]
    best = sorted(found, key=lambda r: (-r["reports"], r["key"]))[:limit]
    return [{**r, "name": holder_name(record, r["key"])} for r in best]
