"""The head of a release, situation report or note: letterhead, kind of paper, issuing body and day, told from its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.intake.dates import DateFound, find_dates
from dateline.intake.names import _UPPER as UPPER
from dateline.intake.offices import issuer_name, office_kind
from dateline.lexicon import Rule, load, rules
from dateline.model import Section

COLUMNS = ("name", "kind", "pattern", "example", "finds")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATED = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d)"
)
_NAME = rf"[{UPPER}][\w'’.&/()-]*(?:,?\s+(?:of|for|the|and|in|on|to|de|del|la|des|du|&|[{UPPER}(][\w'’.&/()-]*)){{0,10}}"
_MARK = r"\s*(?:,|;|\||/|·|\s[–—-])\s*"
_NAME_DATE = re.compile(rf"(?P<name>{_NAME}){_MARK}(?i:{_DATED})\.?")
_DATE_NAME = re.compile(rf"(?i:{_DATED}){_MARK}(?P<name>{_NAME})\.?")
_SOURCE_HEAD = re.compile(r"(?P<name>[^:\n]{3,70}):\s+(?=\S+\s+\S+\s+\S)")
_OWN_VOICE = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_LINES = 9
"""Parts before the body among which an imprint is looked for."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """A report's parts with letterhead and dates told from headlines, the body that issued it, and the days that its head states."""

    sections: tuple[Section, ...]
    issuer: str | None = None
    dates: tuple[DateFound, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A part of the head: its number, words, and role (release, label, paper, named, state, office, date or head)."""

    at: int
    words: str
    role: str
    name: str | None = None
    """The issuing body that a line of name and date gives."""
    date: DateFound | None = None


@cache
def imprint_rules() -> tuple[Rule, ...]:
    """Patterns of the lines that tell what kind of paper a report is."""
    rows = [{**row, "pattern": row["pattern"].replace("{date}", _DATED)} for row in load("imprints.tsv", columns=COLUMNS, key=("name",))]
    return rules(rows, name="imprints.tsv")


def read_imprint(text: str, sections: Sequence[Section]) -> Imprint:
    """What the head of a report tells of its kind, issuer and day; the parts unchanged where it tells nothing of these."""
    lines = _head(text, sections)
    roles = {line.role for line in lines}
    if not roles & {"release", "paper", "named"}:
        return Imprint(tuple(sections), _source_head(text, sections, lines))
    title = _title(lines)
    kinds = _kinds(lines, title)
    made = tuple(Section(kinds.get(i, s.kind), s.start, s.end) for i, s in enumerate(sections))
    issuer = _issuer(lines, title) or _source_head(text, sections, lines)
    return Imprint(made, issuer, tuple(line.date for line in lines if line.date is not None))


def _head(text: str, sections: Sequence[Section]) -> list[_Line]:
    """The lines before the body, each with its role."""
    lines: list[_Line] = []
    for i, section in enumerate(sections[:_LINES]):
        line = _line(text, i, section, first=not any(before.role == "head" for before in lines))
        if section.kind not in ("headline", "dateline", "byline", "boilerplate") and line.role not in ("release", "paper", "named"):
            break
        lines.append(line)
    return lines


def _line(text: str, i: int, section: Section, *, first: bool) -> _Line:
    words = " ".join(text[section.start : section.end].split())
    if len(words) > 200 or section.kind not in ("headline", "dateline", "paragraph"):
        return _Line(i, words, "other")
    rule = next((r for r in imprint_rules() if r.row["finds"] and r.pattern.search(words)), None)
    days = [d for d in find_dates(text, section.start, section.end) if d.iso is not None]
    if rule is not None:
        return _Line(i, words, rule.row["kind"], date=days[-1] if rule.row["kind"] == "paper" and days else None)
    named = _NAME_DATE.fullmatch(words) or _DATE_NAME.fullmatch(words)
    if named is not None and len(days) == 1:
        body = next((p.strip() for p in (named["name"], *re.split(r",\s+", named["name"])) if office_kind(p) in ("office", "medium")), None)
        if body is not None or (not first and len(named["name"].split()) <= 4 and section.kind == "headline"):
            return _Line(i, words, "named", body, days[0])
    if section.kind == "dateline":
        return _Line(i, words, "date")
    kind = office_kind(words)
    return _Line(i, words, {"state": "state", "office": "office", "medium": "office"}.get(kind or "", "head"))


def _title(lines: Sequence[_Line]) -> int | None:
    """The line that is the headline: the first that is nothing of the imprint, else the one that names the paper."""
    heads = [line.at for line in lines if line.role == "head"]
    papers = [line for line in lines if line.role == "paper"]
    # A situation report's long first line is its headline, though lines of its contents follow.
    if papers and (not heads or papers[0].at < heads[0] and _is_long(papers[0].words)):
        return papers[0].at
    letterhead = any(line.role in ("state", "office") for line in lines)
    releases = [line.at for line in lines if line.role == "release"] if letterhead else []
    return next(iter((*heads, *releases)), None)


def _is_long(words: str) -> bool:
    """Whether a line says more than what paper it is: a subject before a colon, or many words besides the day."""
    found = next(iter(find_dates(words)), None)
    lead = words[: found.start].rstrip(" :–—-|(,") if found is not None else words
    return ":" in lead or len(lead.split()) > 6


def _kinds(lines: Sequence[_Line], title: int | None) -> dict[int, str]:
    """The parts that are no headline, by number; a head that has no other headline keeps its lines."""
    made = {line.at: "dateline" for line in lines if line.role in ("paper", "named") and line.at != title}
    if title is None:
        return made if len(made) < len(lines) else {}
    for line in lines:
        if line.role == "release" and line.at != title:
            made[line.at] = "boilerplate"
        elif line.role in ("state", "office") and line.at != title:
            made[line.at] = "byline"
    made[title] = "headline"
    return made


def _issuer(lines: Sequence[_Line], title: int | None) -> str | None:
    """The body of the letterhead, else of the line of name and date, else of a line below the headline, else the state of the letterhead."""
    if title is None:
        return next((issuer_name(line.name) for line in lines if line.name), None)
    above = [line.words for line in lines if line.role == "office" and line.at < title]
    named = [line.name for line in lines if line.name]
    below = [line.words for line in lines if line.role == "office" and line.at > title]
    state = [line.words for line in lines if line.role == "state" and line.at < title]
    return next((issuer_name(name) for name in (*above, *named, *below, *state)), None)


def _source_head(text: str, sections: Sequence[Section], lines: Sequence[_Line]) -> str | None:
    """The body before the colon of the headline, where the paper is its own: it is dated as a note, or says "we" and "our" outside quotes."""
    head = next((line for line in lines if line.role == "head"), None)
    match = _SOURCE_HEAD.match(head.words) if head is not None else None
    if match is None or office_kind(match["name"]) is None:
        return None
    own = any(line.role in ("paper", "release") for line in lines) or any(
        _OWN_VOICE.search(_QUOTED.sub(" ", text[s.start : s.end])) for s in sections if s.kind == "paragraph" and not _opens_quote(text[s.start : s.end])
    )
    return issuer_name(match["name"]) if own else None


def _opens_quote(words: str) -> bool:
    """Whether a paragraph holds a quote that ends in a later one, so that it cannot be told whose words are whose."""
    return words.count("“") != words.count("”") or words.count('"') % 2 == 1
