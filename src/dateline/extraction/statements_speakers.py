"""Who speaks: the noun phrase that a cue's grammar gives as speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.aliases import fold
from dateline.extraction.mentions_names import titles
from dateline.extraction.statements_lexicon import cue_rows, media
from dateline.extraction.statements_spans import Piece, base, phrase
from dateline.language.document import Document, Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
SPANS_OF_TIME = frozenset("day week month year morning afternoon evening night today yesterday weekend hour".split())
TRANSPARENT = frozenset(
    "go come continue begin start proceed hasten rush appear seem happen have manage use keep get be turn wish like help move take dare feel help".split()
)
"""Verbs whose infinitive or participle is a statement that was made ("went on to say", "continued to warn")."""
WITHHELD = frozenset("decline refuse stop hesitate forbear avoid".split())
"""Verbs whose infinitive is a statement that was not made ("declined to say")."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The head token of the speaker and the characters of the words that name the speaker at the cue."""

    token: int | None
    span: Piece | None
    score: float = 1.0
    text: int | None = None
    """Head token of the document that speaks for its author ("a statement from the ministry said")."""


NOBODY = Speaker(None, None)


def speaker_of(document: Document, verb: int) -> Speaker | None:
    """The speaker of a verb of saying in the active voice, or None where its grammar gives none."""
    behind = _behind_quotation(document, verb)
    if behind is not None:
        return at_noun(document, behind, verb, 0.9)
    beside = _beside(document, verb)
    if beside is not None:
        return at_noun(document, beside, verb, 0.85)
    seen = {verb}
    i, score = verb, 1.0
    while True:
        own = subject(document, i)
        if own is None and i != verb and (near := _beside(document, i)) is not None:
            return at_noun(document, near, verb, score * 0.85)
        token = document.tokens[i]
        slain = own is not None and i != verb and own.deprel == "nsubj:pass" and token.lemma.lower() in ("kill", "behead", "slay") and base(token) == "ccomp"
        if own is not None and not slain:
            return at_subject(document, own, i, verb, score)
        if slain and token.head not in seen:  # the ministry, not the dead, "said 12 were killed but later put the toll at nine"
            i = token.head
            seen.add(i)
            continue
        relation = base(token)
        if relation in ("conj", "xcomp", "advcl", "parataxis", "dep") and token.head not in seen and token.head != i:
            if relation == "xcomp" and (raised := _object_control(document, token)) is not None:
                return at_noun(document, raised, verb, score * 0.9)
            score *= {"conj": 0.97, "xcomp": 0.97, "advcl": 0.93}.get(relation, 0.7)
            i = token.head
            seen.add(i)
            if document.tokens[i].upos not in ("VERB", "AUX") and subject(document, i) is None and relation != "conj":
                return None
            continue
        if relation == "acl" and token.xpos == "VBG" and _after_comma(document, i) and (main := _main_verb(document, token.head)) is not None:
            score *= 0.93
            i = main
            seen.add(i)
            continue
        if relation == "acl" and document.tokens[token.head].upos in ("NOUN", "PROPN", "PRON"):
            return at_noun(document, token.head, verb, score * 0.95)
        return None


def _behind_quotation(document: Document, verb: int) -> int | None:
    """The name behind a verb that follows a quotation at once, where the tree takes it for an object ('"A recap," tweeted spokesman X')."""
    if verb == 0 or document.tokens[verb - 1].text not in _CLOSING:
        return None
    own = subject(document, verb)
    if own is not None and (own.i > verb or sum(t.text in _MARKS for t in document.tokens[own.i : verb]) != 1):
        return None  # a subject before the quotation, or behind the verb, is the speaker
    named = [c.i for c in document.children(verb, "obj") if c.i > verb and c.upos == "PROPN"]
    return named[0] if named and not document.children(verb, "iobj") else None


_CLOSING = frozenset({'"', "”", "''", "’"})
_MARKS = _CLOSING | {"“", "``"}


def _beside(document: Document, verb: int) -> int | None:
    """The noun phrase right before a finite verb to which the tree gives no subject, or one beyond a "that" or "after"."""
    token, own = document.tokens[verb], subject(document, verb)
    if token.xpos not in ("VBD", "VBZ", "VBP") or token.deprel == "acl:relcl":
        return None
    last = verb - 1
    while last >= 0 and (document.tokens[last].upos == "AUX" or document.tokens[last].deprel == "advmod"):
        last -= 1
    first = last
    while first >= 0 and document.tokens[first].sentence == token.sentence and _nominal(document.tokens[first]):
        first -= 1
    lead = document.tokens[first] if first >= 0 else None
    opens = lead is None or lead.sentence != token.sentence or lead.upos in ("SCONJ", "PUNCT")
    if first == last or not opens or document.tokens[last].upos not in ("NOUN", "PROPN") or document.tokens[last].lemma.lower() in SPANS_OF_TIME:
        return None
    if own is not None and not any(t.upos == "SCONJ" and t.lemma.lower() in OPENERS for t in document.tokens[own.i : verb]):
        return None
    run = document.tokens[first + 1 : last + 1]
    stop = next((t.i for t in run if t.upos == "VERB" and t.xpos == "VBG"), None)
    nouns = [t for t in run if t.upos in ("NOUN", "PROPN") and (stop is None or t.i < stop)]
    return nouns[-1].i if stop is not None and nouns else document.head_of(first + 1, last + 1).i


