"""Two readers with accounts of their own, in a real Chromium: each judges by keys what she has not judged, blind, and the page says how far they agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dateline.record.corrections import entries
from dateline.record.store import Record
from dateline.web.accounts import Accounts
from page.conftest import SHOTS, serving
from page.test_page import serious_findings
from page.test_people import PASSWORD, sign_in

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]


@pytest.fixture
def team(copied: Path, tmp_path: Path) -> Iterator[tuple[str, Accounts, Path]]:
    with closing(Accounts.open(tmp_path / "record.db.accounts", create=True)) as accounts:
        for name in ("Vera", "Olga", "Ines"):
            accounts.add(name, "reviewer", PASSWORD)
        with serving(copied, accounts=accounts) as address:
            yield address, accounts, copied


def review_as(visit: Opener, address: str, name: str) -> Any:
    page = visit("#/review?word=control", page_at=address)
    sign_in(page, name, PASSWORD)
    expect(page.locator(".case-words")).to_be_visible()
    return page


def judge(page: Any, key: str) -> str:
    """Press a key once the value can be judged; the value it was of."""
    case = page.locator(".case")
    expect(case.locator("p.quiet", has_text="judged this value yet")).to_be_visible()
    here = case.get_attribute("aria-label")
    page.keyboard.press(key)
    expect(case).not_to_have_attribute("aria-label", here)
    return here.removeprefix("Value ")


def test_two_readers_judge_blind_by_keys_and_their_agreement_is_shown(visit: Opener, team: tuple[str, Accounts, Path]) -> None:
    address, _, record = team
    first = review_as(visit, address, "Vera")
    waiting = first.locator("[role=status]").first.inner_text()
    seen = [judge(first, key) for key in ("r", "a", "r", "a")]
    expect(first.locator(".standing")).to_contain_text("Vera 4")
    assert first.locator(".standing").inner_text().count("Olga") == 0
    second = review_as(visit, address, "Olga")
    assert second.locator("[role=status]").first.inner_text() == waiting
    case = second.locator(".case")
    assert case.get_attribute("aria-label") == f"Value {seen[0]}"
    expect(case).to_contain_text("Another reader has judged this")
    shown = case.inner_text()
    assert "Vera" not in shown
    assert "rejected" not in shown
    assert case.locator(".compare thead th").all_inner_texts() == ["field", "the machine read"]
    second.screenshot(path=SHOTS / "review-second-reader.png")
    assert serious_findings(second) == []
    assert [judge(second, key) for key in ("r", "a", "a", "a")] == seen
    expect(second.locator(".standing")).to_contain_text("Olga 4, Vera 4")
    second.keyboard.press("p")
    expect(case).to_have_attribute("aria-label", f"Value {seen[-1]}")
    expect(case.locator("details")).to_contain_text("Vera")  # judged by both: nothing is hidden any more
    second.locator(".standing select").select_option("Vera")
    expect(second.locator(".standing [role=status]")).to_contain_text("of 4 values that both judged 3 alike (75 %), Cohen’s kappa 0.50")
    expect(second.locator(".standing")).to_contain_text("1 value on which two persons differ")
    expect(second.locator(".standing")).to_contain_text("Vera: rejects it · Olga: takes it")
    second.screenshot(path=SHOTS / "review-agreement.png", full_page=True)
    with Record.open(record) as opened:
        log = {(e.line.who, e.line.verb, e.now) for e in entries(opened)}
        there = {f"{r['report']}/{r['id']}" for r in opened.rows("SELECT report, id FROM item")}
    verbs = {"a": "accept", "r": "reject"}
    assert log == {(who, verbs[key], one) for who, said in (("Vera", "rara"), ("Olga", "raaa")) for key, one in zip(said, seen, strict=True)}
    assert [one in there for one in seen] == [False, True, True, True]
    first.reload()
    expect(first.locator(".case")).to_be_visible()
    assert first.locator(".case").get_attribute("aria-label") not in {f"Value {one}" for one in seen}


def test_a_third_person_decides_on_what_two_differ(visit: Opener, team: tuple[str, Accounts, Path]) -> None:
    """Also where the last of the two took the value out: the third sees it as the machine read it, with what both said."""
    address, _, record = team
    one = judge(review_as(visit, address, "Vera"), "a")
    assert judge(review_as(visit, address, "Olga"), "r") == one
    page = review_as(visit, address, "Ines")
    differ = page.locator(".standing li a", has_text=one)
    expect(differ).to_be_visible()
    differ.click()
    case = page.locator(".case")
    expect(case).to_have_attribute("aria-label", f"Value {one}")
    expect(case.locator(".compare td").nth(1)).to_have_text("rejected")
    expect(case.locator("details")).to_contain_text("Olga")
    assert "Vera" in case.locator("details").inner_text()
    page.screenshot(path=SHOTS / "review-third-decides.png")
    page.keyboard.press("a")
    expect(page.locator(".standing")).to_contain_text("Ines 1")
    expect(differ).to_have_count(0)
    with Record.open(record) as opened:
        assert [(e.line.who, e.line.verb) for e in entries(opened)] == [("Vera", "accept"), ("Olga", "reject"), ("Ines", "accept")]
        assert opened.rows(
            "SELECT id FROM item WHERE report = :n AND id = :id", dict(zip(("n", "id"), (int(one.split("/")[0]), one.split("/")[1]), strict=True))
        )


def test_a_session_that_ends_in_the_middle_of_a_review_loses_nothing(visit: Opener, team: tuple[str, Accounts, Path], tmp_path: Path) -> None:
    address, _, record = team
    page = review_as(visit, address, "Vera")
    page.locator("main select").first.select_option("events")
    case = page.locator(".case")
    expect(case.locator("p.quiet", has_text="judged this value yet")).to_be_visible()
    here = case.get_attribute("aria-label")
    page.keyboard.press("c")
    page.locator(".case form input[name=why]").fill("typed before the session ended")
    with closing(sqlite3.connect(tmp_path / "record.db.accounts")) as kept, kept:
        kept.execute("DELETE FROM session")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Your session has ended")
    expect(box).to_be_visible()
    assert serious_findings(page) == []
    page.screenshot(path=SHOTS / "session-ended.png")
    page.keyboard.press("Escape")
    expect(box).to_be_visible()
    sign_in(page, "Vera", PASSWORD)
    expect(box).to_have_count(0)
    assert case.get_attribute("aria-label") == here
    assert page.locator(".case form input[name=why]").input_value() == "typed before the session ended"
    page.locator(".case form select").first.select_option("status")
    field = page.locator(".case form select").nth(1)
    field.select_option(next(one for one in field.locator("option").all_inner_texts() if one != field.input_value()))
    page.locator(".case form button").click()
    expect(page.locator(".case [role=status]")).to_contain_text("Kept")
    with Record.open(record) as opened:
        assert [(e.line.who, e.line.why) for e in entries(opened)] == [("Vera", "typed before the session ended")]


def test_two_windows_of_one_reader_do_not_judge_twice(visit: Opener, team: tuple[str, Accounts, Path]) -> None:
    address, _, record = team
    one, two = review_as(visit, address, "Vera"), review_as(visit, address, "Vera")
    expect(two.locator(".case p.quiet", has_text="judged this value yet")).to_be_visible()
    judge(one, "a")
    here = two.locator(".case").get_attribute("aria-label")
    two.keyboard.press("r")
    expect(two.locator(".case [role=alert]")).to_contain_text("Vera has said accept of it meanwhile")
    assert two.locator(".case").get_attribute("aria-label") == here
    with Record.open(record) as opened:
        assert [e.line.verb for e in entries(opened)] == ["accept"]
