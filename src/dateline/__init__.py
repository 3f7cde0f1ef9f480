"""Dateline reads news reports about conflict and keeps a sourced record of them.

    import dateline
    reading = dateline.read("RAQQA, Syria (AP) - The Syrian Democratic Forces said on Tuesday that they had captured the city.")
    for event in reading.events:
        print(event.type, event.status, event.trigger.text)

``read`` reads one text or file, ``read_many`` files and folders, ``Record.open`` a database of readings; ``to_json`` gives the printed form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.version import VERSION as __version__

if TYPE_CHECKING:
    from dateline.api import read, read_into, read_many
    from dateline.contract import from_json, to_json
    from dateline.record.store import Record
    from dateline.settings import Settings

__all__ = ["Record", "Settings", "__version__", "from_json", "read", "read_into", "read_many", "to_json"]

_HOMES = {
    "read": "dateline.api",
    "read_many": "dateline.api",
    "read_into": "dateline.api",
    "to_json": "dateline.contract",
    "from_json": "dateline.contract",
    "Record": "dateline.record.store",
    "Settings": "dateline.settings",
}


def __getattr__(name: str) -> Any:
    """The public names, each imported when it is first used, so that ``import dateline`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, for ``dir`` and ``help``."""
    return __all__
