"""What is said: the complements of a cue, as tokens of the tree, by the frames of its lexicon row."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extraction.statements_lexicon import CueRow, cue_rows
from dateline.extraction.statements_spans import base, subtree
from dateline.language.document import Document, Token

ASIDE = frozenset({"as", "though", "although", "while", "after", "before", "because", "since", "when"})


@dataclass(frozen=True, slots=True)
class Complement:
    """The tokens said, the frame that found them, and the token that is spoken to."""

    tokens: frozenset[int]
    frame: str
    addressee: int | None = None
    score: float = 1.0


def complement(document: Document, verb: int, row: CueRow, *, speech: bool) -> Complement | None:
    """The content of a verb of saying in the active voice, the first of its row's frames that the tree fills.

    ``speech`` tells that a quotation stands in the clause, so that frames of direct speech hold too.
    """
    found = _clause(document, verb, row, speech=speech)
    if found is not None:
        return found
    return _object(document, verb, row) or _infinitive(document, verb, row) or _gerund(document, verb, row) or _oblique(document, verb, row)


def _addressee(document: Document, verb: int) -> int | None:
    for child in document.children(verb, "iobj", "obj"):
        return child.i
    for child in document.children(verb, "obl"):
        if child.i > verb and any(c.lemma == "to" for c in document.children(child.i, "case")) and child.upos in ("PROPN", "PRON", "NOUN"):
            return child.i
    return None


def _whole(document: Document, heads: list[Token]) -> frozenset[int]:
    return frozenset(i for head in heads for i in subtree(document, head.i))


def _clause(document: Document, verb: int, row: CueRow, *, speech: bool) -> Complement | None:
    if not (row.takes("that", "that-doc") or (speech and row.takes("quote"))):
        return None
    token = document.tokens[verb]
    clauses = [c for c in document.children(verb, "ccomp", "csubj") if not (base(c) == "csubj" and c.i < verb)]
    clauses += [c for c in document.children(verb, "parataxis") if c.i > verb and not document.children(c.i, "mark")]
    if clauses:
        after = [c for c in clauses if base(c) != "parataxis"] or clauses
        return Complement(_whole(document, after), "that", _addressee(document, verb))
    around = _around(document, token)
    if around is not None:
        return around
    return None


def _around(document: Document, token: Token) -> Complement | None:
    """The clause that an interrupting or following attribution hangs on ("Talks, he said, have failed")."""
    if token.head == token.i:
        return None
    marks = [c for c in document.children(token.i, "mark", "advmod") if c.i < token.i]
    as_clause = base(token) == "advcl" and any(m.lemma.lower() == "as" for m in marks)
    if base(token) != "parataxis" and not as_clause:
        return None
    if any(m.lemma.lower() in ASIDE for m in marks) and not as_clause:
        return None
    if document.children(token.i, "obj") and not document.children(token.i, "iobj") and token.lemma.lower() != "tell":
        return None
    tokens = subtree(document, token.head, without=(token.i,))
    return Complement(frozenset(tokens), "around", _addressee(document, token.i), 0.95 if not as_clause else 0.85)


def _object(document: Document, verb: int, row: CueRow) -> Complement | None:
    objects = [c for c in document.children(verb, "obj") if c.lemma.lower() not in row.never]
    if not objects:
        return None
    thing = objects[0]
    if row.takes("obj-comp"):
        rest = [c for c in document.children(verb, "xcomp", "obl", "ccomp") if c.i > thing.i and not document.children(c.i, "case") and not _is_time(c)]
        if rest and not document.children(rest[0].i, "mark"):
            return Complement(_whole(document, [thing, rest[0]]), "obj-comp")
    for preposition in sorted(row.prepositions("obj-p") | ({"as"} if row.takes("obj-as") else set())):
        rest = [c for c in _with_preposition(document, verb, preposition) if c.i > thing.i]
        rest += [c for c in _with_preposition(document, thing.i, preposition) if preposition != "of"]
        if rest:
            return Complement(_whole(document, [thing, rest[0]]), f"obj-p:{preposition}", None)
    if row.takes("obj-to"):
        rest = [c for c in document.children(verb, "xcomp", "advcl", "ccomp") if c.i > thing.i and any(m.lemma == "to" for m in document.children(c.i, "mark"))]
        if rest:
            return Complement(_whole(document, [thing, rest[0]]), "obj-to", thing.i)
    if row.takes("obj", "obj-doc"):
        return Complement(_whole(document, [thing]), "obj", None, 0.85)
    return None


def _is_time(token: Token) -> bool:
    return token.deprel in ("obl:tmod", "obl:npmod", "obl:unmarked", "nmod:tmod")


def _infinitive(document: Document, verb: int, row: CueRow) -> Complement | None:
    for child in document.children(verb, "xcomp"):
        to = any(m.lemma == "to" for m in document.children(child.i, "mark"))
        if to and row.takes("to") and child.i > verb:
            return Complement(_whole(document, [child]), "to", None, 0.9)
        if to and row.takes("to-speech") and speaks(child):
            return Complement(_whole(document, [child]), "to-speech", None, 0.95)
    return None


def speaks(token: Token) -> bool:
    """Whether a verb is one of saying or of answering."""
    return token.lemma.lower() in cue_rows("verb") or token.lemma.lower() in ANSWERING


ANSWERING = frozenset("comment answer respond elaborate speak give provide name identify talk discuss disclose release take return".split())


def _gerund(document: Document, verb: int, row: CueRow) -> Complement | None:
    if not row.takes("ing"):
        return None
    for child in document.children(verb, "xcomp", "advcl", "ccomp"):
        if child.i > verb and child.xpos == "VBG" and not document.children(child.i, "mark") and not _comma_between(document, verb, child.i):
            return Complement(_whole(document, [child]), "ing", None, 0.85)
    return None


def _comma_between(document: Document, first: int, last: int) -> bool:
    return any(document.tokens[i].text == "," for i in range(first, last))


def _oblique(document: Document, verb: int, row: CueRow) -> Complement | None:
    for preposition in sorted(row.prepositions("p")):
        rows = _with_preposition(document, verb, preposition)
        if rows:
            heads = [rows[0], *(c for c in document.children(verb, "xcomp") if c.i > rows[0].i)]
            tokens = _whole(document, heads)
            case = [c.i for c in document.children(rows[0].i, "case", "mark") if c.lemma.lower() == preposition]
            return Complement(tokens - set(case), f"p:{preposition}", rows[0].i if preposition in ("on", "to") and len(heads) > 1 else None, 0.9)
    return None


def _with_preposition(document: Document, head: int, preposition: str) -> list[Token]:
    rows = document.children(head, "obl", "advcl", "nmod", "acl", "xcomp", "ccomp")
    return [c for c in rows if c.i > head and any(m.lemma.lower() == preposition and m.i < c.i for m in document.children(c.i, "case", "mark"))]
