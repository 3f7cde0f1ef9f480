"""Which words of a document name places: the model's names, the place lexicons, and words that tell a place's kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.extraction.findings import MentionFound
from dateline.extraction.mentions_ships import ships
from dateline.extraction.places_lexicon import demonyms, kinds, known, refusals, titles, with_article
from dateline.language.document import Document, Labelled, Token

_PLACES = frozenset({"PLACE", "FACILITY"})
_TIMES = frozenset({"DATE", "TIME", "QUANTITY"})
_SURE = 0.85
_FRAGMENTS = frozenset(
    "New North South East West Northern Southern Eastern Western San Santa St. Saint Fort Port Mount El La Los Las"
    " Al Abu Tel Tal Khan Deir Ain Ras Kafr Jabal Wadi".split()
)
_BEFORE = frozenset("in near outside at inside around across throughout towards toward from into".split())
_DATELINE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:([A-Z][A-Z'’.-]{2,}(?: (?:[A-Z][A-Z'’.-]+|DE|EL|AL))*)(?=(?:, [A-Z][\w .]{1,25})? ?(?:\([A-Z][\w ./]+\)|[—–]|--| - ))"
    r"|([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})(?=(?:, [A-Z][\w .]{1,25})? \([A-Z]{2,}[\w ./]*\) ?[—–-]))"
)
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " Ramadan Christmas Easter".split()
)


@dataclass(frozen=True, slots=True)
class NameFound:
    """Tokens ``first`` to ``last`` (exclusive) that name a place."""

    first: int
    last: int
    rule: str
    adjectival: bool = False
    """A demonym, or a name inside the name of something that is no place."""


def names_of_places(document: Document, mentions: Sequence[MentionFound]) -> tuple[NameFound, ...]:
    """The names of places in text order; none overlaps another."""
    taken = _Taken(document)
    for finder in (_labelled, _lexical, _kinded, _datelines, _after_preposition, _of_events):
        for found in finder(document):
            taken.offer(found)
    caseless = document.text.islower()
    for mention in mentions:
        # A word in small letters is no name where names are written with capitals: "the Christmas market".
        named = caseless or any(c.isupper() for c in document.text[mention.start : mention.end])
        if mention.form == "name" and mention.label in _PLACES and named:
            taken.offer(NameFound(mention.first, mention.last, "places:mention"))
    for found in _again(document, taken.sorted()):
        taken.offer(found)
    return taken.sorted()


def _again(document: Document, found: Sequence[NameFound]) -> Iterator[NameFound]:
    """Further mentions of names that the model took for places elsewhere in the report, unless they stand in a person's name."""
    tokens = document.tokens
    heard: dict[str, set[tuple[str, ...]]] = {}
    doubted = _otherwise(document)
    for name in found:
        if name.rule.startswith(("model", "places:dateline", "places:kind")) and not name.adjectival:
            words = tuple(t.text.title() if t.text.isupper() and len(t.text) > 3 else t.text for t in tokens[name.first : name.last])
            if len("".join(words)) > 3 and doubted.get(" ".join(words), 0) <= 0:
                heard.setdefault(words[0], set()).add(words)
    persons = _persons(document)
    for i, token in enumerate(tokens):
        for words in sorted(heard.get(token.text, ()), key=len, reverse=True):
            last = i + len(words)
            if tuple(t.text for t in tokens[i:last]) != words:
                continue
            cover = _cover(document, i)
            person = cover is not None and cover.label == "PERSON" and (cover.last - cover.first > len(words) or persons.get(words[0], 0) > 0)
            dated = cover is not None and cover.label in _TIMES
            if not person and not dated:
                yield NameFound(i, last, "places:again", adjectival=_inside(cover, i, last))
                break


def _otherwise(document: Document) -> dict[str, int]:
    """How much more often the model takes words for something else than for a place."""
    told: dict[str, int] = {}
    for name in document.names:
        text = " ".join(token.text for token in document.tokens[name.first : name.last])
        told[text] = told.get(text, 0) + (-1 if name.label in _PLACES else 1)
    return told


