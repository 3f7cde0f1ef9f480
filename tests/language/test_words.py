import pytest

from dateline.language.words import cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't hold it.", "They|do|n't|hold|it|."),
        ("We can’t and cannot.", "We|ca|n’t|and|can|not|."),
        ("the army's men, the rebels' guns", "the|army|'s|men|,|the|rebels|'|guns"),
        ("U.S.-backed forces", "U.S.|-|backed|forces"),
        ("anti-government pre-war mid-August", "anti-government|pre-war|mid-August"),
        ("al-Qaeda in Deir ez-Zor", "al|-|Qaeda|in|Deir|ez|-|Zor"),
        ("Lt. Gen. Ali and Col. X.", "Lt.|Gen.|Ali|and|Col.|X|."),
        ("about 5,000 men and $1.1bn", "about|5,000|men|and|$|1.1|bn"),
        ("10km north, 5 km south", "10|km|north|,|5|km|south"),
        ("at 9:30 a.m. on 12/10/2016", "at|9:30|a.m.|on|12/10/2016"),
        ("see https://example.org/a_b. Or a@example.org!", "see|https://example.org/a_b|.|Or|a@example.org|!"),
        ("said @example and #Kyiv", "said|@example|and|#Kyiv"),
        ("ISIL (Daesh) — they say — left...", "ISIL|(|Daesh|)|—|they|say|—|left|..."),
        ("“Go,” he said.", "“|Go|,|”|he|said|."),
        ("20% of the 1990s, 3rd", "20|%|of|the|1990s|,|3rd"),
        ("Sana'a and Ja’afari", "Sana'a|and|Ja’afari"),
        ("the U.S.'s and the (SDF)'s", "the|U.S.|'s|and|the|(|SDF|)|'s"),
        ("US$5m, C$2", "US$|5|m|,|C$|2"),
        ("aid, food etc., at 7:30PM", "aid|,|food|etc.|,|at|7:30|PM"),
        ("‘No’ and 'yes' in the 'safe' zone", "‘|No|’|and|'|yes|'|in|the|'|safe|'|zone"),
        ("", ""),
        ("\x00\u200b \ufeff", ""),
        ("?!…", "?!|…"),
    ],
)
def test_words_are_cut_as_the_treebanks_do(text, words):
    assert "|".join(text[a:b] for a, b in cut(text)) == words


@pytest.mark.parametrize("text", ["مرحبا بالعالم، قال.", "😀👩\u200d👩\u200d👧 ok", "नमस्ते दुनिया", "Київ — столиця", "e\u0301lan", "你好。", "a\u202eb\u2066c"])
def test_every_printable_character_is_in_a_word(text):
    spans = cut(text)
    assert spans == sorted(spans)
    kept = "".join(text[a:b] for a, b in spans)
    assert kept == "".join(c for c in text if not c.isspace() and c not in "\u202e\u2066")
