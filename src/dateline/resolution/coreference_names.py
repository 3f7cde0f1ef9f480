"""Names of one report that are one: by the who's who, in full and short, by surname, by acronym in brackets."""

from __future__ import annotations

import re
from collections import defaultdict

from dateline.aliases import fold
from dateline.language.document import Document
from dateline.resolution.coreference_clusters import Clusters
from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, Phrase

_SUFFIXES = frozenset("jr sr ii iii iv i v".split())
_PARTICLES = frozenset("al el bin ibn abu de la del van von der den da dos das el ben ould".split())
_STOP = frozenset("of the and for in on to a de la del y".split())


def join_names(document: Document, clusters: Clusters) -> None:
    """Join the names that are the same actor, person or place."""
    names = [p for p in clusters.phrases if p.form == "name" or p.place is not None and p.kind == PLACE]
    first_by: dict[tuple[str, str], Phrase] = {}
    for p in names:
        place = clusters.of(p).place
        same = ("place", place) if place else ("key", p.key) if p.key else ("text", f"{_group(p)} {_plain(p)}")
        if same in first_by:
            clusters.join(first_by[same], p)
        else:
            first_by[same] = p
    _join_resolved_nouns(clusters)
    _join_persons(clusters, [p for p in names if p.kind == PERSON])
    _join_acronyms(document, clusters, [p for p in names if p.kind in (GROUP, OTHER)])
    groups = [p for p in names if p.kind in (GROUP, OTHER)]
    _join_initials(clusters, groups)
    _join_short(clusters, [p for p in groups if p.kind == GROUP])
    _join_ends(clusters, groups)


def _group(p: Phrase) -> str:
    return p.kind if p.kind in (PERSON, PLACE) else GROUP


def _plain(p: Phrase) -> str:
    return " ".join(p.words) or fold(p.text)


def _join_resolved_nouns(clusters: Clusters) -> None:
    """Noun phrases whose own words say which actor they mean ("the Syrian army"), all of the actor and not some of its members."""
    first_by: dict[str, Phrase] = {}
    for p in clusters.phrases:
        if p.key and not p.part and p.kind == GROUP:
            if p.key in first_by:
                clusters.join(first_by[p.key], p, p.why)
            else:
                first_by[p.key] = p


def _join_persons(clusters: Clusters, persons: list[Phrase]) -> None:
    """A surname alone is the one person of the report with that surname; first and last name are the same with or without what stands between."""
    full: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    by_surname: dict[str, list[Phrase]] = defaultdict(list)
    for p in persons:
        parts = _parts(p)
        if len(parts) > 1:
            full[(parts[0], parts[-1])].append(p)
    for same in full.values():
        for p in same[1:]:
            clusters.join(same[0], p, ("coreference:full_name", f"{same[0].text} / {p.text}"))
    for (_, surname), same in full.items():
        by_surname[surname].append(same[0])
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for (first, _), same in full.items():
        by_first[first].append(same[0])
    for p in persons:
        parts = _parts(p)
        if len(parts) != 1:
            continue
        bearers = _fitting(clusters, p, by_surname.get(parts[0], []))
        if len(bearers) > 1:
            earlier = [b for b in bearers if b.i < p.i]
            bearers = earlier if len(earlier) == 1 else []
        if not bearers and parts[0] not in by_surname:
            bearers = _fitting(clusters, p, by_first.get(parts[0], []))
        if len(bearers) == 1:
            clusters.join(bearers[0], p, ("coreference:surname", f"{p.text} is {bearers[0].text}"))


def _fitting(clusters: Clusters, p: Phrase, bearers: list[Phrase]) -> list[Phrase]:
    return [b for b in bearers if clusters.may_join(clusters.of(b), clusters.of(p))]


def _parts(p: Phrase) -> list[str]:
    """The words of a person's name without suffixes, initials and particles."""
    words = [w.strip(".") for w in p.words if w.strip(".") not in _SUFFIXES or len(p.words) == 1]
    kept = [
        w for n, w in enumerate(words) if (len(w) > 1 or len(words) == 1) and (w not in _PARTICLES or len(words) == 1) and not (w.startswith(('"', "“")) and n)
    ]
    return kept or words


