"""Well-formed dependency trees from arc scores: one root a sentence, every word under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def is_tree(heads: Heads) -> bool:
    """Whether ``heads`` has one root (a word that is its own head) and no cycle."""
    own = np.arange(len(heads))
    if int((heads == own).sum()) != 1:
        return False
    reached = heads
    for _ in range(max(len(heads).bit_length(), 1)):
        reached = reached[reached]
    return bool((heads[reached] == reached).all())


LONGEST = 160
"""Sentences of more words keep their best tree even where arcs cross: the search for one without grows with the cube of the length."""


def tree(scores: Scores) -> Heads:
    """The heads of the best tree without crossing arcs; ``scores[d, h]`` is how well ``h`` governs ``d``, the diagonal how well ``d`` is the root.

    English crosses arcs in about one word of two hundred; where the scores do, they are wrong more often than right.
    """
    best = spanning(scores)
    return uncrossed(scores) if crosses(best) and len(best) <= LONGEST else best


def crosses(heads: Heads) -> bool:
    """Whether two arcs cross, or one reaches over the root."""
    words = np.arange(len(heads))
    low, high = np.minimum(words, heads), np.maximum(words, heads)
    root = words[heads == words]
    if ((low < root) & (root < high)).any():
        return True
    into = (low[:, None] < low) & (low < high[:, None]) & (high > high[:, None])
    return bool(into.any())


def uncrossed(scores: Scores) -> Heads:
    """The heads of the best tree of which no two arcs cross (Eisner 1996), all spans of a length at once.

    Spans are kept twice, by their first and by their last word with their length behind it, so that the halves of all spans of a
    length stand side by side: ``from_first[n, k]`` and ``from_last[n + k, k]`` are of the span of ``k + 1`` words that begins at ``n``.
    """
    count = len(scores)
    given = scores.astype(np.float64)
    # Complete spans headed by their last word (left) and by their first (right); spans closed by an arc from the last and from the first.
    left, left_to, right, right_to, left_open_to, right_open = (np.zeros((count, count)) for _ in range(6))
    split = np.zeros((3, count, count), dtype=np.int64)
    for length in range(1, count):
        spans = np.arange(count - length)
        last = spans + length
        halves = right[: count - length, :length] + left_to[length:, length - 1 :: -1]
        best, split[0, spans, last] = _best(halves, spans)
        left_open_to[length:, length] = best + given[spans, last]
        right_open[: count - length, length] = best + given[last, spans]
        best, split[1, spans, last] = _best(left[: count - length, :length] + left_open_to[length:, length:0:-1], spans)
        left[: count - length, length] = left_to[length:, length] = best
        best, split[2, spans, last] = _best(right_open[: count - length, 1 : length + 1] + right_to[length:, length - 1 :: -1], spans)
        split[2, spans, last] += 1
        right[: count - length, length] = right_to[length:, length] = best
    root = int((left[0] + right[np.arange(count), np.arange(count)[::-1]] + given.diagonal()).argmax())
    return _unfolded(split, root, count)


def _best(sums: NDArray[np.float64], spans: Heads) -> tuple[NDArray[np.float64], Heads]:
    """The best sum of each span and the word at which it is parted."""
    at = sums.argmax(axis=1)
    return sums[spans, at], spans + at


def _unfolded(split: NDArray[np.int64], root: int, count: int) -> Heads:
    """The heads that the recorded splits of :func:`uncrossed` stand for."""
    heads = np.full(count, root, dtype=np.int64)
    spans = [("left", 0, root), ("right", root, count - 1)]
    while spans:
        kind, first, last = spans.pop()
        if first == last:
            continue
        if kind == "left":
            middle = int(split[1, first, last])
            spans += [("left", first, middle), ("left_open", middle, last)]
        elif kind == "right":
            middle = int(split[2, first, last])
            spans += [("right_open", first, middle), ("right", middle, last)]
        else:
            dependent, head = (last, first) if kind == "right_open" else (first, last)
            heads[dependent] = head
            middle = int(split[0, first, last])
            spans += [("right", first, middle), ("left", middle + 1, last)]
    return heads


def spanning(scores: Scores) -> Heads:
    """The heads of the best tree, whether or not its arcs cross."""
    greedy: Heads = scores.argmax(axis=1)
    if is_tree(greedy):
        return greedy
    roots = np.flatnonzero(greedy == np.arange(len(greedy)))
    if not len(roots):
        best = scores.max(axis=1)
        roots = np.array([int((scores.diagonal() - best).argmax())])
    elif len(roots) > 3:
        roots = roots[np.argsort(-scores.diagonal()[roots], kind="stable")[:3]]
    found: list[tuple[float, Heads]] = []
    for root in roots:
        heads = _under(scores.astype(np.float64), int(root))
        found.append((float(scores[np.arange(len(heads)), heads].sum()), heads))
    return max(found, key=lambda pair: pair[0])[1]


def _under(scores: NDArray[np.float64], root: int) -> Heads:
    """The best tree with the given root, by contracting cycles (Chu and Liu, Edmonds)."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads: Heads = scores.argmax(axis=1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    outside = np.setdiff1d(np.arange(len(heads)), cycle)
    gain = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    into, enter = gain[:, outside].max(axis=0), gain[:, outside].argmax(axis=0)
    leave = scores[np.ix_(outside, cycle)]
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = into
    small[:size, size] = leave.max(axis=1)
    place = int(np.flatnonzero(outside == root)[0])
    inner = _under(small, place)
    for n, word in enumerate(outside):
        if n != place:
            heads[word] = outside[inner[n]] if inner[n] < size else cycle[leave[n].argmax()]
    entry = int(inner[size])
    heads[cycle[enter[entry]]] = outside[entry]
    return heads


def _cycle(heads: Heads, root: int) -> Heads | None:
    """The words of one cycle, or None."""
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(sorted(path[path.index(node) :]), dtype=np.int64)
        for passed in path:
            state[passed] = 2
    return None
