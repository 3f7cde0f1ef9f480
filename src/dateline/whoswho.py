"""The who's who: states with their forces, armed groups, coalitions, organisations and offices that reports name, with years of validity.

The rows live in ``data/actors_*.tsv``; states are one row each in ``data/actors_states.tsv``, and their governments, armed forces and police are
formed from it by rule (``SY``, ``SY.gov``, ``SY.mil``, ``SY.pol``). A user's own file adds rows or, by the same key, overrides them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dateline.aliases import AliasIndex, fold, variants
from dateline.errors import LexiconError
from dateline.lexicon import Row, load, parse

COLUMNS = ("key", "name", "aliases", "type", "countries", "parents", "patrons", "allies", "enemies", "from", "to", "class", "source")
STATE_COLUMNS = ("code", "name", "aliases", "adjectives", "people", "metonyms", "from", "to")
FILES = ("actors_groups.tsv", "actors_forces.tsv", "actors_organisations.tsv", "actors_offices.tsv")
TYPES = frozenset(
    "state government military police armed_group militia coalition igo ngo party media company civilians ethnic_group religious_group other office".split()
)
_CLASSES = {
    "state": "state",
    "government": "state_forces",
    "military": "state_forces",
    "police": "state_forces",
    "armed_group": "rebel_group",
    "militia": "political_militia",
    "coalition": "external_forces",
    "igo": "external_forces",
    "civilians": "civilians",
    "ethnic_group": "identity_group",
    "religious_group": "identity_group",
}
_TIE = re.compile(r"(?P<key>[^@]+)(?:@(?P<since>\d{4})?-(?P<until>\d{4})?)?")


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another actor of the lexicon, with the years between which it held; None is open."""

    key: str
    since: int | None = None
    until: int | None = None

    def holds(self, year: int | None) -> bool:
        """Whether the tie held in ``year``; an unknown year is no objection."""
        return year is None or ((self.since or 0) <= year <= (self.until or 9999))


@dataclass(frozen=True, slots=True)
class Actor:
    """One row of the who's who."""

    key: str
    name: str
    aliases: tuple[str, ...]
    type: str
    countries: tuple[str, ...] = ()
    parents: tuple[Tie, ...] = ()
    patrons: tuple[Tie, ...] = ()
    allies: tuple[Tie, ...] = ()
    enemies: tuple[Tie, ...] = ()
    begins: int | None = None
    ends: int | None = None
    actor_class: str = ""
    source: str = ""

    def alive(self, year: int | None, *, slack: int = 0) -> bool:
        """Whether it existed in ``year``, give or take ``slack`` years; an unknown year is no objection."""
        return year is None or ((self.begins or 0) - slack <= year <= (self.ends or 9999) + slack)


