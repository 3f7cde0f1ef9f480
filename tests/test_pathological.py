"""Texts that no editor would print: time grows with their length and no faster, and nothing is read that is not there."""

import time

import pytest
from evaluation.hold.shapes import EMPTY, LINE, SHAPES

from dateline.intake import report_of
from dateline.model import Reading
from dateline.pipeline import World, read_report
from readings import faults

SIZE = 2500
TIMES = 4
MOST = 9.0
"""How much longer a text of four times the length may take: four in proportion, sixteen where each word is compared with each other."""
FLOOR = 0.15
"""Seconds of work below which a measurement says nothing."""


def spent(text: str, world: World) -> tuple[float, Reading]:
    """Seconds of work, whatever else the machine does meanwhile."""
    begun = time.process_time()
    reading = read_report(report_of(text, published="2017-10-20", language="en"), world)
    return time.process_time() - begun, reading


def told(reading: Reading) -> int:
    """How many things a reading tells of."""
    return len(reading.events) + len(reading.statements) + len(reading.figures) + len(reading.control)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "another language"])
def test_time_grows_with_the_text_and_no_faster(shape: str, world: World) -> None:
    spent(LINE, world)
    small = min(spent(SHAPES[shape](SIZE), world)[0] for _ in range(2))
    large, reading = spent(SHAPES[shape](TIMES * SIZE), world)
    if large >= MOST * max(small, FLOOR):  # another process on the same core makes a measurement worse, never better
        small, large = min(small, spent(SHAPES[shape](SIZE), world)[0]), min(large, *(spent(SHAPES[shape](TIMES * SIZE), world)[0] for _ in range(2)))
    assert large < MOST * max(small, FLOOR)
    assert faults(reading) == []
    if shape in EMPTY:
        assert told(reading) == 0


@pytest.mark.parametrize(
    "text",
    [
        "x" + "\n" * 20_000 + "y",
        "x" + " " * 20_000 + "y",
        "a" * 20_000,
        "9" * 20_000,
        "<div><b>" * 2_000 + "x",
        "&amp;" * 4_000 + "x",
        "x" + "(" * 3_000,
    ],
    ids=("lines", "blanks", "one word", "one number", "tags", "entities", "brackets"),
)
def test_a_flood_of_one_sign_is_passed_over_quickly(text: str, world: World) -> None:
    seconds, reading = spent(text, world)
    assert seconds < 60
    assert faults(reading) == []
    assert told(reading) == 0


def test_a_novel_in_another_language_costs_next_to_nothing(world: World) -> None:
    text = "Российские войска заняли город в среду, сообщил источник. Погибли двадцать человек. " * 2000
    begun = time.process_time()
    report = report_of(text)
    assert report.language == "ru"
    assert read_report(report, world) == Reading(report=report)
    assert time.process_time() - begun < 30
