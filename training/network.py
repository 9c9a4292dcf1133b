"""The networks as torch sees them: MiniLM, which is shipped, MPNet, which teaches it, and a tagger on either.

In come word pieces with features (ondit.text.words), out come states, or the 7 + 49 scores a piece of a
linear chain (ondit.text.crf). Written out in full, in a few lines, so that training needs torch and
safetensors only; the tensors are those of sentence-transformers/all-MiniLM-L6-v2 and all-mpnet-base-v2.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ondit.text.crf import LABELS, transitions
from ondit.text.words import FEATURES

WIDTH, HEADS, VOCABULARY, POSITIONS = 384, 12, 30522, 512
N = len(LABELS)
_FAR = -1e4


class Layer(nn.Module):
    """One layer of BERT (post-norm, exact gelu); `mask` is added to the scores of attention."""

    def __init__(self, dropout: float, width: int = WIDTH, eps: float = 1e-12) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.mixed_norm = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, 4 * width)
        self.outer = nn.Linear(4 * width, width)
        self.outer_norm = nn.LayerNorm(width, eps=eps)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)
        if torch.onnx.is_in_onnx_export():
            attended = (q @ k.transpose(-1, -2) * (width // HEADS) ** -0.5).softmax(-1) @ v
        else:
            seen = None if mask is None else mask.to(q.dtype)
            attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        mixed = self.mixed(attended.transpose(1, 2).reshape(batch, length, width))
        x = self.mixed_norm(x + functional.dropout(mixed, self.dropout, self.training))
        outer = self.outer(functional.gelu(self.inner(x)))
        return self.outer_norm(x + functional.dropout(outer, self.dropout, self.training))


class Encoder(nn.Module):
    """MiniLM: embeddings (with a table of surface features, zero at first) and `layers` layers."""

    width = WIDTH

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.feature = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.feature.weight)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = dropout

    def forward(self, ids: Tensor, features: Tensor | None, lengths: Tensor | None) -> Tensor:
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind
        if features is not None:
            x = x + self.feature(features).sum(2)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        mask = None
        if lengths is not None:
            real = torch.arange(ids.shape[1])[None] < lengths[:, None]
            mask = (1.0 - real[:, None, None, :].to(x.dtype)) * _FAR
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load(self, weights: Path, keep: tuple[int, ...]) -> None:
        """Take the tensors of a safetensors file; layer i becomes the file's layer `keep[i]`."""
        tensors = load_file(weights)
        with torch.no_grad():
            self.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(tensors["embeddings.position_embeddings.weight"])
            self.kind.copy_(tensors["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
            for layer, number in zip(self.layers, keep, strict=True):
                _load_layer(layer, tensors, f"encoder.layer.{number}.", _BERT)


_BERT = {
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "mixed": ("attention.output.dense",),
    "mixed_norm": ("attention.output.LayerNorm",),
    "inner": ("intermediate.dense",),
    "outer": ("output.dense",),
    "outer_norm": ("output.LayerNorm",),
}
"""Where the tensors of a layer stand in a file of BERT's."""
_MPNET = _BERT | {
    "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "mixed": ("attention.attn.o",),
    "mixed_norm": ("attention.LayerNorm",),
}


def _load_layer(
    layer: nn.Module, tensors: dict[str, Tensor], prefix: str, names: dict[str, tuple[str, ...]]
) -> None:
    for ours, theirs in names.items():
        for end in ("weight", "bias"):
            found = torch.cat([tensors[f"{prefix}{name}.{end}"] for name in theirs])
            layer.get_parameter(f"{ours}.{end}").copy_(found)


class MPNet(nn.Module):
    """MPNet (Song et al. 2020), 12 layers of 768: relative positions, and a vocabulary that is BERT's four
    numbers on.

    With surface features the lowest `COLD` layers stay as they are, and the features are added behind them.
    """

    width = 768
    COLD = 4
    _BUCKETS, _FARTHEST, _LAYERS = 32, 128, 12
    _OF_BERT = ((0, 1), (100, 3), (101, 0), (102, 2))
    """Numbers of [PAD], [UNK], [CLS] and [SEP] in BERT and here."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY + 5, self.width)
        self.position = nn.Embedding(POSITIONS + 2, self.width)
        self.kind = nn.Parameter(torch.zeros(self.width))
        self.norm = nn.LayerNorm(self.width, eps=1e-5)
        self.feature = nn.Embedding(FEATURES, self.width)
        nn.init.zeros_(self.feature.weight)
        self.bias = nn.Embedding(self._BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer(dropout, self.width, 1e-5) for _ in range(self._LAYERS))
        self.dropout = dropout

    def forward(self, ids: Tensor, features: Tensor | None, lengths: Tensor | None) -> Tensor:
        own = ids + 4
        for theirs, ours in self._OF_BERT:
            own = torch.where(ids == theirs, ours, own)
        x = self.norm(self.word(own) + self.position.weight[2 : 2 + ids.shape[1]] + self.kind)
        x = functional.dropout(x, self.dropout, self.training)
        mask = self._near(ids.shape[1])
        if lengths is not None:
            real = torch.arange(ids.shape[1])[None] < lengths[:, None]
            mask = mask + (1.0 - real[:, None, None, :].float()) * _FAR
        for number, layer in enumerate(self.layers):
            if number == self.COLD and features is not None:
                x = x.detach() + self.feature(features).sum(2).to(x.dtype)
            x = layer(x, mask)
        return x

    def _near(self, length: int) -> Tensor:
        """What the distance of two pieces adds to attention, [1, heads, length, length]."""
        half, exact = self._BUCKETS // 2, self._BUCKETS // 4
        at = torch.arange(length)
        away = at[:, None] - at[None]
        far = (away.abs().clamp(min=1) / exact).log() / math.log(self._FARTHEST / exact) * (half - exact)
        bucket = torch.where(away.abs() < exact, away.abs(), (exact + far.long()).clamp(max=half - 1))
        return self.bias(bucket + (away < 0) * half).permute(2, 0, 1)[None]

    def load(self, weights: Path) -> None:
        """Take the tensors of a safetensors file."""
        tensors = load_file(weights)
        with torch.no_grad():
            self.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(tensors["embeddings.position_embeddings.weight"])
            self.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
            self.bias.weight.copy_(tensors["encoder.relative_attention_bias.weight"])
            for number, layer in enumerate(self.layers):
                _load_layer(layer, tensors, f"encoder.layer.{number}.", _MPNET)


class Tagger(nn.Module):
    """Scores for a chain over words: 7 for the label of a word, 49 for it with the label before."""

    def __init__(self, encoder: Encoder | MPNet, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.emission = nn.Linear(encoder.width, N)
        self.pair = nn.Linear(encoder.width, N * N)
        self.static = nn.Parameter(torch.zeros(N * N))
        nn.init.normal_(self.emission.weight, std=0.02)
        for tensor in (self.emission.bias, self.pair.weight, self.pair.bias):
            nn.init.zeros_(tensor)
        self.dropout = dropout

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """[1, pieces, 56]: what the run time calls (one text at a time, so nothing is padded)."""
        return self.scores(self.encoder(ids, features, None))

    def scores(self, states: Tensor) -> Tensor:
        """[b, pieces, 56]: 7 emissions and 49 pair scores from states [b, pieces, width]."""
        return torch.cat([self.emission(states), self.pair(states) + self.static], -1)

    def words(self, ids: Tensor, features: Tensor, lengths: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
        """Emissions [b, words, 7] and legal pair scores [b, words, 7, 7] at the pieces `at`."""
        x = self.encoder(ids, features, lengths)
        x = torch.gather(x, 1, at[:, :, None].expand(-1, -1, x.shape[2]))
        x = functional.dropout(x, self.dropout, self.training)
        pairs = (self.pair(x) + self.static).view(*x.shape[:2], N, N)
        return self.emission(x), pairs + torch.from_numpy(transitions())


def chain_loss(emissions: Tensor, pairs: Tensor, labels: Tensor, real: Tensor) -> Tensor:
    """Negative log-likelihood of the labels per word, the start of a window free."""
    gold = emissions.gather(2, labels[:, :, None]).squeeze(2)
    steps = pairs.flatten(2)[:, 1:].gather(2, (labels[:, :-1] * N + labels[:, 1:])[:, :, None]).squeeze(2)
    score = (gold * real).sum(1) + (steps * real[:, 1:]).sum(1)
    return (_partition(emissions, pairs, real) - score).sum() / real.sum()


def soft_chain_loss(emissions: Tensor, pairs: Tensor, soft: tuple[Tensor, Tensor], real: Tensor) -> Tensor:
    """Cross-entropy to expected labels [b, w, 7] and expected pairs of labels [b, w, 49], per word."""
    nodes, jumps = soft
    legal = torch.from_numpy(transitions() == 0).flatten()
    gold = (emissions * nodes).sum(2)
    steps = torch.where(legal, pairs.flatten(2) * jumps, 0.0).sum(2)[:, 1:]
    score = (gold * real).sum(1) + (steps * real[:, 1:]).sum(1)
    return (_partition(emissions, pairs, real) - score).sum() / real.sum()


def _partition(emissions: Tensor, pairs: Tensor, real: Tensor) -> Tensor:
    forward = emissions[:, 0]
    joint = (emissions[:, :, None] + pairs).unbind(1)
    on = real.bool()[:, :, None].unbind(1)
    for t in range(1, len(joint)):
        forward = torch.where(on[t], torch.logsumexp(forward[:, :, None] + joint[t], 1), forward)
    return torch.logsumexp(forward, 1)
