"""To be written."""

from __future__ import annotations

from dateline.model import Control, Event, Evidence, Figure, Image, Relation, Statement
from dateline.resolution.scene import Scene


def resolve_relations(scene: Scene) -> tuple[Relation, ...]:
    """Nothing yet."""
    return ()


def explain_relations(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
