"""What part of the incidents is asked for: the filter of the page, the API and the exports."""

from __future__ import annotations

from dataclasses import dataclass

ORDERS = ("days", "-days", "reports", "sources", "doubt")
"""Oldest first, newest first, most reports first, most independent sources first, least sure first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the map in degrees; ``west`` greater than ``east`` means that it lies across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def spans(self) -> tuple[tuple[float, float], ...]:
        """The stretches of longitude from -180 to 180 that it covers: one, or two across the 180th meridian."""
        if self.east - self.west >= 360:
            return ((-180.0, 180.0),)
        west, east = (self.west + 180) % 360 - 180, (self.east + 180) % 360 - 180
        if east == -180.0 and self.east > self.west:
            east = 180.0
        return ((west, east),) if west <= east else ((west, 180.0), (-180.0, east))


@dataclass(frozen=True, slots=True)
class Selection:
    """Incidents that hold all of this; of several values of one field any will do, and what is left out asks for nothing."""

    words: str | None = None
    """Told by a report that holds all these words."""
    actors: tuple[str, ...] = ()
    """Keys or names of those who take part."""
    places: tuple[str, ...] = ()
    frame: Frame | None = None
    around: str | None = None
    """At a point no further from this place than ``within_km``."""
    within_km: float = 20.0
    since: str | None = None
    """May have been on or after this day; a side that is open counts as the day that is known."""
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    """What the accounts amount to: uncontested, claimed, contested ..."""
    event_statuses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Outlets or agencies."""
    least_independent: int = 0
    least_reports: int = 0
    least_confidence: float = 0.0
    reviewed: bool | None = None
    background: bool | None = None
    placed: bool | None = None
    ids: tuple[str, ...] = ()
    """Only these incidents."""
