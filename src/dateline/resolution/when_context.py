"""What a time expression leans on: the publication day, the tense of its clause, and the dates already read before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token
from dateline.lexicon import load
from dateline.resolution.when_calendar import Interval, coarseness


@cache
def _cues(effect: str) -> tuple[str, ...]:
    rows = load("tense_cues.tsv", columns=("cue", "effect", "note"), key=("cue", "effect"))
    return tuple(row["cue"] for row in rows if row["effect"] == effect)


@cache
def _any_of(effect: str, ending: str = "") -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in sorted(_cues(effect), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b{ending}", re.IGNORECASE)


@dataclass(slots=True)
class Context:
    """The moving view of one report while its times are resolved in text order."""

    document: Document
    published: date | None
    resolved: list[tuple[TimeFound, Interval]] = field(default_factory=list)
    carried: set[int] = field(default_factory=set)
    """Starts of the expressions that took their year from a full date before them."""
    guessed: set[int] = field(default_factory=set)
    """Starts of the clock times that were put on the publication day because no day was told near them."""

    def note(self, found: TimeFound, interval: Interval) -> None:
        """Remember a date for those that lean on it later ("the following day")."""
        days = [day for day in (interval.first, interval.last) if day is not None]
        if days and all(1000 <= day.year <= 3000 for day in days):
            self.resolved.append((found, interval))

    def anchor(self, found: TimeFound, *, finest: str, within: int = 900, same_line: bool = False) -> Interval | None:
        """The last date before an expression, in its own or a nearby sentence, that is as fine as ``finest``; None where there is none.

        What looks back from a date ("a year earlier") does not lean on another that did the same.
        """
        looks_back = found.rule in ("unit_earlier", "period_ago", "year_earlier_adj", "ago", "the_day")
        for earlier, interval in reversed(self.resolved):
            if found.start - earlier.end > within or (same_line and "\n" in self.document.text[earlier.end : found.start]):
                return None
            if looks_back and earlier.kind in ("ago", "offset"):
                continue
            # "Since Tuesday" bounds what is told; the day meant is one on which something was told to happen.
            if found.rule == "the_day" and earlier.role in ("since", "until"):
                continue
            if earlier.start in self.guessed:
                continue
            if earlier.kind not in ("date", "context", "ago", "offset", "clock") or interval.first is None:
                continue
            if coarseness(interval.precision) <= coarseness(finest):
                return interval
        return None

    def stated(self, found: TimeFound, *, within: int) -> Interval | None:
        """The last month or day before an expression that the text gives with its year, close by."""
        for earlier, interval in reversed(self.resolved):
            if found.start - earlier.end > within:
                return None
            if (earlier.slot("year") is not None or earlier.start in self.carried) and earlier.slot("month") is not None:
                return interval
        return None

    def tense(self, found: TimeFound) -> str | None:
        """past, future or None, by the verb that governs the expression and the words before it."""
        return self.weighed_tense(found)[0]

    def weighed_tense(self, found: TimeFound) -> tuple[str | None, bool]:
        """The tense as ``tense`` has it, and whether a verb that governs the expression itself says it."""
        just_before = self.document.text[max(0, found.start - 30) : found.start]
        if found.role != "until" and _any_of("just_before", r"(?: on| in| by| for| at)?(?: the)? $").search(just_before):
            return "future", False
        if found.slot("month") is not None and re.search(r"\bfor(?: the)? $", just_before):
            return "future", False
        if found.slot("month") is not None and _premodifies(self.document, found):
            return None, False
        verb, direct = _governor(self.document, found)
        if verb is None:
            return self._tense_by_words(found), False
        told = _tense_of(self.document, verb)
        if told == "past" and verb.end <= found.start and self._points_ahead(verb, found):
            return "future", False
        return (told, direct and "VerbForm=Inf" not in verb.feats) if told else (self._tense_by_words(found), False)

    def _points_ahead(self, verb: Token, found: TimeFound) -> bool:
        """Past verb, time ahead: "said he would leave Thursday", "gave them until Tuesday"."""
        if re.search(r"\b(?:will|would|won't)\b", self.document.text[verb.end : found.start]):
            return True
        return found.role == "until" and verb.lemma.lower() in _cues("put_off")

    def _tense_by_words(self, found: TimeFound) -> str | None:
        before = self.document.text[max(0, found.start - 90) : found.start]
        before = re.split(r"\.\s+(?=[A-Z\"'])|\n\s*\n|[;:]", before)[-1]
        future = [m.start() for m in _any_of("ahead").finditer(before)]
        past = [m.start() for m in _any_of("back").finditer(before)]
        if future and (not past or future[-1] > past[-1]):
            return "future"
        return "past" if past else None


def _premodifies(document: Document, found: TimeFound) -> bool:
    """Whether the expression stands before the noun that it belongs to ("the Sept. 17 strike")."""
    if not document.tokens:
        return False
    head = document.tokens[document.tokens[found.head].head]
    return head.i >= found.last and head.upos in ("NOUN", "PROPN") and head.sentence == document.tokens[found.head].sentence


def _governor(document: Document, found: TimeFound) -> tuple[Token | None, bool]:
    """The verb or copular predicate above the expression, and whether the expression hangs on it without a noun between."""
    if not document.tokens or document.tokens[found.head].upos == "X":
        return None, False
    for steps, token in enumerate(document.ancestors(found.head)):
        if token.upos in ("VERB", "AUX") or document.children(token.i, "cop"):
            return token, steps == 0
    return None, False


def _tense_of(document: Document, verb: Token, steps: int = 0) -> str | None:
    """The tense that a verb puts its time in: plans point ahead in any tense, an infinitive goes with the verb above it."""
    helpers = document.children(verb.i, "aux", "cop")
    lemmas = {t.lemma.lower() for t in helpers}
    perfect = "have" in lemmas or any(t.text.lower() == "had" for t in helpers)
    if lemmas & {"will", "shall", "'ll", "wo", "would"}:
        return "past" if perfect and "would" in lemmas else "future"
    if lemmas & {"should", "may", "might", "can", "must"}:
        return "past" if perfect else "future"
    if verb.lemma.lower() in _cues("plan") and not any(t.text.lower() == "had" for t in helpers):
        return "future"
    infinitive = "VerbForm=Inf" in verb.feats or any(t.text.lower() == "to" for t in document.children(verb.i, "mark"))
    if infinitive and any("VerbForm=Fin" in t.feats and t.lemma == "be" for t in helpers):
        return "future"
    if infinitive and "could" not in lemmas:
        above = next((t for t in document.ancestors(verb.i) if t.upos in ("VERB", "AUX", "ADJ")), None)
        if above is not None and above.lemma.lower() in _cues("order"):
            return "future"
        return _tense_of(document, above, steps + 1) if above is not None and steps < 4 else None
    if "Tense=Past" in verb.feats or perfect or any("Tense=Past" in t.feats for t in helpers):
        return "past"
    if "Tense=Pres" in verb.feats and "VerbForm=Fin" in verb.feats:
        return "future" if verb.lemma.lower() in _cues("present") else None
    return None
