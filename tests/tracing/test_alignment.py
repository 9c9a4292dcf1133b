from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Reading
from ondit.tracing.alignment import cosines, features, rarity, scores, weights
from ondit.tracing.points import points
from processes import printed
from tracingfakes import reading

TESTS = str(Path(__file__).parents[1])
SAYS = [
    "The crane in Merrow harbour killed 34 men",
    "34 men died when the crane of Merrow harbour fell",
    "12 men died when the crane of Merrow harbour fell",
    "The crane in Merrow harbour killed nobody",
    "Lemons are cheaper this spring",
    "Was the crane old?",
]


def story(*words: str) -> list[Reading]:
    """One report a sentence."""
    return [reading(f"r{nr}", says=[(sentence,)]) for nr, sentence in enumerate(words)]


def score(one: str, two: str) -> float:
    _, table = scores(story(one, two, *SAYS))
    return float(table[0, 1])


def values(*words: str) -> dict[str, float]:
    """The features of the first two sentences of a story, by name."""
    return values_of(story(*words))


def values_of(readings: list[Reading]) -> dict[str, float]:
    """The features of the first two statements, by name."""
    found = points(readings)
    cosine = np.zeros((len(found), len(found)), dtype=np.float32)
    return {name: float(pair[0, 1]) for name, pair in features(found, cosine, rarity(found))}


def test_same_words_score_higher_than_others() -> None:
    assert score(SAYS[0], SAYS[1]) > score(SAYS[0], SAYS[4])


def test_other_number_for_the_same_thing_lowers_the_score() -> None:
    assert score(SAYS[1], SAYS[1]) > score(SAYS[1], SAYS[2])


def test_the_more_a_report_says_the_less_probably_it_says_this() -> None:
    filled = [f"Ship {nr} sailed to port {nr}" for nr in range(90)]
    short = [reading("r1", says=[(SAYS[0],)]), reading("r2", says=[(SAYS[1],)])]
    long = [short[0], reading("r2", says=[(SAYS[1],), *((words,) for words in filled)])]
    of_short, of_long = (values_of(found)["crowd"] for found in (short, long))
    assert of_short - of_long == pytest.approx(np.log(91 / 12), abs=1e-5)
    assert weights()["crowd"] == 1


def test_every_pair_is_scored_once_and_alike_from_both_sides() -> None:
    found, table = scores(story(*SAYS))
    assert [p.statement.document for p in found] == [f"r{nr}" for nr in range(len(SAYS))]
    assert table.shape == (len(SAYS), len(SAYS))
    assert np.array_equal(table, table.T)
    assert (table >= 0).all()
    assert (table <= 1).all()
    assert not table.diagonal().any()


@pytest.mark.parametrize("found", [[], [reading("r1")]])
def test_story_without_statements_has_no_pairs(found: list[Reading]) -> None:
    assert scores(found)[1].shape == (0, 0)


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


def test_every_learnt_weight_belongs_to_a_feature() -> None:
    assert set(weights()) - {"threshold"} <= set(values("a", "b"))
    assert 0 < weights()["threshold"] < 1


def test_word_of_few_reports_is_rarer_than_one_of_all() -> None:
    found = rarity(points(story("crane lemons", "crane again", "crane rain")))
    assert found["lemon"] > found["cran"]


def test_cosine_of_a_vector_with_itself_is_one() -> None:
    found = cosines(story(*SAYS))
    assert np.allclose(found.diagonal(), 1, atol=1e-5)
    assert np.allclose(found, found.T)


def test_readings_without_vectors_have_no_cosines() -> None:
    assert not cosines([replace(r, vectors=b"") for r in story(*SAYS)]).any()


def test_vectors_of_different_widths_are_not_compared() -> None:
    one, two = story("It rained.", "It rained.")
    odd = [replace(one, vectors=b"\x01\x02"), replace(two, vectors=b"\x01")]
    assert not cosines(odd).any()


@given(st.permutations(range(len(SAYS))))
def test_order_of_the_reports_changes_no_score(order: list[int]) -> None:
    told = story(*SAYS)
    _, straight = scores(told)
    _, shuffled = scores([told[i] for i in order])
    assert np.allclose(shuffled, straight[np.ix_(order, order)], atol=1e-6)


def test_scores_do_not_depend_on_how_the_process_hashes_words() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tracingfakes import reading;"
        "from ondit.tracing.alignment import scores;"
        f"print(scores([reading(f'r{{n}}', says=[(s,)]) for n, s in enumerate({SAYS!r})])[1].tobytes().hex())"
    )
    one, two = (printed(code, TESTS, seed=seed) for seed in (1, 2))
    assert one == two != ""
