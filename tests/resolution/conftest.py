"""Fixtures of resolution: the gazetteer, and the entities of a text of one section."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extraction import extract
from dateline.language.document import Document
from dateline.model import Published, Report, Section
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.scene import EntityTable
from dateline.resolution.where import resolve_places
from dateline.resolution.who import resolve_entities
from dateline.whoswho import WhosWho

Analyse = Callable[[str], Document]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def entities_of(analyse: Analyse, gazetteer: Gazetteer) -> Callable[..., EntityTable]:
    def call(text: str, *, published: str | None = None) -> EntityTable:
        document = analyse(text)
        report = Report("r", text, published=Published(published, "metadata" if published else "unknown"), sections=(Section("paragraph", 0, len(text)),))
        findings = extract(document, report.sections)
        return resolve_entities(report, document, findings, resolve_places(report, document, findings, gazetteer), WhosWho.open())

    return call
