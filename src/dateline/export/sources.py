"""The sources of an incident in a row: outlets, chains of who says so, headlines, and the words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dateline.export.days import spoken
from dateline.export.labels import label_of
from dateline.lexicon import load
from dateline.record.accounts import Account
from dateline.record.agency import house_key
from dateline.record.happenings import DOERS, Happening
from dateline.record.questions import Body


def houses(happening: Happening) -> list[str]:
    """The outlets and agencies in which it is told, each once, in the order in which they published."""
    found: dict[str, str] = {}
    for paper in happening.papers:
        for name in (paper.outlet, paper.agency):
            if name and house_key(name) not in found:
                found[house_key(name)] = name
    return list(found.values())


def speakers(happening: Happening, *, stance: str = "asserts") -> list[str]:
    """Those whom the reports name as saying so, each once; an outlet's own voice is not among them."""
    names = [a.chain.speakers[-1] for a in happening.picture.finding.accounts if a.stance == stance and a.chain.speakers and not a.echo]
    unique: dict[str, str] = {}
    for name in names:
        unique.setdefault(name.casefold(), name)
    return [n for n in unique.values() if n != "somebody"]


def chains(happening: Happening) -> list[str]:
    """Each account as its chain of sources, with its stance where it does not assert."""
    return list(dict.fromkeys(f"{a.chain}{'' if a.stance == 'asserts' else ' (' + a.stance + ')'}" for a in happening.picture.finding.accounts))


@cache
def _seats() -> dict[str, str]:
    rows = load("outlets.tsv", columns=("name", "aliases", "domains", "kind", "country"))
    return {house_key(name): r["country"] for r in rows for name in (r["name"], *r["aliases"].split("|")) if name and r["country"]}


def scale_of(happening: Happening) -> str:
    """ACLED's source_scale: National where an outlet sits in the country of the event, International where none does, Other where it is not known."""
    country = happening.spot.country if happening.spot else None
    seats = {_seats().get(house_key(name)) for name in houses(happening)}
    if seats <= {None}:
        return "Other"
    if country in seats:
        return "National-International" if seats - {country, None} else "National"
    return "International"


def telling(happening: Happening) -> Account | None:
    """The account whose words say most: one that asserts before one that denies, a sentence before a headline, most of who, when and where; the earliest."""
    accounts = happening.picture.finding.accounts
    told = {(i.report, i.id): _told(i.body) for i in happening.items}
    heads = {(p.title or "").strip() for p in happening.papers}
    return min(
        accounts,
        key=lambda a: (
            a.stance != "asserts",
            a.words.strip() in heads,
            -told.get((a.report, a.id), 0),
            a.party is None,
            a.published or "9999",
            a.report,
            len(a.id),
            a.id,
        ),
        default=None,
    )


def _told(event: Body) -> int:
    """How many of who, whom, when, where and how many an event's own words tell."""
    roles = {"doer" if p["role"] in DOERS else "other" for p in event["participants"]}
    when, where = event["when"], event["where"]
    return len(roles) + bool(event["figures"]) + bool(when and when["span"]) + bool(where and where["span"])


def notes(happening: Happening) -> str:
    """The incident in prose: when, in whose words, by whose word, who denies it, and how it stands."""
    picture, account = happening.picture, telling(happening)
    place = happening.spot.name if happening.spot else picture.where
    lead = f"{spoken(picture.when)}, {label_of(picture.type)}{f' at {place}' if place else ''}"
    if account is not None and account.words:
        lead += f", as told by {account.chain}: “{' '.join(account.words.split())}”"
    rest = f"Told by {_count(picture.reports, 'report')}, {_count(picture.finding.independent, 'independent source')}"
    standing = f"; {picture.finding.status}: {picture.finding.reason}" if picture.finding.status != "uncontested" else ""
    return f"{lead}{'' if lead.endswith(('.”', '!”', '?”')) else '.'} {rest}{standing}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def joined(values: Iterable[str | None]) -> str:
    """The values in one cell, as the field's tables part them."""
    return "; ".join(v.replace(";", ",") for v in values if v)