OPENERS = frozenset({"after", "before", "that", "when", "because", "while", "as"})


def _nominal(token: Token) -> bool:
    """Whether the word can stand within a noun phrase, with a participle after or before its noun."""
    return token.upos in ("NOUN", "PROPN", "ADJ", "DET", "NUM") or token.xpos in ("HYPH", "POS") or (token.upos == "VERB" and token.xpos in ("VBG", "VBN"))


def _after_comma(document: Document, verb: int) -> bool:
    """Whether a participle stands apart from the noun before it ("met the crowd, promising ...")."""
    first = min([verb, *(c.i for c in document.children(verb) if base(c) in ("advmod", "mark", "aux", "punct", "obl"))])
    return document.tokens[first].text == "," or (first > 0 and document.tokens[first - 1].text in (",", "-", "–", "—"))


def _main_verb(document: Document, noun: int) -> int | None:
    """The verb of the clause in which a noun stands as object or oblique."""
    token = document.tokens[noun]
    while base(token) in ("obj", "obl", "nmod", "iobj", "conj", "appos", "compound") and token.head != token.i:
        token = document.tokens[token.head]
        if token.upos in ("VERB", "AUX"):
            return token.i
    return None


def subject(document: Document, verb: int) -> Token | None:
    """The subject of a verb that is not an empty "it" or "there"."""
    rows = [c for c in document.children(verb) if c.deprel in ("nsubj", "nsubj:pass", "nsubj:outer")]
    if not rows:
        return _adjective(document, verb)
    return min(rows, key=lambda c: (c.deprel == "nsubj:outer", c.lemma.lower() in SPANS_OF_TIME, c.i > verb, abs(c.i - verb)))


def _adjective(document: Document, verb: int) -> Token | None:
    """A word with an article right before a finite verb that the model took for its adjective ("the general applauded")."""
    if verb < 2 or document.tokens[verb].xpos not in ("VBD", "VBZ", "VBP"):
        return None
    before = document.tokens[verb - 1]
    return before if before.deprel == "amod" and before.head == verb and document.tokens[verb - 2].upos == "DET" else None


def agent(document: Document, verb: int) -> Speaker | None:
    """The "by ..." of a passive."""
    for child in document.children(verb, "obl"):
        marks = {c.lemma.lower() for c in document.children(child.i, "case")}
        if child.deprel == "obl:agent" or ("by" in marks and child.i > verb and child.upos in ("NOUN", "PROPN", "PRON")):
            return at_noun(document, child.i, verb, 0.95)
    return None


def at_subject(document: Document, token: Token, clause: int, verb: int, score: float) -> Speaker:
    """The speaker that a subject names: the antecedent of a relative pronoun, or the author of a document that speaks."""
    if token.lemma.lower() in RELATIVE and document.tokens[clause].deprel.startswith("acl"):
        antecedent = document.tokens[clause].head
        behind = author(document, antecedent)
        if behind is not None:
            return Speaker(behind.i, phrase(document, behind.i, without=_clauses_to(document, verb)), score * 0.9, antecedent)
        return Speaker(antecedent, (token.start, token.end), score)
    return at_noun(document, token.i, verb, score)


def at_noun(document: Document, head: int, verb: int, score: float = 1.0) -> Speaker:
    """The speaker named by the noun phrase of ``head``; a document's author where the phrase names one."""
    span = phrase(document, head, without=_clauses_to(document, verb))
    if document.tokens[head].lemma.lower() in media():
        behind = author(document, head)
        return Speaker(behind.i if behind else head, span, score * 0.95, head)
    return Speaker(head, span, score)


