from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given

from ondit.reading.quotes import inside, quotations
from ondit.records import Quotation, Span
from readingfakes import quotes_in, report, span_of
from strategies import news_texts, texts


def quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in quotes_in(report(text))]


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''", "«»", ["''", "''"], ["``", "''"]])
def test_marks_of_every_style_hold_a_quotation(marks: Sequence[str]) -> None:
    assert quoted(f"{marks[0]}The pier is shut,{marks[1]} she said.") == ["The pier is shut,"]


@pytest.mark.parametrize(
    "text",
    [
        "The owner's dogs weren't there, it's said.",
        "The sailors’ kennel wasn’t shut.",
        "In the ‘90s the ‘80s were missed.",
        "",
    ],
)
def test_apostrophes_and_decades_open_nothing(text: str) -> None:
    assert quoted(text) == []


def test_quotations_come_in_the_order_of_the_text() -> None:
    text = '“We closed it,” she said. “It stays shut.” Her office said "never".'
    assert quoted(text) == ["We closed it,", "It stays shut.", "never"]


def test_quotation_inside_a_quotation_is_no_other() -> None:
    assert quoted("“He told me ‘never’ to my face,” she said.") == ["He told me ‘never’ to my face,"]


def test_repeated_opening_mark_carries_a_quotation_into_the_next_paragraph() -> None:
    text = "“We shut the pier in May.\n“It will not open,” she said. “Never.”"
    assert [(q.group, q.opened, q.closed) for q in quotes_in(report(text))] == [
        (0, True, False),
        (0, True, True),
        (1, True, True),
    ]


@pytest.mark.parametrize("tail", [", she said on Monday.", ", Anna Low said.", ", said the mayor."])
def test_missing_closing_mark_ends_before_the_words_that_attribute(tail: str) -> None:
    text = f"“The pier is shut{tail}"
    assert quotes_in(report(text)) == (
        Quotation(span_of(text, "The pier is shut"), 0, opened=True, closed=False),
    )


def test_missing_closing_mark_ends_with_the_paragraph_where_nothing_attributes() -> None:
    text = "“The pier is shut\nIt rained."
    assert quotes_in(report(text)) == (Quotation(span_of(text, "The pier is shut"), 0, closed=False),)


def test_missing_opening_mark_is_set_at_the_start_of_the_paragraph() -> None:
    text = "It rained.\nThe pier is shut,” she said."
    assert quotes_in(report(text)) == (Quotation(span_of(text, "The pier is shut,"), 0, opened=False),)


def test_only_the_given_stretches_are_read() -> None:
    text = "“One.”\n“Two.”"
    assert quotations(text, [Span(7, 13)]) == (Quotation(Span(8, 12), 0),)


def test_inside_counts_the_characters_between_marks() -> None:
    text = "“ab” and “cd”"
    quotes = quotes_in(report(text))
    assert [inside(s, quotes) for s in (Span(0, 4), Span(2, 11), Span(0, 13), Span(4, 9))] == [2, 2, 4, 0]


@given(news_texts() | texts())
def test_quotations_lie_in_their_paragraphs_in_order_and_apart(text: str) -> None:
    document = report(text)
    found = quotes_in(document)
    assert all(
        any(b.span.start <= q.span.start <= q.span.end <= b.span.end for b in document.blocks) for q in found
    )
    assert all(a.span.end <= b.span.start and a.group <= b.group for a, b in pairwise(found))


@given(news_texts())
def test_every_character_is_inside_once_at_the_most(text: str) -> None:
    document = report(text)
    quotes = quotes_in(document)
    sizes = [q.span.end - q.span.start for q in quotes]
    assert inside(Span(0, len(text)), quotes) == sum(sizes)
