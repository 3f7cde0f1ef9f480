"""Files on this machine, on a share, or in a store (``s3://``, ``gs://``, ``hdfs://`` ...): read, listed, and written whole or not at all."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from uuid import uuid4

from dateline.errors import UsageError


def is_address(name: str) -> bool:
    """Whether a name is an address in a store, not a path."""
    return "://" in name


@dataclass(frozen=True)
class Storage:
    """Where a name leads; paths are the user's words, relative to the working folder where they are relative."""

    system: Any
    """A file system of pyarrow's."""

    @classmethod
    def of(cls, name: str) -> Storage:
        """The storage that a path or address is in.

        Raises ``UsageError`` for an address of a kind that pyarrow does not know, or of a store that cannot be reached.
        """
        from pyarrow import ArrowException
        from pyarrow.fs import FileSystem, LocalFileSystem

        if not is_address(name):
            return cls(LocalFileSystem())
        try:
            return cls(FileSystem.from_uri(name)[0])
        except (ArrowException, OSError, ValueError) as fault:
            wrong = f"the address cannot be opened: {str(fault).splitlines()[0][:200]}"
            raise UsageError(wrong, given=name, mend="write it as s3://, gs://, hdfs:// or file://, or give a path on a shared folder") from fault

    def path(self, name: str) -> str:
        """What the file system calls the name."""
        from pyarrow.fs import FileSystem

        return str(FileSystem.from_uri(name)[1]) if is_address(name) else os.path.abspath(name)

    def read(self, name: str) -> IO[bytes]:
        """The file, opened for reading; it can be sought in."""
        if not is_address(name):
            return Path(name).open("rb")
        return cast(IO[bytes], io.BufferedReader(cast(Any, self.system.open_input_file(self.path(name))), 1 << 20))

    def size(self, name: str) -> int:
        """Bytes of the file, 0 where there is none."""
        return int(self.system.get_file_info(self.path(name)).size or 0)

    def there(self, *names: str) -> list[bool]:
        """For each name whether there is a file or folder of it."""
        from pyarrow.fs import FileType

        return [info.type != FileType.NotFound for info in self.system.get_file_info([self.path(n) for n in names])]

    def listed(self, folder: str) -> list[str]:
        """The names in a folder, sorted; none where it is not there."""
        from pyarrow.fs import FileSelector

        return sorted(info.base_name for info in self.system.get_file_info(FileSelector(self.path(folder), allow_not_found=True)))

    def make(self, folder: str) -> None:
        """Make a folder with those above it, where it is not there."""
        self.system.create_dir(self.path(folder), recursive=True)

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all: it appears under its name when all of it is there."""
        path = self.path(name)
        folder, _, base = path.rpartition("/")
        part = f"{folder}/.{base}.{uuid4().hex}"
        with self.system.open_output_stream(part) as out:
            out.write(data)
        self.system.move(part, path)

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all in it, where it is there."""
        from pyarrow.fs import FileType

        kind = self.system.get_file_info(self.path(name)).type
        if kind == FileType.Directory:
            self.system.delete_dir(self.path(name))
        elif kind != FileType.NotFound:
            self.system.delete_file(self.path(name))


def for_spark(name: str) -> str:
    """The name as Spark's readers and writers want it."""
    if not is_address(name):
        return Path(os.path.abspath(name)).as_uri()
    return name.replace("s3://", "s3a://", 1) if name.startswith("s3://") else name
