"""Names that the model broke or labelled two ways: put together again, numbers of units taken in, one label for each name of a report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.language.document import Document, Token
from dateline.lexicon import load

_QUOTES = frozenset("\"“”„«»'‘’``''")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_UNCERTAIN = frozenset({"ORG", "PERSON", "MISC", "FORCE"})


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``first`` to ``last`` (exclusive) that make a name."""

    first: int
    last: int
    label: str
    score: float
    known: bool = False


def with_nicknames(document: Document, runs: Sequence[Run]) -> list[Run]:
    """The runs, a person's first and last name made one with the nickname in quotation marks between them (John “J.D.” Dorrian)."""
    kept = list(runs)
    starts = {r.first: r for r in runs if r.label == "PERSON"}
    for run in [r for r in runs if r.label == "PERSON"]:
        opening = next((i for i in range(run.first + 1, run.last) if _is_quote(document.tokens[i])), run.last)
        end = _after_nickname(document, opening)
        rest = starts.get(end) if end is not None else None
        if rest is not None:
            kept = [r for r in kept if not (run.first <= r.first and r.last <= rest.last)]
            kept.append(Run(run.first, rest.last, "PERSON", max(run.score, rest.score)))
    return sorted(kept, key=lambda r: (r.first, -r.last))


def _after_nickname(document: Document, at: int) -> int | None:
    """The token after a nickname in quotation marks or brackets that begins at ``at``; None where there is none."""
    tokens = document.tokens
    if at >= len(tokens) or not _is_quote(tokens[at]):
        return None
    for i in range(at + 2, min(at + 5, len(tokens) - 1)):
        if _is_quote(tokens[i]):
            return i + 1 if all(t.text[:1].isupper() for t in tokens[at + 1 : i]) and tokens[i].sentence == tokens[at].sentence else None
    return None


def _is_quote(token: Token) -> bool:
    return token.text in _QUOTES or token.xpos in ("``", "''")


def with_number(document: Document, run: Run) -> Run:
    """The run with the number or letters that belong to it: "CTF 50", "F-16", "407th AEG"."""
    tokens = document.tokens
    if run.label not in ("ORG", "FORCE", "WEAPON", "MISC") or run.last >= len(tokens):
        return run
    before = tokens[run.first - 1] if run.first > document.sentence_of(run.first).first else None
    if before is not None and run.label in ("ORG", "FORCE") and _ORDINAL.fullmatch(before.text) and tokens[run.first].text[:1].isupper():
        return replace(run, first=run.first - 1)
    final, after = tokens[run.last - 1], tokens[run.last]
    if after.text in "-‑" and after.start == final.end and run.last + 1 < len(tokens) and final.text.isupper():
        digits = tokens[run.last + 1]
        if digits.start == after.end and digits.text[:1].isdigit():
            return replace(run, last=run.last + 2)
    if after.sentence != final.sentence or after.start != final.end + 1:
        return run
    if run.label in ("ORG", "FORCE") and final.text.isupper() and after.text.isdigit() and run.first <= after.head < run.last and len(after.text) < 4:
        return replace(run, last=run.last + 1)
    return run


def one_label_each(document: Document, runs: Sequence[Run]) -> list[Run]:
    """The runs, names that the model takes for a place at least as often as for anything else labelled so throughout; none overlapping."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        counts[_text(document, run)][run.label] += 1
    surnames = {document.tokens[r.last - 1].text for r in runs if r.label == "PERSON" and r.last - r.first > 1}
    acts: dict[str, bool] = {}
    for run in runs:
        if run.label == "PLACE":
            token, text = document.tokens[run.first], _text(document, run)
            acts[text] = acts.get(text, True) and token.deprel.startswith("nsubj") and document.tokens[token.head].upos == "VERB"
    made: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.first, -r.last)):
        seen = counts[_text(document, run)]
        if not run.known and run.label in _UNCERTAIN and seen["PLACE"] and seen["PLACE"] >= seen[run.label]:
            run = replace(run, label="PLACE")
        if run.last - run.first == 1 and run.label in ("NORP", "ORG", "MISC") and document.tokens[run.first].text in surnames and _stands_alone(document, run):
            run = replace(run, label="PERSON", known=False)
        if run.label == "PLACE" and not run.known and _surname(document, run, acts, surnames):
            run = replace(run, label="PERSON")
        if not made or made[-1].last <= run.first:
            made.append(run)
    return made


@cache
def _countries() -> frozenset[str]:
    """The names of countries and their aliases, in lower case."""
    rows = load("countries.tsv", columns=("country", "name", "aliases", "lat", "lon"), key=("country",))
    return frozenset(name.strip().lower() for row in rows for name in (row["name"], *row["aliases"].split(";")) if name.strip())


def _surname(document: Document, run: Run, acts: Mapping[str, bool], surnames: set[str]) -> bool:
    """Whether a word that the model takes for a place is the last name of somebody named in full, and only ever does or suffers something."""
    token = document.tokens[run.first]
    if run.last - run.first > 1 or token.text not in surnames or token.text.lower() in _countries():
        return False
    return acts.get(_text(document, run), True)


def _stands_alone(document: Document, run: Run) -> bool:
    """Whether the name is somebody who does or suffers something, and no adjective or part of a longer name."""
    token = document.tokens[run.first]
    return token.deprel.split(":")[0] in ("nsubj", "obj", "obl", "iobj") and token.xpos != "NNPS"


def _text(document: Document, run: Run) -> str:
    return document.text[document.tokens[run.first].start : document.tokens[run.last - 1].end].lower()
