"""Makes weights/en/attribution.onnx: a MiniLM encoder fine-tuned to tag sources, cues and contents.

    attribution.py train  --run RUNS/a --seed 1 --articles train.jsonl.gz --minilm model.safetensors
    attribution.py export --run RUNS/a --weights WEIGHTS            # int8; then linker.py
    attribution.py teach  --run RUNS/a --out a.npz --articles ... [--unlabelled more.jsonl]
    attribution.py train  --run RUNS/s --teachers a.npz b.npz ...   # a student of several
    attribution.py average --run RUNS/m --of RUNS/s RUNS/t RUNS/t   # one network from runs that are near

Each step is deterministic for its arguments (on one kind of machine) and resumes from its last checkpoint.
Windows and features come from `ondit.text.words`, so training and run time cannot differ. Two processes of
one thread each average their gradients: on a shared machine that is faster than two threads. bfloat16 where
the processor has it doubles the speed.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import own
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from export import write
from labelled import Example, annotate, articles, batches, examples, masked, split
from manifest import record
from network import Encoder as MiniLM
from network import MPNet, N, Tagger, chain_loss, soft_chain_loss
from torch import Tensor

from ondit.reading.nesting import as_sentence, unquoted
from ondit.reading.tagging import WEIGHTS
from ondit.reading.tagging import Tagger as ReadingTagger
from ondit.records import Span
from ondit.text.crf import Scores, transitions
from ondit.text.encoder import Encoder
from ondit.text.sentences import sentences
from ondit.text.words import EDGE, Window, paragraphs

SIZE = 192
"""Pieces of a training window."""
CLIP, WARM_UP, CHECKPOINT = 1.0, 100, 150
HELD_OUT = 60
CONTENT = 6
"""Words of a sentence of a content from which a student reads it by itself."""


@dataclass(frozen=True)
class Batch:
    """Padded rows. `soft` holds, where teachers spoke, expected labels [b, w, 7] and pairs [b, w, 7, 7]."""

    ids: Tensor
    features: Tensor
    lengths: Tensor
    at: Tensor
    labels: Tensor
    real: Tensor
    pieces: int
    soft: tuple[Tensor, Tensor] | None = None


def collate(found: Sequence[Example], mask: float, chance: random.Random, lore: Lore | None) -> Batch:
    """Examples as tensors."""
    width = max(len(e.window.ids) for e in found)
    words = max(len(e.labels) for e in found)
    ids = torch.zeros(len(found), width, dtype=torch.long)
    features = torch.tensor(EDGE).repeat(len(found), width, 1)
    at = torch.zeros(len(found), words, dtype=torch.long)
    labels, real = torch.zeros_like(at), torch.zeros(len(found), words)
    for row, example in enumerate(found):
        length, count = len(example.window.ids), len(example.labels)
        begins = [unit.at for unit in example.window.units]
        plain = [unit.at for unit in example.window.units if unit.word >= 0]
        ids[row, :length] = torch.tensor(masked(example.window.ids, plain, mask, chance))
        features[row, :length] = torch.tensor(example.window.features)
        at[row, :count] = torch.tensor(begins)
        labels[row, :count] = torch.tensor(example.labels)
        real[row, :count] = 1
    lengths = torch.tensor([len(e.window.ids) for e in found])
    soft = None if lore is None else lore.targets(found, words)
    return Batch(ids, features, lengths, at, labels, real, int(lengths.sum()), soft)


# -------------------------------------------------------------------- teachers


class Lore:
    """What teachers believe of the words of articles: probabilities of labels, and of pairs of labels.

    One npz a teacher, as `teach` writes it: `nodes` [words, 7] and `pairs` [words, 49] in the order of the
    text, and `begins`, rows of (article, paragraph, first row). Articles from number `gold` on have no gold
    labels; in the others `weight` is the teachers' share.
    """

    def __init__(self, paths: Sequence[Path], weight: float, gold: int) -> None:
        loaded = [np.load(path) for path in paths]
        self.weight, self.gold = weight, gold
        self.nodes = np.mean([each["nodes"].astype(np.float32) for each in loaded], axis=0)
        self.pairs = np.mean([each["pairs"].astype(np.float32) for each in loaded], axis=0)
        self.begin = {(a, p): b for a, p, b in loaded[0]["begins"].tolist()}

    def targets(self, found: Sequence[Example], words: int) -> tuple[Tensor, Tensor]:
        """Expected labels and pairs of labels: gold and belief mixed; gold alone where no teacher read."""
        nodes = np.zeros((len(found), words, N), np.float32)
        pairs = np.zeros((len(found), words, N * N), np.float32)
        for row, example in enumerate(found):
            gold, places = np.array(example.labels), np.array(example.words)
            count = np.arange(len(gold))
            begins = [self.begin.get((a, p), -1) for a, p, _ in example.words]
            at = np.where(np.array(begins) < 0, -1, np.array(begins) + places[:, 2])
            share = np.where(at < 0, 0.0, np.where(places[:, 0] < self.gold, self.weight, 1.0))[:, None]
            hard, jump = np.zeros((len(gold), N)), np.zeros((len(gold), N * N))
            hard[count, gold] = 1
            jump[count, np.concatenate([[0], gold[:-1]]) * N + gold] = 1
            nodes[row, : len(gold)] = (1 - share) * hard + share * self.nodes[at]
            pairs[row, : len(gold)] = (1 - share) * jump + share * self.pairs[at]
            for marker in np.flatnonzero(places[:, 2] < 0):
                pairs[row, marker] = 0
                pairs[row, marker, ::N] = nodes[row, marker - 1]
        return torch.from_numpy(nodes), torch.from_numpy(pairs)


def beliefs(chain: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Probabilities of labels [w, 7] and of pairs into each word [w, 49] of one chain, from its scores."""
    emissions = torch.from_numpy(chain[:, :N].copy())
    pairs = torch.from_numpy(chain[:, N:].reshape(-1, N, N) + transitions())
    emissions.requires_grad_(True)
    pairs.requires_grad_(True)
    forward = emissions[0] + pairs[0, 0]
    for t in range(1, len(chain)):
        forward = torch.logsumexp(forward[:, None] + pairs[t], 0) + emissions[t]
    nodes, steps = torch.autograd.grad(torch.logsumexp(forward, 0), [emissions, pairs])
    return nodes.numpy(), steps.reshape(-1, N * N).numpy()


