"""Questions to the record: items by place, actor, days, type and words, each with its source chain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from rapidfuzz import fuzz, process

from dateline.contract import entity_from_json
from dateline.errors import UsageError
from dateline.record import words as index
from dateline.record.connection import Row
from dateline.record.names import display_name
from dateline.record.rows import fold, world_key
from dateline.record.still import remembered_all
from dateline.record.store import Record
from dateline.whoswho import WhosWho

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; None leaves a side open."""

    place: str | None = None
    actor: str | None = None
    speaker: str | None = None
    kind: str | None = None
    """Type of an event, act of a statement, measure of a figure, or kind of an entity."""
    status: str | None = None
    since: str | None = None
    until: str | None = None
    known_by: str | None = None
    """Only reports that were published (or, undated, read) by this day."""
    limit: int | None = None


@dataclass(frozen=True)
class Item:
    """One part of a reading with its report."""

    report: int
    id: str
    word: str
    body: Body
    source: str | None
    agency: str | None
    published: str | None
    entities: dict[str, Body]
    statements: dict[str, Body]
    text: str

    @property
    def handle(self) -> str:
        """By what ``show`` and ``explain`` find it: ``REPORT/ID``."""
        return f"{self.report}/{self.id}"

    def name(self, entity: str | None) -> str | None:
        """The name of an entity in the same report's own words."""
        return display_name(self.entities[entity]) if entity in self.entities else None

    def around(self) -> str:
        """The sentence, as far as full stops tell, in which the item's words stand."""
        span = self.body.get("sentence") or self.body.get("span") or self.body.get("cue")
        if span is None:
            return ""
        start = max((m.end() for m in _BREAK.finditer(self.text, 0, span["start"])), default=0)
        end = next((m.start() for m in _BREAK.finditer(self.text, span["end"])), len(self.text))
        return " ".join(self.text[start:end].split())


_BREAK = re.compile(r"\n+|(?<=\))\s[—–-]\s|(?<=[.!?][\"”’'])\s+(?=[\"“A-Z])|(?<=[a-z0-9)][.!?])\s+(?=[\"“A-Z])")
"""Where a sentence ends, near enough to show it to people."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who says so: outlet first, then the agency whose copy it prints, innermost speaker last."""

    outlet: str | None
    speakers: tuple[str, ...]
    worlds: tuple[str | None, ...]
    agency: str | None = None

    def __str__(self) -> str:
        houses = (self.outlet or "unnamed outlet", self.agency) if self.agency else (self.outlet or "unnamed outlet",)
        return " → ".join((*houses, *self.speakers))

    def includes(self, name: str) -> bool:
        """Whether a speaker, or the outlet where it speaks itself, goes by ``name``."""
        wanted = fold(name)
        told = self.speakers or tuple(house for house in (self.outlet, self.agency) if house)
        return any(wanted == fold(n) or f" {wanted} " in f" {fold(n)} " for n in told) or any(w == f"actor:{name}" for w in self.worlds)

    def ends_with(self, world: str | None) -> bool:
        """Whether the innermost speaker is this entity."""
        return bool(self.worlds) and world is not None and self.worlds[-1] == world


def chain_of(item: Item) -> Chain:
    """The source chain of an item: the statements that it lies within."""
    told = [item.statements[s] for s in item.body.get("according_to", []) if s in item.statements]
    speakers = [s["speaker"] for s in told]
    names = tuple(_voices(item, s) for s in told)
    worlds = tuple(world_key(entity_from_json(item.entities[s])) if s in item.entities else None for s in speakers)
    return Chain(item.source, names, worlds, item.agency)


def _voices(item: Item, statement: Body) -> str:
    """Who speaks, in words; where several speak together, all of them ("a monitoring group and a Kurdish official")."""
    name = item.name(statement["speaker"]) or "somebody"
    together = (statement["speaker_span"] or {}).get("text", "")
    return together if " and " in together and together.startswith(name) else name