def _join_acronyms(document: Document, clusters: Clusters, names: list[Phrase]) -> None:
    """ "Popular Front for Change (PFC)": letters in brackets after a name whose initials they are, and every later use of them."""
    known: dict[str, Phrase] = {}
    last: Phrase | None = None
    for p in names:
        flat = p.text.replace(".", "")
        if (
            last is not None
            and flat.isupper()
            and 1 < len(flat) <= 8
            and " " not in flat
            and re.fullmatch(r"\W*\(\s*[\"“]?(?:the )?", document.text[last.end : p.start])
        ):
            if _initials_fit(last.text, flat) and clusters.join(last, p, ("coreference:acronym", f"{p.text} stands in brackets after {last.text}")):
                known[flat] = p
        elif flat in known:
            clusters.join(known[flat], p, ("coreference:acronym", f"{p.text} was introduced before"))
        last = p


def _initials_fit(name: str, acronym: str) -> bool:
    """Whether the letters of the acronym occur in order at the heads of the name's words, but for at most one (translations)."""
    words = [w for w in re.split(r"[\s\-]+", name) if w]
    if len(words) < 2:
        return False
    initials = "".join(w[0] for w in words if w.lower() not in _STOP).upper()
    at = 0
    for letter in acronym.upper():
        found = initials.find(letter, at)
        if found >= 0:
            at = found + 1
    return acronym.upper() == initials or (initials[:1] == acronym[:1].upper() and at >= len(acronym) - 1)


def _join_short(clusters: Clusters, names: list[Phrase]) -> None:
    """A name that is the beginning of just one longer name of the report ("Sadiq Brigade" and "Sadiq Brigade for the Defence of Homs")."""
    longer: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for p in names:
        if clusters.of(p).phrases[0] is p and not p.key:
            for n in range(2, len(p.words)):
                longer[p.words[:n]].append(p)
    for p in names:
        if len(p.words) >= 2 and not p.key and clusters.of(p).phrases[0] is p and len(longer.get(p.words, ())) == 1:
            clusters.join(longer[p.words][0], p, ("coreference:short_name", f"{p.text} is the beginning of {longer[p.words][0].text}"))


def _join_initials(clusters: Clusters, names: list[Phrase]) -> None:
    """Capitals that are the initials of just one name of the report told in full ("NHTSA"), though no bracket introduces them."""
    full: dict[str, list[Phrase]] = defaultdict(list)
    for p in names:
        words = [w for w in re.split(r"[\s\-]+", p.text) if w and w.lower() not in _STOP]
        if len(words) > 2 and not p.text.isupper():
            full["".join(w[0] for w in words).upper()].append(p)
    for p in names:
        flat = p.text.replace(".", "")
        bearers = {id(clusters.of(b)): b for b in full.get(flat, ())} if flat.isupper() and len(flat) > 2 else {}
        if len(bearers) == 1 and not p.key:
            bearer = next(iter(bearers.values()))
            clusters.join(bearer, p, ("coreference:initials", f"{p.text} are the initials of {bearer.text}"))


# Words for bodies that alone, with a capital, stand for the one such body that the report names ("the Commission").
_BODIES = frozenset(
    (
        "army council commission committee coalition ministry department agency organisation organization front movement union party alliance league bank "
        "court foundation institute university observatory brigade battalion brotherhood authority assembly federation"
    ).split()
)


def _join_ends(clusters: Clusters, names: list[Phrase]) -> None:
    """A name that is the end of just one longer name told before ("Transportation Department" of "U.S. Transportation Department", "the Commission")."""
    for p in names:
        if p.key or not p.words or (len(p.words) == 1 and (p.words[0] not in _BODIES or not p.text[:1].isupper())):
            continue
        longer = [q for q in names if q.i < p.i and len(q.words) > len(p.words) and q.words[-len(p.words) :] == p.words]
        bodies = {id(clusters.of(q)): q for q in longer}
        if len(bodies) == 1:
            body = next(iter(bodies.values()))
            clusters.join(body, p, ("coreference:end_of_name", f"{p.text} is the end of {body.text}"))
