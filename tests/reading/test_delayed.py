"""Clauses that a sentence gives to somebody behind them."""

from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.delayed import completed, delayed
from ondit.records import Span
from readingfakes import Said, level, quotes_in, report, words_at
from strategies import news_texts

BEGGED = "Bosses had refused to lower the lake when she asked, Ada Quill told her staff."


def shown(text: str) -> tuple[str, str] | None:
    """Who says what by the form of `text`, read as one sentence."""
    found = delayed(text, Span(0, len(text)), quotes_in(report(text)))
    return (words_at(text, found.source), words_at(text, found.content)) if found else None


def with_clauses(text: str, *said: Said) -> list[tuple[str, str]]:
    document = report(text)
    found = completed(text, document.blocks, quotes_in(document), [level(text, some) for some in said])
    return [(words_at(text, lv.source), words_at(text, lv.content)) for lv in found]


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        (BEGGED, "Ada Quill", "Bosses had refused to lower the lake when she asked"),
        ("The crane was old, she confided to the Tide.", "she", "The crane was old"),
        ("14.05 The crane was old, the Port Office has established.", "the Port Office", "The crane was old"),
        ("The crane was “old”, police said.", "police", "The crane was “old”"),
    ],
)
def test_clause_is_said_by_who_stands_behind_it(text: str, who: str, what: str) -> None:
    assert shown(text) == (who, what)


@pytest.mark.parametrize(
    "text",
    [
        "In a statement, the port office said.",
        "After the crane fell, the port office said that it was old.",
        "The crane was old, as it stood on the first call.",
        "The crane was old, which she said.",
        "“The crane was old, she said.”",
        "The crane fell, and he received the report.",
        "",
    ],
)
def test_what_has_no_such_form_shows_nothing(text: str) -> None:
    assert shown(text) is None


def test_whole_clause_takes_the_place_of_a_part_of_it() -> None:
    assert with_clauses(BEGGED, ("Ada Quill", "told", "to lower the lake")) == [
        ("Ada Quill", "Bosses had refused to lower the lake when she asked")
    ]


def test_quotation_of_the_same_speaker_stays_hers() -> None:
    text = "The crane was old, she said. “Nobody looked.”"
    assert with_clauses(text, ("she", "said", "“Nobody looked.”")) == [
        ("she", "The crane was old | “Nobody looked.”")
    ]


def test_what_is_said_inside_the_clause_is_left_to_be_found_again() -> None:
    inner = ("Bosses", "had refused", "to lower the lake")
    assert with_clauses(BEGGED, inner) == [
        ("Ada Quill", "Bosses had refused to lower the lake when she asked")
    ]


def test_clause_that_somebody_says_already_stays_theirs() -> None:
    said = ("the clerk", "says", "The crane was old, she said")
    text = "The crane was old, she said. That is what the clerk says."
    assert with_clauses(text, said) == [("the clerk", "The crane was old, she said")]


def test_words_right_behind_the_cue_are_what_is_said() -> None:
    text = "The crane had been old, she told the Tide it fell"
    assert with_clauses(text, ("she", "told", "it fell")) == [("she", "it fell")]


def test_line_of_blanks_is_looked_at_once() -> None:
    assert shown("They were late at the gate," + " " * 20_000 + "x went home.") is None


@given(news_texts())
def test_everything_found_lies_in_the_sentence(text: str) -> None:
    found = delayed(text, Span(0, len(text)), ())
    spans = (*found.source, *found.cue, *found.content) if found else ()
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
