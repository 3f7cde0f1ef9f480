"""The data files as they were installed: a listing of their digests, made when the package is built, that each file is held against when it is opened.

A checkout has no such listing: its lexicons are there to be changed, and git says what was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

LISTING = "digests.txt"
_KEPT_APART = ("model/",)
"""What has a listing of its own."""


def folder() -> Path:
    """Where the data files of the package lie."""
    return Path(str(files("dateline") / "data"))


def listing_of(data: Path) -> str:
    """The listing of a folder of data: a line ``digest  name`` for each file, in the order of their names, as ``sha256sum --check`` reads them."""
    names = sorted(str(path.relative_to(data).as_posix()) for path in data.rglob("*") if path.is_file())
    kept = (name for name in names if name != LISTING and not name.startswith(_KEPT_APART) and not name.endswith((".partial", ".pyc")))
    return "".join(f"{hashlib.sha256((data / name).read_bytes()).hexdigest()}  {name}\n" for name in kept)


@cache
def listed(data: Path) -> dict[str, str]:
    """The digests by name as they were when the package was built; empty in a checkout."""
    path = data / LISTING
    if not path.is_file():
        return {}
    pairs = (line.partition("  ") for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {name: digest for digest, _, name in pairs if name}


def is_whole(name: str, content: bytes, data: Path) -> bool:
    """Whether a data file holds what was installed; in a checkout, always."""
    digest = listed(data).get(name)
    return digest is None or hashlib.sha256(content).hexdigest() == digest


def faults(data: Path) -> Iterator[tuple[str, str]]:
    """Each listed file that is not as it was installed, and what is wrong with it."""
    for name in sorted(listed(data)):
        path = data / name
        if not path.is_file():
            yield name, "the file is missing"
        elif not is_whole(name, path.read_bytes(), data):
            yield name, "the file is damaged or was changed: its digest is not the one that was installed"
