"""Look at folders and feeds in turn, and give what is new in them to the record; what fails is named, set aside and tried again later."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from dateline import batch
from dateline.intake.formats import read_source
from dateline.intake.raw import Found, Options, RawInput, Source
from dateline.intake.sources import below, find_inputs
from dateline.model import Origin, Refused, Retraction
from dateline.pipeline import World
from dateline.record.store import Record, now
from dateline.settings import Settings
from dateline.watch.addresses import Unfetched
from dateline.watch.fetching import LATER, Answer, Fetcher
from dateline.watch.visits import Visit, holds_entry, keep_visit, visit_of

_LONGEST = 24 * 3600.0
"""The longest that something which fails is left alone."""
_SETTLED = 2.0
"""A file that was changed so many seconds ago is taken to be written whole."""
_MOST_CHARACTERS = 1_000_000
"""So many characters of reports are put into the record before what was looked at is remembered."""
_PAGES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_FEEDS = ("xml", "rss", "atom", "rdf", "text/plain", "octet-stream")
"""What the content type of a feed holds; servers are lax in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched, and how."""

    targets: Sequence[str]
    """Folders and addresses of feeds."""
    every: float = 900.0
    articles: bool = False
    """Whether the article behind each entry of a feed is fetched."""


def is_address(target: str) -> bool:
    """Whether a target is a web address, not a folder."""
    return target.split(":", 1)[0].lower() in ("http", "https") and "://" in target


class Watch:
    """A watch over folders and feeds into one record; ``stop`` ends it after the report in hand."""

    def __init__(self, plan: Plan, record: Record, settings: Settings, options: Options, fetcher: Fetcher | None, *, stop: threading.Event) -> None:
        self.plan = plan
        self.record = record
        self.settings = settings
        self.options = options
        self.fetcher = fetcher
        self.stop = stop
        self._world: World | None = None
        self._missing = False
        self._visits: dict[str, Visit] = {}
        """Looks at what has been read, kept in the record only once all that came of them is in it."""

    def run(self, *, once: bool, tell: Callable[[batch.Progress], object], name: Callable[[object], object]) -> batch.Progress:
        """Look at all targets, again and again; ``tell`` hears what each round brought, ``name`` each refusal and retraction. Gives the last round's."""
        while True:
            made = self._round(name)
            tell(made)
            if once or self.stop.is_set() or self.stop.wait(self.plan.every):
                return made

    def _round(self, name: Callable[[object], object]) -> batch.Progress:
        self._world = self._world or World.open(self.settings)
        made = batch.Progress()
        for part in _parts(self._named(name)):
            made = _sum(made, batch.ingest(part, self.record, self.settings, world=self._world))
            self._keep()
        self._keep()
        return made

    def _keep(self) -> None:
        """Remember what was looked at, now that what it held is in the record: a watch that is killed before looks again and loses nothing."""
        for address, visit in self._visits.items():
            keep_visit(self.record, address, visit)
        self._visits.clear()

    def _visit(self, address: str) -> Visit:
        return self._visits.get(address) or visit_of(self.record, address)

    def _named(self, name: Callable[[object], object]) -> Iterator[Found]:
        for target in self.plan.targets:
            for found in self._feed(target) if is_address(target) else self._folder(Path(target)):
                if self.stop.is_set():
                    return
                if isinstance(found, Refused | Retraction):
                    name(found)
                yield found

    def _folder(self, folder: Path) -> Iterator[Found]:
        """What new and changed files of a folder hold; files still being written wait for the next round."""
        if not folder.is_dir():
            yield Refused(str(folder), "there is no such folder", "check the path; it is looked at again by itself")
            return
        found = list(below(folder))
        yield from (one for one in found if isinstance(one, Refused))
        paths = ((path, str(path.resolve()), _stamp(path)) for path in found if isinstance(path, Path))
        fresh = [(path, key, stamp) for path, key, stamp in paths if stamp and self._visit(key).seen != stamp]
        if any(_age(path) < _SETTLED for path, _, _ in fresh):
            self.stop.wait(_SETTLED)
        for path, key, stamp in fresh:
            if _stamp(path) == stamp:
                yield from find_inputs([path], options=self.options)
                self._visits[key] = Visit(seen=stamp)

    def _feed(self, address: str) -> Iterator[Found]:
        """The entries of a feed that are new or changed since the last look."""
        before = self._visit(address)
        answer = self._fetched(address, before)
        if isinstance(answer, Refused):
            yield answer
        if not isinstance(answer, Answer) or answer.status == 304:
            return
        if not any(part in answer.kind for part in _FEEDS):
            self._put_off(address, before, None)
            yield Refused(
                address,
                f"the server sends {answer.kind or 'content without a type'}, not a feed",
                "give the address of the feed itself, often linked from the page",
            )
            return
        whole, self._missing = True, False
        for found in self._read(answer, address, "feed", ".xml"):
            whole = whole and not (isinstance(found, Refused) and found.input == address)
            yield from self._entry(found)
        if whole:
            self._visits[address] = Visit() if self._missing else Visit(answer.etag, answer.modified)
        else:
            self._put_off(address, before, None)

    def _read(self, answer: Answer, address: str, form: str | None, suffix: str) -> Iterator[Found]:
        origin = Origin("", address=address, fetched=now())
        options = replace(self.options, form=form)
        return read_source(Source(address, io.BytesIO(answer.body), read_source, options, origin, suffix, answer.charset))

    def _fetched(self, address: str, before: Visit) -> Answer | Refused | None:
        """The answer of a server, or why there is none; None where it is not to be asked yet."""
        assert self.fetcher is not None
        # A longer wait than is ever set was set by a clock that has been put back since.
        if 0 < before.not_before - time.time() <= _LONGEST:
            return None
        try:
            return self.fetcher.get(address, etag=before.etag, modified=before.modified)
        except Unfetched as fault:
            if not self.stop.is_set():
                self._put_off(address, before, fault)
            return Refused(address, fault.reason, fault.mend)

    def _put_off(self, address: str, before: Visit, fault: Unfetched | None) -> None:
        """Leave an address alone for twice as long after each failure, or as long as its server asks."""
        wait = min(self.plan.every * 2**before.failures, _LONGEST)
        if fault is not None and (fault.status == 410 or fault.status in (401, 403, 404)):
            wait = _LONGEST
        if fault is not None and fault.wait is not None:
            wait = max(fault.wait, wait if before.failures else 0.0)
        keep_visit(self.record, address, replace(before, not_before=time.time() + wait, failures=min(before.failures + 1, 12)))

    def _entry(self, found: Found) -> Iterator[Found]:
        """An entry that is not in the record yet: itself, or the article behind it."""
        if not isinstance(found, RawInput) or found.origin is None:
            yield found
            return
        if holds_entry(self.record, found.origin.address or "", found.origin.digest):
            return
        if not self.plan.articles or not found.url:
            yield found
            return
        before = self._visit(found.url)
        if before.seen == found.origin.digest:
            return
        answer = self._fetched(found.url, replace(before, etag=None, modified=None))
        if isinstance(answer, Refused):
            yield answer
        if isinstance(answer, Answer):
            yield from self._article(answer, found)
        elif answer is None or answer.mend == LATER:
            # The feed is asked in full the next time, so that the article is not forgotten.
            self._missing = True
            return
        else:
            yield found
        self._visits[found.url] = Visit(seen=found.origin.digest)

    def _article(self, answer: Answer, entry: RawInput) -> Iterator[Found]:
        """The article behind an entry, with what the feed says where the page is silent; the entry itself where the page cannot be read."""
        suffix = _PAGES.get(answer.kind)
        if suffix is None:
            yield Refused(
                answer.address, f"the server sends {answer.kind or 'content without a type'}, not an article", "the feed's own words were read instead"
            )
            yield entry
            return
        for found in self._read(answer, answer.address, None, suffix):
            if isinstance(found, Refused):
                yield found
                yield entry
            elif isinstance(found, RawInput):
                yield replace(found, title=found.title or entry.title, published=found.published or entry.published, source=found.source or entry.source)


def _parts(found: Iterator[Found]) -> Iterator[list[Found]]:
    """What was found, some reports at a time."""
    part: list[Found] = []
    size = 0
    for one in found:
        part.append(one)
        size += len(one.content) if isinstance(one, RawInput) else 0
        if len(part) >= batch.MOST_REPORTS or size >= _MOST_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _sum(one: batch.Progress, other: batch.Progress) -> batch.Progress:
    return batch.Progress(*(getattr(one, f.name) + getattr(other, f.name) for f in fields(batch.Progress)))


def _stamp(path: Path) -> str:
    try:
        told = path.stat()
    except OSError:
        return ""
    return f"{told.st_size} {told.st_mtime_ns}"


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return _SETTLED
