"""The language of a text is told, and what is plainly no English is never taken for it."""

from pathlib import Path

import pytest

from dateline.intake import report_of
from dateline.intake.languages import UNDETERMINED, language_of
from dateline.model import Reading
from dateline.pipeline import World, read_report

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parents[2] / "evaluation" / "hold" / "languages.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "language\t"))
]
KIN = {"mk": {"sr", "bg"}, "mr": {"hi"}}
"""Languages that are told as a neighbour where the text is short."""


@pytest.mark.parametrize(("language", "text"), ROWS, ids=lambda cell: cell[:12])
def test_the_language_of_a_few_sentences(language: str, text: str, world: World) -> None:
    found = language_of(text)
    if language == "-":
        assert found not in (None, "en")
    else:
        assert found == language or found in KIN.get(language, ())
    if language != "en":
        report = report_of(text)
        assert read_report(report, world) == Reading(report=report)


def test_a_language_that_nobody_listed_is_undetermined_and_not_read(world: World) -> None:
    made = "Zirnal tovek mardu besilon karat venom drosti melkuv zarin tobel markesh dunov vertil sabor kendi lorat misken dolvar zetum harik pelno vasturi."
    report = report_of(made)
    assert report.language == UNDETERMINED
    assert read_report(report, world) == Reading(report=report)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seize Busra. Army denies loss.",
        "Mosul: 12 killed, 40 wounded. Raqqa: 3 killed. Idlib: 9 killed, 2 missing.",
        "Killed: 20 Wounded: 40 Missing: 3 Displaced: 12,000 Villages: Busra, Nawa, Tal Abyad, Kafr Zita, Maaret, Saraqib, Ariha",
    ],
)
def test_headlines_and_tables_stay_english_or_unknown(text: str) -> None:
    assert language_of(text) in (None, "en")


def test_russian_is_not_told_as_bulgarian() -> None:
    for text in ("На юге страны за сутки погибли пять человек, сообщил губернатор.", "Мэр города заявил, что жители покинули левый берег и перешли на правый."):
        assert language_of(text) == "ru"
