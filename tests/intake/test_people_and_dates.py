"""Bylines, contributors lines, outlets, languages and publication dates."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.intake import report_of
from dateline.intake.byline import read_byline, read_contributors
from dateline.intake.dates import find_dates, read_date
from dateline.intake.languages import language_of
from dateline.intake.outlets import outlet_at, outlet_named
from dateline.intake.published import published_of
from dateline.intake.sections import find_sections

BODY = "Government forces took the town on Monday after a week of shelling, residents said."


@pytest.mark.parametrize(
    ("line", "people", "outlets"),
    [
        ("By Ana Berg, Associated Press", ("Ana Berg",), ("Associated Press",)),
        ("By ANA BERG and TOM ODUYA", ("Ana Berg", "Tom Oduya"), ()),
        ("By Ana Berg | ABC News | Oct 20, 2017, 5:36 PM ET", ("Ana Berg",), ("ABC News",)),
        ("By Sara al-Haddad in Beirut", ("Sara al-Haddad",), ()),
        ("By Jean-Pierre van der Berg, CNN", ("Jean-Pierre van der Berg",), ("CNN",)),
        ("Ana Berg, BBC News", ("Ana Berg",), ("BBC",)),
        ("By Reuters", (), ("Reuters",)),
    ],
)
def test_byline(line: str, people: tuple[str, ...], outlets: tuple[str, ...]) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.people, byline.outlets) == (people, outlets)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday, the town had fallen.",
        "By the end of the day, 13 people were dead.",
        "By taking Raqqa, the alliance split the province.",
        "He was killed by Ana Berg.",
        "Aleppo, Syria",
    ],
)
def test_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "people", "outlets"),
    [
        ("ABC News' Ana Berg and Tom Oduya contributed to this report.", ("Ana Berg", "Tom Oduya"), ("ABC News",)),
        ("Reporting by Ana Berg in Kyiv and Tom Oduya in London; Editing by Sara Haddad", ("Ana Berg", "Tom Oduya", "Sara Haddad"), ()),
        (
            "Soguel reported from Istanbul. Associated Press writers Ana Berg in Beirut, Tom Oduya in Moscow and Sara Haddad in Oslo contributed.",
            ("Ana Berg", "Tom Oduya", "Sara Haddad"),
            ("Associated Press",),
        ),
        ("With files from AFP and Ana Berg", ("Ana Berg",), ("Agence France-Presse",)),
        ("(Additional reporting by Ana Berg, Tom Oduya and Reuters TV; Writing by Sara Haddad)", ("Ana Berg", "Tom Oduya", "Sara Haddad"), ("Reuters",)),
    ],
)
def test_contributors(line: str, people: tuple[str, ...], outlets: tuple[str, ...]) -> None:
    found = read_contributors(line)
    assert (found.people, found.outlets) == (people, outlets)


def test_outlets() -> None:
    assert outlet_named("the associated press") == outlet_named("AP")
    assert getattr(outlet_at("https://www.bbc.co.uk/news/world-1"), "name", None) == "BBC"
    assert getattr(outlet_at("english.aawsat.com"), "name", None) == "Asharq Al-Awsat"
    assert outlet_named("Ana Berg") is None
    assert outlet_at("https://example.org/x") is None
    assert outlet_at("http://[bad") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Oct 20, 2017, 5:36 PM ET", "2017-10-20T17:36:00-04:00"),
        ("January 5, 2018 at 9:05 a.m. ET", "2018-01-05T09:05:00-05:00"),
        ("Friday, 20 October 2017 17:36 BST", "2017-10-20T17:36:00+01:00"),
        ("20th October, 2017", "2017-10-20"),
        ("Sept. 3, 2015", "2015-09-03"),
        ("2017-10-20T16:36:00Z", "2017-10-20T16:36:00+00:00"),
        ("20.10.2017", "2017-10-20"),
        ("20/10/2017", "2017-10-20"),
        ("04/04/2017", "2017-04-04"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert [d.iso for d in find_dates(text)] == [iso]


@pytest.mark.parametrize("text", ["04/05/2017", "31 June 2017", "the 2017 season", "May 2017", "13 people", "10.5 km"])
def test_no_dates(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2009-03-15 04:15:30.742616-05", "2009-03-15T04:15:30-05:00"),
        ("Fri, 20 Oct 2017 16:36:00 +0000", "2017-10-20T16:36:00+00:00"),
        ("20171020", "2017-10-20"),
        ("20171020T163600Z", "2017-10-20T16:36:00+00:00"),
        ("yesterday", None),
        ("2017-13-40", None),
    ],
)
def test_metadata_dates(words: str, iso: str | None) -> None:
    assert read_date(words) == iso


def test_stated_date_has_its_words() -> None:
    report = report_of(f"Army takes town\n\nPublished 20 October 2017\n\n{BODY}")
    assert (report.published.date, report.published.basis) == ("2017-10-20", "stated")
    assert [s.text for s in report.published.spans] == ["20 October 2017"]


def test_dateline_without_year_states_nothing() -> None:
    assert report_of(f"BEIRUT, Oct 20 (Reuters) - {BODY}").published.basis == "unknown"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Nov 26, 2022 (Northline Agency) -", "2022-11-26"),
        ("Saturday, 26 November 2022 (AFP) —", "2022-11-26"),
        ("2022-11-26 (Northline Agency) –", "2022-11-26"),
        ("Nov 26, 2022 (Saturday) -", None),
        ("Nov 26, 2022 -", None),
        ("Nov 26 (Northline Agency) -", None),
    ],
)
def test_a_dateline_of_day_and_agency_alone(head: str, day: str | None) -> None:
    """A day without an agency may be the first of a list of days, of which none is that of publication."""
    report = report_of(f"Army takes town\n\n{head} {BODY}")
    assert report.published.date == day
    assert report.text[report.sections[-1].start :].startswith(BODY[:10]) or day is None


def test_dateline_with_year_states_the_day() -> None:
    assert report_of(f"BEIRUT, Oct. 20, 2017 (AP) — {BODY}").published.date == "2017-10-20"


def test_days_in_the_body_are_no_publication() -> None:
    assert report_of(f"{BODY}\n\nOn 3 May 2016 the army had left.").published.date is None


def test_contradictions_and_the_future_are_noted() -> None:
    text = f"Army takes town\n\nPublished 20 October 2017\n\n{BODY}"
    sections = find_sections(text)
    found = published_of(text, sections, ["2018-01-05", "2018-03-01"], today=date(2017, 12, 1))
    assert found.date == "2018-01-05"
    assert found.basis == "metadata"
    assert found.note == "metadata also gives 2018-03-01; the text states 2017-10-20; the date lies in the future"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Police arrested two men in Lagos", "en"),
        ("Rebels seized a base in Masisi territory in North Kivu, Congo.", "en"),
        ("L'armée a pris la ville et le gouvernement a salué la victoire des troupes dans la région.", "fr"),
        ("قالت القوات إنها سيطرت على المدينة", "ar"),
        ("1234 5678", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("clock", ["92:17", "02:97", "24:61"])
def test_a_time_that_no_clock_has_leaves_the_day(clock: str) -> None:
    assert [found.iso for found in find_dates(f"Published 2018-10-12 {clock} by the desk")] == ["2018-10-12"]


def test_a_zone_that_the_world_has_not_is_left_out() -> None:
    assert [found.iso for found in find_dates("Published 2018-10-12 09:30+62:00 by the desk")] == ["2018-10-12T09:30:00"]
