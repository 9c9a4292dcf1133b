"""The tagger as torch sees it: a MiniLM encoder with surface features, and the scores of a linear chain.

In come word pieces with features (ondit.text.words), out come 7 + 49 scores a piece (ondit.text.crf). Written
out in full, in a few lines, so that training needs torch and safetensors only; its tensors are those of
sentence-transformers/all-MiniLM-L6-v2.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ondit.text.crf import LABELS, transitions
from ondit.text.words import FEATURES

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
N = len(LABELS)
_FAR = -1e4


class Layer(nn.Module):
    """One layer of BERT (post-norm, exact gelu)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)
        if torch.onnx.is_in_onnx_export():
            attended = (q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5).softmax(-1) @ v
        else:
            attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = self.mixed(attended.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.mixed_norm(x + functional.dropout(mixed, self.dropout, self.training))
        outer = self.outer(functional.gelu(self.inner(x)))
        return self.outer_norm(x + functional.dropout(outer, self.dropout, self.training))


class Encoder(nn.Module):
    """MiniLM: embeddings (with a table of surface features, zero at first) and `layers` layers."""

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
                _load_layer(layer, tensors, f"encoder.layer.{number}.")


def _load_layer(layer: nn.Module, tensors: dict[str, Tensor], prefix: str) -> None:
    for end in ("weight", "bias"):
        three = [tensors[f"{prefix}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
        layer.get_parameter(f"qkv.{end}").copy_(torch.cat(three))
        for ours, theirs in (
            ("mixed", "attention.output.dense"),
            ("mixed_norm", "attention.output.LayerNorm"),
            ("inner", "intermediate.dense"),
            ("outer", "output.dense"),
            ("outer_norm", "output.LayerNorm"),
        ):
            layer.get_parameter(f"{ours}.{end}").copy_(tensors[f"{prefix}{theirs}.{end}"])


class Tagger(nn.Module):
    """Scores for a chain over words: 7 for the label of a word, 49 for it with the label before."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.emission = nn.Linear(WIDTH, N)
        self.pair = nn.Linear(WIDTH, N * N)
        self.static = nn.Parameter(torch.zeros(N * N))
        nn.init.normal_(self.emission.weight, std=0.02)
        for tensor in (self.emission.bias, self.pair.weight, self.pair.bias):
            nn.init.zeros_(tensor)
        self.dropout = dropout

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """[1, pieces, 56]: what the run time calls (one text at a time, so nothing is padded)."""
        x = self.encoder(ids, features, None)
        return torch.cat([self.emission(x), self.pair(x) + self.static], -1)

    def words(self, ids: Tensor, features: Tensor, lengths: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
        """Emissions [b, words, 7] and legal pair scores [b, words, 7, 7] at the pieces `at`."""
        x = self.encoder(ids, features, lengths)
        x = torch.gather(x, 1, at[:, :, None].expand(-1, -1, WIDTH))
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
