"""What holds of all values and not of chosen ones: intervals of the calendar, bounds of numbers, encodings, and the log of corrections replayed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from evaluation.fuzz import of_words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.intake.decoding import Decoded, decode
from dateline.record import corrections
from dateline.record.corrections import Correction
from dateline.record.link import incidents, link, pending
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from dateline.resolution.when_calendar import moved_by, narrowed, unit_around
from factories import captured, day

SURE = settings(max_examples=150, deadline=None, derandomize=True)
days = st.dates(date(1600, 1, 1), date(2400, 12, 31))
units = st.sampled_from(("day", "week", "month", "quarter", "year", "decade", "century"))


@given(today=days, unit=units, shift=st.integers(-40, 40))
@SURE
def test_units_hold_their_day_and_adjoin(today: date, unit: str, shift: int) -> None:
    here = unit_around(today, unit)
    assert here is not None
    assert here.first <= today <= here.last
    if unit != "century" or 1000 < today.year + 100 * shift < 9000:
        one, following = unit_around(today, unit, shift), unit_around(today, unit, shift + 1)
        assert one.last + timedelta(1) == following.first


@given(today=days, unit=units, shift=st.integers(-8, 8), edge=st.sampled_from(("start", "mid", "end")))
@SURE
def test_the_early_and_late_parts_lie_within_the_whole(today: date, unit: str, shift: int, edge: str) -> None:
    whole = unit_around(today, unit, shift)
    part = narrowed(whole, edge)
    assert whole.first <= part.first <= part.last <= whole.last
    assert edge != "start" or part.first == whole.first
    assert edge != "end" or part.last == whole.last


@given(today=days, unit=st.sampled_from(("hour", "day", "week", "month", "year", "decade")), number=st.floats(-60, 60))
@SURE
def test_there_and_back_again(today: date, unit: str, number: float) -> None:
    there = moved_by(today, number, unit)
    assert there is not None
    assert (there >= today) == (number >= 0) or there == today
    back = moved_by(there, -number, unit)
    assert back is not None
    assert abs((back - today).days) <= (1 if unit in ("hour", "day", "week") else 32)


@given(today=days, number=st.floats(allow_nan=False, allow_infinity=False), unit=units)
@SURE
def test_no_number_of_units_breaks_the_calendar(today: date, number: float, unit: str) -> None:
    moved = moved_by(today, number, unit)
    assert moved is None or date.min <= moved <= date.max


@given(words=st.lists(st.sampled_from(sorted(set(of_words.words_of_time()))), min_size=1, max_size=9), published=st.integers(0, 7))
@settings(SURE, max_examples=60)
def test_words_of_time_in_any_order_give_intervals_in_order(words: list[str], published: int) -> None:
    assert of_words.times()(bytes((published,)) + " ".join(words).encode()) is None


@given(words=st.lists(st.sampled_from(sorted(set(of_words.words_of_number()))), min_size=1, max_size=9))
@SURE
def test_words_of_number_in_any_order_give_bounds_in_order(words: list[str]) -> None:
    assert of_words.numbers()(" ".join(words).encode()) is None


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\x00"), min_size=1),
    encoding=st.sampled_from(("utf-8", "utf-16", "utf-32", "utf-8-sig")),
)
@SURE
def test_a_marked_text_is_decoded_as_it_was_written(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), charset=encoding)
    assert not isinstance(found, Decoded) or found.text == text


STEPS: tuple[tuple[str, str, str | None, Any], ...] = (
    ("change", "v1", "status", "denied"), ("change", "v1", "status", "possible"), ("change", "f1", "number", "20"), ("change", "f1", "number", "5-7"),
    ("change", "v1", "when", "2017-10-16"), ("change", "v1", "where", "geonames:163808"), ("change", "c1", "holder", "actor:SY"), ("reject", "c1", None, None),
    ("reject", "f1", None, None), ("accept", "v1", None, None), ("accept", "v1", "status", None), ("note", "v1", None, "a note"), ("different", "v1", None, "2/v1"),
    ("same", "v1", None, "2/v1"), ("undo", "", None, None),
)  # fmt: skip
log = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from((1, 2)), st.sampled_from(("A. Reader", "B. Reader")), st.integers(1, 12)), max_size=10)


def filled(path: Path) -> Record:
    path.unlink(missing_ok=True)
    record = Record.open(path, create=True)
    for n, source in enumerate(("Northline Agency", "The Harbour Post")):
        reading = captured("SDF", "Raqqa", day("2017-10-17"), source=source, killed=9 + n)
        record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")
    link(record, pending(record))
    return record


def take(record: Record, step: tuple[str, str, str | None, Any], report: int, who: str, n: int) -> bool:
    """Whether the record took it; what cannot be is refused and changes nothing."""
    verb, item, field, value = step
    try:
        if verb == "undo":
            corrections.undo(record, n, who=who)
        elif verb in ("same", "different"):
            corrections.add(record, Correction(verb, report, item, other="2/v1" if report == 1 else "1/v1", who=who))
        else:
            corrections.add(record, Correction(verb, report, item, field, value, who=who))
    except UsageError:
        return False
    return True


def state(record: Record) -> dict[str, Any]:
    tables = ("item", "entity", "statement", "event", "participant", "figure", "control", "tie", "machine")
    held = {table: sorted((tuple(row.values()) for row in record.rows(f"SELECT * FROM {table}")), key=str) for table in tables}
    return held | {"incidents": sorted(sorted(i.events) for i in incidents(record))}


@given(steps=log)
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_log_replayed_gives_the_same_record_and_all_undone_the_first_one(steps: list[Any], tmp_path: Path) -> None:
    record = filled(tmp_path / "one.db")
    before = state(record)
    taken = [step for step in steps if take(record, *step)]
    held = state(record)
    assert list(verify(record)) == []
    again = filled(tmp_path / "two.db")
    assert [take(again, *step) for step in taken] == [True] * len(taken)
    assert state(again) == held
    for entry in reversed(corrections.entries(record)):
        if entry.line.verb not in ("undo", "add") and entry.undone_by is None:
            corrections.undo(record, entry.line.n, who="C. Reader")
    assert state(record) == before
    record.close()
    again.close()


@pytest.mark.parametrize("unit", ["fortnight", "weekend"])
def test_units_that_are_not_of_the_calendar_have_their_days(unit: str) -> None:
    found = unit_around(date(2017, 10, 18), unit)
    assert found is not None
    assert found.first <= found.last
