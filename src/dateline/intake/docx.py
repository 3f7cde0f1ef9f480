"""Take the passages out of DOCX documents, with mammoth: tracked deletions, headers and footers are left out, insertions and notes kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from dateline.errors import InputError
from dateline.intake.apart import Extraction, Unreadable
from dateline.intake.markup import passages_of

_MOST = 200_000_000


def opened(data: bytes, kind: str) -> zipfile.ZipFile:
    """An office document as the zip archive that it is.

    Raises ``Unreadable`` where it is none, is encrypted, unpacks to too much, or declares entities, which office documents may not.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Unreadable(f"it is no {kind} document that can be read: it is damaged or cut off", "fetch it again, or save it as plain text") from fault
    if sum(m.file_size for m in members) > _MOST:
        raise Unreadable(f"it unpacks to more than {_MOST:,} bytes", "take its pictures out, or save it as plain text")
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with package.open(member) as part:
                if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b"").upper():
                    raise Unreadable("it declares entities, which no office program writes", "leave it out; it may be made to do harm")
    return package


def extract(data: bytes, pages: int) -> Extraction:
    """The passages of a DOCX document, and its properties."""
    try:
        import mammoth
    except ImportError as fault:
        raise InputError("reading DOCX needs mammoth", given="a DOCX document", mend='pip install "dateline[intake]"') from fault
    package = opened(data, "DOCX")
    if "word/document.xml" not in package.namelist():
        raise Unreadable("it is no Word document", "save it as DOCX")
    # Pictures are not read; to turn them into text would only cost memory.
    html = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {}), style_map=_STYLES).value
    return [p for p in passages_of(html) if p.text.strip("↑ ")], _properties(package)


_STYLES = "\n".join(
    f"p[style-name='{name}'] => {tag}:fresh" for name, tag in (("Title", "h1"), ("Subtitle", "h2"), ("Caption", "figcaption"), ("caption", "figcaption"))
)


def _properties(package: zipfile.ZipFile) -> dict[str, str]:
    from lxml import etree

    found: dict[str, str] = {}
    if "docProps/core.xml" not in package.namelist():
        return found
    try:
        root: Any = etree.fromstring(package.read("docProps/core.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return found
    for node in root:
        name = {"title": "title", "creator": "author", "modified": "modified"}.get(etree.QName(node).localname)
        if name and (node.text or "").strip():
            found[name] = node.text.strip()
    return found
