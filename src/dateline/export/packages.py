"""The packages (zip) of Office files, without the clock of the moment they were written: the same rows are the same bytes."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def timeless(name: str) -> ZipInfo:
    """The head of a part of a package, dated as early as zip allows."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def settle(path: Path, moment: str) -> None:
    """Write a package anew with its parts undated and its properties of the moment given (UTC)."""
    again = path.with_name(path.name + ".again")
    with ZipFile(path) as package, ZipFile(again, "w") as settled:
        for entry in package.infolist():
            with package.open(entry) as given, settled.open(timeless(entry.filename), "w", force_zip64=entry.file_size > 2**31 - 1) as part:
                if entry.filename == "docProps/core.xml":
                    part.write(_STAMP.sub(moment.encode(), given.read()))
                else:
                    shutil.copyfileobj(given, part)
    os.replace(again, path)