class Teacher(ReadingTagger):
    """A finished run that reads as at run time, in full precision or bfloat16."""

    def __init__(self, net: Tagger, bf16: bool) -> None:
        super().__init__(Encoder())
        self._net, self._bf16 = net.eval(), bf16

    def _run(self, window: Window) -> Scores:
        ids, features = torch.tensor([window.ids]), torch.tensor([window.features])
        with torch.inference_mode():
            with torch.autocast("cpu", torch.bfloat16) if self._bf16 else nullcontext():
                states = self._net.encoder(ids, features, None)
            return self._net.scores(states.float())[0].numpy()


def teach(args: argparse.Namespace) -> None:
    """Write what a run believes of all articles and of the news that nobody annotated."""
    gold = training_articles(args.articles)
    begin = len(gold) + (len(own.rows(args.own)) if args.own is not None else 0)
    rows = [*enumerate(gold), *enumerate(further(args), begin)]
    tagger = Teacher(network(args, args.run), args.bf16)
    nodes, pairs, begins, row = [], [], [], 0
    for number, article in rows:
        paras = paragraphs(article["text"], tagger.encoder.pieces(article["text"]))
        for paragraph, chain in enumerate(tagger.scores(paras)):
            believed = beliefs(chain)
            nodes.append(believed[0].astype(np.float16))
            pairs.append(believed[1].astype(np.float16))
            begins.append((number, paragraph, row))
            row += len(chain)
    np.savez(args.out, nodes=np.concatenate(nodes), pairs=np.concatenate(pairs), begins=np.array(begins))


# -------------------------------------------------------------------- training


