"""Keep the bytes of reports as they came in a folder, each under its digest, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dateline.whole import whole

MARK = "dateline-originals.txt"
"""The file that marks a folder of originals, which is not read again."""
_TOLD = "Reports as they came, each under the SHA-256 of its bytes; kept by Dateline. Folders with this file are not read again.\n"


def keep_in_folder(folder: str | Path) -> Callable[[str, bytes], object]:
    """What keeps bytes under their digest in a folder, which is made where there is none."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text(_TOLD, encoding="utf-8")

    def keep(digest: str, data: bytes) -> None:
        name = digest.removeprefix("sha256:")
        target = root / name[:2] / name
        if target.exists():
            return
        target.parent.mkdir(exist_ok=True)
        with whole(target, binary=True) as file:
            file.write(data)

    return keep