@dataclass(frozen=True, slots=True)
class State:
    """A state and the words for it and its people."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    metonyms: tuple[str, ...]
    begins: int | None
    ends: int | None

    def alive(self, year: int | None) -> bool:
        """Whether it existed as a state in ``year``; an unknown year is no objection."""
        return year is None or ((self.begins or 0) <= year <= (self.ends or 9999))


@dataclass(frozen=True)
class WhosWho:
    """The actors by key, the states by code, and the index of their names."""

    actors: Mapping[str, Actor]
    states: Mapping[str, State]
    leaders: Mapping[str, tuple[Tie, ...]]
    """By folded name of a leader: what his name stands for, and between which years."""

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
        found = [a for a in found if "." not in a.key] or found  # a row of its own goes before a name formed by rule
        if not found:
            return None
        if len(found) == 1:
            return found[0] if self._fits_alone(name, found[0], countries) else None
        scored = sorted(((sum(countries.get(c, 0) for c in a.countries), -i, a) for i, a in enumerate(found)), key=lambda row: row[:2], reverse=True)
        best, second = scored[0], scored[1]
        if best[0] > 0 and best[0] > second[0]:
            return best[2]
        return next((a for a in found if not a.countries), None) if best[0] == 0 else None

    def _fits_alone(self, name: str, actor: Actor, countries: Mapping[str, int]) -> bool:
        """A short acronym or a single common word needs its country in the report; a full name does not."""
        loose = len(name.replace(".", "")) <= 4 and name.upper() == name
        if not loose or not actor.countries or len(actor.countries) > 3 or not countries:
            return True
        return any(c in countries for c in actor.countries)

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


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _year(cell: str, *, given: str) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[12]\d{3}", cell):
        raise LexiconError(f"{cell!r} is no year", given=given, mend="write four digits, or leave the cell empty")
    return int(cell)


def _ties(cell: str, *, given: str) -> tuple[Tie, ...]:
    made: list[Tie] = []
    for part in _list(cell):
        found = _TIE.fullmatch(part)
        if found is None:
            raise LexiconError(f"{part!r} is no key with years", given=given, mend="write key, or key@2014-2019 with either year left out where open")
        since, until = (int(found[g]) if found[g] else None for g in ("since", "until"))
        if since and until and since > until:
            raise LexiconError(f"the years of {part!r} run backwards", given=given, mend="put the earlier year first")
        made.append(Tie(found["key"], since, until))
    return tuple(made)


def _actor(row: Row, *, name: str) -> Actor:
    given = f"{name}: {row['key'] or '(no key)'}"
    if not re.fullmatch(r"[\w.'-]+", row["key"]) or not row["name"]:
        raise LexiconError("a row needs a key without spaces, and a name", given=given, mend="fill both cells")
    if row["type"] not in TYPES:
        raise LexiconError(f"there is no type {row['type']!r}", given=given, mend=f"use one of {', '.join(sorted(TYPES))}")
    if not row["source"]:
        raise LexiconError("the row does not say where it is from", given=given, mend="fill the column source")
    begins, ends = _year(row["from"], given=given), _year(row["to"], given=given)
    if begins and ends and begins > ends:
        raise LexiconError(f"it ends in {ends}, before it begins in {begins}", given=given, mend="put the earlier year under from")
    aliases = _list(row["aliases"])
    twins = [a for i, a in enumerate(aliases) if a in aliases[:i] or a == row["name"]]
    if twins:
        raise LexiconError(f"the alias {twins[0]!r} stands twice", given=given, mend="keep it once")
    return Actor(
        row["key"],
        row["name"],
        aliases,
        row["type"],
        _list(row["countries"]),
        _ties(row["parents"], given=given),
        _ties(row["patrons"], given=given),
        _ties(row["allies"], given=given),
        _ties(row["enemies"], given=given),
        begins,
        ends,
        row["class"] or _CLASSES.get(row["type"], "other"),
        row["source"],
    )


def _states() -> dict[str, State]:
    rows = load("actors_states.tsv", columns=STATE_COLUMNS, key=("code",))
    return {
        r["code"]: State(
            r["code"],
            r["name"],
            _list(r["aliases"]),
            _list(r["adjectives"]),
            _list(r["people"]),
            _list(r["metonyms"]),
            _year(r["from"], given=r["code"]),
            _year(r["to"], given=r["code"]),
        )
        for r in rows
    }


def _state_actors(states: Mapping[str, State]) -> Iterator[Actor]:
    """The state itself, its government, armed forces and police, with the names that adjectives and the state's name give them."""
    for s in states.values():
        own = (s.code,)
        first = s.adjectives[0]
        years = {"begins": s.begins, "ends": s.ends, "source": "formed from actors_states.tsv"}
        up = (Tie(s.code),)
        yield Actor(s.code, s.name, s.aliases, "state", own, actor_class="state", **years)  # type: ignore[arg-type]
        for part, kind, nouns, of in _BRANCHES:
            names = [f"{adjective} {noun}" for adjective in s.adjectives for noun in nouns] + [f"{noun} of {s.name}" for noun in of]
            name = f"{first} {nouns[0]}"
            yield Actor(f"{s.code}.{part}", name, tuple(n for n in names if n != name), kind, own, up, actor_class="state_forces", **years)  # type: ignore[arg-type]


