"""Which characters the phrases of a statement cover: noun phrases of speakers, verb groups of cues, clauses of content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dateline.language.document import Document, Token

Piece = tuple[int, int]

EDGE = " \t\r\n\u00a0,;:-–—―"
MODAL = frozenset({"will", "would", "could", "may", "might", "should", "must", "can", "shall", "ought"})
OUTSIDE = frozenset({"parataxis", "case", "mark", "cc", "punct", "advcl", "discourse"})
"""Relations of what hangs on a noun without being part of its phrase."""
NEGATION = frozenset({"not", "never", "n't", "n’t", "nor", "neither", "no", "hardly"})


ABBREVIATION = re.compile(r"(?:^|[\s,])(?:[A-Z]|[A-Z][a-z]{1,4})$")
ABBREVIATED = re.compile(r"\.(?:,|\s[a-z])")
"""The full stop of a shortened word goes on in a comma or a small letter."""


def base(token: Token) -> str:
    """The relation of the token without its subtype."""
    return token.deprel.split(":")[0]


def subtree(document: Document, head: int, without: Collection[int] = ()) -> set[int]:
    """Indices of ``head`` and all beneath it, leaving out the branches that start at ``without``."""
    found, rows = {head}, [head]
    for i in rows:
        for child in document.children(i):
            if child.i not in without and child.i not in found:
                found.add(child.i)
                rows.append(child.i)
    return found


def runs(document: Document, tokens: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring tokens, first and last inclusive; a gap of punctuation alone does not part them."""
    found: list[tuple[int, int]] = []
    for i in sorted(tokens):
        if found and all(document.tokens[j].upos == "PUNCT" for j in range(found[-1][1] + 1, i)):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def pieces(document: Document, tokens: Iterable[int]) -> list[Piece]:
    """The characters of these tokens as pieces of running text, without edge punctuation and without pieces of punctuation only."""
    made = []
    for first, last in runs(document, tokens):
        piece = trim(document.text, document.tokens[first].start, document.tokens[last].end)
        if any(c.isalnum() for c in document.text[piece[0] : piece[1]]):
            made.append(piece)
    return made


def trim(text: str, start: int, end: int) -> Piece:
    """The stretch without blanks, commas, colons and dashes at its edges, nor a full stop at its end."""
    while start < end and text[start] in EDGE + ".":
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if end > start and text[end - 1] == "." and not text[max(start, end - 4) : end - 1].rpartition(" ")[2].replace(".", "").isupper():
        end -= 1
    return start, end


def phrase(document: Document, head: int, *, without: Collection[int] = ()) -> Piece:
    """The noun phrase of ``head``: the unbroken run around it, without a trailing clause or time that is not part of the name."""
    left_out = set(without) | {c.i for c in document.children(head) if base(c) in OUTSIDE}
    left_out |= {c.i for c in document.children(head) if c.deprel in ("nmod:tmod", "nmod:unmarked", "obl:tmod", "obl:unmarked")}
    left_out |= {c.i for c in document.children(head) if _loose(document, head, c)}
    tokens = subtree(document, head, left_out)
    tokens |= {c.i for c in document.children(head, "punct") if c.i not in without}
    first = last = head
    while first - 1 in tokens:
        first -= 1
    while last + 1 in tokens:
        last += 1
    while first > 0 and _title(document, first - 1, head):
        first -= 1
    start, end = document.tokens[first].start, _bracketed(document.text, document.tokens[last].end)
    return _balanced(document.text, *_plain_edges(document.text, start, end))


def _loose(document: Document, head: int, child: Token) -> bool:
    """Whether a modifier stands after a comma and tells of the moment, not who it is ("Clinton, at a rally, said")."""
    if child.i < head or child.deprel not in ("nmod", "acl", "acl:relcl", "obl", "amod"):
        return False
    first = min(subtree(document, child.i))
    comma = document.tokens[first - 1].text == "," or document.tokens[first].text == ","
    case = {c.lemma.lower() for c in document.children(child.i, "case")}
    return comma and not case & {"of", "from"}


