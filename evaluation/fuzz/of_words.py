"""What must hold of the words, times and numbers that are found in a text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime

from dateline.extraction.findings import Findings
from dateline.extraction.number_words import pieces, value_at
from dateline.extraction.numbers import find_numbers
from dateline.extraction.times import find_times
from dateline.extraction.times_words import words_of
from dateline.language.document import Document, Sentence, Token
from dateline.lexicon import load
from dateline.model import Published, Report, Section
from dateline.resolution.publication import infer_published
from dateline.resolution.when import resolve_times
from evaluation.fuzz.of_text import dates, text_of
from evaluation.fuzz.target import Check

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_TAGS = (
    ("NOUN", "NN", ""), ("NOUN", "NNS", "Number=Plur"), ("PROPN", "NNP", ""), ("VERB", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"), ("VERB", "VB",
        "VerbForm=Inf"),
    ("VERB", "VBZ", "Mood=Ind|Tense=Pres|VerbForm=Fin"), ("AUX", "MD", "VerbForm=Fin"), ("NUM", "CD", "NumType=Card"), ("ADP", "IN", ""), ("PUNCT", ".", ""),
    ("DET", "DT", ""), ("PRON", "PRP", ""), ("X", "FW", ""),
)  # fmt: skip
_RELATIONS = ("nsubj", "obj", "obl", "nummod", "case", "aux", "cop", "mark", "advcl", "conj", "compound", "punct", "nmod", "obl:tmod")


def words() -> Check:
    """The words that the grammar of time sees: in order, none over another."""

    def check(data: bytes) -> None:
        text, at = text_of(data), 0
        for word in words_of(text):
            assert at <= word.start <= word.end <= len(text), "words overlap"
            at = word.end

    return check


def figures() -> Check:
    """The numbers of a text, piece by piece: in order, each with an amount that is a number."""

    def check(data: bytes) -> None:
        text = text_of(data)
        row, at = pieces(text, 0, len(text)), 0
        for i, piece in enumerate(row):
            assert at <= piece.start < piece.end <= len(text)
            assert text[piece.start : piece.end] == piece.text
            at = piece.end
            value = value_at(row, i)
            if value is not None:
                assert i < value.stop <= len(row)
                assert value.amount >= 0
                assert value.kind in ("digits", "words", "some", "many", "share", "percent")

    return check


def document_of(text: str) -> Document:
    """A document of the text with tags and trees that depend on nothing but its words; they need not be right to be met."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    at = 0
    for end in (*(m.end() for m in _ENDS.finditer(text)), len(text)):
        first = len(tokens)
        for match in _TOKEN.finditer(text, at, end):
            i, mark = len(tokens), zlib.crc32(match.group().encode("utf-8", "replace"))
            upos, xpos, feats = _TAGS[mark % len(_TAGS)]
            head = i if i == first else first + (mark >> 8) % (i - first)
            deprel = "root" if i == first else _RELATIONS[(mark >> 16) % len(_RELATIONS)]
            tokens.append(Token(i, match.start(), match.end(), match.group(), match.group().lower(), upos, xpos, feats, head, deprel, len(sentences)))
        if len(tokens) > first:
            sentences.append(Sentence(len(sentences), first, len(tokens), tokens[first].start, tokens[-1].end, 0))
        at = end
    return Document(text, tuple(tokens), tuple(sentences))


_PUBLISHED = ("2017-10-20", "2024-02-29T23:59:00+03:00", None, "1600-01-01", "2400-12-31", "0001-01-01", "9999-12-31", "yesterday")


def times() -> Check:
    """Time expressions in order, none over another, resolved to intervals that do not end before they begin."""

    def check(data: bytes) -> None:
        published, text = _PUBLISHED[data[0] % len(_PUBLISHED)] if data else None, text_of(data[1:])
        document = document_of(text)
        found, at = find_times(document), 0
        for time in found:
            assert at <= time.start < time.end <= len(text), "expressions overlap"
            at = time.end
            for place in (time.base, time.pair):
                assert place is None or 0 <= place < len(found)
        report = Report("r", text, published=Published(published, "metadata") if published else Published(), sections=(Section("paragraph", 0, len(text)),))
        findings = Findings(times=found)
        for when in resolve_times(report, document, findings):
            for end in (when.earliest, when.latest) if when is not None else ():
                assert end is None or datetime.fromisoformat(end)
        inferred = infer_published(report, document, findings).date
        assert inferred == published or inferred is None or date.fromisoformat(inferred)

    return check


def numbers() -> Check:
    """Numbers in order with bounds in order."""

    def check(data: bytes) -> None:
        text = text_of(data)
        for found in find_numbers(document_of(text), ()):
            assert 0 <= found.start < found.end <= len(text)
            bounds = [n for n in (found.low, found.best, found.high) if n is not None]
            assert bounds == sorted(bounds), f"bounds out of order: {bounds}"
            assert all(n == n and n >= 0 for n in bounds)
            assert found.share is None or found.share >= 0

    return check


def words_of_time() -> Iterator[str]:
    """What the lexicon of time knows, for inputs to be made of."""
    yield from (row["word"] for row in load("time_words.tsv", columns=("word", "class", "value", "case", "note"), key=("word", "class")))
    yield from ("2014-03-02", "31/12/2014", "12:30", "9.15am", "24th", "1990s", "Q3", "the", "of", "since", "until", "between", "ago", "later", "earlier")


def words_of_number() -> Iterator[str]:
    """What the lexicons of numbers know."""
    yield from (row["word"] for row in load("number_words.tsv", columns=("word", "kind", "value"), key=("word",)))
    yield from (row["finds"] for row in load("bounds.tsv", columns=("name", "pattern", "side", "bound", "example", "finds"), key=("name",)) if row["finds"])
    yield from ("3.5", "1,200", "12-15", "45%", "$5", "one in", "out of", "from", "to", "between", "and", "per cent")


def examples_of_time() -> Iterator[bytes]:
    """The examples of the grammar's rows, each with a day of publication."""
    rows = load("times.tsv", columns=("name", "pattern", "kind", "slots", "example", "finds"), key=("name",))
    yield from (b"\0" + row["example"].encode() for row in rows if row["example"])


def examples_of_number() -> Iterator[bytes]:
    """The examples of the bounds, and others."""
    rows = load("bounds.tsv", columns=("name", "pattern", "side", "bound", "example", "finds"), key=("name",))
    yield from (row["example"].encode() for row in rows if row["example"])
    yield from (
        b"between 3 and 5 million people",
        b"a hundred and six of the two dozen",
        b"nine out of every ten",
        b"half a million",
        b"1.5m",
        b"from 12 to 15 dead",
    )


CHECKS = {"dates": dates, "time-words": words, "times": times, "number-words": figures, "numbers": numbers}
SEEDS = {name: examples_of_number if name.startswith("number") else examples_of_time for name in CHECKS}
WORDS = {name: words_of_number if name.startswith("number") else words_of_time for name in CHECKS}
