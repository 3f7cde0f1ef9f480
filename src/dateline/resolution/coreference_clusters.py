"""Clusters of phrases that refer to the same, and what may never be joined."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, WEAPON, Phrase
from dateline.whoswho import WhosWho

_PRONOUN_KINDS = {
    "he": {PERSON},
    "she": {PERSON},
    "i": {PERSON},
    "it": {GROUP, PLACE, WEAPON, OTHER},
    "they": {GROUP, WEAPON, OTHER, PLACE, PERSON},
    "we": {GROUP, PERSON},
    "you": {PERSON, GROUP},
}


@dataclass(slots=True, eq=False)
class Cluster:
    """Phrases that refer to the same, with what is known of it."""

    phrases: list[Phrase]
    kind: str
    number: str
    gender: str = ""
    key: str | None = None
    country: str | None = None
    place: str | None = None
    titles: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    pronouns: set[str] = field(default_factory=set)
    """What ``Phrase.pronoun`` is in its phrases, "" where one is no pronoun."""
    labels: set[str] = field(default_factory=set)
    """Labels of the mentions among its phrases."""
    name_labels: set[str] = field(default_factory=set)
    """Labels of the names among them."""
    named: bool = False
    why: tuple[str, str] = ("", "")

    def before(self, p: Phrase) -> Phrase:
        """Its latest phrase that begins before ``p``; its first where none does."""
        return self.phrases[max(0, self.count_before(p) - 1)]

    def count_before(self, p: Phrase) -> int:
        """How many of its phrases begin before ``p``."""
        return bisect_left(self.phrases, p.i, key=lambda q: q.i)

    def gap(self, p: Phrase) -> int:
        """How many sentences lie between ``p`` and the latest phrase before it."""
        return p.sentence - self.before(p).sentence


class Clusters:
    """A partition of the phrases that only grows together, never against number, gender, kind or who's who."""

    def __init__(self, phrases: list[Phrase], whos_who: WhosWho, place_keys: tuple[str, ...]) -> None:
        self.phrases = phrases
        self.whos_who = whos_who
        self._of: list[Cluster] = [self._single(p, place_keys) for p in phrases]

    def _single(self, p: Phrase, place_keys: tuple[str, ...]) -> Cluster:
        made = Cluster([p], p.kind, p.number, p.gender, p.key, p.country, place_keys[p.place] if p.place is not None and p.kind == PLACE else None)
        made.titles.update(p.titles)
        made.modifiers.update(p.modifiers)
        made.named = p.form == "name"
        made.why = p.why
        if p.form == "noun":
            made.lemmas.add(p.lemma)
        if p.form == "name":
            made.modifiers.update(p.words)
        made.types.update(p.types if p.form == "noun" and len(p.types) == 1 else ())
        made.pronouns.add(p.pronoun)
        if p.mention is not None:
            made.labels.add(p.mention.label)
            made.name_labels.update({p.mention.label} if p.form == "name" else ())
        return made

    def of(self, p: Phrase) -> Cluster:
        """The cluster of a phrase."""
        return self._of[p.i]

    def all(self) -> Iterator[Cluster]:
        """Every cluster, in the order of first mention."""
        seen: set[int] = set()
        for cluster in self._of:
            if id(cluster) not in seen:
                seen.add(id(cluster))
                yield cluster

    def type_of(self, cluster: Cluster) -> str:
        """Type of the actor by the who's who, or "" where it is not in it."""
        actor = self.whos_who.get(cluster.key)
        return actor.type if actor is not None else ""

    def may_join(self, a: Cluster, b: Cluster, *, nested: bool = False) -> bool:
        """Whether nothing speaks against the two being the same."""
        if a is b:
            return True
        if a.key and b.key and a.key != b.key:
            return False
        if a.place and b.place and a.place != b.place:
            return False
        if not _kinds_agree(a, b) or (a.gender and b.gender and a.gender != b.gender):
            return False
        if a.country and b.country and a.country != b.country:
            return False
        if {a.number, b.number} == {"singular", "plural"} and (PERSON in (a.kind, b.kind) or not (a.named or b.named or _latest_is_group(a, b))):
            return False
        if nested or (a.key and a.key == b.key):
            return True
        return not any(_nested(p, q) for p in a.phrases[-12:] for q in b.phrases[-12:])

    def join(self, a: Phrase, b: Phrase, why: tuple[str, str] = ("", ""), *, nested: bool = False) -> bool:
        """Put the clusters of two phrases together where nothing speaks against it; whether they now are one.

        With ``nested``, one phrase may stand within the other ("our forces").
        """
        one, two = self._of[a.i], self._of[b.i]
        if one is two:
            return True
        if not self.may_join(one, two, nested=nested):
            return False
        if two.phrases[0].i < one.phrases[0].i:
            one, two = two, one
        _merge(one.phrases, two.phrases)
        one.kind = _kind(one, two)
        one.gender = one.gender or two.gender
        one.number = one.number if one.number != "group" else two.number if two.kind == PERSON else "group"
        one.key, one.country, one.place = one.key or two.key, one.country or two.country, one.place or two.place
        for mine, theirs in _sets(one, two):
            mine.update(theirs)
        one.named = one.named or two.named
        one.why = one.why if one.why[0] else two.why if two.why[0] else why
        for p in two.phrases:
            self._of[p.i] = one
        return True


def _merge(phrases: list[Phrase], more: list[Phrase]) -> None:
    """Put further phrases into a list in text order, in time that does not grow with the list where they are few."""
    if len(more) > 8:
        phrases[:] = sorted((*phrases, *more), key=lambda p: p.i)
        return
    for p in more:
        insort(phrases, p, key=lambda q: q.i)


def _sets(one: Cluster, two: Cluster) -> Iterator[tuple[set[str], set[str]]]:
    yield one.titles, two.titles
    yield one.modifiers, two.modifiers
    yield one.lemmas, two.lemmas
    yield one.types, two.types
    yield one.pronouns, two.pronouns
    yield one.labels, two.labels
    yield one.name_labels, two.name_labels


def _kind(a: Cluster, b: Cluster) -> str:
    """The kind of the named one, else the more telling."""
    if a.named != b.named:
        return a.kind if a.named and a.kind else b.kind or a.kind
    return a.kind if a.kind and a.kind != OTHER else b.kind or a.kind


def _kinds(c: Cluster) -> set[str]:
    if c.kind:
        return {c.kind}
    allowed = {PERSON, GROUP, PLACE, WEAPON, OTHER}
    for pronoun in c.pronouns - {""}:
        allowed &= _PRONOUN_KINDS[pronoun]
    return allowed


def _kinds_agree(a: Cluster, b: Cluster) -> bool:
    """Whether the kinds can be one; a name that was taken for a thing may turn out an actor, and the other way round."""
    if _kinds(a) & _kinds(b):
        return True
    return OTHER in (a.kind, b.kind) and (a.named != b.named) and PERSON not in (a.kind, b.kind) and PLACE not in (a.kind, b.kind)


def _latest_is_group(a: Cluster, b: Cluster) -> bool:
    """Whether one of two was last called by a noun for many as one ("the army" after "the troops")."""
    return "group" in (a.phrases[-1].number, b.phrases[-1].number)


def _nested(p: Phrase, q: Phrase) -> bool:
    """Whether one stands within the other ("the leader of the group" is not the group)."""
    return p.head != q.head and ((p.start <= q.start and q.end <= p.end) or (q.start <= p.start and p.end <= q.end))