def _title(document: Document, i: int, head: int) -> bool:
    """Whether the word is a title or description right before a name that the tree left apart ("rebel commander Ali")."""
    token, right = document.tokens[i], document.tokens[i + 1]
    if token.sentence != right.sentence or document.text[token.end : right.start] not in (" ", "\u00a0"):
        return False
    if right.upos not in ("NOUN", "PROPN") or base(token) in ("obl", "obj", "case", "cc", "mark", "advmod") or token.xpos.startswith("PRP"):
        return False
    if token.upos == "PROPN" or (token.upos == "NOUN" and right.upos == "PROPN"):
        return token.head >= i or base(right) in ("appos", "flat", "nsubj", "parataxis", "obj", "dep")
    return token.upos in ("ADJ", "DET") and token.head > i and right.upos == "NOUN"


def _bracketed(text: str, end: int) -> int:
    """The end with a short bracket right after the name ("(R-S.C.)", "(SOHR)")."""
    if text[end : end + 2] == " (":
        close = text.find(")", end, end + 24)
        return close + 1 if close > 0 else end
    return end


def _plain_edges(text: str, start: int, end: int) -> Piece:
    while start < end and text[start] in EDGE + "\"“”'‘’«»":
        start += 1
    while end > start and text[end - 1] in EDGE + '"“”«»':
        end -= 1
    if ABBREVIATED.match(text, end) and ABBREVIATION.search(text, max(start, end - 6), end):
        end += 1  # "of Gainesville, Fla., said"
    return start, end


def _balanced(text: str, start: int, end: int) -> Piece:
    """Without a bracket at the edge whose partner lies outside."""
    inside = text[start:end]
    if inside.startswith("(") and ")" not in inside:
        start += 1
    if inside.endswith(")") and "(" not in inside:
        end -= 1
    elif "(" in inside and ")" not in inside and text[end : end + 1] == ")":
        end += 1
    return start, end


def verb_group(document: Document, verb: int, prepositions: Collection[str] = (), start: int | None = None) -> tuple[int, int]:
    """First and last token (inclusive) of the verb with its auxiliaries, adverbs before it, particles and a preposition it governs."""
    first = last = verb
    helpers = {c.i for c in document.children(verb) if base(c) in ("aux", "cop") or c.deprel == "cc:preconj" or (base(c) == "advmod" and c.i < verb)}
    if start is not None:
        first = start
        helpers |= {c.i for c in document.children(start) if base(c) in ("aux", "cop") or (base(c) == "advmod" and c.i < start)}
    while first - 1 in helpers:
        first -= 1
    after = {c.i for c in document.children(verb, "compound:prt")}
    after |= {c.i for c in document.children(verb, "advmod") if c.lemma.lower() in ("out", "back", "away", "off")}
    while last + 1 in after:
        last += 1
    for step in (1, 2):  # "spoke of", "spoke briefly of"
        following = document.tokens[last + step] if last + step < len(document.tokens) else None
        if following is not None and following.lemma.lower() in prepositions and following.upos in ("ADP", "SCONJ"):
            last += step
            break
        if following is None or following.upos != "ADV" or following.head != verb:
            break
    return first, last


def auxiliaries(document: Document, verb: int) -> tuple[Token, ...]:
    """The auxiliaries of a verb, its own or those of the verb it is joined to."""
    token = document.tokens[verb]
    own = document.children(verb, "aux")
    while not own and token.deprel == "conj" and token.xpos in ("VB", "VBN", "VBG") and token.head != token.i and not document.children(token.i, "nsubj"):
        token = document.tokens[token.head]
        own = document.children(token.i, "aux")
    return own


def negated(document: Document, verb: int) -> bool:
    """Whether the verb is denied: not, never, neither, or a subject such as nobody."""
    for child in document.children(verb):
        lemma = child.lemma.lower()
        if base(child) in ("advmod", "cc") and (lemma in NEGATION or child.text.lower() in NEGATION) and child.i < verb:
            return True
        if base(child) == "nsubj" and (lemma in ("nobody", "none", "neither") or any(c.lemma.lower() in ("no", "neither") for c in _before(document, child))):
            return True
    return False


def _before(document: Document, noun: Token) -> tuple[Token, ...]:
    """The articles and the like of a subject ("no group", "neither the army nor the rebels")."""
    return tuple(c for c in document.children(noun.i, "det", "cc") if c.i < noun.i)


def merge(found: Sequence[Piece]) -> list[Piece]:
    """The pieces in text order, overlapping ones joined."""
    made: list[Piece] = []
    for start, end in sorted(found):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        elif end > start:
            made.append((start, end))
    return made
