"""Tags whose speaker stands behind the verb at the end of a sentence: "The town has fallen, say officials", "..., reported the Herald on Monday"."""

from __future__ import annotations

from dateline.extraction.statements_content import Complement
from dateline.extraction.statements_layout import SOURCE_NOUNS
from dateline.extraction.statements_lexicon import CueRow, media
from dateline.extraction.statements_speakers import Speaker, at_noun
from dateline.language.document import Document, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "VBN"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM"})
_TAIL = frozenset({"on", "in", "at", "to", "during", "late", "early", "after", "yesterday", "today", "this", "last"})


def inverted(document: Document, token: Token, row: CueRow) -> tuple[Speaker, Complement] | None:
    """The speaker behind the verb and the clause before it, where a comma parts them and nothing else follows; None elsewhere."""
    sentence = document.sentence_of(token.i)
    tokens = document.tokens
    comma = token.i - 1
    if token.xpos not in _FINITE or not row.takes("that") or comma <= sentence.first or tokens[comma].text not in (",", "–", "—"):
        return None
    first = last = token.i + 1
    while last < sentence.last and (tokens[last].upos in _NOMINAL or tokens[last].xpos in ("HYPH", "POS") or _of(document, last) or _modifies(tokens[last])):
        last += 1
    if first == last or not _ends(document, last, sentence.last):
        return None
    nouns = [t for t in tokens[first:last] if t.upos in ("NOUN", "PROPN")]
    said = frozenset(range(sentence.first, comma))
    if not nouns or not _speaks(nouns) or not any(tokens[i].upos in ("VERB", "AUX") for i in said):
        return None
    bare = next((i for i in range(first, last) if _of(document, i)), last)
    head = next((t.i for t in reversed(nouns) if t.i < bare), nouns[-1].i)
    speaker = at_noun(document, head, token.i, 0.9)
    span = (tokens[first].start, tokens[last - 1].end)
    return Speaker(speaker.token, span, speaker.score, speaker.text), Complement(said, "around", None, 0.9)


def _of(document: Document, i: int) -> bool:
    return document.tokens[i].lemma.lower() in ("of", "for", "and") and document.tokens[i].upos in ("ADP", "CCONJ")


def _modifies(token: Token) -> bool:
    """Whether a participle stands within the speaker's noun phrase ("US-backed forces")."""
    return token.upos == "VERB" and token.deprel in ("amod", "compound")


def _ends(document: Document, i: int, last: int) -> bool:
    """Whether the sentence ends here, or goes on with no more than when and where it was said."""
    rest = document.tokens[i:last]
    if all(t.upos == "PUNCT" for t in rest):
        return not any(t.text in ("“", '"', ":") for t in rest)
    return rest[0].text.lower() in _TAIL and len(rest) <= 7 and not any(t.upos in ("VERB", "AUX", "SCONJ") for t in rest)


def _speaks(nouns: list[Token]) -> bool:
    """Whether the noun phrase names somebody who can say something."""
    if any(t.lemma.lower() in SOURCE_NOUNS or t.text.lower() in SOURCE_NOUNS or media().get(t.lemma.lower()) == "channel" for t in nouns):
        return True
    if all(t.upos == "PROPN" for t in nouns):
        return True
    return any(t.text.lower() in _GROUPS for t in nouns[-1:])


_GROUPS = frozenset(
    "forces troops soldiers fighters insurgents militias villagers relatives survivors lawyers diplomats prosecutors investigators campaigners scientists "
    "researchers doctors medics firefighters aides leaders commanders officers opposition group groups agency agencies authorities council union workers "
    "locals neighbours neighbors protesters families organisers organizers newspapers channel station broadcaster navy parliament court embassy".split()
)
