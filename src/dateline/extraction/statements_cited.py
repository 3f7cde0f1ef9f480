"""Links of a chain that one cue lays on another: "citing hospital officials", "quoted the army as saying", "neither confirmed nor denied"."""

from __future__ import annotations

from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_layout import SOURCE_NOUNS
from dateline.extraction.statements_lexicon import media
from dateline.extraction.statements_spans import base, pieces, subtree, verb_group
from dateline.extraction.statements_speakers import agent, at_noun, quoting, speaker_of
from dateline.language.document import Document, Token


def chains(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts with sources that are cited as speakers of their own, and with those who quote somebody."""
    made = [d for d in (_quoting(document, draft) for draft in drafts) if d is not None]
    for draft in drafts:
        if draft.rule == "cues:cite" and draft.cue is not None and document.tokens[draft.cue].xpos == "VBG":
            _cited(document, draft, drafts)
    return [d for d in drafts if not _second_half(document, d, drafts)] + made


def _quoting(document: Document, draft: Draft) -> Draft | None:
    """The statement of the one who quotes, around that of the one who is quoted."""
    through = quoting(document, draft.cue) if draft.cue is not None and draft.frame not in ("noun", "phrase", "adverb") else None
    if through is None:
        return None
    verb, source = through
    passive = any(c.deprel in ("nsubj:pass", "aux:pass") for c in document.children(verb.i))
    speaker = agent(document, verb.i) if passive or verb.deprel == "acl" else speaker_of(document, verb.i)
    if speaker is None or speaker.token is None:
        return None
    first, last = verb_group(document, verb.i)
    cue = (document.tokens[first].start, document.tokens[last].end)
    said = subtree(document, source.i, without=(verb.i,)) | subtree(document, draft.cue or verb.i)
    said |= {i for i in range(min(said), max(said)) if not first <= i <= last} if not passive else set()
    return Draft(verb.i, cue, speaker, pieces(document, said), "report", "cues:quote", 0.9, frame="quoting")


def _cited(document: Document, draft: Draft, drafts: list[Draft]) -> None:
    """Make the source that is cited the speaker of what the citing statement says, within that statement."""
    things = document.children(draft.cue or 0, "obj")
    before = [d for d in drafts if d is not draft and d.cue is not None and d.cue < (draft.cue or 0) and d.content]
    outer = max(before, key=lambda d: d.cue or 0, default=None)
    if outer is None or outer.cue is None or document.tokens[outer.cue].sentence != document.tokens[draft.cue or 0].sentence:
        return
    if not things or not _source(document, things[0]):
        draft.speaker = outer.speaker
        return
    branch = subtree(document, draft.cue or 0)
    start = document.tokens[min(branch)].start
    outer.content = [(s, min(e, start)) if s < start < e else (s, e) for s, e in outer.content]
    outer.content = [(s, len(document.text[:e].rstrip(" ,")) if e == start else e) for s, e in outer.content if s < e]
    draft.speaker = at_noun(document, things[0].i, draft.cue or 0, 0.95)
    draft.content, draft.quotes, draft.frame, draft.outer = list(outer.content), list(outer.quotes), "cited", outer
    draft.score = 0.85


def _source(document: Document, token: Token) -> bool:
    """Whether it is somebody or something that says things."""
    lemma = token.lemma.lower()
    person = token.upos == "PROPN" and base(token) == "obj"
    return person or lemma in SOURCE_NOUNS or token.text.lower() in SOURCE_NOUNS or (lemma in media() and media()[lemma] != "occasion")


def _second_half(document: Document, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether "denied" is the second half of "neither confirmed nor denied"; its object then goes to the first."""
    if draft.cue is None or draft.act != "refuse" or base(document.tokens[draft.cue]) != "conj":
        return False
    first = next((d for d in drafts if d.cue == document.tokens[draft.cue or 0].head and d.act == "refuse"), None)
    if first is None or first.cue_span is None or draft.cue_span is None or draft.cue_span[0] - first.cue_span[1] > 12:
        return False
    first.cue_span = (first.cue_span[0], draft.cue_span[1])
    first.content = first.content or draft.content
    first.frame = draft.frame if first.content else first.frame
    return True
