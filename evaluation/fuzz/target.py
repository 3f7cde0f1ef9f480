"""What a target of fuzzing is: a check that must hold of any bytes, and what to begin from."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dateline.errors import DatelineError

Check = Callable[[bytes], None]
"""Raises where something is wrong with what comes of the bytes."""


@dataclass(frozen=True, slots=True)
class Target:
    """One part of Dateline that is given foreign bytes; the module of its name holds ``CHECKS``, ``SEEDS`` and ``WORDS`` by target."""

    name: str
    module: str
    about: str
    share: float
    """Executions beside those of other targets."""
    longest: int = 160
    """Bytes of the longest input."""
    json: bool = False
    """Whether inputs are changed as JSON values rather than as bytes."""
    members: bool = False
    """Whether inputs are zip files in which mostly one member is changed: a change of the packed bytes only ever meets the checksum."""
    inside: tuple[str, ...] = ("dateline.intake",)
    """The packages whose branches the fuzzer watches."""

    def open(self) -> Check:
        """The check, with what it needs opened."""
        made: Check = self._of("CHECKS")()
        return made

    def seeds(self) -> tuple[bytes, ...]:
        """Good inputs to begin from."""
        return tuple(self._of("SEEDS")())

    def words(self) -> tuple[bytes, ...]:
        """Words that are put into inputs."""
        return tuple(dict.fromkeys(word.encode("utf-8", "surrogatepass") for word in self._of("WORDS")() if word))

    def _of(self, table: str) -> Callable[[], Any]:
        made: Callable[[], Any] = getattr(import_module(f"evaluation.fuzz.{self.module}"), table)[self.name]
        return made


def told(fault: DatelineError) -> None:
    """A refusal names the input, what is wrong with it, and the mend."""
    assert fault.given, "no input is named"
    assert fault.wrong, "nothing is said to be wrong"
    assert fault.mend, "no mend is given"


def members(data: bytes) -> dict[str, bytes]:
    """What a small zip file holds by name; nothing where it is none or does not unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()[:20] if info.file_size < 100_000}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return {}


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip file of these members; the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def changed(data: bytes, chance: random.Random, words: tuple[bytes, ...] = (), *, longest: int = 4000) -> bytes:
    """The bytes with some of them changed at random: the plain mutation that the tests run, where no fuzzer is installed."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(made))
        kind = chance.randrange(6)
        if kind == 0 and made:
            made[min(at, len(made) - 1)] = chance.randrange(256)
        elif kind == 1:
            made[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
        elif kind == 2:
            del made[at : at + chance.randint(1, 12)]
        elif kind == 3:
            made[at:at] = made[at : at + chance.randint(1, 40)] * chance.randint(1, 3)
        elif kind == 4 and words:
            made[at:at] = chance.choice(words)
        else:
            other = chance.randint(0, len(made))
            made[at : at + 8], made[other : other + 8] = made[other : other + 8], made[at : at + 8]
    return bytes(made[:longest])
