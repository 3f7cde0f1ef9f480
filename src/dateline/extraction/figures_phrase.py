"""What a number counts: the noun it belongs to, its class and unit, and the words for those counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.extraction.numbers import NumberFound
from dateline.language.document import Document, Token
from dateline.lexicon import load

_COUNTING = frozenset({"nummod", "det", "amod", "compound", "advmod", "nmod", "det:predet"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "SYM", "NUM", "ADJ"})
_PERSONAL = frozenset({"we", "they", "us", "them", "whom", "who", "those", "others", "you"})
_LISTING = frozenset({",", "and", "or", "to", "-", "–", "of", "between", "about", "around"})
_PLAIN = frozenset({"", "person", "force", "group", "harm"})


@dataclass(frozen=True, slots=True)
class Kind:
    """How a noun is counted: its class, unit, and the measure that it means by itself."""

    type: str
    unit: str
    measure: str | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number with what it counts."""

    anchor: int
    """The token that carries the phrase's relation to the rest ("dozens" in "dozens of people were killed")."""
    noun: int | None
    """The noun counted; None for a bare number."""
    kind: Kind
    of: str | None
    start: int
    end: int


@cache
def _counted() -> dict[str, Kind]:
    rows = load("counted.tsv", columns=("noun", "class", "unit", "measure"), key=("noun",))
    return {row["noun"]: Kind(row["class"], row["unit"], row["measure"] or None) for row in rows}


def kind_of(document: Document, noun: Token) -> Kind | None:
    """How ``noun`` is counted; None when the lexicon does not know it."""
    table = _counted()
    lemma = noun.lemma.lower()
    for child in document.children(noun.i, "compound", "amod", "flat"):
        if child.i == noun.i - 1:
            pair = f"{child.text.lower()} {lemma}"
            if pair in table:
                return table[pair]
    for key in (lemma, noun.text.lower(), _singular(noun.text.lower())):
        if key in table:
            return table[key]
    return None


def _singular(word: str) -> str:
    """The likely singular, for words that the lemmatiser does not know."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def personal(document: Document, noun: Token) -> bool:
    """Whether the noun names people: a personal pronoun, a people, a person or a group's members by name."""
    if noun.upos == "PRON":
        return noun.text.lower() in _PERSONAL
    if any(n.label in ("NORP", "PERSON") for n in document.names_at(noun.i)):
        return True
    return noun.upos == "PROPN" and (noun.xpos == "NNPS" or "Number=Plur" in noun.feats)


def phrase_of(document: Document, number: NumberFound) -> Phrase | None:
    """The phrase that a number makes with what it counts; None when the number counts nothing (a label, a distance, an age)."""
    head = document.tokens[number.head]
    if document.text[max(0, number.start - 1) : number.start] == "[" and document.text[number.end : number.end + 1] == "]":
        return None
    noun = _noun(document, number, head)
    if noun is None:
        if _labels(document, number, head) or _age(document, number):
            return None
        return Phrase(_anchor(document, number, head), None, Kind("", "people", None), None, number.start, number.end)
    if noun.i < number.first:
        return None
    kind = kind_of(document, noun)
    if kind is None:
        kind = Kind("person", "people", None) if personal(document, noun) else Kind("", noun.text.lower(), None)
    if kind.type == "not" or (kind.type == "money" and number.share is None and not number.best and not number.low and not number.high):
        return None
    if kind.unit == noun.lemma.lower() and noun.xpos in ("NNS", "NNPS"):
        kind = Kind(kind.type, noun.text.lower(), kind.measure)
    end = _end(document, noun)
    start_of = _skip_of(document, number)
    of = document.text[start_of:end].strip() if start_of < end else None
    anchor = _anchor(document, number, head) if head.i != noun.i and noun.i in {t.i for t in document.subtree(head.i)} else noun.i
    return Phrase(anchor, noun.i, kind, of or None, number.start, max(number.end, noun.end))


def _anchor(document: Document, number: NumberFound, head: Token) -> int:
    while number.first <= document.tokens[head.i].head < number.last and head.head != head.i:
        head = document.tokens[head.head]
    return head.i


