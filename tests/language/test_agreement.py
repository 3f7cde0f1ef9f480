"""Trees mended by the names and by the order of words."""

import pytest

from dateline.language.agreement import agreed
from dateline.language.document import Labelled, Token


def tokens(rows):
    return [Token(n, 0, 0, text, text.lower(), upos, "", "", head, deprel, 0) for n, (text, upos, head, deprel) in enumerate(rows)]


def test_a_name_hangs_on_one_word():
    made = agreed(
        tokens([("driven", "VERB", 0, "root"), ("Islamic", "ADJ", 0, "obj"), ("State", "PROPN", 0, "obj"), ("out", "ADV", 0, "advmod")]),
        [Labelled(1, 3, 0, 0, "FORCE", 1.0)],
    )
    assert [(t.head, t.deprel) for t in made] == [(0, "root"), (2, "amod"), (0, "obj"), (0, "advmod")]


@pytest.mark.parametrize("said", ["acl:relcl", "ccomp"])
def test_the_group_that_runs_it_said(said):
    rows = [
        ("The", "DET", 1, "det"), ("group", "NOUN", 1, "root"), ("that", "PRON", 3, "nsubj"), ("runs", "VERB", 1, "acl:relcl"),
        ("it", "PRON", 5, "nsubj"), ("said", "VERB", 1, said),
    ]  # fmt: skip
    made = agreed(tokens(rows), [])
    mended = [(t.head, t.deprel) for t in made if t.text in ("group", "it", "said")]
    assert mended == ([(5, "nsubj"), (3, "obj"), (5, "root")] if said == "acl:relcl" else [(1, "root"), (5, "nsubj"), (1, "ccomp")])
