"""Join quotations to those who say them: grow contents to whole quotes, and give quotes without a cue to the speaker before them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.extraction.quotes import Quote
from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_spans import Piece, base, merge, trim
from dateline.extraction.statements_speakers import NOBODY
from dateline.language.document import Document, Sentence

REACH = 260
"""Characters between a cue and its quotation, at most (a long title may stand between)."""
STEPS = 40
"""How many cues back the speaker of a quote is looked for."""
FINITE = "VerbForm=Fin"


class Quotes:
    """The quotes of a report with the questions that joining asks of them."""

    def __init__(self, document: Document, quotes: Sequence[Quote], paragraphs: Sequence[Piece]) -> None:
        self.document = document
        self.all = quotes
        self.starts = [q.start for q in quotes]
        self.outer = [n for n, q in enumerate(quotes) if q.depth == 0]
        self.outer_starts = [quotes[n].start for n in self.outer]
        self.paragraphs = list(paragraphs)
        self.paragraph_starts = [start for start, _ in paragraphs]
        self.token_starts = [t.start for t in document.tokens]
        self.near = self._sentences()

    def _sentences(self) -> frozenset[int]:
        """Sentences that touch a quote or stand right beside one."""
        ends = [s.end for s in self.document.sentences]
        found: set[int] = set()
        for quote in self.all:
            i = bisect_left(ends, quote.start - 2)
            while i < len(ends) and self.document.sentences[i].start <= quote.end + 2:
                found.add(i)
                i += 1
        return frozenset(found)

    def holding(self, offset: int) -> int | None:
        """Index of the outer quote in which a character stands, or None."""
        i = bisect_right(self.outer_starts, offset) - 1
        return self.outer[i] if i >= 0 and self.all[self.outer[i]].end > offset else None

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at the character or after it."""
        return bisect_left(self.token_starts, offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence of the first token at or after the character."""
        i = self.first_at(offset)
        return self.document.sentence_of(i) if i < len(self.document.tokens) else None

    def beside(self, token: int) -> bool:
        """Whether a quote stands in or beside the sentence of the token, or the sentence ends with a colon."""
        sentence = self.document.sentence_of(token)
        return sentence.i in self.near or self.document.text[sentence.start : sentence.end].rstrip().endswith(":")

    def paragraph(self, offset: int) -> int:
        """Index of the paragraph in which a character stands."""
        return bisect_right(self.paragraph_starts, offset) - 1

    def overlapping(self, piece: Piece, cue: int | None) -> list[int]:
        """Quotes that share characters with the piece and do not hold the cue; the outermost of nested ones."""
        rows: list[int] = []
        i = bisect_right(self.outer_starts, piece[0]) - 1
        candidates = self.outer[max(i, 0) : bisect_left(self.outer_starts, piece[1])]
        for n in candidates:
            quote = self.all[n]
            if quote.end <= piece[0] or quote.start >= piece[1]:
                continue
            if cue is not None and quote.start <= cue < quote.end:
                rows.extend(self._inside(n, piece, cue))
            else:
                rows.append(n)
        return rows

    def _inside(self, outer: int, piece: Piece, cue: int) -> list[int]:
        rows = []
        n = outer + 1
        while n < len(self.all) and self.all[n].start < self.all[outer].end:
            quote = self.all[n]
            if quote.start < piece[1] and quote.end > piece[0] and not quote.start <= cue < quote.end:
                rows.append(n)
            n += 1
        return rows

    def speech(self, n: int) -> bool:
        """Whether the quote reads as speech, not as a name or a word held at arm's length."""
        start, end = self.all[n].inner
        tokens = [t for t in self.document.tokens_in(start, end) if t.upos not in ("PUNCT", "SPACE")]
        if len(tokens) < 2:
            return False
        if all(t.text[:1].isupper() or t.upos in ("ADP", "DET", "CCONJ", "PART", "NUM") for t in tokens):
            return len(tokens) > 8
        finite = any(FINITE in t.feats or t.xpos in ("VBD", "VBP", "VBZ", "MD") for t in tokens)
        return (finite and len(tokens) >= 3) or len(tokens) >= 7

    def whole(self, n: int) -> list[Piece]:
        """What stands between the marks, a piece a paragraph, without commas at the edges."""
        return [p for s, e in self.all[n].pieces if (p := within_marks(self.document.text, s, e))[0] < p[1]]


def within_marks(text: str, start: int, end: int) -> Piece:
    """The words of a quote without blanks and the comma that punctuates the sentence around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def grow(quotes: Quotes, draft: Draft) -> None:
    """Let the content take in whole every quote that it touches, and settle its mode."""
    cue = draft.cue_span[0] if draft.cue_span else None
    content: list[Piece] = []
    for piece in draft.content:
        start, end = piece
        for n in quotes.overlapping(piece, cue):
            quote = quotes.all[n]
            if quote.closed or min(end, quote.end) - max(start, quote.start) > 0.5 * (quote.end - quote.start):
                start, end = min(start, quote.start), max(end, quote.end)
                if n not in draft.quotes:
                    draft.quotes.append(n)
        content.append((start, end))
    draft.content = _apart(quotes, merge(content), draft)


def _apart(quotes: Quotes, content: list[Piece], draft: Draft) -> list[Piece]:
    """Pieces that are a quote and no more lose their marks; a cue that a grown piece ran over is cut out again."""
    made: list[Piece] = []
    text = quotes.document.text
    for start, end in content:
        bare = next((n for n in draft.quotes if _same(text, (start, end), quotes.all[n])), None)
        if bare is not None:
            made.extend(quotes.whole(bare))
        else:
            made.append(trim(text, start, end))
    return made


def _same(text: str, piece: Piece, quote: Quote) -> bool:
    lead, tail = sorted((piece[0], quote.start)), sorted((piece[1], quote.end))
    rest = text[lead[0] : lead[1]] + text[tail[0] : tail[1]]
    return not any(c.isalnum() for c in rest)


def settle_mode(quotes: Quotes, draft: Draft) -> None:
    """Direct when all that is said stands between marks, mixed when some of it does, else indirect."""
    if draft.mode:
        return
    inside = 0
    for start, end in draft.content:
        for n in draft.quotes:
            first, last = quotes.all[n].inner
            if " " not in quotes.document.text[first:last].strip() and end - start > 2 * (last - first):
                continue  # one word held at arm's length is no quotation of what was said
            inside += max(0, min(end, last) - max(start, first))
    total = sum(end - start for start, end in draft.content)
    if not inside:
        draft.mode = "indirect"
    else:
        draft.mode = "direct" if inside >= total - 4 else "mixed"


def give_orphans(quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """Give every outer quote of speech that no content holds to its cue or to the speaker before it; returns statements made anew."""
    owned = _owned(quotes, drafts)
    orphans = [n for n in quotes.outer if n not in owned]
    cues = sorted((d for d in drafts if d.cue_span is not None), key=lambda d: d.cue_span or (0, 0))
    positions = [d.cue_span[0] for d in cues if d.cue_span]
    made: list[Draft] = []
    last: tuple[Draft, int] | None = None
    for n in orphans:
        draft = _cue_beside(quotes, n, cues, positions)
        if draft is not None:
            _take(quotes, draft, n)
            last = (draft, n)
            continue
        if not quotes.speech(n):
            continue
        draft = _before(quotes, n, cues, positions)
        if draft is not None and draft.mode != "indirect" and not _indirect(draft):
            _take(quotes, draft, n)
            last = (draft, n)
            continue
        new = _speaker_goes_on(quotes, n, draft, cues, positions, made, last)
        made.append(new)
        last = (new, n)
    return made


def reach_quotes(quotes: Quotes, drafts: Sequence[Draft]) -> None:
    """Let an object with what it is called ("called the fall of the town '...'") run up to a quote that follows it without another verb."""
    for draft in drafts:
        if draft.cue is None or draft.quotes or draft.frame not in ("bare", "obj", "obj-comp") or draft.rule not in CALLING:
            continue
        sentence = quotes.document.sentence_of(draft.cue)
        i = bisect_left(quotes.outer_starts, quotes.document.tokens[draft.cue].end)
        n = quotes.outer[i] if i < len(quotes.outer) else None
        if n is None or quotes.all[n].start >= sentence.end:
            continue
        between = quotes.document.tokens_in(quotes.document.tokens[draft.cue].end, quotes.all[n].start)
        objects = [t for t in between if t.upos in ("NOUN", "PROPN", "PRON")]
        if not objects or any(t.upos in ("VERB", "AUX") and base(t) not in ("amod", "acl") for t in between):
            continue
        draft.content = [trim(quotes.document.text, between[0].start, quotes.all[n].end)]
        draft.quotes, draft.frame = [n], "obj-comp"


CALLING = frozenset(
    f"cues:{word}" for word in "call describe dismiss label brand term denounce condemn hail praise portray characterize characterise criticize".split()
)
"""Rules of cues that give something a name or a judgement, often a quoted one."""


def _indirect(draft: Draft) -> bool:
    return not draft.quotes


def _owned(quotes: Quotes, drafts: list[Draft]) -> set[int]:
    owned = {n for d in drafts for n in d.quotes}
    covered = merge([p for d in drafts for p in d.content])
    starts = [s for s, _ in covered]
    for n in quotes.outer:
        middle = (quotes.all[n].start + quotes.all[n].end) // 2
        i = bisect_right(starts, middle) - 1
        if i >= 0 and covered[i][1] > middle:
            owned.add(n)
    return owned


def _take(quotes: Quotes, draft: Draft, n: int) -> None:
    draft.quotes.append(n)
    draft.content = sorted({*draft.content, *quotes.whole(n)})


def _cue_beside(quotes: Quotes, n: int, cues: Sequence[Draft], positions: Sequence[int]) -> Draft | None:
    """The cue without content of its own that stands before or after the quote in its sentence."""
    quote = quotes.all[n]
    best: tuple[int, Draft] | None = None
    for i in range(bisect_left(positions, quote.start - REACH), bisect_right(positions, quote.end + REACH)):
        draft = cues[i]
        if draft.cue_span is None or draft.frame != "bare" or quote.start <= draft.cue_span[0] < quote.end:
            continue
        if draft.quotes and not _beyond(quotes, draft, n):
            continue
        gap = _gap(quotes, draft, n)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, draft)
    return best[1] if best else None


def _beyond(quotes: Quotes, draft: Draft, n: int) -> bool:
    """A second quote of the same sentence, after the cue ("..." he said, "...")."""
    first = quotes.all[draft.quotes[0]]
    return draft.cue_span is not None and first.end <= draft.cue_span[0] < quotes.all[n].start and quotes.all[n].start - draft.cue_span[1] < REACH


def _gap(quotes: Quotes, draft: Draft, n: int) -> int | None:
    """Characters between cue and quote, or None where a sentence ends between them."""
    quote, text = quotes.all[n], quotes.document.text
    assert draft.cue_span is not None
    between = text[draft.cue_span[1] : quote.start] if draft.cue_span[1] <= quote.start else text[quote.end : draft.cue_span[0]]
    sentence = quotes.document.tokens[draft.cue].sentence if draft.cue is not None else -1
    rows = quotes.document.tokens_in(min(quote.end, draft.cue_span[1]), max(quote.start, draft.cue_span[0]))
    if any(t.sentence != sentence for t in rows if t.upos != "PUNCT"):
        return None
    own = draft.speaker.span or draft.cue_span
    if any(t.upos in ("VERB", "AUX") and not own[0] <= t.start < own[1] and base(t) not in ("acl", "amod", "advcl", "xcomp") for t in rows):
        return None
    if "\n\n" in between and not between.strip().endswith(":"):
        return None
    return len(between)


def _before(quotes: Quotes, n: int, cues: Sequence[Draft], positions: Sequence[int]) -> Draft | None:
    """The last statement of the same paragraph before the quote, whose own cue lies in nobody else's quote."""
    quote = quotes.all[n]
    paragraph = quotes.paragraph(quote.start)
    i = bisect_left(positions, quote.start) - 1
    furthest = i - STEPS
    while i > furthest and i >= 0 and quotes.paragraph(positions[i]) == paragraph:
        draft = cues[i]
        hidden = any(quotes.all[m].start <= positions[i] < quotes.all[m].end for m in _around(quotes, positions[i]))
        if draft.content and draft.family == "speech" and draft.frame not in ("adverb", "noun") and not hidden and draft.speaker.token is not None:
            return draft
        i -= 1
    return None


def _around(quotes: Quotes, offset: int) -> list[int]:
    i = bisect_right(quotes.outer_starts, offset) - 1
    return [quotes.outer[i]] if i >= 0 else []


def _speaker_goes_on(
    quotes: Quotes, n: int, before: Draft | None, cues: Sequence[Draft], positions: Sequence[int], made: Sequence[Draft], last: tuple[Draft, int] | None
) -> Draft:
    """A statement of its own for a quote without a cue; its speaker is the one who spoke just before, where the layout says so."""
    speaker, score, rule = None, 0.4, "quotes:nobody_named"
    if before is not None:
        speaker, score, rule = before.speaker, 0.8, "quotes:same_speaker_goes_on"
    elif _alone(quotes, n):
        previous = _quote_before(quotes, n, last) or _paragraph_before(quotes, n, cues, positions, made)
        if previous is not None:
            speaker, score, rule = previous.speaker, 0.7, "quotes:paragraph_of_its_own"
    return Draft(None, None, speaker or NOBODY, quotes.whole(n), "say", rule, score, frame="quote", quotes=[n], mode="direct")


def _quote_before(quotes: Quotes, n: int, last: tuple[Draft, int] | None) -> Draft | None:
    """The statement to which the quote in the paragraph before was given."""
    if last is None or last[0].speaker.token is None:
        return None
    return last[0] if quotes.paragraph(quotes.all[last[1]].start) == quotes.paragraph(quotes.all[n].start) - 1 else None


def _alone(quotes: Quotes, n: int) -> bool:
    """Whether the paragraph holds nothing but quotes."""
    start, end = quotes.paragraphs[quotes.paragraph(quotes.all[n].start)]
    text = quotes.document.text
    return not any(c.isalnum() for c in text[start : quotes.all[n].start] + text[quotes.all[n].end : end])


def _paragraph_before(quotes: Quotes, n: int, cues: Sequence[Draft], positions: Sequence[int], made: Sequence[Draft]) -> Draft | None:
    paragraph = quotes.paragraph(quotes.all[n].start)
    for draft in reversed(made):
        if quotes.paragraph(draft.place) == paragraph - 1:
            return draft
        break
    i = bisect_left(positions, quotes.all[n].start) - 1
    while i >= 0 and quotes.paragraph(positions[i]) == paragraph - 1:
        if cues[i].content and cues[i].family == "speech" and cues[i].frame not in ("adverb", "noun") and cues[i].speaker.token is not None:
            return cues[i]
        i -= 1
    return None
