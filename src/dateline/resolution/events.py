"""Events of the world: who took part, where and when it happened, whether it did, who says so, and its codes in the field's schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.extraction.attachment import only_locates
from dateline.extraction.findings import EventFound, PlaceFound
from dateline.extraction.triggers import classes, event_types
from dateline.extraction.voice import case_of
from dateline.language.document import Document
from dateline.model import AcledCode, Codes, Entity, Event, Evidence, Participant, When, Where
from dateline.resolution.scene import Scene

_GOVERNMENT = frozenset({"state", "government", "military", "police"})
_NON_STATE = frozenset({"armed_group", "militia", "ethnic_group", "religious_group", "party"})
_BORROWS = frozenset(
    (
        "armed_clash offensive_launched offensive_ended territory_captured territory_recaptured territory_handed_over withdrawal surrender siege air_strike "
        "drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon attack_on_civilians massacre assassination execution killing "
        "abduction arrest destruction looting displacement weapons_seized mob_violence violent_demonstration peaceful_protest force_against_protesters "
        "protest_met_with_intervention disaster_natural disaster_man_made victory_declared ceasefire wounding deployment headquarters_established aid_delivered"
    ).split()
)
"""Types that happen at a place, so that the only place of the sentence is theirs."""


def resolve_events(scene: Scene) -> tuple[Event, ...]:
    """The events of a report, parallel to ``Findings.events``."""
    return tuple(_event(scene, i, found) for i, found in enumerate(scene.findings.events))


def explain_events(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Why each event has its type, status, place and time, by id."""
    return {f"v{i + 1}": tuple(_evidence(scene, found)) for i, found in enumerate(scene.findings.events)}


def _event(scene: Scene, index: int, found: EventFound) -> Event:
    sentence = scene.document.sentence_of(found.head)
    where, _ = _where(scene, found)
    when, _ = _when(scene, found)
    status, _ = _status(scene, found)
    participants = _participants(scene, found)
    return Event(
        id=f"v{index + 1}",
        type=found.type,
        trigger=scene.span(found.start, found.end),
        participants=participants,
        where=where,
        when=when,
        status=status,
        negated=found.negated,
        according_to=scene.according_to(found.start, found.end),
        figures=(),
        sentence=scene.span(sentence.start, sentence.end),
        codes=_codes(scene, found, participants, where),
        confidence=found.confidence,
    )


def _participants(scene: Scene, found: EventFound) -> tuple[Participant, ...]:
    """Who takes part; nobody does to "him" or "them" what he does, so a pronoun that would be the agent again stays open."""
    agents = {_entity(scene, a.token) for a in found.arguments if a.role == "agent"}
    made = []
    for a in found.arguments:
        entity = _entity(scene, a.token)
        token = scene.document.tokens[a.token]
        if entity in agents and a.role in ("victim", "target") and token.upos == "PRON" and not token.lemma.lower().endswith(("self", "selves")):
            entity = None
        kind = found_entity.kind if (found_entity := scene.entity(entity)) is not None else ""
        role = "instrument" if a.role == "agent" and kind == "weapon" else a.role  # warplanes bomb nothing by themselves
        made.append(Participant(role, entity, scene.span(a.start, a.end)))
    return tuple(made)


def _entity(scene: Scene, token: int) -> str | None:
    """The entity that a participant is: its own, or that of the whole of which it is a part ("remnants of the group")."""
    own = scene.who.at(token)
    if own is not None or scene.document.tokens[token].lemma.lower() not in classes()["PARTITIVE"]:
        return own
    wholes = (t for t in scene.document.children(token, "nmod") if case_of(scene.document, t) == "of")
    return next((entity for t in wholes if (entity := scene.who.at(t.i)) is not None), None)


def _where(scene: Scene, found: EventFound) -> tuple[Where | None, str]:
    """The place of an event and how it is known: by syntax, as its target, or as the only place of its sentence."""
    if found.type in _TAKINGS and (taken := _thing_taken(scene, found)) is not None:
        return scene.where([taken]), "target"
    if found.places:
        return scene.where(_nearer(scene, found.places)), "attachment"
    number = scene.document.tokens[found.head].sentence
    reached = {number, *(scene.document.tokens[argument.token].sentence for argument in found.arguments)}
    heads = {scene.findings.places[i].head: i for n in sorted(reached) for i in scene.places_in(n) if not scene.findings.places[i].adjectival}
    for argument in found.arguments:
        if argument.role in ("target", "victim") and argument.token in heads:
            return scene.where([heads[argument.token]]), "target"
    if found.type not in _BORROWS or _named_after(scene, found.head, heads):
        return None, ""
    apart = [(a.start, a.end) for e in scene.events_in(number) for a in e.arguments if a.role == "agent"]
    apart += scene.speakers_in(number)
    near = [i for i in scene.places_in(number) if not _left_out(scene.findings.places[i], apart) and not _acts(scene, i)]
    near = [i for i in near if not only_locates(scene.document, scene.findings.places[i].head)]
    if found.type not in _GOES:
        near = [i for i in near if scene.findings.places[i].relation != "to"]
    outermost = [i for i in near if not any(scene.findings.places[j].inside == i for j in near)]
    if len({scene.places[i].key for i in outermost}) == 1:
        return scene.where(outermost[:1]), "sentence"
    return None, ""


