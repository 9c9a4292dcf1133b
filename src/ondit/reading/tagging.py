"""Sources, cues and contents in a text: stretches with a role and a probability.

In come texts (whole reports, or contents read as sentences), out come their words and tagged stretches. A
fine-tuned MiniLM encoder sees windows of 256 word pieces with context on both sides; a linear chain over the
words of each paragraph decides (docs/explanation/attribution.md has the measurements).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.reading.linker import Linker, RawRelation
from ondit.reading.tags import Role, Tag, TaggedText
from ondit.records import Span
from ondit.text.crf import LABELS, Scores, marginals, viterbi
from ondit.text.encoder import Encoder
from ondit.text.normalise import as_sentence
from ondit.text.words import Paragraph, Window, paragraphs, windows

ROLES: dict[str, Role] = {"S": "source", "K": "cue", "C": "content"}
WEIGHTS = "attribution.onnx"
WINDOW = 256
CONTEXT = 32
LEAST = 0.15
_SCORES = len(LABELS) * (1 + len(LABELS))


class Tagger:
    """Finds the parts of attributions.

    `lean` trades precision for recall: it is added to the scores of beginning a cue or a content (0 gives
    the best F1; -0.3 is about 1.5 points more precise, +0.3 finds about 1.5 points more). `context` is the
    number of word pieces seen on both sides of a window; 0 is a third faster and costs half a point.
    """

    def __init__(
        self, encoder: Encoder, *, weights: str = WEIGHTS, lean: float = 0.0, context: int = CONTEXT
    ) -> None:
        self.encoder = encoder
        self.weights = weights
        self.lean = lean
        self.context = context

    def tag(self, texts: Sequence[str], *, sentences: bool = False) -> list[TaggedText]:
        """The tags of each text. With `sentences` each is a clause, read as if it were a sentence.

        Offsets are those of the texts as given. Texts do not influence each other.
        """
        read = [as_sentence(text) if sentences else text for text in texts]
        paras = [paragraphs(text, self.encoder.pieces(text)) for text in read]
        chains = [chain for doc in paras for chain in self.scores(doc)]
        best, sure = viterbi(chains, self.lean), marginals(chains)
        out: list[TaggedText] = []
        at = 0
        for text, doc in zip(texts, paras, strict=True):
            tags = [
                tag
                for number, para in enumerate(doc)
                for tag in tags_of(para, number, best[at + number], sure[at + number], len(text))
            ]
            out.append(TaggedText(text, tuple(doc), tuple(tags)))
            at += len(doc)
        return out

    def scores(self, paras: Sequence[Paragraph]) -> list[Scores]:
        """The scores of each word, [words, 56] a paragraph (`ondit.text.crf`)."""
        out = [np.zeros((len(para.words), _SCORES), np.float32) for para in paras]
        for window in windows(paras, WINDOW, self.context):
            found = self._run(window)
            for at, paragraph, word, body in window.units:
                if body:
                    out[paragraph][word] = found[at]
        return out

    def _run(self, window: Window) -> Scores:
        ids = np.array([window.ids], np.int64)
        features = np.array([window.features], np.int64)
        inputs: dict[str, NDArray[Any]] = {"ids": ids, "f": features, "att": np.ones(ids.shape, np.float32)}
        found = self.encoder.run(self.weights, inputs)
        return np.asarray(found[0], np.float32)


class Extractor:
    """Tagger and linker together: texts in, relations out. Build one and hand it on.

    Two knobs trade precision for recall: `lean` (see `Tagger`), and `least`: a relation in which we have less
    confidence is not put out. 0 keeps every content, 0.35 gives the best F1 of whole relations.
    """

    def __init__(self, encoder: Encoder, *, lean: float = 0.0, least: float = LEAST) -> None:
        self.tagger = Tagger(encoder, lean=lean)
        self.linker = Linker(encoder)
        self.least = least

    def relations(self, texts: Sequence[str], *, sentences: bool = False) -> list[list[RawRelation]]:
        """The outermost relations of each text, offsets into it; what one gives never depends on another.

        With `sentences` each text is a clause (a content), read as if it were a sentence.
        """
        found = (self.linker.link(tagged) for tagged in self.tagger.tag(texts, sentences=sentences))
        return [[relation for relation in linked if relation.confidence >= self.least] for linked in found]


def open_finder(encoder: Encoder) -> Callable[[Sequence[str]], list[list[RawRelation]]]:
    """The function that finds relations in texts; weights are opened at the first call."""
    return Extractor(encoder).relations


def tags_of(para: Paragraph, number: int, labels: NDArray[np.int8], sure: Scores, length: int) -> list[Tag]:
    """The tags that labels spell in paragraph `number` of a text of `length` characters."""
    bounds: list[list[int]] = []
    for word, label in enumerate(labels):
        name = LABELS[label]
        if name.startswith("I"):
            bounds[-1][1] = word + 1
        elif name.startswith("B"):
            bounds.append([word, word + 1])
    out = []
    for first, last in bounds:
        begin = int(labels[first])
        span = Span(para.words[first].start, min(para.words[last - 1].end, length))
        confidence = float(sure[first:last, begin : begin + 2].sum(1).mean())
        if span.start < span.end:
            out.append(Tag(ROLES[LABELS[begin][2]], span, min(1.0, confidence), number, first, last))
    return out
