"""Reads the corpora into one form: sentences of words with whatever labels each corpus has."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.language.pieces import LINE, NOTHING, SPACE

SHARED = Path(__file__).resolve().parents[2] / "shared"
NAMES = ("PERSON", "ORG", "FORCE", "PLACE", "FACILITY", "NORP", "DATE", "TIME", "QUANTITY", "WEAPON", "EVENT", "MISC")
TAGS = ("O", *(f"{part}-{name}" for name in NAMES for part in "BI"))
"""Labels of the merged names head."""
CODES = {tag: 1 << n for n, tag in enumerate(TAGS)}


@dataclass(slots=True)
class Row:
    """A sentence: its words, what stands before each, and labels; None where the corpus has none."""

    words: list[str]
    gaps: list[int]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    heads: list[int] | None = None
    """Within the sentence; a word's own place for the root."""
    rels: list[str] | None = None
    ended: bool = True
    """Whether the row is known to end where a sentence ends."""
    allowed: list[int] | None = None
    """For each word the set of merged name labels that its corpus allows, as bits of ``CODES``."""
    own: dict[str, list[str]] | None = None
    """Labels of heads of one corpus alone, BIO."""
    lemmas: list[str] | None = None
    whole: bool = False
    """Whether the row is one sentence and no more."""


Document = list[list[Row]]
"""Paragraphs of rows."""


def treebank(path: Path, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[str, Document]]:
    """Documents of a CoNLL-U file whose name is ``wanted``."""
    name, document = "", []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        for line in lines:
            if line.startswith("# newdoc id"):
                if document and wanted(name):
                    yield name, document
                name, document = line.split("= ", 1)[1].strip(), []
            elif line.startswith("# newpar") or not document:
                document.append([])
        row = _row([line.split("\t") for line in lines if line[:1].isdigit()])
        if row is not None:
            document[-1].append(row)
    if document and wanted(name):
        yield name, [paragraph for paragraph in document if paragraph]


def _row(cells: list[list[str]]) -> Row | None:
    if not cells:
        return None
    row = Row([], [], [], [], [], [], [], lemmas=[])
    gap, inside, last = SPACE, 0, ""
    for c in cells:
        if "." in c[0]:
            continue
        if "-" in c[0]:
            inside, last = int(c[0].split("-")[1]), c[9]
            continue
        number = int(c[0])
        row.words.append(c[1])
        row.gaps.append(gap)
        misc = c[9] if number > inside else (last if number == inside else "SpaceAfter=No")
        gap = NOTHING if "SpaceAfter=No" in misc else SPACE
        row.upos.append(c[3])
        row.xpos.append(c[4])
        row.feats.append("" if c[5] == "_" else c[5])
        row.heads.append(number - 1 if c[6] == "0" else int(c[6]) - 1)
        row.rels.append(c[7])
        row.lemmas.append(c[2])
    return row


def records(*parts: str) -> Iterator[dict]:
    """Records of one gold file under the shared folder."""
    with SHARED.joinpath("eval", "dev", *parts).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def kept_for_dev(name: str, share: int = 5) -> bool:
    """One document in ``share`` is kept to choose by."""
    return hashlib.sha256(name.encode()).digest()[0] % share == 0


_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\s*\n\s*")


def chunks(text: str, most: int = 500) -> Iterator[tuple[int, int]]:
    """Pieces of running text of up to ``most`` characters, cut where a sentence is likely to end."""
    start = 0
    ends = [m.end() for m in _BREAK.finditer(text)] + [len(text)]
    for n, end in enumerate(ends):
        line = "\n" in text[start:end].rstrip(" ") and text[:end].rstrip(" ").endswith("\n")
        following = ends[n + 1] if n + 1 < len(ends) else end
        if line or following - start > most or end == len(text):
            if text[start:end].strip():
                yield start, end
            start = end


def gaps_of(text: str, spans: list[tuple[int, int]]) -> list[int]:
    """What stands before each word of ``spans``."""
    out, before = [], spans[0][0] if spans else 0
    for n, (start, end) in enumerate(spans):
        between = text[before:start]
        out.append(SPACE if n == 0 else LINE if "\n" in between else SPACE if between else NOTHING)
        before = end
    return out


def bio(spans: list[tuple[int, int]], entities: Iterable[tuple[int, int, str]]) -> list[str]:
    """BIO tags over word spans; longer entities first, overlapping ones dropped."""
    tags = ["O"] * len(spans)
    for start, end, label in sorted(entities, key=lambda e: (e[0] - e[1], e[0])):
        inside = [n for n, (a, b) in enumerate(spans) if a < end and b > start]
        if inside and all(tags[n] == "O" for n in inside):
            tags[inside[0]] = f"B-{label}"
            for n in inside[1:]:
                tags[n] = f"I-{label}"
    return tags
