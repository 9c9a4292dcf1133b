"""Teaches the sentence encoder what a larger one sees: what lies near what in any news, annotated or not.

    vectors.py --mpnet mpnet.safetensors --storysets ... --briefs ... --epochs 2 --rate 2e-5 --out RUNS/m
    taught.py --teacher RUNS/m/sentences.safetensors --start RUNS/b/sentences.safetensors --storysets ... \\
        --articles train.jsonl.gz --minilm model.safetensors --out RUNS/d

A batch is either the statements of one event, of which it is known which say the same, or a clause with those
that the teacher puts nearest to it, and some others. The student learns how the teacher's likenesses are
spread over the batch (Kullback-Leibler divergence of the two softmaxes), of events also the contrastive loss
of `vectors.py`. Deterministic: one thread, one seed. Writes `sentences.safetensors`; sentences.py exports it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from aligned import of_briefs, of_news, of_our_own, texts
from labelled import articles
from network import Encoder, MPNet
from safetensors.torch import load_file
from torch import Tensor
from vectors import CLS, LONGEST, SEP, Descent, encode, keep, loss, open_tokenizer, pairs

from ondit.records import Span
from ondit.text.sentences import clauses, sentences

HEAT = 0.05
SIZE = 96
"""Texts of a neighbourhood, of which two thirds are the nearest of one."""
GOLD = 0.4
"""Share of the contrastive loss in the loss of an event."""
FEWEST, MOST = 3, 40
"""Words of a text."""


class Known(NamedTuple):
    """The statements of an event as places in the list of texts; what `vectors.pairs` says of them."""

    places: list[int]
    same: Tensor
    known: Tensor


def gathered(args: argparse.Namespace) -> tuple[list[str], list[Known]]:
    """All texts, each once: the statements of the events, then clauses of news; and the events."""
    events = [
        *of_news(args.aligned, args.storysets),
        *of_our_own(args.claims, args.stories),
        *of_briefs(args.briefs),
    ]
    found = dict.fromkeys(said for event in events for said in map(_plain, event.statements) if _fits(said))
    news = [*texts(args.storysets, args.briefs), *(row["text"] for row in articles(args.articles))]
    found |= dict.fromkeys(clause for text in news for clause in _clauses(text) if _fits(clause))
    place = {text: at for at, text in enumerate(found)}
    known = []
    for event in events:
        kept = [at for at, said in enumerate(map(_plain, event.statements)) if said in place]
        same, sure = pairs(event)
        if len(kept) > 3:
            places = [place[_plain(event.statements[at])] for at in kept]
            known.append(Known(places, same[kept][:, kept], sure[kept][:, kept]))
    return list(found), known


def _clauses(text: str) -> Iterator[str]:
    at = 0
    for line in text.split("\n"):
        for sentence in sentences(text, Span(at, at + len(line))):
            yield from (_plain(text[start:end]) for start, end in clauses(text, sentence))
        at += len(line) + 1


def _plain(text: str) -> str:
    return " ".join(text.split())


def _fits(text: str) -> bool:
    return FEWEST <= len(text.split()) <= MOST


def believed(teacher: MPNet, pieces: Sequence[list[int]]) -> Tensor:
    """The teacher's vectors, [texts, 768]."""
    with torch.inference_mode():
        return encode(teacher.eval(), list(pieces)).float()


def neighbourhoods(vectors: Tensor, count: int, rng: random.Random) -> Iterator[list[int]]:
    """`count` batches of places: a text, those nearest to it, and others at random."""
    near = vectors.to(torch.bfloat16)
    for seed in rng.sample(range(len(vectors)), count):
        nearest = (near @ near[seed]).float().topk(SIZE * 2 // 3).indices.tolist()
        yield nearest + rng.sample(range(len(vectors)), SIZE - len(nearest))


def divergence(student: Tensor, teacher: Tensor) -> Tensor:
    """How far the student's likenesses of a batch are spread otherwise than the teacher's; no diagonal."""
    own = torch.eye(len(student), dtype=torch.bool)
    said, heard = ((v @ v.T / HEAT).masked_fill(own, -1e4).log_softmax(1) for v in (student, teacher))
    return (heard.exp() * (heard - said)).sum(1).mean()


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    said, events = gathered(args)
    coded = open_tokenizer(args.tokenizer).encode_batch(said, add_special_tokens=False)
    pieces = [[CLS, *code.ids[: LONGEST - 2], SEP] for code in coded]
    teacher = MPNet(0.0)
    teacher.load_state_dict(load_file(args.teacher))
    with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
        vectors = believed(teacher, pieces)
    net = Encoder(6, 0.05)
    net.load(args.minilm, tuple(range(6)))
    net.load_state_dict(load_file(args.start))
    descent = Descent(net)
    plan: list[Known | list[int]] = [*events, *neighbourhoods(vectors, len(said) // SIZE, rng)]
    rng.shuffle(plan)
    net.train()
    for step, batch in enumerate(plan):
        places = batch.places if isinstance(batch, Known) else batch
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            found = encode(net, [pieces[at] for at in places])
        value = divergence(found, vectors[places])
        if isinstance(batch, Known) and (batch.same & batch.known).any():
            value = GOLD * loss(found, batch.same, batch.known) + (1 - GOLD) * value
        descent.step(value, args.rate * min(1.0, (step + 1) / 50) * (1 - step / len(plan) * 0.97))
        if step % 100 == 99:
            print(f"{step + 1} of {len(plan)}: {value.item():.3f}", flush=True)
    keep(net, args.out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--teacher", type=Path, required=True, help="sentences.safetensors of an MPNet")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="sentences.safetensors to go on from")
    parser.add_argument("--storysets", type=Path, required=True, help="folder of the texts of BASIL and ECB+")
    parser.add_argument("--articles", type=Path, required=True, help="more news, JSONL (gz) with text")
    parser.add_argument("--tokenizer", type=Path, default=Path("src/ondit/weights/en/tokenizer.json"))
    parser.add_argument("--aligned", type=Path, default=Path("training/aligned"))
    parser.add_argument("--claims", type=Path, default=Path("training/claims"))
    parser.add_argument("--briefs", type=Path, default=Path("training/briefs"))
    parser.add_argument("--stories", type=Path, help="annotated stories to learn from too")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--bf16", action="store_true", help="faster, with AVX512-BF16")
    parser.add_argument("--out", type=Path, required=True)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
