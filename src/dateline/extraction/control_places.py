"""Which place a noun phrase means, and whether it means only a part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.control_rows import Scope
from dateline.language.document import Document
from dateline.lexicon import load

_WHOLE = frozenset({"all", "rest"})


@cache
def _nouns(means: str) -> frozenset[str]:
    """Nouns for a part of a place ("half"), or for a place in whose phrase its name may hang ("the town of")."""
    return frozenset(row["noun"] for row in load("ground_nouns.tsv", columns=("noun", "means"), key=("noun", "means")) if row["means"] == means)


def is_place_noun(lemma: str) -> bool:
    """Whether a noun names the kind of a place: "city" in "the city of Idlib"."""
    return lemma in _nouns("place")


@dataclass(frozen=True, slots=True)
class Ground:
    """A place of the findings that a noun phrase means."""

    place: int
    partial: bool
    direct: bool
    """Whether the phrase is the place's own name or noun."""
    start: int
    end: int


def ground_of(scope: Scope, token: int, *, depth: int = 0) -> Ground | None:
    """The place that the noun phrase headed by ``token`` means, or None."""
    here = _own(scope, token)
    document = scope.document
    lemma = document.tokens[token].lemma.lower()
    if depth < 3:
        inner = _inside(scope, token, depth)
        if inner is not None and here is not None and _lies_in(document, token, inner):
            return here
        if inner is not None and (here is None or scope.places[here.place].nominal):
            partial = inner.partial or (lemma in _nouns("part") and lemma not in _WHOLE and not _kind_of(document, token)) or _is_number(document, token)
            partial = partial or _some(document, token, inner) or _lies_in(document, token, inner)
            return replace(inner, partial=partial, direct=here is not None or lemma in _nouns("part"), start=document.tokens[token].start)
    return here


def one_side(text: str, start: int, end: int) -> bool:
    """Whether the words of a name at ``start`` are of one side of the place ("eastern Aleppo"); "Western Sahara" is a name."""
    before = text[max(0, start - 60) : start].split()[-1:]
    words = text[start:end].split()
    return any(w in _nouns("side") for w in (*before, *words[:-1][:1]))


def _some(document: Document, token: int, inner: Ground) -> bool:
    """ "Two villages in the province", "a village in the province": places in it, not the province."""
    some = document.tokens[token].xpos == "NNS" or any(c.lemma.lower() in ("a", "an", "one", "another") for c in document.children(token, "det", "nummod"))
    within = any(t.lemma.lower() in ("in", "across", "near") for t in document.tokens_in(document.tokens[token].end, inner.start))
    return some and within and document.tokens[token].lemma.lower() in _nouns("place")


def _lies_in(document: Document, token: int, inner: Ground) -> bool:
    """ "The town in Idlib province", "an enclave in Syria": something in the place, not the place."""
    first = next((t.lemma.lower() for t in document.tokens_in(document.tokens[token].end, inner.start) if t.upos == "ADP"), "")
    return first == "in" and document.tokens[token].xpos == "NN" and document.tokens[token].lemma.lower() in _nouns("place")


def _kind_of(document: Document, token: int) -> bool:
    """ "the district of Daraya" names a place of that kind; "a district of Aleppo" is a part of it."""
    definite = any(c.lemma.lower() == "the" for c in document.children(token, "det"))
    return definite and document.tokens[token].lemma.lower() in ("district", "area", "suburb", "strip")


def _is_number(document: Document, token: int) -> bool:
    return document.tokens[token].upos in ("NUM", "SYM") or document.tokens[token].lemma.lower() in ("two-thirds", "three-quarters")


def _own(scope: Scope, token: int) -> Ground | None:
    i = scope.place_of.get(token)
    if i is None or (place := scope.places[i]).adjectival:
        return None
    side = one_side(scope.document.text, place.name_start, place.name_end)
    return Ground(i, partial=side, direct=True, start=scope.document.tokens[token].start, end=place.name_end)


def _inside(scope: Scope, token: int, depth: int) -> Ground | None:
    document = scope.document
    head = document.tokens[token]
    placed = head.lemma.lower() in _nouns("place") or _own(scope, token) is not None
    if not placed and head.lemma.lower() not in _nouns("part") and not _is_number(document, token):
        return None
    around = document.children(token, "nmod", "appos", "flat", "compound")
    # "the Damascus suburb of Darayya" is Darayya, "Yemen's capital, Sanaa" Sanaa: what stands before the noun only says where it lies.
    for child in sorted(around, key=lambda c: ("compound", "nmod:poss").index(c.deprel) + 1 if c.deprel in ("compound", "nmod:poss") and c.i < token else 0):
        case = {c.lemma.lower() for c in document.children(child.i, "case")}
        if child.deprel.startswith("nmod") and child.deprel != "nmod:poss" and not case & {"of", "in"}:
            continue
        found = ground_of(scope, child.i, depth=depth + 1)
        if found is not None:
            return found
    return None
