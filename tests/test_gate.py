"""The gate lets through what speaks of conflict, control or harm, says honestly when it does not, and is off unless asked for."""

import json
from dataclasses import replace
from itertools import pairwise

import jsonschema
import pytest

from dateline import gate
from dateline.batch import Given, process_batch
from dateline.contract import dumps, from_json
from dateline.export.text import lines_of
from dateline.intake import report_of
from dateline.lexicon import load
from dateline.model import Reading
from dateline.pipeline import World, read_report
from dateline.schema import reading_schema
from dateline.settings import Settings

PLAIN = "The bakery in Elm Lane won a prize for its rye loaves, the mayor said on Monday. Its owner thanked the town."
WAR = "Rebels seized the town of Busra from the army on Wednesday, a monitor said."


@pytest.mark.parametrize("row", load("gate.tsv", columns=gate.COLUMNS, key=("name",)), ids=lambda row: row["name"])
def test_each_row_knows_its_example(row: dict[str, str]) -> None:
    words = gate._WORD.findall(row["example"].lower())
    met = {gate.signs()[w].row for w in (*words, *map(" ".join, pairwise(words))) if w in gate.signs()}
    assert row["name"] in met
    assert 0 <= float(row["weight"]) <= gate.NEEDED


@pytest.mark.parametrize(
    "text",
    [
        WAR,
        "Nine people died in the attack, doctors said.",
        "Police detained forty demonstrators.",
        "The convoy came under fire near the border.",
        "More than 5,000 families have fled since May.",
        "The council said nothing. Shelling went on.",
        "TROOPS ENTERED THE PORT.",
        "Refugees crossed the border.",
        "The armed forces said that the border was quiet.",
        "Police fired at the crowd.",
    ],
)
def test_what_may_be_ours_is_let_through(text: str) -> None:
    assert gate.passed_over(text) is None


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "",
        "Shares rose after the bank's report.",
        "He was born in May. The river runs past the fire station.",
        "Police and the fire department will be told of the fair.",
        "The firm will house refugees.",
        "He hung his arms and looked, as all of us who had come that long way in the rain now did, at the crowd.",
    ],
)
def test_what_holds_no_sign_is_passed_over(text: str) -> None:
    found = gate.passed_over(text)
    assert found is not None
    assert found.score < found.needed


FILLER = "The council spoke of the new road for an hour and then of the school.\n" * 60


@pytest.mark.parametrize(
    ("sentences", "read"),
    [
        ("He knew the fight of a man who dies.", False),
        ("He knew the fight of a man who dies. The police of the port had no plane.", True),
        ("Rebels held the hill.", True),
    ],
)
def test_in_a_long_text_words_that_say_little_must_meet_twice(sentences: str, *, read: bool) -> None:
    assert gate.passed_over(sentences.partition(". ")[0]) is None
    found = gate.passed_over(FILLER + sentences)
    assert (found is None) is read
    assert read or 0 < found.score < found.needed


def test_a_report_passed_over_says_so(world: World) -> None:
    gated = replace(world, gate=True)
    (_, reading), (_, other) = process_batch([Given("a", report_of(PLAIN)), Given("b", report_of(WAR))], gated)
    assert isinstance(reading, Reading)
    assert reading.passed_over is not None
    assert not reading.statements
    assert reading.evidence["report"][0].rule == "gate"
    body = json.loads(dumps(reading))
    assert body["passed_over"]["by"] == "gate"
    jsonschema.validate(body, reading_schema())
    assert from_json(body).passed_over == reading.passed_over
    assert any("not read" in line for line in lines_of(body))
    assert dumps(other) == dumps(read_report(report_of(WAR), world))


def test_it_is_off_unless_asked_for(world: World) -> None:
    assert not Settings().gate
    reading = read_report(report_of(PLAIN), world)
    assert reading.statements
    assert "passed_over" not in json.loads(dumps(reading))


def test_settings_turn_it_on(tmp_path) -> None:
    (tmp_path / "dateline.toml").write_text("gate = true\n")
    assert Settings.load(tmp_path / "dateline.toml").gate
