"""The who's who: states with their forces, armed groups, coalitions, organisations and offices that reports name, with years of validity.

The rows live in ``data/actors_*.tsv``; states are one row each in ``data/actors_states.tsv``, and their governments, armed forces and police are
formed from it by rule (``SY``, ``SY.gov``, ``SY.mil``, ``SY.pol``). A user's own file adds rows or, by the same key, overrides them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from dateline.aliases import AliasIndex, fold
from dateline.errors import LexiconError
from dateline.lexicon import load, parse
from dateline.whoswho_rows import COLUMNS, FILES, Actor, State, Tie, actor_of, actors_of_states, check, laid_over, read_states, year_of

# Words of institutions that many countries have: a name of them without a country needs its country in the report.
_INSTITUTIONS = frozenset(
    (
        "department ministry command staff court senate congress house guard office police administration secretary treasury agency council assembly commission"
    ).split()
)


@dataclass(frozen=True)
class WhosWho:
    """The actors by key, the states by code, and the index of their names."""

    actors: Mapping[str, Actor]
    states: Mapping[str, State]
    leaders: Mapping[str, tuple[Tie, ...]]
    """By folded name of a leader: what his name stands for, and between which years."""
    pacts: Mapping[str, Mapping[str, Tie]] = field(default_factory=dict)
    """By key of a state or group the pacts that it is in, each with its years in it."""

    @classmethod
    def open(cls, user_file: str | Path | None = None) -> WhosWho:
        """The package's who's who, with the rows of ``user_file`` added or put in place of those with the same key.

        Raises ``LexiconError`` for twins, unknown keys, cycles of parents, wrong types, codes or years.
        """
        return _packaged() if user_file is None else _with_user(str(user_file))

    def __getitem__(self, key: str) -> Actor:
        return self.actors[key]

    def get(self, key: str | None) -> Actor | None:
        """The actor with this key, or None."""
        return None if key is None else self.actors.get(key)

    @cached_property
    def index(self) -> AliasIndex:
        """Where the names and aliases of the actors occur in a text."""
        return AliasIndex((alias, a.key) for a in self.actors.values() for alias in (a.name, *a.aliases))

    @cached_property
    def adjectives(self) -> dict[str, tuple[str, ...]]:
        """Codes of the states by folded adjective or noun of nationality ("syrian", "syrians")."""
        return _grouped((fold(word), s.code) for s in self.states.values() for word in (*s.adjectives, *s.people))

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Codes of the states by folded plural of their nationals."""
        return _grouped((fold(word), s.code) for s in self.states.values() for word in (s.people or s.adjectives))

    @cached_property
    def country_names(self) -> dict[str, tuple[str, ...]]:
        """Codes of the states by folded name or alias."""
        return _grouped((fold(word), s.code) for s in self.states.values() for word in (s.name, *s.aliases))

    @cached_property
    def metonyms(self) -> dict[str, tuple[str, ...]]:
        """Codes of the states by folded name of the capital or seat that stands for their government."""
        return _grouped((fold(word), s.code) for s in self.states.values() for word in s.metonyms)

    def candidates(self, name: str) -> tuple[Actor, ...]:
        """The actors that bear this name or alias."""
        return tuple(self.actors[k] for k in self.index.lookup(name))

    def choose(self, name: str, *, countries: Mapping[str, int], year: int | None) -> Actor | None:
        """The one actor that this name means in a report that names these countries (with how often) in this year; None where it stays open.

        Years rule out who did not exist; of several that remain, the one whose countries the report names, if it stands clearly before the others.
        """
        found = [a for a in self.candidates(name) if a.alive(year, slack=1)]
        found = [a for a in found if a.type != "state" and "." not in a.key] or found  # a row of its own goes before a name formed by rule
        if not found:
            return None
        if len(found) == 1:
            return found[0] if self._fits_alone(name, found[0], countries) else None
        scored = sorted(((self._told(a, countries), -i, a) for i, a in enumerate(found)), key=lambda row: row[:2], reverse=True)
        best, second = scored[0], scored[1]
        if best[0] > 0 and best[0] > second[0]:
            return best[2]
        return next((a for a in found if not a.countries), None) if best[0] == 0 else None

    def _told(self, actor: Actor, countries: Mapping[str, int]) -> float:
        """How much the countries of a report speak for an actor: its own, and by far less those of its enemies and allies."""
        return sum(countries.get(c, 0) for c in actor.countries) + 0.1 * sum(countries.get(c, 0) for c in self._grounds(actor) - set(actor.countries))

    def _fits_alone(self, name: str, actor: Actor, countries: Mapping[str, int]) -> bool:
        """A short acronym or a single common word needs its country in the report; a full name does not."""
        words = frozenset(name.lower().split())
        if (
            len(words) > 1
            and words & _INSTITUTIONS
            and len(actor.countries) == 1
            and actor.type in ("government", "military", "police", "office")
            and countries
        ):
            own = any(c in countries for c in actor.countries)
            if not own and not any(fold(w) in self.adjectives or fold(w) in self.country_names for w in name.replace("-", " ").split()):
                return False
        loose = len(name.replace(".", "")) <= 4 and name.upper() == name
        if not loose or not actor.countries or len(actor.countries) > 3 or not countries:
            return True
        return any(c in countries for c in (*actor.countries, *self._grounds(actor)))

    def _grounds(self, actor: Actor) -> frozenset[str]:
        """Where those groups are at home that an actor fights or is an ally of: a report on Lebanon may well speak of the IDF."""
        others = (self.actors.get(t.key) for t in (*actor.enemies, *actor.allies))
        return frozenset(c for other in others if other is not None and other.type not in ("state", "government") for c in other.countries)

    def led_by(self, name: str, *, year: int | None, countries: Mapping[str, int]) -> Actor | None:
        """The state or force that a leader's name stands for; None where it could be several, or its country is not in the report."""
        found = [self.actors[t.key] for t in self.leaders.get(fold(name), ()) if t.holds(year)]
        fitting = [a for a in found if any(c in countries for c in a.countries)]
        return fitting[0] if len(fitting) == 1 else None

    def tied(self, a: str | None, b: str | None, *, year: int | None = None) -> bool:
        """Whether ``a`` stands in the line of parents of ``b``, or the other way round."""
        return a is not None and b is not None and (a in self._line(b, year) or b in self._line(a, year))

    def _line(self, key: str, year: int | None) -> set[str]:
        seen: set[str] = set()
        todo = [key]
        while todo:
            actor = self.actors.get(todo.pop())
            for tie in actor.parents if actor else ():
                if tie.key not in seen and tie.holds(year):
                    seen.add(tie.key)
                    todo.append(tie.key)
        return seen

    def bound(self, a: str, b: str, *, year: int | None = None) -> bool:
        """Whether the two were in one pact in ``year``."""
        ours, theirs = self.pacts.get(a, {}), self.pacts.get(b, {})
        return any(tie.holds(year) and name in theirs and theirs[name].holds(year) for name, tie in ours.items())

    def backed_by(self, key: str, patron: str, *, year: int | None = None) -> bool:
        """Whether the state or actor ``patron`` backed the actor ``key`` in ``year``."""
        actor = self.actors.get(key)
        return actor is not None and any(t.holds(year) and t.key.split(".")[0] == patron.split(".")[0] for t in actor.patrons)


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for word, code in rows:
        if code not in made.get(word, ()):
            made[word] = (*made.get(word, ()), code)
    return made


