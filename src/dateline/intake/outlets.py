"""Which words and addresses name a news agency, outlet or publishing body; read from ``data/outlets.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from dateline.lexicon import load

COLUMNS = ("name", "aliases", "domains", "kind", "country")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, agency or publishing body by its full name."""

    name: str
    kind: str
    """agency, photo_agency, broadcaster, newspaper, magazine, online, monitor, ministry, military, ngo, igo, party or social."""
    country: str | None


@dataclass(frozen=True, slots=True)
class _Table:
    by_name: dict[str, Outlet]
    by_domain: dict[str, Outlet]
    written: tuple[str, ...]
    """All names and aliases as written, longest first."""


@cache
def _table() -> _Table:
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    written: set[str] = set()
    for row in load("outlets.tsv", columns=COLUMNS, key=("name",)):
        outlet = Outlet(row["name"], row["kind"], row["country"] or None)
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        written.update(names)
        for name in names:
            by_name.setdefault(_folded(name), outlet)
        for domain in filter(None, row["domains"].split("|")):
            by_domain.setdefault(domain, outlet)
    return _Table(by_name, by_domain, tuple(sorted(written, key=lambda n: (-len(n), n))))


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold().removeprefix("the ")


def outlet_named(name: str) -> Outlet | None:
    """The outlet that a name or alias stands for, with or without "the"; None where the lexicon has none."""
    return _table().by_name.get(_folded(name))


def outlet_at(address: str) -> Outlet | None:
    """The outlet whose domain a web address (or bare host) lies in."""
    host = _host(address)
    labels = host.split(".")
    for i in range(len(labels) - 1):
        found = _table().by_domain.get(".".join(labels[i:]))
        if found is not None:
            return found
    return None


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


@cache
def outlet_pattern() -> str:
    """A regular expression (no groups) that matches any outlet as written, longest first."""
    return "(?:" + "|".join(re.escape(name) for name in _table().written) + ")"
