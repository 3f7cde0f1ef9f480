"""Time expressions to days: by the publication date, the tense, the other dates of the text; never a day that does not exist."""

from collections.abc import Callable

import pytest

from dateline.extraction.findings import Findings
from dateline.extraction.times import find_times
from dateline.language.document import Document
from dateline.model import Published, Report, When
from dateline.resolution.when import resolve_times
from dateline.resolution.when_named import named_in

Analyse = Callable[[str], Document]
FRIDAY = "2017-10-20"


def whens(document: Document, published: str | None) -> dict[str, When | None]:
    found = find_times(document)
    basis = Published(published, "metadata") if published else Published()
    report = Report("r", document.text, published=basis)
    resolved = resolve_times(report, document, Findings(times=found))
    return {document.text[t.start : t.end]: w for t, w in zip(found, resolved, strict=True)}


def ends(when: When | None) -> tuple[str | None, str | None] | None:
    return None if when is None else (when.earliest, when.latest)


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision"),
    [
        ("They fled on 20 October 2017.", "20 October 2017", "2017-10-20", "2017-10-20", "day"),
        ("They fled in October 2017.", "October 2017", "2017-10-01", "2017-10-31", "month"),
        ("They fled in 2014.", "2014", "2014-01-01", "2014-12-31", "year"),
        ("They fled in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "decade"),
        ("The army said on Friday that it won.", "Friday", "2017-10-20", "2017-10-20", "day"),
        ("The army said on Tuesday that it won.", "Tuesday", "2017-10-17", "2017-10-17", "day"),
        ("Delegates will meet on Tuesday.", "Tuesday", "2017-10-24", "2017-10-24", "day"),
        ("Delegates met on Monday of last week.", "Monday of last week", "2017-10-09", "2017-10-09", "day"),
        ("Mosul was retaken in July.", "July", "2017-07-01", "2017-07-31", "month"),
        ("Elections will be held in July.", "July", "2018-07-01", "2018-07-31", "month"),
        ("The raid took place on Nov. 30.", "Nov. 30", "2016-11-30", "2016-11-30", "day"),
        ("Yesterday the road was cut.", "Yesterday", "2017-10-19", "2017-10-19", "day"),
        ("The road was cut last week.", "last week", "2017-10-09", "2017-10-15", "week"),
        ("The road was cut earlier this month.", "earlier this month", "2017-10-01", "2017-10-10", "month"),
        ("The road was cut three days ago.", "three days ago", "2017-10-17", "2017-10-17", "day"),
        ("Forty died in the past 24 hours.", "the past 24 hours", "2017-10-19", "2017-10-20", "hour"),
        ("It began in the third quarter of 2016.", "the third quarter of 2016", "2016-07-01", "2016-09-30", "season"),
        ("It began in the first half of 2016.", "the first half of 2016", "2016-01-01", "2016-06-30", "season"),
        ("It began last summer.", "last summer", "2017-06-01", "2017-08-31", "season"),
        ("It began on Christmas Eve.", "Christmas Eve", "2016-12-24", "2016-12-24", "day"),
        ("They have fought since June.", "June", "2017-06-01", None, "month"),
        ("On Sunday they stormed the base; 40 have died since Tuesday. They shelled it throughout the day.", "the day", "2017-10-15", "2017-10-15", "day"),
        ("They fought until Wednesday.", "Wednesday", None, "2017-10-18", "day"),
        ("The war is now in its seventh year.", "its seventh year", "2010-10-20", None, "year"),
        ("It lasted from March to June 2014.", "March", "2014-03-01", "2014-06-30", "month"),
        ("Between 2003 and 2011 many died.", "2003", "2003-01-01", "2011-12-31", "year"),
        ("The talks of March 12-14, 2014 failed.", "March 12-14, 2014", "2014-03-12", "2014-03-14", "day"),
        ("Shells fell on Thursday night.", "Thursday night", "2017-10-19T18:00", "2017-10-20T06:00", "hour"),
        ("It struck at 5 p.m. GMT on Oct. 17.", "5 p.m. GMT on Oct. 17", "2017-10-17T17:00+00:00", "2017-10-17T17:00+00:00", "minute"),
    ],
)
def test_days(analyse: Analyse, text: str, words: str, first: str | None, last: str | None, precision: str) -> None:
    when = whens(analyse(text), FRIDAY)[words]
    assert when is not None
    assert (when.earliest, when.latest, when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("Troops entered on Oct. 3, 2016. The following day they left.", "The following day", ("2016-10-04", "2016-10-04")),
        ("Troops entered on Oct. 3, 2016. Two days later they left.", "Two days later", ("2016-10-05", "2016-10-05")),
        ("Troops entered on Oct. 3, 2016 and left later that month.", "later that month", ("2016-10-01", "2016-10-31")),
        ("This Oct. 19, 2017 photo shows ruins two days after officers said that it was over.", "two days after", ("2017-10-17", "2017-10-17")),
        ("The raid came two days after the attack of Oct. 17, 2017.", "two days after", ("2017-10-19", "2017-10-19")),
        ("The army left on Oct. 19, 2017, two days after the rebels first claimed to have taken the town.", "two days after", ("2017-10-17", "2017-10-17")),
    ],
)
def test_by_other_dates_of_the_text(analyse: Analyse, text: str, words: str, days: tuple[str, str]) -> None:
    assert ends(whens(analyse(text), None)[words]) == days


