"""What a film, a play or a novel tells is no event of the world; what a film records, and what befalls its audience, is."""

import pytest

from dateline.extraction import extract
from dateline.extraction.stories import story_tokens
from dateline.lexicon import load
from dateline.model import Section

ROWS = load("story_words.tsv", columns=("word", "kind", "example"), key=("word", "kind"))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['kind']} {r['word']}")
def test_rows_prove_themselves(analyse, row):
    assert story_tokens(analyse(row["example"]))


def kinds(analyse, text):
    found = extract(analyse(text), (Section("paragraph", 0, len(text)),))
    return {e.type for e in found.events}, len(found.figures), len(found.control)


@pytest.mark.parametrize(
    "text",
    [
        "In the film, soldiers kill dozens of villagers and burn the town of Homs.",
        "The novel tells the story of a rebel who kills three soldiers and captures Homs. He hides in a rebel-held village. The army besieges the village.",
        "In the play, the army shells Sarajevo and kills a doctor.",
        "In the new video game, players bomb Baghdad and kill hundreds of terrorists.",
        "Set in wartime Aleppo, the thriller follows a sniper who kills 12 soldiers.",
    ],
)
def test_plots_tell_of_nothing(analyse, text):
    assert kinds(analyse, text) == (set(), 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "In the film, survivors describe how soldiers kill 40 villagers in Houla.",
        "In the documentary, soldiers kill 40 villagers in Houla.",
        "In the film, soldiers who killed 40 villagers in Houla are interviewed.",
        "Gunmen attack a cinema during the film, killing four people.",
        "Gunmen killed four people at a cinema in Aurora that was showing the film.",
        "In a series of attacks, gunmen kill 40 people in Baghdad.",
        "The novel tells of a rebel. The rebels killed 40 people in Homs on Monday, officials said.",
    ],
)
def test_the_world_is_read(analyse, text):
    events, figures, _ = kinds(analyse, text)
    assert events
    assert figures == 1
