"""Turn a fragment of markup (a mail, a feed's entry, a converted document) into blocks of text; nothing is executed or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption",
    "table", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "address", "body", "html", "center", "body.content", "block", "hl1", "hl2", "hedline", "form",
}  # fmt: skip
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2")
_UNREAD = ("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "math", "select", "button", "textarea")


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a marked-up text: paragraph, heading, caption or row of a table."""

    kind: str
    text: str


def passages_of(markup: str) -> list[Passage]:
    """The blocks of an HTML fragment in order, tables as rows whose cells are parted by bars; empty where it holds no text."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", markup)
    if not plain.strip():
        return []
    try:
        tree = document_fromstring(plain.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    return passages_in(tree)


def passages_in(tree: HtmlElement) -> list[Passage]:
    """The blocks below an element in order."""
    made: list[Passage] = []
    words: list[str] = []
    kind = ["paragraph"]
    row: list[object] = []

    def flush(following: str = "paragraph") -> None:
        text = "\n".join(line for part in "".join(words).split("\v") if (line := " ".join(part.split())))
        if text:
            made.append(Passage(kind[0], text.strip("| ") if kind[0] == "row" else text))
        words.clear()
        kind[0] = following

    for step, tag, held in _walk(tree):
        if step == "text":
            words.append(held)
        elif row and not (step == "end" and held is row[0]):
            # Within a row of a table all is of one line, its cells parted.
            words.append(" | " if tag in ("td", "th") and step == "start" and "".join(words).strip() else " ")
        elif tag == "br":
            words.append("\v")
        elif tag in _BLOCKS or tag in ("td", "th"):
            row = [held] if step == "start" and tag == "tr" and _is_row(held) else []
            flush("row" if row else _kind(tag) if step == "start" else "paragraph")
    flush()
    return made


def _is_row(node: Any) -> bool:
    """Whether a row is one of cells with a few words each; tables that only lay out a page hold paragraphs or further tables."""
    cells = [" ".join("".join(c.itertext()).split()) for c in node if _tag(c) in ("td", "th")]
    return sum(bool(c) for c in cells) >= 2 and all(len(c) <= 200 for c in cells) and not any(_tag(n) == "table" for n in node.iter() if n is not node)


def _kind(tag: str) -> str:
    return "heading" if tag in _HEADS else "caption" if tag == "figcaption" else "paragraph"


def _walk(tree: Any) -> Iterator[tuple[str, str, Any]]:
    """Starts, ends and texts of a tree in document order, without recursion, since hostile markup nests deeply."""
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        node, done = stack.pop()
        tag = _tag(node)
        if done:
            yield "end", tag, node
            if node is not tree and node.tail:
                yield "text", "", node.tail
            continue
        unread = not isinstance(node.tag, str) or tag in _UNREAD
        if unread:
            if node is not tree and node.tail:
                yield "text", "", node.tail
            continue
        yield "start", tag, node
        if node.text:
            yield "text", "", node.text
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _tag(node: Any) -> str:
    return node.tag.rsplit("}", 1)[-1].lower() if isinstance(node.tag, str) else ""


def joined(passages: list[Passage]) -> str:
    """The text of passages: a blank line between them, rows of a table on lines that follow each other."""
    out: list[str] = []
    for before, one in zip([None, *passages], passages, strict=False):
        if before is not None:
            out.append("\n" if before.kind == one.kind == "row" else "\n\n")
        out.append(one.text)
    return "".join(out)


def headings_of(passages: list[Passage]) -> tuple[str, ...]:
    """The blocks that the markup tells to be headings."""
    return tuple(p.text for p in passages if p.kind == "heading")


def captions_of(passages: list[Passage]) -> tuple[str, ...]:
    """The blocks that the markup tells to be captions."""
    return tuple(p.text for p in passages if p.kind == "caption")
