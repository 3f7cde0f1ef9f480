"""Who takes part in an incident, as the field's data sets name and class actors: states by their organs, groups by name, the nameless as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dateline.errors import LexiconError
from dateline.export.countries import country_of
from dateline.export.ties import foes, friends_of
from dateline.lexicon import load, parse
from dateline.record.happenings import Happening, Side
from dateline.record.rows import fold
from dateline.record.states import principal_of, state_named
from dateline.whoswho import WhosWho

PROTESTS = ("peaceful_protest", "protest_met_with_intervention", "force_against_protesters", "strike_or_boycott")
RIOTS = ("violent_demonstration", "mob_violence")
CROWDS = (*PROTESTS, *RIOTS)

_ORGANS = {"military": "Military Forces", "police": "Police Forces", "government": "Government", "state": "Government", "office": "Government"}
_STATES = (*_ORGANS,)
_ENDINGS = {"mil": "military", "pol": "police", "gov": "government"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part, named and classed."""

    name: str
    plain: str
    """The name without a country in brackets."""
    inter: int
    kind: str
    """military, police, government, group, civilians, crowd, organisation or other."""
    country: str | None
    """Whose it is: the state, or the only country of a group; None where it is of several or unknown."""
    cameo: str | None
    plover: str | None
    organised: bool
    identified: bool
    """Whether it is known who it is."""
    key: str
    worded: str = ""
    """What the report calls it ("two young men", who are an unidentified armed group); empty where no report speaks of it."""

    @property
    def of_state(self) -> bool:
        """Whether it is an organ of a state."""
        return self.kind in ("military", "police", "government")

    @property
    def armed(self) -> bool:
        """Whether it is one that fights."""
        return self.inter in (1, 2, 3, 4, 8) and self.kind != "organisation"


@dataclass(frozen=True, slots=True)
class OwnName:
    """A row of the user's own table: by what name and type an actor goes in the user's data."""

    name: str
    inter: int


@cache
def _classes() -> dict[str, dict[str, str]]:
    return {r["kind"]: r for r in load("actor_classes.tsv", columns=("kind", "inter", "organised", "cameo", "plover"), key=("kind",))}


@cache
def _generic() -> frozenset[str]:
    return frozenset(r["word"] for r in load("actor_generic.tsv", columns=("word",), key=("word",)))


_COUNTING = frozenset("the of and some about at least most more than up to nearly almost around over".split())


@cache
def _numerals() -> frozenset[str]:
    return frozenset(r["word"] for r in load("number_words.tsv", columns=("word", "kind", "value"), key=("word",)))


@cache
def _who() -> WhosWho:
    return WhosWho.open()


def own_names(path: Path | None) -> dict[str, OwnName]:
    """The user's own names of actors by key of the who's who or folded name.

    Raises ``LexiconError`` where a row's type is no number from 1 to 8.
    """
    if path is None:
        return {}
    if not path.exists():
        raise LexiconError("there is no such file", given=str(path), mend="give a table with the columns actor, name and inter")
    found = {}
    for row in parse(path.read_text(encoding="utf-8"), name=path.name, columns=("actor", "name", "inter"), key=("actor",)):
        if row["inter"] not in "12345678" or not row["inter"]:
            raise LexiconError(f"{row['inter']!r} is no actor type", given=f"{path.name}: {row['actor']}", mend="give a number from 1 to 8")
        found[row["actor"]] = found[fold(row["actor"])] = OwnName(row["name"], int(row["inter"]))
    return found


def sides_as_actors(happening: Happening, own: dict[str, OwnName]) -> tuple[list[Actor], list[Actor]]:
    """Those who do it, and those whom it is done to, each the best known first; weapons, places and persons without a party are no actors."""
    country = happening.spot.country if happening.spot else None
    crowd = happening.picture.type in CROWDS
    doers = [_actor(s, country, happening, own) for s in happening.doers]
    others = [_actor(s, country, happening, own) for s in happening.others]
    if crowd and not any(a is not None and a.kind == "crowd" for a in doers):
        doers.insert(0, _crowd(country, happening.picture.type))
    first = _ordered(doers)
    if not any(a is not None and a.armed for a in others) and happening.picture.type in _TAKINGS:
        others += [_actor(h.previous, country, happening, own) for h in happening.holders if h.change in ("captured", "recaptured", "lost") and h.previous]
    year = int(happening.first_day[:4]) if happening.first_day < "9999" else None
    # Those who fight the one who does it, and the people among whom it is done, are not on that side, whatever several accounts together made of it.
    strangers = [a for a in first[1:] if foes(a, first[0], year) or a.kind == "civilians" and first[0].armed]
    first = [a for a in first if a not in strangers]
    against = [a for a in _ordered([*others, *strangers]) if a.key not in {d.key for d in first}]
    # Who backs or is an ally of those who do it stands on their side, whatever the sentence made of it.
    friends = [a for a in against if any(friends_of(a, d, year) for d in first)]
    first, against = [*first, *friends], [a for a in against if a not in friends]
    return _apart_from_the_crowd(happening.picture.type, first, against) if crowd else (first, against)


