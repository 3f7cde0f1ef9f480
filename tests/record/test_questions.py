"""The ledger of the example reports answers as their texts do."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.example_reports import incidents_found

from dateline import batch
from dateline.errors import UsageError
from dateline.intake.sources import find_inputs
from dateline.record.copies import copies_of
from dateline.record.ledger import holders_everywhere, holders_on
from dateline.record.link import incidents
from dateline.record.picture import picture_of
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


def test_a_reprint_is_found_and_counted_as_one_source(examples: Record) -> None:
    numbers = [r["n"] for r in examples.rows("SELECT n FROM report WHERE title LIKE 'Raqqa has fallen%' ORDER BY n")]
    (copy,) = copies_of(examples, numbers)
    assert copy.whole
    (held,) = holders_on(examples, "Raqqa", "2017-10-18")
    assert (len({c.report for c in held.accounts}), held.independent) == (2, 1)


def test_updated_tolls_of_one_strike_are_one_incident(examples: Record) -> None:
    strikes = [i for i in incidents(examples) if len({n for n, _ in i.events}) == 3 and picture_of(examples, i).where == "Kunduz"]
    assert [picture_of(examples, i).type for i in strikes] == ["air_strike"]
    tally = next(t for t in picture_of(examples, strikes[0]).figures if t.measure == "killed")
    assert (tally.lowest.number, tally.kind) == (9, "update")


def test_the_seizure_of_2014_told_in_2017_is_the_old_incident(examples: Record) -> None:
    joined = [i for i in incidents(examples) if {"2014", "2017"} <= {_year(examples, n) for n, _ in i.events}]
    assert any(picture_of(examples, i).where == "Raqqa" for i in joined)


def test_incidents_of_the_examples_as_people_labelled_them(examples: Record) -> None:
    """No incident takes in another's events; a floor on how many of the labelled words the record joins (evaluation/example_reports.py measures it)."""
    found = incidents_found(examples)
    scores = found["b3"]
    assert isinstance(scores, dict)
    assert scores["precision"] >= 0.97, scores
    assert scores["recall"] >= 0.62, scores


def test_a_denial_in_another_report_stands_beside_the_claim(examples: Record) -> None:
    (held,) = holders_on(examples, "Sake", "2025-01-24")
    assert "Armed Forces of the Democratic Republic of the Congo denies it" in held.reason
    (held,) = holders_on(examples, "Sake", "2025-01-24", as_known_on="2025-01-23")
    assert held.against == ()


def _year(record: Record, number: int) -> str:
    return str(record.rows("SELECT published FROM report WHERE n = :n", {"n": number})[0]["published"] or "")[:4]
