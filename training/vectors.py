"""Teaches the sentence encoder which statements of one event say the same claim.

    vectors.py --minilm model.safetensors --storysets STORYSETS --out FOLDER

Supervised contrastive learning (Khosla et al. 2020) on statements of real news that were aligned by hand and
on mini-stories of our own (`aligned.py`): one batch is one event, so that what has to be told apart is the
other facts of the same event, in the same words, and not another topic. A claim and its denial are one claim.
The annotated stories are left to `alignment.py`, which weighs these vectors against other evidence and must
see them as they are on stories that they have not learnt. Deterministic: one thread, one seed. Writes
`sentences.safetensors` after every epoch; sentences.py exports it.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
from aligned import Event, of_briefs, of_news, of_our_own
from network import Encoder, MPNet
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

HEAT = 0.07
EPOCHS = 4
RATE = 5e-5
LONGEST = 64
BATCH = 24
"""Statements that go through the encoder at once, of like length."""
CLS, SEP = 101, 102
_FAR = -1e4


def encode(net: Encoder | MPNet, pieces: list[list[int]]) -> Tensor:
    """Unit vectors, [texts, width]: the mean of the piece states."""
    order = sorted(range(len(pieces)), key=lambda i: (len(pieces[i]), i))
    rows: dict[int, Tensor] = {}
    for at in range(0, len(order), BATCH):
        some = order[at : at + BATCH]
        vectors = _encode(net, [pieces[i] for i in some])
        rows |= dict(zip(some, vectors, strict=True))
    return torch.stack([rows[i] for i in range(len(pieces))])


def _encode(net: Encoder | MPNet, pieces: list[list[int]]) -> Tensor:
    length = max(len(p) for p in pieces)
    ids = torch.tensor([p + [0] * (length - len(p)) for p in pieces])
    sizes = torch.tensor([len(p) for p in pieces])
    states = net(ids, None, sizes).float()
    real = (torch.arange(length)[None] < sizes[:, None]).unsqueeze(-1)
    return functional.normalize((states * real).sum(1) / sizes[:, None], dim=-1)


def loss(vectors: Tensor, same: Tensor, known: Tensor) -> Tensor:
    """Supervised contrastive loss: for every statement the mean over those of its claims, against all others
    of which it is `known` whether they say the same (both [statements, statements], no diagonal)."""
    scores = (vectors @ vectors.T / HEAT).masked_fill(~known, _FAR)
    chance = scores - torch.logsumexp(scores, 1, keepdim=True)
    partners = same & known
    kept = partners.any(1)
    return -((chance * partners).sum(1)[kept] / partners.sum(1)[kept]).mean()


def pairs(event: Event) -> tuple[Tensor, Tensor]:
    """Which pairs of statements say the same, and of which that is known."""
    size = len(event.statements)
    same = torch.tensor([[event.same(i, j) for j in range(size)] for i in range(size)])
    known = ~torch.eye(size, dtype=torch.bool)
    for i, j in event.unsure:
        known[i, j] = known[j, i] = False
    return same, known


def open_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Descent:
    """AdamW over all of a network but its embeddings; takes one step for each loss that it is given."""

    def __init__(self, net: Encoder | MPNet) -> None:
        for fixed in (net.word.weight, net.position.weight, net.feature.weight):
            fixed.requires_grad = False
        self.weights = [p for p in net.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.weights, weight_decay=0.01)

    def step(self, value: Tensor, rate: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()


def keep(net: Encoder | MPNet, out: Path) -> None:
    """Write `sentences.safetensors` in the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    state = {name: tensor.contiguous() for name, tensor in net.state_dict().items()}
    save_file(state, out / "sentences.safetensors")


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    tokenizer = open_tokenizer(args.tokenizer)
    events = [*of_news(args.aligned, args.storysets), *of_our_own(args.claims, args.stories)]
    events += of_briefs(args.briefs) if args.briefs is not None else ()
    net = MPNet(0.1) if args.mpnet else Encoder(6, 0.1)
    if isinstance(net, MPNet):
        net.load(args.mpnet)
    else:
        net.load(args.minilm, tuple(range(6)))
    if args.start is not None:
        net.load_state_dict(load_file(args.start))
    descent = Descent(net)
    total, step = args.epochs * len(events), 0
    net.train()
    for epoch in range(args.epochs):
        rng.shuffle(events)
        seen = 0.0
        for event in events:
            same, known = pairs(event)
            if not (same & known).any():
                continue
            pieces = [
                [CLS, *tokenizer.encode(s, add_special_tokens=False).ids[: LONGEST - 2], SEP]
                for s in event.statements
            ]
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                vectors = encode(net, pieces)
            value = loss(vectors, same, known)
            descent.step(value, args.rate * min(1.0, (step + 1) / 20) * (1 - step / total))
            step += 1
            seen += value.item()
        print(f"epoch {epoch + 1}: loss {seen / len(events):.3f}", flush=True)
        keep(net, args.out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    encoder = parser.add_mutually_exclusive_group(required=True)
    encoder.add_argument("--minilm", type=Path, help="model.safetensors of all-MiniLM-L6-v2")
    encoder.add_argument("--mpnet", type=Path, help="that of all-mpnet-base-v2: a teacher for taught.py")
    parser.add_argument("--start", type=Path, help="sentences.safetensors to go on from")
    parser.add_argument("--storysets", type=Path, required=True, help="folder of the texts of BASIL and ECB+")
    parser.add_argument("--tokenizer", type=Path, default=Path("src/ondit/weights/en/tokenizer.json"))
    parser.add_argument("--aligned", type=Path, default=Path("training/aligned"))
    parser.add_argument("--claims", type=Path, default=Path("training/claims"))
    parser.add_argument("--briefs", type=Path, help="short stories to learn from too")
    parser.add_argument("--stories", type=Path, help="annotated stories to learn from too: see above")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--bf16", action="store_true", help="faster, with AVX512-BF16")
    parser.add_argument("--out", type=Path, required=True)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
