"""Attributions that punctuation makes plain whatever the tree says: `"...," the general said`, `"...", said the general`, `She said: "..."`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_lexicon import CueRow, rows_of_verb
from dateline.extraction.statements_quoted import Quotes
from dateline.extraction.statements_spans import Piece, base, phrase, trim, verb_group
from dateline.extraction.statements_speakers import NOBODY, Speaker
from dateline.language.document import Document, Token

FAR = 30
"""Words between a quote and its cue, at most."""
NICKNAME = 16
"""Characters of a nickname with its marks (Col. John “J.D.” Dorrian), at most."""
ENDING = ",?!.…-–—"
SKIPPED = frozenset({"amod", "acl", "acl:relcl"})


def tag_quotes(quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """Give each quote that a tag follows or leads to that tag's statement alone; returns statements that the tree had missed."""
    by_cue = {d.cue: d for d in drafts if d.cue is not None and d.frame not in ("noun", "phrase", "adverb")}
    made: list[Draft] = []
    for n in quotes.outer:
        verb = _after(quotes, n)
        if verb is not None:
            draft = by_cue.get(verb.i) or _anew(quotes, n, verb, made)
            if draft is not None:
                by_cue[verb.i] = draft
                _follow(quotes, draft, n)
            continue
        before = _leading(quotes, n, by_cue)
        if before is not None:
            _lead(quotes, before, n)
    _give_up(quotes, [*drafts, *made])
    return made


def _give_up(quotes: Quotes, drafts: list[Draft]) -> None:
    """A quote that a tag has is nobody else's, but for those whose content holds the tag too."""
    owners = {n: d for d in drafts if d.frame == "tag" for n in d.quotes}
    for draft in drafts:
        if draft.frame == "tag" or draft.frame in ("noun", "phrase", "adverb"):
            continue
        for n in [n for n in draft.quotes if n in owners]:
            quote = quotes.all[n]
            if draft.cue_span is not None and quote.start <= draft.cue_span[0] < quote.end:
                continue
            kept = [p for p in draft.content if not (quote.start <= p[0] and p[1] <= quote.end)]
            if len(kept) < len(draft.content):
                draft.content = kept
                draft.quotes = [m for m in draft.quotes if m != n]


def _rows(token: Token) -> CueRow | None:
    rows = [r for r in rows_of_verb(token) if r.family == "speech" and " " not in r.cue and r.takes("that", "quote")]
    return rows[0] if rows else None


def _after(quotes: Quotes, n: int) -> Token | None:
    """The verb of saying to which the words after the quote lead without another verb or sentence end between."""
    document, quote = quotes.document, quotes.all[n]
    if not quote.closed or not _ends_like_speech(document.text, quote.inner[1], quote.end):
        return None
    first = quotes.first_at(quote.end)
    words = 0
    for token in document.tokens[first : first + FAR]:
        if token.upos == "PUNCT":
            if token.text in (".", "?", "!", ":", ";", "“", '"', "''", "``") or (words == 0 and token.text in ("(", "[")):
                return None
            continue
        if quotes.paragraph(token.start) != quotes.paragraph(quote.start):
            return None
        words += 1
        if token.upos in ("VERB", "AUX") and token.deprel not in SKIPPED:
            return token if token.upos == "VERB" and _rows(token) and _tag(document, first, token) else _through(document, first, token)
    return None


def _through(document: Document, first: int, token: Token) -> Token | None:
    """The verb of saying behind an auxiliary or a verb such as "went on to"."""
    if token.upos == "AUX" and document.tokens[token.head].i > token.i and _rows(document.tokens[token.head]):
        verb = document.tokens[token.head]
        return verb if verb.i - token.i < 4 and _tag(document, first, verb) else None
    return None


