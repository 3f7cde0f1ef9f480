"""Where readings are written: standard output, a device, a file that is there only when it is whole; a stopped run to a file is gone on with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from dateline import batch, intake
from dateline.contract import dumps, to_json
from dateline.errors import InputError, UsageError
from dateline.export.readings import arrow, write_parquet
from dateline.model import Refused, Retraction
from dateline.whole import settle, whole

try:
    import fcntl
except ImportError:  # no POSIX: two runs at once into one file are not noticed there
    fcntl = None  # type: ignore[assignment]


def is_file(output: str | None) -> bool:
    """Whether the readings go to a file that can be made whole; a device or a pipe is written to and must never be replaced."""
    return output is not None and (not (path := Path(output)).exists() or path.is_file())


@contextmanager
def writer(output: str | None) -> Iterator[IO[str]]:
    """Standard output, a device, or a file that appears under its name only when it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(output).resolve()
    if not is_file(output):
        with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
        return
    try:
        with whole(target, errors="backslashreplace") as out:
            yield out
    except OSError as fault:
        fault.filename = output  # as it was asked for
        raise


@dataclass(slots=True)
class Unfinished:
    """The lines of a run that is not finished: ``done`` of them were there already, the last is ``last``."""

    out: IO[bytes]
    done: int = 0
    refused: int = 0
    last: str | None = None

    def write(self, line: str) -> None:
        """Add the line of one input."""
        self.out.write(line.encode("utf-8") + b"\n")

    def rest(self, inputs: Iterator[batch.Found]) -> Iterator[batch.Found]:
        """The inputs that have no line yet.

        Raises ``InputError`` where the inputs are no longer those that the lines are of.
        """
        passed = next(islice(inputs, self.done - 1, self.done), None) if self.done else None
        if self.last is not None and (passed is None or not _is_of(self.last, passed)):
            wrong = f"reading {self.done:,} of the run that was stopped is of another input than the one that now stands there"
            raise InputError(wrong, given=str(self.out.name), mend="give the inputs of that run again, or remove the file to begin anew")
        return inputs


def _is_of(line: str, raw: batch.Found) -> bool:
    body = json.loads(line)
    if isinstance(raw, Retraction):
        return bool(body == {"retracted": to_json(raw)})
    if isinstance(raw, Refused):
        return bool(body == {"refused": to_json(raw)})
    try:
        report = intake.read(raw)
    except InputError as fault:
        return bool(body == {"refused": to_json(Refused(fault.given, fault.wrong, fault.mend))})
    return "refused" in body or body.get("report", {}).get("text") == report.text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


@contextmanager
def unfinished(output: str, about: dict[str, Any], *, shape: str) -> Iterator[Unfinished]:
    """The file of lines beside ``output``, with what a stopped run of the same command left in it; at the end it takes the place of ``output``.

    Whatever stops the run, the file stays: the same command goes on after its last whole line. Lines of another command are begun anew.
    """
    if shape == "parquet":
        arrow()
    target = Path(output).resolve()
    part, told = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.about")
    wanted = json.dumps(about, sort_keys=True)
    try:
        with part.open("ab+") as out:
            _alone(out, output)
            if not told.exists() or told.read_text(encoding="utf-8") != wanted:
                out.truncate(0)
                told.write_text(wanted, encoding="utf-8")
            yield _there(out)
            out.flush()
            os.fsync(out.fileno())
        if shape == "parquet":
            table = target.with_name(f"{target.name}.part.parquet")
            try:
                write_parquet(part, table)
                settle(table)
                table.replace(target)
            finally:
                table.unlink(missing_ok=True)
            part.unlink()
        else:
            part.replace(target)
        told.unlink(missing_ok=True)
    except OSError as fault:
        fault.filename = output
        raise


def _alone(out: IO[bytes], output: str) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise UsageError("another run is writing it now", given=f"-o {output}", mend="wait for that run, or give another file") from fault


def _there(out: IO[bytes]) -> Unfinished:
    """What is in the file already, cut behind its last whole line."""
    found = Unfinished(out)
    out.seek(0)
    end = 0
    for line in out:
        if not line.endswith(b"\n"):
            break
        end += len(line)
        found.done += 1
        found.refused += line.startswith(b'{"refused":')
        found.last = line.decode("utf-8")
    out.truncate(end)
    out.seek(end)
    return found


def line_of(item: batch.Read) -> tuple[Refused | Retraction | None, str]:
    """The line of JSON of what came of one input, and the item itself where it has to be told of; made in the process that reads."""
    return (item if isinstance(item, Refused | Retraction) else None), dumps(item)
