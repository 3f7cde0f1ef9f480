"""Which matches of the grammar of time stand in their context, and how each bears on what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.extraction.times_grammar import Match
from dateline.extraction.times_words import Word
from dateline.language.document import Document, Token

_SINCE = frozenset(("since", "after", "starting", "beginning", "from"))
_UNTIL = frozenset(("until", "till", "before", "by", "through"))
_LEADS = frozenset(
    "in since during until till by through throughout from before after around about circa of late early mid between to and for the year than".split()
)
_NAMES = frozenset(("PERSON", "ORG", "FORCE", "FACILITY", "WEAPON", "PLACE"))


def _text(words: Sequence[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def role_of(match: Match, words: Sequence[Word]) -> str:
    """at, since, until, duration, set or age, by the kind of the expression and the word before it."""
    if match.kind in ("duration", "age", "set"):
        return match.kind
    before = _text(words, match.first - 1)
    if before in ("the", "about", "around", "at", "least"):
        before = _text(words, match.first - 2)
    if match.kind == "nth":
        return "since" if match.rule == "nth_unit" else "at"
    if match.kind in ("ref", "offset"):
        return "at"
    if before in _SINCE or match.rule == "year_beyond":
        return "since"
    return "until" if before in _UNTIL and match.kind != "span" else "at"


def stands(match: Match, words: Sequence[Word], document: Document) -> bool:
    """Whether what the grammar matched is a time where it stands."""
    check = _CHECKS.get(match.rule)
    if check is not None and not check(match, words, document):
        return False
    start, end = words[match.first].start, words[match.last - 1].end
    return not any(n.label in _NAMES and n.start <= start and end <= n.end and n.end - n.start > end - start + 1 for n in document.names)


def _token(match: Match, words: Sequence[Word], document: Document, *, last: bool = False) -> Token | None:
    return document.token_at(words[match.last - 1 if last else match.first].start)


def _year(match: Match, words: Sequence[Word], document: Document) -> bool:
    """A bare number of four digits is a year unless it counts what follows it."""
    year = int(match.slots["year"])
    here = words[match.last - 1]
    before, after = _text(words, match.first - 1), words[match.last] if match.last < len(words) else None
    if "yearwords" in here.classes and "nineteen" not in here.text and match.last - match.first == 1:
        return before in ("in", "since", "by", "year", "of") or year < 2000
    if before in ("$", "#", "no", "number", "-", "/", "page", "room", "flight", "n") and before != "-":
        return False
    if after is not None and ("counted" in after.classes or after.text in ("%", "$", "/", "units", "unit")) and before not in ("in", "since", "during"):
        return False
    if match.last - match.first > 1 or before in _LEADS:
        return 1000 <= year <= 2099 and not (before in ("of", "than", "about", "to", "and", "the", "for", "around") and not 1500 <= year <= 2060)
    return 1900 <= year <= 2060 or (1600 <= year < 1900 and before in ("(", ","))


def _month(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"May" and "March" are also verbs and nouns, and months are first names."""
    if match.last - match.first > 1:
        return _text(words, match.first) != "the" or "ctxshift" in match.slots or "edge" in match.slots
    token = _token(match, words, document)
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if token is not None and token.upos in ("AUX", "VERB", "ADP", "ADV"):
        return False
    if match.slots.get("month") == "3" and (before in ("the", "a") or after in ("on", "for", "to", "through")) and before not in ("in", "since", "until", "by", "last"):
        return False
    if match.slots.get("month") == "5" and (before in ("", "\n", ".", '"', "\u201c") or before in ("theresa", "mrs", "ms", "brian")) and after not in (",", "and", ".", "to"):
        return False
    following = words[match.last] if match.last < len(words) else None
    if following is not None and after.isalpha() and document.text[following.start].isupper() and before not in _LEADS | {"last", "next", "this"}:
        return "namehead" not in following.classes and "month" not in following.classes and before not in ("mr", "mrs", "ms")
    return len(document.text[words[match.first].start : words[match.first].end]) > 3


