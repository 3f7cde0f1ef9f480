"""Every view of the page in a real Chromium: what it shows, by mouse and keyboard, narrow and wide, light, dark and printed."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from page.conftest import ROOT, SHOTS, Chromium, Served, end_browsers

PlaywrightError = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").Error
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]
VIEWS = {
    "map": "#/map",
    "search": "#/search?words=rebels",
    "reports": "#/reports",
    "report": "#/report/1?item=v1",
    "incident": "#/incident/{incident}",
    "places": "#/places",
    "place": "#/place/{place}",
    "actors": "#/actors",
    "actor": "#/actor/{actor}",
    "figures": "#/figures?measure=killed",
    "review": "#/review",
    "share": "#/share",
}


def ask(served: Served, path: str) -> Any:
    with urllib.request.urlopen(served.address + path.lstrip("/")) as answer:
        return json.load(answer)


@pytest.fixture(scope="session")
def known(served: Served) -> dict[str, str]:
    """An incident of several reports, the place most told of and the actor who does most."""
    incidents = ask(served, "/api/incidents?limit=200")["items"]
    places = ask(served, "/api/places?limit=200")["items"]
    actors = ask(served, "/api/actors?limit=200")["items"]
    return {
        "incident": max(incidents, key=lambda row: row["reports"])["id"].removeprefix("incident:"),
        "place": max((row for row in places if row["control"]), key=lambda row: row["control"])["place"]["key"].replace(":", "%3A"),
        "actor": max((row for row in actors if row["statements"]), key=lambda row: row["events"])["key"].replace(":", "%3A"),
    }


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_wide_and_narrow_light_and_dark_without_serious_findings(name: str, visit: Opener, known: dict[str, str]) -> None:
    page = visit(VIEWS[name].format(**known))
    assert page.locator("h1").count() == 1
    assert page.locator("[role=alert]").count() == 0
    for width, height, dark in ((1280, 860, False), (390, 844, True), (360, 640, False)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.wait_for_timeout(700 if name == "map" else 60)
        page.screenshot(path=SHOTS / f"{name}-{width}-{'dark' if dark else 'light'}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width != 360:
            assert serious_findings(page) == []


def serious_findings(page: Any) -> list[Any]:
    """What axe-core calls serious or critical; nothing where it is not installed."""
    axe = ROOT / "page" / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed (npm ci in page/): accessibility is not checked")
    page.evaluate("typeof axe" if page.evaluate("typeof axe") == "object" else axe.read_text(encoding="utf-8") + ";0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"] if one["impact"] in ("serious", "critical")]


def test_a_hostile_report_does_nothing(visit: Opener, served: Served) -> None:
    page = visit("#/reports", width=390)
    for view in (f"#/report/{served.hostile}", "#/search?words=Goma", "#/reports", f"#/incident/{served.hostile}/v1"):
        page.evaluate("hash => { location.hash = hash }", view)
        page.wait_for_load_state("networkidle")
        page.wait_for_selector("main h1")
        assert page.evaluate("window.harmed") is None, view
        assert page.locator("main script, main svg, main img[src=x]").count() == 0, view
        assert page.locator("main a[href^='javascript']").count() == 0, view
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
    page.evaluate("hash => { location.hash = hash }", f"#/report/{served.hostile}")
    page.wait_for_selector(".pages")
    assert "<script>window.harmed=1</script>" in page.locator(".pages").inner_text()


def test_every_word_of_the_report_is_there_and_marks_hold_their_words(visit: Opener, served: Served) -> None:
    reading = ask(served, f"/api/reports/{served.hostile}")["reading"]
    page = visit(f"#/report/{served.hostile}?show=events&show=figures&show=control&show=statements&show=actors&show=places&show=times")
    shown = "".join(page.locator(".part .text").all_text_contents())
    assert "".join(shown.split()) == "".join(reading["report"]["text"].split())
    event = reading["events"][0]
    words = "".join(page.locator(f'.mark[data-ids~="{event["id"]}"]').all_text_contents())
    assert words == event["trigger"]["text"]


def test_the_reader_by_keyboard(visit: Opener) -> None:
    page = visit("#/report/1")
    page.keyboard.press("j")
    first = page.url
    assert "item=" in first
    page.wait_for_selector(".why h2")
    page.keyboard.press("j")
    assert page.url != first
    page.keyboard.press("k")
    assert page.url == first
    page.reload()
    page.wait_for_selector(".mark.chosen")
    page.keyboard.press("Escape")
    assert "item=" not in page.url


def test_hovering_links_the_mentions_of_one_entity(visit: Opener, served: Served) -> None:
    entities = ask(served, "/api/reports/1")["reading"]["entities"]
    entity = max(entities, key=lambda one: len(one["mentions"]))
    page = visit("#/report/1?show=actors&show=places")
    page.locator(f'.mark[data-ids="{entity["id"]}"]').first.hover()
    assert page.locator(".mark.pointed").count() >= len(entity["mentions"]) - 1


def test_the_day_moves_the_ledger_and_the_address(visit: Opener) -> None:
    page = visit("#/map")
    slider = page.locator(".slider")
    slider.focus()
    before = page.locator(".legend").inner_text()
    for _ in range(5):
        page.keyboard.press("PageDown")
    assert "on=" in page.url
    assert page.locator(".legend").inner_text() != before
    address = page.url
    page.reload()
    page.wait_for_selector(".legend")
    assert page.url.split("on=")[1][:10] == address.split("on=")[1][:10]


def test_counts_are_those_of_the_server(visit: Opener, served: Served) -> None:
    page = visit("#/map?frame=off")
    for query in ("", "type=air_strike", "words=rebels", "least_reports=2", "since=2014-01-01&until=2014-12-31"):
        count = ask(served, f"/api/incidents?limit=1&{query}")["count"]
        page.evaluate("hash => { location.hash = hash }", f"#/map?frame=off&{query}")
        expect(page.locator(".counts strong")).to_have_text(f"{count:,}")
        assert page.locator(".counts strong").inner_text() == f"{count:,}"


def test_the_address_and_the_map_do_not_hunt_each_other(visit: Opener) -> None:
    """Two addresses before the page has drawn the first of them: once the map and the address set each other for ever."""
    page = visit("#/map?frame=off")
    for spot in ("34.8,38.5,6", "0,25,3", "48.5,37.9,7"):
        page.evaluate("([one, two]) => { location.hash = one; location.hash = two }", [f"#/map?at={spot}&frame=off", "#/map?frame=off&type=air_strike"])
        page.evaluate("hash => new Promise(done => { location.hash = hash; setTimeout(done, 60) })", f"#/map?at={spot}")
    moves = page.evaluate(
        "new Promise(done => { let n = 0; const kept = history.replaceState; history.replaceState = (...all) => { n++; kept.apply(history, all) }; setTimeout(() => done(n), 400) })"
    )
    assert moves == 0
    assert "at=48.5" in page.url


def test_a_page_that_never_answers_does_not_hold_up_the_tests(chromium: Chromium) -> None:
    page = chromium.alive().new_page()
    page.goto("about:blank")
    page.evaluate("void setTimeout(() => { for (;;); }, 50)")
    page.wait_for_timeout(200)
    threading.Timer(0.5, end_browsers).start()
    with pytest.raises(PlaywrightError):
        page.evaluate("1")
    again = chromium.alive().new_page()
    assert again.evaluate("1 + 1") == 2
    again.close()


def test_the_frame_filters_the_list(visit: Opener) -> None:
    page = visit("#/map?at=-1.68,29.2,7")
    expect(page.locator(".counts")).to_contain_text("outside the frame")
    shown = int(page.locator(".counts strong").inner_text().replace(",", ""))
    page.locator(".counts input").click()
    expect(page.locator(".counts strong")).not_to_have_text(f"{shown:,}")
    assert int(page.locator(".counts strong").inner_text().replace(",", "")) > shown
    assert "frame=off" in page.url


def test_an_incident_shows_its_accounts_and_opens_their_words(visit: Opener, known: dict[str, str], served: Served) -> None:
    detail = ask(served, f"/api/incidents/{known['incident']}")
    page = visit(f"#/incident/{known['incident']}")
    assert page.locator(".accounts > .account").count() == len(detail["accounts"])
    page.locator(".accounts .quote").first.click()
    page.wait_for_selector(".mark.chosen, .lit")
    assert "#/report/" in page.url


def test_a_page_that_is_not_there_says_so(visit: Opener) -> None:
    page = visit("#/nothing")
    assert "No such page" in page.locator("main").inner_text()
    page.evaluate("location.hash = '#/report/99999'")
    page.wait_for_selector("[role=alert]")
    assert page.locator("[role=alert]").count() == 1


def test_print_leaves_out_what_paper_cannot_use(visit: Opener, known: dict[str, str]) -> None:
    page = visit(f"#/incident/{known['incident']}", dark=True)
    page.emulate_media(media="print")
    assert not page.locator("header.bar").is_visible()
    assert page.locator(".account").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.screenshot(path=SHOTS / "incident-print.png", full_page=True)


def test_the_colours_can_be_chosen_and_stay(visit: Opener) -> None:
    page = visit("#/reports")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    for _ in range(2):
        page.locator("button[aria-label^=Colours]").click()
    assert page.evaluate(colour) != light
    page.reload()
    page.wait_for_selector("main h1")
    assert page.evaluate(colour) != light
