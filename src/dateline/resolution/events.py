"""To be written."""

from __future__ import annotations

from dateline.model import Control, Event, Evidence, Figure, Image, Relation, Statement
from dateline.resolution.scene import Scene


def resolve_events(scene: Scene) -> tuple[Event, ...]:
    """Nothing yet."""
    return ()


def explain_events(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
