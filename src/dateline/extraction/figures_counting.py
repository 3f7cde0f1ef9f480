"""How a figure counts: what happened in a time (flow), how many there are at one moment (stock), or all so far (total)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from dateline.extraction.findings import FigureFound
from dateline.language.document import Document, Token
from dateline.lexicon import load

COUNTING_COLUMNS = ("name", "counts", "where", "pattern", "example", "finds")
_STOCKS = frozenset({"in_need", "without_access", "besieged", "food_insecure", "refugees", "forces", "missing"})
"""Measures of a state, in which people are."""
_STATES = frozenset({"displaced", "detained", "affected"})
"""Measures of a state or of the act that brings it about, as the verb has it."""
_FLOWS = frozenset({"killed", "injured", "abducted", "returned", "destroyed", "damaged", "captured", "strikes"})
_REACH = 90
"""Characters before a figure in which words that lead up to it are looked for."""
_STAY = frozenset("be remain stay live host shelter house hold languish have keep number include need lack".split())
_ENTER = frozenset("arrive flee cross enter come reach deploy send join arrest detain leave return move".split())


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    counts: str
    where: str
    pattern: re.Pattern[str]


@cache
def _rows() -> tuple[_Row, ...]:
    rows = load("figure_counting.tsv", columns=COUNTING_COLUMNS, key=("name",))
    return tuple(_Row(r["name"], r["counts"], r["where"], re.compile(r["pattern"], re.IGNORECASE)) for r in rows)


def with_counting(document: Document, found: tuple[FigureFound, ...]) -> tuple[FigureFound, ...]:
    """The figures, each with how it counts; None where the words leave it open (a sum of money)."""
    clauses: dict[int, str] = {}
    return tuple(replace(figure, counts=_counting(document, figure, clauses)) for figure in found)


def _counting(document: Document, figure: FigureFound, clauses: dict[int, str]) -> str | None:
    """How a figure counts, by the words of its clause, else by what it measures; ``clauses`` keeps the words of each verb's clause."""
    if figure.measure in ("money", "other"):
        return None
    verb = _verb(document, figure.head)
    if figure.rule.endswith("toll") or any(_matches(document, figure, verb, row, clauses) for row in _rows()):
        return "total"
    if figure.measure in _FLOWS:
        return "flow"
    if figure.measure in _STOCKS:
        return "flow" if verb is not None and verb.lemma.lower() in _ENTER and _past(verb) else "stock"
    if figure.measure in _STATES:
        return "stock" if verb is not None and _is_state(document, verb) else "flow"
    return None


def _matches(document: Document, figure: FigureFound, verb: Token | None, row: _Row, clauses: dict[int, str]) -> bool:
    if row.where == "verb":
        return any(row.pattern.fullmatch(t.lemma.lower()) for t in (verb, *islice(document.ancestors(figure.head), 2)) if t is not None)
    if row.where == "before":
        first, at = document.tokens[document.sentence_of(figure.head).first].start, document.tokens[figure.head].start
        return row.pattern.search(document.text[max(first, at - _REACH) : at].rstrip()) is not None
    if verb is None:
        return False
    if row.where == "led":
        led = (m.text for c in document.children(verb.i, "obl", "advcl", "nmod", "advmod") for m in (*document.children(c.i, "case", "mark"), c))
        return any(row.pattern.fullmatch(word) for word in led) and not _is_state(document, verb)
    if verb.i not in clauses:
        clauses[verb.i] = " ".join(t.text for t in _clause(document, verb))
    return row.pattern.search(clauses[verb.i]) is not None


def _verb(document: Document, head: int) -> Token | None:
    """The verb, or the predicate, whose clause the figure is in."""
    at = document.tokens[head]
    for above in (at, *document.ancestors(head)):
        if above.upos == "VERB" or any(c.deprel in ("cop", "nsubj", "nsubj:pass") for c in document.children(above.i)):
            return above
    return None


def _clause(document: Document, verb: Token) -> Iterator[Token]:
    """The words of a verb's clause in order, without those of the clauses that say something else."""
    apart = {c.i for c in document.children(verb.i, "conj", "parataxis", "ccomp")}
    left = {t.i for c in apart for t in document.subtree(c)}
    for token in document.subtree(verb.i):
        if token.i not in left:
            yield token


def _is_state(document: Document, verb: Token) -> bool:
    """Whether the verb tells how things are at one moment: "are displaced", "remain in camps", not "were displaced on Tuesday"."""
    helpers = {t.text.lower() for t in document.children(verb.i, "aux", "aux:pass", "cop")}
    if verb.xpos == "VBN" and any(c.deprel == "aux:pass" for c in document.children(verb.i)):
        return bool(helpers & {"are", "is", "'re", "’re", "remain", "being"}) and not helpers & {"been"}
    if verb.upos == "VERB" and verb.lemma.lower() not in _STAY:
        return verb.xpos == "VBG" and bool(helpers & {"are", "is", "were", "was"}) and verb.lemma.lower() not in _ENTER
    return not helpers & {"been"} or verb.lemma.lower() in ("live", "stay", "remain")


def _past(verb: Token) -> bool:
    return verb.xpos in ("VBD", "VBN", "VBG")
