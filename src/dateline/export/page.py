"""Readings as one self-contained HTML file: the reports with their spans marked, a time line and the ledger. No script, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Any

from dateline.contract import to_json
from dateline.export.text import bounds_words, when_words
from dateline.model import Reading

Body = dict[str, Any]

_LAYERS = (("entities", "entity"), ("statements", "statement"), ("events", "event"), ("figures", "figure"), ("control", "control"), ("times", "time"))

_TIMELINE = ("when", "what", "status", "where", "who", "who says so")
_LEDGER = ("place", "when", "change", "holder", "status", "who says so", "words")


def page_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """The lines of the page, report by report as they come; the ledger and the time line of all follow at the end."""
    style = (files("dateline") / "data" / "page.css").read_text(encoding="utf-8")
    # The page needs nothing from anywhere: the policy makes a browser hold it to that.
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>Dateline: what these reports say</title><style>{style}</style></head><body>"
    yield "<header><h1>Dateline</h1><p>What the reports say, and who says so. Hover or tap a mark for what was read from it."
    yield '  See also the <a href="#timeline">time line</a> and the <a href="#ledger">ledger</a>.</p>'
    yield '<p class="legend">' + " ".join(f'<span class="m {name}">{name}</span>' for _, name in _LAYERS) + "</p></header><main>"
    moments: list[tuple[str, str]] = []
    ledger: list[tuple[str, str]] = []
    for n, reading in enumerate(readings, 1):
        body = to_json(reading)
        yield from _report(body, n)
        moments += _moments(body, n)
        ledger += _ledger(body, n)
    yield f'<section id="timeline"><h2>Time line</h2>{_table(_TIMELINE, moments)}</section>'
    yield f'<section id="ledger"><h2>Ledger of control</h2>{_table(_LEDGER, ledger)}</section>'
    yield "</main></body></html>"


def _table(columns: tuple[str, ...], rows: list[tuple[str, str]]) -> str:
    if not rows:
        return "<p>Nothing.</p>"
    head = "".join(f"<th>{c}</th>" for c in columns)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(row for _, row in sorted(rows))}</tbody></table></div>'


def _report(body: Body, n: int) -> Iterator[str]:
    report = body["report"]
    published = report["published"]
    basis = f", {published['basis']}" if published["date"] else ""
    yield f'<article id="report{n}"><h2>{escape(report["title"] or report["id"])}</h2>'
    yield f'<p class="about">{escape(report["source"] or "unknown outlet")} · {escape(published["date"] or "undated")}{basis}</p>'
    notes = _notes(body)
    marks = sorted(_marks(body), key=lambda m: (m[0], -m[1]))
    for section in report["sections"]:
        inside = [m for m in marks if section["start"] <= m[0] and m[1] <= section["end"]]
        yield f'<p class="{section["kind"]}">{_marked(report["text"], section["start"], section["end"], inside, notes, n)}</p>'
    yield "".join(_statement_row(s, body) for s in body["statements"]).join(("<details><summary>Statements</summary><ul>", "</ul></details>"))
    yield _listed("Figures", [_figure_words(f, body) for f in body["figures"]])
    yield _listed("Relations", [f"{_name(body, r['source'])} — {r['type'].replace('_', ' ')} — {_name(body, r['target'])}" for r in body["relations"]])
    yield _listed("Images", [_image_words(i) for i in body["images"]])
    yield "</article>"


def _listed(title: str, lines: list[str]) -> str:
    return f"<details><summary>{title}</summary><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul></details>" if lines else ""


def _name(body: Body, entity: str | None) -> str:
    return next((e["name"] for e in body["entities"] if e["id"] == entity), "?")


def _chain(body: Body, item: Body) -> str:
    told = {s["id"]: s for s in body["statements"]}
    speakers = [(_name(body, told[s]["speaker"]) if told[s]["speaker"] else "somebody", told[s]["act"]) for s in item["according_to"] if s in told]
    names = [f"{name} (denies)" if act == "deny" else name for name, act in speakers]
    return " → ".join((body["report"]["source"] or "the report", *names))


def _statement_row(statement: Body, body: Body) -> str:
    words = " … ".join(c["text"] for c in statement["content"])
    speaker = _name(body, statement["speaker"]) if statement["speaker"] else "somebody"
    return f"<li><b>{escape(speaker)}</b> <i>{statement['act']}, {statement['mode']}, {when_words(statement['when'])}</i>: {escape(words)}</li>"


def _figure_words(figure: Body, body: Body) -> str:
    return f"{figure['measure']}: {bounds_words(figure)} {figure['of'] or figure['unit'] or ''} ({when_words(figure['when'])}), {_chain(body, figure)}"


def _image_words(image: Body) -> str:
    credit = "/".join(x for x in (image["person"], image["agency"]) if x) or "no credit"
    return f"{image['kind'].replace('_', ' ')}, {credit}, {when_words(image['taken'])}: {image['shows']['text'] if image['shows'] else ''}"


def _marks(body: Body) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, class and id of every marked span."""
    for e in body["entities"]:
        yield from ((m["start"], m["end"], "entity", e["id"]) for m in e["mentions"])
    for word, name, key in (("events", "event", "trigger"), ("figures", "figure", "span"), ("control", "control", "span"), ("statements", "statement", "cue")):
        yield from ((i[key]["start"], i[key]["end"], name, i["id"]) for i in body[word] if i[key])
    yield from ((t["when"]["span"]["start"], t["when"]["span"]["end"], "time", t["id"]) for t in body["times"] if t["when"]["span"])


