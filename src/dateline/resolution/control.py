"""Control: who came to hold, holds or lost a place, from words that say so and from events of capture, withdrawal and siege."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.extraction.findings import ControlFound
from dateline.model import Control, Event, Evidence, When
from dateline.resolution.control_holders import can_hold, dated, goes_there, listed_places, only_part, only_side
from dateline.resolution.parties import party_at
from dateline.resolution.scene import Scene

_CHANGES = {
    "territory_captured": "captured",
    "territory_recaptured": "recaptured",
    "territory_handed_over": "handed_over",
    "withdrawal": "lost",
    "siege": "besieged",
    "surrender": "handed_over",
}
_TAKEN = frozenset({"captured", "recaptured", "handed_over"})
_HOLDS_IF_EVENT = 0.72
"""How often an event that is told makes the hold that is read from it, judged on 61 of them."""
_LASTING = frozenset({"held", "besieged", "contested"})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A control before its id is given, with the reason for it."""

    control: Control
    rule: str
    detail: str


def resolve_control(scene: Scene, events: tuple[Event, ...]) -> tuple[Control, ...]:
    """The control of a report, ids ``c1``.. in text order; one row for each place, holder, change, source and day."""
    return tuple(draft.control for draft in _drafts(scene, events))


def explain_control(scene: Scene, events: tuple[Event, ...]) -> dict[str, tuple[Evidence, ...]]:
    """By control id: the row or event that it came from."""
    return {d.control.id: (Evidence("change", d.rule, d.detail, d.control.confidence, d.control.span),) for d in _drafts(scene, events)}


def _drafts(scene: Scene, events: tuple[Event, ...]) -> list[_Draft]:
    rows = [*_from_events(scene, events), *_from_words(scene)]
    rows.sort(key=lambda d: (d.control.span.start, d.control.span.end, d.control.change, d.control.confidence))
    kept: list[_Draft] = []
    for draft in sorted(rows, key=lambda d: -d.control.confidence):
        twin = next((i for i, k in enumerate(kept) if _same(scene, k.control, draft.control)), None)
        if twin is None:
            kept.append(draft)
        else:
            kept[twin] = _merged(kept[twin], draft)
    kept.sort(key=lambda d: (d.control.span.start, d.control.span.end, d.control.change))
    return [replace(d, control=replace(d.control, id=f"c{n}")) for n, d in enumerate(kept, 1)]


def _same(scene: Scene, a: Control, b: Control) -> bool:
    """Whether two rows say the same of the same place by the same source."""
    if (a.place, a.status, a.according_to) != (b.place, b.status, b.according_to):
        return False
    if not (a.change == b.change or {a.change, b.change} <= _TAKEN or {a.change, b.change} == {"lost", "captured"}):
        return False
    near = a.span.start < b.span.end and b.span.start < a.span.end
    if a.change == "lost" or b.change == "lost":
        return a.previous_holder == b.previous_holder and (near or a.change == b.change) and _agree(a.when, b.when)
    return (a.holder == b.holder or (near and None in (a.holder, b.holder))) and (near or _agree(a.when, b.when))


_LATELY = timedelta(days=45)
"""What a report tells without a day happened within this time before it."""


