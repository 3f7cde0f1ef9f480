"""Noun phrases: where they begin and end, and which nouns refer to actors, persons and weapons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.extraction.findings import MentionFound
from dateline.language.document import Document, Token
from dateline.lexicon import load

_COLUMNS = ("noun", "kind", "types", "number", "features")
_LEFT = frozenset({"det", "amod", "nummod", "compound", "nmod", "flat", "goeswith"})
_INNER = frozenset({"compound", "amod", "flat", "goeswith", "fixed"})
_LABELS = {"actor": "ACTOR", "person": "PERSON", "weapon": "WEAPON"}
# Heads that only count or measure those who follow: "dozens of fighters".
QUANTITIES = frozenset(
    (
        "dozen dozens hundred hundreds thousand thousands million millions scores tens number majority lot lots couple pair handful some many most "
        "several few all half part rest each none both one two three four five six seven eight nine ten remnant remnants wave waves"
    ).split()
)
# Without a determiner or modifier these nouns are mostly part of a phrase ("in force", "on patrol", "at the head of"), and refer to nobody.
_BARE = frozenset(
    (
        "force order command patrol mission house union press movement resistance body chief guard head leadership channel radio unit column court "
        "office bank fire mine outlet gun shell power arms execution prosecution executive administration council assembly congress opposition "
        "private major general public member source leader mob people community family man child minority party association"
    ).split()
)


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A row of the lexicon of nouns."""

    noun: str
    kind: str
    types: tuple[str, ...]
    number: str
    features: frozenset[str]


@cache
def actor_nouns() -> dict[str, ActorNoun]:
    """The nouns that refer to actors, persons and weapons, by the form they are listed in."""
    return {
        r["noun"]: ActorNoun(r["noun"], r["kind"], tuple(t for t in r["types"].split("|") if t), r["number"], frozenset(r["features"].split()))
        for r in load("actor_nouns.tsv", columns=_COLUMNS, key=("noun",))
    }


def is_plural(token: Token) -> bool:
    """Whether the token is plural by its features or tag."""
    return "Number=Plur" in token.feats or token.xpos in ("NNS", "NNPS")


def noun_at(document: Document, i: int) -> ActorNoun | None:
    """The row for the noun at token ``i``, with the words before it where they make one term ("security forces"), or None."""
    token = document.tokens[i]
    if token.upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    nouns = actor_nouns()
    first = document.sentence_of(i).first
    for length in (3, 2):
        if i - length + 1 >= first:
            words = [t.text.lower() for t in document.tokens[i - length + 1 : i + 1]]
            row = nouns.get(" ".join(words)) or nouns.get(" ".join([*words[:-1], token.lemma.lower()]))
            if row is not None and (token.upos != "ADJ" or words[0] == "the"):
                return row
    if token.upos == "ADJ":
        return None
    return nouns.get(token.text.lower()) or nouns.get(token.lemma.lower())


