"""Statements that the layout tells: headline colons and dashes, "He said:" before a block, interviews, a quote signed with a dash."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from dateline.extraction.findings import MentionFound
from dateline.extraction.quotes import Quote
from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_lexicon import media
from dateline.extraction.statements_spans import Piece, trim
from dateline.extraction.statements_speakers import Speaker
from dateline.language.document import Document
from dateline.model import Section

SPEAKING = frozenset({"PERSON", "ORG", "FORCE", "ACTOR", "NORP"})
LEFT = re.compile(r"^\s*([^:\n]{2,60}?)\s*:\s+(?=\S)")
RIGHT = re.compile(r"(?::|\s[-–—―])\s+([^:\n–—―]{2,50}?)\s*$")
LABEL = re.compile(r"\s*([QA](?=\.)|[A-Z][\w.’'-]*(?:[ \t]+[A-Z(][\w.’'()-]*){0,4}(?=\s*:))\s*[.:]\s+(?=\S)")
LABELLED = re.compile(r"\s*([^\s:,.?!][^:,.?!\n]{2,60}):\s+")
SOURCE_NOUNS = frozenset(
    "official officials police army military government minister ministry president report "
    "reports monitor monitors source sources witness witnesses rebels activists "
    "medics media spokesman spokeswoman spokesperson "
    "analyst analysts expert experts study survey poll ngo envoy mayor governor general commander hospital doctors residents "
    "rescuers militants coalition".split()
)
TOPICS = frozenset(
    "watch video photos pictures gallery live update updates analysis opinion exclusive breaking explainer factbox timeline correction editorial "
    "profile q&a podcast interview".split()
)


def headline_statements(document: Document, sections: Sequence[Section], mentions: Sequence[MentionFound]) -> list[Draft]:
    """Headlines that name their source before a colon, or after a colon or dash at the end."""
    made = []
    for section in sections:
        if section.kind != "headline":
            continue
        line = document.text[section.start : section.end]
        for pattern, left in ((LEFT, True), (RIGHT, False)):
            match = pattern.search(line)
            if match is None:
                continue
            source = (section.start + match.start(1), section.start + match.end(1))
            said = (section.start + match.end(), section.end) if left else (section.start, section.start + match.start())
            speaker = _source(document, source, mentions)
            if speaker is not None and len(document.tokens_in(*said)) >= 3:
                sign = _sign(document.text, source, said)
                rule = "layout:source_before_colon" if left else "layout:source_at_end_of_headline"
                made.append(Draft(None, sign, speaker, [trim(document.text, *said)], "say", rule, 0.8, frame="layout", addressee=None))
                break
    return made


def _sign(text: str, source: Piece, said: Piece) -> Piece:
    """The colon or dash that stands for "says"."""
    start, end = min(source[1], said[1]), max(source[0], said[0])
    match = re.search(r"[:\-–—―]", text[start:end])
    return (start + match.start(), start + match.end()) if match else (start, end)


def _source(document: Document, span: Piece, mentions: Sequence[MentionFound]) -> Speaker | None:
    """The speaker that a short stretch names: a person or body, or a noun such as "police"; not a topic or a bare place."""
    rows = document.tokens_in(*span)
    if not 1 <= len(rows) <= 7 or any(t.text.lower() in TOPICS for t in rows):
        return None
    head = document.head_of(rows[0].i, rows[-1].i + 1)
    inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1]]
    named = any(m.label in SPEAKING for m in inside)
    noun = head.lemma.lower() in SOURCE_NOUNS or head.text.lower() in SOURCE_NOUNS or rows[-1].text.lower() in SOURCE_NOUNS or rows[-1].lemma.lower() in media()
    if any(t.upos in ("VERB", "AUX") and "VerbForm=Fin" in t.feats for t in rows):
        return None
    return Speaker(head.i, span, 0.9) if named or noun else None


def labelled_quotes(document: Document, quotes: Sequence[Quote], paragraphs: Sequence[Piece], mentions: Sequence[MentionFound]) -> list[Draft]:
    """Quotes that follow a colon and a short name of who says them at the beginning of a paragraph ("Minister: '...'")."""
    starts = sorted(p[0] for p in paragraphs)
    made = []
    for n, quote in enumerate(quotes):
        k = bisect_left(starts, quote.start) - 1
        if quote.depth or k < 0:
            continue
        match = LABELLED.fullmatch(document.text, starts[k], quote.start)
        speaker = _source(document, (match.start(1), match.end(1)), mentions) if match else None
        if match and speaker is not None:
            made.append(
                Draft(
                    None,
                    (match.end(1), match.end(1) + 1),
                    speaker,
                    list(quote.pieces),
                    "say",
                    "layout:label_before_quote",
                    0.85,
                    frame="layout",
                    quotes=[n],
                    mode="direct",
                )
            )
    return made


def interview_statements(document: Document, sections: Sequence[Section], paragraphs: Sequence[Piece], mentions: Sequence[MentionFound]) -> list[Draft]:
    """The turns of an interview: paragraphs that begin with a speaker's label, where at least two in the report do.

    Paragraphs without a label between two turns go on with the first of them; what follows the last turn may be the outlet's own.
    """
    text = document.text
    silent = {(s.start, s.end) for s in sections if s.kind not in ("paragraph", "headline")}
    rows = [(p, LABEL.match(text, p[0], p[1])) for p in paragraphs if p not in silent]
    times = Counter(m.group(1) for _, m in rows if m)
    asked = not ASKING.isdisjoint(times)
    if times.total() < 2 or not (asked or max(times.values()) > 1):
        return []
    turns = [(p, m, _labelled(document, m, mentions, known=asked or times[m.group(1)] > 1) if m else None) for p, m in rows]
    last = max((n for n, (_, _, speaker) in enumerate(turns) if speaker is not None), default=-1)
    made: list[Draft] = []
    for n, ((start, end), match, speaker) in enumerate(turns[: last + 1]):
        if match is not None and speaker is not None:
            colon = match.end(1)
            said = [trim(text, match.end(), end)]
            made.append(Draft(None, (colon, colon + 1), speaker, said, "say", "layout:interview", 0.8, frame="layout", mode="direct"))
        elif match is None and made and n < last:
            made[-1].content.append(trim(text, start, end))
    return made


ASKING = frozenset({"Q", "QUESTION", "Question", "Interviewer", "INTERVIEWER", "REPORTER", "Reporter"})
ANSWERING = frozenset({"A", "ANSWER", "Answer"})
FIELDS = frozenset(
    (
        "location date time place source sources note notes details casualties killed injured wounded dead weapon weapons target targets perpetrator type "
        "status contact contacts tel phone email fax update title author byline photo photos caption credit summary background correction region district "
        "province country city village total sector needs response health shelter access recommendation recommendations objective incident category "
        "damage victims deaths analysis comment method results address website related video watch read listen"
    ).split()
)
"""Labels of forms and lists, which no speaker has."""


def _labelled(document: Document, match: re.Match[str], mentions: Sequence[MentionFound], *, known: bool) -> Speaker | None:
    span = (match.start(1), match.end(1))
    if match.group(1) in ASKING | ANSWERING:
        return Speaker(None, span, 0.8)
    rows = document.tokens_in(*span)
    if not rows or any(t.text.lower() in FIELDS for t in rows):
        return None
    named = any(m.label in SPEAKING and m.start < span[1] and m.end > span[0] for m in mentions)
    office = rows[-1].lemma.lower() in SOURCE_NOUNS or rows[-1].text.lower() in SOURCE_NOUNS
    if not (named or (known and (office or rows[-1].upos == "PROPN" or rows[-1].text.isupper()))):
        return None
    return Speaker(document.head_of(rows[0].i, rows[-1].i + 1).i, span, 0.9)


def block_statements(document: Document, drafts: Sequence[Draft], quotes: Sequence[Quote], paragraphs: Sequence[Piece]) -> None:
    """Give a cue that ends its paragraph with a colon the paragraph that follows, and the list items after that."""
    text = document.text
    starts = dict(enumerate(paragraphs))
    by_end = {_last(text, p): n for n, p in enumerate(paragraphs)}
    opening = sorted(q.start for q in quotes if q.depth == 0)
    tellers = sorted(d.cue_span[0] for d in drafts if d.cue_span and _tells(document, d))
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda d: d.place, reverse=True):
        if draft.frame != "bare" or draft.cue is None or draft.quotes or draft.content:
            continue
        stop = document.sentence_of(draft.cue).end
        while stop > 0 and text[stop - 1].isspace():
            stop -= 1
        n = by_end.get(stop)
        if n in taken:
            continue
        if n is None or text[stop - 1] != ":" or n + 1 not in starts:
            continue
        pieces = _block(document, paragraphs, n + 1, tellers, opening)
        first = pieces[0][0] + len(text[pieces[0][0] : pieces[0][1]]) - len(text[pieces[0][0] : pieces[0][1]].lstrip())
        if first in opening:
            continue
        taken.add(n)
        draft.content = [trim(text, *p) for p in pieces]
        draft.frame, draft.rule, draft.score, draft.mode = "block", "layout:block_after_colon", 0.75, "direct"


END_OF_BLOCK = re.compile(
    r"\s*(?:notes? (?:to|for) (?:the )?editors?|further information|background|more information|contacts?|media (?:enquiries|inquiries|contact)|ends?"
    r"|#+|-+)\b[^.]*$",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]urs?|us|[Mm]y)\b(?!\.)")


def _tells(document: Document, draft: Draft) -> bool:
    """Whether the cue stands in the outlet's own words: a third person and a verb of telling."""
    if draft.frame not in ("that", "tag", "around") or draft.speaker.token is None or draft.cue is None:
        return False
    own = document.tokens[draft.speaker.token].text.lower() in ("i", "we", "report", "investigation")
    return not own and document.tokens[draft.cue].lemma.lower() in ("say", "tell", "add")


