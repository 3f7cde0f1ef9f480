"""Writes a trained network as the folder that the runtime opens: ``python -m training.export training/work/first``.

The graph is built by hand from ONNX Runtime's fused operators. Activations are quantised with fixed ranges, measured
beforehand, so that what is read from one sentence never depends on what stands beside it in a batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.learn import MODEL, Labels, load
from training.network import HEADS, WIDTH, Network

_LEAST = 0.17
COLUMNS = ("end", "upos", "xpos", "feats", "names", "re3d", "politics")
Ranges = dict[str, tuple[np.ndarray, float]]
"""For each dense layer the factors that its inputs are divided by and the largest value after that."""


class Graph:
    """Collects nodes and weights; each method adds one operator and gives the name of what comes out."""

    def __init__(self, ranges: Ranges | None, most: int = 63) -> None:
        self.nodes: list[Any] = []
        self.weights: dict[str, Any] = {}
        self.ranges, self.most = ranges, most
        self._count = 0

    def keep(self, array: np.ndarray, name: str | None = None) -> str:
        """A constant of the graph."""
        name = name or f"c{len(self.weights)}"
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def op(self, kind: str, *inputs: str, own: bool = False, outputs: int = 1, **attributes: Any) -> Any:
        """One operator; ``own`` for ONNX Runtime's own ones."""
        self._count += 1
        names = [f"v{self._count}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain="com.microsoft" if own else "", **attributes))
        return names[0] if outputs == 1 else names

    def quantise(self, x: str, layer: str) -> tuple[str, str, str]:
        """Bytes of ``x`` as the layer of that name takes it, with scale and zero point."""
        factors, top = self.ranges[layer]
        if np.any(factors != 1):
            x = self.op("Mul", x, self.keep((1 / factors).astype(np.float32)))
        if layer.endswith(".outer"):
            # What comes out of GELU is never below -0.17, so nearly all 256 steps go to what is above nothing.
            step = (top + _LEAST) / 255
            scale, zero = self.keep(np.float32(step)), self.keep(np.uint8(round(_LEAST / step)))
        else:
            scale, zero = self.keep(np.float32(top / 127)), self.keep(np.uint8(128))
        return self.op("QuantizeLinear", x, scale, zero), scale, zero

    def whole(self, weight: np.ndarray, layer: str) -> tuple[str, str, str]:
        """Bytes of a weight matrix (inputs by outputs), one scale a column."""
        scaled = weight * self.ranges[layer][0][:, None]
        scale = np.maximum(np.abs(scaled).max(axis=0), 1e-8) / self.most
        return self.keep(np.round(scaled / scale).astype(np.int8)), self.keep(scale.astype(np.float32)), self.keep(np.zeros(weight.shape[1], np.int8))

    def dense(self, x: str, part: nn.Linear, layer: str, quantised: tuple[str, str, str] | None = None) -> str:
        """A dense layer with its bias."""
        weight = part.weight.detach().numpy().T
        bias = part.bias.detach().numpy() if part.bias is not None else np.zeros(weight.shape[1], np.float32)
        if self.ranges is None:
            return self.op("Add", self.op("MatMul", x, self.keep(weight)), self.keep(bias))
        q, scale, zero = quantised or self.quantise(x, layer)
        matrix, columns, zeros = self.whole(weight, layer)
        return self.op("MatMulIntegerToFloat", q, matrix, scale, columns, zero, zeros, self.keep(bias), own=True)


def _table(graph: Graph, table: nn.Embedding, ids: str) -> str:
    weight = table.weight.detach().numpy()
    if graph.ranges is None or len(weight) < 1000:
        return graph.op("Gather", graph.keep(weight), ids)
    scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-8) / 127
    rows = graph.op("Cast", graph.op("Gather", graph.keep(np.round(weight / scale).astype(np.int8)), ids), to=TensorProto.FLOAT)
    return graph.op("Mul", rows, graph.op("Gather", graph.keep(scale.astype(np.float32)), ids))


