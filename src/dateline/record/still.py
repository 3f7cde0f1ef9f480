"""What is found once in a record that is only read, kept while it is held still, so that it is not asked for again; bounded, the oldest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_MOST = 512
"""So many things are kept at most: the reports of some hundred incidents."""

_held: dict[int, OrderedDict[Hashable, Any]] = {}


@contextmanager
def held_still(record: object) -> Iterator[None]:
    """While nothing is written to this opened record: what ``remembered`` makes is made once."""
    before = _held.get(id(record))
    _held[id(record)] = OrderedDict() if before is None else before
    try:
        yield
    finally:
        if before is None:
            del _held[id(record)]


def remembered(record: object, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives, or gave before under this key while the record is held still."""
    kept = _held.get(id(record))
    if kept is None:
        return make()
    if key in kept:
        kept.move_to_end(key)
        found: T = kept[key]
        return found
    made = make()
    kept[key] = made
    if len(kept) > _MOST:
        kept.popitem(last=False)
    return made
