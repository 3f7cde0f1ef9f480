"""Time expressions as worded, unresolved."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.document import Document


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time expression as worded; what its words mean is worked out with the publication date in ``resolution.when``."""

    start: int
    end: int
    first: int
    last: int
    head: int
    rule: str


def find_times(document: Document) -> tuple[TimeFound, ...]:
    """Nothing yet."""
    return ()
