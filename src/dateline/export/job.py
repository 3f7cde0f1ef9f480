"""One export: what it takes from the record, where it writes, and what the user chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dateline.export.losses import Losses
from dateline.record.happenings import Happening
from dateline.record.selection import Selected
from dateline.record.store import Record


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chose besides the selection."""

    release: str | None = None
    hxl: bool = False
    numeric_inter: bool = False
    """Whether ACLED's actor types are given by number."""
    actor_table: Path | None = None
    """The user's own names and types of actors."""
    without_deaths: bool = False
    """Whether UCDP rows are written for incidents without a death too, flagged."""


@dataclass
class Job:
    """An export that runs: the writers take incidents from it and say what they lose."""

    record: Record
    selected: Selected
    path: Path
    losses: Losses
    options: Options
    step: Callable[[], None] = field(default=lambda: None)
    rows: int = 0

    def happenings(self) -> Iterator[Happening]:
        """The incidents, by day."""
        for happening in self.selected:
            self.step()
            yield happening

    def reports(self) -> Iterator[int]:
        """The numbers of the reports that the incidents are told in."""
        for number in self.selected.reports():
            self.step()
            yield number

    def open(self) -> IO[str]:
        """The file to write, as UTF-8 with line feeds."""
        return self.path.open("w", encoding="utf-8", newline="")
