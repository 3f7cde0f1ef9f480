"""What the later steps of resolution see: the findings of one document together with the days, points and entities they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Entity, Report, Span, Statement, When, Where


@dataclass(frozen=True, slots=True)
class PlaceResolved:
    """One ``PlaceFound`` as the gazetteer and the report's own geography resolve it; fields are None where the text leaves them open."""

    key: str
    """The same for all mentions of one place of the report, e.g. ``geonames:172955``, ``country:SY``, ``region:...``, ``name:tal samin``."""
    name: str
    type: str
    """Type of a place as in DESIGN.md."""
    country: str | None
    lat: float | None
    lon: float | None
    """The named place's own centre."""
    radius_km: float | None
    """How far the place reaches from its centre."""
    geonames_id: int | None
    where: Where
    """The point meant, after "45 km south of" and the like; ``entity`` is still None."""
    aliases: tuple[str, ...] = ()
    region_key: str | None = None
    """Key of the place it lies in, where known."""
    rule: str = ""
    detail: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class EntityTable:
    """The entities of a report, and which token and which place expression refers to which."""

    entities: tuple[Entity, ...]
    by_token: dict[int, str]
    """Entity id of the mention that a token heads or stands in; where mentions nest, the innermost that the token heads."""
    place_ids: tuple[str | None, ...]
    """Entity id for each of ``Findings.places``."""
    evidence: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By entity id: rule and detail of how it was resolved."""

    def at(self, token: int | None) -> str | None:
        """The id of the entity that the token refers to, or None."""
        return None if token is None else self.by_token.get(token)


@dataclass(frozen=True, slots=True)
class Scene:
    """One document with its findings and what resolution has made of them so far."""

    report: Report
    document: Document
    findings: Findings
    times: tuple[When | None, ...]
    """For each of ``Findings.times``."""
    places: tuple[PlaceResolved, ...]
    """For each of ``Findings.places``."""
    who: EntityTable
    statements: tuple[Statement, ...] = ()
    """For each of ``Findings.statements``; empty until they are resolved."""

    def span(self, start: int, end: int) -> Span:
        """The span of the report's text from ``start`` to ``end``."""
        return Span.of(self.report.text, start, end)

    def when(self, times: Sequence[int]) -> When | None:
        """The day or interval that the first resolvable of these time expressions means."""
        return next((w for t in times if (w := self.times[t]) is not None), None)

    def where(self, places: Sequence[int]) -> Where | None:
        """The point that the first of these place expressions means."""
        for p in places:
            found = self.places[p].where
            return Where(self.who.place_ids[p], found.relation, found.lat, found.lon, found.radius_km, found.span)
        return None

    def according_to(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the statements within whose content these characters lie, outermost first, innermost speaker last."""
        holders = [
            (sum(e - s for s, e in found.content), i)
            for i, found in enumerate(self.findings.statements)
            if any(s <= start and end <= e for s, e in found.content)
        ]
        return tuple(self.statements[i].id for _, i in sorted(holders, reverse=True) if i < len(self.statements))
