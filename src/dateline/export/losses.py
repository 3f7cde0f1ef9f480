"""The loss report beside an export: which incidents were left out, coarsened or folded, and why, so that nobody takes a gap for peace."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType

from dateline.export.delimited import guarded
from dateline.export.text import when_words
from dateline.record.happenings import Happening

COLUMNS = ("incident", "what", "reason", "detail", "type", "when", "where")


class Losses:
    """Writes one line for each thing that an export could not keep; counts them by reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[tuple[str, str]] = Counter()
        self._file = path.open("w", encoding="utf-8", newline="")
        self._lines = csv.writer(self._file, delimiter="\t", lineterminator="\n")
        self._lines.writerow(COLUMNS)

    def __enter__(self) -> Losses:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def left_out(self, happening: Happening, reason: str, detail: str) -> None:
        """The incident has no row."""
        self._write(happening, "left out", reason, detail)

    def coarsened(self, happening: Happening, reason: str, detail: str) -> None:
        """The incident has a row that says less, or says it more roughly, than the record."""
        self._write(happening, "coarsened", reason, detail)

    def folded(self, happening: Happening, reason: str, detail: str) -> None:
        """The incident has no row of its own: it is within another's."""
        self._write(happening, "folded", reason, detail)

    def note(self, name: str, what: str, reason: str, detail: str) -> None:
        """Something else than an incident was left out or coarsened."""
        self.counts[what, reason] += 1
        self._lines.writerow([guarded(c) for c in (name, what, reason, detail, "", "", "")])

    def _write(self, happening: Happening, what: str, reason: str, detail: str) -> None:
        self.counts[what, reason] += 1
        picture = happening.picture
        where = happening.spot.name if happening.spot else ""
        self._lines.writerow([guarded(c) for c in (happening.id, what, reason, detail, picture.type, when_words(picture.when), where)])

    def summary(self) -> list[str]:
        """A line for each reason with how many there are, most first."""
        return [f"{what} ({reason}): {n}" for (what, reason), n in sorted(self.counts.items(), key=lambda kv: (-kv[1], kv[0]))]
