"""A selection of the record as one JSON object, and as one page that needs no server; with care for people and places where asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import UsageError
from dateline.record.questions import Body
from dateline.record.still import held_still
from dateline.record.store import Record, now
from dateline.version import VERSION
from dateline.web import lists, reader
from dateline.web.desk import Desk
from dateline.web.excerpt import Excerpt
from dateline.web.incident_detail import detail_of, incident_with
from dateline.web.lists import Wanted
from dateline.web.meta import API_VERSION, vocabulary_of
from dateline.web.pages import static_folder
from dateline.web.private import hidden, private_names, public_names
from dateline.web.problems import NotThere, WebError
from dateline.web.rounding import rounded
from dateline.web.selection import Selection
from dateline.web.view import Rows, View

MOST = 2000
"""So many incidents one page may hold."""

PLACE = '<script type="application/json" id="dossier">null</script>'
"""Where the built page takes its data in."""


@dataclass(frozen=True, slots=True)
class Care:
    """What is to be kept from readers of a shared page."""

    degrees: float | None = None
    """Coordinates are rounded to so many degrees."""
    hide_private: bool = False
    """The names of persons who hold no public office and speak for nobody are blacked out."""


def dossier(desk: Desk, asked: Selection, care: Care, *, title: str, note: str | None) -> dict[str, Any]:
    """The selection with all that the page can open from it.

    Raises ``NotThere`` where it holds nothing, ``WebError`` where it holds too much for one page.
    """
    view = desk.view()
    rows = desk.matching(view, asked)
    if not len(rows):
        raise NotThere("the selection holds no incident", given=title, mend="ask for other days, places or words")
    if len(rows) > MOST:
        raise WebError(f"the selection holds {len(rows)} incidents, one page at most {MOST}", given=title, mend="ask for fewer days, places or types")
    with held_still(desk.record()):
        return _dossier(desk, view, rows, care, title=title, note=note)


def _dossier(desk: Desk, view: View, rows: Rows, care: Care, *, title: str, note: str | None) -> dict[str, Any]:
    record = desk.record()
    cards = [view.cards[int(n)] for n in rows]
    part = View(cards, view.revision, ready=len(cards), of=len(cards))
    reports = sorted({n for c in cards for n in c.reports})
    answers = _incidents(record, part) | _reports(desk, reports)
    events = [telling["id"] for path, body in answers.items() if path.startswith("/api/incidents/") for telling in body["events"]]
    answers |= _around(Excerpt(record, part, reports, events), part)
    answers["/api/vocabulary"] = vocabulary_of(desk)
    answers["/api/meta"] = _meta(desk, part, answers)
    names = private_names(record, reports) if care.hide_private else []
    body = {
        "made_at": now(), "dateline": VERSION, "title": title, "note": note, "rounded_to": care.degrees, "private_persons_hidden": care.hide_private,
        "people_hidden": len(names), "count": len(cards), "keys": sorted({k for c in part.cards for k in c.places}), "answers": answers,
    }  # fmt: skip
    if care.degrees is not None:
        body = rounded(body, care.degrees)
    return hidden(body, names, public_names(record, reports)) if names else body


def _incidents(record: Record, part: View) -> dict[str, Any]:
    rows = [{**c.row, "row": n} for n, c in enumerate(part.cards)]
    answers: dict[str, Any] = {"/api/incidents": {"count": len(rows), "items": rows, "next": None}}
    for n, row in enumerate(rows):
        report, _, event = row["id"].removeprefix("incident:").partition("/")
        answers[f"/api/incidents/{report}/{event}"] = detail_of(record, incident_with(record, int(report), event), row=n)
    return answers


def _reports(desk: Desk, reports: Sequence[int]) -> dict[str, Any]:
    """The reports concerned, with the reason for each of their values, their figures and statements."""
    record = desk.record()
    answers: dict[str, Any] = {}
    for number in reports:
        found = reader.report_detail(desk, number)
        # Reports that share its words, and its older versions, are not in the page.
        answers[f"/api/reports/{number}"] = {**found, "copies": [c for c in found["copies"] if c["report"] in reports]}
        for word in ("events", "figures", "control"):
            for item in found["reading"][word]:
                answers[f"/api/explain/{number}/{item['id']}"] = reader.explanation(desk, number, item["id"])
    rows = [reader.row_of(dict(r)) for n in reports for r in record.rows(f"SELECT {reader.ROW} FROM report WHERE n = :n", {"n": n})]
    answers["/api/reports"] = {"count": len(rows), "items": rows, "next": None}
    for path, ask in (("/api/figures", lists.figures), ("/api/statements", lists.statements)):
        found = ask(desk, Wanted(reports=tuple(reports)), limit=1_000_000, cursor=None)
        answers[path] = found
    return answers


def _around(excerpt: Excerpt, part: View) -> dict[str, Any]:
    """The places and actors that the incidents name with their pages, and who held these places, all by the selection's own reports."""
    places = {key: excerpt.place(key) for key in excerpt.places}
    actors = {key: excerpt.actor(key) for key in excerpt.actors}
    ledger = excerpt.ledger()
    return {
        **{f"/api/places/{key}": detail for key, detail in places.items()},
        **{f"/api/actors/{key}": detail for key, detail in actors.items()},
        "/api/places": _listed([excerpt.place_row(key, detail) for key, detail in places.items()]),
        "/api/actors": _listed([excerpt.actor_row(key, detail) for key, detail in actors.items()]),
        "/api/ledger/changes": ledger, "/api/incidents/points": part.columns(ledger),
    }  # fmt: skip


def _listed(items: list[Body]) -> Body:
    return {"count": len(items), "items": sorted(items, key=lambda row: -row["reports"]), "next": None}


def _meta(desk: Desk, part: View, answers: dict[str, Any]) -> dict[str, Any]:
    from dateline.model import SCHEMA_VERSION

    days = part.known_days()
    readings = [body["reading"] for path, body in answers.items() if path.startswith("/api/reports/")]
    counts = {word: sum(len(r[word]) for r in readings) for word in ("statements", "events", "figures", "control")}
    return {
        "dateline": VERSION, "schema_version": SCHEMA_VERSION, "api_version": API_VERSION, "record": desk.name, "revision": part.revision,
        "counts": {
            **counts, "reports": len(readings), "refused": 0, "incidents": len(part), "places": answers["/api/places"]["count"],
            "actors": answers["/api/actors"]["count"],
        },
        "first": days[0], "last": days[1], "building": {"ready": len(part), "of": len(part)}, "accounts": False, "user": None, "writable": False, "tiles": None,
    }  # fmt: skip


def one_file() -> str:
    """The built page, with the place for its data.

    Raises ``UsageError`` where the page was not built into this install.
    """
    file = static_folder() / "one-file.html"
    if not file.is_file():
        raise UsageError("the page is not built into this install", given=file.name, mend="build it with: make page (needs Node 20)")
    html = file.read_text(encoding="utf-8")
    if html.count(PLACE) != 1:
        raise UsageError("the built page has no place for its data, or several", given=file.name, mend="build it anew with: make page")
    return html


def page(found: dict[str, Any]) -> str:
    """The built page with the selection inside; nothing of it can end the element that it stands in.

    Raises ``UsageError`` where the page was not built into this install.
    """
    html = one_file()
    raw = json.dumps(found, ensure_ascii=True, separators=(",", ":"))
    for sign, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        raw = raw.replace(sign, written)
    return html.replace(PLACE, PLACE.replace("null", raw))
