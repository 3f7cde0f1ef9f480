"""Texts that no editor would print: time grows with their length and no faster, and nothing is read that is not there."""

import time
from collections.abc import Callable

import pytest

from dateline.intake import report_of
from dateline.model import Reading
from dateline.pipeline import World, read_report
from readings import faults

LINE = "Rebels seized the town of Busra from the army on Wednesday, a monitoring group said. "
SIZE = 2500
TIMES = 4
MOST = 9.0
"""How much longer a text of four times the length may take: four in proportion, sixteen where each word is compared with each other."""
FLOOR = 0.15
"""Seconds of work below which a measurement says nothing."""


def filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


SHAPES: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: filled("government troops and warplanes killed 12 civilians near Aleppo on Friday and took Palmyra , ", n),
    "one word again": lambda n: filled("word ", n),
    "clauses in clauses": lambda n: filled("he said that ", n),
    "quotes": lambda n: filled('"We won," he said. ', n),
    "quotes that never close": lambda n: filled("“We took it ", n),
    "nested brackets": lambda n: filled("(the army [killed (two ", n),
    "a table of numbers": lambda n: filled("12 345 6.7 8,900 2016 31/12/2014 45% ", n),
    "the same line": lambda n: filled(LINE.strip() + "\n", n),
    "a list of towns": lambda n: filled("Aleppo, Damascus, Homs, Hama, Idlib, Raqqa, Mosul, Kabul, ", n),
    "pronouns": lambda n: filled("He told them that she saw it. ", n),
    "hyphens": lambda n: filled("a-", n // 2),
}
EMPTY = frozenset({"one word again", "hyphens", "a table of numbers"})
"""Shapes that tell of nothing."""


def spent(text: str, world: World) -> tuple[float, Reading]:
    """Seconds of work, whatever else the machine does meanwhile."""
    begun = time.process_time()
    reading = read_report(report_of(text, published="2017-10-20", language="en"), world)
    return time.process_time() - begun, reading


def told(reading: Reading) -> int:
    """How many things a reading tells of."""
    return len(reading.events) + len(reading.statements) + len(reading.figures) + len(reading.control)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text_and_no_faster(shape: str, world: World) -> None:
    spent(LINE, world)
    small = min(spent(SHAPES[shape](SIZE), world)[0] for _ in range(2))
    large, reading = spent(SHAPES[shape](TIMES * SIZE), world)
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
