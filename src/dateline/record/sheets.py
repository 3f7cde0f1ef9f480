"""What the record keeps of a report, read for many reports at once, and once only while the record is held still.

The database is asked a few questions for a hundred reports, not a few for each; values are parsed when they are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from dateline.record.connection import Row
from dateline.record.names import display_name
from dateline.record.still import held, keep
from dateline.record.store import Record

Body = dict[str, Any]

_TOGETHER = 100
"""Reports that are read together."""

Cast = tuple[str, str, bool, str, str]
"""Of an entity: what it is across reports, whom it acts for, whether it has a name, its name and its type."""


class Bodies(Mapping[str, Body]):
    """Parts of a reading by their ids, each parsed when it is first looked at."""

    def __init__(self, raw: Mapping[str, str]) -> None:
        self._raw = raw
        self._parsed: dict[str, Body] = {}

    def __getitem__(self, name: str) -> Body:
        if name not in self._parsed:
            self._parsed[name] = json.loads(self._raw[name])
        return self._parsed[name]

    def __contains__(self, name: object) -> bool:
        return name in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


_NONE = Bodies({})


class Sheet:
    """One report with all its values."""

    def __init__(self, sheaf: Sheaf, head: Row, parts: Mapping[str, Mapping[str, str]], cast: Mapping[str, Cast]) -> None:
        self._sheaf = sheaf
        self._names: dict[str, str] = {}
        self._made: dict[Hashable, Any] = {}
        self._words = {name: word for word, listed in parts.items() for name in listed}
        self._parts = {word: Bodies(listed) for word, listed in parts.items()}
        self.head = head
        """Number, outlet, agency, day of publication, when it came in, whether it counts, and more of the columns of ``report``."""
        self.cast = cast
        """For each entity what it is across reports."""
        self.entities = self._parts.get("entities", _NONE)
        self.statements = self._parts.get("statements", _NONE)

    @property
    def number(self) -> int:
        """The report's number."""
        return int(self.head["n"])

    @cached_property
    def text(self) -> str:
        """The report's text."""
        told: str = json.loads(self.head["body"])["text"]
        return told

    def has(self, name: str) -> bool:
        """Whether a value of this id stands in it."""
        return name in self._words

    def item(self, name: str) -> tuple[str, Body]:
        """Word and body of one of its values."""
        word = self._words[name]
        return word, self._parts[word][name]

    def of_word(self, word: str) -> list[Body]:
        """Its values of one word, in their order."""
        parts = self._parts.get(word, _NONE)
        return [parts[name] for name in sorted(parts, key=lambda n: (len(n), n))]

    def name(self, entity: str) -> str:
        """The name of one of its entities in the report's own words."""
        if entity not in self._names:
            self._names[entity] = display_name(self.entities[entity])
        return self._names[entity]

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` makes of this report, made once for each key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def figures(self) -> dict[str, list[str]]:
        """By event the figures that count what it did."""
        found: dict[str, list[str]] = {}
        for body in self.of_word("figures"):
            if body["event"] is not None:
                found.setdefault(body["event"], []).append(body["id"])
        return found

    @cached_property
    def denied(self) -> list[tuple[str, Body]]:
        """The events that the report tells of as denied, with their types."""
        return [(body["type"], body) for body in self.of_word("events") if body["status"] == "denied"]

    @property
    def copies(self) -> list[Row]:
        """The rows of ``copy`` that it is in; asked for while the record is open."""
        return self._sheaf.copies.get(self.number, [])

    def known_by(self, day: str | None) -> bool:
        """Whether the report was published (or, undated, read) by this day."""
        told: str = self.head["published"] or self.head["read_at"]
        return day is None or told[:10] <= day


class Sheaf:
    """Reports that are read together."""

    def __init__(self, record: Record, numbers: list[int]) -> None:
        self._record = record
        heads = record.rows(
            "SELECT n, source, agency, published, read_at, current, title, url, language, input, body FROM report WHERE n IN :numbers AND current = 1",
            {"numbers": numbers},
        )
        self._numbers = sorted(row["n"] for row in heads)
        parts: dict[int, dict[str, dict[str, str]]] = {}
        for row in record.rows("SELECT report, id, word, body FROM item WHERE report IN :numbers ORDER BY report, id", {"numbers": self._numbers}):
            parts.setdefault(row["report"], {}).setdefault(row["word"], {})[row["id"]] = row["body"]
        casts: dict[int, dict[str, Cast]] = {}
        query = "SELECT report, id, world, party, named, name, type FROM entity WHERE report IN :numbers ORDER BY report, id"
        for row in record.rows(query, {"numbers": self._numbers}):
            casts.setdefault(row["report"], {})[row["id"]] = (row["world"], row["party"], bool(row["named"]), row["name"], row["type"])
        self.sheets = {row["n"]: Sheet(self, row, parts.get(row["n"], {}), casts.get(row["n"], {})) for row in heads}

    @cached_property
    def copies(self) -> dict[int, list[Row]]:
        """By report the rows of ``copy`` that it is in."""
        found: dict[int, list[Row]] = {}
        query = (
            "SELECT c.* FROM copy c JOIN report x ON x.n = c.a AND x.current = 1 JOIN report y ON y.n = c.b AND y.current = 1"
            " WHERE c.a IN :numbers OR c.b IN :numbers ORDER BY c.a, c.b"
        )
        for row in self._record.rows(query, {"numbers": self._numbers}):
            for number in {row["a"], row["b"]}:
                found.setdefault(number, []).append(row)
        return found


def sheets(record: Record, numbers: Iterable[int]) -> dict[int, Sheet]:
    """The sheets of these reports, as far as they count; a report that does not is left out."""
    wanted = dict.fromkeys(numbers)
    found: dict[int, Sheet] = {n: kept for n in wanted if (kept := held(record, "sheet", n)) is not None}
    missing = [n for n in wanted if n not in found]
    for at in range(0, len(missing), _TOGETHER):
        read = Sheaf(record, missing[at : at + _TOGETHER]).sheets
        for number, sheet in read.items():
            keep(record, "sheet", number, sheet)
        found |= read
    return {n: found[n] for n in wanted if n in found}
