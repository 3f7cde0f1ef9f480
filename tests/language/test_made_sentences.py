"""The made training sentences: the same every time, and every label sits on its words."""

import pytest

corpora = pytest.importorskip("training.corpora", reason="the training folder is not on the path: run python -m pytest from the root of the project")
make = pytest.importorskip("training.handmade.make")


def test_made_sentences_are_the_same_every_time():
    assert list(make.texts(60)) == list(make.texts(60))


def test_labels_sit_on_whole_words():
    for text, spans in make.texts(300):
        assert "{" not in text
        for start, end, label in spans:
            assert label in corpora.NAMES
            assert text[start:end] == text[start:end].strip() != ""
            assert start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())


def test_bio_tags_take_the_longest_and_drop_what_overlaps():
    assert corpora.bio([(0, 3), (4, 7), (8, 11)], [(0, 7, "A"), (4, 7, "B"), (8, 11, "C")]) == ["B-A", "I-A", "B-C"]
