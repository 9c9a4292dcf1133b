from __future__ import annotations

from dataclasses import replace

import pytest

from ondit.records import Change, Quoting, QuotingKind, Span
from ondit.telling.quoting import in_words, quotings_of, sides, told_quotings
from ondit.telling.tree import shown
from tellingfakes import BURNED, FIRE, NOT, TRACE

QUOTING = Quoting("r2", BURNED, "r1", BURNED, "altered", "six", "six")


def told(quoting: Quoting) -> str:
    return in_words(shown(TRACE), quoting)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("altered", "quotes other words than"),
        ("trimmed", "quotes less than"),
        ("fuller", "quotes more than"),
        ("same", "quotes the same words as"),
        ("unmarked", "puts in quotation marks what stands without them in"),
        ("paraphrased", "quotes in other words what is quoted in"),
    ],
)
def test_sentence_says_who_quotes_how(kind: QuotingKind, how: str) -> None:
    assert told(replace(QUOTING, kind=kind)) == f"The Tide [r2] {how} NBC-9 [r1]"


def test_differences_are_told_in_the_words_of_both() -> None:
    other, less = Change(Span(23, 35), Span(37, 43)), Change(Span(0, 3), Span(0, 0))
    more = Change(Span(3, 3), Span(4, 13))
    said = told(replace(QUOTING, changes=(other, less, more)))
    assert said.endswith(": “It did” for “depot burned”; without “Six”; with “officials”")


def test_two_speakers_are_named() -> None:
    said = told(replace(QUOTING, kind="same", speaker="mayor"))
    assert said.endswith("; the speaker is Ada Quill in the one and six officials in the other")


def test_only_differences_are_told_of_a_story_the_gravest_first() -> None:
    found = tuple(replace(QUOTING, kind=kind) for kind in ("trimmed", "same", "altered"))  # type: ignore[arg-type]
    trace = replace(TRACE, quotings=found)
    assert [q.kind for q in told_quotings(trace)] == ["altered", "trimmed"]


def test_claim_has_the_comparisons_of_its_words() -> None:
    elsewhere = replace(QUOTING, span=Span(0, 2), other_span=Span(0, 2))
    trace = replace(TRACE, quotings=(QUOTING, elsewhere))
    assert quotings_of(trace, FIRE) == (QUOTING,)


def test_sides_are_the_words_of_both_the_other_first() -> None:
    quoting = replace(QUOTING, other_span=NOT)
    assert [(e.document, e.span) for e in sides(quoting)] == [("r1", NOT), ("r2", BURNED)]
