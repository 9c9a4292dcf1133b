from __future__ import annotations

import pytest
from hypothesis import given, settings

from ondit.tracing.points import Point, number, points, quantities, stem, tells
from strategies import readings, texts
from tracingfakes import reading


def point(words: str) -> Point:
    (found,) = points([reading("r1", says=[(words,)])])
    return found


@pytest.mark.parametrize(
    ("one", "two"), [("cuts", "cut"), ("flares", "flare"), ("closing", "closed"), ("wounded", "wounds")]
)
def test_forms_of_a_word_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two)


def test_short_words_keep_what_they_are() -> None:
    assert [stem(word) for word in ("red", "sing", "used")] == ["red", "sing", "used"]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("3,200", "3200.0"),
        ("3200", "3200.0"),
        ("3.5", "3.5"),
        ("seventeen", "17.0"),
        ("Twenty-one", "21.0"),
        ("one", ""),
        ("12:30", "12:30"),
        ("pier", ""),
        ("", ""),
    ],
)
def test_numbers_have_one_spelling(token: str, expected: str) -> None:
    assert number(token) == expected


def test_point_holds_stems_names_and_numbers() -> None:
    found = point("The crane of Merrow killed 34 men.")
    assert found.names == {stem("merrow")}
    assert found.numbers == {"34.0"}
    assert found.quantities == {stem("men"): frozenset({"34.0"})}
    assert {stem("crane"), stem("killed"), stem("men")} <= found.stems


def test_number_in_a_name_is_no_quantity() -> None:
    assert point("It lay in Shed 14 again.").numbers == frozenset()


def test_words_in_capitals_are_loud() -> None:
    assert [point(words).loud for words in ("SHAMED Quill left.", "Quill left the US.")] == [True, False]


def test_negation_and_saying_are_no_content() -> None:
    assert point("She said it was not so.").stems == frozenset()


def test_different_units_are_different_quantities() -> None:
    found = quantities(["34", "men", "and", "12", "women", "of", "34", "houses"])
    assert {unit: set(values) for unit, values in found.items()} == {
        stem("men"): {"34.0"},
        stem("women"): {"12.0"},
        stem("houses"): {"34.0"},
    }


def test_great_numbers_tell_more_than_small_ones() -> None:
    assert tells("2.0") < tells("7.0") < tells("6700.0")


@given(readings())
@settings(max_examples=12)
def test_every_statement_is_a_point(found: object) -> None:
    assert [p.statement for p in points([found])] == list(found.statements)  # type: ignore[list-item, attr-defined]


@given(texts(20))
def test_any_token_has_a_stem_and_is_a_number_or_none(token: str) -> None:
    folded = token.casefold()
    assert len(stem(folded)) <= len(folded)
    assert isinstance(number(token), str)
    assert tells(number(token)) > 0
