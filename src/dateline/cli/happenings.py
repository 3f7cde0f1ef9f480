"""``dateline incidents``: the events of many reports that are one happening, with each account of it and what they amount to."""

from __future__ import annotations

from typing import Any

import click

from dateline.cli.asking import circled, shared
from dateline.cli.days import DAY, day_text
from dateline.cli.nothing import no_incidents
from dateline.cli.opening import opened
from dateline.cli.tables import print_json, print_paragraphs, print_rows
from dateline.contract import to_json
from dateline.errors import UsageError
from dateline.export.text import bounds_words, quoted, when_words
from dateline.record.around import circle_around
from dateline.record.listing import Asked, incident_with
from dateline.record.listing import pictures as listed
from dateline.record.picture import Picture, picture_of
from dateline.record.questions import PLACES, worlds_of
from dateline.record.tolls import Tally, Toll


@click.command("incidents")
@click.argument("handle", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@circled
@click.option("--place", help="At this place (any of its names).")
@click.option("--since", type=DAY, help="Not before this day.")
@click.option("--until", type=DAY, help="Not after this day.")
@click.option("--least-reports", type=click.IntRange(1), default=1, show_default=True, help="Told by at least so many reports.")
@shared
def INCIDENTS(
    handle: str | None, *, path: str, shape: str, place: str | None, since: Any, until: Any, least_reports: int, limit: int | None, near: str | None, km: float
) -> int:
    """List incidents: the events of many reports that are judged to be one happening.

    With ID (incident:3/v1), shows one with each account of it, why it has its status, and its figures side by side.
    """
    with opened(path) as record:
        if handle is not None:
            found = incident_with(record, handle.removeprefix("incident:"))
            if found is None:
                raise UsageError("the record has no such incident", given=handle, mend="list them with: dateline incidents")
            pictures = [picture_of(record, found)]
        else:
            worlds = worlds_of(record, place, kinds=PLACES) if place else None
            circle = circle_around(record, near, km) if near is not None else None
            asked = Asked(worlds, circle, day_text(since), day_text(until), least_reports, limit)
            pictures = listed(record, asked)
            if not pictures:
                no_incidents(record, asked)
    if shape == "json":
        print_json([_body(p) for p in pictures])
    elif handle is not None:
        _print_one(pictures[0])
    else:
        print_rows(("id", "when", "type", "where", "killed", "reports", "sources", "status", "why"), [_row(p) for p in pictures])
    return 0 if pictures else 1


def _row(p: Picture) -> tuple[str, ...]:
    killed = next((_span(t) for t in p.figures if t.measure == "killed"), "")
    when = when_words(p.when) + (" (told later)" if p.background else "")
    return p.id, when, p.type.replace("_", " "), p.where, killed, str(p.reports), str(p.finding.independent), p.finding.status, p.finding.reason


def _span(tally: Tally) -> str:
    low, high, last = bounds_words(tally.lowest.body), bounds_words(tally.highest.body), bounds_words(tally.latest.body)
    if tally.kind in ("one", "same") or low == high:
        return last
    return f"{last} (from {low} to {high}, {'updated' if tally.kind == 'update' else 'sources differ'})"


def _print_one(p: Picture) -> None:
    lines = [(1, f"{p.finding.status}: {p.finding.reason}"), (1, f"{_count(p.reports, 'report')}, {_count(p.finding.independent, 'independent source')}")]
    for a in p.finding.accounts:
        stake = f"; {a.interested}" if a.interested else ""
        day = f" ({a.published[:10]})" if a.published else ""
        lines += [(1, f"{a.handle}  {a.chain}{day} {a.stance}{stake}"), (3, quoted(a.words, width=200))]
    for tally in p.figures:
        lines.append((1, f"{tally.measure.replace('_', ' ')}: {_span(tally)}" + (f"; {tally.reason}" if len(tally.tolls) > 1 else "")))
        lines += [(2, _toll_line(t)) for t in tally.tolls]
        lines += [(2, f"of these: {_toll_line(t)}") for t in tally.parts]
    where = f", {p.where}" if p.where else ""
    print_paragraphs(f"{p.id}: {p.type.replace('_', ' ')}{where}, {when_words(p.when)}", lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _toll_line(t: Toll) -> str:
    day = f" ({t.account.published[:10]})" if t.account.published else ""
    return f"{t.account.handle}  {bounds_words(t.body)} {t.body['of'] or t.body['unit'] or ''} — {t.account.chain}{day}"


def _body(p: Picture) -> dict[str, Any]:
    accounts = [{**to_json(a), "chain": str(a.chain), "id": a.handle} for a in p.finding.accounts]
    figures = [
        {
            "measure": t.measure, "kind": t.kind, "reason": t.reason, "lowest": t.lowest.number, "highest": t.highest.number, "latest": t.latest.number,
            "figures": [{"id": x.account.handle, "chain": str(x.account.chain), "part": x in t.parts, **_bounds(x)} for x in (*t.tolls, *t.parts)],
        }
        for t in p.figures
    ]  # fmt: skip
    return {
        "id": p.id, "type": p.type, "when": p.when, "where": p.where, "reports": p.reports, "independent": p.finding.independent,
        "status": p.finding.status, "reason": p.finding.reason, "background": p.background, "accounts": accounts, "figures": figures,
    }  # fmt: skip


def _bounds(t: Toll) -> dict[str, Any]:
    return {k: t.body[k] for k in ("low", "best", "high", "approximate", "share", "unit", "of")}
