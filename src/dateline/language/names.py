"""Names: from word scores to labelled runs, with the edges set right and one label for one name within a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dateline.language.document import Labelled
from dateline.language.windows import Words

_ARTICLES = frozenset("al el an as ad ar at az ez".split())
_NAMED = frozenset(("PERSON", "ORG", "FORCE", "PLACE", "FACILITY", "NORP"))
_TITLES = frozenset(
    "president minister secretary chairman chairwoman chancellor spokesman spokeswoman spokesperson general colonel major captain lieutenant sergeant "
    "commander admiral brigadier senator governor mayor ambassador envoy gen. lt. col. maj. capt. sgt. brig. adm. cmdr. "
    "mr mr. mrs mrs. ms ms. dr dr. prof. professor sheikh ayatollah".split()
)
_QUANTIFIERS = frozenset("some many most all both few several other others another each every any those these no".split())
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` to ``last`` (exclusive) of a report under one label."""

    first: int
    last: int
    label: str
    score: float


def runs_of(scores: NDArray[np.float32], tags: Sequence[str], starts: frozenset[int], base: int) -> list[Run]:
    """The runs of one window whose first word is ``base``: B and I of one label, none across the start of a sentence."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = shifted / shifted.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    found: list[tuple[int, int, str]] = []
    for n, tag in enumerate([tags[b] for b in best.tolist()]):
        part, _, label = tag.partition("-")
        if part == "I" and found and found[-1][1] == n and found[-1][2] == label and n not in starts:
            found[-1] = (found[-1][0], n + 1, label)
        elif part != "O":
            found.append((n, n + 1, label))
    return [Run(base + a, base + b, label, float(shares[np.arange(a, b), best[a:b]].mean())) for a, b, label in found]


def names_of(runs: Sequence[Run], words: Words, starts: frozenset[int]) -> tuple[Labelled, ...]:
    """The names of a report; ``starts`` are the words that begin a sentence."""
    edged = [_edged(whole, words.texts, starts) for run in runs if (whole := _bare(run, words.texts)) is not None]
    settled = _one_label(_joined(edged, starts), words.texts)
    kept: list[Run] = []
    for run in settled:
        if not kept or kept[-1].last <= run.first:
            kept.append(run)
    return tuple(Labelled(r.first, r.last, words.starts[r.first], words.ends[r.last - 1], r.label, round(r.score, 4)) for r in kept)


def _bare(run: Run, texts: Sequence[str]) -> Run | None:
    """The run without signs at its edges and without what a hyphen ties to the word before it ("-led"); nothing where no name is left."""
    first, last = run.first, run.last
    if texts[first] == "-" and last - first > 1 and texts[first + 1].islower():
        first += 2
    while first < last and not any(c.isalnum() or c in "$€£¥%" for c in texts[first]):
        first += 1
    while first < last and not any(c.isalnum() or c in "$€£¥%." for c in texts[last - 1]):
        last -= 1
    if first >= last or (run.label in _NAMED and last - first == 1 and texts[first].lower() in _QUANTIFIERS):
        return None
    return replace(run, first=first, last=last)


def _edged(run: Run, texts: Sequence[str], starts: frozenset[int]) -> Run:
    """The run with an article that belongs to it ("al-"), without a title that does not, with its per cent."""
    first, last = run.first, run.last
    if run.label == "PERSON":
        titles = [n for n in range(first, last - 1) if texts[n].lower() in _TITLES]
        first = titles[-1] + 1 if titles else first
    if run.label in _NAMED and first >= 2 and texts[first - 1] == "-" and texts[first - 2].lower() in _ARTICLES and not starts & {first, first - 1}:
        first -= 2
    if run.label == "QUANTITY":
        for more in (("percent",), ("%",), ("per", "cent")):
            if tuple(t.lower() for t in texts[last : last + len(more)]) == more and not starts & set(range(last, last + len(more))):
                last += len(more)
                break
    return replace(run, first=first, last=last)


def _joined(runs: Sequence[Run], starts: frozenset[int]) -> list[Run]:
    """A day and the time of that day are one TIME."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before and before.label == "DATE" and run.label == "TIME" and before.last == run.first and run.first not in starts:
            out[-1] = Run(before.first, run.last, "TIME", min(before.score, run.score))
        else:
            out.append(run)
    return out


def _one_label(runs: Sequence[Run], texts: Sequence[str]) -> list[Run]:
    """Where the model is unsure of a name that the report has more than once, the label that it has most often and most surely."""
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surface = [" ".join(texts[r.first : r.last]).casefold() for r in runs]
    for name, run in zip(surface, runs, strict=True):
        if run.label in _NAMED:
            shares[name][run.label] += run.score
    out = []
    for name, run in zip(surface, runs, strict=True):
        if run.label in _NAMED and run.score < _SURE:
            best = max(sorted(shares[name]), key=lambda label: shares[name][label])
            run = replace(run, label=best)
        out.append(run)
    return out
