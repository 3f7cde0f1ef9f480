"""Noun phrases that refer back: the same words again, the same head, or an epithet ("the terror group") of the most salient that it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from dateline.language.document import Document
from dateline.resolution.coreference_clusters import Cluster, Clusters
from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, Phrase
from dateline.resolution.coreference_pronouns import bound

_TERROR = frozenset(
    ("terror terrorist jihadist extremist militant insurgent rebel guerrilla islamist radical banned separatist armed outlawed subversive takfiri").split()
)
# What is said of an actor in anger or admiration tells nothing of which actor is meant.
_JUDGING = frozenset(
    "barbaric murderous vile brutal evil savage ruthless notorious feared bloodthirsty heinous hateful cowardly deadly bloody violent powerful".split()
)
_HARD = frozenset("terror terrorist jihadist extremist takfiri".split())
_NONSTATE = frozenset({"armed_group", "militia", "party", "coalition"})
# Modifiers that say of an actor no more than its type does.
_APT = {
    "ngo": frozenset(
        (
            "campaign rights human aid monitoring advocacy humanitarian relief medical charity watchdog opposition war international non governmental "
            "independent activist"
        ).split()
    ),
    "igo": frozenset(
        "international world global un regional health aid refugee migration intergovernmental bloc security peacekeeping african european".split()
    ),
    "media": frozenset("news state official semi run local pro government private".split()),
    "armed_group": frozenset(
        "group shiite shia sunni kurdish muslim leftist marxist maoist communist islamic armed opposition palestinian tamil tuareg".split()
    ),
    "militia": frozenset("armed shiite shia sunni kurdish tribal pro government".split()),
    "coalition": frozenset("international military us led global multinational kurdish arab dominated western".split()),
    "party": frozenset("political ruling opposition islamist kurdish leftist".split()),
}
# What only a name that is known to rule or to command may be called.
_RULING = frozenset({"government", "military", "state", "police"})
_NEAR, _FAR = 4, 12
_BACK = 200
"""So many phrases of a cluster are looked back over for one of the same words."""
_UNSURE = frozenset(
    (
        "country nation state republic kingdom official man woman person people member source resident civilian soldier officer child worker one time year day"
    ).split()
)


def join_noun(document: Document, clusters: Clusters, p: Phrase, past: Sequence[Cluster]) -> None:
    """Join a noun phrase to what it refers back to, where that is plain."""
    if p.definite == "indefinite" or p.key or p.place is not None:
        return
    found = _same_words(clusters, p, past) or _same_head(clusters, p, past)
    if found is not None:
        clusters.join(found.phrases[0], p, ("coreference:same_head", f"{p.text} again"))
        return
    if p.definite == "definite" and p.kind in (GROUP, PERSON):
        found = _by_title(clusters, p, past) if p.kind == PERSON else _by_epithet(document, clusters, p, past)
        if found is not None:
            name = next((q.text for q in found.phrases if q.form == "name"), found.phrases[0].text)
            clusters.join(found.phrases[0], p, ("coreference:epithet", f"{p.text} refers to {name}, the most salient that it fits"))


def _same_words(clusters: Clusters, p: Phrase, past: Sequence[Cluster]) -> Cluster | None:
    """A cluster with a phrase of the same words; bare plurals of people only close by, for each time they may be others."""
    if p.part:
        return None
    for cluster in reversed(past):
        if p.lemma not in cluster.lemmas:
            continue
        same = _latest_alike(cluster, p)
        if same is None or not clusters.may_join(cluster, clusters.of(p)):
            continue
        if p.definite != "bare" or p.kind == OTHER or (p.kind == GROUP and p.sentence - same.sentence <= _NEAR):
            return cluster
    return None


def _latest_alike(cluster: Cluster, p: Phrase) -> Phrase | None:
    """The latest noun phrase of a cluster before ``p`` with the same words."""
    before = cluster.count_before(p)
    for n in range(before - 1, max(before - _BACK, 0) - 1, -1):
        q = cluster.phrases[n]
        if q.form == "noun" and q.words == p.words and not q.part:
            return q
    return None


def _same_head(clusters: Clusters, p: Phrase, past: Sequence[Cluster]) -> Cluster | None:
    """The latest cluster with a phrase of the same head, where the phrase is definite and adds nothing that the cluster has not."""
    if p.definite not in ("definite",) or p.part:
        return None
    found: list[Cluster] = []
    for cluster in reversed(past):
        if p.lemma not in cluster.lemmas or cluster.gap(p) > _FAR or not clusters.may_join(cluster, clusters.of(p)):
            continue
        if p.modifiers <= cluster.modifiers | cluster.lemmas:
            found.append(cluster)
    if not found or (len(found) > 1 and found[0].gap(p) == found[1].gap(p) and not p.modifiers):
        return None
    return found[0]


def _by_title(clusters: Clusters, p: Phrase, past: Sequence[Cluster]) -> Cluster | None:
    """The person who bears the title ("the president"), where just one of the persons named lately does."""
    words = {p.lemma, *(p.noun.noun.split()[-1:] if p.noun else ())}
    found = [
        c
        for c in reversed(past)
        if c.kind == PERSON
        and c.named
        and words & (c.titles | c.lemmas)
        and c.gap(p) <= _FAR
        and clusters.may_join(c, clusters.of(p))
        and (not p.country or c.country in (None, p.country))
    ]
    if len(found) > 1 and found[0].gap(p) <= 1 and found[1].gap(p) > 2:
        return found[0]
    return found[0] if len(found) == 1 else None


def _by_epithet(document: Document, clusters: Clusters, p: Phrase, past: Sequence[Cluster]) -> Cluster | None:
    """The named actor of a fitting type that was mentioned last, where no other stands as near."""
    if p.noun is None or p.lemma in _UNSURE or not p.types or (p.number == "plural" and not p.noun.features & {"armed", "nonstate"}):
        return None
    near = [c for c in reversed(past) if c.kind == GROUP and c.gap(p) <= _NEAR and not _beside(document, p, c)]
    fitting = [c for c in near if _fits(clusters, p, c) and clusters.may_join(c, clusters.of(p))]
    if not fitting:
        return None
    fitting = [c for c in fitting if p.lemma in c.modifiers | c.lemmas] or fitting
    if len(fitting) > 1 and _seat(p.text):
        return None  # which of them sits there is not said
    ranked = sorted(((_salience(p, c), -n, c) for n, c in enumerate(fitting)), key=lambda row: row[:2], reverse=True)
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 2:
        return None
    return ranked[0][2]


def _beside(document: Document, p: Phrase, c: Cluster) -> bool:
    """Whether the sentence itself tells the two apart: members of one list, or subject and object of one verb."""
    here = takewhile(lambda q: q.sentence == p.sentence, (c.phrases[n] for n in range(c.count_before(p) - 1, -1, -1)))
    return any(bound(document, p, q) for q in here)


def _fits(clusters: Clusters, p: Phrase, c: Cluster) -> bool:
    """Whether the noun's types, its hard words and its nationality allow the actor."""
    kind = clusters.type_of(c) or (next(iter(c.types)) if len(c.types) == 1 and c.named else "")
    actor = clusters.whos_who.get(c.key)
    hard = p.modifiers & _TERROR or (p.noun is not None and "nonstate" in p.noun.features)
    if hard and kind not in _NONSTATE and not (kind == "" and c.named and "FORCE" in c.labels):
        return False
    if p.modifiers & _HARD and actor is not None and kind == "coalition":
        return False
    if not c.named:
        return False
    if kind:
        if kind not in p.types:
            return False
    elif set(p.types) <= _RULING or c.name_labels.isdisjoint(("ORG", "FORCE")):
        return False
    if p.country and actor is not None and p.country not in actor.countries:
        return False
    if p.country and actor is None and c.country not in (p.country, None):
        return False
    rest = p.modifiers - _TERROR - _JUDGING - c.modifiers - _APT.get(kind, frozenset()) - _seat(p.text)
    return not {w for w in rest if w not in clusters.whos_who.adjectives and w not in clusters.whos_who.country_names}


_BASED = re.compile(r"([\w. ]+)[-‑]\s?based\b", re.IGNORECASE)


def _seat(text: str) -> frozenset[str]:
    """The words that say where an actor sits: "the Britain-based monitor"."""
    return frozenset(word for found in _BASED.finditer(text) for word in (*found.group(1).lower().replace(".", "").split(), "based"))


def _salience(p: Phrase, c: Cluster) -> float:
    """How present an actor is at this point of the text: near, a subject, often mentioned."""
    near = max(0.0, 6.0 - 2.0 * c.gap(p))
    subject = 2.0 if any(q.role == "subject" and p.sentence - q.sentence <= 1 for q in c.phrases[max(0, c.count_before(p) - 4) : c.count_before(p)]) else 0.0
    return near + subject + min(4, c.count_before(p)) * 0.75


__all__ = ["PLACE", "join_noun"]
