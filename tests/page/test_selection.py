"""What the page shows is what was selected: a one-file page tells of its own incidents, and days the wrong way round are said to be so."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest

from page.conftest import Served

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]


def ask(served: Served, path: str) -> Any:
    with urlopen(served.address + path) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def one(served: Served, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """A file of the incidents of the days before 2015, and what stands in it."""
    path = tmp_path_factory.mktemp("selected") / "dateline.html"
    with urlopen(f"{served.address}api/export/page?{urlencode({'until': '2014-12-31', 'title': 'Early'})}") as answer:
        path.write_bytes(answer.read())
    inside = path.read_text(encoding="utf-8").split('<script type="application/json" id="dossier">')[1].split("</script>")[0]
    return path.as_uri(), json.loads(inside)["answers"]


def test_a_shared_file_counts_its_own_incidents_and_says_so(visit: Opener, served: Served, one: tuple[str, dict[str, Any]]) -> None:
    address, answers = one
    for word in ("actors", "places"):
        listed = answers[f"/api/{word}"]["items"]
        assert 0 < len(listed) < ask(served, f"api/{word}?limit=1")["count"]
        page = visit(f"#/{word}?nameless=on", page_at=address)
        expect(page.locator(".heading")).to_contain_text("in these incidents")
        assert page.locator(".listing tbody tr").count() == len(listed)
    reports = answers["/api/reports"]["count"]
    assert all(row["reports"] <= reports for row in answers["/api/actors"]["items"] + answers["/api/places"]["items"])
    holder = next((body for path, body in answers.items() if path.startswith("/api/actors/") and body["holds"]))
    page = visit(f"#/actor/{quote(holder['key'], safe='')}", page_at=address)
    expect(page.locator(".heading")).to_contain_text(f"{holder['statements']} statement")
    expect(page.locator(".heading")).to_contain_text("in these incidents")
    expect(page.locator("[aria-label='Places held'] h2")).to_have_text("Places held at the end of these incidents, by their reports alone")
    page.locator("[aria-label='Places held'] a").first.click()
    expect(page.locator("[aria-label='Who held it']")).to_contain_text("As the reports of these incidents alone tell it.")


def test_the_record_itself_is_counted_whole(visit: Opener, served: Served) -> None:
    page = visit("#/actors")
    expect(page.locator(".listing tbody tr").first).to_be_visible()
    assert "in these incidents" not in page.locator("main").inner_text()


@pytest.mark.parametrize("view", ["#/search", "#/map", "#/figures", "#/share", "file #/search", "file #/map", "file #/figures"])
def test_days_the_wrong_way_round_are_said_to_be_so(view: str, visit: Opener, one: tuple[str, dict[str, Any]]) -> None:
    page = visit(f"{view.removeprefix('file ')}?since=2017-10-18&until=2014-01-12", page_at=one[0] if view.startswith("file") else None)
    told = page.locator("main .notice", has_text="is later than")
    expect(told).to_contain_text("The “from” day, 18 Oct 2017, is later than the “to” day, 12 Jan 2014: no day lies between them, and nothing is shown.")
    page.wait_for_timeout(300)
    assert page.locator("main .cards li, main .tally, main a.strong").count() == 0
    told.locator("button").click()
    expect(told).to_have_count(0)
    assert "since=2014-01-12" in page.url
    assert "until=2017-10-18" in page.url
