"""To be written."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.findings import ControlFound, EventFound, FigureFound, ImageFound, MentionFound, PlaceFound, RelationFound, StatementFound
from dateline.extraction.times import TimeFound
from dateline.language.document import Document
from dateline.model import Section


def find_statements(document: Document, sections: Sequence[Section], mentions: Sequence[MentionFound], times: Sequence[TimeFound]) -> tuple[StatementFound, ...]:
    """Nothing yet."""
    return ()
