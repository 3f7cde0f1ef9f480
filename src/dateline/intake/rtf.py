"""Take the passages out of RTF documents, with striprtf."""

from __future__ import annotations

import re

from dateline.errors import InputError
from dateline.intake.apart import Extraction
from dateline.intake.markup import Passage

_MARK = re.compile(rb"\\bin(\d{1,9}) ?|\\.|[{}]", re.DOTALL)


def extract(data: bytes, pages: int) -> Extraction:
    """The paragraphs of an RTF document."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as fault:
        raise InputError("reading RTF needs striprtf", given="an RTF document", mend='pip install "dateline[intake]"') from fault
    if _open_groups(data) > 0:
        raise InputError("the RTF document breaks off: its end is missing", given="an RTF document", mend="fetch it again, or open it and save it again")
    text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    lines = (" ".join(line.split("\t")).strip() for line in text.split("\n"))
    return [Passage("row" if line.count("|") >= 2 else "paragraph", re.sub(r"\s*\|\s*$", "", line)) for line in lines if line], {}


def _open_groups(data: bytes) -> int:
    """How many groups are still open where the document ends; pictures and objects in bytes of their own are passed over."""
    depth, at = 0, 0
    while (mark := _MARK.search(data, at)) is not None:
        at = mark.end() + int(mark[1] or 0)
        depth += {b"{": 1, b"}": -1}.get(mark[0], 0)
        if depth == 0:
            return 0  # What stands behind the document is no part of it.
    return depth
