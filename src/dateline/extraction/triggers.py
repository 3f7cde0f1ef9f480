"""The lexicon of event triggers: which words name which events, in which sense, and which of their dependents play which role.

A row of ``triggers.tsv`` holds for a word when all clauses of its ``needs`` do; the first row that holds gives the event. A clause is
``slot=x|y`` (a filler of the slot is x or y), ``slot!=x|y`` (none is), ``ctx`` (the text around is about armed conflict) or ``noctx`` (it is
not); several slots are joined by ``/``, ``a.b`` looks into slot b of the fillers of slot a. Upper-case words name classes of
``triggers_classes.tsv`` or labels of mentions; lower-case words are lemmas; ``ANY`` is any filler.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.errors import LexiconError
from dateline.lexicon import load

COLUMNS = ("name", "lemma", "pos", "type", "needs", "roles", "example", "finds")
VERB_ROLES = "subj:agent obj:hit with:instrument"
NOUN_ROLES = "by:agent poss:agent mod:agent compound:hit subj:agent obj:hit of:hit on:hit against:hit targeting:hit with:instrument"


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a row: fillers of these slots are, or are not, of these classes or words."""

    slots: tuple[str, ...]
    wanted: frozenset[str]
    holds: bool
    """False for ``!=``."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the lexicon."""

    name: str
    pos: str
    type: str
    needs: tuple[Clause, ...]
    context: bool
    """Whether the text around must be about armed conflict."""
    elsewhere: bool
    """Whether the text around must not be about armed conflict."""
    roles: tuple[tuple[str, str], ...]
    example: str
    finds: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that carries an event noun ("carried out a raid", "came under attack")."""

    slot: str
    """Slot of the verb in which the noun stands: ``obj``, or a preposition."""
    role: str
    """Role of the verb's subject in the noun's event; empty when it has none."""


@cache
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """The rows of ``triggers.tsv`` by lemma and part of speech, in file order."""
    rows: dict[tuple[str, str], tuple[Trigger, ...]] = {}
    for row in load("triggers.tsv", columns=COLUMNS, key=("name",)):
        made = _trigger(row)
        for lemma in row["lemma"].split("|"):
            rows[lemma, made.pos] = (*rows.get((lemma, made.pos), ()), made)
    return rows


@cache
def classes() -> dict[str, frozenset[str]]:
    """The classes of nouns by their upper-case name."""
    return {row["class"].upper(): frozenset(row["words"].split("|")) for row in load("triggers_classes.tsv", columns=("class", "words"), key=("class",))}


@cache
def light_verbs() -> dict[str, tuple[LightVerb, ...]]:
    """The light verbs by lemma."""
    rows: dict[str, tuple[LightVerb, ...]] = {}
    for row in load("triggers_light.tsv", columns=("lemma", "slot", "role", "example", "finds")):
        for lemma in row["lemma"].split("|"):
            rows[lemma] = (*rows.get(lemma, ()), LightVerb(row["slot"], row["role"]))
    return rows


@cache
def event_types() -> dict[str, dict[str, str]]:
    """The rows of ``ontology.tsv`` by id."""
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    return {row["id"]: row for row in load("ontology.tsv", columns=columns, key=("id",))}


def _trigger(row: dict[str, str]) -> Trigger:
    clauses = [c for c in row["needs"].split() if c not in ("ctx", "noctx")]
    roles = row["roles"] or (VERB_ROLES if row["pos"] == "verb" else NOUN_ROLES)
    if row["type"] != "none" and row["type"] not in event_types():
        raise LexiconError(f"{row['name']} names the event type {row['type']!r}", given="triggers.tsv", mend="add the type to ontology.tsv or correct it here")
    return Trigger(
        name=row["name"],
        pos=row["pos"],
        type=row["type"],
        needs=tuple(_clause(c, row["name"]) for c in clauses),
        context="ctx" in row["needs"].split(),
        elsewhere="noctx" in row["needs"].split(),
        roles=tuple((slot, role) for part in roles.split() for slot, role in [part.split(":")]),
        example=row["example"],
        finds=row["finds"],
    )


def _clause(text: str, name: str) -> Clause:
    slots, sign, wanted = text.partition("=")
    if not sign or not wanted:
        raise LexiconError(f"{name} has the clause {text!r}", given="triggers.tsv", mend="write it as slot=word|CLASS or slot!=word|CLASS")
    known = classes().keys() | SPECIAL
    unknown = [w for w in wanted.split("|") if w.isupper() and w not in known]
    if unknown:
        raise LexiconError(f"{name} asks for the class {unknown[0]}", given="triggers.tsv", mend="add the class to triggers_classes.tsv or correct it here")
    return Clause(tuple(slots.rstrip("!").split("/")), frozenset(wanted.split("|")), not slots.endswith("!"))


SPECIAL = frozenset({"ANY", "FORCE", "ORG", "PERSONNAME", "PLACENAME", "PLACE", "STATE", "NORP", "PEOPLE", "NUM", "PRONOUN", "SELF", "ACTOR", "HARM", "NAME"})
"""Classes that are worked out from labels and from other classes rather than listed."""
