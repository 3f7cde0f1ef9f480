"""Third-person pronouns: the nearest salient phrase that agrees in number, gender and kind."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.document import Document, Token
from dateline.resolution.coreference_clusters import Cluster, Clusters
from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, WEAPON, Phrase

_WINDOW = {"he": 3, "she": 3, "it": 1, "they": 2}
_MARGIN = {"he": 1.0, "she": 1.0, "it": 1.8, "they": 1.8}


def join_pronoun(document: Document, clusters: Clusters, p: Phrase, past: Sequence[Cluster], speakers: dict[int, Phrase], reported: frozenset[int]) -> None:
    """Join "he", "she", "it" or "they" to its antecedent, where one stands out."""
    if p.pronoun == "you":
        before = _latest_you(clusters, p)
        if before is not None:
            clusters.join(before, p, ("coreference:pronoun", "the same person spoken to"))
        return
    if (kin := _spoken_of(document, clusters, p, speakers)) is not None:
        clusters.join(kin, p, ("coreference:kin", f"{p.text} are those whose kin speak"))
        return
    scored: list[tuple[float, int, Cluster]] = []
    thing = _subject_around(document, p)
    own = clusters.of(p)
    mine = {q.statement for q in own.phrases if q.pronoun in ("i", "we") and q.statement is not None}
    speaker = clusters.of(speakers[p.statement]) if p.statement is not None and p.statement in speakers else None
    for n, cluster in enumerate(reversed(past)):
        if cluster.gap(p) > _WINDOW[p.pronoun] or cluster is own:
            continue  # the "I" of a quotation is "he" who says it, and tells not who he is
        if mine and any(q.statement in mine and q.pronoun not in ("i", "we", "you") for q in cluster.phrases):
            continue  # whom somebody's own words speak of as another
        if thing is not None and all(q.head < thing for q in cluster.phrases if q.head < p.head):
            continue
        score = _score(document, clusters, p, cluster)
        if score is None:
            continue
        if p.pronoun == "they" and p.statement is not None and p.statement not in reported and cluster.before(p).statement != p.statement:
            if cluster.number != "plural" or document.tokens[cluster.before(p).head].deprel == "nsubj:pass":
                continue  # whom a speaker calls "they" need not be in the report, and are hardly those just told of as harmed
            score -= 2.0
        if cluster is speaker:
            score += 2.5 if p.statement in reported else -6.0
        scored.append((score, -n, cluster))
    if not scored:
        return
    scored.sort(key=lambda row: row[:2], reverse=True)
    best = scored[0]
    if len(scored) > 1 and best[0] - scored[1][0] < _MARGIN[p.pronoun]:
        return
    clusters.join(best[2].phrases[0], p, ("coreference:pronoun", f"{p.text} agrees with {best[2].before(p).text}"))


_KIN = frozenset(
    "relative family parent mother father wife husband widow son daughter brother sister lawyer attorney friend neighbour neighbor colleague".split()
)


def _spoken_of(document: Document, clusters: Clusters, p: Phrase, speakers: dict[int, Phrase]) -> Phrase | None:
    """Whom the kin or lawyers of somebody speak of as harmed: "Relatives of four men say that soldiers shot them"."""
    speaker = speakers.get(p.statement) if p.statement is not None else None
    if speaker is None or p.pronoun not in ("they", "he", "she") or document.tokens[p.head].deprel not in ("obj", "nsubj:pass"):
        return None
    if document.tokens[speaker.head].lemma.lower() not in _KIN:
        return None
    owners = {c.i for c in document.children(speaker.head, "nmod")}
    named = [q for q in clusters.phrases if q.head in owners and q.head < p.head and _agrees(p, clusters.of(q))]
    return named[0] if len(named) == 1 and clusters.may_join(clusters.of(named[0]), clusters.of(p)) else None


def _subject_around(document: Document, p: Phrase) -> int | None:
    """The thing of which a clause tells when it was hit: "the hospital was full when it was bombed" has no "it" before the hospital."""
    token = document.tokens[p.head]
    verb = document.tokens[token.head]
    if p.pronoun != "it" or token.deprel != "nsubj:pass" or verb.deprel.split(":")[0] != "advcl":
        return None
    around = [t for t in document.children(verb.head, "nsubj") if t.i < p.head and t.upos in ("NOUN", "PROPN") and "Number=Plur" not in t.feats]
    return around[0].i if len(around) == 1 else None


def _latest_you(clusters: Clusters, p: Phrase) -> Phrase | None:
    """The latest "you" of the same words of the same speaker."""
    for n in range(p.i - 1, -1, -1):
        q = clusters.phrases[n]
        if p.sentence - q.sentence > 3:
            return None
        if q.pronoun == "you" and q.statement == p.statement:
            return q
    return None


def _score(document: Document, clusters: Clusters, p: Phrase, c: Cluster) -> float | None:
    """How well a cluster answers the pronoun; None where it cannot."""
    if not _agrees(p, c) or not clusters.may_join(c, clusters.of(p)):
        return None
    q = c.before(p)
    if q.head >= p.head or bound(document, p, q):
        return None
    score = -3.0 * (p.sentence - q.sentence) - 0.04 * min(50, p.head - q.head)
    score += {"subject": 4.0, "object": 1.0, "possessor": 0.5, "root": 1.0}.get(q.role, 0.0)
    score += 1.5 if q.form == "pronoun" else 0.8 if c.named else 0.0
    score += min(4, c.count_before(p)) * 0.4
    if q.role == "subject" and p.role == "subject":
        score += 1.0
    if (q.statement is None) != (p.statement is None):
        score -= 1.5
    if c.kind == PERSON and p.gender and c.gender == p.gender:
        score += 2.0
    if p.pronoun == "they":
        score += 1.0 if c.number == "plural" else -1.0
    if p.pronoun == "it" and c.kind == PLACE:
        score -= 2.0 if p.role == "possessor" and q.role != "subject" else 1.0
    if p.pronoun == "it" and c.kind in (PLACE, GROUP) and _taken(document, p):
        score += 6.0 if c.kind == PLACE else -3.0
    if p.pronoun == "it" and c.kind == OTHER and not c.named:
        score -= 0.5
    return score


_TAKES = frozenset("retake recapture regain reclaim reconquer reoccupy wrest occupy overrun liberate capture conquer annex".split())


def _taken(document: Document, p: Phrase) -> bool:
    """Whether a pronoun is what somebody takes back or over, or loses to somebody: a place sooner than a party."""
    token = document.tokens[p.head]
    verb = document.tokens[token.head]
    if token.deprel != "obj" or verb.upos != "VERB":
        return False
    beside = {c.text.lower() for c in document.children(verb.i, "compound", "advmod")}
    to = any(m.lemma.lower() == "to" for c in document.children(verb.i, "obl") for m in document.children(c.i, "case"))
    lemma = verb.lemma.lower()
    until = verb.deprel.split(":")[0] == "advcl" and document.tokens[verb.head].lemma.lower() in ("hold", "control", "govern")
    return (
        lemma in _TAKES or (until and lemma in ("take", "seize")) or (lemma in ("take", "win") and bool(beside & {"back", "over"})) or (lemma == "lose" and to)
    )


def _agrees(p: Phrase, c: Cluster) -> bool:
    if c.pronouns <= {"i", "we", "you"}:
        return False
    if p.pronoun in ("he", "she"):
        return c.kind == PERSON and c.number == "singular" or (c.kind == "" and p.pronoun in c.pronouns)
    if c.kind == PERSON:
        return p.pronoun == "they" and c.number == "plural"
    if not c.pronouns.isdisjoint(("he", "she", "i", "you")):
        return False
    if p.pronoun == "it":
        one = c.number in ("singular", "group") or (c.kind == GROUP and c.before(p).number == "group")  # "troops ... the army said it"
        return one and (c.named or "they" not in c.pronouns)
    return c.number in ("plural", "group") and c.kind in (GROUP, WEAPON, OTHER, PLACE, "") and c.kind != PLACE


def bound(document: Document, p: Phrase, q: Phrase) -> bool:
    """Whether syntax keeps the two apart: subject and object of one verb ("he saw him"), or one within the phrase of the other."""
    a, b = document.tokens[p.head], document.tokens[q.head]
    if p.text.lower().endswith(("self", "selves")):
        return False
    if (
        a.head == b.head
        and a.deprel != "nmod:poss"
        and {a.deprel.split(":")[0], b.deprel.split(":")[0]} <= {"nsubj", "obj", "iobj", "obl"}
        and a.sentence == b.sentence
    ):
        return True
    if "conj" in (a.deprel, b.deprel) and _first_of(document, a) == _first_of(document, b):
        return True  # "the SDF and the coalition" are two
    return q.start <= p.start and p.end <= q.end


def _first_of(document: Document, token: Token) -> int:
    """The first word of the list that a word is in."""
    while token.deprel == "conj" and token.head != token.i:
        token = document.tokens[token.head]
    return token.i
