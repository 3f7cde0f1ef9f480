"""Intake: files, pages and records in, frozen reports out.

``reports`` reads files and folders, ``report_of`` a text in hand, ``read`` one raw input; what cannot be read is set aside as ``Refused``.
"""

from dateline.intake.reading import read, report_of, reports

__all__ = ["read", "report_of", "reports"]
