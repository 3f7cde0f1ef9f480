"""Figures whose words are left out: "killed nine on Sunday, up from 17 a day earlier", "killed 20 people and injured as many"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.extraction.figures_rows import rows_of
from dateline.extraction.findings import FigureFound
from dateline.extraction.numbers import NumberFound
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token

_BESIDE = re.compile(r"\b(?:(?:up|down) from|compared (?:with|to)|against|versus|after|following|and)$", re.IGNORECASE)
_JOINTS = ("", "on", "in", "the", "on the", "in the")
_REACH = 120
"""Characters between a figure and a number that counts the same, at most."""
_COUNTED = frozenset({"killed", "injured", "missing", "detained", "abducted", "displaced", "destroyed", "damaged", "captured", "strikes"})
_TIMES = {"twice": 2.0, "double": 2.0, "half": 0.5}
_HARMED = ("object", "subject")


def with_elided(
    document: Document, found: Sequence[FigureFound], numbers: Sequence[NumberFound], times: Sequence[TimeFound], heads: dict[int, int]
) -> list[FigureFound]:
    """The figures, and those that share the words of the figure before them; ``heads`` gives the event of each trigger."""
    made = list(found)
    heads_taken = {f.head for f in found}
    by_start = {time.start: i for i, time in enumerate(times) if time.role == "at"}
    for number in numbers:
        if number.head in heads_taken or number.kind in ("share", "percent") or number.currency is not None:
            continue
        when = _right_behind(document, number.end, by_start)
        if when is not None and _BESIDE.search(document.text[max(0, number.start - 30) : number.start].rstrip()):
            before = _before(document, found, number.start, number.head)
            if before is not None:
                made.append(_counting(before, number, when))
    for token in document.tokens:
        if token.text.lower() == "many" and (figure := _as_many(document, found, token, heads)) is not None:
            made.append(figure)
    return made


def _right_behind(document: Document, end: int, by_start: dict[int, int]) -> int | None:
    """The time, by index, that stands right behind a number."""
    for start in range(end, min(end + 10, len(document.text))):
        if start in by_start:
            return by_start[start] if document.text[end:start].strip().lower() in _JOINTS else None
    return None


def _before(document: Document, found: Sequence[FigureFound], start: int, head: int) -> FigureFound | None:
    """The last figure before in the sentence, where it counts people or things harmed, and more than one by its words."""
    here = document.tokens[head].sentence
    earlier = [f for f in found if f.end <= start and document.tokens[f.head].sentence == here]
    last = max(earlier, key=lambda f: f.start, default=None)
    if last is None or last.measure not in _COUNTED or last.share is not None or start - last.end > _REACH:
        return None
    return last if document.tokens[last.head].upos == "NUM" else None


def _counting(before: FigureFound, number: NumberFound, when: int) -> FigureFound:
    """The number as a figure of what the one before counts, at its own time; the event of the one before is not its own."""
    return replace(
        before, start=number.start, end=number.end, head=number.head, low=number.low, best=number.best, high=number.high, approximate=number.approximate,
        times=(when,), event=None, rule=f"{before.rule}:elided", confidence=round(0.9 * before.confidence, 3),
    )  # fmt: skip


def _as_many(document: Document, found: Sequence[FigureFound], many: Token, heads: dict[int, int]) -> FigureFound | None:
    """ "Injured as many" and "12 soldiers and as many civilians": the number of the figure before, once or several times."""
    tokens = document.tokens
    after = tokens[many.i + 1] if many.i + 1 < len(tokens) else None
    if many.i < 2 or tokens[many.i - 1].text.lower() != "as" or (after is not None and after.text.lower() == "as"):
        return None
    lead = tokens[many.i - 2]
    first = lead if lead.text.lower() in _TIMES else tokens[many.i - 1]
    before = _before(document, found, first.start, many.i)
    if before is None:
        return None
    times = _TIMES.get(lead.text.lower(), 1.0)
    low, best, high = (None if n is None else float(int(n * times)) for n in (before.low, before.best, before.high))
    same = replace(before, start=first.start, end=many.end, head=many.i, low=low, best=best, high=high, rule=f"{before.rule}:as_many")
    noun = tokens[many.head]
    if after is not None and after.i == noun.i and noun.upos == "NOUN":
        if noun.deprel != "conj" or noun.head != before.who:
            return None
        return replace(same, end=noun.end, of=noun.text, who=noun.i)
    verb = next((t for t in document.ancestors(many.i) if t.upos == "VERB"), None)
    measure = _harm(verb) if verb is not None and verb.i in (first.i - 1, first.i - 2) else None
    if verb is None or measure is None:
        return None
    return replace(same, measure=measure, event=heads.get(verb.i), confidence=round(0.9 * before.confidence, 3))


def _harm(verb: Token) -> str | None:
    """What a verb alone says of its object, where it says that it was harmed."""
    rows = [row for row in rows_of("verb").get(verb.lemma.lower(), ()) if row["role"] in _HARMED and not row["needs"]]
    return next((row["measure"] for row in rows if row["measure"] in _COUNTED), None)
