"""Which phrases of a report refer to the same: names first, then what syntax says, then nouns and pronouns from left to right.

Precision before recall: a phrase that could be two things stays by itself.
"""

from __future__ import annotations

from dateline.extraction.findings import Findings
from dateline.extraction.mentions_names import SAME_GROUP
from dateline.language.document import Document
from dateline.resolution.coreference_clusters import Cluster, Clusters
from dateline.resolution.coreference_names import join_names
from dateline.resolution.coreference_nouns import join_noun
from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, Phrase
from dateline.resolution.coreference_pronouns import join_pronoun

_NO_APPOSITION = frozenset({PLACE})


def corefer(document: Document, findings: Findings, clusters: Clusters) -> None:
    """Join what refers to the same, in place."""
    by_head = {p.head: p for p in clusters.phrases}
    join_names(document, clusters)
    _join_by_syntax(document, clusters, by_head)
    for found in findings.relations:
        one, two = by_head.get(found.source), by_head.get(found.target)
        if found.rule == "alias:apposed" and one is not None and two is not None and one.kind == two.kind == PERSON:
            clusters.join(one, two, ("coreference:apposition", f"{one.text} / {two.text}"))
    speakers = _speakers(findings, _by_token(clusters.phrases))
    reported = frozenset(i for i, s in enumerate(findings.statements) if s.mode == "indirect")
    voices: dict[str, Phrase] = {}
    quoted = _quoted(document, findings)
    mouths = _institutions(findings, by_head)
    past: list[Cluster] = []
    for p in clusters.phrases:
        if p.pronoun in ("i", "we"):
            _join_first_person(clusters, p, quoted.get(p.head), speakers, voices, mouths)
        elif p.pronoun:
            join_pronoun(document, clusters, p, past, speakers, reported)
        elif p.form == "noun" and clusters.of(p).phrases[0] is p:
            join_noun(document, clusters, p, past)
        here = clusters.of(p)
        if p.pronoun:
            past[:] = [c for c in past if clusters.of(c.phrases[0]) is c]  # what was joined with another counts once
        if here in past:
            past.remove(here)
        past.append(here)
        del past[:-80]
    for p in clusters.phrases:
        _join_own(document, clusters, p, by_head)


def _by_token(phrases: list[Phrase]) -> dict[int, Phrase]:
    """The phrase that each token heads, or stands in where it is part of a name."""
    made = {p.head: p for p in phrases}
    for p in phrases:
        if p.form == "name":
            for i in range(p.first, p.last):
                made.setdefault(i, p)
    return made


def _speakers(findings: Findings, by_head: dict[int, Phrase]) -> dict[int, Phrase]:
    """The phrase that speaks, by index of the statement."""
    return {i: by_head[s.speaker] for i, s in enumerate(findings.statements) if s.speaker is not None and s.speaker in by_head}


def _join_by_syntax(document: Document, clusters: Clusters, by_head: dict[int, Phrase]) -> None:
    """Appositions ("X, an alliance of militias"), predicates ("X is a militant group") and nouns before a name ("the group Ansar Dine")."""
    by_last = {p.last: p for p in clusters.phrases if p.form == "name"}
    for p in clusters.phrases:
        token = document.tokens[p.head]
        name = _apposed_to(document, p, by_last)
        other = by_head.get(token.head) if token.deprel.split(":")[0] == "appos" else None
        if name is not None:
            clusters.join(name, p, ("coreference:apposition", f"{name.text}, {p.text}"))
        elif other is not None and not (p.kind == PLACE and other.kind == PLACE) and _may_be_apposed(document, p, other):
            clusters.join(other, p, ("coreference:apposition", f"{other.text} / {p.text}"))
        elif (called := _called(document, p, by_last)) is not None:
            clusters.join(called, p, ("coreference:kind_behind_name", f"{called.text} / {p.text}"), nested=True)
        elif p.form == "noun" and (subject := _subject_of(document, p, by_head)) is not None:
            clusters.join(subject, p, ("coreference:predicate", f"{subject.text} is {p.text}"))


def _called(document: Document, p: Phrase, by_last: dict[int, Phrase]) -> Phrase | None:
    """The name of a group right before the noun that says of what kind it is: "the Northern Front group"."""
    if p.form != "noun" or p.kind != GROUP or p.definite != "definite" or p.number == "plural" or p.part or p.lemma not in SAME_GROUP:
        return None
    name = by_last.get(p.head)
    if name is None or name.kind != GROUP or (name.mention is not None and name.mention.label not in ("ORG", "FORCE")):
        return None
    return name if all(t.upos == "DET" for t in document.tokens[p.first : name.first]) else None


def _apposed_to(document: Document, p: Phrase, by_last: dict[int, Phrase]) -> Phrase | None:
    """The name right before a comma and a phrase that says what it is, whatever the tree makes of it.

    "X, an alliance of militias"; "Y, commander of the brigade".
    """
    if p.form != "noun" or p.noun is None or p.number == "plural" or p.first < 2 or document.tokens[p.first - 1].text != ",":
        return None
    if p.last < len(document.tokens) and document.tokens[p.last].text.lower() in ("and", "or"):
        return None
    name = by_last.get(p.first - 1)
    opening = document.tokens[p.first].text.lower()
    if name is None or (opening not in ("a", "an") and not (name.kind == PERSON and p.kind == PERSON and p.definite == "bare")):
        return None
    return name if name.kind == p.kind else None


