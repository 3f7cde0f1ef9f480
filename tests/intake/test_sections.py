"""The parts of reports in many outlets' manners."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.credits import credit_rules
from dateline.intake.sections import boilerplate_rules, contributors_rules, find_sections

LEAD = "Government forces took the town on Monday after a week of shelling, residents said."
MORE = "At least 13 people were killed, according to the provincial health office, and hundreds fled."


def parts(text: str, **known: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in find_sections(text, **known)]  # type: ignore[arg-type]


CASES = [
    ("a snippet", LEAD, [("paragraph", LEAD)]),
    ("headline on the line above", f"Army takes town\n{LEAD}\n\n{MORE}", [("headline", "Army takes town"), ("paragraph", LEAD), ("paragraph", MORE)]),
    ("agency dateline", f"RAQQA, Syria (AP) — {LEAD}", [("dateline", "RAQQA, Syria (AP) —"), ("paragraph", LEAD)]),
    ("dated dateline", f"BEIRUT, Oct 20 (Reuters) - {LEAD}", [("dateline", "BEIRUT, Oct 20 (Reuters) -"), ("paragraph", LEAD)]),
    ("place and dash", f"KYIV — {LEAD}", [("dateline", "KYIV —"), ("paragraph", LEAD)]),
    ("agency alone", f"(CNN) — {LEAD}", [("dateline", "(CNN) —"), ("paragraph", LEAD)]),
    ("two towns", f"MOSCOW/KYIV, Feb 24 (Reuters) - {LEAD}", [("dateline", "MOSCOW/KYIV, Feb 24 (Reuters) -"), ("paragraph", LEAD)]),
    ("titled dateline", f"Beirut, Lebanon – {LEAD}", [("dateline", "Beirut, Lebanon –"), ("paragraph", LEAD)]),
    ("day first", f"MOGADISHU, 3 May 2017 (AFP) -- {LEAD}", [("dateline", "MOGADISHU, 3 May 2017 (AFP) --"), ("paragraph", LEAD)]),
    ("a day in full and who publishes", f"Nov 26, 2022 (Radio Juba) - {LEAD}", [("dateline", "Nov 26, 2022 (Radio Juba) -"), ("paragraph", LEAD)]),
    ("the day behind the agency", f"MOGADISHU (SC) Nov 26, 2022 - {LEAD}", [("dateline", "MOGADISHU (SC) Nov 26, 2022 -"), ("paragraph", LEAD)]),
    ("a day that begins a sentence", "May 26, 2022 (a Thursday) was a bad day.", [("paragraph", "May 26, 2022 (a Thursday) was a bad day.")]),
    ("a day and a remark in brackets", "May 26, 2022 (the day of the raid) - a bad day.", [("paragraph", "May 26, 2022 (the day of the raid) - a bad day.")]),
    ("a day in full and no outlet", f"Larnaca, 4 June 2021 - {LEAD}", [("dateline", "Larnaca, 4 June 2021 -"), ("paragraph", LEAD)]),
    ("a day in full, month first", f"LARNACA, June 4, 2021 - {LEAD}", [("dateline", "LARNACA, June 4, 2021 -"), ("paragraph", LEAD)]),
    ("no dateline: a day that ends a clause", "Larnaca Port, 4 June 2021 - a bad day", [("paragraph", "Larnaca Port, 4 June 2021 - a bad day")]),
    ("dateline on its own line", f"CAPE TOWN, South Africa (AP) --\n\n{LEAD}", [("dateline", "CAPE TOWN, South Africa (AP) --"), ("paragraph", LEAD)]),
    ("glued headline", f"Army takes townKANDAHAR, Afghanistan, Oct. 3 (Xinhua) -- {LEAD}",
     [("headline", "Army takes town"), ("dateline", "KANDAHAR, Afghanistan, Oct. 3 (Xinhua) --"), ("paragraph", LEAD)]),
    ("no dateline: an aside", "ISIS — the group also known as Daesh — lost the town.",
     [("paragraph", "ISIS — the group also known as Daesh — lost the town.")]),
    ("no dateline: a label", f"UPDATE: {LEAD}", [("paragraph", f"UPDATE: {LEAD}")]),
    ("date line", f"Army takes town\nSunday, January 20, 2008\n{LEAD}",
     [("headline", "Army takes town"), ("dateline", "Sunday, January 20, 2008"), ("paragraph", LEAD)]),
    ("byline", f"Army takes town\n\nBy Ana Berg and Tom Oduya, Associated Press\n\n{LEAD}",
     [("headline", "Army takes town"), ("byline", "By Ana Berg and Tom Oduya, Associated Press"), ("paragraph", LEAD)]),
    ("no byline", f"{LEAD}\n\nBy Tuesday, Red Cross teams had left the town.",
     [("paragraph", LEAD), ("paragraph", "By Tuesday, Red Cross teams had left the town.")]),
    ("caption, credit before", f"{LEAD}\n\n(Ana Berg/AP) Residents walk past ruins in Homs.\n\n{MORE}",
     [("paragraph", LEAD), ("credit", "(Ana Berg/AP)"), ("caption", "Residents walk past ruins in Homs."), ("paragraph", MORE)]),
    ("caption, credit after", f"{LEAD}\n\nResidents walk past ruins in Homs. (Photo by Ana Berg/Getty Images)\n\n{MORE}",
     [("paragraph", LEAD), ("caption", "Residents walk past ruins in Homs."), ("credit", "(Photo by Ana Berg/Getty Images)"), ("paragraph", MORE)]),
    ("caption and credit line", f"{LEAD}\nResidents walk past ruins in Homs.\nImage: Ana Berg.\n{MORE}",
     [("paragraph", LEAD), ("caption", "Residents walk past ruins in Homs."), ("credit", "Image: Ana Berg."), ("paragraph", MORE)]),
    ("party label is no credit", f"{LEAD}\n\nThe senators (Carter/Mondale) voted against it.",
     [("paragraph", LEAD), ("paragraph", "The senators (Carter/Mondale) voted against it.")]),
    ("contributors", f"{LEAD}\n\nABC News' Ana Berg and Tom Oduya contributed to this report.",
     [("paragraph", LEAD), ("contributors", "ABC News' Ana Berg and Tom Oduya contributed to this report.")]),
    ("reporting by", f"{LEAD}\n\n(Reporting by Ana Berg; Editing by Tom Oduya)",
     [("paragraph", LEAD), ("contributors", "(Reporting by Ana Berg; Editing by Tom Oduya)")]),
    ("boilerplate", f"{LEAD}\n\nRead more: The siege in maps\n\nAdvertisement\n\n{MORE}",
     [("paragraph", LEAD), ("boilerplate", "Read more: The siege in maps"), ("boilerplate", "Advertisement"), ("paragraph", MORE)]),
    ("subheading", f"{LEAD}\n\nWider war\n\n{MORE}", [("paragraph", LEAD), ("headline", "Wider war"), ("paragraph", MORE)]),
    ("bullets", f"{LEAD}\n\n• Two men were shot\n• A bridge was blown up",
     [("paragraph", LEAD), ("paragraph", "• Two men were shot"), ("paragraph", "• A bridge was blown up")]),
    ("lost line breaks", "Troops left the city.The army said so.“We won,” it added.",
     [("paragraph", "Troops left the city."), ("paragraph", "The army said so."), ("paragraph", "“We won,” it added.")]),
    ("addresses stay whole", "See www.example.Com or mail press@army.Net for news.", [("paragraph", "See www.example.Com or mail press@army.Net for news.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_parts(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Army takes town\n"
        "Government forces took the town on Monday after a week of heavy\n"
        "shelling, residents said by telephone from a village nearby, and many\n"
        "of the fighters withdrew to the hills in the north of the province.\n\n"
        "At least 13 people were killed in the battle, according to a doctor at\n"
        "the provincial hospital, and hundreds of families fled their homes to\n"
        "the south.\n"
    )
    assert [kind for kind, _ in parts(text)] == ["headline", "paragraph", "paragraph"]


def test_known_title_is_the_headline_even_with_a_stop() -> None:
    text = f"The army takes a town.\n\n{LEAD}"
    assert parts(text, title="The army takes a town")[0] == ("headline", "The army takes a town.")


def test_capitals_only() -> None:
    text = "ARMY TAKES TOWN\n\nTHE ARMY TOOK THE TOWN ON MONDAY, A SPOKESMAN SAID.\n\nTWO MEN WERE KILLED."
    assert [kind for kind, _ in parts(text)] == ["headline", "paragraph", "paragraph"]


def _tiled(text: str) -> bool:
    at = 0
    for section in find_sections(text):
        if section.start < at or section.end <= section.start or text[at : section.start].strip():
            return False
        at = section.end
    return not text[at:].strip()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [LEAD, MORE, "Army takes town", "\n", "\n\n", " ", "   ", "(Ana Berg/AP) ", "BEIRUT (AP) — ", "• ", "By Ana Berg", "Advertisement", "—",
             "…", "==A==",
             "Image: Ana Berg.", "[Ana Berg/Al Jazeera]", "FILE PHOTO: ", "image caption", "said.Officials", "Oct. 3, 2017", "\u200e", "🇺🇦"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_sections_tile_the_text(text: str) -> None:
    assert _tiled(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_sections_tile_any_text(text: str) -> None:
    assert _tiled(text)


@pytest.mark.parametrize("rule", [*credit_rules(), *boilerplate_rules(), *contributors_rules()], ids=lambda r: r.name)
def test_rows_prove_themselves(rule: object) -> None:
    assert rule.prove() is None  # type: ignore[attr-defined]
