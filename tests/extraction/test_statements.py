"""Statements: who says what by which cue, and what is no statement."""

import time
from collections.abc import Callable

import pytest

from dateline.extraction.findings import StatementFound
from dateline.extraction.mentions import find_mentions
from dateline.extraction.quotes import paragraphs
from dateline.extraction.statements import CALIBRATION, calibrated, find_beliefs, find_statements
from dateline.extraction.statements_acts import _performatives
from dateline.extraction.statements_lexicon import ACTS, CUE_COLUMNS, cue_rows, languages, media
from dateline.extraction.times import find_times
from dateline.language import analyse
from dateline.language.document import Document, Sentence, Token
from dateline.language.model import Model
from dateline.lexicon import load

Found = tuple[Document, tuple[StatementFound, ...]]
Read = Callable[[str], Found]


@pytest.fixture(scope="module")
def read(model: Model) -> Read:
    def call(text: str) -> Found:
        document = analyse(text, paragraphs(text), model)
        return document, find_statements(document, (), find_mentions(document), find_times(document))

    return call


def shown(found: Found) -> list[tuple[str | None, str | None, str, str]]:
    """Speaker, cue, act and content of each statement."""
    document, statements = found
    text = document.text

    def words(start: int | None, end: int | None) -> str | None:
        return None if start is None else text[start:end]

    return [(words(s.speaker_start, s.speaker_end), words(s.cue_start, s.cue_end), s.act, " … ".join(text[a:b] for a, b in s.content)) for s in statements]


SAID = [
    ("The army denied that it had shelled the hospital.", ("The army", "denied", "deny", "that it had shelled the hospital")),
    ("Rebels said on Tuesday they had shot down a plane.", ("Rebels", "said", "say", "they had shot down a plane")),
    ("Rebels hold the airport, according to the UN.", ("the UN", "according to", "report", "Rebels hold the airport")),
    ("A spokesman declined to comment on the strike.", ("A spokesman", "declined", "refuse", "to comment on the strike")),
    ("The ministry neither confirmed nor denied the report.", ("The ministry", "neither confirmed nor denied", "refuse", "the report")),
    ("Israel has not commented on the strike.", ("Israel", "has not commented on", "refuse", "the strike")),
    ("It was reported that 40 soldiers had died.", (None, "was reported", "report", "that 40 soldiers had died")),
    ("Russia blamed the rebels for the attack.", ("Russia", "blamed", "blame", "the rebels for the attack")),
    ("The group, which said it had captured the base, released a video.", ("which", "said", "say", "it had captured the base")),
    ("The UN called on all sides to respect the truce.", ("The UN", "called on", "urge", "all sides to respect the truce")),
    ("The agency estimates that 5 million people need aid.", ("The agency", "estimates", "estimate", "that 5 million people need aid")),
    ("“We will not leave,” the mayor said.", ("the mayor", "said", "say", "We will not leave")),
    ("“We will not leave,” said Umm Ali, a mother of four.", ("Umm Ali, a mother of four", "said", "say", "We will not leave")),
    ("The mayor said: “We will not leave.”", ("The mayor", "said", "say", "We will not leave.")),
    ("“We formally announce the end of the siege,” the alliance said.", ("the alliance", "said", "declare", "We formally announce the end of the siege")),
    (
        "The Islamic State group claimed responsibility for the attack.",
        ("The Islamic State group", "claimed responsibility for", "claim_responsibility", "the attack"),
    ),
    ("“It is over,” Hall said, using an old phrase. “We go home.”", ("Hall", "said", "say", "It is over … We go home.")),
]


