"""Questions to the record: items by place, actor, days, type and words, each with its source chain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from dateline.errors import UsageError
from dateline.record import words as index
from dateline.record.circle import Circle, at_places, has_postgis, places_within
from dateline.record.naming import holder_name as holder_name
from dateline.record.rows import fold
from dateline.record.sheets import Body as Body
from dateline.record.sheets import Sheet, sheets
from dateline.record.store import Record
from dateline.whoswho import WhosWho

PLACES = ("geonames", "country", "place")
"""What the keys of places begin with."""

_SOME = 5
"""So many names are given to who asks for one that is not known."""

_PAGE = 100
"""So many items are read at once."""


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
    near: Circle | None = None
    """Only what is at a point within it."""


@dataclass(frozen=True)
class Item:
    """One part of a reading with its report."""

    report: int
    id: str
    word: str
    body: Body
    sheet: Sheet
    """The report that it is of."""

    @property
    def source(self) -> str | None:
        """The outlet."""
        return self._head("source")

    @property
    def agency(self) -> str | None:
        """The agency whose copy the outlet prints."""
        return self._head("agency")

    @property
    def published(self) -> str | None:
        """The day of publication, where it is known."""
        return self._head("published")

    def _head(self, column: str) -> str | None:
        told: str | None = self.sheet.head[column]
        return told

    @property
    def entities(self) -> Mapping[str, Body]:
        """The entities of its report, by id."""
        return self.sheet.entities

    @property
    def statements(self) -> Mapping[str, Body]:
        """The statements of its report, by id."""
        return self.sheet.statements

    @property
    def text(self) -> str:
        """The text of its report."""
        return self.sheet.text

    @property
    def handle(self) -> str:
        """By what ``show`` and ``explain`` find it: ``REPORT/ID``."""
        return f"{self.report}/{self.id}"

    def name(self, entity: str | None) -> str | None:
        """The name of an entity in the same report's own words."""
        return self.sheet.name(entity) if entity is not None and entity in self.entities else None

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
    told: tuple[str, ...] = tuple(item.body.get("according_to", ()))
    chain: Chain = item.sheet.once(("chain", *told), partial(_chain, item))
    return chain


def _chain(item: Item) -> Chain:
    told = statements_of(item)
    speakers = [s["speaker"] for s in told]
    names = tuple(_voices(item, s) for s in told)
    worlds = tuple(item.sheet.cast[s][0] if s in item.sheet.cast else None for s in speakers)
    return Chain(item.source, names, worlds, item.agency)


def statements_of(item: Item) -> list[Body]:
    """The statements of an item's chain, innermost last; of a denied thing up to the denial: whose claim it was does not deny it."""
    told = [item.statements[s] for s in item.body.get("according_to", []) if s in item.statements]
    if item.body.get("status") != "denied":
        return told
    denial = next((n for n, s in enumerate(told) if s["act"] == "deny"), len(told))
    return told[: denial + 1]


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
    listed = sorted(world for world in _listed(name) if not kinds or world.split(":")[0] in kinds)
    by_list = record.rows("SELECT DISTINCT world FROM entity WHERE world IN :listed ORDER BY world", {"listed": listed})
    if by_list:
        return [r["world"] for r in by_list]
    near = record.rows("SELECT DISTINCT folded, world FROM alias ORDER BY folded")
    known = sorted({r["folded"] for r in near if not kinds or r["world"].split(":")[0] in kinds})
    names = [match for match, _, _ in process.extract(fold(name), known, scorer=fuzz.ratio, limit=6, score_cutoff=60)]
    mend = f"names like it: {', '.join(names)}" if names else f"list the names with: dateline entities{_most_reported(record, kinds)}"
    known_as = sorted({"place" if (kind := r["world"].split(":")[0]) in PLACES else kind for r in rows})
    wrong = "the record knows nothing of this name" if not known_as else f"the record knows this name otherwise: {', '.join(known_as)}"
    raise UsageError(wrong, given=name, mend=mend)


def _most_reported(record: Record, kinds: Sequence[str]) -> str:
    """Some names that the record does know, for who has none that is like them."""
    query = "SELECT world, min(name) AS name, count(DISTINCT report) AS reports FROM entity GROUP BY world ORDER BY reports DESC, world"
    names = list(islice((r["name"] for r in record.rows(query) if not kinds or r["world"].split(":")[0] in kinds), _SOME))
    return f" (such as {', '.join(names)})" if names else ""


