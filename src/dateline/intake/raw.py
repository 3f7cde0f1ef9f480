"""What stands between a file and a report: an opened source, and one report as it came, decoded but not mended."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from dateline.model import Origin, Refused, Repair, Retraction
from dateline.settings import Limits

MAX_REPORT_BYTES = Limits().report_bytes
"""The most that one report may hold unless the settings say otherwise; a larger one is refused."""


@dataclass(frozen=True, slots=True)
class RawInput:
    """One report as it came, with what its container says of it; ``name`` is what messages call it."""

    name: str
    content: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """Publication dates that the page's metadata gives, the surest first."""
    captions: tuple[str, ...] = ()
    """Blocks of the content that the page's markup marks as captions."""
    credits: tuple[str, ...] = ()
    """Blocks of the content that the page's markup marks as credits of images."""
    headings: tuple[str, ...] = ()
    """Blocks of the content that the document's markup or layout marks as headings."""
    repairs: tuple[Repair, ...] = ()
    origin: Origin | None = None


Found = RawInput | Refused | Retraction
"""What is found in a source: a report, one that cannot be read, or a notice that takes reports back."""


def unnamed(where: str) -> Refused:
    """The refusal of a notice that takes an item back and does not say which."""
    return Refused(where, "it takes an item back but does not say which", "ask its publisher; no report of the record was touched")


class ByteStream(Protocol):
    """What bytes are read from: a file, standard input, a member of an archive, or one of which the beginning was read already."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, all where negative."""
        ...

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line, at most ``size``."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are to be read."""

    form: str | None = None
    """The format of every input, in place of the one that its content or name tells."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables: the name of the column that holds each key of a report ("text": "notes")."""
    limits: Limits = Limits()
    keep: Callable[[str, bytes], object] | None = None
    """Takes the digest and bytes of each report as it came, where originals are kept."""
    passed: Callable[[str], object] | None = None
    """Hears of each of Dateline's own files that a folder holds: it is no report, and nothing to refuse."""
    dates: str | None = None
    """How the user's own records write days such as ``05/03/2019``: ``day-first``, ``month-first``, or None where nobody says."""


@dataclass(frozen=True, slots=True)
class Source:
    """One opened file, member of an archive or answer of a server, before it is read."""

    name: str
    stream: ByteStream
    inner: Callable[[Source], Iterator[Found]]
    """Reads what lies inside: a member of an archive, a part of a mail."""
    options: Options = Options()
    origin: Origin = Origin("")
    suffix: str = ""
    charset: str | None = None
    """The character encoding that the server or the mail names."""
    depth: int = 0
    form: str = ""
    """The format it is read as."""
    before: int = 0
    """Lines or rows of the file that come before it, where it is a part of a file."""

    def traced(self, data: bytes, **known: str | None) -> Origin:
        """Where the report that ``data`` holds came from; keeps the bytes where originals are kept."""
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if self.options.keep is not None:
            self.options.keep(digest, data)
        return replace(self.origin, format=self.form, digest=digest, **known)

    def refused(self, reason: str, mend: str) -> Refused:
        """The refusal of this source."""
        return Refused(self.name, reason, mend)

    def whole(self, limit: int) -> bytes | Refused:
        """All its bytes, or the refusal where it holds more than ``limit``."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            return self.refused(f"it is larger than {limit:,} bytes", "split it into its reports, or raise the limit under [intake] in dateline.toml")
        return data


class Joined:
    """A stream of which the beginning has been read already."""

    def __init__(self, head: bytes, rest: ByteStream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, all where negative; fewer only at the end."""
        taken, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        if size < 0:
            return taken + self._rest.read(-1)
        parts = [taken]
        missing = size - len(taken)
        while missing > 0 and (piece := self._rest.read(missing)):
            parts.append(piece)
            missing -= len(piece)
        return b"".join(parts)

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line, at most ``size``."""
        if not self._head:
            return self._rest.readline(size)
        cut = self._head.find(b"\n") + 1 or len(self._head)
        cut = min(cut, size) if size >= 0 else cut
        taken, self._head = self._head[:cut], self._head[cut:]
        if taken.endswith(b"\n") or self._head or len(taken) == size:
            return taken
        return taken + self._rest.readline(size - len(taken) if size >= 0 else -1)
