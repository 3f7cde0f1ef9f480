"""Heads of releases, situation reports and notes: headline, issuing body and day; and heads of news that are none of these."""

from __future__ import annotations

import pytest

from dateline.intake import report_of
from dateline.intake.imprint import imprint_rules
from dateline.intake.offices import office_kind
from dateline.intake.sections import find_sections

BODY = (
    "Government forces took the town on Monday after a week of shelling, residents said.\n\n"
    "At least 13 people were killed, according to the provincial health office, and hundreds fled their homes."
)

# head, source, title, day
PAPERS = [
    ("Harbour Watch: river port changes hands\n\nNote of 3 March 2021", "Harbour Watch", "Harbour Watch: river port changes hands", "2021-03-03"),
    ("NORTH COAST: FLOOD SITUATION REPORT No. 4\n\nHarbour Aid, 3 March 2021", "Harbour Aid", "NORTH COAST: FLOOD SITUATION REPORT No. 4", "2021-03-03"),
    ("Army takes town\nHarbour Aid, Erbil, March 3, 2021", "Harbour Aid", "Army takes town", "2021-03-03"),
    ("Army takes town\nTal Brak, 3 March 2021", None, "Army takes town", "2021-03-03"),
    ("Ministry of Health\nDaily summary, 3 March 2021", "Ministry of Health", "Daily summary, 3 March 2021", "2021-03-03"),
    ("Federal Ministry of Health\nDaily Bulletin: 3 March 2021\nTwelve hospitals hit in the north", "Federal Ministry of Health",
     "Twelve hospitals hit in the north", "2021-03-03"),
    ("Republic of Arland\nJoint Information Office\n\nPRESS RELEASE\nBaghdad, 3 March 2021\n\nThe President receives two envoys", "Joint Information Office",
     "The President receives two envoys", "2021-03-03"),
    ("MINISTRY OF DEFENCE\nPRESS OFFICE\nPRESS RELEASE No. 14/2021\n3 March 2021\n\nMinister visits eastern command", "MINISTRY OF DEFENCE",
     "Minister visits eastern command", "2021-03-03"),
    ("Situation report No. 12 (as of 3 March 2021)", None, "Situation report No. 12 (as of 3 March 2021)", "2021-03-03"),
    ("YEMEN: Humanitarian Update #4 | 3 March 2021\nNorthern Refugee Council", "Northern Refugee Council",
     "YEMEN: Humanitarian Update #4 | 3 March 2021", "2021-03-03"),
    ("Latest from the monitors, based on information received as of 19:30, 3 March 2021", None,
     "Latest from the monitors, based on information received as of 19:30, 3 March 2021", "2021-03-03"),
    ("Press statement by the Minister of Health, 3 March 2021", None, "Press statement by the Minister of Health, 3 March 2021", "2021-03-03"),
    ("For immediate release, March 3, 2021\n\nHarbour Aid condemns attack on clinic", None, "Harbour Aid condemns attack on clinic", "2021-03-03"),
    ("Army takes town\n\nBy Lena Brandt, Harbour Broadcasting, Mosul\n3 March 2021", "Harbour Broadcasting", "Army takes town", "2021-03-03"),
    ("State of Kuwait\nMinistry of Foreign Affairs\nStatement", "Ministry of Foreign Affairs", "Statement", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "source", "title", "day"), PAPERS)
def test_paper(head: str, source: str | None, title: str, day: str | None) -> None:
    report = report_of(f"{head}\n\n{BODY}")
    assert (report.source, report.title, report.published.date) == (source, title, day)
    assert report.published.basis == ("stated" if day else "unknown")


@pytest.mark.parametrize(
    "title",
    [
        "Kabul Bombing, 31 May 2017",
        "Battle of Mosul, 17 October 2016",
        "Rebels Seize Army Headquarters",
        "Human Rights Watch: army shelled school",
        "UN rights office: 40 killed in camp raid",
        "Situation Report, 1–7 March 2021",
        "Army rejects the report of 3 March 2021",
        "Summary executions, 3 May 2016",
        "Explained: the peace agreement of 10 April 1998",
    ],
)
def test_headline_of_news(title: str) -> None:
    report = report_of(f"{title}\n\n{BODY}")
    assert (report.source, report.title, report.published.date) == (None, title, None)


def test_own_voice_tells_whose_paper_it_is() -> None:
    head = "Harbour Watch: river port changes hands\n\n"
    assert report_of(f"{head}{BODY}\n\nOur network has documented 12 deaths.").source == "Harbour Watch"
    assert report_of(f'{head}{BODY}\n\n"Our network has documented 12 deaths," the group said.').source is None


def test_agency_of_the_dateline_goes_before_the_headline() -> None:
    assert report_of(f"Harbour Watch: river port changes hands\n\nBEIRUT, March 3, 2021 (Reuters) - {BODY}\n\nWe asked the army.").source == "Reuters"


@pytest.mark.parametrize("head", ["BEIRUT, Oct 20 (Reuters) - ", "BEIRUT, Oct 20 (Reuters) — ", "BEIRUT (Reuters) -- ", "(Reuters) - ", "Reuters -- "])
def test_agency_of_any_dateline(head: str) -> None:
    assert report_of(head + BODY).source == "Reuters"


def test_letterhead_is_no_headline() -> None:
    report = report_of(f"Republic of Arland\nMinistry of Health\n\nPRESS RELEASE\n\nMinister opens two clinics\n\n{BODY}")
    assert [s.kind for s in report.sections] == ["byline", "byline", "boilerplate", "headline", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Health", "office"),
        ("Joint Operations Media Office", "office"),
        ("General Staff of the Armed Forces", "office"),
        ("Republic of Arland", "state"),
        ("Harbour Broadcasting", "medium"),
        ("Attack on the Ministry of Health", None),
        ("Islamic State", None),
        ("Army takes town", None),
        ("Lena Brandt", None),
    ],
)
def test_office(name: str, kind: str | None) -> None:
    assert office_kind(name) == kind


def test_names_after_a_slash_in_a_marked_caption_are_its_credit() -> None:
    caption = "Smoke rises over the port of Aden. (Lena Brandt/Harbour)"
    marked = find_sections(f"{BODY}\n\n{caption}\n\n{BODY}", captions=[caption])
    assert [s.kind for s in marked if s.kind in ("caption", "credit")] == ["caption", "credit"]
    assert not any(s.kind in ("caption", "credit") for s in find_sections(f"{BODY}\n\n{caption}\n\n{BODY}"))


@pytest.mark.parametrize("rule", imprint_rules(), ids=lambda r: r.name)
def test_rows_prove_themselves(rule: object) -> None:
    assert rule.prove() is None  # type: ignore[attr-defined]
