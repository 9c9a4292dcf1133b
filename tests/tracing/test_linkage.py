from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ondit.tracing.linkage import COPIES, UNKNOWN, Scored, cluster, components, members, numbered

Table = NDArray[np.float64]


def random_table(seed: int, size: int) -> Table:
    half = np.triu(np.random.default_rng(seed).random((size, size)) * COPIES, 1)
    return half + half.T


def table(size: int, *pairs: tuple[int, int, float]) -> Table:
    out = np.zeros((size, size))
    for i, j, score in pairs:
        out[i, j] = out[j, i] = score
    return out


def clustered(scores: Table, threshold: float) -> list[int]:
    """Groups where what is 0 is not known."""
    rows, columns = np.nonzero(np.triu(scores != 0, 1))
    return cluster(len(scores), Scored(rows, columns, scores[rows, columns]), threshold).tolist()


def near(scores: Table, one: list[int], two: list[int]) -> float:
    """The mean of the best matches of the members of both groups."""
    between = np.where(scores == 0, UNKNOWN, scores)[np.ix_(one, two)]
    return float(between.max(axis=1).mean() + between.max(axis=0).mean()) / 2


def joined_one_by_one(scores: Table, threshold: float) -> list[int]:
    """The linkage as it is defined."""
    groups = [[i] for i in range(len(scores))]
    while len(groups) > 1:
        links = {(a, b): near(scores, groups[a], groups[b]) for b in range(len(groups)) for a in range(b)}
        (a, b), best = max(links.items(), key=lambda link: link[1])
        if best < threshold:
            break
        groups[a] = sorted(groups[a] + groups.pop(b))
    number = {i: nr for nr, group in enumerate(sorted(groups)) for i in group}
    return [number[i] for i in range(len(scores))]


def test_groups_are_joined_from_the_highest_score_down() -> None:
    scores = table(4, (0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.2), (2, 3, 0.55))
    assert clustered(scores, 0.45) == [0, 0, 1, 1]


def test_nothing_is_joined_under_the_threshold() -> None:
    assert clustered(table(3, (0, 1, 0.4)), 0.5) == [0, 1, 2]


def test_nothing_has_no_groups() -> None:
    assert clustered(table(0), 0.5) == []


@given(st.integers(0, 2**16), st.integers(0, 12), st.sampled_from([0.3, 0.5, 0.8]), st.floats(0, 0.9))
def test_groups_are_those_of_the_definition(seed: int, size: int, threshold: float, known: float) -> None:
    scores = random_table(seed, size)
    scores[scores < known] = 0
    assert clustered(scores, threshold) == joined_one_by_one(scores, threshold)


def test_wording_unlike_most_others_stays_with_the_one_it_is_like() -> None:
    """The mean over all pairs, .24, would leave it out."""
    alike = [(i, j, 0.9) for j in range(4) for i in range(j)]
    assert clustered(table(5, *alike, (3, 4, 0.8)), 0.5) == [0, 0, 0, 0, 0]


def test_copies_are_one_thing_whatever_the_threshold() -> None:
    assert clustered(table(3, (0, 1, 0.98), (1, 2, 0.96)), 0.99) == [0, 0, 1]


def test_copies_of_what_is_parted_are_looked_at_one_by_one() -> None:
    assert clustered(table(3, (0, 1, 0.98), (1, 2, 0.99), (0, 2, -np.inf)), 0.6) == [0, 1, 1]


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
