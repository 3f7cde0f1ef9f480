"""To be written."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Evidence, Report
from dateline.resolution.scene import EntityTable, PlaceResolved, Scene


class WhosWho:
    """Nothing yet."""

    @classmethod
    def open(cls, user_file: str | None = None) -> WhosWho:
        """Nothing yet."""
        return cls()


def resolve_entities(report: Report, document: Document, findings: Findings, places: Sequence[PlaceResolved], whos_who: WhosWho) -> EntityTable:
    """Nothing yet."""
    return EntityTable((), {}, tuple(None for _ in findings.places))


def explain_entities(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
