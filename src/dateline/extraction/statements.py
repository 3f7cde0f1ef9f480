"""Find statements: who says what, by which cue, in what way; spans and token indices only."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.extraction import statements_circumstances as circumstances
from dateline.extraction.findings import MentionFound, StatementFound
from dateline.extraction.quotes import find_quotes, paragraphs
from dateline.extraction.statements_acts import act_of
from dateline.extraction.statements_chain import chain
from dateline.extraction.statements_cited import chains
from dateline.extraction.statements_claims import settle_claims
from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_layout import block_statements, headline_statements, interview_statements, labelled_quotes, signed_quotes
from dateline.extraction.statements_nouns import noun_statements
from dateline.extraction.statements_quoted import Quotes, give_orphans, grow, reach_quotes, settle_mode
from dateline.extraction.statements_speakers import person_in
from dateline.extraction.statements_tags import mend_speakers, tag_quotes
from dateline.extraction.statements_verbs import verb_statements
from dateline.extraction.times import TimeFound
from dateline.language.document import Document
from dateline.model import Section

SILENT = frozenset({"dateline", "byline", "credit", "contributors", "boilerplate"})
"""Sections in which nobody is quoted."""


def find_statements(
    document: Document, sections: Sequence[Section], mentions: Sequence[MentionFound], times: Sequence[TimeFound]
) -> tuple[StatementFound, ...]:
    """The statements of a report in text order; nested ones point with ``within`` at the statement that holds them."""
    return _find(document, sections, mentions, times, family="speech")


def find_beliefs(document: Document, sections: Sequence[Section], mentions: Sequence[MentionFound], times: Sequence[TimeFound]) -> tuple[StatementFound, ...]:
    """What people are said to think, want, hope or plan without saying it; no part of a reading, kept apart for measuring."""
    return _find(document, sections, mentions, times, family="belief")


def _find(
    document: Document, sections: Sequence[Section], mentions: Sequence[MentionFound], times: Sequence[TimeFound], *, family: str
) -> tuple[StatementFound, ...]:
    rows = paragraphs(document.text, sections)
    quotes = Quotes(document, find_quotes(document.text, sections), rows)
    drafts = [*verb_statements(document, quotes.beside, family=family), *noun_statements(document, family=family)]
    silent = _Silence(sections)
    drafts = [d for d in drafts if not silent.holds(d.place)]
    if family == "speech":
        drafts = settle_claims(document, chains(document, drafts))
    reach_quotes(quotes, drafts)
    for draft in drafts:
        grow(quotes, draft)
    if family == "speech":
        drafts += tag_quotes(quotes, drafts)
        mend_speakers(quotes, drafts)
        signed = signed_quotes(document, quotes.all, rows, mentions)
        layout = [*headline_statements(document, sections, mentions), *interview_statements(document, sections, rows, mentions)]
        taken = {d.quotes[0] for d in drafts if d.quotes and d.frame != "layout"}
        labelled = [d for d in labelled_quotes(document, quotes.all, rows, mentions) if d.quotes[0] not in taken]
        drafts += signed + layout + labelled
        drafts += give_orphans(quotes, drafts)
        block_statements(document, drafts, quotes.all, rows)
    drafts = [d for d in drafts if d.frame != "quoted" or d.quotes]
    drafts = [d for d in drafts if d.content or (d.frame == "none" and d.cue_span is not None)]
    starts = [name.start for name in document.names]
    for draft in drafts:
        settle_mode(quotes, draft)
        draft.speaker = person_in(document, draft.speaker, starts)
    return _made(document, chain(document, drafts), times)


class _Silence:
    """The sections in which nobody is quoted."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.rows = sorted((s.start, s.end) for s in sections if s.kind in SILENT)

    def holds(self, offset: int) -> bool:
        i = bisect_right(self.rows, (offset, sys.maxsize)) - 1
        return i >= 0 and offset < self.rows[i][1]


CALIBRATION = ((0.0, 0.0), (0.3, 0.25), (0.6, 0.4), (0.7, 0.48), (0.8, 0.64), (0.9, 0.76), (0.97, 0.9), (1.0, 0.93))
"""Score of the rules, and how often such a statement had the right speaker and at least half of the right words on texts of seven outlets."""


def calibrated(score: float) -> float:
    """The chance that a statement of this score names the right speaker and the right words."""
    bounded = max(0.0, min(1.0, score))
    for (x0, y0), (x1, y1) in zip(CALIBRATION, CALIBRATION[1:], strict=False):
        if bounded <= x1:
            return round(y0 + (y1 - y0) * (bounded - x0) / (x1 - x0), 2)
    return CALIBRATION[-1][1]


def _made(document: Document, drafts: Sequence[tuple[Draft, int | None]], times: Sequence[TimeFound]) -> tuple[StatementFound, ...]:
    order = sorted(range(len(times)), key=lambda n: times[n].start)
    starts = [times[n].start for n in order]
    made = []
    for draft, within in drafts:
        seat = draft.cue
        near: list[tuple[int, TimeFound]] = []
        if seat is not None:
            sentence = document.sentence_of(seat)
            near = [(order[i], times[order[i]]) for i in range(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))]
        cue = draft.cue_span
        speaker = draft.speaker
        made.append(
            StatementFound(
                speaker=speaker.token,
                speaker_start=speaker.span[0] if speaker.span else None,
                speaker_end=speaker.span[1] if speaker.span else None,
                cue=draft.cue,
                cue_start=cue[0] if cue else None,
                cue_end=cue[1] if cue else None,
                content=tuple(draft.content),
                mode=draft.mode,
                act=act_of(document, draft),
                addressee=circumstances.addressee(document, draft),
                medium=circumstances.medium(document, draft),
                language=circumstances.language(document, draft),
                times=circumstances.times_of_cue(document, draft, near),
                within=within,
                rule=draft.rule,
                confidence=calibrated(draft.score),
            )
        )
    return tuple(made)
