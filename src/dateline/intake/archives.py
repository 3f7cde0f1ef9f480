"""Read what lies in zip archives, tar archives and packed files, member by member; nothing is unpacked to the disk under its own name."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from dateline.intake.grids import seekable
from dateline.intake.raw import ByteStream, Found, Joined, Source

_HIDDEN = ("__MACOSX/", ".git/")
_LINK = ("it is a link to another file, and links in archives are not followed", "pack the file itself in its place")
_FREE = 1_000_000
"""Members and packed files may always unpack to so many bytes, however well they are packed."""
FAULTS = (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, ValueError)
"""What damaged archives make the standard library raise."""


class Bomb(OSError):
    """A member unpacks to far more than it should."""


class _Bounded:
    """A stream of unpacked bytes that stops where it grows beyond its bounds."""

    def __init__(self, stream: Any, most: int, why: str) -> None:
        self._stream = stream
        self._left = most
        self._why = why

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes. Raises ``Bomb`` beyond the bound."""
        return self._counted(self._stream.read(min(size, 1 << 20) if size >= 0 else self._left + 1))

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line. Raises ``Bomb`` beyond the bound."""
        return self._counted(self._stream.readline(size if size >= 0 else self._left + 1))

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise Bomb(self._why)
        return data


def read_zip(source: Source) -> Iterator[Found]:
    """The reports of each file in a zip archive, in the order of their paths."""
    limits = source.options.limits
    if source.depth > limits.depth:
        yield source.refused("it lies too deep in other archives", "unpack it first")
        return
    with seekable(source) as file:
        try:
            archive = zipfile.ZipFile(file)
        except FAULTS as fault:
            yield source.refused(f"it is no zip archive that can be read ({fault})", "pack or fetch it again; it may have been cut off")
            return
        members = sorted((m for m in archive.infolist() if _wanted(m.filename) and not m.filename.endswith("/")), key=lambda m: m.filename)
        if len(members) > limits.members:
            yield source.refused(f"it holds {len(members):,} files", f"split it; at most {limits.members:,} are read")
            return
        if not members:
            yield source.refused("the archive holds no files", "check it")
        left = limits.unpacked_bytes
        for member in members:
            left -= member.file_size
            if left < 0:
                yield source.refused(f"its files unpack to more than {limits.unpacked_bytes:,} bytes; the rest was left", "unpack it first, or split it")
                return
            yield from _zipped(archive, member, source)


def _zipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> Iterator[Found]:
    name = f"{source.name}!{shown(member.filename)}"
    inside = replace(source, name=name, suffix=suffix_of(member.filename), depth=source.depth + 1, form="")
    if stat.S_ISLNK(member.external_attr >> 16):
        yield inside.refused(*_LINK)
        return
    if member.flag_bits & 1:
        yield inside.refused("it is encrypted", "unpack the archive with its password, then give the files")
        return
    most = max(member.compress_size * source.options.limits.unpacked_times, _FREE)
    if member.file_size > most:
        yield inside.refused(_bomb(source), "unpack it yourself, if you trust it")
        return
    try:
        with archive.open(member) as stream:
            yield from source.inner(replace(inside, stream=_Bounded(stream, most, _bomb(source))))
    except FAULTS as fault:
        yield inside.refused(_why(fault), "pack or fetch the archive again")


def _bomb(source: Source) -> str:
    return f"it unpacks to more than {source.options.limits.unpacked_times} times its size"


def _why(fault: BaseException) -> str:
    return str(fault) if isinstance(fault, Bomb) else f"it cannot be unpacked: {fault or type(fault).__name__}"


def _wanted(path: str) -> bool:
    """Whether a member is a file that people put there; hidden files and those of the packing program are passed over."""
    parts = path.replace("\\", "/").split("/")
    return not path.startswith(_HIDDEN) and not any(p.startswith(".") and p not in (".", "..") for p in parts)


def shown(path: str) -> str:
    """A member's path as messages show it: printable, and never one that leads out of the archive."""
    parts = [p for p in path.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "".join(c if c.isprintable() else "?" for c in "/".join(parts))[-300:]


def suffix_of(path: str) -> str:
    """The suffix of a path, in small letters, with its dot; empty where it has none."""
    last = path.replace("\\", "/").rpartition("/")[2]
    return f".{last.rpartition('.')[2].lower()}" if "." in last.lstrip(".") else ""


def _gunzipped(stream: Any) -> gzip.GzipFile:
    return gzip.GzipFile(fileobj=stream, mode="rb")


_UNPACKERS: dict[bytes, Any] = {b"\x1f\x8b": _gunzipped, b"BZh": bz2.BZ2File, b"\xfd7zXZ": lzma.LZMAFile}


def is_packed(head: bytes) -> bool:
    """Whether bytes begin as one file packed with gzip, bzip2 or xz does."""
    return any(head.startswith(mark) for mark in _UNPACKERS)


def read_packed(source: Source) -> Iterator[Found]:
    """What one file packed with gzip, bzip2 or xz holds."""
    limits = source.options.limits
    head = source.stream.read(8)
    if source.depth > limits.depth:
        yield source.refused("it lies too deep in other archives", "unpack it first")
        return
    opener = next((o for mark, o in _UNPACKERS.items() if head.startswith(mark)), None)
    if opener is None:
        yield source.refused("it is no file packed with gzip, bzip2 or xz", "give it without --from packed")
        return
    name = source.name
    for ending in (".gz", ".bz2", ".xz", ".tgz"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)] + (".tar" if ending == ".tgz" else "")
    counted = _Counted(Joined(head, source.stream))
    with opener(_Raw(counted)) as unpacked:
        stream = _Growing(unpacked, counted, limits.unpacked_bytes, limits.unpacked_times, _bomb(source))
        try:
            yield from source.inner(replace(source, stream=stream, suffix=suffix_of(name), depth=source.depth + 1, form=""))
        except FAULTS as fault:
            yield source.refused(_why(fault), "fetch or pack it again; what came before the fault was read")


