"""Which time and place expressions belong to a predicate, by syntax alone.

An expression is linked to a predicate by the path between them in the tree: up from the expression to a shared governor and down to the
predicate. Each step of the path costs something, some steps may not be taken at all (into a subordinate statement, out of a clause
headed by "after"), and what can be reached below a limit belongs to the predicate, cheapest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from dateline.extraction.findings import PlaceFound
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token
from dateline.lexicon import load

LIMIT = 5.0
"""Paths that cost more than this do not link."""

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_LEAF = {
    **dict.fromkeys(("obl", "nmod", "advmod", "nummod", "amod", "compound", "conj", "det"), 1.0),
    **{"appos": 1.5, "dep": 2.0, "flat": 0.5, "fixed": 0.0, "case": 0.5},
}
"""Steps up from an expression, by relation without subtype."""
_THROUGH = {"obj": 2.0, "iobj": 2.5, "nsubj": 2.5, "nsubj:pass": 2.0, "obl:agent": 2.5, "parataxis": 3.0, "list": 3.0, "discourse": 2.0, "dislocated": 1.5}
_UP_NOUN = {
    **dict.fromkeys(("nsubj", "nsubj:pass", "obj", "appos", "conj"), 1.0),
    **dict.fromkeys(("obl", "nmod", "iobj"), 1.5),
    **{"compound": 0.5, "amod": 0.5, "root": 0.0},
}
"""Steps up from a nominal predicate."""
_APART = frozenset({"after", "before", "since", "until", "till", "following", "despite", "like", "unlike", "than"})
"""Prepositions and conjunctions whose complement lies at another time than what governs it."""
_TOGETHER = frozenset({"as", "while", "when", "where", "with", "by", "so"})


@cache
def speech() -> frozenset[str]:
    """Lemmas of verbs that speak or think about their object, so that their own time and place are not its."""
    rows = load("status_governors.tsv", columns=("name", "lemma", "pos", "effect", "example", "finds"))
    return frozenset(lemma for row in rows if row["effect"] in ("speech", "denied", "demanded") for lemma in row["lemma"].split("|"))


def times_of(document: Document, token: int, times: Sequence[TimeFound]) -> tuple[int, ...]:
    """Indices of the time expressions that belong to the predicate ``token``, nearest in the tree first.

    Durations ("for three hours") come after expressions that say when. What owns a noun ("Monday's blast") is alone in dating it.
    """
    near = _beside(document, token, times)
    owners = tuple(i for i in near if times[i].role == "at" and _owns(document, times[i].head, token))
    if owners:
        return owners
    rows = [(i, times[i].head, 3.0 if times[i].role == "duration" else 0.0, True) for i in near if times[i].side != "anchor"]
    own = [i for i in near if _counted_from(document, token, times[i]) or (not times[i].slot("weekday") and _trails(document, token, times[i].head))]
    return tuple(dict.fromkeys([*own, *(i for _, _, i in _ranked(document, token, rows))]))


def _owns(document: Document, head: int, token: int) -> bool:
    """Whether an expression stands as the owner of a noun."""
    return document.tokens[head].head == token and document.tokens[head].deprel == "nmod:poss" and document.tokens[token].upos in _NOMINAL


def _trails(document: Document, token: int, head: int) -> bool:
    """Whether an expression with "in" right behind the object of a verb of saying belongs to the object ("recalled a victory in the north, in July")."""
    lead = document.tokens[head]
    if document.tokens[token].upos not in _NOMINAL or head < token or _case(document, lead) != "in":
        return False
    top = document.tokens[token]
    while top.deprel == "conj" and document.tokens[top.head].upos in _NOMINAL and top.head != top.i:
        top = document.tokens[top.head]
    governor = document.tokens[top.head]
    said = top.deprel in ("obj", "xcomp", "conj") and lead.head == governor.i and governor.lemma.lower() in speech()
    crosses = document.tokens[token].head < lead.head < token  # no sentence is built so: "the fall of A and a victory over B in C" is a victory in C
    if not said and not crosses:
        return False
    last = max(t.i for t in document.subtree(token))
    return all(t.upos in ("PUNCT", "ADP", "DET", "PROPN") for t in document.tokens[last + 1 : head])


def places_of(document: Document, token: int, places: Sequence[PlaceFound]) -> tuple[int, ...]:
    """Indices of the place expressions that say where the predicate ``token`` happens, nearest in the tree first.

    Demonyms and adjectives ("Syrian") are left out; a place that something comes from ranks behind one where something is.
    """
    near = [
        i
        for i in _beside(document, token, places)
        if not places[i].adjectival
        and not only_locates(document, places[i].head)
        and not (places[i].relation == "to" and _goes_elsewhere(document, token, places[i]))
    ]
    rows = [(i, places[i].head, 2.0 if places[i].relation == "from" else 0.0, False) for i in near]
    own = [i for i, head, _, _ in rows if _trails(document, token, head)]
    return tuple(dict.fromkeys([*own, *(i for _, _, i in _ranked(document, token, rows))]))


def only_locates(document: Document, head: int) -> bool:
    """Whether a name before a noun only says where the place lies that is named behind it: "the Damascus suburb of Darayya"."""
    name = document.tokens[head]
    if name.deprel != "compound" or name.head < head or document.tokens[name.head].upos != "NOUN":
        return False
    behind = [c for c in document.children(name.head, "nmod", "appos") if c.i > name.head and c.upos == "PROPN"]
    return any(c.deprel == "appos" or any(m.lemma.lower() == "of" for m in document.children(c.i, "case")) for c in behind)


def _goes_elsewhere(document: Document, token: int, place: PlaceFound) -> bool:
    """Whether somebody goes to the place by another verb than this one: "shells killed five and drove the rest to Goma"."""
    here = document.tokens[token]
    if here.upos != "VERB" or place.start <= here.start < place.end:
        return False
    verb = next((t.i for t in document.ancestors(place.head) if t.upos == "VERB"), token)
    return verb != token


def _counted_from(document: Document, token: int, time: TimeFound) -> bool:
    """Whether an expression such as "two days after the town fell" dates the predicate named after it, not the clause in which it stands."""
    if time.side != "anchor" or time.anchor is None:
        return False
    here = document.tokens[token]
    return token == time.anchor or (here.head == time.anchor and here.deprel in ("nsubj", "nsubj:pass", "obj", "xcomp"))


def _beside(document: Document, token: int, found: Sequence[TimeFound] | Sequence[PlaceFound]) -> range:
    """Indices of the expressions, which are in text order, whose words, or names, begin in the sentence of a token."""
    sentence = document.sentence_of(token)
    return range(bisect_left(found, sentence.start, key=_start), bisect_left(found, sentence.end, key=_start))


def _start(found: TimeFound | PlaceFound) -> int:
    return found.name_start if isinstance(found, PlaceFound) else found.start


def _ranked(document: Document, token: int, rows: Sequence[tuple[int, int, float, bool]]) -> list[tuple[float, int, int]]:
    sites = _sites(document, token)
    found: list[tuple[float, int, int]] = []
    for i, head, extra, temporal in rows:
        if document.tokens[head].sentence != document.tokens[token].sentence or head == token:
            continue
        cost = _link(document, head, token, sites, temporal=temporal)
        if cost is not None and cost + extra <= LIMIT:
            found.append((cost + extra, abs(head - token), i))
    return sorted(found)


def _sites(document: Document, token: int) -> dict[int, float]:
    """The predicate and the governors whose modifiers it shares, with what it costs to reach them."""
    sites = {token: 0.0}
    here, cost = document.tokens[token], 0.0
    while here.head != here.i and cost < LIMIT:
        step = _step_up(document, here)
        if step is None:
            break
        cost += step
        clause = here.deprel.startswith("acl") and here.upos == "VERB"
        here = document.tokens[here.head]
        sites[here.i] = cost
        if clause:
            break
    return sites


def _step_up(document: Document, token: Token) -> float | None:
    """What it costs a predicate to share the modifiers of its governor; None when it does not."""
    governor = document.tokens[token.head]
    base = token.deprel.split(":")[0]
    marks = {t.lemma.lower() for t in document.children(token.i, "mark", "case")}
    if token.upos in _NOMINAL or token.upos == "ADJ":
        if base in ("obj", "obl", "nsubj", "nmod") and governor.upos == "VERB" and governor.lemma.lower() in speech():
            return None
        if marks & _APART:
            return 3.0
        return _UP_NOUN.get(token.deprel, _UP_NOUN.get(base))
    match base:
        case "conj":
            return 1.0
        case "xcomp" | "csubj":
            return 0.5 if governor.lemma.lower() not in speech() else None
        case "ccomp":
            return 1.5 if governor.upos == "VERB" and governor.lemma.lower() not in speech() else None
        case "advcl":
            return 1.0 if not marks else 1.5 if marks & _TOGETHER else None
        case "acl":
            return 1.5 if governor.upos in _NOMINAL else 2.0
        case _:
            return None


def _link(document: Document, head: int, token: int, sites: dict[int, float], *, temporal: bool) -> float | None:
    """The cost of the path from an expression's head up to one of the predicate's sites; None when there is none."""
    if head not in sites:
        return _climb(document, head, token, sites, temporal=temporal)
    below = document.tokens[token]
    return 0.5 if temporal and below.head == head and below.deprel.startswith("nmod") else None


def _climb(document: Document, head: int, token: int, sites: dict[int, float], *, temporal: bool) -> float | None:
    cost, here, first = 0.0, document.tokens[head], True
    named = document.tokens[head].deprel == "compound"
    while here.i not in sites:
        if named and here.deprel == "conj":
            return None  # "the Orlando massacre and the Nagasaki blast" names one place each
        step = _step_from(document, here, first=first, temporal=temporal, passed=token < here.i)
        if step is None or here.head == here.i:
            return None
        cost += step
        here, first = document.tokens[here.head], False
        if cost > LIMIT:
            return None
    shared = sites[here.i]
    if shared and _after_sibling(document, head, here.i, token):
        shared += 1.0
    return cost + shared


def _step_from(document: Document, token: Token, *, first: bool, temporal: bool, passed: bool) -> float | None:
    """What one step up from an expression costs; None where it may not be taken."""
    base = token.deprel.split(":")[0]
    if first and temporal and base in ("obj", "nsubj", "iobj", "root"):
        return 1.0 if base == "obj" and passed else None
    if first and not temporal:
        special = {"obj": 1.0, "nsubj:pass": 1.0, "nmod:poss": 2.0}.get(token.deprel)
        if special is not None:
            return special
        if base == "nsubj":
            return None
    if base == "nmod" and token.deprel != "nmod:poss" and document.tokens[token.head].deprel.startswith("nsubj") and _case(document, token) == "of":
        return 2.5
    return _LEAF.get(base, _THROUGH.get(token.deprel, _THROUGH.get(base)))


def _case(document: Document, token: Token) -> str | None:
    return next((t.lemma.lower() for t in document.children(token.i, "case")), None)


def _after_sibling(document: Document, head: int, site: int, token: int) -> bool:
    """Whether an expression stands between a shared governor and a predicate coordinated with it, so that it belongs to the governor first."""
    return document.tokens[token].deprel == "conj" and site < head < token
