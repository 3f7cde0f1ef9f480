"""One row for a pair of actors, a place and a day: incidents of the same fight are folded into the one that stands highest in ACLED's hierarchy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dateline.export.losses import Losses
from dateline.export.sources import telling

if TYPE_CHECKING:
    from dateline.export.acled import Coded

_FOLDING = ("Battles", "Explosions/Remote violence")


def folded(rows: Iterable[Coded | date], losses: Losses) -> Iterator[Coded]:
    """The rows by day, those of one fight joined; a bare day among what is given says that no earlier row comes after it."""
    waiting: dict[tuple[date, str], list[Coded]] = {}
    for row in rows:
        if isinstance(row, date):
            ready = sorted(key for key in waiting if key[0] < row)
            for key in ready:
                yield from waiting.pop(key)
            continue
        held = waiting.setdefault((row.day, row.place), [])
        into = next((i for i, other in enumerate(held) if _one(row, other)), None)
        if into is None:
            held.append(row)
        else:
            held[into] = _joined(row, held[into], losses)
    for key in sorted(waiting):
        yield from waiting[key]


def _one(a: Coded, b: Coded) -> bool:
    """Whether two rows of one place and day are of one fight: the same actors, or one side's account of the same battle names fewer."""
    together = {p.number for p in a.happening.papers} & {p.number for p in b.happening.papers}
    if not (a.exact and b.exact) and not together:
        return False
    kinds = {a.sub.event_type, b.sub.event_type}
    if kinds == {"Battles"}:
        return a.actors <= b.actors or b.actors <= a.actors
    if "Battles" in kinds and kinds <= set(_FOLDING):
        return bool(a.actors) and a.actors == b.actors
    first, second = telling(a.happening), telling(b.happening)
    same_words = first is not None and second is not None and first.words == second.words
    return a.sub == b.sub and a.actors == b.actors and (bool(a.actors) or same_words)


def _joined(a: Coded, b: Coded, losses: Losses) -> Coded:
    kept, gone = sorted((a, b), key=lambda r: (r.sub.rank, -len(r.actors), r.happening.id))
    losses.folded(gone.happening, "one row a fight and day", f"within the row {kept.cells['event_id_cnty']} ({kept.sub.name}) of {kept.happening.id}")
    cells = dict(kept.cells)
    if len(gone.actors) > len(kept.actors):
        for name in ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"):
            cells[name] = gone.cells[name]
    outlets = list(dict.fromkeys(o for r in (kept, gone) for o in str(r.cells["source"]).split("; ")))
    cells["source"] = "; ".join(outlets)
    cells["fatalities"] = max(int(kept.cells["fatalities"] or 0), int(gone.cells["fatalities"] or 0))
    first, second = telling(kept.happening), telling(gone.happening)
    if first is None or second is None or first.words != second.words:
        cells["notes"] = f"{kept.cells['notes']} {gone.cells['notes']}"
    cells["time_precision"] = min(int(kept.cells["time_precision"] or 1), int(gone.cells["time_precision"] or 1))
    cells["timestamp"] = max(int(kept.cells["timestamp"] or 0), int(gone.cells["timestamp"] or 0))
    return replace(kept, cells=cells, actors=kept.actors | gone.actors)
