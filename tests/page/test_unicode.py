"""Code points of the API against UTF-16 units of the browser: in a real one every mark holds exactly its words, whatever signs stand before and inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from evaluation.hold.scripts import SIGNS

from dateline.intake import report_of
from dateline.pipeline import World, read_report
from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from page.conftest import Opener, serving

TOLD = (
    "{}Rebels seized the town of Busra{} from the army on Wednesday, a monitoring group said.{}",
    "At least 13 people{} were killed{} in an air strike on Homs, the Red Crescent{} said on Friday.",
    "“We hold{} the bridge,”{} said Colonel Omar Haddad{} of the Northern Brigade.",
)


@pytest.fixture(scope="module")
def read(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Any]]]:
    """A server of one report for each kind of sign, and their readings."""
    path = tmp_path_factory.mktemp("signs") / "record.db"
    made = []
    with Record.open(path, create=True) as record:
        for name, sign in SIGNS.items():
            report = report_of("\n\n".join(line.replace("{}", sign) for line in TOLD), title=name, published="2017-10-20", language="en")
            reading = read_report(report, world)
            made.append(reading)
            record.add(reading, key=name, digest=digest_of(report), source_name=name, reader="test")
        link(record, pending(record))
    with serving(path) as address:
        yield address, made


SHOWN = "?show=events&show=figures&show=control&show=statements&show=actors&show=places&show=times"


def marked(page: Any, name: str) -> str:
    """All that the marks of a thing hold."""
    words: str = page.evaluate(
        "id => [...document.querySelectorAll('.mark')].filter(m => m.dataset.ids.split(' ').includes(id)).map(m => m.textContent).join('')", name
    )
    return words


@pytest.mark.parametrize("number", range(1, len(SIGNS) + 1), ids=SIGNS)
def test_every_mark_holds_exactly_its_words(number: int, read: tuple[str, list[Any]], visit: Opener) -> None:
    address, readings = read
    reading = readings[number - 1]
    page = visit(f"#/report/{number}{SHOWN}", page_at=address)
    page.wait_for_selector(".mark")
    told = {
        **{event.id: event.trigger.text for event in reading.events},
        **{figure.id: figure.span.text for figure in reading.figures},
        **{entity.id: "".join(m.text for m in sorted(entity.mentions, key=lambda m: m.start)) for entity in reading.entities},
    }
    assert len(told) > 5
    assert {name: marked(page, name) for name in told} == told
    shown = "".join(page.locator(".part .text").all_text_contents())
    assert "".join(shown.split()) == "".join(reading.report.text.split())
