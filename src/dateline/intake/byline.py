"""Bylines and contributors lines: who wrote a report, and for which outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.intake.heads import is_listed_place
from dateline.intake.names import people
from dateline.intake.offices import office_kind
from dateline.intake.outlets import outlet_named, outlet_pattern

_BY = re.compile(
    r"^\W*(?:(?:Story|Report|Words|Text|Analysis|Written|Reported|Posted|Published|Submitted|Opinion)\s+)?(?:[Bb]y|BY)\b:?\s+(?P<rest>.+)$",
    re.DOTALL,
)
_FROM = re.compile(r"^(?:From|FROM)\s+(?P<rest>.+)$", re.DOTALL)
_OFFICE = re.compile(
    r"(?i)\b(?:staff(?: writer| reporter)?|correspondents?|reporters?|writers?|editors?|bureau(?: chief)?|news|press|agency|agencies|desk|team|service|"
    r"producers?|photographers?|special to|for|in|at|and|the|of|with|"
    r"chief|senior|foreign|middle east|africa|asia|world|defen[cs]e|security|diplomatic|political|affairs)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """People and outlets that a byline names."""

    people: tuple[str, ...]
    outlets: tuple[str, ...]


def is_byline(words: str) -> bool:
    """Whether a line is a byline and nothing else."""
    return read_byline(words) is not None


def read_byline(words: str) -> Byline | None:
    """The people and outlets of a byline ("By Ana Berg, Associated Press"); None where the line is something else."""
    words = " ".join(words.split())
    match = _BY.match(words)
    explicit = match is not None
    if match is None:
        match = _FROM.match(words)
    if match is None and not re.search(r"[|/,•·]", words):
        return None
    rest = match["rest"] if match else words
    if len(rest) > 200 or re.search(r"[!?]|\.\s+[A-Z][a-z]+ [a-z]", rest):
        return None
    return _read(rest, explicit=explicit)


def _read(rest: str, *, explicit: bool) -> Byline | None:
    from dateline.intake.dates import find_dates

    for found in reversed(find_dates(rest)):
        rest = rest[: found.start] + "|" + rest[found.end :]
    pieces = [p.strip(" .,;:–—-()[]") for p in re.split(r"\s*[|•·()\[\]]\s*|\s+(?:–|—|-)\s+|,\s+|/|\s+(?:for|of|in|at)\s+", rest)]
    names: list[str] = []
    outlets: list[str] = []
    unread = 0
    for piece in filter(None, pieces):
        outlet = outlet_named(piece)
        if outlet is not None:
            outlets.append(outlet.name)
            continue
        tail = re.search(rf"\s+({outlet_pattern()})$", piece)
        if tail and people(piece[: tail.start()]):
            outlets.append(tail[1])
            piece = piece[: tail.start()]
        if explicit and not _ends_up_empty(piece) and office_kind(piece) in ("office", "medium"):
            outlets.append(piece.removeprefix("the "))
            continue
        found_people = people(piece)
        names.extend(n for n in found_people if n not in names)
        if not found_people and not _ends_up_empty(piece):
            unread += 1
    if names and (explicit and unread <= 2 or not explicit and outlets and not unread):
        return Byline(tuple(names), tuple(outlets))
    if explicit and outlets and not unread:
        return Byline((), tuple(outlets))
    return None


def _ends_up_empty(piece: str) -> bool:
    """Whether a piece of a byline holds only words of office, a clock time or an address."""
    rest = re.sub(r"\S+@\S+|@\w+|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?|(?i:updated|published|posted)", " ", piece)
    return not re.search(r"\w{2,}", _OFFICE.sub(" ", rest))


_PLACES_AFTER = re.compile(r"\s+(?:in|from|at)\s+[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){0,2}(?=[,;.)]|\s+(?:and|contributed)\b|$)")
_WORK = re.compile(
    r"(?i)\b(?:additional|with|extra|and)?\s*(?:reporting|writing|editing|translation|reported|written|edited|translated|compiled|graphics?|research|"
    r"photograph(?:y|s)|files|"
    r"contributions?|material|information|input)(?:,|/| and)?\s*(?:by|from)\b:?|\bcontributed\b.*?(?:$|[.;])|\breported from\b|"
    r"\b(?:associated press |ap |reuters |afp )?"
    r"(?:staff )?(?:writers?|journalists?|reporters?|correspondents?|producers?|photographers?|editors?)\b"
)


def read_contributors(words: str) -> Byline:
    """The people and outlets of a contributors line ("ABC News' Ana Berg and Tom Oduya contributed to this report.")."""
    words = " ".join(words.split()).strip("()[]—–- ")
    outlets: list[str] = []
    for match in re.finditer(rf"(?<!\w)({outlet_pattern()})(?:['’]s?)?(?!\w)", words):
        outlet = outlet_named(match[1])
        if outlet is not None and outlet.name not in outlets:
            outlets.append(outlet.name)
    bare = re.sub(rf"(?<!\w)(?:[Tt]he )?{outlet_pattern()}(?:['’]s?)?(?!\w)", ";", words)
    bare = _WORK.sub(";", _PLACES_AFTER.sub("; ", bare))
    found: list[str] = []
    for piece in re.split(r"[;:.]\s+|;", bare):
        found.extend(name for name in people(piece) if name not in found and not is_listed_place(name))
    return Byline(tuple(found), tuple(outlets))
