"""Phrases that may refer: every name, noun phrase and pronoun of a document with the features that coreference compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.aliases import fold
from dateline.extraction.findings import Findings, MentionFound
from dateline.extraction.mentions_names import titles
from dateline.extraction.mentions_nouns import QUANTITIES, ActorNoun, is_plural, noun_at, phrase
from dateline.language.document import Document, Token
from dateline.lexicon import load
from dateline.resolution.gazetteer import SETTLED
from dateline.resolution.scene import PlaceResolved

PERSON, GROUP, PLACE, WEAPON, OTHER = "person", "actor", "place", "weapon", "other"
_PRONOUN_FORMS = {
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
    "i": "i me my mine myself",
    "we": "we us our ours ourselves",
    "you": "you your yours",
}
PRONOUN = {form: lemma for lemma, forms in _PRONOUN_FORMS.items() for form in forms.split()}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "several", "many", "no", "other", "each", "every", "few", "more", "most", "all"})
_SUBJECT = frozenset({"nsubj", "csubj"})
_LABEL_KINDS = {"PERSON": PERSON, "ORG": GROUP, "FORCE": GROUP, "NORP": GROUP, "PLACE": PLACE, "FACILITY": PLACE, "WEAPON": WEAPON}


@dataclass(slots=True, eq=False)
class Phrase:
    """One phrase that may refer, with what its words say about what it refers to."""

    i: int
    start: int
    end: int
    head: int
    first: int
    last: int
    form: str
    kind: str
    text: str
    words: tuple[str, ...]
    """Folded words without article and possessive."""
    lemma: str
    sentence: int
    number: str
    """singular, plural or group (either)."""
    definite: str
    """definite, indefinite, possessive, bare or name."""
    role: str
    mention: MentionFound | None = None
    noun: ActorNoun | None = None
    pronoun: str = ""
    gender: str = ""
    modifiers: frozenset[str] = frozenset()
    place: int | None = None
    """Index into the findings' places."""
    statement: int | None = None
    """Index of the innermost statement within whose content it stands."""
    key: str | None = None
    """Key of the who's who, once resolved."""
    country: str | None = None
    titles: frozenset[str] = frozenset()
    why: tuple[str, str] = ("", "")
    part: bool = False
    """Some of the members only ("three Taliban fighters"): never the whole group."""
    types: tuple[str, ...] = field(default=())
    of_state: bool = False
    """An adjective of nationality that stands for the state ("Russian claims")."""


def build(document: Document, findings: Findings, places: Sequence[PlaceResolved]) -> list[Phrase]:
    """The phrases of the document in text order: mentions, places, and the remaining noun phrases, which compete for pronouns."""
    place_heads = {p.head: i for i, p in enumerate(findings.places) if not p.adjectival}
    # "The London-based group" names London, though nothing is put there.
    beside = {p.head: i for i, p in enumerate(findings.places) if p.adjectival and i < len(places) and places[i].type in SETTLED}
    doers = {a.token for event in findings.events for a in event.arguments if a.role == "agent" and _is_states(document, a.token)}
    inside = _statements(document, findings)
    claim = {s.speaker for s in findings.statements}
    made: dict[int, Phrase] = {}
    for mention in findings.mentions:
        token = document.tokens[mention.head]
        modifier = mention.form == "name" and is_modifier(document, mention, token)
        if modifier and mention.head not in doers and mention.head not in claim:
            continue
        index = place_heads.get(mention.head)
        if index is None and mention.form == "name" and mention.label == "PLACE":
            index = beside.get(mention.head)
        sure = (
            index is not None and index < len(places) and places[index].type in ("region", "country", "water", "mountain") and mention.last - mention.first > 1
        )
        made.setdefault(mention.head, _phrase(document, mention, mention.head, index, inside, sure=sure))
        made[mention.head].of_state = modifier and mention.head in claim
    for head, index in place_heads.items():
        made.setdefault(head, _phrase(document, None, head, index, inside))
    named = {i for m in findings.mentions if m.form == "name" for i in range(m.first, m.last)} | {i for t in findings.times for i in range(t.first, t.last)}
    for token in document.tokens:
        if token.i not in made and token.i not in named and _is_noun_phrase(token):
            made[token.i] = _phrase(document, None, token.i, None, inside)
    ordered = sorted(made.values(), key=lambda p: (p.start, -p.end))
    for i, p in enumerate(ordered):
        p.i = i
    _harmonise(document, ordered)
    return ordered


