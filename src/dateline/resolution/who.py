"""Who: the actors, persons, places and weapons of a report, each once, with all that refers to them."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Evidence, Report, Span
from dateline.resolution.coreference import corefer
from dateline.resolution.coreference_clusters import Clusters
from dateline.resolution.coreference_phrases import GROUP, PERSON, PLACE, Phrase, build, is_modifier
from dateline.resolution.scene import EntityTable, PlaceResolved, Scene
from dateline.resolution.who_backing import resolve_backed
from dateline.resolution.who_entities import make_table
from dateline.resolution.who_names import Context, codes_before, codes_of, resolve_name, resolve_noun
from dateline.resolution.who_places import acts
from dateline.whoswho import WhosWho, check_actors


def resolve_entities(report: Report, document: Document, findings: Findings, places: Sequence[PlaceResolved], whos_who: WhosWho) -> EntityTable:
    """The entities of the report in order of first mention: ``e1``, ``e2`` ..."""
    clusters = cluster_phrases(report, document, findings, places, whos_who)
    return make_table(document, findings, places, clusters)


def cluster_phrases(report: Report, document: Document, findings: Findings, places: Sequence[PlaceResolved], whos_who: WhosWho) -> Clusters:
    """All phrases of the report that may refer, in clusters of those that refer to the same."""
    context = Context.of(report, document, findings, places, whos_who)
    phrases = build(document, findings, places)
    for p in phrases:
        _resolve(document, p, context, whos_who, places)
    resolve_backed(document, phrases, context, whos_who)
    clusters = Clusters(phrases, whos_who, tuple(p.key for p in places))
    corefer(document, findings, clusters)
    return clusters


# Before an office, these name another one: "Deputy Secretary of State".
_BENEATH = frozenset("deputy assistant under former ex acting shadow vice principal".split())


def _resolve(document: Document, p: Phrase, context: Context, whos_who: WhosWho, places: Sequence[PlaceResolved]) -> None:
    """Give the phrase its key and country where its own words tell them."""
    if p.form == "name":
        if p.kind == PLACE:
            acts(document, p, context, whos_who)
            return
        actor = resolve_name(p, context, whos_who)
        if actor is not None and actor.type == "office" and p.first > 0 and document.tokens[p.first - 1].text.lower() in _BENEATH:
            actor = None
        if actor is not None:
            p.key, p.why = actor.key, ("who:name", f"{p.text} is {actor.name} in the who's who")
            p.country = actor.countries[0] if len(actor.countries) == 1 else None
            if p.kind != PERSON or actor.type == "armed_group":
                p.kind = PERSON if actor.type == "office" else GROUP
                p.number = "singular" if actor.type == "office" else p.number
        elif p.kind == PERSON and (codes := codes_before(document, p, whos_who)):
            p.country = context.code(codes)
        elif p.mention is not None and p.mention.label == "NORP":
            codes = whos_who.adjectives.get(" ".join(p.words)) or ()
            p.country = context.code(codes) if codes else None
            if p.country in whos_who.states and is_modifier(document, p.mention, document.tokens[p.head]):
                p.key, p.why = p.country, ("who:nationality", f"what is {p.text} here is the state's")  # "Russian jets bombed": Russia did
                return
            p.number = "plural"
            p.types = ("civilians",) if codes else ("ethnic_group",)
            if p.of_state and p.country is not None:
                p.key, p.number, p.types = p.country, "group", ("state",)
                p.why = ("who:adjective", f"what is {p.text} is {whos_who[p.country].name}'s")
            listed = None if codes else resolve_name(p, context, whos_who)
            if listed is not None and listed.type == "party":  # "Democrats", "Republicans": read as a people, known as a party
                p.key, p.why = listed.key, ("who:name", f"{p.text} is {listed.name} in the who's who")
    elif p.form == "noun" and p.kind in (GROUP, PERSON):
        key, country, rule = resolve_noun(document, p, context, whos_who)
        p.key, p.country = key, country
        if key is not None:
            p.why = (rule, f"{p.text} is {whos_who[key].name}")
        elif country is None and (codes := codes_of(document, p, whos_who, caseless=context.caseless)):
            p.country = context.code(codes)


def explain_entities(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Why each entity is what it is: the row of the who's who, the rule of coreference, the gazetteer's reason for a place."""
    made: dict[str, tuple[Evidence, ...]] = {}
    places = {e: i for i, e in reversed(list(enumerate(scene.who.place_ids)))}
    for entity in scene.who.entities:
        first = entity.mentions[0]
        span = Span(first.start, first.end, first.text)
        reasons: list[Evidence] = []
        if entity.id in scene.who.evidence:
            rule, detail = scene.who.evidence[entity.id]
            reasons.append(Evidence("known_as" if rule.startswith("who:") else "mentions", rule, detail, None, span))
        index = places.get(entity.id)
        if index is not None and scene.places[index].rule:
            place = scene.places[index]
            reasons.append(Evidence("lat", place.rule, place.detail, place.score, span))
        if reasons:
            made[entity.id] = tuple(reasons)
    return made


__all__ = ["WhosWho", "check_actors", "cluster_phrases", "explain_entities", "resolve_entities"]
