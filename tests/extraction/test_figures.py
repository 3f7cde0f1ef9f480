"""Figures: what a number measures, by the tree of the shipped model; the lexicon's rows prove their own examples."""

from __future__ import annotations

import pytest

from dateline.extraction.figures import find_figures
from dateline.extraction.figures_rows import COLUMNS
from dateline.extraction.times import find_times
from dateline.lexicon import load


def read(analyse, text):
    document = analyse(text)
    return find_figures(document, find_times(document), (), ())


@pytest.mark.parametrize("row", load("measures.tsv", columns=COLUMNS), ids=lambda r: r["name"])
def test_rows_prove_their_examples(analyse, row):
    found = [row["example"][f.start : f.end] for f in read(analyse, row["example"]) if f.measure == row["measure"]]
    assert (row["finds"] in found) if row["finds"] else not found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bombing killed 13 people and wounded 20.", [("killed", 13), ("injured", 20)]),
        ("The blast killed 12, including three children.", [("killed", 12), ("killed", 3)]),
        ("Thirteen people were killed and 20 wounded.", [("killed", 13), ("injured", 20)]),
        ("A soldier was killed near the border.", [("killed", 1)]),
        ("The rebels kidnapped and killed 12 men.", [("abducted", 12), ("killed", 12)]),
        ("Shelling killed or wounded 50 civilians.", [("affected", 50)]),
        ("There were no casualties.", [("affected", 0)]),
        ("No one was killed in the attack.", [("killed", 0)]),
        ("The toll rose from 12 to 15.", [("killed", 15)]),
        ("About 2,000 troops entered the town.", [("forces", 2000)]),
        ("Half of the population is displaced.", [("displaced", None)]),
        ("One in five families needs food.", [("in_need", None)]),
        ("Seven of the nine soldiers were wounded.", [("injured", 7)]),
        ("The government pledged £20m in aid.", [("money", 20000000)]),
        ("The mayor was murdered by two paid gunmen.", [("killed", 1), ("forces", 2)]),
        ("The envoy's daughter was almost killed.", []),
        ("Sixty people were detained in hospital.", []),
        ("Nine villagers, none of them fighters, died in the blast.", [("killed", 9)]),
        ("At least 10 Chadian marines and an unknown number of gendarmes died.", [("killed", None)]),
    ],
)
def test_measures(analyse, text, expected):
    assert [(f.measure, f.best) for f in read(analyse, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 24-year-old man lives 30 km south of the city.",
        "The army will kill 100 rebels if they return.",
        "The attack could displace 50,000 people.",
        "The plane did not kill 13 people.",
        "The war is in its seventh year.",
        "Resolution 2254 was adopted in 2015.",
        "Two F-16 jets landed at 12:30.",
        "The team won 3-1 in 2016.",
        "He threatened to execute 13 people.",
        "The party won 30 percent of the votes.",
    ],
)
def test_what_is_no_figure_of_harm(analyse, text):
    assert [f for f in read(analyse, text) if f.measure not in ("forces", "other")] == []


def test_offsets_are_the_words(analyse):
    text = "Officials said at least 13 people were killed."
    (figure,) = read(analyse, text)
    assert text[figure.start : figure.end] == "at least 13 people"
    assert (figure.low, figure.best, figure.high, figure.of, figure.unit) == (13, None, None, "people", "people")


