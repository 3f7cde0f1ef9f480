"""Numbers with their bounds, ranges and shares, after DESIGN.md's table of bounds; dates, names and model numbers are left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.number_words import Piece, Value, pieces, value_at
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Sentence
from dateline.lexicon import Rule, load, rules

_NAMES = frozenset({"PERSON", "ORG", "FORCE", "PLACE", "FACILITY", "WEAPON", "EVENT", "MISC", "DATE", "TIME", "NORP"})
_CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₪": "ILS", "₴": "UAH", "₽": "RUB", "₺": "TRY"}
_CODES = {"us": "USD", "a": "AUD", "c": "CAD", "nz": "NZD", "au": "AUD", "aud": "AUD", "usd": "USD", "eur": "EUR", "gbp": "GBP", "cad": "CAD"}
_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100, 1000})
"""What "one in ..." is said of."""
_BEFORE_ONE = frozenset({"no", "any", "every", "each", "this", "that", "which", "some", "number", "former", "latter", "first", "last", "second", "new", "only"})
_RANGING = frozenset({"range", "ranges", "ranged", "ranging", "vary", "varied", "varying", "anywhere", "somewhere"})


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number as worded: characters with its bounds, tokens of the number proper, and what it is worth."""

    start: int
    end: int
    first: int
    last: int
    """Tokens of the number proper, last exclusive."""
    head: int
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    share: float | None
    kind: str
    """digits, words, some, many, share, percent."""
    currency: str | None = None
    unsure: bool = False
    superseded: bool = False
    """The "from" number of "rose from 12 to 15"."""


@dataclass(frozen=True, slots=True)
class _Core:
    """The number proper before its bounds are read: pieces ``first`` to ``stop``."""

    first: int
    stop: int
    low: float | None
    best: float | None
    high: float | None
    share: float | None
    kind: str
    currency: str | None = None
    unsure: bool = False
    superseded: bool = False


_MOST = 1e15
"""What no figure of a report comes to, in people, things or money: more is a row of digits, no number."""
_LONGEST = 400
"""No time expression is longer than this."""


