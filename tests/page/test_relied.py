"""What a user relies on, in a real Chromium: the days played and brushed, links that bring the same back, a server that is gone, links to what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.record.corrections import entries
from dateline.record.link import link, pending
from dateline.record.store import Record
from page.conftest import SHOTS, Served, serving
from page.test_page import VIEWS, ask, known, serious_findings

__all__ = ["known"]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]


def answer_with(page: Any, status: int, body: str, kind: str) -> None:
    """From now on the server answers so, whatever it is asked."""
    page.unroute("**/api/**")
    page.route("**/api/**", lambda route: route.fulfill(status=status, body=body, content_type=kind))


def day_of(page: Any) -> str:
    return str(page.locator(".daybar input[type=date]").first.input_value())


def test_the_days_are_played_to_the_end_stopped_by_a_key_and_played_again(visit: Opener) -> None:
    page = visit("#/map")
    last = day_of(page)
    button = page.locator(".daybar button.round")
    page.locator(".slider").focus()
    page.keyboard.press("Home")
    first = day_of(page)
    assert first < last
    page.emulate_media(reduced_motion="no-preference")
    page.locator("main .view").click(position={"x": 5, "y": 300})
    page.keyboard.press(" ")
    expect(button).to_have_attribute("aria-label", "Stop")
    expect(page.locator(".daybar input[type=date]").first).not_to_have_value(first)
    page.keyboard.press(" ")
    expect(button).to_have_attribute("aria-label", "Play through the days")
    here = day_of(page)
    assert first < here
    page.wait_for_timeout(600)
    assert day_of(page) == here
    page.keyboard.press(" ")
    expect(page.locator(".daybar input[type=date]").first).to_have_value(last, timeout=90_000)
    expect(button).to_have_attribute("aria-label", "Play through the days")  # it stops at the end by itself
    button.click()
    expect(button).to_have_attribute("aria-label", "Stop")
    expect(page.locator(".daybar input[type=date]").first).not_to_have_value(last)  # and begins anew


def test_who_wants_no_motion_is_shown_a_day_a_second(visit: Opener) -> None:
    page = visit("#/map?on=2014-01-01")
    page.locator(".daybar button.round").focus()
    page.keyboard.press("Enter")
    page.evaluate("window.steps = 0; const kept = history.replaceState; history.replaceState = (...all) => { window.steps++; kept.apply(history, all) }; 0")
    page.wait_for_timeout(2500)
    assert 1 <= page.evaluate("window.steps") <= 4


def test_a_typed_space_is_no_key(visit: Opener) -> None:
    page = visit("#/map")
    page.locator(".names input").fill("Goma")
    page.locator(".names input").press(" ")
    assert page.locator(".names input").input_value() == "Goma "
    expect(page.locator(".daybar button.round")).to_have_attribute("aria-label", "Play through the days")


def test_a_brush_over_the_days_filters_all_and_a_link_brings_it_back(visit: Opener, served: Served) -> None:
    page = visit("#/map?frame=off")
    whole = page.locator(".counts strong").inner_text()
    box = page.locator("canvas.days").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator(".counts strong")).not_to_have_text(whole)
    query = page.url.partition("?")[2]
    since, until = (re.search(rf"{name}=([\d-]+)", query).group(1) for name in ("since", "until"))  # type: ignore[union-attr]
    count = ask(served, f"/api/incidents?limit=1&since={since}&until={until}")["count"]
    expect(page.locator(".counts strong")).to_have_text(f"{count:,}")
    again = visit("#" + page.url.partition("#")[2])
    expect(again.locator(".counts strong")).to_have_text(f"{count:,}")
    assert [again.locator(".brush input").nth(n).input_value() for n in (0, 1)] == [since, until]
    page.go_back()
    expect(page.locator(".counts strong")).to_have_text(whole)
    page.go_forward()
    expect(page.locator(".counts strong")).to_have_text(f"{count:,}")


def test_types_are_called_by_their_labels_everywhere(visit: Opener, served: Served) -> None:
    labels = {one["id"]: one["label"] for one in ask(served, "/api/vocabulary")["event_types"]}
    other = [key for key, label in labels.items() if label != key.replace("_", " ")]
    assert "disaster_natural" in other
    page = visit("#/search?type=disaster_natural&type=hostage_release")
    expect(page.locator(".chips")).to_contain_text("Natural disaster")
    page.locator("summary", has_text="More filters").click()
    choices = page.locator("main select").first.locator("option").all_inner_texts()
    for key in other:
        assert key.replace("_", " ").capitalize() not in choices
    assert choices[1:] == sorted(choices[1:], key=str.casefold)
    page.evaluate("location.hash = '#/share?type=disaster_natural'")
    expect(page.locator(".badge").first).to_have_text("type Natural disaster")


def test_the_user_is_told_that_the_server_is_gone_and_that_it_refuses(visit: Opener) -> None:
    page = visit("#/reports", may=("status of", "net::ERR_FAILED"))
    expect(page.locator("main .card").first).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("location.hash = '#/places'")
    expect(page.locator("main [role=alert]")).to_contain_text("does not answer")
    expect(page.locator("main [role=alert]")).to_contain_text("dateline serve")
    page.screenshot(path=SHOTS / "server-gone.png")
    for status, body, kind, told in (
        (503, '{"type": "x", "title": "t", "status": 503, "wrong": "the record is in use", "given": "", "mend": "try again in some seconds"}', "application/problem+json", "the record is in use"),
        (502, "<h1>Bad gateway</h1>", "text/html", "the server answered 502"),
        (500, "not json at all", "application/json", "the server answered 500"),
        (429, '{"wrong": "too many requests", "mend": "wait a little"}', "application/problem+json", "too many requests"),
    ):  # fmt: skip
        answer_with(page, status, body, kind)
        page.evaluate("status => { location.hash = `#/actors?starts=${status}` }", status)
        expect(page.locator("main [role=alert]")).to_contain_text(told)
        assert page.locator("main h1").count() == 1
    page.unroute("**/api/**")
    page.evaluate("location.hash = '#/reports'")
    expect(page.locator("main .card").first).to_be_visible()


def test_the_page_goes_on_by_itself_once_the_server_answers_again(visit: Opener) -> None:
    page = visit("#/reports", may=("status of", "net::ERR_FAILED"))
    page.route("**/api/**", lambda route: route.abort())
    for view in ("#/places", "#/place/geonames:1135689", "#/map?type=air_strike"):
        page.evaluate("view => { location.hash = view }", view)
        expect(page.locator("main [role=alert]").first).to_contain_text("does not answer")
    page.evaluate("location.hash = '#/place/geonames:1135689'")
    expect(page.locator("main [role=alert]").first).to_be_visible()
    page.unroute("**/api/**")
    expect(page.locator("main h1")).to_have_text("Kunduz")
    assert page.locator("main [role=alert]").count() == 0


def test_back_leads_to_where_one_was_and_a_link_to_the_top(visit: Opener) -> None:
    page = visit("#/reports", height=400)
    expect(page.locator("main .card").nth(9)).to_be_attached()
    page.evaluate("scrollTo(0, 500)")
    page.wait_for_timeout(200)
    title = page.locator("main .card").nth(9).locator(".card-words").inner_text()
    page.locator("main .card a").nth(9).click()
    expect(page.locator("main h1")).to_have_text(title)
    assert page.evaluate("scrollY") == 0
    assert page.title() == f"{title} · Dateline"
    page.go_back()
    expect(page.locator("main h1")).to_have_text("Reports")
    for _ in range(40):
        if page.evaluate("scrollY") == 500:
            break
        page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 500


def test_what_a_link_names_wrongly_is_said_for_people(visit: Opener, served: Served) -> None:
    page = visit("#/reports")
    for view, told, links in (
        ("#/incident/9999/v1", "the record has no such event", ["Search"]),
        ("#/report/9999", "no report of this number", ["Reports"]),
        ("#/report/abc", "there is no such value for “report” — abc", ["Map", "Search"]),
        ("#/report", "there is no such page", ["Map", "Search"]),
        ("#/place/geonames:1", "no such place", ["Search", "Places"]),
        ("#/actor/actor:none", "no such actor", ["Search", "Actors"]),
        ("#/search?since=foo", "there is no such value for “since” — foo", ["Map", "Search"]),
        (f"#/search?words={'a' * 300}", "this is too long for “words”", ["Map", "Search"]),
        ("#/review?only=1/v9999", "no such value", ["the report"]),
    ):
        page.evaluate("view => { location.hash = view }", view)
        box = page.locator("main .notice", has_text=told).first
        expect(box).to_be_visible()
        assert sorted(box.locator("a").all_inner_texts()) == sorted(links), view
        assert "/api/" not in page.locator("main").inner_text()
        assert "should" not in box.inner_text()


def test_who_reviews_goes_on_after_the_server_was_started_anew(visit: Opener, copied: Path) -> None:
    """A server without accounts gives every start another token; a window that was open keeps its own no longer."""
    with serving(copied) as address:
        page = visit("#/review", page_at=address, may=("status of", "net::ERR"))
        first = page.locator(".case").get_attribute("aria-label")
        expect(page.locator(".case p.quiet", has_text="Nobody has judged")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".case [role=alert]")).to_contain_text("does not answer")
    with serving(copied, port=int(address.rstrip("/").rpartition(":")[2])):
        expect(page.locator(".case .notice")).to_have_text("The server answers again.")
        assert page.locator(".case").get_attribute("aria-label") == first
        page.keyboard.press("a")
        expect(page.locator(".case")).not_to_have_attribute("aria-label", first)
    with serving(copied, port=int(address.rstrip("/").rpartition(":")[2])):
        second = page.locator(".case").get_attribute("aria-label")
        page.keyboard.press("r")
        expect(page.locator(".case")).not_to_have_attribute("aria-label", second)
    with Record.open(copied) as record:
        assert [e.line.verb for e in entries(record)] == ["accept", "reject"]


@pytest.mark.parametrize(
    "view",
    ["#/report/999", "#/report/1?item=v999", "#/incident/1/v999", "#/incident/999/v1", "#/incident/x/y", "#/place/geonames%3A1", "#/actor/actor%3Anobody", "#/review?only=1/v999",
     "#/map?place=geonames%3A1", "#/map?at=nonsense&on=2017-99-99&since=x", "#/search?actor=nobody", "#/report/%E0%A4%A"],
)  # fmt: skip
def test_a_link_to_what_is_not_there_says_so_in_words(view: str, visit: Opener) -> None:
    page = visit(view)
    expect(page.locator("main [role=alert], main .counts, main .pages, main h1").first).to_be_visible()
    page.wait_for_timeout(300)
    shown = page.locator("main").inner_text()
    assert "undefined" not in shown
    assert "NaN" not in shown
    assert "[object" not in shown
    if "map" not in view:
        expect(page.locator("main [role=alert]").first).to_be_visible()
        assert all(len(one) > 15 for one in page.locator("main [role=alert]").all_inner_texts())


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Records that hold nothing, one report without a day, and one of hundreds of events with names of every script."""
    folder = tmp_path_factory.mktemp("odd")
    names = ("“Al-Bab”", "O'Brien's Ford", "حلب", "קריית שמונה", "Санкт-Петербург", "L" + "o" * 300 + "ng")
    many = "\n\n".join(
        f"Rebels shelled the town of {names[n % len(names)]} on {1 + n % 28} March 2017, killing {n + 2} people, the army said." for n in range(260)
    )
    texts = {"empty": None, "undated": "Rebels seized the town of Goma from the army, a spokesman said.\n", "many": f"A long year\n\n{many}\n"}
    made: dict[str, Path] = {}
    for name, text in texts.items():
        made[name] = folder / name / "record.db"
        made[name].parent.mkdir()
        with Record.open(made[name], create=True) as record:
            if text is not None:
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
                dateline.read_into(record, [folder / f"{name}.txt"])
                link(record, pending(record))
    return made


