"""The network: a small BERT encoder that sees capitals and line breaks, with word-level heads."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.language.pieces import FORMS

_POOL = 1 << 23
_pools: dict[float, Tensor] = {}


def drop(x: Tensor, share: float, *, training: bool) -> Tensor:
    """Dropout whose random numbers are drawn once and then read from a random place: a fifth faster training on a processor."""
    if not training or share <= 0:
        return x
    pool = _pools.get(share)
    if pool is None:
        pool = _pools[share] = (torch.rand(_POOL) >= share).to(torch.bfloat16) / (1 - share)
    size = x.numel()
    start = int(torch.randint(0, max(_POOL - size, 1), ()))
    kept = pool[start : start + size] if size <= _POOL else pool.repeat(size // _POOL + 1)[:size]
    return x * kept.view(x.shape).to(x.dtype)


WIDTH, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 512


class Layer(nn.Module):
    """One encoder layer as in BERT: attention, then two dense layers, each added to its input and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``mask`` is added to the attention scores: 0 where a piece stands, very low where padding does."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(2, 3) + mask.to(q.dtype)
        mixed = drop(scores.softmax(-1).to(v.dtype), self.dropout, training=self.training) @ v
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm1(x + drop(self.out(mixed), self.dropout, training=self.training))
        return self.norm2(x + drop(self.outer(F.gelu(self.inner(x))), self.dropout, training=self.training))


class Encoder(nn.Module):
    """The encoder: word pieces and their written forms in, one vector a word out."""

    def __init__(self, pieces: int, *, dropout: float = 0.1, word_dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.forms = nn.Embedding(FORMS, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout, self.word_dropout = dropout, word_dropout
        nn.init.zeros_(self.forms.weight)

    def forward(self, ids: Tensor, forms: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
        """The mean of the first and the last piece of each word after the last layer."""
        if self.training and self.word_dropout:
            lost = torch.rand(ids.shape) < self.word_dropout
            ids = torch.where(lost & (ids > 103), torch.full_like(ids, 103), ids)
        places = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.forms(forms) + self.positions(places)[None])
        x = drop(x, self.dropout, training=self.training)
        lowest = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, lowest)
        rows = torch.arange(ids.shape[0])[:, None]
        return (x[rows, firsts] + x[rows, lasts]) * 0.5


@dataclass(frozen=True)
class Read:
    """What the heads say of a batch of windows, word by word."""

    tags: Tensor
    """Scores of all word labels, one block of columns per head."""
    arcs: Tensor
    """Score of each word (last axis) as governor of each word; a word's own place is the root."""
    below: Tensor
    above: Tensor
    """Halves of the relation head: added for a dependent and its governor, then ``relations``."""


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(
        self,
        pieces: int,
        blocks: dict[str, int],
        relations: int,
        *,
        arc: int = 192,
        pair: int = 192,
        dropout: float = 0.1,
        word_dropout: float = 0.0,
        head_dropout: float = 0.25,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, dropout=dropout, word_dropout=word_dropout)
        self.blocks = dict(blocks)
        self.tags = nn.Linear(WIDTH, sum(blocks.values()))
        self.governor = nn.Linear(WIDTH, arc)
        self.dependent = nn.Linear(WIDTH, arc)
        self.bilinear = nn.Linear(arc, arc, bias=False)
        self.popular = nn.Linear(arc, 1, bias=False)
        self.root = nn.Linear(WIDTH, 1)
        self.below = nn.Linear(WIDTH, pair)
        self.above = nn.Linear(WIDTH, pair)
        self.relations = nn.Linear(pair, relations)
        self.head_dropout = head_dropout

    def forward(self, ids: Tensor, forms: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Read:
        """All scores of a batch."""
        words = drop(self.encoder(ids, forms, mask, firsts, lasts), self.head_dropout, training=self.training)
        governor = drop(F.gelu(self.governor(words)), self.head_dropout, training=self.training)
        dependent = drop(F.gelu(self.dependent(words)), self.head_dropout, training=self.training)
        arcs = self.bilinear(dependent) @ governor.transpose(1, 2) * governor.shape[-1] ** -0.5 + self.popular(governor).transpose(1, 2)
        own = torch.eye(arcs.shape[1])
        arcs = arcs * (1 - own) + own * self.root(words)
        return Read(self.tags(words), arcs, self.below(words), self.above(words))

    def related(self, below: Tensor, above: Tensor) -> Tensor:
        """Scores of the relations of dependents to the governors given beside them."""
        return self.relations(F.gelu(drop(below + above, self.head_dropout, training=self.training), approximate="tanh"))


def load_encoder(encoder: Encoder, weights: dict[str, Tensor]) -> None:
    """Take the weights of a BERT of the same size, by their usual names; token type 0 goes into the positions."""

    def dense(part: nn.Module, name: str) -> None:
        part.weight.data.copy_(weights[f"{name}.weight"])
        part.bias.data.copy_(weights[f"{name}.bias"])

    encoder.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
    encoder.positions.weight.data.copy_(weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0])
    dense(encoder.norm, "embeddings.LayerNorm")
    for n, layer in enumerate(encoder.layers):
        at = f"encoder.layer.{n}"
        parts = [f"{at}.attention.self.{x}" for x in ("query", "key", "value")]
        layer.qkv.weight.data.copy_(torch.cat([weights[f"{p}.weight"] for p in parts]))
        layer.qkv.bias.data.copy_(torch.cat([weights[f"{p}.bias"] for p in parts]))
        dense(layer.out, f"{at}.attention.output.dense")
        dense(layer.norm1, f"{at}.attention.output.LayerNorm")
        dense(layer.inner, f"{at}.intermediate.dense")
        dense(layer.outer, f"{at}.output.dense")
        dense(layer.norm2, f"{at}.output.LayerNorm")
