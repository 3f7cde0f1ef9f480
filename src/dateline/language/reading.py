"""One pass of the model over a report: words, sentences, labels, trees and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.language.agreement import agreed
from dateline.language.document import Document, Sentence, Token
from dateline.language.ends import bounds_of
from dateline.language.model import Array, Model, Scores
from dateline.language.names import Run, names_of, runs_of
from dateline.language.trees import tree
from dateline.language.windows import Window, Words, windows_of, words_of

Ints = NDArray[np.int64]
_TOGETHER = 128
"""Windows that are scored before the first of them is taken apart."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text with its sections: character ranges, in order; no sentence crosses one, words outside them are left out."""

    text: str
    sections: Sequence[tuple[int, int]]


def analyse(text: str, sections: Sequence[tuple[int, int]], model: Model) -> Document:
    """Read the ``sections`` (character ranges, in order) of ``text``; no sentence crosses a section, words outside them are left out."""
    return analyse_many((Given(text, sections),), model)[0]


def analyse_many(given: Sequence[Given], model: Model) -> list[Document]:
    """The document of each text; their windows go through the model together, which changes the cost and nothing else."""
    words = [words_of(one.text, one.sections) for one in given]
    model.pieces.learn(word for own in words for word in own.texts)
    windows = [windows_of(one.text, own, model.pieces) for one, own in zip(given, words, strict=True)]
    scores = _scored([window for own in windows for window in own], model)
    return [_document(one.text, own, cut, scores, model) for one, own, cut in zip(given, words, windows, strict=True)]


def _scored(windows: Sequence[Window], model: Model) -> Iterator[Scores]:
    """The scores of each window in order; no more than ``_TOGETHER`` are held at once, so that a long text needs no more memory than many short ones."""
    for at in range(0, len(windows), _TOGETHER):
        yield from model.scores(windows[at : at + _TOGETHER])


def _document(text: str, words: Words, windows: Sequence[Window], scores: Iterator[Scores], model: Model) -> Document:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Run] = []
    for at in range(0, len(windows), _TOGETHER):
        some = windows[at : at + _TOGETHER]
        found = [next(scores) for _ in some]
        ends = [bounds_of(one.tags[:, model.columns["end"]], words, window.first) for window, one in zip(some, found, strict=True)]
        governors = [_heads(one.arcs, bounds) for one, bounds in zip(found, ends, strict=True)]
        for window, one, bounds, heads, labels in zip(some, found, ends, governors, labels_of(found, governors, model), strict=True):
            governing = heads.tolist()
            for limits in bounds:
                _add_sentence(tokens, sentences, words, window, limits, governing, labels, model)
            starts = frozenset(first for first, _ in bounds)
            names.extend(runs_of(one.tags[:, model.columns["names"]], model.labels["names"], starts, window.first))
    begun = frozenset(sentence.first for sentence in sentences)
    found_names = names_of(names, words, begun)
    return Document(text, agreed(tokens, found_names), tuple(sentences), found_names)


def _heads(arcs: Array, bounds: Sequence[tuple[int, int]]) -> Ints:
    """The governor of each word within its window."""
    heads = np.zeros(len(arcs), dtype=np.int64)
    for first, last in bounds:
        heads[first:last] = tree(arcs[first:last, first:last]) + first
    return heads


def labels_of(found: Sequence[Scores], governors: Sequence[Ints], model: Model) -> Iterator[dict[str, list[str]]]:
    """The labels of the words of each window; those of all windows are told at once."""
    if not found:
        return
    tags = np.concatenate([scores.tags for scores in found])
    told = {name: _labels(tags[:, model.columns[name]], model.labels[name]) for name in ("upos", "xpos", "feats")}
    below = np.concatenate([scores.below for scores in found])
    above = np.concatenate([scores.above[heads] for scores, heads in zip(found, governors, strict=True)])
    relations = model.related(below, above)
    is_root = np.concatenate([heads == np.arange(len(heads)) for heads in governors])
    relations[:, model.labels["relations"].index("root")] = np.where(is_root, np.inf, -np.inf)
    told["relations"] = _labels(relations, model.labels["relations"])
    at = 0
    for heads in governors:
        labels = {name: values[at : at + len(heads)] for name, values in told.items()}
        labels["relations"] = _agreed(labels["relations"], heads.tolist())
        at += len(heads)
        yield labels


def _labels(scores: Array, known: Sequence[str]) -> list[str]:
    return [known[n] for n in scores.argmax(axis=1).tolist()]


def _agreed(relations: list[str], heads: list[int]) -> list[str]:
    """The relations, with what cannot be: whoever acts in a passive stands behind a preposition, else it is the object."""
    if "obl:agent" not in relations:
        return relations
    led = {heads[n] for n, relation in enumerate(relations) if relation == "case"}
    return ["obj" if relation == "obl:agent" and n not in led and heads[n] < n else relation for n, relation in enumerate(relations)]


def _add_sentence(
    tokens: list[Token],
    sentences: list[Sentence],
    words: Words,
    window: Window,
    bounds: tuple[int, int],
    heads: list[int],
    labels: dict[str, list[str]],
    model: Model,
) -> None:
    number, base = len(sentences), window.first
    all_upos, all_xpos, all_feats, relations = labels["upos"], labels["xpos"], labels["feats"], labels["relations"]
    for n in range(*bounds):
        i = base + n
        text, upos, xpos, feats = words.texts[i], all_upos[n], all_xpos[n], all_feats[n]
        lemma = model.lemmas.of(text, upos, xpos, feats)
        tokens.append(Token(i, words.starts[i], words.ends[i], text, lemma, upos, xpos, feats, base + heads[n], relations[n], number))
    first, last = base + bounds[0], base + bounds[1]
    sentences.append(Sentence(number, first, last, words.starts[first], words.ends[last - 1], window.section))
