"""Measures the model and its limits in one run: ``python -m training.benchmark --network training/work/model --out results/model.json``.

Accuracy of every head, float and int8; words a second from text to document, from words to scores, of the encoder alone,
and of a spaCy CNN pipeline of en_core_web_sm's size that is trained here on the same treebanks and names.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import random
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime

from dateline.language import analyse
from dateline.language.model import Model
from dateline.language.windows import Window, batches_of
from training import names_data
from training.corpora import SHARED, treebank
from training.evaluate import DEV, TRAIN, all_figures, f1
from training.export import build, measure, samples, write
from training.learn import documents, load, news_for_dev
from training.names_data import runs


def rate(words: int, work: Callable[[], object], repeats: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Words a second of ``clock``, once for each repeat, after one that does not count."""
    work()
    found = []
    for _ in range(repeats):
        begun = clock()
        work()
        found.append(words / (clock() - begun))
    return found


def encoder_alone(path: Path, threads: int) -> Callable[[list[Window]], None]:
    """Runs the encoder alone over windows, batched as the model does."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def work(windows: list[Window]) -> None:
        for batch in batches_of(windows):
            chosen = [windows[n] for n in batch]
            long = max(len(w.encoded) for w in chosen)
            ids, forms = np.zeros((len(chosen), long), np.int32), np.zeros((len(chosen), long), np.int32)
            for n, w in enumerate(chosen):
                ids[n, : len(w.encoded)], forms[n, : len(w.encoded)] = w.encoded.ids, w.encoded.forms
            session.run(None, {"ids": ids, "forms": forms, "lengths": np.array([len(w.encoded) for w in chosen], np.int32)})

    return work


def speeds(model: Model, alone: Callable[[list[Window]], None], texts: list[str], repeats: int, clock: Callable[[], float]) -> dict[str, Any]:
    """Words a second of the parts, measured in turn so that a busy machine is as unkind to each."""
    from dateline.language.windows import windows_of, words_of

    whole = [(t, words_of(t, [(0, len(t))])) for t in texts]
    windows = [windows_of(t, w, model.pieces) for t, w in whole]
    words = sum(len(w.texts) for _, w in whole)
    rows: dict[str, list[float]] = {"text_to_document": [], "words_to_scores": [], "encoder_alone": []}
    for _ in range(repeats):
        rows["encoder_alone"] += rate(words, lambda: [alone(w) for w in windows], 1, clock)
        rows["words_to_scores"] += rate(words, lambda: [model.scores(w) for w in windows], 1, clock)
        rows["text_to_document"] += rate(words, lambda: [analyse(t, [(0, len(t))], model) for t in texts], 1, clock)
    found: dict[str, Any] = {name: round(statistics.median(values)) for name, values in rows.items()}
    found["words"] = words
    found["model_to_encoder"] = round(statistics.median(a / b for a, b in zip(rows["words_to_scores"], rows["encoder_alone"], strict=True)), 3)
    found["document_to_encoder"] = round(statistics.median(a / b for a, b in zip(rows["text_to_document"], rows["encoder_alone"], strict=True)), 3)
    return found


def spacy_pipeline(rounds: int, seed: int = 1) -> Any:
    """A spaCy pipeline (HashEmbedCNN of width 96 and depth 4; tagger, parser, names) trained for so many rounds on our treebanks and re3d.

    Of the rounds the one is kept that does best on the treebank's development part, as spaCy's own training does.
    """
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    tok2vec = {
        "model": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 4,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        }
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tok2vec", config=tok2vec)
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    state = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": listener}
    nlp.add_pipe("parser", config={"model": {**state, "state_type": "parser", "extra_state_tokens": False}})
    nlp.add_pipe("ner", config={"model": {**state, "state_type": "ner", "extra_state_tokens": False, "tok2vec": {**tok2vec["model"]}}})
    data = documents()
    rows = [r for name in ("ewt", "gum") for d in data[name] for p in d for r in p]
    trees = [
        Doc(
            nlp.vocab,
            words=r.words,
            tags=r.xpos,
            heads=r.heads,
            deps=[x if x != "root" else "ROOT" for x in r.rels],
            sent_starts=[n == 0 for n in range(len(r.words))],
        )
        for r in rows
    ]
    named = [Doc(nlp.vocab, words=r.words, ents=r.own["re3d"]) for d in data["re3d"] for p in d for r in p]
    examples = [Example(Doc(nlp.vocab, words=[t.text for t in d]), d) for d in trees]
    entities = [Example(Doc(nlp.vocab, words=[t.text for t in d]), d) for d in named]
    nlp.initialize(lambda: examples[:3000] + entities)
    optimiser = nlp.create_optimizer()
    rng, best, kept = random.Random(seed), 0.0, b""
    for done in range(1, rounds + 1):
        rng.shuffle(examples)
        for start in range(0, len(examples), 64):
            with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
                nlp.update(examples[start : start + 64], sgd=optimiser, drop=0.1)
            if start % 640 == 0:
                rng.shuffle(entities)
                with nlp.select_pipes(enable=["ner"]):
                    nlp.update(entities[:32], sgd=optimiser, drop=0.2)
        with nlp.use_params(optimiser.averages):
            found = spacy_figures(nlp)
            print(f"spaCy round {done}: {found}", flush=True)
            if found["ewt_dev_las"] > best:
                best, kept = found["ewt_dev_las"], nlp.to_bytes()
    nlp.from_bytes(kept)
    return nlp


def spacy_figures(nlp: Any) -> dict[str, float]:
    """LAS and tags on EWT dev and news (gold words and sentences), F1 on re3d dev."""
    from spacy.tokens import Doc

    found: dict[str, float] = {}
    for name, documents_ in (("ewt_dev", [d for _, d in treebank(DEV)]), ("news", [d for n, d in treebank(TRAIN, news_for_dev)])):
        rows = [r for d in documents_ for p in d for r in p if len(r.words) < 250]
        total = las = tags = 0
        made = nlp.pipe([Doc(nlp.vocab, words=r.words, sent_starts=[n == 0 for n in range(len(r.words))]) for r in rows], batch_size=128)
        for row, doc in zip(rows, made, strict=True):
            for n, token in enumerate(doc):
                total += 1
                gold = "ROOT" if row.rels[n] == "root" else row.rels[n].split(":")[0]
                las += token.head.i == row.heads[n] and token.dep_.split(":")[0] == gold
                tags += token.tag_ == row.xpos[n]
        found[f"{name}_xpos"], found[f"{name}_las"] = round(100 * tags / total, 2), round(100 * las / total, 2)
    right = given = gold_count = 0
    rows = [r for d in names_data.re3d(dev=True) for r in d]
    for row, doc in zip(rows, nlp.pipe([Doc(nlp.vocab, words=r.words) for r in rows]), strict=True):
        mine, true = {(e.start, e.end, e.label_) for e in doc.ents}, set(runs(row.own["re3d"]))
        right, given, gold_count = right + len(mine & true), given + len(mine), gold_count + len(true)
    found["re3d_dev_10_types"] = f1(right, given, gold_count)
    return found


def machine() -> dict[str, str]:
    """Where, when and of what commit the figures are."""
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if line.startswith("model name")),
        platform.processor(),
    )
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "date": datetime.date.today().isoformat(),
        "processor": processor,
        "cores": str(__import__("os").cpu_count()),
        "onnxruntime": onnxruntime.__version__,
        "commit": commit,
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="training/work/model")
    parser.add_argument("--model", default="src/dateline/data/model")
    parser.add_argument("--out", default="results/model.json")
    parser.add_argument("--spacy-rounds", type=int, default=12, help="0 leaves the pipeline out")
    parser.add_argument("--only-spacy", action="store_true", help="train and time that pipeline beside the model, and leave the other figures as they are")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--work", default="training/work")
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in SHARED.joinpath("eval", "dev", "re3d", "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    result: dict[str, Any] = json.loads(Path(options.out).read_text(encoding="utf-8")) if options.only_spacy else {"machine": machine()}
    if not options.only_spacy:
        result |= own_figures(options, texts)
    if options.spacy_rounds > 0:
        result["spacy_cnn"] = {"machine": machine(), **beside_spacy(options, texts)}
    Path(options.out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def own_figures(options: argparse.Namespace, texts: list[str]) -> dict[str, Any]:
    """Accuracy, float and int8, and speed beside the bare encoder."""
    result: dict[str, Any] = {}
    network, labels = load(Path(options.network))
    ranges = measure(network, samples(labels))
    onnx.save(build(network, ranges, heads=False), Path(options.work) / "encoder.onnx")
    write(network, labels, Path(options.work) / "float", "float", build(network, None))
    result["accuracy"] = {"int8": all_figures(Model.open(options.model)), "float": all_figures(Model.open(Path(options.work) / "float"))}
    print(json.dumps(result, indent=1), flush=True)
    # Processor time for one thread, so that others on the machine count less; wall time for two.
    for threads, clock in ((1, time.process_time), (2, time.perf_counter)):
        alone = encoder_alone(Path(options.work) / "encoder.onnx", threads)
        result[f"words_per_second_threads_{threads}"] = speeds(Model.open(options.model, threads=threads), alone, texts, options.repeats, clock)
    print(json.dumps(result, indent=1), flush=True)
    result["folder_megabytes"] = round(sum(p.stat().st_size for p in Path(options.model).iterdir()) / 1e6, 1)
    return result


def beside_spacy(options: argparse.Namespace, texts: list[str]) -> dict[str, Any]:
    """A spaCy pipeline trained on the same data: its figures, and words a second of processor time of it and of ours in turn, text to document."""
    nlp = spacy_pipeline(options.spacy_rounds)
    model = Model.open(options.model, threads=1)
    words = sum(len(nlp.make_doc(text)) for text in texts)
    rows: dict[str, list[float]] = {"spacy": [], "ours": []}
    for _ in range(options.repeats):
        rows["spacy"] += rate(words, lambda: list(nlp.pipe(texts, batch_size=16)), 1, time.process_time)
        rows["ours"] += rate(words, lambda: [analyse(text, [(0, len(text))], model) for text in texts], 1, time.process_time)
    found = {f"{name}_words_per_second_of_processor_time": round(statistics.median(values)) for name, values in rows.items()}
    ratio = round(statistics.median(a / b for a, b in zip(rows["ours"], rows["spacy"], strict=True)), 3)
    return {"rounds": options.spacy_rounds, **spacy_figures(nlp), **found, "ours_to_spacy": ratio}


if __name__ == "__main__":
    main()
