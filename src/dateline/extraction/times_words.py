"""Cut a text into the words that the grammar of time sees, each with its classes (month, unit, number ...) and their values.

The lexicon ``time_words.tsv`` says which words stand for what; numbers, clock times and numeric dates are read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.lexicon import load

_WORD = re.compile(
    r"(?P<iso>(?<![\w.-])(?:1[0-9]|20)\d\d-\d\d?-\d\d?(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<slash>(?<![\w./-])\d{1,4}(?P<sep>[./-])\d{1,2}(?P=sep)\d{2,4}(?![\w/-]|\.\d))"
    r"|(?P<clock>(?<![\w.:])\d{1,2}(?::[0-5]\d){1,2}(?![\w:]))"
    r"|(?P<decade>(?:(?:1[0-9]|20)\d|['\u2019]?[1-9])0['\u2019]?s\b)"
    r"|(?P<partial>\b[QH][1-4]\b)"
    r"|(?P<ord>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<num>(?<![^\W\d_])(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
    r"|(?P<meridiem>(?<![^\W\d_])[AaPp](?:\.\s?[Mm]\.|[Mm]\b\.?))"
    r"|(?P<possessive>['\u2019]s\b)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*)"
    r"|(?P<glued>\d+)"
    r"|(?P<break>\n[ \t]*\n\s*)"
    r"|(?P<mark>[^\w\s])"
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNITS = {w: i for i, w in enumerate(_SMALL.split())}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


@dataclass(slots=True)
class Word:
    """One word of the grammar: its characters, lower-cased text, and its classes with their values."""

    start: int
    end: int
    text: str
    classes: dict[str, str]


@cache
def _lexicon() -> dict[str, tuple[tuple[str, str, str], ...]]:
    rows = load("time_words.tsv", columns=("word", "class", "value", "case", "note"), key=("word", "class"))
    table: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        table.setdefault(row["word"], []).append((row["class"], row["value"], row["case"]))
    return {word: tuple(entries) for word, entries in table.items()}


def known_words() -> tuple[str, ...]:
    """The words of the lexicon of time."""
    return tuple(sorted(_lexicon()))


def _is_caseless(text: str) -> bool:
    """Whether a text is written without capitals, as some archives are."""
    return len(text) > 80 and not any(c.isupper() for c in text)


def _classes_of(word: str, *, caseless: bool) -> dict[str, str]:
    """The classes of a word as written; rows marked ``title`` need a capital at its head where the text has any."""
    return dict(_known_classes(word, caseless=caseless))


@lru_cache(maxsize=100_000)
def _known_classes(word: str, *, caseless: bool) -> tuple[tuple[str, str], ...]:
    rows = _lexicon().get(word.lower().replace("\u2019", "'"))
    if rows is None:
        return ()
    capital = word[:1].isupper()
    fits = {
        "any": True,
        "title": capital or (caseless and len(word) > 3),
        "lower": not capital or (len(word) > 2 and word.isupper()),
        "upper": word.isupper(),
    }
    return tuple({name: value for name, value, case in rows if fits[case]}.items())


def words_of(text: str) -> list[Word]:
    """The words of a text for the grammar of time, numbers joined ("twenty four" is one word)."""
    words: list[Word] = []
    caseless = _is_caseless(text)
    for match in _WORD.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "sep":
            kind = "slash"
        start, end = match.span()
        words.append(_word(text, kind, start, end, caseless=caseless))
    return _join_named(text, _join_numbers(_join_dots(text, words)))


def _word(text: str, kind: str, start: int, end: int, *, caseless: bool) -> Word:
    raw = text[start:end]
    low = raw.lower().replace("\u2019", "'")
    if kind == "word":
        return Word(start, end, low, _classes_of(raw, caseless=caseless))
    if kind == "num":
        return Word(start, end, low, _digits(raw, money=_money_before(text, start), fraction=_percent_after(text, end)))
    if kind == "ord":
        number = int(re.sub(r"\D", "", raw))
        return Word(start, end, low, {"ord": str(number)} | ({"dayord": str(number)} if 1 <= number <= 31 else {}))
    if kind == "partial":
        return Word(start, end, low, {"qnum" if low[0] == "q" else "hnum": low[1]})
    if kind == "meridiem":
        return Word(start, end, low[0] + "m", {"meridiem": low[0] + "m"})
    if kind == "decade":
        digits = re.sub(r"\D", "", raw)
        return Word(start, end, low, {"decade": digits if len(digits) == 4 else "19" + digits})
    if kind == "break":
        return Word(start, start, "\n", {})
    if kind == "mark":
        return Word(start, end, "-" if raw in _DASHES else "'" if raw == "\u2019" else raw, {})
    return Word(start, end, low, {kind: raw} if kind in ("iso", "slash", "clock") else {})


def _money_before(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()
    return before[-1:] in ("$", "\u00a3", "\u20ac", "\u00a5", "#")


def _percent_after(text: str, end: int) -> bool:
    return text[end : end + 1] in ("%", "\u00b0") or re.match(r"\s?%", text[end : end + 2]) is not None


_MOST_DIGITS = 12
"""A longer run of digits is no part of a time."""


def _digits(raw: str, *, money: bool, fraction: bool) -> dict[str, str]:
    if money or fraction:
        return {}
    plain = raw.replace(",", "")
    classes = {"num": plain} if len(plain) <= _MOST_DIGITS else {}
    if "." in raw:
        hour, _, minute = raw.partition(".")
        if len(minute) == 2 and len(hour) <= 2 and int(hour) < 24 and int(minute) < 60:
            classes["dotclock"] = f"{int(hour)}:{minute}"
        return classes
    if "," in raw or len(raw) > _MOST_DIGITS:
        return classes
    value = int(plain)
    if len(raw) == 4 and 1000 <= value <= 2099:
        classes["year"] = plain
    if len(raw) == 4 and value // 100 < 24 and value % 100 < 60:
        classes["fourclock"] = f"{raw[:2]}:{raw[2:]}"
    if len(raw) <= 2 and 1 <= value <= 31:
        classes["day"] = plain
    if len(raw) <= 2 and value <= 24:
        classes["hour"] = plain
    if len(raw) == 2:
        classes["yy"] = plain
    if len(raw) > 6:
        return {}
    return classes


def _join_dots(text: str, words: list[Word]) -> list[Word]:
    """Take the full stop of an abbreviation ("Oct.") into its word."""
    lexicon = _lexicon()
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if word.text == "." and last is not None and last.end == word.start and last.text + "." in lexicon and last.classes:
            last.end = word.end
            continue
        joined.append(word)
    return joined


def _join_numbers(words: list[Word]) -> list[Word]:
    joined: list[Word] = []
    i = 0
    while i < len(words):
        end, classes = _number_at(words, i)
        if end > i:
            first, last = words[i], words[end - 1]
            extra = first.classes if end == i + 1 else {}
            joined.append(Word(first.start, last.end, first.text if end == i + 1 else "#", extra | classes))
            i = end
        else:
            joined.append(words[i])
            i += 1
    return joined


def _number_at(words: list[Word], i: int) -> tuple[int, dict[str, str]]:
    """End of the number that begins at word ``i`` (``i`` itself where none does) and its classes."""
    text = words[i].text
    if words[i].classes.get("num") and "year" not in words[i].classes:
        return _digits_and_fraction(words, i)
    if text not in _UNITS and text not in _TENS and not (text in ("a", "one") and _text(words, i + 1) in _SCALES):
        return i, {}
    total = part = 0.0
    parts: list[int] = []
    j = i
    while j < len(words):
        word = words[j].text
        if word == "-" and _text(words, j + 1) in _UNITS and j > i and words[j - 1].text in _TENS:
            j += 1
            continue
        if word in _UNITS or word in _TENS or (word == "a" and j == i):
            value = _UNITS.get(word, _TENS.get(word, 1))
            if part and not _continues(parts, part, value):
                break
            parts.append(value)
            part += value
        elif word in _SCALES and part:
            if word == "hundred":
                part *= 100
            else:
                total, part = total + part * _SCALES[word], 0
            parts.append(-1)
        elif word == "and" and parts and parts[-1] == -1 and _text(words, j + 1) in _UNITS | _TENS:
            pass
        else:
            break
        j += 1
    if parts and parts[0] in (18, 19, 20) and len(parts) in (2, 3) and -1 not in parts and parts[1] >= 10:
        year = parts[0] * 100 + sum(parts[1:])
        return j, {"year": str(year), "yearwords": str(year)}
    number = total + part
    spoken = {"year": _plain(number), "yearwords": _plain(number)} if 2000 <= number <= 2035 and j > i + 1 else {}
    return _with_half(words, j, number, {"num": _plain(number)} | spoken)


def _continues(parts: list[int], part: float, value: int) -> bool:
    """Whether a number word goes on the number before it: "twenty | four", "hundred | six", "nineteen | ninety" (a year)."""
    if part % 100 == 0 or (len(parts) == 1 and 18 <= parts[0] <= 20 and value >= 10):
        return True
    return value < 10 and parts[-1] in _TENS.values()


def _digits_and_fraction(words: list[Word], i: int) -> tuple[int, dict[str, str]]:
    number = float(words[i].classes["num"])
    if _text(words, i + 1) in ("1", "3") and _text(words, i + 2) == "/" and _text(words, i + 3) in ("2", "4"):
        return i + 4, {"num": _plain(number + float(words[i + 1].text) / float(words[i + 3].text))}
    if _text(words, i + 1) == "\u00bd":
        return i + 2, {"num": _plain(number + 0.5)}
    if _text(words, i + 1) in _SCALES:
        return i + 2, {"num": _plain(number * _SCALES[_text(words, i + 1)])}
    end, classes = _with_half(words, i + 1, number, {"num": _plain(number)})
    return (end, classes) if end > i + 1 else (i, {})


def _with_half(words: list[Word], j: int, number: float, classes: dict[str, str]) -> tuple[int, dict[str, str]]:
    texts = [_text(words, k) for k in range(j, j + 5)]
    if texts[:3] == ["and", "a", "half"]:
        return j + 3, {"num": _plain(number + 0.5)}
    if texts == ["-", "and", "-", "a", "-"] and _text(words, j + 5) == "half":
        return j + 6, {"num": _plain(number + 0.5)}
    return j, classes


@cache
def _named() -> tuple[dict[str, str], dict[str, int]]:
    """Reckoning of each named time, and the most words that a name with this first word has."""
    rows = load("named_times.tsv", columns=("name", "reckoning", "note"), key=("name",))
    names = {_squeezed(row["name"]): row["name"] for row in rows}
    longest: dict[str, int] = {}
    for row in rows:
        parts = words_of_name(row["name"])
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return names, longest


def words_of_name(name: str) -> list[str]:
    """The words of a named time as the scanner cuts them."""
    return [name[m.start() : m.end()].lower() for m in _WORD.finditer(name)]


def _squeezed(name: str) -> str:
    return re.sub(r"[\s\-'\u2019]+", "", name.lower())


def _join_named(text: str, words: list[Word]) -> list[Word]:
    names, longest = _named()
    joined: list[Word] = []
    i = 0
    while i < len(words):
        length = longest.get(words[i].text, 0)
        for end in range(min(len(words), i + length), i, -1):
            start, stop = words[i].start, words[end - 1].end
            name = names.get(_squeezed(text[start:stop]))
            if name and any(c.isupper() for c in text[start:stop]):
                joined.append(Word(start, stop, name, {"named": name}))
                i = end
                break
        else:
            joined.append(words[i])
            i += 1
    return joined


def _text(words: list[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
