"""Whatever the text, the whole way from text to reading holds the contract: no exception, exact spans, valid references, the same again."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.contract import dumps
from dateline.errors import InputError
from dateline.intake import report_of
from dateline.model import Reading, Refused
from dateline.pipeline import World, read_batch, read_report
from dateline.settings import Settings
from readings import faults

EXAMPLES = Path(__file__).parent.parent / "examples"
SENTENCES = sorted({s.strip() for p in sorted(EXAMPLES.rglob("*.txt")) for s in re.split(r"(?<=[.!?])\s+|\n+", p.read_text(encoding="utf-8")) if s.strip()})
ODD = (
    "\u202e", "\u2066", "\u200f", "\u200d", "\u0301", "\x00", "\x07", "\x1b[0m", "\u2028", "\x85", "\ufeff", "\xad", "\xa0", "\ud83d", "\udc00",
    "\U0001f3f4\u200d\u2620\ufe0f", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "قُتِلَ عشرون", "ירושלים", "солдаты", "東京で", "ﬁve", "½", "²", "٣٠",
    "１２", "Ⅳ", "İstanbul", "ß", "((", "]]", "“", "”", "''", "``", "…", "—", "31/02/2014", "9999-99-99", "99999999999999999999999999", "1e400", "0",
    "-3", "%", "$", "'s", "’s", "U.S.-", "al-", "<b>", "&amp;", "\t", "\n", "\n\n", "\r",
)  # fmt: skip

pieces = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(st.characters(codec=None, exclude_categories=()), max_size=12))
shuffled = st.lists(pieces, min_size=1, max_size=14).map(" ".join)
published = st.sampled_from((None, "2017-10-20", "2024-02-29T23:59:00+03:00", "0001-01-01", "9999-12-31", "yesterday"))
LIMITS = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def read(text: str, world: World, *, date: str | None = "2017-10-20") -> Reading | None:
    """The reading of a text taken for English; None where intake says that there is no text in it."""
    try:
        report = report_of(text, published=date, language="en")
    except InputError:
        return None
    return read_report(report, world)


@given(text=st.text(st.characters(codec=None, exclude_categories=()), max_size=300), date=published)
@LIMITS
def test_any_characters(text: str, date: str | None, world: World) -> None:
    reading = read(text, world, date=date)
    assert reading is None or faults(reading) == []


@given(text=shuffled, date=published)
@LIMITS
def test_pieces_of_reports_in_any_order(text: str, date: str | None, world: World) -> None:
    reading = read(text, world, date=date)
    assert reading is None or faults(reading) == []


@given(text=shuffled)
@settings(LIMITS, max_examples=6)
def test_the_same_again(text: str, world: World) -> None:
    first, second = read(text, world), read(text, world)
    assert (first is None) == (second is None)
    assert first is None or second is None or dumps(first) == dumps(second)


def shorn(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text)


def cut_off(text: str) -> str:
    return text[len(text) // 3 : len(text) * 2 // 3]


def shuffled_words(text: str) -> str:
    words = text.split(" ")
    random.Random(7).shuffle(words)
    return " ".join(words)


def doubled(text: str) -> str:
    return "\n".join(line for line in text.split("\n") for _ in range(2))


def half_quoted(text: str) -> str:
    return re.sub(r"[”\"]", "", text)


CHANGES = (str.upper, str.lower, str.title, shorn, cut_off, shuffled_words, doubled, half_quoted)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_reports_that_were_damaged(change: object, world: World) -> None:
    assert callable(change)
    paths = sorted(EXAMPLES.rglob("*.txt"))
    for path in paths[CHANGES.index(change) :: len(CHANGES)][:3]:
        reading = read(change(path.read_text(encoding="utf-8")), world)
        assert reading is not None
        assert faults(reading) == [], path.name


EDGES = (
    "9" * 12_000, "On " + "9" * 5_000 + " May 2014", "5." + "0" * 5_000 + " people were killed.", "Some " + "9" * 400 + " people were killed.",
    "x", "7", "“", "a\u0301", "'s said", "- - -", "... !!! ???", "Monday", "On 3 May 2014", "Read more: on Monday 3 May 2014", "By", "(Reuters)",
    "RAQQA (AP) —", "said said said", "“We” said “they” said", "20 killed", "Killed: 20. Wounded: 40. Missing:", "Mr. Mr. Mr.", "He. She. It. They.",
    "\u202eRebels seized Busra\u202c on Friday.", "Rebels seized \ud83d Busra.", "Cookie policy\nSubscribe\nRead more", "Photo: x", "A B C D E F G",
    "0 people were killed in 0000.", "Between 50 and 20 people were killed.", "More than 1e999 people died.",
)  # fmt: skip


@pytest.mark.parametrize("text", EDGES)
def test_edges(text: str, world: World) -> None:
    for date in (None, "2017-10-20"):
        reading = read(text, world, date=date)
        assert reading is None or faults(reading) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Российские войска заняли город в среду, сообщил источник в министерстве обороны. Погибли двадцать человек, ещё сорок ранены.", "ru"),
        ("Les rebelles ont pris la ville mercredi, a annoncé un porte-parole de l'armée. Au moins vingt civils ont été tués dans les combats.", "fr"),
        ("قُتل عشرون مدنيًا في غارة جوية على المدينة يوم الجمعة، وفق ما قال ناشطون في المعارضة.", "ar"),
        ("Los rebeldes tomaron la ciudad el miércoles, dijo un portavoz del ejército. Al menos veinte civiles murieron en los combates.", "es"),
    ],
)
def test_another_language_is_told_and_not_coded(text: str, language: str, world: World) -> None:
    report = report_of(text)
    reading = read_report(report, world)
    assert report.language == language
    assert reading == Reading(report=report)


def test_a_report_that_is_too_long_is_set_aside_by_name_and_the_others_are_read(world: World) -> None:
    told = "Rebels seized the town of Busra from the army on Wednesday."
    short = replace(world, longest=len(told) + 20)
    reports = [report_of(text, language="en") for text in (told, f"{told} " * 9, told)]
    one, two, three = read_batch(reports, short)
    assert isinstance(one, Reading)
    assert isinstance(three, Reading)
    assert one == read_report(reports[0], world)
    assert isinstance(two, Refused)
    assert f"{len(reports[1].text):,} characters; at most {short.longest:,}" in two.reason
    assert "split it" in two.mend
    assert "report_characters" in two.mend
    with pytest.raises(InputError, match="characters"):
        read_report(reports[1], short)
    elsewhere = report_of("Правительственные войска вошли в город в среду, сообщил представитель армии. " * 9)
    assert read_report(elsewhere, short).report.language == "ru"


def test_the_length_of_a_report_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("[intake]\nreport_characters = 50\n")
    settings = Settings.load(tmp_path / "dateline.toml")
    assert World.open(settings).longest == 50
    assert World.open(Settings()).longest == 1_000_000