class _Taken:
    """The names accepted so far; a later offer that overlaps replaces what it wholly contains, and is refused otherwise."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_token: dict[int, NameFound] = {}
        self._at_sea = {i for ship in ships(document) for i in range(ship.first, ship.last)}

    def offer(self, found: NameFound) -> None:
        if found.first in self._at_sea:
            return
        rivals = {self._by_token[i] for i in range(found.first, found.last) if i in self._by_token}
        for rival in rivals:
            if not (found.first <= rival.first and rival.last <= found.last and (rival.last - rival.first) < (found.last - found.first)):
                return
        for rival in rivals:
            for i in range(rival.first, rival.last):
                del self._by_token[i]
        for i in range(found.first, found.last):
            self._by_token[i] = found

    def sorted(self) -> tuple[NameFound, ...]:
        return tuple(sorted(set(self._by_token.values()), key=lambda found: found.first))


def _labelled(document: Document) -> Iterator[NameFound]:
    persons = _persons(document)
    for name in document.names:
        if name.label not in _PLACES:
            continue
        trimmed = _trimmed(document, name.first, name.last)
        if trimmed is None:
            continue
        first, last = _whole(document, *trimmed)
        text = document.text[document.tokens[first].start : document.tokens[last - 1].end]
        if _impossible(document, text, first):
            continue
        if last - first == 1 and persons.get(text, 0) > 0 and not _located(document, first):
            continue
        yield NameFound(first, last, f"model:names:{name.label.lower()}")


def _impossible(document: Document, text: str, first: int) -> bool:
    """Whether words that the model took for a place cannot name one: times, peoples, initials, coordinates, acronyms, a person by the title before."""
    if text in _CALENDAR or text in _FRAGMENTS or text in refusals("always") or all(word in demonyms() for word in text.split()):
        return True
    if text.lower() in kinds("after"):
        return True
    acronym = text.isupper() and text.isalpha() and len(text) <= 5 and text not in known() and not _shouted(document, first)
    titled = first > 0 and document.tokens[first - 1].text in titles()
    return len(text) < 2 or not any(c.isupper() for c in text) or "°" in text or acronym or titled


def _shouted(document: Document, first: int) -> bool:
    """Whether the words beside are in capitals too, as in headlines and datelines."""
    sentence = document.sentence_of(first)
    words = [t.text for t in document.tokens[sentence.first : sentence.last] if t.text.isalpha()]
    return first == sentence.first or sum(word.isupper() for word in words) > len(words) / 2


def _persons(document: Document) -> dict[str, int]:
    """The words that the model takes for a person's name more often than for a place's."""
    told: dict[str, int] = {}
    for name in document.names:
        if name.label in ("PERSON", *_PLACES):
            for token in document.tokens[name.first : name.last]:
                weight = 1 if name.label == "PERSON" else -1
                told[token.text] = told.get(token.text, 0) + (weight if name.last - name.first == 1 or name.label == "PERSON" else 0)
    return told


def _located(document: Document, first: int) -> bool:
    return first > 0 and document.tokens[first - 1].text.lower() in ("in", "near", "outside", "around", "across")


def _whole(document: Document, first: int, last: int) -> tuple[int, int]:
    """The name with the proper nouns beside it that belong to it and that the model left to nothing else for sure ("New" + "Quay")."""
    tokens = document.tokens
    while last < len(tokens) and _belongs(document, tokens[last], tokens[last - 1], first, last, _cover(document, last)):
        last += 1
    while first > 0 and tokens[first - 1].text in _FRAGMENTS and tokens[first - 1].end + 1 == tokens[first].start:
        first -= 1
    return first, last


def _belongs(document: Document, token: Token, before: Token, first: int, last: int, cover: Labelled | None) -> bool:
    beside = token.start - before.end <= 1 and document.text[before.end : token.start] in (" ", "")
    if not beside or token.upos != "PROPN" or not token.text[:1].isupper() or not (cover is None or cover.score < _SURE):
        return False
    if token.text.lower() in kinds("after") and token.text.lower() not in ("state", "city"):
        return True
    tied = token.deprel == "flat" and first <= token.head < last
    compound = any(document.tokens[i].head == token.i and document.tokens[i].deprel == "compound" for i in range(first, last))
    doubted = cover is None or (cover.last - cover.first == 1 and cover.score < 0.6)
    return before.text in _FRAGMENTS or ((tied or compound) and doubted)


def _trimmed(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """The tokens without articles, prepositions, punctuation and possessive marks at the ends."""
    tokens = document.tokens
    small = frozenset(("the", "'s", "’s"))
    while first < last and (tokens[first].upos in ("PUNCT", "DET", "ADP", "PART") or tokens[first].text.lower() in small or _lower(tokens[first])):
        first += 1
    while first < last and (tokens[last - 1].upos in ("PUNCT", "ADP", "PART") or tokens[last - 1].text.lower() in ("'s", "’s", "'", "’", "the")):
        last -= 1
    for i in range(first + 1, last - 1):
        if tokens[i].text == "of" and tokens[i - 1].text.islower():
            first = i + 1
    while last - first > 1 and tokens[first].text in demonyms():
        first += 1
    return (first, last) if first < last else None


def _lower(token: Token) -> bool:
    """Whether a word begins in lower case and is no article of a name ("al-Bab")."""
    return token.text[:1].islower() and not re.match(r"(?:al|el|ad|as|ash|ar|an|az|de|la|d|l)\b", token.text)


def _lexical(document: Document) -> Iterator[NameFound]:
    """Demonyms, and names of the place lexicons, unless they stand in a person's name; inside another name they are modifiers."""
    tokens = document.tokens
    i = 0
    while i < len(tokens):
        last = _longest(tokens, i)
        if last is None:
            i += 1
            continue
        text = document.text[tokens[i].start : tokens[last - 1].end]
        cover = _cover(document, i)
        if not _refused(document, text, i, last, cover):
            people = text in demonyms()
            yield NameFound(i, last, "places:demonym" if people else "places:lexicon", adjectival=people or _inside(cover, i, last))
        i = last