def _notes(body: Body) -> dict[str, str]:
    """What the reader sees on a mark, by id."""
    notes = {e["id"]: f"{e['kind']}: {e['name']} ({e['type']})" for e in body["entities"]}
    notes |= {v["id"]: f"{v['type']} [{v['status']}] {when_words(v['when'])}; {_chain(body, v)}" for v in body["events"]}
    notes |= {f["id"]: _figure_words(f, body) for f in body["figures"]}
    notes |= {c["id"]: f"{_name(body, c['place'])}: {c['change']} by {_name(body, c['holder'])}; {_chain(body, c)}" for c in body["control"]}
    notes |= {s["id"]: f"{_name(body, s['speaker'])}: {s['act']}, {s['mode']}" for s in body["statements"]}
    return notes | {t["id"]: when_words(t["when"]) for t in body["times"]}


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]], notes: dict[str, str], n: int) -> str:
    """The text of a section with nested marks; where two marks cross, the later one is cut at the end of the earlier."""
    out: list[str] = []
    open_ends: list[int] = []
    at = start
    for first, last, layer, name in marks:
        while open_ends and open_ends[-1] <= first:
            out.append(escape(text[at : open_ends[-1]]) + "</span>")
            at = open_ends.pop()
        limit = min([last, *open_ends])
        if limit <= first:
            continue
        out.append(escape(text[at:first]))
        at = first
        out.append(f'<span class="m {layer}" data-id="{n}/{name}" title="{escape(notes.get(name, name))}">')
        open_ends.append(limit)
    while open_ends:
        out.append(escape(text[at : open_ends[-1]]) + "</span>")
        at = open_ends.pop()
    return "".join(out) + escape(text[at:end])


def _row(columns: tuple[str, ...], cells: Iterable[str]) -> str:
    """A row; each cell carries its column's name, which a narrow screen shows beside it."""
    return "<tr>" + "".join(f'<td data-column="{name}">{escape(c)}</td>' for name, c in zip(columns, cells, strict=True)) + "</tr>"


def _moments(body: Body, n: int) -> Iterator[tuple[str, str]]:
    """The dated events of a report as rows of the time line, each with its key of order."""
    for v in body["events"]:
        if v["when"] is None or v["when"]["from"] is None:
            continue
        who = "; ".join(f"{p['role']} {_name(body, p['entity']) if p['entity'] else p['span']['text']}" for p in v["participants"])
        where = _name(body, v["where"]["entity"]) if v["where"] and v["where"]["entity"] else ""
        what = ("not " if v["negated"] else "") + v["type"].replace("_", " ")
        yield f"{v['when']['from']} {n:06}", _row(_TIMELINE, (when_words(v["when"]), what, v["status"], where, who, _chain(body, v)))


def _ledger(body: Body, n: int) -> Iterator[tuple[str, str]]:
    for c in body["control"]:
        place = _name(body, c["place"])
        day = c["when"]["from"] if c["when"] and c["when"]["from"] else "9999"
        cells = (place, when_words(c["when"]), c["change"], _name(body, c["holder"]), c["status"], _chain(body, c), c["span"]["text"])
        yield f"{place} {day} {n:06}", _row(_LEDGER, cells)