def worlds_of(record: Record, name: str, *, kinds: Sequence[str] = ()) -> list[str]:
    """What the record knows under a name (folded), of the kinds given (first part of the key).

    Raises ``UsageError`` with the nearest known names when there is nothing of the name.
    """
    rows = record.rows("SELECT DISTINCT world FROM alias WHERE folded = :name ORDER BY world", {"name": fold(name)})
    found = [r["world"] for r in rows if not kinds or r["world"].split(":")[0] in kinds]
    if found:
        return found
    near = record.rows("SELECT DISTINCT folded, world FROM alias ORDER BY folded")
    held = [(r["folded"], r["world"]) for r in near if not kinds or r["world"].split(":")[0] in kinds]
    if by_list := sorted(_listed(name) & {world for _, world in held}):
        return by_list
    known = sorted({folded for folded, _ in held})
    names = [match for match, _, _ in process.extract(fold(name), known, scorer=fuzz.ratio, limit=6, score_cutoff=60)]
    mend = f"names like it: {', '.join(names)}" if names else "list the names with: dateline entities"
    raise UsageError("the record knows nothing of this name", given=name, mend=mend)


@cache
def _whos_who() -> WhosWho:
    return WhosWho.open()


def _listed(name: str) -> set[str]:
    """The keys of those whom the who's who has under a name."""
    return {f"actor:{actor.key}" for actor in _whos_who().candidates(name)}


def holder_name(record: Record, world: str) -> str:
    """The name most used in the record for an entity."""
    query = "SELECT name, count(*) AS n FROM entity WHERE world = :world GROUP BY name ORDER BY n DESC, length(name) DESC, name LIMIT 1"
    rows = record.rows(query, {"world": world})
    return str(rows[0]["name"]) if rows else world


def load_items(record: Record, keys: Iterable[tuple[int, str]], question: Question) -> list[Item]:
    """The items of these keys whose reports are current and were known by the question's day, in the order of the keys."""
    wanted = list(keys)
    reports: dict[int, _Held | None] = {}
    found: list[Item] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        asked = [number for number, _ in part if number not in reports]
        reports |= remembered_all(record, f"report known by {question.known_by}", asked, partial(_reports, record, question))
        shown = [(number, item) for number, item in part if reports[number] is not None]
        bodies = remembered_all(record, "item", shown, partial(_bodies, record))
        for number, item in shown:
            if (held := reports[number]) is not None:
                head, entities, statements, text = held
                word, body = bodies[number, item]
                found.append(Item(number, item, word, json.loads(body), head["source"], head["agency"], head["published"], entities, statements, text))
            if question.limit is not None and len(found) >= question.limit:
                return found
    return found


_AT_ONCE = 400
"""So many items are looked up at a time."""

_Held = tuple[Row, dict[str, Body], dict[str, Body], str]


def _reports(record: Record, question: Question, numbers: list[int]) -> dict[int, _Held | None]:
    """Of each report its head, its entities, its statements and its text; None where it is not current or was not known yet."""
    found: dict[int, _Held | None] = dict.fromkeys(numbers)
    for row in record.rows("SELECT n, source, agency, published, read_at, current, body FROM report WHERE n IN :numbers", {"numbers": numbers}):
        late = question.known_by is not None and (row["published"] or row["read_at"])[:10] > question.known_by
        if row["current"] and not late:
            head = {name: row[name] for name in ("n", "source", "agency", "published", "read_at")}
            found[row["n"]] = (head, {}, {}, json.loads(row["body"])["text"])
    shown = [number for number, held in found.items() if held is not None]
    query = "SELECT report, id, word, body FROM item WHERE report IN :numbers AND word IN ('entities', 'statements') ORDER BY report, id"
    for row in record.rows(query, {"numbers": shown}):
        if (held := found[row["report"]]) is not None:
            held[1 if row["word"] == "entities" else 2][row["id"]] = json.loads(row["body"])
    return found


def _bodies(record: Record, keys: list[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, str]]:
    """The word and the body of each item."""
    marks = ", ".join(f"(:r{i}, :i{i})" for i in range(len(keys)))
    values = {name: value for i, (number, item) in enumerate(keys) for name, value in ((f"r{i}", number), (f"i{i}", item))}
    # The keys go first: as a list to look in, SQLite would go through the whole table for them.
    query = f"WITH wanted (n, i) AS (VALUES {marks}) SELECT report, id, word, body FROM wanted CROSS JOIN item WHERE report = n AND id = i"
    return {(row["report"], row["id"]): (row["word"], row["body"]) for row in record.rows(query, values)}


