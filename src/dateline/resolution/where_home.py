"""What speaks for a report's geography from outside its text: the outlet's country, by its web domain or by the list of outlets."""

from __future__ import annotations

from urllib.parse import urlsplit

from dateline.lexicon import load
from dateline.model import Report
from dateline.resolution.gazetteer import Gazetteer

_OUTLET_COLUMNS = ("name", "aliases", "domains", "kind", "country")
_WORLDWIDE = frozenset({"agency", "photo_agency", "igo", "ngo"})
_DOMAINS = {"uk": "GB", "eu": "", "su": "RU"}
_BY_DOMAIN, _BY_LIST = 1.5, 0.6


def home_of(report: Report, gazetteer: Gazetteer) -> dict[str, float]:
    """Weights of the countries that the outlet speaks from; none for agencies and others that write for the whole world."""
    domain = (urlsplit(report.url).hostname or "").removeprefix("www.") if report.url else ""
    weights: dict[str, float] = {}
    last = domain.rsplit(".", 1)[-1]
    code = _DOMAINS.get(last, last.upper() if len(last) == 2 else "")
    if code and gazetteer.country(code) is not None:
        weights[code] = _BY_DOMAIN
    for row in load("outlets.tsv", columns=_OUTLET_COLUMNS):
        known = domain in row["domains"].split("|") or (report.source is not None and report.source in (row["name"], *row["aliases"].split("|")))
        if known and row["country"] and row["kind"] not in _WORLDWIDE:
            weights[row["country"]] = max(weights.get(row["country"], 0.0), _BY_LIST)
    return weights
