"""The line at the head of a report that gives its place, date and agency: "RAQQA, Syria (AP) —", "BEIRUT, Oct 20 (Reuters) -"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.intake.dates import WEEKDAY, find_dates
from dateline.intake.names import _UPPER as UPPER
from dateline.intake.outlets import outlet_pattern
from dateline.lexicon import load

_CAPS = rf"[{UPPER}][{UPPER}'’.\-]+(?:(?:\s*/\s*|\s+&\s+|\s+AND\s+|[ -])[{UPPER}][{UPPER}'’.\-]*){{0,5}}"
_TITLED = rf"[{UPPER}][\w'’.\-]+(?:(?:\s*/\s*|[ -])(?:(?:de|el|al|la|of|du|ez|az|ed|es)[ -])?[{UPPER}][\w'’.\-]+){{0,4}}"
_REGION = rf"(?:,+\s*(?:[{UPPER}][\w.'’\-]*(?:\s(?:and|of|the|de|[{UPPER}][\w.'’\-]*)){{0,5}}))"
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = (
    rf"(?:,?\s+(?:{WEEKDAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})"
    rf"(?:,?\s+(?:(?:19|20)\d\d|\d\d)\b)?|,?\s+{WEEKDAY})"
)
_DAY_MONTH = rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}"
_FULL = rf"(?:{WEEKDAY},?\s+)?(?:(?:{_DAY_MONTH}),?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
_DASH = r"(?:\s*(?:—|–|--+|―)\s*|\s+[-_](?:\s+|$)|\s*:\s+)"
_NO_PLACE = frozenset(
    "UPDATE BREAKING WATCH LIVE ANALYSIS EXCLUSIVE VIDEO OPINION EDITORIAL FACTBOX TIMELINE EXPLAINER CORRECTED WRAPUP NEWSMAKER FEATURE INTERVIEW COLUMN NOTE "
    "QUESTION ANSWER ALSO READ MORE RELATED PHOTOS WARNING URGENT ALERT FLASH SUMMARY BACKGROUND HIGHLIGHTS MODERATOR SPEAKER INTERVIEWER HOST REPORTER FILE "
    "PHOTO ABSTRACT".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at characters ``start`` to ``end``, with its place and agency as worded."""

    start: int
    end: int
    place: str | None
    agency: str | None


@cache
def _places() -> frozenset[str]:
    return frozenset(row["place"].casefold() for row in load("dateline_places.tsv", columns=("place",), key=("place",)))


def is_listed_place(name: str) -> bool:
    """Whether a name is one of the places that datelines often stand with."""
    return name.casefold() in _places()


@cache
def _pattern() -> re.Pattern[str]:
    agency = rf"[(\[]\s*(?P<agency>(?:{outlet_pattern()})(?:\s*[/,]\s*(?:{outlet_pattern()}))*|[{UPPER}][\w.&'’ /-]{{1,30}})\s*[)\]]"
    return re.compile(
        rf"(?:(?P<caps>{_CAPS})|(?P<titled>{_TITLED}))(?P<region>{_REGION}{{0,2}}?)(?P<date>{_DATE}(?:\s+\d{{2,4}}\b)?)?"
        rf"(?:\s*{agency}(?P<late>{_DATE}(?:\s+\d{{2,4}}\b)?)?)?(?P<dash>{_DASH}|(?=\s*$))"
    )


@cache
def _day_first() -> re.Pattern[str]:
    """A day with its year, who publishes in brackets, and a dash: "Nov 26, 2022 (Radio Juba) - "."""
    publisher = rf"(?!{WEEKDAY}\s*[)\]])(?P<agency>(?:{outlet_pattern()})|[{UPPER}][\w.&'’ /-]{{1,40}})"
    return re.compile(rf"(?:{_FULL})\s*[(\[]\s*{publisher}\s*[)\]]\s*(?:—|–|--+|-|:)\s+(?=[{UPPER}\"“])")


@cache
def _agency_only() -> re.Pattern[str]:
    known = rf"(?P<agency>(?:{outlet_pattern()})(?:\s*[/,]\s*(?:{outlet_pattern()}))*)"
    return re.compile(rf"[(\[]\s*{known}\s*[)\]]\s*(?:(?:—|–|--+|-|_|:)(?:\s+|$)|(?=[{UPPER}\"“]))|{known.replace('agency', 'agency2')}\s*(?:—|–|--+)(?:\s+|$)")


def find_dateline(text: str, start: int, end: int, *, first: bool) -> Dateline | None:
    """The dateline at the head of a block, or (where a headline was glued to it) just after; None where there is none.

    ``first`` tells that the block is the first of the body, where weaker signs will do.
    """
    head = text[start : min(end, start + 240)]
    found = _at(text, head, start, end, 0, first=first) or (_bare(text, head, start) if first else None)
    if found is None and first:
        glued = re.compile(rf"(?:(?<=[a-z0-9.!?\"”])|(?<=[a-z0-9][.!?]\s)|(?<=[.!?][\"”]\s))(?={_CAPS}[,(\s])")
        for match in glued.finditer(head):
            brief = len(head[: match.start()].split()) <= 25
            found = _at(text, head, start, end, match.start(), first=brief and not head[match.start() - 1].isalnum())
            if found is not None and (found.agency or re.search("—|–|--", text[found.start : found.end])):
                return found
        return None
    return found


