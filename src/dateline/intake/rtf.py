"""Take the passages out of RTF documents, with striprtf."""

from __future__ import annotations

import re

from dateline.errors import InputError
from dateline.intake.apart import Extraction
from dateline.intake.markup import Passage


def extract(data: bytes, pages: int) -> Extraction:
    """The paragraphs of an RTF document."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as fault:
        raise InputError("reading RTF needs striprtf", given="an RTF document", mend='pip install "dateline[intake]"') from fault
    # RTF is ASCII with escapes; a document cut off still gives what it has.
    text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    lines = (" ".join(line.split("\t")).strip() for line in text.split("\n"))
    return [Passage("row" if line.count("|") >= 2 else "paragraph", re.sub(r"\s*\|\s*$", "", line)) for line in lines if line], {}
