"""Many reports: through one process or several, in order, with bounded memory, and into a record that a rerun completes."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TypeVar

from dateline import intake
from dateline.errors import InputError
from dateline.intake.originals import keep_in_folder
from dateline.intake.sources import RawInput
from dateline.model import Reading, Refused, Report, Retraction
from dateline.pipeline import World, read_batch
from dateline.record.link import link, pending
from dateline.record.origins import keep_original, met_again, retract
from dateline.record.store import Record, digest_of, key_of, now
from dateline.settings import Settings
from dateline.version import VERSION

MOST_REPORTS = 32
"""The most reports in a batch."""
MOST_CHARACTERS = 60_000
"""The most characters in a batch of more reports than one: enough to fill the language model's batches, and no more than memory notices."""
_AHEAD = 4
"""Parts that may wait for each process, or for what was read to be taken: bounds the memory of a run over millions."""


Found = RawInput | Refused | Retraction
"""What an input may hold."""
Read = Reading | Refused | Retraction
"""What may come of it."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Given:
    """A report with the name of the input that it came from."""

    name: str
    report: Report


def given(inputs: Iterable[Found]) -> Iterator[Given | Refused | Retraction]:
    """The report of each input, with its name; what cannot be read is refused in its place, and retractions pass as they are."""
    for raw in inputs:
        if isinstance(raw, Refused | Retraction):
            yield raw
            continue
        try:
            yield Given(raw.name, intake.read(raw))
        except InputError as fault:
            yield Refused(fault.given, fault.wrong, fault.mend)


def read_many(reports: Iterable[Given | Refused | Retraction], settings: Settings, *, jobs: int = 1, world: World | None = None) -> Iterator[tuple[str, Read]]:
    """Name and reading of each report, in order, the same whatever ``jobs`` (processes) is; ``world`` is one that is open already."""
    return make_many(reports, settings, _itself, jobs=jobs, world=world)


def make_many(
    reports: Iterable[Given | Refused | Retraction], settings: Settings, make: Callable[[Read], Made], *, jobs: int = 1, world: World | None = None
) -> Iterator[tuple[str, Made]]:
    """Name of each report, in order, and what ``make`` makes of its reading in the process that reads, so that less has to pass between processes."""
    if jobs <= 1:
        opened = world or World.open(settings)
        for part in parts(reports):
            yield from ((name, make(item)) for name, item in process_batch(part, opened))
        return
    yield from _make_in_processes(reports, replace(settings, threads=1), make, jobs=jobs)


def _itself(item: Read) -> Read:
    return item


def process_batch(batch: Sequence[Given | Refused | Retraction], world: World) -> list[tuple[str, Read]]:
    """Name and reading of each report of ``batch``, in order; what was refused or retracted passes as it is.

    The reports go through the language model together; the readings are the same bytes however reports are put into batches.
    """
    read = iter(read_batch([one.report for one in batch if isinstance(one, Given)], world))
    return [_named(one, next(read)) if isinstance(one, Given) else (one.input, one) for one in batch]


def _named(one: Given, reading: Reading | Refused) -> tuple[str, Read]:
    return one.name, replace(reading, input=one.name) if isinstance(reading, Refused) else reading


def parts(reports: Iterable[Given | Refused | Retraction]) -> Iterator[list[Given | Refused | Retraction]]:
    """The reports in batches of a size that the language model likes: ``MOST_REPORTS`` or ``MOST_CHARACTERS`` at most, one report at least."""
    part: list[Given | Refused | Retraction] = []
    size = 0
    for one in reports:
        own = len(one.report.text) if isinstance(one, Given) else 0
        if part and (len(part) >= MOST_REPORTS or size + own > MOST_CHARACTERS):
            yield part
            part, size = [], 0
        part.append(one)
        size += own
    if part:
        yield part


def _make_in_processes(
    reports: Iterable[Given | Refused | Retraction], settings: Settings, make: Callable[[Read], Made], *, jobs: int
) -> Iterator[tuple[str, Made]]:
    """The reports are taken in this thread, since they may ask the record, and only as fast as they are read."""
    waiting: deque[Future[list[tuple[str, Made]]]] = deque()
    # Spawned, not forked: a fork would copy the threads' locks of the model's runtime.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=(settings,))
    try:
        for part in parts(reports):
            waiting.append(pool.submit(_work, part, make))
            while waiting and (len(waiting) > _AHEAD * jobs or waiting[0].done()):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as fault:
        mend = "run the same command again with fewer --jobs; what was finished is safe"
        raise InputError("a process that reads was stopped from outside, perhaps for want of memory", given="--jobs", mend=mend) from fault
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def calm_collector() -> None:
    """Have Python look for cycles of dead objects less often, and never among those that are there now: a process that only reads makes few.

    For programs of ours; a library must not set this for the program that uses it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


