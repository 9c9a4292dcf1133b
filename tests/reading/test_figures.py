from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.figures import (
    Figure,
    adjective_of,
    agrees,
    compatible,
    fold,
    named_at,
    names_nobody,
    noun_phrase,
    overlap,
    part_of,
    span_of,
    speaks,
    synonyms,
    title_case,
    within,
)
from ondit.records import AgentKind, Span
from strategies import texts


def figure(name: str, kind: AgentKind | None = "person", start: int = 0) -> Figure:
    return Figure(0, name, kind, start, size=len(name))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Tide", "tide"),
        ("Low’s", "low"),
        ("Ada  Quill", "ada quill"),
        ("Low & Sons", "low & sons"),
        ("", ""),
    ],
)
def test_names_are_compared_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_name_within_another() -> None:
    assert [within(s, "Ada Quill") for s in ("Quill", "Ada Quill", "Anna Quill", "")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("part", "whole", "kind", "expected"),
    [
        ("quill", "Ada Quill", "person", True),
        ("ada", "Ada Quill", "person", True),
        ("low", "Ada Quill", "person", False),
        ("ada quill", "Ada Quill", "person", False),
        ("herald", "Merrow Herald", "outlet", True),
        ("merrow", "Merrow Herald", "outlet", False),
        ("low", "Low Storage", "organisation", True),
        ("storage", "Low Storage", "organisation", False),
        ("hallow", "Hallow Port Authority", "organisation", False),
        ("hallow port authority", "Hallow", "organisation", False),
        ("officials", "six officials", "anonymous_group", False),
        ("memo", "the owner memo", "document", False),
    ],
)
def test_part_that_can_stand_for_a_name(part: str, whole: str, kind: AgentKind, expected: bool) -> None:
    assert part_of(part, figure(whole, kind)) is expected


@pytest.mark.parametrize(
    ("word", "name", "expected"),
    [
        ("karsenian", "karsenia", True),
        ("vestreyan", "vestrey", True),
        ("merrowish", "merrow", True),
        ("karsenia", "karsenia", False),
        ("karting", "karsenia", False),
        ("usa", "us", False),
    ],
)
def test_adjectives_of_places(word: str, name: str, expected: bool) -> None:
    assert adjective_of(word, name) is expected


def test_kinds_fit_the_class_of_a_head_noun() -> None:
    assert [compatible("person", "role"), compatible("person", "org"), compatible("outlet", "outlet")] == [
        True,
        False,
        True,
    ]


def test_bodies_overlap_by_a_word_or_an_adjective() -> None:
    assert [overlap("merrow police", "merrow"), overlap("karsenian", "karsenia"), overlap("a", "a")] == [
        True,
        True,
        False,
    ]


def test_offices_under_different_words_are_one() -> None:
    assert synonyms("the king") & synonyms("head of state")
    assert synonyms("the prime minister") & synonyms("the chancellor")
    assert not synonyms("the vice president") & synonyms("the king")
    assert synonyms("a docker") == set()


def test_words_that_name_nobody() -> None:
    nobody = ("sources", "City whispers", "reports", "a source", "the report", "two sources close to it", "")
    assert [names_nobody(words) for words in nobody] == [True, True, True, False, False, False, False]


def test_words_with_a_speaking_head_speak() -> None:
    assert [speaks("the mayor’s spokeswoman"), speaks("the crane")] == [True, False]


def test_pronouns_agree_with_gender_number_and_kind() -> None:
    quill = figure("Ada Quill")
    quill.heads.add("mayor")
    quill.gender = "f"
    assert [agrees(quill, sort) for sort in ("f", "m", "p", "n")] == [True, False, False, False]
    low = figure("Low Storage", "organisation")
    assert [agrees(low, sort) for sort in ("f", "m", "p", "n")] == [False, False, True, True]


def test_figure_is_before_where_it_was_last_named() -> None:
    found = figure("Quill", start=3)
    found.places += [10, 20]
    assert [found.before(15), found.before(3), found.before(25, (Span(18, 30),))] == [10, -1, 10]


def test_span_is_where_the_text_names_it_first() -> None:
    found = figure("Quill", start=3)
    found.name = "Ada van der Quill"
    assert (span_of(found), named_at(found)) == (Span(3, 8), Span(3, 8))


def test_figure_that_the_text_does_not_name_has_no_span() -> None:
    assert [
        span_of(Figure(0, "Tide", "outlet", -1, size=4)),
        span_of(Figure(0, "Karsenia", None, 5)),
        span_of(None),
    ] == [
        None,
        None,
        None,
    ]


def test_headlines_in_title_case_show_no_names() -> None:
    assert [title_case("Old Crane Falls In Merrow Harbour"), title_case("Old crane falls in Merrow")] == [
        True,
        False,
    ]


def test_noun_phrase_before_a_name() -> None:
    assert noun_phrase(["it", "was", "closed,", "said", "her", "lawyer"]) == "her lawyer"
    assert noun_phrase(["lawyer"]) == "lawyer"


@given(texts(30), texts(30))
def test_any_names_can_be_compared(one: str, two: str) -> None:
    for kind in ("person", "outlet", "organisation", None):
        assert part_of(fold(one) or "x", figure(two, kind)) in {True, False}  # type: ignore[arg-type]
    assert adjective_of(fold(one), fold(two)) in {True, False}
    assert names_nobody(one) in {True, False}
