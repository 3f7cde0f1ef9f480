"""Times and places find the predicate that they belong to."""

import pytest

from dateline.extraction.attachment import places_of, times_of
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.extraction.times import find_times

TIMES = [
    ("The alliance recalled an earlier victory over the rebels in Kismayo, Somalia, in October.", "victory", ["October"]),
    ("This Oct. 19, 2017 photograph shows ruins two days after the rebels said that the siege had ended.", "said", ["two days"]),
    ("Rebels attacked the base on Friday.", "attacked", ["Friday"]),
    ("On Friday, rebels attacked the base.", "attacked", ["Friday"]),
    ("The attack on Friday killed two soldiers.", "attack", ["Friday"]),
    ("The attack on Friday killed two soldiers.", "killed", ["Friday"]),
    ("The army launched an offensive on Friday.", "offensive", ["Friday"]),
    ("Friday's attack killed two soldiers.", "attack", ["Friday"]),
    ("The number of dead from Monday evening's ambush climbed to nine on Tuesday.", "ambush", ["Monday evening"]),
    ("Monday's ceasefire was broken by an ambush on Tuesday.", "ambush", ["Tuesday", "Monday"]),
    ("The council condemned the attack on Friday.", "condemned", ["Friday"]),
    ("Officials said on Friday that rebels attacked the base.", "attacked", []),
    ("Officials said on Friday that rebels attacked the base.", "said", ["Friday"]),
    ("Rebels attacked the base on Friday and fled to the hills.", "attacked", ["Friday"]),
    ("Troops retook a village that rebels had seized in 2014.", "seized", ["2014"]),
    ("Troops retook a village that rebels had seized in 2014.", "retook", []),
]

PLACES = [
    ("The alliance recalled an earlier victory over the rebels in Kismayo, Somalia, in October.", "victory", ["Kismayo", "Somalia"]),
    ("Rebels attacked a base in Aleppo.", "attacked", ["Aleppo"]),
    ("Rebels attacked Aleppo.", "attacked", ["Aleppo"]),
    ("The attack in Aleppo killed two soldiers.", "attack", ["Aleppo"]),
    ("The fall of Aleppo to the rebels was swift.", "fall", ["Aleppo"]),
    ("Officials in Ankara said that rebels attacked a base near Aleppo.", "attacked", ["Aleppo"]),
]


@pytest.mark.parametrize(("text", "word", "wanted"), TIMES)
def test_times(analyse, text: str, word: str, wanted: list[str]) -> None:
    document = analyse(text)
    times = find_times(document)
    token = next(t.i for t in document.tokens if t.text == word)
    found = [text[times[i].start : times[i].end] for i in times_of(document, token, times)]
    assert len(found) == len(wanted)
    assert all(w in f for w, f in zip(wanted, found, strict=True)), found


@pytest.mark.parametrize(("text", "word", "wanted"), PLACES)
def test_places(analyse, text: str, word: str, wanted: list[str]) -> None:
    document = analyse(text)
    places = find_places(document, find_mentions(document))
    token = next(t.i for t in document.tokens if t.text == word)
    found = [text[places[i].name_start : places[i].name_end] for i in places_of(document, token, places)]
    assert found == wanted
