"""Teaches the sentence encoder which statements of one event say the same claim.

    vectors.py --minilm model.safetensors --claims training/claims --stories training/stories --out FOLDER

Supervised contrastive learning (Khosla et al. 2020) from our own writing only: groups of statements that one
careful editor would count as one claim (a claim and its denial are one), against the other claims of the
same event, which differ by a number, an actor, a cause or a time. Deterministic: one thread, one seed.
Writes `sentences.safetensors`; sentences.py exports it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from network import Encoder
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

Group = list[tuple[str, int]]
"""The statements of one event with the number of the claim that each says."""

HEAT = 0.07
EPOCHS = 6
RATE = 4e-5
LONGEST = 64
CLS, SEP = 101, 102


def events(claims: Path, stories: Path) -> list[Group]:
    """Every event: mini-stories of `claims/*.jsonl`, and the gold mentions of `stories/*/story.json`."""
    groups: list[Group] = []
    for file in sorted(claims.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            rows = json.loads(line)["claims"]
            groups.append(
                [
                    (s, n)
                    for n, row in enumerate(rows)
                    for s in [row["claim"], *row["affirm"], *row.get("deny", [])]
                ]
            )
    for file in sorted(stories.glob("*/story.json")):
        story = json.loads(file.read_text(encoding="utf-8"))
        group = [(c["text"], n) for n, c in enumerate(story["claims"])]
        group += [(m["quote"], n) for n, c in enumerate(story["claims"]) for m in c["mentions"]]
        groups.append(group)
    return groups


def batches(groups: list[Group], rng: random.Random) -> Iterator[Group]:
    """Two events a batch, claims numbered apart, in random order, at most 120 statements."""
    order = list(groups)
    rng.shuffle(order)
    for at in range(0, len(order) - 1, 2):
        one, two = order[at], order[at + 1]
        batch = [(s, n) for s, n in one] + [(s, n + 1000) for s, n in two]
        rng.shuffle(batch)
        yield batch[:120]


def encode(net: Encoder, pieces: list[list[int]]) -> Tensor:
    """Unit vectors, [texts, 384]: the mean of the piece states."""
    length = max(len(p) for p in pieces)
    ids = torch.zeros(len(pieces), length, dtype=torch.long)
    sizes = torch.tensor([len(p) for p in pieces])
    for row, piece in enumerate(pieces):
        ids[row, : len(piece)] = torch.tensor(piece)
    states = net(ids, None, sizes)
    real = (torch.arange(length)[None] < sizes[:, None]).unsqueeze(-1)
    return functional.normalize((states * real).sum(1) / sizes[:, None], dim=-1)


def loss(vectors: Tensor, labels: Tensor) -> Tensor:
    """Supervised contrastive loss: for every statement the mean over those of its claim."""
    scores = vectors @ vectors.T / HEAT
    same = labels[:, None] == labels[None]
    self_ = torch.eye(len(labels), dtype=torch.bool)
    scores = scores.masked_fill(self_, -1e4)
    chance = scores - torch.logsumexp(scores, 1, keepdim=True)
    partners = same & ~self_
    kept = partners.any(1)
    return -((chance * partners).sum(1)[kept] / partners.sum(1)[kept]).mean()


def train(args: argparse.Namespace) -> Encoder:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rng = random.Random(0)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    groups = events(args.claims, args.stories)
    net = Encoder(6, 0.1)
    net.load(args.minilm, tuple(range(6)))
    for fixed in (net.word.weight, net.position.weight, net.feature.weight):
        fixed.requires_grad = False
    weights = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=args.rate, weight_decay=0.01)
    total = args.epochs * (len(groups) // 2)
    step = 0
    net.train()
    for epoch in range(args.epochs):
        seen = 0.0
        for batch in batches(groups, rng):
            pieces = [
                [CLS, *tokenizer.encode(s, add_special_tokens=False).ids[: LONGEST - 2], SEP]
                for s, _ in batch
            ]
            value = loss(encode(net, pieces), torch.tensor([n for _, n in batch]))
            for group in optimizer.param_groups:
                group["lr"] = args.rate * min(1.0, (step + 1) / 10) * (1 - step / total)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            step += 1
            seen += float(value)
        print(f"epoch {epoch + 1}: loss {seen / max(1, len(groups) // 2):.3f}", flush=True)
    return net.eval()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, default=Path("src/ondit/weights/en/tokenizer.json"))
    parser.add_argument("--claims", type=Path, default=Path("training/claims"))
    parser.add_argument("--stories", type=Path, default=Path("training/stories"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    net = train(args)
    args.out.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in net.state_dict().items()}, args.out / "sentences.safetensors")


if __name__ == "__main__":
    main()
