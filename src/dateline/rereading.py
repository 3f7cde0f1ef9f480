"""Reports of a record read again, as this Dateline reads them: what comes out otherwise is a new version beside the old one, with what persons said of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.batch import Given, read_many
from dateline.contract import from_json, to_json
from dateline.errors import UsageError
from dateline.model import Origin, Reading, Refused
from dateline.pipeline import World
from dateline.record.corrections import read_by_machine
from dateline.record.link import link, pending
from dateline.record.store import Record
from dateline.settings import Settings
from dateline.version import VERSION


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of reading reports again."""

    changed: tuple[int, ...] = ()
    """The numbers of the new versions."""
    same: int = 0
    refused: int = 0


def read_again(
    record: Record,
    settings: Settings,
    *,
    numbers: Sequence[int] = (),
    everything: bool = False,
    jobs: int = 1,
    tell: Callable[[Reread], None] | None = None,
    world: World | None = None,
) -> Reread:
    """Read reports of the record again: these, or all that another version of Dateline read, or with ``everything`` all that count.

    One transaction a report, so that a run that was stopped is completed by the same call. Raises ``UsageError`` for a number that no report has.
    """
    chosen = _chosen(record, numbers, everything=everything)
    done = Reread()
    # Named by number, so that two reports of one input stay two.
    for name, reading in read_many(_reports(record, chosen), settings, jobs=jobs, world=world):
        if isinstance(reading, Reading):
            made = _keep(record, int(name), reading)
            done = replace(done, changed=(*done.changed, made)) if made is not None else replace(done, same=done.same + 1)
        elif isinstance(reading, Refused):
            record.refuse(reading)
            done = replace(done, refused=done.refused + 1)
        if tell is not None:
            tell(done)
    return done


def _chosen(record: Record, numbers: Sequence[int], *, everything: bool) -> list[int]:
    rows = record.rows("SELECT n, reader FROM report WHERE current = 1 ORDER BY n")
    held = {int(r["n"]): r["reader"] for r in rows}
    for number in numbers:
        if number not in held:
            raise UsageError("no report of this number counts", given=str(number), mend="list the reports with: dateline reports")
    return list(dict.fromkeys(numbers)) or [n for n, reader in held.items() if everything or reader != VERSION]


def _reports(record: Record, numbers: Iterable[int]) -> Iterator[Given]:
    for number in numbers:
        body = json.loads(record.rows("SELECT body FROM report WHERE n = :n", {"n": number})[0]["body"])
        words = dict.fromkeys(("entities", "statements", "events", "figures", "control", "relations", "times", "images"), ())
        yield Given(str(number), from_json({"report": body, **words}).report)


def _keep(record: Record, number: int, reading: Reading) -> int | None:
    """Keep the reading as a new version where it says anything else; gives its number."""
    with record.transaction():
        row = record.rows("SELECT key, digest, input, version, current FROM report WHERE n = :n", {"n": number})[0]
        if not row["current"]:  # a newer version came in meanwhile
            return None
        held = {b["id"]: b for items in read_by_machine(record, number)[1].values() for b in items}
        if held == {b["id"]: b for word, items in to_json(reading).items() if word != "report" for b in items}:
            record.run("UPDATE report SET reader = :reader WHERE n = :n", {"reader": VERSION, "n": number})
            return None
        last = record.rows("SELECT max(version) AS v FROM report WHERE key = :key", {"key": row["key"]})[0]["v"]
        digest = f"{row['digest'].partition('~')[0]}~{int(last) + 1}"
        report = replace(reading.report, origin=_origin(record, number) or reading.report.origin)
        made = record.add(replace(reading, report=report), key=row["key"], digest=digest, source_name=row["input"], reader=VERSION)
    link(record, pending(record))
    return made


def _origin(record: Record, number: int) -> Origin | None:
    """Where the report was last met: its new version comes from there too."""
    columns = ("format", "address", "fetched", "digest", "archive_record", "item", "version", "revised")
    rows = record.rows(f"SELECT {', '.join(columns)} FROM origin WHERE report = :n ORDER BY n DESC LIMIT 1", {"n": number})
    return Origin(**{c: rows[0][c] for c in columns}) if rows else None
