"""Figures without a numeral: one person who was killed or taken ("killing a policeman"), and none ("no casualties")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.figures_measure import measures_of
from dateline.extraction.figures_not import mentioned
from dateline.extraction.figures_phrase import Kind, Phrase, kind_of
from dateline.extraction.figures_rows import Measure
from dateline.language.document import Document, Token
from dateline.lexicon import load

_OF_ONE = frozenset({"killed", "injured", "missing", "detained", "abducted"})
_ZERO = _OF_ONE | {"affected", "damaged", "destroyed"}
_NOBODY = frozenset({"nobody", "none"})


@cache
def _words(kind: str) -> frozenset[str]:
    """Words singular in form and many in meaning, words for death that leave open how, or words of violence."""
    return frozenset(row["word"] for row in load("single_words.tsv", columns=("word", "kind"), key=("word", "kind")) if row["kind"] == kind)


@dataclass(frozen=True, slots=True)
class Single:
    """One or none, with what is said of them."""

    phrase: Phrase
    measure: Measure
    count: float
    rule: str


def find_singles(document: Document, taken: frozenset[int]) -> Iterator[Single]:
    """The persons and the none that harm is told of, leaving out the tokens that a numeral counts; the same person once for each measure."""
    seen: set[tuple[str, str]] = set()
    for token in document.tokens:
        if token.i in taken or token.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        zero = _none(document, token)
        if zero is not None:
            yield from _zeros(document, token, zero)
            continue
        kind = _one(document, token)
        if kind is None:
            continue
        for measure in measures_of(document, token.i, token.i, kind):
            if mentioned(document, token, measure):
                continue
            key = (_surname(document, token), measure.name)
            if measure.name not in _OF_ONE or measure.confidence < 0.7 or not _violent(document, measure) or (key in seen and not _indefinite(document, token)):
                continue
            seen.add(key)
            yield Single(_phrase(document, token, kind), replace(measure, confidence=round(measure.confidence * 0.9, 3)), 1.0, f"one:{measure.rule}")


def _zeros(document: Document, token: Token, kind: Kind) -> Iterator[Single]:
    for measure in measures_of(document, token.i, token.i, kind):
        if measure.name in _ZERO:
            yield Single(_phrase(document, token, kind), replace(measure, confidence=0.8), 0.0, f"none:{measure.rule}")
            return


def _none(document: Document, token: Token) -> Kind | None:
    """How the noun under "no" is counted, or None where there is no such "no"."""
    if token.text.lower() == "none" and token.deprel.split(":")[0] in ("appos", "parataxis", "acl", "dep"):
        return None  # "eleven people, none of them foreigners": says who they were not
    if token.text.lower() in _NOBODY or (token.text.lower() == "one" and any(c.text.lower() == "no" for c in document.children(token.i, "det"))):
        return Kind("person", "people", None)
    first = document.tokens[token.head] if token.deprel == "conj" and not document.children(token.i, "det") else token
    if any(c.text.lower() == "no" for c in document.children(first.i, "det")):
        kind = kind_of(document, token)
        return kind if kind is not None and kind.type in ("person", "force", "harm", "group") else None
    return None


def _one(document: Document, token: Token) -> Kind | None:
    """How one person is counted; None for plurals, things and collectives."""
    if token.xpos in ("NNS", "NNPS") or "Number=Plur" in token.feats or token.deprel.split(":")[0] in ("compound", "flat") or token.deprel == "nmod:desc":
        return None
    if _named_again(document, token):
        return None
    if document.children(token.i, "nummod"):
        return None
    if token.upos == "PROPN":
        labels = {n.label for n in document.names_at(token.i)}
        named = "PERSON" in labels or (not labels and token.xpos == "NNP" and not document.children(token.i, "det", "compound"))
        return Kind("person", "people", None) if named else None
    kind = kind_of(document, token)
    return kind if kind is not None and kind.type in ("person", "force") and token.lemma.lower() not in _words("many") else None


def _named_again(document: Document, token: Token) -> bool:
    """Whether the words name again who is told of before them: "one officer, Captain Petrov", "two guards, Omar and Said"."""
    first = document.tokens[token.head] if token.deprel == "conj" and token.upos == "PROPN" else token
    if first.deprel != "appos":
        return False
    whole = document.tokens[first.head]
    numbers = document.children(whole.i, "nummod")
    if numbers and (token.upos == "PROPN" or numbers[0].text.lower() in ("one", "1")):
        return True
    return first is token and _one(document, whole) is not None


def _violent(document: Document, measure: Measure) -> bool:
    """Whether the death of one person is one of violence: the word says so, or another word of the sentence does."""
    governor = document.tokens[measure.governor]
    if measure.name != "killed" or governor.lemma.lower() not in _words("death"):
        return True
    sentence = document.sentence_of(governor.i)
    return any(t.lemma.lower() in _words("violence") for t in document.tokens[sentence.first : sentence.last])


def _indefinite(document: Document, token: Token) -> bool:
    return any(c.lemma.lower() in ("a", "an", "another") for c in document.children(token.i, "det"))


def _surname(document: Document, token: Token) -> str:
    if token.upos == "PROPN":
        name = next(iter(document.names_at(token.i)), None)
        return document.tokens[name.last - 1].text.lower() if name else token.text.lower()
    return token.lemma.lower()


def _phrase(document: Document, token: Token, kind: Kind) -> Phrase:
    modifiers = document.children(token.i, "det", "amod", "compound", "nummod", "flat", "nmod")
    before = {t.i for modifier in modifiers if modifier.i < token.i for t in document.subtree(modifier.i)}
    first = token.i
    while first - 1 in before:
        first -= 1
    while first < token.i and (document.tokens[first].upos in ("PUNCT", "ADP", "CCONJ", "SCONJ") or document.tokens[first].deprel in ("case", "mark", "cc")):
        first += 1
    last = token.end
    for child in document.children(token.i, "flat"):
        last = max(last, child.end)
    start = document.tokens[first].start
    of = document.text[document.tokens[first].start : last]
    for article in ("a ", "an ", "the ", "no ", "another "):
        if of.lower().startswith(article):
            of = of[len(article) :]
            break
    return Phrase(token.i, token.i, kind, of, start, last)
