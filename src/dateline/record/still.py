"""A record held still while it is only read: others may write, but what is asked is answered from one state, and what was found once is kept.

What is kept is bounded, the oldest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_MOST = 512
"""So many things of a kind are kept at most: the reports of some hundred incidents."""

_held: dict[int, dict[str, OrderedDict[Hashable, Any]]] = {}


class Stilled(Protocol):
    """What can be held still: an opened record."""

    def snapshot(self) -> AbstractContextManager[None]:
        """All questions inside are answered from one state."""
        ...


@contextmanager
def held_still(record: Stilled) -> Iterator[None]:
    """Inside, the record is as it was at the first question, whatever others write, and what ``remembered`` makes is made once."""
    before = _held.get(id(record))
    _held[id(record)] = {} if before is None else before
    try:
        with record.snapshot():
            yield
    finally:
        if before is None:
            del _held[id(record)]


def held(record: object, kind: str, key: Hashable) -> Any:
    """What is kept of a kind for this key while the record is held still; None where there is nothing."""
    kept = _held.get(id(record), {}).get(kind)
    if kept is None or key not in kept:
        return None
    kept.move_to_end(key)
    return kept[key]


def keep(record: object, kind: str, key: Hashable, value: object) -> None:
    """Keep this, where the record is held still."""
    if (kinds := _held.get(id(record))) is not None:
        kept = kinds.setdefault(kind, OrderedDict())
        kept[key] = value
        if len(kept) > _MOST:
            kept.popitem(last=False)


def remembered(record: object, kind: str, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives, or gave before for this key of a kind while the record is held still."""
    kept: T | None = held(record, kind, key)
    if kept is None:
        kept = make()
        keep(record, kind, key, kept)
    return kept