def _harmonise(document: Document, phrases: Sequence[Phrase]) -> None:
    """One kind for each name: what the model labels once it may overlook or label otherwise elsewhere in the report."""
    kinds: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    surnames: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for p in phrases:
        if p.form == "name" and p.mention is not None and p.mention.label != "NORP":
            kinds[p.words][p.kind] += 1
            if p.kind == PERSON and len(p.words) > 1:
                surnames[p.words[-1]].add(p.words)
    for p in phrases:
        if (
            p.form == "pronoun"
            or (p.form == "noun" and (p.mention is not None or document.tokens[p.head].upos != "PROPN"))
            or (p.mention is not None and p.mention.label == "NORP")
        ):
            continue
        seen = kinds.get(p.words)
        kind = seen.most_common(1)[0][0] if seen else PERSON if len(p.words) == 1 and len(surnames.get(p.words[0], ())) == 1 else ""
        if kind and kind != p.kind and (p.place is None or p.kind != PLACE):
            p.kind, p.form, p.definite = kind, "name", "name"
            p.number = "singular" if kind == PERSON else "group"
            p.titles = _titles(document, p) if kind == PERSON else p.titles


def _statements(document: Document, findings: Findings) -> dict[int, int]:
    """Index of the innermost statement by token."""
    made: dict[int, int] = {}
    sizes = [(sum(e - s for s, e in found.content), i) for i, found in enumerate(findings.statements)]
    for _, i in sorted(sizes, reverse=True):
        for start, end in findings.statements[i].content:
            for token in document.tokens_in(start, end):
                made[token.i] = i
    return made


def is_modifier(document: Document, mention: MentionFound, token: Token) -> bool:
    """A nationality that only modifies ("Syrian" in "Syrian forces") refers to nobody by itself."""
    return mention.label == "NORP" and token.deprel.split(":")[0] in ("amod", "compound") and not _backs(document, token)


_STATES = frozenset(
    (
        "fire gunfire jet plane warplane aircraft helicopter gunship bomber drone tank artillery warship ship frigate destroyer submarine gunboat missile "
        "navy force shelling airstrike strike raid bombardment bombing bombings invasion incursion offensive attack assault operation siege occupation"
    ).split()
)
"""Arms and acts of which a nationality before them tells the state; rockets and mortars are others' too."""


def _is_states(document: Document, token: int) -> bool:
    word = document.tokens[token]
    return document.tokens[word.head].lemma.lower() in _STATES


def _backs(document: Document, token: Token) -> bool:
    return document.tokens[token.head].text.lower() in ("backed", "led", "supported", "sponsored", "trained", "funded", "allied", "aligned")


def _is_noun_phrase(token: Token) -> bool:
    base = token.deprel.split(":")[0]
    if token.upos == "PRON":
        return token.text.lower() in PRONOUN and base != "expl"
    return (
        token.upos in ("NOUN", "PROPN")
        and base not in ("compound", "flat", "goeswith", "fixed", "amod")
        and token.deprel not in ("nmod:desc", "nmod:unmarked", "obl:unmarked")
    )


def _phrase(document: Document, mention: MentionFound | None, head: int, place: int | None, inside: dict[int, int], *, sure: bool = False) -> Phrase:
    token = document.tokens[head]
    first, last = (mention.first, mention.last) if mention is not None else (head, head + 1) if token.upos == "PRON" else phrase(document, head)
    start, end = document.tokens[first].start, document.tokens[last - 1].end
    form = mention.form if mention is not None else "pronoun" if token.upos == "PRON" else "noun"
    pronoun = PRONOUN.get(token.text.lower(), "") if form == "pronoun" else ""
    noun = noun_at(document, head) if form == "noun" else None
    made = Phrase(
        0,
        start,
        end,
        head,
        first,
        last,
        form,
        _kind(mention, noun, place, pronoun, sure=sure),
        document.text[start:end],
        _words(document, first, last),
        token.lemma.lower(),
        token.sentence,
        _number(token, noun, mention, pronoun),
        _definiteness(document, head, form),
        _role(document, token),
        mention,
        noun,
        pronoun,
        place=place,
        statement=inside.get(head),
    )
    made.gender = {"he": "m", "she": "f"}.get(pronoun, "") or _gender(document, made)
    made.modifiers = _modifiers(document, head) if form == "noun" else frozenset()
    made.titles = _titles(document, made) if form == "name" and made.kind == PERSON else frozenset()
    made.part = form == "noun" and (
        made.definite == "indefinite" or any(c.deprel.startswith("nummod") for c in document.children(head)) or token.lemma.lower() in QUANTITIES
    )
    if noun is not None and made.kind in (GROUP, PERSON):
        made.types = noun.types
        if made.kind == GROUP and noun.kind == "person":
            made.types = noun.types or ("civilians",)
    return made


