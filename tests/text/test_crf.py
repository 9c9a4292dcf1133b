from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.text.crf import LABELS, Scores, bias, marginals, transitions, viterbi

N = len(LABELS)
CHAINS = st.integers(0, 10_000).map(
    lambda seed: np.random.default_rng(seed).normal(0, 2, (1 + seed % 3, N + N * N)).astype(np.float32)
)


def paths(chain: Scores, added: Scores) -> dict[tuple[int, ...], float]:
    """The score of every sequence of labels, one by one."""
    out = {}
    for labels in product(range(N), repeat=len(chain)):
        before, total = 0, 0.0
        for scores, label in zip(chain, labels, strict=True):
            total += float(
                scores[label] + added[label] + scores[N + before * N + label] + transitions()[before, label]
            )
            before = label
        out[labels] = total
    return out


@given(CHAINS)
def test_viterbi_finds_the_best_of_all_sequences(chain: Scores) -> None:
    scored = paths(chain, bias(0.0))
    assert scored[tuple(viterbi([chain])[0].tolist())] == pytest.approx(max(scored.values()), abs=1e-3)


@given(CHAINS)
def test_marginals_are_those_of_all_sequences(chain: Scores) -> None:
    scored = paths(chain, np.zeros(N, np.float32))
    top = max(scored.values())
    weights = {labels: np.exp(score - top) for labels, score in scored.items()}
    expected = np.zeros((len(chain), N))
    for labels, weight in weights.items():
        expected[np.arange(len(chain)), labels] += weight
    assert np.allclose(marginals([chain])[0], expected / sum(weights.values()), atol=1e-4)


@given(st.lists(CHAINS, min_size=1, max_size=6))
def test_chains_do_not_influence_each_other(chains: list[Scores]) -> None:
    together = viterbi(chains)
    assert [labels.tolist() for labels in together] == [viterbi([chain])[0].tolist() for chain in chains]


@given(CHAINS)
def test_pieces_begin_with_their_beginning(chain: Scores) -> None:
    names = ["O", *(LABELS[label] for label in viterbi([chain])[0])]
    bad = [pair for pair in pairwise(names) if pair[1][0] == "I" and pair[0][1:] != pair[1][1:]]
    assert bad == []


def test_leaning_to_recall_begins_more() -> None:
    chain = np.zeros((1, N + N * N), np.float32)
    chain[0, 0] = 0.6
    labels = [LABELS[viterbi([chain], lean)[0][0]] for lean in (0.0, 0.7)]
    assert labels == ["O", "B-K"]


def test_no_words_no_labels() -> None:
    assert [len(labels) for labels in viterbi([np.zeros((0, N + N * N), np.float32)])] == [0]