def training_articles(path: Path) -> list[dict[str, Any]]:
    """The articles to train on."""
    return split(articles(path), HELD_OUT)[0]


def unlabelled(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Articles without annotation, for students only."""
    return [{"text": row["text"]} for path in paths for row in articles(path)]


def further(args: argparse.Namespace) -> list[dict[str, Any]]:
    """What students read without annotation: more news, and the contents of the articles, each sentence of
    them as nesting reads it."""
    rows = unlabelled(args.unlabelled)
    if args.contents:
        told = (
            as_sentence(unquoted(article["text"][sentence.start : sentence.end]))[0]
            for article in training_articles(args.articles)
            for attribution in article["attributions"]
            for start, end in attribution["content"]
            for sentence in sentences(article["text"], Span(start, end))
        )
        rows += [{"text": text} for text in dict.fromkeys(told) if len(text.split()) >= CONTENT]
    return rows


def network(args: argparse.Namespace, run: Path | None = None) -> Tagger:
    """A network with the pretrained weights, or those of a finished run."""
    encoder = MPNet(args.dropout) if args.mpnet else MiniLM(args.layers, args.dropout)
    net = Tagger(encoder, args.dropout)
    if run is not None:
        net.load_state_dict(torch.load(run / "weights.pt"))
    elif isinstance(encoder, MPNet):
        encoder.load(args.mpnet)
    else:
        encoder.load(args.minilm, KEPT_LAYERS[args.layers])
    if args.start is not None and run is None:
        start = torch.load(args.start / "weights.pt")
        if isinstance(encoder, MPNet):
            net.load_state_dict(start)
            return net
        kept = {
            f"encoder.layers.{old}.": f"encoder.layers.{new}."
            for new, old in enumerate(KEPT_LAYERS[args.layers])
        }
        net.load_state_dict(renamed(start, kept))
    return net


def renamed(state: dict[str, Tensor], kept: dict[str, str]) -> dict[str, Tensor]:
    """The tensors of a deeper network that a shallower one keeps, by its names."""
    out = {}
    for name, tensor in state.items():
        layer = next((old for old in kept if name.startswith(old)), None)
        if layer is not None:
            out[kept[layer] + name[len(layer) :]] = tensor
        elif not name.startswith("encoder.layers."):
            out[name] = tensor
    return out


KEPT_LAYERS = {6: (0, 1, 2, 3, 4, 5), 4: (0, 2, 3, 5), 3: (0, 2, 5)}


def optimiser(net: Tagger, rate: float, decay: float) -> torch.optim.Optimizer:
    """AdamW, slower for lower layers; word and position embeddings stay as they are, and what lies under the
    features of an MPNet."""
    net.encoder.word.weight.requires_grad_(False)
    net.encoder.position.weight.requires_grad_(False)
    depth = len(net.encoder.layers)
    cold = 0
    if isinstance(net.encoder, MPNet):
        cold = net.encoder.COLD
        for frozen in (net.encoder.bias, net.encoder.norm, *net.encoder.layers[:cold]):
            frozen.requires_grad_(False)
        net.encoder.kind.requires_grad_(False)
    groups: list[dict[str, Any]] = []
    for number, layer in enumerate(net.encoder.layers[cold:], cold):
        scale = rate * decay ** (depth - 1 - number)
        for matrix, weight_decay in ((True, 0.01), (False, 0.0)):
            params = [p for p in layer.parameters() if (p.dim() > 1) == matrix]
            groups.append({"params": params, "lr": scale, "weight_decay": weight_decay})
    for params, scale in (
        ([net.encoder.kind, *net.encoder.norm.parameters()], rate * decay**depth),
        ([net.encoder.feature.weight], rate * 3),
        ([*net.emission.parameters(), *net.pair.parameters(), net.static], rate * 5),
    ):
        groups.append({"params": params, "lr": scale, "weight_decay": 0.0})
    for group in groups:
        group["base"] = group["lr"]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def epoch(args: argparse.Namespace, encoder: Encoder, number: int) -> list[list[Example]]:
    """The batches of one epoch, the same for every process; a whole number for each."""
    chance = random.Random(f"{args.seed}.{number}")
    gold = [annotate(article) for article in training_articles(args.articles)]
    if args.own is not None:
        gold += [annotate(row) for row in own.rows(args.own)] * (1 if args.teachers else args.repeat)
    found = examples(encoder, gold, SIZE, chance, varied=args.vary)
    if args.teachers:
        rest = [annotate(article) for article in further(args)]
        for example in examples(encoder, rest, SIZE, chance, varied=False):
            words = [(a + len(gold) if a >= 0 else a, p, w) for a, p, w in example.words]
            found.append(Example(example.window, example.labels, words))
    out = batches(found, args.pieces, chance)
    return out[: len(out) // args.processes * args.processes]


def loss_of(net: Tagger, batch: Batch, bf16: bool) -> Tensor:
    """Loss of one batch: gold labels, or what teachers expect."""
    with torch.autocast("cpu", torch.bfloat16) if bf16 else nullcontext():
        emissions, pairs = net.words(batch.ids, batch.features, batch.lengths, batch.at)
    emissions, pairs = emissions.float(), pairs.float()
    if batch.soft is None:
        return chain_loss(emissions, pairs, batch.labels, batch.real)
    return soft_chain_loss(emissions, pairs, batch.soft, batch.real)


def average_gradients(params: Sequence[Tensor], processes: int) -> None:
    """Gradients summed over processes in one message."""
    flat = torch.cat([p.grad.view(-1) for p in params if p.grad is not None])
    dist.all_reduce(flat)
    at = 0
    for p in params:
        assert p.grad is not None
        p.grad.copy_(flat[at : at + p.numel()].view_as(p)).div_(processes)
        at += p.numel()


def steps(
    args: argparse.Namespace, encoder: Encoder, begin: tuple[int, int]
) -> Iterator[tuple[int, int, float, list[list[Example]]]]:
    """(epoch, index, progress 0..1, one batch a process) from where a run stopped."""
    for number in range(begin[0], args.epochs):
        found = epoch(args, encoder, number)
        rounds = len(found) // args.processes
        for index in range(begin[1] if number == begin[0] else 0, rounds):
            progress = (number + index / rounds) / args.epochs
            yield number, index, progress, found[index * args.processes : (index + 1) * args.processes]


def work(rank: int, args: argparse.Namespace, meeting: str) -> None:
    """One process of a training run."""
    os.nice(args.nice)
    torch.set_num_threads(1)
    if args.processes > 1:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=args.processes)
    torch.manual_seed(args.seed)
    net, step, begin = network(args), 0, (0, 0)
    opt = optimiser(net, args.rate, args.decay)
    saved = args.run / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, weights_only=False)
        net.load_state_dict(state["net"])
        opt.load_state_dict(state["opt"])
        step, begin = state["step"], state["begin"]
    params = [p for group in opt.param_groups for p in group["params"] if p.requires_grad]
    lore = Lore(args.teachers, args.trust, args.gold) if args.teachers else None
    net.train()
    since, total = time.monotonic(), 0.0
    for number, index, progress, share in steps(args, Encoder(), begin):
        chance = random.Random(f"{args.seed}.{number}.{index}.{rank}")
        batch = collate(share[rank], args.mask, chance, lore)
        torch.manual_seed(args.seed * 1_000_003 + step * 8 + rank)
        for group in opt.param_groups:
            group["lr"] = group["base"] * min(1.0, (step + 1) / WARM_UP) * max(1 - progress, 0.02)
        opt.zero_grad(set_to_none=True)
        loss = loss_of(net, batch, args.bf16)
        loss.backward()
        if args.processes > 1:
            average_gradients(params, args.processes)
        torch.nn.utils.clip_grad_norm_(params, CLIP)
        opt.step()
        step, total = step + 1, total + loss.item()
        if rank == 0 and step % 50 == 0:
            spent = time.monotonic() - since
            print(
                f"epoch {number} {progress:.3f} step {step} loss {total / 50:.4f} {spent:.0f} s", flush=True
            )
            total = 0.0
        if rank == 0 and step % CHECKPOINT == 0:
            keep(
                saved,
                {
                    "net": net.state_dict(),
                    "opt": opt.state_dict(),
                    "step": step,
                    "begin": (number, index + 1),
                },
            )
    if rank == 0:
        keep(args.run / "weights.pt", net.state_dict())


def keep(path: Path, state: Any) -> None:
    """Write a file so that it is whole or not there."""
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def train(args: argparse.Namespace) -> None:
    """Train a tagger; a finished run is left alone."""
    args.run.mkdir(parents=True, exist_ok=True)
    if (args.run / "weights.pt").exists():
        return
    args.gold = len(training_articles(args.articles))
    with tempfile.TemporaryDirectory() as folder:
        if args.processes > 1:
            mp.spawn(work, (args, f"{folder}/meeting"), args.processes)
        else:
            work(0, args, "")


# ---------------------------------------------------------------------- export


def average(args: argparse.Namespace) -> None:
    """Write the mean of the weights of several runs, each as often as it is named (Wortsman et al. 2022,
    model soups): runs of one start lie near enough that their mean is better than each."""
    states = [torch.load(run / "weights.pt") for run in args.of]
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    args.run.mkdir(parents=True, exist_ok=True)
    keep(args.run / "weights.pt", mean)


def export(args: argparse.Namespace) -> None:
    """Write the weights of a run as int8 ONNX; the head (0.02 M numbers) stays in full precision."""
    inputs = {"ids": torch.randint(1000, 2000, (1, 16)), "f": torch.tensor(EDGE).repeat(1, 16, 1)}
    axes = {name: {1: "pieces"} for name in ("ids", "f", "out")}
    args.weights.mkdir(parents=True, exist_ok=True)
    write(network(args, args.run), inputs, axes, args.weights / WEIGHTS, full=("emission", "pair"))
    facts = {
        "what": f"source, cue and content tagger, {args.layers} layers, int8",
        "data": "PolNeAR v1.0.0 train, 780 of 840 articles (no licence is stated for its texts or labels), "
        "and training/attributions, our own writing; runs and seeds: CARD.md",
        "encoder": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "script": "training/attribution.py",
    }
    record(args.weights, WEIGHTS, facts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=("train", "teach", "average", "export"))
    parser.add_argument("--run", type=Path, help="folder of checkpoints, outside the repository")
    parser.add_argument(
        "--weights", type=Path, help="folder of weights, with manifest.json and tokenizer.json"
    )
    parser.add_argument("--articles", type=Path, help="PolNeAR train, JSONL (gz)")
    parser.add_argument(
        "--unlabelled", type=Path, nargs="*", default=[], help="more news for students, JSONL with text"
    )
    parser.add_argument("--contents", action="store_true", help="students read contents as sentences too")
    parser.add_argument("--minilm", type=Path, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--mpnet", type=Path, help="model.safetensors of all-mpnet-base-v2: trains a teacher")
    parser.add_argument("--start", type=Path, help="run to start from, instead of all-MiniLM-L6-v2")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="what `teach` wrote")
    parser.add_argument("--of", type=Path, nargs="+", help="runs to average")
    parser.add_argument("--own", type=Path, help="folder of our own annotated news, which no teacher reads")
    parser.add_argument(
        "--repeat", type=int, default=2, help="how often an epoch without teachers goes through --own"
    )
    parser.add_argument("--trust", type=float, default=0.5, help="share of the teachers where there is gold")
    parser.add_argument("--layers", type=int, default=6, choices=sorted(KEPT_LAYERS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--decay", type=float, default=0.85)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--mask", type=float, default=0.06)
    parser.add_argument("--vary", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--pieces", type=int, default=1024, help="pieces a batch and process")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--nice", type=int, default=15)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, help="where `teach` writes")
    args = parser.parse_args()
    {"train": train, "teach": teach, "average": average, "export": export}[args.step](args)


if __name__ == "__main__":
    main()
