"""Where people are at work: what waits for them, what they have said, and how far they agree. Looking never changes anything."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.errors import UsageError
from dateline.record import corrections
from dateline.record import review as reviewing
from dateline.record.corrections import Correction, Entry
from dateline.record.questions import Body, Item, Question, load_items
from dateline.record.sheets import sheets
from dateline.record.store import Record
from dateline.web import parts
from dateline.web.access import Caller
from dateline.web.desk import Desk
from dateline.web.filters import known, next_cursor, offset_of
from dateline.web.problems import Conflict, NotThere, WebError
from dateline.web.shapes import WORDS
from dateline.web.shapes_review import VERBS, NewCorrection

_QUEUED = ("events", "figures", "control")
"""What the queue holds."""
_HANDLE = re.compile(r"[0-9]{1,10}/[a-z]{1,3}[0-9]{1,9}")


def queue(desk: Desk, *, words: tuple[str, ...], reader: str | None, least: float, limit: int, cursor: str | None) -> Body:
    """The next values that wait; the cursor is the id of the last one that was seen."""
    record = desk.record()
    if cursor is not None and not _HANDLE.fullmatch(cursor):
        raise WebError("this is no cursor", given=cursor[:60], mend="use the `next` of the page before, or none")
    wanted = known(list(words), WORDS, "word")
    found = reviewing.queue(record, limit=limit + 1, after=cursor, words=wanted, reader=reader, least=least)
    page = found[:limit]
    items = [_waiting(record, one, reader) for one in page]
    return {
        "count": reviewing.waiting(record, words=wanted, reader=reader, least=least),
        "items": items,
        "next": page[-1].handle if len(found) > limit else None,
    }


def _waiting(record: Record, one: reviewing.Waiting, reader: str | None) -> Body:
    number, _, name = one.handle.partition("/")
    report = int(number)
    entries = corrections.of_item(record, report, name)
    if one.second:
        # What others said of it is not told to a second reader before she has judged.
        entries = [e for e in entries if e.line.who.casefold() == (reader or "").strip().casefold()]
        body = corrections.machine(record, report, name)
        item = Item(report, name, one.word, body or {}, sheets(record, [report])[report])
    if not one.second or not item.body:
        item = load_items(record, [(report, name)], Question())[0]
    title = record.rows("SELECT title FROM report WHERE n = :n", {"n": item.report})[0]["title"]
    return {
        "id": one.handle, "report": item.report, "word": one.word, "title": title, "source": item.source, "published": item.published,
        "doubt": 1 - one.confidence if one.confidence is not None else 0.5, "weight": one.weight, "why": one.reason, "second": one.second,
        "body": item.body, "names": parts.names_in(item), "chain": parts.chain_with_words(item), "around": item.around(),
        "spans": parts.spans_of(item.body), "entries": [entry(e) for e in entries],
    }  # fmt: skip


def entry(given: Entry) -> Body:
    """A line of the log."""
    body = given.body()
    kept = {k: body[k] for k in ("n", "verb", "report", "item", "field", "was", "value", "words", "who", "at", "why", "target", "undone_by", "fits")}
    return {**kept, "id": body["now"], "reason": body["reason"] or None}


def progress(desk: Desk) -> Body:
    """How far the review is, by word and by person: of what the queue holds, and of what else somebody judged."""
    found = reviewing.progress(desk.record())
    words = [{"name": w, "judged": found.judged.get(w, 0), "of": n} for w, n in found.values.items() if w in _QUEUED or found.judged.get(w)]
    total, judged = sum(found.values[str(one["name"])] for one in words), sum(found.judged.get(str(one["name"]), 0) for one in words)
    return {"judged": judged, "of": total, "words": words, "people": [{"name": p, "judged": n, "of": total} for p, n in found.by_person.items()]}


def agreement(desk: Desk, a: str, b: str) -> Body:
    """How far two persons agree."""
    found = reviewing.agreement(desk.record(), a, b)
    return {"a": a, "b": b, "both": found.both, "alike": found.alike, "share": found.share, "kappa": found.kappa}


def conflicts(desk: Desk, *, limit: int, cursor: str | None) -> Body:
    """Values on which the latest words of two persons differ."""
    record, offset = desk.record(), offset_of(cursor)
    found = reviewing.conflicts(record)
    items = []
    for one in found[offset : offset + limit]:
        report, _, name = one.handle.partition("/")
        lines = {n for _, _, n in one.said}
        entries = [entry(e) for e in corrections.of_item(record, int(report), name) if e.line.n in lines]
        items.append({"id": one.handle, "field": None if one.field == "*" else one.field, "entries": entries})
    return {"count": len(found), "items": items, "next": next_cursor(offset, limit, len(found))}


def log(desk: Desk, *, report: int | None, who: str | None, limit: int, cursor: str | None) -> Body:
    """The log, newest first."""
    offset = offset_of(cursor)
    found = corrections.entries(desk.record(), report=report, who=who)[::-1]
    return {"count": len(found), "items": [entry(e) for e in found[offset : offset + limit]], "next": next_cursor(offset, limit, len(found))}


def history(desk: Desk, report: int, item: str) -> Body:
    """All that people have said of a value.

    Raises ``NotThere`` where there is and was none such.
    """
    record = desk.record()
    said = corrections.of_item(record, report, item)
    machine = corrections.machine(record, report, item)
    now = (
        load_items(record, [(report, item)], Question()) if record.rows("SELECT id FROM item WHERE report = :n AND id = :id", {"n": report, "id": item}) else []
    )
    if not said and machine is None and not now:
        raise NotThere("the record has no such value", given=f"{report}/{item}", mend=f"the values of a report are in /api/reports/{report}")
    word = now[0].word if now else None
    return {"id": f"{report}/{item}", "word": word, "machine": machine, "now": now[0].body if now else None, "entries": [entry(e) for e in said]}


def correct(desk: Desk, asking: Caller, given: NewCorrection) -> Body:
    """Keep what a person says of a value.

    Raises ``UsageError`` with the mend for what cannot be, ``Conflict`` where another has spoken since the value was looked at; who judges it as the
    machine read it has seen nobody else's words, and is told of her own alone.
    """
    record = desk.record()
    verb = known([given.verb], VERBS, "verb")[0]
    said = Correction(verb, report=given.report, item=given.item, field=given.field, value=given.value, other=given.other, words=given.words,
                      who=asking.name, why=given.why, as_read=given.as_read)  # fmt: skip
    with record.transaction():
        if given.after is not None:
            seen = [e for e in corrections.of_item(record, given.report, given.item) if e.line.n > given.after]
            seen = [e for e in seen if e.line.who.casefold() == asking.name.casefold()] if given.as_read else seen
            if seen:
                last = seen[-1].line
                mend = "look at it again, then say what you say"
                raise Conflict(f"{last.who} has said {last.verb} of it meanwhile", given=f"{given.report}/{given.item or ''}", mend=mend)
        n = _added(record, said)
    desk.keeper.hurry()
    return _line(record, n)


def _added(record: Record, said: Correction) -> int:
    """The number of the line that is kept. Raises ``UsageError`` for values whose form no field can have, which a page never sends."""
    if said.field == "number" and isinstance(said.value, int | float) and not isinstance(said.value, bool):
        said = replace(said, value=str(said.value))
    try:
        return corrections.add(record, said)
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as fault:
        given = f"{said.verb} {said.field or ''} {said.value!r}"[:120].encode("ascii", "backslashreplace").decode()
        raise UsageError("the value has not the form that this field can have", given=given, mend="give it as docs/corrections.md writes it") from fault


def undo(desk: Desk, asking: Caller, n: int, why: str) -> Body:
    """Let a line of the log count no longer.

    Raises ``UsageError`` where there is no such line, or it is undone already.
    """
    record = desk.record()
    made = corrections.undo(record, n, who=asking.name, why=why)
    desk.keeper.hurry()
    return _line(record, made)


def _line(record: Record, n: int) -> Body:
    report = record.rows("SELECT r.n AS n FROM correction c JOIN report r ON r.key = c.key WHERE c.n = :n ORDER BY r.n LIMIT 1", {"n": n})
    lines = corrections.entries(record, report=report[0]["n"]) if report else corrections.entries(record)
    return entry(next(e for e in lines if e.line.n == n))
