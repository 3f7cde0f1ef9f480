"""The printed reading holds the published schema, and comes back as it was."""

import json

import jsonschema
import pytest

from dateline.contract import dumps, from_json, to_json
from dateline.model import (
    AcledCode,
    Codes,
    Entity,
    Event,
    Figure,
    Mention,
    Participant,
    Published,
    Reading,
    Refused,
    Report,
    Section,
    Span,
    When,
    Where,
)
from dateline.schema import reading_schema

TEXT = "Rebels took Busra on 25 March 2015."


def small_reading() -> Reading:
    when = When("2015-03-25", "2015-03-25", "day", span=Span.of(TEXT, 21, 34))
    return Reading(
        report=Report("r", TEXT, sections=(Section("paragraph", 0, len(TEXT)),), published=Published("2015-03-25", "metadata")),
        entities=(
            Entity("e1", "actor", "armed_group", "Rebels", mentions=(Mention(0, 6, "Rebels", "noun"),)),
            Entity("e2", "place", "town", "Busra", country="SY", lat=32.5, lon=36.5),
        ),
        events=(
            Event(
                "v1", "territory_captured", Span.of(TEXT, 7, 11), (Participant("agent", "e1", Span.of(TEXT, 0, 6)),),
                Where("e2", "at", 32.5, 36.5, 3.0, Span.of(TEXT, 12, 17)), when, "occurred", False, (), (), Span.of(TEXT, 0, len(TEXT)),
                Codes("ASSAULT", "190", AcledCode("Battles", "Non-state actor overtakes territory"), None), 0.8,
            ),
        ),
        figures=(Figure("f1", "killed", 5000001.0, None, None, False, None, "people", "Syrians", None, None, None, (), Span.of(TEXT, 0, 6), None, 0.5),),
    )  # fmt: skip


def test_a_reading_holds_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(reading_schema())
    jsonschema.validate(to_json(small_reading()), reading_schema())


def test_when_is_printed_with_from_and_to() -> None:
    when = to_json(small_reading())["events"][0]["when"]
    assert (when["from"], when["to"]) == ("2015-03-25", "2015-03-25")


def test_whole_numbers_are_printed_whole() -> None:
    assert to_json(small_reading())["figures"][0]["low"] == 5000001


def test_a_reading_comes_back_as_it_was() -> None:
    reading = small_reading()
    assert from_json(json.loads(dumps(reading))) == reading


def test_a_refused_input_is_one_object() -> None:
    assert json.loads(dumps(Refused("a.txt", "empty", "give another"))) == {"refused": {"input": "a.txt", "reason": "empty", "mend": "give another"}}


def test_a_lone_surrogate_is_escaped() -> None:
    line = dumps(Refused("\udcff", "x", "y"))
    assert line.encode("utf-8")
    assert json.loads(line)["refused"]["input"] == "\udcff"


def test_an_interval_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        When("2015-03-25", "2015-03-24")