@pytest.mark.parametrize("text", ["They met on Friday.", "They met yesterday.", "They met last month.", "They met three days ago.", "They met in July."])
def test_relative_times_stay_open_without_a_publication_date(analyse: Analyse, text: str) -> None:
    (when,) = whens(analyse(text), None).values()
    assert when is not None
    assert when.span is not None
    assert (when.earliest, when.latest, when.precision) == (None, None, "unknown")


@pytest.mark.parametrize("text", ["They met on 31 November 2016.", "They met on 2017-02-30.", "They met on 32/13/2017.", "They met on Feb. 29, 2015."])
def test_days_that_do_not_exist_are_never_bent(analyse: Analyse, text: str) -> None:
    assert all(w is None or (w.precision != "day" and w.earliest is None) for w in whens(analyse(text), FRIDAY).values())


@pytest.mark.parametrize("text", ["They fought for two years.", "A 24-year-old man fled.", "They patrol every day.", "He now leads it."])
def test_durations_ages_and_sets_are_no_dates(analyse: Analyse, text: str) -> None:
    assert set(whens(analyse(text), FRIDAY).values()) == {None}


def test_a_numeric_date_that_reads_both_ways_keeps_both(analyse: Analyse) -> None:
    (when,) = whens(analyse("It was signed on 03/04/2012."), FRIDAY).values()
    assert when is not None
    assert (when.earliest, when.latest, when.approximate) == ("2012-03-04", "2012-04-03", True)


@pytest.mark.parametrize(
    ("text", "basis"),
    [("They fled on 20 October 2017.", "stated"), ("They fled on Friday.", "relative"), ("They fled on Oct. 3.", "inferred")],
)
def test_basis(analyse: Analyse, text: str, basis: str) -> None:
    (when,) = whens(analyse(text), FRIDAY).values()
    assert when is not None
    assert when.basis == basis


@pytest.mark.parametrize(
    ("name", "year", "first"),
    [
        ("easter", 2017, "2017-04-16"),
        ("orthodox easter", 2016, "2016-05-01"),
        ("ramadan", 2017, "2017-05-27"),
        ("nowruz", 2017, "2017-03-20"),
        ("yom kippur", 1973, "1973-10-06"),
        ("passover", 2002, "2002-03-28"),
        ("tet", 1968, "1968-01-30"),
        ("chinese new year", 1985, "1985-02-20"),
        ("diwali", 2016, "2016-10-30"),
        ("thanksgiving", 1998, "1998-11-26"),
        ("memorial day", 2017, "2017-05-29"),
    ],
)
def test_named_days(name: str, year: int, first: str) -> None:
    assert [str(i.first) for i in named_in(name, year)] == [first]


def test_a_feast_of_the_moon_may_fall_twice_in_a_year() -> None:
    assert len(named_in("ramadan", 1997)) == 2


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "yesterday"])
def test_a_publication_date_that_cannot_be_counts_as_none(analyse: Analyse, published: str) -> None:
    (when,) = whens(analyse("They met on Friday."), published).values()
    assert when is not None
    assert (when.earliest, when.latest) == (None, None)
