"""The bench's own parts: texts made the same each time, rows of cost for each so many reports, values that tell of conflict."""

import pytest
from evaluation.bench import gates, scale, texts

from dateline.intake import report_of
from dateline.pipeline import World, read_report

PARAGRAPHS = [
    "Rebels seized the town of Busra on Friday, the army said.",
    "Two soldiers were killed near Homs on Monday, a monitor said.",
    "The mayor opened a school.",
]


def test_made_texts_are_the_same_each_time() -> None:
    first, again = (list(texts.made(PARAGRAPHS, 5, 25)) for _ in range(2))
    assert first == again
    assert all(len(text.split()) >= 25 for text in first)


def test_cost_is_told_for_each_so_many_reports(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "open", lambda settings=None: world)
    monkeypatch.setattr(scale, "calm_collector", lambda: None)
    rows = list(scale.many(PARAGRAPHS, 5, 12, every=2))
    assert [row["reports"] for row in rows] == [2, 4, 5]
    assert all(row["ms_per_report"] >= 0 and row["memory_mb"] > 10 for row in rows)


@pytest.mark.parametrize(("text", "wanted"), [(PARAGRAPHS[0], True), (PARAGRAPHS[1], True), (PARAGRAPHS[2], False)])
def test_values_of_conflict_are_counted(text: str, *, wanted: bool, world: World) -> None:
    assert (gates.of_conflict(read_report(report_of(text), world)) > 0) is wanted
