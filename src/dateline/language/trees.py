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


def tree(scores: Scores) -> Heads:
    """The heads of the best tree; ``scores[d, h]`` is how well ``h`` governs ``d``, the diagonal how well ``d`` is the root."""
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
