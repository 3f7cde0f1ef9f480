"""The log of corrections in the record: what persons say of values is added, never changed; the record answers with the view that the log gives.

``item`` holds every value as the log leaves it, so that questions need not ask the log; ``machine`` keeps, of each value that the log changed, took out
or put in, what the machine had read (nothing, where a person added it).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.record.anchors import ADDED, Body, Parts, anchor_from_json, digest_of_text, fit
from dateline.record.beside import machine as machine
from dateline.record.beside import parts_of as parts_of
from dateline.record.beside import read_by_machine as read_by_machine
from dateline.record.beside import with_read
from dateline.record.corrected import JUDGEMENTS, Effect, Line, View, corrected, undone
from dateline.record.link import link, part, regroup
from dateline.record.names import display_name
from dateline.record.proposed import Correction, Seen, proposed
from dateline.record.references import ids_in
from dateline.record.sound import faults_of, report_faults
from dateline.record.store import Record, fill_again, now
from dateline.record.whom import World

if TYPE_CHECKING:
    from dateline.record.connection import Row

__all__ = ["Correction", "Entry", "add", "carry", "entries", "machine", "of_item", "told_by", "undo"]

_JUDGED = ("accept", "change", "reject", "note")
"""What may be said of a value also where another has rejected it."""

_LOCK = 0x44544C43
"""Key of the lock by which those who write the log take turns ("DTLC")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log with what has become of it."""

    line: Line
    undone_by: int | None
    effect: Effect | None
    """What it does to the current reading of its report; None for what is undone, for an undo, and where no version of the report counts now."""
    current: int | None
    """The number of the version of the report that it was last laid over."""

    @property
    def fits(self) -> bool | None:
        """Whether it fits the current reading; None where that does not arise."""
        return self.effect.fits if self.effect is not None else None

    @property
    def reason(self) -> str:
        """Why it does not fit."""
        return self.effect.reason if self.effect is not None else ""

    @property
    def now(self) -> str | None:
        """The handle of the value that it concerns today."""
        return f"{self.current}/{self.effect.item}" if self.effect is not None and self.effect.item is not None else None

    def body(self) -> Body:
        """The entry as JSON."""
        x, e = self.line, self.effect
        return {
            "n": x.n, "verb": x.verb, "key": x.key, "report": x.report, "item": x.item, "field": x.field, "was": x.was, "value": x.value, "words": x.words,
            "who": x.who, "at": x.at, "why": x.why, "target": x.target, "undone_by": self.undone_by, "fits": self.fits, "how": e.how if e else "",
            "reason": e.reason if e else "", "now": self.now, "machine": e.machine if e else {},
        }  # fmt: skip


def add(record: Record, correction: Correction, *, world: World | None = None) -> int:
    """Write what a person says of a value into the log, and let the record answer by it; gives the number of the line.

    Raises ``UsageError`` with the mend for a value that is not there or cannot be.
    """
    with record.transaction():
        record.connection.lock(_LOCK)
        seen = _seen(record, correction.report, world or World())
        if correction.verb in _JUDGED and correction.item is not None:
            seen = with_read(record, seen, correction.item, anew=correction.as_read)
        other = _seen(record, _number(correction.other), seen.world) if correction.verb in JUDGEMENTS else None
        lines = _named(proposed(correction, seen, first=_last(record) + 1, at=now(), other=other), seen)
        lines = [_counted(record, correction.report, line) for line in lines]
        _try(record, seen, lines)
        for line in lines:
            _write(record, line)
        _lay(record, seen.key, {line.n for line in lines})
    return lines[-1].n


def _named(lines: list[Line], seen: Seen) -> list[Line]:
    """The lines with the names of the entities that they speak of, by which people read them."""
    names = {e["id"]: display_name(e) for e in seen.parts["entities"]}
    names |= {f"e{ADDED + x.n}": display_name(x.value) for x in lines if x.verb == "add" and x.field == "entities"}
    return [replace(x, anchors={**x.anchors, "names": {e: names[e] for e in sorted(ids_in([x.was, x.value])) if e in names}}) for x in lines]


def _counted(record: Record, report: int, line: Line) -> Line:
    """A verdict on an event with the number of reports that tell of it now: what is rejected or changed leaves its incident."""
    told = told_by(record, report, line.item) if line.verb in _JUDGED and line.item is not None else 1
    return replace(line, anchors={**line.anchors, "told": told}) if told > 1 else line


def told_by(record: Record, report: int, event: str) -> int:
    """How many reports tell of the incident that an event belongs to."""
    query = "SELECT count(DISTINCT b.report) AS n FROM member a JOIN member b ON b.incident = a.incident WHERE a.report = :report AND a.event = :id"
    return max(1, int(record.rows(query, {"report": report, "id": event})[0]["n"]))


def _number(handle: str | None) -> int:
    number = (handle or "").partition("/")[0]
    if not number.isdigit():
        raise UsageError("this is no event's id", given=handle or "", mend="give an id such as 7/v2, as the lists print them")
    return int(number)


def _seen(record: Record, number: int, world: World) -> Seen:
    """A report as the record shows it now.

    Raises ``UsageError`` for one that is not there, or that a newer version has taken the place of.
    """
    rows = record.rows("SELECT n, key, current, body FROM report WHERE n = :n", {"n": number})
    if not rows:
        raise UsageError("the record has no report of this number", given=str(number), mend="list the reports with: dateline reports")
    if not rows[0]["current"]:
        newer = record.rows("SELECT n FROM report WHERE key = :key AND current = 1", {"key": rows[0]["key"]})
        mend = f"look at it as it is now: dateline show {newer[0]['n']}" if newer else "its publisher took it back; see: dateline reports"
        raise UsageError("this version of the report counts no longer", given=str(number), mend=mend)
    return Seen(number, rows[0]["key"], json.loads(rows[0]["body"]), parts_of(record, number), world)


def _try(record: Record, seen: Seen, lines: list[Line]) -> None:
    """Refuse what would leave a reading that cannot be."""
    report, parts = read_by_machine(record, seen.number)
    view = corrected(report, parts, [x for x in (*_log(record, seen.key), *lines) if x.verb not in JUDGEMENTS and x.key == seen.key])
    effect = view.effects.get(lines[-1].n)
    if effect is not None and not effect.fits:
        raise UsageError(effect.reason, given=f"{seen.number}/{lines[-1].item}", mend="look at the value as it is now: dateline show ID")
    faults = [*faults_of(view.report, view.parts, seen.parts), *(report_faults(view.report) if view.report != seen.report else [])]
    if faults:
        raise UsageError("this cannot be: " + "; ".join(faults[:3]), given=_said(lines[-1]), mend="give a value that the contract allows: dateline schema")


def _said(line: Line) -> str:
    value = line.value if isinstance(line.value, str) else json.dumps(line.value, ensure_ascii=False)
    return f"{line.report}/{line.item or ''} {line.field or ''} {value[:120]}".strip()


def undo(record: Record, n: int, *, who: str, why: str = "") -> int:
    """Let a line of the log not count (of an undo: count again); gives the number of the line that says so.

    Raises ``UsageError`` where there is no such line, or it is undone already.
    """
    if not who.strip():
        raise UsageError("an undo is signed", given=str(n), mend="give your name: --by NAME, DATELINE_REVIEWER, or reviewer in dateline.toml")
    with record.transaction():
        record.connection.lock(_LOCK)
        rows = record.rows("SELECT * FROM correction WHERE n = :n", {"n": n})
        if not rows:
            raise UsageError("the log has no line of this number", given=str(n), mend="see the log with: dateline corrections")
        target = _line(rows[0])
        if (by := undone(_log(record, target.key)).get(n)) is not None:
            raise UsageError(f"it is undone already, by {by}", given=str(n), mend=f"to let it count again: dateline undo {by}")
        blank: Line = replace(target, n=_last(record) + 1, verb="undo", was=None, value=None, words=None, who=who.strip(), at=now(), why=why)
        blank = replace(blank, anchors={"other": target.anchors["other"]} if "other" in target.anchors else {})
        _write(record, replace(blank, target=n))
        _lay(record, target.key, {n, blank.n, *([target.target] if target.target is not None else [])})
    return blank.n


def _last(record: Record) -> int:
    return int(record.rows("SELECT coalesce(max(n), 0) AS n FROM correction")[0]["n"])


_JSON = ("was", "value", "anchors")


def _write(record: Record, line: Line) -> None:
    plain = {k: getattr(line, k) for k in ("n", "verb", "key", "report", "item", "field", "words", "who", "at", "why", "target")}
    other = line.anchors.get("other")
    record.run(
        "INSERT INTO correction (n, verb, key, other_key, report, item, field, was, value, anchors, words, who, at, why, target)"
        " VALUES (:n, :verb, :key, :other_key, :report, :item, :field, :was, :value, :anchors, :words, :who, :at, :why, :target)",
        {**plain, "other_key": other["key"] if other else None, **{k: _dump(getattr(line, k)) for k in _JSON}},
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _line(row: Row) -> Line:
    plain = {k: row[k] for k in ("n", "verb", "key", "report", "item", "field", "words", "who", "at", "why", "target")}
    return Line(**plain, **{k: json.loads(row[k]) for k in _JSON})


def _log(record: Record, key: str) -> list[Line]:
    """The lines of the log that concern a report in any of its versions."""
    return [_line(r) for r in record.rows("SELECT * FROM correction WHERE key = :key OR other_key = :key ORDER BY n", {"key": key})]


def carry(record: Record, key: str) -> None:
    """Lay the log over the version of a report that counts now: a new version, or an older one that stands again. Runs inside a transaction."""
    lines = record.rows("SELECT n FROM correction WHERE key = :key OR other_key = :key", {"key": key})
    if lines:
        _lay(record, key, {r["n"] for r in lines}, joined=False)


def _lay(record: Record, key: str, lines: set[int], *, joined: bool = True) -> None:
    """Make the view of a report's current version what the log now says; with ``joined``, its incidents too (a new version's are joined later)."""
    log = _log(record, key)
    current = record.rows("SELECT n FROM report WHERE key = :key AND current = 1", {"key": key})
    if current:
        number = int(current[0]["n"])
        report, parts = read_by_machine(record, number)
        view = corrected(report, parts, [x for x in log if x.verb not in JUDGEMENTS and x.key == key])
        changed = _keep(record, number, (report, parts), view)
        _tell(record, number, key, view.effects.values())
        if changed & {"events", "figures", "entities", "relations", "report"}:
            _forget(record, number)
            if joined:
                link(record, [number])
    if any(x.verb in JUDGEMENTS for x in log):
        judged = {x.n for x in log if x.verb in JUDGEMENTS}
        if judged & lines or not joined:
            _judge(record, [x for x in log if x.verb in (*JUDGEMENTS, "undo")])


def _tell(record: Record, number: int, key: str, effects: Iterable[Effect]) -> None:
    """Keep what has become of the lines of a report's log."""
    marks = ", ".join(f"'{verb}'" for verb in JUDGEMENTS)
    record.run(f"DELETE FROM effect WHERE n IN (SELECT n FROM correction WHERE key = :key AND verb NOT IN ({marks}))", {"key": key})
    _put_effects(record, number, effects)