@pytest.mark.parametrize("name", ["empty", "undated", "many"])
def test_every_view_of_an_odd_record_is_whole(name: str, visit: Opener, odd: dict[str, Path]) -> None:
    with serving(odd[name]) as address:
        page = visit("#/reports", page_at=address, width=390)
        for view in ("map", "search", "reports", "places", "actors", "figures", "review", "share", *(() if name == "empty" else ("report/1", "incident/1/v1"))):
            page.evaluate("view => { location.hash = `#/${view}` }", view)
            page.wait_for_load_state("networkidle")
            expect(page.locator("main h1").first).to_be_attached()
            expect(page.get_by_text("Loading …")).to_have_count(0)
            shown = page.locator("main").inner_text()
            assert page.locator("main [role=alert]").count() == 0, (view, shown[:300])
            assert not re.search(r"undefined|NaN|\[object|Infinity|Invalid", shown), (view, shown)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
            page.screenshot(path=SHOTS / f"odd-{name}-{view.replace('/', '-')}.png")
        if name == "many":
            page.evaluate("location.hash = '#/report/1'")
            expect(page.locator(".mark").first).to_be_visible()
            assert page.locator(".mark").count() > 500
            assert serious_findings(page) == []


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_printed_whole_and_dark_ink_on_white(name: str, visit: Opener, known: dict[str, str]) -> None:
    page = visit(VIEWS[name].format(**known), dark=True)
    expect(page.get_by_text("Loading …")).to_have_count(0)
    cards = page.locator("main .card").count()
    shape = "(() => { const edge = document.querySelector('.view').getBoundingClientRect(); return edge.width / edge.height })()"
    on_screen = page.evaluate(shape) if name == "map" else 0
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(300)
    page.screenshot(path=SHOTS / f"{name}-print.png", full_page=True)
    assert not page.locator("header.bar").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    dark = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .map(one => [one.className, one.textContent.slice(0, 30), ...getComputedStyle(one).color.match(/[\\d.]+/g).slice(0, 3).map(Number)])
        .filter(([, , r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b > 150)"""
    )
    assert dark == []
    assert page.locator("main .card").count() == cards  # paper has another size, and shows the same
    if name == "map":
        assert page.evaluate(shape) == pytest.approx(on_screen, rel=0.05)
        assert page.evaluate("getComputedStyle(document.querySelector('canvas.days')).filter").startswith("invert")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    (SHOTS / f"{name}-print.pdf").write_bytes(pdf)


def test_tab_goes_through_the_page_in_its_order_and_every_stop_is_seen(visit: Opener) -> None:
    page = visit("#/search?words=rebels")
    expect(page.locator("main .card").first).to_be_visible()
    stops: list[tuple[float, str]] = []
    for _ in range(16):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(() => { const one = document.activeElement; const edge = one.getBoundingClientRect(); const style = getComputedStyle(one);"
            " return [edge.top + scrollY, edge.left, one.outerHTML.slice(0, 80), style.outlineStyle, parseFloat(style.outlineWidth), edge.width * edge.height] })()"
        )
        assert stop[5] > 0, stop
        assert stop[3] != "none", stop
        assert stop[4] >= 1, stop
        stops.append((stop[0], stop[2]))
    assert "skip" in stops[0][1]
    tops = [round(top / 60) for top, _ in stops[1:]]
    assert tops == sorted(tops)


def test_next_goes_on_behind_the_values_that_are_loaded(visit: Opener) -> None:
    page = visit("#/review")
    case = page.locator(".case")
    expect(case).to_be_visible()
    expect(page.locator("main [role=status]").first).to_contain_text("number 1 of the 30 loaded")
    seen: list[str] = []
    for _ in range(33):
        here = case.get_attribute("aria-label")
        seen.append(here)
        page.keyboard.press("n")
        expect(case).not_to_have_attribute("aria-label", here)
    assert len(set(seen)) == len(seen)