def _nearer(scene: Scene, places: Sequence[int]) -> Sequence[int]:
    """The places of an event, first the one that its country or region is only told of: of "fled Sake in eastern Congo" Sake."""
    first = places[0]
    if scene.places[first].type not in _WIDE:
        return places
    beside = scene.places_in(scene.document.tokens[scene.findings.places[first].head].sentence)
    held = [i for i in beside if scene.findings.places[i].inside == first and not scene.findings.places[i].adjectival and scene.places[i].type in _SETTLED]
    return (*held[:1], *places)


_WIDE = frozenset({"country", "region", "admin"})


def _thing_taken(scene: Scene, found: EventFound) -> int | None:
    """The place that was taken, lost or handed over, where the words for it name one or point to one: "the settlement of Vuhledar"."""
    for argument in found.arguments:
        if argument.role != "target":
            continue
        number = scene.document.tokens[argument.token].sentence
        inside = [
            i for i in scene.places_in(number) if argument.start <= scene.findings.places[i].name_start and scene.findings.places[i].name_end <= argument.end
        ]
        named = [i for i in inside if not only_locates(scene.document, scene.findings.places[i].head)]
        settled = [i for i in named if not scene.findings.places[i].adjectival and scene.places[i].type in _SETTLED]
        if settled:
            return settled[0]
    return None


_TAKINGS = frozenset({"territory_captured", "territory_recaptured", "territory_handed_over"})
_SETTLED = frozenset({"city", "town", "village", "neighbourhood", "facility"})
_GOES = frozenset({"withdrawal", "deployment", "displacement", "return", "aid_delivered", "military_aid", "offensive_launched", "aid_blocked"})
"""Types in which somebody or something goes to a place, so that the place it goes to may be its own."""


def _named_after(scene: Scene, head: int, places: Mapping[int, int]) -> bool:
    """Whether an event noun bears a name of its own that is no known place of the sentence ("the Orlando massacre"), and so happened there."""
    own = [t.i for t in scene.document.children(head, "compound") if t.upos == "PROPN"]
    return bool(own) and not any(i in places for i in own) and all(scene.who.at(i) is None for i in own)


def _acts(scene: Scene, i: int) -> bool:
    """Whether a country is the subject of its clause or owns something, and so an actor rather than a scene ("the UK's support")."""
    token = scene.document.tokens[scene.findings.places[i].head]
    return scene.places[i].type == "country" and token.deprel in ("nsubj", "nmod:poss")


def _left_out(place: PlaceFound, apart: Sequence[tuple[int, int]]) -> bool:
    """Whether a place says who somebody is, not where something happens."""
    return place.adjectival or any(s <= place.start < e for s, e in apart)


def _when(scene: Scene, found: EventFound) -> tuple[When | None, str]:
    """The time of an event and how it is known: by syntax, or, for a headline, the day of publication."""
    when = scene.when(found.times)
    if when is not None:
        return _closed(scene, found, when), "attachment"
    told = _told_on(scene, found)
    if told is not None:
        return told, "statement"
    section = scene.document.sentence_of(found.head).section
    published = scene.report.published.date
    headline = section < len(scene.report.sections) and scene.report.sections[section].kind == "headline"
    if headline and published and found.status in ("occurred", "ongoing") and not found.negated and not found.times:
        return When(published[:10], published[:10], "day", approximate=True, basis="report"), "headline"
    return None, ""


_SPANS = {"year": (4, "-01-01"), "month": (7, "-01"), "day": (10, "")}
"""So many characters of a date name its year, month or day; what makes the first day of it."""


def _closed(scene: Scene, found: EventFound, when: When) -> When:
    """The time of "until 1992, when rebels captured it": what is held lasts until some day of that year, the capture is in that year."""
    document, verb = scene.document, scene.document.tokens[found.head]
    if when.earliest is not None or when.latest is None or when.span is None or when.precision not in _SPANS or verb.deprel.split(":")[0] != "advcl":
        return when
    asks = [t for t in document.children(verb.i, "advmod") if t.text.lower() == "when" and t.start >= when.span.end]
    if not asks or document.text[when.span.end : asks[0].start].strip() != ",":
        return when
    length, rest = _SPANS[when.precision]
    return replace(when, earliest=when.latest[:length] + rest)