@cache
def _whos_who() -> WhosWho:
    return WhosWho.open()


def _listed(name: str) -> set[str]:
    """The keys of those whom the who's who has under a name."""
    return {f"actor:{actor.key}" for actor in _whos_who().candidates(name)}


def load_items(record: Record, keys: Iterable[tuple[int, str]], question: Question) -> list[Item]:
    """The items of these keys whose reports are current and were known by the question's day, in the order of the keys.

    A value that somebody has rejected since its key was found is left out.
    """
    found: list[Item] = []
    waiting = iter(keys)
    while page := list(islice(waiting, _PAGE if question.limit is None else min(_PAGE, question.limit))):
        read = {n: sheet for n, sheet in sheets(record, (n for n, _ in page)).items() if sheet.known_by(question.known_by)}
        found += [Item(n, name, *read[n].item(name), read[n]) for n, name in page if n in read and read[n].has(name)]
        if question.limit is not None and len(found) >= question.limit:
            return found[: question.limit]
    return found


def ask(record: Record, word: str, question: Question) -> list[Item]:
    """The events, statements, figures, control or entities that answer the question, by day and report."""
    return load_items(record, keys_of(record, word, question), question)


def keys_of(record: Record, word: str, question: Question) -> list[tuple[int, str]]:
    """Report and id of what answers the question, by day and report."""
    tests, values = _tests(record, word, question)
    # A frame around a circle holds more than the circle does.
    near = None if word != "event" or has_postgis(record.connection) else question.near
    found: list[tuple[int, str]] = []
    for half in ("t.earliest IS NOT NULL", "t.earliest IS NULL") if word != "entity" else ("1 = 1",):
        rest = None if question.limit is None else question.limit - len(found)
        order = "t.earliest, t.report, length(t.id), t.id" if word != "entity" else "t.report, length(t.id), t.id"
        most = f" LIMIT {rest}" if rest is not None and near is None else ""
        # Dated ones first: by the index the first of them are found without sorting all.
        query = f"SELECT t.* FROM {word} t JOIN report r ON r.n = t.report WHERE {' AND '.join([half, *tests])} ORDER BY {order}{most}"
        rows = record.rows(query, values) if rest is None or rest > 0 else []
        found += [(r["report"], r["id"]) for r in rows if near is None or near.holds(r["lat"], r["lon"])]
    return found


def _tests(record: Record, word: str, question: Question) -> tuple[list[str], dict[str, Any]]:
    """What the question asks of a row ``t`` of its table and of its report ``r``."""
    column = {"event": "type", "statement": "act", "figure": "measure", "entity": "kind", "control": "change"}[word]
    tests, values = ["r.current = 1"], dict[str, Any]()
    if question.kind is not None:
        tests.append(f"t.{column} = :kind")
        values["kind"] = question.kind
    if question.status is not None and word in ("event", "control"):
        tests.append("t.status = :status")
        values["status"] = question.status
    if word != "entity" and question.since is not None:
        tests.append("coalesce(t.latest, t.earliest) >= :since")
        values["since"] = question.since
    if word != "entity" and question.until is not None:
        tests.append("t.earliest <= :until")
        values["until"] = question.until + "T99"
    if question.known_by is not None:
        tests.append("substr(coalesce(r.published, r.read_at), 1, 10) <= :known")
        values["known"] = question.known_by
    if question.near is not None and word == "event":
        test, more = question.near.test(record.connection, "t")
        tests.append(test)
        values |= more
    elif question.near is not None and word in ("figure", "control"):
        tests.append("t.place IN :within")
        values["within"] = places_within(record, question.near)
    if question.place is not None and word == "event":
        test, at = at_places("t", worlds_of(record, question.place, kinds=PLACES))
        tests.append(test)
        values |= at
    for role, name, test in _named_tests(word, question):
        tests.append(test.replace("@", f":{role}"))
        values[role] = worlds_of(record, name, kinds=PLACES if role == "place" else ())
    return tests, values


def _named_tests(word: str, question: Question) -> list[tuple[str, str, str]]:
    """The names in the question, what each is of, and the test that it asks for; ``@`` stands for the keys that the name has."""
    tests: list[tuple[str, str, str]] = []
    if question.place is not None and word in ("figure", "control"):
        tests.append(("place", question.place, "t.place IN @"))
    if question.actor is not None and word == "event":
        tests.append(("actor", question.actor, "(t.report, t.id) IN (SELECT p.report, p.event FROM participant p WHERE p.world IN @)"))
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
