from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.records import Block, BlockKind, Credit, CreditKind, Reading, Span
from ondit.tracing.naming import Outlets
from strategies import news_texts
from tracingfakes import reading

FELL = "A crane fell into the harbour"


def laid_out(id: str, outlet: str | None, text: str, kind: BlockKind = "paragraph") -> Reading:
    """A report of one block."""
    found = reading(id, outlet or "Nobody", says=[(text,)])
    blocks = (Block(kind, Span(0, len(text))),)
    return replace(found, document=replace(found.document, blocks=blocks, outlet=outlet))


def named(text: str, *outlets: str, kind: BlockKind = "paragraph") -> list[tuple[str, str]]:
    """The outlets that a report names, with the words that do."""
    parents = [laid_out(f"p{nr}", outlet, FELL) for nr, outlet in enumerate(outlets)]
    child = laid_out("c", "The Echo", text, kind)
    found = Outlets([child, *parents]).named_in(child)
    return [(outlet, text[s.start : s.end]) for outlet, spans in found.items() for s in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("As the Halden Dispatch had it, the crane was old.", "Halden Dispatch"),
        ("The crane was old (the Dispatch's two dockers).", "Dispatch"),
        ("The Dispatch has a crane that fell.", "Dispatch"),
    ],
)
def test_outlet_is_named_by_its_name_or_its_last_word(text: str, words: str) -> None:
    assert named(text, "The Halden Dispatch") == [("Halden Dispatch", words)]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("A dispatch on the crane arrived.", "The Halden Dispatch"),
        ("Dispatch of the crane was quick.", "The Halden Dispatch"),
        ("The HaldenDispatched crane fell.", "Halden Dispatch"),
        ("Police closed the crane's quay.", "Police"),
        ("The Echo saw the crane fall.", "The Echo"),
        ("The Halden Dispatch has a new editor.", "The Halden Dispatch"),
        ("On the crane: TV.", "TV"),
        ("", "The Tide"),
    ],
)
def test_other_words_its_own_name_and_other_matters_name_nobody(text: str, outlet: str) -> None:
    assert named(text, outlet) == []


def test_last_word_of_two_outlets_names_neither() -> None:
    assert named("the Times has the crane", "Halden Times", "Merrow Times") == []


def test_word_that_is_only_a_name_may_begin_a_sentence() -> None:
    assert named("Ledgerline has three people who saw the crane.", "Ledgerline") == [
        ("Ledgerline", "Ledgerline")
    ]


def test_credit_of_a_picture_is_no_naming() -> None:
    assert named("The crane at Merrow. Picture: Halden Dispatch", "Halden Dispatch", kind="caption") == []


def test_names_are_no_patterns() -> None:
    assert named("By (.*) the crane fell", "(.*) [a-z]+") == []


@given(st.lists(st.one_of(news_texts(30), st.text(max_size=30), st.none()), max_size=4), news_texts(120))
def test_any_outlets_in_any_text_give_spans_of_it(outlets: list[str | None], text: str) -> None:
    parents = [laid_out(f"p{nr}", outlet, FELL) for nr, outlet in enumerate(outlets)]
    child = laid_out("c", "The Echo", text)
    for spans in Outlets([child, *parents]).named_in(child).values():
        assert all(0 <= s.start < s.end <= len(text) for s in spans)


def credited(kind: CreditKind, name: str, line: str, outlet: str = "The Tide") -> list[str]:
    """The words by which a credit in the last line of a report names `outlet`."""
    parent, child = laid_out("p", outlet, FELL), laid_out("c", "The Echo", line, "tail")
    start = line.index(name)
    named_by = (Credit(kind, name, Span(start, start + len(name))),)
    child = replace(child, document=replace(child.document, credits=named_by))
    return [line[s.start : s.end] for s in Outlets([child, parent]).named_in(child).get("Tide", ())]


@pytest.mark.parametrize(
    ("kind", "name", "line"),
    [
        ("tail", "Tide", "nst/Tide"),
        ("cite", "The Tide", "Source: The Tide"),
        ("link", "the Tide", "Read it at the Tide"),
    ],
)
def test_credit_names_an_outlet_in_a_line_that_says_nothing_else(
    kind: CreditKind, name: str, line: str
) -> None:
    assert credited(kind, name, line) == [name]


@pytest.mark.parametrize(("kind", "name"), [("photo", "The Tide"), ("byline", "The Tide"), ("tail", "Ebb")])
def test_credit_of_a_picture_of_makers_or_of_others_names_nobody(kind: CreditKind, name: str) -> None:
    assert credited(kind, name, f"({name})") == []