_BRANCHES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("gov", "government", ("government", "Government", "regime", "authorities", "administration"), ("Government", "government")),
    (
        "mil",
        "military",
        (
            "armed forces",
            "military",
            "army",
            "Army",
            "Armed Forces",
            "Military",
            "troops",
            "soldiers",
            "defense forces",
            "Defense Forces",
            "defence forces",
            "Defence Forces",
        ),
        ("Armed Forces",),
    ),
    ("navy", "military", ("navy", "Navy"), ()),
    ("air", "military", ("air force", "Air Force", "airforce", "air forces"), ()),
    ("pol", "police", ("police", "Police", "National Police", "national police", "federal police", "Federal Police"), ()),
    ("foreign", "government", ("foreign ministry", "Foreign Ministry", "Ministry of Foreign Affairs", "Foreign Office"), ()),
    (
        "defence",
        "government",
        ("defense ministry", "Defense Ministry", "defence ministry", "Defence Ministry", "Ministry of Defense", "Ministry of Defence"),
        (),
    ),
    ("interior", "government", ("interior ministry", "Interior Ministry", "Ministry of Interior", "Ministry of the Interior"), ()),
    ("health", "government", ("health ministry", "Health Ministry", "Ministry of Health"), ()),
    ("parliament", "government", ("parliament", "Parliament"), ("Parliament",)),
)


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
    rows = tuple(_actor(r, name=path.name) for r in parse(text, name=path.name, columns=COLUMNS, key=("key",)))
    base = _packaged()
    _check({**base.actors, **{a.key: a for a in rows}}, base.states, only={a.key for a in rows}, name=path.name)
    return rows


def _check(actors: Mapping[str, Actor], states: Mapping[str, State], *, only: Iterable[str], name: str) -> None:
    for key in only:
        actor = actors[key]
        given = f"{name}: {key}"
        for code in actor.countries:
            if code not in states:
                raise LexiconError(f"there is no country {code!r}", given=given, mend="use the two letters of ISO 3166-1")
        for tie in (*actor.parents, *actor.patrons, *actor.allies, *actor.enemies):
            if tie.key not in actors:
                raise LexiconError(f"it refers to {tie.key!r}, which is no key", given=given, mend="correct the key, or add a row for it")
            if tie.key == key:
                raise LexiconError("it refers to itself", given=given, mend="take its own key out")
        _refuse_cycle(actors, key, given)


def _refuse_cycle(actors: Mapping[str, Actor], start: str, given: str) -> None:
    todo: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
    seen: set[str] = set()
    while todo:
        key, path = todo.pop()
        for tie in actors[key].parents:
            if tie.key == start:
                raise LexiconError(f"its parents run in a circle: {' > '.join((*path, start))}", given=given, mend="take one of these parents out")
            if tie.key not in seen:
                seen.add(tie.key)
                todo.append((tie.key, (*path, tie.key)))


@cache
def _packaged() -> WhosWho:
    states = _states()
    actors = {a.key: a for a in _state_actors(states)}
    for file in FILES:
        rows = [_actor(r, name=file) for r in load(file, columns=COLUMNS, key=("key",))]
        for actor in rows:
            if actor.key in actors:
                raise LexiconError(f"the key {actor.key!r} stands in two files", given=file, mend="delete one of the two rows")
            actors[actor.key] = actor
    _check(actors, states, only=actors, name="actors_*.tsv")
    return WhosWho(actors, states, _leaders(actors))


def _leaders(actors: Mapping[str, Actor]) -> dict[str, tuple[Tie, ...]]:
    made: dict[str, tuple[Tie, ...]] = {}
    for row in load("leaders.tsv", columns=("name", "key", "from", "to"), key=("name", "key", "from")):
        given = f"leaders.tsv: {row['name']}"
        if row["key"] not in actors:
            raise LexiconError(f"it refers to {row['key']!r}, which is no key", given=given, mend="correct the key")
        tie = Tie(row["key"], _year(row["from"], given=given), _year(row["to"], given=given))
        made[fold(row["name"])] = (*made.get(fold(row["name"]), ()), tie)
    return made


@cache
def _with_user(file: str) -> WhosWho:
    base = _packaged()
    return WhosWho({**base.actors, **{a.key: a for a in check_actors(file)}}, base.states, base.leaders)


__all__ = ["Actor", "State", "Tie", "WhosWho", "check_actors", "variants"]
