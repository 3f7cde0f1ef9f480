"""Mends the trees where what else is told was hung on the words that say who tells it: "Jets hit the town, residents said, killing two"."""

from __future__ import annotations

from functools import cache

from dateline.language.document import Token
from dateline.lexicon import load


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(row["lemma"] for row in load("outcome_verbs.tsv", columns=("lemma", "example", "finds"), key=("lemma",)))


@cache
def _telling() -> frozenset[str]:
    """The verbs that say that somebody says it."""
    rows = load("cues.tsv", columns=("cue", "pos", "family", "frames", "act", "never", "example", "finds"), key=("cue", "pos"))
    return frozenset(row["cue"] for row in rows if row["pos"] == "verb" and row["family"] == "speech" and "that" in row["frames"].split())


def hang_outcomes(tokens: list[Token]) -> None:
    """Hang verbs of outcome, as participles or behind "and", on the clause that is told, where it stands before the words that say who tells it."""
    for n in range(4, len(tokens) - 1):
        verb = tokens[n]
        relation = _relation(tokens, verb) if verb.upos == "VERB" and verb.sentence == tokens[n - 1].sentence else None
        told = None if relation is None else _told(tokens, verb)
        if relation is not None and told is not None:
            tokens[n] = verb._replace(head=told, deprel=relation)


def _relation(tokens: list[Token], verb: Token) -> str | None:
    """How such a verb goes on: a participle right after a comma tells an outcome, one in the past behind ", and" does too."""
    before = tokens[verb.i - 1]
    if verb.xpos == "VBG":
        before = tokens[verb.i - 2] if before.head == verb.i and before.deprel == "advmod" else before
        return "advcl" if before.text == "," and verb.lemma.lower() in _outcomes() else None
    joined = before.text.lower() in ("and", "but", "then") and before.head == verb.i and tokens[verb.i - 2].text == ","
    return "conj" if joined and verb.xpos in ("VBD", "VBN") and verb.deprel == "conj" and verb.lemma.lower() in _outcomes() else None


def _told(tokens: list[Token], outcome: Token) -> int | None:
    """The verb that is told before the one of saying which the other hangs on; None where what is said stands behind that."""
    verb = tokens[outcome.head]
    for _ in range(3):
        if verb.upos == "VERB" or verb.head == verb.i:
            break
        verb = tokens[verb.head]
    if verb.i > outcome.i or verb.lemma.lower() not in _telling():
        return None
    first = next(t.i for t in tokens[max(0, verb.i - _FAR) : verb.i + 1] if t.sentence == verb.sentence)
    own = [t for t in tokens[first : outcome.i] if t.head == verb.i]
    if not any(t.deprel == "nsubj" for t in own) or any(t.i > verb.i and t.deprel in ("ccomp", "xcomp", "parataxis") for t in own):
        return None
    before = [t.i for t in own if t.i < verb.i and t.deprel == "ccomp" and t.upos == "VERB"]
    if not before and verb.deprel == "parataxis" and first <= verb.head < verb.i and tokens[verb.head].upos == "VERB":
        before = [verb.head]
    return before[0] if len(before) == 1 else None


_FAR = 80
"""No clause that is told begins more words before the verb of saying."""
