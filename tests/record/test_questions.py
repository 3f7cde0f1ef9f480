"""The ledger of the example reports answers as their texts do."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import batch
from dateline.errors import UsageError
from dateline.intake.sources import find_inputs
from dateline.record.ledger import holders_everywhere, holders_on
from dateline.record.store import Record
from dateline.settings import Settings

QUESTIONS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "ledger_questions.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of the example reports, read once."""
    record = Record.open(tmp_path_factory.mktemp("examples") / "record.db", create=True)
    batch.ingest(find_inputs([str(Path(__file__).parents[2] / "examples")]), record, Settings())
    return record


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: " ".join(q))
def test_who_held_it(examples: Record, question: tuple[str, ...]) -> None:
    place, day, speaker, known, answer = question
    try:
        holdings = holders_on(examples, place, day, according_to=speaker or None, as_known_on=known or None)
    except UsageError:
        assert answer == "unknown"
        return
    wanted = [] if answer == "nobody" else [part.split(": ") for part in answer.split("; ")]
    given = [(h.holder_name, h.standing) for h in holdings]
    assert len(given) == len(wanted), given
    for (name, standing), want in zip(given, wanted, strict=True):
        assert want[0] in name, given
        assert want[1:] in ([], [standing]), [(h.holder_name, h.standing, h.reason) for h in holdings]


def test_all_places_of_a_day(examples: Record) -> None:
    held = {h.place_name: h.holder_name for h in holders_everywhere(examples, "2016-01-01")}
    assert {p: held[p] for p in ("Raqqa", "Palmyra", "Mosul")} == dict.fromkeys(("Raqqa", "Palmyra", "Mosul"), "Islamic State")