def _put_effects(record: Record, number: int | None, effects: Iterable[Effect]) -> None:
    record.run(
        "INSERT INTO effect (n, report, item, fits, how, reason, machine) VALUES (:n, :report, :item, :fits, :how, :reason, :machine)",
        [{"n": e.n, "report": number, "item": e.item, "fits": int(e.fits), "how": e.how, "reason": e.reason, "machine": _dump(e.machine)} for e in effects],
    )


def _keep(record: Record, number: int, machine_: tuple[Body, Parts], view: View) -> set[str]:
    """Write what the view has otherwise than the record; gives the words of which something changed."""
    read = {b["id"]: (word, _dump(b)) for word, items in machine_[1].items() for b in items}
    wanted = {b["id"]: (word, _dump(b)) for word, items in view.parts.items() for b in items}
    held = {r["id"]: (r["word"], r["body"]) for r in record.rows("SELECT id, word, body FROM item WHERE report = :n", {"n": number})}
    record.run("DELETE FROM machine WHERE report = :n", {"n": number})
    beside = [(name, read.get(name)) for name in {*read, *wanted} if read.get(name) != wanted.get(name)]
    rows = [{"report": number, "id": name, "word": (was or wanted[name])[0], "body": was[1] if was else None} for name, was in sorted(beside)]
    old = json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"])
    if view.report != machine_[0]:
        rows.append({"report": number, "id": "", "word": "report", "body": _dump(machine_[0])})
    record.run("INSERT INTO machine (report, id, word, body) VALUES (:report, :id, :word, :body)", rows)
    changed = {name: (held.get(name) or wanted[name])[0] for name in {*held, *wanted} if held.get(name) != wanted.get(name)}
    record.run("DELETE FROM item WHERE report = :report AND id = :id", [{"report": number, "id": name} for name in sorted(changed)])
    fresh = [{"report": number, "id": name, "word": wanted[name][0], "body": wanted[name][1]} for name in sorted(changed) if name in wanted]
    record.run("INSERT INTO item (report, id, word, body) VALUES (:report, :id, :word, :body)", fresh)
    words = set(changed.values()) | ({"report"} if view.report != old else set())
    if words:
        _made_again(record, number, view.report)
    return words


