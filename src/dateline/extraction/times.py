"""Time expressions as worded, unresolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.times_grammar import Grammar, Match
from dateline.extraction.times_roles import names_by_token, role_of, stands
from dateline.extraction.times_words import Word, known_words, words_of
from dateline.language.document import Document
from dateline.lexicon import Row, load

COLUMNS = ("name", "pattern", "kind", "slots", "example", "finds")


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time expression as worded; what its words mean is worked out with the publication date in ``resolution.when``."""

    start: int
    end: int
    first: int
    last: int
    head: int
    rule: str
    kind: str = "date"
    """date, context ("the following day"), offset ("two days after"), ago, span ("the past 24 hours"), duration, age, nth, part, clock, set,
    rate ("a year", for each year) or ref ("now")."""
    slots: tuple[tuple[str, str], ...] = ()
    """What the words give: month, day, year, weekday, shift, unit, num, part, clock, zone ... as in ``times.tsv``."""
    role: str = "at"
    """How it bears on what it hangs on: at, since, until, duration, set or age; only at, since and until date an event."""
    side: str = "governor"
    """What an ``offset`` dates: the clause it stands in (governor), or the event named after it (anchor: "a Monday photo, two days after X fell")."""
    anchor: int | None = None
    """For an offset: the token that heads the clause or noun it is counted from ("two days after the SDF said": "said")."""
    base: int | None = None
    """For an offset: index of the time expression in its sentence that it is counted from (or that dates its clause, where ``side`` is anchor)."""
    pair: int | None = None
    """Index of the other end of a range ("from Monday to Friday", "between 2003 and 2011")."""

    def slot(self, name: str) -> str | None:
        """The value of a slot, or None."""
        return next((value for key, value in self.slots if key == name), None)


@cache
def rows_of_grammar() -> tuple[Row, ...]:
    """The rows of ``times.tsv``."""
    return load("times.tsv", columns=COLUMNS, key=("name",))


@cache
def _grammar() -> Grammar:
    grammar = Grammar(rows_of_grammar(), name="times.tsv")
    for row in rows_of_grammar():
        grammar.letters(words_of(row["example"]))
    # Nearly every kind of word is met here once, so that rules need not be compiled anew for the first reports.
    for word in (*sorted(grammar.vocabulary), *known_words()):
        grammar.letters([w for form in (word, word.title(), word.upper()) for w in words_of(form)])
    for number in (*range(62), *range(100, 3000, 50), *range(1895, 2110), 10_000, 1_000_000):
        grammar.letters(words_of(f"{number}"))
    return grammar


def find_times(document: Document) -> tuple[TimeFound, ...]:
    """The time expressions of a document in text order, none inside another."""
    words = words_of(document.text)
    names = names_by_token(document)
    matches = _grammar().matches(words, lambda m: stands(m, words, document, names))
    found = [_found(m, words, document) for m in matches]
    return tuple(_based(_paired(found, matches, words), document))


def _found(match: Match, words: Sequence[Word], document: Document) -> TimeFound:
    start, end = words[match.first].start, words[match.last - 1].end
    first, last = _tokens(document, start, end)
    head = document.head_of(first, last).i if last > first else first
    found = TimeFound(start, end, first, last, head, match.rule, match.kind, tuple(sorted(match.slots.items())), role_of(match, words))
    if _counts_since(match, words):
        found = replace(found, kind="ago", role="at", side="anchor", slots=tuple(sorted({**match.slots, "sign": "-1"}.items())))
        return _anchored(found, match, words, document, joint=words[match.last])
    return _anchored(found, match, words, document, joint=words[match.last - 1]) if match.kind == "offset" else found


def _counts_since(match: Match, words: Sequence[Word]) -> bool:
    """Whether a duration says how long ago the event named after it was: "it is a year since the army took the city"."""
    if match.rule != "duration" or "unit" not in match.slots or match.last >= len(words) or words[match.last].text != "since":
        return False
    return match.first > 0 and words[match.first - 1].text in ("is", "'s", "s", "been", "passed", "now", "was")


def _tokens(document: Document, start: int, end: int) -> tuple[int, int]:
    """First and last (exclusive) token that share characters with the span."""
    inside = document.tokens_in(start, end)
    token = document.token_at(start)
    first = token.i if token is not None else inside[0].i if inside else 0
    last = inside[-1].i + 1 if inside else first + 1
    if last < len(document.tokens) and document.tokens[last].start < end:
        last += 1
    return first, min(last, len(document.tokens))


def _anchored(found: TimeFound, match: Match, words: Sequence[Word], document: Document, *, joint: Word) -> TimeFound:
    """An offset with the head of what it is counted from ("two days after the SDF said": "said"), where something follows the word that joins them."""
    next_word = match.last + (joint is not words[match.last - 1])
    following = words[next_word] if next_word < len(words) else None
    if joint.text not in ("after", "before", "since") or following is None or not (following.text[:1].isalnum()):
        return found
    token = document.token_at(following.start)
    if token is None:
        return found
    mark = document.token_at(joint.start)
    if mark is not None and mark.deprel == "mark" and mark.head > mark.i:
        # "Said on Tuesday, eight days after gunmen came": the clause is what "after" marks, though the parse may hang "Tuesday" from it.
        return replace(found, anchor=mark.head)
    head, outside = token, set(range(found.first, found.last))
    for governor in document.ancestors(token.i):
        if governor.i in outside or document.reach(governor.i)[0] < found.start:
            break
        head = governor
    return replace(found, anchor=head.i)


def _based(found: list[TimeFound], document: Document) -> list[TimeFound]:
    """Offsets with the date of their sentence that they are counted from, or that dates their own clause and so dates what they are counted from."""
    for i, time in enumerate(found):
        if time.anchor is None or time.kind == "ago":
            continue
        sentence, end = document.tokens[time.head].sentence, document.reach(time.anchor)[1]
        around = range(max(0, i - _NEAR), min(len(found), i + _NEAR + 1))
        near = [j for j in around if j != i and found[j].kind in ("date", "context", "ago") and document.tokens[found[j].head].sentence == sentence]
        inside = [j for j in near if time.end <= found[j].start and found[j].end <= end]
        before = [j for j in near if found[j].end <= time.start and found[j].role == "at"]
        if inside:
            found[i] = replace(time, base=inside[0])
        elif before:
            found[i] = replace(time, base=before[-1], side="anchor")
    return found


_NEAR = 20
"""How many time expressions away, at most, the date is that an offset is counted from."""
_JOINS = {"to", "until", "till", "through", "and", "-"}


def _paired(found: list[TimeFound], matches: Sequence[Match], words: Sequence[Word]) -> list[TimeFound]:
    """Tie the two ends of ranges: "from X to Y", "between X and Y", "X - Y"."""
    dated = ("date", "clock", "part")
    for i in range(len(found) - 1):
        left, right = matches[i], matches[i + 1]
        between = [w.text for w in words[left.last : right.first] if w.text not in ("the", "early", "late")]
        before = words[left.first - 1].text if left.first else ""
        if len(between) != 1 or between[0] not in _JOINS or found[i].kind not in dated or found[i + 1].kind not in dated:
            continue
        if between[0] == "and" and before != "between":
            continue
        if between[0] == "to" and before not in ("from", "between") and not set(dict(found[i].slots)) & {"year", "month", "clock", "hour"}:
            continue
        found[i] = replace(found[i], role="since", pair=i + 1)
        found[i + 1] = replace(found[i + 1], role="until", pair=i)
    return found