def _block(document: Document, paragraphs: Sequence[Piece], n: int, tellers: Sequence[int], opening: Sequence[int]) -> list[Piece]:
    """The paragraph after the colon and those that go on in the same voice: list items, and a release's text up to its end or to another voice."""
    text = document.text
    listed = _item(text, paragraphs[n])
    found, sure = [paragraphs[n]], 1
    for start, end in paragraphs[n + 1 :]:
        if listed and not _item(text, (start, end)):
            return found
        if _breaks_off(text, (start, end), tellers, opening):
            return found[:sure]
        found.append((start, end))
        if listed or FIRST_PERSON.search(text, start, end):
            sure = len(found)
    return found if FIRST_PERSON.search(text, *found[0]) or sure > 1 else found[:1]


def _breaks_off(text: str, piece: Piece, tellers: Sequence[int], opening: Sequence[int]) -> bool:
    """Whether a paragraph cannot be more of the same speech: a heading, another's words, a lead to something else."""
    last = _last(text, piece)
    other = any(bisect_left(rows, piece[0]) < bisect_left(rows, piece[1]) for rows in (tellers, opening))
    return other or last - piece[0] < 3 or text[last - 1] == ":" or END_OF_BLOCK.match(text, piece[0], last) is not None


def _last(text: str, piece: Piece) -> int:
    end = piece[1]
    while end > piece[0] and text[end - 1].isspace():
        end -= 1
    return end


