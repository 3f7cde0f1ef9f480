"""The map's further tiles: an address that the browser asks, or a PMTiles file of this machine that this server gives out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import UsageError

_MAGIC = b"PMTiles\x03"
_MEND = "give an address with {z}, {x} and {y}, the address of a .pmtiles file, or the path of one"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where the page asks for tiles, and the file that this server gives out there, if it does."""

    address: str
    file: Path | None = None

    @property
    def origin(self) -> str | None:
        """The other server that the browser asks; None where it is this one."""
        return "/".join(self.address.split("/")[:3]) if self.file is None else None


def tiles_from(given: str | None) -> Tiles | None:
    """What a setting means.

    Raises ``UsageError`` when it is neither an address of tiles nor a file of them.
    """
    if given is None:
        return None
    if re.match(r"https?://[^/\s;,'\"]+/", given):
        if all(part in given for part in ("{z}", "{x}", "{y}")) or given.partition("?")[0].endswith(".pmtiles"):
            return Tiles(given)
        raise UsageError("this is no address of tiles", given=given, mend=_MEND)
    file = Path(given)
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_MAGIC))
    except OSError as fault:
        raise UsageError("the file of tiles cannot be read", given=given, mend=_MEND) from fault
    if begin != _MAGIC:
        raise UsageError("this is no PMTiles file of version 3", given=given, mend=_MEND)
    return Tiles("/api/tiles", file.resolve())
