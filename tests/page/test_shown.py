"""What each page shows is what the API says, in a real Chromium: bands, names, ties, figures, accounts and the words that every value opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode

import pytest

from page.conftest import SHOTS, Served
from page.test_page import ask, known

__all__ = ["known"]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]


def text_of(served: Served, report: str) -> str:
    return str(ask(served, f"/api/reports/{report}")["reading"]["report"]["text"])


def words_at(served: Served, href: str) -> tuple[str, str]:
    """The words of the report that a link leads to, and the value that it chooses there."""
    path, _, query = href.removeprefix("#/report/").partition("?")
    asked = parse_qs(query)
    start, end = (int(part) for part in asked["s"][0].split("-"))
    return text_of(served, path)[start:end], f"{path}/{asked['item'][0]}"


def test_an_incident_marks_the_interested_names_the_contradictions_and_opens_every_value(visit: Opener, served: Served) -> None:
    incidents = [ask(served, f"/api/incidents/{row['id'].removeprefix('incident:')}") for row in ask(served, "/api/incidents?limit=200")["items"]]
    assert any(one["contradictions"] for one in incidents)
    chosen = max(incidents, key=lambda one: (len(one["contradictions"]), sum(bool(a["interested"]) for a in one["accounts"]), len(one["accounts"])))
    page = visit(f"#/incident/{chosen['id'].removeprefix('incident:')}")
    cards = page.locator(".accounts > .account")
    expect(cards).to_have_count(len(chosen["accounts"]))
    for n, account in enumerate(chosen["accounts"]):
        shown = cards.nth(n).inner_text()
        badges = cards.nth(n).locator(".badge").all_inner_texts()
        assert ("interested source" in badges, "echo" in badges) == (bool(account["interested"]), account["echo"])
        links = [*([account["chain"]["outlet"]] if account["chain"]["outlet"] else []), *(one["name"] for one in account["chain"]["speakers"])]
        assert all(name in shown for name in links), (shown, links)
    against = page.locator(".against")
    assert against.locator("li").count() == sum(len(one["sides"]) for one in chosen["contradictions"])
    for link in against.locator("a").all():
        assert not re.fullmatch(r"\d+/[a-z]+\d+", link.inner_text())
    for opened in page.locator(".accounts .quote[href*='s=']").all():
        words, _ = words_at(served, opened.get_attribute("href"))
        assert " ".join(words.split()) in " ".join(opened.inner_text().split())
    for opened in page.locator(".accounts .quote").all():
        assert "item=" in opened.get_attribute("href")
    for value in page.locator(".accounts .values a[href*='s=']").all():
        words, handle = words_at(served, value.get_attribute("href"))
        assert value.inner_text().strip("“”") == words
        assert handle in {one["id"] for one in chosen["events"]}


def test_a_link_to_a_sentence_lights_that_sentence(visit: Opener, served: Served) -> None:
    event = max(ask(served, "/api/reports/1")["reading"]["events"], key=lambda one: one["sentence"]["start"])
    start, end = event["sentence"]["start"], event["sentence"]["end"]
    page = visit(f"#/report/1?item={event['id']}&s={start}-{end}", height=500)
    expect(page.locator(".lit").first).to_be_in_viewport()
    assert "".join("".join(page.locator(".lit").all_text_contents()).split()) == "".join(text_of(served, "1")[start:end].split())


def test_a_place_has_its_bands_with_their_words_and_every_account(visit: Opener, served: Served, known: dict[str, str]) -> None:
    detail = ask(served, f"/api/places/{unquote(known['place'])}")
    page = visit(f"#/place/{known['place']}")
    stretches = page.locator(".stretch")
    expect(stretches).to_have_count(len(detail["bands"]))
    told = stretches.evaluate_all("all => all.map(one => [one.title, one.className])")
    for band in detail["bands"]:
        assert any(
            title.startswith(f"{band['holder']['name']}: {band['standing']}") and band["reason"] in title and band["standing"] in kind for title, kind in told
        ), band
    for title, kind in told:
        assert ("no end told" in title) is ("open-to" in kind)
    page.locator("summary", has_text="The band in words").click()
    expect(page.locator(".band tbody tr")).to_have_count(len(detail["bands"]))
    boxes = page.locator(".account.flat")
    expect(boxes).to_have_count(len(detail["changes"]))
    for n, change in enumerate(detail["changes"]):
        assert change["sentence"] in boxes.nth(n).inner_text()
        assert boxes.nth(n).locator(".denies").count() == len(change["denials"])


def test_an_actor_has_names_ties_places_statements_and_incidents(visit: Opener, served: Served) -> None:
    rows = ask(served, "/api/actors?limit=200")["items"]
    details = [ask(served, f"/api/actors/{quote(row['key'])}") for row in sorted(rows, key=lambda row: -row["events"])[:12]]
    for detail in (
        max(details, key=lambda one: len(one["ties"])),
        max(details, key=lambda one: len(one["aliases"])),
        max(details, key=lambda one: one["statements"]),
    ):
        page = visit(f"#/actor/{quote(detail['key'], safe='')}")
        expect(page.locator("h1")).to_have_text(detail["name"])
        statements = ask(served, "/api/statements?" + urlencode({"speaker": detail["key"], "limit": 1}))["count"]
        incidents = ask(served, "/api/incidents?" + urlencode({"actor": detail["key"], "limit": 1}))["count"]
        expect(page.locator("section[aria-label=Statements] h2")).to_have_text(f"{statements} statement{'s' * (statements != 1)}")
        expect(page.locator("section[aria-label=Incidents] h2")).to_have_text(f"{incidents} incident{'s' * (incidents != 1)}")
        shown = page.locator("main").inner_text()
        assert all(alias["name"] in shown for alias in detail["aliases"])
        assert page.locator("section[aria-label=Ties] li").count() == len(detail["ties"])
        assert all(tie["other"]["name"] in shown for tie in detail["ties"])
        assert page.locator("section[aria-label='Places held'] li").count() == len(detail["holds"])


def test_every_figure_of_a_measure_is_drawn_with_its_number_source_and_words(visit: Opener, served: Served) -> None:
    figures = ask(served, "/api/figures?measure=killed&limit=100")
    page = visit("#/figures?measure=killed")
    rows = page.locator(".range[role=listitem]")
    expect(rows).to_have_count(min(100, figures["count"]))
    told = [" ".join(one.split()) for one in rows.all_inner_texts()]
    for figure in figures["items"]:
        assert any(figure["words"] in one and " ".join(figure["span"]["text"].split()) in one for one in told), figure["id"]
    bars = rows.evaluate_all(
        "all => all.map(one => { const bar = one.querySelector('.range-bar').getBoundingClientRect(); const drawn = one.querySelector('.extent').getBoundingClientRect(); return [drawn.left - bar.left, bar.right - drawn.right, drawn.width] })"
    )
    assert all(left >= -1 and right >= -1 and wide > 0 for left, right, wide in bars)
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        marks = page.locator(".range.scale").evaluate_all(
            "all => all.map(one => [...one.querySelectorAll('.at')].map(at => at.getBoundingClientRect()).map(at => [at.left, at.right]))"
        )
        assert all(a[1] <= b[0] + 1 for row in marks for a, b in zip(row, row[1:], strict=False)), width


@pytest.mark.parametrize(
    ("field", "value", "query"),
    [
        ("Status", "uncontested", {"status": "uncontested"}), ("Type", "armed_clash", {"type": "armed_clash"}), ("Source", "Northline Agency", {"source": "Northline Agency"}),
        ("Confidence, at least", "0.8", {"least_confidence": "0.8"}), ("Independent sources, at least", "2", {"least_independent": "2"}),
        ("Reviewed", "false", {"reviewed": "false"}), ("Place", "true", {"placed": "true"}),
    ],
)  # fmt: skip
def test_each_filter_of_the_search_gives_the_count_of_the_server_and_a_link(
    field: str, value: str, query: dict[str, str], visit: Opener, served: Served
) -> None:
    page = visit("#/search")
    page.locator("summary", has_text="More filters").click()
    control = page.locator(".more label", has_text=re.compile(f"^{re.escape(field)}")).locator("select, input")
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)
        control.press("Enter")
    count = ask(served, "/api/incidents?" + urlencode({**query, "limit": 1}))["count"]
    heading = page.locator("section[aria-label=Incidents] h2")
    expect(heading).to_have_text(f"{count:,} incident{'s' * (count != 1)}")
    assert parse_qs(page.url.partition("?")[2]) == {name: [one] for name, one in query.items()}
    page.reload()
    expect(heading).to_have_text(f"{count:,} incident{'s' * (count != 1)}")
    page.locator(".chips .chip").first.click()
    expect(page.locator(".chips")).to_have_count(0)
    assert parse_qs(page.url.partition("?")[2]) == {}


def test_a_click_on_a_circle_lists_those_that_no_step_nearer_parts(visit: Opener, served: Served) -> None:
    """Several incidents at one point: the list holds them, the address keeps it, and back takes it away."""
    rows = ask(served, "/api/incidents?place=geonames:1135689&limit=50")["items"]
    point = rows[0]["where"]
    page = visit(f"#/map?at={point['lat']:.3f},{point['lon']:.3f},6")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(800)
        box = page.locator(".map").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        wanted = f"{len(rows)} incidents"
        spots = ((dx, -dx) for dx in range(8, 40, 3))
        for dx, dy in spots:
            page.mouse.move(x + dx, y + dy)
            page.wait_for_timeout(150)
            if page.locator(".tip").count() and page.locator(".tip").inner_text() == wanted:
                break
        expect(page.locator(".tip")).to_have_text(wanted)
        assert "maplibregl-map" in page.locator(".map-base").get_attribute("class").split()
        page.mouse.click(x + dx, y + dy)
        expect(page.locator(".counts")).to_contain_text("at this point")
        assert page.locator(".counts strong").inner_text() == str(len(rows))
        expect(page.locator(".side .card")).to_have_count(len(rows))
        assert sorted(page.locator(".side .card a").evaluate_all("all => all.map(one => one.hash)")) == sorted(
            "#/incident/" + row["id"].removeprefix("incident:") for row in rows
        )
        page.screenshot(path=SHOTS / f"map-one-point-{width}.png")
        page.locator(".counts button").click()
        expect(page.locator(".counts")).not_to_contain_text("at this point")
        page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("width", [768, 390])
def test_the_legend_of_a_narrow_map_covers_nothing_and_lists_do_not_scroll_sideways(visit: Opener, width: int) -> None:
    page = visit("#/map", width=width)
    for _ in range(2):
        legend, below = page.locator(".legend").bounding_box(), page.locator(".map").bounding_box()
        assert legend["y"] + legend["height"] <= below["y"] + 1
        assert below["height"] > 100
        page.locator(".legend summary").first.click()
        page.wait_for_timeout(500)
    for view in ("#/places", "#/actors", "#/places?nameless=on", "#/actors?nameless=on"):
        page.evaluate("view => { location.hash = view }", view)
        expect(page.locator(".listing tbody tr").first).to_be_visible()
        page.wait_for_timeout(400)
        assert page.locator(".scroll-x").evaluate("one => one.scrollWidth <= one.clientWidth")
    page.screenshot(path=SHOTS / f"actors-{width}.png")


def test_lists_hold_those_that_reports_name_and_the_others_on_request(visit: Opener, served: Served) -> None:
    page = visit("#/actors")
    for view, path in (("actors", "/api/actors"), ("places", "/api/places")):
        page.evaluate("view => { location.hash = `#/${view}` }", view)
        named, every = ask(served, f"{path}?named=true&limit=1")["count"], ask(served, f"{path}?limit=1")["count"]
        assert 0 < named < every
        assert all(row["named"] for row in ask(served, f"{path}?named=true&limit=200")["items"])
        expect(page.locator(".under")).to_contain_text(f"{named} ")
        page.locator("main input[type=checkbox]").check()
        expect(page.locator(".under")).to_contain_text(f"{every} ")
    page.evaluate("location.hash = '#/places?starts=zzzz'")
    expect(page.locator("main .lead")).to_have_text("No place here begins so.")