def _made_again(record: Record, number: int, report: Body) -> None:
    """Fill the tables that are made from a report from its view."""
    for table in ("entity", "statement", "event", "participant", "figure", "control", "tie"):
        record.run(f"DELETE FROM {table} WHERE report = :n", {"n": number})
    facts = {"body": _dump(report), "title": report["title"], "url": report["url"], "language": report["language"], "published": report["published"]["date"]}
    record.run("UPDATE report SET body = :body, title = :title, url = :url, language = :language, published = :published WHERE n = :n", {**facts, "n": number})
    linked = record.rows("SELECT linked FROM report WHERE n = :n", {"n": number})[0]["linked"]
    fill_again(record.connection, number, report)
    record.run("UPDATE report SET linked = :linked WHERE n = :n", {"linked": linked, "n": number})


def _forget(record: Record, number: int) -> None:
    """Take back what rules judged of a report's events: they are compared anew as they are now."""
    record.run("DELETE FROM judgement WHERE judge LIKE 'rule:%' AND (a_report = :n OR b_report = :n)", {"n": number})
    part(record, number)
    record.run("UPDATE report SET linked = 0 WHERE n = :n", {"n": number})


def _judge(record: Record, lines: list[Line]) -> None:
    """Write the judgements of persons that stand, oldest first, on the events that they mean now, and make the incidents anew."""
    judged = [x for x in lines if x.verb in JUDGEMENTS]
    touched: set[tuple[int, str]] = set()
    for line in judged:
        for row in record.rows("SELECT * FROM judgement WHERE correction = :n", {"n": line.n}):
            touched |= {(row["a_report"], row["a_event"]), (row["b_report"], row["b_event"])}
        record.run("DELETE FROM judgement WHERE correction = :n", {"n": line.n})
        record.run("DELETE FROM effect WHERE n = :n", {"n": line.n})
    taken = undone(lines)
    for line in judged:
        pair = judged_pair(record, line)
        if line.n in taken:
            continue
        _put_effects(record, pair[0][0] if pair[0] else None, [_judged_effect(line.n, pair)])
        if None in pair:
            continue
        (a, b) = sorted(key for key in pair if key is not None)
        touched |= {a, b}
        record.run(
            "INSERT INTO judgement (a_report, a_event, b_report, b_event, verdict, score, reason, judge, at, correction)"
            " VALUES (:ar, :ae, :br, :be, :verdict, 1.0, :reason, :judge, :at, :n)",
            {"ar": a[0], "ae": a[1], "br": b[0], "be": b[1], "verdict": line.verb, "reason": line.why or f"judged by {line.who}",
             "judge": f"person:{line.who}", "at": line.at, "n": line.n},
        )  # fmt: skip
    regroup(record, touched)


