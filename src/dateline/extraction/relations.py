"""Lasting ties as worded: who backs, leads, fights, belongs to, speaks for or is the same as whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.extraction.attachment import times_of
from dateline.extraction.findings import MentionFound, RelationFound
from dateline.extraction.relations_help import units
from dateline.extraction.relations_kinds import KINDS, beside_comma
from dateline.extraction.relations_names import aliases, apposed, homes
from dateline.extraction.relations_rows import Tie, Ties, rows_of
from dateline.extraction.relations_titles import titles
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token
from dateline.lexicon import Row

_THINGS = frozenset({"WEAPON", "QUANTITY", "DATE", "TIME"})


def find_relations(document: Document, mentions: Sequence[MentionFound], times: Sequence[TimeFound]) -> tuple[RelationFound, ...]:
    """The ties that the words of a document state, in text order, each once for the same words."""
    heads = frozenset(m.head for m in mentions if m.label not in _THINGS)
    persons = frozenset(m.head for m in mentions if m.label == "PERSON")
    starts = {m.first: m.head for m in sorted(mentions, key=lambda m: m.last) if m.label not in _THINGS}
    lasts = {m.last - 1: m.head for m in sorted(mentions, key=lambda m: -m.first) if m.label not in _THINGS and m.form == "name"}
    ties = Ties(document, heads, persons, starts, lasts)
    found = [found for one in _all(ties, mentions) for found in _spread(ties, one)]
    unique = {(t.row["type"], t.source, t.target): t for t in reversed(found)}
    return tuple(sorted((_found(document, t, times) for t in unique.values()), key=lambda r: (r.start, r.end, r.type, r.source, r.target)))


def _all(ties: Ties, mentions: Sequence[MentionFound]) -> Iterator[Tie]:
    for token in ties.document.tokens:
        for row in rows_of(token):
            for one in KINDS[row["kind"]](ties, token, row):
                source, target = _party(ties, row, one.source), _party(ties, row, one.target)
                if source is not None and target is not None and source != target:
                    yield Tie(row, source, target, one.word)
                elif row["kind"] == "joined":
                    yield one
    yield from aliases(ties, mentions)
    yield from apposed(ties, mentions)
    yield from homes(ties)
    yield from titles(ties, mentions)
    yield from units(ties, mentions)


def _party(ties: Ties, row: Row, token: int) -> int | None:
    """The party that a token stands for; a noun that explains a name ("the SDF, an alliance of ...") stands for the name."""
    if row["kind"] in ("verb", "participle", "strife", "aim") and ties.document.tokens[token].upos == "NOUN":
        name = beside_comma(ties, ties.document.tokens[token])
        if name is not None:
            return ties.party(name)
    return ties.party(token)


def _spread(ties: Ties, one: Tie) -> Iterator[Tie]:
    """The tie, and the same for those joined to its parties by "and"."""
    yield one
    document = ties.document
    for source in (one.source, *(c.i for c in document.children(one.source, "conj") if ties.refers(c.i) and not _apart(document, one, c.i))):
        for target in (one.target, *(c.i for c in document.children(one.target, "conj") if ties.refers(c.i) and not _apart(document, one, c.i))):
            if (source, target) != (one.source, one.target) and source != target:
                yield Tie(one.row, source, target, one.word)


def _apart(document: Document, one: Tie, conjunct: int) -> bool:
    """Whether the words that tie stand between the conjuncts, so that the second is no party ("X-backed rebels and civilians")."""
    if one.row["kind"] in ("joined", "role", "alias"):
        return True
    first = document.tokens[conjunct].head
    return min(first, conjunct) < one.word < max(first, conjunct)


def _found(document: Document, one: Tie, times: Sequence[TimeFound]) -> RelationFound:
    tokens = (one.source, one.target, one.word)
    start, end = min(document.tokens[t].start for t in tokens), max(document.tokens[t].end for t in tokens)
    verbal = document.tokens[one.word].upos == "VERB" and document.tokens[one.word].deprel != "amod"
    own = times_of(document, one.word, times) if verbal else ()
    return RelationFound(one.row["type"], one.source, one.target, start, end, own, one.row["name"], past=_over(document, document.tokens[one.word], one.row))


_FORMER = frozenset({"former", "ex", "erstwhile", "onetime", "one-time", "once", "formerly", "previously", "then-ally", "longer"})
_CEASED = frozenset({"stop", "cease", "quit", "halt", "end", "use"})
"""Verbs above a tie that say it is over ("stopped backing", "used to side with")."""


_BREAKS = frozenset({"break_with", "split_from", "defect_from"})
"""Rows whose verb ends a tie."""


def _over(document: Document, word: Token, row: Row) -> bool:
    """Whether what is said of the two no longer holds."""
    if row["name"] in _BREAKS:
        return True
    if any(c.text.lower() in _FORMER and c.i < word.i for c in document.children(word.i, "amod", "advmod", "compound")):
        return True
    if word.i > 1 and document.tokens[word.i - 1].text in "-–" and document.tokens[word.i - 2].text.lower() == "ex":
        return True
    governor = document.tokens[word.head]
    above = word.deprel.split(":")[0] in ("xcomp", "advcl", "obj") and governor.lemma.lower() in _CEASED and governor.upos == "VERB"
    return above and (governor.lemma.lower() != "use" or any(m.text.lower() == "to" for m in document.children(word.i, "mark")))
