"""Cards kept between runs, in a file of the user's cache folder; it can be thrown away at any time."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from dateline.version import VERSION
from dateline.web.cards import Card, card_from, plain


def cache_folder() -> Path:
    """Where caches of the user's programs stand."""
    given = os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "dateline"


def edition() -> str:
    """What cards rest on besides the record: the version, and in an editable install the code itself."""
    digest = blake2b(VERSION.encode(), digest_size=8)
    for folder in ("record", "web", "data"):
        for file in sorted(files("dateline").joinpath(folder).iterdir(), key=lambda f: f.name):
            if isinstance(file, Path) and file.suffix in (".py", ".tsv"):
                state = file.stat()
                digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()


class Shelf:
    """The cards of one record by their signatures. Where the file cannot be written or is damaged, nothing is kept, and nothing breaks."""

    def __init__(self, record: str, folder: Path | None = None) -> None:
        name = blake2b(record.encode(), digest_size=12).hexdigest()
        self.path = (folder if folder is not None else cache_folder()) / f"cards-{name}.db"
        self.trouble: str | None = None
        self._edition = edition()
        self._file = self._open()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self.path, timeout=5, isolation_level=None)
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = NORMAL")
            file.execute("CREATE TABLE IF NOT EXISTS edition (name TEXT NOT NULL)")
            file.execute("CREATE TABLE IF NOT EXISTS card (signature TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID")
            if [row[0] for row in file.execute("SELECT name FROM edition")] != [self._edition]:
                file.execute("DELETE FROM edition")
                file.execute("DELETE FROM card")
                file.execute("INSERT INTO edition VALUES (?)", (self._edition,))
            os.chmod(self.path, 0o600)
        except (sqlite3.Error, OSError) as fault:
            self._fail(fault)
            return None
        return file

    def _fail(self, fault: Exception) -> None:
        self.trouble = f"{self.path.name} cannot be used: {fault}"

    def cards(self) -> dict[str, Card]:
        """All cards that are kept, by signature."""
        return {name: card_from(json.loads(body)) for name, body in self._read("incident")}

    def bodies(self, kind: str) -> dict[str, str]:
        """All other things of a kind that are kept, by signature."""
        return dict(self._read(kind))

    def _read(self, kind: str) -> list[tuple[str, str]]:
        if self._file is None:
            return []
        try:
            return self._file.execute("SELECT signature, body FROM card WHERE kind = ?", (kind,)).fetchall()
        except sqlite3.Error as fault:
            self._fail(fault)
            return []

    def keep(self, cards: Mapping[str, Card]) -> None:
        """Keep these cards too."""
        self.keep_bodies("incident", {name: json.dumps(plain(card), ensure_ascii=True, separators=(",", ":")) for name, card in cards.items()})

    def keep_bodies(self, kind: str, bodies: Mapping[str, str]) -> None:
        """Keep these things of a kind too."""
        self._write([("INSERT OR REPLACE INTO card VALUES (?, ?, ?)", [(name, kind, body) for name, body in bodies.items()])])

    def drop(self, kind: str, signatures: Iterable[str]) -> None:
        """Throw away what is of no use any more."""
        self._write([("DELETE FROM card WHERE signature = ? AND kind = ?", [(name, kind) for name in signatures])])

    def _write(self, commands: list[tuple[str, list[tuple[str, ...]]]]) -> None:
        if self._file is None:
            return
        try:
            self._file.execute("BEGIN IMMEDIATE")
            for command, rows in commands:
                self._file.executemany(command, rows)
            self._file.execute("COMMIT")
        except sqlite3.Error as fault:
            self._fail(fault)
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