def _item(text: str, piece: Piece) -> bool:
    return re.match(r"\s*(?:[-•*·–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s", text[piece[0] : piece[1]]) is not None


def signed_quotes(document: Document, quotes: Sequence[Quote], paragraphs: Sequence[Piece], mentions: Sequence[MentionFound]) -> list[Draft]:
    """A quote followed by a dash and a name to the end of the paragraph."""
    made = []
    ends = sorted(_last(document.text, p) for p in paragraphs)
    for n, quote in enumerate(quotes):
        match = re.compile(r"[\s.,]*[-–—―]{1,2}\s*(?=\S)").match(document.text, quote.end)
        if quote.depth or match is None:
            continue
        stop = ends[i] if (i := bisect_left(ends, match.end())) < len(ends) else None
        if stop is None or stop - match.end() > 80:
            continue
        speaker = _source(document, trim(document.text, match.end(), stop), mentions)
        if speaker is not None:
            dash = re.search(r"[-–—―]+", document.text[quote.end : match.end()])
            sign = (quote.end + dash.start(), quote.end + dash.end()) if dash else None
            inner = list(quote.pieces)
            made.append(Draft(None, sign, speaker, inner, "say", "layout:signed_quote", 0.85, frame="layout", quotes=[n], mode="direct"))
    return made