def ask(record: Record, word: str, question: Question) -> list[Item]:
    """The events, statements, figures, control or entities that answer the question, by day and report."""
    column = {"event": "type", "statement": "act", "figure": "measure", "entity": "kind", "control": "change"}[word]
    tests, values = ["1 = 1"], dict[str, object]()
    if question.kind is not None:
        tests.append(f"t.{column} = :kind")
        values["kind"] = question.kind
    if question.status is not None and word in ("event", "control"):
        tests.append("t.status = :status")
        values["status"] = question.status
    dated = word != "entity"
    if dated and question.since is not None:
        tests.append("coalesce(t.latest, t.earliest) >= :since")
        values["since"] = question.since
    if dated and question.until is not None:
        tests.append("t.earliest <= :until")
        values["until"] = question.until + "T99"
    for role, name, test in _named_tests(word, question):
        tests.append(test.replace("@", f":{role}"))
        values[role] = worlds_of(record, name)
    order = "t.earliest IS NULL, t.earliest, t.report, length(t.id), t.id" if dated else "t.report, length(t.id), t.id"
    rows = record.rows(f"SELECT t.report, t.id FROM {word} t WHERE {' AND '.join(tests)} ORDER BY {order}", values)
    return load_items(record, [(r["report"], r["id"]) for r in rows], question)


def _named_tests(word: str, question: Question) -> list[tuple[str, str, str]]:
    """The names in the question, what each is of, and the test that it asks for; ``@`` stands for the keys that the name has."""
    tests: list[tuple[str, str, str]] = []
    if question.place is not None and word in ("event", "figure", "control"):
        country = " OR 'country:' || t.country IN @" if word == "event" else ""
        tests.append(("place", question.place, f"(t.place IN @{country})"))
    if question.actor is not None and word == "event":
        tests.append(("actor", question.actor, "EXISTS (SELECT 1 FROM participant p WHERE p.report = t.report AND p.event = t.id AND p.world IN @)"))
    if question.actor is not None and word == "control":
        tests.append(("actor", question.actor, "(t.holder IN @ OR t.previous IN @)"))
    if question.speaker is not None and word == "statement":
        tests.append(("speaker", question.speaker, "t.speaker IN @"))
    if question.actor is not None and word == "entity":
        tests.append(("actor", question.actor, "t.world IN @"))
    return tests


def entities_of(record: Record, *, kind: str | None = None) -> list[Body]:
    """Who and what the record knows, most reported first, each with all its names."""
    test, values = ("WHERE kind = :kind", {"kind": kind}) if kind is not None else ("", {})
    names: dict[str, list[str]] = {}
    for row in record.rows(f"SELECT DISTINCT world, name FROM entity {test} ORDER BY world, name", values):
        names.setdefault(row["world"], []).append(row["name"])
    query = (
        "SELECT world, min(kind) AS kind, min(type) AS type, min(country) AS country, count(DISTINCT report) AS reports"
        f" FROM entity {test} GROUP BY world ORDER BY reports DESC, world"
    )
    return [{**row, "names": names[row["world"]]} for row in record.rows(query, values)]


def search(record: Record, words: str, *, limit: int = 50) -> list[tuple[int, str, str]]:
    """Reports that hold all the words: number, title and a piece of text around them, best first."""
    if not words.split():
        raise UsageError("no words were given", given="search", mend="give the words to look for, e.g.: dateline search 'Raqqa victory'")
    numbers = index.find(record.connection, words.split(), limit=limit)
    held = {r["n"]: r for r in record.rows("SELECT n, title, body FROM report WHERE n IN :numbers", {"numbers": numbers})}
    return [(n, held[n]["title"] or "", _around(json.loads(held[n]["body"])["text"], words.split())) for n in numbers]


def _around(text: str, words: list[str]) -> str:
    folded = text.casefold()
    at = min((p for w in words if (p := folded.find(w.casefold())) >= 0), default=0)
    start = max(0, at - 60)
    return " ".join(text[start : at + 100].split())
