"""Measures a model folder: ``python -m training.evaluate src/dateline/data/model``."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dateline.language import analyse
from dateline.language.document import Document as Read
from dateline.language.model import Model
from dateline.language.reading import _heads, labels_of
from dateline.language.windows import Window
from training import names_data
from training.corpora import SHARED, SPACE, Document, Row, treebank
from training.learn import news_for_dev
from training.names_data import runs

TRAIN, DEV = SHARED / "train" / "ud_english_train.conllu", SHARED / "train" / "ud_english_ewt_dev.conllu"


def f1(right: int, given: int, gold: int) -> float:
    """The balanced mean of precision and recall, in per cent."""
    return round(200 * right / (given + gold), 2) if given + gold else 100.0


def windows_of_rows(model: Model, rows: Sequence[Row]) -> list[Window]:
    """Each row as a window of its own."""
    model.pieces.learn(w for r in rows for w in r.words)
    out, at = [], 0
    for row in rows:
        out.append(Window(at, at + len(row.words), 0, model.pieces.encode(row.words, [SPACE, *row.gaps[1:]])))
        at += len(row.words)
    return out


def parsing(model: Model, documents: Iterable[Document]) -> dict[str, float]:
    """On gold words and sentences, punctuation counted: tags, features, heads, relations with and without subtypes."""
    rows = [r for d in documents for p in d for r in p if len(r.words) < 250]
    right: Counter[str] = Counter()
    total = 0
    windows = windows_of_rows(model, rows)
    for row, window, scores in zip(rows, windows, model.scores(windows), strict=True):
        heads = _heads(scores.arcs, [(0, len(row.words))])
        labels = next(labels_of([scores], [heads], model))
        for n in range(len(row.words)):
            total += 1
            head, gold, mine = int(heads[n]) == row.heads[n], row.rels[n], labels["relations"][n]
            for name in ("upos", "xpos", "feats"):
                right[name] += labels[name][n] == getattr(row, name)[n]
            right["uas"] += head
            right["las"] += head and gold.split(":")[0] == mine.split(":")[0]
            right["las_subtypes"] += head and gold == mine
            right["lemma"] += model.lemmas.of(row.words[n], labels["upos"][n], labels["xpos"][n], labels["feats"][n]) == row.lemmas[n]
        del window
    return {name: round(100 * right[name] / total, 2) for name in ("upos", "xpos", "feats", "lemma", "uas", "las", "las_subtypes")}


def text_of(document: Document) -> tuple[str, list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """The document as text, its paragraphs, and for each row the offsets of its words."""
    text, sections, places = "", [], []
    for paragraph in document:
        start = len(text)
        for row in paragraph:
            spans = []
            for n, (word, gap) in enumerate(zip(row.words, row.gaps, strict=True)):
                if text and len(text) > start and (gap != 0 or n == 0):
                    text += " "
                spans.append((len(text), len(text) + len(word)))
                text += word
            places.append(spans)
        sections.append((start, len(text)))
        text += "\n\n"
    return text, sections, places


def raw(model: Model, documents: Iterable[Document]) -> dict[str, float]:
    """From raw paragraphs: words, ends of sentences, sentences whole (both edges right), and relations where words, head and relation are all right."""
    counts: Counter[str] = Counter()
    for document in documents:
        text, sections, places = text_of(document)
        read = analyse(text, sections, model)
        rows = [r for p in document for r in p]
        gold_words = {span for spans in places for span in spans}
        mine = {(t.start, t.end): t for t in read.tokens}
        counts["words"] += len(gold_words & mine.keys())
        counts["words_gold"] += len(gold_words)
        counts["words_given"] += len(mine)
        gold_sentences = {(s[0][0], s[-1][1]) for s in places}
        given = {(s.start, s.end) for s in read.sentences}
        counts["sentences"] += len(gold_sentences & given)
        counts["ends"] += len({end for _, end in gold_sentences} & {end for _, end in given})
        counts["sentences_gold"] += len(gold_sentences)
        counts["sentences_given"] += len(given)
        for row, spans in zip(rows, places, strict=True):
            for n, span in enumerate(spans):
                token = mine.get(span)
                if token is None:
                    continue
                head = read.tokens[token.head]
                if (head.start, head.end) == spans[row.heads[n]] and token.deprel.split(":")[0] == row.rels[n].split(":")[0]:
                    counts["las"] += 1
    return {
        "words": f1(counts["words"], counts["words_given"], counts["words_gold"]),
        "ends": f1(counts["ends"], counts["sentences_given"], counts["sentences_gold"]),
        "sentences": f1(counts["sentences"], counts["sentences_given"], counts["sentences_gold"]),
        "las": f1(counts["las"], counts["words_given"], counts["words_gold"]),
    }


def own_names(model: Model, documents: Iterable[list[Row]], head: str, label: Callable[[str], str | None] = lambda x: x) -> float:
    """Entity F1 of the head of one corpus."""
    rows = [r for d in documents for r in d]
    right = given = gold = 0
    windows = windows_of_rows(model, rows)
    for row, scores in zip(rows, model.scores(windows), strict=True):
        tags = [model.labels[head][n] for n in scores.tags[:, model.columns[head]].argmax(axis=1)]
        mine = {(a, b, label(x)) for a, b, x in runs(tags) if label(x)}
        true = {(a, b, label(x)) for a, b, x in runs(row.own[head]) if label(x)}
        right, given, gold = right + len(mine & true), given + len(mine), gold + len(true)
    return f1(right, given, gold)


COARSE = {"PERSON": "person", "ORG": "organisation", "FORCE": "organisation", "PLACE": "location", "FACILITY": "location"}
COARSE_GOLD = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "location",
    "person": "person",
    "politician": "person",
    "organisation": "organisation",
    "politicalparty": "organisation",
    "country": "location",
    "location": "location",
    "per": "person",
    "org": "organisation",
    "geo": "location",
    "Person": "person",
    "Organisation": "organisation",
    "Location": "location",
}


def merged_names(model: Model, records: Iterable[dict]) -> float:
    """Coarse F1 (person, organisation, location) of the merged head on texts whose gold has such names."""
    right = given = gold = 0
    for record in records:
        read = analyse(record["text"], [(0, len(record["text"]))], model)
        mine = {(n.start, n.end, COARSE[n.label]) for n in read.names if n.label in COARSE}
        true = {(e["start"], e["end"], COARSE_GOLD[e["type"]]) for e in record["entities"] if e["type"] in COARSE_GOLD}
        right, given, gold = right + len(mine & true), given + len(mine), gold + len(true)
    return f1(right, given, gold)


def all_figures(model: Model) -> dict[str, object]:
    """Every figure of the card that needs only the model."""
    from training.corpora import records

    news = [d for n, d in treebank(TRAIN, news_for_dev)]
    dev = [d for _, d in treebank(DEV)]
    gmb = [r for n, r in enumerate(records("ner_gmb", "dev.jsonl")) if n < 1000]
    found: dict[str, object] = {
        "ewt_dev_gold_words": parsing(model, dev),
        "news_gold_words": parsing(model, news),
        "ewt_dev_raw": raw(model, dev),
        "news_raw": raw(model, news),
        "names_politics_dev_merged_coarse": merged_names(model, records("ner_crossner_politics", "dev.jsonl")),
        "names_gmb_dev_merged_coarse": merged_names(model, gmb),
    }
    if "re3d" in model.columns:
        found["names_re3d_dev_10_types"] = own_names(model, names_data.re3d(dev=True), "re3d")
    if "politics" in model.columns:
        found["names_politics_dev_9_types"] = own_names(model, names_data.politics("dev"), "politics")
        found["names_politics_dev_coarse"] = own_names(model, names_data.politics("dev"), "politics", COARSE_GOLD.get)
    return found


def show(read: Read) -> str:
    """A document as a table, for the eye."""
    lines = []
    for sentence in read.sentences:
        lines.append(f"# {read.text[sentence.start : sentence.end]}")
        lines += [
            f"{t.i}\t{t.text}\t{t.lemma}\t{t.upos}\t{t.xpos}\t{read.tokens[t.head].text if t.head != t.i else 'ROOT'}\t{t.deprel}"
            for t in read.tokens[sentence.first : sentence.last]
        ]
    lines += [f"{n.label}\t{read.text[n.start : n.end]}\t{n.score}" for n in read.names]
    return "\n".join(lines)


def main() -> None:
    """Print all figures of a model folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="src/dateline/data/model")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    print(json.dumps(all_figures(Model.open(Path(options.folder), threads=options.threads)), indent=1))


if __name__ == "__main__":
    main()
