from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.tracing.quantities import CLOCK, DAY, WEEKDAY, comparable, differing, quantities
from strategies import news_texts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("17 people", 17, 17),
        ("seventeen people", 17, 17),
        ("twenty-three houses", 23, 23),
        ("one hundred and twelve children", 112, 112),
        ("a hundred and eighty thousand files", 180_000, 180_000),
        ("2.1 million patients", 2_100_000, 2_100_000),
        ("half a million shells", 500_000, 500_000),
        ("two million three hundred thousand", 2_300_000, 2_300_000),
        ("1,212 participants", 1212, 1212),
        ("a fee of £3m", 3_000_000, 3_000_000),
        ("some 1,000 people", 900, 1100),
        ("at least 100 people", 100, 120),
        ("100 people or more", 100, 100),
        ("100 or more", 100, 120),
        ("fewer than 40 boats", 0, 40),
        ("no fewer than 40 boats", 40, 48),
        ("up to 40 boats", 0, 40),
        ("between 40 and 50 boats", 40, 50),
        ("40 to 50 boats", 40, 50),
        ("two and a half times", 2.5, 2.5),
    ],
)
def test_number_in_any_words(text: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert (round(found.low, 6), round(found.high, 6)) == (low, high)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("at 9.40 p.m.", CLOCK, 21 * 60 + 40),
        ("at 21.40", CLOCK, 21 * 60 + 40),
        ("logged at 21:40", CLOCK, 21 * 60 + 40),
        ("half past one", CLOCK, 90),
        ("ten to two", CLOCK, 110),
        ("on 14 July", DAY, 714),
        ("July 14, 2033", DAY, 714),
        ("on the 14th", DAY, 14),
        ("on Tuesday", WEEKDAY, 1),
    ],
)
def test_time_in_any_words(text: str, unit: str, value: float) -> None:
    (found,) = quantities(text)
    assert (found.units, found.low, found.dated) == (frozenset({unit}), value, True)


@pytest.mark.parametrize(
    "text", ["a man said", "in 2033", "Hall A, and Shed 14", "million", "half", "one of them", ""]
)
def test_names_years_and_bare_words_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("34 men", "12 men", True),
        ("nine bodies", "11 people", True),
        ("61 per cent", "68%", True),
        ("34 men", "12 women", False),
        ("34 men", "12 boats", False),
        ("34 men", "it is 12", False),
        ("9.40 p.m.", "9 boats", False),
    ],
)
def test_nouns_tell_what_can_be_compared(one: str, two: str, expected: bool) -> None:
    (a,), (b,) = quantities(one), quantities(two)
    assert comparable(a, b) is expected


@given(st.one_of(news_texts(60), st.text(max_size=60)))
def test_spans_lie_in_the_text_and_intervals_are_in_order(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.low <= found.high


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a bid of £22m", "MONEY"),
        ("12 million crowns", "MONEY"),
        ("a magnitude of 6.4 struck", "MAGNITUDE"),
        ("the toll in the valley reached 112", "PERSON"),
        ("turnout was 61", "%"),
    ],
)
def test_sign_or_measure_says_what_a_number_is(text: str, kind: str) -> None:
    (found,) = quantities(text)
    assert kind in found.units


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("34 people died", "61 people died", [("34", "61")]),
        ("34 people died", "about 33 people died", []),
        ("34 people died", "61 people, 34 people in the hall", []),
        ("34 people died on Monday", "34 people died on Tuesday", [("Monday", "Tuesday")]),
        ("34 people died", "61 boats sank", []),
    ],
)
def test_what_both_count_differs_unless_either_figure_is_given_twice(
    one: str, two: str, words: list[tuple[str, str]]
) -> None:
    found = differing(quantities(one), quantities(two))
    assert [(one[a.span.start : a.span.end], two[b.span.start : b.span.end]) for a, b in found] == words