@cache
def bound_rules() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules for words before a number, and for words after it."""
    rows = load("bounds.tsv", columns=("name", "pattern", "side", "bound", "example", "finds"), key=("name",))
    made = rules(rows, name="bounds.tsv")
    return tuple(r for r in made if r.row["side"] == "before"), tuple(r for r in made if r.row["side"] == "after")


def find_numbers(document: Document, times: Sequence[TimeFound]) -> tuple[NumberFound, ...]:
    """The numbers of a document that may count something, in text order."""
    masks = sorted((t.start, t.end) for t in times)
    found: list[NumberFound] = []
    for sentence in document.sentences:
        near = masks[bisect_left(masks, (sentence.start - _LONGEST, 0)) : bisect_left(masks, (sentence.end, 0))]
        found.extend(_in_sentence(document, sentence, near))
    return tuple(found)


def _in_sentence(document: Document, sentence: Sentence, masks: Sequence[tuple[int, int]]) -> list[NumberFound]:
    row = pieces(document.text, sentence.start, sentence.end)
    found: list[NumberFound] = []
    i = 0
    while i < len(row):
        core = _core(row, i)
        if core is None:
            i += 1
            continue
        number = _placed(document, sentence, row, core)
        if number is not None and _is_possible(number) and not _masked(number, masks, row, core) and not _in_name(document, number):
            found.append(number)
        i = max(core.stop, i + 1)
    return found


def _is_possible(number: NumberFound) -> bool:
    return all(value is None or value <= _MOST for value in (number.low, number.best, number.high, number.share))


def _core(row: Sequence[Piece], i: int) -> _Core | None:
    """The number, range or ratio that begins at piece ``i``."""
    first, currency, at = _money(row, i)
    value = value_at(row, at)
    if value is None or _tail_of_score(row, i) or _pronoun(row, i):
        return None
    if currency and value.kind not in ("digits", "words"):
        currency = None
    ratio = _ratio(row, value)
    if ratio is not None and currency is None:
        return ratio if ratio.first == i else replace(ratio, first=first)
    ranged = _range(row, first, value, currency)
    if ranged is not None or _opens_score(row, value):
        return ranged
    amount = value.amount
    if value.kind in ("share", "percent"):
        return _Core(first, value.stop, None, None, None, amount, value.kind)
    vague = value.kind in ("some", "many")
    exact = None if vague else amount
    superseded = i > 0 and row[i - 1].word == "from" and value.stop < len(row) and row[value.stop].word == "to" and value_at(row, value.stop + 1) is not None
    return _Core(first, value.stop, amount, exact, exact, None, value.kind, currency, value.unsure, superseded)


def _money(row: Sequence[Piece], i: int) -> tuple[int, str | None, int]:
    """Where a sum of money begins, its currency, and the piece of its number."""
    if row[i].text in _CURRENCY:
        before = row[i - 1].word if i and row[i - 1].end == row[i].start else ""
        return i, _CODES.get(before.removesuffix(".")) or _CURRENCY[row[i].text], i + 1
    if row[i].text in ("USD", "EUR", "GBP") and i + 1 < len(row):
        return i, row[i].text, i + 1
    return i, None, i


def _ratio(row: Sequence[Piece], value: Value) -> _Core | None:
    """ "one in five", "nine out of every ten"."""
    j = value.stop
    if value.kind not in ("digits", "words") or not 0 < value.amount < 20 or j >= len(row):
        return None
    if row[j].word == "out" and j + 1 < len(row) and row[j + 1].word == "of":
        j += 2
    elif row[j].word == "in":
        j += 1
    else:
        return None
    if j < len(row) and row[j].word == "every":
        j += 1
    whole = value_at(row, j)
    if whole is None or whole.kind not in ("digits", "words") or whole.amount not in _WHOLES or whole.amount <= value.amount:
        return None
    first = value.stop - 1
    return _Core(first, whole.stop, None, None, None, round(value.amount / whole.amount, 6), "share")


def _range(row: Sequence[Piece], first: int, value: Value, currency: str | None) -> _Core | None:
    j = value.stop
    if j >= len(row):
        return None
    before = row[first - 1].word if first else ""
    if before == "from" and not (first > 1 and row[first - 2].word in _RANGING):
        return None
    link = row[j].word
    dash = link in "-–—" and row[j].start == row[j - 1].end
    if not (dash or link in ("to", "or") or (link == "and" and before == "between")):
        return None
    k = j + 1 + (1 if j + 1 < len(row) and row[j + 1].text in _CURRENCY else 0)
    other = value_at(row, k)
    return None if other is None else _ranged(first, value, other, link, currency)


def _opens_score(row: Sequence[Piece], value: Value) -> bool:
    """Whether the number opens a score or a serial number ("3-1", "2-2")."""
    j = value.stop
    return j + 1 < len(row) and row[j].text in "-–" and row[j - 1].end == row[j].start and row[j].end == row[j + 1].start and row[j + 1].text[0].isdigit()


def _pronoun(row: Sequence[Piece], i: int) -> bool:
    """Whether "one" is a pronoun ("no one", "this one", "one another")."""
    before = row[i - 1].word if i else ""
    after = row[i + 1].word if i + 1 < len(row) else ""
    return row[i].word == "one" and (before in _BEFORE_ONE or after == "another")


def _tail_of_score(row: Sequence[Piece], i: int) -> bool:
    return i > 1 and row[i - 1].text in "-–" and row[i - 1].end == row[i].start and row[i - 2].end == row[i - 1].start and row[i - 2].text[-1].isdigit()


def _ranged(first: int, value: Value, other: Value, link: str, currency: str | None) -> _Core | None:
    low, high = value.amount, other.amount
    plain, shares = ("digits", "words"), ("percent", "share")
    if other.kind in shares:
        low = low if value.kind in shares else low / 100
        if other.kind == "share" and value.kind != "share":
            return None
        return _Core(first, other.stop, round(low * 100, 4), None, round(high * 100, 4), None, "percent") if low < high else None
    if value.kind not in plain or other.kind not in plain:
        return None
    if other.scale > 1 and value.scale == 1 and value.amount < other.amount / other.scale:
        low *= other.scale
    if low >= high or (link == "or" and high - low > 2 and high / low > 2):
        return None
    return _Core(first, other.stop, low, None, high, None, "digits", currency)


def _placed(document: Document, sentence: Sentence, row: Sequence[Piece], core: _Core) -> NumberFound | None:
    start, end = row[core.first].start, row[core.stop - 1].end
    inside = [t.i for t in document.tokens[sentence.first : sentence.last] if t.start < end and t.end > start]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    bounds, begin, finish = _bounds(document, sentence, row, core)
    return _bounded(core, bounds, begin, finish, first, last, document.head_of(first, last).i)


def _bounds(document: Document, sentence: Sentence, row: Sequence[Piece], core: _Core) -> tuple[list[str], int, int]:
    """The bounds named around the number, and the characters from the first of their words to the last."""
    text, begin, finish = document.text, row[core.first].start, row[core.stop - 1].end
    before, after = bound_rules()
    found: list[str] = []
    if core.first and row[core.first - 1].word == "between" and core.kind != "share" and core.low is not None:
        begin = row[core.first - 1].start
    while True:
        match = _last_bound(before, text, sentence.start, begin)
        if match is None or _preposition(document, match[0], begin, core):
            break
        begin, name = match
        found.append(name)
    for rule in after:
        follows = rule.pattern.match(text, _skip(text, finish), sentence.end)
        if follows is not None and (finish == len(text) or text[finish] in " +-" or rule.name == "plus"):
            found.append(rule.row["bound"])
            finish = follows.end()
            break
    return found, begin, finish


def _skip(text: str, at: int) -> int:
    return at + 1 if at < len(text) and text[at] == " " else at


def _last_bound(before: Sequence[Rule], text: str, floor: int, begin: int) -> tuple[int, str] | None:
    """The longest bound whose words end right before ``begin``: where it starts and what it binds."""
    end = begin
    while end > floor and text[end - 1].isspace():
        end -= 1
    window = max(floor, end - 30)
    starts = [at for at in range(window, end) if at == floor or not text[at - 1].isalnum()]
    best: tuple[int, str] | None = None
    for rule in before:
        for at in starts:
            if best is None or at < best[0]:
                match = rule.pattern.fullmatch(text, at, end)
                if match is not None:
                    best = (at, rule.row["bound"])
                    break
    return best


def _preposition(document: Document, at: int, begin: int, core: _Core) -> bool:
    """Whether a single word such as "over" or "about" governs the noun as a preposition ("talks about 40 prisoners") and binds no number."""
    tokens = document.tokens_in(at, begin)
    if len(tokens) != 1 or tokens[0].text.lower() not in ("over", "under", "above", "below", "beyond", "about", "around"):
        return False
    return tokens[0].deprel.split(":")[0] in ("case", "mark", "compound")


def _bounded(core: _Core, bounds: Sequence[str], begin: int, finish: int, first: int, last: int, head: int) -> NumberFound:
    low, best, high, approximate = core.low, core.best, core.high, False
    share = core.share
    percent = core.kind in ("share", "percent")
    if percent and share is not None and any(b not in ("about", "exact") for b in bounds):
        low = best = high = round(share * 100, 4)
    for bound in bounds:
        match bound:
            case "at_least" | "more_than":
                step = 1 if bound == "more_than" and low is not None and low == int(low) and not percent and core.currency is None else 0
                low, best, high = None if low is None else low + step, None, None
            case "at_most" | "less_than":
                top = high if high is not None else low
                step = 1 if bound == "less_than" and top is not None and top == int(top) and not percent and core.currency is None else 0
                low, best, high = None, None, None if top is None else top - step
            case "about":
                approximate = True
    if approximate and best is not None:
        low = high = None
    return NumberFound(begin, finish, first, last, head, low, best, high, approximate, share, core.kind, core.currency, core.unsure, core.superseded)


def _masked(number: NumberFound, masks: Sequence[tuple[int, int]], row: Sequence[Piece], core: _Core) -> bool:
    """Whether the number proper stands in a time expression."""
    start, end = row[core.first].start, row[core.stop - 1].end
    return any(s < end and start < e for s, e in masks)


def _in_name(document: Document, number: NumberFound) -> bool:
    """Whether the number is part of a name ("Task Force 50"); one that counts the name's own head is not ("500 Peshmerga")."""
    for name in (name for i in range(number.first, number.last) for name in document.names_at(i)):
        if name.label in _NAMES:
            counts = number.first == name.first and number.last < name.last and document.tokens[number.head].deprel == "nummod"
            head = document.tokens[document.tokens[number.head].head]
            plural = head.xpos in ("NNS", "NNPS") or "Number=Plur" in head.feats
            if not (counts and plural):
                return True
    return False
