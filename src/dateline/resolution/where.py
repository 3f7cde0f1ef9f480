"""To be written."""

from __future__ import annotations

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Evidence, Report, Where
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.scene import PlaceResolved, Scene


def resolve_places(report: Report, document: Document, findings: Findings, gazetteer: Gazetteer) -> tuple[PlaceResolved, ...]:
    """Nothing yet."""
    text = document.text
    return tuple(
        PlaceResolved(f"name:{text[p.name_start : p.name_end]}", text[p.name_start : p.name_end], "area", None, None, None, None, None, Where(None))
        for p in findings.places
    )


def explain_places(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
