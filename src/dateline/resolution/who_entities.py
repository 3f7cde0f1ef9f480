"""Clusters become the entities of the reading: kind, type, name, country, mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dateline.aliases import fold
from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Entity, Mention
from dateline.resolution.coreference_clusters import Cluster, Clusters
from dateline.resolution.coreference_phrases import GROUP, OTHER, PERSON, PLACE, WEAPON, Phrase
from dateline.resolution.scene import EntityTable, PlaceResolved
from dateline.whoswho import Actor

_BY_LABEL = {"ORG": "other", "FORCE": "armed_group", "NORP": "ethnic_group"}
_NAME_TYPES = (
    (
        "government",
        (
            "ministry",
            "government",
            "parliament",
            "senate",
            "department",
            "congress",
            "cabinet",
            "council",
            "authority",
            "court",
            "embassy",
            "office",
            "assembly",
            "administration",
            "presidency",
            "commission",
            "ministries",
        ),
    ),
    (
        "military",
        ("army", "navy", "brigade", "battalion", "regiment", "corps", "forces", "command", "fleet", "division", "squadron", "guard", "guards", "military"),
    ),
    ("police", ("police", "gendarmerie", "constabulary")),
    (
        "media",
        ("news", "times", "tv", "television", "radio", "newspaper", "post", "herald", "agency", "press", "daily", "tribune", "journal", "channel", "network"),
    ),
    (
        "ngo",
        (
            "observatory",
            "foundation",
            "watch",
            "relief",
            "charity",
            "association",
            "federation",
            "centre",
            "center",
            "union",
            "committee",
            "society",
            "institute",
            "crescent",
            "cross",
        ),
    ),
    ("party", ("party", "congress")),
    ("igo", ("nations", "organization", "organisation")),
    ("coalition", ("coalition", "alliance")),
    ("armed_group", ("front", "movement", "militia", "guerrillas", "jihad", "cartel", "resistance", "rebels", "brigades")),
    ("company", ("company", "corp", "inc", "ltd", "airlines", "bank", "group", "farms", "industries", "holdings", "motors", "petroleum", "telecom", "airways")),
    ("other", ("university", "college", "school", "hospital", "club", "team")),
)
# Words that only regular forces have in their names.
_UNITS = frozenset(
    "task air naval expeditionary wing airborne infantry armored armoured cavalry artillery marine marines fighter coast fleet aviation joint paratroopers "
    "reconnaissance mechanised mechanized logistics".split()
)
_FORCE_TYPES = frozenset({"military", "police", "armed_group", "coalition"})


def make_table(document: Document, findings: Findings, places: Sequence[PlaceResolved], clusters: Clusters) -> EntityTable:
    """The entities in order of first mention, and which token and place expression refers to which."""
    entities: list[Entity] = []
    by_token: dict[int, str] = {}
    evidence: dict[str, tuple[str, str]] = {}
    ids_by_place: dict[str, str] = {}
    for cluster in clusters.all():
        if not _kept(cluster):
            continue
        entity = _entity(f"e{len(entities) + 1}", cluster, clusters, places)
        entities.append(entity)
        if cluster.why[0]:
            evidence[entity.id] = cluster.why
        if entity.kind == PLACE and cluster.place is not None:
            ids_by_place[cluster.place] = entity.id
        for p in cluster.phrases:
            by_token[p.head] = entity.id
    _fill_names(findings, by_token)
    place_ids = tuple(ids_by_place.get(places[i].key) if i < len(places) else None for i in range(len(findings.places)))
    return EntityTable(tuple(entities), by_token, place_ids, evidence)


def _kept(cluster: Cluster) -> bool:
    """Whether a cluster is an entity of the reading: an actor, person, place or weapon, or another thing with a name.

    Never a pronoun alone, but for the "I" and "we" of a speaker whom nothing names.
    """
    if all(p.form == "pronoun" for p in cluster.phrases):
        return any(p.pronoun in ("i", "we") for p in cluster.phrases)
    if cluster.kind in (GROUP, PERSON, WEAPON):
        return any(p.mention is not None for p in cluster.phrases)
    if cluster.kind == PLACE:
        return True
    return any(p.form == "name" and p.mention is not None and (len(p.words) > 1 or p.mention.score > 0.8) for p in cluster.phrases)


def _fill_names(findings: Findings, by_token: dict[int, str]) -> None:
    """Every token of a name stands for its entity, unless it heads another mention."""
    for mention in findings.mentions:
        if mention.form == "name" and mention.head in by_token:
            for i in range(mention.first, mention.last):
                by_token.setdefault(i, by_token[mention.head])


def _entity(ident: str, cluster: Cluster, clusters: Clusters, places: Sequence[PlaceResolved]) -> Entity:
    mentions = _mentions(cluster)
    name = _best_name(cluster, clusters)
    aliases = tuple(dict.fromkeys(p.text for p in cluster.phrases if p.form == "name" and fold(p.text) != fold(name)))
    if cluster.kind == PLACE:
        place = next((places[p.place] for p in cluster.phrases if p.place is not None and p.place < len(places)), None)
        if place is not None:
            called = _place_name(cluster, place)
            others = tuple(dict.fromkeys(n for n in (place.name, *aliases) if fold(n) != fold(called)))
            return Entity(ident, PLACE, place.type, called, None, place.country, mentions, place.lat, place.lon, place.geonames_id, others)
        return Entity(ident, PLACE, "area", name, None, None, mentions, aliases=aliases)
    actor = clusters.whos_who.get(cluster.key)
    country = cluster.country or (actor.countries[0] if actor is not None and len(actor.countries) == 1 else None)
    kind = _kind_of(cluster, actor)
    return Entity(ident, kind, _type(cluster, clusters, kind), name, cluster.key, country, mentions, aliases=aliases)


def _kind_of(cluster: Cluster, actor: Actor | None) -> str:
    if actor is not None and actor.type == "office":
        return PERSON
    if cluster.kind == GROUP or (actor is not None and cluster.kind != PERSON) or (not cluster.kind and any(p.pronoun == "we" for p in cluster.phrases)):
        return GROUP
    return cluster.kind or OTHER


def _mentions(cluster: Cluster) -> tuple[Mention, ...]:
    rows = {(p.start, p.end): Mention(p.start, p.end, p.text, p.form) for p in sorted(cluster.phrases, key=lambda p: (p.start, -p.end))}
    return tuple(rows.values())


def _best_name(cluster: Cluster, clusters: Clusters) -> str:
    """The fullest name in the text; an acronym gives way to the who's who's own name; without a name, the first noun phrase."""
    names = [p.text for p in cluster.phrases if p.form == "name"]
    actor = clusters.whos_who.get(cluster.key)
    if actor is not None and all(" " not in n or n.isupper() for n in names):
        return actor.name
    if names:
        return max(names, key=lambda n: (len(n.split()) if len(n) < 80 else 0, -names.index(n)))
    if actor is not None and not any(p.part for p in cluster.phrases):
        return actor.name
    nouns = [p.text for p in cluster.phrases if p.form == "noun"]
    return nouns[0] if nouns else cluster.phrases[0].text


_TURNS = frozenset("north south east west northern southern eastern western central upper lower greater the".split())


def _place_name(cluster: Cluster, place: PlaceResolved) -> str:
    """The fullest name that the report itself uses for a place; of a country, and where the report has initials or no name, the gazetteer's."""
    names = [p.text for p in cluster.phrases if p.form == "name" and p.words and p.words[0] not in _TURNS and not p.text.isupper() and p.text[:1].isupper()]
    if place.type == "country" or not names:
        return place.name
    return max(names, key=lambda n: (min(len(n.split()), 4), -names.index(n)))