def _at(text: str, head: str, start: int, end: int, offset: int, *, first: bool) -> Dateline | None:
    only = _agency_only().match(head, offset)
    if only is not None:
        return Dateline(start + offset, start + only.end(), None, only["agency"] or only["agency2"])
    dated = _day_first().match(head, offset) if first else None
    if dated is not None:
        place = dated["agency"] if is_listed_place(dated["agency"]) else None
        return Dateline(start + offset, start + dated.end(), place, None if place else dated["agency"])
    match = _pattern().match(head, offset)
    if match is None or not _holds(text, match, start + match.end(), end, first=first):
        return None
    place = (match["caps"] or match["titled"]) + (match["region"] or "")
    return Dateline(start + offset, start + match.end(), place.strip(" ,"), match["agency"])


_BARE = re.compile(rf"(?P<caps>{_CAPS})\s+(?=[{UPPER}][a-z])")
_LOWER = re.compile(r"(?P<place>[a-z][a-z '-]{2,30}(?:, [a-z ]{3,30})?)(?: -- |(?<=[a-z])--| — )")


def _bare(text: str, head: str, start: int) -> Dateline | None:
    """A listed place in capitals with nothing between it and the sentence, or a place and dash in a text without capitals."""
    match = _BARE.match(head)
    if match is not None and len(match["caps"]) >= 4 and match["caps"].casefold() in _places():
        return Dateline(start, start + match.end(), match["caps"], None)
    lower = _LOWER.match(head)
    if lower is not None and text[start : start + 600].islower() and len(lower["place"].split()) <= 5:
        return Dateline(start, start + lower.end(), lower["place"], None)
    return None


def _holds(text: str, match: re.Match[str], after: int, end: int, *, first: bool) -> bool:
    """Whether what looks like a dateline has enough of its signs, and a sentence (or nothing) follows."""
    name = match["caps"] or match["titled"]
    words = name.replace("/", " ").split()
    if words[0].strip(".:") in _NO_PLACE or len(name) < 3:
        return False
    alone = after >= end or not text[after:end].strip()
    if not alone and not re.match(r"[\"“‘'(\[]*[^\Wa-z_]", text[after:end]) and not (match["agency"] and match["dash"]):
        return False
    exact = name.casefold() in _places() or any(r.strip().casefold() in _places() for r in match["region"].split(","))
    listed = exact or words[0].casefold() in _places()
    colon = match["dash"].strip() == ":"
    if alone and not match["dash"].strip():
        # "Kabul bombing, 3 May 2016" is a headline.
        return bool(match["agency"] and listed or match["date"] and exact or (match["agency"] or match["date"]) and match["caps"])
    if match["agency"] or match["date"]:
        return bool(match["caps"]) or listed or bool(match["agency"] and (match["date"] or match["late"])) or (first and _dated_in_full(text, match, end))
    if colon:
        # "YEMEN: Humanitarian update" is a headline, "YEMEN: Shells fell on the port." a dateline.
        return listed and bool(match["caps"]) and first and bool(re.search(r"[.!?…][\"”’')\]]*\s*$", text[after:end]))
    if match["caps"]:
        return listed or bool(match["region"]) or (first and len(name) >= 5 and not name.isdigit())
    return listed and first


def _dated_in_full(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a day with its year stands after a comma and before a dash and a sentence: "Larnaca, 4 June 2021 - Troops left the port."."""
    date, dash = match["date"] or "", match["dash"].strip()
    full = re.fullmatch(r",\s.*\d\D.*\b(?:19|20)\d\d", date) is not None and len(match["titled"].split()) <= 4
    return full and dash not in ("", ":") and bool(re.search(r"[.!?…][\"”’')\]]*\s*$", text[match.end() : end]))


def is_date_line(words: str) -> bool:
    """Whether a block is nothing but a date, with or without "Published", a clock time or a place of two words."""
    dates = find_dates(words)
    if not dates or len(words) > 160:
        return False
    rest = words
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    rest = re.sub(
        r"(?i)\b(?:first |originally )?(?:published|posted|updated|last (?:updated|modified)|modified|created|issued|released?|dated?|on|at|time|"
        r"press release|"
        r"news release|for immediate release|from|by|gmt|utc|[ecmp][sd]?t|bst|local time|this story is|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
        r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|"
        r"\d+ (?:minutes?|hours?|days?) ago|release (?:no|number)\W*[\w-]+)\b",
        " ",
        rest,
    )
    return not re.search(r"\w{2,}", rest)
