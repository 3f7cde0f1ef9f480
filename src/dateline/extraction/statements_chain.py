"""Which statement lies within which: the chain from the outlet to the innermost speaker."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.statements_draft import Draft
from dateline.language.document import Document


def chain(document: Document, drafts: Sequence[Draft]) -> list[tuple[Draft, int | None]]:
    """The statements in text order, each with the index of the innermost one whose content holds its cue."""
    rows = sorted(_once(drafts), key=lambda d: (d.place, d.cue_span or (d.place, d.place), -sum(e - s for s, e in d.content)))
    held = sorted((s, e, n) for n, d in enumerate(rows) for s, e in d.content)
    points = sorted((_point(d), n) for n, d in enumerate(rows))
    found: list[int | None] = [None] * len(rows)
    active: list[tuple[int, int, int]] = []
    numbers = {id(d): n for n, d in enumerate(rows)}
    i = 0
    for point, n in points:
        while i < len(held) and held[i][0] <= point:
            active.append(held[i])
            i += 1
        active = [row for row in active if row[1] > point]
        around = [row for row in active if row[2] != n and not _holds(rows[n], _point(rows[row[2]]))]
        if id(rows[n].outer) in numbers:
            found[n] = numbers[id(rows[n].outer)]
        elif around:
            found[n] = min(around, key=lambda row: (row[1] - row[0], -row[0]))[2]
    return [(draft, within if not _loops(found, n) else None) for n, (draft, within) in enumerate(zip(rows, found, strict=True))]


def _point(draft: Draft) -> int:
    return draft.cue_span[0] if draft.cue_span is not None else draft.content[0][0]


def _holds(draft: Draft, point: int) -> bool:
    return any(s <= point < e for s, e in draft.content)


def _loops(found: Sequence[int | None], n: int) -> bool:
    seen = {n}
    step = found[n]
    while step is not None:
        if step in seen:
            return True
        seen.add(step)
        step = found[step]
    return False


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """One statement a cue: of twins the one with the higher score."""
    best: dict[tuple[int, int] | int, Draft] = {}
    for number, draft in enumerate(drafts):
        key: tuple[int, int] | int = draft.cue_span if draft.cue_span is not None else number
        if key not in best or best[key].score < draft.score:
            best[key] = draft
    return list(best.values())
