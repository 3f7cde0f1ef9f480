"""Makes training windows: runs of neighbouring rows as the runtime will meet them, with labels as numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.language.pieces import LINE, Encoded, Pieces
from dateline.language.words import cut
from training.corpora import CODES, Row, gaps_of


@dataclass(frozen=True)
class Labels:
    """The label inventories: position in each list is the number that the network learns."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    rels: tuple[str, ...]
    names: tuple[str, ...]
    own: dict[str, tuple[str, ...]]
    """BIO labels of heads that belong to one corpus."""

    def blocks(self) -> dict[str, int]:
        """Head names and sizes, in the order of the network's columns."""
        return {
            "end": 2,
            "upos": len(self.upos),
            "xpos": len(self.xpos),
            "feats": len(self.feats),
            "names": len(self.names),
            **{k: len(v) for k, v in self.own.items()},
        }


@dataclass(slots=True)
class Window:
    """One training window: pieces and, word by word, the numbers of its labels (-100 where unknown)."""

    encoded: Encoded
    tags: dict[str, np.ndarray]
    heads: np.ndarray
    rels: np.ndarray
    sentence: np.ndarray
    allowed: np.ndarray


def number(values: Sequence[str] | None, known: dict[str, int], length: int) -> np.ndarray:
    """The numbers of ``values``; -100 where there is none."""
    if values is None:
        return np.full(length, -100, dtype=np.int64)
    return np.array([known.get(v, -100) for v in values], dtype=np.int64)


