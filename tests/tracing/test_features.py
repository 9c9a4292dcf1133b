from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Reading
from ondit.tracing.alignment import weights
from ondit.tracing.features import Features, Held, Vectors, rarity
from ondit.tracing.points import points
from tracingfakes import SAYS, reading, story


def values(*words: str) -> dict[str, float]:
    """The features of the first two sentences of a story, by name."""
    return values_of(story(*words))


def values_of(readings: list[Reading]) -> dict[str, float]:
    """The features of the first two statements, by name, without what their vectors tell."""
    told = [replace(r, vectors=b"") for r in readings]
    pair = np.array([0]), np.array([1])
    return {name: float(value[0]) for name, value in Features(points(told), told).of(*pair)}


def cosines(readings: list[Reading]) -> list[float]:
    """Of all statements with all."""
    size = range(sum(len(r.statements) for r in readings))
    pairs = np.array([[i, j] for i in size for j in size]).T
    return Vectors(readings).cosines(*pairs).tolist()


def test_the_more_a_report_says_the_less_probably_it_says_this() -> None:
    filled = [f"Ship {nr} sailed to port {nr}" for nr in range(90)]
    short = [reading("r1", says=[(SAYS[0],)]), reading("r2", says=[(SAYS[1],)])]
    long = [short[0], reading("r2", says=[(SAYS[1],), *((words,) for words in filled)])]
    of_short, of_long = (values_of(found)["crowd"] for found in (short, long))
    assert of_short - of_long == pytest.approx(np.log(91 / 12), abs=1e-5)
    assert weights()["crowd"] == 1


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("numbers_same", "34 men died", "34 women died"),
        ("contrary", "34 men died", "12 men died"),
        ("numbers_one", "34 men died", "men died"),
        ("polarity", "the crane fell", "the crane did not fall"),
        ("names", "the crane of Merrow", "the pier of Merrow"),
        ("names_differ", "the crane of Merrow", "the crane of Hallow"),
        ("quoted", "it fell into the harbour", "he said it fell into the harbour"),
    ],
)
def test_feature_shows_what_it_is_named_after(name: str, one: str, two: str) -> None:
    assert values(one, two)[name] > 0
    assert values("lemons are cheap", "it rained again")[name] == 0


def test_different_things_counted_are_not_contrary() -> None:
    assert values("34 men died", "12 ships burned")["contrary"] == 0


def test_word_of_few_reports_is_rarer_than_one_of_all() -> None:
    found = rarity(points(story("crane lemons", "crane again", "crane rain")))
    assert found["lemon"] > found["cran"]


def test_cosine_of_a_vector_with_itself_is_one() -> None:
    found = np.array(cosines(story(*SAYS))).reshape(len(SAYS), -1)
    assert np.allclose(found.diagonal(), 1)
    assert np.array_equal(found, found.T)


def test_cosines_of_some_rows_are_those_of_their_pairs() -> None:
    told = story(*SAYS)
    found = np.array(cosines(told), dtype=np.float32).reshape(len(SAYS), -1)
    assert np.array_equal(Vectors(told).against(slice(1, 4)), found[1:4])


def test_readings_without_vectors_have_no_cosines() -> None:
    assert not any(cosines([replace(r, vectors=b"") for r in story(*SAYS)]))


def test_vectors_of_different_widths_are_not_compared() -> None:
    one, two = story("It rained.", "It rained.")
    odd = [replace(one, vectors=b"\x01\x02"), replace(two, vectors=b"\x01")]
    assert not any(cosines(odd))


def test_features_of_a_pair_do_not_depend_on_what_else_is_asked_for() -> None:
    told = story(*SAYS)
    features = Features(points(told), told)
    rows, columns = np.triu_indices(len(SAYS), 1)
    together = dict(features.of(rows, columns))
    for at in range(len(rows)):
        alone = dict(features.of(rows[at : at + 1], columns[at : at + 1]))
        assert {n: v.tolist() for n, v in alone.items()} == {n: [v[at]] for n, v in together.items()}


def test_features_are_alike_from_both_sides() -> None:
    told = story(*SAYS)
    rows, columns = np.triu_indices(len(SAYS), 1)
    one, two = (dict(Features(points(told), told).of(*pair)) for pair in ((rows, columns), (columns, rows)))
    assert {n: v.tolist() for n, v in one.items()} == {n: v.tolist() for n, v in two.items()}


# ---------------------------------------------------------------- what is held

WEIGHT = {"a": 1.0, "b": 2.5, "c": 4.0, "d": 0.5}
HELD = st.lists(st.frozensets(st.sampled_from("abcd")), min_size=1, max_size=6)


@given(HELD)
def test_what_two_share_is_weighed(sets: list[frozenset[str]]) -> None:
    rows, columns = np.triu_indices(len(sets), 1)
    total, most = Held(sets, WEIGHT.__getitem__).shared(rows, columns)
    shared = [[WEIGHT[m] for m in sets[i] & sets[j]] for i, j in zip(rows, columns, strict=True)]
    assert total.tolist() == [sum(found) for found in shared]
    assert most.tolist() == [max(found, default=0) for found in shared]


@given(HELD, st.data())
def test_the_heaviest_of_a_part_is_that_of_its_pairs(sets: list[frozenset[str]], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sets) - 1))
    part = slice(start, data.draw(st.integers(start + 1, len(sets))))
    found = Held(sets, WEIGHT.__getitem__).heaviest(part, len(sets))
    for i in range(part.start, part.stop):
        others = [j for j in range(len(sets)) if j != i]
        expected = [max((WEIGHT[m] for m in sets[i] & sets[j]), default=0) for j in others]
        assert found[i - part.start, others].tolist() == expected


def test_what_many_hold_is_left_out() -> None:
    assert not Held(["a", "a", "a"]).heaviest(slice(0, 3), 2).any()
