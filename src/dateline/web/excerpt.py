"""The places and actors of some selected incidents, as their own reports have them: nothing here tells of the rest of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dateline.record.bands import bands_among
from dateline.record.holds import Change
from dateline.record.ledger import holders_among, told_of
from dateline.record.parties import Sides
from dateline.record.questions import Body
from dateline.record.store import Record
from dateline.web.actors import listed_actor, ties_of
from dateline.web.ledger_columns import named_columns, place_point
from dateline.web.places import band, holding, with_spans
from dateline.web.view import View


class Excerpt:
    """What ``reports`` tell of the places and actors that the ``events`` of ``part`` name.

    Events are counted of the incidents only; reports, statements, figures and accounts of control of all that these reports tell.
    """

    def __init__(self, record: Record, part: View, reports: Sequence[int], events: Iterable[str]) -> None:
        self._record = record
        self._part = part
        self._reports = list(reports)
        self._events = frozenset(events)
        self._entities: dict[str, list[Any]] = {}
        for row in self._rows("report, world, kind, type, name, country, party, named", "entity"):
            self._entities.setdefault(row["world"], []).append(row)
        self._took_part = self._grouped("participant", "event", "world")
        self._at_place = self._grouped("event", "id", "place")
        self._in_country = self._grouped("event", "id", "country")
        self._said = self._grouped("statement", "id", "speaker")
        self._counted = self._grouped("figure", "id", "place")
        took_part = {key for key, events in self._took_part.items() if events & self._events}
        befell = {key for key, events in self._at_place.items() if events & self._events}
        self.places = self._of_kind(took_part | befell, "place")
        self.actors = self._of_kind(took_part | set(part.actor_keys.names), "actor", "person")
        self._changes = {key: self._told(key) for key in self.places}

    def _rows(self, columns: str, table: str) -> Sequence[Any]:
        return self._record.rows(f"SELECT {columns} FROM {table} WHERE report IN :reports ORDER BY 1, 2", {"reports": self._reports})

    def _grouped(self, table: str, item: str, key: str) -> dict[str, set[str]]:
        """The values of a table by the key of whom or what they are."""
        found: dict[str, set[str]] = {}
        for row in self._rows(f"report, {item} AS item, {key} AS world", table):
            if row["world"] is not None:
                found.setdefault(row["world"], set()).add(f"{row['report']}/{row['item']}")
        return found

    def _of_kind(self, keys: Iterable[str], *kinds: str) -> list[str]:
        return sorted(key for key in keys if any(r["kind"] in kinds for r in self._entities.get(key, ())))

    def name(self, key: str) -> str:
        """The name that these reports use most; the who's who's of somebody whom they do not name."""
        counts = Counter[str](r["name"] for r in self._entities.get(key, ()))
        if counts:
            return min(counts, key=lambda n: (-counts[n], -len(n), n))
        listed = listed_actor(key)
        return listed.name if listed is not None else key.partition(":")[2] or key

    def place(self, key: str) -> Body:
        """One of the ``places`` in the shape of /api/places/KEY."""
        rows = [r for r in self._entities[key] if r["kind"] == "place"]
        told = self._changes[key]
        befell = self._at_place.get(key, set()) | (self._in_country.get(key.removeprefix("country:"), set()) if key.startswith("country:") else set())
        return {
            "place": place_point(self._record, key, self.name(key)), "type": _most(r["type"] for r in rows), "names": [n for n, _ in self._names(rows)],
            "reports": len({r["report"] for r in rows}), "events": len(befell & self._events), "incidents": self._incidents(self._part.place_keys, key),
            "figures": len(self._counted.get(key, ())), "bands": [band(b) for b in bands_among(self._record, told)], "changes": with_spans(self._record, told),
        }  # fmt: skip

    def place_row(self, key: str, detail: Body) -> Body:
        """The row of a place in a list."""
        return {k: detail[k] for k in ("place", "type", "reports", "events")} | {"named": self._is_named(key), "control": len(detail["changes"])}

    def actor(self, key: str) -> Body:
        """One of the ``actors`` in the shape of /api/actors/KEY."""
        rows = [r for r in self._entities[key] if r["kind"] in ("actor", "person")]
        listed = listed_actor(key)
        party = self._party(rows)
        ties = ties_of(self._record, key, reports=self._reports)
        return {
            "key": key, "name": self.name(key), "kind": _most(r["kind"] for r in rows), "type": _most(r["type"] for r in rows),
            "country": _most(r["country"] for r in rows), "known": listed.name if listed is not None else None,
            "party": {"key": party, "name": self.name(party)} if party != key else None,
            "aliases": [{"name": name, "reports": count} for name, count in self._names(rows)],
            "ties": [{**t, "other": {"key": t["other"]["key"], "name": self.name(t["other"]["key"])}} for t in ties],
            "reports": len({r["report"] for r in rows}), "events": len(self._took_part.get(key, set()) & self._events),
            "statements": len(self._said.get(key, ())), "incidents": self._incidents(self._part.actor_keys, key), "holds": self._holds(key),
        }  # fmt: skip

    def actor_row(self, key: str, detail: Body) -> Body:
        """The row of an actor or person in a list."""
        kept = ("key", "name", "kind", "type", "country", "reports", "events", "statements")
        return {k: detail[k] for k in kept} | {"named": self._is_named(key)}

    def ledger(self) -> Body:
        """Who held the places when, by the accounts of these reports alone, in the columns of /api/ledger/changes."""
        told = [(key, changes) for key, changes in self._changes.items() if changes]
        points = [place_point(self._record, key, self.name(key)) for key, _ in told]
        return named_columns(self._record, points, [bands_among(self._record, changes) for _, changes in told], self._part.revision)

    def _told(self, key: str) -> list[Change]:
        """The accounts of the control of a place in these reports, without what other reports say against them."""
        own = frozenset(self._reports)
        told = [c for c in told_of(self._record, key) if c.report in own]
        kept = [replace(c, denials=tuple(a for a in c.denials if a.report in own), beside=tuple(a for a in c.beside if a.report in own)) for c in told]
        return sorted(kept, key=lambda c: (c.earliest or c.latest or "9999", c.latest or "9999", c.report, c.id))

    def _holds(self, key: str) -> list[Body]:
        """The places that somebody holds on the last day that these reports tell of."""
        published = self._record.rows("SELECT max(published) AS day FROM report WHERE n IN :reports", {"reports": self._reports})[0]["day"]
        days = [(published or "")[:10], *((c.latest or c.earliest or "")[:10] for told in self._changes.values() for c in told)]
        if not max(days):
            return []
        sides = (key, Sides(self._record).root(key))
        held = [h for told in self._changes.values() if told for h in holders_among(self._record, told, max(days))]
        return [holding(self._record, h) for h in held if h.holder in sides and h.standing != "denied"]

    def _party(self, rows: Sequence[Any]) -> str:
        """Whom somebody acts for, as far as these reports or the who's who tell."""
        said = _most(r["party"] for r in rows)
        root = Sides(self._record).root(said)
        return str(root if root in self._entities or listed_actor(root) is not None else said)

    def _names(self, rows: Sequence[Any]) -> list[tuple[str, int]]:
        """The names used, each with the number of reports, most used first."""
        counts = Counter(name for _, name in {(r["report"], r["name"]) for r in rows})
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _incidents(self, keys: Any, key: str) -> int:
        return int(keys.having([key], len(self._part)).sum())

    def _is_named(self, key: str) -> bool:
        return any(r["named"] for r in self._entities[key])


def _most(values: Iterable[Any]) -> Any:
    """The value most rows have; of those alike the first in order."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v or ""))
