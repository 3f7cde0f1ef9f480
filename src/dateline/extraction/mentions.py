"""Mentions: every span that names or refers to an actor, person, place or weapon, as the text words it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extraction.findings import MentionFound
from dateline.extraction.mentions_names import find_names
from dateline.extraction.mentions_nouns import find_nouns
from dateline.extraction.places_coordinates import characters, find_points
from dateline.language.document import Document, Token
from dateline.whoswho import WhosWho

_PRONOUNS = frozenset(
    (
        "i me my mine myself we us our ours ourselves he him his himself she her hers herself they them their theirs themselves it its itself you your yours"
    ).split()
)


def find_mentions(document: Document, *, whos_who: WhosWho | None = None) -> tuple[MentionFound, ...]:
    """The names, nouns and pronouns that refer to somebody or something, in text order, the longer first where several begin together.

    A name stands without the titles before it; a noun phrase with its modifiers and prepositional phrases, without clauses and appositions.
    Names may stand within noun phrases ("ISIS" in "ISIS militants").
    """
    points = list(_points(document))
    taken = characters(points)
    names = [m for m in find_names(document, whos_who or WhosWho.open()) if taken.isdisjoint(range(m.start, m.end))]
    names = [*names, *points]
    covered = frozenset(i for m in names for i in range(m.first, m.last))
    found = [*names, *find_nouns(document, names), *_pronouns(document, covered)]
    by_head = {(m.head, m.form): m for m in reversed(found)}
    return tuple(sorted(by_head.values(), key=lambda m: (m.start, -m.end, m.head)))


def _points(document: Document) -> Iterator[MentionFound]:
    """The points that the text writes out in degrees, each one name of a place."""
    for point in find_points(document.text):
        first, last = document.token_at(point.start), document.token_at(point.end - 1)
        if first is not None and last is not None:
            yield MentionFound(point.start, point.end, first.i, last.i + 1, first.i, "name", "PLACE")


def _pronouns(document: Document, covered: frozenset[int]) -> Iterator[MentionFound]:
    for t in document.tokens:
        if t.text.lower() == "it" and _says_nothing(document, t):
            continue
        if t.upos in ("PRON", "DET") and t.i not in covered and t.text.lower() in _PRONOUNS and not t.deprel.startswith(("expl", "nmod:desc")):
            yield MentionFound(t.start, t.end, t.i, t.i + 1, t.i, "pronoun", "PRONOUN")


def _says_nothing(document: Document, it: Token) -> bool:
    """Whether "it" refers to nothing: "it rained", "it is clear that"."""
    governor = document.tokens[it.head]
    if it.deprel != "nsubj":
        return False
    if governor.lemma.lower() in ("rain", "snow", "seem", "appear", "turn", "transpire"):
        return True
    return governor.upos == "ADJ" and bool(document.children(governor.i, "csubj", "ccomp", "xcomp", "advcl"))