def _norm(graph: Graph, x: str, part: nn.LayerNorm, skip: str | None = None) -> str:
    gamma, beta = graph.keep(part.weight.detach().numpy()), graph.keep(part.bias.detach().numpy())
    if skip is None:
        return graph.op("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-12)
    return graph.op("SkipLayerNormalization", x, skip, gamma, beta, own=True, epsilon=1e-12)


def _attend(graph: Graph, x: str, layer: nn.Module, name: str) -> str:
    weight, bias = layer.qkv.weight.detach().numpy().T, layer.qkv.bias.detach().numpy()
    if graph.ranges is None:
        return graph.op("Attention", x, graph.keep(weight), graph.keep(bias), "lengths", own=True, num_heads=HEADS)
    q, scale, zero = graph.quantise(x, f"{name}.qkv")
    matrix, columns, zeros = graph.whole(weight, f"{name}.qkv")
    return graph.op("QAttention", q, matrix, graph.keep(bias), scale, columns, "lengths", zero, zeros, own=True, num_heads=HEADS)


def encoder_nodes(graph: Graph, network: Network) -> str:
    """The encoder up to its last layer; gives one vector a piece."""
    encoder = network.encoder
    long = graph.op("Slice", graph.op("Shape", "ids"), graph.keep(np.array([1])), graph.keep(np.array([2])))
    places = graph.op("Slice", graph.keep(encoder.positions.weight.detach().numpy()), graph.keep(np.array([0])), long, graph.keep(np.array([0])))
    x = graph.op("Add", graph.op("Add", _table(graph, encoder.words, "ids"), _table(graph, encoder.forms, "forms")), places)
    x = _norm(graph, x, encoder.norm)
    for n, layer in enumerate(encoder.layers):
        mixed = _attend(graph, x, layer, f"{n}")
        x = _norm(graph, graph.dense(mixed, layer.out, f"{n}.out"), layer.norm1, x)
        inner = graph.op("Gelu", graph.dense(x, layer.inner, f"{n}.inner"), own=True)
        x = _norm(graph, graph.dense(inner, layer.outer, f"{n}.outer"), layer.norm2, x)
    return x


def _columns(network: Network, columns: tuple[str, ...]) -> nn.Linear:
    picked, at = [], 0
    places = {}
    for name, size in network.blocks.items():
        places[name] = list(range(at, at + size))
        at += size
    picked = [n for name in columns for n in places[name]]
    part = nn.Linear(WIDTH, len(picked))
    part.weight.data, part.bias.data = network.tags.weight.data[picked], network.tags.bias.data[picked]
    return part


def head_nodes(graph: Graph, network: Network, x: str, columns: tuple[str, ...]) -> dict[str, str]:
    """The heads; gives the names of the outputs."""
    rows = graph.op("Reshape", x, graph.keep(np.array([-1, WIDTH])))
    words = graph.op("Mul", graph.op("Add", graph.op("Gather", rows, "firsts"), graph.op("Gather", rows, "lasts")), graph.keep(np.float32(0.5)))
    kept = graph.quantise(words, "heads") if graph.ranges is not None else None
    arc = network.governor.out_features
    joined = nn.Linear(WIDTH, 2 * arc)
    joined.weight.data = torch.cat([network.governor.weight.data, network.dependent.weight.data])
    joined.bias.data = torch.cat([network.governor.bias.data, network.dependent.bias.data])
    governor, dependent = graph.op("Split", graph.op("Gelu", graph.dense(words, joined, "heads", kept), own=True), outputs=2, axis=-1, num_outputs=2)
    tags = _columns(network, columns)
    pair = network.below.out_features
    wide = nn.Linear(WIDTH, tags.out_features + 2 * pair + 1)
    wide.weight.data = torch.cat([tags.weight.data, network.below.weight.data, network.above.weight.data, network.root.weight.data])
    wide.bias.data = torch.cat([tags.bias.data, network.below.bias.data, network.above.bias.data, network.root.bias.data])
    sizes = graph.keep(np.array([tags.out_features, pair, pair, 1]))
    outputs = graph.op("Split", graph.dense(words, wide, "heads", kept), sizes, outputs=4, axis=-1)
    # The popularity of a governor does not depend on the dependent, so it rides along as one more factor of the product.
    bilinear = network.bilinear.weight.detach().numpy().T * arc**-0.5
    left = graph.op("Add", graph.op("MatMul", dependent, graph.keep(bilinear.astype(np.float32))), graph.keep(network.popular.weight.detach().numpy()[0]))
    arcs = graph.op("MatMul", left, graph.op("Transpose", governor, perm=[0, 2, 1]))
    return {"tags": outputs[0], "arcs": arcs, "below": outputs[1], "above": outputs[2], "root": outputs[3]}


def build(network: Network, ranges: Ranges | None, columns: tuple[str, ...] = COLUMNS, *, heads: bool = True, most: int = 63) -> onnx.ModelProto:
    """The whole graph, float when there are no ranges."""
    graph = Graph(ranges, most)
    x = encoder_nodes(graph, network)
    outputs = head_nodes(graph, network, x, columns) if heads else {"pieces": x}
    for name, made in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [made], [name]))
    ints = [
        helper.make_tensor_value_info(name, TensorProto.INT32, shape)
        for name, shape in (
            ("ids", ["rows", "long"]),
            ("forms", ["rows", "long"]),
            ("lengths", ["rows"]),
            *((("firsts", ["rows", "words"]), ("lasts", ["rows", "words"])) if heads else ()),
        )
    ]
    made = helper.make_graph(
        graph.nodes, "dateline", ints, [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs], list(graph.weights.values())
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)], producer_name="dateline")
    model.ir_version = 9
    return model


def relations_graph(network: Network) -> onnx.ModelProto:
    """The small graph that scores relations once the governors are known."""
    graph = Graph(None)
    mixed = graph.op("FastGelu", graph.op("Add", "below", "above"), own=True)
    weight, bias = network.relations.weight.detach().numpy().T, network.relations.bias.detach().numpy()
    made = graph.op("Add", graph.op("MatMul", mixed, graph.keep(weight)), graph.keep(bias))
    graph.nodes.append(helper.make_node("Identity", [made], ["scores"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", network.below.out_features]) for name in ("below", "above")]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, None)]
    body = helper.make_graph(graph.nodes, "relations", inputs, outputs, list(graph.weights.values()))
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)], producer_name="dateline")
    model.ir_version = 9
    return model