def _season(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"The fall of Mosul" and "the spring" of water are none."""
    if "shift" in match.slots or "ctxshift" in match.slots or "edge" in match.slots:
        return True
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if match.slots["season"] in ("spring", "autumn") and _text(words, match.last - 1) in ("spring", "fall"):
        return before in ("in", "during", "by", "since", "until", "this", "over", "through") and after not in ("of", "in", "to", "from", "-")
    return not (words[match.first].end - words[match.first].start and document.text[words[match.last - 1].start].isupper() and before not in ("in", "during", "by", "since", "this"))


def _duration(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"A second blast", "three quarters of the town", "two minutes of the talks" and "the first half" of a game are none."""
    unit, after, before = match.slots.get("unit"), _text(words, match.last), _text(words, match.first - 1)
    if unit == "second" and match.slots.get("num") is None:
        return match.rule == "duration_adj"
    if unit == "quarter" and after in ("of", "-", "to"):
        return after == "of" and _text(words, match.last + 1) not in ("the", "a", "all", "its", "their", "them", "those", "syria", "iraq", "people")
    if unit == "second" and _text(words, match.last - 1) == "second":
        return match.rule == "duration_adj"
    return before not in ("$",)


def _vague(match: Match, words: Sequence[Word], document: Document) -> bool:
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if match.slots.get("unit") in ("second", "quarter"):
        return match.slots.get("unit") == "second" and before in ("within", "in", "of", "for", "few")
    return before != "-" and not (after == "'" and match.slots.get("unit") == "minute")


def _set_adverb(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"The Daily Telegraph" is a newspaper."""
    start = words[match.first].start
    if not document.text[start].isupper():
        return True
    following = words[match.last] if match.last < len(words) else None
    return _text(words, match.first - 1) in ("", "\n", ".", '"') and (following is None or not document.text[following.start].isupper())


def _the_unit(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"The hour", "the day", "the year" alone, not the head of a longer phrase ("the day care", "the week's")."""
    after = words[match.last] if match.last < len(words) else None
    unit = match.slots.get("unit")
    if unit in ("second", "minute", "decade", "century", "millennium") or after is None:
        return False
    return not (after.text.isalpha() and after.text in ("after", "before", "when", "that", "he", "she", "they", "it", "we", "of", "i"))


def _part(match: Match, words: Sequence[Word], document: Document) -> bool:
    """A bare part of the day needs a word that makes it a time: "in the morning", "at night", "before dawn"."""
    before = _text(words, match.first - 1)
    if match.last - match.first == 1:
        return before in ("at", "by", "before", "after", "until", "since", "from", "around", "about", "during") or _text(words, match.first) in ("noon", "midday")
    return before not in ("of", "for") or "edge" in match.slots


def _nth(match: Match, words: Sequence[Word], document: Document) -> bool:
    unit, after = match.slots.get("unit"), _text(words, match.last)
    if unit in ("second", "minute", "hour") or match.slots.get("part"):
        return "unit" in match.slots and unit == "hour"
    return not (unit in ("quarter", "century") or after in ("half", "-"))


def _day_number(match: Match, words: Sequence[Word], document: Document) -> bool:
    return match.slots.get("unit") in ("day", "week", "month", "year") and _text(words, match.first - 1) not in ("a", "per", "each", "every", "-") and float(match.slots["nth"]) < 400


def _clock(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"7:30" may be a score or a verse: alone it needs a word before it, or am, pm or a zone."""
    before = _text(words, match.first - 1)
    if match.slots.get("meridiem") or match.slots.get("zone") or match.last - match.first > 1:
        return True
    if match.slots.get("part"):
        return before in ("at", "by", "before", "after", "until", "since", "from", "around", "about", "shortly", "to", "and")
    return "clock" in match.slots and before in ("at", "by", "before", "after", "until", "since", "from", "around", "about", "between", "to", "and")


def _ref(match: Match, words: Sequence[Word], document: Document) -> bool:
    after = _text(words, match.last)
    return not (_text(words, match.first) == "soon" and after in ("after", "as")) and not (_text(words, match.last - 1) == "shortly")


def _weekday(match: Match, words: Sequence[Word], document: Document) -> bool:
    """"Black Friday", "Easter Sunday" have rows of their own; "Wednesday" and "Tuesday" may be names of papers."""
    following = words[match.last] if match.last < len(words) else None
    return not (following is not None and "namehead" in following.classes and document.text[following.start].isupper())


_CHECKS: dict[str, Callable[[Match, Sequence[Word], Document], bool]] = {
    "year_alone": _year,
    "month_alone": _month,
    "season": _season,
    "season_plain": _season,
    "duration": _duration,
    "duration_adj": _duration,
    "duration_period": _duration,
    "duration_vague": _vague,
    "set_adverb": _set_adverb,
    "the_day": _the_unit,
    "the_part": _part,
    "nth_unit": _nth,
    "day_number": _day_number,
    "clock_alone": _clock,
    "present_ref": _ref,
    "soon": _ref,
    "day_alone": _weekday,
}
