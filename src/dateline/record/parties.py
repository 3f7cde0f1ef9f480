"""Which side somebody stands on: the party behind a speaker or a unit, its allies and its enemies."""

from __future__ import annotations

from functools import cache

from dateline.record.naming import namings
from dateline.record.states import principal_of
from dateline.record.still import held_still as held_still
from dateline.record.still import remembered
from dateline.record.store import Record
from dateline.whoswho import WhosWho

_FRIENDS = ("backs", "ally_of", "supplies", "member_of", "part_of", "leads", "spokesperson_of", "same_as")


@cache
def _whos_who() -> WhosWho:
    return WhosWho.open()


def sides_of(record: Record) -> Sides:
    """The sides as the record tells them."""
    return remembered(record, "sides", None, lambda: Sides(record))


class Sides:
    """Answers who stands with whom, from the who's who and from the ties that the record's own reports state."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._who = _whos_who()
        self._ties: dict[str, frozenset[str]] = {}
        self._roots: dict[str, str] = {}
        self._same: dict[tuple[str, str, int | None], bool] = {}
        self._allied: dict[tuple[str, str, int | None], bool] = {}
        self._hostile: dict[tuple[str, str, int | None], bool] = {}

    def root(self, party: str) -> str:
        """The party itself, or the state that it is a government, force, ministry, office or leader of."""
        if party not in self._roots:
            told = self._told(party)
            self._roots[party] = self._listed_root(told if told is not None else party)
        return self._roots[party]

    def name_of(self, party: str) -> str | None:
        """The name that the who's who gives somebody."""
        actor = self._who.get(party.removeprefix("actor:"))
        return actor.name if actor is not None else None

    def _told(self, party: str) -> str | None:
        """Whose organ somebody is whom the who's who does not know, by the names and types that the record has of it."""
        kind, _, key = party.partition(":")
        if kind == "country":
            return f"actor:{key}"
        if kind not in ("actor", "person") or self._who.get(key) is not None:
            return None
        # What has no name of its own ("the army") is another in another report: only its words count.
        found = {principal_of(n.name, n.type, n.country if n.named else None) for n in namings(self._record, party)}
        return found.pop() if len(found) == 1 else None

    def _listed_root(self, party: str) -> str:
        key = party.removeprefix("actor:")
        if (actor := self._who.get(key)) is None:
            return party
        seen: set[str] = set()
        while actor is not None and actor.key not in seen:
            seen.add(actor.key)
            state = actor.key.split(".")[0]
            if len(state) == 2 and state.isupper():
                return f"actor:{state}"
            actor = next((self._who.get(t.key) for t in actor.parents if t.since is None and t.until is None), None)
        return party

    def alive(self, party: str, year: int | None) -> bool:
        """Whether somebody was there in a year, as far as the who's who tells."""
        actor = self._who.get(party.removeprefix("actor:"))
        return actor is None or actor.alive(year, slack=1)

    def same(self, a: str, b: str, *, year: int | None = None) -> bool:
        """Whether the two are one party, or one is part of the other."""
        if (a, b, year) not in self._same:
            self._same[a, b, year] = self.root(a) == self.root(b) or self._who.tied(a.removeprefix("actor:"), b.removeprefix("actor:"), year=year)
        return self._same[a, b, year]

    def allied(self, a: str, b: str, *, year: int | None = None) -> bool:
        """Whether one backs the other or is its ally, by the who's who in that year or by a report of the record."""
        if (a, b, year) not in self._allied:
            bound = self._who.bound(self._key(a), self._key(b), year=year)
            tied = bound or b in self._friends(a) or a in self._friends(b) or self._listed(a, b, year) or self._listed(b, a, year)
            self._allied[a, b, year] = self.same(a, b, year=year) or tied
        return self._allied[a, b, year]

    def hostile(self, a: str, b: str, *, year: int | None = None) -> bool:
        """Whether the who's who names one as an enemy of the other."""
        if (a, b, year) not in self._hostile:
            self._hostile[a, b, year] = self._enemy(a, b, year) or self._enemy(b, a, year)
        return self._hostile[a, b, year]

    def _key(self, party: str) -> str:
        """The key in the who's who of the party itself, or of the state whose organ it is."""
        return self.root(party).removeprefix("actor:")

    def _listed(self, a: str, b: str, year: int | None) -> bool:
        actor = self._who.get(a.removeprefix("actor:"))
        wanted = {b.removeprefix("actor:"), self.root(b).removeprefix("actor:")}
        return actor is not None and any(t.key in wanted and t.holds(year) for t in (*actor.patrons, *actor.allies))

    def _enemy(self, a: str, b: str, year: int | None) -> bool:
        actor = self._who.get(a.removeprefix("actor:"))
        wanted = {b.removeprefix("actor:"), self.root(b).removeprefix("actor:")}
        # Who fights a state's army is an enemy of the state.
        return actor is not None and any(t.holds(year) and not wanted.isdisjoint({t.key, self._key(f"actor:{t.key}")}) for t in actor.enemies)

    def _friends(self, party: str) -> frozenset[str]:
        if party not in self._ties:
            rows = self._record.rows("SELECT DISTINCT target FROM tie WHERE source = :party AND type IN :types", {"party": party, "types": _FRIENDS})
            self._ties[party] = frozenset(r["target"] for r in rows if r["target"] != party)
        return self._ties[party]
