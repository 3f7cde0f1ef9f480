"""Parse XML that comes from anywhere: no entities of its own, nothing fetched, nothing nested without bound."""

from __future__ import annotations

from typing import Any

from dateline.intake.raw import Source
from dateline.model import Refused


def parse(data: bytes, source: Source, *, what: str, mended: bool = False) -> Any | Refused:
    """The root element of a document, or why it is refused; ``mended`` lets small faults of writing pass, as feeds have them."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mended)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return source.refused(f"it is no {what} that can be read: {fault.msg}", "fetch or save it again; it may have been cut off")
    if root is None:
        return source.refused(f"it is no {what} that can be read", "fetch or save it again; it may have been cut off")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        return source.refused("it declares entities of its own, by which a file can blow up or reach others", "take the DOCTYPE out of it, if you trust it")
    return root


def local(node: Any) -> str:
    """The name of an element without its namespace."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def child(node: Any, *names: str) -> Any | None:
    """The first child element of one of these names, the earlier names first."""
    return next((one for name in names for one in node if local(one) == name), None)


def words(node: Any | None) -> str | None:
    """The text of an element and all below it, without line ends; None where there is none."""
    return " ".join("".join(node.itertext()).split()) or None if node is not None else None