@pytest.mark.parametrize(("text", "wanted"), SAID, ids=[row[0][:40] for row in SAID])
def test_found(read: Read, text: str, wanted: tuple[str | None, str, str, str]) -> None:
    assert wanted in shown(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the blast.",
        "The flood claimed the lives of 20 people.",
        "The rebels claimed the town on Monday.",
        "The harvest went according to plan.",
        "The army will announce the results on Monday.",
        "The fighters agreed to leave the town.",
        "Police charged three men with murder.",
        "Fuel costs two dollars per litre.",
        "Troops denied the convoy access to the valley.",
        'The former "capital" was quiet.',
        "It goes without saying that raising tolls leaves the roads as they are.",
        "Let's say you walk from Aden to Taiz.",
        "The minister began taking calls at noon.",
        "Some officers committed identity theft to open accounts.",
        "The presidents of Sudan and Chad met to discuss the border.",
        "About 2,000 troops were sent to guarantee the security of the “summit” in the capital.",
        "These killings show that the group respects no law.",
        "Omar had shown up at a police station that the army guards.",
    ],
)
def test_no_statement(read: Read, text: str) -> None:
    assert shown(read(text)) == []


def test_a_chain_is_nested_from_the_outlet_inward(read: Read) -> None:
    document, statements = read("State television quoted the army as saying the town had fallen, Reuters reported.")
    speakers = [document.text[s.speaker_start : s.speaker_end] for s in statements]
    assert speakers == ["Reuters", "State television", "the army"]
    assert [s.within for s in statements] == [None, 0, 1]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ('Minister: "We will not negotiate with the kidnappers."', "Minister", "We will not negotiate with the kidnappers."),
        ("Raqqa has fallen, say US-backed forces", "US-backed forces", "Raqqa has fallen"),
        ("Fighters seize a border town, say Kurdish officials", "Kurdish officials", "Fighters seize a border town"),
        ('"The dam is lost," tweeted navy spokesman Jan Kovac.', "navy spokesman Jan Kovac", "The dam is lost"),
        ("Two policemen were killed in Quetta on Monday, reported the Daily Herald.", "the Daily Herald", "Two policemen were killed in Quetta on Monday"),
    ],
)
def test_speakers_behind_the_verb_at_the_end(read: Read, text: str, speaker: str, content: str) -> None:
    document, statements = read(text)
    assert [document.text[s.speaker_start : s.speaker_end] for s in statements] == [speaker]
    assert [document.text[a:b] for s in statements for a, b in s.content] == [content]


def test_a_later_toll_is_the_same_speakers(read: Read) -> None:
    found = read("The ministry initially said 12 people were killed, but later put the toll at nine.")
    assert [(row[0], row[3]) for row in shown(found)] == [("The ministry", "12 people were killed"), ("The ministry", "the toll at nine")]


def test_who_responds_to_reports_does_not_make_them(read: Read) -> None:
    found = shown(read("Police officers, responding to reports that cars had been burnt, arrested two men."))
    assert [(row[0], row[1]) for row in found] == [(None, "reports")]


def test_a_cited_source_speaks_within_the_one_who_cites(read: Read) -> None:
    document, statements = read("Twenty people were killed in the raid, the agency said, citing local officials and witnesses.")
    assert [document.text[s.speaker_start : s.speaker_end] for s in statements] == ["the agency", "local officials and witnesses"]
    assert statements[1].within == 0
    assert statements[0].content == statements[1].content


def test_medium_language_and_time_of_a_statement(read: Read) -> None:
    document, statements = read("“The town is free,” the alliance said in a statement in Arabic on Friday.")
    (found,) = statements
    assert (found.medium, found.language, found.mode) == ("statement", "ar", "direct")
    times = find_times(document)
    assert [document.text[times[i].start : times[i].end] for i in found.times] == ["Friday"]


def test_the_one_spoken_to(read: Read) -> None:
    document, statements = read("The president told Reuters in an interview on Monday that elections would be held.")
    assert [document.tokens[s.addressee].text for s in statements if s.addressee is not None] == ["Reuters"]


