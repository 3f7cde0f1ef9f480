"""Read the items of NewsML-G2 documents, and bare NITF; canceled and withheld items take back what was published before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.intake.dates import read_date
from dateline.intake.markup import Passage, captions_of, headings_of, joined, passages_in, passages_of
from dateline.intake.names import people
from dateline.intake.outlets import outlet_named
from dateline.intake.raw import Found, RawInput, Source, unnamed
from dateline.intake.xml import child, local, parse, words
from dateline.model import Refused, Retraction

_TAKEN_BACK = ("canceled", "cancelled", "withheld")


def read_newsml(source: Source) -> Iterator[Found]:
    """A report or retraction for each news item of a NewsML-G2 message or of a bare item; a NITF document is one report."""
    from lxml import etree

    data = source.whole(source.options.limits.file_bytes)
    root = data if isinstance(data, Refused) else parse(data, source, what="NewsML-G2 document")
    if isinstance(root, Refused):
        yield root
        return
    items = [root] if local(root) in ("newsItem", "nitf") else [one for one in root.iter() if local(one) == "newsItem"]
    if not items:
        yield source.refused(f"its root is {local(root)!r}, and it holds no newsItem", "give NewsML-G2 (newsItem, newsMessage) or NITF")
    for number, item in enumerate(items, 1):
        where = source.name if len(items) == 1 else f"{source.name}#{number}"
        bare = _nitf(item, where, source, etree.tostring(item)) if local(item) == "nitf" else None
        yield bare if bare is not None else _item(item, where, source, etree.tostring(item, with_tail=False))


def _item(item: Any, where: str, source: Source, data: bytes) -> Found:
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    revised = _date(meta, "versionCreated")
    guid = (item.get("guid") or "").strip() or None
    origin = source.traced(data, item=guid, version=item.get("version"), revised=revised)
    status = _code(child(meta, "pubStatus")) if meta is not None else ""
    if status in _TAKEN_BACK:
        if not guid:
            return unnamed(where)
        note = words(child(meta, "edNote"))
        return Retraction(where, guid, "withheld" if status == "withheld" else "canceled", origin, note)
    kind = _code(child(meta, "itemClass")) if meta is not None else "text"
    passages = _body(child(item, "contentSet"))
    if not passages:
        wrong = f"the item is of class {kind!r} and holds no text" if kind not in ("", "text") else "the item holds no text of its own"
        return Refused(where, wrong, "give items with inlineXML or inlineData; remote content is not fetched")
    title = words(child(content, "headline")) if content is not None else None
    if title and " ".join(passages[0].text.split()) != title:
        passages = [Passage("heading", title), *passages]
    language = item.get("{http://www.w3.org/XML/1998/namespace}lang") or _tag(content)
    return RawInput(
        where,
        joined(passages),
        id=guid,
        title=title,
        source=_provider(meta),
        published=_date(content, "contentCreated") or _date(meta, "firstCreated") or revised,
        language=language.split("-")[0].lower() if language else None,
        authors=tuple(people(words(child(content, "by")) or "")) if content is not None else (),
        headings=headings_of(passages),
        captions=captions_of(passages),
        origin=origin,
    )


def _code(node: Any | None) -> str:
    """The last part of a coded value: ``canceled`` of ``stat:canceled``, or of a web address that names it."""
    told = (node.get("qcode") or node.get("uri") or node.text or "") if node is not None else ""
    return told.replace("/", ":").rsplit(":", 1)[-1].strip().lower()


def _date(node: Any | None, name: str) -> str | None:
    return read_date(words(child(node, name)) or "") if node is not None else None


def _tag(content: Any | None) -> str | None:
    node = child(content, "language") if content is not None else None
    return node.get("tag") if node is not None else None


def _provider(meta: Any | None) -> str | None:
    node = child(meta, "provider") if meta is not None else None
    if node is None:
        return None
    named = words(child(node, "name")) or node.get("literal") or _code(node)
    outlet = outlet_named(named) if named else None
    return outlet.name if outlet else named or None


def _body(contents: Any | None) -> list[Passage]:
    """The blocks of the first content that has any: marked-up content first."""
    if contents is None:
        return []
    for name in ("inlineXML", "inlineData"):
        for node in (one for one in contents if local(one) == name):
            markup = name == "inlineXML" or "html" in node.get("contenttype", "")
            body = next((one for one in node.iter() if local(one) in ("body.content", "body")), node)
            found = passages_in(body) if name == "inlineXML" else passages_of(node.text or "") if markup else _plain(node.text or "")
            if any(c.isalnum() for p in found for c in p.text):
                return found
    return []


def _plain(text: str) -> list[Passage]:
    return [Passage("paragraph", block.strip()) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]


def _nitf(root: Any, where: str, source: Source, data: bytes) -> Found:
    named: dict[str, Any] = {}
    for one in root.iter():
        named.setdefault(local(one), one)
    body = named.get("body.content")
    passages = passages_in(body) if body is not None else []
    if not passages:
        return Refused(where, "the NITF document holds no text", "give one with body.content")
    title = words(named.get("hl1")) or words(named.get("title"))
    place = words(named.get("dateline"))
    lead = [*([Passage("heading", title)] if title else []), *([Passage("paragraph", place)] if place else [])]
    issued = next((named[n].get("norm") for n in ("story.date", "date.issue") if n in named), None)
    item = named["doc-id"].get("id-string") if "doc-id" in named else None
    return RawInput(
        where,
        joined([*lead, *passages]),
        id=item,
        title=title,
        published=read_date(_dashed(issued or "")),
        authors=tuple(people(words(named.get("byline")) or "")),
        headings=(title,) if title else (),
        captions=captions_of(passages),
        origin=source.traced(data, item=item),
    )


def _dashed(norm: str) -> str:
    """A NITF date ("20171018T101500Z") as ISO 8601 with dashes."""
    plain = norm.strip()
    if len(plain) < 8 or not plain[:8].isdigit():
        return plain
    day = f"{plain[:4]}-{plain[4:6]}-{plain[6:8]}"
    return f"{day}T{plain[9:11]}:{plain[11:13]}:{plain[13:15]}{plain[15:]}" if plain[9:15].isdigit() else day
