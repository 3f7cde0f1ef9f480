"""What is found once in a record that is only read, kept while it is held still, so that it is not asked for again; bounded, the oldest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_MOST = 512
"""So many things of a kind are kept at most: the reports of some hundred incidents."""

_AT_ONCE = 200
"""So many things are asked for in one question."""

_held: dict[int, dict[str, OrderedDict[Hashable, Any]]] = {}


@contextmanager
def held_still(record: object) -> Iterator[None]:
    """While nothing is written to this opened record: what ``remembered`` makes is made once."""
    before = _held.get(id(record))
    _held[id(record)] = {} if before is None else before
    try:
        yield
    finally:
        if before is None:
            del _held[id(record)]


def remembered(record: object, kind: str, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives, or gave before for this key of a kind while the record is held still."""
    return remembered_all(record, kind, [key], lambda _: {key: make()})[key]


def remembered_all(record: object, kind: str, keys: Iterable[K], make: Callable[[list[K]], dict[K, T]]) -> dict[K, T]:
    """For each key what ``make`` gives for several of them in one question, or gave before while the record is held still."""
    wanted = list(dict.fromkeys(keys))
    held = _held.get(id(record))
    kept = held.setdefault(kind, OrderedDict()) if held is not None else OrderedDict()
    found: dict[K, T] = {key: kept[key] for key in wanted if key in kept}
    lacking = [key for key in wanted if key not in found]
    for start in range(0, len(lacking), _AT_ONCE):
        found |= make(lacking[start : start + _AT_ONCE])
    for key in wanted if held is not None else ():
        kept[key] = found[key]
        kept.move_to_end(key)
    while len(kept) > _MOST:
        kept.popitem(last=False)
    return found
