"""Which incidents an export takes, and the way through them: by day, a page at a time, so that a record of any size goes through little memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.errors import UsageError
from dateline.record.happenings import Happening, happening_of, read_ahead
from dateline.record.link import Incident
from dateline.record.near import tells_of_happening
from dateline.record.questions import Body, worlds_of
from dateline.record.still import held_still
from dateline.record.store import Record
from dateline.vocabulary import mend_of

VERDICTS = ("accept", "change", "reject", "add", "merge", "split")
"""What a person says of a value that makes it a reviewed one."""

STANDINGS = ("uncontested", "confirmed independently", "confirmed by the other side", "claimed", "contested", "denied", "open")
"""How an incident may stand, by the word of its accounts."""

_PAGE = 2000
"""So many reports are looked through at a time."""

_LOOKED_UP = 100
"""So many incidents are looked up at a time."""

_PLACES = ("geonames", "country", "place")

Heads = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty list or None leaves a side open."""

    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    least_independent: int = 0
    reviewed: bool | None = None
    """Only incidents whose events persons have all judged, or only those of which one waits."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()

    def takes(self, happening: Happening) -> bool:
        """Whether the incident is of the types, days and standing asked for."""
        picture = happening.picture
        if self.types and picture.type not in self.types:
            return False
        if self.standings and picture.finding.status not in self.standings:
            return False
        return picture.finding.independent >= self.least_independent and within(picture.when, self.since, self.until)


def within(when: Body | None, since: str | None, until: str | None) -> bool:
    """Whether an interval touches the days asked for; what is undated lies within no days."""
    first, last = ((when["from"] or when["to"]), (when["to"] or when["from"])) if when else (None, None)
    if since is not None and (last or "0000") < since:
        return False
    return until is None or (first or "9999")[:10] <= until


class Selected:
    """The incidents of a record that a selection takes, oldest first; those without a day come last."""

    def __init__(self, record: Record, selection: Selection) -> None:
        self.record = record
        self.selection = selection
        self._places = [w for name in selection.places for w in worlds_of(record, name, kinds=_PLACES)]
        self._actors = [w for name in selection.actors for w in worlds_of(record, name, kinds=("actor", "person", "country"))]
        self._heads = self._find()

    def __len__(self) -> int:
        """At most so many: what a type, a standing or a number of sources leaves out is known only when it is read."""
        return len(self._heads)

    def __iter__(self) -> Iterator[Happening]:
        with held_still(self.record):
            for start in range(0, len(self._heads), _LOOKED_UP):
                incidents = list(self._incidents(self._heads[start : start + _LOOKED_UP]))
                read_ahead(self.record, incidents)
                for incident in incidents:
                    happening = happening_of(self.record, incident)
                    if happening is not None and self.selection.takes(happening) and self._seen_by_persons(incident):
                        yield happening

    def _seen_by_persons(self, incident: Incident) -> bool:
        """Whether the incident is reviewed, or waits, as the selection asks."""
        if self.selection.reviewed is None:
            return True
        return is_reviewed(self.record, incident) == self.selection.reviewed

    def reports(self) -> Iterator[int]:
        """The numbers of the current reports in which these incidents are told; all of them where nothing is left out."""
        if self.selection.everything:
            rows = self.record.rows("SELECT n FROM report WHERE current = 1 ORDER BY n")
            yield from (int(r["n"]) for r in rows)
            return
        seen: set[int] = set()
        for happening in self:
            seen.update(p.number for p in happening.papers)
        yield from sorted(seen)

    def _find(self) -> Heads:
        """Of each incident its name, its first event and its first day, in the order of the days: a few dozen bytes an incident."""
        kept: list[Heads] = []
        newest = self.record.rows("SELECT max(n) AS n FROM report")[0]["n"] or 0
        for after in range(0, newest, _PAGE):
            rows = self.record.rows(*self._page(after))
            found = [
                (r["incident"].encode(), r["report"], r["id"].encode(), (r["day"] or "9999")[:10].encode())
                for r in rows
                if tells_of_happening(r["type"], r["status"])
            ]
            kept.append(np.array(found, dtype=[("incident", "S40"), ("report", "i8"), ("event", "S12"), ("day", "S10")]))
        heads = np.concatenate(kept) if kept else np.array([], dtype=[("incident", "S40"), ("report", "i8"), ("event", "S12"), ("day", "S10")])
        _, first = np.unique(heads[np.argsort(heads, order=("incident", "day"), kind="stable")]["incident"], return_index=True)
        by_incident = heads[np.argsort(heads, order=("incident", "day"), kind="stable")][first]
        ordered: Heads = by_incident[np.argsort(by_incident, order=("day", "report", "incident"), kind="stable")]
        return ordered

    def _page(self, after: int) -> tuple[str, dict[str, object]]:
        tests = ["e.report > :after", "e.report <= :upto"]
        values: dict[str, object] = {"after": after, "upto": after + _PAGE}
        if self._places:
            marks = _named(values, "p", self._places)
            tests.append(f"(e.place IN ({marks}) OR 'country:' || e.country IN ({marks}))")
        if self._actors:
            marks = _named(values, "a", self._actors)
            tests.append(
                f"EXISTS (SELECT 1 FROM participant t WHERE t.report = e.report AND t.event = e.id AND (t.world IN ({marks}) OR t.party IN ({marks})))"
            )
        query = (
            "SELECT e.report, e.id, e.type, e.status, coalesce(e.earliest, e.latest) AS day,"
            " coalesce(m.incident, 'incident:' || e.report || '/' || e.id) AS incident"
            " FROM event e JOIN report r ON r.n = e.report AND r.current = 1 LEFT JOIN member m ON m.report = e.report AND m.event = e.id"
            f" WHERE {' AND '.join(tests)} ORDER BY e.report, length(e.id), e.id"
        )
        return query, values

    def _incidents(self, heads: Heads) -> Iterator[Incident]:
        names = [h["incident"].decode() for h in heads]
        values: dict[str, object] = {}
        marks = _named(values, "i", names)
        rows = self.record.rows(
            "SELECT m.incident, e.report, e.id, e.type, e.status FROM member m JOIN event e ON e.report = m.report AND e.id = m.event"
            f" JOIN report r ON r.n = e.report AND r.current = 1 WHERE m.incident IN ({marks}) ORDER BY e.report, length(e.id), e.id",
            values,
        )
        members: dict[str, list[tuple[int, str]]] = {}
        for row in rows:
            if tells_of_happening(row["type"], row["status"]):
                members.setdefault(row["incident"], []).append((row["report"], row["id"]))
        for head, name in zip(heads, names, strict=True):
            yield Incident(name, tuple(members.get(name) or [(int(head["report"]), head["event"].decode())]))


def is_reviewed(record: Record, incident: Incident) -> bool:
    """Whether a person's word stands on every event of the incident."""
    query = "SELECT 1 AS held FROM effect x JOIN correction c ON c.n = x.n WHERE c.verb IN :verbs AND x.report = :report AND x.item = :item LIMIT 1"
    return all(record.rows(query, {"verbs": list(VERDICTS), "report": report, "item": event}) for report, event in incident.events)


def _named(values: dict[str, object], prefix: str, given: list[str]) -> str:
    """The names of parameters for these values, put among ``values``."""
    for i, value in enumerate(given):
        values[f"{prefix}{i}"] = value
    return ", ".join(f":{prefix}{i}" for i in range(len(given)))


def known(given: tuple[str, ...], among: tuple[str, ...], *, option: str) -> tuple[str, ...]:
    """The values themselves; refused with the nearest that there are where one is none of the known.

    Raises ``UsageError``.
    """
    for value in given:
        if value not in among:
            raise UsageError(f"there is no such {option}", given=value, mend=mend_of(value, among, what=option))
    return given
