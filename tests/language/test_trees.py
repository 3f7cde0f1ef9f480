import numpy as np
import pytest

from dateline.language.trees import is_tree, tree


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
    assert tree(scores).tolist() == [0, 0, 1]
