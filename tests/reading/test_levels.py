from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.reading.levels import Level, cue_features, cue_kind, joined, meets, quote_type
from ondit.records import Span
from readingfakes import level, quotes_in, report, span_of

PIER = "The pier is shut"


def cued(cue: str) -> Level:
    """A level with this cue, over the text "Low <cue> it is shut"."""
    return level(f"Low {cue} it is shut", ("Low", cue, "it is shut"))


def features(cue: str) -> tuple[str, str, str]:
    return cue_features(f"Low {cue} it is shut", cued(cue))


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", ("speech", "affirm", "certain")),
        ("has denied", ("speech", "deny", "certain")),
        ("believes", ("thought", "affirm", "probable")),
        ("waved", ("speech", "affirm", "certain")),
        ("would not say", ("speech", "question", "unknown")),
        ("could not confirm", ("speech", "question", "unknown")),
        ("did not rule out", ("speech", "affirm", "possible")),
        ("does not believe", ("thought", "deny", "probable")),
        ("withdrew its claim that", ("speech", "deny", "certain")),
        ("has taken back", ("speech", "deny", "certain")),
    ],
)
def test_cues_have_kind_stance_and_certainty(cue: str, expected: tuple[str, str, str]) -> None:
    assert features(cue) == expected


def test_denial_prevails_among_the_words_of_a_cue() -> None:
    assert features("said and denied")[1] == "deny"


def test_what_is_said_of_the_source_between_commas_is_no_word_of_the_cue() -> None:
    text = "Low, who did not resign, said it is shut"
    found = Level((Span(0, 3),), (span_of(text, "said"),), (span_of(text, "it is shut"),))
    assert cue_features(text, found) == ("speech", "affirm", "certain")


def test_litotes_leaves_it_possible() -> None:
    assert features("did not rule out")[2] == "possible"


def test_level_without_a_source_is_hearsay() -> None:
    text = "It is said it is shut"
    assert cue_kind(text, level(text, ("", "is said", "it is shut"))) == "hearsay"


def test_document_that_says_something_is_of_the_kind_document() -> None:
    text = "A memo says it is shut"
    assert cue_kind(text, level(text, ("A memo", "says", "it is shut"))) == "document"


def test_level_covers_what_its_content_holds() -> None:
    both = Level((), (), (Span(0, 4), Span(10, 14)))
    assert [both.covers(s) for s in (Span(0, 14), Span(2, 12), Span(4, 10))] == [8, 4, 0]


def test_level_meets_the_stretches_of_its_source_and_cue_too() -> None:
    found = cued("said")
    assert [meets(found, s) for s in (Span(0, 1), Span(5, 6), Span(3, 4))] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (f"“{PIER},” he said.", PIER, "direct"),
        (f"{PIER}, he said.", PIER, "indirect"),
        (f"{PIER} “for good”, he said.", f"{PIER} “for good", "mixed"),
        ("He said: “…”", "…", "indirect"),
    ],
)
def test_quote_type_is_told_by_the_marks(text: str, content: str, expected: str) -> None:
    assert quote_type((span_of(text, content),), quotes_in(report(text)), text) == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(*sorted(ends)))))
def test_joined_spans_hold_the_same_and_stand_apart(spans: list[Span]) -> None:
    out = joined(spans)
    held = {at for s in spans for at in range(s.start, s.end)}
    assert held <= {at for s in out for at in range(s.start, s.end)}
    assert all(a.end + 1 < b.start for a, b in pairwise(out))
    assert all(s.start < s.end for s in out)
