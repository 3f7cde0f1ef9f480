"""What a time expression leans on: the publication day, the tense of its clause, and the dates already read before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token
from dateline.resolution.when_calendar import Interval, coarseness

_FUTURE_BEFORE = re.compile(
    r"\b(?:will|won't|would|shall|'ll|going to|plans?|planned|planning|scheduled|slated|expected|expects?|due|set|hopes?|intends?|aims?|ahead of|starting|effective"
    r"|deadline|expires?|upcoming|until|to be)\b",
    re.IGNORECASE,
)
_PAST_BEFORE = re.compile(r"\b(?:said|told|was|were|had|has|have|did|been|ended|since|killed|announced|reported|occurred|began|came|went|took|fell|rose|made)\b", re.IGNORECASE)
_FUTURE_LEMMAS = frozenset("plan schedule expect intend aim hope slate set due want promise vow pledge agree propose urge ask order demand decide prepare".split())


@dataclass(slots=True)
class Context:
    """The moving view of one report while its times are resolved in text order."""

    document: Document
    published: date | None
    resolved: list[tuple[TimeFound, Interval]] = field(default_factory=list)

    def note(self, found: TimeFound, interval: Interval) -> None:
        """Remember a date for those that lean on it later ("the following day")."""
        self.resolved.append((found, interval))

    def anchor(self, found: TimeFound, *, finest: str, within: int = 900) -> Interval | None:
        """The last date before an expression, in its own or a nearby sentence, that is as fine as ``finest``; None where there is none."""
        for earlier, interval in reversed(self.resolved):
            if found.start - earlier.end > within:
                return None
            if earlier.kind in ("date", "context", "ago", "offset", "clock") and interval.first is not None and coarseness(interval.precision) <= coarseness(finest):
                return interval
        return None

    def tense(self, found: TimeFound) -> str | None:
        """past, future or None, by the verb that governs the expression and the words before it."""
        verb = _governor(self.document, found)
        told = _tense_of(self.document, verb) if verb is not None else None
        return told or self._tense_by_words(found)

    def _tense_by_words(self, found: TimeFound) -> str | None:
        before = self.document.text[max(0, found.start - 90) : found.start]
        before = re.split(r"\.\s+(?=[A-Z\"'])|\n\s*\n|[;:]", before)[-1]
        future = [m.start() for m in _FUTURE_BEFORE.finditer(before)]
        past = [m.start() for m in _PAST_BEFORE.finditer(before)]
        if future and (not past or future[-1] > past[-1]):
            return "future"
        return "past" if past else None


def _governor(document: Document, found: TimeFound) -> Token | None:
    if not document.tokens or document.tokens[found.head].upos == "X":
        return None
    return next((t for t in document.ancestors(found.head) if t.upos in ("VERB", "AUX") or any(c.deprel == "cop" for c in document.children(t.i))), None)


def _tense_of(document: Document, verb: Token) -> str | None:
    helpers = [t for t in document.children(verb.i, "aux", "cop")]
    lemmas = {t.lemma.lower() for t in helpers}
    if lemmas & {"will", "shall", "'ll", "wo"} or "going" in {document.tokens[t.head].text.lower() for t in helpers}:
        return "future"
    if lemmas & {"would", "could", "should", "may", "might", "can", "must"}:
        return "future" if not lemmas & {"have"} else "past"
    if "Tense=Past" in verb.feats and "VerbForm=Fin" in verb.feats or any("Tense=Past" in t.feats for t in helpers) or "have" in lemmas:
        return "past"
    if "VerbForm=Inf" in verb.feats or any(t.text.lower() == "to" for t in document.children(verb.i, "mark")):
        governor = document.tokens[verb.head]
        return "future" if governor.i != verb.i else None
    if "VerbForm=Part" in verb.feats and "Tense=Past" in verb.feats:
        return "future" if verb.lemma.lower() in _FUTURE_LEMMAS else "past"
    if "Tense=Pres" in verb.feats and "VerbForm=Fin" in verb.feats:
        return "future" if verb.lemma.lower() in ("begin", "start", "expire", "end", "open", "vote", "go", "meet", "be", "resume", "face", "hold") else None
    return None
