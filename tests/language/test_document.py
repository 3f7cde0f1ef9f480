"""A document's trees: reach, depth, heads; a circle is refused, never walked for ever."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.extraction.figures_mend import mended
from dateline.language.document import Document


def circular(document: Document) -> Document:
    first, second = document.tokens[0], document.tokens[1]
    return replace(document, tokens=(first._replace(head=1), second._replace(head=0), *document.tokens[2:]))


def test_a_circle_of_heads_is_refused(analyse: Callable[[str], Document]) -> None:
    with pytest.raises(ValueError, match="circle"):
        circular(analyse("Troops shelled the town overnight.")).depth(0)


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 13 people and wounded 20.",
        "They were said to have been filmed, including one in an upscale hotel in Cairo.",
        "Those held include one filmed in a hotel and two detained, wounded three days ago.",
    ],
)
def test_trees_set_right_stay_trees(analyse: Callable[[str], Document], text: str) -> None:
    document = mended(analyse(text))
    assert all(0 <= document.depth(t.i) < len(document.tokens) for t in document.tokens)
