"""Makes weights/en/sentences.onnx: the encoder that vectors.py trained, int8, with mean pooling in the graph.

    sentences.py --trained sentences.safetensors --out src/ondit/weights/en

Prints how near the int8 vectors are to those in full precision.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from export import write
from manifest import record
from network import Encoder
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ondit.text import encoder as reading

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PROBES = (
    "The harbour was closed on Monday, the minister said.",
    "Six people were injured when the ferry struck the pier.",
    "Officials denied that any missile had been delivered.",
    "The company will cut 400 jobs before the end of the year.",
)


class Pooled(nn.Module):
    """Piece states to one vector of length 1: the mean of all pieces, edges included."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.encoder = Encoder(6, 0.0)
        self.encoder.load_state_dict(load_file(weights))

    def forward(self, ids: Tensor) -> Tensor:
        return functional.normalize(self.encoder(ids, None, None).mean(1), dim=-1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    net = Pooled(args.trained).eval()
    ids = torch.randint(1000, 2000, (1, 16))
    write(net, {"ids": ids}, {"ids": {1: "pieces"}, "out": {}}, args.out / reading.SENTENCES)
    facts = {
        "what": "sentence vectors (384 numbers): all-MiniLM-L6-v2 tuned to tell claims of one event apart",
        "data": "training/aligned (news, by hand); training/briefs, claims and stories (our own writing)",
        "from": {"all-MiniLM-L6-v2 model.safetensors": SHA256},
        "script": "training/vectors.py, training/sentences.py",
    }
    record(args.out, reading.SENTENCES, facts)
    door = reading.Encoder(args.out)
    vectors = reading.SentenceEncoder(door).encode(PROBES)
    for text, vector in zip(PROBES, vectors, strict=True):
        pieces = torch.tensor([[reading.CLS, *door.pieces(text).ids, reading.SEP]])
        with torch.inference_mode():
            print(f"{float(np.dot(net(pieces)[0].numpy(), vector)):.4f} {text}")


if __name__ == "__main__":
    main()
