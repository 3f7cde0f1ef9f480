"""Which matches of the grammar of time stand in their context, and how each bears on what it hangs on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from dateline.extraction.times_grammar import Match
from dateline.extraction.times_words import Word
from dateline.language.document import Document, Labelled, Token

_SINCE = frozenset(("since", "after", "starting", "beginning", "from"))
_UNTIL = frozenset(("until", "till", "before", "by", "through"))
_LEADS = frozenset(
    "in since during until till by through throughout from before after around about circa of late early mid between to and for the year than".split()
)
_NOT_COUNTED = frozenset("was is has as this lasts takes days weeks hours months years".split())
_POINTED = frozenset("at by before after until since from around about during".split())
_NOT_NOUNS = frozenset("in of at on when that and as for with to by or but from after before he she it they we was is near".split())
_AFTER_MARCH = frozenset("on to for of from in by through against".split())
_BEFORE_MAY = frozenset(("last", "next", "this", "(", "/", "-", "or", "every", "each", "than"))
_NAMES = frozenset(("PERSON", "ORG", "FORCE", "FACILITY", "WEAPON", "PLACE"))


def _text(words: Sequence[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def role_of(match: Match, words: Sequence[Word]) -> str:
    """at, since, until, duration, set or age, by the kind of the expression and the word before it."""
    if match.kind in ("duration", "age", "set", "rate"):
        return "set" if match.kind == "rate" else match.kind
    before = _text(words, match.first - 1)
    if before in ("the", "about", "around", "at", "least"):
        before = _text(words, match.first - 2)
    if match.kind == "nth":
        return _role_of_nth(match, words)
    if match.kind in ("ref", "offset") or _owns(match, words):
        return "at"
    if before in _SINCE or match.rule == "year_beyond":
        return "since"
    return "until" if before in _UNTIL and match.kind != "span" else "at"


def _owns(match: Match, words: Sequence[Word]) -> bool:
    """Whether what stands before it belongs to a noun that it dates: "the damage from Monday's blast", not "from Monday"."""
    return _text(words, match.last) == "'s"


def _role_of_nth(match: Match, words: Sequence[Word]) -> str:
    """ "In its third week" says since when, "for a third day" how long, "the third day" of something neither."""
    first, before = _text(words, match.first), _text(words, match.first - 1)
    if first in ("its", "their", "his", "her", "our") or (first == "a" and before in ("in", "into", "entered", "enters")):
        return "since"
    return "duration" if before == "for" or first == "for" else "at"


def names_by_token(document: Document) -> dict[int, Labelled]:
    """The name that covers each token, of the kinds that may hold a time without meaning one."""
    return {i: name for name in document.names if name.label in _NAMES for i in range(name.first, name.last)}


def stands(match: Match, words: Sequence[Word], document: Document, names: Mapping[int, Labelled]) -> bool:
    """Whether what the grammar matched is a time where it stands."""
    check = _CHECKS.get(match.rule)
    if check is not None and not check(match, words, document):
        return False
    start, end = words[match.first].start, words[match.last - 1].end
    token = document.token_at(start)
    name = names.get(token.i) if token is not None else None
    if name is None or not (name.start <= start and end <= name.end and name.end - name.start > end - start + 1):
        return token is not None
    return end == name.end and bool({"weekday", "month"} & set(match.slots)) and match.rule != "month_alone"


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
    if after is not None and "make" in after.classes:
        return False
    if after is not None and ("counted" in after.classes or after.text in ("%", "$", "/", "units", "unit")) and before not in ("in", "since", "during"):
        return False
    if match.last - match.first > 1 or before in _LEADS:
        return 1900 <= year <= 2060 or (year < 1900 and before in ("in", "since", "by", "until", "from", "year", "circa", "before", "after"))
    return 1900 <= year <= 2060 or (1600 <= year < 1900 and before in ("(", ","))


def _month(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "May" and "March" are also verbs and nouns, and months are first names."""
    if match.last - match.first > 1:
        return _text(words, match.first) != "the" or "ctxshift" in match.slots or "edge" in match.slots
    token = _token(match, words, document)
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if token is not None and token.upos in ("AUX", "VERB", "ADP", "ADV"):
        return False
    raw = document.text[words[match.last - 1].start : words[match.last - 1].end]
    if (raw.isupper() or raw.islower()) and match.slots.get("month") in ("3", "5") and before not in _LEADS - {"to", "the", "and"}:
        return False
    if match.slots.get("month") == "3" and before in ("the", "a", "this", "'", '"') and after in _AFTER_MARCH:
        return False
    if match.slots.get("month") == "5" and before not in _LEADS | _BEFORE_MAY:
        return False
    following = words[match.last] if match.last < len(words) else None
    if following is not None and after.isalpha() and document.text[following.start].isupper() and before not in _LEADS | {"last", "next", "this"}:
        return "namehead" not in following.classes and "month" not in following.classes and before not in ("mr", "mrs", "ms")
    whole = words[match.first].end - words[match.first].start > 3 or match.slots.get("month") == "5"
    return whole or before in ("in", "since", "until", "by", "from", "to", "last", "of")


