from itertools import product

import numpy as np
import pytest

from dateline.language.trees import crosses, is_tree, spanning, tree, uncrossed


@pytest.mark.parametrize("heads", [[0], [0, 0, 1], [1, 1, 1]])
def test_trees_are_known(heads):
    assert is_tree(np.array(heads))


@pytest.mark.parametrize("heads", [[0, 1], [1, 0], [0, 2, 1], [1, 2, 0]])
def test_what_is_no_tree_is_known(heads):
    assert not is_tree(np.array(heads))


def test_any_scores_give_a_tree():
    draw = np.random.default_rng(3)
    for _ in range(200):
        size = int(draw.integers(1, 30))
        assert is_tree(tree(draw.normal(size=(size, size)).astype(np.float32)))


def test_a_cycle_is_broken_at_the_least_cost():
    scores = np.array([[5, 0, 0], [1, -9, 4], [0, 4, -9]], dtype=np.float32)
    assert spanning(scores).tolist() == [0, 0, 1]


def total(scores, heads):
    return float(scores[np.arange(len(heads)), heads].sum())


def test_the_uncrossed_tree_is_the_best_of_its_kind():
    draw = np.random.default_rng(7)
    for _ in range(60):
        size = int(draw.integers(1, 6))
        scores = draw.normal(size=(size, size)).astype(np.float32)
        every = (np.array(h) for h in product(range(size), repeat=size))
        best = max(total(scores, h) for h in every if is_tree(h) and not crosses(h))
        mine = uncrossed(scores)
        assert is_tree(mine)
        assert not crosses(mine)
        assert total(scores, mine) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize(("heads", "wanted"), [([1, 1, 1], False), ([2, 3, 2, 2], True), ([1, 2, 2, 2], False), ([2, 1, 1], True)])
def test_crossing_arcs_are_known(heads, wanted):
    assert crosses(np.array(heads)) == wanted
