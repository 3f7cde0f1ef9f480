"""The formats of ``dateline export``: one dictionary, a writer each; and the run of one, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dateline.errors import UsageError
from dateline.export.acled import write_acled
from dateline.export.annotations import write_annotations
from dateline.export.chronology import write_docx, write_html, write_markdown
from dateline.export.ftm import write_ftm
from dateline.export.gdelt import write_events, write_mentions
from dateline.export.idmc import write_idmc
from dateline.export.job import Job, Options
from dateline.export.losses import Losses
from dateline.export.maps import write_geojson, write_kml, write_timemap
from dateline.export.plover import write_plover, write_polecat
from dateline.export.ucdp import write_ucdp
from dateline.export.word_tables import write_csv, write_parquet, write_xlsx
from dateline.record.selection import Selected
from dateline.record.store import Record
from dateline.whole import settle


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, how its file ends ("" where it is a folder), and who writes it."""

    about: str
    suffix: str
    write: Callable[[Job], None]


FORMATS: dict[str, Format] = {
    "acled": Format("ACLED's 31 columns (CSV): a row for each pair of actors, place and day", ".csv", write_acled),
    "ucdp": Format("UCDP GED's 49 columns (CSV): organised violence with at least one death", ".csv", write_ucdp),
    "gdelt-events": Format("GDELT 2.0 events (61 columns, tab-separated, no header)", ".export.CSV", write_events),
    "gdelt-mentions": Format("GDELT 2.0 mentions (16 columns, tab-separated, no header)", ".mentions.CSV", write_mentions),
    "plover": Format("PLOVER records (JSON Lines)", ".jsonl", write_plover),
    "polecat": Format("POLECAT's 40 columns (tab-separated)", ".tsv", write_polecat),
    "idmc": Format("figures of displacement like IDMC's Internal Displacement Updates (CSV)", ".csv", write_idmc),
    "geojson": Format("GeoJSON (RFC 7946): a feature an incident", ".geojson", write_geojson),
    "kml": Format("KML: a placemark an incident", ".kml", write_kml),
    "timemap": Format("a folder with the events, sources and associations of a timemap (JSON)", "", write_timemap),
    "annotations": Format("W3C Web Annotations (JSON-LD): every span with position and quote", ".jsonld", write_annotations),
    "ftm": Format("FollowTheMoney entities (JSON Lines)", ".ftm.json", write_ftm),
    "csv": Format("a folder of CSV tables of Dateline's own words, a table a word", "", write_csv),
    "parquet": Format("the same tables as Parquet files", "", write_parquet),
    "xlsx": Format("the same tables as an Excel workbook, a sheet a word", ".xlsx", write_xlsx),
    "chronology": Format("a written chronology with chains and quotes (Markdown)", ".md", write_markdown),
    "chronology-html": Format("the chronology as a page (HTML)", ".html", write_html),
    "chronology-docx": Format("the chronology as a Word document", ".docx", write_docx),
}


WITH_HXL = ("acled", "csv", "idmc", "ucdp", "xlsx")
"""The formats whose tables have tags for a row of HXL."""


def format_named(name: str) -> Format:
    """The format of a name.

    Raises ``UsageError`` with the nearest names, or all of them, where there is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    near = get_close_matches(name.lower(), FORMATS, n=3, cutoff=0.5)
    every = ", ".join(sorted(FORMATS))
    mend = f"did you mean {' or '.join(near)}? All formats: {every}" if near else f"give one of: {every}"
    raise UsageError("there is no such format", given=name, mend=mend)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    path: Path
    rows: int
    losses: Path
    summary: tuple[str, ...]


def export(
    record: Record, name: str, path: Path, selected: Selected, options: Options, *, step: Callable[[], None] = lambda: None
) -> Exported:  # fmt: skip
    """Write the selected incidents in a format, and the loss report beside it; both whole or not at all.

    Raises ``UsageError`` for an unknown format, an option it does not have, or a path that cannot be written.
    """
    chosen = format_named(name)
    if options.hxl and name not in WITH_HXL:
        raise UsageError(f"{name} has no row of hashtags", given="--hxl", mend=f"give it with one of: {', '.join(WITH_HXL)}")
    if not path.parent.exists():
        raise UsageError("there is no such folder", given=str(path.parent), mend="make it, or give another path with -o")
    if path.is_dir() != (chosen.suffix == "") and path.exists():
        kind = "a folder" if chosen.suffix == "" else "a file"
        other = "a folder" if path.is_dir() else "a file"
        raise UsageError(f"{name} is written to {kind}, and this is {other}", given=str(path), mend="give another path with -o")
    part, lost = path.with_name(path.name + ".part"), path.with_name(path.name + ".losses.tsv")
    lost_part = lost.with_name(lost.name + ".part")
    try:
        with Losses(lost_part) as losses:
            job = Job(record, selected, part, losses, options, step)
            if chosen.suffix == "":
                shutil.rmtree(part, ignore_errors=True)
                part.mkdir()
            if options.release is not None:
                losses.note(name, "release", options.release, "what the record said when this release froze it")
            chosen.write(job)
        settle(part)
        settle(lost_part)
        _put(part, path)
        os.replace(lost_part, lost)
    except OSError as fault:
        # The user knows the path that was asked for, not what is written beside it first.
        if fault.errno is not None:
            fault.filename = str(path)
        raise
    finally:
        _clear(part)
        _clear(lost_part)
    return Exported(path, job.rows, lost, tuple(losses.summary()))


def _put(part: Path, path: Path) -> None:
    """Put what was written in its place in one step; of a folder that is there already, each file."""
    if not part.is_dir() or not path.exists():
        os.replace(part, path)
        return
    for file in sorted(part.iterdir()):
        os.replace(file, path / file.name)
    part.rmdir()


def _clear(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)