def _tag(document: Document, first: int, verb: Token) -> bool:
    """Whether the words from the quote to the verb are no more than a subject (or none, and the subject follows)."""
    between = [t for t in document.tokens[first : verb.i] if t.upos != "PUNCT"]
    if between and between[0].upos in ("CCONJ", "SCONJ", "ADP") and base(between[0]) not in ("nsubj", "det"):
        return False
    if between and between[0].lemma.lower() in ("which", "that", "who", "and", "but", "as"):
        return False
    nouns = [t for t in between if t.upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")]
    return bool(nouns) or all(t.upos in ("ADV", "AUX") for t in between)


def _ends_like_speech(text: str, inner_end: int, end: int) -> bool:
    return text[inner_end - 1 : inner_end] in tuple(ENDING) or text[end : end + 1] in tuple(",—–")


def _anew(quotes: Quotes, n: int, verb: Token, made: list[Draft]) -> Draft | None:
    """A statement for a tag in which the tree shows no speaker."""
    document = quotes.document
    row = _rows(verb)
    speaker = _speaker_between(document, quotes.first_at(quotes.all[n].end), verb)
    if row is None or speaker is None:
        return None
    first, last = verb_group(document, verb.i)
    draft = Draft(verb.i, (document.tokens[first].start, document.tokens[last].end), speaker, [], row.act, row.rule, 0.85, frame="tag")
    made.append(draft)
    return draft


def _speaker_between(document: Document, first: int, verb: Token) -> Speaker | None:
    """The noun phrase between quote and verb, or the one after the verb."""
    rows = [t for t in document.tokens[first : verb.i] if t.upos in ("NOUN", "PROPN", "PRON")]
    if not rows:
        following = document.tokens[verb.i + 1 : verb.i + 12]
        stop = next((k for k, t in enumerate(following) if t.upos == "PUNCT" or t.sentence != verb.sentence), len(following))
        rows = [t for t in following[:stop] if t.upos in ("NOUN", "PROPN", "PRON")]
        if not rows or (rows[0].i - verb.i > 1 and following[0].upos not in ("DET", "ADJ", "NUM", "NOUN", "PROPN")):
            return None
    head = document.head_of(rows[0].i, rows[-1].i + 1)
    if head.upos not in ("NOUN", "PROPN", "PRON"):
        head = rows[-1]
    return Speaker(head.i, phrase(document, head.i, without=(verb.i,)), 0.85)


def _follow(quotes: Quotes, draft: Draft, n: int) -> None:
    """The content of a tag after its quote: the quote, what stands before it in its sentence, and a quote or clause that goes on after the tag."""
    document, quote = quotes.document, quotes.all[n]
    assert draft.cue_span is not None
    goes_on = document.text[quote.inner[1] - 1 : quote.end + 1].find(",") >= 0
    kept = [p for p in draft.content if p[0] >= draft.cue_span[1] and _goes_on(quotes, draft, p, open_end=goes_on)]
    sentence = quotes.sentence_at(quote.start)
    start = sentence.start if sentence is not None else quote.start
    if start < quote.start and any(c.isalnum() for c in document.text[start : quote.start]) and _mixed(quotes, draft, (start, quote.start)):
        content: list[Piece] = [trim(document.text, start, quote.end)]
    else:
        content = quotes.whole(n)
    others = [m for m in draft.quotes if _inside(quotes, m, content) or any(s < quotes.all[m].end and quotes.all[m].start < e for s, e in kept)]
    draft.quotes = sorted({n, *others})
    draft.content = content + kept
    draft.frame = "tag"
    draft.speaker = _to_the_end(quotes, draft)


def _to_the_end(quotes: Quotes, draft: Draft) -> Speaker:
    """The speaker after an inverted tag with the clause that describes him, up to the end of the sentence ("said Ali, who fled in May.")."""
    document, speaker = quotes.document, draft.speaker
    if draft.cue_span is None or speaker.span is None or speaker.span[0] < draft.cue_span[1] or draft.cue is None:
        return speaker
    rest = document.tokens_in(speaker.span[1], document.sentence_of(draft.cue).end)
    end = speaker.span[1]
    for token in rest:
        nick = quotes.holding(token.start)
        if nick is not None and quotes.all[nick].end - quotes.all[nick].start <= NICKNAME:
            continue
        if token.text in ("“", '"', "''", "``", ";", ":", "—", "–") or _leaves(document, token, draft.cue):
            break
        end = token.end
    return replace(speaker, span=trim(document.text, speaker.span[0], end))


def _leaves(document: Document, token: Token, cue: int) -> bool:
    """Whether the words from here on tell of the saying, not of the speaker ("said Ali on Friday", "said Ali, adding that")."""
    previous = document.tokens[token.i - 1]
    if token.upos == "ADP" and document.tokens[token.head].head == cue and token.lemma.lower() in ("on", "in", "during", "after", "before", "to", "by"):
        return True
    if (token.deprel in ("obl:unmarked", "obl:tmod") and token.head == cue) or (token.upos in ("SCONJ", "CCONJ") and document.tokens[token.head].head == cue):
        return True
    return token.xpos == "VBG" and previous.text == ","


def _inside(quotes: Quotes, m: int, content: Sequence[Piece]) -> bool:
    return any(s <= quotes.all[m].start and quotes.all[m].end <= e for s, e in content)


def _mixed(quotes: Quotes, draft: Draft, before: Piece) -> bool:
    """Whether the words before the quote in its sentence are part of what is said, as the tree has it."""
    if quotes.document.text[before[0] : before[1]].rstrip().endswith((".", "?", "!", ":")):
        return False
    return any(s < before[1] and e > before[0] for s, e in draft.content)


def _goes_on(quotes: Quotes, draft: Draft, piece: Piece, *, open_end: bool) -> bool:
    text = quotes.document.text
    assert draft.cue_span is not None
    if any(q.start <= piece[0] <= q.start + 2 for q in (quotes.all[m] for m in draft.quotes)):
        between = quotes.document.tokens_in(draft.cue_span[1], piece[0])
        return not any(t.upos == "VERB" for t in between)
    speaker = draft.speaker.span
    after = max(draft.cue_span[1], speaker[1] if speaker else 0)
    return open_end and draft.frame == "around" and text[after : piece[0]].strip() == ","


def _leading(quotes: Quotes, n: int, by_cue: dict[int, Draft]) -> Draft | None:
    """The cue before the quote, where a comma or colon leads to it and no verb stands between."""
    document, quote = quotes.document, quotes.all[n]
    lead = document.text[max(0, quote.start - 3) : quote.start].rstrip()
    if not lead.endswith((",", ":")):
        return None
    last = quotes.first_at(quote.start) - 1
    for i in range(last, max(-1, last - FAR), -1):
        token = document.tokens[i]
        if token.text in (".", "?", "!", "”", ";") or (token.text == '"' and i != last + 1):
            return None
        if token.upos == "VERB" and token.deprel not in SKIPPED:
            draft = by_cue.get(i)
            return draft if draft is not None and _rows(token) else None
    return None


def _lead(quotes: Quotes, draft: Draft, n: int) -> None:
    """The content of a cue that leads to a quote: the quote, and what the cue had of the text after it."""
    quote = quotes.all[n]
    before = [p for p in draft.content if p[1] <= (draft.cue_span or p)[0] and draft.frame == "tag"]
    kept = [p for p in draft.content if p[0] >= quote.end and draft.frame != "tag"]
    over = [p for p in draft.content if p[0] < quote.end and p[1] > quote.end]
    content = [trim(quotes.document.text, quote.start, over[-1][1])] if over else quotes.whole(n)
    draft.content = before + content + kept
    if n not in draft.quotes:
        draft.quotes = sorted({*draft.quotes, n})
    draft.frame = "tag"


def mend_speakers(quotes: Quotes, drafts: list[Draft]) -> None:
    """Nobody speaks from within a quotation in which the cue does not stand: such a speaker gives way to that of the tag in the same sentence."""
    tags: dict[int, Draft] = {}
    for draft in drafts:
        if draft.frame == "tag" and draft.cue is not None and draft.speaker.span is not None and quotes.holding(draft.speaker.span[0]) is None:
            tags.setdefault(quotes.document.tokens[draft.cue].sentence, draft)
    for draft in drafts:
        if draft.cue_span is None or draft.cue is None or draft.speaker.span is None:
            continue
        holding = quotes.holding(draft.speaker.span[0])
        if holding is None or holding == quotes.holding(draft.cue_span[0]):
            continue
        tag = tags.get(quotes.document.tokens[draft.cue].sentence)
        draft.speaker = replace(tag.speaker, score=0.85) if tag is not None else NOBODY
        draft.score *= 0.9 if tag is not None else 0.7