def _apart_from_the_crowd(kind: str, first: list[Actor], against: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """The two sides of a protest or riot: forces are never on the crowd's, and force against protesters is done to them."""
    met = kind in ("force_against_protesters", "protest_met_with_intervention")
    forces = [a for a in first if a.of_state or met and a.armed]
    # The civilians who are met with force are the protesters.
    first, against = [a for a in first if a not in forces], [*forces, *(a for a in against if not met or a.kind != "civilians")]
    if kind != "force_against_protesters":
        return first, against
    return [a for a in against if a.armed], [*first, *(a for a in against if not a.armed)]


_TAKINGS = ("territory_captured", "territory_recaptured", "armed_clash")
"""Types whose other side is the one that lost the place, where none is named."""


def _ordered(actors: list[Actor | None]) -> list[Actor]:
    unique = {a.key: a for a in actors if a is not None}
    found = sorted(unique.values(), key=lambda a: (a.kind != "crowd", not a.identified, not a.armed))
    # "Kurdish fighters" and "rebels" beside a group that is named are most likely the same.
    named = [a for a in found if a.identified]
    if any(a.armed for a in named):
        found = [a for a in found if a.identified or not a.armed]
    return found


def _actor(side: Side | None, country: str | None, happening: Happening, own: dict[str, OwnName]) -> Actor | None:
    if side is None or (side.kind not in ("actor", "person") and not side.key.startswith("country:")):
        return None
    made = _classed(side, country, happening)
    if made is None:
        return None
    chosen = own.get(side.party.removeprefix("actor:")) or own.get(fold(side.name)) or own.get(made.name)
    if chosen is not None:
        return Actor(
            chosen.name, chosen.name, chosen.inter, made.kind, made.country, made.cameo, made.plover, organised=made.organised, identified=True, key=made.key,
            worded=side.name,
        )  # fmt: skip
    return replace(made, worded=side.name)


def _classed(side: Side, country: str | None, happening: Happening) -> Actor | None:
    key = side.party.removeprefix("actor:")
    listed = _who().get(key)
    kind = "state" if side.key.startswith("country:") else side.type
    state = _state_of(side, key, listed=listed is not None)
    if listed is not None and listed.actor_class != "state_forces" and kind not in _STATES:
        return _group(side, listed.actor_class, listed.countries, country, listed.name)
    if state is not None and kind in (*_STATES, "person"):
        kind = "government" if kind in ("person", "office") else kind
        return _organ(kind if kind != "state" or happening.picture.type not in _FIGHTS else "military", state, country)
    if kind in _STATES:
        return _nameless_organ(side, kind, country, happening)
    if kind == "person":
        return None
    if kind == "ethnic_group" and side.role == "agent" and happening.picture.type in _FROM_AFAR and (state := state_named(side.name)) is not None:
        return _organ("military", state, country)
    if happening.picture.type in CROWDS and side.role == "agent" and kind in ("civilians", "other", "ethnic_group", "religious_group", "party", "ngo"):
        return _crowd(country, happening.picture.type)
    return _group(side, "", (side.country,) if side.country else (), country, side.name)


def nameless(actors: Iterable[Actor]) -> list[str]:
    """For each that fights and has no name of its own, what the report calls it and what stands for that."""
    return list(dict.fromkeys(f"“{a.worded}” has no name of its own: {a.name} stands for it" for a in actors if a.worded and a.armed and not a.identified))


_FIGHTS = frozenset(
    "armed_clash offensive_launched territory_captured territory_recaptured air_strike drone_strike shelling missile_attack siege withdrawal deployment".split()
)
"""What the forces of a state do when the state is named alone ("Russia bombed")."""

_FROM_AFAR = frozenset(("air_strike", "drone_strike", "missile_attack", "shelling"))
"""What the forces of a state do when its people are named ("the Russians struck the town with a missile")."""


def _state_of(side: Side, key: str, *, listed: bool) -> str | None:
    """The code of the state that somebody is an organ of."""
    if side.key.startswith("country:"):
        return side.country
    if listed and re.fullmatch(r"[A-Z]{2}(\..+)?", key):
        return key[:2]
    if listed and (actor := _who().get(key)) is not None and actor.type in _STATES:
        parents = [t.key[:2] for t in actor.parents if re.fullmatch(r"[A-Z]{2}(\..+)?", t.key)]
        return parents[0] if parents else (actor.countries[0] if len(actor.countries) == 1 else None)
    found = principal_of(side.name, side.type, side.country)
    return found.removeprefix("actor:")[:2] if found and re.fullmatch(r"actor:[A-Z]{2}(\..+)?", found) else None


def _organ(kind: str, state: str, country: str | None) -> Actor:
    row = _classes()[kind]
    named = country_of(state)
    words = f"{_ORGANS[kind]} of {named.name if named else state}"
    shown = "government" if kind in ("state", "office") else kind
    return Actor(
        words,
        words,
        1 if country in (None, state) else 8,
        shown,
        state,
        row["cameo"] or None,
        row["plover"] or None,
        organised=True,
        identified=True,
        key=f"{shown}:{state}",
    )


def _nameless_organ(side: Side, kind: str, country: str | None, happening: Happening) -> Actor:
    """Troops whose state is not said: those of the country that they act in, where nothing in their name or in the report says otherwise."""
    words = [w for w in re.findall(r"[^\W\d_]+", side.name.casefold()) if w not in _COUNTING and w not in _numerals()]
    if country is not None and words and all(w in _generic() for w in words):
        return _organ(kind, _state_of_the_word(words, happening) or country, country)
    row = _classes()[kind]
    inter = 8 if kind != "police" else 1
    label = f"Unidentified {'Military' if kind in ('military', 'state') else _ORGANS[kind].split()[0]} Forces"
    shown = "government" if kind in ("state", "office") else kind
    return Actor(
        label,
        label,
        inter,
        shown,
        None,
        row["cameo"] or None,
        row["plover"] or None,
        organised=True,
        identified=False,
        key=f"unidentified:{shown}",
    )


def _state_of_the_word(words: list[str], happening: Happening) -> str | None:
    """The state of a force of one word ("Marines"), where the reports name the state of such a force and name one only ("U.S. Marines")."""
    if len(words) != 1:
        return None
    states = {
        entity["country"]
        for item in happening.items
        for entity in item.entities.values()
        if entity["type"] in ("military", "police") and entity["country"] and fold(entity["name"]).split()[-1:] == words
    }
    return states.pop() if len(states) == 1 else None


def _group(side: Side, kind: str, countries: tuple[str, ...], country: str | None, name: str) -> Actor | None:
    known = side.named and bool(kind or not _is_description(side.name))
    classes = _classes()
    row = classes.get(f"class:{kind}") or classes.get(f"{'known' if known else 'unknown'}:{side.type}") or classes.get(side.type)
    if row is None:
        return None
    place = country_of(country)
    tail = f" ({place.name})" if place is not None else ""
    shown = {"6": "crowd", "5": "crowd", "7": "civilians"}.get(row["inter"], "group")
    shown = "organisation" if side.type in ("igo", "ngo", "media", "company", "party") and row["organised"] != "yes" else shown
    inter = int(row["inter"])
    if inter == 4 and side.role in ("target", "victim"):
        inter, shown = 7, "civilians"
    own = countries[0] if len(countries) == 1 else None
    codes, organised = (row["cameo"] or None, row["plover"] or None), row["organised"] == "yes"
    if shown == "civilians":
        return Actor(f"Civilians{tail}", "Civilians", inter, shown, own or country, *codes, organised=organised, identified=False, key="civilians")
    if not known and inter == 8 and side.type == "coalition":
        return unidentified_forces()
    if not known and inter in (2, 3) and side.type in ("armed_group", "militia"):
        of_armed = "Unidentified Armed Group"
        return Actor(f"{of_armed}{tail}", of_armed, 3, "group", None, *codes, organised=organised, identified=False, key="unidentified:group")
    several = len(countries) != 1 and shown == "group"
    return Actor(f"{name}{tail if several else ''}", name, inter, shown, own, *codes, organised=organised, identified=True, key=side.party)


def _is_description(name: str) -> bool:
    """Whether a name is words only ("Kurdish fighters", "Rebels", "security"): nothing that would find the group again."""
    if name == name.lower() != name.upper():
        return True
    words = re.findall(r"[^\W\d_]+", name)
    return not words or state_named(name) is not None and len(words) <= 2 or words[-1].casefold() in _PLURALS


_PLURALS = frozenset(
    "fighters rebels militants gunmen insurgents militias forces jihadists extremists terrorists separatists attackers groups group men".split()
)


def _crowd(country: str | None, kind: str) -> Actor:
    place = country_of(country)
    word, inter = ("Rioters", 5) if kind in RIOTS else ("Protesters", 6)
    return Actor(
        f"{word} ({place.name})" if place else word, word, inter, "crowd", country, "CVL", "CVL", organised=False, identified=False, key=word.casefold()
    )


def unidentified_group(country: str | None) -> Actor:
    """The armed side that nobody names."""
    place = country_of(country)
    tail = f" ({place.name})" if place else ""
    return Actor(
        f"Unidentified Armed Group{tail}",
        "Unidentified Armed Group",
        3,
        "group",
        None,
        "UAF",
        "UAF",
        organised=False,
        identified=False,
        key="unidentified:group",
    )


def unidentified_forces() -> Actor:
    """The air force or army that nobody names."""
    return Actor(
        "Unidentified Military Forces",
        "Unidentified Military Forces",
        8,
        "military",
        None,
        "MIL",
        "MIL",
        organised=True,
        identified=False,
        key="unidentified:military",
    )


def civilians(country: str | None) -> Actor:
    """The people who take no part in the fighting."""
    place = country_of(country)
    return Actor(
        f"Civilians ({place.name})" if place else "Civilians",
        "Civilians",
        7,
        "civilians",
        country,
        "CVL",
        "CVL",
        organised=False,
        identified=False,
        key="civilians",
    )
