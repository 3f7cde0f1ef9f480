"""Any script and encoding: what was written is read, and offsets are exact in code points and in the UTF-16 units of a browser."""

from evaluation.hold import scripts

from dateline.pipeline import World


def test_forty_encodings_are_read_without_loss() -> None:
    found = scripts.decoded()
    assert found["encodings"] >= 40
    assert found["named_right"] == found["named"] > 500
    assert found["told_from_bytes_right"] >= 0.98 * found["told_from_bytes"], found["told_from_bytes_wrong"]


def test_offsets_stay_exact_among_signs_that_are_easily_miscounted(world: World) -> None:
    found = scripts.exact(world)
    assert found["spans"] > 200
    assert found["spans_inexact"] == found["letters_lost"] == found["faults_of_contract"] == 0


def test_languages() -> None:
    found = scripts.languages()
    assert found["not_english_read_as_english"] == 0
    assert found["told_right"] >= found["of"] - 2, found["told_wrong"]
