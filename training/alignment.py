"""Learns how far each feature of a pair of statements tells that they say the same claim.

    alignment.py --stories training/stories --weights WEIGHTS --out src/ondit/data/en/alignment.json

A logistic regression (iterated least squares, a little ridge) over all pairs of statements of which at least
one is a gold mention. The feature "crowd" is left out and gets weight 1: reports of one length cannot teach
what length does. WEIGHTS should hold sentence vectors that have not seen these stories (vectors.py with
an empty --stories), or they are believed too much. The threshold for joining is kept: it is chosen by eye on
the stories' alignment and false corroboration. No torch, no scikit-learn; deterministic.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ondit.intake.blocks import blocks
from ondit.reading.reader import Reader
from ondit.reading.tagging import open_finder
from ondit.records import Document, Reading, Statement
from ondit.text.encoder import Encoder, SentenceEncoder
from ondit.tracing.features import Features
from ondit.tracing.points import points

RIDGE = 1.0
GIVEN = "crowd"
UNSURE = 0.5
"""Weight of a pair with a statement that is no gold mention: it may still say what no one annotated."""


def read(folder: Path, reader: Reader) -> tuple[list[Reading], dict[str, set[str]]]:
    """The readings of a story, and for each statement that matches gold mentions their claims."""
    story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    readings, texts = [], {}
    for report in story["reports"]:
        text = texts[report["id"]] = (folder / "reports" / report["file"]).read_text(encoding="utf-8")
        outlet = story["agents"][report["outlet"]]["name"]
        found = blocks(text, report["headline"])
        document = Document(report["id"], text, outlet, headline=report["headline"], blocks=found)
        readings.append(reader.read(document))
    claims: dict[str, set[str]] = {}
    for claim in story["claims"]:
        for mention in claim["mentions"]:
            start = -1
            for _ in range(mention.get("occurrence", 1)):
                start = texts[mention["report"]].index(mention["quote"], start + 1)
            of_report = [s for r in readings if r.document.id == mention["report"] for s in r.statements]
            said = _holder(of_report, start, start + len(mention["quote"]))
            if said is not None:
                claims.setdefault(said.id, set()).add(claim["id"])
    return readings, claims


def _holder(statements: list[Statement], start: int, end: int) -> Statement | None:
    """The statement that shares most with a mention, if it holds half of it and is not four times as long."""

    def shared(statement: Statement) -> int:
        return sum(max(0, min(s.end, end) - max(s.start, start)) for s in statement.spans)

    def length(statement: Statement) -> int:
        return sum(s.end - s.start for s in statement.spans)

    fit = [s for s in statements if 2 * shared(s) >= end - start and length(s) <= 4 * (end - start) + 24]
    return max(fit, key=lambda s: shared(s) / (length(s) + end - start - shared(s)), default=None)


def pairs(
    folder: Path, reader: Reader
) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Names of the features; the features, answers and weights of the story's pairs."""
    readings, claims = read(folder, reader)
    found = points(readings)
    gold = [claims.get(p.statement.id, set()) for p in found]
    low, high = np.triu_indices(len(found), 1)
    kept = np.array([bool(gold[i] or gold[j]) for i, j in zip(low, high, strict=True)])
    low, high = low[kept], high[kept]
    same = np.array([bool(gold[i] & gold[j]) for i, j in zip(low, high, strict=True)], dtype=np.float64)
    both = np.array([bool(gold[i] and gold[j]) for i, j in zip(low, high, strict=True)])
    layers = {name: layer for name, layer in Features(found, readings).of(low, high) if name != GIVEN}
    table = np.stack(list(layers.values()), axis=1).astype(np.float64)
    return list(layers), table, same, np.where(both, 1.0, UNSURE)


def fit(
    table: NDArray[np.float64], answers: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The coefficients of a weighted ridge logistic regression (the bias, first, is not shrunk)."""
    found = np.zeros(table.shape[1])
    shrink = np.full(table.shape[1], RIDGE)
    shrink[0] = 0.0
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (weights * (answers - chance)) - shrink * found
        curve = (table * (weights * chance * (1 - chance))[:, None]).T @ table + np.diag(shrink + 1e-9)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-8:
            break
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder(args.weights)
    reader = Reader(open_finder(encoder), SentenceEncoder(encoder).packed)
    stories = [pairs(file.parent, reader) for file in sorted(args.stories.glob("*/story.json"))]
    names = stories[0][0]
    found = fit(*(np.concatenate([story[k] for story in stories]) for k in (1, 2, 3)))
    learnt = {name: round(float(value), 4) for name, value in zip(names, found, strict=True)}
    learnt[GIVEN] = 1.0
    threshold = json.loads(args.out.read_text(encoding="utf-8"))["threshold"]
    args.out.write_text(
        json.dumps({"weights": learnt, "threshold": threshold}, indent=1) + "\n", encoding="utf-8"
    )
    for name, value in sorted(learnt.items(), key=lambda item: -abs(item[1])):
        print(f"{name:16}{value:8.3f}")


if __name__ == "__main__":
    main()
