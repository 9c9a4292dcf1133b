"""A linear chain over words: the best labels and the probability of each label, from an encoder's scores.

In come, word by word, 7 emission scores and 49 transition scores (which depend on the word: they carry the
logic of spans, without them the labels are useless), out come BIO labels or marginals. Plain numpy, chains of
like length side by side; time and memory grow linearly. Lafferty, McCallum and Pereira (2001).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LABELS = ("O", "B-S", "I-S", "B-K", "I-K", "B-C", "I-C")
"""S(ource), cue (K) and C(ontent)."""

OUTSIDE = 0
SOURCES_FIRST = 0.5
"""Chosen on articles held out from training: relations +0.6, contents unchanged."""

_N = len(LABELS)
_FORBIDDEN = -1e4
_ROWS = 4096
"""Words decoded side by side at most: bounds memory."""


def transitions() -> Scores:
    """A score for each pair of labels: 0, or very low where I- does not follow its own B- or I-.

    >>> transitions()[LABELS.index("B-S"), LABELS.index("I-C")]
    np.float32(-10000.0)
    """
    out = np.zeros((_N, _N), np.float32)
    for before, left in enumerate(LABELS):
        for after, right in enumerate(LABELS):
            if right[0] == "I" and left[1:] != right[1:]:
                out[before, after] = _FORBIDDEN
    return out


def bias(lean: float) -> Scores:
    """Added to emissions: above 0 more cues and contents are found, below 0 fewer and surer ones.

    Sources always get a little more: the linker leaves out those that nobody needs, but cannot bring back one
    that was not tagged.
    """
    out = np.zeros(_N, np.float32)
    out[LABELS.index("B-S")] = SOURCES_FIRST
    out[[LABELS.index("B-K"), LABELS.index("B-C")]] = lean
    return out


def viterbi(chains: Sequence[Scores], lean: float = 0.0) -> list[NDArray[np.int8]]:
    """The best labels of each chain. A chain is [words, 56]; it starts as if after a word outside."""
    out: list[NDArray[np.int8]] = [np.zeros(0, np.int8)] * len(chains)
    for group in _groups(chains):
        emissions, pairs = _stack([chains[at] for at in group])
        emissions = emissions + bias(lean)
        best = emissions[:, 0] + pairs[:, 0, OUTSIDE]
        history = [best]
        back = np.zeros(emissions.shape, np.int8)
        for t in range(1, emissions.shape[1]):
            through = best[:, :, None] + pairs[:, t]
            back[:, t] = through.argmax(1)
            best = through.max(1) + emissions[:, t]
            history.append(best)
        for row, at in enumerate(group):
            out[at] = _walk_back(back[row], len(chains[at]), history[len(chains[at]) - 1][row])
    return out


def _walk_back(back: NDArray[np.int8], length: int, last: Scores) -> NDArray[np.int8]:
    labels = np.zeros(length, np.int8)
    labels[-1] = last.argmax()
    for t in range(length - 1, 0, -1):
        labels[t - 1] = back[t, labels[t]]
    return labels


def marginals(chains: Sequence[Scores]) -> list[Scores]:
    """The probability of each label at each word, [words, 7] a chain (forward-backward)."""
    out: list[Scores] = [np.zeros((0, _N), np.float32)] * len(chains)
    for group in _groups(chains):
        emissions, pairs = _stack([chains[at] for at in group])
        lengths = np.array([len(chains[at]) for at in group])
        forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
        forward[:, 0] = emissions[:, 0] + pairs[:, 0, OUTSIDE]
        for t in range(1, emissions.shape[1]):
            forward[:, t] = _logsumexp(forward[:, t - 1][:, :, None] + pairs[:, t], 1) + emissions[:, t]
        for t in range(emissions.shape[1] - 2, -1, -1):
            onward = _logsumexp(pairs[:, t + 1] + (emissions[:, t + 1] + backward[:, t + 1])[:, None], 2)
            backward[:, t] = np.where((t + 1 < lengths)[:, None], onward, 0)
        both = forward + backward
        weights = np.exp(both - both.max(2, keepdims=True))
        weights /= weights.sum(2, keepdims=True)
        for row, at in enumerate(group):
            out[at] = weights[row, : lengths[row]]
    return out


def _logsumexp(scores: Scores, axis: int) -> Scores:
    top = scores.max(axis, keepdims=True)
    total = np.log(np.exp(scores - top).sum(axis))
    return np.asarray(np.squeeze(top, axis) + total, np.float32)


def _groups(chains: Sequence[Scores]) -> Iterator[list[int]]:
    order = sorted((at for at, chain in enumerate(chains) if len(chain)), key=lambda at: len(chains[at]))
    group: list[int] = []
    for at in order:
        if group and len(chains[at]) * (len(group) + 1) > _ROWS:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _stack(chains: Sequence[Scores]) -> tuple[Scores, Scores]:
    longest = max(len(chain) for chain in chains)
    scores = np.zeros((len(chains), longest, _N + _N * _N), np.float32)
    for row, chain in enumerate(chains):
        scores[row, : len(chain)] = chain
    pairs = scores[:, :, _N:].reshape(len(chains), longest, _N, _N) + transitions()
    return scores[:, :, :_N], pairs
