"""The whole of Dateline beside a spaCy pipeline of en_core_web_sm's size that only parses and names: processor time, batch by batch in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from typing import Any

from dateline.contract import dumps
from dateline.intake import report_of
from dateline.model import Report
from dateline.pipeline import World, read_batch

_RELATIONS = (
    "nsubj obj iobj obl nmod amod advmod det case mark cc conj aux cop ccomp xcomp advcl acl appos nummod compound flat punct parataxis dep "
    "csubj expl fixed list orphan discourse vocative goeswith reparandum dislocated clf"
).split()
_TYPES = "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split()


def spacy_pipeline(documents: Sequence[Any]) -> Any:
    """A tok2vec of width 96 and depth 4, a parser, and names with a tok2vec of their own, as en_core_web_sm has them.

    It is taught by trees and names that Dateline reads, a few rounds, so that it parses and names as often as a taught one does; only its speed is asked for.
    """
    import spacy
    from spacy.tokens import Doc, Span
    from spacy.training import Example

    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    shape = {"width": 96, "depth": 4, "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}
    tok2vec = {"model": {"@architectures": "spacy.HashEmbedCNN.v2", **shape}}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    state = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "extra_state_tokens": False}
    nlp.add_pipe("tok2vec", config=tok2vec)
    nlp.add_pipe("parser", config={"model": {**state, "state_type": "parser", "tok2vec": listener}})
    nlp.add_pipe("ner", config={"model": {**state, "state_type": "ner", "tok2vec": tok2vec["model"]}})
    examples = []
    for document in documents:
        for s in document.sentences:
            tokens = document.tokens[s.first : s.last]
            relations = ["ROOT" if t.head == t.i else t.deprel.split(":")[0] for t in tokens]
            doc = Doc(nlp.vocab, words=[t.text for t in tokens], heads=[t.head - s.first for t in tokens], deps=relations)
            doc.ents = [Span(doc, n.first - s.first, n.last - s.first, n.label) for n in document.names if s.first <= n.first and n.last <= s.last]
            examples.append(Example(Doc(nlp.vocab, words=[t.text for t in tokens]), doc))
    for name, labels in (("parser", _RELATIONS), ("ner", _TYPES)):
        for label in labels:
            nlp.get_pipe(name).add_label(label)
    optimiser = nlp.initialize(lambda: examples[:200])
    for _ in range(2):
        for start in range(0, len(examples), 32):
            nlp.update(examples[start : start + 32], sgd=optimiser)
    return nlp


def rival_figures(batches: Sequence[Sequence[Report]], world: World, nlp: Any, *, runs: int) -> dict[str, Any]:
    """Words a processor second of both, and the ratio of ours to spaCy's: medians over the runs."""
    words = sum(len(r.text.split()) for batch in batches for r in batch)
    rows: list[tuple[float, float]] = []
    for run in range(runs + 1):
        ours = theirs = 0.0
        for batch in batches:
            begun = time.process_time()
            for reading in read_batch([report_of(r.text, published=r.published.date) for r in batch], world):
                dumps(reading)
            ours += time.process_time() - begun
            begun = time.process_time()
            for _ in nlp.pipe([r.text for r in batch], batch_size=32):
                pass
            theirs += time.process_time() - begun
        if run:
            rows.append((ours, theirs))
    return {
        "dateline_words_per_cpu_s": round(statistics.median(words / a for a, _ in rows)),
        "spacy_words_per_cpu_s": round(statistics.median(words / b for _, b in rows)),
        "end_to_end_to_spacy": round(statistics.median(b / a for a, b in rows), 2),
        "petrarch": "not run: PETRARCH2 is not on PyPI, and what it codes is trees that another parser has to make first",
    }