def test_share_keeps_its_whole(analyse):
    (figure,) = read(analyse, "Half of Syria's population is displaced.")
    assert (figure.measure, figure.share, figure.of) == ("displaced", 0.5, "Syria's population")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doctors said that 14 villagers had been killed and more than 90 injured.", [("killed", 14), ("injured", 91)]),
        ("Thirty-one miners are now known to have died in the collapse.", [("killed", 31)]),
        ("The bodies of 31 soldiers were flown home on Friday.", [("killed", 31)]),
        ("Forty people were killed. They are 29 fighters of the Brigade and 11 soldiers.", [("killed", 40), ("killed", 29), ("killed", 11)]),
        ("The unit has its base there. They are 29 fighters of the Brigade.", [("forces", 29)]),
        ("Two of them were arrested later.", []),
        ("That brings the number of rebels killed to 340.", [("killed", 340)]),
        ("Nine men were stopped. Two of them were arrested.", [("detained", 2)]),
    ],
)
def test_each_number_has_its_own_harm(analyse, text, expected):
    assert [(f.measure, f.low) for f in read(analyse, text)] == expected


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Twenty soldiers were killed and 10 were wounded in the attack on the garrison.", ["soldiers", "soldiers"]),
        ("Two of our fighters were killed and three others wounded.", ["our fighters", "our fighters"]),
        ("A policeman was killed and three were wounded.", ["policeman", None]),
        ("Ten soldiers were killed. Three were wounded.", ["soldiers", None]),
        ("Seven people died, two of them guards, and more than 70 were wounded.", ["people", "them", "people"]),
    ],
)
def test_a_bare_number_counts_what_the_one_before_it_counts(analyse, text, of):
    document = analyse(text)
    assert [f.of for f in find_figures(document, find_times(document), (), ())] == of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed nine and wounded scores.", [("killed", 9), ("injured", 40)]),
        ("The storm killed six, injured dozens and left thousands homeless.", [("killed", 6), ("injured", 24), ("displaced", 2000)]),
        ("The raid killed 12 and injured hundreds.", [("killed", 12), ("injured", 200)]),
        ("The fighting has killed hundreds and displaced thousands.", [("killed", 200), ("displaced", 2000)]),
        ("The blast killed more than 1,200 and injured at least 3,000.", [("killed", 1201), ("injured", 3000)]),
        ("A bomb exploded in the market, killing three and injuring more than 20.", [("killed", 3), ("injured", 21)]),
        ("Nine dead, scores hurt in blast", [("killed", 9), ("injured", 40)]),
        ("Nine people were killed and wounded.", [("affected", 9)]),
    ],
)
def test_each_of_two_verbs_has_its_own_number(analyse, text, expected):
    document = analyse(text)
    assert [(f.measure, f.best or f.low) for f in find_figures(document, find_times(document), (), ())] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He admitted the attempted murder of a guard in Leeds.", []),
        ("The attempted assassination of a senator failed.", []),
        ("The murder of a guard shocked the town.", [("killed", 1)]),
        ("Three brothers, aged 12, 14 and 17, were killed by a mine.", [("killed", 3)]),
        ("Two men aged 30 and 41 were wounded.", [("injured", 2)]),
        ("Twelve men and 41 women were wounded.", [("injured", 12), ("injured", 41)]),
        ("Sixty inmates broke out of a prison in the north.", []),
        ("The gunmen helped 12 prisoners escape.", []),
        ("There are 51 prisoners in the jail.", [("detained", 51)]),
        ("Guards shot at a son of jailed cartel boss Pedro Ruiz.", []),
        ("The mayor met the widow of slain journalist Maria Lopez.", []),
        ("A jailed activist was moved to the hospital.", [("detained", 1)]),
        ("Nobody fired, contrary to an earlier report that a lorry had been hit and three medics killed.", []),
        ("The army denied reports that 12 soldiers had been killed.", []),
        ("The army denied looting after reports that 12 soldiers had been killed.", [("killed", 12)]),
        ("The strike caused the death of one officer, Ivan Petrov, and one guard.", [("killed", 1), ("killed", 1)]),
        ("A guard was killed. The officer Ivan Petrov was killed too.", [("killed", 1), ("killed", 1)]),
    ],
)
def test_what_is_no_count_of_those_harmed(analyse, text, expected):
    assert [(f.measure, f.best) for f in read(analyse, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army lost 58 soldiers near the river.", [("killed", 58)]),
        ("The army said it had eliminated 58 rebel fighters.", [("killed", 58)]),
        ("The firm lost 58 workers to a rival.", []),
        ("The company eliminated 58 jobs.", []),
        ("The party lost 58 seats.", []),
        ("Gunmen killed nine people and 200 cattle in the village.", [("killed", 9)]),
        ("Militants killed 200 cattle.", []),
    ],
)
def test_soldiers_lost_are_dead_cattle_are_no_people(analyse, text, expected):
    assert [(f.measure, f.best) for f in read(analyse, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The shelling killed nine people on Sunday in Aleppo, up from 17 a day earlier.", [("killed", 9), ("killed", 17)]),
        ("Nine people were killed on Sunday, compared with 17 a day earlier.", [("killed", 9), ("killed", 17)]),
        ("Shelling killed nine people on Sunday and 17 a day earlier.", [("killed", 9), ("killed", 17)]),
        ("The team scored nine points on Sunday, up from 17 a day earlier.", []),
        ("Prices rose 4 percent on Friday, up from 2 a week earlier.", []),
        ("The bomb killed 20 people and injured as many.", [("killed", 20), ("injured", 20)]),
        ("The bomb killed 20 people and wounded twice as many.", [("killed", 20), ("injured", 40)]),
        ("The raid killed 12 soldiers and as many civilians.", [("killed", 12), ("killed", 12)]),
        ("The blast wounded as many as 40 people.", [("injured", None)]),
        ("More than 650,000 people are registered as refugees in the kingdom.", [("refugees", None)]),
        ("More than 650,000 people are registered as voters in the kingdom.", []),
    ],
)
def test_words_left_out_are_those_of_the_figure_before(analyse, text, expected):
    assert [(f.measure, f.best) for f in read(analyse, text)] == expected


def test_an_elided_figure_has_its_own_day_and_no_event(analyse):
    text = "Shelling killed nine people on Sunday and 17 a day earlier."
    document = analyse(text)
    times = find_times(document)
    last = find_figures(document, times, (), ())[-1]
    assert ([text[times[i].start : times[i].end] for i in last.times], last.event, last.of) == (["a day earlier"], None, "people")


def test_all_of_them_civilians(analyse):
    found = read(analyse, "Nine soldiers were reported killed, but the mayor said only five were dead and all of them civilians.")
    assert [(f.best, f.of) for f in found] == [(9, "soldiers"), (5, "civilians")]
