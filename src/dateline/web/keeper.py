"""Keeps the view of the incidents up to date beside the requests: a thread of its own makes the cards that are new or have changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, RecordError
from dateline.record.still import held_still
from dateline.record.store import DAMAGES, Record
from dateline.web.cards import Card, Signed, cards_of, hash_of, signed_incidents
from dateline.web.ledger_columns import make_ledger
from dateline.web.shelf import Shelf
from dateline.web.view import View

_EVERY = 1.0
"""Seconds after which the record is looked at again for changes, when somebody asks."""
_REST = 2.0
"""After a view was made nothing is made for so many times as long as that took: two thirds of the time is left to requests, however much is written."""
_LONGEST = 30.0
"""Seconds of such a rest at most."""
_PART = 2.0
"""Seconds after which a view of what is ready so far is shown, while many cards are made."""


def state_of(record: Record) -> tuple[object, ...]:
    """What changes whenever the record's incidents, ledger or names do."""
    rows = record.rows(
        "SELECT (SELECT max(n) FROM report) AS reports, (SELECT max(n) FROM judgement) AS judgements, (SELECT max(n) FROM correction) AS corrections,"
        " (SELECT count(*) FROM report WHERE linked = 0) AS pending, (SELECT max(n) FROM retraction) AS retractions"
    )
    return tuple(rows[0][k] for k in ("reports", "judgements", "corrections", "pending", "retractions"))


class Keeper:
    """Holds the latest view; ``view`` gives it at once, and has it made anew in the background where the record has changed."""

    def __init__(self, opened: Callable[[], Record], name: str, *, cache: Path | None, tell: Callable[[str], None] | None = None) -> None:
        self._opened = opened
        self._name = name
        self._cache = cache
        self._tell = tell or (lambda words: None)
        self._view: View | None = None
        self._ledger: dict[str, Any] | None = None
        self._ledger_first = threading.Event()
        self._fault: DatelineError | None = None
        self._state: tuple[object, ...] | None = None
        self._looked = 0.0
        self._wanted = threading.Event()
        self._first = threading.Event()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._users = 0

    def start(self) -> None:
        """Begin to make the view; who starts it again while it works only shares it."""
        with self._lock:
            self._users += 1
            if self._users > 1:
                return
            self._ended.clear()
            self._wanted.set()
            self._thread = threading.Thread(target=self._run, name="dateline-cards", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread, once all who started it have closed it."""
        with self._lock:
            self._users -= 1
            thread = self._thread if self._users == 0 else None
        if thread is not None:
            self._ended.set()
            self._wanted.set()
            thread.join(timeout=10)

    def view(self, record: Record) -> View:
        """The latest view; waits only for the first.

        Raises the error that kept the first from being made.
        """
        with self._lock:
            due = time.monotonic() - self._looked > _EVERY
            if due:
                self._looked = time.monotonic()
        if due and self._view is not None and state_of(record) != self._state:
            self._wanted.set()
        self._first.wait(timeout=60)
        if self._view is None:
            raise self._fault or RecordError("the overview is not ready yet", given=self._name, mend="ask again in a moment")
        return self._view

    def ledger(self, record: Record) -> dict[str, Any]:
        """The latest ledger in columns; waits only for the first."""
        self.view(record)
        self._ledger_first.wait(timeout=120)
        if self._ledger is None:
            raise self._fault or RecordError("the ledger is not ready yet", given=self._name, mend="ask again in a moment")
        return self._ledger

    @property
    def ready_ledger(self) -> dict[str, Any] | None:
        """The latest ledger in columns, where it is ready."""
        return self._ledger

    def hurry(self) -> None:
        """Have the view made anew at once: something was just written."""
        self._wanted.set()

    def wait(self, record: Record, *, seconds: float = 60.0) -> View:
        """The view of the record as it is now, as soon as it is whole.

        Raises the error that kept it from being made.
        """
        end = time.monotonic() + seconds
        before = self._fault
        while time.monotonic() < end:
            if self._fault is not None and self._fault is not before:
                raise self._fault
            view = self._view
            if view is not None and view.ready == view.of and self._state == state_of(record):
                return view
            self._wanted.set()
            time.sleep(0.02)
        return self.view(record)

    def _run(self) -> None:
        shelf = Shelf(self._name, self._cache)
        if shelf.trouble:
            self._tell(shelf.trouble)
        kept = shelf.cards()
        while not self._ended.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._ended.is_set():
                break
            begun = time.monotonic()
            try:
                with self._opened() as record:
                    kept = self._make(record, shelf, kept)
                self._fault = None
                self._ended.wait(min(_REST * (time.monotonic() - begun), _LONGEST))
            except (DatelineError, *DAMAGES, RuntimeError, OSError, MemoryError) as fault:  # who waits for the overview is told
                self._fault = fault if isinstance(fault, DatelineError) else self._told(fault)
                self._first.set()
                self._ledger_first.set()
                # Tried again when somebody asks, not in a circle.
                self._ended.wait(1.0)
        shelf.close()

    def _told(self, fault: Exception) -> RecordError:
        words = f"the overview cannot be made ({type(fault).__name__}: {str(fault)[:200]})"
        return RecordError(words, given=self._name, mend="look whether the record is whole with: dateline verify RECORD; else report this with the words above")

    def _make(self, record: Record, shelf: Shelf, kept: dict[str, Card]) -> dict[str, Card]:
        """The cards of all incidents as they are at one moment; what is written meanwhile is for the next time."""
        with held_still(record):
            return self._made(record, shelf, kept)

    def _made(self, record: Record, shelf: Shelf, kept: dict[str, Card]) -> dict[str, Card]:
        state = state_of(record)
        if state == self._state and self._view is not None:
            return kept
        signed = signed_incidents(record)
        ready = {s.signature: kept[s.signature] for s in signed if s.signature in kept}
        missing = [s for s in signed if s.signature not in ready]
        fresh: dict[str, Card] = {}
        shown = time.monotonic()
        if len(missing) > 500:
            self._tell(f"making the overview of {len(signed)} incidents; {len(ready)} are ready")
        if ready or not missing:
            self._show(ready, state, signed, whole=not missing)
        for one, card in cards_of(record, missing):
            ready[one.signature] = fresh[one.signature] = card
            if self._ended.is_set():
                break
            if time.monotonic() - shown > _PART:
                shelf.keep(fresh)
                fresh = {}
                self._show(ready, state, signed, whole=False)
                shown = time.monotonic()
        shelf.keep(fresh)
        shelf.drop("incident", set(kept) - set(ready))
        if missing and not self._ended.is_set():
            self._show(ready, state, signed, whole=True)
        if len(missing) > 500:
            self._tell(f"the overview of {len(signed)} incidents is ready")
        if not self._ended.is_set():
            self._ledger = make_ledger(record, shelf, state)
            self._ledger_first.set()
        return ready

    def _show(self, ready: dict[str, Card], state: tuple[object, ...], signed: list[Signed], *, whole: bool) -> None:
        cards = [ready[s.signature] for s in signed if s.signature in ready]
        revision = f"{hash_of([s.signature for s in signed if s.signature in ready], state):016x}"
        self._view = View(cards, revision, ready=len(cards), of=len(signed))
        if whole:
            self._state = state
        self._first.set()
