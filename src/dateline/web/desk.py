"""What every request works at: the record, opened once a thread, and the view of its incidents."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fastapi import Request

from dateline.errors import RecordError, UsageError
from dateline.record.address import is_address, shown
from dateline.record.around import circle_around
from dateline.record.questions import worlds_of
from dateline.record.store import Record
from dateline.web.amounts import counts_of
from dateline.web.keeper import Keeper
from dateline.web.selection import Selection
from dateline.web.tiles import tiles_from
from dateline.web.view import Rows, View

_CACHE = 2_048
"""Kibibytes of a file that each thread holds in memory; the machine's own cache holds the rest."""
_KINDS = {"actor": ("actor", "person"), "place": ("geonames", "country", "place")}


class Desk:
    """One served record. Each thread has its own connection; a file that is gone or was replaced is noticed."""

    def __init__(self, target: str, *, cache: Path | None = None, tiles: str | None = None, tell: Callable[[str], None] | None = None) -> None:
        self.target = target
        self.tiles = tiles_from(tiles)
        self._local = threading.local()
        self._counts: tuple[str, dict[str, int]] | None = None
        self.keeper = Keeper(lambda: Record.open(target), self.place, cache=cache, tell=tell)

    @property
    def is_file(self) -> bool:
        """Whether the record is a file and not a database server's."""
        return not is_address(self.target)

    @property
    def name(self) -> str:
        """The record's name without its folder and without anybody's password."""
        return Path(self.target).name if self.is_file else shown(self.target).rsplit("/", 1)[-1].split("?")[0]

    @property
    def place(self) -> str:
        """By what the record is told from others on this machine."""
        return str(Path(self.target).resolve()) if self.is_file else shown(self.target)

    def record(self) -> Record:
        """The record, opened by this thread.

        Raises ``RecordError`` when it is gone, damaged or in use.
        """
        mark = self._mark()
        held: tuple[object, Record] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == mark:
            return held[1]
        if held is not None:
            held[1].close()
        record = Record.open(self.target)
        if record.connection.sqlite:
            record.run(f"PRAGMA cache_size = -{_CACHE}")
        self._local.held = (mark, record)
        # Threads come and go with the load; what one has opened goes with it.
        weakref.finalize(threading.current_thread(), record.close).atexit = False
        return record

    def _mark(self) -> object:
        if not self.is_file:
            return None
        try:
            state = os.stat(self.target)
        except OSError as fault:
            raise RecordError("there is no such record any more", given=self.target, mend="put the file back, or serve another") from fault
        return state.st_dev, state.st_ino

    def view(self) -> View:
        """The view of the incidents as it is now; while many are new, of those that are ready."""
        return self.keeper.view(self.record())

    def keys(self, name: str, kind: str) -> Sequence[str]:
        """The keys of a name of a kind (actor, place); a key stands for itself.

        Raises ``UsageError`` when the record knows nothing of the name.
        """
        begin = name.partition(":")[0]
        if ":" in name and begin in (*_KINDS[kind], "weapon", "other"):
            return [name]
        if not name.strip():
            raise UsageError("an empty name asks for nobody", given=f"{kind}={name}", mend="give a name or a key, or leave it out")
        return worlds_of(self.record(), name, kinds=_KINDS[kind])

    def told(self, words: str) -> Sequence[int]:
        """The reports that hold all the words."""
        from dateline.web.lists import holding

        return holding(self.record(), words)

    def matching(self, view: View, asked: Selection) -> Rows:
        """The rows of a view that hold a filter."""
        circle = circle_around(self.record(), asked.around, asked.within_km) if asked.around is not None else None
        return view.matching(asked, self.keys, self.told, circle)

    def counts(self, revision: str) -> dict[str, int]:
        """How much the record holds; counted once for each revision of the view."""
        held = self._counts
        if held is None or held[0] != revision:
            held = self._counts = (revision, counts_of(self.record()))
        return held[1]

    def close(self) -> None:
        """End the thread that makes cards; the connections go with their threads."""
        self.keeper.close()


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


@contextmanager
def at(desk: Desk) -> Iterator[Desk]:
    """A desk that is at work."""
    desk.keeper.start()
    try:
        yield desk
    finally:
        desk.close()