_WORKER: list[Settings | World] = []


def _start_worker(settings: Settings) -> None:
    # Ctrl-C reaches every process of the terminal; the one that started the others ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _WORKER[:] = [settings]


def _work(part: list[Given | Refused | Retraction], make: Callable[[Read], Made]) -> list[tuple[str, Made]]:
    # Opened by the first task and not at the start, so that what is wrong with a model or table comes back as its own error.
    world = _WORKER[0]
    if isinstance(world, Settings):
        world = World.open(world)
        _WORKER[:] = [world]
        calm_collector()
    return [(name, make(item)) for name, item in process_batch(part, world)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: reports put into the record, met again, refused."""

    added: int = 0
    known: int = 0
    refused: int = 0
    judgements: int = 0
    retracted: int = 0
    """Reports that ceased to count because their publishers took them back."""


def ingest(
    inputs: Iterable[Found],
    record: Record,
    settings: Settings,
    *,
    jobs: int = 1,
    tell: Callable[[Progress], None] | None = None,
    world: World | None = None,
) -> Progress:
    """Read the inputs into the record, one transaction a report; what is in it already is passed over, so a rerun completes a run.

    Afterwards the new events are joined to those of other reports by judgements. ``tell`` is called after each report.
    """
    state = _State(record, tell)
    digests: dict[str, list[str]] = {}
    """By name of an input the digests of its reports that are being read, in their order: two entries of a feed may lead to one address."""
    under_way: set[str] = set()
    twice: list[tuple[str, Given]] = []

    def unknown() -> Iterator[Given | Refused | Retraction]:
        for one in given(inputs):
            if isinstance(one, Given):
                digest = digest_of(one.report)
                if record.holds(digest):
                    met_again(record, digest, one.name, one.report.origin, now())
                    state.count(known=1)
                    continue
                if digest in under_way:
                    twice.append((digest, one))
                    state.count(known=1)
                    continue
                digests.setdefault(one.name, []).append(digest)
                under_way.add(digest)
            yield one

    try:
        for name, reading in read_many(unknown(), settings, jobs=jobs, world=world):
            if isinstance(reading, Refused):
                if waiting := digests.get(name):
                    under_way.discard(waiting.pop(0))
                record.refuse(reading)
                state.count(refused=1)
            elif isinstance(reading, Retraction):
                state.retract(reading)
            else:
                digest = digests[name].pop(0)
                if not digests[name]:
                    del digests[name]
                state.add(reading, name=name, digest=digest)
                under_way.discard(digest)
    finally:
        for digest, one in twice:
            met_again(record, digest, one.name, one.report.origin, now())
        # Whatever stopped the run, the reports that are in are joined to the others; so are those of a run that was killed.
        state.link()
    return state.progress


def keeper(record: Record, where: str) -> Callable[[str, bytes], object]:
    """What keeps the bytes of reports as they came: in the record where ``where`` is "record", else in the folder of that name."""
    if where != "record":
        return keep_in_folder(where)
    return lambda _, data: keep_original(record, data)


class _State:
    """The running count of one ``ingest``."""

    def __init__(self, record: Record, tell: Callable[[Progress], None] | None) -> None:
        self.record = record
        self.progress = Progress()
        self._tell = tell

    def add(self, reading: Reading, *, name: str, digest: str) -> None:
        # A file is written once for both; on a server, where joining takes turns, others add meanwhile.
        with self.record.transaction() if self.record.connection.sqlite else nullcontext():
            self.record.add(reading, key=key_of(reading.report, name), digest=digest, source_name=name, reader=VERSION)
            self.link()
        self.count(added=1)

    def link(self) -> None:
        """Join the events of all reports that are not joined yet."""
        if (waiting := pending(self.record)) and (made := link(self.record, waiting)):
            self.progress = replace(self.progress, judgements=self.progress.judgements + made)

    def retract(self, notice: Retraction) -> None:
        ceased = retract(self.record, notice, now())
        self.link()
        self.count(retracted=ceased)

    def count(self, *, added: int = 0, known: int = 0, refused: int = 0, retracted: int = 0) -> None:
        p = self.progress
        self.progress = Progress(p.added + added, p.known + known, p.refused + refused, p.judgements, p.retracted + retracted)
        if self._tell is not None:
            self._tell(self.progress)
