"""To be written."""

from __future__ import annotations

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Evidence, Report, When
from dateline.resolution.scene import Scene


def resolve_times(report: Report, document: Document, findings: Findings) -> tuple[When | None, ...]:
    """Nothing yet."""
    return tuple(None for _ in findings.times)


def explain_times(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
