"""Resolution: the world enters; findings become a reading with days, points, entities, control and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Event, Evidence, Figure, Reading, Report, Time
from dateline.resolution.control import explain_control, resolve_control
from dateline.resolution.events import explain_events, resolve_events
from dateline.resolution.figures import explain_figures, resolve_figures
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.images import resolve_images
from dateline.resolution.publication import infer_published
from dateline.resolution.relations import explain_relations, resolve_relations
from dateline.resolution.scene import Scene
from dateline.resolution.statements import explain_statements, resolve_statements
from dateline.resolution.when import explain_times, resolve_times
from dateline.resolution.where import explain_places, resolve_places
from dateline.resolution.who import WhosWho, explain_entities, resolve_entities


def resolve(report: Report, document: Document, findings: Findings, gazetteer: Gazetteer, whos_who: WhosWho) -> Reading:
    """The reading of one report: each finding with its days, its point, its entities and the statements it rests on."""
    dated = replace(report, published=infer_published(report, document, findings))
    times = resolve_times(dated, document, findings)
    places = resolve_places(dated, document, findings, gazetteer)
    who = resolve_entities(dated, document, findings, places, whos_who)
    scene = Scene(dated, document, findings, times, places, who)
    scene = replace(scene, statements=resolve_statements(scene))
    events = resolve_events(scene)
    figures = resolve_figures(scene)
    control = resolve_control(scene, events)
    relations = resolve_relations(scene)
    return Reading(
        report=dated,
        entities=who.entities,
        statements=scene.statements,
        events=_with_figures(events, figures),
        figures=figures,
        control=control,
        relations=relations,
        times=tuple(Time(f"t{i}", when) for i, when in enumerate(times, 1) if when is not None),
        images=resolve_images(scene),
        evidence=_together(
            explain_times(scene), explain_places(scene), explain_entities(scene), explain_statements(scene), explain_events(scene),
            explain_figures(scene), explain_control(scene, events), explain_relations(scene),
        ),
    )  # fmt: skip


def _with_figures(events: tuple[Event, ...], figures: tuple[Figure, ...]) -> tuple[Event, ...]:
    """The events, each with the ids of the figures that hang on it."""
    ids: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        if figure.event is not None:
            ids[figure.event].append(figure.id)
    return tuple(replace(event, figures=tuple(ids[event.id])) if event.id in ids else event for event in events)


def _together(*parts: Mapping[str, tuple[Evidence, ...]]) -> dict[str, tuple[Evidence, ...]]:
    """The reasons of all steps by id of the thing explained."""
    reasons: dict[str, tuple[Evidence, ...]] = {}
    for part in parts:
        for key, rows in part.items():
            reasons[key] = reasons.get(key, ()) + rows
    return reasons
