"""Read the entries of RSS and Atom feeds; entries that a feed marks as deleted take back what was published before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from dateline.intake.dates import read_date
from dateline.intake.markup import Passage, captions_of, headings_of, joined, passages_in, passages_of
from dateline.intake.names import people
from dateline.intake.outlets import outlet_at, outlet_named
from dateline.intake.raw import Found, RawInput, Source, unnamed
from dateline.intake.xml import child, local, parse, words
from dateline.model import Refused, Retraction

_XHTML = "{http://www.w3.org/1999/xhtml}"


def read_feed(source: Source) -> Iterator[Found]:
    """A report for each entry of a feed, with the fullest text that the feed gives of it."""
    data = source.whole(source.options.limits.file_bytes)
    if isinstance(data, Refused):
        yield data
        return
    root = parse(data, source, what="feed", mended=True)
    if isinstance(root, Refused):
        yield root
        return
    channel = root if local(root) == "feed" else child(root, "channel")
    items = [one for one in root.iter() if local(one) in ("item", "entry", "deleted-entry")] if channel is not None else []
    if not items:
        yield source.refused("the feed has no entries", "check the address; a feed's root is rss, RDF or feed")
        return
    outlet = _outlet(channel)
    for number, item in enumerate(items, 1):
        yield _entry(item, f"{source.name}#{number}", outlet, source)
    if re.search(rb"</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>", data[-4096:], re.IGNORECASE) is None and b"\0" not in data[:64]:
        mend = "fetch it again; the entries before were read, the last perhaps in part"
        yield Refused(f"{source.name}#{len(items) + 1}", "the feed breaks off here: its end is missing", mend)


def _entry(item: Any, where: str, outlet: str | None, source: Source) -> Found:
    from lxml import etree

    data = etree.tostring(item, with_tail=False)
    if local(item) == "deleted-entry":
        ref = (item.get("ref") or "").strip()
        if not ref:
            return unnamed(where)
        origin = source.traced(data, item=_item(ref, source), revised=read_date(item.get("when") or ""))
        return Retraction(where, _item(ref, source), "deleted", origin, words(child(item, "comment")))
    link = _link(item, source)
    name = words(child(item, "guid", "id")) or link
    passages = _content(item)
    title = _plain(words(child(item, "title")))
    if title and (not passages or " ".join(passages[0].text.split()) != title):
        passages = [Passage("heading", title), *passages]
    if not any(c.isalnum() for p in passages for c in p.text):
        return Refused(where, "the entry has no text", "read the article itself: dateline watch --articles, or save the page")
    dates = [d for tag in ("published", "pubDate", "date", "issued", "created", "updated", "modified") if (d := read_date(words(child(item, tag)) or ""))]
    origin = source.traced(data, item=_item(name, source) if name else None, revised=read_date(words(child(item, "updated")) or ""))
    return RawInput(
        where,
        joined(passages),
        title=title,
        source=outlet,
        url=link,
        published=dates[0] if dates else None,
        authors=_authors(item),
        headings=headings_of(passages),
        captions=captions_of(passages),
        origin=origin,
    )


def _item(name: str, source: Source) -> str:
    """The id of an entry, which counts within its feed only: no feed may take back what another published."""
    return f"{source.origin.address} {name}" if source.origin.address else name


def _link(item: Any, source: Source) -> str | None:
    found = next((one.get("href") for one in item if local(one) == "link" and one.get("href") and one.get("rel", "alternate") == "alternate"), None)
    found = found or words(child(item, "link")) or _permalink(item)
    whole = urljoin(source.origin.address or "", found) if found else None
    return whole if whole and whole.startswith(("http://", "https://")) else None


def _permalink(item: Any) -> str | None:
    guid = child(item, "guid")
    return words(guid) if guid is not None and guid.get("isPermaLink", "true") != "false" else None


def _content(item: Any) -> list[Passage]:
    """The blocks of the fullest text: content before summary, whichever holds more letters."""
    found: list[list[Passage]] = []
    for node in item:
        if local(node) in ("encoded", "content", "description", "summary", "content_text") and not node.get("url"):
            div = next(iter(node.iter(_XHTML + "div")), None)
            found.append(passages_in(div) if div is not None else _text(node))
    return max(found, key=lambda passages: sum(len(p.text) for p in passages), default=[])


def _text(node: Any) -> list[Passage]:
    inner = "".join(node.itertext())
    if node.get("type") == "text" and "<" not in inner:
        return [Passage("paragraph", block.strip()) for block in inner.split("\n\n") if block.strip()]
    return passages_of(inner)


def _plain(title: str | None) -> str | None:
    """A title without the markup that some feeds leave in it."""
    if title is None or ("<" not in title and "&" not in title):
        return title
    return " ".join(" ".join(p.text.split()) for p in passages_of(title)) or title


def _authors(item: Any) -> tuple[str, ...]:
    named = [words(child(one, "name")) or words(one) for one in item if local(one) in ("author", "creator")]
    # RSS has "address (Full Name)" there.
    return tuple(dict.fromkeys(p for n in named if n for p in people(n[n.index("(") :] if "@" in n and "(" in n else n)))


def _outlet(channel: Any) -> str | None:
    link = next((one.get("href") or words(one) for one in channel if local(one) == "link"), None)
    at = outlet_at(link) if link else None
    title = words(child(channel, "title"))
    named = outlet_named(title) if title else None
    return at.name if at else named.name if named else title
