"""Take the passages out of ODT documents; tracked deletions, headers and footers are left out."""

from __future__ import annotations

from typing import Any

from dateline.intake.apart import Extraction, Unreadable
from dateline.intake.docx import opened
from dateline.intake.markup import Passage

_LEFT = ("tracked-changes", "annotation", "sequence-decls", "forms", "bookmark", "object", "binary-data")


def extract(data: bytes, pages: int) -> Extraction:
    """The passages of an ODT document, and its properties."""
    from lxml import etree

    package = opened(data, "ODT")
    names = package.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("it is encrypted", "open it with its password and save it without")
    if "content.xml" not in names:
        raise Unreadable("it is no ODT document", "save it as ODT or plain text")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(package.read("content.xml"), parser)
        meta: Any = etree.fromstring(package.read("meta.xml"), parser) if "meta.xml" in names else None
    except etree.XMLSyntaxError as fault:
        raise Unreadable(f"it is damaged: {fault.msg}", "open it in the program that made it and save it again") from fault
    body = next((n for n in root.iter() if _name(n) == "text" and _name(n.getparent()) == "body"), None)
    passages: list[Passage] = []
    for node in body if body is not None else ():
        _block(node, passages)
    wanted = {"title": "title", "creator": "author", "date": "modified"}
    facts = {wanted[_name(n)]: n.text.strip() for n in meta.iter() if _name(n) in wanted and (n.text or "").strip()} if meta is not None else {}
    return passages, facts


def _name(node: Any) -> str:
    return node.tag.rsplit("}", 1)[-1] if node is not None and isinstance(node.tag, str) else ""


def _block(node: Any, passages: list[Passage]) -> None:
    name = _name(node)
    if name in _LEFT:
        return
    if name in ("h", "p"):
        text = _text(node).strip()
        if text:
            style = next((v for k, v in node.attrib.items() if k.endswith("style-name")), "")
            passages.append(Passage("heading" if name == "h" or style in ("Title", "Subtitle") else "paragraph", text))
    elif name == "table-row":
        cells = [" ".join(_text(cell).split()) for cell in node if _name(cell) in ("table-cell", "covered-table-cell")]
        row = " | ".join(c for c in cells if c)
        if row:
            passages.append(Passage("row", row))
    else:
        for inner in node:
            _block(inner, passages)


def _text(node: Any) -> str:
    """The words of an element as they are shown."""
    out = [node.text or ""]
    for inner in node:
        name = _name(inner)
        if name in ("s", "tab"):
            out.append(" ")
        elif name == "line-break":
            out.append("\n")
        elif name and name not in _LEFT:
            out.append(_text(inner) + ("\n" if name == "p" else ""))
        out.append(inner.tail or "")
    return "".join(out)
