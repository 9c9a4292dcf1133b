from __future__ import annotations

from hypothesis import given, settings

from ondit.text.stems import stem
from ondit.tracing.points import Point, points, tells
from strategies import readings, texts
from tracingfakes import reading


def point(words: str) -> Point:
    (found,) = points([reading("r1", says=[(words,)])])
    return found


def test_point_holds_stems_names_and_numbers() -> None:
    found = point("The crane of Merrow killed 34 men.")
    assert found.names == {stem("merrow")}
    assert found.numbers == {"34"}
    assert [(q.value, q.units) for q in found.quantities] == [(34.0, {stem("men")})]
    assert {stem("crane"), stem("killed"), stem("men")} <= found.stems


def test_number_in_a_name_is_no_quantity() -> None:
    assert point("It lay in Shed 14 again.").numbers == frozenset()


def test_words_in_capitals_are_loud() -> None:
    assert [point(words).loud for words in ("SHAMED Quill left.", "Quill left the US.")] == [True, False]


def test_negation_and_saying_are_no_content() -> None:
    assert point("She said it was not so.").stems == frozenset()


def test_number_is_spelt_in_one_way() -> None:
    found = [
        point(words).numbers for words in ("Some 3,200 left.", "3200 men left.", "About 3.2 thousand left.")
    ]
    assert found == [{"3200"}] * 3


def test_time_is_spelt_with_its_kind_and_a_year_alone() -> None:
    assert point("On 14 July 2033 at 9.40 p.m. it fell.").numbers == {"DAY 714", "CLOCK 1300", "2033"}


def test_great_numbers_tell_more_than_small_ones() -> None:
    assert tells("2") < tells("7") < tells("6700")


def test_day_of_the_week_tells_little_and_a_date_much() -> None:
    assert tells("WEEKDAY 4") < tells("DAY 714")


@given(readings())
@settings(max_examples=12)
def test_every_statement_is_a_point(found: object) -> None:
    assert [p.statement for p in points([found])] == list(found.statements)  # type: ignore[list-item, attr-defined]


@given(words=texts(60))
def test_any_number_tells_something(words: str) -> None:
    assert [n for n in point(words or "x").numbers if tells(n) <= 0] == []
