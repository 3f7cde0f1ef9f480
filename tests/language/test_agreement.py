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


def test_two_verbs_share_what_they_befall():
    rows = [
        ("Rebels", "NOUN", 1, "nsubj"), ("killed", "VERB", 1, "root"), ("and", "CCONJ", 3, "cc"), ("wounded", "VERB", 4, "amod"), ("scores", "NOUN", 1, "conj"),
        ("of", "ADP", 6, "case"), ("troops", "NOUN", 1, "obl"),
    ]  # fmt: skip
    made = agreed([t._replace(xpos="VBD") if t.upos == "VERB" else t for t in tokens(rows)], [])
    assert [(t.head, t.deprel) for t in made] == [(1, "nsubj"), (1, "root"), (3, "cc"), (1, "conj"), (1, "obj"), (6, "case"), (4, "nmod")]


def test_an_adjective_between_and_and_a_noun_stays_one():
    rows = [("saw", "VERB", 0, "root"), ("tents", "NOUN", 0, "obj"), ("and", "CCONJ", 4, "cc"), ("wounded", "VERB", 4, "amod"), ("men", "NOUN", 1, "conj")]
    assert [(t.head, t.deprel) for t in agreed(tokens(rows), [])] == [(0, "root"), (0, "obj"), (4, "cc"), (4, "amod"), (1, "conj")]


@pytest.mark.parametrize(("helper", "said"), [("", "nsubj"), ("were", "nsubj:pass")])
def test_without_an_auxiliary_they_fire(helper, said):
    rows = [("rebels", "NOUN", 1, "nsubj:pass"), ("fired", "VERB", 1, "root"), ("at", "ADP", 3, "case"), ("them", "PRON", 1, "obl")]
    if helper:
        rows = [
            ("shots", "NOUN", 2, "nsubj:pass"),
            ("were", "AUX", 2, "aux:pass"),
            ("fired", "VERB", 2, "root"),
            ("at", "ADP", 4, "case"),
            ("them", "PRON", 2, "obl"),
        ]
    made = agreed([t._replace(xpos="VBN") if t.upos == "VERB" else t for t in tokens(rows)], [])
    assert made[0].deprel == said


@pytest.mark.parametrize(("article", "found"), [("the", "conj"), ("a", "appos")])
def test_one_of_three_is_no_other_name_of_the_first(article, found):
    rows = [
        ("hit", "VERB", 0, "root"), ("schools", "NOUN", 0, "obj"), (",", "PUNCT", 4, "punct"), (article, "DET", 4, "det"), ("army", "NOUN", 1, "appos"),
        ("and", "CCONJ", 6, "cc"), ("shops", "NOUN", 1, "conj"),
    ]  # fmt: skip
    assert agreed(tokens(rows), [])[4].deprel == found


def test_a_name_closed_by_a_comma_stays_another_name():
    rows = [
        ("hit", "VERB", 0, "root"), ("Ankara", "PROPN", 0, "obj"), (",", "PUNCT", 4, "punct"), ("the", "DET", 4, "det"), ("capital", "NOUN", 1, "appos"),
        (",", "PUNCT", 7, "punct"), ("and", "CCONJ", 7, "cc"), ("Izmir", "PROPN", 1, "conj"),
    ]  # fmt: skip
    assert agreed(tokens(rows), [])[4].deprel == "appos"


def test_two_nouns_side_by_side_are_one_subject():
    rows = [("Rebel", "NOUN", 2, "nsubj"), ("fighters", "NOUN", 2, "nsubj"), ("seized", "VERB", 2, "root"), ("it", "PRON", 2, "obj")]
    assert [(t.head, t.deprel) for t in agreed(tokens(rows), [])][:2] == [(1, "compound"), (2, "nsubj")]


def verbs(rows, tag="VBD"):
    return [t._replace(xpos=tag) if t.upos == "VERB" else t for t in tokens(rows)]


def test_a_verb_before_its_own_number_is_no_orphan():
    rows = [
        ("blast", "NOUN", 1, "nsubj"), ("killed", "VERB", 1, "root"), ("four", "NUM", 3, "nummod"), ("men", "NOUN", 1, "obj"), ("and", "CCONJ", 7, "cc"),
        ("wounded", "VERB", 7, "orphan"), ("seven", "NUM", 7, "nummod"), ("others", "NOUN", 3, "conj"),
    ]  # fmt: skip
    made = agreed(verbs(rows), [])
    assert [(made[i].head, made[i].deprel) for i in (4, 5, 7)] == [(5, "cc"), (1, "conj"), (5, "obj")]


def test_the_noun_right_before_a_verb_is_its_subject():
    rows = [
        ("Crowds", "NOUN", 1, "nsubj"), ("burned", "VERB", 1, "root"), ("offices", "NOUN", 1, "obj"), ("and", "CCONJ", 4, "cc"), ("police", "NOUN", 2, "conj"),
        ("arrested", "VERB", 1, "conj"), ("them", "PRON", 5, "obj"),
    ]  # fmt: skip
    made = agreed(verbs(rows), [])
    assert [(made[i].head, made[i].deprel) for i in (3, 4, 5)] == [(5, "cc"), (5, "nsubj"), (1, "conj")]


def test_a_time_behind_the_second_clause_is_the_seconds():
    rows = [
        ("X", "PROPN", 1, "nsubj"), ("died", "VERB", 1, "root"), (";", "PUNCT", 4, "punct"), ("Y", "PROPN", 4, "nsubj"), ("died", "VERB", 1, "parataxis"),
        ("last", "ADJ", 6, "amod"), ("week", "NOUN", 1, "obl:unmarked"),
    ]  # fmt: skip
    assert agreed(verbs(rows), [])[6].head == 4


def test_who_denied_goes_on_to_say():
    rows = [
        ("He", "PRON", 1, "nsubj"), ("denied", "VERB", 1, "root"), ("that", "SCONJ", 5, "mark"), ("it", "PRON", 5, "nsubj:pass"), ("was", "AUX", 5, "aux:pass"),
        ("hit", "VERB", 1, "ccomp"), (",", "PUNCT", 8, "punct"), ("and", "CCONJ", 8, "cc"), ("said", "VERB", 5, "conj"), ("so", "ADV", 8, "advmod"),
    ]  # fmt: skip
    assert agreed([t._replace(lemma="say") if t.text == "said" else t for t in verbs(rows)], [])[8].head == 1


def test_two_who_deployed_stay_two():
    rows = [
        ("banks", "NOUN", 1, "nsubj"), ("closed", "VERB", 1, "root"), ("contingents", "NOUN", 5, "nsubj"), ("army", "NOUN", 2, "nmod"), ("rebels", "NOUN", 3, "conj"),
        ("deployed", "VERB", 1, "conj"),
    ]  # fmt: skip
    assert agreed(verbs(rows), [])[4].head == 3
