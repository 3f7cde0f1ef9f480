"""The texts that are timed: real news where gold data are at hand, else the example reports; and made ones, any number of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.intake import report_of
from dateline.model import Report

ROOT = Path(__file__).parent.parent.parent
CONFLICT = ("re3d", "events_wikievents", "muc4")
GENERAL = ("polnear", "gum_news", "geo_lgl", "coref_ecbplus")
"""Corpora of news in which conflict is one subject of many: campaigns, local news, business, sport, people."""
MIXED = (*GENERAL, *CONFLICT)
_LONGEST = 12_000


def texts(data: Path, corpora: tuple[str, ...], each: int) -> list[str]:
    """So many texts of each corpus, spread over it; the example reports where there are no corpora."""
    found: list[str] = []
    for corpus in corpora:
        paths = sorted((data / corpus).glob("*.jsonl"))
        rows = [text for path in paths for line in path.read_text(encoding="utf-8").splitlines() if 400 < len(text := json.loads(line)["text"]) < _LONGEST]
        found.extend(rows[:: max(1, len(rows) // each)][:each])
    return found or [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))]


def reports(given: list[str]) -> list[Report]:
    """The texts as intake takes them; one that it refuses is left out."""
    made = []
    for text in given:
        try:
            made.append(report_of(text, published="2016-05-20"))
        except InputError:
            continue
    return made


def words(report: Report) -> int:
    """Words as between blanks."""
    return len(report.text.split())


def made(paragraphs: list[str], count: int, size: int, seed: int = 1) -> Iterator[str]:
    """So many texts of about ``size`` words, each of paragraphs drawn anew."""
    rng = random.Random(seed)
    for _ in range(count):
        drawn: list[str] = []
        have = 0
        while have < size:
            drawn.append(rng.choice(paragraphs))
            have += len(drawn[-1].split())
        yield "\n\n".join(drawn)


def paragraphs(given: list[str]) -> list[str]:
    """The paragraphs of the texts that have more words than a headline."""
    return [p for text in given for p in text.split("\n") if 12 < len(p.split()) < 200]