def _season(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "The fall of Mosul" and "the spring" of water are none."""
    if "shift" in match.slots or "ctxshift" in match.slots or "edge" in match.slots:
        return True
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if match.slots["season"] in ("spring", "autumn") and _text(words, match.last - 1) in ("spring", "fall"):
        return before in _POINTED | {"in", "this", "over", "through"} and after not in ("of", "in", "to", "from", "-")
    return before in _LEADS - {"and", "for", "to", "the"} | {"this", "next", "last", "over", "every"} or match.last - match.first > 1


def _duration(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "A second blast", "three quarters of the town", "two minutes of the talks" and "the first half" of a game are none."""
    unit, after, before = match.slots.get("unit"), _text(words, match.last), _text(words, match.first - 1)
    if re.fullmatch(r"(?:1[89]|20)\d\d", match.slots.get("num", "")):
        return False
    if unit == "second" and match.slots.get("num") is None:
        return match.rule == "duration_adj"
    if unit == "quarter" and after in ("of", "-", "to"):
        return after == "of" and _text(words, match.last + 1) not in ("the", "a", "all", "its", "their", "them", "those", "syria", "iraq", "people")
    if unit == "second" and _text(words, match.last - 1) == "second":
        return match.rule == "duration_adj"
    return before not in ("$",)


def _rate(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "Two million dollars a year", "four flights a week": after a count of things, "a" means each."""
    before = words[match.first - 1] if match.first else None
    if before is None or not (before.text[:1].isalnum() or before.text == "%"):
        return False
    token = document.token_at(before.start)
    counted = "num" in before.classes or before.text == "%" or before.text.endswith("s") or before.text in ("million", "billion", "percent", "people", "pay")
    return counted and before.text not in _NOT_COUNTED and (token is None or token.upos not in ("VERB", "AUX", "ADP"))


def _vague(match: Match, words: Sequence[Word], document: Document) -> bool:
    before, after = _text(words, match.first - 1), _text(words, match.last)
    if match.slots.get("unit") in ("second", "quarter"):
        return match.slots.get("unit") == "second" and before in ("within", "in", "of", "for", "few")
    return before != "-" and not (after == "'" and match.slots.get("unit") == "minute")


def _set_adverb(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "The Daily Telegraph" is a newspaper."""
    start = words[match.first].start
    if not document.text[start].isupper():
        return True
    following = words[match.last] if match.last < len(words) else None
    return _text(words, match.first - 1) in ("", "\n", ".", '"') and (following is None or not document.text[following.start].isupper())


def _the_unit(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "The hour", "the day", "the year" alone, not the head of a longer phrase ("the day care", "the week's")."""
    after = words[match.last] if match.last < len(words) else None
    unit = match.slots.get("unit")
    if unit in ("second", "minute", "decade", "century", "millennium") or after is None:
        return False
    return not (after.text.isalpha() and after.text in ("after", "before", "when", "that", "he", "she", "they", "it", "we", "of", "i"))


def _part(match: Match, words: Sequence[Word], document: Document) -> bool:
    """A bare part of the day needs a word that makes it a time: "in the morning", "at night", "before dawn"."""
    before = _text(words, match.first - 1)
    if match.last - match.first == 1:
        return before in _POINTED or _text(words, match.first) in ("noon", "midday")
    after = document.token_at(words[match.last].start) if match.last < len(words) else None
    if after is not None and after.upos in ("PRON", "PROPN", "DET") and "edge" not in match.slots:
        return False
    return before not in ("of", "for") or "edge" in match.slots


def _past_ref(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "The past" of "the past administration" belongs to a noun."""
    token = document.token_at(words[match.last].start) if match.last < len(words) else None
    return token is None or token.upos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _clock_four(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "At 2030" is half past eight."""
    before = _text(words, match.first - 1)
    if match.last < len(words) and ("ord" in words[match.last].classes or document.text[words[match.last].start].isupper()):
        return False
    return before == "at" or (before in ("about", "around") and _text(words, match.first - 2) == "at")


def _nth(match: Match, words: Sequence[Word], document: Document) -> bool:
    unit, after = match.slots.get("unit"), _text(words, match.last)
    if unit in ("second", "minute", "hour") or match.slots.get("part"):
        return "unit" in match.slots and unit == "hour"
    return not (unit in ("quarter", "century") or after in ("half", "-"))


def _day_number(match: Match, words: Sequence[Word], document: Document) -> bool:
    if match.slots.get("unit") not in ("day", "week", "month", "year") or float(match.slots["nth"]) >= 400:
        return False
    return _text(words, match.first - 1) not in ("a", "per", "each", "every", "-")


def _decade(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "In his 30s" is an age."""
    return _text(words, match.first - 1) not in ("his", "her", "their", "my", "your", "its", "or", "and")


def _span(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "To last 45 minutes" is a verb."""
    return not (_text(words, match.first) in ("last", "following") and _text(words, match.first - 1) in ("to", "will", "can", "could", "would", "may"))


def _shifted(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "This Week" is a programme."""
    last = words[match.last - 1]
    return not ("unit" in match.slots and document.text[last.start].isupper() and _text(words, match.last - 2) == "this")


def _clock(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "7:30" may be a score or a verse: alone it needs a word before it, or am, pm or a zone."""
    before = _text(words, match.first - 1)
    if match.slots.get("meridiem") or match.slots.get("zone") or match.last - match.first > 1:
        return True
    if match.slots.get("part"):
        return before in _POINTED | {"shortly", "to", "and"}
    return "clock" in match.slots and before in _POINTED | {"between", "to", "and"}


def _ref(match: Match, words: Sequence[Word], document: Document) -> bool:
    after = _text(words, match.last)
    return not (_text(words, match.first) == "soon" and after in ("after", "as")) and _text(words, match.last - 1) != "shortly"


def _weekday(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "Black Friday", "Easter Sunday" have rows of their own; "Wednesday" and "Tuesday" may be names of papers."""
    following = words[match.last] if match.last < len(words) else None
    return not (following is not None and "namehead" in following.classes and document.text[following.start].isupper())


def _weekday_article(match: Match, words: Sequence[Word], document: Document) -> bool:
    """ "On a Friday" is any Friday; in "a Friday attack" the article belongs to the attack."""
    after = _text(words, match.last)
    return not after[:1].isalpha() or after in _NOT_NOUNS


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
    "set_rate": _rate,
    "weekday_article": _weekday_article,
    "the_day": _the_unit,
    "the_part": _part,
    "nth_unit": _nth,
    "day_number": _day_number,
    "clock_four": _clock_four,
    "past_ref": _past_ref,
    "decade": _decade,
    "unit_shift": _shifted,
    "span": _span,
    "clock_alone": _clock,
    "present_ref": _ref,
    "soon": _ref,
    "day_alone": _weekday,
}