def phrase(document: Document, head: int, *, clauses: bool = False) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase headed by ``head``: with modifiers and prepositional phrases, without clauses or appositions.

    With ``clauses``, everything that hangs on the noun after it belongs to the phrase.
    """
    last = _right(document, head, inner=False, clauses=clauses) + 1
    cut = next((i for i in range(head + 1, last) if document.tokens[i].text in (":", ";", "--", "—")), last)
    return _left(document, head), cut if not clauses else last


def _left(document: Document, head: int) -> int:
    left = head
    for child in reversed(document.children(head)):
        if child.i >= head:
            continue
        base = child.deprel.split(":")[0]
        if base not in _LEFT:
            if child.upos == "PUNCT" and child.text in ("-", "‑", "‐", "–", ","):
                continue
            break
        if (
            any(c.deprel.split(":")[0] == "case" and c.i < child.i for c in document.children(child.i))
            and child.i < left
            and base == "nmod"
            and child.deprel != "nmod:poss"
        ):
            break
        left = min(left, _reach(document, child.i)[0])
        if child.deprel == "det" and child.text.lower() in ("the", "a", "an", "this", "that", "these", "those"):
            left = child.i
            break
    while (
        left < head
        and document.tokens[left + 1].text.lower() not in ("least", "most", "to")
        and document.tokens[left].upos in ("ADP", "CCONJ", "PUNCT", "SCONJ")
        and document.tokens[left].text not in ("(", "$")
    ):
        left += 1
    return left


def _reach(document: Document, i: int) -> tuple[int, int]:
    tree = document.subtree(i)
    return tree[0].i, tree[-1].i


_AFTER = frozenset({"nmod", "nummod", "flat", "compound", "goeswith", "fixed", "amod", "det"})
_WITH_CLAUSES = frozenset({"acl", "appos"})


def _right(document: Document, head: int, *, inner: bool, clauses: bool) -> int:
    """The last token of the phrase; what hangs on the head but stands apart from it is a mistake of the parser, and ends the phrase."""
    right = head
    wanted = _AFTER | ({"conj", "obl", "advmod"} if inner else set()) | (_WITH_CLAUSES if clauses else set())
    for child in document.children(head):
        base = child.deprel.split(":")[0]
        if child.i <= head or base in ("punct", "cc", "case"):
            continue
        if base not in wanted or not _adjoins(document, right, child.i):
            break
        if clauses and base in _WITH_CLAUSES:
            right = max(right, _reach(document, child.i)[1])
        else:
            right = max(right, _right(document, child.i, inner=True, clauses=clauses))
    return right


def _adjoins(document: Document, right: int, child: int) -> bool:
    """Whether between the phrase so far and what hangs on it stand only its own words, punctuation, articles, prepositions and conjunctions."""
    first = _reach(document, child)[0]
    return all(t.upos in ("PUNCT", "CCONJ", "ADP", "DET", "PART") for t in document.tokens[right + 1 : max(first, right + 1)])


def find_nouns(document: Document, names: Sequence[MentionFound]) -> Iterator[MentionFound]:
    """The mentions by nouns outside the ``names``; the name of a force right before a noun for its members belongs to the phrase ("ISIL fighters")."""
    covered = frozenset(i for m in names for i in range(m.first, m.last))
    persons = frozenset(m.first for m in names if m.label == "PERSON")
    forces = {m.last: m.first for m in names if m.label == "FORCE"}
    for token in document.tokens:
        if token.i in covered or token.deprel == "nmod:desc":
            continue
        if token.deprel.split(":")[0] in _INNER:
            if _acts_before(document, token, covered) or _holds_before(document, token):
                yield _modifier(document, token.i)
            continue
        row = noun_at(document, token.i)
        if row is None or _empty(document, token, row) or (row.kind == "person" and not is_plural(token) and _before_name(document, token.i, persons)):
            continue
        label = "ACTOR" if row.kind == "person" and is_plural(token) else _LABELS[row.kind]
        yield _mention(document, token.i, label, forces if "armed" in row.features else {})
        governor = document.tokens[token.head]
        if (
            token.deprel.startswith("nmod")
            and governor.lemma.lower() in QUANTITIES
            and governor.i < token.i
            and governor.i not in covered
            and _has_of(document, token)
        ):
            yield _mention(document, governor.i, label, {})


def _acts_before(document: Document, token: Token, covered: frozenset[int]) -> bool:
    """Whether the noun stands before a noun that is no actor, as who does it ("coalition airstrikes", "rebel shelling")."""
    row = noun_at(document, token.i)
    if row is None or token.deprel != "compound" or row.kind == "weapon" or not row.features & {"armed", "state"} and row.types != ("coalition",):
        return False
    governor = document.tokens[token.head]
    if token.text.lower() in ("military", "terrorist") or _DOING.search(governor.lemma.lower()) is None:
        return False
    return governor.i not in covered and governor.upos == "NOUN" and noun_at(document, governor.i) is None and row.noun.split()[-1] not in _BARE


_HELD = frozenset({"held", "controlled", "occupied", "ruled", "run", "besieged", "seized", "captured", "administered", "governed"})


def _holds_before(document: Document, token: Token) -> bool:
    """Whether the noun says who holds what follows ("rebel-held Idlib"), where the report has no other word for them."""
    if token.i + 2 >= len(document.tokens) or document.tokens[token.i + 1].text not in "-–‑" or document.tokens[token.i + 2].text.lower() not in _HELD:
        return False
    row, lemma = noun_at(document, token.i), token.lemma.lower()
    if row is None or row.kind == "weapon" or not (row.features & {"armed", "state"} or lemma == "opposition"):
        return False
    return not any(t.lemma.lower() == lemma and t.i != token.i and (is_plural(t) or t.deprel != "compound") for t in document.tokens)


# Nouns for what somebody does; before them, "rebel" or "coalition" says who ("coalition airstrikes"), before others it does not ("army base").
_DOING = re.compile(
    r"(?:tion|ment|ing|strike|attack|assault|raid|offensive|fire|advance|siege|ambush|campaign|control|gain|bombardment|crackdown|sweep|push|blockade|patrol)$"
)


def _modifier(document: Document, i: int) -> MentionFound:
    first = i
    before = document.tokens[i - 1] if i > document.sentence_of(i).first else None
    if before is not None and before.text.lower() in ("the", "this"):
        first = i - 1
    return MentionFound(document.tokens[first].start, document.tokens[i].end, first, i + 1, i, "noun", "ACTOR")


def _before_name(document: Document, i: int, persons: frozenset[int]) -> bool:
    """Whether the noun is a title of the person whose name follows at once, or after further titles."""
    for n in range(i + 1, min(i + 4, document.sentence_of(i).last)):
        if n in persons:
            return True
        if document.tokens[n].upos not in ("NOUN", "PROPN"):
            return False
    return False


def _has_of(document: Document, token: Token) -> bool:
    return any(c.lemma.lower() == "of" for c in document.children(token.i, "case"))


def _empty(document: Document, token: Token, row: ActorNoun) -> bool:
    """A noun that stands in a set phrase and refers to nobody, or a title before a name."""
    if token.xpos == "NNP" and token.deprel in ("nmod:desc", "flat"):
        return True
    if token.lemma.lower() == "source":
        return not any(c.lemma.lower() in _INFORMED for c in document.children(token.i, "amod", "compound")) and not token.deprel.startswith("nsubj")
    if token.lemma.lower() == "mission":
        return not any(c.lemma.lower() in _STATIONED or c.upos == "PROPN" for c in document.children(token.i, "amod", "compound"))
    if _part_of_a_title(document, token) or _of_business(document, token):
        return True
    if token.lemma.lower() == "department" and (is_plural(token) or any(c.upos == "PROPN" and c.text.islower() for c in document.children(token.i))):
        return True  # a division of a country, as in France and its former colonies, and in Latin America
    if token.lemma.lower() == "association" and _linked_with(document, token):
        return True
    following = document.tokens[token.i + 1] if token.i + 1 < len(document.tokens) else token
    if token.text.lower() in _RANKS_AND_ADJECTIVES and (following.upos in ("NOUN", "PROPN") or following.text.isupper()):
        return True
    dressed = any(c.i < token.i and c.deprel.split(":")[0] in ("det", "amod", "compound", "nummod", "nmod") for c in document.children(token.i))
    if dressed or is_plural(token) or " " in row.noun:
        return False
    return token.lemma.lower() in _BARE and not token.deprel.startswith("nsubj")


def _part_of_a_title(document: Document, token: Token) -> bool:
    """Whether the noun only fills a title ("secretary of state", "chief of staff") or a set phrase ("social forces")."""
    word = token.lemma.lower()
    if word in ("state", "staff"):
        bare = not document.children(token.i, "det", "amod", "nmod:poss") and token.upos != "PROPN"
        return bare and token.i > 0 and document.tokens[token.i - 1].text.lower() == "of"
    return word == "force" and any(c.lemma.lower() in _ABSTRACT for c in document.children(token.i, "amod", "compound"))


_ABSTRACT = frozenset(
    "social political democratic progressive market economic productive revolutionary cultural low full brute deadly excessive driving".split()
)


def _of_business(document: Document, token: Token) -> bool:
    """Whether "executive" is a manager, no government."""
    if token.lemma.lower() != "executive":
        return False
    return any(c.deprel == "compound" or c.text.lower() in ("a", "an", "chief", "senior") for c in document.children(token.i))


def _linked_with(document: Document, token: Token) -> bool:
    """Whether an association is a link ("his association with the group"), no body."""
    return any(c.lemma.lower() in ("with", "to", "between") for n in document.children(token.i, "nmod") for c in document.children(n.i, "case"))


# Ranks that before another noun are adjectives ("the last major stronghold"); before a person's name they are no phrase of their own either.
_RANKS_AND_ADJECTIVES = frozenset("major general private minor".split())
_STATIONED = frozenset(
    "peacekeeping diplomatic monitoring observer observation verification assistance stabilisation stabilization training trade un african".split()
)
_INFORMED = frozenset(
    "official military diplomatic government police security intelligence hospital medical local judicial rebel ministry army palestinian informed well".split()
)


def _mention(document: Document, head: int, label: str, forces: Mapping[int, int]) -> MentionFound:
    first, last = phrase(document, head)
    first = forces.get(first, first)
    return MentionFound(document.tokens[first].start, document.tokens[last - 1].end, first, last, head, "noun", label)
