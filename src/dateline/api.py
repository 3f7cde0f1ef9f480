"""The library's verbs: read a text, many files, or many files into a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from dateline import batch, intake
from dateline.errors import InputError
from dateline.intake.raw import Options
from dateline.intake.sources import find_inputs
from dateline.model import Reading, Refused, Retraction
from dateline.pipeline import World, read_report
from dateline.record.store import Record
from dateline.settings import Settings


@cache
def _world(settings: Settings) -> World:
    """The opened model and tables, kept for the next call."""
    return World.open(settings)


def read(
    given: str | Path,
    *,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
    settings: Settings | None = None,
) -> Reading:
    """All that is read from one report: a ``str`` is the report's text, a ``Path`` the file that it is in.

    ``title``, ``source`` (the outlet), ``url`` and ``published`` (an ISO 8601 date) say what is known of it from elsewhere.
    The first call opens the model (about a second); later ones are fast.

    >>> reading = read("Rebels seized the town of Busra on Friday, the army said.", published="2015-03-27")
    >>> reading.report.published.date
    '2015-03-27'

    Raises ``InputError`` when there is no text, the file cannot be read or ``published`` is no date.
    """
    if not isinstance(given, str | Path):
        raise TypeError(f"read() takes a text or a Path, not {type(given).__name__}")
    _check_day(published)
    if isinstance(given, Path):
        raw = next(iter(find_inputs([given], options=_options(settings))), None)
        if raw is None or isinstance(raw, Refused | Retraction):
            reason, mend = (raw.reason, raw.mend) if isinstance(raw, Refused) else ("there is no report in it", "give a file with a report")
            raise InputError(reason, given=str(given), mend=mend)
        report = intake.read(raw)
    else:
        report = intake.report_of(given, title=title, source=source, url=url, published=published)
    return read_report(report, _world(settings or Settings()))


def _options(settings: Settings | None) -> Options:
    return Options(limits=(settings or Settings()).intake)


def _check_day(published: str | None) -> None:
    """Refuse what is no ISO 8601 date: a wrong day would date the whole report."""
    if published is None:
        return
    try:
        datetime.fromisoformat(published)
    except ValueError as fault:
        raise InputError("this is no ISO 8601 date", given=f"published={published!r}", mend="write it as 2017-10-20 or 2017-10-20T17:36:00+00:00") from fault


def read_many(paths: Iterable[str | Path], *, jobs: int = 1, settings: Settings | None = None) -> Iterator[Reading | Refused | Retraction]:
    """One ``Reading`` for each report in files, folders and globs, in order; a ``Refused`` in the place of each that cannot be read.

    A publisher's notice that an item no longer stands comes out as a ``Retraction``.
    """
    inputs = find_inputs([str(p) for p in paths], options=_options(settings))
    for _, item in batch.read_many(batch.given(inputs), settings or Settings(), jobs=jobs):
        yield item


def read_into(record: Record, paths: Iterable[str | Path], *, jobs: int = 1, settings: Settings | None = None) -> batch.Progress:
    """Read files, folders and globs into a record; what is in it already is passed over. Gives the counts."""
    return batch.ingest(find_inputs([str(p) for p in paths], options=_options(settings)), record, settings or Settings(), jobs=jobs)
