"""Statements whose cue is no verb: according to, the claim that, a denial of, allegedly."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extraction.statements_claims import owner
from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_layout import SOURCE_NOUNS
from dateline.extraction.statements_lexicon import CueRow, cue_rows, media
from dateline.extraction.statements_spans import base, pieces, subtree
from dateline.extraction.statements_speakers import LIGHT, NOBODY, Speaker, at_noun, subject
from dateline.language.document import Document, Token

NO_SPEAKER = frozenset(
    "plan schedule rule law procedure tradition custom size rank type ability need age height weight alphabet merit protocol taste season "
    "timetable instruction script".split()
)
"""Nouns after "according to" that name a measure or an order of things, not somebody who says it."""
PHRASAL = frozenset("obl nmod obj nsubj iobj amod advmod compound nummod appos xcomp aux cop fixed".split())
"""Relations of words that stand in a clause without being one."""
RECEIVING = frozenset("deny reject dismiss refute dispute rebut hear ignore probe investigate examine study review face await".split())
"""Verbs whose subject is not the author of the claim they govern ("denied the claim that")."""

ANSWERS = frozenset({"comment", "confirmation", "explanation", "statement"})
"""Nouns with "no" that tell of somebody who does not answer ("had no comment on")."""


def noun_statements(document: Document, *, family: str) -> Iterator[Draft]:
    """The statements that nouns, phrases and adverbs of the lexicon introduce, in text order."""
    nouns, adverbs, phrases = cue_rows("noun"), cue_rows("adverb"), cue_rows("phrase")
    for token in document.tokens:
        lemma, word = token.lemma.lower(), token.text.lower()
        draft = None
        if token.upos == "NOUN" and lemma in nouns:
            draft = _noun(document, token, nouns[lemma][0])
        if draft is None and token.upos == "NOUN" and media().get(lemma) == "text":
            draft = _following(document, token)
        if draft is None and word in phrases:
            draft = _phrase(document, token, phrases[word])
        if draft is None and token.upos == "ADV" and lemma in adverbs:
            draft = _adverb(document, token, adverbs[lemma][0])
        if draft is not None and draft.family == family:
            yield draft


def _following(document: Document, token: Token) -> Draft | None:
    """A cue for what comes after a colon: "released the following statement today:"."""
    sentence = document.sentence_of(token.i)
    governor = document.tokens[token.head]
    colon = document.text[sentence.start : sentence.end].rstrip().endswith(":")
    if not colon or base(token) != "obj" or governor.lemma.lower() not in LIGHT:
        return None
    speaker = _speaker_of_noun(document, token)
    if speaker is None:
        return None
    return Draft(governor.i, (governor.start, token.end), speaker, [], "say", "layout:following_statement", 0.9, frame="bare", medium=token.i)


def _phrase(document: Document, token: Token, rows: tuple[CueRow, ...]) -> Draft | None:
    for row in rows:
        words = row.cue.split()
        last = token.i + len(words) - 1
        if [t.text.lower() for t in document.tokens[token.i : last + 1] if t.sentence == token.sentence] != words:
            continue
        head = _governed(document, token, last)
        if head is None or head.lemma.lower() in row.never or head.upos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return None
        if row.cue == "per" and not _names_source(document, head):
            return None
        cue = (token.start, document.tokens[last].end)
        out = set(range(token.i, last + 1))
        speaker = _under(document, head, out)
        content = _whole_sentence(document, token) or _clause_around(document, _seat(document, token, head))
        if content is None:
            return None
        return Draft(head.i, cue, speaker, pieces(document, content), row.act, row.rule, 0.95, row.family, "phrase", None, speaker.text)
    return None


def _names_source(document: Document, head: Token) -> bool:
    """Whether what follows "per" can say something: a name, or a document or official with an article."""
    article = any(c.deprel in ("det", "nmod:poss") for c in document.children(head.i))
    return head.upos == "PROPN" or (article and (head.lemma.lower() in media() or head.lemma.lower() in SOURCE_NOUNS))


def _governed(document: Document, token: Token, last: int) -> Token | None:
    """The noun that the phrase introduces: the first governor or dependent to the right of it that is a noun."""
    for i in (last, *range(token.i, last)):
        candidates: tuple[Token, ...] = (document.tokens[document.tokens[i].head], *document.children(i, "obl", "nmod", "obj", "pobj"))
        for candidate in candidates:
            if candidate.i > last and candidate.sentence == token.sentence:
                return candidate
    return None


def _under(document: Document, head: Token, out: set[int]) -> Speaker:
    made = at_noun(document, head.i, head.i)
    start = document.tokens[max(out) + 1].start
    if made.span is not None and made.span[0] < start:
        return Speaker(made.token, (start, made.span[1]), made.score, made.text)
    return made


def _seat(document: Document, token: Token, head: Token) -> Token:
    """The noun by which the phrase hangs on its clause: that of the phrase itself ("in the words of X"), else the one it introduces."""
    own = document.tokens[token.head]
    return own if token.i < own.i < head.i and own.i in {t.i for t in document.ancestors(head.i)} else head


def _whole_sentence(document: Document, token: Token) -> set[int] | None:
    """The sentence up to the phrase, where the phrase stands after a comma and only its own words follow, or a participle of the clause before it."""
    sentence = document.sentence_of(token.i)
    rest = document.tokens[token.i : sentence.last]
    if token.i == sentence.first or document.tokens[token.i - 1].text != "," or any(t.text in MARKS for t in document.tokens[sentence.first : sentence.last]):
        return None
    commas = sum(t.text == "," for t in rest)
    clause = any(t.upos in ("VERB", "AUX") and t.xpos not in ("VBG", "VBN") and not t.deprel.startswith("acl") for t in rest)
    if clause or commas > 1 or any(t.upos == "CCONJ" and rest[k - 1].text == "," for k, t in enumerate(rest)):
        return None
    first = sentence.first
    for t in document.tokens[sentence.first : token.i]:
        if t.text in ("-", "–", "—", "--") and document.text[t.start - 1 : t.start].isspace() and document.text[t.end : t.end + 1].isspace():
            first = t.i + 1
    goes_on = [t for t in rest if t.xpos == "VBG" and base(t) == "advcl" and first <= t.head < token.i and document.tokens[t.i - 1].text == ","]
    return set(range(first, token.i)).union(*(subtree(document, t.i) for t in goes_on))


MARKS = frozenset({'"', "“", "”", ";", "''", "``"})
"""Marks in a sentence after which the reach of "according to" is left to the tree."""


def _clause_around(document: Document, head: Token) -> set[int] | None:
    """The clause that a phrase such as "according to X" hangs on, without the phrase."""
    if head.head == head.i:
        return None
    clause = document.tokens[head.head]
    seen = {head.i}
    while base(clause) in PHRASAL and clause.i not in seen:
        if base(clause) == "nsubj" and clause.i > head.i and document.tokens[clause.head].i < clause.i:
            break
        seen.add(clause.i)
        clause = document.tokens[clause.head]
    tokens = subtree(document, clause.i, without=(head.i,))
    parted = [t.i for t in document.tokens[min(tokens) : max(tokens)] if t.text == ";"]
    first = max((i for i in parted if i < head.i), default=-1)
    last = min((i for i in parted if i > head.i), default=len(document.tokens))
    return {i for i in tokens if first < i < last} if first < clause.i < last else tokens


def _adverb(document: Document, token: Token, row: CueRow) -> Draft | None:
    governor = document.tokens[token.head]
    if governor.i == token.i:
        return None
    clause = governor
    if base(governor) == "amod":
        clause = document.tokens[governor.head]
    content = subtree(document, clause.i, without=(token.i,))
    if row.family == "speech" and clause.upos in ("VERB", "ADJ", "NOUN", "AUX", "PROPN"):
        return Draft(token.i, (token.start, token.end), NOBODY, pieces(document, content), row.act, row.rule, 0.8, row.family, "adverb")
    return None


def _noun(document: Document, token: Token, row: CueRow) -> Draft | None:
    heads = _said_by_noun(document, token, row)
    silent = any(c.text.lower() == "no" for c in document.children(token.i, "det"))
    if (silent and row.cue not in ANSWERS) or (not heads and not (silent and row.cue == "comment")):
        return None
    speaker = _speaker_of_noun(document, token) or owner(document, token)
    if speaker is None and (silent or not row.takes("alone")):
        return None
    content = {i for h in heads for i in subtree(document, h.i, without=(token.i,))}
    content -= {c.i for h in heads for c in document.children(h.i, "case") if c.i < h.i}
    score = 0.8 if speaker is not None else 0.6
    said, act, frame = pieces(document, content), "refuse" if silent else row.act, "noun" if heads else "none"
    return Draft(token.i, (token.start, token.end), speaker or NOBODY, said, act, row.rule, score, row.family, frame)


def _said_by_noun(document: Document, token: Token, row: CueRow) -> list[Token]:
    for child in document.children(token.i, "acl", "ccomp", "advcl"):
        marks = {m.lemma.lower() for m in document.children(child.i, "mark") if m.i < child.i}
        relative = child.deprel == "acl:relcl" and ("that" not in marks or not document.children(child.i, "nsubj"))
        if child.i < token.i or relative:
            continue
        if "that" in marks and row.takes("that"):
            return [child]
        if "to" in marks and row.takes("to"):
            return [child]
        if marks & row.prepositions("p"):
            return [child]
    for preposition in sorted(row.prepositions("p")):
        for child in document.children(token.i, "nmod", "obl"):
            if child.i > token.i and any(m.lemma.lower() == preposition for m in document.children(child.i, "case")):
                return [child]
    governor = document.tokens[token.head]
    if row.takes("that") and token.deprel == "nsubj:outer" and any(m.text.lower() == "that" for m in document.children(governor.i, "mark")):
        return [governor]  # "the claim was that they had fled"
    if row.takes("that") and token.deprel in ("obj", "nsubj:pass") and governor.lemma.lower() in LIGHT:
        return [c for c in document.children(governor.i, "ccomp") if any(m.lemma == "that" for m in document.children(c.i, "mark"))][:1]
    return []


def _speaker_of_noun(document: Document, token: Token) -> Speaker | None:
    """The possessor, the "by" or "from", or the subject of the verb that makes the claim."""
    for child in document.children(token.i, "nmod"):
        marks = {m.lemma.lower() for m in document.children(child.i, "case")}
        if child.deprel == "nmod:poss" or marks & {"by", "from"}:
            return _possessor(document, child)
    governor = document.tokens[token.head]
    light = governor.lemma.lower() in LIGHT and governor.lemma.lower() not in RECEIVING
    if base(token) == "obj" and light:
        own = subject(document, governor.i)
        step = governor
        while own is None and base(step) in ("conj", "xcomp", "advcl") and step.head != step.i:
            step = document.tokens[step.head]
            own = subject(document, step.i)
        return at_noun(document, own.i, token.i, 0.95) if own is not None else None
    return None


def _possessor(document: Document, child: Token) -> Speaker:
    made = at_noun(document, child.i, child.i)
    if made.span is None:
        return made
    start, end = made.span
    for mark in ("'s", "’s", "'", "’"):
        if document.text[start:end].endswith(mark) and end - start > len(mark):
            return Speaker(made.token, (start, end - len(mark)), made.score, made.text)
    return made
