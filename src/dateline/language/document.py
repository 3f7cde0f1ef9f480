"""What one pass of the language model leaves: sentences, tokens, trees, names and labelled spans over one report.

Everything later in the flow reads the language of a report through these types only.
Offsets are code points into ``Report.text``; token indices run over the whole report.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Token(NamedTuple):
    """One syntactic word (Universal Dependencies v2 tokenisation); a tuple, since of nothing else are so many made."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    """Universal features as in CoNLL-U, e.g. ``Mood=Ind|Tense=Past|VerbForm=Fin``; empty when none."""
    head: int
    """Index of the governing token; its own index for the root of a sentence."""
    deprel: str
    """Universal Dependencies relation with subtype, e.g. ``nsubj:pass``, ``obl:agent``, ``acl:relcl``."""
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: tokens ``first`` to ``last`` (exclusive), characters ``start`` to ``end`` (exclusive)."""

    i: int
    first: int
    last: int
    start: int
    end: int
    section: int
    """Index into ``Report.sections`` of the section it stands in."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A run of tokens that a head of the model labelled: tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    start: int
    end: int
    label: str
    """For names: PERSON, ORG, FORCE (armed group or military), PLACE, FACILITY, NORP, DATE, TIME, QUANTITY, WEAPON, EVENT, MISC."""
    score: float
    """Probability given by the model, 0 to 1."""


@dataclass(frozen=True)
class Document:
    """One report as the language model sees it."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Labelled, ...] = ()
    spans: tuple[Labelled, ...] = field(default=())
    """Spans of further heads (attribution: SOURCE, CUE, CONTENT; ...) where the model has them."""

    @cached_property
    def _children(self) -> list[tuple[Token, ...]]:
        lists: list[list[Token] | None] = [None] * len(self.tokens)
        for token in self.tokens:
            if token.head != token.i:
                row = lists[token.head]
                if row is None:
                    lists[token.head] = [token]
                else:
                    row.append(token)
        return [() if row is None else tuple(row) for row in lists]

    def children(self, i: int, *deprels: str) -> tuple[Token, ...]:
        """The dependents of token ``i`` in text order; with ``deprels``, those whose relation is one of them, with or without subtype."""
        rows = self._children[i]
        if not deprels or not rows:
            return rows
        return tuple([t for t in rows if t.deprel in deprels or (":" in t.deprel and t.deprel.split(":")[0] in deprels)])

    @cached_property
    def _reach(self) -> tuple[tuple[int, int], ...]:
        """Leftmost and rightmost token (inclusive) that each token's subtree covers."""
        left = list(range(len(self.tokens)))
        right = list(range(len(self.tokens)))
        for sentence in self.sentences:
            rows = range(sentence.first, sentence.last)
            for i in sorted(rows, key=self._depth.__getitem__, reverse=True):
                head = self.tokens[i].head
                if head != i:
                    left[head] = min(left[head], left[i])
                    right[head] = max(right[head], right[i])
        return tuple(zip(left, right, strict=True))

    @cached_property
    def _depth(self) -> tuple[int, ...]:
        depth = [-1] * len(self.tokens)
        for token in self.tokens:
            path: list[int] = []
            i = token.i
            while depth[i] < 0 and self.tokens[i].head != i:
                path.append(i)
                i = self.tokens[i].head
                if len(path) > len(self.tokens):
                    raise ValueError(f"the heads of sentence {token.sentence} run in a circle at {token.text!r}")
            base = max(depth[i], 0)
            depth[i] = base
            for step, node in enumerate(reversed(path), 1):
                depth[node] = base + step
        return tuple(depth)

    def names_at(self, i: int) -> tuple[Labelled, ...]:
        """The names that hold token ``i``, in the order of ``names``."""
        return self._names_at.get(i, ())

    @cached_property
    def _names_at(self) -> dict[int, tuple[Labelled, ...]]:
        found: dict[int, list[Labelled]] = {}
        for name in self.names:
            for i in range(name.first, name.last):
                found.setdefault(i, []).append(name)
        return {i: tuple(names) for i, names in found.items()}

    def subtree(self, i: int) -> tuple[Token, ...]:
        """Token ``i`` and all that hangs on it, in text order."""
        found = [i]
        for node in found:
            found.extend([child.i for child in self._children[node]])
        return tuple(self.tokens[j] for j in sorted(found))

    def reach(self, i: int) -> tuple[int, int]:
        """Character start and end of what the subtree of token ``i`` covers."""
        left, right = self._reach[i]
        return self.tokens[left].start, self.tokens[right].end

    def ancestors(self, i: int) -> Iterator[Token]:
        """The governors of token ``i``, nearest first, up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def depth(self, i: int) -> int:
        """How many governors token ``i`` has."""
        return self._depth[i]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence that token ``i`` stands in."""
        return self.sentences[self.tokens[i].sentence]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(t.start for t in self.tokens)

    def token_at(self, offset: int) -> Token | None:
        """The token that covers the character at ``offset``, or None (white space)."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and self.tokens[i].end > offset:
            return self.tokens[i]
        return None

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that lie wholly within the characters ``start`` to ``end``."""
        first = bisect_left(self._starts, start)
        last = first
        while last < len(self.tokens) and self.tokens[last].end <= end:
            last += 1
        return self.tokens[first:last]

    def head_of(self, first: int, last: int) -> Token:
        """The token of ``first`` to ``last`` (exclusive) whose governor lies outside, the shallowest and leftmost where there are several."""
        rows = range(first, last)
        outside = [i for i in rows if not first <= self.tokens[i].head < last or self.tokens[i].head == i]
        return self.tokens[min(outside or rows, key=lambda i: (self._depth[i], i))]