def _may_be_apposed(document: Document, p: Phrase, other: Phrase) -> bool:
    """Not where the parser took a list or a place after a comma for an apposition."""
    if PLACE in (p.kind, other.kind) and p.kind != other.kind:
        return False
    if p.kind == OTHER and other.kind == OTHER:
        return p.number == other.number
    if (
        p.form == "name"
        and other.form == "name"
        and (PERSON in (p.kind, other.kind) or (p.kind == GROUP and not p.text.isupper() and not other.text.isupper()))
    ):
        return False  # a person and an office, a battalion and its regiment
    return not any(document.tokens[i].deprel == "conj" and document.tokens[i].head == other.head for i in range(other.head, p.head))


def _subject_of(document: Document, p: Phrase, by_head: dict[int, Phrase]) -> Phrase | None:
    """The subject of which the phrase is the predicate noun, affirmed as a fact."""
    cops = document.children(p.head, "cop")
    if not cops or any(c.lemma.lower() in ("not", "never", "no") for c in document.children(p.head, "advmod", "det")):
        return None
    if any(c.lemma.lower() in ("may", "might", "could", "would", "should", "can", "must") for c in document.children(p.head, "aux")) or document.children(
        p.head, "mark"
    ):
        return None
    subjects = [by_head[c.i] for c in document.children(p.head, "nsubj") if c.i in by_head]
    if len(subjects) != 1 or subjects[0].part or p.definite == "bare" and p.number == "plural":
        return None
    return subjects[0]


def _quoted(document: Document, findings: Findings) -> dict[int, int]:
    """Index of the innermost statement in its speaker's own words, by token: in reported speech "I" is whoever reports."""
    made: dict[int, int] = {}
    sizes = [(sum(e - s for s, e in found.content), i) for i, found in enumerate(findings.statements) if found.mode != "indirect"]
    for _, i in sorted(sizes, reverse=True):
        for start, end in findings.statements[i].content:
            for token in document.tokens_in(start, end):
                made[token.i] = i
    return made


def _institutions(findings: Findings, by_head: dict[int, Phrase]) -> dict[int, Phrase]:
    """Whom a person speaks for, by head of the person's phrase: the body that the words give as spoken for or led."""
    made: dict[int, Phrase] = {}
    for kind in ("leads", "spokesperson_of"):
        for found in findings.relations:
            source, target = by_head.get(found.source), by_head.get(found.target)
            if found.type == kind and source is not None and target is not None and source.kind == PERSON and target.kind == GROUP:
                made[source.head] = target
    return made


def _join_first_person(
    clusters: Clusters, p: Phrase, statement: int | None, speakers: dict[int, Phrase], voices: dict[str, Phrase], mouths: dict[int, Phrase]
) -> None:
    """ "We" and "I" within somebody's words are the speaker, "we" in a spokesman's or leader's mouth the body that he speaks for.

    Another person's "we" is a group of its own, and so is the voice of the report.
    """
    speaker = speakers.get(statement) if statement is not None else None
    whole = clusters.of(speaker) if speaker is not None else None
    if whole is not None and whole.kind == PERSON and p.pronoun == "we":
        bodies = {id(clusters.of(b)): b for q in whole.phrases if (b := mouths.get(q.head)) is not None}
        speaker = next(iter(bodies.values())) if len(bodies) == 1 else speaker
        whole = clusters.of(speaker) if speaker is not None else whole
    if speaker is not None and whole is not None and not (p.pronoun == "we" and whole.kind == PERSON):
        if p.pronoun == "we" or whole.kind != GROUP or not whole.named:
            clusters.join(speaker, p, ("coreference:first_person", f"{speaker.text} is speaking"))
        return
    voice = f"{p.pronoun} in the mouth of {whole.phrases[0].i}" if whole is not None else f"{p.pronoun} in statement {statement}"
    if voice in voices:
        clusters.join(voices[voice], p, ("coreference:first_person", "the same voice"))
    else:
        voices[voice] = p


def _join_own(document: Document, clusters: Clusters, p: Phrase, by_head: dict[int, Phrase]) -> None:
    """The actor's own: "our forces" and "their fighters" of an armed actor are that actor."""
    if p.kind != GROUP or p.noun is None or "armed" not in p.noun.features or p.noun.number != "plural" or p.part or p.key:
        return
    for child in document.children(p.head, "nmod:poss"):
        owner = by_head.get(child.i)
        if owner is not None and owner.form == "pronoun" and clusters.of(owner).named and clusters.type_of(clusters.of(owner)) in _ARMED:
            clusters.join(owner, p, ("coreference:own_forces", f"{p.text} are the actor's own"), nested=True)


_ARMED = frozenset({"armed_group", "militia", "coalition", "military"})
