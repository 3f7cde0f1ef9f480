"""The publication date is inferred only where fresh words and a near date agree; else it stays unknown."""

from collections.abc import Callable

import pytest

from dateline.extraction.findings import Findings
from dateline.extraction.times import find_times
from dateline.language.document import Document
from dateline.model import Published, Report, Section
from dateline.resolution.publication import infer_published

Analyse = Callable[[str], Document]


def inferred(analyse: Analyse, parts: list[tuple[str, str]], published: Published | None = None) -> Published:
    text, sections = "", []
    for kind, words in parts:
        sections.append(Section(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    document = analyse(text)
    return infer_published(Report("r", text, published=published or Published(), sections=tuple(sections)), document, Findings(times=find_times(document)))


CAPTION = ("caption", "This March 14, 2012 photo shows a burnt bus in the town of Darel.")


def test_the_weekday_of_the_opening_after_the_caption(analyse: Analyse) -> None:
    found = inferred(analyse, [("paragraph", "Rebels seized the town of Darel on Thursday, its mayor said."), CAPTION])
    assert (found.date, found.basis) == ("2012-03-15", "inferred")
    assert [s.text for s in found.spans] == ["Thursday", "March 14, 2012"]
    assert found.note


def test_the_weekday_may_be_the_caption_day_itself(analyse: Analyse) -> None:
    assert inferred(analyse, [("paragraph", "Rebels seized the town on Wednesday, its mayor said."), CAPTION]).date == "2012-03-14"


def test_a_date_line_of_its_own(analyse: Analyse) -> None:
    assert inferred(analyse, [("headline", "Rebels seize town"), ("dateline", "March 15, 2012"), ("paragraph", "Rebels seized Darel.")]).date == "2012-03-15"


def test_what_is_given_stays(analyse: Analyse) -> None:
    given = Published("2012-03-20", "metadata")
    assert inferred(analyse, [("paragraph", "Rebels seized the town on Thursday."), CAPTION], given) == given


@pytest.mark.parametrize(
    "parts",
    [
        [("paragraph", "The battle of Darel began on 3 June 2004 and ended on 7 June 2004. The garrison surrendered on a Monday.")],
        [("paragraph", "Rebels seized the town on Thursday.")],
        [CAPTION],
        [("paragraph", "Rebels seized the town on Thursday."), ("caption", "In this March 14, 2009 file photo, a soldier stands guard.")],
        [("paragraph", "Rebels seized the town on Thursday. The first raid, on April 2, 2012, failed."), CAPTION],
        [("paragraph", "Rebels will vote on Thursday."), CAPTION],
        [("paragraph", "The town recalls Sept. 11, 2001. A guard said so on Thursday.")],
    ],
)
def test_history_and_loose_dates_prove_nothing(analyse: Analyse, parts: list[tuple[str, str]]) -> None:
    assert inferred(analyse, parts).date is None


def test_a_picture_of_the_day_after_the_weekday_told(analyse: Analyse) -> None:
    assert inferred(analyse, [("paragraph", "Rebels seized the town of Darel on Tuesday, its mayor said."), CAPTION]).date == "2012-03-14"


def test_a_weekday_two_days_before_the_caption_leaves_the_day_open(analyse: Analyse) -> None:
    assert inferred(analyse, [("paragraph", "Rebels seized the town of Darel on Monday, its mayor said."), CAPTION]).date is None
