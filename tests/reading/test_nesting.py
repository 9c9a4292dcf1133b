from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.nesting import as_sentence, nested, shifted
from ondit.records import Span
from readingfakes import Found, Said, finder, level, nothing, span_of, told, words_at
from strategies import news_texts, spans, texts

TEXT = "The Herald said that the mayor insisted the owner had admitted the crane was old."
HERALD = ("The Herald", "said", "that the mayor insisted the owner had admitted the crane was old")
MAYOR = ("the mayor", "insisted", "the owner had admitted the crane was old")
OWNER = ("the owner", "had admitted", "the crane was old")


def inside(text: str, outer: Said, *inner: Said) -> list[tuple[Said, str]]:
    """What `inner` relations become within `outer`, each with the source of its parent."""
    levels = nested(text, [level(text, outer)], finder(text, inner=inner))
    parents = [words_at(text, lv.parent.source) if lv.parent else "" for lv in levels]
    return list(zip(told(text, levels), parents, strict=True))


def test_levels_are_found_inside_levels_to_any_depth() -> None:
    assert inside(TEXT, HERALD, MAYOR, OWNER) == [(HERALD, ""), (MAYOR, "The Herald"), (OWNER, "the mayor")]


def test_nothing_inside_leaves_the_level_alone() -> None:
    assert inside(TEXT, HERALD) == [(HERALD, "")]


def test_level_that_only_passes_on_is_not_looked_into() -> None:
    outer = level(TEXT, HERALD)
    outer.holds = False
    assert nested(TEXT, [outer], finder(TEXT, inner=[MAYOR])) == [outer]


@pytest.mark.parametrize(
    ("cue", "source"), [("planned", "the mayor"), ("vowed", "the mayor"), ("said", "we"), ("said", "")]
)
def test_acts_promises_and_speakers_that_are_the_same_make_no_level(cue: str, source: str) -> None:
    text = f"Low said {source} {cue} the old crane would go soon."
    outer = ("Low", "said", f"{source} {cue} the old crane would go soon")
    assert inside(text, outer, (source, cue, "the old crane would go soon")) == [(outer, "")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("that the crane was old,", ("The crane was old.", 5)),
        ("whether it was old", ("It was old.", 8)),
        ("it was old.”", ("It was old.”", 0)),
        ("", (".", 0)),
    ],
)
def test_content_is_read_as_a_sentence(words: str, expected: tuple[str, int]) -> None:
    assert as_sentence(words, Span(0, len(words))) == expected


def test_relation_in_a_content_is_moved_to_its_place() -> None:
    piece = span_of(TEXT, "that the mayor insisted the owner had admitted the crane was old")
    words, lead = as_sentence(TEXT, piece)
    part = span_of(words.casefold(), "the owner had admitted")
    moved = shifted(Found((), (), (part,)), piece, lead)
    assert moved is not None
    assert words_at(TEXT, moved.content) == "the owner had admitted"


def test_relation_that_has_no_content_left_is_no_level() -> None:
    assert shifted(Found((), (), (Span(8, 9),)), Span(0, 5), 0) is None


@given((news_texts() | texts()).flatmap(lambda text: st.tuples(st.just(text), spans(text))))
def test_any_stretch_is_a_sentence_and_finds_its_way_back(case: tuple[str, Span]) -> None:
    text, span = case
    words, lead = as_sentence(text, span)
    moved = shifted(Found((), (), (Span(0, max(1, len(words))),)), span, lead)
    assert 0 <= lead <= span.end - span.start
    assert moved is None or all(span.start <= s.start < s.end <= span.end for s in moved.content)
    assert nested(text, [], nothing) == []
