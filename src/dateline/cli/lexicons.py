"""``dateline actors`` and ``dateline gazetteer``: a user's own who's-who rows and places."""

from __future__ import annotations

import click

from dateline.resolution.gazetteer_user import add_places
from dateline.whoswho import check_actors


@click.group("actors")
def ACTORS() -> None:
    """The user's own rows of the who's who."""


@ACTORS.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def _actors_add(file: str) -> None:
    """Check FILE (tab-separated, columns as in the package's actors lexicon) and say how to put it to use."""
    count = len(check_actors(file))
    print(f"{file}: {count} actors, no fault found")
    print(f'put them to use with this line in dateline.toml:  actors = "{file}"')


@click.group("gazetteer")
def GAZETTEER() -> None:
    """The user's own places."""


@GAZETTEER.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), default="places.tsv", show_default=True, help="The table of your places, to which FILE is added."
)
def _gazetteer_add(file: str, *, output: str) -> None:
    """Add the places of FILE (a GeoNames dump, or a table of your own) to a table of your places."""
    count = add_places(file, output)
    print(f"{output}: {count} places added from {file}")
    print(f'put them to use with this line in dateline.toml:  places = "{output}"')