def _agree(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    if "report" in (a.basis, b.basis):
        told, other = (a, b) if a.basis == "report" else (b, a)
        if other.basis == "report" or told.earliest is None or len(told.earliest) < 10 or other.latest is None:
            return True
        # What is told as news is not what "won it back in March 2016" recalls a year later.
        return other.latest[:10] >= (date.fromisoformat(told.earliest[:10]) - _LATELY).isoformat()
    return (a.earliest or "")[:10] <= (b.latest or "9999")[:10] and (b.earliest or "")[:10] <= (a.latest or "9999")[:10]


def _merged(kept: _Draft, other: _Draft) -> _Draft:
    """The kept row, with what only the other knows."""
    a, b = kept.control, other.control
    when = a.when if a.when is not None and (a.when.basis != "report" or b.when is None) else b.when
    change = "recaptured" if "recaptured" in (a.change, b.change) and {a.change, b.change} <= _TAKEN else a.change
    return replace(kept, control=replace(a, holder=a.holder or b.holder, previous_holder=a.previous_holder or b.previous_holder, when=when, change=change))


def _kind(scene: Scene, entity: str | None) -> str | None:
    found = scene.entity(entity)
    return None if found is None else found.kind


def _type(scene: Scene, entity: str | None) -> str | None:
    found = scene.entity(entity)
    return None if found is None else found.type


def _name(scene: Scene, entity: str | None) -> str | None:
    found = scene.entity(entity)
    return None if found is None else found.name


def _actor(scene: Scene, entity: str | None) -> str | None:
    return entity if can_hold(scene, entity) else None


def _place(scene: Scene, entity: str | None) -> str | None:
    """The place, where the report names it: "the village" alone is no place of the ledger."""
    found = scene.entity(entity)
    named = found is not None and found.kind == "place" and (found.geonames_id is not None or any(m.form == "name" for m in found.mentions))
    return entity if named else None


def _from_words(scene: Scene) -> Iterator[_Draft]:
    for found in scene.findings.control:
        place = None if found.place is None else _place(scene, scene.who.place_ids[found.place])
        holder, previous = _actor(scene, party_at(scene, found.holder)), _actor(scene, party_at(scene, found.previous_holder))
        if found.rule.endswith(":part") and _type(scene, place) == "country":
            continue  # "two villages in Syria" are not Syria
        needs = found.change not in ("besieged", "contested")
        if place is None or (needs and holder is None and previous is None):
            continue
        if found.change in ("held", "captured", "recaptured", "handed_over") and holder is None:
            continue
        if found.rule.startswith(("driven", "cleared")) and previous is None:
            continue  # "expelled diplomats from Poland": they held nothing
        control = Control(
            id="", place=place, holder=holder, previous_holder=None if previous == holder else previous, change=found.change,
            when=_when(scene, found), status=found.status, according_to=scene.according_to(found.start, found.end),
            span=scene.span(found.start, found.end), confidence=found.confidence,
        )  # fmt: skip
        yield _Draft(control, f"control:{found.rule}", f"the words say {found.change.replace('_', ' ')} (row {found.rule})")


def _when(scene: Scene, found: ControlFound) -> When | None:
    """Since when; a hold told without any day, in a sentence without one, is told of the day of publication."""
    when = scene.when(found.times)
    if when is not None and found.change not in _LASTING:
        when = dated(scene, when)
    if when is not None:
        return _open(scene, found, when)
    said = _said_on(scene, found)
    if said is not None:
        return said
    published = scene.report.published.date
    if found.change not in _LASTING or found.status != "occurred" or published is None:
        return None
    sentence = next((s for s in scene.document.sentences if s.start <= found.start < s.end), None)
    if sentence is None or any(sentence.start <= t.start < sentence.end for t in scene.findings.times):
        return None
    return When(published[:10], published[:10], "day", basis="report")


def _said_on(scene: Scene, found: ControlFound) -> When | None:
    """The day of the statement that tells of the hold: by then it had come about."""
    chain = scene.according_to(found.start, found.end)
    statement = scene.statement(chain[-1]) if chain else None
    if statement is None or statement.when is None or found.status not in ("occurred", "denied"):
        return None
    return replace(statement.when, basis="inferred")


def _open(scene: Scene, found: ControlFound, when: When) -> When:
    """A hold "since 2014" has no end that is known."""
    if found.change not in _LASTING or when.span is None:
        return when
    before = scene.report.text[max(0, when.span.start - 8) : when.span.end].lower()
    return replace(when, latest=None) if "since" in before.split() else when


def _from_events(scene: Scene, events: tuple[Event, ...]) -> Iterator[_Draft]:
    for event in events:
        change = _CHANGES.get(event.type)
        if change is None or event.status == "hypothetical":
            continue
        for control in _of_event(scene, event, change):
            detail = f"the event {event.id} ({event.type.replace('_', ' ')}) says that the place was {change.replace('_', ' ')}"
            yield _Draft(control, f"event:{event.type}", detail)


def _of_event(scene: Scene, event: Event, change: str) -> Iterator[Control]:
    """What an event says of each place that it befell: "took Azaz and Marea" of both."""
    where = event.where.entity if event.where is not None and event.where.relation in ("at", "in", "from") else None
    listed = listed_places(scene, event)
    named = [p.entity for p in event.participants if p.role in ("target", "victim") and p.entity and _place(scene, p.entity)]
    if not named and not listed and where is not None and _place(scene, where) and _is_target(event):
        named = [where]  # "retook Helmand province": the province is what they took
    named = list(dict.fromkeys([*named, *(e for e in listed if _place(scene, e))]))
    lent = None if named or _untold(scene, event, change) else _place(scene, where)
    for place in named or ([lent] if lent is not None else []):
        control = _of_place(scene, event, change, place, named, whole=place in listed)
        if control is not None:
            yield control


def _of_place(scene: Scene, event: Event, change: str, place: str, named: Sequence[str], *, whole: bool) -> Control | None:
    agents = _parties(scene, event, ("agent",))
    targets = _parties(scene, event, ("target", "beneficiary", "victim"))
    agent, target = next(iter(agents), None), next(iter(targets), None)
    if _too_wide(scene, place, named) or goes_there(scene, event) or (change == "besieged" and event.status == "ended"):
        return None
    if not whole and change in _TAKEN | {"besieged"} and only_part(scene, event, place):
        return None
    if only_side(scene, event, place):
        return None
    if change == "lost" and _type(scene, place) == "country":
        return None  # troops that leave a country did not hold it
    holder, previous = _sides(event.type, agent, target, given=bool(named))
    if holder is None and change in _TAKEN:
        change = "lost"
    if (holder is None and previous is None and change != "besieged") or _name(scene, previous) == _name(scene, place):
        return None
    if event.status in ("planned", "demanded", "possible") and _kind(scene, holder) == "person":
        return None
    return Control(
        id="", place=place, holder=holder, previous_holder=None if previous == holder else previous, change=change,
        when=event.when if change in _LASTING else dated(scene, event.when),
        status="denied" if event.negated else "occurred" if event.status in ("ongoing", "ended") else event.status,
        according_to=event.according_to, span=event.trigger, confidence=round(event.confidence * _HOLDS_IF_EVENT, 3),
    )  # fmt: skip


def _untold(scene: Scene, event: Event, change: str) -> bool:
    """Whether a capture has no object and no place in its own words, so that what was taken is not told."""
    found = scene.findings.events[int(event.id[1:]) - 1]
    return change in _TAKEN and not found.places and not any(p.role in ("target", "victim") for p in event.participants)


def _is_target(event: Event) -> bool:
    """Whether the words for the place of an event are the words for what it befell."""
    if event.where is None or event.where.span is None:
        return False
    at = event.where.span
    return any(p.role in ("target", "victim") and p.span.start <= at.start and at.end <= p.span.end for p in event.participants)


def _parties(scene: Scene, event: Event, roles: tuple[str, ...]) -> list[str]:
    """The actors in some roles of an event; "their fighters" are those whose fighters they are."""
    found = scene.findings.events[int(event.id[1:]) - 1]
    tokens = {(a.role, a.start, a.end): a.token for a in found.arguments}
    entities = [party_at(scene, tokens.get((p.role, p.span.start, p.span.end))) or p.entity for p in event.participants if p.role in roles]
    return [e for e in entities if e is not None and _actor(scene, e)]


def _too_wide(scene: Scene, place: str, named: Sequence[str]) -> bool:
    """A country that an event merely lies in did not change hands."""
    found = scene.entity(place)
    return found is not None and found.type in ("country", "region", "water") and place not in named


def _sides(kind: str, agent: str | None, target: str | None, *, given: bool) -> tuple[str | None, str | None]:
    """The holder and the previous holder that an event's agent and target make."""
    match kind:
        case "territory_handed_over":
            return target, agent
        case "surrender":
            return (target, agent) if given else (None, None)
        case "withdrawal":
            return None, agent
        case "siege":
            return None, None
        case _:
            return agent, target