def _judged_effect(n: int, pair: tuple[tuple[int, str] | None, tuple[int, str] | None]) -> Effect:
    if None in pair:
        return Effect(n, fits=False, reason="one of the two events is not read any more")
    return Effect(n, fits=True, how="exact", item=pair[0][1] if pair[0] else None)


def judged_pair(record: Record, line: Line) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
    """The two events that a judgement means in the readings that count now; None for one that is not read any more."""
    other = line.anchors["other"]
    return _event(record, line.key, line.anchors["item"]), _event(record, other["key"], other["anchor"])


def _event(record: Record, key: str, anchor: Body) -> tuple[int, str] | None:
    rows = record.rows("SELECT n, body FROM report WHERE key = :key AND current = 1", {"key": key})
    if not rows:
        return None
    text = json.loads(rows[0]["body"])["text"]
    found = fit(anchor_from_json(anchor), parts_of(record, rows[0]["n"]), text, digest_of_text(text))
    return (rows[0]["n"], found.id) if found.id is not None else None


def entries(record: Record, *, report: int | None = None, who: str | None = None) -> list[Entry]:
    """The log, oldest first: all of it, what concerns a report, or what one person wrote."""
    query = "SELECT c.*, e.report AS now_report, e.item AS now_item, e.fits, e.how, e.reason, e.machine FROM correction c LEFT JOIN effect e ON e.n = c.n"
    if report is not None:
        keys = "(SELECT key FROM report WHERE n = :report)"
        rows = record.rows(f"{query} WHERE c.key IN {keys} OR c.other_key IN {keys} ORDER BY c.n", {"report": report})
    else:
        rows = record.rows(f"{query} ORDER BY c.n")
    lines = {r["n"]: _line(r) for r in rows}
    taken = undone(lines.values())
    found = [Entry(lines[r["n"]], taken.get(r["n"]), _effect(r), r["now_report"]) for r in rows]
    return [e for e in found if who is None or e.line.who.casefold() == who.strip().casefold()]


def _effect(row: Row) -> Effect | None:
    if row["fits"] is None:
        return None
    return Effect(row["n"], bool(row["fits"]), row["how"], row["reason"], row["now_item"], json.loads(row["machine"]))


def of_item(record: Record, report: int, item: str | None) -> list[Entry]:
    """The lines that concern one value (None: the report itself) as it is now, and the undos of these; oldest first."""
    listed = entries(record, report=report)
    ours = {e.line.n for e in listed if _concerns(e, report, item)}
    while more := {e.line.n for e in listed if e.line.target in ours} - ours:
        ours |= more
    return [e for e in listed if e.line.n in ours]


def _concerns(entry: Entry, report: int, item: str | None) -> bool:
    if entry.line.verb == "undo":
        return False
    if item is None:
        return entry.line.item is None and entry.line.verb != "add"
    other = entry.line.value if entry.line.verb in (*JUDGEMENTS, "merge") else None
    return entry.now == f"{report}/{item}" or (entry.line.report, entry.line.item) == (report, item) or other in (f"{report}/{item}", item)
