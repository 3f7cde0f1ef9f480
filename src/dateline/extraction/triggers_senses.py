"""What kind of thing a word is, and whether a passage is about armed conflict: the ground on which trigger rows choose a sense."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from dateline.extraction.findings import MentionFound, PlaceFound
from dateline.extraction.triggers import SPECIAL, classes
from dateline.extraction.voice import case_of
from dateline.language.document import Document, Token

_SELF = frozenset({"himself", "herself", "themselves", "itself"})


class Senses:
    """The classes of the words of one document."""

    def __init__(self, document: Document, mentions: Sequence[MentionFound], places: Sequence[PlaceFound]) -> None:
        self.document = document
        self._labels: dict[int, set[str]] = {}
        for mention in mentions:
            self._labels.setdefault(mention.head, set()).add(mention.label)
        for name in document.names:
            self._labels.setdefault(document.head_of(name.first, name.last).i, set()).add(name.label)
        self._inside: dict[int, set[str]] = {}
        for name in document.names:
            for i in range(name.first, name.last):
                self._inside.setdefault(i, set()).add(name.label)
        self._places = frozenset(place.head for place in places if not place.adjectival)
        self._classes = classes()
        self._any: dict[tuple[int, frozenset[str]], bool] = {}

    def labels(self, token: int) -> set[str]:
        """Labels of the mentions that a token heads."""
        return self._labels.get(token, set())

    def named(self, token: int, labels: frozenset[str]) -> bool:
        """Whether a token is part of a name with one of these labels."""
        return not labels.isdisjoint(self._inside.get(token, ()))

    def words(self, token: Token) -> frozenset[str]:
        """The forms under which a token is looked up in the classes."""
        return self._words[token.i]

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [_forms(t.text, t.lemma, noun=t.upos in ("PROPN", "NOUN")) for t in self.document.tokens]

    def is_any(self, token: int, wanted: frozenset[str]) -> bool:
        """Whether a token is one of these words or belongs to one of these classes."""
        known = self._any.get((token, wanted))
        if known is None:
            words, kinds = _parted(wanted)
            known = not words.isdisjoint(self.words(self.document.tokens[token])) or any(self.is_a(token, each) for each in kinds)
            self._any[token, wanted] = known
        return known

    def is_a(self, i: int, wanted: str) -> bool:
        """Whether a token is this word (lower case) or belongs to this class (upper case)."""
        token = self.document.tokens[i]
        if not wanted.isupper():
            return wanted in self.words(token)
        return self._special(token, wanted) if wanted in _SPECIALS else self._listed(token, wanted)

    def _special(self, token: Token, wanted: str) -> bool:
        labels = self.labels(token.i)
        match wanted:
            case "ANY":
                return True
            case "ARMED":
                return self._armed(token)
            case "FORCE" | "ORG" | "NORP":
                return wanted in labels
            case "PERSONNAME":
                return "PERSON" in labels and token.upos == "PROPN"
            case "PLACENAME":
                return token.i in self._places and token.upos in ("PROPN", "X", "NOUN") or "PLACE" in labels and token.upos == "PROPN"
            case "PLACE":
                return token.i in self._places or "PLACE" in labels or "FACILITY" in labels or self._listed(token, "PLACEWORD")
            case "STATE":
                return bool(labels & {"PLACE", "NORP"}) or not self._classes["STATEWORD"].isdisjoint(self.words(token))
            case "PEOPLE":
                return self._people(token)
            case "HARM":
                return self._people(token) or self._armed(token) or self._listed(token, "POLICE")
            case "NAME":
                return token.upos == "PROPN"
            case "NUM":
                return token.upos == "NUM"
            case "PRONOUN":
                return token.upos == "PRON"
            case "SELF":
                return token.text.lower() in _SELF
            case "ACTOR":
                return self._armed(token) or self._listed(token, "POLICE") or self._special(token, "STATE") or "ORG" in labels
            case _:
                return False

    def _listed(self, token: Token, wanted: str) -> bool:
        listed = self._classes[wanted]
        if not listed.isdisjoint(self.words(token)):
            return True
        if wanted in ("WEAPON", "BUILDING"):
            return {"WEAPON": "WEAPON", "BUILDING": "FACILITY"}[wanted] in self.labels(token.i)
        return self._counted(token) and any(self._listed(t, wanted) for t in self._of(token))

    def _armed(self, token: Token) -> bool:
        if "FORCE" in self.labels(token.i):
            return True
        words = self.words(token)
        if not self._classes["ARMED"].isdisjoint(words):
            return True
        if self._counted(token) and any(self._armed(t) for t in self._of(token)):
            return True
        if self._classes["WEAKARMED"].isdisjoint(words):
            return False
        for child in self.document.children(token.i):
            if child.deprel.split(":")[0] in ("amod", "compound") and (child.lemma.lower() in self._classes["ARMEDADJECTIVE"] or self._armed_name(child)):
                return True
        return any(self._armed_name(t) for t in self._of(token))

    def _armed_name(self, token: Token) -> bool:
        return "FORCE" in self.labels(token.i) or not self._classes["ARMED"].isdisjoint(self.words(token))

    def _people(self, token: Token) -> bool:
        if token.upos == "PRON":
            return token.lemma.lower() in self._classes["PEOPLEPRONOUN"]
        labels = self.labels(token.i)
        if "PERSON" in labels or ("NORP" in labels and token.deprel not in ("amod", "compound")):
            return True
        return self._listed(token, "CIVILIAN") or (token.upos == "NUM" and token.deprel.split(":")[0] in ("nsubj", "obj", "conj", "nmod", "appos"))

    def _counted(self, token: Token) -> bool:
        return token.upos == "NUM" or not self._classes["COUNTED"].isdisjoint(self.words(token))

    def _of(self, token: Token) -> list[Token]:
        found = [t for t in self.document.children(token.i, "nmod", "obl") if case_of(self.document, t) in ("of", "from", "among")]
        return found + [c for t in found for c in self.document.children(t.i, "conj")]  # "members of the police and the guerrillas"

    @cached_property
    def _martial(self) -> tuple[int, ...]:
        """For each sentence, how many of its words speak of armed conflict."""
        return tuple(sum(self.is_martial(t) for t in self.document.tokens[s.first : s.last]) for s in self.document.sentences)

    def is_martial(self, token: Token) -> bool:
        """Whether a word by itself speaks of armed conflict."""
        return not self._classes["MARTIAL"].isdisjoint(self.words(token)) or "FORCE" in self.labels(token.i)

    @cached_property
    def _elsewhere(self) -> bool:
        """Whether the whole text is about something else: an election, sport, business or the arts."""
        kinds = [self._classes[c] for c in ("POLITICS", "SPORT", "BUSINESS", "CULTURE")]
        counts = [len([words for words in self._words if not kind.isdisjoint(words)]) for kind in kinds]
        total = max(len(self.document.tokens), 1)
        return max(counts) > 2 * sum(self._martial) and max(counts) / total > 0.012 and total > 40

    def in_context(self, token: int) -> bool:
        """Whether the words around a token are about armed conflict; the token itself does not count."""
        here = self.document.tokens[token].sentence
        own = self._martial[here] - self.is_martial(self.document.tokens[token])
        if own >= 2 or (own and not self._elsewhere):
            return True
        if self._elsewhere:
            return False
        near = sum(self._martial[max(here - 1, 0) : here]) + sum(self._martial[here + 1 : here + 2])
        others = sum(self._martial) - self.is_martial(self.document.tokens[token])
        return near >= 2 or others / max(len(self.document.tokens), 1) > 0.025


_SPECIALS = SPECIAL | {"ARMED"}


@lru_cache(maxsize=100_000)
def _forms(text: str, lemma: str, *, noun: bool) -> frozenset[str]:
    text = text.lower()
    found = {text, lemma.lower()}
    if noun and len(text) > 3 and text.endswith("s") and not text.endswith("ss"):
        found.add(text[:-1])
    if "-" in text:
        found.add(text.rsplit("-", 1)[1])
    return frozenset(found)


@cache
def _parted(wanted: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words and the classes among what a row wants."""
    return frozenset(each for each in wanted if not each.isupper()), tuple(sorted(each for each in wanted if each.isupper()))
