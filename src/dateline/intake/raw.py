"""What stands between a file and a report: one report as it came, decoded but not mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dateline.model import Repair

MAX_REPORT_BYTES = 10_000_000
"""The most that one report may hold; a larger one is refused."""


@dataclass(frozen=True, slots=True)
class RawInput:
    """One report as it came, with what its container says of it; ``name`` is what messages call it."""

    name: str
    content: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """Publication dates that the page's metadata gives, the surest first."""
    captions: tuple[str, ...] = ()
    """Blocks of the content that the page's markup marks as captions."""
    credits: tuple[str, ...] = ()
    """Blocks of the content that the page's markup marks as credits of images."""
    repairs: tuple[Repair, ...] = ()


class ByteStream(Protocol):
    """What bytes are read from: a file, standard input, or one of which the beginning was read already."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, all where negative."""
        ...

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line, at most ``size``."""
        ...
