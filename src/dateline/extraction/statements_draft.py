"""A statement while it is being read, before its quotes, chain and circumstances are settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.extraction.statements_spans import Piece
from dateline.extraction.statements_speakers import Speaker


@dataclass(slots=True, eq=False)
class Draft:
    """What one cue has given so far; changed in place by the steps of ``find_statements`` and by nothing else."""

    cue: int | None
    cue_span: Piece | None
    speaker: Speaker
    content: list[Piece]
    act: str
    rule: str
    score: float
    family: str = "speech"
    frame: str = ""
    addressee: int | None = None
    medium: int | None = None
    """Head token of the document that speaks."""
    mode: str = ""
    quotes: list[int] = field(default_factory=list)
    """Indices of the quotes that belong to its content."""
    outer: Draft | None = None
    """The statement that holds it where containment does not tell ("reported, citing X")."""
    seat: int | None = None
    """Token whose clause the cue stands in, for time and medium; the cue itself where None."""

    @property
    def place(self) -> int:
        """Where it stands in the text."""
        starts = [start for start, _ in self.content]
        if self.cue_span is not None:
            starts.append(self.cue_span[0])
        return min(starts)
