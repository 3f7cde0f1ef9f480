"""Find the reports in files, folders, globs and standard input: one raw input or refusal each, in order."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.model import Refused, Repair

MAX_REPORT_BYTES = 10_000_000
"""The most that one report may hold; a larger one is refused."""


@dataclass(frozen=True, slots=True)
class RawInput:
    """One report as it came, decoded but not mended, with what its container says of it; ``name`` is what messages call it."""

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
    """Further publication dates that the metadata gives."""
    captions: tuple[str, ...] = ()
    """Blocks of the content that the page's markup marks as captions."""
    credits: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


def find_inputs(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[RawInput | Refused]:
    """The raw inputs that paths hold, a refusal in the place of each that cannot be read."""
    for path in paths:
        name = str(path)
        if name == "-":
            yield RawInput("standard input", (stdin or sys.stdin.buffer).read(MAX_REPORT_BYTES).decode("utf-8", "replace"))
            continue
        for file in sorted(glob.glob(name)) if glob.has_magic(name) and not Path(name).exists() else [name]:
            try:
                yield RawInput(file, Path(file).read_bytes()[:MAX_REPORT_BYTES].decode("utf-8", "replace"))
            except OSError as fault:
                yield Refused(file, str(fault.strerror), "give the path of a file that can be read")
