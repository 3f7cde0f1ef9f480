"""Tags at the end of a sentence that the tree misses: "..., say officials", "..., Jan Novak, the mayor, said"."""

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


APPOSITION = 16
"""Words of an apposition between a name and "said", at most."""


def apposed(document: Document, token: Token, row: CueRow) -> tuple[Speaker, Complement] | None:
    """The person named between commas before the verb, with what they are, and the clause before them ("..., Jan Novak, the mayor of X, said")."""
    sentence, tokens = document.sentence_of(token.i), document.tokens
    if token.xpos not in _FINITE or not row.takes("that") or token.i - 2 <= sentence.first or tokens[token.i - 1].text != ",":
        return None
    reach = range(token.i - 2, max(sentence.first, token.i - 2 - APPOSITION), -1)
    commas = [i for i in reach if tokens[i].text == ","]
    for left, right in zip(commas[1:], commas, strict=False):
        run = tokens[left + 1 : right]
        if any(n.label == "PERSON" and n.first == left + 1 and n.last == right for n in document.names_at(left + 1)):
            break
        if 2 <= len(run) <= 4 and all(t.upos == "PROPN" for t in run) and tokens[right + 1].upos in ("DET", "NOUN", "PRON"):
            break
    else:
        return None
    between, said = tokens[right + 1 : token.i - 1], frozenset(range(sentence.first, left))
    clause = any(t.xpos in ("VBD", "VBZ", "VBP", "MD") and not t.deprel.startswith("acl") for t in between)
    if clause or not between or not any(tokens[i].xpos in ("VBD", "VBZ", "VBP", "MD") for i in said) or not _ends(document, token.i + 1, sentence.last):
        return None
    head = document.head_of(left + 1, right)
    return Speaker(head.i, (tokens[left + 1].start, tokens[token.i - 2].end), 0.9), Complement(said, "around", None, 0.9)


def _of(document: Document, i: int) -> bool:
    return document.tokens[i].lemma.lower() in ("of", "for", "and", "from", "by") and document.tokens[i].upos in ("ADP", "CCONJ")


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
    if any(t.lemma.lower() in SOURCE_NOUNS or t.text.lower() in SOURCE_NOUNS or media().get(t.lemma.lower()) in ("channel", "text") for t in nouns):
        return True
    if all(t.upos == "PROPN" for t in nouns):
        return True
    return any(t.text.lower() in _GROUPS for t in nouns[-1:])


_GROUPS = frozenset(
    "forces troops soldiers fighters insurgents militias villagers relatives survivors lawyers diplomats prosecutors investigators campaigners scientists "
    "researchers doctors medics firefighters aides leaders commanders officers opposition group groups agency agencies authorities council union workers "
    "locals neighbours neighbors protesters families organisers organizers newspapers channel station broadcaster navy parliament court embassy".split()
)
