"""The incidents of a record at one moment, in columns: what is filtered, counted and drawn without asking the record again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.record.circle import Circle
from dateline.record.rows import fold
from dateline.web.bins import histogram
from dateline.web.cards import Card
from dateline.web.selection import Frame, Selection
from dateline.web.shapes import FINDINGS, STATUSES

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

OPEN = -(2**31)
"""Stands for a day that is not known."""

EPOCH = date(1970, 1, 1).toordinal()


def day_number(moment: str | None) -> int:
    """Days since 1970-01-01; ``OPEN`` for an open side, and for a day that no calendar has."""
    try:
        return date.fromisoformat(moment[:10]).toordinal() - EPOCH if moment else OPEN
    except ValueError:
        return OPEN


@dataclass(frozen=True)
class Keys:
    """For each row its keys of one kind, as numbers; and back."""

    names: tuple[str, ...]
    rows: Rows
    codes: Rows

    @classmethod
    def of(cls, listed: Sequence[Sequence[str]]) -> Keys:
        """The keys of each row, in order of the rows."""
        code: dict[str, int] = {}
        rows, codes = list[int](), list[int]()
        for n, keys in enumerate(listed):
            for key in keys:
                rows.append(n)
                codes.append(code.setdefault(key, len(code)))
        return cls(tuple(code), np.array(rows, np.int64), np.array(codes, np.int64))

    @cached_property
    def code(self) -> dict[str, int]:
        """The number of each key."""
        return {name: n for n, name in enumerate(self.names)}

    def having(self, wanted: Sequence[str], size: int) -> Mask:
        """Which rows have any of these keys."""
        mask = np.zeros(size, np.bool_)
        codes = [self.code[w] for w in wanted if w in self.code]
        mask[self.rows[np.isin(self.codes, codes)]] = True
        return mask

    def counted(self, mask: Mask) -> list[tuple[str, int]]:
        """How many of the rows have each key, most first."""
        counts = np.bincount(self.codes[mask[self.rows]], minlength=len(self.names)) if len(self.names) else np.zeros(0, np.int64)
        order = np.lexsort((np.arange(len(counts)), -counts))
        return [(self.names[n], int(counts[n])) for n in order if counts[n] > 0]


class View:
    """All incidents of a record, oldest first; never changed once made."""

    def __init__(self, cards: Sequence[Card], revision: str, *, ready: int, of: int) -> None:
        self.cards = sorted(cards, key=_order)
        self.revision = revision
        self._points: tuple[str, bytes, bytes] | None = None
        self.ready = ready
        self.of = of
        rows = [c.row for c in self.cards]
        whens = [r["when"] or {"from": None, "to": None} for r in rows]
        self.first = np.array([day_number(w["from"]) for w in whens], np.int64)
        self.last = np.array([day_number(w["to"]) for w in whens], np.int64)
        wheres = [r["where"] or {"lat": None, "lon": None, "radius_km": None} for r in rows]
        self.lat, self.lon, self.radius = (np.array([w[k] for w in wheres], np.float64) for k in ("lat", "lon", "radius_km"))
        self.types = tuple(sorted({r["type"] for r in rows}))
        self.type = np.array([self.types.index(r["type"]) for r in rows], np.int64)
        self.status = np.array([FINDINGS.index(r["status"]) for r in rows], np.int64)
        self.event_status = np.array([STATUSES.index(r["event_status"]) for r in rows], np.int64)
        self.reports, self.independent = (np.array([r[k] for r in rows], np.int64) for k in ("reports", "independent"))
        self.confidence = np.array([r["confidence"] for r in rows], np.float64)
        self.reviewed, self.background = (np.array([r[k] for r in rows], np.bool_) for k in ("reviewed", "background"))

    def __len__(self) -> int:
        return len(self.cards)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each incident by its id."""
        return {c.row["id"]: n for n, c in enumerate(self.cards)}

    @cached_property
    def actor_keys(self) -> Keys:
        """Who takes part, by row."""
        return Keys.of([c.actors for c in self.cards])

    @cached_property
    def place_keys(self) -> Keys:
        """Where it was, by row: the place and its country."""
        return Keys.of([c.places for c in self.cards])

    @cached_property
    def source_keys(self) -> Keys:
        """Which outlets and agencies tell of it, by row."""
        return Keys.of([[key for key, _ in c.sources] for c in self.cards])

    @cached_property
    def source_names(self) -> dict[str, str]:
        """The name of each outlet and agency by its key."""
        return {key: name for c in reversed(self.cards) for key, name in c.sources}

    @cached_property
    def report_keys(self) -> Keys:
        """The reports of each row."""
        return Keys.of([[str(n) for n in c.reports] for c in self.cards])

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """The name of each actor by its key, as far as the rows give one."""
        return {a["key"]: a["name"] for c in reversed(self.cards) for a in c.row["actors"]}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The name of each place by its key, as far as the rows give one."""
        return {w["key"]: w["name"] for c in reversed(self.cards) if (w := c.row["where"]) is not None and w["key"] is not None}

    def matching(self, asked: Selection, keys: Callable[[str, str], Sequence[str]], told: Callable[[str], Sequence[int]], circle: Circle | None = None) -> Rows:
        """The rows that hold the filter and lie within ``circle``; ``keys`` gives the keys of a name of a kind, ``told`` the reports that hold words."""
        mask = self._plainly(asked)
        if circle is not None:
            mask &= circle.holds_all(self.lat, self.lon)
        size = len(self.cards)
        for wanted, kind, held in ((asked.actors, "actor", self.actor_keys), (asked.places, "place", self.place_keys)):
            if wanted:
                mask &= held.having([k for name in wanted for k in keys(name, kind)], size)
        if asked.sources:
            mask &= self.source_keys.having([k for name in asked.sources for k in self.sources_named(name)], size)
        if asked.words is not None and asked.words.strip():
            mask &= self.report_keys.having([str(n) for n in told(asked.words)], size)
        if asked.ids:
            rows = [self.row_of[i] for i in asked.ids if i in self.row_of]
            only = np.zeros(size, np.bool_)
            only[rows] = True
            mask &= only
        return np.flatnonzero(mask).astype(np.int64)

    def sources_named(self, name: str) -> list[str]:
        """The keys of the outlets and agencies of a name, or the key itself."""
        return [key for key, known in self.source_names.items() if key == name or fold(known) == fold(name)]

    def _plainly(self, asked: Selection) -> Mask:
        mask = np.ones(len(self.cards), np.bool_)
        first, last = np.where(self.first == OPEN, self.last, self.first), np.where(self.last == OPEN, self.first, self.last)
        if asked.since is not None:
            mask &= (last >= day_number(asked.since)) & (last != OPEN)
        if asked.until is not None:
            mask &= (first <= day_number(asked.until)) & (first != OPEN)
        for names, listed, column in (
            (asked.types, self.types, self.type), (asked.statuses, FINDINGS, self.status), (asked.event_statuses, STATUSES, self.event_status),
        ):  # fmt: skip
            if names:
                mask &= np.isin(column, [listed.index(n) for n in names if n in listed])
        mask &= (self.independent >= asked.least_independent) & (self.reports >= asked.least_reports) & (self.confidence >= asked.least_confidence)
        for wanted, flags in ((asked.reviewed, self.reviewed), (asked.background, self.background), (asked.placed, ~np.isnan(self.lat))):
            if wanted is not None:
                mask &= flags == wanted
        return mask if asked.frame is None else mask & self._inside(asked.frame)

    def _inside(self, frame: Frame) -> Mask:
        across = np.zeros(len(self.cards), np.bool_)
        for west, east in frame.spans():
            across |= (self.lon >= west) & (self.lon <= east)
        return across & (self.lat >= frame.south) & (self.lat <= frame.north)

    def ordered(self, rows: Rows, order: str) -> Rows:
        """The rows in an order of ``selection.ORDERS``; rows alike in it stay oldest first."""
        if order == "-days":
            # Undated ones stand last in both directions.
            undated = (self.first[rows] == OPEN) & (self.last[rows] == OPEN)
            return np.concatenate([rows[~undated][::-1], rows[undated]])
        column = {"reports": -self.reports, "sources": -self.independent, "doubt": self.confidence}.get(order)
        return rows if column is None else rows[np.argsort(column[rows], kind="stable")]

    def histogram(self, rows: Rows, *, most: int) -> dict[str, Any]:
        """The time line of these rows in at most so many bins."""
        return histogram(self.first[rows], self.last[rows], most=most, unknown=OPEN, epoch=EPOCH)

    def counts(self, rows: Rows, *, most: int) -> dict[str, Any]:
        """How many of these rows have each value."""
        mask = np.zeros(len(self.cards), np.bool_)
        mask[rows] = True

        def listed(counted: Sequence[tuple[str, int]], names: dict[str, str]) -> list[dict[str, Any]]:
            return [{"value": v, "name": names.get(v, v.partition(":")[2] or v), "count": n} for v, n in counted[:most]]

        def plain(column: Rows, names: Sequence[str]) -> list[tuple[str, int]]:
            counts = np.bincount(column[rows], minlength=len(names)) if len(names) else np.zeros(0, np.int64)
            return sorted(((names[n], int(c)) for n, c in enumerate(counts) if c), key=lambda pair: (-pair[1], pair[0]))

        worded = {t: t.replace("_", " ") for t in (*self.types, *STATUSES)}
        return {
            "count": len(rows), "types": listed(plain(self.type, self.types), worded), "statuses": listed(plain(self.status, FINDINGS), {}),
            "event_statuses": listed(plain(self.event_status, STATUSES), worded), "sources": listed(self.source_keys.counted(mask), self.source_names),
            "places": listed(self.place_keys.counted(mask), self.place_names), "actors": listed(self.actor_keys.counted(mask), self.actor_names),
        }  # fmt: skip

    def day(self, number: int) -> str:
        """The ISO date of a day's number."""
        return date.fromordinal(number + EPOCH).isoformat()

    def known_days(self) -> tuple[str | None, str | None]:
        """The first and the last day that any row gives."""
        known = [d for d in (*self.first.tolist(), *self.last.tolist()) if d != OPEN]
        return (self.day(min(known)), self.day(max(known))) if known else (None, None)

    def columns(self, ledger: dict[str, Any] | None = None) -> dict[str, Any]:
        """All rows in columns, as /api/incidents/points gives them; ``ledger`` are the ledger's columns, where they are ready."""
        places = {p["key"]: n for n, p in enumerate(ledger["places"])} if ledger is not None else {}
        return {
            "revision": self.revision, "count": len(self.cards), "types": list(self.types), "statuses": list(FINDINGS), "event_statuses": list(STATUSES),
            "id": [c.row["id"].removeprefix("incident:") for c in self.cards], "lat": _known(self.lat, 4), "lon": _known(self.lon, 4),
            "radius_km": _known(self.radius, 1), "first": _days(self.first), "last": _days(self.last), "type": self.type.tolist(),
            "status": self.status.tolist(), "event_status": self.event_status.tolist(), "reports": self.reports.tolist(),
            "independent": self.independent.tolist(), "confidence": np.rint(self.confidence * 100).astype(int).tolist(),
            "reviewed": self.reviewed.astype(int).tolist(), "place": [places.get(w["key"]) if (w := c.row["where"]) is not None else None for c in self.cards],
            "ledger": ledger["revision"] if ledger is not None else None,
        }  # fmt: skip

    def points(self, ledger: dict[str, Any] | None = None) -> tuple[str, bytes, bytes]:
        """A mark by which they are known again, and the columns as JSON, plain and compressed."""
        mark = f"{self.revision}-{ledger['revision'] if ledger is not None else ''}"
        held = self._points
        if held is None or held[0] != mark:
            body = json.dumps(self.columns(ledger), ensure_ascii=True, separators=(",", ":")).encode()
            held = self._points = (mark, body, gzip.compress(body, 6, mtime=0))
        return held


def _known(values: NDArray[np.float64], digits: int) -> list[float | None]:
    return [None if v != v else (int(v) if v == int(v) else v) for v in np.round(values, digits).tolist()]


def _days(values: Rows) -> list[int | None]:
    return [None if v == OPEN else v for v in values.tolist()]


def _order(card: Card) -> tuple[str, str, int, int]:
    when = card.row["when"] or {"from": None, "to": None}
    report, _, event = card.row["id"].removeprefix("incident:").partition("/")
    return when["from"] or when["to"] or "9999", when["to"] or "9999", int(report), int(event[1:] or 0)