def _kind(mention: MentionFound | None, noun: ActorNoun | None, place: int | None, pronoun: str, *, sure: bool = False) -> str:
    if pronoun:
        return PERSON if pronoun in ("he", "she", "i") else ""
    if place is not None and (mention is None or mention.label in ("PLACE", "FACILITY") or mention.form == "noun" or sure):
        return PLACE
    if mention is not None and mention.form == "name":
        return _LABEL_KINDS.get(mention.label, OTHER)
    if noun is None:
        return OTHER
    return GROUP if noun.kind == PERSON and mention is not None and mention.label == "ACTOR" else noun.kind


def _words(document: Document, first: int, last: int) -> tuple[str, ...]:
    rows = [fold(t.text) for t in document.tokens[first:last] if t.upos not in ("DET", "PUNCT") and t.text.lower() not in ("'s", "’s", "the", "a", "an")]
    return tuple(r for r in rows if r)


def _number(token: Token, noun: ActorNoun | None, mention: MentionFound | None, pronoun: str) -> str:
    if pronoun:
        return "plural" if pronoun in ("they", "we") else "singular"
    if noun is not None and noun.number == "group":
        return "plural" if is_plural(token) else "group"
    if mention is not None and mention.form == "name":
        return "singular" if mention.label == "PERSON" else "group"
    return "plural" if is_plural(token) else "singular"


def _definiteness(document: Document, head: int, form: str) -> str:
    if form != "noun":
        return "name" if form == "name" else "pronoun"
    for child in document.children(head, "det", "nmod"):
        word = child.text.lower()
        if child.i < head and child.deprel.startswith("det"):
            return "definite" if word in _DEFINITE else "indefinite" if word in _INDEFINITE else "bare"
        if child.deprel == "nmod:poss":
            return "possessive"
    return "bare"


def _role(document: Document, token: Token) -> str:
    at = token
    while at.deprel == "conj" and at.head != at.i:
        at = document.tokens[at.head]
    base = at.deprel.split(":")[0]
    if document.tokens[at.head].deprel in ("amod", "compound"):
        return "modifier"
    if base in _SUBJECT:
        return "subject"
    return (
        {"obj": "object", "iobj": "object", "obl": "oblique", "nmod": "modifier", "appos": "appos", "root": "root"}.get(base, "other")
        if at.deprel != "nmod:poss"
        else "possessor"
    )


def _modifiers(document: Document, head: int) -> frozenset[str]:
    """Words that say which one is meant: adjectives, nouns and names before the head, and the nouns of its prepositional phrases."""
    found: set[str] = set()
    for child in document.children(head):
        base = child.deprel.split(":")[0]
        if base in ("amod", "compound", "nummod") or child.deprel == "nmod:poss":
            found.update(fold(t.text) for t in document.subtree(child.i) if t.upos in ("ADJ", "NOUN", "PROPN", "NUM", "VERB"))
        elif base == "nmod" and child.i > head:
            found.update(fold(t.text) for t in (child,) if t.upos in ("NOUN", "PROPN"))
    return frozenset(found - {""})


def _before(document: Document, p: Phrase) -> list[Token]:
    """The words before a name that belong to its noun phrase: titles and what describes the bearer."""
    left = phrase(document, p.head)[0]
    return list(document.tokens[min(left, p.first) : p.first])


def _titles(document: Document, p: Phrase) -> frozenset[str]:
    found = [t.lemma.lower() for t in _before(document, p) if t.upos in ("NOUN", "PROPN")]
    return frozenset(found)


@cache
def _first_names() -> dict[str, str]:
    return {r["name"]: r["gender"] for r in load("first_names.tsv", columns=("name", "gender"), key=("name",))}


def _gender(document: Document, p: Phrase) -> str:
    if p.form == "name" and p.kind == PERSON:
        for token in _before(document, p):
            known = titles().get(fold(token.text))
            if known is not None and known[1]:
                return known[1]
        return _first_names().get(document.tokens[p.first].text.capitalize(), "") if p.last - p.first > 1 else ""
    return _NOUN_GENDER.get(p.lemma, "") if p.form == "noun" else ""


_NOUN_GENDER = {
    **dict.fromkeys(
        (
            "man boy father son brother husband uncle nephew king prince spokesman businessman policeman chairman gentleman widower "
            "grandfather congressman gunman priest imam"
        ).split(),
        "m",
    ),
    **dict.fromkeys(
        (
            "woman girl mother daughter sister wife widow aunt niece queen princess spokeswoman businesswoman policewoman "
            "chairwoman lady nun grandmother congresswoman actress"
        ).split(),
        "f",
    ),
}
