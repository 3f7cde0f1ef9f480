"""Whatever persons said, wrongly too and with undos of undos: the log alone, said again line by line over the same reports, gives the same record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.record import corrections
from dateline.record.corrections import Correction
from dateline.record.link import link, pending
from dateline.record.rescue import rescue
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import captured, day

READINGS = (
    captured("SDF", "Raqqa", day("2017-10-17"), says="The army", killed=9),
    captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", published="2017-10-19", killed=12),
    captured("The army", "Palmyra", day("2017-10-17"), says="State television", source="River Radio"),
)

_CHANGES = st.sampled_from([
    ("change", "v1", "status", "denied", None), ("change", "v1", "type", "withdrawal", None), ("change", "v1", "when", "2017-10", None),
    ("change", "f1", "number", "20-30", None), ("change", "c1", "holder", "e3", None), ("change", "c1", "change", "lost", None), ("accept", "v1", None, None, None),
    ("reject", "f1", None, None, None), ("reject", "v1", None, None, None), ("note", "v1", None, "look again", None), ("merge", "e1", None, None, "e3"),
    ("same", "v1", None, None, "2/v1"), ("different", "v1", None, None, "2/v1"), ("unsure", "v1", None, None, "3/v1"),
    # Wrongly: no such field, value, item, or one and the same event.
    ("change", "v1", "colour", "red", None), ("change", "v1", "type", "picnic", None), ("accept", "v9", None, None, None), ("same", "v1", None, None, "1/v1"),
])  # fmt: skip
_STEPS = st.lists(st.one_of(st.tuples(st.integers(1, 3), _CHANGES), st.integers(1, 9)), min_size=1, max_size=9)


def filled(folder: Path, name: str) -> Record:
    record = Record.open(folder / name, create=True)
    for n, reading in enumerate(READINGS):
        record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
    link(record, pending(record))
    return record


def everything(record: Record) -> dict[str, list[str]]:
    """All that questions are answered from, and what the log says of itself; without the moments."""
    tables = ("item", "entity", "statement", "event", "participant", "figure", "control", "tie", "member", "machine")
    held = {table: sorted(str(tuple(r.values())) for r in record.rows(f"SELECT * FROM {table}")) for table in tables}
    log = [str((e.line.n, e.line.verb, e.line.item, e.line.field, e.line.value, e.undone_by, e.fits, e.now)) for e in corrections.entries(record)]
    return {**held, "log": log}


def said(record: Record, step: Any) -> None:
    """One step; what cannot be is refused and changes nothing."""
    try:
        if isinstance(step, int):
            corrections.undo(record, step, who="ana")
        else:
            report, (verb, item, field, value, other) = step
            corrections.add(record, Correction(verb, report, item, field, value, other=other, who="ana"))
    except UsageError as fault:
        if not fault.mend:
            raise


@settings(max_examples=12, deadline=None)
@given(steps=_STEPS)
@example(steps=[(1, ("reject", "v1", None, None, None))]).via("the incident is named after its first event, and that is gone")
@example(steps=[(1, ("change", "v1", "type", "accusation", None))]).via("the first event of an incident is no happening any more")
def test_the_log_said_again_gives_the_same_record(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with filled(folder, "a.db") as first:
            taken: list[Any] = []
            for step in steps:
                before = len(corrections.entries(first))
                state = everything(first)
                said(first, step)
                if len(corrections.entries(first)) > before:
                    taken.append(step)
                else:
                    assert everything(first) == state  # refused, and nothing is changed
            wanted = everything(first)
            assert list(verify(first)) == []
            with filled(folder, "b.db") as second:
                for step in taken:
                    said(second, step)
                assert everything(second) == wanted
            with Record.open(folder / "c.db", create=True) as third:
                assert list(rescue(first, third)) == []
                link(third, pending(third))
                assert everything(third) == wanted