def check_actors(file: str | Path) -> tuple[Actor, ...]:
    """The rows of a user's own file, checked against themselves and the package's who's who.

    Raises ``LexiconError`` naming the row, what is wrong, and the mend.
    """
    path = Path(file)
    if not path.exists():
        raise LexiconError("there is no such file", given=str(path), mend="give the path of a table with the columns of the who's who")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise LexiconError(f"the file is not UTF-8: {fault}", given=str(path), mend="save it as UTF-8") from fault
    rows = tuple(actor_of(r, name=path.name) for r in parse(text, name=path.name, columns=COLUMNS, key=("key",)))
    base = _packaged()
    check({**base.actors, **{a.key: a for a in rows}}, base.states, only={a.key for a in rows}, name=path.name)
    return rows


@cache
def _packaged() -> WhosWho:
    states = read_states()
    actors = {a.key: a for a in actors_of_states(states)}
    own: set[str] = set()
    for file in FILES:
        rows = [actor_of(r, name=file) for r in load(file, columns=COLUMNS, key=("key",))]
        for actor in rows:
            if actor.key in actors and actor.key in own:
                raise LexiconError(f"the key {actor.key!r} stands in two files", given=file, mend="delete one of the two rows")
            own.add(actor.key)
            actors[actor.key] = laid_over(actors.get(actor.key), actor)
    check(actors, states, only=actors, name="actors_*.tsv")
    return WhosWho(actors, states, _leaders(actors), _pacts(actors))


def _leaders(actors: Mapping[str, Actor]) -> dict[str, tuple[Tie, ...]]:
    made: dict[str, tuple[Tie, ...]] = {}
    for row in load("leaders.tsv", columns=("name", "key", "from", "to"), key=("name", "key", "from")):
        given = f"leaders.tsv: {row['name']}"
        if row["key"] not in actors:
            raise LexiconError(f"it refers to {row['key']!r}, which is no key", given=given, mend="correct the key")
        tie = Tie(row["key"], year_of(row["from"], given=given), year_of(row["to"], given=given))
        made[fold(row["name"])] = (*made.get(fold(row["name"]), ()), tie)
    return made


def _pacts(actors: Mapping[str, Actor]) -> dict[str, dict[str, Tie]]:
    made: dict[str, dict[str, Tie]] = {}
    for row in load("alliances.tsv", columns=("pact", "member", "from", "to"), key=("pact", "member")):
        given = f"alliances.tsv: {row['pact']}"
        if row["member"] not in actors:
            raise LexiconError(f"it refers to {row['member']!r}, which is no key", given=given, mend="correct the key")
        since, until = year_of(row["from"], given=given), year_of(row["to"], given=given)
        if since and until and since > until:
            raise LexiconError(f"{row['member']} leaves it in {until}, before it joins in {since}", given=given, mend="put the earlier year under from")
        made.setdefault(row["member"], {})[row["pact"]] = Tie(row["member"], since, until)
    return made


@cache
def _with_user(file: str) -> WhosWho:
    base = _packaged()
    return WhosWho({**base.actors, **{a.key: a for a in check_actors(file)}}, base.states, base.leaders, base.pacts)


__all__ = ["Actor", "State", "Tie", "WhosWho", "check_actors"]
