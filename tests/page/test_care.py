"""A page that is given on with care: private persons' names left out, coordinates made coarse, in every view and in the source; public persons stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.record.link import link, pending
from dateline.record.store import Record
from page.conftest import serving

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested").expect
Opener = Callable[..., Any]
TOLD = (
    "Shells kill teacher near Raqqa\n\nRAQQA, Syria, Oct. 17, 2017 (Northline Agency) — Shells killed a teacher, Samira Qaddour, 12 km north of Raqqa on Tuesday, "
    "her brother Karim Qaddour said.\n\nPresident Bashar al-Assad denied that the army had shelled the town. Karim Qaddour said that Qaddour had taught in Raqqa for ten years.\n"
)
PRIVATE = re.compile("samira|karim|qaddour", re.IGNORECASE)
VIEWS = ("#/map", "#/search?words=teacher", "#/search", "#/reports", "#/report/1", "#/report/1?item=v1", "#/places", "#/actors", "#/figures")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A record of one report, served."""
    folder = tmp_path_factory.mktemp("care")
    (folder / "told.txt").write_text(TOLD, encoding="utf-8")
    with Record.open(folder / "record.db", create=True) as record:
        dateline.read_into(record, [folder / "told.txt"])
        link(record, pending(record))
    with serving(folder / "record.db") as address:
        yield address, folder / "record.db"


def exact(path: Path) -> list[str]:
    """The points of the record as far as two places behind the point, as they would stand in a file."""
    with Record.open(path) as record:
        rows = [r for table in ("event", "entity") for r in record.rows(f"SELECT DISTINCT lat, lon FROM {table} WHERE lat IS NOT NULL")]
    fine = {v for r in rows for v in (r["lat"], r["lon"]) if abs(v * 10 - round(v * 10)) > 1e-6}
    return [re.match(r"-?\d+\.\d\d", f"{v:.6f}").group() for v in sorted(fine)]  # type: ignore[union-attr]


def test_the_file_that_the_page_makes_tells_neither_private_names_nor_exact_points(visit: Opener, told: tuple[str, Path], tmp_path: Path) -> None:
    address, record = told
    points = exact(record)
    assert points
    whole = visit("#/report/1", page_at=address)
    assert PRIVATE.search(whole.locator("main").inner_text())
    page = visit("#/share", page_at=address)
    page.locator("main select").select_option("0.1")
    assert page.locator("main input[type=checkbox]").is_checked()
    with page.expect_download() as kept:
        page.locator("a.button", has_text="Make the file").click()
    file = tmp_path / "given.html"
    kept.value.save_as(file)
    source = file.read_text(encoding="utf-8")
    inside = source.split('<script type="application/json" id="dossier">')[1].split("</script>")[0]
    assert PRIVATE.findall(inside) == []
    assert [p for p in points if re.search(rf"(?<![\d.]){re.escape(p)}", inside)] == []
    given = visit("#/map", page_at=file.as_uri())
    keys = given.evaluate("JSON.parse(document.getElementById('dossier').textContent).answers['/api/actors'].items.map(one => one.key)")
    incident = given.evaluate("JSON.parse(document.getElementById('dossier').textContent).answers['/api/incidents'].items[0].id").removeprefix("incident:")
    for view in (*VIEWS, f"#/incident/{incident}", *(f"#/actor/{key.replace(':', '%3A')}" for key in keys)):
        given.evaluate("hash => { location.hash = hash }", view)
        given.wait_for_selector("main h1", state="attached")
        given.wait_for_timeout(150)
        shown = given.evaluate(
            "document.documentElement.innerText + [...document.querySelectorAll('[title], [aria-label], [href]')].map(one => one.outerHTML).join()"
        )
        assert PRIVATE.findall(shown) == [], view
        assert [p for p in points if re.search(rf"(?<![\d.]){re.escape(p)}", shown)] == [], view
    given.evaluate("location.hash = '#/report/1'")
    expect(given.locator(".pages")).to_contain_text("Bashar al-Assad")
    expect(given.locator(".pages")).to_contain_text("██████ ███████")
    assert given.locator(".cover").inner_text().count("names of private persons left out") == 1
