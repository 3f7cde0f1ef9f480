"""Figures with their entities, points, days, events and the statements that they rest on."""

from __future__ import annotations

from dateline.extraction.findings import FigureFound
from dateline.model import Evidence, Figure
from dateline.resolution.scene import Scene


def resolve_figures(scene: Scene) -> tuple[Figure, ...]:
    """The figures of a report, ids ``f1``.., parallel to ``Findings.figures``."""
    return tuple(_figure(scene, found, f"f{n}") for n, found in enumerate(scene.findings.figures, 1))


def _figure(scene: Scene, found: FigureFound, name: str) -> Figure:
    return Figure(
        id=name,
        measure=found.measure,
        low=found.low,
        best=found.best,
        high=found.high,
        approximate=found.approximate,
        share=found.share,
        unit=found.unit,
        of=found.of,
        who=scene.who.at(found.who),
        where=scene.where(found.places),
        when=scene.when(found.times),
        according_to=scene.according_to(found.start, found.end),
        span=scene.span(found.start, found.end),
        event=None if found.event is None else f"v{found.event + 1}",
        confidence=found.confidence,
        counts=found.counts,
    )


def explain_figures(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """By figure id: the row that gave the measure, and how the bounds were read."""
    return {f"f{n}": (_measure(scene, found), _bounds(scene, found)) for n, found in enumerate(scene.findings.figures, 1)}


def _measure(scene: Scene, found: FigureFound) -> Evidence:
    kind, _, row = found.rule.rpartition(":")
    detail = {
        "one": f"one person is named without a number, and the words say {found.measure} (row {row})",
        "none": f"the words say that there was none, and the measure is {found.measure} (row {row})",
        "noun": f"the noun counted means {found.measure} by itself",
    }.get(kind, f"what the number hangs on means {found.measure} (row {row})")
    if row == "toll":
        detail = f"a running total: the words name a toll, which means {found.measure}"
    return Evidence("measure", f"measures:{row}", detail, found.confidence, scene.span(found.start, found.end))


def _bounds(scene: Scene, found: FigureFound) -> Evidence:
    low, best, high = (f"{v:,.12g}" if v is not None else "open" for v in (found.low, found.best, found.high))
    about = ", about" if found.approximate else ""
    share = f", share {found.share:.4g}" if found.share is not None else ""
    return Evidence("best", "numbers:bounds", f"read as low {low}, best {best}, high {high}{about}{share}", None, scene.span(found.start, found.end))