def measure(network: Network, inputs: list[tuple[Tensor, ...]], *, share: float = 0.5, tail: float = 0.99999) -> Ranges:
    """The range of what goes into each dense layer over sample batches; large columns are made smaller and their weights larger."""
    tops: dict[str, Tensor] = {}
    values: dict[str, list[Tensor]] = {}
    parts = {f"{n}.{kind}": getattr(layer, kind) for n, layer in enumerate(network.encoder.layers) for kind in ("qkv", "out", "inner", "outer")} | {
        "heads": network.tags
    }
    mask: list[Tensor] = []

    def watch(name: str) -> Any:
        def hook(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            x = given[0].detach()
            x = x[mask[-1].bool()] if name != "heads" else x.flatten(0, 1)
            high = x.abs().topk(max(len(x) // 1000, 1), dim=0).values[-1]
            tops[name] = torch.maximum(tops.get(name, torch.zeros(x.shape[1])), high)
            values.setdefault(name, []).append(x)

        return hook

    hooks = [part.register_forward_pre_hook(watch(name)) for name, part in parts.items()]
    with torch.no_grad():
        for batch in inputs:
            mask.append(batch[2])
            network(*batch)
    for hook in hooks:
        hook.remove()
    ranges: Ranges = {}
    for name, part in parts.items():
        weight = (
            part.weight.detach()
            if name != "heads"
            else torch.cat([network.tags.weight, network.below.weight, network.above.weight, network.governor.weight, network.dependent.weight]).detach()
        )
        column = weight.abs().amax(0).clamp(min=1e-5)
        factors = (tops[name].clamp(min=1e-5) ** share / column ** (1 - share)).clamp(min=1e-4)
        if name.endswith(".outer") or share == 0:
            factors = torch.ones_like(factors)
        factors = factors / factors.median()
        reached = (torch.cat(values[name]) / factors).abs().flatten()
        ranges[name] = (factors.numpy().astype(np.float64), float(reached.topk(max(int(len(reached) * (1 - tail)), 1)).values[-1]))
    return ranges


def samples(labels: Labels, count: int = 12) -> list[tuple[Tensor, ...]]:
    """Batches of training text to measure ranges on."""
    import random

    from dateline.language.pieces import Pieces
    from training import names_data
    from training.corpora import SHARED, treebank
    from training.learn import tensor
    from training.windows_data import Maker, batches, collate, packed

    rng = random.Random(5)
    maker = Maker(Pieces(MODEL / "tokenizer.json"), labels)
    documents = [d for n, d in treebank(SHARED / "train" / "ud_english_train.conllu") if rng.random() < 0.15] + [[rows] for rows in names_data.re3d()]
    windows = [maker.window(rows) for d in documents for rows in packed(d, rng)]
    groups = [collate(g) for g in batches(windows, 1200, rng)[:count]]
    return [tuple(tensor(a) for a in (b.ids, b.forms, b.mask, b.firsts, b.lasts)) for b in groups]


def write(network: Network, labels: Labels, folder: Path, version: str, graph: onnx.ModelProto) -> None:
    """Write the folder with its digests."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, folder / "graph.onnx")
    tokenizer = json.loads((MODEL / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    folder.joinpath("pieces.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    values = {
        "end": ["no", "yes"],
        "upos": labels.upos,
        "xpos": labels.xpos,
        "feats": labels.feats,
        "names": labels.names,
        **labels.own,
        "relations": labels.rels,
    }
    shown = {"form": 2, "version": version, "columns": COLUMNS, "labels": values}
    folder.joinpath("labels.json").write_text(json.dumps(shown, ensure_ascii=False, indent=0), encoding="utf-8")
    onnx.save(relations_graph(network), folder / "relations.onnx")
    for old in ("relations.npz",):
        (folder / old).unlink(missing_ok=True)
    seal(folder)


def seal(folder: Path) -> None:
    """List the digest of every file of the folder."""
    names = sorted(p.name for p in folder.iterdir() if p.is_file() and p.name != "digests.txt")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    folder.joinpath("digests.txt").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Read the options and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network")
    parser.add_argument("--out", default="src/dateline/data/model")
    parser.add_argument("--version", default="0")
    parser.add_argument("--float", action="store_true")
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--tail", type=float, default=0.99999)
    parser.add_argument("--most", type=int, default=63, help="largest weight: 63 never overflows the 16-bit sums of processors without VNNI")
    options = parser.parse_args()
    network, labels = load(Path(options.network))
    ranges = None if options.float else measure(network, samples(labels), share=options.share, tail=options.tail)
    write(network, labels, Path(options.out), options.version, build(network, ranges, most=options.most))
    card = Path("training/card.md")
    if card.is_file():
        shutil.copy(card, Path(options.out) / "card.md")
        seal(Path(options.out))


if __name__ == "__main__":
    main()
