"""What web archives fetched, kept for a while, so that a record which only says "unchanged" (a revisit) finds the page that it means."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

_MOST = 32_000_000
"""So many bytes are kept, packed; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was fetched: its type, the charset that the server told, and the bytes."""

    kind: str
    charset: str | None
    data: bytes


class Fetched:
    """The bodies of an archive's records by their digest, and by address and time."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[int, tuple[str, str | None, bytes]] = OrderedDict()
        self._found: dict[tuple[str, str], int] = {}
        self._names: dict[int, list[tuple[str, str]]] = {}
        self._size = 0
        self._next = 0

    def keep(self, head: Any, address: str, body: Body) -> None:
        """Keep the body of a record with these headers."""
        names = [("digest", d) for d in (head.get_header("WARC-Payload-Digest"),) if d]
        names += [(address, when) for when in (head.get_header("WARC-Date"),) if when]
        if not names:
            return
        packed = zlib.compress(body.data, 1)
        number, self._next = self._next, self._next + 1
        self._bodies[number], self._names[number] = (body.kind, body.charset, packed), names
        self._found |= dict.fromkeys(names, number)
        self._size += len(packed)
        while self._size > _MOST:
            self._drop()

    def _drop(self) -> None:
        number, (_, _, packed) = self._bodies.popitem(last=False)
        self._size -= len(packed)
        for name in self._names.pop(number):
            if self._found.get(name) == number:
                del self._found[name]

    def of(self, head: Any) -> Body | None:
        """The body that a revisit with these headers means; None where it is not kept."""
        names = [("digest", head.get_header("WARC-Payload-Digest") or "")]
        names += [((head.get_header("WARC-Refers-To-Target-URI") or "").strip("<>"), head.get_header("WARC-Refers-To-Date") or "")]
        number = next((self._found[name] for name in names if name in self._found), None)
        if number is None:
            return None
        kind, charset, packed = self._bodies[number]
        return Body(kind, charset, zlib.decompress(packed))