def _cover(document: Document, i: int) -> Labelled | None:
    """The last of the names that hold a token."""
    names = document.names_at(i)
    return names[-1] if names else None


def _longest(tokens: Sequence[Token], i: int) -> int | None:
    text = tokens[i].text
    best = i + 1 if text in demonyms() else None
    for words in known().get(text, ()):
        if tuple(t.text for t in tokens[i : i + len(words)]) == words or (len(words) > 1 and _reads(tokens, i, words)):
            return max(best or 0, i + _spread(tokens, i, words))
    two = f"{text} {tokens[i + 1].text}" if i + 1 < len(tokens) else ""
    if two in demonyms():
        return i + 2
    return best


def _reads(tokens: Sequence[Token], i: int, words: tuple[str, ...]) -> bool:
    """Whether the tokens from ``i`` spell the words, however either is cut at hyphens and points."""
    return _spread(tokens, i, words) > 0


def _spread(tokens: Sequence[Token], i: int, words: tuple[str, ...]) -> int:
    """How many tokens from ``i`` spell the words; 0 where they do not."""
    aim = "".join(words)
    built = ""
    for n, token in enumerate(tokens[i : i + len(aim)], 1):
        built += token.text
        if built == aim:
            return n
        if not aim.startswith(built):
            return 0
    return 0


def _refused(document: Document, text: str, first: int, last: int, cover: Labelled | None) -> bool:
    tokens = document.tokens
    if text == "US" or text == "us":
        return text == "us"
    if cover is not None and cover.label == "PERSON" and (cover.last - cover.first > last - first or text in refusals("unlabelled")) and cover.score >= 0.4:
        return True
    if cover is not None and cover.label in _TIMES:
        return True
    beside = _neighbours(tokens, first, last)
    if last - first == 1 and first > 0 and tokens[first - 1].text in titles() and tokens[first - 1].upos == "PROPN":
        return True
    if text in with_article() and (first == 0 or tokens[first - 1].text.lower() != "the"):
        return True
    if text in refusals("unlabelled"):
        placed = cover is not None and cover.label in _PLACES
        return not (placed or tokens[last].text.lower() in kinds("after") if last < len(tokens) else placed)
    # A capitalised neighbour that belongs to no name of the model makes a longer name of something else ("Syria Relief", "Paris Saint-Germain").
    return cover is None and any(t.upos == "PROPN" and t.text not in demonyms() and t.deprel in ("flat", "compound") and _tied(t, first, last) for t in beside)


def _tied(token: Token, first: int, last: int) -> bool:
    return token.deprel == "flat" and first <= token.head < last


def _neighbours(tokens: Sequence[Token], first: int, last: int) -> list[Token]:
    return [tokens[i] for i in (first - 1, last) if 0 <= i < len(tokens)]


