"""What is mended in a text, and that nothing else changes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.clean import Alignment, clean

MENDED = [
    ("It didnâ€™t â€” he said â€˜noâ€™ and â€œyesâ€", "It didn’t — he said ‘no’ and “yes”", "mojibake"),
    ('â€œWe took the town today," he said.', "“We took the town today,” he said.", "mojibake"),
    ("coalition‚Äôs forces ‚Äì they", "coalition’s forces – they", "mojibake"),
    ("Ð£ÐºÑ€Ð°Ð¸Ð½Ð°", "Украина", "mojibake"),
    ("don\x92t \x93hi\x94", "don’t “hi”", "mojibake"),
    ("AT&amp;T said &quot;no&quot; &#8212; &lt;b&gt;", 'AT&T said "no" — <b>', "entities"),
    ("twice &amp;quot;over&amp;quot;", 'twice "over"', "entities"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree", "whitespace"),
    ("5\u00a0km north", "5 km north", "whitespace"),
    ("wo\u00adrd and zero\u200bwidth", "word and zerowidth", "whitespace"),
    ("killed 1\u202d2 soldiers", "killed 12 soldiers", "whitespace"),
    ("``We won,'' he said.", "“We won,” he said.", "quotes"),
    ("the ''unity'' march", 'the "unity" march', "quotes"),
    ('“We won," he said.', "“We won,” he said.", "quotes"),
    ("a\x00b\x07c", "abc", "control"),
    ("lone \ud800 half", "lone \ufffd half", "surrogates"),
    ("pair \ud83d\ude00 joined", "pair 😀 joined", "surrogates"),
]

LEFT_ALONE = [
    "Naïve café owners in São Paulo paid £3 or €5.",
    "قالت القوات إنها سيطرت على المدينة",
    "Сили оборони повідомили про наступ на Ґданськ",
    "Family emoji 👨\u200d👩\u200d👧 and flags 🇺🇦",
    "e\u0301 combining, q\u0307 too",
    "\u200fعربي\u200e (LRM and RLM stay)",
    "He said \"no\" and then 'yes' — “maybe”, she added.",
    "R&D and &unknown; things, a & b",
    "Rock 'n' roll, the '90s, O'Brien's",
    "می\u200cخواهم",
    "10\u2032 by 5\u2033, 3 × 4, 45° N",
    "AMANHÃ DE MANHÃ em São Paulo; Zoë, Łódź, Ñandú, Ângela",
]


@pytest.mark.parametrize(("text", "mended", "kind"), MENDED)
def test_mended(text: str, mended: str, kind: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == mended
    assert any(r.kind == kind and r.count > 0 for r in cleaned.repairs)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert clean(text) == (clean(text).__class__(text, ()))


@pytest.mark.parametrize(("text", "mended", "kind"), MENDED)
def test_mending_twice_changes_nothing(text: str, mended: str, kind: str) -> None:
    assert clean(mended).text == mended


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "Nd", "P", "Zs", "Mn"], max_codepoint=0x2FFF, exclude_characters="&`'")))
def test_letters_and_digits_are_never_lost(text: str) -> None:
    kept = [c for c in clean(text).text if c.isalnum()]
    mojibake = any(r.kind == "mojibake" for r in clean(text).repairs)
    assert mojibake or kept == [c for c in text if c.isalnum()]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_offsets_map_back_into_the_given_text(text: str) -> None:
    cleaned = clean(text).text
    back = Alignment(text, cleaned)
    places = [back.given(i) for i in range(len(cleaned) + 1)]
    assert places == sorted(places)
    assert all(0 <= p <= len(text) for p in places)


def test_alignment_names_the_same_letters() -> None:
    text = "\u200bIt didnâ€™t stop&amp;go\r\nnext line"
    cleaned = clean(text).text
    back = Alignment(text, cleaned)
    for i, char in enumerate(cleaned):
        if char.isalpha() and unicodedata.name(char).startswith("LATIN"):
            assert text[back.given(i)] == char
