from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, is_dataclass
from inspect import isclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit import records
from ondit.records import Document, Reading, Span, content_id
from strategies import documents, readings


@given(st.lists(st.text() | st.integers(), max_size=4))
def test_same_parts_give_the_same_id(parts: list[object]) -> None:
    assert content_id("x", *parts) == content_id("x", *parts)


def test_ids_are_the_same_in_another_process() -> None:
    code = "from ondit.records import content_id; print(content_id('att', 'r1', 3, 'é'))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == content_id("att", "r1", 3, "é")


@given(st.lists(st.text(), max_size=4))
def test_a_part_more_gives_another_id(parts: list[str]) -> None:
    assert content_id("x", *parts) != content_id("x", *parts, "more")


def test_the_bounds_between_parts_count() -> None:
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")


def test_a_lone_surrogate_has_an_id() -> None:
    assert content_id("x", "\ud800") != content_id("x", "\ud801")


def test_a_span_is_a_pair() -> None:
    assert Span(3, 9) == (3, 9)
    assert "six died"[slice(*Span(0, 3))] == "six"


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Document("r1", "text").text = "other"  # type: ignore[misc]


def test_every_record_explains_itself() -> None:
    """A docstring of its own, not the one that dataclass makes."""
    made = [value for value in vars(records).values() if isclass(value) and is_dataclass(value)]
    assert [r.__name__ for r in made if (r.__doc__ or "").startswith(f"{r.__name__}(")] == []


@given(documents())
def test_drawn_blocks_are_in_order_and_apart(document: Document) -> None:
    ends = [place for block in document.blocks for place in block.span]
    assert ends == sorted(ends)


@settings(max_examples=20)
@given(readings())
def test_drawn_chains_are_those_of_the_holders(reading: Reading) -> None:
    held = [tuple(holder.agent for holder in stmt.holders) for stmt in reading.statements]
    assert [stmt.chain for stmt in reading.statements] == held