def _told_on(scene: Scene, found: EventFound) -> When | None:
    """The day of the statement that tells, in the perfect, that something has come about or ended: news of that day."""
    if found.times or found.negated or found.status not in ("occurred", "ended"):
        return None
    chain = scene.according_to(found.start, found.end)
    statement = scene.statement(chain[-1]) if chain else None
    if statement is None or statement.when is None or statement.cue is None or not statement.cue.start <= found.end:
        return None
    if statement.mode == "direct" or not _perfect(scene.document, found.head):
        return None
    return replace(statement.when, approximate=True, basis="inferred")


def _perfect(document: Document, head: int) -> bool:
    """Whether a predicate, or the verb of which an event noun is subject or object, stands in the perfect, outside relative clauses."""
    verb = document.tokens[head]
    if verb.upos == "NOUN" and verb.deprel in ("obj", "nsubj", "nsubj:pass"):
        verb = document.tokens[verb.head]
    perfect = any(t.lemma.lower() == "have" and t.deprel == "aux" for t in document.children(verb.i))
    return verb.upos == "VERB" and perfect and verb.deprel.split(":")[0] in ("ccomp", "conj", "root")


def _status(scene: Scene, found: EventFound) -> tuple[str, str]:
    """The status of an event, with what the statement around it makes of it."""
    if found.status not in ("occurred", "ongoing"):
        return found.status, found.status_rule
    sentence = scene.document.tokens[found.head].sentence
    for statement in scene.cued_in(sentence):
        if statement.cue == found.head:
            continue
        within = any(s <= found.start and found.end <= e for s, e in statement.content)
        if within and statement.mode == "indirect" and statement.act == "deny" and not _taken_as_known(scene.document, found.head, statement.cue):
            return "denied", "statement:deny"
    return found.status, found.status_rule


def _taken_as_known(document: Document, head: int, cue: int | None) -> bool:
    """Whether an event only tells which noun is meant by what is denied: "denied hiding the men accused of the bombing"."""
    for token in (document.tokens[head], *document.ancestors(head)):
        if token.i == cue:
            return False
        if token.deprel == "acl:relcl" or (token.deprel == "acl" and token.xpos == "VBN"):
            return True
    return False


def _codes(scene: Scene, found: EventFound, participants: tuple[Participant, ...], where: Where | None) -> Codes:
    agents = [e for p in participants if p.role == "agent" and (e := scene.entity(p.entity)) is not None]
    others = [e for p in participants if p.role in ("target", "victim") and (e := scene.entity(p.entity)) is not None]
    place = scene.entity(where.entity) if where else None
    return codes_of(found.type, agents, others, home=place.country if place is not None else None)


def codes_of(kind: str, agents: Sequence[Entity], others: Sequence[Entity], *, home: str | None) -> Codes:
    """The codes of an event type in the field's ontologies; some depend on the sides and on the country ``home`` that it happens in."""
    row = event_types()[kind]
    sub = row["acled_sub"]
    if kind in ("territory_captured", "territory_recaptured") and agents:
        sub = _taking(kind, home, agents)
    ucdp = row["ucdp"]
    if ucdp == "1" and agents and others and all(a.type in _NON_STATE for a in (*agents, *others)):
        ucdp = "2"
    return Codes(plover=row["plover"] or None, cameo=row["cameo"] or None, acled=AcledCode(row["acled"] or None, sub or None), ucdp=ucdp or None)


def _taking(kind: str, home: str | None, agents: Sequence[Entity]) -> str:
    """ACLED's sub-event for a place that changes hands; empty where it is open whether a state took its own or another's."""
    states = [a for a in agents if a.type in _GOVERNMENT]
    if not states:
        return "Non-state actor overtakes territory"
    if kind == "territory_recaptured":
        return "Government regains territory" if any(home is None or a.country in (None, home) for a in states) else ""
    return "Government regains territory" if home is not None and any(a.country == home for a in states) else ""


def _evidence(scene: Scene, found: EventFound) -> list[Evidence]:
    label = event_types()[found.type]["label"]
    trigger = scene.span(found.start, found.end)
    rule = found.rule if found.rule.startswith("statement") else f"triggers:{found.rule}"
    rows = [Evidence("type", rule, f"“{trigger.text}” here names: {label}", found.confidence, trigger)]
    status, why = _status(scene, found)
    if status != "occurred" or found.negated:
        rows.append(Evidence("status", f"status:{status}", f"read as {'not ' if found.negated else ''}{status} because of {why or 'its form'}"))
    where, how = _where(scene, found)
    if where is not None:
        reasons = {"attachment": "the place that the words attach to it", "target": "the place that it befell", "sentence": "the only place of its sentence"}
        rows.append(Evidence("where", f"where:{how}", reasons[how], None, where.span))
    when, how = _when(scene, found)
    if when is not None:
        reasons = {
            "attachment": "the time that the words attach to it",
            "statement": "no time is given; it was told on that day as having come about",
            "headline": "no time is given; a headline tells of the days just before",
        }
        rows.append(Evidence("when", f"when:{how}", reasons[how], None, when.span))
    return rows
