"""What changed between two versions of a report."""

from __future__ import annotations

import pytest

from ondit.records import Agent, Certainty, Document, Reading, Span, Statement
from ondit.tracing.revisions import Change, changes, exchanged


def reading(*statements: str, certainty: Certainty = "certain", source: str = "The Tide") -> Reading:
    text = "\n".join(statements)
    found = []
    at = 0
    for number, words in enumerate(statements):
        span = Span(at, at + len(words))
        found.append(Statement(f"s{number}", "d", (span,), ("a",), certainty=certainty))
        at = span.end + 1
    agents = (Agent("a", source, "outlet"),)
    return Reading(Document("d", text), agents=agents, statements=tuple(found))


def test_versions_that_say_the_same_have_no_changes() -> None:
    assert changes(reading("The dam broke.", "Two died."), reading("Two died.", "The dam broke.")) == ()


def test_a_hedge_that_went_is_a_change() -> None:
    before, after = "The dam may be damaged, officials said.", "The dam is damaged, officials said."
    (change,) = changes(reading(before, certainty="possible"), reading(after))
    assert (change.words, change.certainty) == ((("may be", "is"),), ("possible", "certain"))


def test_a_number_that_changed_is_a_change() -> None:
    before, after = "The blast killed six people in the port.", "The blast killed eight people in the port."
    assert changes(reading(before), reading(after)) == (
        Change("changed", before, after, (("six", "eight"),)),
    )


def test_what_is_in_one_version_only_was_added_or_taken_out() -> None:
    found = changes(
        reading("The dam broke.", "Witnesses saw a drone."), reading("The dam broke.", "No one was hurt.")
    )
    assert [(change.kind, change.later, change.earlier) for change in found] == [
        ("added", "No one was hurt.", None),
        ("removed", None, "Witnesses saw a drone."),
    ]


def test_a_source_that_changed_is_a_change() -> None:
    (change,) = changes(reading("The dam broke."), reading("The dam broke.", source="The Buoy"))
    assert change.sources == ("The Tide", "The Buoy")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("It may rain.", "It is raining.", [("may rain", "is raining")]),
        ("Six died", "At least six died", [("", "At least")]),
        ("Six people died", "Six died", [("people", "")]),
        ("", "", []),
    ],
)
def test_words_exchanged(before: str, after: str, words: list[tuple[str, str]]) -> None:
    assert list(exchanged(before, after)) == words
