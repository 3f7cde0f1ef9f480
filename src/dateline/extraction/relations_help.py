"""Who is helped by whom: "with the backing of Turkey the rebels took the hill", "aided by support from France"; units named from small to great."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from dateline.extraction.findings import MentionFound
from dateline.extraction.reality import reality
from dateline.extraction.relations_rows import Tie, Ties, case_of, tie
from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

_BY = frozenset({"with", "by", "through"})


def helped(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """The one who gives the help, and whoever does what is done with it."""
    document = ties.document
    governor = document.tokens[token.head]
    if token.upos != "NOUN" or governor.upos != "VERB" or not case_of(document, token) & _BY or reality(document, governor) != "occurred":
        return
    side = _doer(document, governor)
    if side is None or not ties.refers(side):
        return
    wanted = set(row["prepositions"].split("|"))
    behind = [c for c in document.children(governor.i, "obl") if c.i > token.i and c.i - token.i < 6]
    for child in (*document.children(token.i, "nmod", "nmod:poss", "compound"), *behind):
        giver = next((c.i for c in document.children(child.i, "appos", "flat") if ties.refers(c.i)), child.i)
        if (case_of(document, child) & wanted or child.deprel == "nmod:poss") and ties.refers(giver) and giver != side:
            found = tie(row, giver, side, token.i)
            if found is not None:
                yield found


def _doer(document: Document, verb: Token, *, depth: int = 0) -> int | None:
    """The subject of a verb, of a participle ("aided by") the one it is said of."""
    own = next((c.i for c in document.children(verb.i, "nsubj")), None)
    if own is not None or depth > 3 or verb.head == verb.i:
        return own
    governor = document.tokens[verb.head]
    if verb.deprel.startswith("acl"):
        return governor.i
    return _doer(document, governor, depth=depth + 1) if governor.upos == "VERB" else None


@cache
def _units() -> frozenset[str]:
    return frozenset(row["unit"] for row in load("unit_nouns.tsv", columns=("unit", "example"), key=("unit",)))


def units(ties: Ties, mentions: Sequence[MentionFound]) -> Iterator[Tie]:
    """ "Bravo Company, 2nd Battalion, 7th Regiment": each unit is part of the next."""
    row = {"name": "unit_of_unit", "type": "part_of", "kind": "alias", "direction": "forward", "finds": ""}
    named = sorted((m for m in mentions if m.form == "name" and _unit(ties.document, m)), key=lambda m: m.start)
    for small, great in zip(named, named[1:], strict=False):
        if ties.document.text[small.end : great.start].strip() == "," and ties.document.text[small.end] == ",":
            yield Tie(row, small.head, great.head, great.head)


def _unit(document: Document, mention: MentionFound) -> bool:
    return any(t.lemma.lower() in _units() or t.text.lower() in _units() for t in document.tokens[mention.first : mention.last])
