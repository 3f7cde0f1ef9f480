"""Look over the installation: are the model, the gazetteer and the lexicons whole, can the settings' own files be read, is a sentence read as it should be."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline import installed
from dateline.errors import DatelineError
from dateline.intake import report_of
from dateline.language.model import Model
from dateline.pipeline import World, read_report
from dateline.resolution.gazetteer import Gazetteer
from dateline.settings import Settings
from dateline.whoswho import check_actors

EXTRAS = {
    "serve": ("fastapi", "uvicorn", "argon2"),
    "intake": ("warcio", "pdfminer", "mammoth", "striprtf"),
    "watch": ("urllib3", "certifi", "protego"),
    "formats": ("pyarrow", "openpyxl", "docx"),
    "postgres": ("psycopg",),
    "spark": ("pyspark", "pyarrow", "pandas"),
}
"""What each extra of the package brings."""

_SENTENCE = "Rebels seized the town of Busra from the army on Wednesday, a monitoring group said."
_LEAST_ROOM = 500_000_000
"""Bytes on the disk of temporary files below which large inputs may not be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and in words what was found; ``mend`` where something is to be done."""

    part: str
    well: bool
    words: str
    mend: str = ""


def look_over(settings: Settings) -> Iterator[Finding]:
    """The findings, one by one; nothing is raised for what is wrong."""
    yield from _lexicons(installed.folder())
    yield from _told("language model", lambda: f"version {Model.open(settings.model).version}, every file of its digest")
    yield from _told("gazetteer", lambda: f"{len(Gazetteer.open()):,} places, their checksum right")
    yield from _own(settings)
    yield from _told("reading", lambda: _read(settings))
    yield from _extras()
    yield _room()


def _told(part: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(part, well=True, words=look())
    except DatelineError as fault:
        yield Finding(part, well=False, words=f"{fault.given}: {fault.wrong}", mend=fault.mend)


def _lexicons(data: Path) -> Iterator[Finding]:
    count = len(installed.listed(data))
    wrong = [*installed.faults(data)]
    for name, fault in wrong:
        yield Finding(
            "lexicons", well=False, words=f"{data / name}: {fault}", mend="install dateline anew; words of your own belong in files that dateline.toml names"
        )
    if not wrong:
        told = f"{count} data files, each of its digest" if count else "a checkout: the lexicons are there to be changed, git says what was"
        yield Finding("lexicons", well=True, words=told)


def _own(settings: Settings) -> Iterator[Finding]:
    """The files that the settings name, each by itself."""
    actors, places = settings.actors, settings.places
    if actors:
        yield from _told("your actors", lambda: f"{actors}: {len(check_actors(actors))} rows, no fault found")
    if places:
        yield from _told("your places", lambda: f"{places}: {len(Gazetteer.open().with_user_places(places)) - len(Gazetteer.open()):,} places, no fault found")
    if not actors and not places:
        yield Finding("settings", well=True, words="no actors or places of your own")


def _read(settings: Settings) -> str:
    reading = read_report(report_of(_SENTENCE, published="2015-03-26", language="en"), World.open(settings))
    if not reading.events or not reading.control:
        raise DatelineError("a plain sentence gives no event", given=_SENTENCE, mend="install dateline anew; where a model of your own is set, leave it out")
    return f"{len(reading.events)} event, {len(reading.statements)} statement and {len(reading.control)} change of control of a plain sentence"


def _extras() -> Iterator[Finding]:
    for extra, modules in EXTRAS.items():
        missing = [name for name in modules if importlib.util.find_spec(name) is None]
        there = "installed" if not missing else f"not installed (it would bring {', '.join(modules)})"
        yield Finding(f"extra {extra}", well=True, words=there, mend=f'pip install "dateline[{extra}]", where it is wanted' if missing else "")


def _room() -> Finding:
    place = tempfile.gettempdir()
    free = shutil.disk_usage(place).free
    mend = "" if free >= _LEAST_ROOM else "make room, or set TMPDIR to a folder on another disk"
    return Finding("room", well=free >= _LEAST_ROOM, words=f"{free / 1e9:,.1f} GB free for temporary files in {place}", mend=mend)
