"""To be written."""

from __future__ import annotations

from dateline.model import Control, Event, Evidence, Figure, Image, Relation, Statement
from dateline.resolution.scene import Scene


def resolve_control(scene: Scene, events: tuple[Event, ...]) -> tuple[Control, ...]:
    """Nothing yet."""
    return ()


def explain_control(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Nothing yet."""
    return {}
