"""What a figure measures: the verb, adjective or noun that the counted hang on, matched with the rows of ``measures.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from dateline.extraction.figures_phrase import Kind
from dateline.extraction.figures_rows import Measure, rows_by_name, rows_of
from dateline.extraction.figures_tree import all_measures, nearby
from dateline.language.document import Document

_PEOPLE = frozenset(("killed injured missing detained abducted displaced refugees returned in_need without_access besieged food_insecure").split())
_LIVING = frozenset({"person", "force", "group", "harm", ""})
_THINGS = frozenset({"building", "area", "vehicle", "weapon", "thing", "relief", "", "strike"})
_HARSH = frozenset({"bodies_of", "kill", "wound", "detain", "abduct", "die", "shoot_dead", "death_of", "dead", "wounded", "abduction_of", "detention_of"})
"""Rows whose verb or noun is said of people only, so that an unknown noun under them is people."""
_AGENTS = ("er", "or", "ist", "ian", "ee", "ant", "man", "men", "women", "ite", "ese", "i")


def measures_of(document: Document, anchor: int, noun: int | None, kind: Kind, *, reach: tuple[int, int] | None = None) -> tuple[Measure, ...]:
    """The measures of the counted, the surest first; several where one clause says several things of them ("kidnapped and killed").

    ``reach`` is the first and last token of the phrase, whose neighbours are asked where the tree has no answer.
    """
    found = [m for m in all_measures(document, anchor, noun, kind) if _fits(m.name, kind) and _likely(document, m.rule, noun, kind)]
    if not found and reach is not None:
        found = [m for m in nearby(document, *reach) if _fits(m.name, kind) and _likely(document, m.rule, noun, kind)]
    if reach is not None and _elliptical(document, *reach):
        own = document.tokens[reach[1] + 1]
        said = [Measure(row["measure"], row["name"], own.i, 0.85) for row in rows_of("adjective").get(own.text.lower(), ())]
        found = [m for m in found if m.governor == own.i] or [m for m in said if _fits(m.name, kind)] or found
    hard = [m for m in found if m.name in ("killed", "injured")]
    if hard and hard[0] is not found[0] and found[0].rule in _described():
        found = hard
    return _combined(document, tuple(_distinct(found)))


def _elliptical(document: Document, first: int, last: int) -> bool:
    """Whether the phrase is the second of a pair with a participle of its own behind it ("and more than 200 wounded")."""
    if first == 0 or last + 2 >= len(document.tokens) or document.tokens[first - 1].text.lower() not in ("and", "while", "but", "or", ","):
        return False
    own, after = document.tokens[last + 1], document.tokens[last + 2]
    told = own.upos in ("VERB", "ADJ") and own.text.lower() in _harmed()
    return told and after.text.lower() not in ("and", "or", "-", "–") and after.upos not in ("NOUN", "PROPN")


@cache
def _harmed() -> frozenset[str]:
    """Participles and adjectives that say what befell people."""
    words = [word for word, rows in rows_of("adjective").items() if any(row["measure"] in _PEOPLE for row in rows)]
    return frozenset((*words, "killed", "wounded", "injured"))


@cache
def _described() -> frozenset[str]:
    """Names of the rows whose words describe people, which yield to what happened to them in the sentence."""
    return frozenset(row["name"] for rows in rows_of("adjective").values() for row in rows)


def _distinct(found: list[Measure]) -> Iterator[Measure]:
    seen: set[str] = set()
    for measure in found:
        if measure.name not in seen:
            seen.add(measure.name)
            yield measure


def _fits(measure: str, kind: Kind) -> bool:
    match measure:
        case "killed" | "injured" | "missing" | "abducted" | "detained":
            return kind.type in _LIVING
        case "destroyed" | "damaged":
            return kind.type in _THINGS
        case "forces":
            return kind.type in ("person", "force", "")
        case "strikes":
            return kind.type == "strike"
        case _:
            return measure not in _PEOPLE or kind.type in _LIVING


def _likely(document: Document, rule: str, noun: int | None, kind: Kind) -> bool:
    """Whether a row may speak of this noun: one that the lexicon does not know must look like people, or the row must be of violence to people."""
    lemma = document.tokens[noun].lemma.lower() if noun is not None else ""
    if rule == "body":
        return lemma in ("body", "corpse", "remains")
    if rule == "fire":
        return kind.type == "weapon"
    if rule in ("lose_men", "eliminate"):
        return kind.type == "force"  # a firm loses workers to a rival, a club its players
    if rule in ("gather", "hold", "expel", "torture"):
        return kind.type in ("person", "force", "group", "harm") or (noun is None and rule != "hold")
    if kind.type or noun is None or rule in _HARSH or lemma.endswith(_AGENTS):
        return True
    return not (rows_by_name().get(rule, "other") in _PEOPLE or rule == "deploy")


def _combined(document: Document, found: Sequence[Measure]) -> tuple[Measure, ...]:
    """One measure for a number that two verbs share ("killed or wounded 50"): affected, since the parts are not told apart."""
    names = {m.name for m in found}
    pair = names & {"killed", "injured"}
    if len(pair) == 2 and _joined(document, [m.governor for m in found if m.name in pair]):
        first = next(m for m in found if m.name in pair)
        return (replace(first, name="affected", confidence=0.7), *(m for m in found if m.name not in pair))
    if {"destroyed", "damaged"} <= names:
        return tuple(m for m in found if m.name != "destroyed")
    return tuple(found)


def _joined(document: Document, governors: Sequence[int]) -> bool:
    return any(document.tokens[a].head == b and document.tokens[a].deprel.startswith("conj") for a in governors for b in governors if a != b)
