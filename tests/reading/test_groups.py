"""How many, of whom: words for several people without a name."""

from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.groups import count_of, counted, first_of, quantified, together
from strategies import texts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("six senior officials", 6),
        ("the six officials", 6),
        ("two dozen guests", 24),
        ("a dozen men", 12),
        ("two hundred dockers", 200),
        ("34 dockers", 34),
        ("officials", None),
        ("a close aide of the six", None),
        ("² dockers", None),
        ("", None),
    ],
)
def test_literal_head_count(text: str, count: int | None) -> None:
    assert count_of(text.split()) == count


def test_number_with_a_comma_is_one_head_count() -> None:
    assert count_of(["the", "43", "000", "voters"], "the 43,000 voters") == 43000


@pytest.mark.parametrize("words", ["four in 10 voters", "two-thirds of the crew", "55 percent", "half"])
def test_share_is_no_head_count(words: str) -> None:
    assert count_of(words.split()) is None


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("some", "alone"),
        ("nearly half", "alone"),
        ("a large majority of them", "alone"),
        ("more than two-thirds of those in the harbour", "alone"),
        ("most of the crew", "of"),
        ("a majority of dockers", "of"),
        ("someone who was there", "one"),
        ("some dockers", ""),
        ("the mayor", ""),
        ("", ""),
    ],
)
def test_quantifier_tells_how_many_and_hardly_who(words: str, how: str) -> None:
    assert quantified(words.split()) == how


@pytest.mark.parametrize(
    ("words", "number"), [("Both", 2), ("the two", 2), ("The trio", 3), ("the two dockers", None), ("", None)]
)
def test_people_named_before_are_told_together(words: str, number: int | None) -> None:
    assert together(words) == number


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("two letters", True),
        ("the three polls", True),
        ("of the seven polls", False),
        ("the", False),
        ("", False),
    ],
)
def test_number_of_a_phrase_stands_at_its_beginning(words: str, begins: bool) -> None:
    assert counted(words.split()) == begins


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("the board and some engineers", "the board"),
        ("Orvia's president and foreign ministers", "Orvia's president"),
        ("the foreign and defence ministers", None),
        ("president and owner Ana Low", None),
        ("Harrow & Sons", None),
        ("the mayor", None),
    ],
)
def test_first_of_several_sources_ends_where_another_phrase_begins(words: str, first: str | None) -> None:
    end = first_of(words)
    assert (words[:end] if end is not None else None) == first


@given(texts())
def test_any_words_can_be_asked(text: str) -> None:
    words = text.casefold().split()
    assert first_of(text) is None or 0 < (first_of(text) or 0) < len(text)
    assert quantified(words) in {"", "alone", "of", "one"}
    assert (count_of(words, text) or 0) >= 0
