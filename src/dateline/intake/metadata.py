"""What a page says of its article: JSON-LD, OpenGraph, meta tags and time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.intake.dates import read_date
from dateline.intake.names import people
from dateline.intake.outlets import outlet_at, outlet_named

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = {
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "blogposting",
    "liveblogposting", "report", "opinionnewsarticle",
}  # fmt: skip
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "dcterms.issued", "cxenseparse:recs:publishtime", "bt:pubdate",
    "originalpublicationdate",
    "article.published", "article_date_original", "date", "rnews:datepublished", "displaydate",
)  # fmt: skip
_AUTHOR_NAMES = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "cxenseparse:author", "citation_author",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Title, authors, dates, outlet, address and language that a page's metadata states."""

    title: str | None
    authors: tuple[str, ...]
    dates: tuple[str, ...]
    source: str | None
    url: str | None
    language: str | None


def page_facts(tree: HtmlElement) -> PageFacts:
    """What the metadata of a page states of its article."""
    linked = list(_linked_data(tree))
    meta = _meta(tree)
    url = _first(meta.get("og:url"), *tree.xpath("//link[@rel='canonical']/@href"), *(str(d.get("url") or "") for d in linked))
    return PageFacts(
        title=_title(tree, linked, meta),
        authors=_authors(tree, linked, meta),
        dates=_dates(tree, linked, meta),
        source=_source(linked, meta, url),
        url=url if url and re.match(r"https?://", url) else None,
        language=_language(tree),
    )


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of the page's JSON-LD that describe an article."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            value = json.loads(str(script).strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(value, 0):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(n, str) and n.lower() in _ARTICLES for n in names):
                yield item


def _objects(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 5:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (node.get(key) or "").strip().lower()
            content = " ".join((node.get("content") or "").split())
            if name and content:
                found.setdefault(name, content)
    return found


def _first(*values: object) -> str | None:
    return next((" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()), None)


def _title(tree: HtmlElement, linked: list[dict[str, object]], meta: dict[str, str]) -> str | None:
    headings = [" ".join(" ".join(h.itertext()).split()) for h in tree.xpath("//article//h1 | //main//h1 | //h1")]
    told = [*(d.get("headline") for d in linked), meta.get("og:title"), meta.get("twitter:title")]
    page = " ".join((tree.findtext(".//title") or "").split())
    # The heading on the page is what readers see, where the metadata or the page's title bears it out.
    for heading in headings:
        if heading and any(isinstance(t, str) and heading.casefold() in " ".join(t.split()).casefold() for t in (*told, page)):
            return heading
    return _first(*told, *headings, re.sub(r"\s+[|–—-]\s+[^|–—]{2,40}$", "", page))


def _authors(tree: HtmlElement, linked: list[dict[str, object]], meta: dict[str, str]) -> tuple[str, ...]:
    named: list[str] = []
    for item in linked:
        given = item.get("author")
        for author in given if isinstance(given, list) else [given]:
            name = author.get("name") if isinstance(author, dict) else author
            named.extend(n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str))
    named.extend(meta[key] for key in _AUTHOR_NAMES if key in meta)
    if not named:
        named.extend(" ".join(n.itertext()) for n in tree.xpath("//*[@rel='author'] | //*[@itemprop='author']")[:5])
    found = [person for words in named for person in people(re.sub(r"^\s*[Bb]y\s+", "", " ".join(words.split())))]
    return tuple(dict.fromkeys(found))


def _dates(tree: HtmlElement, linked: list[dict[str, object]], meta: dict[str, str]) -> tuple[str, ...]:
    values = [d.get("datePublished") or d.get("dateCreated") for d in linked]
    values.extend(meta[key] for key in _DATE_NAMES if key in meta)
    values.extend(tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime"))
    if not any(isinstance(v, str) and read_date(v) for v in values):
        values.extend(tree.xpath("(//article//time/@datetime | //header//time/@datetime | //main//time/@datetime)[1]"))
    return tuple(dict.fromkeys(str(v).strip() for v in values if isinstance(v, str) and read_date(v)))


def _source(linked: list[dict[str, object]], meta: dict[str, str], url: str | None) -> str | None:
    by_address = outlet_at(url) if url else None
    if by_address is not None:
        return by_address.name
    names: list[object] = []
    for item in linked:
        publisher = item.get("publisher")
        names.append(publisher.get("name") if isinstance(publisher, dict) else publisher)
    named = _first(*names, meta.get("og:site_name"), meta.get("application-name"), meta.get("dc.publisher"), (meta.get("twitter:site") or "").lstrip("@"))
    outlet = outlet_named(named) if named else None
    return outlet.name if outlet else named


def _language(tree: HtmlElement) -> str | None:
    code = (tree.get("lang") or next(iter(tree.xpath("//html/@lang | //html/@*[local-name()='lang']")), "") or "").strip().lower()
    match = re.match(r"([a-z]{2,3})(?:[-_]|$)", code)
    return match[1] if match else None