class _Counted:
    """A stream that counts what was taken from it."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""
        data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Raw:
    """Just enough of a file for the unpackers of the standard library, which read on and never back."""

    def __init__(self, stream: _Counted) -> None:
        self.read = stream.read

    def seekable(self) -> bool:
        """No."""
        return False

    def seek(self, *_: object) -> int:
        """Raises ``OSError``: there is no way back."""
        raise OSError("the stream cannot be read again")


class _Growing:
    """Unpacked bytes, which may be so many times more than the packed ones that were taken for them."""

    def __init__(self, unpacked: Any, packed: _Counted, most: int, times: int, why: str) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._most = most
        self._times = times
        self._why = why
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes. Raises ``Bomb`` beyond the bound."""
        if size >= 0:
            return self._counted(self._unpacked.read(min(size, 1 << 20)))
        parts = []
        while piece := self.read(1 << 20):
            parts.append(piece)
        return b"".join(parts)

    def readline(self, size: int = -1, /) -> bytes:
        """Bytes up to the end of the line, at most a megabyte more than may come. Raises ``Bomb`` beyond the bound."""
        return self._counted(self._unpacked.readline(size))

    def _counted(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > self._most or self._given > max(self._packed.taken * self._times, _FREE):
            raise Bomb(self._why)
        return data


def read_tar(source: Source) -> Iterator[Found]:
    """The reports of each file in a tar archive, in the order in which they lie; second names of a file in it and devices are passed over."""
    limits = source.options.limits
    if source.depth > limits.depth:
        yield source.refused("it lies too deep in other archives", "unpack it first")
        return
    try:
        with tarfile.open(fileobj=_as_file(source.stream), mode="r|") as archive:
            for number, member in enumerate(archive):
                if number >= limits.members:
                    yield source.refused(f"it holds more than {limits.members:,} files; the rest was left", "split it")
                    return
                inside = replace(source, name=f"{source.name}!{shown(member.name)}", suffix=suffix_of(member.name), depth=source.depth + 1, form="")
                if member.issym() and _wanted(member.name):
                    yield inside.refused(*_LINK)
                stream = archive.extractfile(member) if member.isreg() and _wanted(member.name) else None
                if stream is not None:
                    yield from source.inner(replace(inside, stream=stream))
    except FAULTS as fault:
        yield source.refused(_why(fault), "pack or fetch it again; what came before the fault was read")


def _as_file(stream: ByteStream) -> IO[bytes]:
    return stream  # type: ignore[return-value]
