"""Makes weights/en/linker.npz: boosted trees that judge which tagged stretches belong together.

    linker.py --articles train.jsonl.gz --weights src/ondit/weights/en --out src/ondit/weights/en

Learns from gold tags of the training articles, and from the tagger's own tags on the articles held out from
it (weighted more: those are what it will see). Facts and candidates are the run time's (ondit.reading.pairs).
scikit-learn fits, plain arrays are kept.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labelled import annotate, articles, label, split
from manifest import record
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from ondit.reading.linker import (
    CUE_OF_CONTENT,
    EVIDENCE,
    QUESTIONS,
    SOURCE_OF_CONTENT,
    SOURCE_OF_CUE,
    Linker,
    RawRelation,
    evidence,
    relation_of,
)
from ondit.reading.linker import WEIGHTS as LINKER
from ondit.reading.pairs import CONTENT, CUE, ORDER, WIDTH, Layout, cue_pairs, facts, source_pairs
from ondit.reading.tagging import Tagger, tags_of
from ondit.reading.tags import TaggedText
from ondit.text.crf import LABELS
from ondit.text.encoder import Encoder
from ondit.text.words import paragraphs

HELD_OUT = 60
PREDICTED_WEIGHT = 5.0
TREES = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 20,
    "random_state": 1,
}


Texts = Sequence[tuple[TaggedText, dict[str, Any], float]]
"""Tagged texts with their article and weight."""


@dataclass
class Rows:
    """Facts of pairs, whether they belong together, and how much they count."""

    facts: list[NDArray[np.float32]]
    answers: list[bool]
    weights: list[float]


def gold_tags(encoder: Encoder, article: dict[str, Any]) -> TaggedText:
    """The tags that a perfect tagger would give."""
    text = article["text"]
    paras = paragraphs(text, encoder.pieces(text))
    tags = []
    for number, (para, labels) in enumerate(zip(paras, label(paras, annotate(article)), strict=True)):
        certain = np.ones((len(labels), len(LABELS)), np.float32) / 2
        tags += tags_of(para, number, np.array(labels, np.int8), certain, len(text))
    return TaggedText(text, tuple(paras), tuple(tags))


def owners(tagged: TaggedText, article: dict[str, Any]) -> list[set[int]]:
    """Of each tag the attributions it is part of: a source of several, a cue or content of one at most."""
    at: dict[int, set[tuple[int, str]]] = {}
    for number, attribution in enumerate(article["attributions"]):
        for role in ORDER:
            for start, end in attribution[role]:
                for character in range(start, end):
                    at.setdefault(character, set()).add((number, role))
    out = []
    for tag in tagged.tags:
        words = tagged.paragraphs[tag.paragraph].words[tag.first : tag.last]
        counts: Counter[int] = Counter()
        for start, end in words:
            touched = set().union(*(at.get(character, set()) for character in range(start, end)))
            counts.update(number for number, role in touched if role == tag.role)
        if tag.role == "source":
            out.append({number for number, count in counts.items() if 2 * count >= len(words)})
        else:
            out.append({max(counts, key=lambda n: (counts[n], -n))} if counts else set())
    return out


def questions(layout: Layout) -> Iterator[tuple[str, list[tuple[int, int]], int]]:
    """(question, pairs, role of the one who chooses)."""
    yield SOURCE_OF_CUE, source_pairs(layout, CUE), 1
    yield CUE_OF_CONTENT, cue_pairs(layout), 0
    yield SOURCE_OF_CONTENT, source_pairs(layout, CONTENT), 1


def gather(rows: dict[str, Rows], tagged: TaggedText, article: dict[str, Any], weight: float) -> None:
    """Add the pairs of one text; those whose chooser is in no attribution teach nothing."""
    layout, owned = Layout(tagged), owners(tagged, article)
    for question, pairs, chooser in questions(layout):
        kept = [pair for pair in pairs if owned[pair[chooser]]]
        rows[question].facts.append(facts(layout, kept))
        rows[question].answers += [bool(owned[a] & owned[b]) for a, b in kept]
        rows[question].weights += [weight] * len(kept)


def arrays(fitted: Any, question: str) -> dict[str, NDArray[Any]]:
    """The trees of a fitted classifier, one node after the other."""
    nodes, roots = [], []
    for (tree,) in fitted._predictors:
        roots.append(sum(map(len, nodes)))
        part = tree.nodes.copy()
        inner = part["is_leaf"] == 0
        for side in ("left", "right"):
            part[side][inner] += roots[-1]
        nodes.append(part)
    every = np.concatenate(nodes)
    columns = {
        "feat": every["feature_idx"].astype(np.int16),
        "thr": every["num_threshold"].astype(np.float32),
        "left": every["left"].astype(np.int32),
        "right": every["right"].astype(np.int32),
        "val": every["value"].astype(np.float32),
        "leaf": every["is_leaf"].astype(np.bool_),
        "root": np.array(roots, np.int32),
        "base": np.asarray(fitted._baseline_prediction, np.float32).ravel(),
    }
    return {f"{question}.{name}": column for name, column in columns.items()}


def fit(texts: Texts) -> dict[str, NDArray[Any]]:
    """Trees for every question, as arrays."""
    rows = {question: Rows([np.zeros((0, WIDTH), np.float32)], [], []) for question in QUESTIONS}
    for tagged, article, weight in texts:
        gather(rows, tagged, article, weight)
    out: dict[str, NDArray[Any]] = {}
    for question, found in rows.items():
        trees = HistGradientBoostingClassifier(**TREES)
        trees.fit(np.concatenate(found.facts), np.array(found.answers), sample_weight=np.array(found.weights))
        out |= arrays(trees, question)
        print(f"{question}: {len(found.answers)} pairs, {sum(found.answers)} together, {trees.n_iter_} trees")
    return out


# ------------------------------------------------------------------ confidence


def right(found: RawRelation, text: str, gold: Sequence[dict[str, Any]]) -> bool:
    """Whether annotators have it: contents that overlap by half, the same source, a cue in common."""
    for attribution in gold:
        content = words_of(text, found.content), words_of(text, attribution["content"])
        source = words_of(text, found.source), words_of(text, attribution["source"])
        cue = words_of(text, found.cue), words_of(text, attribution["cue"])
        same_content = 2 * len(content[0] & content[1]) >= len(content[0] | content[1]) > 0
        same_source = 4 * len(source[0] & source[1]) >= len(source[0]) + len(source[1])
        if same_content and same_source and (not all(cue) or cue[0] & cue[1]):
            return True
    return False


def words_of(text: str, spans: Sequence[Sequence[int]]) -> set[int]:
    """Where the words of some spans begin or are cut."""
    return {start + word.start() for start, end in spans for word in re.finditer(r"\w+", text[start:end])}


def calibrate(linker: Linker, texts: Texts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Evidence and truth of the relations of some articles."""
    rows, truth = [], []
    for tagged, article, _ in texts:
        links = linker.links(tagged)
        if links:
            rows.append(evidence(tagged, links))
        truth += [
            right(relation_of(tagged, link, 0.0), tagged.text, article["attributions"]) for link in links
        ]
    return np.concatenate(rows), np.array(truth)


