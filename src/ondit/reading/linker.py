"""Attributions from tagged stretches: which source says which contents by which cue.

In comes a tagged text, out come relations. Contents choose a cue, cues choose a source (which several may
share), contents without a cue choose a source themselves; boosted trees judge each pair. Learnt, because the
nearest candidate is right 4 points less often (docs/explanation/attribution.md).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ondit.reading.pairs import CONTENT, CUE, Layout, Pairs, cue_pairs, facts, source_pairs
from ondit.reading.tags import TaggedText
from ondit.records import Spans
from ondit.text.encoder import Encoder

WEIGHTS = "linker.npz"
SOURCE_OF_CUE, CUE_OF_CONTENT, SOURCE_OF_CONTENT = QUESTIONS = ("S", "C", "D")
THRESHOLDS = {SOURCE_OF_CUE: 0.3, CUE_OF_CONTENT: 0.3, SOURCE_OF_CONTENT: 0.4}
_DEEPEST = 64

Choice = tuple[int, float]


@dataclass(frozen=True, slots=True)
class RawRelation:
    """One attribution of a text, offsets only. Source and cue may be empty, content never is."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float


class Forest:
    """Boosted trees as arrays, each node with a feature, a threshold and two children, or a value."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], question: str) -> None:
        def column(name: str) -> NDArray[np.generic]:
            return arrays[f"{question}.{name}"]

        self.feature = column("feat").astype(np.intp)
        self.threshold = column("thr").astype(np.float32)
        self.children = np.stack([column("left"), column("right")]).astype(np.intp)
        self.value = column("val").astype(np.float64)
        self.leaf = column("leaf").astype(np.bool_)
        self.roots = column("root").astype(np.intp)
        self.base = float(column("base").astype(np.float64)[0])

    def chance(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability that each pair belongs together."""
        nodes = np.repeat(self.roots[None], len(rows), 0)
        at = np.arange(len(rows))[:, None]
        for _ in range(_DEEPEST):
            leaf = self.leaf[nodes]
            if leaf.all():
                break
            right = rows[at, self.feature[nodes]] > self.threshold[nodes]
            nodes = np.where(leaf, nodes, self.children[right.astype(np.intp), nodes])
        total = self.value[nodes].sum(1) + self.base
        return np.asarray(1.0 / (1.0 + np.exp(-total)), np.float64)


class Linker:
    """Links the tags of a text, by the trees in `linker.npz`."""

    def __init__(self, encoder: Encoder, *, weights: str = WEIGHTS) -> None:
        self.encoder = encoder
        self.weights = weights
        self._forests: dict[str, Forest] = {}

    def link(self, tagged: TaggedText) -> list[RawRelation]:
        """The relations of a tagged text, in the order of their contents.

        A cue without content is dropped; a content without cue stands alone.
        """
        layout = Layout(tagged)
        cue_of = self._choose(layout, CUE_OF_CONTENT, cue_pairs(layout), 0)
        source_of = self._choose(layout, SOURCE_OF_CUE, source_pairs(layout, CUE), 1)
        direct = self._choose(layout, SOURCE_OF_CONTENT, source_pairs(layout, CONTENT), 1)
        contents: dict[int, list[int]] = {}
        out: list[RawRelation] = []
        for content in np.flatnonzero(layout.role == CONTENT).tolist():
            if content in cue_of:
                contents.setdefault(cue_of[content][0], []).append(content)
            else:
                source = [direct[content][0]] if content in direct else []
                out.append(_relation(tagged, source, [], [content], 1.0))
        for cue, found in contents.items():
            source = [source_of[cue][0]] if cue in source_of else []
            out.append(_relation(tagged, source, [cue], found, max(cue_of[at][1] for at in found)))
        return sorted(out, key=lambda relation: (relation.content, relation.cue))

    def _choose(self, layout: Layout, question: str, pairs: Pairs, chooser: int) -> dict[int, Choice]:
        """The best partner of each tag that stands at place `chooser` of the pairs, if it is good enough."""
        best: dict[int, Choice] = {}
        if not pairs:
            return best
        for pair, chance in zip(
            pairs, self._forest(question).chance(facts(layout, pairs)).tolist(), strict=True
        ):
            tag, partner = pair[chooser], pair[1 - chooser]
            if chance >= THRESHOLDS[question] and chance > best.get(tag, (-1, 0.0))[1]:
                best[tag] = (partner, chance)
        return best

    def _forest(self, question: str) -> Forest:
        if not self._forests:
            with np.load(io.BytesIO(self.encoder.read(self.weights)), allow_pickle=False) as arrays:
                self._forests = {name: Forest(arrays, name) for name in QUESTIONS}
        return self._forests[question]


def _relation(
    tagged: TaggedText, source: Sequence[int], cue: Sequence[int], content: Sequence[int], chance: float
) -> RawRelation:
    def spans(tags: Sequence[int]) -> Spans:
        return tuple(tagged.tags[at].span for at in tags)

    sure = [tagged.tags[at].confidence for at in (*cue, *content)]
    return RawRelation(spans(source), spans(cue), spans(content), chance * min(sure))
