"""Events across documents (ECB+): documents that tell of one story are grouped by their words, and in each group the mentions by their word.

The mentions are given, as is the custom; the topic is not. ECB+ holds only a few sentences of each document, without day or place, so that what the record
joins events by is not there. The threshold was chosen on the part "train".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.record.winnow import story_words
from evaluation.harness import Body

_ONE_STORY = 0.18
"""Mean likeness from which on two groups of documents are one story."""

_PARTICLES = frozenset("up down in out on off over into away back to for of with at from by through as about around after together along the a".split())

_ENDINGS = "ations ation ings ing ments ment ions ion ances ance als al ers er ies ied ed es s e y".split()


def predict_stories(documents: Sequence[Body]) -> list[Body]:
    """For each document its story, and for each of its mentions a chain: the story and the word."""
    stories = stories_of([d["text"] for d in documents])
    return [{"cluster": str(story), "events": [_chained(e, f"{story}/") for e in d["events"]]} for d, story in zip(documents, stories, strict=True)]


def predict_same_word(documents: Sequence[Body]) -> list[Body]:
    """The baseline: all mentions of one word are one event, whatever the document; all documents apart."""
    return [{"cluster": d["id"], "events": [_chained(e, "") for e in d["events"]]} for d in documents]


def _chained(mention: Body, prefix: str) -> Body:
    return {"start": mention["start"], "end": mention["end"], "chain": prefix + root_of(mention["text"])}


def stories_of(texts: Sequence[str]) -> list[int]:
    """A number for each text, the same for those that tell of one story."""
    likeness = _likeness([Counter(story_words(t)) for t in texts])
    groups = {n: [n] for n in range(len(texts))}
    sizes = np.ones(len(texts))
    np.fill_diagonal(likeness, -1)
    while len(groups) > 1:
        a, b = (int(n) for n in np.unravel_index(likeness.argmax(), likeness.shape))
        if likeness[a, b] < _ONE_STORY:
            break
        joined = (likeness[a] * sizes[a] + likeness[b] * sizes[b]) / (sizes[a] + sizes[b])
        likeness[a], likeness[:, a] = joined, joined
        likeness[a, a], likeness[b], likeness[:, b] = -1, -1, -1
        sizes[a] += sizes[b]
        groups[a] += groups.pop(b)
    found = {n: story for story, group in groups.items() for n in group}
    return [found[n] for n in range(len(texts))]


def _likeness(documents: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """Cosines of the documents' words, each weighed by how few documents have it."""
    spread = Counter(word for d in documents for word in d)
    column = {word: n for n, word in enumerate(w for w in spread if spread[w] > 1)}
    table = np.zeros((len(documents), len(column)))
    for row, document in enumerate(documents):
        for word in document.keys() & column.keys():
            table[row, column[word]] = (1 + math.log(document[word])) * math.log(len(documents) / spread[word])
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    return np.asarray(table @ table.T)


def root_of(words: str) -> str:
    """What the chief word of a mention has in common with other forms of it: "explosions" as "exploded", "broke out" as "broken"."""
    parts = re.findall(r"[^\W_]+", words.casefold()) or [words]
    while len(parts) > 1 and parts[-1] in _PARTICLES:
        parts.pop()
    word = _irregular().get(parts[-1], parts[-1])
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
    word = word.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")
    word = word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@cache
def _irregular() -> dict[str, str]:
    """The dictionary form of each irregular verb form and noun."""
    text = files("dateline.data").joinpath("irregular.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {form: lemma for wanted in ("N", "V") for kind, lemma, forms in rows if kind == wanted for form in forms.split()}
