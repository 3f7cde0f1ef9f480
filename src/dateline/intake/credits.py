"""Credits of images in the manners of the agencies; the patterns stand in ``data/credits.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.intake.names import PERSON, is_person
from dateline.intake.outlets import outlet_named, outlet_pattern
from dateline.lexicon import Row, Rule, load, rules

COLUMNS = ("name", "place", "sign", "pattern", "example", "finds")

# Every credit holds one of these; text without them need not be searched.
_SIGN = re.compile(r"[/\[(|]|photo|pic|image|credit|via|video|file|handout|archive|caption|courtesy|getty|foto", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit at characters ``start`` to ``end``: who took the image and for whom, as worded."""

    start: int
    end: int
    person: str | None
    agency: str | None
    rule: str


def filled(pattern: str) -> str:
    """The pattern with ``{person}``, ``{agency}`` and ``{outlet}`` put in; only the first of a kind captures on each branch."""
    for word, shape in (("person", PERSON), ("agency", _agency())):
        count = 0
        while "{" + word + "}" in pattern:
            pattern = pattern.replace("{" + word + "}", f"(?P<{word}{count or ''}>{shape})", 1)
            count += 1
    return pattern.replace("{outlet}", _agency())


@cache
def _agency() -> str:
    return rf"(?:The )?{outlet_pattern()}(?:\s*/\s*{outlet_pattern()}){{0,2}}(?!\w)"


def credit_rules() -> tuple[Rule, ...]:
    """The credit patterns, in the order of the lexicon."""
    return tuple(_rule(row["name"]) for row in _rows())


@cache
def _rows() -> tuple[Row, ...]:
    return load("credits.tsv", columns=COLUMNS, key=("name",))


@cache
def _rule(name: str) -> Rule:
    """One rule, compiled when a block first holds its sign: the names of all outlets make the patterns long."""
    row = next(r for r in _rows() if r["name"] == name)
    return rules([{**row, "pattern": filled(row["pattern"])}], name="credits.tsv", flags=0)[0]


@cache
def _signs(place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["sign"])) for row in _rows() if row["place"] == place and row["finds"])


def find_credit(text: str, start: int, end: int, place: str) -> Credit | None:
    """The credit at the start or end of a block, or the block that is a credit alone; None where there is none."""
    block = text[start:end]
    if not _SIGN.search(block):
        return None
    found: list[Credit] = []
    for name, sign in _signs(place):
        if not sign.search(block):
            continue
        rule = _rule(name)
        for match in rule.pattern.finditer(block):
            if place == "start" and match.start() != 0 or place != "start" and block[match.end() :].strip(" .)]"):
                continue
            if place == "alone" and match.start() != 0:
                continue
            credit = _credit(match, rule.name, start)
            if credit is not None:
                found.append(credit)
    # The one that begins first is the fullest; where two begin alike, the order of the lexicon decides.
    return min(found, key=lambda credit: credit.start, default=None)


def _credit(match: re.Match[str], rule: str, offset: int) -> Credit | None:
    groups = match.groupdict()
    person = next((v for k, v in groups.items() if v and k.startswith("person")), None)
    agency = next((v for k, v in groups.items() if v and k.startswith("agency")), None)
    if person is not None and not is_person(person):
        if agency is None and outlet_named(person) is None:
            return None
        person, agency = None, agency or person
    agency = re.sub(r"\s+(?:Photo|PHOTO)s?$", "", agency) if agency else None
    begin = match.start() + len(match.group()) - len(match.group().lstrip(" ."))
    return Credit(offset + begin, offset + match.end(), person, agency, rule)