def author(document: Document, noun: int) -> Token | None:
    """Who made a document: its possessor, its "by" or "from", or the subject of the verb that issues it."""
    if document.tokens[noun].lemma.lower() not in media():
        return None
    outlet = media()[document.tokens[noun].lemma.lower()] == "channel"
    for child in document.children(noun, "nmod", "obl", "acl"):
        if child.deprel == "nmod:poss" and child.text.lower() not in ("its", "whose"):
            if outlet and _is_place(document, child.i):
                continue  # "Russia's Tass news agency" speaks, not Russia
            return child
        marks = {c.lemma.lower() for c in document.children(child.i, "case")}
        if marks & {"by", "from"} and child.upos in ("NOUN", "PROPN"):
            return child
        if child.deprel == "acl" and child.lemma.lower() in LIGHT | {"prepare", "compile", "conduct", "carry", "commission", "produce", "draft"}:
            by = next((c for c in document.children(child.i, "obl") if any(m.lemma == "by" for m in document.children(c.i, "case"))), None)
            if by is not None:
                return by
    maker = [c for c in document.children(noun, "compound", "nmod") if c.upos == "PROPN" and c.i < noun and not (outlet and _is_place(document, c.i))]
    if maker:
        return maker[-1]
    token = document.tokens[noun]
    governor = document.tokens[token.head]
    if base(token) in ("obj", "obl") and governor.upos == "VERB" and governor.lemma.lower() in LIGHT:
        return subject(document, governor.i)
    return None


def _is_place(document: Document, token: int) -> bool:
    """Whether the word stands in the name of a place."""
    return any(name.label == "PLACE" and name.first <= token < name.last for name in document.names)


LIGHT = frozenset(
    "issue release publish make give post send deliver write sign read put repeat reiterate renew voice express convey offer air share hold "
    "level raise sound circulate "
    "broadcast file submit distribute hand lodge extend have".split()
)
"""Verbs that bring a document or a claim into the world; their subject is its author."""


def _clauses_to(document: Document, verb: int) -> set[int]:
    """The branches on the way from the verb up to the root, so that a phrase leaves out the clause in which the verb stands."""
    return {verb, *(t.i for t in document.ancestors(verb) if t.deprel.startswith("acl") or base(t) in ("parataxis", "advcl", "conj", "ccomp"))}


def _object_control(document: Document, token: Token) -> int | None:
    """The object of the governing verb where it, not the subject, speaks ("quoted the army as saying")."""
    governor = document.tokens[token.head]
    objects = document.children(governor.i, "obj", "iobj")
    if objects and governor.lemma.lower() not in TRANSPARENT:
        return objects[0].i
    return None


def quoting(document: Document, verb: int) -> tuple[Token, Token] | None:
    """For "quoted the army as saying": the verb that quotes and the token quoted; None for other verbs."""
    token = document.tokens[verb]
    if base(token) not in ("advcl", "xcomp", "acl", "obl", "ccomp") or token.head == verb:
        return None
    governor = document.tokens[token.head]
    source = document.tokens[token.head]
    if governor.upos in ("NOUN", "PROPN") and base(governor) == "obj":
        governor = document.tokens[governor.head]
    rows = cue_rows("verb").get(governor.lemma.lower(), ())
    if not any(r.takes("obj-say") for r in rows):
        return None
    if source.i != governor.i:
        return governor, source
    for relation in ("obj", "iobj", "nsubj:pass"):
        for child in document.children(governor.i):
            if child.deprel == relation:
                return governor, child
    if governor.deprel == "acl":
        return governor, document.tokens[governor.head]
    return None


_OFFICES = frozenset("minister secretary president general spokesman spokeswoman spokesperson chairman commander governor ambassador envoy chief mayor".split())


def _names_holder(document: Document, speaker: Speaker, name: int) -> bool:
    """Whether a name between commas is that of the one who holds the office before it: "Foreign Office Minister, Tobias Ellwood, said"."""
    head, first = document.tokens[speaker.token or 0], document.tokens[name]
    return first.deprel == "appos" and first.head == head.i and head.lemma.lower() in _OFFICES


def _titled(before: Sequence[Token]) -> bool:
    """Whether the words before a name are an office that is its title ("U.S. Secretary of State")."""
    words = [t.text for t in before]
    return any(fold(" ".join(words[i:])) in titles() for i in range(max(len(words) - 2, 0)))


def person_in(document: Document, speaker: Speaker, starts: Sequence[int]) -> Speaker:
    """The speaker with the person's own name as head where titles and offices stand before it; ``starts`` are those of ``Document.names``."""
    if speaker.span is None or speaker.token is None:
        return speaker
    found = speaker
    longest = 0
    for k in range(bisect_left(starts, speaker.span[0]), bisect_left(starts, speaker.span[1])):
        name = document.names[k]
        if name.label != "PERSON" or name.last - name.first <= longest:
            continue
        before = document.tokens_in(speaker.span[0], name.start)
        apart = any(t.upos in ("ADP", "VERB", "AUX", "SCONJ", "CCONJ") or t.text in ("'s", "’s", "'", "’") for t in before) and not _titled(before)
        if apart or (any(t.text == "," for t in before) and not _names_holder(document, speaker, name.first)):
            break
        longest = name.last - name.first
        found = replace(speaker, token=name.last - 1)  # the last word: an office may be counted to the name's beginning
    return found