def _inside(cover: Labelled | None, first: int, last: int) -> bool:
    """Whether the name is a part of a longer name of something that is no place."""
    if cover is not None and cover.label == "EVENT" and cover.last == last:
        return False  # "the battle for Aleppo"
    return cover is not None and cover.label not in _PLACES and (cover.first < first or cover.last > last)


def _kinded(document: Document) -> Iterator[NameFound]:
    """Capitalised words with a capitalised word for a kind of place: "Walker County", "Lake Chad", "Royal Street"."""
    tokens = document.tokens
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        kind = kinds("after").get(token.text.lower())
        named = _capital(tokens, i - 1) or (kind == "road" and i > 0 and tokens[i - 1].text[:1].isupper())
        if kind and kind not in ("facility", "region", "city", "town") and named:
            first = i - 1
            while _capital(tokens, first - 1) and i - first < 3:
                first -= 1
            followed = _capital(tokens, i + 1)
            county = token.text in ("County", "Parish") and not (followed and tokens[i + 1].text.lower() in kinds("after"))
            if county or not (followed or _person_or_org(_cover(document, first), i) or tokens[i - 1].text.lower() in kinds("after")):
                yield NameFound(first, i + 1, f"places:kind:{kind}", adjectival=followed)
        ahead = kinds("before").get(token.text.lower())
        if ahead in ("water", "mountain") and _capital(tokens, i + 1) and not _person_or_org(_cover(document, i), i + 1):
            yield NameFound(i, i + 2, f"places:kind:{ahead}")


def _capital(tokens: Sequence[Token], i: int) -> bool:
    return 0 <= i < len(tokens) and tokens[i].text[:1].isupper() and tokens[i].upos == "PROPN" and tokens[i].text not in demonyms()


def _person_or_org(cover: Labelled | None, at: int) -> bool:
    return cover is not None and cover.label in ("PERSON", "ORG", "FORCE") and cover.last > at + 1


def _datelines(document: Document) -> Iterator[NameFound]:
    """The town in capitals that opens a report: "BEIRUT (AP)"."""
    for found in _DATELINE.finditer(document.text):
        tokens = document.tokens_in(*found.span(1 if found.group(1) else 2))
        if tokens:
            yield NameFound(tokens[0].i, tokens[-1].i + 1, "places:dateline")


def _after_preposition(document: Document) -> Iterator[NameFound]:
    """A proper noun after "in", "near" and the like that the model took for nothing, or doubtfully for something else."""
    tokens = document.tokens
    for i, token in enumerate(tokens[:-1]):
        if token.text.lower() not in _BEFORE or token.upos != "ADP":
            continue
        last = i + 1
        while last < len(tokens) and tokens[last].upos == "PROPN" and tokens[last].text[:1].isupper() and last - i <= 4:
            last += 1
        if last == i + 1 or tokens[i + 1].text in _CALENDAR or (last < len(tokens) and tokens[last].text in ("of", "for")):
            continue
        cover = _cover(document, i + 1)
        sure = token.text.lower() in ("in", "near", "outside", "inside")
        if (cover is None and sure) or (cover is not None and _weak(cover, token.text.lower(), last - i - 1)):
            yield NameFound(i + 1, last, "places:after_preposition")


_FOUGHT_OVER = frozenset("battle siege fall liberation recapture defence defense fight bombardment blockade retaking capture massacre bombing".split())


def _of_events(document: Document) -> Iterator[NameFound]:
    """The place for, of or in which an event is named ("the battle for Aleppo", "the siege of Homs")."""
    tokens = document.tokens
    for name in document.names:
        if name.label != "EVENT":
            continue
        for i in range(name.first, name.last - 1):
            if tokens[i].upos == "ADP" and tokens[i].text.lower() in ("for", "of", "in", "at") and all(t.upos == "PROPN" for t in tokens[i + 1 : name.last]):
                if i and tokens[i - 1].lemma.lower() in _FOUGHT_OVER:
                    yield NameFound(i + 1, name.last, "places:named_event")
                break


def _weak(cover: Labelled, preposition: str, length: int) -> bool:
    if cover.label in _TIMES or cover.label in ("NORP", "EVENT"):
        return False
    limit = 0.75 if preposition in ("in", "near", "outside") else 0.4
    return cover.score < limit and length == cover.last - cover.first and length <= 2
