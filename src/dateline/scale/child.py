"""The process that reads: ``python -m dateline.scale.child``, told by its standard input what to read, giving a row for each input.

It stands apart from Spark's own worker so that a report that kills it, hangs, or eats the memory, takes nothing else with it.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from dateline import intake
from dateline.batch import Found, Given, Read, calm_collector, parts, process_batch
from dateline.errors import DatelineError, InputError
from dateline.intake.raw import Options
from dateline.model import Refused, Retraction
from dateline.pipeline import World
from dateline.scale.pieces import Piece, Slice, found_in
from dateline.scale.rows import row_of
from dateline.scale.storage import is_address
from dateline.settings import Settings

ORDINARY = "dateline.scale.child:ordinary"
MEND = "send the report to Dateline's issue tracker; the others are read"

Batch = list[Given | Refused | Retraction]
Process = Callable[[Batch, World], list[tuple[str, Read]]]


@dataclass(frozen=True, slots=True)
class Way:
    """How a run reads: what each process is told once."""

    settings: Settings
    options: Options
    folder: str
    """The working folder of the user, which relative paths are relative to."""
    memory: int = 4 << 30
    """The most memory (of addresses, in bytes) that the process may take."""
    seconds: float = 300.0
    """The longest that one report may take."""
    process: str = ORDINARY
    """``module:function`` of what reads a batch; tests put their own here."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to read: its first ``skip`` inputs are there already, those before ``alone`` go through one at a time, poison is set aside."""

    piece: Piece
    skip: int = 0
    alone: int = 0
    poison: Mapping[int, str] | None = None
    """What is known to kill or hold up the process: the number of the input in the piece, and how."""


def ordinary(batch: Batch, world: World) -> list[tuple[str, Read]]:
    """Dateline's own reading of a batch."""
    return process_batch(batch, world)


def packed(value: object) -> bytes:
    """A value as it goes through a pipe: its length in eight bytes, then itself."""
    data = pickle.dumps(value, protocol=5)
    return len(data).to_bytes(8, "big") + data


def main() -> None:
    """Read pieces until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the rows
    stream = sys.stdin.buffer
    way: Way = _next(stream)
    _settle(way)

    def tell(*message: Any) -> None:
        out.write(packed(message))
        out.flush()

    world: World | None = None
    while True:
        task: Task | None = _next(stream)
        if task is None:
            return
        try:
            if world is None:
                world = World.open(way.settings)
                calm_collector()
            _Reading(way, task, world, tell).run()
            tell("done")
        except DatelineError as fault:
            tell("fault", fault)


def _next(stream: BinaryIO) -> Any:
    size = stream.read(8)
    return pickle.loads(stream.read(int.from_bytes(size, "big"))) if len(size) == 8 else None


def _settle(way: Way) -> None:
    if Path(way.folder).is_dir():
        os.chdir(way.folder)
    if way.memory:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = way.memory if most == resource.RLIM_INFINITY else min(way.memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


class _Reading:
    """The reading of one piece; ``tell`` says what is about to be done before it is done, so that what does not come back is known."""

    def __init__(self, way: Way, task: Task, world: World, tell: Callable[..., None]) -> None:
        self._way = way
        self._task = task
        self._world = world
        self._tell = tell
        module, _, name = way.process.partition(":")
        self._process: Process = getattr(import_module(module), name)
        self._at = 0

    def run(self) -> None:
        """Tell a row for each input from ``skip`` on."""
        number = self._task.skip
        for batch in self._batches():
            # A report that is never done must not outlive those who wait for it, whatever it holds up in this process.
            faulthandler.dump_traceback_later(2 * self._way.seconds + 60, exit=True)
            self._tell("batch", number, len(batch))
            for name, item in self._process(batch, self._world):
                self._tell("row", number, row_of(name, item))
                number += 1
            faulthandler.cancel_dump_traceback_later()

    def _batches(self) -> Iterator[Batch]:
        """One report at a time where one of them killed a process; then as many as the language model likes."""
        items = self._items()
        while self._at < self._task.alone and (one := next(items, None)) is not None:
            yield [one]
        yield from parts(items)

    def _items(self) -> Iterator[Given | Refused | Retraction]:
        for part in self._task.piece.slices:
            for found in self._within(part):
                self._at += 1
                if self._at <= self._task.skip:
                    continue
                how = (self._task.poison or {}).get(self._at - 1)
                if how is not None and not isinstance(found, Refused):
                    yield Refused(found.name if not isinstance(found, Retraction) else found.input, how, MEND)
                else:
                    yield _given(found)

    def _within(self, part: Slice | Refused) -> Iterator[Found]:
        if isinstance(part, Refused):
            yield part
            return
        _see(part)
        found = found_in(part, self._way.options)
        while True:
            how = (self._task.poison or {}).get(-self._at - 1)
            if how is not None:
                yield Refused(part.name, how, "read the file alone; what came before in it was read, the rest of it was not")
                return
            self._tell("next", self._at)
            one = next(found, None)
            if one is None:
                return
            self._tell("got", self._at)
            yield one


def _given(found: Found) -> Given | Refused | Retraction:
    if isinstance(found, Refused | Retraction):
        return found
    try:
        return Given(found.name, intake.read(found))
    except InputError as fault:
        return Refused(fault.given, fault.wrong, fault.mend)


def _see(part: Slice) -> None:
    """Refuse to go on where a file that the run was started on is not to be seen from here."""
    if not is_address(part.name) and not Path(part.name).exists():
        raise InputError(
            "a machine that reads does not see this file", given=str(Path(part.name).absolute()),
            mend="put inputs into a folder that all machines share under the same path, or into a store (s3://, gs://, hdfs://)",
        )  # fmt: skip


if __name__ == "__main__":
    main()
