"""Noun phrases: where they begin and end, and which nouns refer to actors, persons and weapons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.extraction.findings import MentionFound
from dateline.language.document import Document, Token
from dateline.lexicon import load

_COLUMNS = ("noun", "kind", "types", "number", "features")
_LEFT = frozenset({"det", "amod", "nummod", "compound", "nmod", "flat", "goeswith"})
_INNER = frozenset({"compound", "amod", "flat", "goeswith", "fixed"})
_LABELS = {"actor": "ACTOR", "person": "PERSON", "weapon": "WEAPON"}
# Heads that only count or measure those who follow: "dozens of fighters".
QUANTITIES = frozenset(
    (
        "dozen dozens hundred hundreds thousand thousands million millions scores tens number majority lot lots couple pair handful some many most "
        "several few all half part rest each none both one two three four five six seven eight nine ten remnant remnants wave waves"
    ).split()
)
# Without a determiner or modifier these nouns are mostly part of a phrase ("in force", "on patrol", "at the head of"), and refer to nobody.
_BARE = frozenset(
    (
        "force order command patrol mission house union press movement resistance body chief guard head leadership channel radio unit column court "
        "office bank fire mine outlet gun shell power arms execution prosecution executive administration council assembly congress opposition "
        "private major general public member source leader mob people community family man child minority party"
    ).split()
)


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A row of the lexicon of nouns."""

    noun: str
    kind: str
    types: tuple[str, ...]
    number: str
    features: frozenset[str]


@cache
def actor_nouns() -> dict[str, ActorNoun]:
    """The nouns that refer to actors, persons and weapons, by the form they are listed in."""
    return {
        r["noun"]: ActorNoun(r["noun"], r["kind"], tuple(t for t in r["types"].split("|") if t), r["number"], frozenset(r["features"].split()))
        for r in load("actor_nouns.tsv", columns=_COLUMNS, key=("noun",))
    }


def is_plural(token: Token) -> bool:
    """Whether the token is plural by its features or tag."""
    return "Number=Plur" in token.feats or token.xpos in ("NNS", "NNPS")


def noun_at(document: Document, i: int) -> ActorNoun | None:
    """The row for the noun at token ``i``, with the words before it where they make one term ("security forces"), or None."""
    token = document.tokens[i]
    if token.upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    nouns = actor_nouns()
    first = document.sentence_of(i).first
    for length in (3, 2):
        if i - length + 1 >= first:
            words = [t.text.lower() for t in document.tokens[i - length + 1 : i + 1]]
            row = nouns.get(" ".join(words)) or nouns.get(" ".join([*words[:-1], token.lemma.lower()]))
            if row is not None and (token.upos != "ADJ" or words[0] == "the"):
                return row
    if token.upos == "ADJ":
        return None
    return nouns.get(token.text.lower()) or nouns.get(token.lemma.lower())


def phrase(document: Document, head: int, *, clauses: bool = False) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase headed by ``head``: with what stands before it and prepositional phrases, without clauses or appositions.

    With ``clauses``, everything that hangs on the noun after it belongs to the phrase.
    """
    return _left(document, head), _right(document, head, inner=False, clauses=clauses) + 1


def _left(document: Document, head: int) -> int:
    left = head
    for child in reversed(document.children(head)):
        if child.i >= head:
            continue
        base = child.deprel.split(":")[0]
        if base not in _LEFT:
            if child.upos == "PUNCT" and child.text in ("-", "‑", "‐", "–", ","):
                continue
            break
        if (
            any(c.deprel.split(":")[0] == "case" and c.i < child.i for c in document.children(child.i))
            and child.i < left
            and base == "nmod"
            and child.deprel != "nmod:poss"
        ):
            break
        left = min(left, _reach(document, child.i)[0])
    while left < head and document.tokens[left].upos in ("ADP", "CCONJ", "PUNCT", "SCONJ") and document.tokens[left].text not in ("(", "$"):
        left += 1
    return left


def _reach(document: Document, i: int) -> tuple[int, int]:
    tree = document.subtree(i)
    return tree[0].i, tree[-1].i


def _right(document: Document, head: int, *, inner: bool, clauses: bool) -> int:
    right = head
    for child in document.children(head):
        if child.i <= head:
            continue
        base = child.deprel.split(":")[0]
        if base in ("nmod", "nummod", "flat", "compound", "goeswith", "fixed", "amod", "det"):
            right = max(right, _right(document, child.i, inner=True, clauses=clauses))
        elif base == "case" and child.i == head + 1:
            continue
        elif inner and base in ("conj", "obl", "advmod"):
            right = max(right, _right(document, child.i, inner=True, clauses=clauses))
        elif (
            clauses
            and base in ("acl", "appos", "conj", "parataxis", "advmod", "obl", "xcomp", "ccomp", "obj", "dep", "orphan", "advcl", "punct")
            and base not in ("conj", "punct")
        ):
            right = max(right, _reach(document, child.i)[1])
        elif base == "punct" and child.i == right + 1 and child.text in ('"', "”", ")", "'", "’", "-"):
            continue
        elif base not in ("punct", "cc", "case"):
            break
    return right


def find_nouns(document: Document, covered: frozenset[int]) -> Iterator[MentionFound]:
    """The mentions by nouns; ``covered`` are the tokens that stand in names."""
    for token in document.tokens:
        if token.i in covered or token.deprel.split(":")[0] in _INNER or token.deprel == "nmod:desc":
            continue
        row = noun_at(document, token.i)
        if row is None or _empty(document, token, row):
            continue
        yield _mention(document, token.i, _LABELS[row.kind])
        governor = document.tokens[token.head]
        if (
            token.deprel.startswith("nmod")
            and governor.lemma.lower() in QUANTITIES
            and governor.i < token.i
            and governor.i not in covered
            and _has_of(document, token)
        ):
            yield _mention(document, governor.i, _LABELS[row.kind])


def _has_of(document: Document, token: Token) -> bool:
    return any(c.lemma.lower() == "of" for c in document.children(token.i, "case"))


def _empty(document: Document, token: Token, row: ActorNoun) -> bool:
    """A noun that stands in a set phrase and refers to nobody, or a title before a name."""
    if token.xpos == "NNP" and token.deprel in ("nmod:desc", "flat"):
        return True
    dressed = any(c.i < token.i and c.deprel.split(":")[0] in ("det", "amod", "compound", "nummod", "nmod") for c in document.children(token.i))
    if dressed or is_plural(token) or " " in row.noun:
        return False
    return token.lemma.lower() in _BARE and not token.deprel.startswith("nsubj")


def _mention(document: Document, head: int, label: str) -> MentionFound:
    first, last = phrase(document, head)
    return MentionFound(document.tokens[first].start, document.tokens[last - 1].end, first, last, head, "noun", label)
