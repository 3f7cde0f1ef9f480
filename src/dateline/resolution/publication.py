"""To be written."""

from __future__ import annotations

from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Published, Report


def infer_published(report: Report, document: Document, findings: Findings) -> Published:
    """Nothing yet."""
    return report.published
