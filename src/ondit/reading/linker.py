"""Attributions from tagged stretches: which source says which contents by which cue.

In comes a tagged text, out come relations. Contents choose a cue, cues choose a source (which several may
share), contents without a cue choose a source themselves; boosted trees judge each pair. Learnt, because the
nearest candidate is right 4 points less often (docs/explanation/attribution.md).
"""

from __future__ import annotations

import io
import math
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
EVIDENCE = 7
"""Columns of `evidence`."""

_DEEPEST = 64

Choice = tuple[int, float]
_NOBODY: Choice = (-1, 0.0)
_DOUBT = 0.002


@dataclass(frozen=True, slots=True)
class RawRelation:
    """One attribution of a text, offsets only. Source and cue may be empty, content never is.

    `confidence` is the chance that annotators would agree with it (calibrated on articles held out).
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as places in the tags of a text. `linked`: the chance that the contents have this cue (or
    none), `sourced`: that the source is theirs (or that there is none)."""

    source: int | None
    cue: int | None
    contents: list[int]
    linked: float
    sourced: float


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
        return _sigmoid(total)


class Linker:
    """Links the tags of a text, by the trees in `linker.npz`."""

    def __init__(self, encoder: Encoder, *, weights: str = WEIGHTS) -> None:
        self.encoder = encoder
        self.weights = weights
        self._forests: dict[str, Forest] = {}
        self._confidence: NDArray[np.float64] = np.zeros(0)

    def link(self, tagged: TaggedText) -> list[RawRelation]:
        """The relations of a tagged text, in the order of their contents.

        A cue without content is dropped; a content without cue stands alone.
        """
        links = self.links(tagged)
        if not links:
            return []
        chances = _sigmoid(evidence(tagged, links) @ self._confidence[:-1] + self._confidence[-1]).tolist()
        out = [relation_of(tagged, link, chance) for link, chance in zip(links, chances, strict=True)]
        return sorted(out, key=lambda relation: (relation.content, relation.cue))

    def links(self, tagged: TaggedText) -> list[Link]:
        """What was chosen for each relation, with the chances that the trees give it."""
        self._open()
        layout = Layout(tagged)
        cue_of = self._choose(layout, CUE_OF_CONTENT, cue_pairs(layout), 0)
        source_of = self._choose(layout, SOURCE_OF_CUE, source_pairs(layout, CUE), 1)
        direct = self._choose(layout, SOURCE_OF_CONTENT, source_pairs(layout, CONTENT), 1)
        contents: dict[int, list[int]] = {}
        out: list[Link] = []
        for content in np.flatnonzero(layout.role == CONTENT).tolist():
            cue, chance = cue_of.get(content, _NOBODY)
            if chance >= THRESHOLDS[CUE_OF_CONTENT]:
                contents.setdefault(cue, []).append(content)
            else:
                out.append(
                    _link(SOURCE_OF_CONTENT, direct.get(content, _NOBODY), None, [content], 1 - chance)
                )
        for cue, found in contents.items():
            certain = min(cue_of[at][1] for at in found)
            out.append(_link(SOURCE_OF_CUE, source_of.get(cue, _NOBODY), cue, found, certain))
        return out

    def _choose(self, layout: Layout, question: str, pairs: Pairs, chooser: int) -> dict[int, Choice]:
        """The best partner of each tag that stands at place `chooser` of the pairs."""
        best: dict[int, Choice] = {}
        chances = self._forests[question].chance(facts(layout, pairs)).tolist() if pairs else []
        for pair, chance in zip(pairs, chances, strict=True):
            tag, partner = pair[chooser], pair[1 - chooser]
            if chance > best.get(tag, _NOBODY)[1]:
                best[tag] = (partner, chance)
        return best

    def use(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the trees and the weights of the confidence from arrays instead of a file (training does)."""
        self._confidence = arrays["confidence"].astype(np.float64)
        self._forests = {name: Forest(arrays, name) for name in QUESTIONS}

    def _open(self) -> None:
        if not self._forests:
            with np.load(io.BytesIO(self.encoder.read(self.weights)), allow_pickle=False) as arrays:
                self.use(arrays)


def _link(question: str, source: Choice, cue: int | None, contents: list[int], linked: float) -> Link:
    known = source[1] >= THRESHOLDS[question]
    return Link(source[0] if known else None, cue, contents, linked, source[1] if known else 1 - source[1])


def evidence(tagged: TaggedText, links: Sequence[Link]) -> NDArray[np.float64]:
    """What the confidence of a relation rests on: one row of log-odds and flags a link."""
    rows = []
    for link in links:
        cue = 1.0 if link.cue is None else tagged.tags[link.cue].confidence
        source = 1.0 if link.source is None else tagged.tags[link.source].confidence
        content = min(tagged.tags[at].confidence for at in link.contents)
        odds = [_log_odds(chance) for chance in (content, cue, source, link.linked, link.sourced)]
        rows.append([*odds, link.cue is None, link.source is None])
    return np.array(rows, np.float64)


def _log_odds(chance: float) -> float:
    return math.log((chance + _DOUBT) / (1 - chance + _DOUBT))


def _sigmoid(score: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-score)), np.float64)


def relation_of(tagged: TaggedText, link: Link, confidence: float) -> RawRelation:
    """The spans of a link."""

    def spans(*tags: int | None) -> Spans:
        return tuple(tagged.tags[at].span for at in tags if at is not None)

    return RawRelation(spans(link.source), spans(link.cue), spans(*link.contents), confidence)
