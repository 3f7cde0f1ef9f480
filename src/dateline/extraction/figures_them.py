"""Figures of those told of before: "They are 30 fighters and 12 villagers" after a toll, "two of them", "20 soldiers were killed and 10 wounded"."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.extraction.findings import FigureFound
from dateline.language.document import Document

_LIST = re.compile(r"\W*(?:they (?:are|were|include|included|comprise|comprised)|these (?:are|were|include|included)|among them (?:are|were))\b", re.IGNORECASE)
_DEAD = re.compile(r"\W*(?:among )?the (?:dead|victims|fatalities|slain)\b[^,;]{0,30}?\b(?:are|were|include|included|comprise|comprised)\b", re.IGNORECASE)
_THEM = re.compile(r"\b(?:of|among) (?:them|these|those|whom)$", re.IGNORECASE)
_HARM = frozenset({"killed", "injured", "missing", "detained", "abducted", "captured"})
_PRONOUNS = frozenset({"them", "us", "whom", "these", "those", "you"})
_AND = re.compile(r"(?:,|\band\b|\bwhile\b|\bbut\b|\bor\b)[^,;]{0,30}$", re.IGNORECASE)
_END = re.compile(r"[.;:!?]\s")
_ALL = re.compile(r"[^,;.]{0,20}(?:,| and) all of (?:them|whom) (?:were )?(\w+s|children|women|men|police)\b", re.IGNORECASE)
_THEIR = re.compile(r"^(?:other|more|of (?:them|our|their))\s+", re.IGNORECASE)


def said_of_them(document: Document, figures: tuple[FigureFound, ...]) -> tuple[FigureFound, ...]:
    """The figures, a list of the dead counted as dead, and figures "of them" left out where nobody was counted before."""
    kept: list[FigureFound] = []
    for figure in figures:
        at = document.sentence_of(figure.head)
        if _THEM.search(document.text[figure.start : figure.end]) and not _told_before(document, figure, kept) and not _counted(document, figure):
            continue
        if figure.rule == "noun:forces" and _of_the_dead(document, figure, kept):
            figure = replace(figure, measure="killed", rule="listed_dead", unit="people", confidence=min(figure.confidence, 0.65))
        elif figure.rule == "noun:forces" and _DEAD.match(document.text, at.start, figure.start):
            figure = replace(figure, measure="killed", rule="listed_dead", unit="people")
        kept.append(_of_the_toll(document, _of_the_same(document, figure, kept), kept))
    return tuple(kept)


_TOLL = re.compile(r"\b(?:the|its|their) (?:(?:death|final|latest|official|overall) ){0,2}toll\b(?! (?:of|in|from|for|since)\b)[^.;,]*$", re.IGNORECASE)


def _of_the_toll(document: Document, figure: FigureFound, before: list[FigureFound]) -> FigureFound:
    """The figure, "the toll" without more words being that of the happening told of just before ("... killed 12 in Kabul. They later put the toll at nine")."""
    if not figure.rule.endswith("toll") or figure.event is not None or figure.places or figure.times:
        return figure
    here = document.sentence_of(figure.head)
    if not _TOLL.search(document.text, here.start, figure.start):
        return figure
    same = [f for f in before if f.measure == figure.measure and f.event is not None and 1 <= here.i - document.tokens[f.head].sentence <= 2]
    if len({f.event for f in same}) != 1:
        return figure
    return replace(figure, event=same[-1].event, places=same[-1].places, times=same[-1].times, of=figure.of or same[-1].of)


def _of_the_same(document: Document, figure: FigureFound, before: list[FigureFound]) -> FigureFound:
    """The figure, a bare number counting what the number before it in its sentence counts: "20 soldiers were killed and 10 wounded"."""
    if figure.of not in (None, "others", "more") or figure.measure not in _HARM or figure.unit != "people":
        return figure
    if figure.of is None and (named := _ALL.match(document.text, figure.end)):
        return replace(figure, of=named[1])
    last = next((f for f in reversed(before) if f.of is None or f.of.lower() not in _PRONOUNS), None)
    if last is None or last.head == figure.head:
        return figure
    one = last.best == 1 and last.high == 1
    gap = document.text[last.end : figure.start]
    if one or last.of is None or last.measure not in _HARM or last.who is None or not _AND.search(gap) or _END.search(gap) or len(gap) > 60:
        return figure
    return replace(figure, of=_THEIR.sub("", last.of))


def _told_before(document: Document, figure: FigureFound, kept: list[FigureFound]) -> bool:
    """Whether a figure stands before this one in its sentence or the one before."""
    here = document.tokens[figure.head].sentence
    return any(f.start < figure.start and 0 <= here - document.tokens[f.head].sentence <= 1 for f in kept)


def _counted(document: Document, figure: FigureFound) -> bool:
    """Whether the same sentence or the one before it counts somebody before the figure."""
    here = document.sentence_of(figure.head)
    first = document.sentences[max(here.i - 1, 0)].first
    return any(t.deprel == "nummod" and t.end <= figure.start for t in document.tokens[first : figure.head])


def _of_the_dead(document: Document, figure: FigureFound, before: list[FigureFound]) -> bool:
    """Whether the sentence lists those whom the sentence before counts, all of them dead."""
    if not _LIST.match(document.text, document.sentence_of(figure.head).start, figure.start):
        return False
    here = document.tokens[figure.head].sentence
    told = {f.measure for f in before if document.tokens[f.head].sentence == here - 1}
    return told == {"killed"}