def _type(cluster: Cluster, clusters: Clusters, kind: str) -> str:
    if kind == PERSON:
        return "person"
    if kind in (WEAPON, OTHER):
        return kind
    actor = clusters.whos_who.get(cluster.key)
    if actor is not None:
        return actor.type
    labels = [p.mention.label for p in cluster.phrases if p.form == "name" and p.mention is not None]
    if labels:
        by_words = _type_of_name(cluster)
        if labels[0] == "FORCE" and by_words not in _FORCE_TYPES:
            by_words = "military" if any(_UNITS & set(p.words) for p in cluster.phrases if p.form == "name") else ""
        nouns = Counter(_noun_type(p) for p in cluster.phrases if p.form == "noun" and p.types)
        nouns.pop("other", None)
        return by_words or (nouns.most_common(1)[0][0] if nouns else "") or _BY_LABEL.get(labels[0], "other")
    return next((_noun_type(p) for p in cluster.phrases if p.types), "other")


# Whom members, officers, sources and staff belong to, by the words before them ("army members", "military sources").
_SERVING = (
    ("armed_group", frozenset("rebel guerrilla militia insurgent paramilitary".split())),
    ("military", frozenset("army military navy naval marine forces".split())),
    ("police", frozenset({"police"})),
    ("government", frozenset({"government", "ministry"})),
)
_PUBLIC = frozenset(
    "senate house congressional parliamentary government federal state presidential national election electoral banking intelligence judiciary".split()
)
_PARTISAN = frozenset(
    "political opposition ruling governing main leftist rightist coalition islamist nationalist democratic communist socialist liberal".split()
)
_WORLD = frozenset("un international united nations european african world global".split())


_PARTED = re.compile(r"\b(of|in|from|for|at|with)\b")


def _served(words: str) -> str | None:
    return next((kind for kind, known in _SERVING if known & set(re.findall(r"[a-z]+", words))), None)


def _noun_type(p: Phrase) -> str:
    """The type that a noun phrase's own words give."""
    if p.noun is not None and (p.noun.kind == PERSON or "civilian" in p.noun.features):
        before, _, after = _PARTED.split(p.text.lower(), maxsplit=1) if _PARTED.search(p.text) else (p.text.lower(), "", "")
        served = _served(before)
        if served is None and p.lemma in ("member", "officer", "element", "agent", "staff", "personnel"):
            served = _served(after)  # "members of the police department"
        if served is not None:
            return served
    if p.noun is not None and p.lemma == "party" and p.number == "plural" and not p.modifiers & _PARTISAN:
        return "other"  # the parties to a conflict or a contract
    if p.noun is None or len(p.types) == 1:
        return p.types[0] if p.types else "other"
    if {
        "rebel",
        "militant",
        "insurgent",
        "opposition",
        "guerrilla",
        "jihadist",
        "terror",
        "terrorist",
        "separatist",
        "islamist",
        "paramilitary",
        "backed",
    } & p.modifiers and "armed_group" in p.types:
        return "armed_group"
    if {"rights", "aid", "humanitarian", "relief", "monitoring", "charity"} & p.modifiers and "ngo" in p.types:
        return "ngo"
    if p.types[0] in ("igo", "ngo") and "government" in p.types:
        return "government" if p.country or p.modifiers & _PUBLIC else "igo" if p.modifiers & _WORLD else "other"
    if p.types[0] == "armed_group" and p.noun.features == frozenset():
        return "other"
    return p.types[0]


def _type_of_name(cluster: Cluster) -> str:
    for p in cluster.phrases:
        if p.form == "name":
            for kind, words in _NAME_TYPES:
                if any(w in words for w in p.words):
                    return kind
    return ""


def describe(p: Phrase) -> str:
    """A phrase in a word, for reasons."""
    return f"{p.text!r} at {p.start}"
