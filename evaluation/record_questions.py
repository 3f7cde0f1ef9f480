"""How long a record takes to answer each kind of question."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

from dateline.record.circle import Circle
from dateline.record.ledger import history, holders_everywhere, holders_on
from dateline.record.listing import Asked, incident_with, pictures
from dateline.record.marked import marked_report
from dateline.record.picture import picture_of
from dateline.record.questions import Question, ask, entities_of, search
from dateline.record.store import Record
from evaluation.made import GROUPS, TYPES, WORDS, moment

_ASKED = 100
"""How often each question is put, each time of something else."""

_PAGE = 50
"""So many answers are asked for, as a page shows them."""

Ask = Callable[[int], object]


def asked(record: Record) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind of question: by the clock and of the processor, the median and of 99 in 100."""
    gc.collect()
    gc.freeze()  # what the measurement itself has left in memory is no part of a question
    return {name: _timed(question) for name, question in questions(record).items()}


def questions(record: Record) -> dict[str, Ask]:
    """The kinds of questions."""
    rows = record.rows("SELECT DISTINCT e.name, e.world, e.lat, e.lon FROM entity e JOIN control c ON c.place = e.world ORDER BY e.name LIMIT 400")
    days = [moment(n * 3).earliest for n in range(300)]
    newest = record.rows("SELECT max(n) AS n FROM report")[0]["n"]

    def at(n: int) -> Any:
        return rows[n % len(rows)]

    def day(n: int) -> str:
        return days[n * 7 % len(days)] or ""

    def listed(word: str, **asked: Any) -> object:
        return ask(record, word, Question(limit=_PAGE, **asked))

    return {
        "who held a place on a day": lambda n: holders_on(record, at(n)["name"], day(n)),
        "as known on a day": lambda n: holders_on(record, at(n)["name"], day(n), as_known_on=day(n)),
        "according to somebody": lambda n: holders_on(record, at(n)["name"], day(n), according_to="The monitor"),
        "history of a place": lambda n: history(record, at(n)["name"]),
        "events at a place": lambda n: listed("event", place=at(n)["name"]),
        "events near a place": lambda n: listed("event", near=Circle(at(n)["lat"], at(n)["lon"], 20)),
        "events with somebody": lambda n: listed("event", actor=GROUPS[n % len(GROUPS)]),
        "events of a type": lambda n: listed("event", kind=TYPES[n % len(TYPES)]),
        "events of a type since a day": lambda n: listed("event", kind=TYPES[n % len(TYPES)], since=day(n)),
        "figures at a place": lambda n: listed("figure", place=at(n)["name"], kind="killed"),
        "figures of a measure": lambda n: listed("figure", kind="killed", since=day(n)),
        "statements of a speaker": lambda n: listed("statement", speaker="The monitor" if n % 2 else f"Group monitor {n % 7}"),
        "statements of an act": lambda n: listed("statement", kind="say", since=day(n)),
        "incidents at a place": lambda n: pictures(record, Asked([at(n)["world"]], limit=_PAGE)),
        "incidents near a place": lambda n: pictures(record, Asked(circle=Circle(at(n)["lat"], at(n)["lon"], 60), limit=_PAGE)),
        "incidents since a day": lambda n: pictures(record, Asked(since=day(n), limit=_PAGE)),
        "one incident": lambda n: picture_of(record, incident_with(record, f"{n * 7 % newest + 1}/v1")),
        "search for words": lambda n: search(record, f"{WORDS[n % 40]} {WORDS[(n * 7) % 4000]}", limit=_PAGE),
        "search for a common word": lambda n: search(record, WORDS[n % 5], limit=_PAGE),
        "a report with its marks": lambda n: marked_report(record, n * 7 % newest + 1),
    }


def tables(record: Record) -> dict[str, float]:
    """Seconds of processor time that the tables of everything take, each made once."""
    return {
        "who held each place on a day": _once(lambda: holders_everywhere(record, moment(500).earliest or "")),
        "everybody and everything by name": _once(lambda: entities_of(record)),
    }


def _once(question: Callable[[], object]) -> float:
    before = time.process_time()
    question()
    return round(time.process_time() - before, 2)


def _timed(question: Ask) -> dict[str, float]:
    times, busy = [], []
    for n in range(_ASKED):
        start, before = time.perf_counter(), time.process_time()
        question(n)
        times.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - before))
    times.sort()
    busy.sort()
    middle, late = _ASKED // 2, _ASKED * 99 // 100
    return {
        "median": round(times[middle], 2), "p99": round(times[late], 2),
        "processor_median": round(busy[middle], 2), "processor_p99": round(busy[late], 2),
    }  # fmt: skip
