"""People at work in a real Chromium: review by the keyboard alone, several values at once, signing in, what a role may do."""

from __future__ import annotations

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

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]
PASSWORD = "a long enough word"


@pytest.fixture
def desk(copied: Path) -> Iterator[str]:
    with serving(copied) as address:
        yield address


def log_of(path: Path) -> list[tuple[str, str, str]]:
    with Record.open(path) as record:
        return [(one.line.verb, one.line.who, one.line.why) for one in entries(record)]


def test_review_by_the_keyboard_alone(desk: str, visit: Opener, copied: Path) -> None:
    page = visit("#/review", page_at=desk)
    case = page.locator(".case")
    first = case.get_attribute("aria-label")
    page.wait_for_timeout(300)
    assert log_of(copied) == []  # looking changes nothing
    for key, left in (("n", True), ("p", False)):
        page.keyboard.press(key)
        expect(case).not_to_have_attribute("aria-label", first) if left else expect(case).to_have_attribute("aria-label", first)
    expect(page.locator(".case p.quiet", has_text="Nobody has judged")).to_be_visible()
    page.keyboard.press("m")
    page.wait_for_timeout(500)  # the field takes the keys once it is drawn
    page.keyboard.type("ask the desk")
    page.keyboard.press("Enter")
    expect(page.locator(".case [role=status]")).to_have_text("The note is kept.")
    page.keyboard.press("u")
    expect(page.locator(".case [role=status]")).to_contain_text("undone")
    page.keyboard.press("c")
    expect(page.locator(".case form select").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".case form")).to_have_count(0)
    page.keyboard.press("a")
    expect(case).not_to_have_attribute("aria-label", first)
    second = case.get_attribute("aria-label")
    expect(page.locator(".case p.quiet", has_text="Nobody has judged")).to_be_visible()
    page.keyboard.press("r")
    expect(case).not_to_have_attribute("aria-label", second)
    assert [verb for verb, _, _ in log_of(copied)] == ["note", "undo", "accept", "reject"]
    assert {who for _, who, _ in log_of(copied)} == {"A. Reader"}


def test_a_changed_value_stands_beside_the_machines(desk: str, visit: Opener, copied: Path) -> None:
    page = visit("#/review?word=events", page_at=desk)
    expect(page.locator(".case p.quiet", has_text="Nobody has judged")).to_be_visible()
    page.keyboard.press("c")
    page.locator(".case form select").nth(1).select_option("denied")
    page.locator(".case form input[name=why]").fill("the army denies it")
    page.keyboard.press("Enter")
    row = page.locator(".compare tr", has=page.locator("th", has_text="status"))
    expect(row.locator("td").last).to_have_text("denied")
    assert row.locator("td").first.inner_text() != "denied"
    assert log_of(copied) == [("change", "A. Reader", "the army denies it")]


def test_several_are_accepted_only_where_their_words_are_in_sight(desk: str, visit: Opener, copied: Path) -> None:
    page = visit("#/review?several=on&least=0.5", page_at=desk)
    page.wait_for_selector(".several li")
    waiting = page.locator(".several li").count()
    shown = page.locator(".several li.in-sight")
    expect(shown).not_to_have_count(0)
    ids = [one.get_attribute("data-id") for one in shown.all()]
    height = page.viewport_size["height"]
    assert all(one.bounding_box()["y"] >= 0 and one.bounding_box()["y"] + one.bounding_box()["height"] <= height for one in shown.all())
    assert len(ids) < waiting
    page.screenshot(path=SHOTS / "review-several.png")
    assert serious_findings(page) == []
    page.keyboard.press("A")
    expect(page.locator("[role=status]").first).to_contain_text(f"{len(ids)} value")
    with Record.open(copied) as record:
        rows = record.rows("SELECT c.verb, c.why, x.report, x.item FROM correction c JOIN effect x ON x.n = c.n ORDER BY c.n")
    told = [(row["verb"], row["why"], f"{row['report']}/{row['item']}") for row in rows]
    assert sorted(handle for _, _, handle in told) == sorted(ids)
    assert {verb for verb, _, _ in told} == {"accept"}
    assert all("in sight, confidence 0.5 or more" in why for _, why, _ in told)


def test_a_team_signs_in_and_each_may_do_what_the_role_allows(visit: Opener, copied: Path, tmp_path: Path) -> None:
    with closing(Accounts.open(tmp_path / "record.db.accounts", create=True)) as accounts:
        accounts.add("Rita", "reader", PASSWORD)
        accounts.add("Vera", "reviewer", PASSWORD)
        with serving(copied, accounts=accounts) as address:
            page = visit("#/reports", page_at=address)
            assert page.locator("h1").inner_text() == "Sign in"
            assert serious_findings(page) == []
            page.screenshot(path=SHOTS / "sign-in.png")
            sign_in(page, "Rita", "not the word")
            expect(page.locator("[role=alert]")).to_be_visible()
            sign_in(page, "Rita", PASSWORD)
            expect(page.locator("main .card").first).to_be_visible()
            page.evaluate("location.hash = '#/review'")
            expect(page.locator(".notice")).to_contain_text("may look here, but not judge: your account is a reader’s")
            expect(page.locator(".case-words")).to_be_visible()
            assert page.locator(".acts").count() == 0
            page.keyboard.press("a")
            page.wait_for_timeout(200)
            assert log_of(copied) == []
            page.locator("button", has_text="sign out").click()
            expect(page.locator("h1")).to_have_text("Sign in")
            sign_in(page, "Vera", PASSWORD)
            expect(page.locator(".case p.quiet", has_text="Nobody has judged")).to_be_visible()
            page.wait_for_load_state("networkidle")  # the rights of who has signed in come with the view
            page.keyboard.press("a")
            expect(page.locator(".bars")).to_be_visible()
            for _ in range(50):
                if log_of(copied):
                    break
                page.wait_for_timeout(200)
            assert [(verb, who) for verb, who, _ in log_of(copied)] == [("accept", "Vera")]
            expect(page.locator(".standing")).to_contain_text("Vera 1")
            page.wait_for_load_state("networkidle")


def sign_in(page: Any, name: str, password: str) -> None:
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