def confidence(encoder: Encoder, gold: Texts, predicted: Texts) -> NDArray[np.float64]:
    """Weights of the evidence, and a constant: from relations that the trees were not trained on."""
    rows, truth = [], []
    for fold in (0, 1):
        linker = Linker(encoder)
        linker.use(fit([*gold, *predicted[fold::2]]) | {"confidence": np.zeros(EVIDENCE + 1)})
        found = calibrate(linker, predicted[1 - fold :: 2])
        rows.append(found[0])
        truth.append(found[1])
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(np.concatenate(rows), np.concatenate(truth))
    print(f"confidence: {sum(map(len, truth))} relations, {sum(map(sum, truth))} right")
    return np.concatenate([fitted.coef_[0], fitted.intercept_])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="folder with the tagger's weights")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder(args.weights)
    seen, held_out = split(articles(args.articles), HELD_OUT)
    gold = [(gold_tags(encoder, article), article, 1.0) for article in seen]
    tagged = Tagger(encoder).tag([article["text"] for article in held_out])
    predicted = [(text, article, PREDICTED_WEIGHT) for text, article in zip(tagged, held_out, strict=True)]
    certain = confidence(encoder, gold, predicted)
    np.savez_compressed(args.out / LINKER, confidence=certain, **fit([*gold, *predicted]))
    record(
        args.out,
        LINKER,
        {
            "what": "which source, cue and contents belong together: boosted trees as arrays",
            "data": f"PolNeAR v1.0.0 train: gold tags of {len(seen)} articles, predicted of {len(held_out)}",
            "tagger": encoder.manifest["attribution.onnx"]["sha256"],
            "script": "training/linker.py",
            "seed": TREES["random_state"],
        },
    )


if __name__ == "__main__":
    main()
