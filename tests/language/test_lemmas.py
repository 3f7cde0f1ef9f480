import pytest

VERBS = {
    "VBD": "fell fall|took take|shot shoot|struck strike|held hold|seized seize|killed kill|withdrew withdraw|besieged besiege|"
    "shelled shell|bombed bomb|fled flee|buried bury|"
    "denied deny|admitted admit|stopped stop|launched launch|raided raid|liberated liberate|evacuated evacuate|wounded wound|"
    "used use|accused accuse|left leave|bore bear|ambushed ambush",
    "VBG": "fleeing flee|dying die|shelling shell|getting get|seizing seize|advancing advance|retreating retreat|controlling control|"
    "bombing bomb|using use|negotiating negotiate",
    "VBZ": "says say|denies deny|pushes push|goes go|passes pass|seizes seize",
    "VBN": "taken take|driven drive|overrun overrun|overthrown overthrow|retaken retake|beaten beat|reported report|withdrawn withdraw",
}


@pytest.mark.parametrize(("xpos", "pairs"), VERBS.items())
def test_verbs(model, xpos, pairs):
    for pair in pairs.split("|"):
        form, lemma = pair.split()
        assert model.lemmas.of(form, "VERB", xpos, "") == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("casualties", "casualty"),
        ("militias", "militia"),
        ("bodies", "body"),
        ("crises", "crisis"),
        ("houses", "house"),
        ("gunmen", "gunman"),
        ("forces", "force"),
        ("bases", "base"),
        ("churches", "church"),
        ("buses", "bus"),
        ("heroes", "hero"),
        ("children", "child"),
        ("IEDs", "IED"),
        ("viruses", "virus"),
    ],
)
def test_nouns(model, form, lemma):
    assert model.lemmas.of(form, "NOUN", "NNS", "Number=Plur") == lemma
