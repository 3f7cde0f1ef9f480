"""To be written."""

from __future__ import annotations

from dateline.model import Control, Event, Evidence, Figure, Image, Relation, Statement
from dateline.resolution.scene import Scene


def resolve_images(scene: Scene) -> tuple[Image, ...]:
    """Nothing yet."""
    return ()