def _noun(document: Document, number: NumberFound, head: Token) -> Token | None:
    """The noun that a number counts: the "of" noun of a quantity, or the noun that the number modifies."""
    for child in document.children(head.i, "nmod"):
        if child.i >= number.last and any(c.lemma.lower() in ("of", "among") and c.i - number.last <= 1 for c in document.children(child.i, "case")):
            return child
    governor = document.tokens[head.head]
    if head.i != governor.i and head.deprel in _COUNTING and governor.upos in _NOMINAL and not number.first <= governor.i < number.last:
        if governor.upos == "NUM" and governor.i > number.last:
            return None
        if _comma_between(document, number.last, governor.i):
            return _run(document, number.last) or governor
        if head.deprel in ("nmod", "advmod", "compound") and (governor.i < number.first or governor.upos == "ADJ"):
            return None
        return governor
    if number.kind in ("share", "percent", "some", "many") or head.upos == "NUM":
        return _next_noun(document, number, head) or _plural_behind(document, number)
    return None


def _plural_behind(document: Document, number: NumberFound) -> Token | None:
    """The plural noun right behind a number that the tree ties to something else."""
    noun = _run(document, number.last)
    return noun if noun is not None and noun.xpos in ("NNS", "NNPS") and number.share is None else None


def _next_noun(document: Document, number: NumberFound, head: Token) -> Token | None:
    """The noun that follows a number whose tree does not say what it counts."""
    for token in document.children(head.i, "nmod", "appos", "dep", "flat", "compound", "obl"):
        if token.i >= number.last and token.upos in ("NOUN", "PROPN") and token.i - number.last <= 3 and not _comma_between(document, number.last, token.i):
            return token
    return None


def _comma_between(document: Document, first: int, last: int) -> bool:
    return any(document.tokens[k].upos in ("VERB", "ADP", "AUX", "CCONJ") or document.tokens[k].text == "," for k in range(first, last))


def _run(document: Document, first: int) -> Token | None:
    """The last noun of the unbroken run of adjectives, nouns and hyphened participles that begins at ``first``."""
    found = None
    for token in document.tokens[first : first + 7]:
        joined = token.text in "-–" or (token.upos == "VERB" and document.tokens[token.i - 1].text in "-–")
        if token.upos in ("NOUN", "PROPN"):
            found = token
        elif token.upos != "ADJ" and not joined:
            break
    return found


def _labels(document: Document, number: NumberFound, head: Token) -> bool:
    """Whether a bare number names or dates something: an age between commas, "Article 5", a number in brackets."""
    if head.deprel in ("nummod", "appos", "flat", "nmod", "compound", "advmod", "list", "dep") and document.tokens[head.head].i < head.i:
        governor = document.tokens[head.head]
        case = next((c.lemma.lower() for c in document.children(head.i, "case")), "")
        return case not in ("of", "to", "at", "including") and governor.upos in ("NOUN", "PROPN", "NUM", "SYM", "ADJ")
    written = document.text[number.start : number.end]
    return number.kind == "digits" and written.isdigit() and len(written) == 4 and written[0] in "12"


def _age(document: Document, number: NumberFound) -> bool:
    """Whether a bare number is an age behind "aged" or "the ages of", alone or in a list ("aged 12, 14 and 17")."""
    at = number.first - 1
    while at >= 0 and (document.tokens[at].upos == "NUM" or document.tokens[at].text.lower() in _LISTING):
        at -= 1
    return at >= 0 and document.tokens[at].text.lower() in ("aged", "ages", "age") and document.tokens[at].sentence == document.tokens[number.first].sentence


def _skip_of(document: Document, number: NumberFound) -> int:
    at = number.end
    rest = document.text[at : at + 200]
    stripped = rest.lstrip()
    at += len(rest) - len(stripped)
    for word in ("of the ", "of ", "more "):
        if stripped.lower().startswith(word):
            return at + len(word)
    return at


def _end(document: Document, noun: Token) -> int:
    """Where the words for those counted end: the noun, with "of ..." behind it."""
    end = noun.end
    for child in document.children(noun.i, "flat", "fixed"):
        end = max(end, child.end) if child.i > noun.i else end
    for child in document.children(noun.i, "nmod"):
        case = next((c.lemma.lower() for c in document.children(child.i, "case")), "")
        reach = document.reach(child.i)
        if child.i > noun.i and case in ("of", "from") and reach[1] - noun.end < 80 and "," not in document.text[noun.end : reach[1]]:
            end = max(end, reach[1])
    return end
