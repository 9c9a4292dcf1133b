from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ondit.tracing.features import Places
from ondit.tracing.linkage import SAMPLE, Scored, _joined, cluster, components, members, numbered

Table = NDArray[np.float64]


def random_table(seed: int, size: int) -> Table:
    half = np.triu(np.random.default_rng(seed).random((size, size)), 1)
    return half + half.T


def table(size: int, *pairs: tuple[int, int, float]) -> Table:
    out = np.zeros((size, size))
    for i, j, score in pairs:
        out[i, j] = out[j, i] = score
    return out


def clustered(scores: Table, threshold: float, known_from: float = -1.0) -> list[int]:
    """Groups where only the scores from `known_from` on are known beforehand."""
    rows, columns = np.nonzero(np.triu(scores >= known_from, 1))
    known = Scored(rows, columns, scores[rows, columns])
    return cluster(len(scores), known, threshold, lambda *pair: scores[pair]).tolist()


def joined_one_by_one(scores: Table, threshold: float) -> list[int]:
    """Average linkage as it is defined."""
    groups = [[i] for i in range(len(scores))]
    while len(groups) > 1:
        links = {
            (a, b): scores[np.ix_(groups[a], groups[b])].mean() for b in range(len(groups)) for a in range(b)
        }
        (a, b), best = max(links.items(), key=lambda link: link[1])
        if best < threshold:
            break
        groups[a] = sorted(groups[a] + groups.pop(b))
    number = {i: nr for nr, group in enumerate(sorted(groups)) for i in group}
    return [number[i] for i in range(len(scores))]


def test_groups_are_joined_from_the_highest_score_down() -> None:
    scores = table(4, (0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.2), (2, 3, 0.5))
    assert clustered(scores, 0.45) == [0, 0, 1, 1]


def test_nothing_is_joined_under_the_threshold() -> None:
    assert clustered(table(3, (0, 1, 0.4)), 0.5) == [0, 1, 2]


def test_nothing_has_no_groups() -> None:
    assert clustered(table(0), 0.5) == []


@given(st.integers(0, 2**16), st.integers(0, 12), st.sampled_from([0.3, 0.5, 0.8]))
def test_groups_are_those_of_average_linkage(seed: int, size: int, threshold: float) -> None:
    scores = random_table(seed, size)
    assert clustered(scores, threshold) == joined_one_by_one(scores, threshold)


@given(st.integers(0, 2**16), st.integers(0, 12), st.sampled_from([0.3, 0.5, 0.8]))
def test_knowing_the_scores_that_join_is_enough(seed: int, size: int, threshold: float) -> None:
    scores = random_table(seed, size)
    assert clustered(scores, threshold, known_from=threshold) == joined_one_by_one(scores, threshold)


def test_only_what_an_average_lacks_is_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def ask(rows: Places, columns: Places) -> Table:
        asked.extend(zip(rows.tolist(), columns.tolist(), strict=True))
        return np.zeros(len(rows))

    known = Scored(np.array([0, 0, 3]), np.array([1, 2, 4]), np.array([0.9, 0.8, 0.1]))
    assert cluster(5, known, 0.5, ask).tolist() == [0, 0, 1, 2, 3]
    assert asked == [(1, 2)]


def test_of_large_groups_some_members_stand_for_all() -> None:
    """Two blocks that hang together by one pair: not all pairs between them are looked at."""
    size = 4 * SAMPLE
    block = np.arange(size) // (size // 2)
    scores = np.where(block[:, None] == block[None], 0.9, 0.1)
    scores[0, -1] = scores[-1, 0] = 0.8
    asked = []
    rows, columns = np.nonzero(np.triu(scores >= 0.5, 1))
    known = Scored(rows, columns, scores[rows, columns])

    def ask(*pair: Places) -> Table:
        asked.append(len(pair[0]))
        return scores[pair]

    assert np.array_equal(cluster(size, known, 0.3, ask), block)
    assert sum(asked) < (size // 2) ** 2


def test_copies_pair_up_at_once() -> None:
    rows, columns = np.triu_indices(64, 1)
    into = _joined(Scored(rows, columns, np.ones(len(rows))), 64, 0.5)
    assert into is not None
    assert into.tolist() == [i // 2 for i in range(64)]


def test_infinite_scores_join_first_and_part_for_good() -> None:
    scores = table(4, (0, 1, np.inf), (1, 2, -np.inf), (0, 2, 0.9), (2, 3, 0.8), (0, 3, 0.7), (1, 3, 0.7))
    assert clustered(scores, 0.3) == [0, 0, 1, 1]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_components_are_what_pairs_connect(pairs: list[tuple[int, int]]) -> None:
    part = list(range(10))
    for one, two in pairs:
        low, high = sorted((part[one], part[two]))
        part = [low if p == high else p for p in part]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    assert components(10, *ends).tolist() == part


@pytest.mark.parametrize(("group", "expected"), [([], []), ([0, 1, 0], [[0, 2], [1]]), ([0, 0], [[0, 1]])])
def test_members_are_in_order(group: list[int], expected: list[list[int]]) -> None:
    assert [places.tolist() for places in members(np.array(group, dtype=np.int64))] == expected


def test_groups_are_numbered_by_their_first_member() -> None:
    assert numbered(np.array([4, 2, 4, 0])).tolist() == [0, 1, 0, 2]
