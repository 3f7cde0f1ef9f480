"""``dateline share``: a selection of a record as one page that needs no server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dateline.cli.days import DAY, day_text
from dateline.cli.serving import needs_server
from dateline.errors import UsageError
from dateline.whole import whole


@click.command("share")
@click.argument("path", metavar="RECORD")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False), help="The page, an HTML file.")
@click.option("--place", "places", multiple=True, help="Incidents at this place (any of its names); several: any of them.")
@click.option("--actor", "actors", multiple=True, help="Incidents in which this actor takes part.")
@click.option("--type", "types", multiple=True, help="Incidents of this type.")
@click.option("--status", "statuses", multiple=True, help="Incidents that stand so: uncontested, claimed, contested ...")
@click.option("--since", type=DAY, help="Not before this day.")
@click.option("--until", type=DAY, help="Not after this day.")
@click.option("--words", help="Told by a report that holds all these words.")
@click.option("--least-reports", type=click.IntRange(0), default=0, help="Told by at least so many reports.")
@click.option("--round", "degrees", type=click.FloatRange(0.001, 10), help="Round coordinates to so many degrees (0.1 is about 11 km).")
@click.option("--hide-private-persons", is_flag=True, help="Black out the names of persons who hold no public office and speak for nobody.")
@click.option("--title", default="Dateline", show_default=True, help="Heading of the page.")
@click.option("--note", help="What its readers should know.")
def SHARE(
    *, path: str, output: str, places: tuple[str, ...], actors: tuple[str, ...], types: tuple[str, ...], statuses: tuple[str, ...], since: Any, until: Any,
    words: str | None, least_reports: int, degrees: float | None, hide_private_persons: bool, title: str, note: str | None,
) -> int:  # fmt: skip
    """Write a selection of RECORD as one page: map, time line, accounts and reports in one file that asks nothing of any network."""
    from dateline.record.store import Record

    Record.open(path).close()
    needs_server()
    from dateline.web.desk import Desk, at
    from dateline.web.filters import known
    from dateline.web.selection import Selection
    from dateline.web.shapes import FINDINGS
    from dateline.web.share import Care, dossier, one_file, page

    one_file()
    asked = Selection(
        words=words, actors=actors, places=places, types=types, statuses=known(list(statuses), FINDINGS, "status"), since=day_text(since),
        until=day_text(until), least_reports=least_reports,
    )  # fmt: skip
    with at(Desk(path)) as desk:
        desk.keeper.wait(desk.record(), seconds=3600)
        found = dossier(desk, asked, Care(degrees, hide_private_persons), title=title, note=note)
    html = page(found)
    _write(Path(output), html)
    hidden = f", {found['people_hidden']} persons' names blacked out" if hide_private_persons else ""
    print(f"{output}: {found['count']} incidents, {len(html.encode()) // 1024} kB{hidden}")
    return 0


def _write(output: Path, html: str) -> None:
    if not output.parent.is_dir():
        raise UsageError("there is no such folder", given=str(output.parent), mend="make it, or give another path with -o")
    with whole(output) as file:
        file.write(html)
