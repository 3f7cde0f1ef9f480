"""What is said: the complements of a cue, as tokens of the tree, by the frames of its lexicon row."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extraction.statements_lexicon import CueRow, cue_rows
from dateline.extraction.statements_spans import base, subtree
from dateline.language.document import Document, Token

NEAR = 25
"""Words within which a clause hangs on a noun after the cue."""
SAYING = frozenset("say add tell note warn claim insist stress state report announce deny admit argue declare write describe call".split())
ASIDE = frozenset({"as", "though", "although", "while", "after", "before", "because", "since", "when"})


@dataclass(frozen=True, slots=True)
class Complement:
    """The tokens said, the frame that found them, and the token that is spoken to."""

    tokens: frozenset[int]
    frame: str
    addressee: int | None = None
    score: float = 1.0


def _put_it(document: Document, token: Token, row: CueRow) -> Complement | None:
    """The clause around "as X put it"."""
    objects = [c for c in document.children(token.i, "obj") if c.lemma.lower() == "it"]
    marks = [c for c in document.children(token.i, "mark", "advmod") if c.lemma.lower() == "as" and c.i < token.i]
    if not row.takes("toll") or not objects or not marks or token.head == token.i:
        return None
    return Complement(frozenset(subtree(document, token.head, without=(token.i,))), "around", None, 0.9)


def complement(document: Document, verb: int, row: CueRow, *, speech: bool) -> Complement | None:
    """The content of a verb of saying in the active voice, the first of its row's frames that the tree fills.

    ``speech`` tells that a quotation stands in the clause, so that frames of direct speech hold too.
    """
    found = _clause(document, verb, row, speech=speech) or _put_it(document, document.tokens[verb], row)
    if found is not None:
        return found
    return (
        _toll(document, verb, row)
        or _antecedent(document, verb, row)
        or _object(document, verb, row)
        or _infinitive(document, verb, row)
        or _gerund(document, verb, row)
        or _oblique(document, verb, row)
    )


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
    clauses = clauses or [c for c in document.children(verb, "parataxis") if c.i > verb and _led_to(document, verb, c.i)]
    if clauses:
        return Complement(_without_rivals(document, clauses), "that", _addressee(document, verb))
    return _around(document, token) or _that(document, token) or _interrupting(document, token)


def _led_to(document: Document, verb: int, head: int) -> bool:
    """Whether a colon, or a quotation mark, stands before the clause that is joined to the verb without a conjunction."""
    first = min(subtree(document, head))
    return any(t.text in (":", '"', "“", "''", "``", "‘", "'") for t in document.tokens[verb + 1 : first + 1])


def _without_rivals(document: Document, clauses: list[Token]) -> frozenset[int]:
    """The clauses without a joined one that is another act of saying ("said it was over and warned that ...")."""
    out: set[int] = set()
    for clause in clauses:
        for child in document.children(clause.i, "conj"):
            marked = document.children(child.i, "mark")
            counts = child.lemma.lower() == "put" and any(c.lemma.lower() in COUNTS for c in document.children(child.i, "obj"))
            says = child.lemma.lower() in SAYING and document.children(child.i, "ccomp", "obj", "obl", "xcomp")
            if child.upos == "VERB" and not marked and (says or counts):
                out.add(child.i)
    return frozenset(i for clause in clauses for i in subtree(document, clause.i, without=out))


def _that(document: Document, token: Token) -> Complement | None:
    """A clause with "that" (or a subject of its own) which the tree hangs on a noun between ("told a meeting in Geneva that ...")."""
    sentence = document.sentence_of(token.i)
    for other in document.tokens[token.i + 1 : min(token.i + NEAR, sentence.last)]:
        if other.upos == "VERB" and not other.deprel.startswith(("acl", "ccomp", "advcl")):
            return None
        governor = document.tokens[other.head]
        if base(other) not in ("acl", "ccomp", "advcl") or governor.i <= token.i or governor.i > other.i or token not in document.ancestors(governor.i):
            continue
        if token.lemma.lower() in ("respond", "react", "reply") and governor.lemma.lower() in cue_rows("noun"):
            continue  # "responding to reports that"
        lead = document.tokens[min(subtree(document, other.i))]
        named = any(c.deprel in ("nsubj", "nsubj:pass", "expl") and c.lemma.lower() not in ("who", "which", "that") for c in document.children(other.i))
        if named and (lead.text.lower() == "that" or not _relative(document, other)) and "," not in document.text[token.end : lead.start]:
            return Complement(frozenset(subtree(document, other.i)), "that", _addressee(document, token.i), 0.8)
    return None


def _relative(document: Document, verb: Token) -> bool:
    words = ("who", "which", "whose", "whom", "where", "when")
    return any(t.text.lower() in words for t in document.children(verb.i)) or base(verb) == "advcl"


def _interrupting(document: Document, token: Token) -> Complement | None:
    """An attribution between commas, or after the last comma, that the tree takes for another kind of clause."""
    if base(token) not in ("acl", "advcl", "conj", "dep", "appos", "ccomp") or token.head == token.i:
        return None
    own = [c for c in document.children(token.i) if base(c) == "nsubj"]
    if not own or own[0].lemma.lower() in ("who", "which", "that", "what") or document.children(token.i, "ccomp", "xcomp", "mark"):
        return None
    joined = [c for c in document.children(token.i, "cc") if c.i > token.head]
    if joined:
        return None
    branch = subtree(document, token.i, without=[c.i for c in document.children(token.i, "cc")])
    first, last = min(branch), max(branch)
    while first < last and document.tokens[first].upos == "PUNCT":
        first += 1
    before = document.tokens[first - 1].text if first else ""
    after = document.tokens[last + 1].text if last + 1 < len(document.tokens) else "."
    if before != "," or (after not in (",", ".") and document.tokens[last].text not in (",", ".")) or last - first > NEAR:
        return None
    clause = document.tokens[token.head]
    while base(clause) in ("nsubj", "obj", "obl", "nmod", "appos", "amod", "det", "compound") and clause.head != clause.i:
        clause = document.tokens[clause.head]
    tokens = subtree(document, clause.i, without=(token.i,))
    return Complement(frozenset(tokens), "around", _addressee(document, token.i), 0.8)


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
    tail = last_word(document, document.tokens[verb], row)
    objects = [c for c in document.children(verb, "obj", "iobj") if c.lemma.lower() not in row.never and c.i != tail]
    if not objects:
        return None
    thing = objects[0]
    if row.takes("obj-comp"):
        rest = [c for c in document.children(verb, "xcomp", "obj", "obl", "ccomp") if c.i > thing.i and not document.children(c.i, "case") and not _is_time(c)]
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


COUNTS = frozenset("toll number figure total count cost loss losses death deaths casualty strength damage share".split())


def _toll(document: Document, verb: int, row: CueRow) -> Complement | None:
    """A count that somebody puts at a number ("put the toll at 45")."""
    if not row.takes("toll"):
        return None
    things = [c for c in document.children(verb, "obj") if c.lemma.lower() in COUNTS]
    rest = _with_preposition(document, verb, "at")
    return Complement(_whole(document, [things[0], rest[0]]), "toll") if things and rest else None


def _antecedent(document: Document, verb: int, row: CueRow) -> Complement | None:
    """The noun that a clause with its own subject describes ("a claim the army denied")."""
    token = document.tokens[verb]
    noun = document.tokens[token.head]
    if token.deprel != "acl:relcl" or not row.takes("obj") or noun.lemma.lower() not in cue_rows("noun") or document.children(verb, "obj", "ccomp", "xcomp"):
        return None
    own = document.children(verb, "nsubj")
    if not own or own[0].lemma.lower() in ("who", "which", "that"):
        return None
    return Complement(frozenset(subtree(document, noun.i, without=(verb,))), "obj", None, 0.8)


def _is_time(token: Token) -> bool:
    return token.deprel in ("obl:tmod", "obl:npmod", "obl:unmarked", "nmod:tmod")


def _infinitive(document: Document, verb: int, row: CueRow) -> Complement | None:
    for child in document.children(verb, "xcomp"):
        to = any(m.lemma == "to" for m in document.children(child.i, "mark"))
        if to and row.takes("to") and child.i > verb:
            return Complement(_whole(document, [child]), "to", None, 0.9)
        if to and row.takes("to-speech") and speaks(child) and child.i > verb:
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
    tail = last_word(document, document.tokens[verb], row)
    for preposition in sorted(row.prepositions("p")):
        rows = _with_preposition(document, verb, preposition) + ([] if tail is None else _with_preposition(document, tail, preposition))
        if rows:
            heads = [rows[0], *(c for c in document.children(verb, "xcomp", "advcl", "ccomp") if c.i > rows[0].i and _to(document, c))][:2]
            tokens = _whole(document, heads)
            case = [c.i for c in document.children(rows[0].i, "case", "mark") if c.lemma.lower() == preposition]
            return Complement(tokens - set(case), f"p:{preposition}", rows[0].i if preposition in ("on", "to") and len(heads) > 1 else None, 0.9)
    return None


def asked(document: Document, verb: int) -> Complement | None:
    """What a refusal to answer is about ("did not respond to questions about the raid")."""
    for preposition in ("to", "on", "about"):
        rows = [c for c in _with_preposition(document, verb, preposition) if c.upos in ("NOUN", "PROPN")]
        if rows:
            return Complement(_whole(document, rows[:1]), "obl", None, 0.8)
    return None


def _to(document: Document, child: Token) -> bool:
    return any(m.lemma == "to" for m in document.children(child.i, "mark"))


def last_word(document: Document, token: Token, row: CueRow) -> int | None:
    """The last word of a cue of several words ("claimed responsibility"), or None."""
    words = row.cue.split()[1:]
    if not words:
        return None
    near = [t.i for t in document.tokens[token.i + 1 : token.i + 5] if t.lemma.lower() == words[-1]]
    return near[0] if near else None


def _with_preposition(document: Document, head: int, preposition: str) -> list[Token]:
    rows = document.children(head, "obl", "advcl", "nmod", "acl", "xcomp", "ccomp")
    return [c for c in rows if c.i > head and any(m.lemma.lower() == preposition and m.i < c.i for m in document.children(c.i, "case", "mark"))]
