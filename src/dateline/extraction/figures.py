"""Figures: numbers that count people, things or harm, each with what it measures and the event that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.extraction.attachment import places_of, times_of
from dateline.extraction.figures_counting import with_counting
from dateline.extraction.figures_elided import with_elided
from dateline.extraction.figures_measure import measures_of
from dateline.extraction.figures_mend import mended
from dateline.extraction.figures_not import HARM, gets_away, untold
from dateline.extraction.figures_phrase import Phrase, phrase_of
from dateline.extraction.figures_rows import COLUMNS, Measure
from dateline.extraction.figures_single import Single, find_singles
from dateline.extraction.figures_them import said_of_them
from dateline.extraction.findings import EventFound, FigureFound, PlaceFound
from dateline.extraction.numbers import NumberFound, find_numbers
from dateline.extraction.times import TimeFound
from dateline.language.document import Document
from dateline.lexicon import load

_SPEECH = frozenset({"say", "tell", "report", "announce", "add", "declare", "warn", "think", "want", "know", "agree", "meet", "ask"})
_HUMAN = frozenset(
    ("killed injured missing detained abducted displaced refugees returned in_need without_access besieged food_insecure affected forces").split()
)


_THINGS = frozenset({"captured", "destroyed", "damaged", "affected"})


def _judged(measure: str, confidence: float) -> float:
    """The chance that a figure is right, as 185 judged by hand have it: those of harm to people are surer than their rows, those of things less sure."""
    factor = 1.14 if measure in HARM else 0.88 if measure in _THINGS else 1.12
    return round(min(0.97, confidence * factor), 3)


@dataclass(frozen=True, slots=True)
class _Told:
    """The times, places and events of a document, and the first event of each head and of each argument."""

    times: Sequence[TimeFound]
    places: Sequence[PlaceFound]
    events: Sequence[EventFound]
    by_head: dict[int, int]
    by_argument: dict[int, int]

    @classmethod
    def of(cls, times: Sequence[TimeFound], places: Sequence[PlaceFound], events: Sequence[EventFound]) -> _Told:
        """These, with the first event of each word."""
        backwards = list(reversed(list(enumerate(events))))
        return cls(times, places, events, {e.head: i for i, e in backwards}, {a.token: i for i, e in backwards for a in e.arguments})


@dataclass(frozen=True, slots=True)
class _Tie:
    """The times, places and event that a figure shares with the words that it hangs on."""

    times: tuple[int, ...]
    places: tuple[int, ...]
    event: int | None


def find_figures(document: Document, times: Sequence[TimeFound], places: Sequence[PlaceFound], events: Sequence[EventFound]) -> tuple[FigureFound, ...]:
    """The figures of a document, in text order."""
    document = mended(document)
    numbers = [n for n in find_numbers(document, times) if not n.superseded]
    told = _Told.of(times, places, events)
    found: list[FigureFound] = []
    taken: set[int] = set()
    for number in numbers:
        phrase = phrase_of(document, number)
        taken.update(range(number.first, number.last))
        if phrase is None:
            continue
        if _whole_of(document, phrase, numbers) or _one_of_counted(document, phrase, numbers):
            taken.update({phrase.anchor, phrase.noun or phrase.anchor})
            continue
        taken.update({phrase.anchor} | ({phrase.noun} if phrase.noun is not None else set()))
        for measure in _measures(document, number, phrase):
            if untold(document, measure, phrase):
                continue
            tie = _tie(document, measure.governor, phrase, told)
            found.append(_figure(document, number, phrase, measure, tie))
    for single in find_singles(document, frozenset(taken)):
        if untold(document, single.measure, single.phrase):
            continue
        found.append(_single(document, single, _tie(document, single.measure.governor, single.phrase, told)))
    found = with_elided(document, found, numbers, times, told.by_head)
    return with_counting(document, said_of_them(document, tuple(sorted(found, key=lambda f: (f.start, f.end, f.measure)))))


def _whole_of(document: Document, phrase: Phrase, numbers: Sequence[NumberFound]) -> bool:
    """Whether the phrase is the whole that another number is taken from: "the nine soldiers" in "seven of the nine soldiers"."""
    token = document.tokens[phrase.anchor]
    if phrase.noun is not None and document.children(phrase.noun, "acl"):
        return False
    return token.deprel.startswith("nmod") and any(n.head == token.head for n in numbers) and any(c.lemma == "of" for c in document.children(token.i, "case"))


def _one_of_counted(document: Document, phrase: Phrase, numbers: Sequence[NumberFound]) -> bool:
    """Whether the phrase picks from a counted whole of which the clause speaks: "one" in "one of 26 people killed"."""
    if phrase.noun is None or phrase.noun == phrase.anchor or not document.children(phrase.noun, "acl"):
        return False
    return any(document.tokens[n.head].head == phrase.noun and n.head != phrase.anchor for n in numbers)


def _measures(document: Document, number: NumberFound, phrase: Phrase) -> tuple[Measure, ...]:
    if number.currency is not None or phrase.kind.type == "money":
        row = _money(document, phrase)
        return (row,) if row else ()
    last = phrase.noun if phrase.noun is not None else number.last - 1
    first = next((t.i for t in document.tokens_in(number.start, number.end)), number.first)
    found = measures_of(document, phrase.anchor, phrase.noun, phrase.kind, reach=(first, max(last, number.last - 1)))
    if found and number.kind in ("share", "percent", "digits", "words", "some", "many"):
        if phrase.noun is None and phrase.kind.type == "" and found[0].name not in _HUMAN:
            return ()
        return found
    return _by_noun(document, number, phrase)


def _by_noun(document: Document, number: NumberFound, phrase: Phrase) -> tuple[Measure, ...]:
    """What the noun alone says, where no verb does: troops, air strikes, refugees, rockets."""
    measure = phrase.kind.measure
    if phrase.noun is None:
        return ()
    if phrase.kind.type == "relief" and number.share is None:
        return (Measure("other", "relief", phrase.noun, 0.6),)
    if measure is None or number.share is not None or number.kind == "percent":
        return ()
    if measure in ("detained", "captured") and gets_away(document, phrase.noun):
        return ()
    governor = document.tokens[document.tokens[phrase.anchor].head]
    speaks = document.tokens[phrase.anchor].deprel.startswith("nsubj") and governor.lemma.lower() in _SPEECH
    if measure in ("forces", "other") and (speaks or number.best == 1):
        return ()
    return (Measure(measure, f"noun:{measure}", phrase.noun, 0.65 if measure in ("forces", "other") else 0.8),)


@cache
def _money_words() -> frozenset[str]:
    rows = load("measures.tsv", columns=COLUMNS)
    return frozenset(lemma for row in rows if row["kind"] == "money" and row["finds"] for lemma in row["lemma"].split("|"))


def _money(document: Document, phrase: Phrase) -> Measure | None:
    """A sum of money counts where it is aid, damage, spending or ransom, not a price."""
    words = _money_words()
    near = [phrase.anchor, *([phrase.noun] if phrase.noun is not None else [])]
    for site in list(near):
        near.extend(t.i for t in document.subtree(site) if abs(t.i - site) < 8)
    near.extend(t.i for t in list(document.ancestors(phrase.anchor))[:3])
    for governor in list(document.ancestors(phrase.anchor))[:1]:
        near.extend(t.i for t in document.children(governor.i, "obl", "obj", "nsubj", "nmod"))
    sentence = document.sentence_of(phrase.anchor)
    near.extend(range(max(sentence.first, phrase.anchor - 10), min(sentence.last, phrase.anchor + 10)))
    hit = next((i for i in near if document.tokens[i].lemma.lower() in words), None)
    return None if hit is None else Measure("money", "money", hit, 0.75)


def _tie(document: Document, governor: int, phrase: Phrase, told: _Told) -> _Tie:
    event = _event(document, governor, phrase, told)
    own_times = times_of(document, governor, told.times)
    own_places = places_of(document, governor, told.places)
    if event is not None:
        own_times = own_times or told.events[event].times
        own_places = own_places or told.events[event].places
    return _Tie(own_times, own_places, event)


def _event(document: Document, governor: int, phrase: Phrase, told: _Told) -> int | None:
    """The event that the figure is of: the one it hangs on, one that has it as an argument, or the nearest above it in the clause."""
    by_head = told.by_head
    if governor in by_head:
        return by_head[governor]
    own = {phrase.anchor} | ({phrase.noun} if phrase.noun is not None else set())
    if heads := [i for i in own if i in by_head]:
        return by_head[min(heads)]
    if counted := [told.by_argument[i] for i in own if i in told.by_argument]:
        return min(counted)
    for above in document.ancestors(governor):
        if above.i in by_head:
            return by_head[above.i]
        if above.deprel.split(":")[0] in ("ccomp", "parataxis") or above.upos == "VERB" and above.lemma.lower() in _SPEECH:
            break
    below = [t.i for t in document.children(governor, "nsubj", "obl", "advcl") if t.i in by_head]
    return by_head[below[0]] if below else None


def _figure(document: Document, number: NumberFound, phrase: Phrase, measure: Measure, tie: _Tie) -> FigureFound:
    confidence = measure.confidence * (0.8 if number.unsure else 1.0) * (0.9 if phrase.noun is None else 1.0)
    percent = number.kind in ("share", "percent") and (number.low is not None or number.high is not None)
    unit = number.currency or ("percent" if percent else phrase.kind.unit)
    if measure.name in _HUMAN and phrase.kind.type not in ("group", "harm", "person", "force") and not percent:
        unit = "people"
    return FigureFound(
        start=phrase.start, end=phrase.end, head=number.head, measure=measure.name,
        low=number.low, best=number.best, high=number.high, approximate=number.approximate, share=number.share,
        unit=unit, of=phrase.of, who=phrase.noun, places=tie.places, times=tie.times, event=tie.event,
        rule=measure.rule, confidence=_judged(measure.name, confidence),
    )  # fmt: skip


def _single(document: Document, single: Single, tie: _Tie) -> FigureFound:
    phrase = single.phrase
    return FigureFound(
        start=phrase.start, end=phrase.end, head=phrase.anchor, measure=single.measure.name,
        low=single.count, best=single.count, high=single.count, approximate=False, share=None,
        unit="people" if phrase.kind.type in ("", "person", "force", "harm") else phrase.kind.unit, of=phrase.of, who=phrase.noun,
        places=tie.places, times=tie.times, event=tie.event, rule=single.rule, confidence=_judged(single.measure.name, single.measure.confidence),
    )  # fmt: skip
