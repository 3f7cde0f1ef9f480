"""The other side of the reading process: it starts it, feeds it, waits no longer than it should, and sets aside what kills it."""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.scale.child import Task, Way, packed
from dateline.scale.pieces import Piece
from dateline.scale.rows import Row

_OPENING = 300.0
"""Seconds that a process may take to open the model and tables, which a busy machine may make slow."""


class _LostError(Exception):
    """The process is gone, or was ended for taking too long (``late``)."""

    def __init__(self, how: str, *, late: bool = False) -> None:
        super().__init__(how)
        self.late = late


class Reader:
    """A process that reads piece after piece, started anew when one kills it."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._process: subprocess.Popen[bytes] | None = None
        self._opened = False

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
        self._process = None

    def rows(self, piece: Piece, *, skip: int = 0) -> Iterator[tuple[int, Row]]:
        """A row for each input of the piece from ``skip`` on, with its number.

        A report at which the process dies or overstays is tried again by itself; then it is refused, and the rest goes on.
        """
        task = Task(piece, skip)
        tries: Counter[int] = Counter()
        while True:
            state = _State(task.skip)
            try:
                for message in self._messages(task):
                    if message[0] == "fault":
                        raise message[1]
                    if message[0] == "row":
                        yield message[1], message[2]
                    state.take(message)
                return
            except _LostError as fault:
                self.close()
                task = state.after(task, fault, tries)

    def _messages(self, task: Task) -> Iterator[tuple[Any, ...]]:
        descriptor = self._send(task)
        while (message := self._receive(descriptor))[0] != "done":
            yield message

    def _send(self, task: Task) -> int:
        """Give the task to the process, a new one where there is none; what its answers come from."""
        fresh = self._process is None
        process = self._process = self._process or _start()
        self._opened = self._opened and not fresh
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write((packed(self._way) if fresh else b"") + packed(task))
            process.stdin.flush()
        except BrokenPipeError as fault:
            raise _LostError(self._how()) from fault
        return process.stdout.fileno()

    def _receive(self, descriptor: int) -> tuple[Any, ...]:
        until = time.monotonic() + (self._way.seconds if self._opened else max(self._way.seconds, _OPENING))
        size = int.from_bytes(self._bytes(descriptor, 8, until), "big")
        message: tuple[Any, ...] = pickle.loads(self._bytes(descriptor, size, until))
        self._opened = True
        return message

    def _bytes(self, descriptor: int, size: int, until: float) -> bytes:
        """So many bytes of the process's answer."""
        pieces: list[bytes] = []
        while size > 0:
            if not select.select([descriptor], [], [], max(0.0, until - time.monotonic()))[0]:
                raise _LostError(f"reading it takes longer than {self._way.seconds:g} seconds", late=True)
            piece = os.read(descriptor, min(size, 1 << 20))
            if not piece:
                raise _LostError(self._how())
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _how(self) -> str:
        code = self._process.wait() if self._process is not None else 0
        return f"reading it kills the process (signal {-code})" if code < 0 else f"reading it ends the process (code {code}), perhaps for want of memory"


class _State:
    """How far a process has come, so that what it did not come back from is known."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._reading = at
        self._batch = 0
        self._inside = False

    def take(self, message: tuple[Any, ...]) -> None:
        """Note what the process says that it is about to do, or has done."""
        kind, number = message[0], message[1]
        if kind == "row":
            self._at = number + 1
        elif kind == "batch":
            self._batch, self._inside = message[2], False
        else:
            self._inside, self._reading, self._batch = kind == "next", number, 0

    def after(self, task: Task, fault: _LostError, tries: Counter[int]) -> Task:
        """The task that goes on after a loss: what was in hand goes through alone; what is lost so is set aside, a death only at the second time."""
        last = self._at + self._batch if self._batch else self._reading + 1
        known = dict(task.poison or {})
        if task.alone > self._at and self._batch <= 1:
            # Below zero: the file breaks the process before the input is so much as known.
            culprit = self._at if self._batch else -self._reading - 1 if self._inside else self._reading
            tries[culprit] += 1
            if fault.late or tries[culprit] > 1:
                known[culprit] = str(fault)
        return replace(task, skip=self._at, alone=max(task.alone, last), poison=known)


def _start() -> subprocess.Popen[bytes]:
    known = os.pathsep.join(p for p in sys.path if p)
    # One thread each: the other processors belong to the other tasks.
    given = {**os.environ, "PYTHONPATH": known, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, "-m", "dateline.scale.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=given)
