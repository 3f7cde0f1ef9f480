"""One frozen ``Settings``, read from ``dateline.toml``; importing does nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from dateline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may ask of the machine; the fields stand in the table ``[intake]`` of ``dateline.toml``, sizes in bytes."""

    report_bytes: int = 10_000_000
    """The most that one report of text, or one record of a file of records, may hold."""
    report_characters: int = 1_000_000
    """The most characters of English text that one report may have to be read: a long novel."""
    file_bytes: int = 100_000_000
    """The most that a file may hold that has to be read whole: a PDF, a document, a feed, one JSON array."""
    unpacked_bytes: int = 50_000_000_000
    """The most that one archive may unpack to."""
    unpacked_times: int = 200
    """How many times larger than packed a member of an archive may be, once it is larger than 1 MB."""
    members: int = 1_000_000
    """The most files that one archive may hold."""
    depth: int = 4
    """How deep archives and mails may lie in each other."""
    pages: int = 2_000
    """The most pages of a PDF."""
    seconds: int = 120
    """The longest that the reading of one PDF or office document may take."""
    memory_bytes: int = 2_000_000_000
    """The most memory that the reading of one PDF or office document may take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set; every field can stand in ``dateline.toml`` under its own name."""

    model: str | None = None
    """Folder of another language model, in place of the one in the package."""
    actors: str | None = None
    """File of the user's own who's-who rows, which add to or override the package's."""
    places: str | None = None
    """File of the user's own places."""
    reviewer: str | None = None
    """The name by which corrections and releases are signed where none is given."""
    threads: int = 0
    """Threads for the language model; 0 = as many as the machine has cores."""
    gate: bool = False
    """Whether reports without a sign of conflict, control or harm are passed over unread."""
    intake: Limits = Limits()
    """What an input may ask of the machine."""

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
        limits = values.pop("intake", {})
        if not isinstance(limits, dict):
            raise SettingsError(f"intake = {limits!r} has the wrong type", given=str(source), mend="write it as a table: [intake], then a limit a line")
        _check(values, {f.name: _KINDS.get(f.name, str) for f in fields(cls) if f.name != "intake"}, str(source))
        _check(limits, {f.name: int for f in fields(Limits)}, str(source))
        return cls(**values, intake=Limits(**limits))


_MOST_THREADS = 1024
_KINDS: dict[str, type] = {"threads": int, "gate": bool}
_CALLED: dict[type, str] = {int: "a whole number", bool: "true or false", str: "a text"}


def _check(values: dict[str, object], known: dict[str, type], source: str) -> None:
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"there is no setting {name!r}", given=source, mend=f"use one of {', '.join(sorted(known))}")
        if not isinstance(value, known[name]) or (isinstance(value, bool) and known[name] is not bool):
            raise SettingsError(f"{name} = {value!r} has the wrong type", given=source, mend=f"it is {_CALLED[known[name]]}")
        if isinstance(value, int) and value < 0:
            raise SettingsError(f"{name} = {value} is below zero", given=source, mend="give a number that is not")
        if name == "threads" and isinstance(value, int) and value > _MOST_THREADS:
            raise SettingsError(f"threads = {value} is more than any machine has", given=source, mend=f"give {_MOST_THREADS} at most; 0 takes all cores")
