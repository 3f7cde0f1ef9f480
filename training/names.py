"""Trains the encoder with one names head alone on given files and scores it, so that published figures can be compared.

``python -m training.names --train a.jsonl b.jsonl --dev c.jsonl --test d.jsonl``

The files have one sentence a line: ``text``, ``tokens`` ([start, end] of each) and ``bio`` (one tag a token). The score is
micro F1 of whole entities with their types, tags read as BIO (a type that changes within a run begins a new entity).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.language.pieces import Pieces
from training.corpora import Row, gaps_of
from training.learn import MODEL, load
from training.names_data import runs
from training.network import WIDTH, Encoder, drop, load_encoder
from training.windows_data import Labels, Maker, Window, batches, collate


class Tagger(nn.Module):
    """The encoder with one dense layer over its words."""

    def __init__(self, encoder: Encoder, labels: int, dropout: float) -> None:
        super().__init__()
        self.encoder, self.dropout = encoder, dropout
        self.tags = nn.Linear(WIDTH, labels)

    def forward(self, ids: Tensor, forms: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """Scores of the labels of each word."""
        return self.tags(drop(self.encoder(ids, forms, mask, firsts, lasts), self.dropout, training=self.training))


def read(paths: list[str]) -> list[Row]:
    """The sentences of the files."""
    rows = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            spans = [(a, b) for a, b in record["tokens"]]
            if spans:
                rows.append(Row([record["text"][a:b] for a, b in spans], gaps_of(record["text"], spans), own={"names": list(record["bio"])}))
    return rows


def legal(labels: tuple[str, ...]) -> Tensor:
    """What may follow what: 0 where a tag may follow another, very low where an I would follow another label."""
    out = torch.zeros(len(labels), len(labels))
    for a, before in enumerate(labels):
        for b, after in enumerate(labels):
            if after[0] == "I" and (before == "O" or before[2:] != after[2:]):
                out[a, b] = -1e4
    return out


def best_path(scores: Tensor, rules: Tensor, labels: tuple[str, ...]) -> list[int]:
    """The best legal sequence of tags (Viterbi)."""
    logs = scores.log_softmax(-1)
    now = logs[0] + torch.tensor([-1e4 if tag[0] == "I" else 0.0 for tag in labels])
    back = []
    for row in logs[1:]:
        ways = now[:, None] + rules
        top, origin = ways.max(0)
        back.append(origin)
        now = top + row
    path = [int(now.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return path[::-1]


def figures(right: Counter[str], given: Counter[str], gold: Counter[str]) -> dict[str, object]:
    """Precision, recall and F1 of whole entities, and F1 by label."""
    all_right, all_given, all_gold = right.total(), given.total(), gold.total()
    return {
        "precision": round(100 * all_right / max(all_given, 1), 2),
        "recall": round(100 * all_right / max(all_gold, 1), 2),
        "f1": round(200 * all_right / max(all_given + all_gold, 1), 2),
        "f1_by_label": {label: round(200 * right[label] / max(given[label] + gold[label], 1), 2) for label in sorted(gold)},
    }


def score(tagger: Tagger, windows: list[Window], rows: list[Row], labels: tuple[str, ...]) -> dict[str, object]:
    """Precision, recall and F1 of whole entities."""
    rules, right, given, gold = legal(labels), Counter[str](), Counter[str](), Counter[str]()
    tagger.eval()
    with torch.no_grad():
        for start in range(0, len(rows), 32):
            b = collate(windows[start : start + 32])
            found = tagger(*(torch.from_numpy(a) for a in (b.ids, b.forms, b.mask, b.firsts, b.lasts)))
            for row, scores in zip(rows[start : start + 32], found, strict=False):
                path = best_path(scores[: len(row.words)].float(), rules, labels)
                mine, true = set(runs([labels[n] for n in path])), set(runs(row.own["names"]))
                for count, those in ((right, mine & true), (given, mine), (gold, true)):
                    count.update(label for _, _, label in those)
    return figures(right, given, gold)


def learn(options: argparse.Namespace, seed: int) -> dict[str, object]:
    """Train once; the epoch that is best on dev is kept."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    sets = {name: read(getattr(options, name)) for name in ("train", "dev", "test") if getattr(options, name)}
    counts = Counter(t[2:] for r in sets["train"] for t in r.own["names"] if t != "O")
    labels = ("O", *(f"{part}-{label}" for label in sorted(counts) for part in "BI"))
    maker = Maker(Pieces(MODEL / "tokenizer.json"), Labels((), (), (), (), (), {"names": labels}))
    windows = {name: [maker.window([r]) for r in rows] for name, rows in sets.items()}
    if options.start:
        encoder = copy.deepcopy(load(Path(options.start))[0].encoder)
        encoder.word_dropout = options.word_dropout
    else:
        encoder = Encoder(30522, word_dropout=options.word_dropout)
        load_encoder(encoder, load_file(MODEL / "model.safetensors"))
    tagger = Tagger(encoder, len(labels), options.dropout)
    for part in encoder.words.parameters():
        part.requires_grad_(requires_grad=False)
    parameters = [p for n, p in tagger.named_parameters() if p.requires_grad and n.startswith("encoder")]
    optimiser = torch.optim.AdamW(
        [{"params": parameters, "peak": options.rate}, {"params": tagger.tags.parameters(), "peak": options.rate * 5}], weight_decay=0.01
    )
    per_round = len(batches(list(windows["train"]), options.batch, rng))
    total, step = per_round * options.epochs, 0
    best: tuple[float, int, dict[str, Tensor]] = (-1.0, 0, {})
    for epoch in range(options.epochs):
        tagger.train()
        for group in batches(list(windows["train"]), options.batch, rng):
            b = collate(group)
            for part in optimiser.param_groups:
                part["lr"] = part["peak"] * min((step + 1) / (0.1 * total), 1.0) * (1 - step / total)
            loss = F.cross_entropy(
                tagger(*(torch.from_numpy(a) for a in (b.ids, b.forms, b.mask, b.firsts, b.lasts))).flatten(0, 1), torch.from_numpy(b.tags["names"]).flatten()
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            step += 1
        if epoch >= options.epochs // 2 or epoch == options.epochs - 1:
            now = score(tagger, windows["dev"], sets["dev"], labels)
            print(f"seed {seed} epoch {epoch + 1} loss {float(loss.detach()):.3f} dev {now}", flush=True)
            if float(str(now["f1"])) > best[0]:
                best = (float(str(now["f1"])), epoch + 1, copy.deepcopy(tagger.state_dict()))
    tagger.load_state_dict(best[2])
    return {"seed": seed, "epoch": best[1], **{name: score(tagger, windows[name], sets[name], labels) for name in ("dev", "test") if name in sets}}


def main() -> None:
    """Read the options, train with each seed and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--dev", nargs="+", required=True)
    parser.add_argument("--test", nargs="+", default=[])
    parser.add_argument("--start", help="folder of a trained network whose encoder to begin with; none: the registry package's")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=500, help="word pieces a batch")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    begun = time.time()
    for seed in options.seeds:
        print(json.dumps(learn(options, seed)), flush=True)
    print(f"{time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
