"""Carry out a reading in a process of its own, bounded in time and memory: PDFs and office documents can be made to eat both."""

from __future__ import annotations

import importlib
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers.expat import ExpatError

from dateline.errors import InputError
from dateline.intake.markup import Passage
from dateline.settings import Limits

FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError, OSError, RuntimeError, EOFError, SyntaxError,
    zipfile.BadZipFile, zlib.error, struct.error, ExpatError,
)  # fmt: skip
"""What the libraries raise on damaged files."""


class Unreadable(ValueError):
    """A document that cannot be read; its words are the reason, and the mend."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason, mend)
        self.reason = reason
        self.mend = mend


Extraction = tuple[list[Passage], dict[str, str]]
"""The passages of a document, and what its properties say."""

_DAMAGED = "open it in the program that made it and save it again, or save it as plain text"


def extract_apart(module: str, data: bytes, limits: Limits) -> Extraction:
    """What ``extract`` of a module (of this package) finds in a document, within the limits.

    Raises ``Unreadable`` where it finds nothing in time, or the document is damaged, ``InputError`` where a library is missing.
    """
    # A plain process and not one of multiprocessing's, which would run the caller's own script again.
    command = [sys.executable, "-m", "dateline.intake.apart", module, str(limits.pages), str(limits.memory_bytes)]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds or 0.001, check=False, env=surroundings, start_new_session=True)
    except subprocess.TimeoutExpired as fault:
        mend = "save it as plain text, or raise seconds under [intake] in dateline.toml"
        raise Unreadable(f"reading it takes longer than {limits.seconds} seconds", mend) from fault
    try:
        answer = json.loads(done.stdout)
    except ValueError as fault:
        raise Unreadable("reading it breaks the process that reads, perhaps for want of memory", "save it as plain text") from fault
    if "missing" in answer:
        raise InputError(answer["missing"], given=answer["given"], mend=answer["mend"])
    if "reason" in answer:
        raise Unreadable(answer["reason"], answer["mend"])
    return [Passage(kind, text) for kind, text in answer["passages"]], answer["facts"]


def _serve(module: str, pages: int, memory: int) -> None:
    """Read the document on standard input and print what is in it as JSON."""
    sys.setrecursionlimit(3000)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # What libraries say to themselves goes to standard error.
    out, sys.stdout = sys.stdout, sys.stderr
    out.write(json.dumps(_answer(module, sys.stdin.buffer.read(), pages)))


def _answer(module: str, data: bytes, pages: int) -> dict[str, object]:
    extract: Callable[[bytes, int], Extraction] = importlib.import_module(f"dateline.intake.{module}").extract
    try:
        passages, facts = extract(data, pages)
    except (InputError, MemoryError, *FAULTS) as fault:
        return _told(fault)
    return {"passages": [(p.kind, p.text) for p in passages], "facts": facts}


def _told(fault: BaseException) -> dict[str, object]:
    """A fault as the answer that tells of it."""
    # The class is not the same object where this module runs as the main one.
    if isinstance(fault, InputError):
        return {"missing": fault.wrong, "given": fault.given, "mend": fault.mend}
    if hasattr(fault, "reason") and hasattr(fault, "mend"):
        return {"reason": fault.reason, "mend": fault.mend}
    if isinstance(fault, MemoryError):
        return {"reason": "reading it takes more memory than it may", "mend": "save it as plain text, or raise memory_bytes under [intake] in dateline.toml"}
    return {"reason": f"it is damaged ({type(fault).__name__}: {str(fault)[:120]})", "mend": _DAMAGED}


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
