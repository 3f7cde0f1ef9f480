"""Take the article out of a page: its text, captions and what its metadata says; nothing is executed or fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.intake.metadata import PageFacts, page_facts
from dateline.intake.raw import RawInput
from dateline.model import Refused, Repair

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST_CHARACTERS = 80
"""A page whose article has fewer letters than this is refused as having none."""

# Two half brackets that no report writes carry what the markup said through the extraction; they are taken out again.
_CAPTION, _CREDIT = "\u2e22", "\u2e24"
_CREDIT_CLASS = re.compile(r"credit|copyright|source|byline|photographer|attribution|agency", re.IGNORECASE)
_SURE = "it holds no article, or one too short to tell from the page around it"
_MEND = "save the article itself as plain text"


def read_page(page: str, name: str, repairs: tuple[Repair, ...] = ()) -> RawInput | Refused:
    """The article of a page as a raw input, or why there is none."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(_without_controls(page).encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Refused(name, _SURE, _MEND)
    facts = page_facts(tree)
    captions = _mark_captions(tree)
    body = _body(tree)
    paragraphs = [p for p in (line.strip() for line in body.split("\n")) if p]
    if sum(c.isalpha() for c in "".join(paragraphs)) < LEAST_CHARACTERS:
        return Refused(name, _SURE, _MEND)
    return _raw(facts, _with_lost_captions(paragraphs, captions, facts.title), name, repairs)


def _without_controls(page: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", page.replace(_CAPTION, "").replace(_CREDIT, ""))


def _body(tree: HtmlElement) -> str:
    from trafilatura import extract

    found = extract(tree, include_comments=False, include_tables=True, include_images=False, include_links=False, deduplicate=False, output_format="txt")
    return found or ""


def _mark_captions(tree: HtmlElement) -> list[str]:
    """Turn each caption into marked paragraphs that the extraction keeps in their place; the marked blocks, in page order."""
    from lxml.html import Element

    marked: list[str] = []
    for node in tree.xpath("//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"):
        if node.getparent() is None or node.xpath("ancestor::nav | ancestor::aside | ancestor::footer"):
            continue
        told = [_flat(c) for c in node.iter() if c is not node and isinstance(c.tag, str) and _CREDIT_CLASS.search(c.get("class") or "")]
        credit = next((c for c in told if c), "")
        words = _flat(node)
        caption = words.replace(credit, " ", 1).strip(" |–—-") if credit else words
        blocks = [mark + " ".join(words.split()) for mark, words in ((_CAPTION, caption), (_CREDIT, credit)) if words.strip()]
        figure = next(iter(node.xpath("ancestor::figure[1]")), node)
        holder = figure.getparent()
        if holder is None or not blocks:
            continue
        at = holder.index(figure)
        for step, block in enumerate(blocks):
            paragraph = Element("p")
            paragraph.text = block
            holder.insert(at + step, paragraph)
        node.drop_tree()
        if figure.xpath("ancestor::article | ancestor::main | ancestor::*[@itemprop='articleBody']"):
            marked.extend(blocks)
    return marked


def _flat(node: HtmlElement) -> str:
    return " ".join(" ".join(node.itertext()).split())


def _with_lost_captions(paragraphs: list[str], captions: list[str], title: str | None) -> list[str]:
    """The paragraphs with the captions that the extraction left out put where the page has them: after the last one before that it kept."""
    kept = set(paragraphs)
    at = next((i + 1 for i, p in enumerate(paragraphs[:3]) if title and _same(title, p)), 0)
    made = list(paragraphs)
    for caption in captions:
        if caption in kept:
            at = made.index(caption) + 1
        else:
            made.insert(at, caption)
            at += 1
    return made


def _raw(facts: PageFacts, paragraphs: list[str], name: str, repairs: tuple[Repair, ...]) -> RawInput:
    bare = [p.lstrip(_CAPTION + _CREDIT) for p in paragraphs]
    title = facts.title
    lead = [title] if title and not any(_same(title, p) for p in bare[:3]) else []
    return RawInput(
        name,
        "\n\n".join([*lead, *bare]),
        title=title,
        source=facts.source,
        url=facts.url,
        published=facts.dates[0] if facts.dates else None,
        dates=facts.dates[1:],
        language=facts.language,
        authors=facts.authors,
        captions=tuple(p[1:] for p in paragraphs if p.startswith(_CAPTION)),
        credits=tuple(p[1:] for p in paragraphs if p.startswith(_CREDIT)),
        repairs=repairs,
    )


def _same(one: str, other: str) -> bool:
    def letters(words: str) -> str:
        return "".join(c for c in words.casefold() if c.isalnum())

    return letters(one) == letters(other)
