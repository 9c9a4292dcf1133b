"""Figures by their owner."""

from __future__ import annotations

import pytest
from hypothesis import given

from ondit.reading.owned import owned
from ondit.records import Span
from strategies import news_texts


def found(text: str) -> list[tuple[str, ...]]:
    """Source and content of every relation in `text`, read as one sentence."""
    relations = owned(text, Span(0, len(text)))
    return [tuple(text[spans[0].start : spans[0].end] for spans in (who, what)) for who, _, what in relations]


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("The police, we hear, have 200.", "The police", "200"),
        ("More than I can count; the monitors had forty by ear.", "the monitors", "forty by ear"),
        ("Sixty-one is the hospital’s.", "the hospital", "Sixty-one"),
        ("The Tide also had dockers walking out.", "The Tide", "dockers walking out"),
        ("Quayside had him boarding a ferry.", "Quayside", "him boarding a ferry"),
    ],
)
def test_figure_is_said_by_its_owner(text: str, who: str, what: str) -> None:
    assert found(text) == [(who, what)]


@pytest.mark.parametrize(
    "text",
    [
        "The hospital has 200 beds.",
        "She has 97.",
        "Everybody quotes the League's 11.14.",
        "The captain had people working.",
        "The Tide has stopped printing.",
        "The mayor's seven dockers left.",
        "It stands by the quay.",
        "",
    ],
)
def test_what_somebody_has_is_not_what_he_says(text: str) -> None:
    assert found(text) == []


def test_number_that_is_not_meant_is_left_out() -> None:
    assert found("The public registry has Hallow at 1,212, not 1,140.") == [
        ("The public registry", "Hallow at 1,212")
    ]


@given(news_texts())
def test_relations_lie_inside_their_sentence(text: str) -> None:
    for relation in owned(text, Span(0, len(text))):
        assert all(0 <= s.start < s.end <= len(text) for spans in relation for s in spans)
