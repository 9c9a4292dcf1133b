from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ondit.records import Reading
from ondit.tracing.alignment import KEPT, NEAREST, Pairs, compared, proposed, scored, weights
from ondit.tracing.features import Features
from ondit.tracing.points import points
from processes import printed
from tracingfakes import SAYS, reading, story

TESTS = str(Path(__file__).parents[1])


def table(readings: list[Reading], nearest: int = NEAREST) -> NDArray[np.float64]:
    """The scores of all pairs that are kept, as a square; nan for the others."""
    pairs = compared(readings, nearest)
    out = np.full((len(pairs.points),) * 2, np.nan)
    out[pairs.rows, pairs.columns] = out[pairs.columns, pairs.rows] = pairs.chance
    return out


def chances(pairs: Pairs, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    return scored(pairs.features, rows, columns)[0]


def score(one: str, two: str) -> float:
    return float(chances(compared(story(one, two, *SAYS)), np.array([0]), np.array([1]))[0])


def test_same_words_score_higher_than_others() -> None:
    assert score(SAYS[0], SAYS[1]) > score(SAYS[0], SAYS[4])


def test_other_number_for_the_same_thing_lowers_the_score() -> None:
    assert score(SAYS[1], SAYS[1]) > score(SAYS[1], SAYS[2])


def test_pairs_are_in_order_and_each_is_there_once() -> None:
    pairs = compared(story(*SAYS, *SAYS))
    keys = list(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True))
    assert keys == sorted(set(keys))
    assert all(row < column for row, column in keys)
    assert [p.statement.document for p in pairs.points] == [f"r{nr}" for nr in range(2 * len(SAYS))]


def test_kept_are_the_pairs_that_score_enough_with_or_without_numbers() -> None:
    pairs = compared(story(*SAYS))
    rows, columns = np.triu_indices(len(SAYS), 1)
    kept = set(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True))
    high = rows[(scores := chances(pairs, rows, columns)) >= KEPT], columns[scores >= KEPT]
    assert set(zip(*(side.tolist() for side in high), strict=True)) <= kept
    assert (np.maximum(pairs.chance, pairs.but_for_numbers) >= KEPT).all()
    assert ((pairs.chance >= 0) & (pairs.chance <= 1)).all()


def test_kept_scores_are_those_that_can_be_asked_for() -> None:
    pairs = compared(story(*SAYS))
    assert np.array_equal(chances(pairs, pairs.rows, pairs.columns), pairs.chance)


def test_different_numbers_of_one_thing_are_contrary_unless_another_is_shared() -> None:
    told = (SAYS[1], SAYS[2], "12 of the 34 men died when the crane of Merrow harbour fell")
    pairs = compared(story(*told))
    contrary = zip(pairs.rows.tolist(), pairs.columns.tolist(), pairs.contrary.tolist(), strict=True)
    assert {(row, column): differs for row, column, differs in contrary} == {
        (0, 1): True,
        (0, 2): False,
        (1, 2): False,
    }


def test_number_that_differs_does_not_count_but_for_numbers() -> None:
    pairs = compared(story(SAYS[1], SAYS[2]))
    assert pairs.but_for_numbers[0] > pairs.chance[0]


@pytest.mark.parametrize("found", [[], [reading("r1")]])
def test_story_without_statements_has_no_pairs(found: list[Reading]) -> None:
    assert len(compared(found).rows) == 0


# -------------------------------------------------------------- the nearest


def many() -> list[Reading]:
    return story(*(f"{words} {place}" for place in ("here", "there", "yesterday") for words in SAYS))


def nearest_of(told: list[Reading], nearest: int) -> set[tuple[int, int]]:
    found = proposed(Features(points(told), told), len(told), nearest)
    return {pair for rows, columns in found for pair in zip(rows.tolist(), columns.tolist(), strict=True)}


def test_of_a_long_story_each_statement_is_compared_with_its_nearest() -> None:
    told = many()
    pairs = nearest_of(told, 2)
    assert pairs == {(i, j) for i, j in pairs if i < j}
    assert {(0, 6), (0, 12), (6, 12)} <= pairs
    assert len(pairs) <= 2 * len(told)


def test_what_is_compared_scores_the_same_whatever_else_is() -> None:
    all_of_them, nearest = table(many()), table(many(), 3)
    known = ~np.isnan(nearest)
    assert 0 < known.sum() < (~np.isnan(all_of_them)).sum()
    assert np.array_equal(nearest[known], all_of_them[known])


def test_equally_near_are_chosen_in_order() -> None:
    told = [replace(r, vectors=b"") for r in story(*(f"crane{nr}" for nr in range(6)))]
    expected = {(0, 1), (0, 2), (1, 2), *((first, nr) for nr in range(3, 6) for first in (0, 1))}
    assert nearest_of(told, 2) == expected


def test_every_learnt_weight_belongs_to_a_feature() -> None:
    pairs = compared(story("a", "b"))
    names = {name for name, _ in pairs.features.of(np.array([0]), np.array([1]))}
    assert set(weights()) - {"threshold"} == names
    assert KEPT <= weights()["threshold"] < 1


@given(st.permutations(range(len(SAYS))))
def test_order_of_the_reports_changes_no_score(order: list[int]) -> None:
    told = story(*SAYS)
    straight, shuffled = table(told), table([told[i] for i in order])
    assert np.allclose(shuffled, straight[np.ix_(order, order)], atol=1e-6, equal_nan=True)


def test_scores_do_not_depend_on_how_the_process_hashes_words() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tracingfakes import reading;"
        "from ondit.tracing.alignment import compared;"
        f"told = [reading(f'r{{n}}', says=[(s,)]) for n, s in enumerate({SAYS!r})];"
        "print(compared(told).chance.tobytes().hex())"
    )
    one, two = (printed(code, TESTS, seed=seed) for seed in (1, 2))
    assert one == two != ""
