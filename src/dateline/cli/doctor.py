"""``dateline doctor``: is the installation whole."""

from __future__ import annotations

import click

from dateline.cli.tables import print_json
from dateline.settings import Settings


@click.command("doctor")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
def DOCTOR(settings_path: str | None, shape: str) -> int:
    """Look over the installation: model, gazetteer and lexicons by their digests, your settings' files, the extras, room on the disk.

    Reads nothing of yours but the settings, and changes nothing. Ends with 1 where something is wrong.
    """
    from dateline.doctor import look_over

    found = list(look_over(Settings.load(settings_path)))
    if shape == "json":
        print_json([{"part": f.part, "well": f.well, "words": f.words, "mend": f.mend or None} for f in found])
    else:
        wide = max(len(f.part) for f in found)
        for f in found:
            print(f"{'well ' if f.well else 'WRONG'} {f.part:<{wide}}  {f.words}" + (f"\n      {'':<{wide}}  mend: {f.mend}" if f.mend else ""))
    wrong = sum(not f.well for f in found)
    if wrong and shape == "table":
        print(f"{wrong} of {len(found)} are wrong")
    return 1 if wrong else 0