def test_a_release_goes_on_in_the_first_person(read: Read) -> None:
    text = "The Foreign Secretary said:\n\nWe are appalled by this attack.\n\nOur thoughts are with the families.\n\nNotes to editors"
    document, statements = read(text)
    assert [document.text[a:b] for a, b in statements[0].content] == ["We are appalled by this attack", "Our thoughts are with the families"]


def test_a_quote_in_its_own_paragraph_is_the_speakers(read: Read) -> None:
    document, statements = read("“They came at dawn,” the doctor said.\n\n“Nobody helped us.”")
    assert {s.speaker for s in statements} == {statements[0].speaker}
    assert len([c for s in statements for c in s.content]) == 2


def test_beliefs_are_no_statements(read: Read) -> None:
    document, statements = read("Analysts believe the group wants to regain the oil fields.")
    assert statements == ()
    assert find_beliefs(document, (), (), ())


def test_every_span_lies_in_the_text(read: Read) -> None:
    document, statements = read(" ".join(text for text, _ in SAID))
    assert statements
    for s in statements:
        for start, end in s.content:
            assert 0 <= start < end <= len(document.text)
            assert document.text[start:end].strip() == document.text[start:end]
        assert s.act in ACTS
        assert 0 < s.confidence < 1


def test_lexicon_is_whole() -> None:
    rows = load("cues.tsv", columns=CUE_COLUMNS, key=("cue", "pos"))
    assert {r["act"] for r in rows} <= set(ACTS)
    assert {r["family"] for r in rows} == {"speech", "belief"}
    assert [r["cue"] for r in rows if r["finds"] not in r["example"]] == []
    assert cue_rows("verb")["say"]
    assert set(media().values()) == {"text", "occasion", "channel", "finder"}
    assert languages()["arabic"] == "ar"
    assert [fault for rule in _performatives() if (fault := rule.prove())] == []


def test_cue_rows_find_their_examples(model: Model) -> None:
    """Nearly every row; one or two hang on a tree that a small model draws wrongly."""
    rows = [r for r in load("cues.tsv", columns=CUE_COLUMNS, key=("cue", "pos")) if r["family"] == "speech"][::2]
    text = "\n\n".join(r["example"] for r in rows)
    document = analyse(text, paragraphs(text), model)
    found = {(s.cue_start, document.text[s.cue_start : s.cue_end]) for s in find_statements(document, (), (), ()) if s.cue_start is not None}
    cues = {text.count("\n\n", 0, start) for start, _ in found}
    missed = [row["cue"] for n, row in enumerate(rows) if n not in cues]
    assert len(missed) <= 0.03 * len(rows), missed


def test_confidence_grows_with_the_score() -> None:
    values = [calibrated(x / 20) for x in range(21)]
    assert values == sorted(values)
    assert values[-1] == CALIBRATION[-1][1]


def test_ten_thousand_quotes_take_seconds() -> None:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    text = ""
    for n in range(10_000):
        first, start = len(tokens), len(text)
        root = first + 6
        shape = [("“", "PUNCT", "punct", root), ("It", "PRON", "nsubj", first + 2), ("burns", "VERB", "ccomp", root), (",", "PUNCT", "punct", root)]
        shape += [("”", "PUNCT", "punct", root), ("Ali", "PROPN", "nsubj", root), ("said", "VERB", "root", root), (".", "PUNCT", "punct", root)]
        for word, upos, relation, head in shape:
            text += "" if word in ",”." or text.endswith("“") or not text else " "
            lemma = {"said": "say", "burns": "burn"}.get(word, word.lower())
            xpos = {"said": "VBD", "burns": "VBZ"}.get(word, upos)
            tokens.append(Token(len(tokens), len(text), len(text) + len(word), word, lemma, upos, xpos, "", head, relation, n))
            text += word
        sentences.append(Sentence(n, first, len(tokens), start, len(text), 0))
    document = Document(text, tuple(tokens), tuple(sentences))
    begun = time.perf_counter()
    assert len(find_statements(document, (), (), ())) == 10_000
    assert time.perf_counter() - begun < 20
