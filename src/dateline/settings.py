"""One frozen ``Settings``, read from ``dateline.toml``; importing does nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from dateline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set; every field can stand in ``dateline.toml`` under its own name."""

    model: str | None = None
    """Folder of another language model, in place of the one in the package."""
    actors: str | None = None
    """File of the user's own who's-who rows, which add to or override the package's."""
    places: str | None = None
    """File of the user's own places."""
    threads: int = 0
    """Threads for the language model; 0 = as many as the machine has cores."""

    @classmethod
    def load(cls, path: str | Path | None = None) -> Settings:
        """The settings in ``path``, or in ``dateline.toml`` of the working folder where there is one, else the defaults.

        Raises ``SettingsError`` for a missing file, an unknown key or a value of the wrong type.
        """
        source = Path(path) if path is not None else Path("dateline.toml")
        if not source.exists():
            if path is not None:
                raise SettingsError("there is no such file", given=str(source), mend="give the path of a dateline.toml, or none")
            return cls()
        try:
            values = tomllib.loads(source.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise SettingsError(f"the file is not TOML: {fault}", given=str(source), mend="correct it at the place named") from fault
        known = {f.name for f in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise SettingsError(f"there is no setting {name!r}", given=str(source), mend=f"use one of {', '.join(sorted(known))}")
            if not isinstance(value, int if name == "threads" else str) or isinstance(value, bool):
                raise SettingsError(f"{name} = {value!r} has the wrong type", given=str(source), mend="threads is a whole number, all others are text")
        return cls(**values)
