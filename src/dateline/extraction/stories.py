"""What a film, a play or a novel tells, in the present tense as plots are told: no event, figure or control of the world."""

from __future__ import annotations

from functools import cache

from dateline.language.document import Document, Sentence, Token
from dateline.lexicon import load

_PLOTS = frozenset({"plot", "storyline", "story", "tale", "narrative", "opening", "scene"})
_RECALLING = frozenset(
    "recall recount describe remember testify say tell claim allege report explain show document record see film witness accuse interview".split()
)
"""Verbs beneath which a film tells of the world: "in the film, survivors describe how soldiers kill"."""
_TRUE = frozenset({"documentary", "footage", "newsreel", "archive", "docudrama", "biography", "memoir"})
_GAMES = frozenset({"video", "computer", "console", "mobile", "online", "role-playing", "arcade", "strategy", "shooter"})
_FINITE = frozenset({"VBZ", "VBP"})


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load("story_words.tsv", columns=("word", "kind", "example"), key=("word", "kind")) if row["kind"] == kind)


def story_tokens(document: Document) -> frozenset[int]:
    """The words by which a report tells a plot."""
    told: set[int] = set()
    goes_on = False
    works = {t.i for t in document.tokens if _is_work(document, t)}
    if not works:
        return frozenset()
    for sentence in document.sentences:
        root = next((t for t in document.tokens[sentence.first : sentence.last] if t.head == t.i), None)
        begins = _begins(document, sentence, root, works)
        same = sentence.i > 0 and document.sentences[sentence.i - 1].section == sentence.section
        goes_on = begins or (goes_on and same and root is not None and _present(document, root) and root.lemma.lower() not in _RECALLING)
        if goes_on:
            told.update(t.i for t in document.tokens[sentence.first : sentence.last] if _present(document, t) and not _recalled(document, t))
    return frozenset(told)


def _begins(document: Document, sentence: Sentence, root: Token | None, works: set[int]) -> bool:
    """Whether a sentence tells a plot: "In the film, ...", "The novel follows ...", "The plot of the play ..."."""
    if root is None or not _present(document, root) or any(t.lemma.lower() in _TRUE for t in document.tokens[sentence.first : sentence.last]):
        return False
    for token in document.tokens[sentence.first : sentence.last]:
        if token.i not in works:
            continue
        base = token.deprel.split(":")[0]
        within = {c.lemma.lower() for c in document.children(token.i, "case")} <= {"in", "throughout", "of"} and bool(document.children(token.i, "case"))
        if base == "obl" and within and token.head == root.i and root.lemma.lower() not in _RECALLING:
            return True
        if base == "nsubj" and token.head == root.i and root.lemma.lower() in _words("narrates"):
            return True
        above = document.tokens[token.head]
        if base == "nmod" and above.lemma.lower() in _PLOTS and above.head == root.i and above.deprel.split(":")[0] in ("nsubj", "obl"):
            return True
    return False


def _is_work(document: Document, token: Token) -> bool:
    """Whether a noun is a made story: with an article or somebody's, no documentary; a game only where it is played on a screen."""
    if token.upos != "NOUN" or token.lemma.lower() not in _words("work") or token.xpos == "NNS":
        return False
    before = [c for c in document.children(token.i, "compound", "amod", "det", "nmod", "flat") if c.i < token.i]
    words = {c.lemma.lower() for c in before}
    if words & _TRUE or not (before or document.children(token.i, "nmod:poss")):
        return False
    if any(c.lemma.lower() == "of" for n in document.children(token.i, "nmod") for c in document.children(n.i, "case")):
        return False  # "a series of attacks", "the play of power"
    if token.lemma.lower() == "game":
        return bool(words & _GAMES) or any(t.lemma.lower() in ("player", "gamer") for t in document.tokens[token.i + 1 : token.i + 6])
    return True


def _present(document: Document, token: Token) -> bool:
    """Whether a word stands in a clause in the present tense."""
    for _ in range(12):
        if token.upos in ("VERB", "AUX"):
            first = next((c for c in document.children(token.i, "aux", "cop")), token)
            if first.xpos in _FINITE or first.xpos == "VBD" or first.xpos == "MD":
                return first.xpos in _FINITE or first.text.lower() in ("must", "can", "will")
        elif (copula := next(iter(document.children(token.i, "cop", "aux")), None)) is not None:
            return copula.xpos in _FINITE
        if token.head == token.i:
            return False
        token = document.tokens[token.head]
    return False


def _recalled(document: Document, token: Token) -> bool:
    """Whether a word stands beneath a verb that tells of the world."""
    return any(t.lemma.lower() in _RECALLING and t.head != t.i for t in document.ancestors(token.i))
