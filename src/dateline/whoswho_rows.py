"""Rows of the who's who: actors, states and ties, read from tables and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dateline.errors import LexiconError
from dateline.lexicon import Row, load

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


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def year_of(cell: str, *, given: str) -> int | None:
    """The year in a cell, or None; refuses anything but four digits."""
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


def actor_of(row: Row, *, name: str) -> Actor:
    """The actor of one row, its cells checked."""
    given = f"{name}: {row['key'] or '(no key)'}"
    if not re.fullmatch(r"[\w.'-]+", row["key"]) or not row["name"]:
        raise LexiconError("a row needs a key without spaces, and a name", given=given, mend="fill both cells")
    if row["type"] not in TYPES:
        raise LexiconError(f"there is no type {row['type']!r}", given=given, mend=f"use one of {', '.join(sorted(TYPES))}")
    if not row["source"]:
        raise LexiconError("the row does not say where it is from", given=given, mend="fill the column source")
    begins, ends = year_of(row["from"], given=given), year_of(row["to"], given=given)
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


def read_states() -> dict[str, State]:
    """The states by code."""
    rows = load("actors_states.tsv", columns=STATE_COLUMNS, key=("code",))
    return {
        r["code"]: State(
            r["code"],
            r["name"],
            _list(r["aliases"]),
            _list(r["adjectives"]),
            _list(r["people"]),
            _list(r["metonyms"]),
            year_of(r["from"], given=r["code"]),
            year_of(r["to"], given=r["code"]),
        )
        for r in rows
    }


def actors_of_states(states: Mapping[str, State]) -> Iterator[Actor]:
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


def check(actors: Mapping[str, Actor], states: Mapping[str, State], *, only: Iterable[str], name: str) -> None:
    """Refuse unknown countries and keys, ties to oneself, and parents that run in a circle."""
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


def laid_over(formed: Actor | None, row: Actor) -> Actor:
    """A row for a branch of a state ("IQ.mil") keeps the names that the rule forms beside its own."""
    if formed is None:
        return row
    names = tuple(n for n in dict.fromkeys((*row.aliases, formed.name, *formed.aliases)) if n != row.name)
    return replace(row, aliases=names)