class Maker:
    """Makes windows with one model's pieces and labels."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces, self.labels = pieces, labels
        self._known = {name: {v: n for n, v in enumerate(getattr(labels, name))} for name in ("upos", "xpos", "feats", "rels")}
        self._own = {name: {v: n for n, v in enumerate(values)} for name, values in labels.own.items()}

    def window(self, rows: Sequence[Row]) -> Window:
        """One window of neighbouring rows."""
        words = [w for row in rows for w in row.words]
        gaps = [g for row in rows for g in row.gaps]
        length = len(words)
        tags = {name: np.concatenate([number(getattr(r, name), self._known[name], len(r.words)) for r in rows]) for name in ("upos", "xpos", "feats")}
        for name, known in self._own.items():
            tags[name] = np.concatenate([number((r.own or {}).get(name), known, len(r.words)) for r in rows])
        ends = []
        for row in rows:
            full = row.heads is not None or row.whole or len(row.words) < 12
            mark = np.full(len(row.words), 0 if full else -100, dtype=np.int64)
            if row.ended and full:
                mark[-1] = 1
            ends.append(mark)
        tags["end"] = np.concatenate(ends)
        starts = np.cumsum([0, *(len(r.words) for r in rows)])
        heads = np.concatenate([np.array(r.heads) + s if r.heads is not None else np.full(len(r.words), -100) for r, s in zip(rows, starts, strict=False)])
        rels = np.concatenate([number(r.rels, self._known["rels"], len(r.words)) for r in rows])
        sentence = np.concatenate([np.full(len(r.words), n) for n, r in enumerate(rows)])
        allowed = np.concatenate([np.array(r.allowed if r.allowed is not None else [0] * len(r.words), dtype=np.int64) for r in rows])
        assert len(heads) == length
        return Window(self.pieces.encode(words, gaps), tags, heads, rels, sentence, allowed)


def changed(row: Row, rng: random.Random) -> Row:
    """Now and then a row as other outlets would write it: as a headline, without its full stop, in capitals."""
    draw = rng.random()
    words = row.words
    if draw < 0.02 and row.heads is not None:
        words = [w.upper() for w in words]
    elif draw < 0.04 and row.heads is not None:
        words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    elif draw < 0.10 and len(words) > 4 and words[-1] == "." and row.heads is not None and (len(words) - 1) not in row.heads:
        cut = len(words) - 1
        return Row(
            words[:cut],
            row.gaps[:cut],
            *((v[:cut] if v else v) for v in (row.upos, row.xpos, row.feats, row.heads, row.rels)),
            ended=True,
            allowed=row.allowed[:cut] if row.allowed else None,
        )
    elif draw < 0.14:
        quotes = {'"': "“" if rng.random() < 0.5 else "”", "'": "’", "'s": "’s", "n't": "n’t", "’s": "'s"}
        words = [quotes.get(w, w) for w in words]
    else:
        return row
    return Row(words, row.gaps, row.upos, row.xpos, row.feats, row.heads, row.rels, row.ended, row.allowed, row.own)


def packed(document: Iterable[list[Row]], rng: random.Random, size: Sequence[int] = (24, 48, 80, 110)) -> list[list[Row]]:
    """Neighbouring rows put together up to a size drawn at random, sometimes over the ends of paragraphs."""
    out: list[list[Row]] = []
    now: list[Row] = []
    most = rng.choice(size)
    for paragraph in document:
        for n, row in enumerate(paragraph):
            row = changed(row, rng)
            if n == 0 and now:
                if rng.random() < 0.7:
                    out.append(now)
                    now, most = [], rng.choice(size)
                else:
                    row = Row(row.words, [LINE, *row.gaps[1:]], row.upos, row.xpos, row.feats, row.heads, row.rels, row.ended, row.allowed, row.own)
            if now and sum(len(r.words) for r in now) + len(row.words) > most:
                out.append(now)
                now, most = [], rng.choice(size)
            if len(row.words) > 200:
                row = Row(row.words[:200], row.gaps[:200], ended=False, allowed=row.allowed[:200] if row.allowed else None)
            now.append(row)
    if now:
        out.append(now)
    return out


def swapped(row: Row, rng: random.Random, person: Callable[[], str], place: Callable[[], str]) -> Row:
    """A row of a name corpus with some of its people and places given other names, so that the context teaches."""
    if row.allowed is None or row.own is None or rng.random() < 0.6:
        return row
    ones = {CODES["B-PERSON"]: (CODES["I-PERSON"], person), CODES["B-PLACE"] + CODES["B-FACILITY"]: (CODES["I-PLACE"] + CODES["I-FACILITY"], place)}
    out = Row([], [], allowed=[], own={name: [] for name in row.own}, ended=row.ended, whole=row.whole)
    n = 0
    while n < len(row.words):
        last = n + 1
        if row.allowed[n] in ones and rng.random() < 0.6:
            inside, make = ones[row.allowed[n]]
            while last < len(row.words) and row.allowed[last] == inside:
                last += 1
            same = all(tags[k][2:] == tags[n][2:] for tags in row.own.values() for k in range(n, last))
            following = [tags[last][:1] == "I" for tags in row.own.values()] if last < len(row.words) else [False]
            if same and not any(following) and (last - n < 4):
                text = make()
                spans = cut(text)
                words = [text[a:b] for a, b in spans]
                out.words += words
                out.gaps += [row.gaps[n], *gaps_of(text, spans)[1:]]
                out.allowed += [row.allowed[n], *[inside] * (len(words) - 1)]
                for name, tags in row.own.items():
                    rest = tags[n] if tags[n] == "O" else "I" + tags[n][1:]
                    out.own[name] += [tags[n], *[rest] * (len(words) - 1)]
                n = last
                continue
            last = n + 1
        out.words.append(row.words[n])
        out.gaps.append(row.gaps[n])
        out.allowed.append(row.allowed[n])
        for name, tags in row.own.items():
            out.own[name].append(tags[n])
        n = last
    return out


@dataclass(frozen=True)
class Batch:
    """Windows side by side as arrays, padded to the longest."""

    ids: np.ndarray
    forms: np.ndarray
    mask: np.ndarray
    firsts: np.ndarray
    lasts: np.ndarray
    tags: dict[str, np.ndarray]
    heads: np.ndarray
    rels: np.ndarray
    sentence: np.ndarray
    allowed: np.ndarray


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows to one size."""
    rows, long = len(windows), max(len(w.encoded) for w in windows)
    words = max(len(w.heads) for w in windows)
    ids, forms = np.zeros((rows, long), dtype=np.int64), np.zeros((rows, long), dtype=np.int64)
    mask = np.zeros((rows, long), dtype=np.float32)
    firsts, lasts = np.zeros((rows, words), dtype=np.int64), np.zeros((rows, words), dtype=np.int64)

    def block(fill: int) -> np.ndarray:
        return np.full((rows, words), fill, dtype=np.int64)

    heads, rels, sentence, allowed = block(-100), block(-100), block(-1), block(0)
    tags = {name: block(-100) for name in windows[0].tags}
    for n, w in enumerate(windows):
        size, count = len(w.encoded), len(w.heads)
        ids[n, :size], forms[n, :size], mask[n, :size] = w.encoded.ids, w.encoded.forms, 1
        firsts[n, :count], lasts[n, :count] = w.encoded.firsts, w.encoded.lasts
        heads[n, :count], rels[n, :count], sentence[n, :count], allowed[n, :count] = w.heads, w.rels, w.sentence, w.allowed
        for name, values in w.tags.items():
            tags[name][n, :count] = values
    return Batch(ids, forms, mask, firsts, lasts, tags, heads, rels, sentence, allowed)


def batches(windows: list[Window], most: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, up to ``most`` pieces with padding, in random order."""
    rng.shuffle(windows)
    out: list[list[Window]] = []
    for start in range(0, len(windows), 2000):
        part = sorted(windows[start : start + 2000], key=lambda w: len(w.encoded))
        now: list[Window] = []
        for window in part:
            if now and (len(now) + 1) * len(window.encoded) > most:
                out.append(now)
                now = []
            now.append(window)
        if now:
            out.append(now)
    rng.shuffle(out)
    return out
